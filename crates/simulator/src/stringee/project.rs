//! One Stringee project: its users, their clients, their attributes and who hears of a change.
//!
//! Pure: time is passed in, frames go into each socket's queue, and what the organisation's webhook would be told
//! piles up in `webhooks`.

mod calls;
mod clients;
pub(super) mod rest;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::frames::{self, service};
use super::relay::OBSERVER;
use super::token::Claims;
use super::{AttributeChange, Identity};
use crate::office::{Line, ME, Office, Who};
use calls::Call;
pub(super) use clients::{Push, SocketId};
use clients::{Socket, softphone};

/// The project's number.
pub(super) const PROJECT: u64 = 25;
/// Hears of every call of the project.
const ALL_CALLS: &str = "ALL_CALL_STATUS";
const ONLINE: &str = "onlineStatus";
const CALL: &str = "call";
/// The attribute that an agent's own state is kept in.
pub(super) const MANUAL: &str = "manual_status";
/// What softphones publish, and where.
const PUBLISHED: [(&str, &str); 3] =
    [(ONLINE, "online_status_SIM"), (CALL, "call_SIM"), (MANUAL, "agent_manual_status")];
/// So many attributes a user may have, and so many topics they are published to.
const MOST_ATTRIBUTES: usize = 64;

#[derive(Debug, Default)]
struct User {
    name: String,
    login_at: Timestamp,
    /// Has a softphone of its own, which takes the calls.
    softphone: bool,
    attributes: BTreeMap<String, Value>,
    /// Attribute and topic.
    publishes: BTreeSet<(String, String)>,
}

#[derive(Debug)]
pub(super) struct Project {
    users: BTreeMap<String, User>,
    /// The people of the office, in its order.
    staff: Vec<String>,
    lines: Vec<(String, String)>,
    sockets: BTreeMap<SocketId, Socket>,
    calls: BTreeMap<String, Call>,
    counted: u64,
    /// What becomes of attribute changes.
    pub(super) change: AttributeChange,
    /// What the webhook would be told since the last time.
    pub(super) webhooks: Vec<Value>,
}

impl Project {
    pub(super) fn of(office: &Office, now: Timestamp) -> Project {
        let mut users = BTreeMap::new();
        let mut staff = Vec::new();
        for person in office.people() {
            let mut id = user_id(&person.name);
            while users.contains_key(&id) {
                id.push('2');
            }
            let attributes = [(ONLINE, "online"), (MANUAL, "AVAILABLE")];
            let user = User {
                name: person.name.clone(),
                login_at: now,
                softphone: true,
                attributes: attributes
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
                    .collect(),
                publishes: PUBLISHED
                    .iter()
                    .map(|(name, topic)| ((*name).to_owned(), (*topic).to_owned()))
                    .collect(),
            };
            users.insert(id.clone(), user);
            staff.push(id);
        }
        Project {
            users,
            staff,
            lines: office.lines().iter().map(|line| (line.number.clone(), line.name.clone())).collect(),
            sockets: BTreeMap::new(),
            calls: BTreeMap::new(),
            counted: 0,
            change: AttributeChange::Taken,
            webhooks: Vec::new(),
        }
    }

    /// The userId of somebody of the office.
    pub(super) fn user(&self, who: Who) -> &str {
        self.staff.get(who.0).map(String::as_str).unwrap_or_default()
    }

    /// The userIds of the office, in its order.
    pub(super) fn staff(&self) -> &[String] {
        &self.staff
    }

    /// The name behind each userId.
    pub(super) fn names(&self) -> BTreeMap<String, String> {
        let named = |id: &String| Some((id.clone(), self.users.get(id)?.name.clone()));
        self.staff.iter().filter_map(named).collect()
    }

    /// A line's number.
    pub(super) fn line(&self, line: Line) -> &str {
        self.lines.get(line.0).map(|(number, _)| number.as_str()).unwrap_or_default()
    }

    /// The name behind each line's number.
    pub(super) fn lines(&self) -> BTreeMap<String, String> {
        self.lines.iter().cloned().collect()
    }

