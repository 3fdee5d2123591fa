//! The frames of Stringee's web SDK 2.x, as a client that listens.
//!
//! Stringee publishes no protocol, only the SDK; what is here was read from npm `stringee` 2.9.3 (ISC) and from
//! what it does with a server on loopback. What the real servers send beyond that is unknown, so any JSON type may
//! stand in any field, and what is not understood is left out and told by its name.
//!
//! [`Client`] finds the servers, signs in, answers pings, tells what comes in and ends with an [`Error`] when the
//! connection does. **It sends services 1 (pong), 2 (sign in) and 103 (change an attribute) and no other**: nothing
//! it can say reaches a call.
//!
//! There is no request for what was missed and none for topics: those are in the token.

mod answers;
mod course;
mod error;
mod lookup;
mod loose;
mod said;
mod send;
mod servers;
mod told;
mod wire;

use std::{borrow::Cow, collections::VecDeque, time::Duration};

pub use error::{Error, Refusal};
use servers::Servers;
pub use told::{End, Invite, Place, Published, PublishedCall, Turn, Value};

use crate::{FetchId, Input, Instant, Machine, Output, secret};

/// A message longer than this is left out.
const LONGEST: usize = 1 << 20;

/// How a [`Client`] connects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where the servers are asked for, with the token in the query; `None` takes [`Options::servers`] alone.
    pub address_url: Option<String>,
    /// The servers (`wss://…`, or `ws://` to loopback), tried in their order; those found by
    /// [`Options::address_url`] come in their place. A server may send us to these hosts and to the vendor's.
    pub servers: Vec<String>,
    /// What we call ourselves.
    pub device: Device,
    /// The limit for an answer to a request; by default 10 s.
    pub answer_within: Duration,
    /// The limit for opening the websocket; by default 6 s.
    pub open_within: Duration,
}

impl Options {
    /// The defaults for these servers.
    pub fn new(servers: Vec<String>, device: Device) -> Self {
        Self {
            address_url: None,
            servers,
            device,
            answer_within: Duration::from_secs(10),
            open_within: Duration::from_secs(6),
        }
    }
}

/// How a client presents itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// The product's own name.
    pub name: String,
    /// `web-…`, unique to this connection.
    pub device_id: String,
    /// `browser-…`.
    pub browser_id: String,
    /// `session-…`.
    pub session_id: String,
}

/// The number of a change asked for by [`Client::change`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeId(pub u64);

/// What a [`Client`] tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Signed in; from here on messages come.
    Live {
        /// Whom the server takes us for, if it says.
        user: Option<Box<str>>,
    },
    /// The token has expired: [`Client::renew`] goes on. Told once at most; after that it is the end.
    TokenWanted,
    /// Somebody's attribute or a call changed, as told to a topic.
    Published(Published),
    /// A call rings this user.
    Invited(Invite),
    /// A call of this user's moved on.
    Turned {
        /// The call's id.
        call: Box<str>,
        /// Where it stands.
        turn: Turn,
        /// Which of the user's devices that was about.
        place: Place,
    },
    /// An answer to [`Client::change`]: taken by the server, which does not say that it holds, or why not.
    Changed(ChangeId, Result<(), Refusal>),
    /// A sign of life that carries nothing.
    Heard,
    /// Something that came in was left out: what it called itself, never what it held.
    Skipped(Cow<'static, str>),
}

/// A client for one user.
pub struct Client {
    options: Options,
    token: secret::Text,
    state: State,
    servers: Servers,
    /// Whether a socket is open or being opened.
    has_socket: bool,
    /// Whether [`Event::TokenWanted`] was told.
    asked_for_token: bool,
    /// The number of the last request sent.
    last_request: u64,
    last_fetch: u64,
    heard_at: Instant,
    /// When the last sign of life was told.
    told_heard_at: Option<Instant>,
    /// Changes that wait for their answers, oldest first.
    changes: VecDeque<(ChangeId, Instant)>,
    outputs: VecDeque<Output<Event, Error>>,
}

/// ```text
///         Start                                    r = 0
///  Idle ───┬──► LookingUp ──► Opening ──► SigningIn ───► Live
///          │                   ▲  ▲ ▲        │ │ │         │
///          └───────────────────┘  │ └────────┘ │ └───┐     │ closed, silent,
///                 r = 15, no address: Pausing ◄┘     │     │ Stop
///                 r = 6: AwaitingToken ◄─────────────┘     ▼
///                 no server left, refused ──────────────► Over
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    LookingUp {
        id: FetchId,
    },
    Opening,
    SigningIn {
        answer_by: Instant,
    },
    /// Sent elsewhere without an address.
    Pausing {
        until: Instant,
    },
    AwaitingToken {
        /// It was the list of servers that wanted it.
        to_look_up: bool,
    },
    Live {
        /// A connection without any traffic for this long is dead.
        silent_for: Duration,
        /// When a probe must have been answered.
        probed_by: Option<Instant>,
    },
    Over,
}

impl Client {
    /// A client that connects when it gets [`Input::Start`].
    pub fn new(options: Options, token: secret::Text) -> Self {
        Self {
            servers: Servers::new(options.servers.clone()),
            options,
            token,
            state: State::Idle,
            has_socket: false,
            asked_for_token: false,
            last_request: 0,
            last_fetch: 0,
            heard_at: Instant::default(),
            told_heard_at: None,
            changes: VecDeque::new(),
            outputs: VecDeque::new(),
        }
    }

    /// Sets one of this user's attributes; answered by [`Event::Changed`] within [`Options::answer_within`].
    ///
    /// `None` if that cannot be asked: not signed in, or too many are asked already.
    pub fn change(&mut self, now: Instant, attribute: &str, value: &serde_json::Value) -> Option<ChangeId> {
        self.change_attribute(now, attribute, value)
    }

    /// Goes on with another token, where [`Event::TokenWanted`] asked for one; else it counts from the next
    /// connection on.
    pub fn renew(&mut self, token: secret::Text) {
        self.token = token;
        if let State::AwaitingToken { to_look_up } = self.state {
            if to_look_up { self.start() } else { self.open() }
        }
    }

    /// Whether it is signed in.
    pub fn is_live(&self) -> bool {
        matches!(self.state, State::Live { .. })
    }
}

impl Machine for Client {
    type Event = Event;
    type Error = Error;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        if self.state == State::Over {
            return;
        }
        match input {
            Input::Text(text) => self.text(now, text),
            Input::Start if self.state == State::Idle => self.start(),
            Input::Start => {}
            Input::Timeout => self.tick(now),
            Input::Opened => self.opened(now),
            Input::OpenFailed(fault) => self.open_failed(fault),
            Input::Heard => self.heard(now),
            Input::Closed { code, reason } => self.closed(code, reason),
            Input::Fetched(id, answer) => self.fetched(id, answer),
            Input::Probe => self.probe(now),
            Input::Stop => {
                self.let_go();
                self.outputs.push_back(Output::Ended);
            }
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
            .field("servers", &self.servers)
            .finish_non_exhaustive()
    }
}
