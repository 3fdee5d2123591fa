//! Whose call is it, and how did it end.
//!
//! A reception's events say that the reception rings, never whose phone. What does tell, from quick to sure: the
//! owner's own presence turning to ringing, busy or available; the owner's live legs; the call's row in REST.

use std::collections::{BTreeMap, VecDeque};

use model::{Availability, CallFact, CallState, Direction, Line, Outcome};
use protocols::Instant;
use std::time::Duration;

use super::{
    events::{CallEvent, Status, Step},
    rest::{CallRow, Node, line},
    wire::Endpoint,
};

/// More calls than this are not open at once in any company that this is for.
const OPEN: usize = 1_000;
/// Late events of calls that have ended are told from new calls by this many ids.
const ENDED: usize = 1_000;
/// More lines than any company has.
const LINES: usize = 1_000;
const NODES_EVERY: Duration = Duration::from_secs(2);
const NODES_TRIES: u32 = 5;
/// The owner's presence usually tells who answered before this is over.
const UNDECIDED_FOR: Duration = Duration::from_millis(1_500);
const RINGING_CHECK: Duration = Duration::from_secs(3 * 60);
const ANSWERED_CHECK: Duration = Duration::from_secs(30 * 60);
/// How long a line may take to say that its call is over, after one of the legs has said so.
const LEG_CHECK: Duration = Duration::from_secs(5);
const FAILED_CHECK: Duration = Duration::from_secs(60);
const FAILED_CHECKS: u32 = 3;

/// What must be asked for to know more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    LiveNodes,
    Call(String),
}

/// Which channel an event came on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    /// The receptions' of the whole company.
    Company,
    /// The owner's.
    Mine,
}

/// What REST knows of one call.
#[derive(Debug)]
pub(super) enum Found<'a> {
    Row(&'a CallRow),
    /// There is no such call.
    Gone,
    /// No answer.
    Unasked,
}

/// All calls that have not ended.
#[derive(Debug)]
pub(super) struct Calls {
    /// `Employee#77`.
    me: String,
    open: BTreeMap<String, Open>,
    ended: VecDeque<String>,
    /// What lines are called: only the first event of a call says.
    lines: BTreeMap<String, String>,
    phone: Phone,
    nodes: Nodes,
}

/// The owner's phone, as presence shows it.
#[derive(Debug)]
struct Phone {
    seen: Availability,
    changed_at: Instant,
    /// The call it rings for, or rang for when it turned busy.
    rings_for: Option<String>,
}

/// When the owner's live legs are asked for.
#[derive(Debug, Default)]
struct Nodes {
    wanted_at: Option<Instant>,
    asked_at: Option<Instant>,
    in_flight: bool,
    tries: u32,
}

#[derive(Debug)]
struct Open {
    direction: Direction,
    state: CallState,
    /// The employee whose own call it is, or, with `line`, whom it was seen to reach.
    employee: Option<String>,
    /// It came through a reception or a group.
    line: bool,
    mine: Option<bool>,
    /// A line's call that rang the owner and stopped ringing there.
    left_me: bool,
    taker: Option<Taker>,
    voicemail: bool,
    began_at: Instant,
    heard_at: Instant,
    check_at: Instant,
    checking: bool,
    checked_at: Option<Instant>,
    failed_checks: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taker {
    Me,
    Other,
}

impl Calls {
    pub(super) fn new(now: Instant, me: String) -> Self {
        Self {
            me,
            open: BTreeMap::new(),
            ended: VecDeque::new(),
            lines: BTreeMap::new(),
            phone: Phone { seen: Availability::Unknown, changed_at: now, rings_for: None },
            nodes: Nodes::default(),
        }
    }

    pub(super) fn is_open(&self, uuid: &str) -> bool {
        self.open.contains_key(uuid)
    }

    /// Whether a name is worth asking for: not for calls between others.
    pub(super) fn concerns_me(&self, uuid: &str) -> bool {
        self.open.get(uuid).is_some_and(|call| match call.mine {
            Some(mine) => mine,
            None => call.direction == Direction::Incoming,
        })
    }

