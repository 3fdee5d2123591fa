//! What do-not-disturb at one account tells of itself.

use model::{AccountId, DndBy, DndState, Problem, Time};
use protocols::Instant;

use super::{Layer, Moment, Site};
use crate::dnd::kept::LayerId;

impl Site {
    /// Whether something is under way or about to be.
    pub(in crate::dnd) fn is_unsettled(&mut self, now: Instant, layer: Option<Layer>) -> bool {
        self.flight.is_some()
            || self.live_at.is_some() && self.is_able && self.settling_since.is_some()
            || self.wish(layer).is_some() && self.live_at.is_some() && self.retry.is_none_or(|at| at <= now)
    }

    /// What went wrong, of an account that is there.
    pub(in crate::dnd) fn trouble(&self) -> Option<&Problem> {
        self.trouble.as_ref().filter(|_| self.live_at.is_some())
    }

    /// Somebody switched this layer off there.
    pub(in crate::dnd) fn has_yielded(&self, layer: LayerId) -> bool {
        self.yielded.is_some_and(|yielded| yielded.layer == layer && yielded.elsewhere)
    }

    /// It is on there by somebody else.
    pub(in crate::dnd) fn is_on_elsewhere(&self) -> bool {
        self.ours.is_none() && self.shown.is_some_and(|shown| shown.on)
    }

    pub(in crate::dnd) fn is_on(&self) -> bool {
        self.shown.is_some_and(|shown| shown.on)
    }

    /// When what is on there ends, if that is told.
    pub(in crate::dnd) fn until(&self) -> Option<Time> {
        self.shown.filter(|shown| shown.on).and_then(|shown| shown.until)
    }

    pub(in crate::dnd) fn state(
        &self,
        account: &AccountId,
        moment: Moment,
        layer: Option<LayerId>,
    ) -> DndState {
        let is_wanted = layer.is_some_and(|layer| !self.has_yielded(layer));
        let by = match self.shown {
            Some(shown) if shown.on && self.ours.is_some() => Some(DndBy::Ringside),
            Some(shown) if shown.on => Some(DndBy::Elsewhere),
            Some(_) if layer.is_some_and(|layer| self.has_yielded(layer)) => Some(DndBy::Elsewhere),
            Some(_) | None => None,
        };
        DndState {
            account: account.clone(),
            able: self.is_able,
            wanted: is_wanted,
            is: self.shown.map(|shown| shown.on),
            until: self.until(),
            since: self.since,
            by,
            settling: self.flight.is_some(),
            trouble: self.trouble().cloned(),
            retry_at: self
                .retry
                .filter(|_| self.live_at.is_some() && self.trouble.is_some())
                .map(|at| moment.wall_at(at)),
        }
    }
}
