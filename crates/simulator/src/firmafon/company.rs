//! The telephone exchange of one company: who works there, who is free, which calls go on.
//!
//! Pure: time is passed in, and what subscribers would hear piles up in the outbox.

mod calls;
mod presence;
pub(super) mod rest;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

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
    /// When whose do-not-disturb ends by itself.
    dnd_ends: BTreeSet<(Timestamp, u64)>,
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
    pub(super) fn of(office: &Office, admin: bool, wrap_presence: bool) -> Company {
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
            dnd_ends: BTreeSet::new(),
            call_order: VecDeque::new(),
            random: fastrand::Rng::new(),
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
