use super::*;

fn heard(message: &str) -> Vec<Result<Heard, &'static str>> {
    let map = EventMap::standard().unwrap();
    let zone = Zone::parse("Europe/Stockholm").unwrap();
    let mut all = Vec::new();
    sockjs::read(message, &Reading { map: &map, zone: &zone }, |heard| all.push(heard));
    all
}

#[test]
fn the_vendors_queue_is_read_with_its_local_times() {
    let queue = r#"["Queue",{"queue":{"id":42,"name":"Växel","callers":1},"callers":[{"id":"c0","call_guid":"g","pbx_queue_id":42,"number":"+46701234560","position":1,"added":"2026-07-21 10:00:00"}]}]"#;
    let [Ok(Heard::Queue(queue))] = &heard(queue)[..] else { panic!() };
    assert_eq!((queue.id.as_str(), queue.name.as_deref()), ("42", Some("Växel")));
    assert_eq!(queue.waiting[0].id.as_deref(), Some("c0"));
    assert_eq!(queue.waiting[0].since.unwrap().to_string(), "2026-07-21T08:00:00.000Z");
}

#[test]
fn names_of_what_is_not_known_are_short_and_say_nothing_of_anybody() {
    let long = format!(
        r#"["{}",{{{}}}]"#,
        "n".repeat(500),
        (0..500).map(|at| format!("\"k{at}\":1")).collect::<Vec<_>>().join(",")
    );
    let [Ok(Heard::Skipped(name))] = &heard(&long)[..] else { panic!() };
    assert!(name.len() < 200, "{name}");
    let [Ok(Heard::Skipped(name))] = &heard(r#"["X\u202e\n",{"anna@acme":1,"0701234567":2,"a b":3}]"#)[..]
    else {
        panic!()
    };
    assert_eq!(name, "X(?)");
}

#[test]
fn numbers_within_the_country_become_international() {
    let map = EventMap::standard().unwrap();
    let zone = Zone::parse("Europe/Stockholm").unwrap();
    let reading = Reading { map: &map, zone: &zone };
    let number = |text| reading.number(text).map(|number| number.to_string());
    assert_eq!(number("070-123 45 67").as_deref(), Some("+46701234567"));
    assert_eq!(number("+4511223344").as_deref(), Some("+4511223344"));
    assert_eq!(number("004511223344").as_deref(), Some("+4511223344"));
    assert_eq!(number("101"), None);
}
