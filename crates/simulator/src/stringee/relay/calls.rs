//! The calls that the relay was told of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::webhook::{End, Event, Status};
use crate::stringee::Now;

/// A call that nothing was heard of for so long has ended.
const LOST_AFTER: Duration = Duration::from_secs(2 * 3600);
/// An ended call is forgotten after so long.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(12 * 3600);
/// So many calls are known, the ended ones included, and so many are told at once.
const MOST_KNOWN: usize = 2_000;
const MOST_TOLD: usize = 1_000;
const MOST_ENDED_TOLD: usize = 500;

/// `Ringing` → `Answered` → `Ended`, and never back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Ringing,
    Answered,
    Ended,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            State::Ringing => "ringing",
            State::Answered => "answered",
            State::Ended => "ended",
        }
    }
}

#[derive(Clone, Debug)]
struct Call {
    /// In which order they began.
    place: u64,
    state: State,
    from: End,
    to: End,
    comes_in: bool,
    people: BTreeSet<String>,
    started_ms: Option<i64>,
    answered_ms: Option<i64>,
    ended_ms: Option<i64>,
    cause: Option<String>,
    ended_by: Option<String>,
    /// Of the newest event that was applied.
    serial: Option<u64>,
    at_ms: Option<i64>,
    heard_at: Instant,
}

#[derive(Debug)]
pub(super) struct Calls {
    users: Arc<BTreeMap<String, String>>,
    lines: BTreeMap<String, String>,
    known: BTreeMap<String, Call>,
    begun: u64,
}

