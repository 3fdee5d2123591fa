//! Whatever a server, a network and a person do, in whatever order: what a Bayeux client never does.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test ends where its own JSON is not as it thinks"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use proptest::prelude::*;
use protocols::{
    Body, Fault, FaultKind, FetchId, Input, Instant, Machine, Output, Response,
    bayeux::{Client, Event, Options, Transports},
};
use serde_json::{Value, json};

/// What happens next; numbers choose among what there is to answer.
#[derive(Debug, Clone)]
enum Step {
    Opened,
    OpenFailed(u8),
    Closed(Option<u16>),
    Answer { which: usize, how: How },
    Event(String),
    Garbage(String),
    Heard,
    Status { which: usize, status: u16 },
    Fault { which: usize, kind: u8 },
    Pass(u64),
    Timeout,
    Probe,
    Subscribe(u8),
    Unsubscribe(u8),
    Stop,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    Well,
    WithAdvice(&'static str),
    Refused,
    Forgotten,
    Cut,
    Again,
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![
        12 => Just(How::Well),
        1 => Just(How::WithAdvice(r#"{"reconnect":"handshake","interval":0}"#)),
        2 => Just(How::WithAdvice(r#"{"reconnect":"retry","interval":2000,"timeout":0}"#)),
        1 => Just(How::WithAdvice(r#"{"interval":-1}"#)),
        1 => Just(How::Refused),
        1 => Just(How::Forgotten),
        1 => Just(How::Cut),
        1 => Just(How::Again),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Opened),
        1 => any::<u8>().prop_map(Step::OpenFailed),
        1 => prop_oneof![Just(None), Just(Some(1000)), Just(Some(1006))].prop_map(Step::Closed),
        24 => (0..4_usize, how()).prop_map(|(which, how)| Step::Answer { which, how }),
        3 => "/[a-z]{0,3}".prop_map(Step::Event),
        1 => prop_oneof![
            any::<String>(),
            r#"[\[\]{}",:a-z0-9]{0,40}"#,
            Just("[".repeat(3000)),
            Just("x".repeat(3000)),
        ].prop_map(Step::Garbage),
        1 => Just(Step::Heard),
        1 => (0..3_usize, 100..600_u16).prop_map(|(which, status)| Step::Status { which, status }),
        1 => (0..3_usize, any::<u8>()).prop_map(|(which, kind)| Step::Fault { which, kind }),
        3 => (0..200_000_u64).prop_map(Step::Pass),
        4 => Just(Step::Timeout),
        1 => Just(Step::Probe),
        2 => (0..60_u8).prop_map(Step::Subscribe),
        1 => (0..60_u8).prop_map(Step::Unsubscribe),
        1 => Just(Step::Stop),
    ]
}

/// A message of the client's that can be answered, and where.
#[derive(Debug, Clone)]
struct Ask {
    message: Value,
    fetch: Option<FetchId>,
}

struct World {
    client: Client,
    now: Instant,
    wait: Option<Instant>,
    asks: Vec<Ask>,
    fetches: BTreeMap<FetchId, usize>,
    ids: BTreeSet<String>,
    socket: Socket,
    over: bool,
}

#[derive(Debug, PartialEq)]
enum Socket {
    Closed,
    Opening,
    Open,
}

impl World {
    fn new(transports: Transports) -> Self {
        let mut options = Options::new("http://127.0.0.1:1/faye");
        options.transports = transports;
        let mut client = Client::new(options);
        client.subscribe(Instant::default(), "/a");
        Self {
            client,
            now: Instant::default(),
            wait: None,
            asks: Vec::new(),
            fetches: BTreeMap::new(),
            ids: BTreeSet::new(),
            socket: Socket::Closed,
            over: false,
        }
    }

    fn give(&mut self, input: Input<'_>) {
        self.client.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        for _ in 0..100_000 {
            let output = self.client.poll();
            if let Output::Wait(until) = output {
                assert!(self.over || until.is_some(), "a client that waits for ever");
                self.wait = until;
                return;
            }
            assert!(!self.over, "after its end: {output:?}");
            self.take(output);
        }
        panic!("no end of outputs");
    }

    fn take(&mut self, output: Output<Event, protocols::bayeux::Error>) {
        match output {
            Output::Open(_) => {
                assert_eq!(self.socket, Socket::Closed);
                self.socket = Socket::Opening;
            }
            Output::Send(text) => {
                assert_eq!(self.socket, Socket::Open);
                self.sent(&text, None);
            }
            Output::Ping => assert_eq!(self.socket, Socket::Open),
            Output::Close(_) => {
                assert_ne!(self.socket, Socket::Closed);
                self.socket_gone();
            }
            Output::Fetch(id, request) => {
                let Body::Json(body) = request.body else { panic!("not JSON") };
                let count = self.sent(body.expose(), Some(id));
                assert!(count == 1 || body.expose().len() <= 2048);
                assert!(id.0 < 1 << 32);
                assert_eq!(self.fetches.insert(id, count), None);
                assert!(self.fetches.len() <= 2, "three requests at once");
            }
            Output::Cancel(id) => {
                assert!(self.fetches.remove(&id).is_some());
                self.asks.retain(|ask| ask.fetch != Some(id));
            }
            Output::Event(_) => {}
            Output::Failed(_) | Output::Ended => {
                assert_eq!(self.socket, Socket::Closed);
                assert!(self.fetches.is_empty());
                self.over = true;
            }
            Output::Wait(_) => unreachable!(),
        }
    }

    fn sent(&mut self, text: &str, fetch: Option<FetchId>) -> usize {
        let Ok(Value::Array(messages)) = serde_json::from_str(text) else { panic!("not a batch: {text}") };
        for message in &messages {
            let id = message["id"].as_str().unwrap().to_owned();
            assert!(self.ids.insert(id), "an id used twice");
            match message["channel"].as_str().unwrap() {
                "/meta/handshake" => {
                    assert_eq!(messages.len(), 1);
                    self.asks.clear();
                }
                "/meta/connect" => {
                    let connects = |ask: &Ask| ask.message["channel"] == "/meta/connect";
                    assert!(!self.asks.iter().any(connects), "two connects at once");
                }
                _ => {}
            }
            self.asks.push(Ask { message: message.clone(), fetch });
        }
        messages.len()
    }

    fn socket_gone(&mut self) {
        self.socket = Socket::Closed;
        self.asks.retain(|ask| ask.fetch.is_some());
    }

    fn answer(&mut self, which: usize, how: How) {
        let Some(ask) = self.asks.get(which).cloned() else { return };
        let mut answer = json!({
            "id": ask.message["id"], "channel": ask.message["channel"], "successful": how != How::Refused,
        });
        let fields = answer.as_object_mut().unwrap();
        match how {
            How::Refused => {
                fields.insert("error".into(), "500::No".into());
            }
            How::Forgotten => {
                fields.insert("successful".into(), false.into());
                fields.insert("error".into(), "401:c:Unknown client".into());
                fields.insert("advice".into(), json!({"reconnect": "handshake"}));
            }
            How::WithAdvice(advice) => {
                fields.insert("advice".into(), serde_json::from_str(advice).unwrap());
            }
            How::Well | How::Cut | How::Again => {}
        }
        if ask.message["channel"] == "/meta/handshake" {
            fields.insert("clientId".into(), "c".into());
        }
        let id = ask.message["id"].clone();
        let mut text = answer.to_string();
        if how == How::Again {
            text = format!("[{text},{text}]");
        }
        if how == How::Cut {
            text.truncate(text.len() / 2);
        } else {
            self.asks.retain(|ask| ask.message["id"] != id);
        }
        match ask.fetch {
            None => self.give(Input::Text(&text)),
            Some(fetch) => {
                // All of a request is answered at once.
                let others: Vec<String> = self.asks.iter().filter(|other| other.fetch == Some(fetch)).map(|other| {
                    json!({"id": other.message["id"], "channel": other.message["channel"], "successful": true}).to_string()
                }).collect();
                let body = format!("[{}]", others.into_iter().chain([text]).collect::<Vec<_>>().join(","));
                self.fetched(fetch, Ok(body));
            }
        }
    }

    fn fetched(&mut self, fetch: FetchId, answer: Result<String, Fault>) {
        self.fetches.remove(&fetch);
        self.asks.retain(|ask| ask.fetch != Some(fetch));
        match answer {
            Ok(body) => {
                let response = Response { status: 200, retry_after: None, body };
                self.give(Input::Fetched(fetch, Ok(&response)));
            }
            Err(fault) => self.give(Input::Fetched(fetch, Err(&fault))),
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Opened if self.socket == Socket::Opening => {
                self.socket = Socket::Open;
                self.give(Input::Opened);
            }
            Step::OpenFailed(kind) if self.socket == Socket::Opening => {
                self.socket = Socket::Closed;
                self.give(Input::OpenFailed(&fault(kind)));
            }
            Step::Closed(code) if self.socket == Socket::Open => {
                self.socket_gone();
                self.give(Input::Closed { code, reason: "cut" });
            }
            Step::Opened | Step::OpenFailed(_) | Step::Closed(_) => {}
            Step::Answer { which, how } => self.answer(which, how),
            Step::Event(channel) => {
                self.give(Input::Text(&format!(r#"[{{"channel":"{channel}","data":{{}}}}]"#)));
            }
            Step::Garbage(text) => self.give(Input::Text(&text)),
            Step::Heard => self.give(Input::Heard),
            Step::Status { which, status } => {
                if let Some(id) = self.fetches.keys().copied().nth(which)
                    && status != 200
                {
                    self.fetches.remove(&id);
                    self.asks.retain(|ask| ask.fetch != Some(id));
                    let response = Response { status, retry_after: None, body: String::new() };
                    self.give(Input::Fetched(id, Ok(&response)));
                }
            }
            Step::Fault { which, kind } => {
                if let Some(id) = self.fetches.keys().copied().nth(which) {
                    self.fetched(id, Err(fault(kind)));
                }
            }
            Step::Pass(ms) => {
                let end = self.now + Duration::from_millis(ms);
                while let Some(at) = self.wait.filter(|at| *at <= end) {
                    self.timeout(at);
                }
                self.now = end;
            }
            Step::Timeout => {
                if let Some(at) = self.wait {
                    self.timeout(at);
                }
            }
            Step::Probe => self.give(Input::Probe),
            Step::Subscribe(n) => {
                self.client.subscribe(self.now, &format!("/{}", "n".repeat(usize::from(n) * 9 + 1)));
                self.drain();
            }
            Step::Unsubscribe(n) => {
                self.client.unsubscribe(self.now, &format!("/{}", "n".repeat(usize::from(n) * 9 + 1)));
                self.drain();
            }
            Step::Stop => self.give(Input::Stop),
        }
    }

    fn timeout(&mut self, at: Instant) {
        self.now = self.now.max(at);
        self.give(Input::Timeout);
        assert!(self.wait.is_none_or(|next| next > self.now), "the same instant again");
    }
}

fn fault(kind: u8) -> Fault {
    let kind = match kind % 6 {
        0 => FaultKind::Unreachable,
        1 => FaultKind::TimedOut,
        2 => FaultKind::Tls,
        3 => FaultKind::Proxy,
        4 => FaultKind::Malformed,
        _ => FaultKind::Status { status: 503, retry_after: Some(Duration::from_secs(3)) },
    };
    Fault { kind, detail: "random".into() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// No panic, one connect at a time, two requests at most, ids used once, one end, nothing after it, and
    /// until then always an instant to wait for that lies ahead.
    #[test]
    fn holds_its_promises(
        transports in prop_oneof![Just(Transports::Auto), Just(Transports::WebSocket), Just(Transports::LongPolling)],
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut world = World::new(transports);
        world.give(Input::Start);
        for step in steps {
            world.step(step);
        }
        if !world.over {
            world.give(Input::Stop);
            world.step(Step::Pass(2000));
        }
        prop_assert!(world.over, "not ended within a second of Stop");
    }
}
