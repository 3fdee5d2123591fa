//! A call as it is told of: what its legs mean, seen from one side.

use std::sync::Arc;

use model::{CallFact, CallState, Direction, Outcome, Time};
use protocols::Instant;

use super::{
    group::{GRACE, Group},
    leg::{Cause, Leg, Named, Phase},
    peer,
};
use crate::firehose::me::Way;

/// A call that was told of and has not ended.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) id: Arc<str>,
    pub(super) direction: Direction,
    /// My phones are in it, and what they do is what it does.
    pub(super) mine: bool,
    /// Somebody speaks or spoke.
    pub(super) up: bool,
    /// Since when none of the phones that make it a call is in it.
    pub(super) quiet: Option<Instant>,
    /// When time alone may change it.
    pub(super) wake_at: Option<Instant>,
    /// The event by which the first phone that makes it a call was heard of.
    first: u64,
    started_at: Time,
    told: Option<Told>,
}

/// What was told last.
#[derive(Debug)]
struct Told {
    state: CallState,
    mine: Option<bool>,
    people: Vec<Arc<str>>,
    peer: Named,
}

/// ```text
///  Ringing ──► Up ─────────────► Over
///     │  ▲      ▲                 ▲
///     ▼  │      │ my phone        │
///  PassedOn ──► Elsewhere ────────┘
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Ringing,
    Up {
        held: bool,
    },
    /// It rings on, but not for me.
    PassedOn,
    /// It rang me, and a colleague took it.
    Elsewhere,
    Over(Outcome),
}

impl Shown {
    /// A call that begins with this leg.
    pub(super) fn new(id: Arc<str>, first: &Leg) -> Self {
        Self {
            id,
            direction: direction(first),
            mine: first.is_mine(),
            up: false,
            quiet: None,
            wake_at: None,
            first: first.number,
            started_at: first.began_at,
            told: None,
        }
    }

    /// My first phone joins what was a colleague's call.
    pub(super) fn becomes_mine(&mut self, first: &Leg) {
        self.mine = true;
        self.direction = direction(first);
        self.quiet = None;
        self.up = false;
        self.first = first.number;
        self.started_at = first.began_at;
    }

    /// How it stands by its group's legs.
    pub(super) fn stand(&mut self, group: &Group, now: Instant) -> Standing {
        self.wake_at = None;
        let standing = match self.direction {
            Direction::Outgoing => self.outgoing(group, now),
            Direction::Incoming => self.incoming(group, now),
        };
        self.up |= matches!(standing, Standing::Up { .. });
        standing
    }

    fn is_subject(&self, leg: &Leg) -> bool {
        !leg.past && if self.mine { leg.is_mine() } else { leg.counts() }
    }

    fn outgoing(&mut self, group: &Group, now: Instant) -> Standing {
        let is_caller = |leg: &Leg| self.is_subject(leg) && leg.calls();
        let mut callers = group.legs.iter().filter(|leg| is_caller(leg) && leg.is_alive()).peekable();
        if callers.peek().is_none() {
            return Standing::Over(self.outcome_of_outgoing(group));
        }
        let (mut joined, mut held, mut answered) = (false, true, None);
        for caller in callers {
            joined |= caller.is_up() && caller.joined.is_some();
            held &= caller.held;
            answered = answered.max(caller.up);
        }
        let mut others = group.legs.iter().filter(|leg| !leg.past && !is_caller(leg));
        let far = others.clone().any(Leg::is_up);
        if self.up || far || joined {
            return Standing::Up { held };
        }
        // An answer of one's own leg is a switch's announcement, or all there is of a voicemail's.
        if let Some(answered) = answered
            && others.all(|leg| leg.ended().is_some_and(|at| at <= answered))
        {
            if answered + GRACE <= now {
                return Standing::Up { held };
            }
            self.wake_at = Some(answered + GRACE);
        }
        Standing::Ringing
    }

