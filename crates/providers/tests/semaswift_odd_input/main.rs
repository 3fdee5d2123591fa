//! Whatever comes in, nothing panics, no healthy session ends, and nobody who is online is lost or lingers.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends by a panic")]

mod live;

use std::{collections::BTreeMap, time::Duration};

use live::Live;
use proptest::prelude::*;
use protocols::Input;
use providers::{Action, ActionId, Attention, DndChange};
use serde_json::{Value, json};

const ONLINE: &str = "presence:online";

/// Every value that is `value` with one thing in it missing or of another kind.
fn mutations(value: &Value) -> Vec<Value> {
    let odd = [
        json!(null),
        json!(7),
        json!(-1.5e300),
        json!("\u{202e}?"),
        json!([[]]),
        json!({"x": [1]}),
        json!(true),
    ];
    let mut all: Vec<Value> = odd.to_vec();
    if let Value::Object(fields) = value {
        for key in fields.keys() {
            let mut without = fields.clone();
            without.remove(key);
            all.push(Value::Object(without));
            all.extend(mutations(&fields[key]).into_iter().map(|odd| {
                let mut with = fields.clone();
                with.insert(key.clone(), odd);
                Value::Object(with)
            }));
        }
    }
    if let Value::Array(items) = value {
        for at in 0..items.len() {
            all.extend(mutations(&items[at]).into_iter().map(|odd| {
                let mut with = items.clone();
                with[at] = odd;
                Value::Array(with)
            }));
        }
    }
    all
}

fn samples() -> Vec<Value> {
    vec![
        json!({"type": "call.started", "data": {"call_id": "c", "direction": "inbound", "from": "+1-555-123-4567",
            "to": "+1-555-987-6543", "queue_id": "q", "agent_id": "agent_1", "started_at": "2024-01-15T10:30:00Z"}}),
        json!({"type": "agent.status_changed", "data": {"agent_id": "agent_123", "previous_status": "available",
            "new_status": "on_call", "timestamp": "2024-01-15T10:30:00Z"}}),
        json!({"type": "ticket.updated", "data": {"ticket_id": "tkt_123", "changes": {"status": {"from": "open",
            "to": "pending"}, "assignee_id": {"from": null, "to": "usr_456"}}, "updated_by": "usr_789"}}),
    ]
}

#[test]
fn no_change_of_one_thing_in_a_sample_costs_the_session_or_vanishes() {
    let mut live = Live::new();
    live.serve_presence(&BTreeMap::new());
    for sample in samples() {
        for odd in mutations(&sample) {
            let told = live.events;
            live.publish("voice:calls", &odd);
            assert!(live.events > told, "{odd} vanished");
            live.answer_all(|_| "{}");
        }
    }
}

#[test]
fn no_change_of_one_thing_in_an_answer_costs_the_session() {
    let agents = json!({"data": [{"id": "agent_1", "user_id": "usr_77", "name": "A", "current_status": "dnd",
        "phone_number": "17"}], "meta": {"total_pages": 1}, "next_page_token": null});
    let statuses = json!({"data": [{"id": "s", "name": "dnd", "queue_behavior": "paused"}]});
    for odd in mutations(&agents).into_iter().chain(mutations(&statuses)) {
        let odd = odd.to_string();
        let mut live = Live::new();
        for _ in 0..4 {
            live.answer_all(|_| &odd);
        }
        live.session.act(live.now, ActionId(1), Action::SetDnd(DndChange::On { until: None }));
        live.drain();
        live.answer_all(|_| &odd);
        live.answer_all(|_| &odd);
    }
}

