//! What a person here switched on, and how it ends.

use std::time::Duration;

use model::Time;
use protocols::Instant;

use super::{
    Moment,
    kept::{KeptEnd, KeptManual},
};

/// A question that nobody answers is asked again.
const ASKS_EVERY: Duration = Duration::from_secs(60 * 60);

/// A person here switched it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manual {
    pub(super) since: Time,
    pub(super) end: End,
}

/// A length goes by the steady clock, a time of day by the one on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    After { at: Instant, until: Time },
    At(Time),
    Open { asks: Instant, asks_at: Time, is_unanswered: bool },
}

/// What time has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passed {
    /// It goes on.
    On,
    /// The person must be asked.
    Asks,
    /// It is over.
    Over,
}

impl End {
    pub(super) fn open(moment: Moment, ask_again_after: Duration) -> Self {
        let asks = moment.now + ask_again_after;
        Self::Open { asks, asks_at: moment.wall_at(asks), is_unanswered: false }
    }
}

impl Manual {
    /// Only the clock on the wall is left; no length becomes longer than it was.
    pub(super) fn recalled(kept: &KeptManual, moment: Moment, ask_again_after: Duration) -> Self {
        let left = |end: Time, length| moment.now + end.since(moment.wall).min(length);
        let end = match kept.end {
            KeptEnd::After { until } => {
                let at = left(until, until.since(kept.since));
                End::After { at, until: moment.wall_at(at) }
            }
            KeptEnd::At { until } => End::At(until),
            KeptEnd::Open { asks_at } => {
                let asks = left(asks_at, ask_again_after);
                End::Open { asks, asks_at: moment.wall_at(asks), is_unanswered: false }
            }
        };
        Self { since: kept.since, end }
    }

    pub(super) fn kept(self) -> KeptManual {
        let end = match self.end {
            End::After { until, .. } => KeptEnd::After { until },
            End::At(until) => KeptEnd::At { until },
            End::Open { asks_at, .. } => KeptEnd::Open { asks_at },
        };
        KeptManual { since: self.since, end }
    }

    /// Time goes by; `jumped`: the clock on the wall was changed.
    pub(super) fn pass(&mut self, moment: Moment, jumped: bool) -> Passed {
        match &mut self.end {
            End::After { at, until } if *at > moment.now => {
                if jumped {
                    *until = moment.wall_at(*at);
                }
                Passed::On
            }
            End::At(until) if *until > moment.wall => Passed::On,
            End::After { .. } | End::At(_) => Passed::Over,
            End::Open { asks, asks_at, is_unanswered } => {
                let is_time = *asks <= moment.now;
                if is_time {
                    *is_unanswered = true;
                    *asks = moment.now + ASKS_EVERY;
                }
                if is_time || jumped {
                    *asks_at = moment.wall_at(*asks);
                }
                if is_time { Passed::Asks } else { Passed::On }
            }
        }
    }

    pub(super) fn until(self) -> Option<Time> {
        match self.end {
            End::After { until, .. } | End::At(until) => Some(until),
            End::Open { .. } => None,
        }
    }

    pub(super) fn asks_again_at(self) -> Option<Time> {
        match self.end {
            End::Open { asks_at, .. } => Some(asks_at),
            End::After { .. } | End::At(_) => None,
        }
    }

    pub(super) fn is_asking(self) -> bool {
        matches!(self.end, End::Open { is_unanswered: true, .. })
    }

    /// When time does something to it.
    pub(super) fn next(self, moment: Moment) -> Instant {
        match self.end {
            End::After { at, .. } => at,
            End::At(until) => moment.steady_at(until),
            End::Open { asks, .. } => asks,
        }
    }
}
