//! Kazoo's call events as the Firehose gives them: a login, then one socket on which everything comes by itself.
//!
//! [`Client`] logs in, opens the socket, keeps it proven alive and its token fresh, and tells what comes in: one
//! [`ChannelEvent`] for each thing that happens to a leg, in whichever of Kazoo's spellings it was written. What
//! legs make a call is for the caller to find out.
//!
//! The payload is documented nowhere. It is read as Kazoo's own (`kapi.call.event`), its websocket's (`blackhole`)
//! or its webhooks' shape, which are known from Kazoo's source; no real Firehose was heard.
//!
//! Events are not kept by the server: what happens while no socket is open is lost. So a fresh token is put to use
//! by opening the socket anew in a moment in which nothing comes, and [`Event::Live`] says each time that something
//! may have been missed.

mod course;
mod error;
mod event;
mod read;
mod seen;
mod socket;
mod time;
mod token;

use std::{borrow::Cow, collections::VecDeque, time::Duration};

pub use error::Error;
pub use event::{ChannelEvent, Kind, Texts, user};
use read::{Found, Keys};
use secrecy::SecretString;
use seen::Seen;
use socket::Socket;
pub use token::Identity;
use token::Token;

use crate::{FetchId, Input, Instant, Machine, Output};

/// A larger message is no event of interest.
const LONGEST_TEXT: usize = 4 << 20;

/// How a [`Client`] connects.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the server is: `https://host:9443`, or `http://` to loopback.
    pub url: String,
    /// Who logs in.
    pub credentials: Credentials,
    /// The accounts to hear of; empty for the own one and its children.
    pub accounts: Vec<String>,
    /// The events to hear; empty for all.
    pub events: Vec<String>,
    /// Where the socket's token goes.
    pub token_in: TokenIn,
    /// A ping goes out after this time without any frame; by default 20 s.
    pub ping_every: Duration,
    /// A websocket without any frame for this time after a ping is dead; by default 10 s.
    pub dead_after: Duration,
    /// The limit for opening the websocket; by default 10 s.
    pub open_within: Duration,
}

impl Options {
    /// The defaults for this address.
    pub fn new(url: impl Into<String>, credentials: Credentials) -> Self {
        Self {
            url: url.into(),
            credentials,
            accounts: Vec::new(),
            events: Vec::new(),
            token_in: TokenIn::Header,
            ping_every: Duration::from_secs(20),
            dead_after: Duration::from_secs(10),
            open_within: Duration::from_secs(10),
        }
    }
}

/// Who logs in.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The user's name.
    pub username: SecretString,
    /// The user's password.
    pub password: SecretString,
    /// The account's name or realm.
    pub domain: String,
}

/// Where the socket's token goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenIn {
    /// `Authorization: Bearer …`.
    Header,
    /// `?token=…`, which proxies write to their logs.
    Query,
}

/// What a [`Client`] tells.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "events of channels are most of what there is")]
pub enum Event {
    /// A login was accepted.
    LoggedIn(Identity),
    /// The socket is open: events come from here on, and what happened before may have been missed.
    Live,
    /// Not live, mending itself.
    Interrupted,
    /// Something happened to a leg.
    Channel(ChannelEvent<'static>),
    /// A sign of life that carries nothing.
    Heard,
    /// Something that came in was left out: its name or what was wrong with it, never what it held.
    Skipped(String),
}

/// What [`Client::hear`] gives, borrowed from the message.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "events are most of what there is, and are moved once")]
pub enum Heard<'a> {
    /// See [`Event::Channel`].
    Channel(ChannelEvent<'a>),
    /// See [`Event::Skipped`].
    Skipped(Cow<'a, str>),
}

/// A client for one login.
pub struct Client {
    options: Options,
    /// The same moment as time since 1970.
    began: (Instant, Duration),
    state: State,
    socket: Socket,
    /// The one in use.
    token: Option<Token>,
    /// The one to use next.
    fresh: Option<Token>,
    login: Login,
    next_fetch: u64,
    /// The socket refused a token, and has not been open since.
    doubted: bool,
    seen: Seen,
    keys: Keys,
    outputs: VecDeque<Output<Event, Error>>,
}

/// ```text
///        Start              token                 Opened
///  Idle ───────► LoggingIn ───────────► Opening ───────────► Live
///                  │   ▲    401, once │   │  ▲                │ │ cut, or
///                  │   └──────────────┘   │  └────────────────┘ │ a fresh token
///                  ▼                      ▼                     ▼ silence
///                Over ◄─────────────────────────────────────────┘
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    LoggingIn,
    Opening,
    Live,
    Over,
}

/// The login under way, and the next to come while live.
#[derive(Debug, Default)]
struct Login {
    asked: Option<FetchId>,
    /// When to log in again without leaving the socket.
    again_at: Option<Instant>,
    /// A login was refused while live; there is no other until the socket ends.
    refused: Option<Error>,
}

impl Client {
    /// A client that logs in when it gets [`Input::Start`]; `wall` is the time since 1970 at `now`.
    pub fn new(options: Options, now: Instant, wall: Duration) -> Self {
        Self {
            options,
            began: (now, wall),
            state: State::Idle,
            socket: Socket::default(),
            token: None,
            fresh: None,
            login: Login::default(),
            next_fetch: 0,
            doubted: false,
            seen: Seen::default(),
            keys: Keys::default(),
            outputs: VecDeque::new(),
        }
    }

    /// Takes a message as [`Input::Text`] does, but gives what is in it at once and without copies.
    pub fn hear<'a>(&mut self, now: Instant, text: &'a str, mut sink: impl FnMut(Heard<'a>)) {
        // While another socket is opened the former one may still speak.
        if !matches!(self.state, State::Live | State::Opening) {
            return;
        }
        self.socket.heard(now, self.options.ping_every);
        self.socket.spoke(now);
        if text.len() > LONGEST_TEXT {
            return sink(Heard::Skipped(Cow::Borrowed("a message over 4 MiB")));
        }
        let seen = &mut self.seen;
        read::read(text, &mut self.keys, &mut |found| match found {
            Found::Event { event, message_id } => {
                if seen.is_new(message_id.as_deref(), &event) {
                    sink(Heard::Channel(event));
                }
            }
            Found::Skipped(what) => sink(Heard::Skipped(what)),
        });
    }

    fn tell(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
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
            Input::Start if self.state == State::Idle => self.log_in(now),
            Input::Start => {}
            Input::Timeout => self.tick(now),
            Input::Opened => self.opened(now),
            Input::OpenFailed(fault) => self.open_failed(now, fault),
            Input::Text(text) => {
                let mut told = Vec::new();
                self.hear(now, text, |heard| {
                    told.push(match heard {
                        Heard::Channel(event) => Event::Channel(event.into_owned()),
                        Heard::Skipped(what) => Event::Skipped(what.into_owned()),
                    });
                });
                self.outputs.extend(told.into_iter().map(Output::Event));
            }
            Input::Heard => {
                if self.state == State::Live {
                    self.socket.heard(now, self.options.ping_every);
                    self.tell(Event::Heard);
                }
            }
            Input::Closed { code, reason } => self.closed(now, code, reason),
            Input::Fetched(id, answer) => self.fetched(now, id, answer),
            Input::Probe => self.probe(now),
            Input::Stop => self.stop(),
        }
    }

    fn poll(&mut self) -> Output<Event, Error> {
        self.outputs.pop_front().unwrap_or_else(|| Output::Wait(self.wait()))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("options", &self.options)
            .field("state", &self.state)
            .field("socket", &self.socket)
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}
