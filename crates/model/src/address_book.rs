use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Problem, Time};

/// An address book that callers are looked up in: how it stands, not what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AddressBook {
    /// A file's name or a server's.
    pub name: String,
    /// How many contacts are in use.
    pub contacts: u32,
    /// How many places in it were not taken, or not whole.
    pub skipped: u32,
    /// The first of them, at most [`SkippedPlace::SHOWN`].
    #[cfg_attr(feature = "bindings", ts(as = "Vec<SkippedPlace>"))]
    #[serde(default)]
    pub places: Arc<[SkippedPlace]>,
    /// When it was read last; `None`: never yet.
    pub read_at: Option<Time>,
    /// Why it could not be read since, in a sentence.
    pub problem: Option<Problem>,
}

/// Something in an address book that was not taken, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct SkippedPlace {
    /// The line it begins at, counted from 1.
    pub line: usize,
    /// Why, in words; never what is written there.
    pub why: String,
}

impl SkippedPlace {
    /// More of one book are not told to faces; `ringside contacts check` names them.
    pub const SHOWN: usize = 50;
}