    fn incoming(&mut self, group: &Group, now: Instant) -> Standing {
        let (mut up, mut held, mut rings, mut was_up) = (false, true, false, false);
        for leg in group.legs.iter().filter(|leg| self.is_subject(leg)) {
            match leg.phase {
                Phase::Up => {
                    up = true;
                    held &= leg.held;
                }
                Phase::Ringing => rings = true,
                Phase::Ended { .. } => was_up |= leg.was_up,
            }
        }
        if up {
            self.quiet = None;
            return Standing::Up { held };
        }
        if rings {
            self.quiet = None;
            return Standing::Ringing;
        }
        if self.mine && was_up {
            return Standing::Over(self.outcome_of_incoming(group));
        }
        let colleague = |leg: &&Leg| !leg.past && leg.counts() && !leg.is_mine() && !leg.calls();
        if self.mine && group.legs.iter().filter(colleague).any(|leg| leg.is_up() && self.took_it(leg)) {
            self.quiet = None;
            return Standing::Elsewhere;
        }
        if self.mine && group.legs.iter().filter(colleague).any(|leg| leg.is_alive() && !leg.is_up()) {
            self.quiet = None;
            return Standing::PassedOn;
        }
        let waits = group.legs.iter().any(|leg| !leg.past && leg.is_alive());
        let quiet = *self.quiet.get_or_insert(now);
        if !waits || quiet + GRACE <= now {
            return Standing::Over(self.outcome_of_incoming(group));
        }
        self.wake_at = Some(quiet + GRACE);
        let taken = group.legs.iter().filter(colleague).any(|leg| self.took_it(leg));
        match (self.mine, self.up) {
            (true, _) if taken => Standing::Elsewhere,
            (true, _) => Standing::PassedOn,
            (false, true) => Standing::Up { held: false },
            (false, false) => Standing::Ringing,
        }
    }

    /// Whether a colleague answered after it had begun to ring me, and did not pass it on to me.
    fn took_it(&self, colleague: &Leg) -> bool {
        colleague.up_by.is_some_and(|by| by > self.first)
    }

    fn outcome_of_incoming(&self, group: &Group) -> Outcome {
        let theirs = |leg: &&Leg| !leg.past && leg.counts() && !leg.is_mine() && !leg.calls();
        let phones = || group.legs.iter().filter(|leg| self.is_subject(leg) && !leg.calls());
        let causes = || phones().filter_map(Leg::cause);
        let all = |wanted| causes().next().is_some() && causes().all(|cause| cause == wanted);
        if let Some(spoke) = phones().filter(|leg| leg.was_up).max_by_key(|leg| leg.ended()) {
            return match spoke.cause() {
                Some(Cause::Elsewhere) => Outcome::AnsweredElsewhere,
                Some(Cause::Transferred) => Outcome::Transferred,
                Some(Cause::Lost) => Outcome::Lost,
                _ if group.parked => Outcome::Transferred,
                Some(Cause::Unanswered | Cause::Busy | Cause::Rejected | Cause::Normal | Cause::Failed)
                | None => Outcome::Answered,
            };
        }
        if (self.mine && group.legs.iter().filter(theirs).any(|leg| self.took_it(leg)))
            || causes().any(|cause| cause == Cause::Elsewhere)
        {
            Outcome::AnsweredElsewhere
        } else if causes().any(|cause| cause == Cause::Rejected) {
            Outcome::Declined
        } else if all(Cause::Busy) {
            Outcome::Busy
        } else if causes().any(|cause| cause == Cause::Transferred) {
            Outcome::Transferred
        } else if all(Cause::Lost) {
            Outcome::Lost
        } else {
            Outcome::Missed
        }
    }

    fn outcome_of_outgoing(&self, group: &Group) -> Outcome {
        let is_caller = |leg: &&Leg| self.is_subject(leg) && leg.calls();
        let own = || group.legs.iter().filter(is_caller).filter_map(Leg::cause);
        if self.up {
            return if own().any(|cause| cause == Cause::Transferred) || group.parked {
                Outcome::Transferred
            } else if own().any(|cause| cause == Cause::Lost) {
                Outcome::Lost
            } else {
                Outcome::Answered
            };
        }
        let far = group.legs.iter().filter(|leg| !leg.past && !is_caller(leg)).filter_map(Leg::cause);
        let telling =
            |cause: &Cause| matches!(cause, Cause::Busy | Cause::Rejected | Cause::Failed | Cause::Lost);
        match own().chain(far).find(telling) {
            Some(Cause::Busy) => Outcome::Busy,
            Some(Cause::Rejected) => Outcome::Declined,
            Some(Cause::Lost) => Outcome::Lost,
            Some(Cause::Failed) => Outcome::Failed,
            Some(Cause::Elsewhere | Cause::Unanswered | Cause::Transferred | Cause::Normal) | None => {
                Outcome::Missed
            }
        }
    }