/// Words of the vendor, so that chance comes across what they mean.
fn any_json() -> impl Strategy<Value = Value> {
    let words = vec![
        "call.started",
        "call.answered",
        "call.ended",
        "call.transferred",
        "agent.status_changed",
        "ticket.updated",
        "inbound",
        "outbound",
        "agent_1",
        "agent_2",
        "usr_77",
        "available",
        "on_call",
        "dnd",
        "completed",
        "missed",
        "c1",
        "c2",
        "q1",
        "+4511223344",
        "2026-11-21T09:00:00Z",
        "2026-11-20T09:00:00Z",
        "paused",
        "1",
        "2",
    ];
    let text = prop_oneof![proptest::sample::select(words).prop_map(str::to_owned), any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, |inner| {
        let key = proptest::sample::select(vec![
            "type",
            "data",
            "call_id",
            "direction",
            "from",
            "to",
            "queue_id",
            "agent_id",
            "to_agent_id",
            "started_at",
            "answered_at",
            "duration",
            "status",
            "new_status",
            "ticket_id",
            "changes",
            "id",
            "user_id",
            "name",
            "current_status",
            "next_page_token",
            "meta",
            "total_pages",
            "queue_behavior",
            "token",
            "push",
            "channel",
            "pub",
            "join",
            "info",
            "user",
            "client",
            "unsubscribe",
            "code",
            "subscribe",
        ]);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..10).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

#[derive(Debug, Clone)]
enum Step {
    Publish(&'static str, Value),
    Answer(Value),
    Frame(Value),
    Serve,
    Pass(u64),
    Dnd,
    Attend(bool),
    Probe,
    Cut,
}

fn any_step() -> impl Strategy<Value = Step> {
    let channel =
        proptest::sample::select(vec!["voice:calls", "voice:agents", "user:usr_77", ONLINE, "other"]);
    prop_oneof![
        5 => (channel, any_json()).prop_map(|(channel, json)| Step::Publish(channel, json)),
        4 => any_json().prop_map(Step::Answer),
        1 => any_json().prop_map(Step::Frame),
        3 => Just(Step::Serve),
        2 => (0..20_000_u64).prop_map(Step::Pass),
        1 => Just(Step::Dnd),
        1 => any::<bool>().prop_map(Step::Attend),
        1 => Just(Step::Probe),
        1 => Just(Step::Cut),
    ]
}

/// What happens to who is online.
#[derive(Debug, Clone)]
enum Coming {
    Join(u8),
    Leave(usize),
    /// The subscription ends and begins anew; what happens in between is never told.
    Away(Vec<Coming>),
    /// The server looks who is there; its answer comes later.
    Look,
    Answer,
    Pass(u64),
}

fn any_coming() -> impl Strategy<Value = Coming> {
    let change = || {
        prop_oneof![
            3 => (0..6_u8).prop_map(Coming::Join),
            2 => (0..10_usize).prop_map(Coming::Leave),
        ]
    };
    prop_oneof![
        6 => change(),
        1 => proptest::collection::vec(change(), 0..6).prop_map(Coming::Away),
        2 => Just(Coming::Look),
        2 => Just(Coming::Answer),
        2 => (0..12_000_u64).prop_map(Coming::Pass),
    ]
}

/// The server's side of presence.
#[derive(Default)]
struct Roll {
    there: BTreeMap<String, String>,
    /// What the server saw for the question of this id.
    looked: Option<(Value, BTreeMap<String, String>)>,
    last: u64,
}

impl Roll {
    fn change(&mut self, coming: &Coming) -> Option<Value> {
        let (kind, client, user) = match coming {
            Coming::Join(user) => {
                self.last += 1;
                let (client, user) = (format!("k{}", self.last), format!("usr_{user}"));
                self.there.insert(client.clone(), user.clone());
                ("join", client, user)
            }
            Coming::Leave(which) => {
                let client = self.there.keys().nth(*which)?.clone();
                let user = self.there.remove(&client)?;
                ("leave", client, user)
            }
            Coming::Away(_) | Coming::Look | Coming::Answer | Coming::Pass(_) => return None,
        };
        Some(json!({"push": {"channel": ONLINE, kind: {"info": {"user": user, "client": client}}}}))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_conversation_ends_a_healthy_session(steps in proptest::collection::vec(any_step(), 0..40)) {
        let mut live = Live::new();
        let mut cuts = 0;
        for (at, step) in steps.into_iter().enumerate() {
            match step {
                Step::Publish(channel, json) => live.publish(channel, &json),
                Step::Answer(json) => {
                    let body = json.to_string();
                    live.answer_all(|_| &body);
                }
                Step::Frame(json) => live.reply(&json),
                Step::Serve => {
                    live.serve();
                    live.serve_presence(&BTreeMap::new());
                }
                Step::Pass(ms) => {
                    live.serve();
                    live.pass(Duration::from_millis(ms.min(4_000)));
                }
                Step::Dnd => {
                    let id = ActionId(u64::try_from(at).unwrap());
                    live.session.act(live.now, id, Action::SetDnd(DndChange::On { until: None }));
                    live.drain();
                }
                Step::Attend(details) => {
                    let attention = if details { Attention::Details } else { Attention::Alerts };
                    live.session.attend(live.now, attention);
                    live.drain();
                }
                Step::Probe => live.give(Input::Probe),
                // More are for the supervisor.
                Step::Cut if cuts == 0 => {
                    cuts += 1;
                    live.serve();
                    live.give(Input::Closed { code: None, reason: "" });
                    live.serve();
                }
                Step::Cut => {}
            }
        }
    }

    #[test]
    fn who_is_online_is_shown_and_nobody_else(comings in proptest::collection::vec(any_coming(), 0..60)) {
        let mut live = Live::new();
        let mut roll = Roll::default();
        for coming in comings {
            match &coming {
                Coming::Join(_) | Coming::Leave(_) => {
                    if let Some(push) = roll.change(&coming) {
                        live.reply(&push);
                    }
                }
                Coming::Away(meanwhile) => {
                    let end = json!({"push": {"channel": ONLINE, "unsubscribe": {"code": 2500}}});
                    live.commands.clear();
                    live.reply(&end);
                    for coming in meanwhile {
                        roll.change(coming);
                    }
                    roll.looked = None;
                    for _ in 0..21 {
                        live.pass(Duration::from_secs(1));
                        live.serve();
                    }
                }
                Coming::Look => roll.looked = live.presence_asked().map(|id| (id, roll.there.clone())),
                Coming::Answer => {
                    let looked = roll.looked.take().filter(|(id, _)| live.presence_asked().as_ref() == Some(id));
                    let there = looked.map_or_else(|| roll.there.clone(), |(_, there)| there);
                    live.serve_presence(&there);
                }
                Coming::Pass(ms) => live.pass(Duration::from_millis((*ms).min(4_000))),
            }
            live.answer_all(|_| "[]");
        }
        for _ in 0..30 {
            live.serve_presence(&roll.there);
            live.pass(Duration::from_secs(1));
            live.answer_all(|_| "[]");
        }
        let mut expected: Vec<String> = roll.there.values().cloned().collect();
        expected.sort();
        expected.dedup();
        prop_assert_eq!(live.online(), expected);
    }
}

#[test]
fn ten_thousand_are_online_and_five_hundred_come_and_go_at_once() {
    let mut live = Live::new();
    live.answer_all(|_| "[]");
    let client = |n: usize| (format!("c{n:05}"), format!("usr_{n:05}"));
    let there: BTreeMap<String, String> = (0..10_000).map(client).collect();
    live.serve_presence(&there);
    live.answer_all(|_| "[]");
    assert_eq!(live.online().len(), 10_000);
    let told = live.events;
    let push = |kind: &str, n: usize| {
        let (client, user) = client(n);
        json!({"push": {"channel": ONLINE, kind: {"info": {"user": user, "client": client}}}}).to_string()
    };
    let joins: Vec<String> = (10_000..10_500).map(|n| push("join", n)).collect();
    live.give(Input::Text(&joins.join("\n")));
    assert_eq!((live.online().len(), live.events - told), (10_500, 500));
    let leaves: Vec<String> = (10_000..10_500).map(|n| push("leave", n)).collect();
    live.give(Input::Text(&leaves.join("\n")));
    live.pass(Duration::from_millis(6_900));
    assert_eq!(
        (live.online().len(), live.events - told),
        (10_500, 500),
        "a leave may be half of a reconnect"
    );
    live.pass(Duration::from_millis(100));
    assert_eq!((live.online().len(), live.events - told), (10_000, 1_000));
}
