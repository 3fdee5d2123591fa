use serde_json::{Value, json};

use super::*;
use crate::office::Plan;

const AT: &str = "2026-11-21T09:00:00Z";

fn company() -> Company {
    Company::of(&Office::new(&Plan { people: 3, rate: 0.0, seed: 1 }), true)
}

fn now() -> Timestamp {
    AT.parse().unwrap()
}

/// What was told, by name and a few fields.
fn told(company: &mut Company) -> Vec<String> {
    let events = company.take_outbox().into_iter();
    let line = |event: Event| {
        let data: Value = serde_json::from_str(event.data.get()).unwrap();
        match event.name.as_str() {
            "Queue" => format!("Queue {} waiting", data["callers"].as_array().unwrap().len()),
            "User" => format!("User {} {}", data["id"], data["status"].as_str().unwrap()),
            "Call" => {
                let result = data["result"].as_str().unwrap_or_default();
                format!("Call {} {} {result}", data["pbx_user_id"], data["state"].as_str().unwrap())
                    .trim()
                    .to_owned()
            }
            other => format!("{other} {data}"),
        }
    };
    events.map(line).collect()
}

#[test]
fn a_direct_call_rings_is_taken_and_ends() {
    let mut company = company();
    let guid = company.incoming(now(), Callee::User(ME), Some("46701234567"), &[]);
    assert_eq!(told(&mut company), ["Call 77 ringing", "User 77 ringing"]);
    assert!(company.answer(now(), &guid, ME));
    assert_eq!(told(&mut company), ["Call 77 answered", "User 77 busy"]);
    assert!(company.end(now(), &guid, Unanswered::Missed));
    assert_eq!(told(&mut company), ["Call 77 ended answered", "User 77 available"]);
    assert!(!company.answer(now(), &guid, ME));
}

#[test]
fn a_caller_of_a_queue_waits_until_somebody_picks_up() {
    let mut company = company();
    company.incoming(now(), Callee::Queue(42), None, &[101]);
    assert_eq!(told(&mut company), ["Queue 1 waiting", "Call 101 ringing", "User 101 ringing"]);
    let [caller] = company.waiting(42)[..] else { panic!("one waits") };
    assert_eq!(company.ask(now(), "POST", &format!("/queue/42/caller/{caller}/pickup")), (200, json!({})));
    assert_eq!(
        told(&mut company),
        ["Queue 0 waiting", "Call 77 answered", "User 101 available", "User 77 busy"]
    );
    assert_eq!(company.ask(now(), "POST", &format!("/queue/42/caller/{caller}/pickup")).0, 404);
    assert_eq!(company.ask(now(), "GET", "/queue/42/caller/1/pickup").0, 405);
}

#[test]
fn a_call_that_concerns_nobody_is_only_heard_of_in_its_queue() {
    let mut company = company();
    company.set_quiet(101, true);
    let guid = company.incoming(now(), Callee::Queue(42), Some("46701234567"), &[101]);
    company.end(now(), &guid, Unanswered::Voicemail);
    assert_eq!(told(&mut company), ["User 101 dnd", "Queue 1 waiting", "Queue 0 waiting"]);
}

#[test]
fn an_outgoing_call_and_a_transfer() {
    let mut company = company();
    let guid = company.outgoing(now(), ME, "4511223344");
    company.answer(now(), &guid, ME);
    company.transfer(now(), &guid, 102);
    assert_eq!(
        told(&mut company),
        [
            "Call 77 ringing",
            "User 77 busy",
            "Call 77 answered",
            "Call 102 ringing",
            "User 77 available",
            "User 102 ringing"
        ]
    );
}

#[test]
fn a_forced_status_lasts_until_something_happens() {
    let mut company = company();
    company.force_status(101, "LUNCH BREAK");
    assert!(!company.force_status(9, "away"));
    company.incoming(now(), Callee::User(101), None, &[]);
    assert!(company.set_device(101, "unregistered"));
    assert_eq!(
        told(&mut company),
        [
            "User 101 LUNCH BREAK",
            "Call 101 ringing",
            "User 101 ringing",
            r#"Device {"id":1101,"pbx_user_id":101,"status":"unregistered"}"#
        ]
    );
}

#[test]
fn lists_are_in_the_style_of_the_vendor() {
    let mut company = company();
    company.incoming(now(), Callee::Queue(42), Some("46701234567"), &[]);
    let (_, users) = company.ask(now(), "GET", "/company/users");
    assert_eq!((&users["count"], &users["users"][0]["id"]), (&json!("3"), &json!("77")));
    let (_, queues) = company.ask(now(), "GET", "/company/queues");
    let caller = &queues["queues"][0]["callers"][0];
    assert_eq!(caller["added"], "2026-11-21 10:00:00");
    assert_eq!((&caller["id"], &caller["pbx_queue_id"]), (&json!("9001"), &json!("42")));
    company.incoming(now(), Callee::User(ME), Some("46701234567"), &[]);
    let (_, calls) = company.ask(now(), "GET", "/company/calls");
    let call = &calls["calls"][0];
    assert_eq!(calls["count"], "1", "the call in the queue concerns nobody");
    assert_eq!((&call["src_callerid"], &call["pbx_user_id"]), (&json!("+46701234567"), &json!("77")));
    assert_eq!((&call["pbx_queue_id"], &call["state"]), (&Value::Null, &json!("ringing")));
    assert_eq!(company.ask(now(), "GET", "/user/me"), (200, json!({"id": "77", "name": "Åse Ærø"})));
    assert_eq!(company.ask(now(), "GET", "/nothing").0, 404);
}
