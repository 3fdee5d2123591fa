//! Bayeux as Faye speaks it: websocket and long-polling, one session at a time.
//!
//! [`Client`] connects, subscribes, keeps the connection proven alive and tells what comes in. What it can mend
//! at once it mends by itself: another transport, a socket cut while the server still knows the session, a
//! session the server has forgotten. Everything else ends it with an [`Error`]; when to begin anew is for the
//! caller to say.
//!
//! Faye promises no delivery: after each [`Event::Live`] with `fresh`, whatever matters must be asked for by
//! other means.

mod advice;
mod channels;
mod error;
mod polling;
mod session;
mod socket;
mod wire;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use advice::Advice;
use channels::Channels;
pub use error::{Error, ServerError};
use polling::Polls;
use serde_json::value::RawValue;
use session::{Connect, Session};
use socket::{PROBE_WITHIN, Socket};

use crate::{Input, Instant, Machine, Output, secret};

/// A websocket that is not open by then is no longer waited for; it may still come.
const PATIENCE: Duration = Duration::from_millis(1500);
/// The limit for saying goodbye.
const LEAVE_WITHIN: Duration = Duration::from_secs(1);

/// How a [`Client`] connects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where the server is: `https://host/faye`, or `http://` to loopback.
    pub url: String,
    /// Which transports may be used.
    pub transports: Transports,
    /// A ping goes out after this time without any frame; below a proxy's usual 55 s, by default 20 s.
    pub ping_every: Duration,
    /// A websocket without any frame for this time after a ping is dead; by default 10 s.
    pub dead_after: Duration,
    /// The limit for answers to handshake and subscribe, and the allowance for a held connect on top of the
    /// server's timeout; by default 10 s.
    pub answer_within: Duration,
    /// The limit for opening the websocket; by default 6 s.
    pub open_within: Duration,
}

impl Options {
    /// The defaults for this address.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            transports: Transports::Auto,
            ping_every: Duration::from_secs(20),
            dead_after: Duration::from_secs(10),
            answer_within: Duration::from_secs(10),
            open_within: Duration::from_secs(6),
        }
    }
}

/// Which transports a [`Client`] may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transports {
    /// A websocket if it can be had, long-polling while it cannot.
    Auto,
    /// A websocket or nothing.
    WebSocket,
    /// Held HTTP requests only.
    LongPolling,
}

/// What a session runs over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named by Bayeux")]
pub enum Transport {
    WebSocket,
    LongPolling,
}

impl Transport {
    /// As Bayeux writes it: `websocket` or `long-polling`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WebSocket => "websocket",
            Self::LongPolling => "long-polling",
        }
    }
}

