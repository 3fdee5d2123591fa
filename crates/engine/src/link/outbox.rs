use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use model::{
    AccountId, CallFact, CallState, Connection, ConnectionState, Event, Gap, Problem, ProblemCode, Queue,
    Time,
};
use protocols::Instant;
use providers::{ActionId, Capabilities, Report};
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};

use crate::{Clock, Incoming, check::Proof};

/// A sign of life is told this often at most.
const HEARD_EVERY: Duration = Duration::from_secs(5);

/// A socket that was fine for this long was brought back without anything being missed.
const FINE_FOR: Duration = Duration::from_secs(60);

/// More calls than this nobody counts.
const MOST_FETCHED: usize = 1_000;
/// Nobody waits for so many answers at once.
const MOST_PROOFS: usize = 8;

/// So many events are handed over at once: enough to make the handing over cheap, few enough to stay in the cache.
const BATCH: usize = 64;

/// What one account tells the engine, in order: its connection as it comes and goes, its facts, its gaps.
pub(super) struct Outbox {
    account: AccountId,
    clock: Arc<dyn Clock>,
    out: mpsc::Sender<Incoming>,
    waiting: Vec<Incoming>,
    /// The events of the last report, for which the next one makes room.
    usual: usize,
    /// As it was told last; the last sign of life is in `heard_at`.
    connection: Connection,
    heard_at: Option<Instant>,
    capabilities: Option<Capabilities>,
    /// The pause that was told last.
    retry_at: Option<Instant>,
    heard_told_at: Option<Instant>,
    /// The last sign of life before the connection was lost, until what was missed has been asked for.
    lost_at: Option<Time>,
    /// The calls of that time that were told of since.
    fetched: BTreeSet<String>,
    /// Since when nothing has been lost.
    whole_since: Instant,
    /// Calls told of whose end was not, with what the next session needs to know of them.
    open_calls: BTreeMap<String, CallFact>,
    /// The queues in which somebody waits, as they are when nobody does.
    waited_in: BTreeMap<String, (Queue, QueueHeard)>,
    /// A gap that was told as not filled, while its session may still fill it.
    unfilled: Option<Gap>,
    /// What of the gap is lost for good.
    missed: Option<String>,
    /// Whether what happened before the connection was live has been asked for.
    caught_up: bool,
    /// Actions under way.
    acting: Vec<ActionId>,
    /// Who waits for the next sign of life, and since when.
    proving: Vec<(Instant, oneshot::Sender<Proof>)>,
}

/// Which session told of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QueueHeard {
    Now,
    Before,
}

/// Nobody listens any more.
#[derive(Debug)]
pub(super) struct Unheard;

impl Outbox {
    pub(super) fn new(
        account: AccountId,
        clock: Arc<dyn Clock>,
        out: mpsc::Sender<Incoming>,
        open_calls: Vec<CallFact>,
        heard_until: Option<Time>,
    ) -> Self {
        let connection = Connection {
            state: ConnectionState::Stopped,
            since: clock.wall(),
            retry_at: None,
            problem: None,
            last_heard_at: None,
            transport: None,
        };
        Self {
            account,
            out,
            waiting: Vec::new(),
            usual: 1,
            connection,
            heard_at: None,
            capabilities: None,
            retry_at: None,
            heard_told_at: None,
            lost_at: heard_until,
            fetched: BTreeSet::new(),
            whole_since: clock.now(),
            open_calls: open_calls.into_iter().map(|fact| (fact.id.clone(), fact)).collect(),
            waited_in: BTreeMap::new(),
            unfilled: None,
            missed: None,
            caught_up: false,
            acting: Vec::new(),
            proving: Vec::new(),
            clock,
        }
    }

