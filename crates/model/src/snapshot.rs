mod calls;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};

use crate::{
    AccountId, Availability, Call, CallId, Change, Connection, ConnectionState, Event, Gap, Person,
    PersonFact, PersonId, Queue, Time, Unknown,
};

/// How many ended calls are remembered: enough for a day's list, and for telling late events of an ended call
/// from a new call.
const ENDED_CALLS: usize = 1_000;
const GAPS: usize = 100;
/// More calls than this are not open at once in any company; a provider that never ends one fills no memory.
const OPEN_CALLS: usize = 5_000;
/// More queues than this no company has.
const QUEUES: usize = 1_000;
/// Names of unknown things are the other side's; their number is bounded here.
const UNKNOWN_NAMES: usize = 200;

/// All that is known, folded from events; the engine owns the only one.
#[derive(Debug, Default)]
pub struct Snapshot {
    accounts: BTreeMap<AccountId, AccountFacts>,
    open: BTreeMap<CallId, Arc<Call>>,
    /// Newest last.
    ended: VecDeque<Arc<Call>>,
    ended_ids: HashSet<CallId>,
    /// What makes calls of two accounts the same call.
    keys: HashMap<String, CallId>,
    /// Who else tells of an open call, besides its account.
    witnesses: BTreeMap<CallId, BTreeSet<AccountId>>,
}

/// What is known of one account.
#[derive(Debug, Default)]
pub struct AccountFacts {
    /// How it stands with its provider.
    pub connection: Option<Connection>,
    /// By the provider's ids.
    pub people: BTreeMap<Box<str>, Arc<Person>>,
    /// The provider's id of the account's owner.
    pub me: Option<Box<str>>,
    /// Who was told of while the connection is being made: what is known of all others is from before it.
    early: BTreeSet<Box<str>>,
    /// By the provider's ids.
    pub queues: BTreeMap<String, Queue>,
    /// The latest, newest last.
    pub gaps: VecDeque<Gap>,
    /// What was skipped, by name.
    pub unknown: BTreeMap<String, u64>,
}

impl Snapshot {
    /// Folds one event of `account`, heard at `at`, and tells what is different; nothing if it was known.
    pub fn apply(&mut self, account: &AccountId, at: Time, event: Event) -> Vec<Change> {
        let mut changes = Vec::new();
        self.apply_to(account, at, event, &mut changes);
        changes
    }

    /// Like [`Snapshot::apply`], adding to what has changed already.
    pub fn apply_to(&mut self, account: &AccountId, at: Time, event: Event, changes: &mut Vec<Change>) {
        match event {
            Event::Connection(connection) => self.connection(account, connection, changes),
            Event::Heard => {
                if let Some(connection) = self.account(account).connection.as_mut() {
                    connection.last_heard_at = Some(at);
                }
            }
            Event::People(facts) => self.people(account, at, facts, changes),
            Event::Person(fact) => match self.accounts.get_mut(account) {
                Some(facts) => changes.extend(facts.person(account, at, fact)),
                None => changes.extend(self.account(account).person(account, at, fact)),
            },
            Event::Call(fact) => {
                changes.extend(self.call(account, at, *fact));
                changes.extend(self.lose_surplus(at));
            }
            Event::Queue(queue) => changes.extend(self.queue(account, queue)),
            Event::Ticket(ticket) => changes.push(Change::Ticket { account: account.clone(), ticket }),
            Event::Gap(gap) => {
                let facts = self.account(account);
                // What was missed has been asked for: who was not told of is as they were, unless that is what lacks.
                if facts.is_live() && facts.connection.as_ref().is_some_and(|known| known.problem.is_none()) {
                    facts.turn(account, false, |_| true, changes);
                }
                let gaps = &mut facts.gaps;
                // What could not be fetched at first may have been fetched since.
                gaps.retain(|known| known.from != gap.from);
                push_bounded(gaps, gap.clone(), GAPS);
                changes.push(Change::Gap { account: account.clone(), gap });
            }
            Event::Unknown { name } => changes.push(self.unknown(account, name)),
        }
    }

    /// A gap from before the program was started.
    pub fn remember_gap(&mut self, account: &AccountId, gap: Gap) {
        push_bounded(&mut self.account(account).gaps, gap, GAPS);
    }

