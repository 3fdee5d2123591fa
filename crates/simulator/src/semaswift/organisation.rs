//! One organisation's telephones and tickets: who works there, who is free, which calls go on.
//!
//! Pure: time is passed in, and what subscribers would hear piles up in the outbox. The documentation shows
//! `call.started`, `agent.status_changed` and `ticket.updated`; it names the other events without a payload, so those
//! here, and every `agent_id` on a call, are guesses.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value, json};

use super::CallEnd;
use crate::office::{self, Office, Who};

/// The agent that the token's owner is.
pub(super) const ME: &str = "agent_77";
/// The token's owner.
pub(super) const ME_USER: &str = "usr_77";
/// The organisation.
pub(super) const ORGANISATION: &str = "org_1234";

/// So many changes of status are remembered of each agent.
const MOST_REMEMBERED: usize = 50;

/// A status that agents can choose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Status {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// What it means for calls from queues.
    pub(super) queue_behavior: &'static str,
    pub(super) color: &'static str,
}

/// What [`Agent::shown`] is during a call; nobody chooses it.
const ON_CALL: &str = "on_call";

/// All that can be chosen; the first is everybody's at the beginning.
pub(super) const STATUSES: [Status; 5] = [
    Status { id: "status_1", name: "available", queue_behavior: "available", color: "#22c55e" },
    Status { id: "status_2", name: "do_not_disturb", queue_behavior: "paused", color: "#ef4444" },
    Status { id: "status_3", name: "lunch_break", queue_behavior: "paused", color: "#f59e0b" },
    Status { id: "status_4", name: "meeting", queue_behavior: "online", color: "#3b82f6" },
    Status { id: "status_5", name: "offline", queue_behavior: "offline", color: "#6b7280" },
];

#[derive(Debug)]
pub(super) struct Agent {
    pub(super) id: String,
    pub(super) user_id: String,
    pub(super) name: String,
    /// `+45-12-34-56-78`.
    pub(super) number: Option<String>,
    chosen: &'static str,
    calls: usize,
    /// Newest last.
    pub(super) changes: VecDeque<Value>,
}

impl Agent {
    /// What others see.
    pub(super) fn shown(&self) -> &'static str {
        if self.calls > 0 { ON_CALL } else { self.chosen }
    }

    /// What presence tells of the agent.
    pub(super) fn info(&self) -> Option<Box<RawValue>> {
        to_raw_value(&json!({ "name": self.name, "agent_id": self.id })).ok()
    }
}

#[derive(Serialize)]
struct Event<'a> {
    r#type: &'a str,
    data: &'a Value,
}

#[derive(Debug)]
struct Call {
    queue: Option<String>,
    /// Whoever talks.
    agent: Option<String>,
    started_at: Timestamp,
    answered: bool,
}

/// What a channel's subscribers are to hear.
#[derive(Debug)]
pub(super) struct Publication {
    pub(super) channel: String,
    pub(super) data: Box<RawValue>,
}

#[derive(Debug)]
pub(super) struct Organisation {
    call_end: CallEnd,
    /// In the order of their ids, the owner first.
    agents: Vec<Agent>,
    places: BTreeMap<String, usize>,
    queues: Vec<(String, String)>,
    calls: BTreeMap<String, Call>,
    last_call: u64,
    outbox: Vec<Publication>,
}

/// Semaswift's id of a person of the office.
pub(super) fn agent_id(who: Who) -> String {
    match who.0 {
        0 => ME.to_owned(),
        other => format!("agent_{}", 100 + other),
    }
}

/// Semaswift's id of a line of the office.
pub(super) fn queue_id(line: office::Line) -> String {
    format!("queue_{}", 10 + line.0)
}

/// The form of the documentation's examples: `+45-12-34-56-78`.
pub(super) fn dashed(digits: &str) -> String {
    let mut number = "+".to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 2 == 0 {
            number.push('-');
        }
        number.push(digit);
    }
    number
}

fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl Organisation {
    pub(super) fn of(office: &Office, call_end: CallEnd) -> Organisation {
        let agent = |(at, person): (usize, &office::Person)| {
            let id = agent_id(Who(at));
            Agent {
                user_id: id.replace("agent_", "usr_"),
                id,
                name: person.name.clone(),
                number: person.number.as_deref().map(dashed),
                chosen: STATUSES[0].name,
                calls: 0,
                changes: VecDeque::new(),
            }
        };
        let agents: Vec<Agent> = office.people().iter().enumerate().map(agent).collect();
        let queue =
            |(at, line): (usize, &office::LineCard)| (queue_id(office::Line(at)), dashed(&line.number));
        Organisation {
            call_end,
            places: agents.iter().enumerate().map(|(at, agent)| (agent.id.clone(), at)).collect(),
            agents,
            queues: office.lines().iter().enumerate().map(queue).collect(),
            calls: BTreeMap::new(),
            last_call: 0,
            outbox: Vec::new(),
        }
    }

    /// Everybody, the owner first.
    pub(super) fn agents(&self) -> &[Agent] {
        &self.agents
    }

    pub(super) fn agent(&self, id: &str) -> Option<&Agent> {
        self.agents.get(*self.places.get(id)?)
    }

    /// Every queue's id.
    pub(super) fn queues(&self) -> impl Iterator<Item = &str> {
        self.queues.iter().map(|(id, _)| id.as_str())
    }

    /// What was to be heard since the last time.
    pub(super) fn take_outbox(&mut self) -> Vec<Publication> {
        std::mem::take(&mut self.outbox)
    }

    /// Somebody calls an agent or a queue, or both; a withheld number is `anonymous`.
    pub(super) fn incoming(
        &mut self,
        now: Timestamp,
        queue: Option<&str>,
        agent: Option<&str>,
        from: Option<&str>,
    ) -> String {
        let of_queue = queue.and_then(|id| self.queues.iter().find(|(queue, _)| queue == id));
        let to = match of_queue {
            Some((_, number)) => Some(number.clone()),
            None => agent.and_then(|id| self.agent(id)).and_then(|agent| agent.number.clone()),
        };
        let started = json!({ "direction": "inbound", "from": from.unwrap_or("anonymous"), "to": to });
        self.start(now, queue, agent, started)
    }

    /// An agent calls somebody.
    pub(super) fn outgoing(&mut self, now: Timestamp, agent: &str, to: &str) -> String {
        let from = self.agent(agent).and_then(|agent| agent.number.clone());
        let started = json!({ "direction": "outbound", "from": from, "to": to });
        let call = self.start(now, None, Some(agent), started);
        self.engage(now, agent, true);
        call
    }

    fn start(&mut self, now: Timestamp, queue: Option<&str>, agent: Option<&str>, mut data: Value) -> String {
        self.last_call += 1;
        let id = format!("call_{}", self.last_call);
        put(&mut data, "call_id", json!(id));
        put(&mut data, "queue_id", json!(queue));
        put(&mut data, "started_at", json!(seconds(now)));
        if agent.is_some() {
            put(&mut data, "agent_id", json!(agent));
        }
        let is_outgoing = data.get("direction").is_some_and(|direction| direction == "outbound");
        let call = Call {
            queue: queue.map(str::to_owned),
            agent: agent.filter(|_| is_outgoing).map(str::to_owned),
            started_at: now,
            answered: false,
        };
        self.tell_call("call.started", &call, &data);
        self.calls.insert(id.clone(), call);
        id
    }

    /// An agent takes the call, or the other side takes an agent's.
    pub(super) fn answer(&mut self, now: Timestamp, id: &str, agent: &str) -> bool {
        let Some(mut call) = self.calls.remove(id) else { return false };
        if call.agent.as_deref() != Some(agent) {
            if let Some(before) = call.agent.replace(agent.to_owned()) {
                self.engage(now, &before, false);
            }
            self.engage(now, agent, true);
        }
        call.answered = true;
        let data = json!({ "call_id": id, "agent_id": agent, "answered_at": seconds(now) });
        self.tell_call("call.answered", &call, &data);
        self.calls.insert(id.to_owned(), call);
        true
    }

    /// An answered call moves on to another agent, who has not taken it yet.
    pub(super) fn transfer(&mut self, now: Timestamp, id: &str, to: &str) -> bool {
        let Some(mut call) = self.calls.remove(id) else { return false };
        let from = call.agent.take();
        if let Some(from) = &from {
            self.engage(now, from, false);
        }
        let data = json!({
            "call_id": id, "from_agent_id": from, "to_agent_id": to, "transferred_at": seconds(now),
        });
        self.tell_call("call.transferred", &call, &data);
        self.calls.insert(id.to_owned(), call);
        true
    }

    /// The call is over; nobody may have taken it.
    pub(super) fn end(&mut self, now: Timestamp, id: &str) -> bool {
        let Some(call) = self.calls.remove(id) else { return false };
        if let Some(agent) = &call.agent {
            self.engage(now, agent, false);
        }
        let status = if call.answered { "completed" } else { "missed" };
        let data = json!({
            "call_id": id, "agent_id": call.agent, "status": status, "ended_at": seconds(now),
            "duration": now.duration_since(call.started_at).as_secs(),
        });
        let name = match self.call_end {
            CallEnd::Ended => "call.ended",
            CallEnd::Completed => "call.completed",
        };
        self.tell_call(name, &call, &data);
        true
    }

    /// How many calls go on.
    #[cfg(test)]
    pub(super) fn calls(&self) -> usize {
        self.calls.len()
    }

    /// Loses a call: nobody hears that it has ended.
    pub(super) fn lose(&mut self, id: &str) -> bool {
        self.calls.remove(id).is_some()
    }

    /// An agent chooses a status, by its id or its name.
    pub(super) fn choose(&mut self, now: Timestamp, agent: &str, status: &str) -> bool {
        let Some(status) = STATUSES.iter().find(|known| known.id == status || known.name == status) else {
            return false;
        };
        self.change(now, agent, |agent| agent.chosen = status.name)
    }

    fn engage(&mut self, now: Timestamp, agent: &str, on: bool) {
        self.change(now, agent, |agent| {
            agent.calls = if on { agent.calls + 1 } else { agent.calls.saturating_sub(1) };
        });
    }

    fn change(&mut self, now: Timestamp, id: &str, change: impl FnOnce(&mut Agent)) -> bool {
        let Some(agent) = self.places.get(id).and_then(|at| self.agents.get_mut(*at)) else { return false };
        let before = agent.shown();
        change(agent);
        let after = agent.shown();
        if before != after {
            let data = json!({
                "agent_id": id, "previous_status": before, "new_status": after, "timestamp": seconds(now),
            });
            agent.changes.push_back(data.clone());
            if agent.changes.len() > MOST_REMEMBERED {
                agent.changes.pop_front();
            }
            self.tell("voice:agents", "agent.status_changed", &data);
        }
        true
    }

    /// Something about a ticket; it is `mine` if the owner is told of it as an assignee.
    pub(super) fn ticket(&mut self, kind: &str, id: &str, data: &Value, mine: bool) {
        self.tell("tickets:all", kind, data);
        self.tell(&format!("tickets:{id}"), kind, data);
        if mine {
            self.tell("tickets:mine", kind, data);
        }
    }

    fn tell_call(&mut self, kind: &str, call: &Call, data: &Value) {
        self.tell("voice:calls", kind, data);
        if let Some(queue) = &call.queue {
            self.tell(&format!("voice:queue:{queue}"), kind, data);
        }
    }

    fn tell(&mut self, channel: &str, kind: &str, data: &Value) {
        if let Ok(data) = to_raw_value(&Event { r#type: kind, data }) {
            self.outbox.push(Publication { channel: channel.to_owned(), data });
        }
    }
}

fn put(object: &mut Value, key: &str, value: Value) {
    object.as_object_mut().unwrap_or(&mut Map::new()).insert(key.to_owned(), value);
}
