use super::*;

fn people() -> People {
    People::new(DndWords {
        attribute: "manual_status".to_owned(),
        on: "NOT AVAILABLE".to_owned(),
        off: "AVAILABLE".to_owned(),
    })
}

fn at(seconds: u64) -> Instant {
    Instant::at(Duration::from_secs(1_000 + seconds))
}

fn said(attribute: &str, value: Value) -> Published {
    Published { user: Some("u".into()), attribute: Some(attribute.into()), value, ..Published::default() }
}

fn text(word: &str) -> Value {
    Value::Text(word.into())
}

fn seen(people: &mut People, attribute: &str, value: Value) -> Availability {
    people.published(at(0), &said(attribute, value)).fact.unwrap().availability.unwrap()
}

fn row(id: &str, online: Option<bool>, attributes: &[(&str, Value)]) -> Row {
    Row {
        id: id.to_owned(),
        name: None,
        online,
        attributes: attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
    }
}

#[test]
fn a_call_counts_for_more_than_a_status_and_that_for_more_than_being_online() {
    let mut people = people();
    assert_eq!(seen(&mut people, "onlineStatus", text("Online")), Availability::Available);
    assert_eq!(seen(&mut people, "manual_status", text("LUNCH BREAK")), Availability::Away);
    assert_eq!(seen(&mut people, "call", text("Calling")), Availability::Busy);
    assert_eq!(seen(&mut people, "call", text("RINGING")), Availability::Ringing);
    assert_eq!(seen(&mut people, "call", Value::Status("answered".into())), Availability::Busy);
    assert_eq!(seen(&mut people, "call", text("ended")), Availability::Away);
    assert_eq!(seen(&mut people, "manual_status", text("not available")), Availability::Dnd);
    assert_eq!(seen(&mut people, "onlineStatus", Value::Bool(false)), Availability::Offline);
    assert_eq!(seen(&mut people, "onlineStatus", text("online")), Availability::Dnd);
    assert_eq!(seen(&mut people, "manual_status", text("AVAILABLE")), Availability::Available);
    assert_eq!(seen(&mut people, "manual_status", text("TRAINING")), Availability::Unknown);
    assert_eq!(seen(&mut people, "manual_status", Value::Nothing), Availability::Available);
}

#[test]
fn the_vendors_own_words_are_kept() {
    let mut people = people();
    let fact = people.published(at(0), &said("manual_status", text("LUNCH BREAK"))).fact.unwrap();
    assert_eq!((fact.status.as_deref(), fact.dnd), (Some("LUNCH BREAK"), Some(None)));
    let fact = people.published(at(0), &said("manual_status", text("NOT AVAILABLE"))).fact.unwrap();
    assert_eq!((fact.status.as_deref(), fact.dnd), (Some("NOT AVAILABLE"), Some(Some(None))));
    let fact = people.published(at(0), &said("manual_status", Value::Nothing)).fact.unwrap();
    assert_eq!((fact.status.as_deref(), fact.dnd), (Some(""), Some(None)));
}

#[test]
fn what_is_not_understood_is_named_without_its_value() {
    let mut people = people();
    for (published, name) in [
        (said("onlineStatus", text("secret")), "onlineStatus that is not understood"),
        (said("manual_status", Value::Other), "manual_status that is not understood"),
        (said("app_is_foreground", Value::Bool(true)), "attribute app_is_foreground"),
        (said("status of 4511223344", text("x")), "attribute status of ##########"),
        (Published::default(), "topic message without userId and attribute"),
    ] {
        let learnt = people.published(at(0), &published);
        assert_eq!((learnt.fact, learnt.unknown.as_deref()), (None, Some(name)));
    }
    let learnt = people.published(at(0), &said("call", text("Transferring")));
    assert_eq!(learnt.fact.unwrap().availability, Some(Availability::Busy));
    assert_eq!(learnt.unknown.as_deref(), Some("call status that is not understood"));
}

#[test]
fn a_topic_counts_for_more_than_an_answer_to_an_older_question() {
    let mut people = people();
    people.published(at(5), &said("call", text("ringing")));
    let old = row("u", Some(true), &[("call", Value::Nothing), ("manual_status", text("LUNCH"))]);
    let fact = people.learn(at(4), &old).unwrap();
    assert_eq!(fact.availability, Some(Availability::Ringing));
    assert_eq!(fact.status.as_deref(), Some("LUNCH"));
    let fact = people.learn(at(20), &old).unwrap();
    assert_eq!(fact.availability, Some(Availability::Away));
}

#[test]
fn since_when_is_said_of_what_they_do_now_and_of_nothing_older() {
    let mut people = people();
    let busy = Published { at_millis: Some(9), ..said("call", text("answered")) };
    let heard = people.published(at(0), &busy).fact.unwrap();
    assert_eq!(heard.since, Some(Time::from_millis(9)));
    let still = people.learn(at(20), &row("u", Some(true), &[("call", text("answered"))])).unwrap();
    assert_eq!(still.since, heard.since);
    let free = people.learn(at(20), &row("u", Some(true), &[("call", text("ended"))])).unwrap();
    assert_eq!((free.availability, free.since), (Some(Availability::Available), None));
    people.published(at(30), &busy).fact.unwrap();
    let gone = people.listed(at(60), &[], false, "u");
    assert_eq!(
        gone.first().map(|fact| (fact.availability, fact.since)),
        Some((Some(Availability::Offline), None))
    );
}

#[test]
fn a_topic_about_a_status_does_not_hide_do_not_disturb() {
    let mut people = people();
    people.published(at(5), &said("agentStatus", text("LUNCH")));
    let fact =
        people.learn(at(6), &row("u", Some(true), &[("manual_status", text("NOT AVAILABLE"))])).unwrap();
    assert_eq!((fact.dnd, fact.status.as_deref()), (Some(Some(None)), Some("LUNCH")));
}

#[test]
fn who_is_not_listed_is_offline_or_gone() {
    let mut people = people();
    people.learn(at(0), &row("a", Some(true), &[]));
    let everybody = |people: &mut People, complete| -> Vec<String> {
        let facts = people.listed(at(0), &[row("b", Some(true), &[])], complete, "me");
        facts.iter().map(|fact| format!("{} {:?}", fact.id, fact.availability.unwrap())).collect()
    };
    assert_eq!(everybody(&mut people, false), ["a Offline", "b Available", "me Offline"]);
    assert_eq!(everybody(&mut people, true), ["b Available", "me Offline"]);
}

#[test]
fn an_observers_own_user_is_no_colleague() {
    let mut people = people();
    people.leave_out(Some("u".to_owned()));
    assert_eq!(people.published(at(0), &said("onlineStatus", text("online"))).fact, None);
    assert_eq!(people.listed(at(0), &[row("u", Some(true), &[])], true, "me").len(), 1);
}

#[test]
fn there_is_an_end_to_people() {
    let mut people = people();
    for number in 0..PEOPLE + 10 {
        people.learn(at(0), &row(&number.to_string(), Some(true), &[]));
    }
    assert_eq!(people.known.len(), PEOPLE);
    let learnt = people.published(at(0), &said("call", text("ringing")));
    assert_eq!(learnt.unknown.as_deref(), Some("more people than can be followed"));
}
