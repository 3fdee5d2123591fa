use proptest::prelude::*;
use serde_json::json;

use super::*;

fn scrub() -> Scrub {
    Scrub::new("2026-11-21T09:00:00Z".parse().unwrap())
}

#[test]
fn what_says_nothing_of_anybody_stays_to_the_byte() {
    for text in [
        r#"[{"channel":"/meta/connect","successful":true,"advice":{"reconnect":"retry","interval":0}}]"#,
        r#"{"event_name":"CHANNEL_ANSWER","call_direction":"inbound","timestamp":63931378295}"#,
        r#"{"push":{"pub":{"data":{"type":"agent.status_changed","at":"2026-11-21T08:00:00Z"},"offset":70001}}}"#,
        r#"a["[\"Queue\",{\"callers\":[]}]"]"#,
        "o",
        "h",
        r#"c[3000,"Go away!"]"#.replace("Go away", "gone away").as_str(),
        r#"{"ip":"127.0.0.1","port":40123}"#,
        r#"{"expires_in":3600,"token_type":"Bearer","ping":25,"ping_after_ms":45000}"#,
        "",
        "a[ \"",
    ] {
        assert_eq!(scrub().text(text), text);
    }
}

#[test]
fn a_secret_of_common_words_is_one_though_its_key_speaks_of_an_address() {
    let secret = json!({"token_url_authorization": "Bearer office-secret", "password": "call"});
    let scrubbed = scrub().json("secret", &secret).to_string();
    assert!(!scrubbed.contains("office") && !scrubbed.contains("\"call\""), "{scrubbed}");
}

