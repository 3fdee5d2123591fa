//! Whatever NGUC sends, nothing panics and no healthy session ends.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends by a panic")]

use std::{collections::BTreeMap, time::Duration};

use proptest::prelude::*;
use protocols::{FetchId, Input, Instant, Output, Request, Response};
use providers::{Action, ActionId, Opening, Report, Session};
use secrecy::SecretString;
use serde_json::{Value, json};

/// A live session and what it asks for.
struct Live {
    session: Box<dyn Session>,
    now: Instant,
    wait: Option<Instant>,
    asked: Vec<(FetchId, Request)>,
    told: usize,
}

impl Live {
    fn new() -> Self {
        let settings = json!({"client_id": "external.ACME"});
        let session = (providers::vendor("nguc").unwrap().open)(Opening {
            settings: settings.as_object().unwrap(),
            secret: &SecretString::from(r#"{"access_token":"t","refresh_token":"r"}"#),
            files: &BTreeMap::new(),
            now: Instant::at(Duration::ZERO),
            wall: "2026-11-21T09:00:00Z".parse().unwrap(),
            seed: 1,
            open_calls: Vec::new(),
        })
        .unwrap();
        let now = Instant::at(Duration::ZERO);
        let mut live = Self { session, now, wait: None, asked: Vec::new(), told: 0 };
        for input in [Input::Start, Input::Opened, Input::Text("o"), Input::Text("h")] {
            live.give(input);
        }
        assert_eq!(live.asked.len(), 4, "the owner, people, queues and calls are asked for once live");
        live
    }

    fn give(&mut self, input: Input<'_>) {
        self.session.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        for _ in 0..1_000_000 {
            match self.session.poll() {
                Output::Wait(at) => {
                    self.wait = at;
                    return;
                }
                Output::Ping => self.session.handle(self.now, Input::Heard),
                Output::Fetch(id, request) => self.asked.push((id, request)),
                Output::Cancel(id) => self.asked.retain(|(asked, _)| *asked != id),
                Output::Event(Report::Event(_)) => self.told += 1,
                Output::Open(_) | Output::Send(_) | Output::Event(_) => {}
                Output::Failed(failure) => panic!("a healthy session ended: {failure}"),
                Output::Close(_) | Output::Ended => panic!("a healthy session ended"),
            }
        }
        panic!("no end of outputs");
    }

    fn event(&mut self, name: &str, data: &Value) {
        let frame = format!("a{}", json!([json!([name, data]).to_string()]));
        self.give(Input::Text(&frame));
    }

    /// Answers everything that is asked for now; questions for tokens well.
    fn answer_all(&mut self, body: &str) {
        for (id, request) in std::mem::take(&mut self.asked) {
            let is_grant = request.url.ends_with("/oauth2/user-credentials");
            let body = if is_grant { r#"{"access_token":"t","expires_in":300}"# } else { body };
            let response = Response { status: 200, retry_after: None, body: body.to_owned() };
            self.give(Input::Fetched(id, Ok(&response)));
        }
    }

    fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(at) = self.wait.filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.give(Input::Timeout);
        }
        self.now = end;
    }
}

