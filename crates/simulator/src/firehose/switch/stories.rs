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

    /// The legs of a connected call: that of `by`, and the other.
    fn sides(&self, id: &str, by: Seat) -> Option<(String, String)> {
        let call = self.calls.get(id)?;
        let (a, b) = (call.a.clone(), call.b.clone()?);
        let is_own = |id: &String| self.legs.get(id).is_some_and(|leg| leg.is_of(by));
        if is_own(&b) {
            Some((b, a))
        } else if is_own(&a) {
            Some((a, b))
        } else {
            None
        }
    }

    fn set_talking(&mut self, id: &str, a: &str, b: Option<String>) {
        if let Some(call) = self.calls.get_mut(id) {
            call.a = a.to_owned();
            call.b = b;
            call.slot = None;
        }
    }

    fn begin(&mut self, now: i64, a: Leg) -> String {
        let id = self.create(now, a);
        let call = Call {
            a: id.clone(),
            b: None,
            ringing: Vec::new(),
            slot: None,
            consults_for: None,
            dials_next: None,
        };
        self.calls.insert(id.clone(), call);
        id
    }

    fn new_leg(
        &mut self,
        now: i64,
        direction: Direction,
        account: usize,
        party: Party,
        caller: Identity,
        dialled: &str,
    ) -> Leg {
        Leg {
            id: self.leg_id(direction),
            direction,
            account,
            party,
            caller,
            dialled: dialled.to_owned(),
            bridge: None,
            other: None,
            interaction: self.interaction(now),
            loopback: false,
            forwarded: false,
            via: Vec::new(),
            created_at: now,
            answered_at: None,
            held: false,
            variables: Vec::new(),
        }
    }

    /// A leg that a user's phone begins.
    fn phone_in(&mut self, now: i64, by: Seat, dialled: &str) -> Option<Leg> {
        let user = self.directory.user(by)?;
        let device = user.devices.iter().position(|device| device.registered)?;
        let caller = Identity { name: user.name(), number: user.extension.clone(), hidden: false };
        let (account, party) = (user.account, Party::Phone { seat: by, device });
        Some(self.new_leg(now, Direction::Inbound, account, party, caller, dialled))
    }

    /// A leg that the switch begins for the call, as part of the first leg's bridge.
    fn leg_out(
        &mut self,
        now: i64,
        call: &str,
        party: Party,
        caller: Identity,
        dialled: &str,
    ) -> Option<Leg> {
        let a = self.calls.get(call)?.a.clone();
        let first = self.legs.get_mut(&a)?;
        first.bridge = Some(a.clone());
        let (account, interaction) = (first.account, first.interaction.clone());
        let mut leg = self.new_leg(now, Direction::Outbound, account, party, caller, dialled);
        leg.interaction = interaction;
        leg.bridge = Some(a.clone());
        leg.other = Some(a);
        Some(leg)
    }

    fn caller_of(&self, call: &str) -> Option<Identity> {
        self.legs.get(&self.calls.get(call)?.a).map(Leg::shown_to_others)
    }

    fn ring_user(&mut self, now: i64, call: &str, seat: Seat) {
        let Some(user) = self.directory.user(seat) else { return };
        let extension = user.extension.clone();
        let devices: Vec<usize> = user.phones().collect();
        for device in devices {
            let Some(caller) = self.caller_of(call) else { return };
            let party = Party::Phone { seat, device };
            let Some(leg) = self.leg_out(now, call, party, caller, &extension) else { return };
            self.ring_leg(now, call, leg);
        }
    }

    fn ring_leg(&mut self, now: i64, call: &str, leg: Leg) {
        let id = self.create(now, leg);
        if let Some(call) = self.calls.get_mut(call) {
            call.ringing.push(id);
        }
    }

    /// The user's forwarding: a loopback pair that carries the user's ids, and behind it a call to the other number.
    fn forward(&mut self, now: i64, call: &str, seat: Seat) {
        let Some(user) = self.directory.user(seat).filter(|user| !user.do_not_disturb) else { return };
        let Some(number) = user.forwards_to.clone() else { return };
        let Some(caller) = self.caller_of(call) else { return };
        let party = Party::Phone { seat, device: 0 };
        let Some(near) = self.leg_out(now, call, party, caller.clone(), &number) else { return };
        let near = Leg { loopback: true, forwarded: true, ..near };
        let (bridge, interaction) = (near.bridge.clone(), near.interaction.clone());
        let (near_id, account) = (near.id.clone(), near.account);
        let far = self.new_leg(now, Direction::Inbound, account, party, caller.clone(), &number);
        let far = Leg {
            loopback: true,
            forwarded: true,
            bridge,
            other: Some(near_id.clone()),
            interaction: interaction.clone(),
            ..far
        };
        let out = self.new_leg(now, Direction::Outbound, account, Party::Carrier, caller, &number);
        let out = Leg {
            forwarded: true,
            bridge: Some(far.id.clone()),
            other: Some(far.id.clone()),
            interaction,
            via: vec![far.id.clone(), near_id],
            ..out
        };
        self.create(now, near);
        self.create(now, far);
        self.ring_leg(now, call, out);
    }

    fn call_outside(&mut self, now: i64, call: &str, number: &str) {
        let account =
            self.calls.get(call).and_then(|call| self.legs.get(&call.a)).map_or(OWN, |leg| leg.account);
        let shown = self.directory.account(account).map(|account| account.number.clone()).unwrap_or_default();
        let caller = Identity::number(&shown);
        if let Some(leg) = self.leg_out(now, call, Party::Carrier, caller, number) {
            self.ring_leg(now, call, leg);
        }
    }

    /// One of the legs that ring is answered: it is joined with the caller's, the others fall silent.
    fn connect(&mut self, now: i64, id: &str, leg: &str) -> bool {
        let Some(call) = self.calls.get_mut(id) else { return false };
        let a = call.a.clone();
        call.ringing.retain(|other| other != leg);
        call.b = Some(leg.to_owned());
        let via = self.legs.get_mut(leg).map(|leg| std::mem::take(&mut leg.via)).unwrap_or_default();
        for answered in std::iter::once(leg).chain(via.iter().map(String::as_str)) {
            self.answer_leg(now, answered);
        }
        self.answer_leg(now, &a);
        if let [far, near] = via.as_slice() {
            self.bridge(now, far, leg);
            self.bridge(now, &a, near);
            self.silence(now, id, Cause::LoseRace);
            // The loopback steps aside.
            self.bridge(now, &a, leg);
            self.destroy(now, near, Cause::NormalUnspecified);
            self.destroy(now, far, Cause::NormalUnspecified);
        } else {
            self.bridge(now, &a, leg);
            self.silence(now, id, Cause::LoseRace);
        }
        true
    }

    /// Every leg that rings is gone.
    fn silence(&mut self, now: i64, id: &str, cause: Cause) {
        let Some(call) = self.calls.get_mut(id) else { return };
        for leg in std::mem::take(&mut call.ringing) {
            self.destroy(now, &leg, cause);
        }
    }

    /// All legs of the call are gone, the caller's last.
    fn end(&mut self, now: i64, id: &str, cause: Cause) -> bool {
        self.silence(now, id, cause);
        let Some(call) = self.calls.remove(id) else { return false };
        if let Some(slot) = call.slot {
            self.emit(now, "PARK_ABANDONED", &call.a, Extra::Slot(slot));
        }
        for leg in call.b.iter().chain([&call.a]) {
            let answered = self.legs.get(leg).is_some_and(|leg| leg.answered_at.is_some());
            self.destroy(now, leg, if answered { Cause::NormalClearing } else { cause });
        }
        true
    }
}
