//! Whose phone a line's call rings, and what must be asked for to know.

use model::{Availability, CallFact, CallState};
use protocols::Instant;

use super::{Ask, Calls, NODES_EVERY, NODES_TRIES, Nodes, Taker, fact_of};
use crate::firmafon::{rest::Node, wire::Endpoint};

impl Calls {
    /// Takes the answer to [`Ask::LiveNodes`].
    pub(in crate::firmafon) fn live_nodes(
        &mut self,
        now: Instant,
        asked_at: Instant,
        nodes: &[Node],
    ) -> Vec<CallFact> {
        let mut facts = self.legs(now, asked_at, nodes);
        facts.extend(self.no_live_nodes(now));
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
        let rings = self.phone.rings;
        for node in nodes.iter().filter(|node| !node.ended) {
            let Some(uuid) = node.uuid.as_deref().filter(|uuid| !self.has_ended(uuid)) else { continue };
            let employee = node.endpoint.as_ref().and_then(Endpoint::employee);
            // The list is the owner's own, so a leg that does not say whose it is is his.
            if node.endpoint.is_some() && employee != Some(self.me.as_str()) {
                continue;
            }
            let known = self.open.contains_key(uuid);
            let me = self.me.clone();
            if !node.answered
                && std::mem::take(&mut self.phone.guessed)
                && let Some(guess) = self.phone.rings_for.take_if(|guess| guess != uuid)
            {
                facts.extend(self.pass_on(&guess));
            }
            let call = self.open_call(now, uuid);
            if !known {
                call.check_at = now;
            }
            let was_mine = call.mine.replace(true);
            call.left_me = false;
            let answered = node.answered && (!known || call.heard_at <= asked_at || call.is_undecided());
            if answered && call.taker != Some(Taker::Me) {
                call.answer(rings);
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

    /// The owner's live legs were asked for, perhaps in vain.
    pub(in crate::firmafon) fn no_live_nodes(&mut self, now: Instant) -> Option<CallFact> {
        let likeliest = self.guess();
        self.want_nodes_again(now);
        likeliest
    }

    /// What is to be asked for now; every question must come back by [`Self::live_nodes`],
    /// [`Self::no_live_nodes`] or [`Self::found`].
    pub(in crate::firmafon) fn ask(&mut self, now: Instant) -> Option<Ask> {
        if !self.nodes.in_flight && self.nodes.wanted_at.is_some_and(|at| at <= now) {
            self.nodes = Nodes {
                wanted_at: None,
                asked_at: Some(now),
                patient_until: Some(now + NODES_EVERY),
                in_flight: true,
                tries: self.nodes.tries + 1,
            };
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
        let passes_on = self.open.values().filter_map(|call| call.passes_on_at).min();
        nodes.into_iter().chain(check).chain(passes_on).chain(self.nodes.patient_until).min()
    }

    /// Has the live legs asked for at `at`, or when it is allowed.
    pub(super) fn want_nodes(&mut self, at: Instant) {
        let earliest = self.nodes.asked_at.map_or(at, |asked_at| (asked_at + NODES_EVERY).max(at));
        self.nodes.wanted_at = Some(self.nodes.wanted_at.map_or(earliest, |at| at.min(earliest)));
    }

    /// The phone may have begun to ring only after the answer was made.
    fn want_nodes_again(&mut self, now: Instant) {
        self.nodes.in_flight = false;
        self.nodes.patient_until = None;
        let unexplained = match self.phone.seen {
            Availability::Ringing => self.phone.guessed || !self.is_explained(),
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