    /// What makes a call the same one in another account, from before the program was started.
    pub fn remember_key(&mut self, key: String, call: CallId) {
        self.keys.insert(key, call);
    }

    /// The call that is the same one in every account that tells of this key.
    pub fn call_of_key(&self, key: &str) -> Option<&CallId> {
        self.keys.get(key)
    }

    /// A key of this call; looked for among all.
    pub fn key_of(&self, call: &CallId) -> Option<&str> {
        self.keys.iter().find(|(_, known)| *known == call).map(|(key, _)| key.as_str())
    }

    /// Knows of an account before anything is heard of it.
    pub fn expect(&mut self, account: &AccountId) {
        self.account(account);
    }

    /// Forgets an account that was removed from the settings, and its calls that no other account tells of.
    pub fn remove(&mut self, account: &AccountId) {
        self.accounts.remove(account);
        self.witnesses.retain(|_, witnesses| {
            witnesses.remove(account);
            !witnesses.is_empty()
        });
        self.open.retain(|id, call| {
            if call.account == *account {
                let next = self.witnesses.get_mut(id).and_then(BTreeSet::pop_first);
                let Some(next) = next else { return false };
                Arc::make_mut(call).account = next;
            }
            true
        });
    }

    /// What is known of each account.
    pub fn accounts(&self) -> impl Iterator<Item = (&AccountId, &AccountFacts)> {
        self.accounts.iter()
    }

    /// Calls that have not ended, by id.
    pub fn open_calls(&self) -> impl Iterator<Item = &Arc<Call>> {
        self.open.values()
    }

    /// Calls that have ended, newest first.
    pub fn ended_calls(&self) -> impl Iterator<Item = &Arc<Call>> {
        self.ended.iter().rev()
    }

    /// An open or ended call.
    pub fn find_call(&self, id: &CallId) -> Option<&Arc<Call>> {
        self.open.get(id).or_else(|| self.ended.iter().rev().find(|call| call.id == *id))
    }

    /// A person by the id that views show.
    pub fn person(&self, id: &PersonId) -> Option<&Arc<Person>> {
        let (account, local) = id.as_str().split_once('/')?;
        self.accounts.get(&AccountId::from(account))?.people.get(local)
    }

    /// Whether what is known of an account is what is true: it is live, or nothing has been said of its connection.
    pub fn may_be_live(&self, account: &AccountId) -> bool {
        self.accounts.get(account).is_none_or(AccountFacts::is_live)
    }

    /// How an account stands; `None` if nothing has been said of it.
    pub fn connection_of(&self, account: &AccountId) -> Option<&Connection> {
        self.accounts.get(account)?.connection.as_ref()
    }

    /// The owner of `account`.
    pub fn me(&self, account: &AccountId) -> Option<&Arc<Person>> {
        let facts = self.accounts.get(account)?;
        facts.people.get(facts.me.as_deref()?)
    }

    fn account(&mut self, account: &AccountId) -> &mut AccountFacts {
        self.accounts.entry(account.clone()).or_default()
    }

    fn connection(&mut self, account: &AccountId, mut connection: Connection, changes: &mut Vec<Change>) {
        let facts = self.account(account);
        let before = facts.connection.as_ref();
        if connection.last_heard_at.is_none() {
            connection.last_heard_at = before.and_then(|before| before.last_heard_at);
        }
        if before == Some(&connection) {
            return;
        }
        let turned = before.is_none_or(|before| before.state != connection.state);
        let state = connection.state;
        changes.push(Change::Connection { account: account.clone(), connection: connection.clone() });
        facts.connection = Some(connection);
        if turned {
            let early = std::mem::take(&mut facts.early);
            let stale = state != ConnectionState::Live;
            facts.turn(account, stale, |id| stale || early.contains(id), changes);
        }
    }

    fn people(&mut self, account: &AccountId, at: Time, list: Vec<PersonFact>, changes: &mut Vec<Change>) {
        let facts = self.account(account);
        let mut absent = std::mem::take(&mut facts.people);
        for fact in list {
            if let Some((id, person)) = absent.remove_entry(fact.id.as_str()) {
                facts.people.insert(id, person);
            }
            changes.extend(facts.person(account, at, fact));
        }
        changes.extend(
            absent.into_values().map(|person| Change::PersonLeft { account: account.clone(), person }),
        );
    }

