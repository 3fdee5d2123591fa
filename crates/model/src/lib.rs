//! The domain: calls, people, connections, and the reducer that folds facts into them.
//!
//! It does no I/O, reads no clock and cannot fail.
//! Start reading at [`Event`] (one fact from a provider), then [`Snapshot::apply`] (facts to changes), then
//! [`View::of`] (what faces see).

mod address_book;
mod alerted;
mod call;
mod change;
mod check;
mod connection;
mod event;
mod id;
mod language;
mod number;
mod person;
mod snapshot;
mod time;
mod view;

pub use address_book::{AddressBook, SkippedPlace};
pub use alerted::{Alerted, Discretion, QuietCaller, Reason};
pub use call::{Call, CallState, Confidence, Contact, Direction, Line, Outcome, Party, Peer};
pub use change::Change;
pub use check::{Checked, Finding, Grade};
pub use connection::{Connection, ConnectionState, Problem, ProblemCode};
pub use event::{CallFact, Event, Gap, PersonFact, Queue, Ticket, TicketChange, Unknown, Waiting};
pub use id::{AccountId, CallId, PersonId};
pub use language::Language;
pub use number::PhoneNumber;
pub use person::{Availability, Person};
pub use snapshot::{AccountFacts, Snapshot};
pub use time::Time;
pub use view::{AccountView, Awaited, Density, Dnd, DndBy, DndOrigin, DndState, Look, Noted, Theme, View};