    /// What to tell of it, if anything is different.
    pub(super) fn fact(
        &mut self,
        group: &Group,
        standing: Standing,
        me_known: bool,
        at: Time,
    ) -> Option<CallFact> {
        let (state, mine) = match standing {
            Standing::Ringing => (CallState::Ringing, Some(self.mine)),
            Standing::Up { held: false } => (CallState::Answered, Some(self.mine)),
            Standing::Up { held: true } => (CallState::Held, Some(self.mine)),
            Standing::PassedOn => (CallState::Ringing, None),
            Standing::Elsewhere => (CallState::Answered, Some(false)),
            Standing::Over(Outcome::AnsweredElsewhere) if self.was_told_elsewhere() => {
                (CallState::Ended, Some(false))
            }
            Standing::Over(_) => (CallState::Ended, Some(self.mine)),
        };
        let mine = mine.filter(|_| me_known);
        let people = self.people(group, state);
        let (number, name) = peer::of(group, self.direction, |leg| self.is_subject(leg));
        let before = self.told.as_ref();
        let same_peer = before
            .is_some_and(|told| told.peer.number.as_deref() == number && told.peer.name.as_deref() == name);
        if same_peer
            && before.is_some_and(|told| told.state == state && told.mine == mine && told.people == people)
        {
            return None;
        }
        let outcome = match standing {
            Standing::Over(outcome) => Some(outcome),
            Standing::Ringing | Standing::Up { .. } | Standing::PassedOn | Standing::Elsewhere => None,
        };
        let fact = CallFact {
            key: Some(["firehose:", &*self.id].concat()),
            direction: Some(self.direction),
            state: Some(state),
            mine,
            passed_on: standing == Standing::PassedOn,
            peer: (!same_peer).then(|| peer::parse(number, name)),
            people: people.iter().map(ToString::to_string).collect(),
            started_at: before.is_none().then_some(self.started_at),
            answered_at: self.answered_at(group, state),
            ended_at: outcome.map(|_| at),
            outcome,
            ..CallFact::of(&*self.id)
        };
        let peer = Named { number: number.map(Into::into), name: name.map(Into::into) };
        self.told = Some(Told { state, mine, people, peer });
        Some(fact)
    }

    fn was_told_elsewhere(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.state == CallState::Answered && told.mine == Some(false))
    }

    /// Told for the first time that it was answered: when.
    fn answered_at(&self, group: &Group, state: CallState) -> Option<Time> {
        let known = self.told.as_ref().is_some_and(|told| told.state != CallState::Ringing);
        if known || matches!(state, CallState::Ringing | CallState::Ended) {
            return None;
        }
        let outgoing = self.direction == Direction::Outgoing;
        let answers =
            |leg: &&Leg| !leg.past && leg.is_up() && if leg.counts() { !leg.calls() } else { outgoing };
        group.legs.iter().filter(answers).filter_map(|leg| leg.up_at).min()
    }

    /// Who speaks or, while nobody does, whose phone rings; those of before once there is nobody.
    fn people(&self, group: &Group, state: CallState) -> Vec<Arc<str>> {
        let mut people: Vec<Arc<str>> = Vec::new();
        let ringing = state == CallState::Ringing;
        let among = |leg: &&Leg| {
            !leg.past && leg.counts() && leg.is_alive() && (ringing || leg.is_up() || leg.calls())
        };
        for owner in group.legs.iter().filter(among).filter_map(|leg| leg.owner.as_ref()) {
            if !people.contains(owner) {
                people.push(Arc::clone(owner));
            }
        }
        match &self.told {
            Some(told) if people.is_empty() => told.people.clone(),
            _ => people,
        }
    }

    pub(super) fn is_told(&self) -> bool {
        self.told.is_some()
    }
}

fn direction(first: &Leg) -> Direction {
    match first.way {
        Some(Way::Inbound) => Direction::Outgoing,
        Some(Way::Outbound) | None if first.click => Direction::Outgoing,
        Some(Way::Outbound) | None => Direction::Incoming,
    }
}