/// What a [`Client`] tells.
#[derive(Debug)]
pub enum Event {
    /// Every wanted channel is confirmed or refused, at least one is confirmed, and events flow. Told again
    /// when the transport changes and when channels wanted later are confirmed.
    Live {
        /// What they flow over.
        transport: Transport,
        /// The server made a new session, so anything may have been missed until here. Without it, after
        /// [`Event::Interrupted`], what was under way when the connection broke may be missing.
        fresh: bool,
    },
    /// Not live, mending itself: a resumed socket, another transport, a new session.
    Interrupted,
    /// Somebody published on a channel; may come before [`Event::Live`].
    Message {
        /// The channel.
        channel: Arc<str>,
        /// The JSON of `data`, `null` included.
        data: Box<RawValue>,
    },
    /// A subscription was refused; the others go on.
    Refused {
        /// The channel.
        channel: String,
        /// The server's reason.
        error: ServerError,
    },
    /// A sign of life that carries nothing.
    Heard,
    /// Something that came in was left out: what was wrong with it, never what it held.
    Skipped(&'static str),
}

/// A Bayeux client for one address.
pub struct Client {
    options: Options,
    /// As JSON, or empty.
    ext: secret::Text,
    state: State,
    socket: Socket,
    polls: Polls,
    channels: Channels,
    /// When the channels asked for must all be answered.
    subscribed_by: Option<Instant>,
    advice: Advice,
    /// The id of the last message sent.
    last_id: u64,
    shook_again_at: Option<Instant>,
    live: Option<Transport>,
    /// Whether [`Event::Live`] was told of the present session, transport and channels.
    is_told: bool,
    outputs: VecDeque<Output<Event, Error>>,
}

/// ```text
///        Start            opened, or         successful
///  Idle ───────► Reaching ─────────► Handshaking ──────► Connected ─────────────┐
///                   │     patience over   ▲ │  ▲              │ 401, advised      │ Stop
///                   │       no websocket  └─┘  └── Pausing ◄──┘ to shake hands    ▼
///                   │       so by polling   │        │        │                Leaving
///                   ▼                       ▼        ▼        ▼ what cannot be    │
///                 Over ◄──────────────────────────────────────  mended at once ◄──┘
/// ```
/// Which way it talks, and whether that way is there, is beside it: see [`Socket`] and [`Polls`].
#[derive(Debug)]
enum State {
    Idle,
    /// Waiting for the websocket; if it fails, the error there was before, or long-polling.
    Reaching {
        poll_at: Option<Instant>,
        or_else: Option<Error>,
    },
    /// Waiting out the advised interval.
    Pausing {
        until: Instant,
    },
    Handshaking {
        id: u64,
        over: Transport,
        answer_by: Instant,
    },
    Connected(Session),
    Leaving {
        id: u64,
        over: Transport,
        until: Instant,
    },
    Over,
}

impl Client {
    /// A client that connects when it gets [`Input::Start`].
    pub fn new(options: Options) -> Self {
        Self {
            ext: secret::Text::new(""),
            state: State::Idle,
            socket: Socket::new(options.transports != Transports::LongPolling),
            options,
            polls: Polls::default(),
            channels: Channels::default(),
            subscribed_by: None,
            advice: Advice::default(),
            last_id: 0,
            shook_again_at: None,
            live: None,
            is_told: false,
            outputs: VecDeque::new(),
        }
    }

    /// What goes along with every message as `ext`, as JSON text; it counts from the next message on.
    pub fn set_ext(&mut self, ext: secret::Text) {
        self.ext = ext;
    }

    /// Wants this channel, on this session and on every later one.
    ///
    /// [`Event::Live`] comes again when it is confirmed.
    pub fn subscribe(&mut self, now: Instant, channel: &str) {
        if self.channels.want(channel) {
            self.is_told = false;
            self.send_wishes(now);
        }
    }

    /// Wants this channel no longer.
    pub fn unsubscribe(&mut self, now: Instant, channel: &str) {
        self.channels.unwant(channel);
        self.send_wishes(now);
    }

    /// What the session runs over, while it is live.
    pub fn transport(&self) -> Option<Transport> {
        self.live
    }

    fn start(&mut self, now: Instant) {
        match self.options.transports {
            Transports::LongPolling => self.shake_hands(now),
            Transports::WebSocket | Transports::Auto => {
                let poll_at = self.may_poll().then(|| now + PATIENCE);
                self.open_socket(now);
                self.state = State::Reaching { poll_at, or_else: None };
            }
        }
    }

    fn tick(&mut self, now: Instant) {
        self.tick_socket(now);
        match &self.state {
            State::Reaching { poll_at: Some(at), .. } | State::Pausing { until: at } if *at <= now => {
                self.shake_hands(now);
            }
            State::Handshaking { over, answer_by, .. } if *answer_by <= now => {
                let error = Error::Unanswered("the handshake");
                match over {
                    Transport::WebSocket => self.do_without_socket(now, error),
                    Transport::LongPolling => self.handshake_by_polling_failed(now, error),
                }
            }
            State::Connected(session) => match session.connect {
                Connect::Due { at } if at <= now => self.connect(now),
                Connect::Sent { answer_by, .. } if answer_by <= now => self.unanswered(now, Error::Silent),
                Connect::Unsent | Connect::Answered | Connect::Due { .. } | Connect::Sent { .. } => {
                    if self.subscribed_by.is_some_and(|by| by <= now) {
                        self.unanswered(now, Error::Unanswered("a subscription"));
                    }
                }
            },
            State::Leaving { until, .. } if *until <= now => self.end(),
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Leaving { .. }
            | State::Over => {}
        }
    }

