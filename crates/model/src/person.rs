use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{PersonId, Time};

/// A colleague, or oneself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Person {
    /// `account/provider's id`.
    pub id: PersonId,
    /// Plain text, never markup; `None` until the provider has told.
    pub name: Option<Arc<str>>,
    /// The number a colleague is called by, as the provider has it.
    pub number: Option<Arc<str>>,
    /// The departments or groups they work in, as people would list them ("Sales, Support"); plain text, never
    /// markup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub department: Option<Arc<str>>,
    /// Whether this is the owner of the account.
    pub me: bool,
    /// What can be seen of them.
    pub availability: Availability,
    /// When that began, as the provider says; else when we heard of it.
    pub since: Option<Time>,
    /// The provider's own word for what they do ("Lunch break"); plain text, never markup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub status: Option<Arc<str>>,
    /// Whether do-not-disturb is on, whatever `availability` shows (one can be busy with it on).
    pub dnd: bool,
    /// When do-not-disturb ends.
    pub dnd_until: Option<Time>,
    /// The connection is gone: this is what was true when it went.
    pub stale: bool,
}

/// Names reach no log.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?}", self.id, self.availability)
    }
}

/// What a colleague is doing, as far as the provider shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Free to talk.
    Available,
    /// Their phone rings.
    Ringing,
    /// In a call.
    Busy,
    /// Do not disturb.
    Dnd,
    /// Not at the desk.
    Away,
    /// Signed out.
    Offline,
    /// The provider does not say.
    #[default]
    Unknown,
}
