//! The organisation's relay: the reference implementation of `docs/relay.md`.
//!
//! It knows Stringee only by what Stringee tells an organisation: signed calls of its `event_url`, and REST's list of
//! who is online. Pure: time is passed in; HTTP is in `super::http`. It keeps everything in memory and does nothing
//! to any call.

mod askers;
mod calls;
mod log;
#[cfg(test)]
mod tests;
mod webhook;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::Now;
use askers::Askers;
use calls::Calls;
use log::Log;
use webhook::Seen;

pub use webhook::sign;

/// People are asked for this often while somebody listens.
const PEOPLE_EVERY: Duration = Duration::from_secs(1);
/// Somebody listens until so long after their last request.
const LISTENS_FOR: Duration = Duration::from_secs(90);
/// What is old is looked for this often.
const TICK_EVERY: Duration = Duration::from_secs(30);
const MOST_PEOPLE: usize = 5_000;
/// What the organisation begins an observer's userId with; the person's follows.
pub(super) const OBSERVER: &str = "notifier-";

/// What is answered to a request.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
    /// Seconds.
    pub(super) retry_after: Option<u64>,
}

impl Answer {
    pub(super) fn ok(body: Value) -> Answer {
        Answer { status: 200, body, retry_after: None }
    }

    pub(super) fn error(status: u16, code: &str, message: &str) -> Answer {
        Answer { status, body: json!({"error": code, "message": message}), retry_after: None }
    }
}

/// Somebody of the organisation, as REST last told.
#[derive(Clone, Debug, Default, PartialEq)]
struct Person {
    online: bool,
    attributes: Map<String, Value>,
}

#[derive(Debug)]
pub(super) struct Relay {
    /// The name behind each userId: everybody there is.
    names: Arc<BTreeMap<String, String>>,
    people: BTreeMap<String, Person>,
    calls: Calls,
    seen: Seen,
    log: Log,
    askers: Askers,
    /// Whom a token of the relay's own belongs to.
    tokens: BTreeMap<String, String>,
    bad_signatures: u64,
    listened_at: Option<Instant>,
    asked_people_at: Option<Instant>,
    ticked_at: Instant,
}

impl Relay {
    /// `names` are the userIds with their names, `lines` the organisation's numbers with theirs.
    pub(super) fn new(now: Now, names: BTreeMap<String, String>, lines: BTreeMap<String, String>) -> Relay {
        let names = Arc::new(names);
        Relay {
            people: names.keys().map(|id| (id.clone(), Person::default())).collect(),
            calls: Calls::new(Arc::clone(&names), lines),
            names,
            seen: Seen::default(),
            log: Log::starting_at(u64::try_from(now.at.as_millisecond()).unwrap_or_default()),
            askers: Askers::default(),
            tokens: BTreeMap::new(),
            bad_signatures: 0,
            listened_at: None,
            asked_people_at: None,
            ticked_at: now.instant,
        }
    }

    /// Takes a token of its own for a person.
    pub(super) fn accept(&mut self, token: String, user: String) {
        self.tokens.insert(token, user);
    }

    /// Whom a token of its own belongs to.
    pub(super) fn owner(&self, token: &str) -> Option<&String> {
        self.tokens.get(token)
    }

    pub(super) fn bad_signatures(&self) -> u64 {
        self.bad_signatures
    }

    /// Whether it has to ask Stringee again who is there.
    pub(super) fn wants_people(&self, now: Now) -> bool {
        self.is_heard(now) && self.people_due_at().is_none_or(|due| now.instant >= due)
    }

    /// When [`Relay::tick`] or [`Relay::wants_people`] has to be looked at again.
    pub(super) fn next_wake(&self, now: Now) -> Option<Instant> {
        let people = self.is_heard(now).then(|| self.people_due_at().unwrap_or(now.instant));
        let is_empty = self.calls.is_empty() && self.log.is_empty();
        let tick = (!is_empty).then_some(self.ticked_at + TICK_EVERY);
        people.into_iter().chain(tick).min()
    }

    fn is_heard(&self, now: Now) -> bool {
        self.listened_at.is_some_and(|at| now.instant < at + LISTENS_FOR)
    }

    fn people_due_at(&self) -> Option<Instant> {
        self.asked_people_at.map(|at| at + PEOPLE_EVERY)
    }

    /// Forgets what is old, and says so of calls that nothing is heard of.
    pub(super) fn tick(&mut self, now: Now) {
        if now.instant < self.ticked_at + TICK_EVERY {
            return;
        }
        self.ticked_at = now.instant;
        for call in self.calls.tick(now) {
            self.log.push(now, json!({ "call": call }));
        }
        self.log.tick(now);
        self.askers.tick(now);
    }

