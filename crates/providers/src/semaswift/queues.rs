//! Who waits in which queue, told a few times a second at most: a list is long and a rush changes it with each call.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use model::{Queue, Waiting};
use protocols::Instant;

const PACE: Duration = Duration::from_millis(250);
/// More queues than any organisation has.
const MOST: usize = 1_000;
/// So many of those who wait are listed.
const MOST_LISTED: usize = 100;

#[derive(Debug, Default)]
pub(super) struct Queues {
    /// In the order in which they came.
    lists: BTreeMap<String, BTreeMap<u64, Waiting>>,
    last: u64,
    /// Queues that changed since they were told.
    changed: BTreeSet<String>,
    told_at: Option<Instant>,
}

/// A place in a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) queue: String,
    number: u64,
}

impl Queues {
    /// The last place of a queue; `None` if there are too many queues.
    pub(super) fn join(&mut self, queue: &str, waiting: Waiting) -> Option<Place> {
        if self.lists.len() >= MOST && !self.lists.contains_key(queue) {
            return None;
        }
        self.last += 1;
        self.lists.entry(queue.to_owned()).or_default().insert(self.last, waiting);
        self.change(queue);
        Some(Place { queue: queue.to_owned(), number: self.last })
    }

    pub(super) fn leave(&mut self, place: &Place) {
        if let Some(list) = self.lists.get_mut(&place.queue) {
            list.remove(&place.number);
        }
        self.change(&place.queue);
    }

    fn change(&mut self, queue: &str) {
        if !self.changed.contains(queue) {
            self.changed.insert(queue.to_owned());
        }
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        let told_at = self.told_at.unwrap_or_default();
        (!self.changed.is_empty()).then_some(told_at + PACE)
    }

    /// The queues that changed, if it is time to tell.
    pub(super) fn due(&mut self, now: Instant) -> Vec<Queue> {
        if self.changed.is_empty() || self.told_at.is_some_and(|at| now - at < PACE) {
            return Vec::new();
        }
        self.told_at = Some(now);
        let list = |id: String| {
            let waiting = self.lists.get(&id)?.values().take(MOST_LISTED).cloned().collect();
            Some(Queue { id, name: None, waiting })
        };
        std::mem::take(&mut self.changed).into_iter().filter_map(list).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rush_is_told_at_once_and_then_in_short_lists_four_times_a_second() {
        let mut queues = Queues::default();
        let waiting = Waiting { id: None, number: None, since: None };
        let at = |ms| Instant::at(Duration::from_millis(ms));
        let mut told = Vec::new();
        let mut places = Vec::new();
        for ms in 0..1_000 {
            places.extend(queues.join("q", waiting.clone()));
            told.extend(queues.due(at(ms)).into_iter().map(|queue| queue.waiting.len()));
        }
        assert_eq!(told, [1, 100, 100, 100]);
        places.iter().for_each(|place| queues.leave(place));
        assert_eq!(queues.next_at(), Some(at(1_000)));
        assert!(queues.due(at(1_000))[0].waiting.is_empty());
        assert_eq!((queues.next_at(), queues.due(at(5_000)).len()), (None, 0));
    }

    #[test]
    fn queues_without_end_fill_no_memory() {
        let mut queues = Queues::default();
        let waiting = Waiting { id: None, number: None, since: None };
        let joined = (0..2_000).filter_map(|n| queues.join(&format!("q{n}"), waiting.clone()));
        assert_eq!(joined.count(), MOST);
    }
}