    fn unanswered(&mut self, now: Instant, error: Error) {
        match &self.state {
            State::Connected(Session { over: Transport::WebSocket, .. }) => {
                self.do_without_socket(now, error);
            }
            State::Connected(_)
            | State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Leaving { .. }
            | State::Over => self.fail(error),
        }
    }

    fn probe(&mut self, now: Instant) {
        self.probe_socket(now);
        self.probe_polling(now);
        let soon = now + PROBE_WITHIN;
        match &mut self.state {
            State::Handshaking { answer_by, .. }
            | State::Connected(Session {
                connect: Connect::Sent { answer_by, .. },
                over: Transport::LongPolling,
                ..
            }) => {
                *answer_by = soon.min(*answer_by);
            }
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Connected(_)
            | State::Leaving { .. }
            | State::Over => {}
        }
    }

    fn stop(&mut self, now: Instant) {
        if let State::Leaving { .. } = self.state {
            return;
        }
        let Some((id, over)) = self.disconnect() else {
            return self.end();
        };
        self.last_id = id;
        self.channels.forget();
        self.state = State::Leaving { id, over, until: now + LEAVE_WITHIN };
    }

    fn end(&mut self) {
        self.let_go();
        self.outputs.push_back(Output::Ended);
    }

    fn fail(&mut self, error: Error) {
        if !matches!(self.state, State::Over) {
            self.let_go();
            self.outputs.push_back(Output::Failed(error));
        }
    }

    fn let_go(&mut self) {
        self.cancel_polls();
        self.close_socket();
        self.live = None;
        self.state = State::Over;
    }

    /// Tells that events do not flow, unless that is known.
    fn interrupt(&mut self) {
        self.is_told = false;
        self.subscribed_by = None;
        if self.live.take().is_some() {
            self.tell(Event::Interrupted);
        }
    }

    fn tell(&mut self, event: Event) {
        if !matches!(self.state, State::Over) {
            self.outputs.push_back(Output::Event(event));
        }
    }

    fn wait(&self) -> Option<Instant> {
        let own = match &self.state {
            State::Over => return None,
            State::Idle => None,
            State::Reaching { poll_at, .. } => *poll_at,
            State::Pausing { until: at }
            | State::Handshaking { answer_by: at, .. }
            | State::Leaving { until: at, .. } => Some(*at),
            State::Connected(session) => match session.connect {
                Connect::Due { at } | Connect::Sent { answer_by: at, .. } => Some(at),
                Connect::Unsent | Connect::Answered => None,
            }
            .into_iter()
            .chain(self.subscribed_by)
            .min(),
        };
        [own, self.socket.wait()].into_iter().flatten().min()
    }
}

impl Machine for Client {
    type Event = Event;
    type Error = Error;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        if matches!(self.state, State::Over) {
            return;
        }
        match input {
            Input::Text(text) => self.text(now, text),
            Input::Start if matches!(self.state, State::Idle) => self.start(now),
            Input::Start => {}
            Input::Timeout => self.tick(now),
            Input::Opened => self.opened(now),
            Input::OpenFailed(fault) => self.open_failed(now, fault),
            Input::Heard => {
                if self.socket.heard(now, self.options.ping_every) {
                    self.tell(Event::Heard);
                }
            }
            Input::Closed { code, reason } => self.closed(now, code, reason),
            Input::Fetched(id, answer) => self.fetched(now, id, answer),
            Input::Probe => self.probe(now),
            Input::Stop => self.stop(now),
        }
    }

    fn poll(&mut self) -> Output<Event, Error> {
        self.outputs.pop_front().unwrap_or_else(|| Output::Wait(self.wait()))
    }
}

impl std::fmt::Debug for Client {
    /// Leaves out what is to be sent, which holds the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("options", &self.options)
            .field("state", &self.state)
            .field("socket", &self.socket)
            .field("live", &self.live)
            .finish_non_exhaustive()
    }
}
