//! Value tables: the vendor's words for what the model knows.

use std::collections::BTreeMap;

use model::{Availability, CallState, Direction, Outcome};

/// Which word means what; words are in small letters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::nguc) struct Words {
    pub(super) availability: BTreeMap<Box<str>, Availability>,
    pub(super) direction: BTreeMap<Box<str>, Direction>,
    pub(super) state: BTreeMap<Box<str>, CallState>,
    pub(super) outcome: BTreeMap<Box<str>, Outcome>,
}

/// A table of [`Words`], and what its words can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Availability,
    Direction,
    State,
    Outcome,
}

impl Table {
    pub(super) const ALL: &[Self] = &[Self::Availability, Self::Direction, Self::State, Self::Outcome];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Availability => "availability",
            Self::Direction => "direction",
            Self::State => "state",
            Self::Outcome => "outcome",
        }
    }

    /// The names of what a word can mean.
    pub(super) fn meanings(self) -> Vec<&'static str> {
        match self {
            Self::Availability => AVAILABILITIES.iter().map(|(name, _)| *name).collect(),
            Self::Direction => DIRECTIONS.iter().map(|(name, _)| *name).collect(),
            Self::State => STATES.iter().map(|(name, _)| *name).collect(),
            Self::Outcome => OUTCOMES.iter().map(|(name, _)| *name).collect(),
        }
    }
}

const AVAILABILITIES: &[(&str, Availability)] = &[
    ("available", Availability::Available),
    ("ringing", Availability::Ringing),
    ("busy", Availability::Busy),
    ("dnd", Availability::Dnd),
    ("away", Availability::Away),
    ("offline", Availability::Offline),
    ("unknown", Availability::Unknown),
];

const DIRECTIONS: &[(&str, Direction)] =
    &[("incoming", Direction::Incoming), ("outgoing", Direction::Outgoing)];

const STATES: &[(&str, CallState)] = &[
    ("ringing", CallState::Ringing),
    ("answered", CallState::Answered),
    ("held", CallState::Held),
    ("ended", CallState::Ended),
];

const OUTCOMES: &[(&str, Outcome)] = &[
    ("answered", Outcome::Answered),
    ("missed", Outcome::Missed),
    ("voicemail", Outcome::Voicemail),
    ("answered_elsewhere", Outcome::AnsweredElsewhere),
    ("declined", Outcome::Declined),
    ("busy", Outcome::Busy),
    ("transferred", Outcome::Transferred),
    ("failed", Outcome::Failed),
    ("lost", Outcome::Lost),
];

impl Words {
    /// Lets `word` mean `meaning` in `table`; `false` if the table has no such meaning.
    pub(super) fn learn(&mut self, table: Table, meaning: &str, word: &str) -> bool {
        let word = word.trim().to_lowercase().into_boxed_str();
        fn put<T: Copy>(
            into: &mut BTreeMap<Box<str>, T>,
            meanings: &[(&str, T)],
            meaning: &str,
            word: Box<str>,
        ) -> bool {
            let found = meanings.iter().find(|(name, _)| *name == meaning);
            found.map(|(_, target)| into.insert(word, *target)).is_some()
        }
        match table {
            Table::Availability => put(&mut self.availability, AVAILABILITIES, meaning, word),
            Table::Direction => put(&mut self.direction, DIRECTIONS, meaning, word),
            Table::State => put(&mut self.state, STATES, meaning, word),
            Table::Outcome => put(&mut self.outcome, OUTCOMES, meaning, word),
        }
    }

    /// Takes over all that `newer` says.
    pub(super) fn extend(&mut self, newer: Self) {
        self.availability.extend(newer.availability);
        self.direction.extend(newer.direction);
        self.state.extend(newer.state);
        self.outcome.extend(newer.outcome);
    }
}
