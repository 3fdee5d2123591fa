//! NGUC (Weblink) on one loopback port: the event pusher at the root, REST below `/api`.
//!
//! [`Server`] listens; [`Handle`] is how a test or the demo makes things happen there. The event pusher is an
//! application of [`sockjs`], a SockJS server of its own; `/echo`, `/close` and `/disabled_websocket_echo` are others,
//! for those who judge it.
//!
//! Known of NGUC are the frames, the authentication, the sign-in with its statuses, the `Queue` event and picking up.
//! Invented are the events `User`, `Call` and `Device`, the paths of the lists, codes, and the bodies of errors.

mod company;
mod day;
mod handle;
mod http;
mod pusher;
mod route;
mod server;
mod sockjs;
mod tokens;
mod websocket;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

pub use company::{Callee, Unanswered};
pub use handle::Handle;
pub use pusher::{Closing, Expired};
pub use server::Server;
pub use tokens::RefreshGrant;

use crate::tap::Taps;
use company::Company;
use pusher::{Pusher, Refusal};
use sockjs::frame::{self, Message};
use sockjs::{Application, Heard, SessionId, SockJs};
use tokens::Tokens;

/// The vendor page's own example of several events, with its stray quotation mark and its unquoted data filled in.
pub const VENDOR_SAMPLE: &str = r#"a[ "[\"Event 1 name\", {\"a\":1}], [\"Event 2 name\", { \"b\":2} \"]" ]"#;

/// What becomes of a request to upgrade to a websocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Websocket {
    /// It works.
    Offered,
    /// HTTP 400.
    Refused,
    /// The request is taken and never answered, as some proxies do.
    Swallowed,
    /// HTTP 101, then the connection closes.
    ClosedAfterUpgrade,
    /// HTTP 404, and `/info` says so.
    Disabled,
}

/// How often an open connection is shown to be alive; polls are answered with `h` either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heartbeat {
    /// By an `h` frame, as the vendor says.
    Text(Duration),
    /// By a websocket's ping, whose pong is waited for, as npm `sockjs` does.
    Ping(Duration),
    /// Not at all.
    Silent,
}

/// How this NGUC behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// How connections are kept alive.
    pub heartbeat: Heartbeat,
    /// How long a pong may take.
    pub pong_within: Duration,
    /// How long a polling session lives without a poll.
    pub disconnect_after: Duration,
    /// How soon after `o` a connection has to authenticate.
    pub authenticate_within: Duration,
    /// How a refusal is written.
    pub closing: Closing,
    /// What becomes of connections whose token has ended.
    pub expired: Expired,
    /// Who can sign in.
    pub username: String,
    /// With which password.
    pub password: String,
    /// The two-factor code that is asked for.
    pub tfa: Option<String>,
    /// How long access tokens are good.
    pub expires_in: Duration,
    /// How refresh tokens are taken.
    pub refresh_grant: RefreshGrant,
    /// An access token that is good from the beginning and does not end.
    pub token: String,
    /// A refresh token that is good from the beginning, once.
    pub refresh_token: String,
    /// What becomes of websockets.
    pub websocket: Websocket,
    /// Whether there is a `/company/calls`.
    pub lists_calls: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            heartbeat: Heartbeat::Text(Duration::from_secs(25)),
            pong_within: Duration::from_secs(10),
            disconnect_after: Duration::from_secs(5),
            authenticate_within: Duration::from_secs(5),
            closing: Closing::CodeAndReason,
            expired: Expired::Closed,
            username: "ase".to_owned(),
            password: "good-password".to_owned(),
            tfa: None,
            expires_in: Duration::from_secs(3600),
            refresh_grant: RefreshGrant::Either,
            token: "good-token".to_owned(),
            refresh_token: "good-refresh-token".to_owned(),
            websocket: Websocket::Offered,
            lists_calls: true,
        }
    }
}

/// Which half of NGUC an override is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surface {
    /// The event pusher, new websockets included.
    Events,
    /// Everything below `/api`, signing in included.
    Rest,
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
    /// Requests for `/info`.
    pub infos: u64,
    /// Requests to open a websocket, those that came to nothing included.
    pub upgrades: u64,
    /// Websockets opened.
    pub websockets: u64,
    /// Texts that came over websockets.
    pub texts: u64,
    /// Pongs that came over websockets.
    pub pongs: u64,
    /// `xhr` requests.
    pub polls: u64,
    /// `xhr_send` requests.
    pub sends: u64,
    /// `authenticate` messages with a good token.
    pub authenticated: u64,
    /// Messages that were no good `authenticate`.
    pub refused: u64,
    /// Tokens given for a password.
    pub sign_ins: u64,
    /// Tokens given for a refresh token.
    pub refreshes: u64,
    /// Requests for tokens that got none.
    pub refused_sign_ins: u64,
    /// Requests to REST by method and path below `/api`, without query: `GET /company/users`.
    pub rest: BTreeMap<String, u64>,
    /// SockJS sessions that are known at the moment.
    pub sessions: usize,
    /// `xhr` requests that wait for something to tell at the moment.
    pub held: usize,
}

