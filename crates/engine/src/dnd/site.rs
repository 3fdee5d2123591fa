//! Do-not-disturb at one account: what is wanted there, what is there, and whose it is.

mod told;

use std::time::Duration;

use model::{Problem, ProblemCode, Time};
use protocols::Instant;
use providers::{ActionId, DndChange};

use super::{
    Layer, Moment,
    kept::{Given, KeptSite, LayerId, Ours, Yielded},
};

/// The provider's answer must come within this time …
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// … and what it took must then be seen within this.
const SEEN_WITHIN: Duration = Duration::from_secs(10);
/// What an account shows first may be from before it has heard everything.
const SETTLES_WITHIN: Duration = Duration::from_secs(2);
/// A provider's clock is not ours, and it may round the end it was given.
const SLACK: Duration = Duration::from_secs(90);
const SHORTEST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// What an account's owner shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) on: bool,
    pub(crate) until: Option<Time>,
    /// In a call, which may hide it.
    pub(crate) is_busy: bool,
}

#[derive(Debug)]
struct Flight {
    id: ActionId,
    is_on: bool,
    is_taken: bool,
    by: Instant,
}

/// See the module.
///
/// ```text
///  wanted ──(sent)──► under way ──(taken)──► to be seen ──(seen)──► as wanted
///    ▲                    └───────(refused, no answer, not seen)──► trouble ──(pause, live again)──► wanted
///    └── as wanted ──(off elsewhere)──► yielded, until another layer begins
/// ```
#[derive(Debug, Default)]
pub(super) struct Site {
    is_able: bool,
    /// The provider ends it by itself.
    has_ends: bool,
    live_at: Option<Instant>,
    shown: Option<Shown>,
    /// Whether that was told since the account is live.
    is_told: bool,
    /// When it was first told since then, while that is not long ago.
    settling_since: Option<Instant>,
    /// Since when it is as it is.
    since: Option<Time>,
    ours: Option<Ours>,
    yielded: Option<Yielded>,
    flight: Option<Flight>,
    /// It went off while a longer time was asked for; the end it had.
    off_in_flight: Option<Option<Time>>,
    /// The provider has taken this during a call, after which it will show.
    taken_in_call: Option<bool>,
    failures: u32,
    trouble: Option<Problem>,
    retry: Option<Instant>,
}

impl Site {
    pub(super) fn recalled(kept: &KeptSite) -> Self {
        Self { ours: kept.ours, yielded: kept.yielded, ..Self::default() }
    }

    pub(super) fn kept(&self) -> KeptSite {
        KeptSite { ours: self.ours, yielded: self.yielded }
    }

    pub(super) fn able(&mut self, is_able: bool, has_ends: bool) {
        (self.is_able, self.has_ends) = (is_able, has_ends);
    }

    pub(super) fn live(&mut self, now: Instant) {
        if self.live_at.is_none() {
            self.live_at = Some(now);
            self.forget_trouble();
        }
    }

    pub(super) fn away(&mut self) {
        self.live_at = None;
        self.is_told = false;
        self.flight = None;
        self.taken_in_call = None;
    }

    /// What the account shows; `layer` is what is on here.
    pub(super) fn shows(&mut self, moment: Moment, shown: Shown, layer: Option<Layer>) {
        let before = self.shown.replace(shown);
        if before.is_none_or(|before| before.on != shown.on) {
            self.since = Some(moment.wall);
        }
        let is_first = !std::mem::replace(&mut self.is_told, true);
        let Some(before) = before.filter(|_| !is_first) else {
            self.settling_since = Some(moment.now);
            return;
        };
        if !shown.is_busy {
            self.taken_in_call = None;
        }
        if self.settling_since.is_some() {
            return;
        }
        if let Some(flight) = &self.flight {
            if flight.is_on {
                if let Some(ours) = &mut self.ours {
                    ours.proven |= shown.on;
                    if shown.on {
                        self.off_in_flight = None;
                    } else if before.on && ours.proven {
                        self.off_in_flight = Some(before.until);
                    }
                }
            } else if before.on && !shown.on {
                // Whoever switches it on from here on, it is not us.
                self.ours = None;
            }
            return self.judge();
        }
        match (before.on, shown.on) {
            (true, false) => self.went_off(moment.wall, before.until, layer),
            (false, true) => self.came_on(shown),
            (true, true) if before.until != shown.until => self.came_on(shown),
            (true, true) | (false, false) => {}
        }
    }

