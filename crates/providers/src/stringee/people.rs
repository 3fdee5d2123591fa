//! What people do, from their attributes: one at a time by topics, all of a person at once by REST and relay.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use model::{Availability, PersonFact, Time};
use protocols::{
    Instant,
    stringee::{Published, Value},
};

use super::{config::DndWords, rest::Row};
use crate::text::clean;

/// More people than this are not followed.
const PEOPLE: usize = 5_000;
/// What the relay or REST says of an attribute may be older than what a topic said this long ago.
const FRESH: Duration = Duration::from_secs(10);

/// Everybody who was heard of.
#[derive(Debug)]
pub(super) struct People {
    words: DndWords,
    known: BTreeMap<Box<str>, State>,
    /// Our own user where it is nobody: an observer's.
    nobody: Option<String>,
}

/// What is known of a person.
#[derive(Debug)]
struct State {
    /// Their id until a name is told.
    name: Arc<str>,
    online: Heard<bool>,
    phone: Heard<Phone>,
    dnd: Heard<bool>,
    status: Heard<Arc<str>>,
    since: Option<Time>,
}

/// A value, and when a topic told it.
#[derive(Debug)]
struct Heard<T> {
    value: Option<T>,
    at: Option<Instant>,
}

impl<T> Default for Heard<T> {
    fn default() -> Self {
        Self { value: None, at: None }
    }
}

/// What somebody's phone does: Stringee's Calling, Ringing, Answered, Ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phone {
    Idle,
    Ringing,
    /// Calling or speaking.
    Busy,
}

/// An attribute, read.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Online(bool),
    Phone(Phone),
    /// Do-not-disturb and the vendor's words for a state, as far as this attribute says so.
    Status {
        dnd: Option<bool>,
        status: Option<Arc<str>>,
    },
}

impl Said {
    fn online(&self) -> Option<bool> {
        match self {
            Self::Online(online) => Some(*online),
            Self::Phone(_) | Self::Status { .. } => None,
        }
    }
}

/// What comes of a message.
#[derive(Debug, PartialEq)]
pub(super) struct Learnt {
    pub(super) fact: Option<PersonFact>,
    /// Something that was not understood, by its name.
    pub(super) unknown: Option<String>,
    pub(super) phone: Option<Phone>,
}

impl Learnt {
    fn unknown(name: impl Into<String>) -> Self {
        Self { fact: None, unknown: Some(name.into()), phone: None }
    }
}

impl People {
    pub(super) fn new(words: DndWords) -> Self {
        Self { words, known: BTreeMap::new(), nobody: None }
    }

    /// This user is not a person.
    pub(super) fn leave_out(&mut self, user: Option<String>) {
        if let Some(user) = &user {
            self.known.remove(user.as_str());
        }
        self.nobody = user;
    }

    fn is_nobody(&self, user: &str) -> bool {
        self.nobody.as_deref() == Some(user)
    }

    /// Takes an attribute that a topic told.
    pub(super) fn published(&mut self, now: Instant, published: &Published) -> Learnt {
        let (Some(user), Some(attribute)) = (published.user.as_deref(), published.attribute.as_deref())
        else {
            return Learnt::unknown("topic message without userId and attribute");
        };
        if self.is_nobody(user) {
            return Learnt { fact: None, unknown: None, phone: None };
        }
        let (said, unknown) = self.read(attribute, &published.value, published.call_ended);
        let Some(said) = said else { return Learnt { fact: None, unknown, phone: None } };
        let Some(user) = clean(user) else {
            return Learnt::unknown("topic message without userId and attribute");
        };
        let phone = match &said {
            Said::Phone(phone) => Some(*phone),
            Said::Online(_) | Said::Status { .. } => None,
        };
        let full = self.known.len() >= PEOPLE;
        let fact = match self.known.get_mut(&*user) {
            Some(state) => state.hear(said, now, published.at_millis, user),
            None if full => return Learnt::unknown("more people than can be followed"),
            None => {
                let mut state = State::of(&user);
                let fact = state.hear(said, now, published.at_millis, user.clone());
                self.known.insert(user.into(), state);
                fact
            }
        };
        Learnt { fact: Some(fact), unknown, phone }
    }

