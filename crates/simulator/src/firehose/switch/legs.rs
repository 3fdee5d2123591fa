//! How legs and calls begin, are joined and end: what all stories are made of.

use super::event::Extra;
use super::{Call, Cause, Direction, Identity, Leg, Party, Switch};
use crate::firehose::people::{OWN, Seat};

impl Switch {
    /// The legs of a connected call: that of `by`, and the other.
    pub(super) fn sides(&self, id: &str, by: Seat) -> Option<(String, String)> {
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

    pub(super) fn set_talking(&mut self, id: &str, a: &str, b: Option<String>) {
        if let Some(call) = self.calls.get_mut(id) {
            call.a = a.to_owned();
            call.b = b;
            call.slot = None;
        }
    }

    pub(super) fn begin(&mut self, now: i64, a: Leg) -> String {
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

    pub(super) fn new_leg(
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
    pub(super) fn phone_in(&mut self, now: i64, by: Seat, dialled: &str) -> Option<Leg> {
        let user = self.directory.user(by)?;
        let device = user.devices.iter().position(|device| device.registered)?;
        let caller = Identity { name: user.name(), number: user.extension.clone(), hidden: false };
        let (account, party) = (user.account, Party::Phone { seat: by, device });
        Some(self.new_leg(now, Direction::Inbound, account, party, caller, dialled))
    }

    /// A leg that the switch begins for the call, as part of the first leg's bridge.
    pub(super) fn leg_out(
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

    pub(super) fn caller_of(&self, call: &str) -> Option<Identity> {
        self.legs.get(&self.calls.get(call)?.a).map(Leg::shown_to_others)
    }

    pub(super) fn ring_user(&mut self, now: i64, call: &str, seat: Seat) {
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

    pub(super) fn ring_leg(&mut self, now: i64, call: &str, leg: Leg) {
        let id = self.create(now, leg);
        if let Some(call) = self.calls.get_mut(call) {
            call.ringing.push(id);
        }
    }

    /// The user's forwarding: a loopback pair that carries the user's ids, and behind it a call to the other number.
    pub(super) fn forward(&mut self, now: i64, call: &str, seat: Seat) {
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

    pub(super) fn call_outside(&mut self, now: i64, call: &str, number: &str) {
        let account =
            self.calls.get(call).and_then(|call| self.legs.get(&call.a)).map_or(OWN, |leg| leg.account);
        let shown = self.directory.account(account).map(|account| account.number.clone()).unwrap_or_default();
        let caller = Identity::number(&shown);
        if let Some(leg) = self.leg_out(now, call, Party::Carrier, caller, number) {
            self.ring_leg(now, call, leg);
        }
    }

    /// One of the legs that ring is answered: it is joined with the caller's, the others fall silent.
    pub(super) fn connect(&mut self, now: i64, id: &str, leg: &str) -> bool {
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
    pub(super) fn silence(&mut self, now: i64, id: &str, cause: Cause) {
        let Some(call) = self.calls.get_mut(id) else { return };
        for leg in std::mem::take(&mut call.ringing) {
            self.destroy(now, &leg, cause);
        }
    }

    /// All legs of the call are gone, the caller's last.
    pub(super) fn end(&mut self, now: i64, id: &str, cause: Cause) -> bool {
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