#[test]
fn the_same_is_replaced_by_the_same_wherever_it_stands() {
    let mut scrub = scrub();
    let first = scrub.text(r#"{"name":"Anna Berg","number":"+45 11 22 33 44","id":4711,"presence":"busy"}"#);
    let second = scrub.text(r#"a["[\"User\",{\"n\":\"4511223344\",\"by\":\"anna\",\"id\":\"4711\"}]"]"#);
    let first: Value = serde_json::from_str(&first).unwrap();
    let inner: Vec<String> = serde_json::from_str(second.trim_start_matches('a')).unwrap();
    let inner: Value = serde_json::from_str(&inner[0]).unwrap();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    assert_eq!(inner[0], "User");
    assert_eq!(digits(first["number"].as_str().unwrap()), inner[1]["n"].as_str().unwrap());
    assert!(first["number"].as_str().unwrap().starts_with('+'));
    assert_eq!(first["id"].to_string(), inner[1]["id"].as_str().unwrap());
    let anna = inner[1]["by"].as_str().unwrap();
    assert_eq!(first["name"].as_str().unwrap().split(' ').next().unwrap().to_lowercase(), anna);
    assert_eq!(first["presence"], "busy");
    assert_ne!(anna, "anna");
}

#[test]
fn tokens_are_gone_and_their_claims_are_scrubbed() {
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    let claims = r#"{"exp":1795250000,"userId":"anna","subscribe":"online_status_GRDHG0HI"}"#;
    let token = format!("{}.{}.c2lnbmF0dXJl", part(r#"{"alg":"HS256"}"#), part(claims));
    let mut scrub = scrub();
    let text = scrub
        .text(&json!({ "token": token, "access_token": "pat_live_abc", "password": "call" }).to_string());
    let value: Value = serde_json::from_str(&text).unwrap();
    let claims = value["token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["exp"], 1_795_250_000);
    assert_ne!(claims["userId"], "anna");
    assert!(claims["subscribe"].as_str().unwrap().starts_with("online_status_"));
    assert!(value["access_token"].as_str().unwrap().starts_with("removed-"));
    assert!(value["password"].as_str().unwrap().starts_with("removed-"));
    assert!(!text.contains("c2lnbmF0dXJl"));
}

#[test]
fn a_vendors_own_host_stays_and_a_companys_does_not() {
    let mut scrub = scrub();
    assert_eq!(scrub.url("https://app.relatel.dk/api/v2/employee"), "https://app.relatel.dk/api/v2/employee");
    assert_eq!(scrub.url("ws://127.0.0.1:40123/faye"), "ws://127.0.0.1:40123/faye");
    let company = scrub.url("wss://pbx.acme-phones.com:9443/ws/v1/firehose?user=anna&number=%2B4511223344");
    assert!(company.starts_with("wss://") && company.contains(":9443/ws/v1/"), "{company}");
    for leak in ["acme", "anna", "11223344"] {
        assert!(!company.contains(leak), "{company}");
    }
}

#[test]
fn ids_of_our_own_come_back_as_they_went() {
    let mut scrub = scrub();
    scrub.sent("{\"id\":70001,\"presence\":{}}\n{\"id\":70002}");
    assert_eq!(scrub.text(r#"{"id":70002,"presence":{}}"#), r#"{"id":70002,"presence":{}}"#);
    assert_ne!(scrub.text(r#"{"id":70003}"#), r#"{"id":70003}"#);
}

#[test]
fn an_address_stays_one() {
    let mut scrub = scrub();
    let text = scrub.text(r#"{"ip":"85.24.1.17"}"#);
    assert!(text.starts_with(r#"{"ip":"192.0.2."#), "{text}");
    assert_eq!(scrub.text(r#"{"ip":"85.24.1.17"}"#), text);
}

#[test]
fn a_number_glued_to_a_word_is_replaced_as_well() {
    let text = scrub().text(r#"{"memo":"45 11 22 33 44x, 4511223344abc"}"#);
    assert!(!text.contains("11 22 33") && !text.contains("4511223344"), "{text}");
}

/// Somebody's name, number or token, as it may stand in what is recorded.
#[derive(Debug, Clone)]
enum Personal {
    Name(String),
    Number(String),
}

fn personal() -> impl Strategy<Value = Personal> {
    prop_oneof![
        "[A-ZÅÄÖ][a-zåäöéđ]{6,12}".prop_map(Personal::Name),
        r"\+?[1-9][0-9]{7,13}".prop_map(Personal::Number),
        r"\+[1-9][0-9]( [0-9]{2}){4}".prop_map(Personal::Number),
    ]
}

fn text_of(personal: &Personal) -> &str {
    match personal {
        Personal::Name(text) | Personal::Number(text) => text,
    }
}

/// Something that a vendor could send, with what is personal anywhere in it.
fn message(personal: &[Personal], shape: &[u8]) -> String {
    let mut value = json!({ "type": "call.started", "state": "ringing", "ttl": 3600 });
    for (one, shape) in personal.iter().zip(shape.iter().cycle()) {
        let text = text_of(one);
        let before = value.clone();
        value = match (shape % 9, one) {
            (0, _) => json!({ "name": text, "data": before }),
            (1, _) => json!([text, before]),
            (2, _) => json!({ "data": json!({ "from": text, "inner": before }).to_string() }),
            (3, _) => json!({ "info": format!("call from {text}, again"), "data": before }),
            (4, _) => json!({ text: before }),
            (5, Personal::Number(number)) => {
                let digits: String = number.chars().filter(char::is_ascii_digit).collect();
                json!({ "from": digits.parse::<u64>().unwrap(), "data": before })
            }
            (6, _) => json!({ "uri": format!("sip:{text}@pbx.example.com"), "data": before }),
            // A number that is a time of these days under such a key is one.
            (7, Personal::Name(_)) => json!({ "started_at": text, "data": before }),
            (_, _) => json!({ "code": text, "access_token": text, "data": before }),
        };
    }
    value.to_string()
}

proptest! {
    #[test]
    fn nobodys_data_gets_out(
        personal in prop::collection::vec(personal(), 1..5),
        shape in prop::collection::vec(any::<u8>(), 1..5),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let mut text = message(&personal, &shape);
        if !whole {
            let at = cut.index(text.len());
            text.truncate((0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap());
        }
        let mut scrub = scrub();
        let out = scrub.text(&text);
        let digits_of = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        for one in &personal {
            match one {
                Personal::Name(name) => prop_assert!(!out.contains(name.as_str()), "{name} in {out}"),
                Personal::Number(number) => {
                    prop_assert!(!out.contains(number.as_str()), "{number} in {out}");
                    let digits = digits_of(number);
                    prop_assert!(!digits_of(&out).contains(&digits), "{digits} in {out}");
                }
            }
        }
        prop_assert_eq!(scrub.text(&text), out, "the same by the same");
    }

    #[test]
    fn whatever_comes_keeps_its_form(text in ".*") {
        let out = scrub().text(&text);
        let marks = |text: &str| text.chars().filter(|c| "{}[]:,".contains(*c)).count();
        if serde_json::from_str::<Value>(&text).is_ok() {
            prop_assert!(serde_json::from_str::<Value>(&out).is_ok());
        }
        if !text.contains('\\') && !text.contains("://") {
            prop_assert_eq!(marks(&out), marks(&text));
        }
    }
}
