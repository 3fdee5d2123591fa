//! Semaswift on one loopback port: Centrifugo on `/connection/websocket`, REST under `/api/v1`.
//!
//! [`Server`] listens; [`Handle`] is how a test or the demo makes things happen there. Centrifugo looks as recorded
//! from a real one. Of Semaswift itself only its documentation is known: where that shows no payload or no answer,
//! what is here is a guess, and `organisation` and `rest` say so.

mod centrifugo;
mod day;
mod handle;
mod http;
mod jwt;
mod organisation;
mod rest;
mod server;
mod sign_in;
mod websocket;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

pub use centrifugo::{Disconnect, Method, Refusal};
pub use handle::Handle;
pub use server::Server;

use crate::tap::Taps;
use centrifugo::Centrifugo;
use organisation::{Agent, Organisation};
use rest::Meter;
use sign_in::SignIn;

/// Where those who are online are present, by the vendor's guide and by its reference.
const ONLINE: [&str; 2] = ["presence:online", "org:org_1234:agents"];

/// How this Semaswift behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// How often Centrifugo pings, in whole seconds; zero for never.
    pub ping: Duration,
    /// How long it waits for a pong.
    pub pong_within: Duration,
    /// How long a websocket may be open without a `connect`.
    pub connect_within: Duration,
    /// What a connection or subscription has beyond its token's end.
    pub grace: Duration,
    /// The secret that Centrifugo's tokens are signed with.
    pub hmac_secret: String,
    /// How long Centrifugo's tokens are good, in whole seconds.
    pub token_for: Duration,
    /// How long access tokens are good that come from signing in.
    pub access_token_for: Duration,
    /// The personal token that is good.
    pub personal_token: String,
    /// The address that may sign in.
    pub email: String,
    /// Its password.
    pub password: String,
    /// Signing in takes this code as well.
    pub mfa_code: Option<String>,
    /// No channel can be subscribed to without a token of its own.
    pub needs_subscription_tokens: bool,
    /// How many publications the channels of calls and tickets keep; with 0, nothing can be recovered.
    pub kept: usize,
    /// A connection that lets more bytes than this wait is too slow; the original's own is 1 MiB.
    pub most_waiting: usize,
    /// Connections one user may have.
    pub most_connections: usize,
    /// Only these may be the `Origin` of a websocket, if there is one.
    pub allowed_origins: Option<Vec<String>>,
    /// Requests to REST that are answered in a minute.
    pub most_requests: Option<u32>,
    /// The realtime address REST tells of, when it is not this port's.
    pub realtime_url: Option<String>,
    /// The token's owner may set agents' status.
    pub may_set_status: bool,
    /// What a call's end is called; the vendor's own pages say both `call.ended` and `call.completed`.
    pub call_end: CallEnd,
}

impl Default for Options {
    fn default() -> Self {
        let hour = Duration::from_secs(3600);
        Options {
            ping: Duration::from_secs(25),
            pong_within: Duration::from_secs(8),
            connect_within: Duration::from_secs(15),
            grace: Duration::from_secs(25),
            hmac_secret: "the secret of Centrifugo".to_owned(),
            token_for: hour,
            access_token_for: hour,
            personal_token: "pat_live_good-token".to_owned(),
            email: "aase@example.com".to_owned(),
            password: "good-password".to_owned(),
            mfa_code: None,
            needs_subscription_tokens: false,
            kept: 100,
            most_waiting: 8 * 1024 * 1024,
            most_connections: usize::MAX,
            allowed_origins: None,
            most_requests: None,
            realtime_url: None,
            may_set_status: true,
            call_end: CallEnd::Ended,
        }
    }
}

/// What the end of a call is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallEnd {
    /// `call.ended`.
    Ended,
    /// `call.completed`.
    Completed,
}

/// Which part of Semaswift an override is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surface {
    /// Requests to open a websocket.
    Realtime,
    /// What gives out Centrifugo's tokens.
    Tokens,
    /// All else under `/api/v1`.
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
    /// Requests to open a websocket, refused ones included.
    pub upgrades: u64,
    /// Centrifugo's commands.
    pub commands: BTreeMap<Method, u64>,
    /// Requests to REST by method and path below `/api/v1`, without query: `GET /voice/agents`.
    pub rest: BTreeMap<String, u64>,
    /// Those who are connected at the moment.
    pub connected: usize,
}

impl Requests {
    /// How often this command came.
    pub fn commands(&self, method: Method) -> u64 {
        self.commands.get(&method).copied().unwrap_or(0)
    }

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
    /// `ahead` is how far this server's calendar is ahead of the computer's.
    fn read(ahead: Duration) -> Now {
        let at = Timestamp::now();
        // Tokio's clock, which tests can move.
        Now { instant: tokio::time::Instant::now().into_std(), at: at.checked_add(ahead).unwrap_or(at) }
    }

    /// The moment of `at` on the other clock.
    fn until(self, at: Timestamp) -> Instant {
        let left = Duration::try_from(at.duration_since(self.at)).unwrap_or_default();
        self.instant + left.min(Duration::from_secs(86_400))
    }
}

/// Everything that one lock guards.
#[derive(Debug)]
struct State {
    centrifugo: Centrifugo,
    organisation: Organisation,
    sign_in: SignIn,
    options: Options,
    realtime_url: String,
    meter: Meter,
    /// Channels nobody is given a token for.
    withheld: BTreeSet<String>,
    instead: BTreeMap<Surface, HttpAnswer>,
    /// No websocket can be opened, as while the server is not running.
    is_down: bool,
    clock_ahead: Duration,
    connections: u64,
    upgrades: u64,
    rest: BTreeMap<String, u64>,
}

impl State {
    fn requests(&self) -> Requests {
        Requests {
            connections: self.connections,
            upgrades: self.upgrades,
            commands: self.centrifugo.counts.clone(),
            rest: self.rest.clone(),
            connected: self.centrifugo.connected(),
        }
    }

    /// One more client of this user comes online; gives its id.
    fn come_online(&mut self, user: &str) -> String {
        let agent = self.organisation.agent(&user.replace("usr_", "agent_"));
        let info = agent.map_or_else(|| rest::info(user), Agent::info);
        self.centrifugo.come(&ONLINE, user, info.as_deref())
    }

    fn go_offline(&mut self, client: &str) -> bool {
        let gone = ONLINE.map(|channel| self.centrifugo.go(channel, client));
        gone.contains(&true)
    }

    /// Brings out what is to be heard and what is due.
    fn settle(&mut self, now: Now) {
        for publication in self.organisation.take_outbox() {
            self.centrifugo.publish(&publication.channel, &publication.data);
        }
        self.centrifugo.wake(now);
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
    address: std::net::SocketAddr,
}

impl Shared {
    /// Does something to the state, lets subscribers hear of it, and tells whoever waits.
    fn with<T>(&self, act: impl FnOnce(&mut State, Now) -> T) -> T {
        let mut state = self.lock();
        let now = Now::read(state.clock_ahead);
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
            let next = {
                let mut state = self.lock();
                let now = Now::read(state.clock_ahead);
                state.settle(now);
                state.centrifugo.next_wake(now)
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
