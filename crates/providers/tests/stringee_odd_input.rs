//! Whatever Stringee and a relay send, nothing panics, no healthy session ends, and nothing is said about a call.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends by a panic")]

use std::{collections::BTreeMap, time::Duration};

use model::{AccountId, Snapshot, Time};
use proptest::prelude::*;
use protocols::{FetchId, Input, Instant, Output, Request, Response};
use providers::{Action, ActionId, DndChange, Opening, Report, Session};
use secrecy::SecretString;
use serde_json::{Value, json};

/// `{"userId":"me","subscribe":"a"}`
const TOKEN: &str = "e30.eyJ1c2VySWQiOiJtZSIsInN1YnNjcmliZSI6ImEifQ.c2ln";

/// A live session, what it asks for, and what is known from it.
struct Live {
    session: Box<dyn Session>,
    now: Instant,
    wait: Option<Instant>,
    asked: Vec<(FetchId, Request)>,
    snapshot: Snapshot,
    done: usize,
}

impl Live {
    fn new(settings: &Value) -> Self {
        let session = (providers::vendor("stringee").unwrap().open)(Opening {
            settings: settings.as_object().unwrap(),
            secret: &SecretString::from(json!({"token": TOKEN}).to_string()),
            files: &BTreeMap::new(),
            now: Instant::at(Duration::ZERO),
            wall: "2026-11-21T09:00:00Z".parse().unwrap(),
            seed: 1,
            open_calls: Vec::new(),
        })
        .unwrap();
        let mut live = Self {
            session,
            now: Instant::at(Duration::ZERO),
            wait: None,
            asked: Vec::new(),
            snapshot: Snapshot::default(),
            done: 0,
        };
        live.give(Input::Start);
        live.give(Input::Opened);
        live.give(Input::Text(r#"{"service":2,"body":{"r":0,"ping_after_ms":600000}}"#));
        live
    }

    fn give(&mut self, input: Input<'_>) {
        self.session.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        for _ in 0..10_000 {
            match self.session.poll() {
                Output::Wait(at) => {
                    self.wait = at;
                    return;
                }
                Output::Send(text) => {
                    let frame: Value = serde_json::from_str(&text).unwrap();
                    assert!([1, 2, 103].contains(&frame["service"].as_u64().unwrap()), "{text}");
                }
                Output::Fetch(id, request) => {
                    assert!(!request.url.contains("e30."), "a token in an address");
                    self.asked.push((id, request));
                }
                Output::Cancel(id) => self.asked.retain(|(asked, _)| *asked != id),
                Output::Event(Report::Event(event)) => {
                    drop(self.snapshot.apply(&AccountId::from("a"), Time::from_millis(0), event));
                }
                Output::Event(Report::Done(..)) => self.done += 1,
                Output::Open(_) | Output::Ping | Output::Event(_) => {}
                Output::Failed(failure) => panic!("a healthy session ended: {failure}"),
                Output::Close(_) | Output::Ended => panic!("a healthy session ended"),
            }
        }
        panic!("no end of outputs");
    }

    fn pass(&mut self, milliseconds: u64) {
        let end = self.now + Duration::from_millis(milliseconds);
        let mut circles = 0;
        while let Some(at) = self.wait.filter(|at| *at <= end) {
            circles = if at == self.now { circles + 1 } else { 0 };
            assert!(circles < 100, "it turns in circles");
            self.now = at.max(self.now);
            self.give(Input::Heard);
            self.give(Input::Timeout);
        }
        self.now = end;
        self.give(Input::Heard);
    }

    fn answer(&mut self, status: u16, body: &str) {
        if let Some((id, _)) = self.asked.pop() {
            let response = Response { status, retry_after: None, body: body.to_owned() };
            self.give(Input::Fetched(id, Ok(&response)));
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Frame(u16, Value),
    Text(String),
    Answer(u16, Value),
    Garbled(String),
    Act(u8),
    Pass(u64),
    Probe,
}

fn names() -> Vec<&'static str> {
    vec![
        "callId",
        "code",
        "type",
        "data",
        "topic",
        "message",
        "newValue",
        "userId",
        "attribute",
        "callEnded",
        "timestamp",
        "from",
        "to",
        "number",
        "alias",
        "status",
        "n",
        "v",
        "people",
        "calls",
        "events",
        "call",
        "person",
        "id",
        "state",
        "attributes",
        "online",
        "line",
        "me",
        "requestId",
        "odd",
    ]
}

fn json() -> impl Strategy<Value = Value> {
    let words = vec![
        "me",
        "u2",
        "c1",
        "ringing",
        "answered",
        "ended",
        "Calling",
        "onlineStatus",
        "call",
        "manual_status",
        "NOT AVAILABLE",
        "online",
        "CALL_END",
        "CALL_STATE",
        "4511223344",
        "",
        "\u{202e}\u{0}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop::sample::select(vec![0_i64, 1, 7, 200, 486, -1, i64::MAX]).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(words).prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let fields = prop::collection::vec((prop::sample::select(names()), inner.clone()), 0..8);
        prop_oneof![
            1 => prop::collection::vec(inner, 0..4).prop_map(Value::from),
            4 => fields.prop_map(|rows| {
                Value::Object(rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

fn step() -> impl Strategy<Value = Step> {
    let services = vec![1, 2, 30, 32, 33, 38, 55, 102, 102, 102, 103, 104, 129, 130, 133, 134, 999];
    prop_oneof![
        12 => (prop::sample::select(services), json()).prop_map(|(service, body)| Step::Frame(service, body)),
        1 => prop_oneof![any::<String>(), json().prop_map(|json| json.to_string())].prop_map(Step::Text),
        6 => (prop::sample::select(vec![200, 200, 200, 401, 403, 404, 410, 500]), json())
            .prop_map(|(status, body)| Step::Answer(status, body)),
        1 => any::<String>().prop_map(Step::Garbled),
        1 => any::<u8>().prop_map(Step::Act),
        3 => (0..100_000_u64).prop_map(Step::Pass),
        1 => Just(Step::Probe),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_ends_a_healthy_session(relay in any::<bool>(), steps in prop::collection::vec(step(), 0..80)) {
        let mut settings = json!({"servers": ["wss://own.example/"]});
        if relay {
            settings["relay_url"] = json!("https://relay.example/");
        }
        let mut live = Live::new(&settings);
        let mut acts = 0;
        for step in &steps {
            match step {
                Step::Frame(service, body) => {
                    let frame = json!({"service": service, "body": body}).to_string();
                    live.give(Input::Text(&frame));
                }
                Step::Text(text) => live.give(Input::Text(text)),
                Step::Answer(status, body) => live.answer(*status, &body.to_string()),
                Step::Garbled(text) => live.answer(200, text),
                Step::Act(which) => {
                    acts += 1;
                    let change = if which % 2 == 0 { DndChange::Off } else { DndChange::On { until: None } };
                    live.session.act(live.now, ActionId(acts), Action::SetDnd(change));
                    live.drain();
                }
                Step::Pass(milliseconds) => live.pass(*milliseconds),
                Step::Probe => {
                    live.give(Input::Probe);
                    live.give(Input::Heard);
                }
            }
        }
        // Every call that rings is given up, every change is answered.
        for _ in 0..20 {
            live.answer(500, "");
        }
        live.pass(13 * 60 * 60 * 1000);
        for _ in 0..20 {
            live.answer(500, "");
            live.pass(60_000);
        }
        prop_assert_eq!(live.snapshot.open_calls().count(), 0);
        prop_assert_eq!(live.done as u64, acts);
    }
}