    /// Takes an event; what follows is told in order.
    pub(super) fn heard(&mut self, now: Instant, event: &CallEvent, channel: Channel) -> Vec<CallFact> {
        let uuid = event.uuid.as_str();
        if self.has_ended(uuid) {
            return Vec::new();
        }
        let employee = event.endpoint.as_ref().and_then(Endpoint::employee);
        let me = self.me.clone();
        let line = event.endpoint.as_ref().and_then(|to| line(to, event.endpoint_name.as_deref()));
        let line = line.map(|line| self.named(line));
        let known = self.open.contains_key(uuid);
        let call = self.open_call(now, uuid);
        if let Some(direction) = event.direction {
            call.direction = direction;
        }
        if let Some(employee) = employee.filter(|id| call.employee.is_none() || **id == me) {
            call.employee = Some(employee.to_owned());
        }
        if channel == Channel::Mine || employee == Some(me.as_str()) {
            call.mine = Some(true);
        } else if employee.is_some() {
            call.mine = call.mine.or(Some(false));
        }
        call.line |= matches!(event.endpoint, Some(Endpoint::Reception(_) | Endpoint::Group(_)));
        call.heard_at = now;
        call.failed_checks = 0;
        call.voicemail |= event.status == Some(Status::Voicemail);
        let mut fact = CallFact {
            direction: event.direction,
            mine: call.mine,
            peer: event.peer.clone(),
            line,
            people: employee.map(str::to_owned).into_iter().collect(),
            started_at: event.started_at,
            answered_at: event.answered_at,
            ended_at: event.ended_at,
            ..fact_of(uuid)
        };
        match event.step {
            Step::New | Step::Ringing => {
                fact.state = Some(call.state);
                call.schedule(now);
                if !known && event.step == Step::Ringing {
                    // Its numbers were told before anybody listened.
                    call.check_at = now;
                }
                self.nodes.tries = 0;
                let mut facts = vec![fact];
                facts.extend(self.attribute(now));
                facts
            }
            Step::Answer if call.voicemail => {
                call.schedule(now);
                vec![fact]
            }
            Step::Answer => {
                if let Some(employee) = employee.filter(|_| call.line) {
                    call.taker = Some(if employee == me { Taker::Me } else { Taker::Other });
                    call.left_me = call.mine == Some(true) && employee != me;
                    call.mine = Some(employee == me);
                }
                self.answered(now, uuid);
                if let Some(call) = self.open.get_mut(uuid) {
                    if !known {
                        call.check_at = now;
                    }
                    fact.state = Some(CallState::Answered);
                    fact.mine = call.mine;
                    if call.taker == Some(Taker::Me) {
                        fact.people = vec![me];
                    }
                }
                vec![fact]
            }
            // A leg of a line's call; the line says itself when the call is over.
            Step::Hangup if call.line && employee.is_some() => {
                call.left_me |= employee == Some(me.as_str()) && call.state == CallState::Ringing;
                call.check_at = now + LEG_CHECK;
                vec![CallFact { mine: fact.mine, line: fact.line, peer: fact.peer, ..fact_of(uuid) }]
            }
            Step::Hangup => {
                let outcome = self.outcome_of_hangup(uuid, event);
                self.end(uuid);
                fact.mine = None;
                vec![CallFact { state: Some(CallState::Ended), outcome: Some(outcome), ..fact }]
            }
        }
    }

