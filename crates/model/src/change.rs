use std::sync::Arc;

use crate::{AccountId, Call, CallState, Connection, Gap, Person, Queue, Ticket, Unknown};

/// What is different after an event was applied.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields are the things themselves")]
pub enum Change {
    Connection {
        account: AccountId,
        connection: Connection,
    },
    Call {
        account: AccountId,
        /// The state it had; `None` for a call not seen before.
        before: Option<CallState>,
        /// Whether it was mine before.
        was_mine: Option<bool>,
        call: Arc<Call>,
    },
    /// A call had been lost sight of, and what became of it is known after all.
    Corrected {
        account: AccountId,
        call: Arc<Call>,
    },
    Person {
        account: AccountId,
        person: Arc<Person>,
    },
    /// Somebody is no longer there.
    PersonLeft {
        account: AccountId,
        person: Arc<Person>,
    },
    Queue {
        account: AccountId,
        queue: Queue,
    },
    Ticket {
        account: AccountId,
        ticket: Ticket,
    },
    Gap {
        account: AccountId,
        gap: Gap,
    },
    Unknown {
        account: AccountId,
        unknown: Unknown,
    },
}
