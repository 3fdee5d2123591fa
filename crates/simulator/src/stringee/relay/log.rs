//! The events that clients may still ask for.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::stringee::Now;
use crate::stringee::frames::set;

const KEPT_FOR: Duration = Duration::from_secs(600);
const MOST_KEPT: usize = 10_000;
/// So many events are told at once.
const MOST_TOLD: usize = 256;

/// Events after that number are no longer kept, or it lies in the future.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Gone;

#[derive(Debug)]
pub(super) struct Log {
    /// With when each happened, oldest first; numbers are without gaps.
    events: VecDeque<(Instant, Value)>,
    /// The number of the last event that is not kept.
    forgotten: u64,
}

impl Log {
    pub(super) fn starting_at(number: u64) -> Log {
        Log { events: VecDeque::new(), forgotten: number }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The number of the last event.
    pub(super) fn last(&self) -> u64 {
        self.forgotten + u64::try_from(self.events.len()).unwrap_or_default()
    }

    /// Adds an event, an object, with its number.
    pub(super) fn push(&mut self, now: Now, mut event: Value) {
        set(&mut event, "n", self.last() + 1);
        self.events.push_back((now.instant, event));
        if self.events.len() > MOST_KEPT {
            self.forget();
        }
    }

    /// What happened after a number, oldest first.
    pub(super) fn after(&self, number: u64) -> Result<Vec<&Value>, Gone> {
        if number < self.forgotten || number > self.last() {
            return Err(Gone);
        }
        let known = usize::try_from(number - self.forgotten).map_err(|_| Gone)?;
        Ok(self.events.iter().skip(known).take(MOST_TOLD).map(|(_, event)| event).collect())
    }

    pub(super) fn tick(&mut self, now: Now) {
        while self.events.front().is_some_and(|(at, _)| *at + KEPT_FOR <= now.instant) {
            self.forget();
        }
    }

    fn forget(&mut self) {
        if self.events.pop_front().is_some() {
            self.forgotten += 1;
        }
    }
}
