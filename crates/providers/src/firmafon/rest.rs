//! The REST API's answers, read leniently.

use std::{sync::Arc, time::Duration};

use model::{Direction, Line, Peer, PersonFact, Time};
use protocols::Response;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    events::{self, Status, availability},
    wire::{Endpoint, Loose},
};
use crate::{Failure, FailureKind, text::clean};

pub(super) const RINGS_AT_MOST: Duration = Duration::from_secs(10 * 60);
pub(super) const SPOKEN_AT_MOST: Duration = Duration::from_secs(12 * 60 * 60);

/// The answer's body, if it is a success.
pub(super) fn body(response: &Response) -> Result<&str, Failure> {
    if response.is_success() {
        Ok(&response.body)
    } else {
        Err(Failure::from_status(response.status, response.retry_after))
    }
}

/// What could be read of a list, and how many of its rows could not.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows<T> {
    pub(super) rows: Vec<T>,
    pub(super) skipped: usize,
}

/// A colleague, or the owner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Employee {
    pub(super) fact: PersonFact,
    pub(super) company: Option<String>,
    /// Data-only SIM cards are listed among the people.
    pub(super) data_sim: bool,
    /// The ids of the groups they answer for; `None` if the row does not say.
    pub(super) groups: Option<Vec<String>>,
}

/// A group of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) name: String,
}

/// A call as REST has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CallRow {
    pub(super) uuid: String,
    pub(super) endpoint: Option<Endpoint>,
    pub(super) line: Option<Line>,
    pub(super) status: Option<Status>,
    pub(super) direction: Option<Direction>,
    pub(super) peer: Option<Peer>,
    /// `None` if the row does not tell of its legs.
    pub(super) nodes: Option<Vec<Node>>,
    /// Who answered, as `Employee#77`.
    pub(super) answered_by: Option<String>,
    pub(super) started_at: Option<Time>,
    pub(super) answered_at: Option<Time>,
    pub(super) ended_at: Option<Time>,
}

impl CallRow {
    /// Whether it has been open for longer than anything rings or anybody speaks: its end was never written down.
    pub(super) fn is_left_over(&self, wall: Time) -> bool {
        let most = match (self.ended_at, self.status, self.answered_at) {
            (Some(_), _, _) | (None, Some(Status::Missed | Status::Voicemail | Status::Orphaned), _) => {
                return false;
            }
            (None, Some(Status::Answered), _) | (None, _, Some(_)) => SPOKEN_AT_MOST,
            (None, Some(Status::New | Status::Ringing) | None, None) => RINGS_AT_MOST,
        };
        self.started_at.is_some_and(|at| wall.since(at) > most)
    }
}

/// A leg of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) uuid: Option<String>,
    pub(super) endpoint: Option<Endpoint>,
    pub(super) answered: bool,
    pub(super) ended: bool,
}

/// Reads `GET /employee`.
pub(super) fn employee(body: &str) -> Result<Employee, Failure> {
    row(body, |wire: &Wrapped<'_>| wire.employee).and_then(employee_row).ok_or_else(|| unread("employee"))
}

/// Reads `GET /employees`, whose company is the owner's and not kept for each.
pub(super) fn employees(body: &str) -> Result<Rows<Employee>, Failure> {
    let row = |json| Some(Employee { company: None, ..employee_row(json)? });
    rows(body, |wire| wire.employees, row).ok_or_else(|| unread("employees"))
}

/// Reads `GET /employee_groups`.
pub(super) fn groups(body: &str) -> Result<Rows<Group>, Failure> {
    rows(body, |wire| wire.employee_groups, group_row).ok_or_else(|| unread("groups"))
}

/// Reads `GET /calls`, newest first.
pub(super) fn calls(body: &str) -> Result<Rows<CallRow>, Failure> {
    rows(body, |wire| wire.calls, call_row).ok_or_else(|| unread("calls"))
}

/// Reads `GET /calls/:uuid`.
pub(super) fn call(body: &str) -> Result<CallRow, Failure> {
    row(body, |wire: &Wrapped<'_>| wire.call).and_then(call_row).ok_or_else(|| unread("call"))
}

/// Reads `GET /call_nodes/live`.
pub(super) fn live_nodes(body: &str) -> Result<Rows<Node>, Failure> {
    rows(body, |wire| wire.call_nodes.or(wire.nodes), node_row).ok_or_else(|| unread("live legs"))
}

/// Reads `GET /contacts?number=`: the first name there is.
pub(super) fn contact(body: &str) -> Option<String> {
    let wire = serde_json::from_str::<Wrapped<'_>>(body).ok()?;
    let whole: &RawValue = serde_json::from_str(body).ok()?;
    let list = wire.contacts.map_or(body, RawValue::get);
    let first = serde_json::from_str::<Vec<&RawValue>>(list).ok().and_then(|list| list.first().copied());
    contact_name(wire.contact.or(first).unwrap_or(whole))
}

fn unread(what: &str) -> Failure {
    Failure::new(FailureKind::Protocol, format!("the answer is no {what}"))
}

/// The names under which answers hold what was asked for.
#[derive(Deserialize, Default)]
struct Wrapped<'a> {
    #[serde(borrow, default)]
    employee: Option<&'a RawValue>,
    #[serde(borrow, default)]
    employees: Option<&'a RawValue>,
    #[serde(borrow, default)]
    employee_groups: Option<&'a RawValue>,
    #[serde(borrow, default)]
    call: Option<&'a RawValue>,
    #[serde(borrow, default)]
    calls: Option<&'a RawValue>,
    #[serde(borrow, default)]
    call_nodes: Option<&'a RawValue>,
    #[serde(borrow, default)]
    nodes: Option<&'a RawValue>,
    #[serde(borrow, default)]
    contact: Option<&'a RawValue>,
    #[serde(borrow, default)]
    contacts: Option<&'a RawValue>,
}

/// What lies under its name, or the whole answer if it is not wrapped.
fn row<'a>(body: &'a str, under: impl Fn(&Wrapped<'a>) -> Option<&'a RawValue>) -> Option<&'a RawValue> {
    match serde_json::from_str::<Wrapped<'a>>(body) {
        Ok(wrapped) => under(&wrapped).or_else(|| serde_json::from_str(body).ok()),
        Err(_) => None,
    }
}

