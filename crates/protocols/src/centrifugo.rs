//! Centrifugo's client protocol, version 2, as JSON over a websocket; without delta, publishing, RPC and HTTP.
//!
//! [`Client`] connects, subscribes, keeps tokens fresh and tells what comes in. A connection that was live and is
//! cut is opened again once, at once, with recovery, so that nothing is lost where the server keeps history. All
//! else ends it with an [`Error`], whose [`Error::remedy`] says what would help; when to begin anew is for the
//! caller to say.
//!
//! The rules were taken from centrifuge-js 5.8, the server's sources and frames recorded from Centrifugo 6.

mod answers;
mod channels;
mod commands;
mod course;
mod error;
mod pushes;
mod wire;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use channels::{Channels, Refresh};
use commands::Pending;
pub use error::{Error, Remedy, ServerError};
use serde_json::value::RawValue;

use crate::{Input, Instant, Machine, Output, secret};

/// How a [`Client`] connects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where the server is: `wss://host/connection/websocket`, or `ws://` to loopback.
    pub url: String,
    /// What the client calls itself.
    pub name: &'static str,
    /// The limit for opening the socket, and for the answer to each command; by default 5 s.
    pub answer_within: Duration,
    /// A server that pings is dead when nothing came for its interval and this long; by default 10 s.
    pub ping_slack: Duration,
}

impl Options {
    /// The defaults for this address.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            name: "ringside",
            answer_within: Duration::from_secs(5),
            ping_slack: Duration::from_secs(10),
        }
    }
}

/// A channel to subscribe to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscription {
    /// Its name.
    pub channel: String,
    /// Asks to be told who joins and leaves, as far as the server lets that be asked for.
    pub join_leave: bool,
    /// Whether it takes a token of its own.
    pub needs_token: bool,
    /// That token, if there is one already; otherwise it is asked for by [`Event::TokenWanted`].
    pub token: Option<secret::Text>,
}

/// What a token is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenFor {
    /// The connection.
    Connection,
    /// This channel.
    Channel(Arc<str>),
}

/// What a [`Client`] tells; `P` is what its `decode` makes of a publication.
#[derive(Debug)]
pub enum Event<P> {
    /// [`Client::set_token`] or [`Client::no_token`] is to be called; may be told again.
    TokenWanted(TokenFor),
    /// Connected, and each wanted channel is subscribed or was told to be refused.
    Live,
    /// Not live, and connecting again: [`Event::Live`] or the end follows.
    Interrupted,
    /// A channel's messages flow from here on.
    Subscribed {
        /// The channel.
        channel: Arc<str>,
        /// Nothing was missed: what was published meanwhile follows. Otherwise anything may have been.
        recovered: bool,
    },
    /// A channel was refused; the others go on.
    Refused {
        /// The channel.
        channel: Arc<str>,
        /// Why.
        error: ServerError,
        /// It is asked for again, after a pause.
        retried: bool,
    },
    /// The server ended a subscription for good.
    Unsubscribed {
        /// The channel.
        channel: Arc<str>,
        /// The server's reason as a number.
        code: u32,
    },
    /// Somebody published on a channel.
    Publication {
        /// The channel.
        channel: Arc<str>,
        /// What was published.
        content: P,
    },
    /// A client joined a channel.
    Joined {
        /// The channel.
        channel: Arc<str>,
        /// Who; a user may be there by several clients.
        member: Member,
    },
    /// A client left a channel.
    Left {
        /// The channel.
        channel: Arc<str>,
        /// Who.
        member: Member,
    },
    /// The answer to [`Client::presence`]: everybody who is there.
    Present {
        /// The channel.
        channel: Arc<str>,
        /// One for each client.
        members: Result<Vec<Member>, ServerError>,
    },
    /// The answer to [`Client::history`].
    Past {
        /// The channel.
        channel: Arc<str>,
        /// Oldest first.
        contents: Result<Vec<P>, ServerError>,
    },
    /// A sign of life that carries nothing.
    Heard,
    /// Something that came in was left out: what was wrong with it, never what it held.
    Skipped(&'static str),
}

/// A client on a channel.
#[derive(Debug, Clone)]
pub struct Member {
    /// The connection's id.
    pub client: Box<str>,
    /// Whose it is; empty for somebody without a name.
    pub user: Box<str>,
    /// What the user's token says of them: of the connection, or else of the channel.
    pub about: Option<Box<RawValue>>,
}

/// A Centrifugo client for one address.
pub struct Client<P> {
    options: Options,
    decode: fn(&str, &RawValue) -> P,
    token: Option<secret::Text>,
    state: State,
    channels: Channels,
    pending: Pending,
    /// Commands for the next frame.
    unsent: String,
    /// The id of the last command.
    last_id: u64,
    /// When a cut connection was last opened again.
    reopened_at: Option<Instant>,
    /// Whether a server called the last token expired; the next one is the last to be tried.
    token_expired: bool,
    /// Whether a channel's token spoilt a connection, so that they go out one at a time.
    careful: bool,
    outputs: VecDeque<Output<Event<P>, Error>>,
}

/// ```text
///        Start, with token           Opened              answered
///  Idle ───────────────────► Opening ──────► Connecting ──────────► Connected
///    │                         ▲  ▲              │ expired │ cut,        │
///    │ without                 │  └──────────────┼─────────┼─ silent ────┤
///    └─────────► Tokenless ────┘                 │         │ bad channel │ what cannot be
///                  ▲   set_token                 │         │ token       │ mended at once
///                  └─────────────────────────────┴─────────┘             ▼
///                        connection expired, state invalidated          Over
/// ```
#[derive(Debug)]
enum State {
    Idle,
    /// Waiting for a token; if none could be had, asked for again then.
    Tokenless {
        ask_at: Option<Instant>,
    },
    Opening {
        until: Instant,
    },
    Connecting,
    Connected(Link),
    Over,
}

/// A connection that the server has accepted.
#[derive(Debug)]
struct Link {
    /// Whether pings are to be answered.
    pong: bool,
    /// Silence up to here is nothing special.
    quiet_for: Duration,
    /// Whether the server pings, so that more silence means that it is dead.
    pinged: bool,
    vital: Vital,
    refresh: Refresh,
    /// Whether [`Event::Live`] was told.
    told: bool,
}

#[derive(Debug)]
enum Vital {
    /// To be looked at again then.
    Fine { until: Instant },
    /// Asked for a sign of life, which must come by then.
    Doubted { until: Instant },
}

impl<P> Client<P> {
    /// A client that connects when it gets [`Input::Start`].
    ///
    /// `decode` is given the channel and the JSON of each publication, still borrowed from the frame.
    pub fn new(options: Options, decode: fn(&str, &RawValue) -> P) -> Self {
        Self {
            options,
            decode,
            token: None,
            state: State::Idle,
            channels: Channels::default(),
            pending: Pending::default(),
            unsent: String::new(),
            last_id: 0,
            reopened_at: None,
            token_expired: false,
            careful: false,
            outputs: VecDeque::new(),
        }
    }

