//! Who is free: each employee's presence and that of the groups, and do-not-disturb.

use jiff::Timestamp;
use serde::Serialize;

use super::{COMPANY, Company, Dnd, Employee, Endpoint, Leg, Presence};
use crate::firmafon::wire;

impl Employee {
    pub(super) fn presence(&self) -> Presence {
        if let Some(forced) = self.forced {
            return forced;
        }
        let mut legs = self.legs.values();
        if self.private || self.number.is_none() {
            Presence::Unknown
        } else if legs.clone().any(|leg| *leg == Leg::Talking) {
            Presence::Busy
        } else if legs.any(|leg| *leg == Leg::Ringing) {
            Presence::Ringing
        } else if self.dnd == Dnd::Off {
            Presence::Available
        } else {
            Presence::DoNotDisturb
        }
    }
}

impl Company {
    /// Shows a presence whatever the calls say, until something happens to the employee. False for nobody.
    pub(in crate::firmafon) fn force_presence(
        &mut self,
        now: Timestamp,
        id: u64,
        presence: Presence,
    ) -> bool {
        let Some(employee) = self.employees.get_mut(&id) else { return false };
        employee.forced = Some(presence);
        self.refresh(now, id);
        true
    }

    /// Switches do-not-disturb. False for nobody.
    pub(in crate::firmafon) fn set_dnd(&mut self, now: Timestamp, id: u64, dnd: Dnd) -> bool {
        let Some(employee) = self.employees.get_mut(&id) else { return false };
        employee.forced = None;
        if employee.dnd != dnd {
            if let Some(end) = ends_at(employee.dnd) {
                self.dnd_ends.remove(&(end, id));
            }
            self.dnd_ends.extend(ends_at(dnd).map(|end| (end, id)));
            employee.dnd = dnd;
            if employee.presence() == employee.shown {
                self.announce(now, id);
            } else {
                self.refresh(now, id);
            }
        }
        true
    }

    /// When the next do-not-disturb ends by itself.
    pub(in crate::firmafon) fn next_dnd_end(&self) -> Option<Timestamp> {
        self.dnd_ends.first().map(|(end, _)| *end)
    }

    /// Ends every do-not-disturb whose time has come.
    pub(in crate::firmafon) fn wake(&mut self, now: Timestamp) {
        while let Some((_, id)) = self.dnd_ends.first().copied().filter(|(end, _)| *end <= now) {
            self.set_dnd(now, id, Dnd::Off);
        }
    }

    /// Something happened to an employee's phone: `None` takes the call's leg away.
    pub(super) fn set_leg(&mut self, now: Timestamp, id: u64, call: &str, leg: Option<Leg>) {
        let Some(employee) = self.employees.get_mut(&id) else { return };
        employee.forced = None;
        match leg {
            Some(leg) => drop(employee.legs.insert(call.to_owned(), leg)),
            None => drop(employee.legs.remove(call)),
        }
        self.refresh(now, id);
    }

    fn refresh(&mut self, now: Timestamp, id: u64) {
        let Some(employee) = self.employees.get_mut(&id) else { return };
        let presence = employee.presence();
        if presence == employee.shown {
            return;
        }
        // Busy counts from the dialling: an answer does not start it anew.
        match presence {
            Presence::Available | Presence::Unknown => employee.busy_since = None,
            Presence::Busy if employee.shown == Presence::Ringing => {}
            Presence::Ringing | Presence::Busy | Presence::DoNotDisturb => employee.busy_since = Some(now),
        }
        employee.shown = presence;
        self.announce(now, id);
    }

    /// Publishes an employee's presence, and that of every group he is in.
    fn announce(&mut self, now: Timestamp, id: u64) {
        let Some(employee) = self.employees.get(&id) else { return };
        let dnd = (employee.shown == Presence::DoNotDisturb).then_some(employee.dnd);
        let event = wire::EmployeePresence {
            endpoint: Endpoint::Employee(id).to_string(),
            live_presence: employee.shown,
            busy_since: employee.busy_since.map(wire::millis),
            do_not_disturb: dnd.is_some().then_some(true),
            dnd_timeout_at: dnd.map(|dnd| ends_at(dnd).map(wire::millis)),
        };
        let groups = employee.groups.clone();
        self.publish_presence(now, &event);
        for group in groups {
            let event = wire::GroupPresence {
                endpoint: format!("EmployeeGroup#{group}"),
                live_presence: self.group_presence(group),
            };
            self.publish_presence(now, &event);
        }
    }

    pub(super) fn group_presence(&self, group: u64) -> Presence {
        let members = self.groups.get(&group).map(|group| group.members.as_slice()).unwrap_or_default();
        let mut worst = Presence::Busy;
        for member in members.iter().filter_map(|id| self.employees.get(id)) {
            match member.shown {
                Presence::Available => return Presence::Available,
                Presence::Unknown => worst = Presence::Unknown,
                Presence::Ringing | Presence::Busy | Presence::DoNotDisturb => {}
            }
        }
        worst
    }

    fn publish_presence(&mut self, now: Timestamp, event: &impl Serialize) {
        let channel = format!("/presence/company/{COMPANY}");
        if self.wrap_presence {
            self.publish(channel, &wire::Envelope::of("presence-event", "presence.update", now, event));
        } else {
            self.publish(channel, event);
        }
    }
}

/// When do-not-disturb ends by itself.
pub(super) fn ends_at(dnd: Dnd) -> Option<Timestamp> {
    match dnd {
        Dnd::Off => None,
        Dnd::On { until } => until,
    }
}
