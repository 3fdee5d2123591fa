//! Whose phone a line's call rings, and what must be asked for to know.

use model::{Availability, CallFact, CallState};
use protocols::Instant;

use super::{Ask, Calls, NODES_EVERY, NODES_TRIES, Nodes, Taker, UNDECIDED_FOR, fact_of};
use crate::firmafon::{rest::Node, wire::Endpoint};

impl Calls {
    /// Takes the answer to [`Ask::LiveNodes`].
    pub(in crate::firmafon) fn live_nodes(
        &mut self,
        now: Instant,
        asked_at: Instant,
        nodes: &[Node],
    ) -> Vec<CallFact> {
        let facts = self.legs(now, asked_at, nodes);
        self.want_nodes_again(now);
        facts
    }

    /// Takes the owner's live legs.
    pub(in crate::firmafon) fn legs(
        &mut self,
        now: Instant,
        asked_at: Instant,
        nodes: &[Node],
    ) -> Vec<CallFact> {
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
    pub(in crate::firmafon) fn no_live_nodes(&mut self, now: Instant) {
        self.want_nodes_again(now);
    }

    /// What is to be asked for now; every question must come back by [`Self::live_nodes`],
    /// [`Self::no_live_nodes`] or [`Self::found`].
    pub(in crate::firmafon) fn ask(&mut self, now: Instant) -> Option<Ask> {
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
    pub(in crate::firmafon) fn next_at(&self) -> Option<Instant> {
        let nodes = self.nodes.wanted_at.filter(|_| !self.nodes.in_flight);
        let check = if self.open.values().any(|call| call.checking) {
            None
        } else {
            self.open.values().map(|call| call.check_at).min()
        };
        nodes.into_iter().chain(check).min()
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

    /// Whether the call that the owner's phone rings for still rings.
    fn is_explained(&self) -> bool {
        let call = self.phone.rings_for.as_ref().and_then(|uuid| self.open.get(uuid));
        call.is_some_and(|call| call.state == CallState::Ringing)
    }

    /// Has the live legs asked for at `at`, or when it is allowed.
    fn want_nodes(&mut self, at: Instant) {
        let earliest = self.nodes.asked_at.map_or(at, |asked_at| (asked_at + NODES_EVERY).max(at));
        self.nodes.wanted_at = Some(self.nodes.wanted_at.map_or(earliest, |at| at.min(earliest)));
    }

    /// The phone may have begun to ring only after the answer was made.
    fn want_nodes_again(&mut self, now: Instant) {
        self.nodes.in_flight = false;
        let unexplained = match self.phone.seen {
            Availability::Ringing => !self.is_explained(),
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
}
