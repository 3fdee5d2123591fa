//! Centrifugo as its version 6 runs it, in JSON: connections, channels, presence, history. Pure but for its outboxes:
//! time is passed in. What it says looks like the frames recorded from a real one.
//!
//! Two things are simpler than the original: a subscription ends exactly when its token and the delay after it are
//! over, not at the next presence update; and a `sub_refresh` with an expired token is taken, as version 6.9.1 does.

mod channel;
mod client;
mod commands;
#[cfg(test)]
mod tests;
mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::value::{RawValue, to_raw_value};

use super::Now;
use channel::{Channel, Namespace};
use client::{Client, Connected, Push as Out, Stage, outbox};
use wire::{Empty, Position, Unsubscribed, Who, push, text};

pub(super) use client::{Inbox, Push};
pub use wire::{Disconnect, Method, Refusal};

/// One connection's number.
pub(super) type ClientKey = u64;

/// How the server is set up.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    pub(super) secret: String,
    /// Whole seconds; zero for never.
    pub(super) ping: Duration,
    pub(super) pong_within: Duration,
    pub(super) connect_within: Duration,
    /// What a connection or subscription has beyond its token's end.
    pub(super) grace: Duration,
    pub(super) needs_subscription_tokens: bool,
    /// Publications that the streams of calls and tickets keep.
    pub(super) kept: usize,
    /// A connection that lets more bytes than this wait is too slow.
    pub(super) most_waiting: usize,
    /// Connections one user may have.
    pub(super) most_connections: usize,
}

/// What is done instead of answering truly.
#[derive(Clone, Debug)]
pub(super) enum Instead {
    Refuse(Refusal),
    /// Nothing at all.
    Ignore,
}

#[derive(Debug)]
struct Rule {
    method: Method,
    channel: Option<String>,
    instead: Instead,
}

#[derive(Debug)]
pub(super) struct Centrifugo {
    pub(super) setup: Setup,
    clients: BTreeMap<ClientKey, Client>,
    channels: BTreeMap<String, Channel>,
    rules: Vec<Rule>,
    last_key: ClientKey,
    random: fastrand::Rng,
    /// Commands that came in.
    pub(super) counts: BTreeMap<Method, u64>,
}

impl Centrifugo {
    pub(super) fn new(setup: Setup) -> Centrifugo {
        Centrifugo {
            setup,
            clients: BTreeMap::new(),
            channels: BTreeMap::new(),
            rules: Vec::new(),
            last_key: 0,
            random: fastrand::Rng::new(),
            counts: BTreeMap::new(),
        }
    }

    /// A websocket opened; what it must send comes out of the inbox.
    pub(super) fn open(&mut self, now: Now) -> (ClientKey, Inbox) {
        self.last_key += 1;
        let (outbox, inbox) = outbox();
        let stage = Stage::Opened { stale_at: now.instant + self.setup.connect_within };
        self.clients.insert(self.last_key, Client { outbox, stage });
        (self.last_key, inbox)
    }

    /// A websocket is closed, whoever did it.
    pub(super) fn closed(&mut self, key: ClientKey) {
        let Some(client) = self.clients.remove(&key) else { return };
        let Stage::Connected(connected) = client.stage else { return };
        for channel in connected.subscriptions.keys() {
            self.leave(key, &connected.id, channel);
        }
    }

    /// Closes one connection.
    pub(super) fn disconnect(&mut self, key: ClientKey, why: Disconnect) {
        if let Some(client) = self.clients.get(&key) {
            client.outbox.send(Out::Close(why));
        }
        self.closed(key);
    }

    /// Closes every connection.
    pub(super) fn disconnect_all(&mut self, why: &Disconnect) {
        let keys: Vec<ClientKey> = self.clients.keys().copied().collect();
        for key in keys {
            self.disconnect(key, why.clone());
        }
    }

    /// Sends `data` to every listener of `channel`.
    pub(super) fn publish(&mut self, channel: &str, data: &RawValue) {
        let Some(namespace) = self.namespace(channel) else { return };
        if let Some(publication) = self.channel(channel).publish(namespace, data) {
            self.tell_listeners(channel, "pub", publication.get(), |_| true);
        }
    }

    /// Sends this frame to every connection, whatever it is.
    pub(super) fn send_all(&mut self, frame: &str) {
        for key in self.clients.keys().copied().collect::<Vec<_>>() {
            self.say(key, frame);
        }
    }

    /// Sends a frame of bytes to every connection.
    pub(super) fn send_all_bytes(&mut self, bytes: &[u8]) {
        for client in self.clients.values() {
            client.outbox.send(Out::Binary(bytes.to_vec()));
        }
    }

