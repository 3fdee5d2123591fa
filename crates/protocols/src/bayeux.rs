//! Bayeux as Faye speaks it: websocket and long-polling, one session at a time.
//!
//! [`Client`] connects, subscribes, keeps the connection proven alive and tells what comes in. What it can mend
//! at once it mends by itself: another transport, a socket cut while the server still knows the session, a
//! session the server has forgotten. Everything else ends it with an [`Error`]; when to begin anew is for the
//! caller to say.
//!
//! Faye promises no delivery: after each [`Event::Live`] with `fresh`, whatever matters must be asked for by
//! other means.

mod error;

use std::{sync::Arc, time::Duration};

pub use error::{Error, ServerError};
use serde_json::value::RawValue;

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
    /// Every wanted channel is confirmed or refused, and events flow.
    Live {
        /// What they flow over.
        transport: Transport,
        /// The server made a new session, so anything may have been missed until here.
        fresh: bool,
    },
    /// Not live, mending itself: a resumed socket, another transport, a new session.
    Interrupted,
    /// Somebody published on a channel.
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
#[derive(Debug)]
pub struct Client {
    transport: Option<Transport>,
}

impl Client {
    /// A client that connects when it gets [`Input::Start`].
    pub fn new(_options: Options) -> Self {
        Self { transport: None }
    }

    /// What goes along with every message as `ext`, as JSON text; it counts from the next message on.
    pub fn set_ext(&mut self, _ext: secret::Text) {}

    /// Wants this channel, on this session and on every later one.
    pub fn subscribe(&mut self, _now: Instant, _channel: &str) {}

    /// Wants this channel no longer.
    pub fn unsubscribe(&mut self, _now: Instant, _channel: &str) {}

    /// What the session runs over, while it is live.
    pub fn transport(&self) -> Option<Transport> {
        self.transport
    }
}

impl Machine for Client {
    type Event = Event;
    type Error = Error;

    fn handle(&mut self, _now: Instant, _input: Input<'_>) {}

    fn poll(&mut self) -> Output<Event, Error> {
        Output::Wait(None)
    }
}
