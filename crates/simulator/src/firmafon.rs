//! Firmafon (now Relatel) on one loopback port: Faye on `/faye`, REST under `/api/v2`.
//!
//! [`Server`] listens; [`Handle`] is how a test or the demo makes things happen there.

mod company;
mod day;
mod faye;
mod gate;
mod handle;
mod http;
mod server;
mod websocket;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

pub use company::{Caller, Dnd, Endpoint, Presence, Unanswered};
pub use gate::RefuseTokenAt;
pub use handle::Handle;
pub use server::Server;

use crate::tap::Taps;
use company::Company;
use faye::Faye;
use gate::Gate;

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
}

/// The cookie of a load balancer in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// None is set.
    Absent,
    /// Set on every answer to a request that has none; nobody minds when it does not come back.
    Offered,
    /// A session is known only to requests that carry it, and on the websocket its handshake came over.
    Required,
}

/// How this Firmafon behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long a `/meta/connect` is held; sessions end after twice that.
    pub timeout: Duration,
    /// How often websockets are pinged.
    pub ping: Option<Duration>,
    /// The token that is good for Bayeux and REST.
    pub token: String,
    /// Which messages are refused when their token is not the good one.
    pub refuse_token_at: RefuseTokenAt,
    /// What becomes of websockets.
    pub websocket: Websocket,
    /// The load balancer's cookie.
    pub cookie: Cookie,
    /// Presence comes in an envelope like the call events' instead of bare.
    pub wrap_presence: bool,
    /// The company's channels may be subscribed to by pattern, such as `/call2/employee/*`.
    pub channel_patterns: bool,
    /// The token's owner may change other employees.
    pub admin: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            timeout: Duration::from_secs(45),
            ping: None,
            token: "good-token".to_owned(),
            refuse_token_at: RefuseTokenAt::Subscribe,
            websocket: Websocket::Offered,
            cookie: Cookie::Offered,
            wrap_presence: false,
            channel_patterns: false,
            admin: true,
        }
    }
}

/// Which half of Firmafon an override is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surface {
    /// `/faye`, new websockets included.
    Faye,
    /// `/api/v2`.
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
    /// HTTP requests to `/faye`, those to open a websocket and those answered by an override included.
    pub faye_requests: u64,
    /// Websockets opened.
    pub websockets: u64,
    /// `/meta/handshake` messages.
    pub handshakes: u64,
    /// `/meta/connect` messages.
    pub connects: u64,
    /// `/meta/subscribe` messages.
    pub subscribes: u64,
    /// `/meta/disconnect` messages.
    pub disconnects: u64,
    /// Requests to REST by method and path below `/api/v2`, without `.json` and query: `GET /employees`.
    pub rest: BTreeMap<String, u64>,
    /// Sessions that are known at the moment.
    pub sessions: usize,
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
    faye: Faye,
    gate: Gate,
    company: Company,
    websocket: Websocket,
    cookie: Cookie,
    instead: BTreeMap<Surface, HttpAnswer>,
    connections: u64,
    faye_requests: u64,
    websockets: u64,
    rest: BTreeMap<String, u64>,
}

impl State {
    fn requests(&self) -> Requests {
        let counts = self.faye.counts;
        Requests {
            connections: self.connections,
            faye_requests: self.faye_requests,
            websockets: self.websockets,
            handshakes: counts.handshakes,
            connects: counts.connects,
            subscribes: counts.subscribes,
            disconnects: counts.disconnects,
            rest: self.rest.clone(),
            sessions: self.faye.session_count(),
        }
    }

    /// Brings out what is to be heard and what is due.
    fn settle(&mut self, now: Now) {
        self.company.wake(now.at);
        for publication in self.company.take_outbox() {
            self.faye.publish(now.instant, &publication.channel, &publication.data);
        }
        self.faye.wake(now.instant);
    }

    /// When [`State::settle`] is due by itself.
    fn next_wake(&self, now: Now) -> Option<Instant> {
        let dnd = self.company.next_dnd_end().map(|end| {
            let left = Duration::try_from(end.duration_since(now.at)).unwrap_or_default();
            now.instant + left.min(Duration::from_secs(86_400))
        });
        dnd.into_iter().chain(self.faye.next_wake()).min()
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
    ping: Option<Duration>,
}

impl Shared {
    /// Does something to the state, lets subscribers hear of it, and tells whoever waits.
    fn with<T>(&self, act: impl FnOnce(&mut State, Now) -> T) -> T {
        let now = Now::read();
        let mut state = self.lock();
        let result = act(&mut state, now);
        state.settle(now);
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
            let now = Now::read();
            let next = {
                let mut state = self.lock();
                state.settle(now);
                state.next_wake(now)
            };
            let due = async {
                match next {
                    Some(at) => tokio::time::sleep_until(at.into()).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = due => {}
                () = self.woken.notified() => {}
            }
        }
    }
}