    /// Takes what the owner's presence turned to.
    pub(super) fn presence(&mut self, now: Instant, seen: Availability) -> Vec<CallFact> {
        let before = std::mem::replace(&mut self.phone.seen, seen);
        if before == seen {
            return self.attribute(now).into_iter().collect();
        }
        self.phone.changed_at = now;
        if seen == Availability::Ringing {
            self.phone.rings_for = None;
            self.nodes.tries = 0;
            return self.attribute(now).into_iter().collect();
        }
        let rang_for = self.phone.rings_for.clone().filter(|_| before == Availability::Ringing);
        let taker = match (seen, &rang_for) {
            (Availability::Busy, Some(_)) => Some(Taker::Me),
            (Availability::Available | Availability::Dnd, Some(_)) => Some(Taker::Other),
            _ => None,
        };
        if let (Some(uuid), Some(Taker::Other)) = (&rang_for, taker)
            && let Some(call) = self.open.get_mut(uuid)
        {
            call.left_me = true;
            self.phone.rings_for = None;
        }
        let mut facts = Vec::new();
        let undecided: Vec<String> = self
            .open
            .iter()
            .filter(|(_, call)| call.state == CallState::Answered && call.is_undecided())
            .map(|(uuid, _)| uuid.clone())
            .collect();
        for uuid in undecided {
            match taker.filter(|_| rang_for.as_ref() == Some(&uuid)) {
                Some(taker) => facts.extend(self.decide(&uuid, taker)),
                None => {
                    if let Some(call) = self.open.get_mut(&uuid) {
                        call.check_at = call.check_at.min(now);
                    }
                }
            }
        }
        facts.extend(self.attribute(now));
        facts
    }

    /// Takes the answer to [`Ask::LiveNodes`].
    pub(super) fn live_nodes(&mut self, now: Instant, asked_at: Instant, nodes: &[Node]) -> Vec<CallFact> {
        let facts = self.legs(now, asked_at, nodes);
        self.want_nodes_again(now);
        facts
    }

    /// Takes the owner's live legs.
    pub(super) fn legs(&mut self, now: Instant, asked_at: Instant, nodes: &[Node]) -> Vec<CallFact> {
        let mut facts = Vec::new();
        for node in nodes.iter().filter(|node| !node.ended) {
            let Some(uuid) = node.uuid.as_deref().filter(|uuid| !self.has_ended(uuid)) else { continue };
            let employee = node.endpoint.as_ref().and_then(Endpoint::employee);
            // The list is the owner's own, so a leg that does not say whose it is is his.
            if node.endpoint.is_some() && employee != Some(self.me.as_str()) {
                continue;
            }
            let known = self.open.contains_key(uuid);
            let me = self.me.clone();
            let call = self.open_call(now, uuid);
            if !known {
                call.check_at = now;
            }
            let was_mine = call.mine.replace(true);
            call.left_me = false;
            let answered = node.answered && (!known || call.heard_at <= asked_at || call.is_undecided());
            if answered && call.taker != Some(Taker::Me) {
                call.state = CallState::Answered;
                call.taker = Some(Taker::Me);
            } else if known && was_mine == Some(true) {
                continue;
            }
            if call.state == CallState::Ringing && self.phone.seen == Availability::Ringing {
                self.phone.rings_for = Some(uuid.to_owned());
            }
            facts.push(CallFact {
                state: self.open.get(uuid).map(|call| call.state),
                mine: Some(true),
                people: vec![me],
                ..fact_of(uuid)
            });
        }
        facts
    }

    /// The owner's live legs were asked for in vain.
    pub(super) fn no_live_nodes(&mut self, now: Instant) {
        self.want_nodes_again(now);
    }

    /// Takes the newest rows of REST (newest first) and doubts every open call of which they say nothing.
    pub(super) fn rows(&mut self, now: Instant, asked_at: Instant, rows: &[CallRow]) -> Vec<CallFact> {
        let facts = rows.iter().rev().filter_map(|row| self.row(now, asked_at, row)).collect();
        for (uuid, call) in &mut self.open {
            let settled = call.checked_at.is_some_and(|at| now - at < FAILED_CHECK);
            if call.heard_at < asked_at && !settled && !rows.iter().any(|row| row.uuid == *uuid) {
                call.check_at = call.check_at.min(now);
            }
        }
        facts
    }