    /// The person behind a userId: an observer's is told from whom it watches for.
    pub(super) fn person_of<'a>(&self, user: &'a str) -> &'a str {
        let watched = user.strip_prefix(OBSERVER);
        watched.filter(|person| self.names.contains_key(*person)).unwrap_or(user)
    }

    /// Somebody asks: whether they may, and that somebody listens.
    pub(super) fn admit(&mut self, now: Now, user: &str, is_held: bool) -> Result<(), Answer> {
        self.listened_at = Some(now.instant);
        if is_held || self.askers.admit(now, user) {
            return Ok(());
        }
        let refusal = Answer::error(429, "rate_limited", "Ask less often.");
        Err(Answer { retry_after: Some(askers::PAUSE.as_secs()), ..refusal })
    }

    /// The rows of all pages of `GET /v1/users`.
    pub(super) fn people_online(&mut self, now: Now, rows: &[Value]) {
        self.asked_people_at = Some(now.instant);
        let mut gone: BTreeSet<String> =
            self.people.iter().filter(|(_, person)| person.online).map(|(id, _)| id.clone()).collect();
        for row in rows {
            if let Some(id) = row.get("userId").and_then(Value::as_str) {
                gone.remove(id);
                self.person_read(now, row);
            }
        }
        for id in gone {
            self.set_person(now, &id, Person::default());
        }
    }

    /// One user as Stringee tells them; those whom the organisation does not know are left out.
    pub(super) fn person_read(&mut self, now: Now, row: &Value) -> Option<Value> {
        let id = row.get("userId")?.as_str()?.to_owned();
        let listed = row.get("attributes").and_then(Value::as_array).into_iter().flatten();
        let pair = |one: &Value| {
            let name = one.get("attribute")?.as_str()?.to_owned();
            Some((name, one.get("value").cloned().unwrap_or_default()))
        };
        let person = Person { online: true, attributes: listed.filter_map(pair).collect() };
        self.set_person(now, &id, person)
    }

    fn set_person(&mut self, now: Now, id: &str, person: Person) -> Option<Value> {
        let before = self.people.get_mut(id)?;
        let is_new = *before != person;
        *before = person;
        let told = self.person(id)?;
        if is_new {
            self.log.push(now, json!({ "person": told }));
        }
        Some(told)
    }

    fn person(&self, id: &str) -> Option<Value> {
        let person = self.people.get(id)?;
        Some(json!({
            "id": id, "name": self.names.get(id), "online": person.online, "attributes": person.attributes,
        }))
    }

    /// `POST /stringee/event`.
    pub(super) fn webhook(&mut self, now: Now, signature: Option<&str>, body: &[u8]) -> Answer {
        if body.len() > webhook::MOST_BYTES {
            return Answer::error(413, "too_large", "The body is too large.");
        }
        if !webhook::is_signed(signature, body) {
            self.bad_signatures += 1;
            return Answer::error(401, "unauthorized", "The signature is missing or wrong.");
        }
        if let Some(event) = webhook::Event::parse(body)
            && self.seen.is_new(&event)
        {
            for call in self.calls.apply(now, &event) {
                self.log.push(now, json!({ "call": call }));
            }
        }
        Answer::ok(json!({"r": 0}))
    }

    /// `GET /v1/snapshot`.
    pub(super) fn snapshot(&self, me: &str) -> Answer {
        let people: Vec<Value> =
            self.people.keys().take(MOST_PEOPLE).filter_map(|id| self.person(id)).collect();
        Answer::ok(json!({
            "v": 1, "n": self.log.last(), "me": me, "complete": people.len() == self.people.len(),
            "people": people, "calls": self.calls.going(), "ended": self.calls.ended(),
        }))
    }

    /// `GET /v1/events`: what happened after `after`, none if the answer is to be held back.
    pub(super) fn events(&self, after: u64) -> Option<Answer> {
        match self.log.after(after) {
            Err(log::Gone) => Some(Answer::error(410, "gone", "Take a snapshot.")),
            Ok(events) if events.is_empty() => None,
            Ok(events) => {
                let last = events.last().and_then(|event| event.get("n")).cloned();
                Some(Answer::ok(json!({"n": last, "events": events})))
            }
        }
    }

    /// What a request is answered with that was held back in vain.
    pub(super) fn nothing_after(after: u64) -> Answer {
        Answer::ok(json!({"n": after, "events": []}))
    }

    /// A request is held back: its number.
    pub(super) fn hold(&mut self, user: &str) -> u64 {
        self.askers.hold(user)
    }

    /// Whether a request is still held back, and not to be answered because there are newer ones.
    pub(super) fn is_held(&self, user: &str, number: u64) -> bool {
        self.askers.is_held(user, number)
    }

    /// A request is held back no more.
    pub(super) fn release(&mut self, user: &str, number: u64) {
        self.askers.release(user, number);
    }
}
