//! Vendors: each a session, which is a protocol machine plus `events` (wire to [`model::Event`], a pure
//! function) plus `rest` (requests as values, answers parsed).
//!
//! Nothing here opens a socket, sleeps or reads a clock, and no vendor knows another.
//! Start reading at [`Session`] and [`VENDORS`], then at [`firmafon`].

mod failure;
pub mod firehose;
pub mod firmafon;
pub mod nguc;
pub mod semaswift;
pub mod stringee;
mod text;
mod vendor;

pub use failure::{Failure, FailureKind, Verdict};
pub use vendor::{Form, Key, Kind, Opening, SettingsFault, VENDORS, Vendor, Way, check_address, vendor};

use model::{PhoneNumber, Time};
use protocols::{Instant, Machine};
use secrecy::SecretString;

/// One vendor's connection for one account, from sign-in to its end.
///
/// A session ends itself by [`protocols::Output::Failed`]; the supervisor then decides whether and when to
/// make another one. It reports in the order of truth: after [`Report::Live`], first the snapshot, then changes.
pub trait Session: Machine<Event = Report, Error = Failure> + Send {
    /// Does what a person asked for; exactly one [`Report::Done`] with this id follows, unless the session ends.
    fn act(&mut self, now: Instant, id: ActionId, action: Action);

    /// What this account can do, as far as is known.
    fn capabilities(&self) -> Capabilities;

    /// Who looks has changed; a session begins with [`Attention::Details`].
    fn attend(&mut self, _now: Instant, _attention: Attention) {}
}

/// How much of an account somebody looks at; a session may leave channels that nobody needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attention {
    /// A window or a script looks at everything there is.
    #[default]
    Details,
    /// Only what leads to an alert or to the tray's icon matters: my calls, my own state, colleagues.
    Alerts,
}

/// What a [`Session`] tells.
#[derive(Debug)]
pub enum Report {
    /// Signed in and subscribed: from here on nothing is missed.
    Live {
        /// `websocket`, `long-polling` or `polling`.
        transport: &'static str,
    },
    /// Not live, and mending itself: [`Report::Live`] or the session's end follows.
    Interrupted,
    /// What happened while nobody listened has been asked for: `Ok` if all of it could be had, else what could not
    /// and what to do about it. Told again whenever that changes.
    Resynced(Result<(), model::Problem>),
    /// Something that happened while nobody listened is lost for good: what, in a sentence for people. It belongs to
    /// the gap that the next [`Report::Resynced`] ends or, once that has come, to what was heard last before now.
    Missed(String),
    /// A fact.
    Event(model::Event),
    /// The account's secret is another from here on (a token was renewed, a password exchanged for tokens): the whole
    /// JSON, to be kept in place of the former.
    Secret(SecretString),
    /// An action is done, or was not.
    Done(ActionId, Result<(), model::Problem>),
}

/// The number of an action, unique within the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub u64);

/// What a person can ask of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Switch do-not-disturb on, until a time or without an end, or off; done when read back.
    SetDnd(DndChange),
    /// Call this number: the person's phone rings first.
    Dial(PhoneNumber),
    /// Take a waiting caller out of a queue, to the person's own phone.
    PickUp {
        /// The queue, by the provider's id.
        queue: String,
        /// The caller, by [`model::Waiting::id`].
        caller: String,
    },
}

/// See [`Action::SetDnd`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DndChange {
    /// On; with no end if the vendor is asked for none.
    On {
        /// When it ends by itself.
        until: Option<Time>,
    },
    /// Off.
    Off,
}

/// What a vendor's account can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// Whether do-not-disturb can be set and read.
    pub dnd: bool,
    /// Whether the vendor itself ends it at the time it was given, and tells that time.
    pub dnd_ends: bool,
    /// Whether a call can be started.
    pub dial: bool,
    /// Whether a waiting caller can be picked up.
    pub pick_up: bool,
}