/// Every value that is `value` with one thing in it missing or of another kind.
fn mutations(value: &Value) -> Vec<Value> {
    let odd = [
        json!(null),
        json!(7),
        json!(-1.5e300),
        json!(u64::MAX),
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

fn samples() -> [(&'static str, Value); 4] {
    [
        (
            "Queue",
            json!({"queue": {"id": 42, "name": "Växel"}, "callers": [
                {"id": 9001, "call_guid": "g", "number": "+46701234567", "added": "2026-11-21 10:00:00", "pbx_queue_id": 42},
            ]}),
        ),
        ("User", json!({"id": 77, "name": "Anna", "status": "busy", "status_text": "till 13", "dnd": "0"})),
        ("Device", json!({"id": 1077, "pbx_user_id": 77, "status": "ringing"})),
        (
            "Call",
            json!({"call_guid": "g", "direction": "in", "state": "ringing", "src_callerid": "+46701234567",
                "dst_callerid": null, "pbx_user_id": 77, "users": [{"id": 78}], "pbx_queue_id": 42,
                "added": "2026-11-21 10:00:00", "answered": null, "result": null}),
        ),
    ]
}

#[test]
fn no_change_of_one_thing_in_an_event_costs_the_session_or_goes_unseen() {
    let mut live = Live::new();
    live.answer_all("[]");
    for (name, sample) in samples() {
        for odd in mutations(&sample) {
            let told = live.told;
            live.event(name, &odd);
            // A phone that says the same again changes nothing of its owner.
            assert!(live.told > told || name == "Device", "{name}: {odd} vanished");
        }
    }
}

#[test]
fn no_change_of_one_thing_in_an_answer_costs_the_session() {
    let rows: Vec<Value> = samples().into_iter().map(|(_, sample)| sample).collect();
    let answer = json!({"count": "4", "users": rows, "id": "77"});
    for odd in mutations(&answer) {
        let mut live = Live::new();
        live.event("User", &json!({"id": 77}));
        live.answer_all(&odd.to_string());
        live.answer_all(&odd.to_string());
        live.pass(Duration::from_secs(20));
    }
}

/// Words of the vendor, so that chance comes across what they mean.
fn any_json() -> impl Strategy<Value = Value> {
    let words = vec![
        "busy",
        "available",
        "ringing",
        "answered",
        "ended",
        "in",
        "out",
        "77",
        "78",
        "g",
        "1",
        "true",
        "2026-11-21 10:00:00",
        "+46701234567",
        "0701234567",
        "anonymous",
        "missed",
        "",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(words).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, |inner| {
        let key = proptest::sample::select(vec![
            "id",
            "name",
            "status",
            "queue",
            "callers",
            "number",
            "added",
            "pbx_queue_id",
            "pbx_user_id",
            "call_guid",
            "state",
            "direction",
            "users",
            "user",
            "queues",
            "calls",
            "data",
            "count",
            "dnd",
            "result",
            "answered",
            "event",
            "payload",
        ]);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key.prop_map(str::to_owned), inner), 0..10)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

#[derive(Debug, Clone)]
enum Step {
    Event(&'static str, Value),
    Message(Value),
    Frame(String),
    Answer(Value),
    Status(u16),
    Pass(u64),
    PickUp,
}

fn any_step() -> impl Strategy<Value = Step> {
    let name = proptest::sample::select(vec!["Queue", "User", "Device", "Call", "Other"]);
    prop_oneof![
        6 => (name, any_json()).prop_map(|(name, data)| Step::Event(name, data)),
        1 => any_json().prop_map(Step::Message),
        2 => any::<String>().prop_map(Step::Frame),
        3 => any_json().prop_map(Step::Answer),
        1 => (400..600_u16).prop_map(Step::Status),
        2 => (0..60_u64).prop_map(Step::Pass),
        1 => Just(Step::PickUp),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_conversation_ends_a_healthy_session(steps in proptest::collection::vec(any_step(), 0..60)) {
        let mut live = Live::new();
        for (at, step) in steps.into_iter().enumerate() {
            match step {
                Step::Event(name, data) => live.event(name, &data),
                Step::Message(message) => live.give(Input::Text(&format!("a{}", json!([message, message.to_string()])))),
                // These two say that the session is over.
                Step::Frame(text) if text.trim() == "o" || text.trim().starts_with('c') => {}
                Step::Frame(text) => live.give(Input::Text(&text)),
                Step::Answer(json) => live.answer_all(&json.to_string()),
                Step::Status(status) => {
                    for (id, request) in std::mem::take(&mut live.asked) {
                        if request.url.ends_with("/oauth2/user-credentials") {
                            live.asked.push((id, request));
                        } else {
                            let response = Response { status, retry_after: None, body: String::new() };
                            live.give(Input::Fetched(id, Ok(&response)));
                        }
                    }
                }
                Step::Pass(seconds) => live.pass(Duration::from_secs(seconds)),
                Step::PickUp => {
                    let action = Action::PickUp { queue: "42".into(), caller: "9001".into() };
                    live.session.act(live.now, ActionId(u64::try_from(at).unwrap()), action);
                    live.drain();
                }
            }
        }
    }

    /// A map that a person wrote is read or refused, whatever is in it.
    #[test]
    fn no_map_is_too_odd_to_be_checked(text in "(\\[{0,2}[a-z.]{1,9}\\]{0,2}|[a-z]{1,7} = [\"\\[\\]{}a-z0-9.,= ]{0,12})(\n(\\[{0,2}[a-z.]{1,9}\\]{0,2}|(name|kind|id|path|list|event|fields|callers) = [\"\\[\\]{}a-z0-9.,= ]{0,12})){0,8}") {
        if let Err(faults) = providers::nguc::event_map::check(&text) {
            prop_assert!(!faults.is_empty());
            prop_assert!(faults.iter().all(|fault| fault.line >= 1 && !fault.text.is_empty()));
        }
    }
}
