//! One account's connection: reads the secret, drives the vendor's session, and begins anew when it ends.

mod drive;
mod outbox;
mod replay;
mod secret;

use std::{panic::AssertUnwindSafe, pin::pin, sync::Arc, time::Duration};

use futures_util::{FutureExt, StreamExt as _, stream::FuturesUnordered};
use model::{CallFact, Problem, ProblemCode, Time};
use protocols::Instant;
use providers::{Attention, Failure, FailureKind, Key, Kind, Opening, Verdict};
use secrecy::SecretString;
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use crate::{
    Account, Clock, Incoming, Order, Reach, Recorder, SecretFault, Secrets,
    network::Door,
    supervisor::{DoorIs, Next, Supervisor},
};
use drive::{Drive, End};
use outbox::Outbox;
pub use replay::{Replayed, replay};
use secret::KeptSecret;

/// The clock is looked at this often, so that time lost to sleep is noticed.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// A keyring that was locked is asked again at most this often when it says that it no longer is.
const KEYRING_REST: Duration = Duration::from_secs(1);

/// So many knocks are waited for at a time.
const KNOCKS: usize = 4;

/// More time than this between two looks was lost: the computer slept or stood still.
const LOST: Duration = Duration::from_secs(10);

/// The link of one account.
pub struct Link {
    /// Whose.
    pub account: Account,
    /// The way to the outside.
    pub reach: Arc<Reach>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where the account's secret is.
    pub secrets: Arc<dyn Secrets>,
    /// What it is told; its end means [`Order::Stop`].
    pub orders: mpsc::Receiver<Order>,
    /// What it tells. While this is full, nothing is read from the provider and no order is taken.
    pub out: mpsc::Sender<Incoming>,
    /// For jitter and for what sessions draw.
    pub seed: u64,
    /// Calls of the account whose end is not known.
    pub open_calls: Vec<CallFact>,
    /// When the account was heard of last, by a former link or in a former run.
    pub heard_until: Option<Time>,
    /// What writes down all that the sessions hear and do.
    pub recorder: Option<Arc<Recorder>>,
}

impl Link {
    /// Runs until [`Order::Stop`] or until nobody listens any more.
    pub async fn run(self) {
        let supervisor = Supervisor::new(self.clock.now(), self.seed);
        let runner = Runner {
            outbox: Outbox::new(
                self.account.id.clone(),
                Arc::clone(&self.clock),
                self.out,
                self.open_calls,
                self.heard_until,
            ),
            supervisor,
            rng: fastrand::Rng::with_seed(self.seed),
            watch: Watch { looked_at: self.clock.now() },
            leaving: None,
            account: self.account,
            reach: self.reach,
            clock: self.clock,
            secret: KeptSecret::new(self.secrets),
            attention: Attention::default(),
            orders: self.orders,
            recorder: self.recorder,
            door: Door::default(),
        };
        Box::pin(runner.run()).await;
    }
}

struct Runner {
    account: Account,
    reach: Arc<Reach>,
    clock: Arc<dyn Clock>,
    secret: KeptSecret,
    attention: Attention,
    orders: mpsc::Receiver<Order>,
    outbox: Outbox,
    supervisor: Supervisor,
    watch: Watch,
    /// The session was asked to leave.
    leaving: Option<Leaving>,
    rng: fastrand::Rng,
    recorder: Option<Arc<Recorder>>,
    /// Where the last attempt went.
    door: Door,
}

/// Why an attempt or the connection it made is over.
enum Outcome {
    Session(End),
    Keyring(SecretFault),
    Unusable(Problem, Verdict),
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        Self::Session(End::Failed(failure))
    }
}

/// The session was asked to leave.
struct Leaving {
    /// When it is left without waiting any longer.
    by: Instant,
    /// Whether a new one is wanted.
    again: bool,
}

impl Leaving {
    fn end(&self) -> End {
        if self.again { End::Again } else { End::Stopped }
    }
}

/// What ends a pause.
enum Over {
    Due,
    Stop,
}