    /// Gives a token, asked for or not; an empty one counts as none.
    pub fn set_token(&mut self, now: Instant, of: &TokenFor, token: secret::Text) {
        if token.expose().is_empty() {
            return self.no_token(now, of);
        }
        match of {
            TokenFor::Connection => self.set_connection_token(now, token),
            TokenFor::Channel(name) => self.set_channel_token(now, name, token),
        }
        self.go_on(now);
    }

    /// The token cannot be had for the moment; it is asked for again after some seconds.
    pub fn no_token(&mut self, now: Instant, of: &TokenFor) {
        match of {
            TokenFor::Connection => self.no_connection_token(now),
            TokenFor::Channel(name) => self.no_channel_token(now, name),
        }
        self.go_on(now);
    }

    /// Wants this channel, on this connection and on every later one; wanted again after a refusal, it is asked
    /// for again.
    pub fn subscribe(&mut self, now: Instant, subscription: Subscription) {
        self.channels.want(subscription);
        self.go_on(now);
    }

    /// Wants this channel no longer; what still comes of it is dropped.
    pub fn unsubscribe(&mut self, now: Instant, channel: &str) {
        if self.channels.remove(channel) {
            self.send_unsubscribe(now, channel);
        }
        self.go_on(now);
    }

    /// Asks who is on a channel; without effect unless it is subscribed. The answer is [`Event::Present`], unless
    /// the connection is cut before.
    pub fn presence(&mut self, now: Instant, channel: &str) {
        self.ask_presence(now, channel);
        self.go_on(now);
    }

    /// Asks for the latest publications that the server has kept of a channel, at most this many; without effect
    /// unless it is subscribed. The answer is [`Event::Past`], unless the connection is cut before.
    pub fn history(&mut self, now: Instant, channel: &str, limit: u32) {
        self.ask_history(now, channel, limit);
        self.go_on(now);
    }

    /// Whether the channel's messages flow at the moment.
    pub fn is_subscribed(&self, channel: &str) -> bool {
        self.channels.subscribed(channel).is_some()
    }
}

impl<P> Machine for Client<P> {
    type Event = Event<P>;
    type Error = Error;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        match input {
            Input::Text(text) => self.text(now, text),
            Input::Start => self.start(now),
            Input::Timeout => self.tick(now),
            Input::Opened => self.opened(now),
            Input::OpenFailed(fault) => self.open_failed(fault),
            Input::Heard => {
                if self.heard(now) {
                    self.tell(Event::Heard);
                }
            }
            Input::Closed { code, reason } => self.closed(now, code, reason),
            Input::Fetched(..) => {}
            Input::Probe => self.probe(now),
            Input::Stop => self.stop(),
        }
        self.go_on(now);
    }

    fn poll(&mut self) -> Output<Event<P>, Error> {
        self.outputs.pop_front().unwrap_or_else(|| Output::Wait(self.wait()))
    }
}

impl<P> std::fmt::Debug for Client<P> {
    /// Leaves out what is to be sent, which holds tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("options", &self.options)
            .field("state", &self.state)
            .field("channels", &self.channels)
            .finish_non_exhaustive()
    }
}
