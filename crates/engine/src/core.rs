//! The one owner of what is known: facts and commands in, alerts and effects out. It does no I/O.

mod alerts;
mod discretion;
mod past;
mod settled;
mod undisturbed;

pub(crate) use undisturbed::DndSwitch;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use model::{
    AccountId, AddressBook, Alerted, Call, CallFact, CallId, CallState, Change, Checked, ConnectionState,
    Event, Person, PersonId, Problem, ProblemCode, Snapshot, Time, View,
};
use protocols::Instant;
use providers::{ActionId, Capabilities};

use crate::{
    Account, Alert, HostEvent, Notice, Order, Possible, Reply, Settings,
    alert::wishes::Wishes,
    camp::{Camps, Told},
    contacts::{Book, Callers},
    core::{alerts::Alerts, past::Past},
    desk::{NO_TRAY, Stranded},
    dnd::Dnd,
    look,
    store::Write,
};

/// Nothing rings longer than this without a connection that says so.
const RINGS_FOR_AT_MOST: Duration = Duration::from_secs(120);
/// Whoever waits in a queue may reach the person long after the connection is back.
const WAITS_FOR_AT_MOST: Duration = Duration::from_secs(15 * 60);

/// What the engine's loop must do for the [`Core`].
#[derive(Debug)]
pub enum Effect {
    /// Put an alert before the person, in place of a former one for the same call.
    Show(Alert),
    /// Take the alert of this call away.
    Withdraw(CallId),
    /// Open the popup window: this call rings.
    PopUp(CallId),
    /// Tell the person something that is not about a call.
    Tell(Notice),
    /// Take away what was told by this key.
    TakeBack(&'static str),
    /// Tell the link of an account.
    Order(AccountId, Order),
    /// Keep this of do-not-disturb, before anything that follows.
    Remember(Vec<u8>),
    /// Something for observers.
    Observed(Observed),
    /// Something for the history.
    Keep(Write),
}

/// What `watch` prints.
#[derive(Debug, Clone, PartialEq)]
pub enum Observed {
    /// Something is different.
    Change(Change),
    /// What was decided about a call, and why.
    Decided {
        /// Which call.
        call: CallId,
        /// What, and why.
        decided: Alerted,
    },
    /// So much was left out here, because nothing was read for a while.
    Skipped {
        /// How many changes and decisions.
        count: u64,
    },
}

/// See the module.
#[derive(Debug)]
pub struct Core {
    snapshot: Snapshot,
    settings: Settings,
    started_at: Time,
    alerts: Alerts,
    possible: Possible,
    /// Oldest first.
    missed: VecDeque<CallId>,
    past: Past,
    callers: Callers,
    address_books: Vec<AddressBook>,
    capabilities: BTreeMap<AccountId, Capabilities>,
    dnd: Dnd,
    /// What was kept of do-not-disturb cannot be understood and is left alone.
    dnd_forgets: bool,
    /// The person has been asked whether do-not-disturb is to stay on.
    dnd_asked: bool,
    /// Since when an account with ringing calls has been out of sight.
    away_since: BTreeMap<AccountId, Instant>,
    /// What is wrong with this computer's parts, by part.
    parts: BTreeMap<&'static str, Problem>,
    stranded: Stranded,
    checked: Option<Arc<Checked>>,
    next_action: u64,
    camps: Camps,
    /// The people marked as favourites; what keeps them is the loop.
    pub(crate) favourites: BTreeSet<PersonId>,
    observed: bool,
    effects: Vec<Effect>,
}

impl Core {
    /// Knows nothing yet; with `observed`, every change and decision is told.
    pub fn new(settings: Settings, wall: Time, observed: bool) -> Self {
        Self {
            snapshot: Snapshot::default(),
            settings,
            started_at: wall,
            alerts: Alerts::new(wall),
            possible: Possible::default(),
            missed: VecDeque::new(),
            past: Past::default(),
            callers: Callers::default(),
            address_books: Vec::new(),
            capabilities: BTreeMap::new(),
            dnd: Dnd::default(),
            dnd_forgets: false,
            dnd_asked: false,
            away_since: BTreeMap::new(),
            parts: BTreeMap::new(),
            stranded: Stranded::default(),
            checked: None,
            next_action: 0,
            camps: Camps::default(),
            favourites: BTreeSet::new(),
            observed,
            effects: Vec::new(),
        }
    }

