//! What people do with telephones, and the legs that come of it.
//!
//! All methods that name a call return `false` (or nothing) when there is no such call, or when it is not in a state
//! for that.

use super::event::Extra;
use super::{Call, Cause, Direction, Identity, Leg, Party, Switch};
use crate::firehose::people::{OWN, Seat};

/// Who a call from outside reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::firehose) enum Target {
    /// The direct number of one user, whose forwarding is followed.
    User(Seat),
    /// A line that makes several users' phones ring at once.
    RingGroup { line: usize, users: Vec<Seat> },
    /// A line that answers by itself and then looks for somebody.
    Queue { line: usize, users: Vec<Seat> },
}

/// Slots are numbered from here.
const FIRST_SLOT: u16 = 101;

impl Switch {
    /// Somebody calls from outside; no number is a withheld one. Returns the call's id, that of its first leg.
    pub(in crate::firehose) fn incoming(&mut self, now: i64, target: &Target, from: Option<&str>) -> String {
        let line = |switch: &Switch, at: usize| switch.directory.lines.get(at).cloned().unwrap_or_default();
        let (account, dialled) = match target {
            Target::User(seat) => {
                let user = self.directory.user(*seat);
                let number = user.and_then(|user| user.number.clone().or(Some(user.extension.clone())));
                (self.account_of(*seat), number.unwrap_or_default())
            }
            Target::RingGroup { line: at, .. } | Target::Queue { line: at, .. } => (OWN, line(self, *at)),
        };
        let caller = from.map_or_else(Identity::hidden, Identity::number);
        let a = self.new_leg(now, Direction::Inbound, account, Party::Carrier, caller, &dialled);
        let id = self.begin(now, a);
        match target {
            Target::User(seat) => {
                self.ring_user(now, &id, *seat);
                self.forward(now, &id, *seat);
            }
            Target::RingGroup { users, .. } => {
                self.ring(now, &id, users);
            }
            Target::Queue { users, .. } => {
                self.answer_leg(now, &id);
                self.ring(now, &id, users);
            }
        }
        id
    }

    /// A user calls somebody outside.
    pub(in crate::firehose) fn outgoing(&mut self, now: i64, by: Seat, number: &str) -> Option<String> {
        let a = self.phone_in(now, by, number)?;
        let id = self.begin(now, a);
        self.call_outside(now, &id, number);
        Some(id)
    }

    /// A user calls a colleague by extension.
    pub(in crate::firehose) fn internal(&mut self, now: i64, by: Seat, to: Seat) -> Option<String> {
        let extension = self.directory.user(to)?.extension.clone();
        let a = self.phone_in(now, by, &extension)?;
        let id = self.begin(now, a);
        self.ring_user(now, &id, to);
        self.forward(now, &id, to);
        Some(id)
    }

    /// A program calls for a user: the user's own phone rings first, by an `outbound` leg whose id ends in
    /// `-quickcall` (Kazoo's `cb_quickcall`).
    pub(in crate::firehose) fn click_to_call(&mut self, now: i64, by: Seat, number: &str) -> Option<String> {
        let user = self.directory.user(by)?;
        let device = user.phones().next()?;
        let (account, extension) = (user.account, user.extension.clone());
        let caller = Identity { name: "Device QuickCall".to_owned(), ..Identity::number(number) };
        let party = Party::Phone { seat: by, device };
        let mut a = self.new_leg(now, Direction::Outbound, account, party, caller, &extension);
        if !self.quirks.odd_ids {
            a.id = format!("{:028x}{:08x}-quickcall", self.random.u64(..), self.random.u32(..));
        }
        a.variables = vec![("Retain-CID", "true".to_owned()), ("Inherit-Codec", "false".to_owned())];
        let id = self.begin(now, a);
        if let Some(call) = self.calls.get_mut(&id) {
            call.dials_next = Some(number.to_owned());
        }
        Some(id)
    }

    /// More phones ring for a call that nobody has taken; those that do not disturb are left out.
    pub(in crate::firehose) fn ring(&mut self, now: i64, call: &str, users: &[Seat]) -> bool {
        if self.calls.get(call).is_none_or(|call| call.b.is_some()) {
            return false;
        }
        for &seat in users {
            self.ring_user(now, call, seat);
        }
        true
    }