    /// It is on: whose is it?
    fn came_on(&mut self, shown: Shown) {
        let Some(ours) = self.ours else { return };
        let is_end = |until| !self.has_ends || near(until, shown.until);
        self.ours = if is_end(ours.until) {
            Some(Ours { proven: true, former: None, ..ours })
        } else {
            ours.former.filter(|former| is_end(former.until)).map(|_| ours)
        };
    }

    /// It was switched off, not by us: that is respected as long as the layer lasts.
    fn went_off(&mut self, wall: Time, until: Option<Time>, layer: Option<Layer>) {
        let was_ours = self.ours.take();
        let Some(layer) = layer else { return };
        let is_due = |end: Option<Time>| end.is_some_and(|end| end.since(wall) <= SLACK);
        if is_due(layer.until) {
            self.yielded = Some(Yielded { layer: layer.id, elsewhere: false });
        } else if was_ours.is_some_and(|ours| ours.layer == layer.id) || !is_due(until) {
            self.yielded = Some(Yielded { layer: layer.id, elsewhere: true });
        }
    }

    /// A person here asks for something: that is tried at once.
    pub(super) fn try_now(&mut self) {
        if self.trouble.as_ref().is_some_and(|problem| problem.code != ProblemCode::RateLimited) {
            (self.retry, self.failures) = (None, 0);
        }
    }

    /// A person here wants it off, whoever switched it on.
    pub(super) fn take_over(&mut self, layer: LayerId) {
        let shown = self.shown.filter(|shown| shown.on && self.is_able);
        if let (None, Some(shown)) = (self.ours, shown) {
            self.ours = Some(Ours { layer, until: shown.until, proven: true, former: None });
        }
    }

    pub(super) fn done(&mut self, moment: Moment, id: ActionId, result: Result<(), Problem>) {
        let Some(flight) = self.flight.as_mut().filter(|flight| flight.id == id) else { return };
        match result {
            Ok(()) => {
                flight.is_taken = true;
                flight.by = moment.now + SEEN_WITHIN;
                self.judge();
            }
            Err(problem) => {
                // Who did not answer may have done it; who refused has not.
                if flight.is_on && problem.code != ProblemCode::Unreachable {
                    self.take_back();
                }
                self.failed(moment.now, problem);
            }
        }
    }

    /// What was asked for last was not done.
    fn take_back(&mut self) {
        self.ours = self.ours.filter(|ours| ours.proven).map(|ours| {
            let until = ours.former.map_or(ours.until, |former| former.until);
            Ours { until, former: None, ..ours }
        });
    }

    fn judge(&mut self) {
        let Some(flight) = self.flight.as_ref().filter(|flight| flight.is_taken) else { return };
        let is_on = flight.is_on;
        let is_seen = self.shown.is_none_or(|shown| self.is_as_asked(shown));
        let is_busy = self.shown.is_some_and(|shown| shown.is_busy);
        if !is_seen && !is_busy {
            return;
        }
        self.flight = None;
        self.off_in_flight = None;
        self.forget_trouble();
        if !is_seen {
            self.taken_in_call = Some(is_on);
        }
        if let Some(ours) = self.ours.as_mut().filter(|_| is_on) {
            (ours.proven, ours.former) = (true, None);
        }
        if is_seen && !is_on {
            self.ours = None;
        }
    }

    fn forget_trouble(&mut self) {
        (self.trouble, self.failures, self.retry) = (None, 0, None);
    }

    fn failed(&mut self, now: Instant, problem: Problem) {
        self.flight = None;
        let pause = if matches!(problem.code, ProblemCode::Forbidden | ProblemCode::Settings) {
            LONGEST_PAUSE
        } else if problem.code == ProblemCode::RateLimited {
            LONGEST_PAUSE / 4
        } else {
            SHORTEST_PAUSE * 2_u32.saturating_pow(self.failures.min(10))
        };
        self.failures += 1;
        self.retry = Some(now + pause.min(LONGEST_PAUSE));
        self.trouble = Some(problem);
        if let Some(shown) = self.shown.filter(|shown| shown.on) {
            self.came_on(shown);
        }
    }