    /// What is to be done since the last call, in order.
    pub fn effects(&mut self) -> std::vec::Drain<'_, Effect> {
        self.effects.drain(..)
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Other settings: accounts that are gone are forgotten.
    pub fn replace_settings(&mut self, settings: Settings) {
        let gone: Vec<AccountId> = self
            .snapshot
            .accounts()
            .map(|(id, _)| id.clone())
            .filter(|id| !settings.accounts.iter().any(|account| account.id == *id))
            .collect();
        for id in gone {
            self.out_of_sight(&id);
            self.snapshot.remove(&id);
            self.capabilities.remove(&id);
            self.away_since.remove(&id);
            self.past.forget(&id);
            self.camps.forget(&id);
            self.withdraw_ringing_of(&id);
            self.alerts.same.forget(&id);
            self.alerts.decisions.forget(&id);
        }
        for account in &settings.accounts {
            self.snapshot.expect(&account.id);
        }
        let accounts = settings.accounts.iter().map(|account| &account.id);
        self.dnd.settings(settings.section(crate::dnd::SECTION.name), accounts);
        self.alerts.wishes = Wishes::of(&settings);
        self.settings = settings;
        let plans = self.settings.accounts.iter();
        self.callers.plans(plans.map(|account| (account.id.clone(), account.numbers.clone())));
        for account in &self.settings.accounts {
            self.effects.push(Effect::Keep(Write::Account(account.id.clone(), self.started_at)));
        }
        self.reconsider_ringing();
    }

    /// Folds facts of an account.
    pub fn report(&mut self, now: Instant, account: &AccountId, at: Time, events: Vec<Event>) {
        // A link that was told to leave may still have something to say.
        if self.settings.account(account).is_none() {
            return;
        }
        self.alerts.wall = at;
        let mut changes = Vec::new();
        for mut event in events {
            if let Event::Call(fact) = &mut event
                && let Some(peer) = &mut fact.peer
            {
                self.callers.name(account, peer);
            }
            let key = self.unknown_key(&event);
            self.snapshot.apply_to(account, at, event, &mut changes);
            for change in changes.drain(..) {
                self.changed(now, change);
            }
            self.keep_key(key);
        }
    }

    /// Other address books: whoever calls is looked up again.
    pub fn address_books(&mut self, now: Instant, books: Vec<Arc<Book>>, states: Vec<AddressBook>) {
        self.callers.books(books);
        self.address_books = states;
        let callers = &self.callers;
        for change in self.snapshot.look_up(|peer| callers.find(peer)) {
            self.changed(now, change);
        }
    }

    /// What an account can do.
    pub fn able(&mut self, account: AccountId, capabilities: Capabilities) {
        self.dnd.able(&account, capabilities.dnd, capabilities.dnd_ends);
        self.capabilities.insert(account, capabilities);
    }

    /// A part of this computer works (`None`) or does not.
    pub fn part(&mut self, now: Instant, part: &'static str, problem: Option<Problem>) {
        if part == "tray" && self.stranded.tray(now, problem.as_ref()) {
            self.effects.push(Effect::TakeBack(NO_TRAY));
        }
        match problem {
            Some(problem) => self.parts.insert(part, problem),
            None => self.parts.remove(part),
        };
    }

    /// What is wrong with a part of this computer.
    pub fn wrong_with(&self, part: &str) -> Option<&Problem> {
        self.parts.get(part)
    }

    /// What a check has found.
    pub fn checked(&mut self, checked: Checked) {
        self.checked = Some(Arc::new(checked));
    }

    /// The computer tells: every connection is put to the proof.
    pub fn host(&mut self, event: HostEvent) {
        match event {
            HostEvent::Sleeping => {}
            HostEvent::Woken | HostEvent::NetworkChanged => {
                let accounts: Vec<_> =
                    self.settings.accounts.iter().map(|account| account.id.clone()).collect();
                self.effects.extend(accounts.into_iter().map(|id| Effect::Order(id, Order::Probe)));
            }
        }
    }

