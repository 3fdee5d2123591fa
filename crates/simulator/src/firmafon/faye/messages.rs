//! What each kind of message is answered (`protocol/server.js` of npm faye 1.4.3).

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;

use super::reply::{Message, Reply, shown, truthy};
use super::{Faye, Origin, Session, channel};

const CONNECTION_TYPES: [&str; 6] = [
    "long-polling",
    "cross-origin-long-polling",
    "callback-polling",
    "websocket",
    "eventsource",
    "in-process",
];

#[derive(Serialize)]
#[serde(untagged)]
enum Advice {
    Again { reconnect: &'static str },
    Retry { reconnect: &'static str, interval: u64, timeout: u64 },
}

impl Faye {
    /// Answers one message; nothing for a connect that is held.
    pub(super) fn handle(
        &mut self,
        now: Instant,
        origin: Origin,
        batch: u64,
        message: &Message,
        mut reply: Reply,
        ended: &mut Vec<String>,
    ) -> Option<Reply> {
        let channel = message.get("channel").and_then(Value::as_str).unwrap_or_default();
        match channel {
            "/meta/handshake" => self.handshake(now, origin, message, &mut reply),
            "/meta/connect" => return self.connect(now, origin, batch, message, reply),
            "/meta/subscribe" | "/meta/unsubscribe" => self.subscribe(origin, channel, message, &mut reply),
            "/meta/disconnect" => {
                self.check_client(origin, message, &mut reply);
                reply.settle();
                if reply.failed() {
                    reply.remove("clientId");
                } else {
                    ended.push(shown(message.get("clientId")));
                }
            }
            meta if channel::is_meta(meta) => {
                reply.fail(403, meta, "Forbidden channel");
                reply.settle();
            }
            name => {
                if !channel::is_name(name) {
                    reply.fail(405, name, "Invalid channel");
                }
                if !message.contains_key("data") {
                    reply.fail(402, "data", "Missing required parameter");
                }
                reply.settle();
            }
        }
        Some(reply)
    }

    fn check_client(&self, origin: Origin, message: &Message, reply: &mut Reply) {
        let id = shown(message.get("clientId"));
        if !self.knows(&id, origin) {
            reply.fail(401, &id, "Unknown client");
        }
        if !truthy(message.get("clientId")) {
            reply.fail(402, "clientId", "Missing required parameter");
        }
    }

    fn handshake(&mut self, now: Instant, origin: Origin, message: &Message, reply: &mut Reply) {
        reply.set("version", "1.0");
        if !truthy(message.get("version")) {
            reply.fail(402, "version", "Missing required parameter");
        }
        reply.set("supportedConnectionTypes", CONNECTION_TYPES);
        let offered = message.get("supportedConnectionTypes");
        if truthy(offered) {
            let common = offered.and_then(Value::as_array).is_some_and(|types| {
                types.iter().any(|kind| CONNECTION_TYPES.iter().any(|known| kind == known))
            });
            if !common {
                reply.fail(301, &shown(offered), "Connection types not supported");
            }
        } else {
            reply.fail(402, "supportedConnectionTypes", "Missing required parameter");
        }
        reply.settle();
        if !reply.failed() {
            let id: String = (0..31).map(|_| self.random.digit(36)).collect();
            reply.set("clientId", &id);
            let session = Session {
                expires_at: now + 2 * self.timeout,
                home: origin.socket,
                subscriptions: BTreeSet::new(),
                queue: Vec::new(),
                connection: None,
                forgotten: false,
            };
            self.sessions.insert(id, session);
        }
        self.advise(message, reply);
    }

    fn connect(
        &mut self,
        now: Instant,
        origin: Origin,
        batch: u64,
        message: &Message,
        mut reply: Reply,
    ) -> Option<Reply> {
        self.check_client(origin, message, &mut reply);
        let kind = message.get("connectionType");
        if !CONNECTION_TYPES.iter().any(|known| kind.is_some_and(|kind| kind == known)) {
            reply.fail(301, &shown(kind), "Connection types not supported");
        }
        if !truthy(kind) {
            reply.fail(402, "connectionType", "Missing required parameter");
        }
        reply.settle();
        let failed = reply.failed();
        self.advise(message, &mut reply);
        if failed {
            reply.remove("clientId");
            return Some(reply);
        }
        let asked = message.get("advice").and_then(|advice| advice.get("timeout"));
        let hold = match asked {
            _ if kind.is_some_and(|kind| kind == "eventsource") => Duration::ZERO,
            Some(asked) => Duration::from_millis(asked.as_u64().unwrap_or(0).min(86_400_000)),
            None => self.timeout,
        };
        let Faye { sessions, sockets, batches, timeout, .. } = self;
        let session =
            sessions.get_mut(message.get("clientId").and_then(Value::as_str).unwrap_or_default())?;
        session.expires_at = now + 2 * *timeout;
        let connection = session.connection.get_or_insert_default();
        // The earlier connect is never answered, and its timer, not this one's, ends the wait.
        if let Some((dropped, _)) = connection.waiting.replace((batch, reply)) {
            batches.remove(&dropped);
        }
        connection.answer_at.get_or_insert(now + hold);
        session.deliver(now, sockets);
        None
    }

    fn subscribe(&mut self, origin: Origin, channel: &str, message: &Message, reply: &mut Reply) {
        self.check_client(origin, message, reply);
        let subscription = message.get("subscription").filter(|value| truthy(Some(value)));
        if subscription.is_none() {
            reply.fail(402, "subscription", "Missing required parameter");
        }
        reply.set("subscription", subscription.unwrap_or(&Value::Array(Vec::new())));
        let wanted = match subscription {
            Some(Value::Array(several)) => several.iter().map(|one| shown(Some(one))).collect(),
            one => vec![shown(one)],
        };
        for pattern in wanted {
            if reply.failed() {
                break;
            }
            let valid = channel::is_name(&pattern) || channel::is_pattern(&pattern);
            if !valid {
                reply.fail(405, &pattern, "Invalid channel");
            } else if channel::is_meta(&pattern) || channel::is_service(&pattern) {
                reply.fail(403, &pattern, "Forbidden channel");
            } else if let Some(session) = self.sessions.get_mut(&shown(message.get("clientId"))) {
                if channel == "/meta/subscribe" {
                    session.subscriptions.insert(pattern);
                } else {
                    session.subscriptions.remove(&pattern);
                }
            }
        }
        reply.settle();
    }

    fn advise(&self, message: &Message, reply: &mut Reply) {
        let timeout = u64::try_from(self.timeout.as_millis()).unwrap_or(u64::MAX);
        let advice = if reply.failed() {
            Advice::Again { reconnect: "handshake" }
        } else if message.get("connectionType").is_some_and(|kind| kind == "eventsource") {
            Advice::Retry { reconnect: "retry", interval: timeout, timeout: 0 }
        } else {
            Advice::Retry { reconnect: "retry", interval: 0, timeout }
        };
        reply.set("advice", advice);
    }
}
