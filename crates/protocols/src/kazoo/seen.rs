//! Which messages were read, as far back as a second delivery may come.

use std::{
    collections::{HashSet, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::event::ChannelEvent;

/// The same event reaches an account and its parent within moments.
const REMEMBERED: usize = 4_096;

#[derive(Debug, Default)]
pub(super) struct Seen {
    marks: HashSet<u64>,
    /// Oldest first.
    order: VecDeque<u64>,
}

impl Seen {
    /// Notes an event; `false` if it was noted before. One without a message id is always new.
    pub(super) fn is_new(&mut self, message_id: Option<&str>, event: &ChannelEvent<'_>) -> bool {
        let Some(id) = message_id else { return true };
        let mut hasher = DefaultHasher::new();
        (id, &*event.call_id, event.kind).hash(&mut hasher);
        let mark = hasher.finish();
        if !self.marks.insert(mark) {
            return false;
        }
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.marks.remove(&oldest);
        }
        self.order.push_back(mark);
        true
    }
}
