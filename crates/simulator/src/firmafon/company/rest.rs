//! What REST says about the company, and what it lets people change.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::calls::{Call, Node};
use super::presence::ends_at;
use super::{COMPANY, Company, Contact, Dnd, Employee, Endpoint, ME};
use crate::firmafon::wire;

/// One authorised request: path below `/api/v2` without `.json`, parameters of query and form together.
#[derive(Debug)]
pub(in crate::firmafon) struct Question<'a> {
    pub(in crate::firmafon) method: &'a str,
    pub(in crate::firmafon) path: &'a str,
    pub(in crate::firmafon) parameters: Vec<(String, String)>,
    pub(in crate::firmafon) body: Value,
}

impl Question<'_> {
    fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        found.or_else(|| self.body.get(name).and_then(Value::as_str))
    }

    fn time(&self, name: &str) -> Option<Timestamp> {
        self.parameter(name)?.parse().ok()
    }
}

/// HTTP status and JSON body.
pub(in crate::firmafon) type Answer = (u16, Value);

/// The error body of every status.
pub(in crate::firmafon) fn failure(status: u16) -> Answer {
    let word = match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        422 => "Unprocessable Entity",
        _ => "Failed",
    };
    (status, json!({ "status": "failure", "message": format!("{status} {word}") }))
}

fn done() -> Answer {
    (200, json!({ "status": "success" }))
}

impl Company {
    /// Answers one request of the token's owner.
    pub(in crate::firmafon) fn ask(&mut self, now: Timestamp, question: &Question<'_>) -> Answer {
        let words: Vec<&str> = question.path.split('/').filter(|word| !word.is_empty()).collect();
        let found = match (question.method, words.as_slice()) {
            ("GET", ["employee"]) => self.employees.get(&ME).map(|me| json!({ "employee": employee(me) })),
            ("GET", ["employees"]) => Some(json!({ "employees": self.employees_by_name() })),
            ("GET", ["employees", id]) => {
                by_id(&self.employees, id).map(|found| json!({ "employee": employee(found) }))
            }
            ("PUT", ["employee"]) => return self.change_employee(now, ME, &question.body),
            ("PUT", ["employees", id]) => {
                return id
                    .parse()
                    .map_or_else(|_| failure(404), |id| self.change_employee(now, id, &question.body));
            }
            ("GET", ["employee_groups"]) => {
                let all: Vec<Value> = self.groups.keys().map(|id| self.group(*id)).collect();
                Some(json!({ "employee_groups": all }))
            }
            ("GET", ["employee_groups", id]) => id
                .parse()
                .ok()
                .filter(|id| self.groups.contains_key(id))
                .map(|id| json!({ "employee_group": self.group(id) })),
            ("GET", ["receptions"]) => {
                let all: Vec<Value> = self.receptions.keys().filter_map(|id| self.reception(*id)).collect();
                Some(json!({ "receptions": all }))
            }
            ("GET", ["receptions", id]) => id
                .parse()
                .ok()
                .and_then(|id| self.reception(id))
                .map(|reception| json!({ "reception": reception })),
            ("GET", ["calls"]) => Some(json!({ "calls": self.list_calls(question) })),
            ("GET", ["calls", uuid]) => self.calls.get(*uuid).map(|call| json!({ "call": self.call(call) })),
            ("GET", ["call_nodes", "live"]) => Some(json!({ "call_nodes": self.my_live_nodes() })),
            ("GET", ["call_nodes", uuid]) => self.find_node(uuid).map(|node| json!({ "call_node": node })),
            ("POST", ["call_nodes", node, verb]) => return self.control(now, node, verb, question),
            ("POST", ["switch", "dial"]) => return self.dial(now, question),
            ("GET", ["contacts"]) => match question.parameter("number") {
                Some(number) => self.contact_for(Some(number)).map(|contact| json!({ "contact": contact })),
                None => return failure(422),
            },
            (_, _) => None,
        };
        found.map_or_else(|| failure(404), |value| (200, value))
    }

    fn employees_by_name(&self) -> Vec<Value> {
        let mut all: Vec<&Employee> = self.employees.values().collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all.into_iter().map(employee).collect()
    }

