//! The account that is put to the test: the whole engine with one account, and everything it shows, written down.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Result, ensure};
use engine::{
    Alert, AlertKind, Command, Face, FixedSecrets, Handle, HostEvent, Incoming, Names, Observed, Parts,
    Settings, control::Control as _,
};
use model::{Call, CallId, CallState, Change, ConnectionState, Gap, ProblemCode, Time};
use tokio::{
    sync::{Notify, mpsc},
    task::JoinHandle,
    time::Instant,
};

use crate::clock::MovedClock;

/// What was seen so far.
#[derive(Default)]
pub struct Seen {
    /// The connection's states, and what was wrong.
    pub states: Vec<(Instant, ConnectionState, Option<ProblemCode>)>,
    /// The times that were told as not heard.
    pub gaps: Vec<(Instant, Gap)>,
    /// Calls by the last digits of their number.
    pub calls: BTreeMap<String, Vec<CallId>>,
    numbers: BTreeMap<CallId, String>,
    open: BTreeMap<CallId, CallState>,
    /// Incoming calls that are shown.
    pub showing: BTreeMap<CallId, Instant>,
    /// Every alert for an incoming call that was not there before.
    pub shown: Vec<(Instant, CallId)>,
}

impl Seen {
    /// The connection's state.
    pub fn state(&self) -> Option<ConnectionState> {
        self.states.last().map(|(_, state, _)| *state)
    }

    /// Whether it is live.
    pub fn is_live(&self) -> bool {
        self.state() == Some(ConnectionState::Live)
    }

    /// Whether a call from this number is shown as ringing.
    pub fn shows(&self, number: &str) -> bool {
        self.showing.keys().any(|call| self.is_from(call, number))
    }

    /// How many alerts began for calls from this number since then.
    pub fn times_shown(&self, number: &str, since: Instant) -> usize {
        self.shown.iter().filter(|(at, call)| *at >= since && self.is_from(call, number)).count()
    }

    /// Whether a call from this number was heard of.
    pub fn knows(&self, number: &str) -> bool {
        self.calls.contains_key(digits(number))
    }

    /// Whether every call from this number is over, as far as is known.
    pub fn is_over(&self, number: &str) -> bool {
        let calls = self.calls.get(digits(number)).into_iter().flatten();
        calls.into_iter().all(|call| self.open.get(call) == Some(&CallState::Ended))
    }

    fn is_from(&self, call: &CallId, number: &str) -> bool {
        self.numbers.get(call).is_some_and(|known| known == digits(number))
    }

    fn call(&mut self, call: &Call) {
        self.open.insert(call.id.clone(), call.state);
        let number = call.peer.number.as_ref().map(model::PhoneNumber::as_str);
        if let Some(number) = number.or(call.peer.raw.as_deref()).map(|text| digits(text).to_owned())
            && self.numbers.insert(call.id.clone(), number.clone()).is_none()
        {
            self.calls.entry(number).or_default().push(call.id.clone());
        }
    }
}

/// The end of a number, which every vendor spells alike.
fn digits(number: &str) -> &str {
    number.get(number.len().saturating_sub(8)..).unwrap_or(number)
}

#[derive(Clone, Default)]
struct Book(Arc<Mutex<Seen>>, Arc<Notify>);

impl Book {
    fn open(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Face for Book {
    fn show(&mut self, alert: &Alert) {
        let now = Instant::now();
        if alert.kind == AlertKind::Incoming {
            let mut seen = self.open();
            if seen.showing.insert(alert.call.clone(), now).is_none() {
                seen.shown.push((now, alert.call.clone()));
            }
        } else {
            self.open().showing.remove(&alert.call);
        }
        self.1.notify_waiters();
    }

    fn withdraw(&mut self, call: &CallId) {
        self.open().showing.remove(call);
        self.1.notify_waiters();
    }
}

/// See the module.
pub struct Subject {
    handle: Handle,
    queue: mpsc::Sender<Incoming>,
    /// Its time.
    pub clock: Arc<MovedClock>,
    book: Book,
    engine: JoinHandle<()>,
    noting: JoinHandle<()>,
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.engine.abort();
        self.noting.abort();
    }
}

impl Subject {
    /// The engine with the account of these settings and its secret.
    ///
    /// # Errors
    /// If the settings are wrong.
    pub fn start(settings: &str, secret: &str) -> Result<Self> {
        Self::knowing(Names::default(), settings, secret)
    }

    /// The same with these names of servers.
    ///
    /// # Errors
    /// If the settings are wrong.
    pub fn knowing(names: Names, settings: &str, secret: &str) -> Result<Self> {
        let settings = Settings::parse(settings);
        ensure!(settings.faults.is_empty(), "{:?}", settings.faults);
        let secrets = settings.accounts.iter().map(|account| (account.id.clone(), secret.to_owned().into()));
        let secrets = Arc::new(FixedSecrets::new(secrets.collect::<Vec<_>>()));
        let (book, clock) = (Book::default(), Arc::new(MovedClock::default()));
        let (observer, observed) = mpsc::channel(64);
        let parts = Parts {
            clock: Arc::<MovedClock>::clone(&clock),
            names,
            secrets,
            faces: vec![Box::new(book.clone())],
            observer: Some(observer),
            ..Parts::default()
        };
        let (queue, taken) = engine::queue();
        let (handle, engine) = engine::start(settings, parts, (queue.clone(), taken));
        let noting = tokio::spawn(note(book.clone(), observed));
        Ok(Self { handle, queue, clock, book, engine, noting })
    }

    /// What was seen so far.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.book.open()
    }

    /// Waits until it is so, and gives when; `None` if it is not within this time.
    pub async fn until(&self, within: Duration, is_so: impl Fn(&Seen) -> bool) -> Option<Instant> {
        let wait = async {
            loop {
                let next = self.book.1.notified();
                tokio::pin!(next);
                next.as_mut().enable();
                if is_so(&self.seen()) {
                    return Instant::now();
                }
                next.await;
            }
        };
        tokio::time::timeout(within, wait).await.ok()
    }

    /// The computer tells something.
    pub async fn host(&self, event: HostEvent) {
        // An engine that has ended is noticed by whoever waits for it.
        self.queue.send(Incoming::Host(event)).await.ok();
    }

    /// A person asks to connect now.
    pub async fn retry(&self) {
        // As above.
        self.handle.act(Command::Retry { account: None }).await.ok();
    }
}

async fn note(book: Book, mut observed: mpsc::Receiver<Vec<(Time, Observed)>>) {
    while let Some(batch) = observed.recv().await {
        let now = Instant::now();
        {
            let mut seen = book.open();
            for (_, observed) in batch {
                let Observed::Change(change) = observed else { continue };
                match change {
                    Change::Connection { connection, .. } => {
                        let code = connection.problem.map(|problem| problem.code);
                        seen.states.push((now, connection.state, code));
                    }
                    Change::Call { call, .. } => seen.call(&call),
                    Change::Gap { gap, .. } => seen.gaps.push((now, gap)),
                    Change::Person { .. }
                    | Change::PersonLeft { .. }
                    | Change::Queue { .. }
                    | Change::Ticket { .. }
                    | Change::Corrected { .. }
                    | Change::Unknown { .. } => {}
                }
            }
        }
        book.1.notify_waiters();
    }
}