impl Runner {
    async fn run(mut self) {
        loop {
            self.supervisor.begin(self.clock.now());
            self.outbox.connecting();
            if self.outbox.flush().await.is_err() {
                return;
            }
            let outcome = self.attempt().await;
            let now = self.clock.now();
            let problem = match outcome {
                Outcome::Session(End::Unheard) => return,
                Outcome::Session(End::Stopped) => {
                    self.outbox.left(None);
                    break;
                }
                Outcome::Session(End::Again) => {
                    self.outbox.left(None);
                    self.supervisor.retry(now);
                    continue;
                }
                Outcome::Session(End::Failed(failure)) => {
                    let door = if self.door.is_shut() { DoorIs::Shut } else { DoorIs::Open };
                    self.supervisor.failed(now, failure.verdict(), failure.retry_after, door);
                    tracing::info!(account = %self.account.id, %failure, next = ?self.supervisor.next(), "not connected");
                    failure.problem()
                }
                Outcome::Unusable(problem, verdict) => {
                    self.supervisor.failed(now, verdict, None, DoorIs::Open);
                    problem
                }
                Outcome::Keyring(fault) => {
                    tracing::info!(account = %self.account.id, %fault, "no secret");
                    match fault {
                        SecretFault::Missing => {
                            self.supervisor.failed(now, Verdict::SignIn, None, DoorIs::Open)
                        }
                        SecretFault::Locked | SecretFault::Unreachable(_) | SecretFault::Unsafe(_) => {
                            self.supervisor.keyring_failed(now)
                        }
                    };
                    fault.problem(&self.account.id)
                }
            };
            self.outbox.left(Some(&problem));
            match self.pause(problem).await {
                Over::Due => {}
                Over::Stop => break,
            }
        }
        self.outbox.stopped();
        // Whether anybody still listens makes no difference to a link that ends.
        self.outbox.flush().await.ok();
    }

    /// From the secret to the end of the session; a panic on the way is a failure of this account only.
    async fn attempt(&mut self) -> Outcome {
        self.leaving = None;
        match AssertUnwindSafe(self.session()).catch_unwind().await {
            Ok(outcome) => outcome,
            Err(_) => match &self.leaving {
                Some(leaving) => Outcome::Session(leaving.end()),
                None => Failure::new(FailureKind::Internal, "panicked").into(),
            },
        }
    }

    async fn session(&mut self) -> Outcome {
        let secret = match self.secret().await {
            Ok(secret) => secret,
            Err(outcome) => return outcome,
        };
        let keys = &self.account.keys;
        let files = self.account.vendor.keys.iter().filter_map(|key| file(key, keys)).collect();
        let opening = Opening {
            settings: &self.account.keys,
            secret: &secret,
            files: &files,
            now: self.clock.now(),
            wall: self.clock.wall(),
            seed: self.rng.u64(..),
            open_calls: self.outbox.open_calls(),
        };
        let recorded = self
            .recorder
            .as_ref()
            .map(|recorder| recorder.begin(&self.account.id, self.account.vendor, &opening));
        let session = match (self.account.vendor.open)(opening) {
            Ok(mut session) => {
                session.attend(self.clock.now(), self.attention);
                session
            }
            Err(fault) => {
                let (code, verdict) = match fault.key {
                    Some(_) => (ProblemCode::Settings, Verdict::Stop),
                    None => (ProblemCode::RefusedToken, Verdict::SignIn),
                };
                return Outcome::Unusable(Problem::new(code, fault.text), verdict);
            }
        };
        match self.reach.wire() {
            Ok(wire) => {
                self.door = wire.door();
                Outcome::Session(Drive::new(self, session, recorded, wire).run().await)
            }
            Err(fault) => Failure::new(FailureKind::Internal, fault.detail).into(),
        }
    }

