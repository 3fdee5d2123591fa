//! The telephone switch: legs, and the calls they make up.
//!
//! Pure: time is passed in (Unix microseconds), and what is to be heard piles up in the outbox. A leg is what Kazoo
//! calls a channel, one telephone's part in a call:
//!
//! ```text
//! CREATE ─ ringing ─┬─ ANSWER ─ BRIDGE ─┬─ HOLD, UNHOLD
//!                   │                   ├─ UNBRIDGE (transferred, parked)
//!                   └───────────────────┴─ DESTROY, or DISCONNECTED when the media server is lost
//! ```
//!
//! A [`Call`] is what the people at the telephones mean by it: one leg that waits (`a`), the leg it talks to (`b`),
//! and the legs that ring for it. [`stories`] is what can happen to calls.

mod event;
mod legs;
mod stories;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::people::{Directory, OWN, Seat};
pub(super) use stories::Target;

/// Seconds from the year 0 to 1970, as Erlang counts.
pub(super) const GREGORIAN: i64 = 62_167_219_200;

/// Why a leg is gone, as `Hangup-Cause` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Hung up after it was answered.
    NormalClearing,
    /// Another phone was faster.
    LoseRace,
    /// The caller gave up.
    OriginatorCancel,
    /// It rang out.
    NoAnswer,
    /// A queue tries somebody else.
    AllottedTimeout,
    /// The phone did not even ring.
    NoUserResponse,
    /// Busy.
    UserBusy,
    /// Declined at the phone.
    CallRejected,
    /// A colleague picked the call up from another phone.
    PickedOff,
    /// Passed on after a consultation.
    AttendedTransfer,
    /// Passed on unseen.
    BlindTransfer,
    /// A helper leg that has done its work.
    NormalUnspecified,
}

impl Cause {
    fn word(self) -> &'static str {
        match self {
            Cause::NormalClearing => "NORMAL_CLEARING",
            Cause::LoseRace => "LOSE_RACE",
            Cause::OriginatorCancel => "ORIGINATOR_CANCEL",
            Cause::NoAnswer => "NO_ANSWER",
            Cause::AllottedTimeout => "ALLOTTED_TIMEOUT",
            Cause::NoUserResponse => "NO_USER_RESPONSE",
            Cause::UserBusy => "USER_BUSY",
            Cause::CallRejected => "CALL_REJECTED",
            Cause::PickedOff => "PICKED_OFF",
            Cause::AttendedTransfer => "ATTENDED_TRANSFER",
            Cause::BlindTransfer => "BLIND_TRANSFER",
            Cause::NormalUnspecified => "NORMAL_UNSPECIFIED",
        }
    }

    fn code(self) -> &'static str {
        match self {
            Cause::NormalClearing
            | Cause::AttendedTransfer
            | Cause::BlindTransfer
            | Cause::NormalUnspecified => "sip:200",
            Cause::LoseRace | Cause::OriginatorCancel | Cause::PickedOff => "sip:487",
            Cause::NoAnswer | Cause::AllottedTimeout => "sip:480",
            Cause::NoUserResponse => "sip:408",
            Cause::UserBusy => "sip:486",
            Cause::CallRejected => "sip:603",
        }
    }
}

/// The switch's view of a leg: `inbound` came into it, `outbound` was started by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Inbound,
    Outbound,
}

impl Direction {
    pub(super) fn word(self) -> &'static str {
        match self {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
        }
    }
}

/// What is at the other end of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Party {
    Phone { seat: Seat, device: usize },
    Carrier,
}

/// Who a leg says is calling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) name: String,
    pub(super) number: String,
    pub(super) hidden: bool,
}

impl Identity {
    fn number(number: &str) -> Identity {
        Identity { name: number.to_owned(), number: number.to_owned(), hidden: false }
    }

    fn hidden() -> Identity {
        let anonymous = "anonymous".to_owned();
        Identity { name: anonymous.clone(), number: anonymous, hidden: true }
    }
}

