//! What HTTP cannot show soon enough: hours, thousands of events, and every order of a call's events.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;

const START_MS: i64 = 1_763_715_600_000;

struct Rig {
    relay: Relay,
    began: Instant,
    now: Now,
}

impl Rig {
    fn new() -> Rig {
        let instant = Instant::now();
        let now = Now { instant, at: Timestamp::from_millisecond(START_MS).unwrap() };
        let names = ["a", "b"].map(|id| (id.to_owned(), id.to_uppercase()));
        let lines = [("100".to_owned(), "Support".to_owned())];
        Rig { relay: Relay::new(now, names.into(), lines.into()), began: instant, now }
    }

    fn later(&mut self, seconds: u64) {
        self.now.instant += Duration::from_secs(seconds);
        self.now.at += Duration::from_secs(seconds);
        self.relay.tick(self.now);
    }

    fn tell(&mut self, body: &Value) {
        let body = body.to_string();
        let answer = self.relay.webhook(self.now, Some(&sign(body.as_bytes())), body.as_bytes());
        assert_eq!(answer.status, 200);
    }

    fn going(&self) -> Vec<Value> {
        self.relay.calls.going()
    }

    /// All calls that were told since the beginning, as states.
    fn told(&self) -> Vec<Value> {
        let events = self.relay.events(u64::try_from(START_MS).unwrap());
        let Some(events) = events else { return Vec::new() };
        events.body["events"].as_array().unwrap().iter().map(|event| event["call"].clone()).collect()
    }
}

