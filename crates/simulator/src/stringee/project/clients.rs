//! The websockets, who is signed in on them, and what is sent there.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{MOST_ATTRIBUTES, ONLINE, PROJECT, Project, User};
use crate::stringee::Client;
use crate::stringee::frames::{self, Device, service};
use crate::stringee::token::Claims;

/// A websocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::stringee) struct SocketId(u64);

/// What a websocket has to send.
#[derive(Debug)]
pub(in crate::stringee) enum Push {
    Text(String),
    Close,
}

#[derive(Debug)]
pub(super) struct Socket {
    sender: mpsc::UnboundedSender<Push>,
    client: Option<Signed>,
}

/// A client that was let in.
#[derive(Debug)]
pub(super) struct Signed {
    user: String,
    device: Device,
    subscribe: BTreeSet<String>,
    sdk_version: String,
}

impl Project {
    /// A websocket was opened; what it has to send comes out of the queue.
    pub(in crate::stringee) fn open_socket(&mut self) -> (SocketId, mpsc::UnboundedReceiver<Push>) {
        let (sender, pushes) = mpsc::unbounded_channel();
        let id = SocketId(self.next());
        self.sockets.insert(id, Socket { sender, client: None });
        (id, pushes)
    }

    /// A websocket is gone.
    pub(in crate::stringee) fn socket_closed(&mut self, now: Timestamp, id: SocketId) {
        let Some(client) = self.sockets.remove(&id).and_then(|socket| socket.client) else { return };
        let went = frames::frame(service::OTHER_DEVICE_AUTHEN, &client.device.came_or_went("disconnected"));
        self.send(&client.user, &went);
        if !self.is_online(&client.user) {
            self.set_attribute(now, &client.user, ONLINE, Some("offline".into()));
        }
    }

    /// Lets a client in: the body of the answer, without `r`.
    pub(in crate::stringee) fn sign_in(
        &mut self,
        now: Timestamp,
        id: SocketId,
        claims: Claims,
        request: &Value,
    ) -> Value {
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

    /// Sends any message to the subscribers of a topic.
    pub(in crate::stringee) fn publish(&self, topic: &str, message: &Value) {
        let frame = frames::topic(topic, message);
        for (socket, client) in self.clients() {
            if client.subscribe.contains(topic) {
                push(socket, Push::Text(frame.clone()));
            }
        }
    }

    /// Sends a frame to every client of a user.
    pub(in crate::stringee) fn send(&self, user: &str, frame: &str) {
        for (socket, client) in self.clients() {
            if client.user == user {
                push(socket, Push::Text(frame.to_owned()));
            }
        }
    }

    /// Sends a frame over one websocket.
    pub(in crate::stringee) fn reply(&self, id: SocketId, frame: String) {
        if let Some(socket) = self.sockets.get(&id) {
            push(socket, Push::Text(frame));
        }
    }

    /// Sends a frame to whoever was let in.
    pub(in crate::stringee) fn send_all(&self, frame: &str) {
        self.clients().for_each(|(socket, _)| push(socket, Push::Text(frame.to_owned())));
    }

    /// Closes one websocket.
    pub(in crate::stringee) fn close(&self, id: SocketId) {
        if let Some(socket) = self.sockets.get(&id) {
            push(socket, Push::Close);
        }
    }

    /// Who is signed in on a websocket.
    pub(super) fn user_at(&self, id: SocketId) -> Option<&str> {
        self.sockets.get(&id)?.client.as_ref().map(|client| client.user.as_str())
    }

    pub(in crate::stringee) fn is_signed_in(&self, id: SocketId) -> bool {
        self.user_at(id).is_some()
    }

    /// Everybody who was let in and is still there.
    pub(in crate::stringee) fn listed_clients(&self) -> Vec<Client> {
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

    pub(super) fn clients(&self) -> impl Iterator<Item = (&Socket, &Signed)> {
        self.sockets.values().filter_map(|socket| Some((socket, socket.client.as_ref()?)))
    }

    pub(super) fn clients_of(&self, user: &str) -> impl Iterator<Item = (SocketId, &Signed)> {
        let signed = self.sockets.iter().filter_map(|(id, socket)| Some((*id, socket.client.as_ref()?)));
        signed.filter(move |(_, client)| client.user == user)
    }
}

fn push(socket: &Socket, push: Push) {
    if socket.sender.send(push).is_err() {
        tracing::trace!("a frame for a websocket that is going");
    }
}

pub(super) fn softphone() -> Device {
    Device {
        client_id: "web-softphone".to_owned(),
        browser_id: "browser-softphone".to_owned(),
        name: "Softphone".to_owned(),
        platform: 3,
    }
}
