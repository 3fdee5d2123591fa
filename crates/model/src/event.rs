use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Availability, Connection, Direction, Line, Outcome, PhoneNumber, Time};
use crate::{CallState, Peer};

/// One fact from a provider (or, for [`Event::Connection`], about it), in the order of truth.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The connection changed.
    Connection(Connection),
    /// A sign of life.
    Heard,
    /// Everybody there is; who is not listed has left.
    People(Vec<PersonFact>),
    /// One person changed.
    Person(PersonFact),
    /// A call changed; in a box, for it is several times as large as what comes most, a person's change.
    Call(Box<CallFact>),
    /// The whole truth about one queue.
    Queue(Queue),
    /// A ticket changed.
    Ticket(Ticket),
    /// A time in which nothing was heard has ended.
    Gap(Gap),
    /// Something came in that was skipped.
    Unknown {
        /// What it called itself, or what was wrong with it; never its content.
        name: String,
    },
}

/// What is known of a person; `None` leaves what was known before.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PersonFact {
    /// The provider's id.
    pub id: String,
    /// Their name.
    pub name: Option<Arc<str>>,
    /// The number they are called by.
    pub number: Option<Arc<str>>,
    /// Where they work, several with commas between; an empty one clears it.
    pub department: Option<Arc<str>>,
    /// Whether this is the account's owner.
    pub me: Option<bool>,
    /// What they do.
    pub availability: Option<Availability>,
    /// Since when.
    pub since: Option<Time>,
    /// The provider's own word for what they do ("Lunch break"); an empty one clears it.
    pub status: Option<Arc<str>>,
    /// Do-not-disturb: `Some(None)` = off, `Some(Some(None))` = on without an end.
    pub dnd: Option<Option<Option<Time>>>,
}

impl std::fmt::Debug for PersonFact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} {:?} since {:?} dnd {:?} me {:?}",
            self.id, self.availability, self.since, self.dnd, self.me
        )
    }
}

/// What is known of a call; `None` (and an empty list) leaves what was known before.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CallFact {
    /// The provider's id.
    pub id: String,
    /// What makes it the same call in another account, such as `firmafon:<call_uuid>`.
    pub key: Option<String>,
    /// Seen from our side; unknown counts as incoming.
    pub direction: Option<Direction>,
    /// A later state; an earlier one than known is ignored.
    pub state: Option<CallState>,
    /// Whether it is mine.
    pub mine: Option<bool>,
    /// It rings on, but no longer for me: whose it is is open again.
    pub passed_on: bool,
    /// The other end.
    pub peer: Option<Peer>,
    /// What it came through.
    pub line: Option<Line>,
    /// The colleagues in it, by the provider's ids.
    pub people: Vec<String>,
    /// When it began.
    pub started_at: Option<Time>,
    /// When somebody answered.
    pub answered_at: Option<Time>,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// How it ended; needed with [`CallState::Ended`], else `lost`.
    pub outcome: Option<Outcome>,
}

/// A queue and who waits in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Queue {
    /// `account/provider's id` in what is shown; the provider's id in an [`Event`].
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// First in, first listed.
    pub waiting: Vec<Waiting>,
}

/// A caller in a [`Queue`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Waiting {
    /// The provider's id, by which the caller can be picked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub id: Option<String>,
    /// In E.164, if it can be.
    pub number: Option<PhoneNumber>,
    /// Since when.
    pub since: Option<Time>,
}

/// A change of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Ticket {
    /// The provider's id.
    pub id: String,
    /// Field by field.
    pub changes: std::collections::BTreeMap<String, TicketChange>,
    /// Who did it.
    pub by: Option<String>,
}

/// One field of a [`Ticket`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct TicketChange {
    /// The former value.
    pub from: Option<String>,
    /// The value.
    pub to: Option<String>,
}

/// A time in which nothing was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Gap {
    /// The last sign of life before.
    pub from: Time,
    /// When the account was live again.
    pub to: Time,
    /// Whether what happened meanwhile was fetched afterwards.
    pub filled: bool,
    /// What could not be fetched.
    pub note: Option<String>,
    /// How many calls of this time were fetched afterwards; `None`: not known.
    #[serde(default)]
    pub fetched: Option<u32>,
}

/// How often something unknown came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Unknown {
    /// What it called itself, or what was wrong with it.
    pub name: String,
    /// How often since the start.
    pub count: u64,
}

impl PersonFact {
    /// Nothing known of `id` yet.
    pub fn of(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }
}

impl CallFact {
    /// Nothing known of `id` yet.
    pub fn of(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }
}

impl From<CallFact> for Event {
    fn from(fact: CallFact) -> Self {
        Self::Call(Box::new(fact))
    }
}