    /// What must be asked of the account, told after it was noted here.
    pub(super) fn advance(
        &mut self,
        moment: Moment,
        layer: Option<Layer>,
        next_id: &mut dyn FnMut() -> ActionId,
    ) -> Option<(ActionId, DndChange)> {
        self.settle(moment, layer);
        self.judge();
        self.give_up_waiting(moment.now);
        if self.flight.is_none()
            && let Some(until) = self.off_in_flight.take()
        {
            self.went_off(moment.wall, until, layer);
        }
        let Some(change) = self.wish(layer) else {
            if self.flight.is_none() {
                self.forget_trouble();
            }
            return None;
        };
        if !self.may_act(moment.now) {
            return None;
        }
        if let (DndChange::On { until }, Some(layer)) = (change, layer) {
            let seen = self.ours.filter(|ours| ours.proven);
            let former = seen.map(|ours| ours.former.unwrap_or(Given { until: ours.until }));
            self.ours = Some(Ours { layer: layer.id, until, proven: seen.is_some(), former });
        }
        self.retry = None;
        let id = next_id();
        let is_on = matches!(change, DndChange::On { .. });
        self.flight = Some(Flight { id, is_on, is_taken: false, by: moment.now + ANSWER_WITHIN });
        Some((id, change))
    }

    /// What is seen counts for more than an answer that does not come.
    fn give_up_waiting(&mut self, now: Instant) {
        let is_seen = self.shown.is_some_and(|shown| self.is_as_asked(shown));
        let Some(flight) = self.flight.as_mut().filter(|flight| flight.by <= now) else { return };
        let text = if flight.is_taken {
            "It was taken but does not show; look at the provider's own page."
        } else {
            "The provider did not answer in time; look at its own page."
        };
        flight.is_taken |= is_seen;
        if is_seen {
            self.judge();
        } else {
            self.failed(now, Problem::new(ProblemCode::Unreachable, text));
        }
    }

    fn is_as_asked(&self, shown: Shown) -> bool {
        let has_its_end = || self.ours.is_some_and(|ours| near(ours.until, shown.until));
        self.flight
            .as_ref()
            .is_some_and(|flight| flight.is_on == shown.on && (!shown.on || !self.has_ends || has_its_end()))
    }

    /// What was shown first is believed after a while.
    fn settle(&mut self, moment: Moment, layer: Option<Layer>) {
        if self.settling_since.is_none_or(|since| since + SETTLES_WITHIN > moment.now) {
            return;
        }
        // A call hides what is under it, which does not matter where nothing of ours can be.
        let is_open = |shown: &Shown| shown.on || !shown.is_busy || self.ours.is_none();
        let Some(shown) = self.shown.filter(is_open) else { return };
        self.settling_since = None;
        if shown.on {
            self.came_on(shown);
        } else if let Some(ours) = self.ours {
            if ours.proven && layer.is_some_and(|layer| layer.id == ours.layer) {
                self.went_off(moment.wall, ours.until, layer);
            }
            self.ours = None;
        }
    }

    /// The change that would make it as it is to be; `None` if it is.
    fn wish(&mut self, layer: Option<Layer>) -> Option<DndChange> {
        if self.flight.is_some() || self.settling_since.is_some() || !self.is_able {
            return None;
        }
        let is_on = self.shown.map(|shown| shown.on);
        let Some(layer) = layer.filter(|layer| self.yielded.is_none_or(|yielded| yielded.layer != layer.id))
        else {
            if is_on == Some(false) {
                self.ours = None;
            }
            return (self.ours.is_some() && self.taken_in_call != Some(false)).then_some(DndChange::Off);
        };
        let until = layer.until.filter(|_| self.has_ends);
        match (is_on, &mut self.ours) {
            (Some(true), None) => None,
            // What shows nothing is believed when it has taken it; asked again and again, it would be no other.
            (Some(true) | None, Some(ours))
                if ours.proven && ours.former.is_none() && near(ours.until, until) =>
            {
                ours.layer = layer.id;
                None
            }
            (Some(false), Some(ours)) if self.taken_in_call == Some(true) && near(ours.until, until) => None,
            (Some(_), _) | (None, _) => Some(DndChange::On { until }),
        }
    }

    fn may_act(&self, now: Instant) -> bool {
        let is_known = self.is_told || self.live_at.is_some_and(|at| at + SEEN_WITHIN <= now);
        self.live_at.is_some() && is_known && self.retry.is_none_or(|at| at <= now)
    }

    /// When it is to be looked at again: the first such moment after this one.
    pub(super) fn next(&self, now: Instant) -> Option<Instant> {
        let settled = self.settling_since.map(|since| since + SETTLES_WITHIN);
        let known = self.live_at.filter(|_| !self.is_told).map(|at| at + SEEN_WITHIN);
        let flight = self.flight.as_ref().map(|flight| flight.by);
        let retry = self.retry.filter(|_| self.live_at.is_some());
        [settled, known, flight, retry].into_iter().flatten().filter(|at| *at > now).min()
    }
}

fn near(one: Option<Time>, other: Option<Time>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.since(other).max(other.since(one)) <= SLACK,
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}