    /// Takes the answer to [`Ask::Call`].
    pub(super) fn found(
        &mut self,
        now: Instant,
        asked_at: Instant,
        uuid: &str,
        found: &Found<'_>,
    ) -> Option<CallFact> {
        let call = self.open.get_mut(uuid)?;
        call.checking = false;
        call.checked_at = Some(now);
        let lost = match found {
            Found::Row(row) if row.uuid == uuid => {
                call.failed_checks = if call.is_undecided() { call.failed_checks + 1 } else { 0 };
                return self.row(now, asked_at, row);
            }
            // A call told of since the question cannot be gone.
            Found::Gone => call.heard_at < asked_at,
            Found::Row(_) | Found::Unasked => {
                call.failed_checks += 1;
                call.failed_checks >= FAILED_CHECKS
            }
        };
        if lost {
            self.end(uuid);
            return Some(CallFact {
                state: Some(CallState::Ended),
                outcome: Some(Outcome::Lost),
                ..fact_of(uuid)
            });
        }
        call.check_at = now + FAILED_CHECK;
        None
    }

    /// What is to be asked for now; every question must come back by [`Self::live_nodes`],
    /// [`Self::no_live_nodes`] or [`Self::found`].
    pub(super) fn ask(&mut self, now: Instant) -> Option<Ask> {
        if !self.nodes.in_flight && self.nodes.wanted_at.is_some_and(|at| at <= now) {
            self.nodes =
                Nodes { wanted_at: None, asked_at: Some(now), in_flight: true, tries: self.nodes.tries + 1 };
            return Some(Ask::LiveNodes);
        }
        if self.open.values().any(|call| call.checking) {
            return None;
        }
        let (uuid, call) = self.open.iter_mut().find(|(_, call)| call.check_at <= now)?;
        call.checking = true;
        Some(Ask::Call(uuid.clone()))
    }

    /// When [`Self::ask`] is next worth calling.
    pub(super) fn next_at(&self) -> Option<Instant> {
        let nodes = self.nodes.wanted_at.filter(|_| !self.nodes.in_flight);
        let check = if self.open.values().any(|call| call.checking) {
            None
        } else {
            self.open.values().map(|call| call.check_at).min()
        };
        nodes.into_iter().chain(check).min()
    }

    /// One row of REST; an event newer than the question wins over it.
    fn row(&mut self, now: Instant, asked_at: Instant, row: &CallRow) -> Option<CallFact> {
        let uuid = row.uuid.as_str();
        if self.has_ended(uuid) {
            return None;
        }
        let known = self.open.contains_key(uuid);
        let newer = self.open.get(uuid).is_some_and(|call| known && call.heard_at > asked_at);
        let seen = Seen::of(row, &self.me);
        let mut fact = CallFact {
            direction: row.direction,
            mine: seen.mine,
            peer: row.peer.clone(),
            line: row.line.clone().map(|line| self.named(line)),
            people: seen.people.clone(),
            started_at: row.started_at,
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            ..fact_of(uuid)
        };
        let ended = seen.state == CallState::Ended;
        if ended && !newer {
            let open = self.open.get(uuid);
            let rang_me = open.is_some_and(|call| call.mine == Some(true) || call.left_me);
            self.end(uuid);
            let elsewhere = seen.outcome == Outcome::Answered && rang_me && seen.taker == Some(Taker::Other);
            let outcome = if elsewhere { Outcome::AnsweredElsewhere } else { seen.outcome };
            fact.mine = fact.mine.filter(|mine| *mine || !rang_me);
            return Some(CallFact { state: Some(CallState::Ended), outcome: Some(outcome), ..fact });
        }
        if ended {
            // The hangup is on its way, or the row is of another leg; the numbers still count.
            return Some(CallFact { mine: None, people: Vec::new(), ended_at: None, ..fact });
        }
        let call = self.open_call(now, uuid);
        call.direction = row.direction.unwrap_or(call.direction);
        call.line |= row.line.is_some();
        if let Some(employee) = row.endpoint.as_ref().and_then(Endpoint::employee) {
            call.employee.get_or_insert_with(|| employee.to_owned());
        }
        if !newer && seen.state == CallState::Answered {
            call.state = CallState::Answered;
        }
        if call.state == CallState::Answered && seen.state == CallState::Answered {
            call.taker = seen.taker.or(call.taker);
            call.left_me |= call.taker == Some(Taker::Other) && call.mine == Some(true);
        }
        call.mine = match (call.mine, seen.mine) {
            (Some(true), Some(false)) if seen.taker != Some(Taker::Other) => Some(true),
            (known, heard) => heard.or(known),
        };
        fact.mine = call.mine;
        fact.state = Some(call.state);
        call.schedule(now);
        if call.is_undecided() && call.state == CallState::Answered && call.failed_checks < FAILED_CHECKS {
            call.check_at = now + NODES_EVERY * 2;
        }
        Some(fact)
    }

