//! Whose call is it, and how did it end.
//!
//! A reception's events say that the reception rings, never whose phone. What does tell, from quick to sure: the
//! owner's own presence turning to ringing, busy or available; the owner's live legs; the call's row in REST.

mod legs;
mod outcome;
mod phone;
mod rows;

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use model::{Availability, CallFact, CallState, Direction, Line, Outcome};
use phone::Phone;
use protocols::Instant;
pub(super) use rows::Found;

use super::{
    events::{CallEvent, Status, Step},
    rest::line,
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
/// A line's call that rings on for so long after the owner's phone fell silent is for others.
const PASSES_ON: Duration = Duration::from_secs(2);
const UNDECIDED_ROWS: u32 = 3;
const RINGING_CHECK: Duration = Duration::from_secs(3 * 60);
const ANSWERED_CHECK: Duration = Duration::from_secs(30 * 60);
/// How long a line may take to say that its call is over, after one of the legs has said so.
const LEG_CHECK: Duration = Duration::from_secs(5);
/// A call told of this recently is not given up for want of a row.
const FRESH_FOR: Duration = Duration::from_secs(30);
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

/// When the owner's live legs are asked for.
#[derive(Debug, Default)]
struct Nodes {
    wanted_at: Option<Instant>,
    asked_at: Option<Instant>,
    /// No longer waited for then.
    patient_until: Option<Instant>,
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
    /// It is not the owner's any more if it still rings then.
    passes_on_at: Option<Instant>,
    taker: Option<Taker>,
    transfer: Transfer,
    voicemail: bool,
    began_at: Instant,
    rings_at: Instant,
    heard_at: Instant,
    check_at: Instant,
    /// The newest rows did not know of it.
    doubted: bool,
    checking: bool,
    checked_at: Option<Instant>,
    failed_checks: u32,
    /// So many rows did not say who answered.
    undecided_rows: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taker {
    Me,
    Other,
}

/// A call that a colleague answered may be passed on to the owner, and ring again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transfer {
    /// The owner's phone had begun to ring so many times when the call was answered.
    None { rings_before: u64 },
    /// The owner's channel said that it rings; his phone has yet to.
    Offered { rings_before: u64 },
    /// It rings the owner again.
    Ringing,
}

impl Calls {
    pub(super) fn new(now: Instant, me: String) -> Self {
        Self {
            me,
            open: BTreeMap::new(),
            ended: VecDeque::new(),
            lines: BTreeMap::new(),
            phone: Phone::new(now),
            nodes: Nodes::default(),
        }
    }

    /// Minds calls that an earlier session left open: the next rows are asked what became of them.
    pub(super) fn take_over(&mut self, now: Instant, left_open: &[CallFact]) {
        for fact in left_open {
            let call = self.open_call(now, &fact.id);
            call.direction = fact.direction.unwrap_or(call.direction);
            call.state = fact.state.unwrap_or(call.state);
            call.mine = fact.mine;
            call.schedule(now);
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
        let to_me = channel == Channel::Mine || employee == Some(me.as_str());
        let rings = matches!(event.step, Step::New | Step::Ringing);
        let call = self.open_call(now, uuid);
        call.heard_at = now;
        call.doubted = false;
        call.failed_checks = 0;
        if to_me && rings && call.offer() {
            return self.attribute(now).into_iter().collect();
        }
        if let Some(direction) = event.direction {
            call.direction = direction;
        }
        if let Some(employee) = employee.filter(|id| call.employee.is_none() || **id == me) {
            call.employee = Some(employee.to_owned());
        }
        if to_me {
            call.mine = Some(call.taker != Some(Taker::Other));
        } else if employee.is_some() {
            call.mine = call.mine.or(Some(false));
        }
        call.line |= matches!(event.endpoint, Some(Endpoint::Reception(_) | Endpoint::Group(_)));
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
                if event.step == Step::Ringing && call.rings_at == call.began_at {
                    call.rings_at = now;
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
                if call.state == CallState::Answered {
                    fact.answered_at = None;
                }
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
                let outcome = call.outcome_of(event);
                // It did ring the owner, even if it rang on for others.
                let missed = call.left_me && matches!(outcome, Outcome::Missed | Outcome::Voicemail);
                fact.mine = missed.then_some(true);
                self.end(uuid);
                vec![CallFact { state: Some(CallState::Ended), outcome: Some(outcome), ..fact }]
            }
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

    fn open_call(&mut self, now: Instant, uuid: &str) -> &mut Open {
        let transfer = Transfer::None { rings_before: self.phone.rings };
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
            passes_on_at: None,
            taker: None,
            transfer,
            voicemail: false,
            began_at: now,
            rings_at: now,
            heard_at: now,
            check_at: now + RINGING_CHECK,
            doubted: false,
            checking: false,
            checked_at: None,
            failed_checks: 0,
            undecided_rows: 0,
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

/// A call is known by its id wherever it is seen.
fn fact_of(uuid: &str) -> CallFact {
    CallFact { key: Some(format!("firmafon:{uuid}")), ..CallFact::of(uuid) }
}

#[cfg(test)]
mod tests;