/// One telephone's part in a call.
#[derive(Clone, Debug)]
pub(super) struct Leg {
    pub(super) id: String,
    pub(super) direction: Direction,
    /// A place in the directory's accounts.
    pub(super) account: usize,
    pub(super) party: Party,
    pub(super) caller: Identity,
    /// What was dialled, or the extension or number that is rung.
    pub(super) dialled: String,
    /// The leg that was bridged first, of whose bridge this one is a part.
    pub(super) bridge: Option<String>,
    pub(super) other: Option<String>,
    pub(super) interaction: String,
    pub(super) loopback: bool,
    /// Part of a call that goes on to another number.
    pub(super) forwarded: bool,
    /// The loopback legs between the caller and this one, the nearer to this one first.
    pub(super) via: Vec<String>,
    pub(super) created_at: i64,
    pub(super) answered_at: Option<i64>,
    pub(super) held: bool,
    /// More custom channel variables.
    pub(super) variables: Vec<(&'static str, String)>,
}

impl Leg {
    fn is_of(&self, whom: Seat) -> bool {
        matches!(self.party, Party::Phone { seat, .. } if seat == whom)
    }

    /// Who is at the other end of this leg, as another phone would show it.
    fn shown_to_others(&self) -> Identity {
        match self.direction {
            Direction::Inbound => self.caller.clone(),
            Direction::Outbound => Identity::number(&self.dialled),
        }
    }
}

/// A call as people mean it.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// The leg that stays: who called at first.
    a: String,
    b: Option<String>,
    ringing: Vec<String>,
    /// Where it is parked.
    slot: Option<u16>,
    /// The call that this one is a question about.
    consults_for: Option<String>,
    /// Who is to be called once the caller's own phone is picked up.
    dials_next: Option<String>,
}

/// Something to be heard, in the switch's own words.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    pub(super) name: String,
    pub(super) leg: String,
    /// A place in the directory's accounts.
    pub(super) account: usize,
    /// The raw event, with the keys as Kazoo writes them.
    pub(super) fields: Map<String, Value>,
}

/// What real switches do and nobody expects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quirks {
    /// Call ids are made of quotes, blanks, slashes, percent signs, emoji.
    pub odd_ids: bool,
    /// `Other-Leg-Call-ID` is the leg itself while it has no other.
    pub self_reference: bool,
    /// `Msg-ID` is random hexadecimal instead of microseconds.
    pub random_message_ids: bool,
    /// Numbers are written as strings.
    pub numbers_as_text: bool,
    /// How long the `Remote-SDP` of every `CHANNEL_DESTROY` is; 0 = there is none.
    pub sdp_bytes: usize,
    /// Every event comes twice, as through the parent account's subscription.
    pub twice: bool,
    /// What happens at once is heard in any order, except within one leg; the same number gives the same order.
    pub reordered: Option<u64>,
    /// Events of these names are lost.
    pub lost: BTreeSet<String>,
}

#[derive(Debug)]
pub(super) struct Switch {
    pub(super) directory: Directory,
    pub(super) quirks: Quirks,
    legs: BTreeMap<String, Leg>,
    calls: BTreeMap<String, Call>,
    last_at: i64,
    random: fastrand::Rng,
    outbox: Vec<Occurrence>,
    /// Calls that were started by request and not by the office.
    pub(super) dialled: Vec<(String, Seat)>,
}

impl Switch {
    pub(super) fn new(directory: Directory, quirks: Quirks, seed: u64) -> Switch {
        Switch {
            directory,
            quirks,
            legs: BTreeMap::new(),
            calls: BTreeMap::new(),
            last_at: 0,
            random: fastrand::Rng::with_seed(seed),
            outbox: Vec::new(),
            dialled: Vec::new(),
        }
    }

    /// What was to be heard since the last time.
    pub(super) fn take_outbox(&mut self) -> Vec<Occurrence> {
        std::mem::take(&mut self.outbox)
    }

    /// The legs that exist.
    pub(super) fn legs(&self) -> impl Iterator<Item = &Leg> {
        self.legs.values()
    }

    /// How many calls go on.
    pub(super) fn calls_going(&self) -> usize {
        self.calls.len()
    }

    /// Whether some leg of this person exists.
    pub(super) fn is_engaged(&self, seat: Seat) -> bool {
        self.legs.values().any(|leg| leg.is_of(seat))
    }

    /// `1001@realm`, for phones.
    pub(super) fn presence_id(&self, leg: &Leg) -> Option<String> {
        let Party::Phone { seat, .. } = leg.party else { return None };
        let user = self.directory.user(seat)?;
        Some(format!("{}@{}", user.extension, self.realm(leg.account)))
    }

