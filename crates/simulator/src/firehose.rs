//! Firehose (fonoUC on Kazoo) on one loopback port: the socket and its login under `/ws/v1/firehose`, Kazoo's REST
//! interface Crossbar under `/v2`.
//!
//! The vendor documents the addresses, the login, its filters and the token; how events are spelled, what is said
//! when it refuses, and what becomes of a socket whose token ends, it does not. Where Kazoo's sources say something
//! this follows them, the rest can be switched. [`Server`] listens; [`Handle`] is how a test or the demo makes
//! things happen there; `switch` is the telephone switch.

mod audience;
mod crossbar;
mod day;
mod gate;
mod handle;
mod http;
mod people;
mod server;
mod switch;
mod websocket;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

pub use gate::TokenForm;
pub use handle::{Handle, Target};
pub use server::Server;
pub use switch::{Cause, Quirks};

use crate::tap::Taps;
use audience::Audience;
use crossbar::Sessions;
use gate::Gate;
use switch::Switch;

/// How events are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `{"Event-Name":"CHANNEL_CREATE","Call-ID":…}`, as on Kazoo's message bus.
    Raw,
    /// `{"action":"event","name":"CHANNEL_CREATE","data":{"call_id":…}}`, as Kazoo's Blackhole.
    Blackhole,
    /// `{"name":"CHANNEL_CREATE","args":{"Call-ID":…}}`, as Blackhole's own documentation.
    BlackholeArguments,
    /// `{"hook_event":"channel_create","call_id":…}`, as Kazoo's webhooks.
    Webhook,
    /// `{"eventName":"CHANNEL_CREATE","callId":…}`, as the vendor's socket for AI providers.
    Camel,
}

impl Shape {
    /// All of them.
    pub const ALL: [Shape; 5] =
        [Shape::Raw, Shape::Blackhole, Shape::BlackholeArguments, Shape::Webhook, Shape::Camel];
}

/// How events are put into frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// One event a frame.
    Single,
    /// What happens at once is one frame with a list.
    List,
}

/// What becomes of a socket whose token ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtExpiry {
    /// It stays open.
    StaysOpen,
    /// It is closed with code 1008.
    Closes,
}

/// Which of Kazoo's answers `GET /channels` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channels {
    /// No numbers of the other side, no bridge and no interaction.
    Short,
    /// As newer builds list them.
    Long,
}

/// How this Firehose behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// The good login, also for Crossbar.
    pub username: String,
    /// Its password.
    pub password: String,
    /// The account's realm: `domain` of the login, `account_realm` at Crossbar.
    pub domain: String,
    /// What a login gives away.
    pub token_form: TokenForm,
    /// How long a token is good, at Firehose and at Crossbar.
    pub token_lifetime: Duration,
    /// What becomes of a socket whose token ends.
    pub at_expiry: AtExpiry,
    /// How far this server's clock is ahead of everybody else's.
    pub clock_ahead: SignedDuration,
    /// How often sockets are pinged.
    pub ping: Option<Duration>,
    /// How events are spelled.
    pub shape: Shape,
    /// How events are put into frames.
    pub framing: Framing,
    /// What else the switch does.
    pub quirks: Quirks,
    /// Whether Crossbar can be reached; otherwise all of it is 404.
    pub crossbar: bool,
    /// Whether the login's user may change other users.
    pub admin: bool,
    /// How many things Crossbar lists at a time.
    pub page: usize,
    /// What it lists of active calls.
    pub channels: Channels,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            username: "User1001@example.com".to_owned(),
            password: "good-password".to_owned(),
            domain: "acme.example.com".to_owned(),
            token_form: TokenForm::Jwt,
            token_lifetime: Duration::from_secs(3600),
            at_expiry: AtExpiry::StaysOpen,
            clock_ahead: SignedDuration::ZERO,
            ping: None,
            shape: Shape::Raw,
            framing: Framing::Single,
            quirks: Quirks::default(),
            crossbar: true,
            admin: true,
            page: 50,
            channels: Channels::Long,
        }
    }
}

/// Which part of Firehose an override is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surface {
    /// `/ws/v1/firehose/login`.
    Login,
    /// `/ws/v1/firehose/callEvents`.
    CallEvents,
    /// `/v2`.
    Crossbar,
}

/// What is answered to every request instead of the truth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpAnswer {
    /// The status, 200 to 599.
    pub status: u16,
    /// The body; one that begins with `<` is called HTML, any other JSON.
    pub body: String,
    /// `Retry-After`, in whole seconds.
    pub retry_after: Option<Duration>,
}

/// What has been asked so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    /// TCP connections accepted.
    pub connections: u64,
    /// Logins, refused ones and those answered by an override included.
    pub logins: u64,
    /// Requests to open a socket, refused ones included.
    pub upgrades: u64,
    /// Those of them whose token was in the query.
    pub upgrades_by_query: u64,
    /// Sockets opened.
    pub websockets: u64,
    /// Text frames that clients sent; the vendor knows of none.
    pub frames: u64,
    /// Requests to Crossbar by method and path below `/v2`, without the account and the query: `GET /users`.
    pub crossbar: BTreeMap<String, u64>,
    /// Sockets that are open at the moment.
    pub open: usize,
}

impl Requests {
    /// How often Crossbar was asked this, as in [`Requests::crossbar`].
    pub fn crossbar(&self, request: &str) -> u64 {
        self.crossbar.get(request).copied().unwrap_or(0)
    }
}

/// Everything that one lock guards.
#[derive(Debug)]
struct State {
    gate: Gate,
    switch: Switch,
    audience: Audience,
    sessions: Sessions,
    options: Options,
    instead: BTreeMap<Surface, HttpAnswer>,
    /// All counts but those of open sockets.
    requests: Requests,
}

impl State {
    /// The server's own time, in Unix microseconds.
    fn now(&self) -> i64 {
        (Timestamp::now() + self.options.clock_ahead).as_microsecond()
    }

    fn requests(&self) -> Requests {
        Requests { open: self.audience.open(), ..self.requests.clone() }
    }

    /// Brings out what is to be heard.
    fn settle(&mut self) {
        let occurrences = self.switch.take_outbox();
        if !occurrences.is_empty() {
            self.audience.tell(&self.switch, &self.options, occurrences);
        }
    }
}

/// What the server's tasks and the handles share.
#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    taps: Taps,
    /// Changes whenever something was asked or done.
    moved: watch::Sender<u64>,
    ping: Option<Duration>,
}

impl Shared {
    /// Does something to the state at a time, lets whoever listens hear of it, and tells whoever waits.
    fn with<T>(&self, act: impl FnOnce(&mut State, i64) -> T) -> T {
        let mut state = self.lock();
        let now = state.now();
        let result = act(&mut state, now);
        state.settle();
        drop(state);
        self.moved.send_modify(|count| *count = count.wrapping_add(1));
        result
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
