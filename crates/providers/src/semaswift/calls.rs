//! The calls that are going on, and whose they are as far as the provider says.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use model::{CallFact, CallState, Direction, Event, Line, Outcome, Peer, PhoneNumber, Time, Waiting};
use protocols::Instant;

use super::{
    events::{CallEvent, Step},
    queues::{Place, Queues},
};

/// A call that rings for longer has ended out of our sight.
const RINGS_AT_MOST: Duration = Duration::from_secs(2 * 60);
/// So has one that waits in a queue for longer.
const WAITS_AT_MOST: Duration = Duration::from_secs(15 * 60);
/// So has one that was answered longer ago.
const SPOKEN_AT_MOST: Duration = Duration::from_secs(4 * 60 * 60);
/// More calls than this are not open at once in any company.
const MOST_OPEN: usize = 5_000;
/// So many ended calls are told from new ones.
const MOST_ENDED: usize = 1_000;

#[derive(Debug, Default)]
pub(super) struct Calls {
    /// The owner's agent.
    pub(super) me: Option<String>,
    open: BTreeMap<String, Open>,
    /// When each open call is given up.
    ends: BTreeSet<(Instant, String)>,
    ended: BTreeSet<String>,
    /// The same, oldest first.
    ended_order: VecDeque<String>,
    queues: Queues,
    /// Whether this provider tells when a call is answered, so that one without that was missed.
    tells_answers: bool,
}

#[derive(Debug)]
struct Open {
    state: CallState,
    until: Instant,
    mine: Option<bool>,
    rang_me: bool,
    waits: Option<Place>,
}

impl Open {
    /// Whether it rings in its queue and not at the owner's phone.
    fn waits_outside(&self, event: &CallEvent) -> bool {
        self.state == CallState::Ringing
            && self.mine != Some(true)
            && event.direction != Some(Direction::Outgoing)
    }
}