    /// Takes all attributes of a person at once; what a topic told since `asked_at`, or just before, counts for more.
    pub(super) fn learn(&mut self, asked_at: Instant, row: &Row) -> Option<PersonFact> {
        if self.is_nobody(&row.id) || (!self.known.contains_key(&*row.id) && self.known.len() >= PEOPLE) {
            return None;
        }
        let mut read = Vec::with_capacity(row.attributes.len());
        for (attribute, value) in &row.attributes {
            read.extend(self.read(attribute, value, None).0);
        }
        let state = self.known.entry(row.id.as_str().into()).or_insert_with(|| State::of(&row.id));
        let before = state.availability();
        if let Some(name) = &row.name {
            state.name = Arc::clone(name);
        }
        let fresh = |at: Option<Instant>| at.is_some_and(|at| at + FRESH > asked_at);
        let online = row.online.or_else(|| read.iter().find_map(Said::online));
        if let Some(online) = online
            && !fresh(state.online.at)
        {
            state.online.value = Some(online);
        }
        if online == Some(false) && state.online.value == online && !fresh(state.phone.at) {
            // The row is whole: if they speak all the same, it says so.
            state.phone.value = None;
        }
        for said in read {
            match said {
                Said::Online(_) => {}
                Said::Phone(_) if fresh(state.phone.at) => {}
                Said::Phone(_) => state.take(said, None),
                // A topic about one attribute says nothing of do-not-disturb in another.
                Said::Status { dnd, status } => {
                    let dnd = dnd.filter(|_| !fresh(state.dnd.at));
                    let status = status.filter(|_| !fresh(state.status.at));
                    state.take(Said::Status { dnd, status }, None);
                }
            }
        }
        state.changed_from(before, None);
        Some(state.fact(row.id.clone()))
    }

    /// Takes a person as read back after a change, which is newer than anything heard before.
    pub(super) fn read_back(&mut self, now: Instant, row: &Row) -> Option<PersonFact> {
        self.learn(now + FRESH, row)
    }

    /// Takes everybody who was listed, and tells of everybody there is: if the list was complete, nobody else is
    /// there, else whoever is not listed is offline.
    pub(super) fn listed(
        &mut self,
        asked_at: Instant,
        rows: &[Row],
        complete: bool,
        me: &str,
    ) -> Vec<PersonFact> {
        let listed: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        for row in rows {
            self.learn(asked_at, row);
        }
        if !me.is_empty() {
            self.known.entry(me.into()).or_insert_with(|| State::of(me));
        }
        let fresh = |at: Option<Instant>| at.is_some_and(|at| at + FRESH > asked_at);
        self.known.retain(|id, state| {
            let here = listed.contains(&**id) || fresh(state.online.at);
            if !here && !complete {
                let before = state.availability();
                state.online.value = Some(false);
                state.phone.value = state.phone.value.filter(|_| fresh(state.phone.at));
                state.changed_from(before, None);
            }
            here || !complete || **id == *me
        });
        self.known.iter().map(|(id, state)| state.fact(id.to_string())).collect()
    }

    /// Whether do-not-disturb is on for `user`, if that is known.
    pub(super) fn dnd(&self, user: &str) -> Option<bool> {
        self.known.get(user)?.dnd.value
    }

    fn read(
        &self,
        attribute: &str,
        value: &Value,
        call_ended: Option<bool>,
    ) -> (Option<Said>, Option<String>) {
        match attribute {
            "onlineStatus" => match word(value) {
                Some(word) if is_one_of(&word, &["online", "true", "1"]) => (Some(Said::Online(true)), None),
                Some(word) if is_one_of(&word, &["offline", "false", "0"]) => {
                    (Some(Said::Online(false)), None)
                }
                _ => (None, Some("onlineStatus that is not understood".to_owned())),
            },
            "call" => {
                let (phone, understood) = phone(value, call_ended);
                let unknown = (!understood).then(|| "call status that is not understood".to_owned());
                (Some(Said::Phone(phone)), unknown)
            }
            name if name == self.words.attribute || is_status(name) => {
                let text = word(value).and_then(|text| clean(&text));
                let dnd = (name == self.words.attribute)
                    .then(|| text.as_deref().is_some_and(|text| text.eq_ignore_ascii_case(&self.words.on)));
                if text.is_none() && !matches!(value, Value::Nothing) {
                    return (None, Some(format!("{} that is not understood", short(name))));
                }
                (Some(Said::Status { dnd, status: Some(text.unwrap_or_default().into()) }), None)
            }
            name => (None, Some(format!("attribute {}", short(name)))),
        }
    }
}

