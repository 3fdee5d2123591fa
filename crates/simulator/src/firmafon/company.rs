//! The telephone exchange of one company: who works there, who is free, which calls go on.
//!
//! Pure: time is passed in, and what subscribers would hear piles up in the outbox.

mod calls;
pub(super) mod rest;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::wire;
use crate::office::{self, Office, Who};
pub(super) use calls::Call;

/// The employee that the token belongs to.
pub(super) const ME: u64 = 77;
/// The company's number.
pub(super) const COMPANY: u64 = 1234;

/// Who a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    /// One employee, called directly.
    Employee(u64),
    /// A reception, which makes the phones of several employees ring.
    Reception(u64),
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Endpoint::Employee(id) => write!(f, "Employee#{id}"),
            Endpoint::Reception(id) => write!(f, "Reception#{id}"),
        }
    }
}

/// Who calls from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Digits with the country's code, without `+` or `00`: `4511223344`.
    Number(String),
    /// The number is withheld.
    Hidden,
}

/// `live_presence` of an employee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Free.
    Available,
    /// The phone rings.
    Ringing,
    /// In a call.
    Busy,
    /// Do not disturb is on.
    DoNotDisturb,
    /// Private, or without a mobile subscription.
    Unknown,
}

/// Do not disturb of an employee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dnd {
    /// Calls come through.
    Off,
    /// No calls from receptions and groups, until then or until switched off.
    On {
        /// When it ends by itself.
        until: Option<Timestamp>,
    },
}

/// How a call ended that nobody took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// The caller gave up or the phones rang out.
    Missed,
    /// The caller was sent to voice mail.
    Voicemail,
    /// A reception had nobody to ring.
    Orphaned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leg {
    Ringing,
    Talking,
}

#[derive(Debug)]
struct Employee {
    id: u64,
    name: String,
    /// None for the data subscriptions that Firmafon lists among the employees.
    number: Option<String>,
    groups: Vec<u64>,
    private: bool,
    dnd: Dnd,
    legs: BTreeMap<String, Leg>,
    /// Set from outside, until something happens to the employee.
    forced: Option<Presence>,
    shown: Presence,
    busy_since: Option<Timestamp>,
}

impl Employee {
    fn presence(&self) -> Presence {
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

#[derive(Debug)]
struct Group {
    name: String,
    members: Vec<u64>,
}

#[derive(Debug)]
struct Reception {
    name: String,
    number: String,
}

#[derive(Debug)]
struct Contact {
    id: u64,
    name: String,
    number: String,
    email: String,
}

/// What a channel's subscribers are to hear.
#[derive(Debug)]
pub(super) struct Publication {
    pub(super) channel: String,
    pub(super) data: Box<RawValue>,
}

#[derive(Debug)]
pub(super) struct Company {
    /// Whether the token's owner may change others.
    admin: bool,
    wrap_presence: bool,
    employees: BTreeMap<u64, Employee>,
    groups: BTreeMap<u64, Group>,
    receptions: BTreeMap<u64, Reception>,
    contacts: Vec<Contact>,
    contact_by_number: BTreeMap<String, usize>,
    calls: BTreeMap<String, Call>,
    /// Oldest first.
    call_order: VecDeque<String>,
    random: fastrand::Rng,
    outbox: Vec<Publication>,
    /// Calls that an employee started over REST and nobody has taken care of.
    pub(super) dialled: Vec<String>,
}

/// Firmafon's id of a person of the office.
pub(super) fn employee_id(who: Who) -> u64 {
    match who.0 {
        0 => ME,
        other => 100 + u64::try_from(other).unwrap_or_default(),
    }
}

/// Firmafon's id of a line of the office.
pub(super) fn reception_id(line: office::Line) -> u64 {
    10 + u64::try_from(line.0).unwrap_or_default()
}

impl Company {
    pub(super) fn of(office: &Office, admin: bool, wrap_presence: bool, seed: u64) -> Company {
        let group_id = |at: usize| 1 + u64::try_from(at).unwrap_or_default();
        let mut groups = BTreeMap::new();
        let mut employees = BTreeMap::new();
        for (at, name) in office.departments().iter().enumerate() {
            groups.insert(group_id(at), Group { name: name.clone(), members: Vec::new() });
        }
        for (at, person) in office.people().iter().enumerate() {
            let id = employee_id(Who(at));
            let of: Vec<u64> = person.departments.iter().map(|&at| group_id(at)).collect();
            for group in &of {
                if let Some(group) = groups.get_mut(group) {
                    group.members.push(id);
                }
            }
            let mut employee = Employee {
                id,
                name: person.name.clone(),
                number: person.number.clone(),
                groups: of,
                private: person.private,
                dnd: Dnd::Off,
                legs: BTreeMap::new(),
                forced: None,
                shown: Presence::Available,
                busy_since: None,
            };
            employee.shown = employee.presence();
            employees.insert(id, employee);
        }
        let reception = |(at, line): (usize, &office::LineCard)| {
            (
                reception_id(office::Line(at)),
                Reception { name: line.name.clone(), number: line.number.clone() },
            )
        };
        let contact = |(at, card): (usize, &office::ContactCard)| Contact {
            id: 1 + u64::try_from(at).unwrap_or_default(),
            name: card.name.clone(),
            number: card.number.clone(),
            email: card.email.clone(),
        };
        let contacts: Vec<Contact> = office.contacts().iter().enumerate().map(contact).collect();
        Company {
            admin,
            wrap_presence,
            employees,
            groups,
            receptions: office.lines().iter().enumerate().map(reception).collect(),
            contact_by_number: contacts
                .iter()
                .enumerate()
                .map(|(at, card)| (card.number.clone(), at))
                .collect(),
            contacts,
            calls: BTreeMap::new(),
            call_order: VecDeque::new(),
            random: fastrand::Rng::with_seed(seed),
            outbox: Vec::new(),
            dialled: Vec::new(),
        }
    }

    /// Every employee's id.
    pub(super) fn employee_ids(&self) -> impl Iterator<Item = u64> + '_ {
        self.employees.keys().copied()
    }

    /// Every reception's id.
    pub(super) fn reception_ids(&self) -> impl Iterator<Item = u64> + '_ {
        self.receptions.keys().copied()
    }

