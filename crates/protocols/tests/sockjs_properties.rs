//! Whatever a server, a network and a person do, in whatever order: what a SockJS client never does.

use std::{collections::BTreeSet, time::Duration};

use proptest::prelude::*;
use protocols::{
    Fault, FaultKind, FetchId, Input, Instant, Machine, Output, Response,
    sockjs::{Client, Error, Event, Options, Reader, Transports, read},
};
use serde::{Deserializer, de::IgnoredAny};

/// What happens next; numbers choose among the requests under way.
#[derive(Debug, Clone)]
enum Step {
    Opened,
    OpenFailed(u8),
    Closed(Option<u16>),
    Frame(String),
    Heard,
    Answer { which: usize, status: u16, body: String },
    Fault { which: usize, kind: u8 },
    Pass(u64),
    Send(String),
    Probe,
    Stop,
}

fn frame() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just("o".to_owned()),
        3 => prop_oneof![Just("h"), Just("hhhh"), Just("a[]"), Just(""), Just("\u{feff}")].prop_map(str::to_owned),
        6 => any::<String>().prop_map(|text| format!("a{}", serde_json::json!([text]))),
        3 => any::<String>().prop_map(|text| format!("m{}", serde_json::json!(text))),
        1 => Just("c[3000,\"Go away!\"]".to_owned()),
        4 => r#"[aohmc]?[\[\]{}",:\\ud0-9aE ]{0,40}"#,
        1 => Just("[".repeat(3000)),
        1 => any::<String>(),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Opened),
        1 => any::<u8>().prop_map(Step::OpenFailed),
        1 => prop_oneof![Just(None), Just(Some(1000)), Just(Some(3000))].prop_map(Step::Closed),
        16 => frame().prop_map(Step::Frame),
        1 => Just(Step::Heard),
        12 => (0..2_usize, frame()).prop_map(|(which, body)| Step::Answer { which, status: 200, body }),
        1 => (0..2_usize, 100..600_u16)
            .prop_map(|(which, status)| Step::Answer { which, status, body: String::new() }),
        1 => (0..2_usize, any::<u8>()).prop_map(|(which, kind)| Step::Fault { which, kind }),
        3 => (0..100_000_u64).prop_map(Step::Pass),
        3 => any::<String>().prop_map(Step::Send),
        1 => Just(Step::Probe),
        1 => Just(Step::Stop),
    ]
}

#[derive(Debug, PartialEq)]
enum Socket {
    Closed,
    Opening,
    Open,
}

struct World {
    client: Client,
    now: Instant,
    wait: Option<Instant>,
    fetches: BTreeSet<FetchId>,
    socket: Socket,
    over: Option<Result<(), Error>>,
}

struct Nothing;

impl Reader for Nothing {
    type Event = ();

    fn read<'de, D: Deserializer<'de>>(&self, _: &str, data: D) -> Result<(), D::Error> {
        serde::Deserialize::deserialize(data).map(|IgnoredAny| ())
    }
}

