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
    /// When it was read last; `None`: never yet.
    pub read_at: Option<Time>,
    /// Why it could not be read since, in a sentence.
    pub problem: Option<Problem>,
}