    /// The accounts that can do what `able` asks for.
    pub fn accounts_that(&self, able: impl Fn(&Capabilities) -> bool) -> Vec<AccountId> {
        let of = |account: &&Account| self.capabilities.get(&account.id).is_some_and(&able);
        self.settings.accounts.iter().filter(of).map(|account| account.id.clone()).collect()
    }

    /// A number no action had before.
    pub fn action_id(&mut self) -> ActionId {
        self.next_action += 1;
        ActionId(self.next_action)
    }

    /// A call by its id.
    pub fn call(&self, id: &CallId) -> Option<&Arc<Call>> {
        self.snapshot.find_call(id)
    }

    /// A queue by the id that views show, and whose it is.
    pub fn queue(&self, id: &str) -> Option<(&AccountId, &model::Queue)> {
        self.snapshot.accounts().find_map(|(account, facts)| {
            facts.queues.values().find(|queue| queue.id == id).map(|queue| (account, queue))
        })
    }

    /// The calls of an account that have not ended, as far as a session needs to know them.
    pub fn open_calls(&self, account: &AccountId) -> Vec<CallFact> {
        let own = self.snapshot.open_calls().filter(|call| call.account == *account);
        own.map(|call| CallFact {
            state: Some(call.state),
            direction: Some(call.direction),
            mine: call.mine,
            line: call.line.clone(),
            key: self.snapshot.key_of(&call.id).map(str::to_owned),
            ..CallFact::of(call.id.local())
        })
        .collect()
    }

    /// Lets go of calls that ring out of sight.
    pub fn tick(&mut self, now: Instant, wall: Time) {
        self.dnd.zone(jiff::tz::TimeZone::system());
        self.remind(wall);
        if self.past.note_alive_at <= now {
            self.note_alive(now);
        }
        self.effects.extend(self.stranded.tick(now).map(Effect::Tell));
        self.discretion_tick(now, wall);
        let due: Vec<AccountId> = self
            .away_since
            .iter()
            .filter(|&(_, &since)| since + RINGS_FOR_AT_MOST <= now)
            .map(|(id, _)| id.clone())
            .collect();
        for account in due {
            let waits = self.away_since.get(&account).is_some_and(|&since| since + WAITS_FOR_AT_MOST > now);
            if !waits {
                self.away_since.remove(&account);
            }
            for change in self.snapshot.lose_ringing(&account, wall, |call| !waits || !is_waiting(call)) {
                self.changed(now, change);
            }
        }
        let quiet = self.dnd.is_on();
        let snapshot = &self.snapshot;
        let told = self.camps.due(now, quiet, |id| snapshot.person(id).map(AsRef::as_ref));
        told.into_iter().for_each(|told| self.told(told));
    }

    /// A person by the id that views show.
    pub fn person(&self, id: &PersonId) -> Option<&Arc<Person>> {
        self.snapshot.person(id)
    }

    /// Waits for a colleague to be free.
    ///
    /// # Errors
    /// If there is nobody to wait for.
    pub fn tell_when_free(&mut self, now: Instant, wall: Time, id: &PersonId, minutes: Option<u32>) -> Reply {
        let person = self.snapshot.person(id).ok_or_else(nobody)?;
        self.camps.wait(now, wall, person, minutes)
    }

    /// No longer waits for a colleague.
    pub fn tell_no_more(&mut self, id: &PersonId) {
        self.camps.stop(id);
    }

    fn told(&mut self, told: Told) {
        self.effects.push(match told {
            Told::Show(alert) => Effect::Show(alert),
            Told::Withdraw(call) => Effect::Withdraw(call),
        });
    }

