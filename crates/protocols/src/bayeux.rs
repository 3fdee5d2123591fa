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
mod answers;
mod channels;
mod course;
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
use socket::Socket;

use crate::{Input, Instant, Machine, Output, secret};

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
    /// Every wanted channel is confirmed or, as was told before this, refused; there is at least one. Told again
    /// when the transport changes and when channels wanted later are settled.
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

    /// Wants this channel, on this session and on every later one; wanted again after a refusal, it is asked for
    /// again.
    ///
    /// [`Event::Live`] comes again when it is settled.
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

    /// Whether the present session was refused this channel.
    pub fn is_refused(&self, channel: &str) -> bool {
        self.channels.is_refused(channel)
    }

    /// What the session runs over, while it is live.
    pub fn transport(&self) -> Option<Transport> {
        self.live
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
