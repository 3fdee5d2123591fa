//! Whatever comes in, nothing panics and no healthy session ends.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends by a panic")]

use std::{collections::BTreeMap, time::Duration};

use proptest::prelude::*;
use protocols::{FetchId, Input, Instant, Output, Request, Response};
use providers::{Action, ActionId, DndChange, Opening, Report, Session};
use secrecy::SecretString;
use serde_json::{Map, Value, json};

const PRESENCE: &str = "/presence/company/1234";
const CALLS: &str = "/call2/company/1234";
const MINE: &str = "/call2/employee/77";

/// A live session and what it asks for.
struct Live {
    session: Box<dyn Session>,
    now: Instant,
    wait: Option<Instant>,
    asked: Vec<(FetchId, Request)>,
    events: usize,
}

impl Live {
    fn new() -> Self {
        let settings = json!({"transport": "websocket"});
        let session = (providers::vendor("firmafon").unwrap().open)(Opening {
            settings: settings.as_object().unwrap(),
            secret: &SecretString::from(r#"{"access_token":"t"}"#),
            files: &BTreeMap::new(),
            now: Instant::at(Duration::ZERO),
            wall: "2026-11-21T09:00:00Z".parse().unwrap(),
            seed: 1,
            open_calls: Vec::new(),
        })
        .unwrap();
        let mut live =
            Self { session, now: Instant::at(Duration::ZERO), wait: None, asked: Vec::new(), events: 0 };
        live.give(Input::Start);
        live.answer_all(|_| r#"{"employee":{"id":77,"company_id":1234,"name":"A","number":"4511223344"}}"#);
        assert_eq!(live.asked.len(), 3, "people, legs and calls are asked for once live");
        live
    }

    fn give(&mut self, input: Input<'_>) {
        self.session.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        loop {
            match self.session.poll() {
                Output::Wait(at) => {
                    self.wait = at;
                    return;
                }
                Output::Open(_) => self.session.handle(self.now, Input::Opened),
                Output::Send(text) => {
                    let answer = faye(&text);
                    if answer != "[]" {
                        self.session.handle(self.now, Input::Text(&answer));
                    }
                }
                Output::Ping => self.session.handle(self.now, Input::Heard),
                Output::Fetch(id, request) => self.asked.push((id, request)),
                Output::Cancel(id) => self.asked.retain(|(asked, _)| *asked != id),
                Output::Event(Report::Event(_)) => self.events += 1,
                Output::Event(
                    Report::Live { .. }
                    | Report::Interrupted
                    | Report::Resynced(_)
                    | Report::Missed(_)
                    | Report::Secret(_)
                    | Report::Done(..),
                ) => {}
                Output::Failed(failure) => panic!("a healthy session ended: {failure}"),
                Output::Close(_) | Output::Ended => panic!("a healthy session ended"),
            }
        }
    }

    fn message(&mut self, channel: &str, json: &str) {
        let frame = format!(r#"[{{"channel":"{channel}","data":{json}}}]"#);
        self.give(Input::Text(&frame));
    }

    /// Answers everything that is asked for now, by address.
    fn answer_all<'a>(&mut self, body: impl Fn(&str) -> &'a str) {
        for (id, request) in std::mem::take(&mut self.asked) {
            let response = Response { status: 200, retry_after: None, body: body(&request.url).to_owned() };
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

/// What a Faye server answers; a held connect is not answered.
fn faye(sent: &str) -> String {
    let messages: Vec<Value> = serde_json::from_str(sent).unwrap();
    let answers: Vec<Value> = messages
        .iter()
        .filter(|message| message["channel"] != "/meta/connect" || message["advice"]["timeout"] == 0)
        .map(|message| {
            json!({
                "channel": message["channel"], "id": message["id"], "subscription": message["subscription"],
                "successful": true, "clientId": "c", "version": "1.0",
                "supportedConnectionTypes": ["websocket"],
                "advice": {"reconnect": "retry", "interval": 0, "timeout": 100_000_000}
            })
        })
        .collect();
    Value::from(answers).to_string()
}

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
    match value {
        Value::Object(fields) => {
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
        Value::Array(items) => {
            for at in 0..items.len() {
                all.extend(mutations(&items[at]).into_iter().map(|odd| {
                    let mut with = items.clone();
                    with[at] = odd;
                    Value::Array(with)
                }));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all
}

fn samples() -> Vec<(String, Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/firmafon/samples");
    let mut samples: Vec<(String, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), serde_json::from_str(&text).unwrap())
        })
        .collect();
    samples.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(samples.len() > 10);
    samples
}

#[test]
fn no_change_of_one_thing_in_a_sample_costs_the_session() {
    let mut live = Live::new();
    live.answer_all(|_| "[]");
    for (name, sample) in samples() {
        let channel = match name.split_once('_').unwrap().0 {
            "call2" => CALLS,
            "presence" => PRESENCE,
            _ => continue,
        };
        for odd in mutations(&sample) {
            let told = live.events;
            live.message(channel, &odd.to_string());
            let is_group = odd["endpoint"].as_str().is_some_and(|to| to.starts_with("EmployeeGroup#"));
            // A call that has ended is done with, whatever else is said of it.
            assert!(live.events > told || is_group || channel == CALLS, "{name}: {odd} vanished");
            live.answer_all(|_| "{}");
        }
    }
}

#[test]
fn no_change_of_one_thing_in_an_answer_costs_the_session() {
    for (name, sample) in samples() {
        if !name.starts_with("rest_") {
            continue;
        }
        for odd in mutations(&sample) {
            let odd = odd.to_string();
            let rows = format!(r#"{{"calls":[{}]}}"#, &odd);
            let mut live = Live::new();
            live.answer_all(|url| if url.contains("/calls?") { &rows } else { &odd });
            live.message(
                CALLS,
                r#"{"name":"call.ringing","data":{"call_uuid":"u","endpoint":"Reception#1"}}"#,
            );
            live.answer_all(|_| &odd);
            live.pass(Duration::from_secs(400));
            live.answer_all(|_| &odd);
        }
    }
}

/// Words of the vendor, so that chance comes across what they mean.
fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        proptest::sample::select(vec![
            "call.new",
            "call.ringing",
            "call.answer",
            "call.hangup",
            "Employee#77",
            "Employee#78",
            "Reception#10",
            "EmployeeGroup#1",
            "available",
            "ringing",
            "busy",
            "do_not_disturb",
            "unknown",
            "incoming",
            "outgoing",
            "answered",
            "missed",
            "voicemail",
            "orphaned",
            "new",
            "true",
            "2026-11-21T09:00:00Z",
            "u1",
            "u2",
            "77",
            "4511223344",
            "NORMAL_CLEARING",
            "USER_BUSY",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, |inner| {
        let key = proptest::sample::select(vec![
            "name",
            "data",
            "call_uuid",
            "endpoint",
            "endpoint_name",
            "direction",
            "status",
            "from_number",
            "to_number",
            "from_number_hidden",
            "started_at",
            "answered_at",
            "ended_at",
            "hangup_cause",
            "live_presence",
            "busy_since",
            "do_not_disturb",
            "dnd_timeout_at",
            "employees",
            "employee",
            "calls",
            "call",
            "call_nodes",
            "nodes",
            "answered_by",
            "from_contact",
            "contact",
            "id",
            "number",
            "company_id",
        ]);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..10).prop_map(|fields| {
                Value::Object(
                    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>(),
                )
            }),
        ]
    })
}

/// A call event that makes sense, in an order that need not.
fn any_call() -> impl Strategy<Value = Value> {
    (
        proptest::sample::select(vec!["call.new", "call.ringing", "call.answer", "call.hangup"]),
        proptest::sample::select(vec!["u1", "u2", "u3"]),
        proptest::sample::select(vec!["Employee#77", "Employee#78", "Reception#10", "Reception#11"]),
        proptest::sample::select(vec![json!("incoming"), json!("outgoing"), json!(null)]),
        proptest::sample::select(vec![json!("missed"), json!("voicemail"), json!(null)]),
    )
        .prop_map(|(name, uuid, endpoint, direction, status)| {
            json!({"name": name, "data": {
                "call_uuid": uuid, "endpoint": endpoint, "direction": direction, "status": status,
                "from_number": "4511223344", "to_number": "4511223355"
            }})
        })
}

fn any_presence() -> impl Strategy<Value = Value> {
    proptest::sample::select(vec!["available", "ringing", "busy", "do_not_disturb", "unknown"])
        .prop_map(|live| json!({"endpoint": "Employee#77", "live_presence": live}))
}

#[derive(Debug, Clone)]
enum Step {
    Message(&'static str, Value),
    Answer(Value),
    Frame(String),
    Pass(u64),
    Dnd,
    Probe,
}

fn any_step() -> impl Strategy<Value = Step> {
    let channel = || proptest::sample::select(vec![PRESENCE, CALLS, MINE, "/other"]);
    prop_oneof![
        3 => (channel(), any_json()).prop_map(|(channel, json)| Step::Message(channel, json)),
        3 => (channel(), any_call()).prop_map(|(channel, json)| Step::Message(channel, json)),
        2 => any_presence().prop_map(|json| Step::Message(PRESENCE, json)),
        3 => any_json().prop_map(Step::Answer),
        1 => any::<String>().prop_map(Step::Frame),
        2 => (0..400_u64).prop_map(Step::Pass),
        1 => Just(Step::Dnd),
        1 => Just(Step::Probe),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_conversation_ends_a_healthy_session(steps in proptest::collection::vec(any_step(), 0..40)) {
        let mut live = Live::new();
        for (at, step) in steps.into_iter().enumerate() {
            match step {
                Step::Message(channel, json) => live.message(channel, &json.to_string()),
                Step::Answer(json) => {
                    let body = json.to_string();
                    live.answer_all(|_| &body);
                }
                Step::Frame(text) => live.give(Input::Text(&text)),
                Step::Pass(seconds) => live.pass(Duration::from_secs(seconds)),
                Step::Dnd => {
                    let id = ActionId(u64::try_from(at).unwrap());
                    live.session.act(live.now, id, Action::SetDnd(DndChange::On { until: None }));
                    live.drain();
                }
                Step::Probe => live.give(Input::Probe),
            }
        }
    }
}
