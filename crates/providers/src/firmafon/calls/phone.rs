//! What the owner's phone, as presence shows it, tells of calls.

use model::{Availability, CallFact, CallState};
use protocols::Instant;

use super::{Calls, Open, PASSES_ON, Taker, Transfer, UNDECIDED_FOR, UNDECIDED_ROWS, fact_of};

/// The owner's phone.
#[derive(Debug)]
pub(super) struct Phone {
    pub(super) seen: Availability,
    pub(super) changed_at: Instant,
    /// How often it began to ring.
    pub(super) rings: u64,
    /// The call it rings for, or rang for when it turned busy.
    pub(super) rings_for: Option<String>,
    /// That call is the likeliest, and not known to be the one.
    pub(super) guessed: bool,
}

impl Phone {
    pub(super) fn new(now: Instant) -> Self {
        Self { seen: Availability::Unknown, changed_at: now, rings: 0, rings_for: None, guessed: false }
    }
}

impl Calls {
    /// Takes what time alone makes known.
    pub(in crate::firmafon) fn due(&mut self, now: Instant) -> Vec<CallFact> {
        let mut silent = Vec::new();
        for (uuid, call) in &mut self.open {
            if call.passes_on_at.take_if(|at| *at <= now).is_some()
                && call.left_me
                && call.state == CallState::Ringing
            {
                silent.push(uuid.clone());
            }
        }
        let mut facts: Vec<CallFact> = silent.iter().filter_map(|uuid| self.pass_on(uuid)).collect();
        if self.nodes.patient_until.is_some_and(|at| at <= now) {
            self.nodes.patient_until = None;
            facts.extend(self.guess());
        }
        facts
    }

    /// Takes what the owner's presence turned to.
    pub(in crate::firmafon) fn presence(&mut self, now: Instant, seen: Availability) -> Vec<CallFact> {
        let before = std::mem::replace(&mut self.phone.seen, seen);
        if before == seen {
            return self.attribute(now).into_iter().collect();
        }
        self.phone.changed_at = now;
        self.phone.guessed = false;
        if seen == Availability::Ringing {
            self.phone.rings += 1;
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
            call.passes_on_at = call.may_ring_me().then(|| now + PASSES_ON);
            self.phone.rings_for = None;
        }
        let mut facts: Vec<CallFact> = match (&rang_for, taker) {
            (Some(uuid), Some(taker)) => self.transferred(uuid, taker).into_iter().collect(),
            _ => Vec::new(),
        };
        let undecided: Vec<String> = self
            .open
            .iter()
            .filter(|(_, call)| call.state == CallState::Answered && call.is_undecided())
            .filter(|(_, call)| call.undecided_rows < UNDECIDED_ROWS)
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

    /// A call was answered: by whom, as far as the owner's phone tells.
    pub(super) fn answered(&mut self, now: Instant, uuid: &str) {
        let Some(call) = self.open.get_mut(uuid) else { return };
        call.answer(self.phone.rings);
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

    /// A transferred call has no second answer to wait for: the owner took it, or the colleague has it back.
    fn transferred(&mut self, uuid: &str, taker: Taker) -> Option<CallFact> {
        let call = self.open.get_mut(uuid)?;
        if call.transfer != Transfer::Ringing || call.state != CallState::Ringing {
            return None;
        }
        call.answer(self.phone.rings);
        self.decide(uuid, taker)
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

    /// Finds the one call that explains why the owner's phone rings, or has the live legs asked for.
    pub(super) fn attribute(&mut self, now: Instant) -> Option<CallFact> {
        let candidates = self.open.iter().filter(|(_, call)| call.may_ring_me());
        match self.phone.seen {
            Availability::Ringing if self.is_explained() => return None,
            // It may ring on for the next call without a word, or its silence may be on the way.
            Availability::Ringing if self.phone.rings_for.is_some() => {
                if candidates.clone().any(|(_, call)| call.mine.is_none()) {
                    self.want_nodes(now + UNDECIDED_FOR);
                }
                return None;
            }
            Availability::Ringing => {}
            Availability::Unknown if candidates.clone().any(|(_, call)| call.mine.is_none()) => {
                self.want_nodes(now);
                return None;
            }
            Availability::Unknown
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
        let rings = self.phone.rings;
        let offered = self.open.iter().find(|(_, call)| call.is_offered(rings));
        if let Some((uuid, _)) = offered {
            let uuid = uuid.clone();
            self.open.get_mut(&uuid)?.ring_again();
            return self.ring_for(uuid);
        }
        let mut candidates = candidates.map(|(uuid, _)| uuid);
        let only = candidates.next()?.clone();
        if candidates.next().is_some() {
            self.want_nodes(now);
            return None;
        }
        self.ring_for(only)
    }

    /// Of several calls, the one that began to ring when the owner's phone did is the likeliest.
    pub(super) fn guess(&mut self) -> Option<CallFact> {
        let Phone { seen: Availability::Ringing, rings_for: None, changed_at, .. } = self.phone else {
            return None;
        };
        let apart = |call: &Open| (call.rings_at - changed_at).max(changed_at - call.rings_at);
        let candidates = self.open.iter().filter(|(_, call)| call.may_ring_me());
        let likeliest = candidates.min_by_key(|(_, call)| apart(call))?.0.clone();
        self.phone.guessed = true;
        self.ring_for(likeliest)
    }

    fn ring_for(&mut self, uuid: String) -> Option<CallFact> {
        let call = self.open.get_mut(&uuid)?;
        call.left_me = false;
        call.passes_on_at = None;
        let known = call.mine.replace(true) == Some(true);
        let fact = CallFact {
            state: Some(call.state),
            mine: Some(true),
            people: vec![self.me.clone()],
            ..fact_of(&uuid)
        };
        self.phone.rings_for = Some(uuid);
        (!known).then_some(fact)
    }

    /// The call rings on for others.
    pub(super) fn pass_on(&mut self, uuid: &str) -> Option<CallFact> {
        let call = self.open.get_mut(uuid)?;
        call.mine = None;
        Some(CallFact { passed_on: true, ..fact_of(uuid) })
    }

    /// Whether the call that the owner's phone rings for still rings.
    pub(super) fn is_explained(&self) -> bool {
        let call = self.phone.rings_for.as_ref().and_then(|uuid| self.open.get(uuid));
        call.is_some_and(|call| call.state == CallState::Ringing)
    }
}

impl Open {
    /// Somebody answered, when the owner's phone had begun to ring so many times.
    pub(super) fn answer(&mut self, rings_before: u64) {
        if self.state != CallState::Answered {
            self.transfer = Transfer::None { rings_before };
        }
        self.state = CallState::Answered;
    }

    fn is_theirs(&self) -> bool {
        self.state == CallState::Answered && self.mine == Some(false)
    }

    /// The owner's channel says that it rings; `false` unless a colleague has it.
    pub(super) fn offer(&mut self) -> bool {
        if let (true, Transfer::None { rings_before }) = (self.is_theirs(), self.transfer) {
            self.transfer = Transfer::Offered { rings_before };
        }
        self.is_theirs()
    }

    /// Whether it explains why the owner's phone rings, for the time of this number.
    fn is_offered(&self, rings: u64) -> bool {
        let begun_since = matches!(self.transfer, Transfer::Offered { rings_before } if rings > rings_before);
        begun_since && self.is_theirs()
    }

    /// A colleague passes it on to the owner.
    fn ring_again(&mut self) {
        self.state = CallState::Ringing;
        self.transfer = Transfer::Ringing;
        self.taker = None;
    }
}