    fn change_employee(&mut self, now: Timestamp, id: u64, body: &Value) -> Answer {
        if id != ME && !self.admin {
            return failure(403);
        }
        let (Some(wanted), Some(before)) = (body.get("employee"), self.employees.get(&id)) else {
            return failure(if body.get("employee").is_some() { 404 } else { 422 });
        };
        let on = match wanted.get("do_not_disturb") {
            None => before.dnd != Dnd::Off,
            Some(Value::Bool(on)) => *on,
            Some(_) => return failure(422),
        };
        let until = match wanted.get("dnd_timeout_at") {
            None => ends_at(before.dnd),
            Some(Value::Null) => None,
            Some(Value::String(text)) => match text.parse() {
                Ok(until) => Some(until),
                Err(_) => return failure(422),
            },
            Some(_) => return failure(422),
        };
        self.set_dnd(now, id, if on { Dnd::On { until } } else { Dnd::Off });
        self.wake(now);
        self.employees
            .get(&id)
            .map_or_else(|| failure(404), |now| (200, json!({ "employee": employee(now) })))
    }

    fn group(&self, id: u64) -> Value {
        let Some(group) = self.groups.get(&id) else { return Value::Null };
        json!({
            "type": "EmployeeGroup",
            "id": id,
            "name": group.name,
            "endpoint": format!("EmployeeGroup#{id}"),
            "live_presence": self.group_presence(id),
            "speed_dial": { "digit": 600 + id },
            "employee_ids": group.members,
        })
    }

    fn reception(&self, id: u64) -> Option<Value> {
        let reception = self.receptions.get(&id)?;
        Some(json!({
            "id": id,
            "name": reception.name,
            "phone_number": { "number": reception.number },
            "endpoint": Endpoint::Reception(id).to_string(),
        }))
    }

    /// Newest first. `endpoint` is taken and does not filter, as seen on the live service in 2026.
    fn list_calls(&self, question: &Question<'_>) -> Vec<Value> {
        let limit = question.parameter("limit").and_then(|limit| limit.parse().ok()).unwrap_or(30).min(100);
        let within = |at: Option<Timestamp>, name: &str| {
            let from = question.time(&format!("{name}_gt_or_eq"));
            let to = question.time(&format!("{name}_lt_or_eq"));
            from.is_none_or(|from| at.is_some_and(|at| at >= from))
                && to.is_none_or(|to| at.is_some_and(|at| at <= to))
        };
        let wanted = |call: &&Call| {
            let is = |name: &str, value: &str| question.parameter(name).is_none_or(|wanted| wanted == value);
            let number = question.parameter("number");
            is("direction", call.direction.word())
                && is("status", call.status.word())
                && (number.is_none()
                    || number == call.from_number.as_deref()
                    || number == call.to_number.as_deref())
                && within(Some(call.started_at), "started_at")
                && within(call.ended_at, "ended_at")
        };
        let newest_first = self.call_order.iter().rev().filter_map(|uuid| self.calls.get(uuid));
        newest_first.filter(wanted).take(limit).map(|call| self.call(call)).collect()
    }

    fn call(&self, call: &Call) -> Value {
        let remote = match call.direction {
            super::calls::Direction::Incoming => &call.from_number,
            super::calls::Direction::Outgoing => &call.to_number,
        };
        let answered_by = call
            .answered_by
            .and_then(|id| self.employees.get(&id))
            .map(|employee| json!({ "id": employee.id, "name": employee.name, "number": employee.number }));
        let talked = call.answered_at.zip(call.ended_at).map(|(from, to)| to.as_second() - from.as_second());
        json!({
            "call_uuid": call.uuid,
            "company_id": COMPANY,
            "endpoint": call.endpoint.to_string(),
            "endpoint_name": self.name_of(call.endpoint),
            "endpoint_type": match call.endpoint {
                Endpoint::Employee(_) => "Employee",
                Endpoint::Reception(_) => "Reception",
            },
            "from_number": call.from_number,
            "from_number_formatted": call.from_number.as_deref().map(formatted),
            "from_contact": self.contact_for(call.from_number.as_deref()),
            "to_number": call.to_number,
            "to_number_formatted": call.to_number.as_deref().map(formatted),
            "to_contact": self.contact_for(call.to_number.as_deref()),
            "remote_number": remote,
            "remote_number_formatted": remote.as_deref().map(formatted),
            "direction": call.direction.word(),
            "nodes": self.nodes(call),
            "started_at": wire::seconds(call.started_at),
            "answered_at": call.answered_at.map(wire::seconds),
            "answered_by": answered_by,
            "ended_at": call.ended_at.map(wire::seconds),
            "status": call.status.word(),
            "talk_duration": talked,
            "voice_mail": null,
            "recording": null,
        })
    }