    /// The phones that ring fall silent, and others are tried, as a queue does.
    pub(in crate::firehose) fn ring_others(&mut self, now: i64, call: &str, users: &[Seat]) -> bool {
        self.silence(now, call, Cause::AllottedTimeout);
        self.ring(now, call, users)
    }

    /// A user takes the call at one of the phones that ring; when the user is the caller, the other side takes it.
    pub(in crate::firehose) fn answer(&mut self, now: i64, id: &str, by: Seat) -> bool {
        let Some(call) = self.calls.get(id) else { return false };
        let is_own = |leg: &&Leg| leg.is_of(by) && !leg.loopback;
        let ringing = call.ringing.iter().filter_map(|leg| self.legs.get(leg));
        let own = ringing.clone().find(is_own).map(|leg| leg.id.clone());
        if let Some(leg) = own {
            return self.connect(now, id, &leg);
        }
        if !self.legs.get(&call.a).is_some_and(|leg| leg.is_of(by)) {
            return false;
        }
        if let Some(number) = call.dials_next.clone() {
            let a = call.a.clone();
            if let Some(call) = self.calls.get_mut(id) {
                call.dials_next = None;
            }
            self.answer_leg(now, &a);
            self.call_outside(now, id, &number);
            return true;
        }
        let first = ringing.into_iter().next().map(|leg| leg.id.clone());
        first.is_some_and(|leg| self.connect(now, id, &leg))
    }

    /// The call is taken at the number that a user forwards to.
    pub(in crate::firehose) fn answer_forwarded(&mut self, now: i64, id: &str) -> bool {
        let Some(call) = self.calls.get(id) else { return false };
        let legs = call.ringing.iter().filter_map(|leg| self.legs.get(leg));
        let far = legs.into_iter().find(|leg| !leg.via.is_empty()).map(|leg| leg.id.clone());
        far.is_some_and(|leg| self.connect(now, id, &leg))
    }

    /// Another user takes a ringing call at a phone of their own.
    pub(in crate::firehose) fn pick_up(&mut self, now: i64, id: &str, by: Seat) -> bool {
        let Some(call) = self.calls.get(id).filter(|call| call.b.is_none()) else { return false };
        let a = call.a.clone();
        let Some(mut leg) = self.phone_in(now, by, "**") else { return false };
        leg.interaction = self.legs.get(&a).map(|leg| leg.interaction.clone()).unwrap_or_default();
        let leg = self.create(now, leg);
        self.answer_leg(now, &leg);
        self.answer_leg(now, &a);
        self.bridge(now, &leg, &a);
        self.silence(now, id, Cause::PickedOff);
        self.set_talking(id, &a, Some(leg));
        true
    }

    /// A user declines at all phones. A call that then rings nowhere ends.
    pub(in crate::firehose) fn decline(&mut self, now: i64, id: &str, by: Seat, cause: Cause) -> bool {
        let Some(call) = self.calls.get(id) else { return false };
        let is_own = |id: &String| self.legs.get(id).is_some_and(|leg| leg.is_of(by));
        let (own, others): (Vec<String>, Vec<String>) = call.ringing.iter().cloned().partition(is_own);
        if own.is_empty() {
            return false;
        }
        for leg in &own {
            self.destroy(now, leg, cause);
        }
        let is_over = others.is_empty();
        if let Some(call) = self.calls.get_mut(id) {
            call.ringing = others;
        }
        if is_over { self.end(now, id, cause) } else { true }
    }

    /// Nobody took the call: every phone falls silent and the caller is sent away, for this reason.
    pub(in crate::firehose) fn end_unanswered(&mut self, now: i64, id: &str, cause: Cause) -> bool {
        self.calls.get(id).is_some_and(|call| call.b.is_none()) && self.end(now, id, cause)
    }

    /// Nobody took the call: the caller talks to a machine until hanging up.
    pub(in crate::firehose) fn send_to_voicemail(&mut self, now: i64, id: &str) -> bool {
        let Some(call) = self.calls.get(id).filter(|call| call.b.is_none()) else { return false };
        let a = call.a.clone();
        self.silence(now, id, Cause::NoAnswer);
        self.answer_leg(now, &a);
        true
    }

    /// Somebody hangs up; a call that nobody took is given up by the caller.
    pub(in crate::firehose) fn hang_up(&mut self, now: i64, id: &str) -> bool {
        let Some(call) = self.calls.get(id) else { return false };
        let given_up = call.b.is_none();
        self.end(now, id, if given_up { Cause::OriginatorCancel } else { Cause::NormalClearing })
    }