impl Calls {
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.ends.first().map(|(at, _)| *at).into_iter().chain(self.queues.next_at()).min()
    }

    /// Calls that an earlier session left open.
    pub(super) fn take_over(&mut self, now: Instant, left_open: &[CallFact]) {
        for fact in left_open {
            let state = fact.state.unwrap_or(CallState::Ringing);
            let open = Open {
                state,
                until: now,
                mine: fact.mine,
                rang_me: fact.mine == Some(true) && state == CallState::Ringing,
                waits: None,
            };
            self.open.insert(fact.id.clone(), open);
            self.keep(&fact.id, now + at_most(state, false));
        }
    }

    /// Takes an event; `personal` if it came on the owner's own channel.
    pub(super) fn heard(&mut self, now: Instant, event: &CallEvent, personal: bool) -> Vec<CallFact> {
        if self.ended.contains(&event.id) {
            return Vec::new();
        }
        let Some(fact) = self.step(now, event, personal) else { return Vec::new() };
        let mut facts = vec![fact];
        self.queue(event);
        if self.open.len() > MOST_OPEN
            && let Some((_, id)) = self.ends.first().cloned()
        {
            facts.push(self.lose(&id));
        }
        facts
    }

    fn step(&mut self, now: Instant, event: &CallEvent, personal: bool) -> Option<CallFact> {
        let is_known = self.open.contains_key(&event.id);
        let is_elsewhere = self.open.get(&event.id).is_some_and(|call| call.mine == Some(false));
        let mine = match (&event.agent, &self.me) {
            (Some(agent), Some(me)) => Some(agent == me),
            // The end of a call that another took does not make it the owner's.
            _ if personal && event.step == Step::Ended && is_elsewhere => None,
            _ if personal => Some(true),
            (Some(_), None) | (None, _) => None,
        };
        let mut fact = CallFact {
            key: Some(key(&event.id)),
            direction: event.direction,
            mine,
            peer: peer(event),
            line: line(event),
            people: event.agent.iter().cloned().collect(),
            started_at: event.started_at,
            answered_at: event.answered_at,
            ended_at: event.ended_at,
            ..CallFact::of(event.id.as_str())
        };
        let answered = self.open.get(&event.id).is_some_and(|call| call.state != CallState::Ringing);
        match event.step {
            Step::Started if is_known => {}
            Step::Started => fact.state = Some(CallState::Ringing),
            Step::Answered => {
                self.tells_answers = true;
                fact.state = Some(CallState::Answered);
            }
            Step::PassedOn if mine == Some(true) => fact.state = Some(CallState::Ringing),
            // It rings on for others, or they speak.
            Step::PassedOn if answered => fact.state = Some(CallState::Answered),
            Step::PassedOn => (fact.mine, fact.passed_on) = (None, true),
            Step::Ended if !is_known && fact.peer.is_none() => {
                self.end(&event.id);
                return None;
            }
            Step::Ended => {
                fact.outcome = Some(self.outcome(event));
                fact.state = Some(CallState::Ended);
                fact.people.clear();
                self.end(&event.id);
                return Some(fact);
            }
        }
        let call = self.open.entry(event.id.clone()).or_insert(Open {
            state: CallState::Ringing,
            until: now,
            mine: None,
            rang_me: false,
            waits: None,
        });
        call.mine = mine.or(call.mine);
        call.state = fact.state.unwrap_or(call.state);
        call.rang_me |= call.mine == Some(true) && call.state == CallState::Ringing;
        if fact.state.is_some() || !is_known {
            let most = at_most(call.state, event.queue.is_some() && call.mine != Some(true));
            self.keep(&event.id, now + most);
        }
        Some(fact)
    }

    /// How a call ended, as far as it can be known.
    fn outcome(&self, event: &CallEvent) -> Outcome {
        let call = self.open.get(&event.id);
        let answered = call.is_some_and(|call| call.state != CallState::Ringing);
        let outcome = match (event.outcome, event.spoken) {
            (Some(outcome), _) => outcome,
            (None, Some(true)) => Outcome::Answered,
            (None, _) if answered => Outcome::Answered,
            (None, Some(false)) => Outcome::Missed,
            (None, None) if self.tells_answers => Outcome::Missed,
            (None, None) => Outcome::Lost,
        };
        let elsewhere = call.is_some_and(|call| call.rang_me && call.mine == Some(false));
        if elsewhere && outcome == Outcome::Answered { Outcome::AnsweredElsewhere } else { outcome }
    }

    fn keep(&mut self, id: &str, until: Instant) {
        let Some(call) = self.open.get_mut(id) else { return };
        let mut end = (call.until, id.to_owned());
        self.ends.remove(&end);
        (call.until, end.0) = (until, until);
        self.ends.insert(end);
    }

    fn end(&mut self, id: &str) {
        if let Some(call) = self.open.remove(id) {
            self.ends.remove(&(call.until, id.to_owned()));
            if let Some(place) = &call.waits {
                self.queues.leave(place);
            }
        }
        if self.ended.insert(id.to_owned()) {
            self.ended_order.push_back(id.to_owned());
            if self.ended_order.len() > MOST_ENDED
                && let Some(oldest) = self.ended_order.pop_front()
            {
                self.ended.remove(&oldest);
            }
        }
    }

    /// Gives up the calls whose time is over, and tells which queues have changed.
    pub(super) fn due(&mut self, now: Instant) -> Vec<Event> {
        let mut told = Vec::new();
        while let Some((_, id)) = self.ends.first().filter(|(at, _)| *at <= now).cloned() {
            told.push(Event::from(self.lose(&id)));
        }
        told.extend(self.queues.due(now).into_iter().map(Event::Queue));
        told
    }

    fn lose(&mut self, id: &str) -> CallFact {
        self.end(id);
        CallFact {
            key: Some(key(id)),
            state: Some(CallState::Ended),
            outcome: Some(Outcome::Lost),
            ..CallFact::of(id)
        }
    }

    /// Takes what a channel's history says, oldest first: of each call, what came of it.
    pub(super) fn past(&mut self, now: Instant, wall: Time, events: &[CallEvent]) -> Vec<CallFact> {
        let known: BTreeSet<String> = self.open.keys().cloned().collect();
        let mut order: Vec<String> = Vec::new();
        let mut facts: BTreeMap<String, CallFact> = BTreeMap::new();
        for fact in events.iter().flat_map(|event| self.heard(now, event, false)) {
            match facts.get_mut(&fact.id) {
                Some(known) => merge(known, fact),
                None => {
                    order.push(fact.id.clone());
                    facts.insert(fact.id.clone(), fact);
                }
            }
        }
        let mut told = Vec::new();
        for fact in order.iter().filter_map(|id| facts.remove(id)) {
            let age = fact.answered_at.or(fact.started_at).map(|at| wall.since(at));
            let waits = self.open.get(&fact.id).is_some_and(|call| call.waits.is_some());
            let most = match fact.state {
                Some(CallState::Ended) | None => Duration::MAX,
                Some(state) => at_most(state, waits),
            };
            if age.is_some_and(|age| age > most) && !known.contains(&fact.id) {
                // Its end fell out of the history.
                self.end(&fact.id);
            } else {
                told.push(fact);
            }
        }
        told
    }

    /// Notes whether it waits in the event's queue.
    fn queue(&mut self, event: &CallEvent) {
        let Some(call) = self.open.get_mut(&event.id) else { return };
        if !call.waits_outside(event) {
            if let Some(place) = call.waits.take() {
                self.queues.leave(&place);
            }
            return;
        }
        let Some(queue) = &event.queue else { return };
        if call.waits.as_ref().is_some_and(|place| place.queue == *queue) {
            return;
        }
        if let Some(place) = &call.waits {
            self.queues.leave(place);
        }
        let caller = event.from.as_deref().and_then(PhoneNumber::international);
        let waiting = Waiting { id: None, number: caller, since: event.started_at };
        call.waits = self.queues.join(queue, waiting);
    }
}