    /// Hands over what there is; waits while the engine is behind.
    pub(super) async fn flush(&mut self) -> Result<(), Unheard> {
        let much = self.is_full();
        for incoming in self.waiting.drain(..) {
            if let Incoming::Report { events, .. } = &incoming {
                self.usual = events.len().clamp(1, BATCH);
            }
            self.out.send(incoming).await.map_err(|_| Unheard)?;
        }
        if much {
            // More would be memory that waits while the engine could have taken it.
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    /// What there is, for somebody who does not wait.
    pub(super) fn take(&mut self) -> Vec<Incoming> {
        std::mem::take(&mut self.waiting)
    }

    /// What the session reports; gives the secret it has from here on, if it has another one.
    pub(super) fn report(&mut self, now: Instant, report: Report) -> Option<SecretString> {
        match report {
            Report::Live { transport } => self.live(now, transport),
            Report::Interrupted => self.interrupted(now),
            Report::Resynced(result) => self.resynced(result),
            Report::Missed(what) => self.missed(what),
            Report::Event(Event::Heard) => self.heard(now),
            Report::Event(event) => self.push(event),
            Report::Done(id, result) => self.done(id, result),
            Report::Secret(secret) => return Some(secret),
        }
        None
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether so much waits that it should be handed over before more is read.
    pub(super) fn is_full(&self) -> bool {
        match self.waiting.last() {
            Some(Incoming::Report { events, .. }) => events.len() >= BATCH || self.waiting.len() >= 16,
            _ => self.waiting.len() >= 16,
        }
    }

    /// Calls whose end was not told.
    pub(super) fn open_calls(&self) -> Vec<CallFact> {
        self.open_calls.values().cloned().collect()
    }

    fn keep_open(&mut self, fact: &CallFact) {
        if fact.state == Some(CallState::Ended) {
            self.open_calls.remove(&fact.id);
        } else {
            let known =
                self.open_calls.entry(fact.id.clone()).or_insert_with(|| CallFact::of(fact.id.as_str()));
            known.state = fact.state.or(known.state);
            known.direction = fact.direction.or(known.direction);
            known.key = fact.key.clone().or_else(|| known.key.take());
            known.line = fact.line.clone().or_else(|| known.line.take());
            known.mine = if fact.passed_on { None } else { fact.mine.or(known.mine) };
        }
    }

    fn count_fetched(&mut self, fact: &CallFact) {
        let from = self.lost_at.or(self.unfilled.as_ref().map(|gap| gap.from));
        if let (Some(from), Some(at)) = (from, fact.ended_at.or(fact.started_at))
            && at >= from
            && self.fetched.len() < MOST_FETCHED
        {
            self.fetched.insert(fact.id.clone());
        }
    }

    pub(super) fn push(&mut self, event: Event) {
        if let Event::Call(fact) = &event {
            self.keep_open(fact);
            self.count_fetched(fact);
        } else if let Event::Queue(queue) = &event {
            self.waited_in.remove(&queue.id);
            if !queue.waiting.is_empty() {
                let empty = Queue { waiting: Vec::new(), ..queue.clone() };
                self.waited_in.insert(queue.id.clone(), (empty, QueueHeard::Now));
            }
        }
        if let Some(Incoming::Report { events, .. }) = self.waiting.last_mut() {
            events.push(event);
        } else {
            let mut events = Vec::with_capacity(self.usual);
            events.push(event);
            self.waiting.push(Incoming::Report {
                account: self.account.clone(),
                at: self.clock.wall(),
                events,
            });
        }
    }

    // --- the connection ---

    pub(super) fn connecting(&mut self) {
        self.capabilities = None;
        // What a live connection lacked is no reason to connect.
        let live = self.connection.state == ConnectionState::Live;
        let problem = self.connection.problem.take().filter(|_| !live);
        self.turn(ConnectionState::Connecting, None, problem);
    }

    pub(super) fn live(&mut self, now: Instant, transport: &'static str) {
        self.heard_at = Some(now);
        self.connection.transport = Some(transport.to_owned());
        let lacking = self.connection.problem.take();
        let lacking = lacking.filter(|_| self.connection.state == ConnectionState::Live);
        self.turn(ConnectionState::Live, None, lacking);
    }

    pub(super) fn waiting(&mut self, retry_at: Time, problem: &Problem, at: Instant) {
        let told = self.connection.state == ConnectionState::Waiting && self.retry_at == Some(at);
        self.retry_at = Some(at);
        if !told {
            self.turn(ConnectionState::Waiting, Some(retry_at), Some(problem.clone()));
        }
    }

    pub(super) fn sign_in(&mut self, problem: &Problem) {
        self.rest(ConnectionState::SignIn, problem);
    }

    pub(super) fn given_up(&mut self, problem: &Problem) {
        self.rest(ConnectionState::Stopped, problem);
    }

    pub(super) fn stopped(&mut self) {
        if self.connection.state != ConnectionState::Stopped {
            self.turn(ConnectionState::Stopped, None, None);
        }
    }

    fn rest(&mut self, state: ConnectionState, problem: &Problem) {
        if self.connection.state != state {
            self.turn(state, None, Some(problem.clone()));
        }
    }

    fn turn(&mut self, state: ConnectionState, retry_at: Option<Time>, problem: Option<Problem>) {
        if state != self.connection.state {
            self.connection.since = self.clock.wall();
        }
        if state != ConnectionState::Live {
            self.caught_up = false;
            self.connection.transport = None;
        }
        self.connection.state = state;
        self.connection.retry_at = retry_at;
        self.connection.problem = problem;
        self.connection.last_heard_at = self.last_heard_at();
        self.push(Event::Connection(self.connection.clone()));
    }

    // --- signs of life, and times without ---

    /// Something came in.
    pub(super) fn heard(&mut self, now: Instant) {
        self.heard_at = Some(now);
        if self.heard_told_at.is_some_and(|told_at| now - told_at < HEARD_EVERY) {
            return;
        }
        self.heard_told_at = Some(now);
        self.push(Event::Heard);
    }

    /// The next sign of life is told to this one; nothing is where the connection is not live.
    pub(super) fn prove(&mut self, now: Instant, reply: oneshot::Sender<Proof>) {
        if self.connection.state == ConnectionState::Live && self.proving.len() < MOST_PROOFS {
            self.proving.push((now, reply));
        }
    }

    pub(super) fn proves(&self) -> bool {
        !self.proving.is_empty()
    }

    /// Something came in after it was asked for.
    pub(super) fn proven(&mut self, now: Instant, skew: Option<i64>) {
        for (asked_at, reply) in self.proving.drain(..) {
            // Whoever asked may have gone.
            reply.send(Proof { answered_within: now - asked_at, skew_seconds: skew }).ok();
        }
    }

    fn last_heard_at(&self) -> Option<Time> {
        let ago = self.clock.now() - self.heard_at?;
        let ago = i64::try_from(ago.as_millis()).unwrap_or(i64::MAX);
        Some(Time::from_millis(self.clock.wall().as_millis().saturating_sub(ago)))
    }

    /// Events do not flow, and the session mends that by itself.
    pub(super) fn interrupted(&mut self, now: Instant) {
        if self.connection.state == ConnectionState::Live {
            self.lost(now);
            self.turn(ConnectionState::Connecting, None, None);
        }
    }

    /// The way on which messages came is gone.
    pub(super) fn lost(&mut self, now: Instant) {
        if self.connection.state == ConnectionState::Live {
            if self.lost_at.is_none() || now - self.whole_since >= FINE_FOR {
                self.missed = None;
                self.lost_at = self.last_heard_at();
            }
            self.whole_since = now;
        }
    }

    /// What was missed has been asked for; what could not be had is told with the connection until it can.
    pub(super) fn resynced(&mut self, result: Result<(), Problem>) {
        if self.connection.state != ConnectionState::Live {
            // The answer to a question of before: whatever comes now may be missed, and is asked for when live again.
            return;
        }
        self.caught_up = true;
        self.empty_queues();
        let lacking = result.err();
        let lacked = lacking.as_ref().map(|problem| problem.text.as_str());
        let texts: Vec<&str> = self.missed.as_deref().into_iter().chain(lacked).collect();
        let note = Some(texts.join(" ")).filter(|note| !note.is_empty());
        let may_be_filled = lacking.is_some();
        if self.connection.problem != lacking {
            self.turn(ConnectionState::Live, None, lacking);
        }
        let fetched = u32::try_from(self.fetched.len()).ok();
        let gap = match (self.lost_at.take(), self.unfilled.take()) {
            (Some(from), _) => Gap { from, to: self.clock.wall(), filled: note.is_none(), note, fetched },
            (None, Some(unfilled)) if unfilled.note != note => {
                Gap { filled: note.is_none(), note, fetched, ..unfilled }
            }
            (None, unfilled) => {
                self.unfilled = unfilled;
                return;
            }
        };
        self.unfilled = Some(gap.clone()).filter(|_| may_be_filled);
        if self.unfilled.is_none() {
            self.fetched.clear();
        }
        self.push(Event::Gap(gap));
    }

    /// Nobody is said to wait in a queue of which a new session knows nothing.
    fn empty_queues(&mut self) {
        let gone = self.waited_in.extract_if(.., |_, (_, heard)| *heard == QueueHeard::Before);
        let empty: Vec<Queue> = gone.map(|(_, (empty, _))| empty).collect();
        empty.into_iter().for_each(|queue| self.push(Event::Queue(queue)));
    }

    /// Something is lost for good.
    fn missed(&mut self, what: String) {
        if self.caught_up {
            let to = self.clock.wall();
            let from = self.last_heard_at().unwrap_or(to);
            self.push(Event::Gap(Gap { from, to, filled: false, note: Some(what), fetched: None }));
        } else {
            self.missed = Some(what);
        }
    }

    // --- actions ---

    pub(super) fn acting(&mut self, id: ActionId) {
        self.acting.push(id);
    }

    pub(super) fn done(&mut self, id: ActionId, result: Result<(), Problem>) {
        self.acting.retain(|acting| *acting != id);
        self.waiting.push(Incoming::Done(id, result));
    }

    /// There is no session to do it.
    pub(super) fn refuse(&mut self, id: ActionId) {
        let problem = self.connection.problem.clone().unwrap_or_else(not_connected);
        self.waiting.push(Incoming::Done(id, Err(problem)));
    }

    /// The session is over, and with it whatever it was doing.
    pub(super) fn left(&mut self, problem: Option<&Problem>) {
        self.lost(self.clock.now());
        self.proving.clear();
        self.unfilled = None;
        self.waited_in.values_mut().for_each(|(_, heard)| *heard = QueueHeard::Before);
        for id in std::mem::take(&mut self.acting) {
            let problem = problem.cloned().unwrap_or_else(not_connected);
            self.waiting.push(Incoming::Done(id, Err(problem)));
        }
    }

    pub(super) fn capable(&mut self, capabilities: Capabilities) {
        if self.capabilities != Some(capabilities) {
            self.capabilities = Some(capabilities);
            self.waiting.push(Incoming::Capabilities(self.account.clone(), capabilities));
        }
    }
}

fn not_connected() -> Problem {
    Problem::new(ProblemCode::Unreachable, "The account is not connected; try again when it is.")
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
