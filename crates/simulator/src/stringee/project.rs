//! One Stringee project: its users, their clients, their attributes and who hears of a change.
//!
//! Pure: time is passed in, frames go into each socket's queue, and what the organisation's webhook would be told
//! piles up in `webhooks`.

mod calls;
pub(super) mod rest;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::frames::{self, Device, service};
use super::token::Claims;
use super::{AttributeChange, Client, Identity};
use crate::office::{Line, ME, Office, Who};
use calls::Call;

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

/// A websocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SocketId(u64);

/// What a websocket has to send.
#[derive(Debug)]
pub(super) enum Push {
    Text(String),
    Close,
}

#[derive(Debug)]
struct Socket {
    sender: mpsc::UnboundedSender<Push>,
    client: Option<Signed>,
}

/// A client that was let in.
#[derive(Debug)]
struct Signed {
    user: String,
    device: Device,
    subscribe: BTreeSet<String>,
    sdk_version: String,
}

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
                Claims { user: format!("notifier-{me}"), subscribe, attributes: Vec::new() }
            }
        }
    }

    /// A websocket was opened; what it has to send comes out of the queue.
    pub(super) fn open_socket(&mut self) -> (SocketId, mpsc::UnboundedReceiver<Push>) {
        let (sender, pushes) = mpsc::unbounded_channel();
        let id = SocketId(self.next());
        self.sockets.insert(id, Socket { sender, client: None });
        (id, pushes)
    }

    /// A websocket is gone.
    pub(super) fn socket_closed(&mut self, now: Timestamp, id: SocketId) {
        let Some(client) = self.sockets.remove(&id).and_then(|socket| socket.client) else { return };
        let went = frames::frame(service::OTHER_DEVICE_AUTHEN, &client.device.came_or_went("disconnected"));
        self.send(&client.user, &went);
        if !self.is_online(&client.user) {
            self.set_attribute(now, &client.user, ONLINE, Some("offline".into()));
        }
    }

    /// Lets a client in: the body of the answer, without `r`.
    pub(super) fn sign_in(&mut self, now: Timestamp, id: SocketId, claims: Claims, request: &Value) -> Value {
        let text = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let device = Device {
            client_id: text("deviceId"),
            browser_id: text("browserId"),
            name: text("deviceName"),
            platform: request.get("platform").and_then(Value::as_i64).unwrap_or_default(),
        };
        let mut clients: Vec<Value> = self
            .clients_of(&claims.user)
            .filter(|(other, _)| *other != id)
            .map(|(_, client)| client.device.listed())
            .collect();
        if self.users.get(&claims.user).is_some_and(|user| user.softphone) {
            clients.push(softphone().listed());
        }
        let came = frames::frame(service::OTHER_DEVICE_AUTHEN, &device.came_or_went("connected"));
        self.send(&claims.user, &came);

        let was_online = self.is_online(&claims.user);
        let user = self.users.entry(claims.user.clone()).or_insert_with(|| User {
            name: claims.user.clone(),
            login_at: now,
            ..User::default()
        });
        let room = MOST_ATTRIBUTES.saturating_sub(user.publishes.len());
        user.publishes.extend(claims.attributes.into_iter().take(room));
        // README and typings of the SDK differ about the type of this number.
        let connection = if id.0.is_multiple_of(2) { json!(id.0) } else { json!(id.0.to_string()) };
        let user_id = claims.user.clone();
        if let Some(socket) = self.sockets.get_mut(&id) {
            socket.client = Some(Signed {
                user: claims.user,
                device,
                subscribe: claims.subscribe,
                sdk_version: text("sdkVersion"),
            });
        }
        if !was_online {
            self.set_attribute(now, &user_id, ONLINE, Some("online".into()));
        }
        json!({
            "userId": user_id, "projectId": PROJECT, "connectionId": connection, "clients": clients,
            "ice_servers": [],
        })
    }

    /// A client changes an attribute of its own user: the `r` of the answer, none for no answer.
    pub(super) fn client_changes(&mut self, now: Timestamp, id: SocketId, request: &Value) -> Option<u64> {
        let user = self.sockets.get(&id)?.client.as_ref()?.user.clone();
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

    /// Sends any message to the subscribers of a topic.
    pub(super) fn publish(&self, topic: &str, message: &Value) {
        let frame = frames::topic(topic, message);
        for (socket, client) in self.clients() {
            if client.subscribe.contains(topic) {
                push(socket, Push::Text(frame.clone()));
            }
        }
    }

    /// Sends a frame to every client of a user.
    pub(super) fn send(&self, user: &str, frame: &str) {
        for (socket, client) in self.clients() {
            if client.user == user {
                push(socket, Push::Text(frame.to_owned()));
            }
        }
    }

    /// Sends a frame over one websocket.
    pub(super) fn reply(&self, id: SocketId, frame: String) {
        if let Some(socket) = self.sockets.get(&id) {
            push(socket, Push::Text(frame));
        }
    }

    /// Sends a frame to whoever was let in.
    pub(super) fn send_all(&self, frame: &str) {
        self.clients().for_each(|(socket, _)| push(socket, Push::Text(frame.to_owned())));
    }

    /// Closes one websocket.
    pub(super) fn close(&self, id: SocketId) {
        if let Some(socket) = self.sockets.get(&id) {
            push(socket, Push::Close);
        }
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

    pub(super) fn is_signed_in(&self, id: SocketId) -> bool {
        self.sockets.get(&id).is_some_and(|socket| socket.client.is_some())
    }

    /// Everybody who was let in and is still there.
    pub(super) fn listed_clients(&self) -> Vec<Client> {
        let listed = |(_, client): (&Socket, &Signed)| Client {
            user: client.user.clone(),
            device_id: client.device.client_id.clone(),
            browser_id: client.device.browser_id.clone(),
            device_name: client.device.name.clone(),
            platform: client.device.platform,
            sdk_version: client.sdk_version.clone(),
            topics: client.subscribe.iter().cloned().collect(),
        };
        self.clients().map(listed).collect()
    }

    /// An attribute of a user; none when it is not set or nobody has that userId.
    pub(super) fn attribute(&self, user: &str, name: &str) -> Option<&Value> {
        self.users.get(user)?.attributes.get(name)
    }

    fn is_online(&self, user: &str) -> bool {
        self.users.get(user).is_some_and(|user| user.softphone) || self.clients_of(user).next().is_some()
    }

    fn clients(&self) -> impl Iterator<Item = (&Socket, &Signed)> {
        self.sockets.values().filter_map(|socket| Some((socket, socket.client.as_ref()?)))
    }

    fn clients_of(&self, user: &str) -> impl Iterator<Item = (SocketId, &Signed)> {
        let signed = self.sockets.iter().filter_map(|(id, socket)| Some((*id, socket.client.as_ref()?)));
        signed.filter(move |(_, client)| client.user == user)
    }

    fn next(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }
}

fn push(socket: &Socket, push: Push) {
    if socket.sender.send(push).is_err() {
        tracing::trace!("a frame for a websocket that is going");
    }
}

fn softphone() -> Device {
    Device {
        client_id: "web-softphone".to_owned(),
        browser_id: "browser-softphone".to_owned(),
        name: "Softphone".to_owned(),
        platform: 3,
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
