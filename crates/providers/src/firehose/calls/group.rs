//! Legs that belong together, and when what is known of them is no longer true.

use std::{sync::Arc, time::Duration};

use protocols::Instant;

use super::{
    leg::{Cause, Leg, Phase},
    shown::Shown,
};
use crate::firehose::me::{Part, Way};

/// Nothing rings longer; a leg that does has ended unheard.
const RINGS_FOR: Duration = Duration::from_secs(180);
/// What one leg's event says of another comes true within this time, or was missed.
pub(super) const GRACE: Duration = Duration::from_secs(5);
/// A phone whose other end is gone is off the hook no longer than this.
const ALONE: Duration = Duration::from_secs(60);
/// No leg is believed to be up for longer without a word of it.
const LONGEST: Duration = Duration::from_secs(4 * 60 * 60);
/// Late events of a call that is over find it for this long.
const REMEMBERED: Duration = Duration::from_secs(60);
/// What happened to my phone unseen is told once it is sure that nothing more comes of it.
const BARE: Duration = Duration::from_secs(3);
/// Legs that have ended are forgotten beyond this number.
const CROWD: usize = 24;
/// More legs than this are in no call; further ones stand alone.
pub(super) const MOST_LEGS: usize = 200;

/// Everything that is joined by bridges, by who rings for whom, or by name.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) legs: Vec<Leg>,
    /// Legs that were spoken of, and not heard.
    pub(super) anchors: Vec<Arc<str>>,
    pub(super) interaction: Option<Arc<str>>,
    /// The call that is told of.
    pub(super) shown: Option<Box<Shown>>,
    /// The first leg's id has been given to a call.
    pub(super) root_used: bool,
    pub(super) parked: bool,
    /// What is left of the legs of a call that ended is a call of its own only after this.
    pub(super) reopen_at: Option<Instant>,
    /// The event by which the last call ended: later legs are another call at once.
    pub(super) last_past: u64,
    /// When it is to be looked at again.
    pub(super) armed: Option<Instant>,
    /// Since when nothing in it is alive.
    pub(super) finished: Option<Instant>,
}

impl Group {
    pub(super) fn size(&self) -> usize {
        self.legs.len() + self.anchors.len()
    }

    pub(super) fn leg(&self, id: &str) -> Option<&Leg> {
        self.legs.iter().find(|leg| &*leg.id == id)
    }

    pub(super) fn leg_mut(&mut self, id: &str) -> Option<&mut Leg> {
        self.legs.iter_mut().find(|leg| &*leg.id == id)
    }

    /// Takes everything of `other`, whose call must have ended.
    pub(super) fn absorb(&mut self, other: &mut Self) {
        self.legs.append(&mut other.legs);
        self.anchors.append(&mut other.anchors);
        let legs = &self.legs;
        self.anchors.retain(|anchor| legs.iter().all(|leg| leg.id != *anchor));
        self.interaction = self.interaction.take().or_else(|| other.interaction.take());
        self.root_used |= other.root_used;
        self.parked |= other.parked;
        self.reopen_at = self.reopen_at.max(other.reopen_at);
        self.last_past = self.last_past.max(other.last_past);
        self.finished = None;
    }

    /// The legs that end by themselves if nothing more is heard, when, and how.
    pub(super) fn fates(&self) -> impl Iterator<Item = (usize, Instant, Cause)> {
        self.legs.iter().enumerate().filter_map(|(at, leg)| {
            let (when, cause) = self.fate(leg)?;
            Some((at, when, cause))
        })
    }

    fn fate(&self, leg: &Leg) -> Option<(Instant, Cause)> {
        match leg.phase {
            Phase::Ended { .. } => None,
            Phase::Up => {
                let longest = (leg.heard + LONGEST, Cause::Lost);
                Some(self.left_alone(leg).map_or(longest, |at| (at, Cause::Normal)))
            }
            // A caller may wait in a queue without being answered.
            Phase::Ringing if leg.part == Part::Far && leg.way != Some(Way::Outbound) => {
                Some((leg.heard + LONGEST, Cause::Lost))
            }
            Phase::Ringing => {
                let longest = (leg.began + RINGS_FOR, Cause::Lost);
                Some(self.deserted(leg).filter(|(at, _)| *at < longest.0).unwrap_or(longest))
            }
        }
    }

