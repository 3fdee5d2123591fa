//! What the store would have on disk, as far as the core relies on it: a row a call, what makes calls of two accounts
//! the same one, and which missed calls nobody has looked at.

use std::collections::BTreeMap;

use model::{Call, CallId, CallState, Direction, Outcome, Time};

use crate::store::{Loaded, Remembered, Write};

#[derive(Debug)]
pub(super) struct History {
    pub(super) rows: BTreeMap<CallId, Row>,
    keys: BTreeMap<String, CallId>,
    /// When its accounts came.
    since: Time,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// `None`: it has not ended.
    pub(super) outcome: Option<Outcome>,
    mine: Option<bool>,
    /// Whether a call that I missed was looked at.
    seen: Option<bool>,
}

impl History {
    pub(super) fn new(since: Time) -> Self {
        Self { rows: BTreeMap::new(), keys: BTreeMap::new(), since }
    }

    /// Keeps what it is told; gives what the core has to be told of it.
    pub(super) fn keep(&mut self, write: Write) -> Option<Remembered> {
        match write {
            Write::Call(call) => {
                let before = self.rows.get(&call.id).copied();
                let row = self.row(before, &call);
                self.rows.insert(call.id.clone(), row);
                let news = |row: Row| row.seen == Some(false);
                (before.is_some_and(news) != news(row)).then(|| self.remembered())
            }
            Write::Key(call, key) => {
                self.keys.entry(key).or_insert(call);
                None
            }
            Write::Seen(which) => {
                let seen = self.rows.iter_mut().filter(|(id, _)| which.as_ref().is_none_or(|one| one == *id));
                seen.for_each(|(_, row)| row.seen = row.seen.map(|_| true));
                Some(self.remembered())
            }
            // The numbers of these worlds are told apart.
            Write::Same(..)
            | Write::Decided { .. }
            | Write::Account(..)
            | Write::Alive(..)
            | Write::Gap(..)
            | Write::Reminded(_) => None,
        }
    }

    fn row(&self, before: Option<Row>, call: &Call) -> Row {
        let known = before.and_then(|row| row.outcome);
        let outcome = if call.outcome == Some(Outcome::Lost) { known.or(call.outcome) } else { call.outcome };
        let mine = call.mine.or(before.and_then(|row| row.mine));
        let missed = mine == Some(true)
            && call.direction == Direction::Incoming
            && matches!(outcome, Some(Outcome::Missed | Outcome::Voicemail));
        let at = call.ended_at.or(call.started_at).unwrap_or(self.since);
        let seen = before.and_then(|row| row.seen).unwrap_or(at < self.since);
        debug_assert_eq!(call.outcome.is_some(), call.state == CallState::Ended);
        Row { outcome, mine, seen: missed.then_some(seen) }
    }

    fn remembered(&self) -> Remembered {
        let unseen = self.rows.iter().filter(|(_, row)| row.seen == Some(false));
        Remembered { unseen: unseen.map(|(id, _)| id.clone()).collect(), ..Remembered::default() }
    }

    /// What the program's next run begins with.
    pub(super) fn load(&mut self) -> Loaded {
        for row in self.rows.values_mut() {
            row.outcome.get_or_insert(Outcome::Lost);
        }
        let keys = self.keys.iter().map(|(key, call)| (key.clone(), call.clone())).collect();
        let missed =
            self.rows.iter().filter(|(_, row)| row.seen.is_some()).map(|(id, _)| id.clone()).collect();
        Loaded { remembered: self.remembered(), keys, missed, ..Loaded::default() }
    }
}