impl State {
    fn of(id: &str) -> Self {
        Self {
            name: id.into(),
            online: Heard::default(),
            phone: Heard::default(),
            dnd: Heard::default(),
            status: Heard::default(),
            since: None,
        }
    }

    /// Takes what a topic told, and gives what is to be told of `id`.
    fn hear(&mut self, said: Said, now: Instant, at_millis: Option<i64>, id: String) -> PersonFact {
        let before = self.availability();
        self.take(said, Some(now));
        self.changed_from(before, at_millis.map(Time::from_millis));
        self.fact(id)
    }

    /// Notes since when they do what they do, if that is another thing than before.
    fn changed_from(&mut self, before: Availability, since: Option<Time>) {
        if self.availability() != before {
            self.since = since;
        }
    }

    fn take(&mut self, said: Said, at: Option<Instant>) {
        match said {
            Said::Online(online) => self.online.set(online, at),
            Said::Phone(phone) => self.phone.set(phone, at),
            Said::Status { dnd, status } => {
                if let Some(dnd) = dnd {
                    self.dnd.set(dnd, at);
                }
                if let Some(status) = status {
                    self.status.set(status, at);
                }
            }
        }
    }

    fn availability(&self) -> Availability {
        let status = self.status.value.as_deref().filter(|status| !status.is_empty());
        match (self.phone.value, self.online.value) {
            (Some(Phone::Ringing), _) => Availability::Ringing,
            (Some(Phone::Busy), _) => Availability::Busy,
            (_, Some(false)) => Availability::Offline,
            _ if self.dnd.value == Some(true) => Availability::Dnd,
            (_, online) => match (status.map(manual), online) {
                (Some(seen), _) => seen,
                (None, Some(true)) => Availability::Available,
                (None, _) => Availability::Unknown,
            },
        }
    }

    fn fact(&self, id: String) -> PersonFact {
        PersonFact {
            name: Some(Arc::clone(&self.name)),
            availability: Some(self.availability()),
            since: self.since,
            dnd: self.dnd.value.map(|on| on.then_some(None)),
            status: self.status.value.clone(),
            ..PersonFact::of(id)
        }
    }
}

impl<T> Heard<T> {
    fn set(&mut self, value: T, at: Option<Instant>) {
        self.value = Some(value);
        self.at = at.or(self.at);
    }
}

/// Attributes that say what an agent does in words, as the vendor's own products name them.
fn is_status(name: &str) -> bool {
    matches!(name, "manual_status" | "agent_manual_status" | "agentStatus" | "agent_status")
}

/// What words for a state that people choose mean; the words themselves are shown too.
fn manual(status: &str) -> Availability {
    let status = status.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| status.contains(word));
    if has(&["break", "lunch", "away", "not available", "unavailable", "meeting", "absent"]) {
        Availability::Away
    } else if has(&["available", "online", "ready", "free"]) {
        Availability::Available
    } else {
        Availability::Unknown
    }
}

/// What the attribute `call` says, and whether it was understood: anything but an end is a call.
fn phone(value: &Value, call_ended: Option<bool>) -> (Phone, bool) {
    if call_ended == Some(true) {
        return (Phone::Idle, true);
    }
    match word(value) {
        Some(word) if is_one_of(&word, &["ended", "end", "idle", "free", "none", "false", "0"]) => {
            (Phone::Idle, true)
        }
        Some(word) if is_one_of(&word, &["ringing"]) => (Phone::Ringing, true),
        Some(word) if is_one_of(&word, &["calling", "answered", "busy", "true", "1"]) => (Phone::Busy, true),
        None if matches!(value, Value::Nothing) => (Phone::Idle, true),
        Some(_) | None => (Phone::Busy, false),
    }
}

/// A value as a word.
fn word(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Text(text) | Value::Status(text) => Some(Cow::Borrowed(text)),
        Value::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
        Value::Whole(number) => Some(Cow::Owned(number.to_string())),
        Value::Nothing | Value::Other => None,
    }
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// A name from outside, short enough for a list; one that may be a telephone number is not told.
pub(super) fn short(name: &str) -> String {
    let hides = name.chars().filter(char::is_ascii_digit).count() > 3;
    let shown = |c: char| if hides && c.is_ascii_digit() { '#' } else { c };
    clean(name).unwrap_or_default().chars().take(40).map(shown).collect()
}

#[cfg(test)]
mod tests;