    /// What the organisation puts into the token of the office's first person.
    pub(super) fn claims(&self, identity: Identity) -> Claims {
        let me = self.user(ME);
        let subscribe = PUBLISHED.iter().map(|(_, topic)| *topic).chain([ALL_CALLS]);
        let subscribe = subscribe.map(str::to_owned).collect();
        match identity {
            Identity::Same => Claims {
                user: me.to_owned(),
                subscribe,
                attributes: PUBLISHED
                    .iter()
                    .map(|(name, topic)| ((*name).to_owned(), (*topic).to_owned()))
                    .collect(),
            },
            Identity::Observer => {
                Claims { user: format!("{OBSERVER}{me}"), subscribe, attributes: Vec::new() }
            }
        }
    }

    /// A client changes an attribute of its own user: the `r` of the answer, none for no answer.
    pub(super) fn client_changes(&mut self, now: Timestamp, id: SocketId, request: &Value) -> Option<u64> {
        let user = self.user_at(id)?.to_owned();
        match self.change {
            AttributeChange::Unanswered => return None,
            AttributeChange::Refused(r) => return Some(r),
            AttributeChange::Forgotten => return Some(0),
            AttributeChange::Taken => {}
        }
        let Some(name) = request.get("attribute").and_then(Value::as_str) else { return Some(2) };
        let value = request.get("value").filter(|value| !value.is_null());
        self.set_attribute(now, &user, name, value.cloned());
        Some(0)
    }

    /// Changes an attribute and lets the subscribers of its topics hear of it.
    pub(super) fn set_attribute(&mut self, now: Timestamp, id: &str, name: &str, value: Option<Value>) {
        let Some(user) = self.users.get_mut(id) else { return };
        if name == ONLINE && value.as_ref().is_some_and(|value| value == "online") {
            user.login_at = now;
        }
        match &value {
            None => drop(user.attributes.remove(name)),
            Some(value) if user.attributes.contains_key(name) || user.attributes.len() < MOST_ATTRIBUTES => {
                user.attributes.insert(name.to_owned(), value.clone());
            }
            Some(_) => return,
        }
        self.publish_attribute(now, id, name, value.as_ref());
    }

    fn publish_attribute(&self, now: Timestamp, id: &str, name: &str, value: Option<&Value>) {
        let Some(user) = self.users.get(id) else { return };
        let message = self.change_message(now, id, name, value);
        for (_, topic) in user.publishes.iter().filter(|(attribute, _)| attribute == name) {
            self.publish(topic, &message);
        }
    }

    /// `callEnded` comes with both default attributes, as in the vendor's own sample.
    fn change_message(&self, now: Timestamp, id: &str, name: &str, value: Option<&Value>) -> Value {
        let mut message = json!({
            "attribute": name, "userId": id, "projectId": PROJECT, "timestamp": now.as_millisecond(),
        });
        if let Some(value) = value {
            frames::set(&mut message, "newValue", value.clone());
        }
        if name == ONLINE || name == CALL {
            frames::set(&mut message, "callEnded", !self.is_in_call(id));
        }
        message
    }

    /// Gives a user a softphone or takes it away.
    pub(super) fn set_softphone(&mut self, now: Timestamp, id: &str, on: bool) -> bool {
        let was_online = self.is_online(id);
        let Some(user) = self.users.get_mut(id) else { return false };
        user.softphone = on;
        let status = if on { "connected" } else { "disconnected" };
        self.send(id, &frames::frame(service::OTHER_DEVICE_AUTHEN, &softphone().came_or_went(status)));
        if self.is_online(id) != was_online {
            let word = if on { "online" } else { "offline" };
            self.set_attribute(now, id, ONLINE, Some(word.into()));
        }
        true
    }

    /// An attribute of a user; none when it is not set or nobody has that userId.
    pub(super) fn attribute(&self, user: &str, name: &str) -> Option<&Value> {
        self.users.get(user)?.attributes.get(name)
    }

    fn is_online(&self, user: &str) -> bool {
        self.users.get(user).is_some_and(|user| user.softphone) || self.clients_of(user).next().is_some()
    }

    fn next(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }
}

/// `Åse Ærø` is `aase.aeroe`.
fn user_id(name: &str) -> String {
    let mut id = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'å' => id.push_str("aa"),
            'æ' | 'ä' => id.push_str("ae"),
            'ø' | 'ö' => id.push_str("oe"),
            'é' => id.push('e'),
            'ü' => id.push_str("ue"),
            c if c.is_ascii_alphanumeric() => id.push(c),
            _ => id.push('.'),
        }
    }
    id
}