    /// Finds the one call that explains why the owner's phone rings, or has the live legs asked for.
    fn attribute(&mut self, now: Instant) -> Option<CallFact> {
        let candidates = self.open.iter().filter(|(_, call)| call.may_ring_me());
        match self.phone.seen {
            Availability::Ringing if self.phone.rings_for.is_none() => {}
            Availability::Unknown if candidates.clone().any(|(_, call)| call.mine.is_none()) => {
                self.want_nodes(now);
                return None;
            }
            Availability::Ringing
            | Availability::Unknown
            | Availability::Available
            | Availability::Busy
            | Availability::Dnd
            | Availability::Away
            | Availability::Offline => return None,
        }
        let direct = self.open.iter().find(|(_, call)| {
            call.state == CallState::Ringing && call.employee.as_deref() == Some(self.me.as_str())
        });
        if let Some((uuid, _)) = direct {
            self.phone.rings_for = Some(uuid.clone());
            return None;
        }
        let mut candidates = candidates.map(|(uuid, _)| uuid);
        let only = candidates.next()?.clone();
        if candidates.next().is_some() {
            self.want_nodes(now);
            return None;
        }
        let call = self.open.get_mut(&only)?;
        call.left_me = false;
        self.phone.rings_for = Some(only.clone());
        if call.mine.replace(true) == Some(true) {
            return None;
        }
        Some(CallFact {
            state: Some(call.state),
            mine: Some(true),
            people: vec![self.me.clone()],
            ..fact_of(&only)
        })
    }

    /// A call was answered: by whom, as far as the owner's phone tells.
    fn answered(&mut self, now: Instant, uuid: &str) {
        let Some(call) = self.open.get_mut(uuid) else { return };
        call.state = CallState::Answered;
        call.schedule(now);
        if !call.is_undecided() {
            return;
        }
        let mine = call.mine == Some(true);
        let for_this = self.phone.rings_for.as_deref() == Some(uuid);
        match self.phone.seen {
            Availability::Busy if for_this => call.taker = Some(Taker::Me),
            _ if call.left_me => call.taker = Some(Taker::Other),
            // Not a sound was heard from the owner's phone.
            Availability::Available | Availability::Dnd if !mine => call.taker = Some(Taker::Other),
            Availability::Busy if !mine && self.phone.changed_at < call.began_at => {
                call.taker = Some(Taker::Other);
            }
            Availability::Unknown => call.check_at = now,
            Availability::Ringing
            | Availability::Available
            | Availability::Busy
            | Availability::Dnd
            | Availability::Away
            | Availability::Offline => call.check_at = now + UNDECIDED_FOR,
        }
        if let Some(taker) = call.taker {
            call.mine = Some(taker == Taker::Me);
        }
    }

    fn decide(&mut self, uuid: &str, taker: Taker) -> Option<CallFact> {
        let call = self.open.get_mut(uuid)?;
        call.taker = Some(taker);
        // Kept for the outcome: it did ring the owner.
        call.left_me = taker == Taker::Other;
        call.mine = Some(taker == Taker::Me);
        Some(CallFact {
            state: Some(call.state),
            mine: call.mine,
            people: (taker == Taker::Me).then(|| self.me.clone()).into_iter().collect(),
            ..fact_of(uuid)
        })
    }