impl Requests {
    /// How often REST was asked this, as in [`Requests::rest`].
    pub fn rest(&self, request: &str) -> u64 {
        self.rest.get(request).copied().unwrap_or(0)
    }
}

/// Both clocks at one moment.
#[derive(Clone, Copy, Debug)]
struct Now {
    instant: Instant,
    at: Timestamp,
}

impl Now {
    fn read() -> Now {
        // Tokio's clock, which tests can move.
        Now { instant: tokio::time::Instant::now().into_std(), at: Timestamp::now() }
    }
}

/// Everything that one lock guards.
#[derive(Debug)]
struct State {
    sockjs: SockJs,
    pusher: Pusher,
    tokens: Tokens,
    company: Company,
    websocket: Websocket,
    instead: BTreeMap<Surface, HttpAnswer>,
    connections: u64,
    infos: u64,
    upgrades: u64,
    websockets: u64,
    texts: u64,
    pongs: u64,
    polls: u64,
    sends: u64,
    rest: BTreeMap<String, u64>,
}

impl State {
    fn requests(&self) -> Requests {
        Requests {
            connections: self.connections,
            infos: self.infos,
            upgrades: self.upgrades,
            websockets: self.websockets,
            texts: self.texts,
            pongs: self.pongs,
            polls: self.polls,
            sends: self.sends,
            authenticated: self.pusher.authenticated,
            refused: self.pusher.refused,
            sign_ins: self.tokens.sign_ins,
            refreshes: self.tokens.refreshes,
            refused_sign_ins: self.tokens.refused,
            rest: self.rest.clone(),
            sessions: self.sockjs.session_count(),
            held: self.sockjs.held_count(),
        }
    }

    /// Brings out what is to be heard and what is due.
    fn settle(&mut self, now: Instant) {
        self.sockjs.wake(now);
        self.hear(now);
        for (id, refusal) in self.pusher.overdue(now, &self.tokens) {
            self.refuse(now, id, refusal);
        }
        self.hear(now);
        let listeners = self.pusher.listeners();
        for event in self.company.take_outbox() {
            let message = Message::of(&event.to_string());
            for id in &listeners {
                self.sockjs.send(now, *id, message.clone());
            }
        }
    }

    /// Lets applications hear what their sessions said, and what comes of that.
    fn hear(&mut self, now: Instant) {
        loop {
            let heard = self.sockjs.take_heard();
            if heard.is_empty() {
                return;
            }
            for (id, application, heard) in heard {
                match (application, heard) {
                    (Application::Events, Heard::Opened) => self.pusher.opened(now, id),
                    (Application::Events, Heard::Gone) => self.pusher.gone(id),
                    (Application::Events, Heard::Said(message)) => {
                        if let Err(refusal) = self.pusher.said(now, id, &message, &self.tokens) {
                            self.refuse(now, id, refusal);
                        }
                    }
                    (Application::Close, Heard::Opened) => {
                        let (code, reason) = (3000, "Go away!");
                        self.sockjs.close(now, id, &frame::of_close(code, reason), code, reason);
                    }
                    (Application::Echo | Application::EchoWithoutWebsocket, Heard::Said(message)) => {
                        self.sockjs.send(now, id, message);
                    }
                    (Application::Close, Heard::Said(_) | Heard::Gone)
                    | (Application::Echo | Application::EchoWithoutWebsocket, Heard::Opened | Heard::Gone) => {
                    }
                }
            }
        }
    }

    fn refuse(&mut self, now: Instant, id: SessionId, refusal: Refusal) {
        let (frame, code, reason) = self.pusher.farewell(refusal);
        self.sockjs.close(now, id, &frame, code, reason);
    }

    /// When [`State::settle`] is due by itself.
    fn next_wake(&self) -> Option<Instant> {
        self.sockjs.next_wake().into_iter().chain(self.pusher.next_wake(&self.tokens)).min()
    }
}

/// What the server's tasks and the handles share.
#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    taps: Taps,
    /// Changes whenever something was asked or done.
    moved: watch::Sender<u64>,
    /// The timer has to look again.
    woken: Notify,
}

impl Shared {
    /// Does something to the state, lets listeners hear of it, and tells whoever waits.
    fn with<T>(&self, act: impl FnOnce(&mut State, Now) -> T) -> T {
        let now = Now::read();
        let mut state = self.lock();
        let result = act(&mut state, now);
        state.settle(now.instant);
        drop(state);
        self.moved.send_modify(|count| *count = count.wrapping_add(1));
        self.woken.notify_one();
        result
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what is due by itself, for ever.
    async fn keep_time(&self) {
        loop {
            let next = self.lock().next_wake();
            let due = async {
                match next {
                    Some(at) => tokio::time::sleep_until(at.into()).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = due => self.with(|_, _| ()),
                () = self.woken.notified() => {}
            }
        }
    }
}