    /// The legs; before them, as in the vendor's own example, what is no leg of anybody.
    fn nodes(&self, call: &Call) -> Vec<Value> {
        let mut nodes = Vec::new();
        if let Endpoint::Reception(_) = call.endpoint {
            nodes.push(bystander(call, &call.endpoint.to_string(), "new", "undefined"));
            nodes.push(bystander(call, "undefined", "open", "phase"));
        }
        nodes.extend(call.nodes.iter().map(|node| self.node(call, node)));
        nodes
    }

    fn node(&self, call: &Call, node: &Node) -> Value {
        let endpoint = Endpoint::Employee(node.employee);
        let state = match (node.answered_at, node.ended_at) {
            (_, Some(_)) => "hungup",
            (Some(_), None) => "answered",
            (None, None) => "ringing",
        };
        json!({
            "node_uuid": node.uuid,
            "call_uuid": call.uuid,
            "endpoint": endpoint.to_string(),
            "endpoint_name": self.name_of(endpoint),
            "started_at": wire::seconds(node.started_at),
            "answered_at": node.answered_at.map(wire::seconds),
            "ended_at": node.ended_at.map(wire::seconds),
            "state": state,
            "node_type": "undefined",
        })
    }

    fn my_live_nodes(&self) -> Vec<Value> {
        let live = self.calls.values().filter(|call| call.ended_at.is_none());
        live.flat_map(|call| {
            let mine = call.nodes.iter().filter(|node| node.employee == ME && node.ended_at.is_none());
            mine.map(|node| self.node(call, node))
        })
        .collect()
    }

    fn find_node(&self, uuid: &str) -> Option<Value> {
        self.calls.values().find_map(|call| {
            let node = call.nodes.iter().find(|node| node.uuid == uuid)?;
            Some(self.node(call, node))
        })
    }

    fn control(&mut self, now: Timestamp, node: &str, verb: &str, question: &Question<'_>) -> Answer {
        let Some(call) = self.going_by_node(node).map(|call| call.uuid.clone()) else { return failure(404) };
        let moved = match verb {
            "hangup" => self.hang_up(now, &call),
            "transfer" => {
                let target = question.parameter("endpoint").and_then(|text| text.strip_prefix("Employee#"));
                let Some(to) = target.and_then(|id| id.parse().ok()) else { return failure(422) };
                self.transfer(now, &call, to)
            }
            _ => return failure(404),
        };
        if moved { done() } else { failure(422) }
    }

    fn dial(&mut self, now: Timestamp, question: &Question<'_>) -> Answer {
        let number: String = question
            .parameter("to_number")
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        if number.is_empty() {
            return failure(422);
        }
        let uuid = self.outgoing(now, ME, &number);
        self.dialled.push(uuid);
        done()
    }

    fn contact_for(&self, number: Option<&str>) -> Option<Value> {
        let at = self.contact_by_number.get(number?)?;
        self.contacts.get(*at).map(contact)
    }
}

fn bystander(call: &Call, endpoint: &str, state: &str, kind: &str) -> Value {
    json!({
        "node_uuid": format!("{}-{kind}", call.uuid),
        "call_uuid": call.uuid,
        "endpoint": endpoint,
        "started_at": null,
        "answered_at": null,
        "ended_at": null,
        "state": state,
        "node_type": kind,
    })
}

fn by_id<'a, T>(all: &'a std::collections::BTreeMap<u64, T>, id: &str) -> Option<&'a T> {
    all.get(&id.parse().ok()?)
}

fn employee(employee: &Employee) -> Value {
    json!({
        "admin": employee.id == ME,
        "cloak_reception": null,
        "company_id": COMPANY,
        "dnd_timeout_at": ends_at(employee.dnd).map(wire::with_offset),
        "do_not_disturb": employee.dnd != Dnd::Off,
        "employee_group_ids": employee.groups,
        "endpoint": Endpoint::Employee(employee.id).to_string(),
        "features": ["mobile", "switch", "live_call"],
        "id": employee.id,
        "live_presence": employee.shown,
        "name": employee.name,
        "number": employee.number,
        "number_formatted": employee.number.as_deref().map(formatted),
        "speed_dial": employee.number.as_ref().map(|_| json!({ "digit": employee.id })),
    })
}

fn contact(contact: &Contact) -> Value {
    json!({ "id": contact.id, "number": contact.number, "name": contact.name, "email": contact.email, "data": null })
}

/// `4571999917` as `71 99 99 17`; other countries with their code.
fn formatted(number: &str) -> String {
    let (start, rest) = match number.strip_prefix("45").filter(|rest| rest.len() == 8) {
        Some(rest) => (String::new(), rest),
        None => ("+".to_owned(), number),
    };
    let mut text = start;
    for (at, digit) in rest.chars().enumerate() {
        if at > 0 && at % 2 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