    /// A client that is not connected to this port comes to some channels, too; gives its id.
    pub(super) fn come(&mut self, channels: &[&str], user: &str, info: Option<&RawValue>) -> String {
        let id = self.client_id();
        let who = Who { user, client: &id, conn_info: info, chan_info: None };
        if let Ok(who) = to_raw_value(&who) {
            let who: Arc<RawValue> = who.into();
            for channel in channels {
                self.join(channel, &id, Arc::clone(&who));
            }
        }
        id
    }

    /// Whoever has this id is no longer present.
    pub(super) fn go(&mut self, channel: &str, id: &str) -> bool {
        let gone = self.channels.get_mut(channel).and_then(|channel| channel.present.remove(id));
        if let Some(who) = &gone {
            self.tell_joins(channel, "leave", who);
        }
        gone.is_some()
    }

    /// Ends all subscriptions to a channel.
    pub(super) fn unsubscribe(&mut self, channel: &str, code: u32, reason: &str) {
        let Some(listening) = self.channels.get(channel) else { return };
        let keys: Vec<ClientKey> = listening.listeners.keys().copied().collect();
        for key in keys {
            self.end_subscription(key, channel, code, reason);
        }
    }

    /// The server subscribes all connections of a user.
    pub(super) fn subscribe(&mut self, user: &str, channel: &str) {
        let of = |client: &Client| {
            client.connected().is_some_and(|connected| {
                connected.user == user && !connected.subscriptions.contains_key(channel)
            })
        };
        let keys: Vec<ClientKey> =
            self.clients.iter().filter(|(_, client)| of(client)).map(|(key, _)| *key).collect();
        for key in keys {
            let Some(result) = self.listen(key, channel, None, false, &Position::default()) else { continue };
            self.say(key, &push(channel, "subscribe", &text(&result)));
            self.announce(key, channel);
        }
    }

    /// What was published on a channel is forgotten.
    pub(super) fn forget_history(&mut self, channel: &str) {
        if let Some(channel) = self.channels.get_mut(channel) {
            channel.forget();
        }
    }

    /// As after the process ended: streams begin anew, under new epochs; those elsewhere are still present.
    pub(super) fn forget_all(&mut self) {
        let epochs: Vec<String> = self.channels.keys().map(|_| epoch(&mut self.random)).collect();
        for (channel, epoch) in self.channels.values_mut().zip(epochs) {
            channel.begin_anew(epoch);
        }
    }

    /// From here on, `instead` happens to these commands; with no channel, whichever it is about.
    pub(super) fn set_rule(&mut self, method: Method, channel: Option<&str>, instead: Instead) {
        self.rules.push(Rule { method, channel: channel.map(str::to_owned), instead });
    }

    pub(super) fn drop_rules(&mut self) {
        self.rules.clear();
    }

    /// How many get what is published on `channel`.
    pub(super) fn listeners(&self, channel: &str) -> usize {
        self.channels.get(channel).map_or(0, |channel| channel.listeners.len())
    }