    /// When a phone rings for nobody any more: its caller is gone, or talks to somebody else.
    fn deserted(&self, leg: &Leg) -> Option<(Instant, Cause)> {
        let parent = self.heads().find(|head| Some(&head.id) == leg.parent.as_ref())?;
        if let Phase::Ended { at, cause } = parent.phase {
            let cause = if cause == Cause::Lost { Cause::Lost } else { Cause::Unanswered };
            return Some((at.max(leg.began) + GRACE, cause));
        }
        let joined = parent.joined.filter(|_| parent.joined_by.is_some_and(|by| by > leg.number))?;
        let partner = parent.partner.as_ref().filter(|partner| **partner != leg.id)?;
        let talks = self.leg(partner).is_none_or(Leg::is_alive);
        talks.then_some((joined + GRACE, Cause::Elsewhere))
    }

    /// When a phone that was answered has nobody to talk to any more.
    fn left_alone(&self, leg: &Leg) -> Option<Instant> {
        if !leg.counts() {
            return None;
        }
        let mut last = None;
        let others = self.legs.iter().filter(|other| {
            other.id != leg.id
                && (leg.partner.as_ref() == Some(&other.id)
                    || leg.parent.as_ref() == Some(&other.id)
                    || (leg.rings && other.was_up && other.parent.as_ref() == Some(&leg.id)))
        });
        for other in others {
            let Phase::Ended { at, cause } = other.phase else { return None };
            if matches!(cause, Cause::Transferred | Cause::Lost) {
                return None;
            }
            last = last.max(Some(at));
        }
        Some(last?.max(leg.heard) + ALONE)
    }

    fn heads(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter(|leg| leg.rings)
    }

    /// Whether there is a call to be told of that is not told of yet.
    pub(super) fn opener(&self, now: Instant) -> Option<&Leg> {
        let fresh = |leg: &&Leg| leg.counts() && !leg.past;
        let rested = self.reopen_at.is_none();
        let alive = self
            .legs
            .iter()
            .filter(fresh)
            .find(|leg| leg.is_alive() && (rested || leg.number > self.last_past));
        let missed =
            |leg: &&Leg| fresh(leg) && leg.is_mine() && leg.ended().is_some_and(|at| at + BARE <= now);
        alive.or_else(|| self.legs.iter().filter(|_| !self.root_used).find(missed))
    }

    /// When something is to be done if nothing is heard.
    pub(super) fn next_at(&self) -> Option<Instant> {
        if let Some(at) = self.finished {
            return self.bare().chain([at + REMEMBERED]).min();
        }
        let fates = self.fates().map(|(_, at, _)| at);
        let shown = self.shown.as_ref().and_then(|shown| shown.wake_at);
        let reopen = self.reopen_at.filter(|_| self.shown.is_none());
        fates.chain(shown).chain(self.bare()).chain(reopen).min()
    }

    /// When a call of mine of which only the end was heard is told of.
    fn bare(&self) -> impl Iterator<Item = Instant> {
        let untold = !self.root_used && self.shown.is_none();
        self.legs
            .iter()
            .filter(move |leg| untold && leg.is_mine() && !leg.past)
            .filter_map(Leg::ended)
            .map(|at| at + BARE)
    }

    /// Whether it may be forgotten.
    pub(super) fn is_old(&self, now: Instant) -> bool {
        self.finished.is_some_and(|at| at + REMEMBERED <= now)
    }

    /// Takes out legs that ended long ago in a group that goes on and on.
    pub(super) fn thin_out(&mut self, now: Instant) -> Vec<Arc<str>> {
        if self.legs.len() < CROWD {
            return Vec::new();
        }
        let mut gone = Vec::new();
        self.legs.retain(|leg| {
            let told = leg.past || !leg.is_mine();
            let old = told && leg.ended().is_some_and(|at| at + REMEMBERED <= now);
            if old {
                gone.push(Arc::clone(&leg.id));
            }
            !old
        });
        gone
    }
}