impl World {
    fn new(transports: Transports) -> Self {
        let options = Options { transports, ..Options::new("http://127.0.0.1:1", 7) };
        Self {
            client: Client::new(options),
            now: Instant::default(),
            wait: None,
            fetches: BTreeSet::new(),
            socket: Socket::Closed,
            over: None,
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
                let held = !self.fetches.is_empty();
                assert!(self.over.is_some() || until.is_some() || held, "a client that waits for ever");
                self.wait = until;
                return;
            }
            assert!(self.over.is_none(), "after its end: {output:?}");
            self.take(output);
        }
        panic!("no end of outputs");
    }

    fn take(&mut self, output: Output<Event, Error>) {
        match output {
            Output::Open(_) => {
                assert_eq!(self.socket, Socket::Closed);
                self.socket = Socket::Opening;
            }
            Output::Send(_) | Output::Ping => assert_eq!(self.socket, Socket::Open),
            Output::Close(_) => {
                assert_ne!(self.socket, Socket::Closed);
                self.socket = Socket::Closed;
            }
            Output::Fetch(id, _) => {
                assert!(id.0 < 1 << 32);
                assert!(self.fetches.insert(id) && self.fetches.len() <= 2);
            }
            Output::Cancel(id) => assert!(self.fetches.remove(&id)),
            Output::Event(Event::Message(message)) => read(&message, &Nothing, drop),
            Output::Event(_) => {}
            Output::Failed(error) => self.end(Err(error)),
            Output::Ended => self.end(Ok(())),
            Output::Wait(_) => unreachable!(),
        }
    }

    fn end(&mut self, how: Result<(), Error>) {
        assert_eq!(self.socket, Socket::Closed);
        assert!(self.fetches.is_empty());
        self.over = Some(how);
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
                self.socket = Socket::Closed;
                self.give(Input::Closed { code, reason: "cut" });
            }
            Step::Opened | Step::OpenFailed(_) | Step::Closed(_) => {}
            Step::Frame(text) => self.give(Input::Text(&text)),
            Step::Heard => self.give(Input::Heard),
            Step::Answer { which, status, body } => {
                if let Some(id) = self.fetches.iter().copied().nth(which) {
                    self.fetches.remove(&id);
                    let response = Response { status, retry_after: None, body };
                    self.give(Input::Fetched(id, Ok(&response)));
                }
            }
            Step::Fault { which, kind } => {
                if let Some(id) = self.fetches.iter().copied().nth(which) {
                    self.fetches.remove(&id);
                    self.give(Input::Fetched(id, Err(&fault(kind))));
                }
            }
            Step::Pass(ms) => {
                let end = self.now + Duration::from_millis(ms);
                while let Some(at) = self.wait.filter(|at| *at <= end) {
                    self.now = self.now.max(at);
                    self.give(Input::Timeout);
                    assert!(self.wait.is_none_or(|next| next > self.now), "the same instant again");
                }
                self.now = end;
            }
            Step::Send(text) => {
                self.client.send(&text);
                self.drain();
            }
            Step::Probe => self.give(Input::Probe),
            Step::Stop => self.give(Input::Stop),
        }
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

fn transports() -> impl Strategy<Value = Transports> {
    prop_oneof![Just(Transports::Auto), Just(Transports::WebSocket), Just(Transports::LongPolling)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// No panic, one socket, two requests at most, one end, nothing after it and at once after a stop.
    #[test]
    fn holds_its_promises(transports in transports(), steps in prop::collection::vec(step(), 1..80)) {
        let mut world = World::new(transports);
        world.give(Input::Start);
        for step in steps {
            world.step(step);
        }
        if world.over.is_none() {
            world.give(Input::Stop);
        }
        prop_assert!(world.over.is_some(), "not ended by Stop");
    }

    /// Whatever a server writes into an open session, only `c` and a second `o` end it.
    #[test]
    fn no_frame_ends_a_session_but_those_that_say_so(frames in prop::collection::vec(frame(), 1..40)) {
        let mut world = World::new(Transports::WebSocket);
        for step in [Step::Opened, Step::Frame("o".into())] {
            world.give(Input::Start);
            world.step(step);
        }
        for frame in frames {
            if world.over.is_none() {
                let text = frame.trim().to_owned();
                let says_so = text == "o"
                    || text.strip_prefix('c').is_some_and(|rest| {
                        rest.trim_start().is_empty() || rest.trim_start().starts_with('[')
                    });
                world.step(Step::Frame(frame));
                prop_assert_eq!(world.over.is_some(), says_so);
            }
        }
    }

    /// Any text that was put into an event's data comes out of the frame again, lone surrogates aside.
    #[test]
    fn every_text_survives_both_encodings(name in any::<String>(), text in any::<String>()) {
        let message = serde_json::json!([name, {"text": text}]).to_string();
        let mut world = World::new(Transports::WebSocket);
        for step in [Step::Opened, Step::Frame("o".into())] {
            world.give(Input::Start);
            world.step(step);
        }
        world.client.handle(world.now, Input::Text(&format!("a{}", serde_json::json!([message]))));
        let Output::Event(Event::Message(told)) = world.client.poll() else { panic!("no message") };
        prop_assert_eq!(told, message);
    }
}