    fn queue(&mut self, account: &AccountId, mut queue: Queue) -> Option<Change> {
        let known = &mut self.account(account).queues;
        let id = std::mem::take(&mut queue.id);
        queue.id = format!("{account}/{id}");
        if known.get(&id) == Some(&queue) || known.len() >= QUEUES && !known.contains_key(&id) {
            return None;
        }
        known.insert(id, queue.clone());
        Some(Change::Queue { account: account.clone(), queue })
    }

    fn unknown(&mut self, account: &AccountId, name: String) -> Change {
        let counts = &mut self.account(account).unknown;
        let name = if counts.len() < UNKNOWN_NAMES || counts.contains_key(&name) {
            name
        } else {
            "other".to_owned()
        };
        let count = counts.entry(name.clone()).or_default();
        *count += 1;
        Change::Unknown { account: account.clone(), unknown: Unknown { name, count: *count } }
    }
}

impl AccountFacts {
    /// Whether it is live, or nothing has been said of its connection.
    fn is_live(&self) -> bool {
        self.connection.as_ref().is_none_or(|connection| connection.state == ConnectionState::Live)
    }

    /// Makes what is known of `whom` old, or no longer old.
    fn turn(
        &mut self,
        account: &AccountId,
        stale: bool,
        whom: impl Fn(&str) -> bool,
        changes: &mut Vec<Change>,
    ) {
        for (_, person) in self.people.iter_mut().filter(|(id, person)| person.stale != stale && whom(id)) {
            Arc::make_mut(person).stale = stale;
            changes.push(Change::Person { account: account.clone(), person: Arc::clone(person) });
        }
    }

    fn person(&mut self, account: &AccountId, at: Time, fact: PersonFact) -> Option<Change> {
        let stale = !self.is_live();
        let tells = fact.availability.is_some() || fact.dnd.is_some();
        if stale && tells {
            self.early.insert(fact.id.as_str().into());
        }
        if fact.me == Some(true) && self.me.as_deref() != Some(fact.id.as_str()) {
            self.me = Some(fact.id.as_str().into());
        }
        let me = self.me.as_deref() == Some(fact.id.as_str());
        let Some(known) = self.people.get_mut(fact.id.as_str()) else {
            let mut person = Person {
                id: PersonId::new(account, &fact.id),
                name: None,
                number: None,
                department: None,
                me,
                availability: Availability::Unknown,
                since: None,
                status: None,
                dnd: false,
                dnd_until: None,
                stale,
            };
            let key = fact.id.as_str().into();
            merge_person(&mut person, at, fact);
            let person = Arc::new(person);
            self.people.insert(key, Arc::clone(&person));
            return Some(Change::Person { account: account.clone(), person });
        };
        let mut person = Person::clone(known);
        person.me = me;
        person.stale &= stale || !tells;
        merge_person(&mut person, at, fact);
        if **known == person {
            return None;
        }
        *known = Arc::new(person);
        Some(Change::Person { account: account.clone(), person: Arc::clone(known) })
    }
}

fn merge_person(person: &mut Person, at: Time, fact: PersonFact) {
    person.name = fact.name.or(person.name.take());
    person.number = fact.number.or(person.number.take());
    if let Some(availability) = fact.availability {
        if availability != person.availability {
            person.since = Some(fact.since.unwrap_or(at));
        } else if fact.since.is_some() {
            person.since = fact.since;
        }
        person.availability = availability;
    }
    if let Some(department) = fact.department {
        person.department = Some(department).filter(|department| !department.is_empty());
    }
    if let Some(status) = fact.status {
        person.status = Some(status).filter(|status| !status.is_empty());
    }
    if let Some(dnd) = fact.dnd {
        person.dnd = dnd.is_some();
        person.dnd_until = dnd.flatten();
    }
}

/// Gives what had to make room.
fn push_bounded<T>(queue: &mut VecDeque<T>, item: T, most: usize) -> Option<T> {
    let forgotten = if queue.len() >= most { queue.pop_front() } else { None };
    queue.push_back(item);
    forgotten
}