    fn outcome_of_hangup(&self, uuid: &str, event: &CallEvent) -> Outcome {
        let Some(call) = self.open.get(uuid) else { return Outcome::Lost };
        let answered = match (call.taker, call.left_me) {
            (Some(Taker::Other), true) => Outcome::AnsweredElsewhere,
            _ => Outcome::Answered,
        };
        match event.status {
            Some(Status::Missed | Status::Orphaned) if call.direction == Direction::Incoming => {
                return Outcome::Missed;
            }
            Some(Status::Voicemail) => return Outcome::Voicemail,
            Some(Status::Answered) => return answered,
            Some(Status::New | Status::Ringing | Status::Missed | Status::Orphaned) | None => {}
        }
        if call.state != CallState::Ringing {
            return answered;
        }
        if call.voicemail {
            return Outcome::Voicemail;
        }
        let cause = event.hangup_cause.as_deref();
        match (call.direction, cause) {
            (_, Some("USER_BUSY")) => Outcome::Busy,
            (_, Some("CALL_REJECTED")) => Outcome::Declined,
            (Direction::Outgoing, Some("NO_ANSWER" | "NO_USER_RESPONSE" | "ORIGINATOR_CANCEL") | None) => {
                Outcome::Missed
            }
            (Direction::Outgoing, _) => Outcome::Failed,
            // A line's call without a status was answered (that is what makes it have none), though its
            // `call.answer` was lost.
            (Direction::Incoming, _) if (call.line || call.employee.is_none()) && event.status.is_none() => {
                answered
            }
            (Direction::Incoming, _) => Outcome::Missed,
        }
    }

    /// The line with its name, which is kept for the events that leave it out.
    fn named(&mut self, line: Line) -> Line {
        match &line.name {
            Some(name) if self.lines.len() < LINES || self.lines.contains_key(&line.id) => {
                self.lines.insert(line.id.clone(), name.clone());
                line
            }
            Some(_) => line,
            None => Line { name: self.lines.get(&line.id).cloned(), ..line },
        }
    }

    fn want_nodes(&mut self, now: Instant) {
        let earliest = self.nodes.asked_at.map_or(now, |asked_at| (asked_at + NODES_EVERY).max(now));
        self.nodes.wanted_at = Some(self.nodes.wanted_at.map_or(earliest, |at| at.min(earliest)));
    }

    /// The phone may have begun to ring only after the answer was made.
    fn want_nodes_again(&mut self, now: Instant) {
        self.nodes.in_flight = false;
        let unexplained = match self.phone.seen {
            Availability::Ringing => self.phone.rings_for.is_none(),
            Availability::Unknown => true,
            Availability::Available
            | Availability::Busy
            | Availability::Dnd
            | Availability::Away
            | Availability::Offline => false,
        };
        let candidate = self.open.values().any(|call| call.may_ring_me() && call.mine.is_none());
        if unexplained && candidate && self.nodes.tries < NODES_TRIES {
            self.nodes.wanted_at =
                Some(now + NODES_EVERY * 2_u32.saturating_pow(self.nodes.tries.saturating_sub(1)));
        }
    }

    fn open_call(&mut self, now: Instant, uuid: &str) -> &mut Open {
        if self.open.len() >= OPEN && !self.open.contains_key(uuid) {
            let oldest = self.open.iter().min_by_key(|(_, call)| call.heard_at).map(|(uuid, _)| uuid.clone());
            if let Some(oldest) = oldest {
                self.open.remove(&oldest);
            }
        }
        self.open.entry(uuid.to_owned()).or_insert_with(|| Open {
            direction: Direction::Incoming,
            state: CallState::Ringing,
            employee: None,
            line: false,
            mine: None,
            left_me: false,
            taker: None,
            voicemail: false,
            began_at: now,
            heard_at: now,
            check_at: now + RINGING_CHECK,
            checking: false,
            checked_at: None,
            failed_checks: 0,
        })
    }

