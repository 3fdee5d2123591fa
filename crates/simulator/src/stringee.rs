//! Stringee on loopback: the websocket of the web SDK 2.x, the address lookup, REST for users, and what an
//! organisation runs beside it: a token endpoint and a relay.
//!
//! What the frames are called and contain is what the vendor's SDK 2.9.3 reads and sends, and that SDK is the judge
//! (`tests/stringee_sdk.rs`); what the real service puts into them beyond its documents is not known. [`Server`]
//! listens on two ports, so that addresses can be rotated through; [`Handle`] is how a test or the demo makes things
//! happen there; `relay` is the reference implementation of `docs/relay.md`.

mod asking;
mod day;
mod frames;
mod handle;
mod http;
mod project;
mod relay;
mod server;
mod token;
mod websocket;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

pub use handle::Handle;
pub use relay::sign as sign_webhook;
pub use server::Server;

use crate::tap::Taps;
use project::Project;
use relay::Relay;
use token::Keys;

/// Whose token the organisation's endpoint gives out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The same userId as the person's softphone: calls are told to it too.
    Same,
    /// A userId of its own that only subscribes.
    Observer,
}

/// How this Stringee and its organisation behave.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whose token is given out.
    pub identity: Identity,
    /// How long tokens are good for.
    pub token_life: Duration,
    /// `attributes` in the token is JSON in a text, as some issuers make it.
    pub attributes_as_text: bool,
    /// What the token endpoint wants as `Authorization`; none = it gives the token to anybody.
    pub authorization: Option<String>,
    /// The token endpoint gives a REST token as well.
    pub rest_token: bool,
    /// The organisation runs a relay.
    pub relay: bool,
    /// The token endpoint gives a token for the relay; otherwise the client token serves there.
    pub relay_token: bool,
    /// How often a client is asked whether it is there; it may hear nothing for 15 s longer.
    pub ping: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            identity: Identity::Same,
            token_life: Duration::from_secs(3600),
            attributes_as_text: false,
            authorization: Some("Bearer office-secret".to_owned()),
            rest_token: false,
            relay: true,
            relay_token: false,
            ping: Duration::from_secs(45),
        }
    }
}

/// One of the two addresses that clients may connect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// Listed first; everything but websockets is there too.
    First,
    /// Listed second.
    Second,
}

/// What becomes of websockets at an [`Entry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// Whoever has a good token is let in.
    Open,
    /// HTTP 400 to the upgrade.
    Refused,
    /// HTTP 101, then the connection closes.
    ClosesAtOnce,
    /// The connection closes when AUTHEN comes, without an answer.
    ClosesAtAuthen,
    /// AUTHEN is never answered.
    Silent,
    /// AUTHEN is answered with this `r`, whatever the token.
    Answers(u64),
    /// AUTHEN is answered with `r` 15 and this address in `change_to_server`, or without that field.
    Redirects(Option<String>),
}

/// What `service` 1 asks with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ping {
    /// `{"service":1,"body":{}}`
    EmptyBody,
    /// `{"service":1}`, which the web SDK drops.
    NoBody,
    /// Nothing is asked: the peer is dead.
    Never,
}

/// What becomes of attribute changes, by 103 and by REST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeChange {
    /// They are stored and published.
    Taken,
    /// Answered with this `r`.
    Refused(u64),
    /// Answered as if they were taken.
    Forgotten,
    /// 103 is not answered; REST answers with what was before.
    Unanswered,
}

/// Which of the two ways a call is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// `service` 33.
    Voice,
    /// `service` 129.
    Video,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Digits with the country's code, without `+`.
    Number(String),
    /// The number is withheld.
    Hidden,
    /// A user of the project.
    User(String),
}

/// How those who are rung by a call, or speak, hear of its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// `service` 30; of a video call 130 before it was answered and 133 after.
    Stopped,
    /// `service` 32, of a video call 134, with this code in the manner of SIP.
    State(u16),
    /// `service` 38 `CALL_STATE` or `CALL2_STATE` with this code.
    Elsewhere(u16),
    /// `service` 38 `CALL_END` or `CALL2_END`.
    EndedElsewhere,
    /// Not at all.
    Nothing,
}

/// Which part of Stringee and its organisation an override is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surface {
    /// The address lookup.
    Lookup,
    /// New websockets at both entries.
    Socket,
    /// `/v1/…` of Stringee.
    Rest,
    /// The organisation's token endpoint.
    Token,
    /// The relay's `/v1/…`.
    Relay,
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

