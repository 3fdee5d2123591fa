//! One company's exchange: who works there, who waits in which queue, which calls go on.
//!
//! Pure: time is passed in, and the events that listeners would get pile up in the outbox.
//!
//! A caller of a queue waits there until somebody takes the call, wherever it rings. A call is told of once it
//! concerns somebody, and names one person: who took it, else me if my phone rings, else the first it rings.

pub(super) mod rest;
mod telling;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::wire;
use crate::office::{self, Office, Who};

/// The user that the sign-in belongs to.
pub(super) const ME: u64 = 77;

/// Who a call from outside is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// One user, called directly.
    User(u64),
    /// A queue, where the caller waits.
    Queue(u64),
}

/// How a call ended that nobody took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// The caller gave up or the phones rang out.
    Missed,
    /// The caller was sent to voice mail.
    Voicemail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leg {
    Ringing,
    Talking,
}

#[derive(Debug)]
struct User {
    name: String,
    number: Option<String>,
    quiet: bool,
    legs: BTreeMap<String, Leg>,
    /// Set from outside, until something happens to the user.
    forced: Option<String>,
    shown: String,
}

impl User {
    fn status(&self) -> &str {
        match &self.forced {
            Some(forced) => forced,
            None if self.legs.values().any(|leg| *leg == Leg::Talking) => "busy",
            None if !self.legs.is_empty() => "ringing",
            None if self.quiet => "dnd",
            None => "available",
        }
    }
}

#[derive(Debug)]
struct Queue {
    name: String,
    number: String,
    callers: Vec<Caller>,
}

#[derive(Debug)]
struct Caller {
    id: u64,
    guid: String,
    number: Option<String>,
    added: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ringing,
    Answered,
    Ended(&'static str),
}

#[derive(Debug)]
struct Call {
    outgoing: bool,
    /// The number on the other side; `None` = withheld.
    outside: Option<String>,
    queue: Option<u64>,
    users: Vec<u64>,
    state: State,
    added: Timestamp,
    answered: Option<Timestamp>,
}

/// An event for every listener.
#[derive(Debug)]
pub(super) struct Event {
    name: String,
    data: Box<RawValue>,
}

impl Event {
    fn of(name: &str, data: &impl Serialize) -> Option<Event> {
        to_raw_value(data).ok().map(|data| Event { name: name.to_owned(), data })
    }
}

impl fmt::Display for Event {
    /// `["Queue",{…}]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{},{}]", serde_json::Value::from(self.name.as_str()), self.data)
    }
}

#[derive(Debug)]
pub(super) struct Company {
    lists_calls: bool,
    users: BTreeMap<u64, User>,
    queues: BTreeMap<u64, Queue>,
    /// Those that go on.
    calls: BTreeMap<String, Call>,
    callers: u64,
    random: fastrand::Rng,
    outbox: Vec<Event>,
}

/// NGUC's id of a person of the office.
pub(super) fn user_id(who: Who) -> u64 {
    match who.0 {
        0 => ME,
        other => 100 + u64::try_from(other).unwrap_or_default(),
    }
}

/// NGUC's id of a line of the office.
pub(super) fn queue_id(line: office::Line) -> u64 {
    42 + u64::try_from(line.0).unwrap_or_default()
}

impl Company {
    pub(super) fn of(office: &Office, lists_calls: bool) -> Company {
        let user = |(at, person): (usize, &office::Person)| {
            let user = User {
                name: person.name.clone(),
                number: person.number.clone(),
                quiet: false,
                legs: BTreeMap::new(),
                forced: None,
                shown: "available".to_owned(),
            };
            (user_id(Who(at)), user)
        };
        let queue = |(at, line): (usize, &office::LineCard)| {
            let queue = Queue { name: line.name.clone(), number: line.number.clone(), callers: Vec::new() };
            (queue_id(office::Line(at)), queue)
        };
        Company {
            lists_calls,
            users: office.people().iter().enumerate().map(user).collect(),
            queues: office.lines().iter().enumerate().map(queue).collect(),
            calls: BTreeMap::new(),
            callers: 9000,
            random: fastrand::Rng::new(),
            outbox: Vec::new(),
        }
    }