fn rows<'a, T>(
    body: &'a str,
    under: impl Fn(&Wrapped<'a>) -> Option<&'a RawValue>,
    read: impl Fn(&'a RawValue) -> Option<T>,
) -> Option<Rows<T>> {
    let list = match serde_json::from_str::<Vec<&'a RawValue>>(body) {
        Ok(list) => list,
        Err(_) => {
            let wrapped = serde_json::from_str::<Wrapped<'a>>(body).ok()?;
            serde_json::from_str(under(&wrapped)?.get()).ok()?
        }
    };
    let of = list.len();
    let rows: Vec<T> = list.into_iter().filter_map(read).collect();
    Some(Rows { skipped: of - rows.len(), rows })
}

#[derive(Deserialize)]
struct EmployeeWire<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    company_id: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    number: Loose<'a>,
    #[serde(borrow, default)]
    live_presence: Loose<'a>,
    #[serde(borrow, default)]
    busy_since: Loose<'a>,
    #[serde(borrow, default)]
    do_not_disturb: Loose<'a>,
    #[serde(borrow, default)]
    dnd_timeout_at: Loose<'a>,
    #[serde(borrow, default)]
    employee_group_ids: Option<&'a RawValue>,
}

fn employee_row(json: &RawValue) -> Option<Employee> {
    let wire: EmployeeWire<'_> = serde_json::from_str(json.get()).ok()?;
    let id = clean(&wire.id.text()?)?;
    let name = wire.name.text().and_then(|name| clean(&name));
    let number = wire.number.text().and_then(|number| clean(&number));
    let live = wire.live_presence.text();
    let (seen, dnd) = availability(live.as_deref(), wire.do_not_disturb.truth(), &wire.dnd_timeout_at);
    Some(Employee {
        data_sim: number.is_none() || name.as_deref().is_some_and(names_a_data_sim),
        company: wire.company_id.text().and_then(|id| clean(&id)),
        groups: wire.employee_group_ids.and_then(group_ids),
        fact: PersonFact {
            name: name.map(Arc::from),
            number: number.map(Arc::from),
            availability: seen,
            since: wire.busy_since.time(),
            dnd,
            ..PersonFact::of(employee_id(&id))
        },
    })
}

fn group_ids(json: &RawValue) -> Option<Vec<String>> {
    let ids: Vec<Loose<'_>> = serde_json::from_str(json.get()).ok()?;
    Some(ids.iter().filter_map(|id| clean(&id.text()?)).collect())
}

fn group_row(json: &RawValue) -> Option<Group> {
    let wire: IdAndName<'_> = serde_json::from_str(json.get()).ok()?;
    Some(Group { id: clean(&wire.id.text()?)?, name: clean(&wire.name.text()?)? })
}

fn names_a_data_sim(name: &str) -> bool {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "data" || word.contains("bredbånd"))
}

/// The owner's and the colleagues' ids are written as endpoints everywhere else.
fn employee_id(id: &str) -> String {
    if id.starts_with("Employee#") { id.to_owned() } else { format!("Employee#{id}") }
}