    fn end(&mut self, uuid: &str) {
        self.open.remove(uuid);
        if self.phone.rings_for.as_deref() == Some(uuid) && self.phone.seen != Availability::Ringing {
            self.phone.rings_for = None;
        }
        if self.ended.len() >= ENDED {
            self.ended.pop_front();
        }
        self.ended.push_back(uuid.to_owned());
    }

    fn has_ended(&self, uuid: &str) -> bool {
        self.ended.iter().rev().any(|ended| ended == uuid)
    }
}

impl Open {
    /// A line's call in which the owner may have a part.
    fn is_undecided(&self) -> bool {
        (self.line || self.employee.is_none())
            && self.direction == Direction::Incoming
            && self.taker.is_none()
    }

    fn may_ring_me(&self) -> bool {
        self.state == CallState::Ringing && self.is_undecided() && self.mine != Some(false)
    }

    fn schedule(&mut self, now: Instant) {
        self.check_at = now + if self.state == CallState::Ringing { RINGING_CHECK } else { ANSWERED_CHECK };
    }
}

/// What a row of REST means for the owner.
struct Seen {
    state: CallState,
    outcome: Outcome,
    mine: Option<bool>,
    taker: Option<Taker>,
    people: Vec<String>,
}

impl Seen {
    fn of(row: &CallRow, me: &str) -> Self {
        let employee = row.endpoint.as_ref().and_then(Endpoint::employee);
        let my_node = row
            .nodes
            .iter()
            .flatten()
            .find(|node| node.endpoint.as_ref().and_then(Endpoint::employee) == Some(me));
        let answered = row.status == Some(Status::Answered) || row.answered_at.is_some();
        let taker = match (&row.answered_by, employee) {
            _ if my_node.is_some_and(|node| node.answered) => Some(Taker::Me),
            (Some(id), _) if id == me => Some(Taker::Me),
            (Some(_), _) => Some(Taker::Other),
            (None, Some(id)) if answered => Some(if id == me { Taker::Me } else { Taker::Other }),
            (None, _) => None,
        };
        let state = match row.status {
            _ if row.ended_at.is_some() => CallState::Ended,
            Some(Status::Missed | Status::Voicemail | Status::Orphaned) => CallState::Ended,
            Some(Status::Answered) => CallState::Answered,
            Some(Status::New | Status::Ringing) | None if answered => CallState::Answered,
            Some(Status::New | Status::Ringing) => CallState::Ringing,
            // Neither a status nor an answer nor an end: nothing to show anybody.
            None => CallState::Ended,
        };
        let mine = match (taker, employee) {
            (_, Some(id)) if id == me => Some(true),
            (Some(taker), _) => Some(taker == Taker::Me),
            (None, _) if my_node.is_some() => Some(true),
            (None, Some(_)) => Some(false),
            // Who has legs and none of them mine was not rung; a live call may still come to ring me.
            (None, None)
                if state == CallState::Ended && row.nodes.as_ref().is_some_and(|n| !n.is_empty()) =>
            {
                Some(false)
            }
            (None, None) => None,
        };
        let rang_me = employee != Some(me) && my_node.is_some();
        let outcome = match row.status {
            Some(Status::Voicemail) => Outcome::Voicemail,
            _ if answered && rang_me && taker == Some(Taker::Other) => Outcome::AnsweredElsewhere,
            _ if answered => Outcome::Answered,
            Some(Status::Missed | Status::Orphaned | Status::New | Status::Ringing) => Outcome::Missed,
            Some(Status::Answered) | None => Outcome::Lost,
        };
        let people = match (&row.answered_by, employee) {
            (Some(id), _) => vec![id.clone()],
            (None, Some(id)) => vec![id.to_owned()],
            (None, None) if mine == Some(true) => vec![me.to_owned()],
            (None, None) => Vec::new(),
        };
        Self { state, outcome, mine, taker, people }
    }
}

/// A call is known by its id wherever it is seen.
fn fact_of(uuid: &str) -> CallFact {
    CallFact { key: Some(format!("firmafon:{uuid}")), ..CallFact::of(uuid) }
}

#[cfg(test)]
mod tests;
