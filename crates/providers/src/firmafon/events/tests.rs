use serde_json::{Value, json};

use super::*;

const PRESENCE: &str = "/presence/company/1234";
const CALLS: &str = "/call2/company/1234";

fn read(channel: &str, message: &Value) -> Heard {
    parse(channel, &message.to_string())
}

fn presence_of(message: &Value) -> Presence {
    let Heard::Presence(presence) = read(PRESENCE, message) else { panic!("{message}") };
    presence
}

fn call_of(message: &Value) -> CallEvent {
    let Heard::Call(call) = read(CALLS, message) else { panic!("{message}") };
    call
}

fn new_call() -> Value {
    json!({
        "type": "call-event", "name": "call.new", "timestamp": "2017-12-29T02:12:05Z",
        "data": {
            "call_uuid": "u1", "company_id": "1234", "endpoint": "Reception#10",
            "started_at": "2017-12-29T02:12:05Z", "from_number": "4511223344", "to_number": "4555667788",
            "direction": "incoming", "status": "new", "from_number_hidden": "false",
            "endpoint_name": "Hovednummer", "switch": "b15", "a_leg_session_uuid": "s1"
        },
        "published_at": "2017-12-29T02:12:05.656+00:00"
    })
}

#[test]
fn presence_is_read_bare_and_wrapped() {
    let bare = json!({
        "endpoint": "Employee#77", "live_presence": "busy", "busy_since": "2016-09-27T00:00:00.000Z"
    });
    let read = presence_of(&bare);
    assert_eq!(read.fact.id, "Employee#77");
    assert_eq!(read.fact.availability, Some(Availability::Busy));
    assert_eq!(read.fact.since.unwrap().to_string(), "2016-09-27T00:00:00.000Z");
    assert_eq!(read.fact.dnd, None);
    assert_eq!(presence_of(&json!({"type": "presence", "data": bare})), read);
}

#[test]
fn a_group_is_passed_over_in_silence() {
    let group = json!({"endpoint": "EmployeeGroup#77", "live_presence": "available"});
    assert_eq!(read(PRESENCE, &group), Heard::Group);
    assert_eq!(read(PRESENCE, &json!({"data": group})), Heard::Group);
}

#[test]
fn a_bad_end_of_do_not_disturb_does_not_cost_the_event() {
    let read = presence_of(&json!({
        "endpoint": "Employee#77", "live_presence": "do_not_disturb", "do_not_disturb": "true",
        "busy_since": "2016-09-27T00:00:00.000Z", "dnd_timeout_at": "2016-09-27T00:00.000Z"
    }));
    assert_eq!(read.fact.availability, Some(Availability::Dnd));
    assert_eq!(read.fact.dnd, Some(Some(None)));
    assert_eq!(read.fact.dnd, Some(Some(None)));
}

#[test]
fn do_not_disturb_shows_under_available_and_hides_under_busy() {
    let seen = |live: &str, flag: Value| {
        let read = presence_of(&json!({
            "endpoint": "Employee#1", "live_presence": live, "do_not_disturb": flag, "dnd_timeout_at": null
        }));
        (read.fact.availability, read.fact.dnd)
    };
    assert_eq!(seen("available", json!(true)), (Some(Availability::Dnd), Some(Some(None))));
    assert_eq!(seen("busy", json!(true)), (Some(Availability::Busy), Some(Some(None))));
    assert_eq!(seen("ringing", json!("1")), (Some(Availability::Ringing), Some(Some(None))));
    assert_eq!(seen("busy", json!(false)), (Some(Availability::Busy), Some(None)));
    assert_eq!(seen("busy", json!(null)), (Some(Availability::Busy), None));
    assert_eq!(seen("available", json!(null)), (Some(Availability::Available), Some(None)));
    assert_eq!(seen("unknown", json!(null)), (Some(Availability::Unknown), None));
}