fn event(serial: u64, status: &str, more: Value) -> Value {
    let mut body = json!({
        "call_id": "c", "call_status": status, "serial": serial,
        "timestamp_ms": START_MS + i64::try_from(serial).unwrap() * 1000,
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn outside() -> Value {
    json!({"number": "4512345678", "alias": "4512345678", "type": "external"})
}

fn agent(id: &str) -> Value {
    json!({"number": id, "alias": "100", "type": "internal"})
}

#[test]
fn in_whatever_order_its_events_come_a_call_ends_up_the_same() {
    let events = [
        event(1, "created", json!({"from": outside(), "callCreatedReason": "EXTERNAL_CALL_IN"})),
        event(2, "ringing", json!({"from": outside(), "to": agent("a")})),
        event(3, "answered", json!({"from": outside(), "to": agent("a")})),
        event(4, "ended", json!({"from": {}, "to": {}, "endCallCause": "BYE", "endedBy": "a"})),
    ];
    let mut orders = vec![vec![]];
    for _ in 0..events.len() {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                let rest = (0..events.len()).filter(|at| !order.contains(at)).collect::<Vec<_>>();
                rest.into_iter().map(move |at| [order.clone(), vec![at]].concat())
            })
            .collect();
    }
    assert_eq!(orders.len(), 24);
    for order in orders {
        let mut rig = Rig::new();
        order.iter().for_each(|at| rig.tell(&events[*at]));
        let last = rig.told().pop().unwrap();
        assert_eq!(last["state"], "ended", "{order:?}");
        assert_eq!((&last["cause"], &last["ended_by"]), (&json!("BYE"), &json!("a")), "{order:?}");
        assert_eq!(last["answered_at"], "2025-11-21T09:00:03.000Z", "{order:?}");
        assert_eq!(last["ended_at"], "2025-11-21T09:00:04.000Z", "{order:?}");
        assert_eq!((&last["direction"], &last["from"]["number"]), (&json!("incoming"), &json!("4512345678")));
        assert_eq!(last["line"], json!({"id": "100", "name": "Support"}), "{order:?}");
        assert!(rig.going().is_empty(), "{order:?}");
    }
}

#[test]
fn a_repeated_event_is_dropped_by_its_id_or_by_what_it_says() {
    let mut rig = Rig::new();
    let first = event(1, "ringing", json!({"event_id": "e", "to": agent("a")}));
    rig.tell(&first);
    rig.tell(&event(2, "ringing", json!({"event_id": "e", "to": agent("b")})));
    assert_eq!(rig.going()[0]["people"], json!(["a"]));
    rig.tell(&event(3, "ringing", json!({"to": agent("b")})));
    assert_eq!(rig.going()[0]["people"], json!(["a", "b"]));
    rig.tell(&event(4, "agentEnded", json!({"to": agent("b")})));
    rig.tell(&event(5, "ringing", json!({"to": agent("b")})));
    assert_eq!(rig.going()[0]["people"], json!(["a"]));
    assert_eq!(rig.told().len(), 3);
}

#[test]
fn an_agent_who_declines_leaves_and_the_call_lives_on() {
    let mut rig = Rig::new();
    rig.tell(&event(1, "ringing", json!({"from": outside(), "to": agent("a")})));
    rig.tell(&event(2, "ringing", json!({"from": outside(), "to": agent("b")})));
    rig.tell(&event(3, "agentEnded", json!({"from": outside(), "actor": "a"})));
    assert_eq!((&rig.going()[0]["people"], &rig.going()[0]["state"]), (&json!(["b"]), &json!("ringing")));
    rig.tell(&event(4, "connect_failed", json!({"from": outside(), "to": agent("b")})));
    assert_eq!(rig.going()[0]["people"], json!([]));
}

#[test]
fn whoever_speaks_is_told_beside_the_internal_caller() {
    let mut rig = Rig::new();
    rig.tell(&event(1, "started", json!({"from": agent("a"), "to": agent("b")})));
    assert_eq!(
        (&rig.going()[0]["people"], &rig.going()[0]["direction"]),
        (&json!(["b"]), &json!("internal"))
    );
    rig.tell(&event(2, "answered", json!({"from": agent("a"), "to": agent("b")})));
    assert_eq!(rig.going()[0]["people"], json!(["a", "b"]));
    let mut rig = Rig::new();
    rig.tell(&event(1, "started", json!({"from": agent("a"), "to": outside()})));
    assert_eq!(
        (&rig.going()[0]["direction"], &rig.going()[0]["line"]["name"]),
        (&json!("outgoing"), &json!("Support"))
    );
}

#[test]
fn odd_statuses_and_types_change_nothing_and_hurt_nobody() {
    let mut rig = Rig::new();
    rig.tell(&event(1, "ringing", json!({"to": agent("a"), "from": 7})));
    rig.tell(&event(2, "teleported", json!({})));
    rig.tell(
        &json!({"call_id": "c", "call_status": "ringing", "serial": "x", "timestamp_ms": [], "to": "a"}),
    );
    rig.tell(&json!({"call_id": "lone", "call_status": "ended"}));
    assert_eq!(rig.going().len(), 1);
    assert_eq!(rig.going()[0]["people"], json!(["a"]));
    let answer = rig.relay.webhook(rig.now, Some(&sign(b"\xff{")), b"\xff{");
    assert_eq!(answer.status, 200);
}

#[test]
fn a_call_that_nothing_is_heard_of_ends_and_an_ended_one_is_forgotten() {
    let mut rig = Rig::new();
    rig.tell(&event(1, "answered", json!({"from": outside(), "to": agent("a")})));
    rig.later(2 * 3600 - 60);
    assert_eq!(rig.going().len(), 1);
    rig.later(120);
    assert!(rig.going().is_empty());
    let events = rig.relay.events(rig.relay.log.last() - 1).unwrap().body;
    let lost = &events["events"][0]["call"];
    assert_eq!((&lost["state"], &lost["cause"]), (&json!("ended"), &Value::Null));
    rig.later(12 * 3600 - 60);
    assert_eq!(rig.relay.calls.ended(), std::slice::from_ref(lost));
    rig.later(120);
    assert!(rig.relay.calls.is_empty());
    let last = rig.relay.log.last();
    rig.tell(&event(9, "ended", json!({})));
    assert_eq!(rig.relay.log.last(), last, "an end alone begins nothing");
    assert!(rig.relay.calls.ended().is_empty());
    rig.later(13 * 3600);
    rig.tell(&event(10, "ringing", json!({"event_id": "new", "to": agent("b")})));
    assert_eq!(rig.going().len(), 1);
}

#[test]
fn memory_is_bounded_whatever_comes() {
    let mut rig = Rig::new();
    for number in 0..12_000_u64 {
        rig.tell(&json!({"call_id": format!("c{number}"), "call_status": "ringing", "event_id": number}));
    }
    assert_eq!(rig.going().len(), 1000);
    assert_eq!(rig.going()[999]["id"], "c11999", "the newest are told");
    let after = rig.relay.log.last() - 10_000;
    assert!(rig.relay.events(after).is_some_and(|answer| answer.status == 200));
    assert!(rig.relay.events(after - 1).is_some_and(|answer| answer.status == 410));
    let first = rig.relay.events(after).unwrap();
    assert_eq!(first.body["events"].as_array().unwrap().len(), 256);
    assert_eq!(first.body["n"], after + 256);
    rig.later(601);
    assert!(rig.relay.log.is_empty());
}

#[test]
fn people_are_told_when_they_change_come_and_go() {
    let mut rig = Rig::new();
    let row = |id: &str, status: &str| json!({"userId": id, "attributes": [{"attribute": "manual_status", "value": status}, {"attribute": "call"}]});
    assert!(!rig.relay.wants_people(rig.now), "nobody listens");
    rig.relay.admit(rig.now, "a", false).unwrap();
    assert!(rig.relay.wants_people(rig.now));
    rig.relay.people_online(rig.now, &[row("a", "AVAILABLE"), row("b", "AVAILABLE"), row("notifier-a", "x")]);
    assert!(!rig.relay.wants_people(rig.now));
    rig.relay.people_online(rig.now, &[row("a", "AVAILABLE")]);
    let events = rig.relay.events(u64::try_from(START_MS).unwrap()).unwrap().body;
    let told: Vec<(&str, bool)> = events["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["person"]["id"].as_str().unwrap(), event["person"]["online"].as_bool().unwrap()))
        .collect();
    assert_eq!(told, [("a", true), ("b", true), ("b", false)]);
    assert_eq!(
        events["events"][0]["person"]["attributes"],
        json!({"manual_status": "AVAILABLE", "call": null})
    );
    rig.later(91);
    assert!(!rig.relay.wants_people(rig.now), "nobody listens any more");
    assert!(rig.began < rig.now.instant);
}

#[test]
fn the_oldest_of_too_many_held_requests_is_let_go() {
    let mut rig = Rig::new();
    let held: Vec<u64> = (0..5).map(|_| rig.relay.hold("a")).collect();
    assert!(!rig.relay.is_held("a", held[0]));
    assert!(rig.relay.is_held("a", held[1]));
    rig.relay.release("a", held[1]);
    assert!(!rig.relay.is_held("a", held[1]));
    for _ in 0..30 {
        rig.relay.admit(rig.now, "a", false).unwrap();
    }
    assert_eq!(rig.relay.admit(rig.now, "a", false).unwrap_err().retry_after, Some(60));
    assert!(rig.relay.admit(rig.now, "a", true).is_ok(), "held ones do not count");
    assert!(rig.relay.admit(rig.now, "b", false).is_ok());
    rig.later(60);
    assert!(rig.relay.admit(rig.now, "a", false).is_ok());
}