/// What makes it the same call in another account.
fn key(id: &str) -> String {
    ["semaswift:", id].concat()
}

/// For how long a call is believed to be in this state.
fn at_most(state: CallState, in_queue: bool) -> Duration {
    match state {
        CallState::Ringing if in_queue => WAITS_AT_MOST,
        CallState::Ringing => RINGS_AT_MOST,
        CallState::Answered | CallState::Held | CallState::Ended => SPOKEN_AT_MOST,
    }
}

fn merge(known: &mut CallFact, later: CallFact) {
    let former = std::mem::replace(known, later);
    known.state = known.state.or(former.state);
    known.direction = known.direction.or(former.direction);
    known.mine = known.mine.or(former.mine);
    known.peer = known.peer.take().or(former.peer);
    known.line = known.line.take().or(former.line);
    if known.people.is_empty() {
        known.people = former.people;
    }
    known.started_at = known.started_at.or(former.started_at);
    known.answered_at = known.answered_at.or(former.answered_at);
}

/// The other end, where it is clear which that is.
fn peer(event: &CallEvent) -> Option<Peer> {
    let raw = match event.direction {
        Some(Direction::Incoming) => event.from.as_ref(),
        Some(Direction::Outgoing) => event.to.as_ref(),
        None => None,
    }?;
    let number = PhoneNumber::international(raw);
    // Who withholds their number has words in its place.
    let hidden = number.is_none() && !raw.contains(|c: char| c.is_ascii_digit() || c == '@');
    Some(Peer { number, raw: (!hidden).then(|| raw.clone()), hidden, ..Peer::default() })
}

/// The queue, or else the number that was called.
fn line(event: &CallEvent) -> Option<Line> {
    if let Some(id) = &event.queue {
        return Some(Line { id: id.clone(), name: event.queue_name.clone() });
    }
    match (event.direction, &event.to) {
        (Some(Direction::Incoming), Some(to)) => Some(Line { id: to.clone(), name: None }),
        _ => None,
    }
}