#[test]
fn a_presence_nobody_knows_is_unknown_and_counted() {
    let read = presence_of(&json!({"endpoint": "Employee#1", "live_presence": "lunch\u{202e}"}));
    assert_eq!(read.fact.availability, Some(Availability::Unknown));
    assert_eq!(read.odd.as_deref(), Some("presence lunch"));
}

#[test]
fn a_new_call_tells_who_calls_and_through_what() {
    let call = call_of(&new_call());
    assert_eq!((call.uuid.as_str(), call.step), ("u1", Step::New));
    assert_eq!(call.endpoint, Some(Endpoint::Reception("Reception#10".to_owned())));
    assert_eq!(call.endpoint_name.as_deref(), Some("Hovednummer"));
    assert_eq!(call.direction, Some(Direction::Incoming));
    let peer = call.peer.unwrap();
    assert_eq!(peer.number.unwrap().as_str(), "+4511223344");
    assert_eq!(peer.raw.as_deref(), Some("4511223344"));
    assert!(!peer.hidden);
}

#[test]
fn a_call_event_is_read_without_its_envelope() {
    let mut bare = new_call()["data"].clone();
    bare["name"] = json!("call.new");
    assert_eq!(call_of(&bare), call_of(&new_call()));
    bare.as_object_mut().unwrap().remove("name");
    assert_eq!(call_of(&bare).step, Step::New);
}

#[test]
fn a_hidden_number_stays_hidden_even_if_it_was_sent() {
    for (flag, number) in [(json!("true"), json!(null)), (json!(true), json!("4511223344"))] {
        let mut event = new_call();
        event["data"]["from_number_hidden"] = flag;
        event["data"]["from_number"] = number;
        assert_eq!(call_of(&event).peer, Some(Peer { hidden: true, ..Peer::default() }));
    }
}

#[test]
fn the_name_of_the_event_counts_before_its_status() {
    let step = |name: Value, status: Value, ended_at: Value| match read(
        CALLS,
        &json!({"name": name, "data": {"call_uuid": "u", "status": status, "ended_at": ended_at}}),
    ) {
        Heard::Call(call) => Some(call.step),
        Heard::Presence(_) | Heard::Group | Heard::Unknown(_) => None,
    };
    assert_eq!(step(json!("call.answer"), json!("ringing"), json!(null)), Some(Step::Answer));
    assert_eq!(step(json!(null), json!("answered"), json!(null)), Some(Step::Answer));
    assert_eq!(step(json!(null), json!("answered"), json!("x")), Some(Step::Hangup));
    assert_eq!(step(json!(null), json!("orphaned"), json!(null)), Some(Step::Hangup));
    assert_eq!(step(json!("call.transfer"), json!("ringing"), json!(null)), None);
}

#[test]
fn what_is_skipped_is_named_without_its_content() {
    let name = |channel, json: &str| {
        let Heard::Unknown(name) = parse(channel, json) else { panic!("{json}") };
        name
    };
    assert_eq!(name(CALLS, r#"{"name":"call.transfer","data":{"call_uuid":"u"}}"#), "call.transfer");
    assert_eq!(
        name(CALLS, r#"{"name":"call.new","data":{"from_number":"4511223344"}}"#),
        "call event without call_uuid"
    );
    assert_eq!(name(CALLS, "null"), "call event that is no object");
    assert_eq!(name(PRESENCE, r#""4511223344""#), "presence that is no object");
    assert_eq!(name(PRESENCE, r#"{"live_presence":"busy"}"#), "presence without endpoint");
    assert_eq!(name("/other", "{}"), "message on a channel not subscribed to");
}

#[test]
fn numbers_may_be_numbers_and_times_may_be_nonsense() {
    let mut event = new_call();
    event["data"]["from_number"] = json!(4_511_223_344_u64);
    event["data"]["started_at"] = json!("soon");
    event["timestamp"] = json!(17);
    let call = call_of(&event);
    assert_eq!(call.peer.unwrap().number.unwrap().as_str(), "+4511223344");
    assert_eq!(call.started_at, None);
}