    /// Calls come through to this user, or do not.
    pub(super) fn set_do_not_disturb(&mut self, seat: Seat, on: bool) {
        if let Some(user) = self.directory.users.get_mut(seat.0) {
            user.do_not_disturb = on;
        }
    }

    fn realm(&self, account: usize) -> &str {
        self.directory.account(account).map_or("", |account| account.realm.as_str())
    }

    fn create(&mut self, now: i64, mut leg: Leg) -> String {
        let id = leg.id.clone();
        leg.created_at = now;
        self.legs.insert(id.clone(), leg);
        self.emit(now, "CHANNEL_CREATE", &id, event::Extra::None);
        id
    }

    fn answer_leg(&mut self, now: i64, id: &str) {
        let Some(leg) = self.legs.get_mut(id).filter(|leg| leg.answered_at.is_none()) else { return };
        leg.answered_at = Some(now);
        self.emit(now, "CHANNEL_ANSWER", id, event::Extra::None);
    }

    fn bridge(&mut self, now: i64, a: &str, b: &str) {
        for (one, other) in [(a, b), (b, a)] {
            if let Some(leg) = self.legs.get_mut(one) {
                leg.other = Some(other.to_owned());
            }
        }
        self.emit(now, "CHANNEL_BRIDGE", a, event::Extra::Bridge { a, b });
    }

    fn unbridge(&mut self, now: i64, a: &str, b: &str) {
        self.emit(now, "CHANNEL_UNBRIDGE", a, event::Extra::Bridge { a, b });
        if let Some(leg) = self.legs.get_mut(a) {
            leg.other = None;
        }
    }

    /// The leg is gone, and the loopback legs that led to it.
    fn destroy(&mut self, now: i64, id: &str, cause: Cause) {
        let via = self.legs.get(id).map(|leg| leg.via.clone()).unwrap_or_default();
        for id in std::iter::once(id).chain(via.iter().map(String::as_str)) {
            if self.legs.contains_key(id) {
                self.emit(now, "CHANNEL_DESTROY", id, event::Extra::End(cause));
                self.legs.remove(id);
            }
        }
    }

    fn emit(&mut self, now: i64, name: &str, leg: &str, extra: event::Extra<'_>) {
        // Microseconds tell events apart, also those of one moment.
        self.last_at = now.max(self.last_at + 1);
        let at = self.last_at;
        let message_id = if self.quirks.random_message_ids {
            format!("{:032x}", self.random.u128(..))
        } else {
            at.to_string()
        };
        let Some(leg) = self.legs.get(leg) else { return };
        let fields = event::fields(self, leg, name, at, message_id, &extra);
        self.outbox.push(Occurrence {
            name: name.to_owned(),
            leg: leg.id.clone(),
            account: leg.account,
            fields,
        });
    }

    fn interaction(&mut self, now: i64) -> String {
        format!("{}-{:08x}", gregorian(now), self.random.u32(..))
    }

    /// A phone's own Call-ID has its address in it, FreeSWITCH's are uuids.
    fn leg_id(&mut self, direction: Direction) -> String {
        let (high, low) = (self.random.u64(..), self.random.u64(..));
        if self.quirks.odd_ids {
            return format!("{{\"{high:x}\"}}\\ é😀%2F/../#?&\u{202e}<b>'{low:x}");
        }
        match direction {
            Direction::Inbound => format!("{high:016x}{:08x}@10.26.0.55", low >> 32),
            Direction::Outbound => {
                format!(
                    "{:08x}-{:04x}-11ec-{:04x}-{:012x}",
                    high >> 32,
                    high & 0xffff,
                    0x8000 | (low >> 50),
                    low & 0xffff_ffff_ffff
                )
            }
        }
    }

    /// The account a call belongs to: that of the phone in it.
    fn account_of(&self, seat: Seat) -> usize {
        self.directory.user(seat).map_or(OWN, |user| user.account)
    }
}

/// Gregorian seconds, rounded up as the switch does.
pub(super) fn gregorian(at: i64) -> i64 {
    at.div_euclid(1_000_000) + i64::from(at.rem_euclid(1_000_000) > 0) + GREGORIAN
}
