//! Who asks the relay, how often, and whose requests are held back.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use crate::stringee::Now;

/// So many requests each person may send within [`PAUSE`], besides those that are held back.
const MOST_REQUESTS: usize = 30;
/// See [`MOST_REQUESTS`].
pub(super) const PAUSE: Duration = Duration::from_secs(60);
/// So many requests of one person are held back; the oldest is answered when there are more.
const MOST_HELD: usize = 4;

#[derive(Debug, Default)]
pub(super) struct Askers {
    asked: BTreeMap<String, VecDeque<Instant>>,
    held: BTreeMap<String, VecDeque<u64>>,
    numbered: u64,
}

impl Askers {
    /// Whether a person may ask once more.
    pub(super) fn admit(&mut self, now: Now, user: &str) -> bool {
        let asked = self.asked.entry(user.to_owned()).or_default();
        while asked.front().is_some_and(|at| *at + PAUSE <= now.instant) {
            asked.pop_front();
        }
        let may = asked.len() < MOST_REQUESTS;
        if may {
            asked.push_back(now.instant);
        }
        may
    }

    pub(super) fn hold(&mut self, user: &str) -> u64 {
        self.numbered += 1;
        let held = self.held.entry(user.to_owned()).or_default();
        held.push_back(self.numbered);
        if held.len() > MOST_HELD {
            held.pop_front();
        }
        self.numbered
    }

    pub(super) fn is_held(&self, user: &str, number: u64) -> bool {
        self.held.get(user).is_some_and(|held| held.contains(&number))
    }

    pub(super) fn release(&mut self, user: &str, number: u64) {
        if let Some(held) = self.held.get_mut(user) {
            held.retain(|other| *other != number);
            if held.is_empty() {
                self.held.remove(user);
            }
        }
    }

    pub(super) fn tick(&mut self, now: Now) {
        self.asked.retain(|_, asked| asked.back().is_some_and(|at| *at + PAUSE > now.instant));
    }
}
