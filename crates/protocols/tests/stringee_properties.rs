//! Whatever a server, a network and a person do, in whatever order: what a Stringee client never does.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends by a panic")]

use std::time::Duration;

use proptest::prelude::*;
use protocols::{
    Fault, FaultKind, FetchId, Input, Instant, Machine, Output, Response, secret,
    stringee::{Client, Device, Options},
};
use serde_json::{Value, json};

#[derive(Debug, Clone)]
enum Step {
    Opened,
    OpenFailed,
    Closed,
    Frame(Value),
    Garbage(String),
    Heard,
    Fetched(u16, String),
    Unfetched,
    Pass(u64),
    Timeout,
    Probe,
    Renew,
    Change,
    Stop,
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![Just("0"), Just("CALL_END"), Just("wss://v2.stringee.com/"), Just("é\u{0}")]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..4).prop_map(|rows| rows.into_iter().collect()),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "service",
        "body",
        "r",
        "requestId",
        "message",
        "callId",
        "code",
        "type",
        "data",
        "topic",
        "newValue",
        "userId",
        "change_to_server",
        "ping_after_ms",
        "from",
        "to",
        "number",
        "strange",
        "",
    ])
    .prop_map(str::to_owned)
}

fn frame() -> impl Strategy<Value = Value> {
    let services = vec![0, 1, 2, 30, 32, 33, 38, 55, 102, 103, 104, 129, 130, 133, 134, 205, -1];
    prop_oneof![
        2 => Just(json!({"service": 2, "body": {"r": 0, "userId": "u"}})),
        1 => prop::sample::select(vec![6, 15, 15, 1, 9])
            .prop_map(|r| json!({"service": 2, "body": {"r": r, "change_to_server": "wss://v2.stringee.com/"}})),
        6 => (prop::sample::select(services), any_json())
            .prop_map(|(service, body)| json!({"service": service, "body": body})),
        1 => any_json(),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Opened),
        1 => Just(Step::OpenFailed),
        1 => Just(Step::Closed),
        24 => frame().prop_map(Step::Frame),
        1 => prop_oneof![any::<String>(), r#"[\[\]{}",:a-z0-9]{0,40}"#, Just("[".repeat(3000))]
            .prop_map(Step::Garbage),
        1 => Just(Step::Heard),
        2 => (prop::sample::select(vec![200_u16, 403, 500]), prop_oneof![
            Just(r#"{"r":0,"data":{"stringeeServerAddrs":{"web":[{"ip":"a.example","port":1}]}}}"#.to_owned()),
            Just(r#"{"r":2}"#.to_owned()),
            any::<String>(),
        ]).prop_map(|(status, body)| Step::Fetched(status, body)),
        1 => Just(Step::Unfetched),
        3 => (0..200_000_u64).prop_map(Step::Pass),
        4 => Just(Step::Timeout),
        1 => Just(Step::Probe),
        2 => Just(Step::Renew),
        2 => Just(Step::Change),
        1 => Just(Step::Stop),
    ]
}

struct World {
    client: Client,
    now: Instant,
    fetch: Option<FetchId>,
    wait: Option<Instant>,
    open: bool,
    opens: usize,
    over: bool,
}

impl World {
    fn drain(&mut self) {
        for _ in 0..1000 {
            let output = self.client.poll();
            if let Output::Wait(at) = output {
                self.wait = at;
                return;
            }
            assert!(!self.over, "after its end: {output:?}");
            self.take(output);
        }
        panic!("no end of outputs");
    }

    fn take(&mut self, output: Output<protocols::stringee::Event, protocols::stringee::Error>) {
        match output {
            Output::Send(text) => {
                let frame: Value = serde_json::from_str(&text).unwrap();
                let service = frame["service"].as_u64().unwrap();
                assert!([1, 2, 103].contains(&service), "sent service {service}");
                assert!(frame["body"]["requestId"].is_u64());
                assert!(self.open, "sent where nothing is open");
            }
            Output::Open(open) => {
                assert!(open.url.starts_with("wss://"));
                let host = open.url.trim_start_matches("wss://").split([':', '/']).next().unwrap();
                assert!(host.ends_with(".stringee.com") || host == "a.example", "{host}");
                self.open = false;
                self.opens += 1;
                assert!(self.opens < 20, "opens again and again");
            }
            Output::Close(_) => self.open = false,
            Output::Fetch(id, _) => self.fetch = Some(id),
            Output::Cancel(id) => assert_eq!(self.fetch.take(), Some(id)),
            Output::Failed(_) | Output::Ended => self.over = true,
            Output::Ping | Output::Event(_) | Output::Wait(_) => {}
        }
    }

    fn step(&mut self, step: &Step) {
        let fault = Fault { kind: FaultKind::Unreachable, detail: String::new() };
        match step {
            Step::Opened => {
                self.open = true;
                self.client.handle(self.now, Input::Opened);
            }
            Step::OpenFailed => self.client.handle(self.now, Input::OpenFailed(&fault)),
            Step::Closed => {
                self.open = false;
                self.client.handle(self.now, Input::Closed { code: Some(1006), reason: "" });
            }
            Step::Frame(frame) => self.client.handle(self.now, Input::Text(&frame.to_string())),
            Step::Garbage(text) => self.client.handle(self.now, Input::Text(text)),
            Step::Heard => self.client.handle(self.now, Input::Heard),
            Step::Fetched(status, body) => {
                let response = Response { status: *status, retry_after: None, body: body.clone() };
                if let Some(id) = self.fetch.take() {
                    self.client.handle(self.now, Input::Fetched(id, Ok(&response)));
                }
            }
            Step::Unfetched => {
                if let Some(id) = self.fetch.take() {
                    self.client.handle(self.now, Input::Fetched(id, Err(&fault)));
                }
            }
            Step::Pass(ms) => self.now = self.now + Duration::from_millis(*ms),
            Step::Timeout => {
                self.now = self.wait.unwrap_or(self.now).max(self.now);
                self.client.handle(self.now, Input::Timeout);
            }
            Step::Probe => self.client.handle(self.now, Input::Probe),
            Step::Renew => self.client.renew(secret::Text::new("t2")),
            Step::Change => drop(self.client.change(self.now, "a", &json!({"b": [1]}))),
            Step::Stop => self.client.handle(self.now, Input::Stop),
        }
        self.drain();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_pongs_sign_ins_and_changes_are_ever_sent(
        lookup in any::<bool>(),
        steps in prop::collection::vec(step(), 0..100),
    ) {
        let servers = vec!["wss://v1.stringee.com/".to_owned(), "wss://v2.stringee.com/".to_owned()];
        let mut options = Options::new(servers, Device::default());
        options.address_url = lookup.then(|| "https://api.stringee.com/x".to_owned());
        let mut world = World {
            client: Client::new(options, secret::Text::new("t1")),
            now: Instant::default(),
            fetch: None,
            wait: None,
            open: false,
            opens: 0,
            over: false,
        };
        world.client.handle(world.now, Input::Start);
        world.drain();
        for step in &steps {
            world.step(step);
        }
    }
}
