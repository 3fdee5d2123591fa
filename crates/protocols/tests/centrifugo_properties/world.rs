//! The other side of a client: a server that answers as it is told, a network, and somebody with tokens.

use std::time::Duration;

use protocols::{
    Fault, FaultKind, Input, Instant, Machine as _, Output,
    centrifugo::{Client, Error, Event, Options, Subscription, TokenFor},
    secret,
};
use serde_json::{Value, json, value::RawValue};

use crate::{How, Step};

#[derive(Debug, PartialEq)]
enum Socket {
    Closed,
    Opening,
    Open,
}

pub(crate) struct World {
    pub(crate) client: Client<Box<RawValue>>,
    pub(crate) now: Instant,
    wait: Option<Instant>,
    /// Commands of this socket that can be answered.
    pub(crate) asks: Vec<Value>,
    connected: bool,
    last_id: u64,
    pub(crate) tokens: Vec<TokenFor>,
    socket: Socket,
    pub(crate) told_live: bool,
    published: u64,
    pub(crate) over: bool,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut client = Client::new(Options::new("ws://127.0.0.1:1/"), |_, data| data.to_owned());
        client
            .subscribe(Instant::default(), Subscription { channel: "c0".into(), ..Subscription::default() });
        Self {
            client,
            now: Instant::default(),
            wait: None,
            asks: Vec::new(),
            connected: false,
            last_id: 0,
            tokens: Vec::new(),
            socket: Socket::Closed,
            told_live: false,
            published: 0,
            over: false,
        }
    }

    pub(crate) fn give(&mut self, input: Input<'_>) {
        self.client.handle(self.now, input);
        self.drain();
    }

    pub(crate) fn drain(&mut self) {
        for _ in 0..100_000 {
            match self.client.poll() {
                Output::Wait(until) => {
                    let waits_for_others = !self.tokens.is_empty() || self.over;
                    assert!(waits_for_others || until.is_some(), "a client that waits for ever");
                    self.wait = until;
                    return;
                }
                output @ (Output::Open(_)
                | Output::Send(_)
                | Output::Ping
                | Output::Close(_)
                | Output::Fetch(..)
                | Output::Cancel(_)
                | Output::Event(_)
                | Output::Failed(_)
                | Output::Ended) => {
                    assert!(!self.over, "after its end: {output:?}");
                    self.take(output);
                }
            }
        }
        panic!("no end of outputs");
    }

    pub(crate) fn take(&mut self, output: Output<Event<Box<RawValue>>, Error>) {
        match output {
            Output::Open(_) => {
                assert_eq!(self.socket, Socket::Closed);
                self.socket = Socket::Opening;
            }
            Output::Send(frame) => {
                assert_eq!(self.socket, Socket::Open);
                if frame != "{}" {
                    frame.lines().for_each(|line| self.sent(line));
                }
            }
            Output::Ping => assert_eq!(self.socket, Socket::Open),
            Output::Close(_) => {
                assert_ne!(self.socket, Socket::Closed);
                self.socket_gone();
            }
            Output::Event(event) => self.told(event),
            Output::Failed(_) | Output::Ended => {
                assert_eq!(self.socket, Socket::Closed);
                self.over = true;
            }
            Output::Fetch(..) | Output::Cancel(_) | Output::Wait(_) => unreachable!(),
        }
    }

    pub(crate) fn told(&mut self, event: Event<Box<RawValue>>) {
        match event {
            Event::TokenWanted(of) => {
                if !self.tokens.contains(&of) {
                    self.tokens.push(of);
                }
            }
            Event::Live => {
                assert!(self.connected && !self.told_live);
                self.told_live = true;
            }
            Event::Interrupted => {
                assert!(std::mem::take(&mut self.told_live), "interrupted without having been live");
            }
            Event::Publication { channel, .. } => {
                assert!(self.client.is_subscribed(&channel) || !self.connected);
                self.published += 1;
            }
            Event::Subscribed { .. }
            | Event::Refused { .. }
            | Event::Unsubscribed { .. }
            | Event::Joined { .. }
            | Event::Left { .. }
            | Event::Present { .. }
            | Event::Past { .. }
            | Event::Heard
            | Event::Skipped(_) => {}
        }
    }

    pub(crate) fn sent(&mut self, line: &str) {
        let command: Value = serde_json::from_str(line).unwrap();
        let id = command["id"].as_u64().unwrap();
        assert!(id > self.last_id, "ids that do not grow");
        self.last_id = id;
        if command.get("connect").is_some() {
            assert!(self.asks.is_empty() && !self.connected, "connect is not the first");
            assert_ne!(command["connect"]["token"], "");
        } else {
            assert!(self.connected || self.asks.iter().any(|ask| ask.get("connect").is_some()));
        }
        if let Some(channel) = command["subscribe"].get("channel") {
            let doubled = self.asks.iter().rev().take_while(|ask| ask.get("unsubscribe").is_none());
            for ask in doubled {
                assert_ne!(ask["subscribe"].get("channel"), Some(channel), "asked for twice at once");
            }
        }
        self.asks.push(command);
    }

    pub(crate) fn socket_gone(&mut self) {
        self.socket = Socket::Closed;
        self.asks.clear();
        self.connected = false;
    }

    pub(crate) fn answer(&mut self, which: usize, how: How) {
        // A server answers in order, but the connect always first.
        let which = if self.connected { which } else { 0 };
        if which >= self.asks.len() {
            return;
        }
        let ask = self.asks.remove(which);
        let method = ask.as_object().unwrap().keys().find(|key| *key != "id").unwrap().clone();
        let result = match method.as_str() {
            "connect" => json!({"client": "c", "ping": 25, "pong": true, "expires": true, "ttl": 100}),
            "subscribe" => {
                let offset = ask["subscribe"].get("offset").cloned().unwrap_or(json!(0));
                let wanted = ask["subscribe"].get("recover").is_some();
                match how {
                    How::Recovered if wanted => json!({"recoverable": true, "epoch": "e", "recovered": true,
                        "offset": offset, "publications": [{"data": 1, "offset": offset.as_u64().unwrap() + 1}, 7]}),
                    How::Odd => json!([]),
                    How::Well | How::Recovered | How::Lost | How::Error(_) | How::Again => {
                        json!({"recoverable": true, "epoch": "e", "expires": true, "ttl": 50})
                    }
                }
            }
            "presence" => json!({"presence": {"k": {"user": "u", "client": "k"}, "l": 7}}),
            "history" => json!({"publications": [{"data": 1, "offset": 1}, null]}),
            _ => json!({"expires": true, "ttl": 100}),
        };
        let reply = match how {
            How::Error(code) => json!({"id": ask["id"], "error": {"code": code, "message": "no"}}),
            How::Well | How::Recovered | How::Lost | How::Again | How::Odd => {
                self.connected |= method == "connect";
                json!({"id": ask["id"], method: result})
            }
        };
        let text = match how {
            How::Again => format!("{reply}\n\n{reply}\n"),
            How::Well | How::Recovered | How::Lost | How::Error(_) | How::Odd => reply.to_string(),
        };
        self.give(Input::Text(&text));
    }

    pub(crate) fn step(&mut self, step: Step) {
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
            Step::Publish { channel, times, per_frame } => self.publish(channel, times, per_frame),
            Step::Push(what, channel) => {
                self.give(Input::Text(&format!(r#"{{"push":{{"channel":"c{channel}",{what}}}}}"#)));
            }
            Step::Garbage(text) => self.give(Input::Text(&text)),
            Step::Heard => self.give(Input::Heard),
            Step::Token { which, given } => self.token(which, given),
            Step::Pass(ms) => {
                let end = self.now + Duration::from_millis(ms);
                while let Some(at) = self.wait.filter(|at| *at <= end) {
                    self.timeout(at);
                }
                self.now = end;
            }
            Step::Sleep(ms) => {
                self.now = self.now + Duration::from_millis(ms);
                if self.wait.is_some_and(|at| at <= self.now) {
                    self.give(Input::Timeout);
                }
            }
            Step::Timeout => {
                if let Some(at) = self.wait {
                    self.timeout(at);
                }
            }
            Step::Probe => self.give(Input::Probe),
            Step::Subscribe { channel, needs_token } => {
                let channel = format!("c{channel}");
                let subscription = Subscription { channel, needs_token, ..Subscription::default() };
                self.client.subscribe(self.now, subscription);
                self.drain();
            }
            Step::Unsubscribe(channel) => {
                self.client.unsubscribe(self.now, &format!("c{channel}"));
                self.drain();
            }
            Step::Presence(channel) => {
                self.client.presence(self.now, &format!("c{channel}"));
                self.drain();
            }
            Step::History(channel) => {
                self.client.history(self.now, &format!("c{channel}"), 10);
                self.drain();
            }
            Step::Stop => self.give(Input::Stop),
        }
    }

    /// However publications are packed into frames, each is told once if its channel's messages flow.
    pub(crate) fn publish(&mut self, channel: u8, times: u8, per_frame: bool) {
        let line = format!(r#"{{"push":{{"channel":"c{channel}","pub":{{"data":1,"offset":9}}}}}}"#);
        let flows = self.client.is_subscribed(&format!("c{channel}")) && self.connected && !self.over;
        let before = self.published;
        if per_frame {
            for _ in 0..times {
                self.give(Input::Text(&line));
            }
        } else {
            self.give(Input::Text(&vec![line; times.into()].join("\n")));
        }
        assert_eq!(self.published - before, if flows { times.into() } else { 0 });
    }

    pub(crate) fn token(&mut self, which: usize, given: bool) {
        if which >= self.tokens.len() {
            return;
        }
        let of = self.tokens.remove(which);
        if given {
            self.client.set_token(self.now, &of, secret::Text::new("t"));
        } else {
            self.client.no_token(self.now, &of);
        }
        self.drain();
    }

    pub(crate) fn timeout(&mut self, at: Instant) {
        self.now = self.now.max(at);
        for _ in 0..20 {
            self.give(Input::Timeout);
            if self.wait.is_none_or(|next| next > self.now) {
                return;
            }
        }
        panic!("the same instant again and again");
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