#[derive(Deserialize)]
struct CallRowWire<'a> {
    #[serde(borrow, default)]
    call_uuid: Loose<'a>,
    #[serde(borrow, default)]
    endpoint: Loose<'a>,
    #[serde(borrow, default)]
    endpoint_name: Loose<'a>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    #[serde(borrow, default)]
    direction: Loose<'a>,
    #[serde(borrow, default)]
    from_number: Loose<'a>,
    #[serde(borrow, default)]
    to_number: Loose<'a>,
    #[serde(borrow, default)]
    remote_number: Loose<'a>,
    #[serde(borrow, default)]
    from_number_hidden: Loose<'a>,
    #[serde(borrow, default)]
    from_contact: Option<&'a RawValue>,
    #[serde(borrow, default)]
    to_contact: Option<&'a RawValue>,
    #[serde(borrow, default)]
    nodes: Option<&'a RawValue>,
    #[serde(borrow, default)]
    answered_by: Option<&'a RawValue>,
    #[serde(borrow, default)]
    started_at: Loose<'a>,
    #[serde(borrow, default)]
    answered_at: Loose<'a>,
    #[serde(borrow, default)]
    ended_at: Loose<'a>,
}

fn call_row(json: &RawValue) -> Option<CallRow> {
    let wire: CallRowWire<'_> = serde_json::from_str(json.get()).ok()?;
    let uuid = clean(&wire.call_uuid.text()?)?;
    let direction = events::direction(&wire.direction);
    let outgoing = direction == Some(Direction::Outgoing);
    let hidden = &wire.from_number_hidden;
    let mut peer = events::peer(direction, &wire.from_number, &wire.to_number, hidden)
        .or_else(|| events::peer(None, &wire.remote_number, &Loose::Absent, hidden));
    let contact = if outgoing { wire.to_contact } else { wire.from_contact };
    if let Some(name) = contact.and_then(contact_name) {
        let peer = peer.get_or_insert_default();
        peer.name = Some(name).filter(|_| !peer.hidden);
    }
    let endpoint = wire.endpoint.text().map(|text| Endpoint::parse(&text));
    Some(CallRow {
        uuid,
        line: endpoint.as_ref().and_then(|endpoint| line(endpoint, wire.endpoint_name.text().as_deref())),
        endpoint,
        status: wire.status.text().and_then(|status| Status::parse(&status)),
        direction,
        peer,
        nodes: wire.nodes.and_then(|nodes| {
            let nodes: Vec<&RawValue> = serde_json::from_str(nodes.get()).ok()?;
            Some(nodes.into_iter().filter_map(node_row).collect())
        }),
        answered_by: wire.answered_by.and_then(answered_by),
        started_at: wire.started_at.time(),
        answered_at: wire.answered_at.time(),
        ended_at: wire.ended_at.time(),
    })
}

/// The line a call came through, if its endpoint is one.
pub(super) fn line(endpoint: &Endpoint, name: Option<&str>) -> Option<Line> {
    match endpoint {
        Endpoint::Reception(id) | Endpoint::Group(id) => {
            Some(Line { id: clean(id)?, name: name.and_then(clean) })
        }
        Endpoint::Employee(_) | Endpoint::Other(_) => None,
    }
}

#[derive(Deserialize)]
struct IdAndName<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
}

fn contact_name(json: &RawValue) -> Option<String> {
    let wire: IdAndName<'_> = serde_json::from_str(json.get()).ok()?;
    clean(&wire.name.text()?)
}

fn answered_by(json: &RawValue) -> Option<String> {
    let id = match serde_json::from_str::<IdAndName<'_>>(json.get()) {
        Ok(wire) => wire.id.text().and_then(|id| clean(&id)),
        Err(_) => serde_json::from_str::<Loose<'_>>(json.get()).ok()?.text().and_then(|id| clean(&id)),
    };
    id.map(|id| employee_id(&id))
}

#[derive(Deserialize)]
struct NodeWire<'a> {
    #[serde(borrow, default)]
    call_uuid: Loose<'a>,
    #[serde(borrow, default)]
    endpoint: Loose<'a>,
    #[serde(borrow, default)]
    answered_at: Loose<'a>,
    #[serde(borrow, default)]
    ended_at: Loose<'a>,
}

fn node_row(json: &RawValue) -> Option<Node> {
    let wire: NodeWire<'_> = serde_json::from_str(json.get()).ok()?;
    Some(Node {
        uuid: wire.call_uuid.text().and_then(|uuid| clean(&uuid)),
        endpoint: wire.endpoint.text().map(|text| Endpoint::parse(&text)),
        answered: wire.answered_at.is_given(),
        ended: wire.ended_at.is_given(),
    })
}

#[cfg(test)]
mod tests;