    /// What was to be heard since the last time.
    pub(super) fn take_outbox(&mut self) -> Vec<Publication> {
        std::mem::take(&mut self.outbox)
    }

    /// Shows a presence whatever the calls say, until something happens to the employee. False for nobody.
    pub(super) fn force_presence(&mut self, now: Timestamp, id: u64, presence: Presence) -> bool {
        let Some(employee) = self.employees.get_mut(&id) else { return false };
        employee.forced = Some(presence);
        self.refresh(now, id);
        true
    }

    /// Switches do-not-disturb. False for nobody.
    pub(super) fn set_dnd(&mut self, now: Timestamp, id: u64, dnd: Dnd) -> bool {
        let Some(employee) = self.employees.get_mut(&id) else { return false };
        employee.forced = None;
        if employee.dnd != dnd {
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
    pub(super) fn next_dnd_end(&self) -> Option<Timestamp> {
        self.employees.values().filter_map(|employee| ends_at(employee.dnd)).min()
    }

    /// Ends every do-not-disturb whose time has come.
    pub(super) fn wake(&mut self, now: Timestamp) {
        let over = |employee: &&Employee| ends_at(employee.dnd).is_some_and(|until| until <= now);
        let over: Vec<u64> = self.employees.values().filter(over).map(|employee| employee.id).collect();
        for id in over {
            self.set_dnd(now, id, Dnd::Off);
        }
    }

    /// Something happened to an employee's phone: `None` takes the call's leg away.
    fn set_leg(&mut self, now: Timestamp, id: u64, call: &str, leg: Option<Leg>) {
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

    fn group_presence(&self, group: u64) -> Presence {
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

    fn publish(&mut self, channel: String, data: &impl Serialize) {
        if let Ok(data) = to_raw_value(data) {
            self.outbox.push(Publication { channel, data });
        }
    }

    fn name_of(&self, endpoint: Endpoint) -> Option<&str> {
        match endpoint {
            Endpoint::Employee(id) => self.employees.get(&id).map(|employee| employee.name.as_str()),
            Endpoint::Reception(id) => self.receptions.get(&id).map(|reception| reception.name.as_str()),
        }
    }

    fn number_of(&self, endpoint: Endpoint) -> Option<&str> {
        match endpoint {
            Endpoint::Employee(id) => self.employees.get(&id)?.number.as_deref(),
            Endpoint::Reception(id) => self.receptions.get(&id).map(|reception| reception.number.as_str()),
        }
    }
}

fn ends_at(dnd: Dnd) -> Option<Timestamp> {
    match dnd {
        Dnd::Off => None,
        Dnd::On { until } => until,
    }
}