    /// The ids of the clients present on `channel`.
    pub(super) fn present(&self, channel: &str) -> Vec<String> {
        self.channels
            .get(channel)
            .map(|channel| channel.present.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// How many are connected.
    pub(super) fn connected(&self) -> usize {
        self.clients.values().filter(|client| client.connected().is_some()).count()
    }

    /// When [`Centrifugo::wake`] is due.
    pub(super) fn next_wake(&self, now: Now) -> Option<Instant> {
        self.clients.values().flat_map(|client| due(client, now)).min()
    }

    /// Pings, and ends what has expired or fallen silent.
    pub(super) fn wake(&mut self, now: Now) {
        let is_due = |client: &Client| due(client, now).any(|at| at <= now.instant);
        let keys: Vec<ClientKey> =
            self.clients.iter().filter(|(_, client)| is_due(client)).map(|(key, _)| *key).collect();
        for key in keys {
            self.wake_one(now, key);
        }
    }

    fn wake_one(&mut self, now: Now, key: ClientKey) {
        let Setup { ping, pong_within, .. } = self.setup;
        let Some(client) = self.clients.get_mut(&key) else { return };
        let connected = match &mut client.stage {
            Stage::Opened { .. } => return self.disconnect(key, Disconnect::stale()),
            Stage::Connected(connected) => connected,
        };
        if connected.closes_at.is_some_and(|at| at <= now.at) {
            return self.disconnect(key, Disconnect::expired());
        }
        if connected.pong_by.is_some_and(|by| by <= now.instant) {
            return self.disconnect(key, Disconnect::no_pong());
        }
        if connected.ping_at.is_some_and(|at| at <= now.instant) {
            connected.ping_at = Some(now.instant + ping);
            connected.pong_by.get_or_insert(now.instant + pong_within);
            self.say(key, "{}");
        }
        for channel in self.ended_subscriptions(now, key) {
            self.end_subscription(key, &channel, 2501, "subscription expired");
        }
    }

    fn ended_subscriptions(&self, now: Now, key: ClientKey) -> Vec<String> {
        let connected = self.clients.get(&key).and_then(Client::connected);
        let subscriptions = connected.into_iter().flat_map(|connected| &connected.subscriptions);
        subscriptions
            .filter(|(_, subscription)| subscription.ends_at.is_some_and(|at| at <= now.at))
            .map(|(channel, _)| channel.clone())
            .collect()
    }

    fn end_subscription(&mut self, key: ClientKey, channel: &str, code: u32, reason: &str) {
        if self.stop_listening(key, channel) {
            self.say(key, &push(channel, "unsubscribe", &text(&Unsubscribed { code, reason })));
        }
    }

    /// Sends one document to one connection, and ends it if too much waits already.
    fn say(&mut self, key: ClientKey, frame: &str) {
        self.say_shared(key, &frame.into());
    }

    fn say_shared(&mut self, key: ClientKey, frame: &Arc<str>) {
        let Some(client) = self.clients.get(&key) else { return };
        client.outbox.send(Out::Text(Arc::clone(frame)));
        if client.outbox.backlog() > self.setup.most_waiting {
            self.disconnect(key, Disconnect::slow());
        }
    }

    fn namespace(&self, channel: &str) -> Option<Namespace> {
        Namespace::of(channel, !self.setup.needs_subscription_tokens, self.setup.kept)
    }

    fn channel(&mut self, name: &str) -> &mut Channel {
        let random = &mut self.random;
        self.channels.entry(name.to_owned()).or_insert_with(|| Channel::new(epoch(random)))
    }

    fn tell_listeners(&mut self, channel: &str, name: &str, body: &str, wanted: impl Fn(bool) -> bool) {
        let Some(listening) = self.channels.get(channel) else { return };
        let listeners = listening.listeners.iter().filter(|(_, joins)| wanted(**joins));
        let keys: Vec<ClientKey> = listeners.map(|(key, _)| *key).collect();
        let frame: Arc<str> = push(channel, name, body).into();
        for key in keys {
            self.say_shared(key, &frame);
        }
    }

    fn tell_joins(&mut self, channel: &str, name: &str, who: &RawValue) {
        self.tell_listeners(channel, name, &format!(r#"{{"info":{}}}"#, who.get()), |joins| joins);
    }

    fn join(&mut self, channel: &str, id: &str, who: Arc<RawValue>) {
        self.channel(channel).present.insert(id.to_owned(), Arc::clone(&who));
        self.tell_joins(channel, "join", &who);
    }

    fn leave(&mut self, key: ClientKey, id: &str, channel: &str) {
        if let Some(listening) = self.channels.get_mut(channel) {
            listening.listeners.remove(&key);
        }
        self.go(channel, id);
    }

    fn stop_listening(&mut self, key: ClientKey, channel: &str) -> bool {
        let Some(connected) = self.clients.get_mut(&key).and_then(Client::connected_mut) else {
            return false;
        };
        let had = connected.subscriptions.remove(channel).is_some();
        let id = connected.id.clone();
        if had {
            self.leave(key, &id, channel);
        }
        had
    }

    fn client_id(&mut self) -> String {
        let bits = self.random.u128(..);
        let (a, b, c) = (bits >> 96, (bits >> 80) & 0xffff, (bits >> 64) & 0xfff);
        let (d, e) = ((bits >> 48) & 0x3fff | 0x8000, bits & 0xffff_ffff_ffff);
        format!("{a:08x}-{b:04x}-4{c:03x}-{d:04x}-{e:012x}")
    }
}

/// All that is due of one client.
fn due(client: &Client, now: Now) -> impl Iterator<Item = Instant> {
    let (stale_at, connected) = match &client.stage {
        Stage::Opened { stale_at } => (Some(*stale_at), None),
        Stage::Connected(connected) => (None, Some(connected)),
    };
    let ends = |connected: &Connected| {
        let ends = connected.subscriptions.values().filter_map(|subscription| subscription.ends_at);
        ends.chain(connected.closes_at).min()
    };
    let end = connected.and_then(ends).map(|at| now.until(at));
    let ping = connected.and_then(|connected| connected.ping_at);
    let pong = connected.and_then(|connected| connected.pong_by);
    stale_at.into_iter().chain(end).chain(ping).chain(pong)
}

fn epoch(random: &mut fastrand::Rng) -> String {
    (0..8).map(|_| random.alphabetic()).collect()
}

/// When a token's grace is over.
fn end_of(exp: Option<i64>, grace: Duration) -> Option<Timestamp> {
    Timestamp::from_second(exp?).ok()?.checked_add(grace).ok()
}

/// The answer that says nothing.
const NOTHING: Empty = Empty {};
