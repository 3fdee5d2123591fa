use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};

use crate::{
    AccountId, Availability, Call, CallFact, CallId, CallState, Change, Connection, ConnectionState,
    Direction, Event, Gap, Outcome, Party, Peer, Person, PersonFact, PersonId, Queue, Time, Unknown,
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
                let gaps = &mut self.account(account).gaps;
                // What could not be fetched at first may have been fetched since.
                gaps.retain(|known| known.from != gap.from);
                push_bounded(gaps, gap.clone(), GAPS);
                changes.push(Change::Gap { account: account.clone(), gap });
            }
            Event::Unknown { name } => changes.push(self.unknown(account, name)),
        }
    }

    /// Ends every call of `account` that still rings as `lost`: called when the connection has been away for
    /// longer than anything rings.
    pub fn lose_ringing(&mut self, account: &AccountId, at: Time) -> Vec<Change> {
        let ringing: Vec<CallId> = self
            .open
            .values()
            .filter(|call| call.account == *account && call.state == CallState::Ringing)
            .map(|call| call.id.clone())
            .collect();
        ringing.into_iter().filter_map(|id| self.lose(account, at, id)).collect()
    }

    /// Lets go of the call that began first, if there are too many.
    fn lose_surplus(&mut self, at: Time) -> Option<Change> {
        if self.open.len() <= OPEN_CALLS {
            return None;
        }
        let oldest = self.open.values().min_by_key(|call| call.started_at)?;
        let (account, id) = (oldest.account.clone(), oldest.id.clone());
        self.lose(&account, at, id)
    }

    /// A gap from before the program was started.
    pub fn remember_gap(&mut self, account: &AccountId, gap: Gap) {
        push_bounded(&mut self.account(account).gaps, gap, GAPS);
    }

    /// Forgets ended calls, but for their ids: a late report makes none of them a new call.
    pub fn forget_ended(&mut self, unwanted: impl Fn(&Call) -> bool) {
        self.ended.retain(|call| !unwanted(call));
    }

    /// Forgets who was at the other end of a call.
    pub fn forget_peer(&mut self, id: &CallId) {
        let ended = self.ended.iter_mut().filter(|call| call.id == *id);
        for call in ended.chain(self.open.get_mut(id)) {
            let call = Arc::make_mut(call);
            call.peer = Peer { hidden: call.peer.hidden, ..Peer::default() };
        }
    }

    /// Looks up every caller again; tells of calls that have not ended and whose caller is somebody else now.
    pub fn look_up(&mut self, mut find: impl FnMut(&mut Peer)) -> Vec<Change> {
        let mut differs = |call: &mut Arc<Call>| {
            let mut peer = call.peer.clone();
            find(&mut peer);
            let differs = peer != call.peer;
            if differs {
                Arc::make_mut(call).peer = peer;
            }
            differs
        };
        for call in &mut self.ended {
            differs(call);
        }
        let open = self.open.values_mut().filter_map(|call| differs(call).then(|| Arc::clone(call)));
        open.map(|call| Change::Call {
            account: call.account.clone(),
            before: Some(call.state),
            was_mine: call.mine,
            call,
        })
        .collect()
    }

    fn lose(&mut self, account: &AccountId, at: Time, id: CallId) -> Option<Change> {
        let fact = CallFact {
            state: Some(CallState::Ended),
            outcome: Some(Outcome::Lost),
            ..CallFact::of(id.local())
        };
        self.fold(account, at, id, fact)
    }

    /// Knows of an account before anything is heard of it.
    pub fn expect(&mut self, account: &AccountId) {
        self.account(account);
    }

    /// Gives the open calls of an account that is no longer live to live ones that tell of them as well, and tells
    /// which.
    pub fn hand_over(&mut self, account: &AccountId) -> Vec<Arc<Call>> {
        let mut given = Vec::new();
        for (id, witnesses) in &mut self.witnesses {
            let Some(call) = self.open.get_mut(id).filter(|call| call.account == *account) else { continue };
            let live = |witness: &&AccountId| {
                let connection = self.accounts.get(*witness).and_then(|facts| facts.connection.as_ref());
                connection.is_some_and(|connection| connection.state == ConnectionState::Live)
            };
            if let Some(next) = witnesses.iter().find(live).cloned() {
                witnesses.remove(&next);
                witnesses.insert(account.clone());
                Arc::make_mut(call).account = next;
                given.push(Arc::clone(call));
            }
        }
        given
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
        self.connection_of(account).is_none_or(|connection| connection.state == ConnectionState::Live)
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
        let stale = connection.state != ConnectionState::Live;
        changes.push(Change::Connection { account: account.clone(), connection: connection.clone() });
        for person in facts.people.values_mut().filter(|person| person.stale != stale) {
            Arc::make_mut(person).stale = stale;
            changes.push(Change::Person { account: account.clone(), person: Arc::clone(person) });
        }
        facts.connection = Some(connection);
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

    fn call(&mut self, account: &AccountId, at: Time, fact: CallFact) -> Option<Change> {
        let id = fact
            .key
            .as_ref()
            .and_then(|key| self.keys.get(key).cloned())
            .unwrap_or_else(|| CallId::new(account, &fact.id));
        self.fold(account, at, id, fact)
    }

    fn fold(&mut self, account: &AccountId, at: Time, id: CallId, mut fact: CallFact) -> Option<Change> {
        let known = self.open.get(&id);
        if known.is_none() && self.ended_ids.contains(&id) {
            return self.correct(account, at, &id, fact);
        }
        let (before, was_mine) = (known.map(|call| call.state), known.and_then(|call| call.mine));
        let mut call = known.map_or_else(
            || Call {
                id: id.clone(),
                account: account.clone(),
                direction: Direction::Incoming,
                state: CallState::Ringing,
                mine: None,
                peer: Peer::default(),
                line: None,
                people: Vec::new(),
                started_at: Some(at),
                answered_at: None,
                ended_at: None,
                outcome: None,
            },
            |call| Call::clone(call),
        );
        if call.account != *account {
            let witnesses = self.witnesses.entry(id.clone()).or_default();
            witnesses.insert(account.clone());
            let blind = self.accounts.get(&call.account).and_then(|facts| facts.connection.as_ref());
            if blind.is_some_and(|connection| connection.state != ConnectionState::Live) {
                witnesses.remove(account);
                witnesses.insert(std::mem::replace(&mut call.account, account.clone()));
            }
        }
        let people = &self.account(account).people;
        let parties: Vec<Party> = fact
            .people
            .iter()
            .map(|local| match people.get(local.as_str()) {
                Some(person) => Party { id: person.id.clone(), name: person.name.clone() },
                None => Party { id: PersonId::new(account, local), name: None },
            })
            .collect();
        let key = fact.key.take().filter(|key| self.keys.get(key) != Some(&id));
        merge_call(&mut call, at, fact, parties);
        if self.open.get(&id).is_some_and(|known| **known == call) {
            return None;
        }
        let call = Arc::new(call);
        if call.state == CallState::Ended {
            self.open.remove(&id);
            self.witnesses.remove(&id);
            if let Some(forgotten) = push_bounded(&mut self.ended, Arc::clone(&call), ENDED_CALLS) {
                self.ended_ids.remove(&forgotten.id);
            }
            self.ended_ids.insert(id.clone());
            if self.ended_ids.len() > 2 * ENDED_CALLS {
                self.ended_ids = self.ended.iter().map(|call| call.id.clone()).collect();
            }
            // Keys live as long as their call may still be spoken of.
            if self.keys.len() > 2 * ENDED_CALLS {
                let (open, ended) = (&self.open, &self.ended_ids);
                self.keys.retain(|_, id| open.contains_key(id) || ended.contains(id));
            }
        } else {
            self.open.insert(id.clone(), Arc::clone(&call));
        }
        if let Some(key) = key {
            self.keys.insert(key, id);
        }
        Some(Change::Call { account: account.clone(), before, was_mine, call })
    }
}