    pub(super) fn user_ids(&self) -> impl Iterator<Item = u64> + '_ {
        self.users.keys().copied()
    }

    pub(super) fn queue_ids(&self) -> impl Iterator<Item = u64> + '_ {
        self.queues.keys().copied()
    }

    /// Who waits in a queue, the longest first.
    pub(super) fn waiting(&self, queue: u64) -> Vec<u64> {
        self.queues.get(&queue).into_iter().flat_map(|queue| &queue.callers).map(|caller| caller.id).collect()
    }

    /// Whether somebody has taken the call, which goes on.
    pub(super) fn is_answered(&self, guid: &str) -> bool {
        self.calls.get(guid).is_some_and(|call| call.state == State::Answered)
    }

    #[cfg(test)]
    pub(super) fn calls_going(&self) -> usize {
        self.calls.len()
    }

    /// What was to be heard since the last time.
    pub(super) fn take_outbox(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.outbox)
    }

    /// Any event.
    pub(super) fn tell(&mut self, name: &str, data: &impl Serialize) {
        self.outbox.extend(Event::of(name, data));
    }

    /// A call comes in. One for a user rings there; one for a queue waits and rings `rings`, but nobody who is not
    /// to be disturbed. Returns its guid.
    pub(super) fn incoming(
        &mut self,
        now: Timestamp,
        to: Callee,
        from: Option<&str>,
        rings: &[u64],
    ) -> String {
        let guid = self.guid();
        let (queue, users) = match to {
            Callee::User(id) => (None, vec![id]),
            Callee::Queue(id) => {
                let is_quiet = |id: &u64| self.users.get(id).is_some_and(|user| user.quiet);
                (Some(id), rings.iter().copied().filter(|id| !is_quiet(id)).collect())
            }
        };
        let outside = from.map(|number| format!("+{number}"));
        if let Some(queue) = queue {
            self.callers += 1;
            let caller = Caller { id: self.callers, guid: guid.clone(), number: outside.clone(), added: now };
            self.queues.entry(queue).and_modify(|queue| queue.callers.push(caller));
            self.tell_queue(queue);
        }
        self.begin(
            now,
            &guid,
            Call {
                outgoing: false,
                outside,
                queue,
                users,
                state: State::Ringing,
                added: now,
                answered: None,
            },
        );
        guid
    }

    /// A user calls somebody outside. Returns the call's guid.
    pub(super) fn outgoing(&mut self, now: Timestamp, by: u64, to_number: &str) -> String {
        let guid = self.guid();
        let outside = Some(format!("+{to_number}"));
        let call = Call {
            outgoing: true,
            outside,
            queue: None,
            users: vec![by],
            state: State::Ringing,
            added: now,
            answered: None,
        };
        self.begin(now, &guid, call);
        guid
    }

    fn begin(&mut self, now: Timestamp, guid: &str, call: Call) {
        let leg = if call.outgoing { Leg::Talking } else { Leg::Ringing };
        let users = call.users.clone();
        self.calls.insert(guid.to_owned(), call);
        self.tell_call(now, guid);
        for user in users {
            self.set_leg(user, guid, Some(leg));
        }
    }

    /// Somebody takes the call, or the other side takes an outgoing one.
    pub(super) fn answer(&mut self, now: Timestamp, guid: &str, by: u64) -> bool {
        let Some(call) = self.calls.get_mut(guid) else { return false };
        call.state = State::Answered;
        call.answered.get_or_insert(now);
        let before = std::mem::replace(&mut call.users, vec![by]);
        let queue = call.queue;
        self.leave_queue(queue, guid);
        self.tell_call(now, guid);
        for user in before.into_iter().filter(|user| *user != by) {
            self.set_leg(user, guid, None);
        }
        self.set_leg(by, guid, Some(Leg::Talking));
        true
    }

    /// A call moves on to another phone, which rings.
    pub(super) fn transfer(&mut self, now: Timestamp, guid: &str, to: u64) -> bool {
        let Some(call) = self.calls.get_mut(guid) else { return false };
        call.state = State::Ringing;
        let before = std::mem::replace(&mut call.users, vec![to]);
        self.tell_call(now, guid);
        for user in before {
            self.set_leg(user, guid, None);
        }
        self.set_leg(to, guid, Some(Leg::Ringing));
        true
    }

    /// The call ends; one that nobody took, in this way.
    pub(super) fn end(&mut self, now: Timestamp, guid: &str, unanswered: Unanswered) -> bool {
        let Some(call) = self.calls.get_mut(guid) else { return false };
        call.state = State::Ended(match (call.answered, unanswered) {
            (Some(_), _) => "answered",
            (None, Unanswered::Missed) => "missed",
            (None, Unanswered::Voicemail) => "voicemail",
        });
        let (users, queue) = (call.users.clone(), call.queue);
        self.leave_queue(queue, guid);
        self.tell_call(now, guid);
        self.calls.remove(guid);
        for user in users {
            self.set_leg(user, guid, None);
        }
        true
    }

    /// A user takes a waiting caller out of a queue.
    pub(super) fn pick_up(&mut self, now: Timestamp, queue: u64, caller: u64, by: u64) -> bool {
        let waiting =
            self.queues.get(&queue).and_then(|queue| queue.callers.iter().find(|one| one.id == caller));
        let Some(guid) = waiting.map(|caller| caller.guid.clone()) else { return false };
        self.answer(now, &guid, by)
    }

    /// Switches whether a user is to be disturbed.
    pub(super) fn set_quiet(&mut self, user: u64, quiet: bool) -> bool {
        self.users.get_mut(&user).map(|user| user.quiet = quiet).is_some() && self.user_moved(user, None)
    }

    /// Shows this status whatever the calls say, until something happens to the user.
    pub(super) fn force_status(&mut self, user: u64, status: &str) -> bool {
        self.user_moved(user, Some(status.to_owned()))
    }

    /// A user's telephone comes or goes.
    pub(super) fn set_device(&mut self, user: u64, status: &str) -> bool {
        let known = self.users.contains_key(&user);
        if known {
            self.tell("Device", &wire::Device { id: 1000 + user, pbx_user_id: user, status });
        }
        known
    }

    fn set_leg(&mut self, user: u64, guid: &str, leg: Option<Leg>) {
        if let Some(user) = self.users.get_mut(&user) {
            match leg {
                Some(leg) => user.legs.insert(guid.to_owned(), leg),
                None => user.legs.remove(guid),
            };
        }
        self.user_moved(user, None);
    }

    fn user_moved(&mut self, id: u64, forced: Option<String>) -> bool {
        let Some(user) = self.users.get_mut(&id) else { return false };
        user.forced = forced;
        let status = user.status().to_owned();
        if status != user.shown {
            user.shown.clone_from(&status);
            let name = user.name.clone();
            self.tell("User", &wire::User { id, name: &name, status: &status });
        }
        true
    }

    fn leave_queue(&mut self, queue: Option<u64>, guid: &str) {
        let Some(id) = queue else { return };
        let Some(queue) = self.queues.get_mut(&id) else { return };
        let before = queue.callers.len();
        queue.callers.retain(|caller| caller.guid != guid);
        if queue.callers.len() != before {
            self.tell_queue(id);
        }
    }

    fn guid(&mut self) -> String {
        let (high, low) = (self.random.u64(..), self.random.u64(..));
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }
}