/// A client that was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The userId of its token.
    pub user: String,
    /// What it calls itself in `deviceId`.
    pub device_id: String,
    /// … in `browserId`.
    pub browser_id: String,
    /// … in `deviceName`.
    pub device_name: String,
    /// … in `platform`.
    pub platform: i64,
    /// … in `sdkVersion`.
    pub sdk_version: String,
    /// What its token subscribes to.
    pub topics: Vec<String>,
}

/// What has been asked so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    /// TCP connections accepted, at both entries.
    pub connections: u64,
    /// Address lookups.
    pub lookups: u64,
    /// Requests for a token.
    pub tokens: u64,
    /// Websockets opened, by entry.
    pub sockets: BTreeMap<Entry, u64>,
    /// Answers to AUTHEN by their `r`; those that were not answered are under 255.
    pub authens: BTreeMap<u64, u64>,
    /// Frames that clients sent by their `service`; those without one are under 0.
    pub services: BTreeMap<i64, u64>,
    /// Requests to REST by method and path: `GET /v1/users`.
    pub rest: BTreeMap<String, u64>,
    /// Requests to the relay by method and path: `GET /v1/snapshot`.
    pub relay: BTreeMap<String, u64>,
    /// Calls of the relay's webhook that were refused for their signature.
    pub bad_signatures: u64,
    /// Clients that are signed in at the moment.
    pub clients: usize,
}

impl Requests {
    /// How many websockets were opened at both entries.
    pub fn sockets(&self) -> u64 {
        self.sockets.values().sum()
    }

    /// How many AUTHEN were answered with this `r`.
    pub fn authens(&self, r: u64) -> u64 {
        self.authens.get(&r).copied().unwrap_or(0)
    }

    /// How many frames of this service came.
    pub fn service(&self, service: i64) -> u64 {
        self.services.get(&service).copied().unwrap_or(0)
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
    options: Options,
    keys: Keys,
    project: Project,
    relay: Relay,
    entrances: BTreeMap<Entry, Entrance>,
    ping: Ping,
    instead: BTreeMap<Surface, HttpAnswer>,
    /// REST answers as if the key were of another region.
    other_region: bool,
    /// The next token that the organisation gives is revoked at once.
    revoke_next: bool,
    /// `r` is a text and `message` is called `msg`, as some integrators report.
    odd_envelope: bool,
    addresses: BTreeMap<Entry, std::net::SocketAddr>,
    asked: Requests,
}

impl State {
    fn requests(&self) -> Requests {
        let mut asked = self.asked.clone();
        asked.bad_signatures = self.relay.bad_signatures();
        asked.clients = self.project.listed_clients().len();
        asked
    }

    /// The address that everything but the second entry's websockets is below.
    fn base(&self) -> String {
        self.addresses.get(&Entry::First).map(|address| format!("http://{address}")).unwrap_or_default()
    }

    fn token_end(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.options.token_life).unwrap_or(now)
    }

    /// What the organisation gives to the office's first person.
    fn client_token(&self, now: Timestamp) -> String {
        let claims = self.project.claims(self.options.identity);
        self.keys.client_token(&claims, self.token_end(now), self.options.attributes_as_text)
    }

    /// Lets the relay hear what Stringee would tell it, and forget what is old.
    fn settle(&mut self, now: Now) {
        for body in std::mem::take(&mut self.project.webhooks) {
            if self.options.relay {
                let body = body.to_string();
                self.relay.webhook(now, Some(&relay::sign(body.as_bytes())), body.as_bytes());
            }
        }
        self.relay.tick(now);
        self.read_people(now);
    }

    /// The relay asks Stringee who is there, if it is time to.
    fn read_people(&mut self, now: Now) {
        if self.relay.wants_people(now) && !self.instead.contains_key(&Surface::Rest) {
            self.relay.people_online(now, &self.project.all_online());
        }
    }

    /// When [`State::settle`] is due by itself.
    fn next_wake(&self, now: Now) -> Option<Instant> {
        self.relay.next_wake(now)
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
    /// Does something to the state, lets the relay hear of it, and tells whoever waits.
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
            let next = self.lock().next_wake(now);
            let due = async {
                match next {
                    Some(at) => tokio::time::sleep_until(at.into()).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                // Whoever waits for the relay's events has to look.
                () = due => self.with(|_, _| ()),
                () = self.woken.notified() => {}
            }
        }
    }
}