impl Snapshot {
    /// What became of a call that ended out of our sight.
    fn correct(&mut self, account: &AccountId, at: Time, id: &CallId, fact: CallFact) -> Option<Change> {
        let known =
            fact.state == Some(CallState::Ended) && fact.outcome.is_some_and(|how| how != Outcome::Lost);
        let call = self.ended.iter_mut().rev().find(|call| known && call.id == *id)?;
        if call.outcome != Some(Outcome::Lost) {
            return None;
        }
        merge_call(Arc::make_mut(call), at, fact, Vec::new());
        Some(Change::Corrected { account: account.clone(), call: Arc::clone(call) })
    }
}

impl AccountFacts {
    fn person(&mut self, account: &AccountId, at: Time, fact: PersonFact) -> Option<Change> {
        let stale =
            self.connection.as_ref().is_some_and(|connection| connection.state != ConnectionState::Live);
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

fn merge_call(call: &mut Call, at: Time, fact: CallFact, parties: Vec<Party>) {
    call.direction = fact.direction.unwrap_or(call.direction);
    let becomes_mine = fact.mine == Some(true) && call.mine != Some(true);
    call.mine = match (call.mine, fact.mine) {
        (_, None) if fact.passed_on && call.state == CallState::Ringing => None,
        // Two channels may see one call from two sides; what is mine on one of them is mine.
        (Some(true), Some(false)) if fact.state != Some(CallState::Answered) => Some(true),
        (known, heard) => heard.or(known),
    };
    if let Some(peer) = fact.peer {
        let known = std::mem::take(&mut call.peer);
        let has_number = peer.number.is_some();
        call.peer = Peer {
            number: peer.number.or(known.number),
            raw: peer.raw.or(known.raw),
            name: peer.name.or(known.name),
            contact: if has_number { peer.contact } else { peer.contact.or(known.contact) },
            hidden: peer.hidden || known.hidden,
        };
    }
    call.line = fact.line.or(call.line.take());
    if !parties.is_empty() {
        call.people = parties;
    }
    call.started_at = fact.started_at.or(call.started_at);
    call.answered_at = fact.answered_at.or(call.answered_at);
    call.ended_at = fact.ended_at.or(call.ended_at);
    let state = fact.state.unwrap_or(call.state);
    call.state = match (call.state, state) {
        // A call that a colleague answered may be transferred to me, and ring again.
        (CallState::Answered | CallState::Held, CallState::Ringing) if becomes_mine => {
            call.answered_at = None;
            CallState::Ringing
        }
        (CallState::Answered | CallState::Held, CallState::Ringing) => call.state,
        (CallState::Ended, _) => CallState::Ended,
        (_, heard) => heard,
    };
    match call.state {
        CallState::Ringing => call.ended_at = None,
        CallState::Answered | CallState::Held => {
            call.answered_at = call.answered_at.or(Some(at));
            call.ended_at = None;
        }
        CallState::Ended => {
            call.ended_at = call.ended_at.or(Some(at));
            call.outcome = Some(fact.outcome.unwrap_or(Outcome::Lost));
        }
    }
}

/// Gives what had to make room.
fn push_bounded<T>(queue: &mut VecDeque<T>, item: T, most: usize) -> Option<T> {
    let forgotten = if queue.len() >= most { queue.pop_front() } else { None };
    queue.push_back(item);
    forgotten
}