    /// What faces may show.
    pub fn view(&self) -> View {
        let mut view = View::of(&self.snapshot);
        view.missed = self.missed_count();
        view.address_books.clone_from(&self.address_books);
        view.dnd = self.dnd.view();
        view.alerts = self.decisions_of(view.calls.iter().chain(&view.recent));
        view.notes = self.notes_of(&view.calls);
        view.discretion = self.discretion();
        view.quiet_callers = self.quiet_callers();
        view.problems = self
            .parts
            .values()
            .chain(self.settings.faults.iter().map(|fault| &fault.problem))
            .cloned()
            .collect();
        view.hindered = hinders(&self.parts, &self.settings);
        view.checked = self.checked.clone();
        view.favourites = self.favourites.iter().cloned().collect();
        view.awaited = self.camps.awaited();
        view.look = look::of(&self.settings);
        view.accounts.retain(|seen| self.settings.accounts.iter().any(|account| account.id == seen.id));
        for account in &mut view.accounts {
            if let Some(known) = self.settings.account(&account.id) {
                account.provider = known.vendor.name.to_owned();
            }
            let able = self.capabilities.get(&account.id).copied().unwrap_or_default();
            account.can_dnd = able.dnd;
            account.can_dial = able.dial;
            account.can_pick_up = able.pick_up;
        }
        view
    }

    fn changed(&mut self, now: Instant, change: Change) {
        if self.observed {
            self.effects.push(Effect::Observed(Observed::Change(change.clone())));
        }
        if let Change::Person { person, .. } = &change
            && let Some(told) = self.camps.heard(now, person)
        {
            self.told(told);
        }
        match change {
            Change::Call { before, call, .. } => {
                self.effects.push(Effect::Keep(Write::Call(Arc::clone(&call))));
                self.rang(now, &call);
                self.call_changed(now, before, &call);
            }
            // As if it ended only now, for now is when the person can hear of it.
            Change::Corrected { call, .. } => {
                self.effects.push(Effect::Keep(Write::Call(Arc::clone(&call))));
                self.call_changed(now, Some(CallState::Ringing), &call);
            }
            Change::Connection { account, connection } => {
                self.dnd.connection(now, &account, connection.state == ConnectionState::Live);
                match connection.state {
                    ConnectionState::Live => {
                        self.note_first_alive(&account, connection.last_heard_at);
                        self.away_since.remove(&account);
                    }
                    ConnectionState::Connecting
                    | ConnectionState::Waiting
                    | ConnectionState::SignIn
                    | ConnectionState::Stopped => {
                        self.out_of_sight(&account);
                        self.away_since.entry(account).or_insert(now);
                    }
                }
            }
            // What happened in the gap has been asked for: whatever still rings is put before the person again.
            Change::Gap { account, gap } => {
                self.effects.push(Effect::Keep(Write::Alive(account.clone(), gap.to)));
                self.effects.push(Effect::Keep(Write::Gap(account.clone(), gap)));
                self.reconsider_all_of(&account);
            }
            // Whoever waits there can be picked up, or no longer.
            Change::Queue { account, .. } => self.reconsider_all_of(&account),
            Change::Person { account, person } if person.me && !person.stale => {
                self.shows_dnd(now, &account, &person);
            }
            Change::Person { .. }
            | Change::PersonLeft { .. }
            | Change::Ticket { .. }
            | Change::Unknown { .. } => {}
        }
    }
}

/// Whether calls can go unseen for what is wrong with this computer: an account that is left out is one of them.
fn hinders(parts: &BTreeMap<&'static str, Problem>, settings: &Settings) -> bool {
    parts.keys().any(|part| !matches!(*part, "tray" | "windows" | "hotkeys" | "favourites"))
        || settings.faults.iter().any(|fault| !fault.harmless)
}

/// Whether a call waits in a line, and rings nobody yet.
fn is_waiting(call: &Call) -> bool {
    call.line.is_some() && call.mine.is_none() && call.people.is_empty()
}

/// What to say when somebody is asked for who is not there.
pub(crate) fn nobody() -> Problem {
    Problem::new(
        ProblemCode::Settings,
        "There is no such colleague; `ringside people --json` shows the ids of those there are.",
    )
}

#[cfg(test)]
#[path = "core/alerts_tests.rs"]
mod alerts_tests;
#[cfg(test)]
mod proof;
#[cfg(test)]
#[path = "core_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "core_contacts_tests.rs"]
mod contacts_tests;