    /// A user holds the call, or takes it back.
    pub(in crate::firehose) fn hold(&mut self, now: i64, id: &str, by: Seat, on: bool) -> bool {
        let Some((own, _)) = self.sides(id, by) else { return false };
        let Some(leg) = self.legs.get_mut(&own).filter(|leg| leg.held != on) else { return false };
        leg.held = on;
        self.emit(now, if on { "CHANNEL_HOLD" } else { "CHANNEL_UNHOLD" }, &own, Extra::None);
        true
    }

    /// A user passes the call on without asking: the colleague's phones ring until [`Switch::answer`].
    pub(in crate::firehose) fn transfer_blind(&mut self, now: i64, id: &str, by: Seat, to: Seat) -> bool {
        let Some((own, stays)) = self.sides(id, by) else { return false };
        self.unbridge(now, &stays, &own);
        self.destroy(now, &own, Cause::BlindTransfer);
        self.set_talking(id, &stays, None);
        self.ring_user(now, id, to);
        true
    }

    /// A user holds the call and asks a colleague first: a call of its own, whose id is returned.
    pub(in crate::firehose) fn consult(&mut self, now: i64, id: &str, by: Seat, to: Seat) -> Option<String> {
        self.sides(id, by)?;
        self.hold(now, id, by, true);
        let question = self.internal(now, by, to)?;
        if let Some(call) = self.calls.get_mut(&question) {
            call.consults_for = Some(id.to_owned());
        }
        Some(question)
    }

    /// The colleague who was asked gets the call; both legs of who asked are gone.
    pub(in crate::firehose) fn transfer_attended(&mut self, now: i64, id: &str) -> bool {
        let asks = |call: &Call| call.consults_for.as_deref() == Some(id) && call.b.is_some();
        let Some((question, asked)) = self.calls.iter().find(|(_, call)| asks(call)) else { return false };
        let (question, near, far) = (question.clone(), asked.a.clone(), asked.b.clone().unwrap_or_default());
        let by = match self.legs.get(&near).map(|leg| leg.party) {
            Some(Party::Phone { seat, .. }) => seat,
            Some(Party::Carrier) | None => return false,
        };
        let Some((own, stays)) = self.sides(id, by) else { return false };
        self.unbridge(now, &stays, &own);
        self.unbridge(now, &near, &far);
        self.bridge(now, &stays, &far);
        self.destroy(now, &own, Cause::AttendedTransfer);
        self.destroy(now, &near, Cause::AttendedTransfer);
        self.calls.remove(&question);
        self.set_talking(id, &stays, Some(far));
        true
    }

    /// A user parks the call for whoever fetches it. Returns the slot.
    pub(in crate::firehose) fn park(&mut self, now: i64, id: &str, by: Seat) -> Option<u16> {
        let (own, stays) = self.sides(id, by)?;
        let is_free = |slot: &u16| !self.calls.values().any(|call| call.slot == Some(*slot));
        let slot = (FIRST_SLOT..).find(is_free)?;
        self.unbridge(now, &stays, &own);
        self.destroy(now, &own, Cause::BlindTransfer);
        self.set_talking(id, &stays, None);
        self.calls.get_mut(id)?.slot = Some(slot);
        self.emit(now, "PARK_PARKED", &stays, Extra::Slot(slot));
        Some(slot)
    }

    /// A user fetches a parked call by calling its slot.
    pub(in crate::firehose) fn retrieve(&mut self, now: i64, id: &str, by: Seat) -> bool {
        let Some((slot, a)) = self.calls.get(id).and_then(|call| Some((call.slot?, call.a.clone()))) else {
            return false;
        };
        let Some(leg) = self.phone_in(now, by, &format!("*3{slot}")) else { return false };
        let leg = self.create(now, leg);
        self.answer_leg(now, &leg);
        self.emit(now, "PARK_RETRIEVED", &a, Extra::Slot(slot));
        self.bridge(now, &leg, &a);
        self.set_talking(id, &a, Some(leg));
        true
    }

    /// The media server is gone, and every call with it.
    pub(in crate::firehose) fn lose_media_server(&mut self, now: i64) {
        let legs: Vec<String> = self.legs.keys().cloned().collect();
        for leg in legs {
            self.emit(now, "CHANNEL_DISCONNECTED", &leg, Extra::None);
            self.legs.remove(&leg);
        }
        self.calls.clear();
    }
}