impl Calls {
    pub(super) fn new(users: Arc<BTreeMap<String, String>>, lines: BTreeMap<String, String>) -> Calls {
        Calls { users, lines, known: BTreeMap::new(), begun: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The calls that have not ended, whole, the newest of them.
    pub(super) fn going(&self) -> Vec<Value> {
        self.newest(MOST_TOLD, |call| call.state != State::Ended)
    }

    /// The calls that have ended and are not forgotten, whole, the newest of them.
    pub(super) fn ended(&self) -> Vec<Value> {
        self.newest(MOST_ENDED_TOLD, |call| call.state == State::Ended && !call.is_nobodys())
    }

    fn newest(&self, most: usize, wanted: impl Fn(&Call) -> bool) -> Vec<Value> {
        let mut newest: Vec<(&String, &Call)> = self.known.iter().filter(|(_, call)| wanted(call)).collect();
        newest.sort_by_key(|(_, call)| std::cmp::Reverse(call.place));
        newest.truncate(most);
        newest.reverse();
        newest.into_iter().map(|(id, call)| self.told(id, call)).collect()
    }

    /// Takes an event; the calls that changed by it, whole.
    pub(super) fn apply(&mut self, now: Now, event: &Event) -> Vec<Value> {
        let Some(status) = event.status else { return Vec::new() };
        let mut changed = Vec::new();
        let is_known = self.known.contains_key(&event.call);
        if !is_known {
            changed.extend(self.make_room());
            self.begun += 1;
        }
        let place = self.begun;
        let call = self.known.entry(event.call.clone()).or_insert_with(|| Call::begun(now, place));
        let before = call.clone();
        call.heard_at = now.instant;
        call.take(event, status);
        // An end that comes first is kept for what may follow, and says nothing if it does not tell whose it is.
        let is_news = if is_known { !call.is_told_like(&before) } else { !call.is_nobodys() };
        if is_news {
            let call = call.clone();
            changed.push(self.told(&event.call, &call));
        }
        changed
    }

    /// Ends what is lost and forgets what ended long ago; the calls that were lost, whole.
    pub(super) fn tick(&mut self, now: Now) -> Vec<Value> {
        self.known
            .retain(|_, call| call.state != State::Ended || call.heard_at + FORGOTTEN_AFTER > now.instant);
        let mut lost = Vec::new();
        for (id, call) in &mut self.known {
            if call.state != State::Ended && call.heard_at + LOST_AFTER <= now.instant {
                call.state = State::Ended;
                call.ended_ms = Some(now.at.as_millisecond());
                call.heard_at = now.instant;
                lost.push((id.clone(), call.clone()));
            }
        }
        lost.iter().map(|(id, call)| self.told(id, call)).collect()
    }

    /// Forgets the oldest call when there are too many, and ends it first.
    fn make_room(&mut self) -> Option<Value> {
        if self.known.len() < MOST_KNOWN {
            return None;
        }
        let oldest = self.known.iter().min_by_key(|(_, call)| (call.state != State::Ended, call.place));
        let id = oldest.map(|(id, _)| id.clone())?;
        let mut call = self.known.remove(&id)?;
        let is_news = call.state != State::Ended;
        call.state = State::Ended;
        is_news.then(|| self.told(&id, &call))
    }

    fn told(&self, id: &str, call: &Call) -> Value {
        let end = |end: &End| json!({"number": end.number, "alias": end.alias, "user": end.user()});
        let line = call.line().filter(|line| !self.users.contains_key(*line));
        let line = line.map(|line| json!({"id": line, "name": self.lines.get(line)}));
        json!({
            "id": id, "state": call.state.word(), "direction": call.direction(),
            "from": end(&call.from), "to": end(&call.to), "line": line, "people": call.people,
            "started_at": time(call.started_ms), "answered_at": time(call.answered_ms),
            "ended_at": time(call.ended_ms), "cause": call.cause, "ended_by": call.ended_by,
        })
    }
}

impl Call {
    fn begun(now: Now, place: u64) -> Call {
        Call {
            place,
            state: State::Ringing,
            from: End::default(),
            to: End::default(),
            comes_in: false,
            people: BTreeSet::new(),
            started_ms: None,
            answered_ms: None,
            ended_ms: None,
            cause: None,
            ended_by: None,
            serial: None,
            at_ms: None,
            heard_at: now.instant,
        }
    }

    fn take(&mut self, event: &Event, status: Status) {
        let is_old = self.is_newer_than(event);
        self.comes_in |= event.comes_in;
        fill(&mut self.from, &event.from, is_old);
        let to = &event.to;
        fill(&mut self.to, to, is_old || status == Status::AgentLeft);
        let first = self.started_ms.into_iter().chain(event.at_ms).min();
        self.started_ms = first;
        match status {
            Status::Answered => self.answered_ms = self.answered_ms.or(event.at_ms),
            Status::Ended => {
                self.ended_ms = self.ended_ms.or(event.at_ms);
                self.cause = self.cause.take().or_else(|| event.cause.clone());
                self.ended_by = self.ended_by.take().or_else(|| event.ended_by.clone());
            }
            Status::Ringing | Status::AgentLeft => {}
        }
        if is_old {
            return;
        }
        self.serial = event.serial.or(self.serial);
        self.at_ms = event.at_ms.or(self.at_ms);
        match (status, self.state) {
            (_, State::Ended) | (Status::Ringing, State::Answered) => {}
            (Status::Ringing, State::Ringing) => self.people.extend(to.user().map(str::to_owned)),
            (Status::Answered, State::Ringing | State::Answered) => {
                self.state = State::Answered;
                if let Some(user) = to.user() {
                    self.people = self.from.user().into_iter().chain([user]).map(str::to_owned).collect();
                } else if let Some(caller) = self.from.user() {
                    self.people.insert(caller.to_owned());
                }
            }
            (Status::AgentLeft, State::Ringing | State::Answered) => {
                if let Some(user) = to.user().or(event.actor.as_deref()) {
                    self.people.remove(user);
                }
            }
            (Status::Ended, State::Ringing | State::Answered) => self.state = State::Ended,
        }
    }

    /// By `serial`; where one of the two has none, by time.
    fn is_newer_than(&self, event: &Event) -> bool {
        match (self.serial, event.serial) {
            (Some(newest), Some(serial)) => serial < newest,
            (_, _) => self.at_ms.zip(event.at_ms).is_some_and(|(newest, at)| at < newest),
        }
    }

    fn direction(&self) -> Option<&'static str> {
        match (self.from.internal, self.to.internal) {
            (Some(false), _) => Some("incoming"),
            (_, _) if self.comes_in => Some("incoming"),
            (Some(true), Some(false)) => Some("outgoing"),
            (Some(true), Some(true)) => Some("internal"),
            (Some(true) | None, None) | (None, Some(_)) => None,
        }
    }

    /// What the external end's counterpart is shown with.
    fn line(&self) -> Option<&str> {
        match self.direction()? {
            "incoming" => self.to.alias.as_deref(),
            "outgoing" => self.from.alias.as_deref(),
            _ => None,
        }
    }

    /// Has ended, and nothing is known of either end.
    fn is_nobodys(&self) -> bool {
        self.state == State::Ended && self.from == End::default() && self.to == End::default()
    }

    fn is_told_like(&self, other: &Call) -> bool {
        let told = |call: &Call| {
            (
                (call.state, call.from.clone(), call.to.clone(), call.comes_in, call.people.clone()),
                (call.started_ms, call.answered_ms, call.ended_ms, call.cause.clone(), call.ended_by.clone()),
            )
        };
        told(self) == told(other)
    }
}

/// What is empty leaves what was known; what is old fills in what is not.
fn fill(known: &mut End, told: &End, is_old: bool) {
    if told.number.is_some() && (known.number.is_none() || !is_old) {
        *known = End { alias: told.alias.clone().or(known.alias.take()), ..told.clone() };
    } else if known.alias.is_none() {
        known.alias.clone_from(&told.alias);
    }
}

fn time(ms: Option<i64>) -> Option<String> {
    let at = Timestamp::from_millisecond(ms?).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}