    async fn secret(&mut self) -> Result<SecretString, Outcome> {
        let mut reading = self.secret.read(&self.account.id);
        loop {
            tokio::select! {
                read = &mut reading => {
                    return read.map(|read| self.secret.latest(read)).map_err(Outcome::Keyring);
                }
                order = self.orders.recv() => match order {
                    None | Some(Order::Stop) => return Err(Outcome::Session(End::Stopped)),
                    Some(Order::Retry) => return Err(Outcome::Session(End::Again)),
                    // There is no connection to prove.
                    Some(Order::Probe | Order::Prove(_)) => {}
                    Some(Order::Attend(attention)) => self.attention = attention,
                    Some(Order::Act(id, _)) => {
                        self.outbox.refuse(id);
                        if self.outbox.flush().await.is_err() {
                            return Err(Outcome::Session(End::Unheard));
                        }
                    }
                }
            }
        }
    }

    /// Waits for the next attempt, or for a person, and says so.
    async fn pause(&mut self, problem: Problem) -> Over {
        // A keyring's prompt may have taken any time.
        self.watch.looked_at = self.clock.now();
        let secrets = self.secret.keyring();
        let keyring = problem.code == ProblemCode::Keyring;
        let mut unlocked = pin!(async move {
            if !keyring {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(KEYRING_REST).await;
            secrets.unlocked().await;
        });
        let shut = self.door.is_shut();
        let mut knock_at = self.supervisor.knock_at(self.watch.looked_at).filter(|_| shut);
        let mut knocks = FuturesUnordered::new();
        loop {
            let now = self.clock.now();
            if self.watch.look(now) {
                self.supervisor.hurry(now);
            }
            if knock_at.is_some_and(|at| at <= now) {
                // One that hangs says nothing of those that come after it.
                if knocks.len() < KNOCKS {
                    let door = self.door.clone();
                    knocks.push(async move { door.knock().await });
                }
                knock_at = self.supervisor.knock_at(now);
            }
            let nap = match self.supervisor.next() {
                Next::At(at) if at <= now => return Over::Due,
                Next::At(at) => {
                    let pause = at - now;
                    self.outbox.waiting(self.clock.wall().plus(pause), &problem, at);
                    knock_at.map_or(pause, |at| pause.min(at - now)).min(LOOK_EVERY)
                }
                Next::SignIn => {
                    self.outbox.sign_in(&problem);
                    Duration::MAX
                }
                Next::Stopped => {
                    self.outbox.given_up(&problem);
                    Duration::MAX
                }
            };
            if self.outbox.flush().await.is_err() {
                return Over::Stop;
            }
            let order = tokio::select! {
                order = self.orders.recv() => order.unwrap_or(Order::Stop),
                () = tokio::time::sleep(nap) => continue,
                () = &mut unlocked => return Over::Due,
                Some(answered) = knocks.next() => {
                    if answered {
                        self.supervisor.opened(self.clock.now());
                        knock_at = None;
                    }
                    continue;
                }
            };
            let now = self.clock.now();
            match order {
                Order::Stop => return Over::Stop,
                Order::Act(id, _) => self.outbox.refuse(id),
                Order::Attend(attention) => self.attention = attention,
                Order::Probe | Order::Prove(_) => {
                    self.supervisor.hurry(now);
                }
                Order::Retry => {
                    self.supervisor.retry(now);
                }
            }
        }
    }
}

/// What is in the file that an account's key names, if it is such a key.
fn file(key: &'static Key, keys: &Map<String, Value>) -> Option<(&'static str, Result<String, String>)> {
    if key.kind != Kind::File {
        return None;
    }
    let text = std::fs::read_to_string(keys.get(key.name)?.as_str()?).map_err(|error| {
        format!("The file that `{}` names cannot be read ({error}); mend its path.", key.name)
    });
    Some((key.name, text))
}

/// Notices time that went by unseen.
struct Watch {
    looked_at: Instant,
}

impl Watch {
    /// Whether time was lost since the last look.
    fn look(&mut self, now: Instant) -> bool {
        let lost = now - self.looked_at > LOST;
        self.looked_at = self.looked_at.max(now);
        lost
    }
}
