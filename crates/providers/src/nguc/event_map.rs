//! The event map: which of the server's events say what of people, devices, calls and queues.
//!
//! Of NGUC's events only `Queue` is known. So their meaning is a file, not code: a map in TOML names each event and
//! where in its data what is found. Ringside has one of its own, of the best guesses; an account's `event_map` is
//! laid over it. `docs/event-map.md` explains it to who writes one.

mod fields;
mod gather;
mod read;
mod schema;
mod spanned;
mod words;

use std::collections::BTreeMap;

use model::{Availability, CallState, Direction, Outcome};
use serde::Deserializer;

pub(super) use fields::{Field, Kind};
pub(super) use gather::Found;
use gather::Paths;
pub use schema::schema;
use words::Words;

use super::value::Scalar;

const STANDARD: &str = include_str!("event_map/default.toml");

/// A map of events, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMap {
    events: BTreeMap<Box<str>, Rule>,
    words: Words,
    snapshots: Vec<Snapshot>,
    me: Me,
    country_code: Option<String>,
}

/// What is wrong with a map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {path}: {text}")]
pub struct MapFault {
    /// The line, from 1.
    pub line: usize,
    /// The key that is wrong, such as `event[2].fields.id`; empty for the file as a whole.
    pub path: String,
    /// One sentence that says what to do.
    pub text: String,
}

/// What one event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) kind: Kind,
    fields: Paths,
    callers: Paths,
    /// Words that mean something else here than elsewhere.
    words: Words,
    /// What the event says by its name alone.
    pub(super) always: Always,
}

/// What is true of every event of a name, whatever its data says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Always {
    pub(super) availability: Option<Availability>,
    pub(super) direction: Option<Direction>,
    pub(super) state: Option<CallState>,
    pub(super) outcome: Option<Outcome>,
}

/// What is asked for after each connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Snapshot {
    /// Below the account's `api_url`, with its query.
    pub(super) path: String,
    /// Where the rows are in the answer; the first that is a list counts, and an empty path is the answer itself.
    pub(super) lists: Vec<String>,
    /// The event by whose rule a row is read.
    pub(super) event: String,
}

/// How the account's owner is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Me {
    /// Where the id is in the reply that brings the tokens.
    pub(super) token: Vec<String>,
    /// What to ask for.
    pub(super) path: Option<String>,
    /// Where the id is in the answer.
    pub(super) id: Vec<String>,
}

/// Reads a map and lays it over the one that Ringside has, unless it says `defaults = false`.
///
/// # Errors
/// All that is wrong with it, by line and path.
pub fn check(text: &str) -> Result<EventMap, Vec<MapFault>> {
    let own = read::read(text)?;
    let standard = if own.defaults { read::read(STANDARD)? } else { read::Draft::default() };
    let mut faults = Vec::new();
    let map = standard.overlaid(own, &mut faults);
    if faults.is_empty() { Ok(map) } else { Err(faults) }
}

impl EventMap {
    /// The map that Ringside has of its own.
    ///
    /// # Errors
    /// If the file that comes with the program is broken.
    pub fn standard() -> Result<Self, Vec<MapFault>> {
        check("")
    }

    pub(super) fn rule(&self, event: &str) -> Option<&Rule> {
        self.events.get(event)
    }

    pub(super) fn snapshots(&self) -> &[Snapshot] {
        &self.snapshots
    }

    pub(super) fn me(&self) -> &Me {
        &self.me
    }

    /// Put before numbers that begin with a single 0, in its place.
    pub(super) fn country_code(&self) -> Option<&str> {
        self.country_code.as_deref()
    }

    pub(super) fn availability(&self, rule: &Rule, value: &Scalar<'_>) -> Option<Availability> {
        let word = value.word();
        rule.words.availability.get(&*word).or_else(|| self.words.availability.get(&*word)).copied()
    }

    pub(super) fn direction(&self, rule: &Rule, value: &Scalar<'_>) -> Option<Direction> {
        let word = value.word();
        rule.words.direction.get(&*word).or_else(|| self.words.direction.get(&*word)).copied()
    }

    pub(super) fn state(&self, rule: &Rule, value: &Scalar<'_>) -> Option<CallState> {
        let word = value.word();
        rule.words.state.get(&*word).or_else(|| self.words.state.get(&*word)).copied()
    }

    pub(super) fn outcome(&self, rule: &Rule, value: &Scalar<'_>) -> Option<Outcome> {
        let word = value.word();
        rule.words.outcome.get(&*word).or_else(|| self.words.outcome.get(&*word)).copied()
    }
}

impl Rule {
    /// Finds the rule's fields in an event's data.
    ///
    /// # Errors
    /// If the data is broken.
    pub(super) fn gather<'de, D: Deserializer<'de>>(&self, data: D) -> Result<Found<'de>, D::Error> {
        gather::gather(&self.fields, &self.callers, data)
    }
}

#[cfg(test)]
mod tests;
