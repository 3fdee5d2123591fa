//! The Bayeux server as npm faye 1.4.3 runs it, faults included. Pure but for its channels: time is passed in.
//!
//! A *session* is what a handshake made. It has a *connection* while it can be reached: a held `/meta/connect`
//! (long-polling), or a socket that a `/meta/connect` came over. What is published in between waits in the session's
//! queue. One request may carry several messages; their answers go back together, so a held connect holds them all.
//!
//! ```text
//! handshake ──► known, unreachable ──connect──► connection ──answered, no socket──► known, unreachable
//!                     │                             │
//!                     └── 2 × timeout after the last connect, or disconnect ──► gone (its socket is closed, 1000)
//! ```

mod channel;
mod messages;
mod reply;
mod session;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::{mpsc, oneshot};

use super::gate::Gate;
use reply::{Message, Reply};
use session::{Batch, Connection, Session, Sink, Socket, push};

/// One open websocket.
pub(super) type SocketId = u64;

/// What a websocket is told to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Push {
    Text(String),
    /// Close with 1000.
    Close,
}

/// A body that is no Bayeux at all: HTTP 400, and silence on a websocket.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadRequest;

/// How a message came: what a load balancer in front would know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// Carried the cookie of this node.
    pub(super) sticky: bool,
    pub(super) socket: Option<SocketId>,
}

/// How many messages of each kind came in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) handshakes: u64,
    pub(super) connects: u64,
    pub(super) subscribes: u64,
    pub(super) disconnects: u64,
}

#[derive(Debug)]
pub(super) struct Faye {
    timeout: Duration,
    /// Sessions are known only to requests that carry the cookie.
    needs_cookie: bool,
    sessions: BTreeMap<String, Session>,
    sockets: BTreeMap<SocketId, Socket>,
    batches: BTreeMap<u64, Batch>,
    last_id: u64,
    published: u64,
    random: fastrand::Rng,
    pub(super) counts: Counts,
}

#[derive(Serialize)]
struct Event<'a> {
    channel: &'a str,
    data: &'a RawValue,
    id: String,
}

impl Faye {
    pub(super) fn new(timeout: Duration, needs_cookie: bool) -> Faye {
        Faye {
            timeout,
            needs_cookie,
            sessions: BTreeMap::new(),
            sockets: BTreeMap::new(),
            batches: BTreeMap::new(),
            last_id: 0,
            // Faye's own publishing client has used 1 and 2 for its handshake and connect.
            published: 2,
            random: fastrand::Rng::new(),
            counts: Counts::default(),
        }
    }

    /// A websocket opened; what it must send comes out of the receiver.
    pub(super) fn open_socket(&mut self) -> (SocketId, mpsc::UnboundedReceiver<Push>) {
        let (pushes, receiver) = mpsc::unbounded_channel();
        let id = self.next_id();
        self.sockets.insert(id, Socket { pushes, session: None });
        (id, receiver)
    }

    /// A websocket is closed, whoever did it. Takes the session's connection with it, even a newer socket.
    pub(super) fn socket_closed(&mut self, socket: SocketId) {
        let Some(closed) = self.sockets.remove(&socket) else { return };
        if let Some(id) = closed.session {
            let connection = self.sessions.get_mut(&id).and_then(|session| session.connection.take());
            self.release(connection);
        }
    }

    /// A text frame came. Bad JSON is never answered.
    pub(super) fn receive_text(&mut self, now: Instant, gate: &Gate, origin: Origin, text: &str) {
        let Some(socket) = origin.socket else { return };
        let Ok(messages) = parse(text) else {
            tracing::debug!("a websocket frame is no Bayeux");
            return;
        };
        let connects = messages.iter().find(|message| is_connect(message));
        if let Some(id) = connects.and_then(|message| message.get("clientId")).and_then(Value::as_str) {
            self.bind(origin, socket, id);
        }
        self.process(now, gate, origin, messages, Sink::Socket(socket));
    }

    /// A request body came. The answer may take as long as a connect is held, or never come.
    pub(super) fn receive_body(
        &mut self,
        now: Instant,
        gate: &Gate,
        origin: Origin,
        body: &str,
    ) -> Result<oneshot::Receiver<String>, BadRequest> {
        let messages = parse(body)?;
        let (sender, receiver) = oneshot::channel();
        self.process(now, gate, origin, messages, Sink::Http(sender));
        Ok(receiver)
    }

    /// Sends `data` to every subscriber of `channel`; [`Faye::wake`] lets long-polling ones have it.
    pub(super) fn publish(&mut self, now: Instant, channel: &str, data: &RawValue) {
        self.published += 1;
        let event = Event { channel, data, id: base36(self.published) };
        let Ok(encoded) = serde_json::to_string(&event) else { return };
        let encoded: Arc<str> = encoded.into();
        let Faye { sessions, sockets, .. } = self;
        for session in sessions.values_mut() {
            if session.subscriptions.iter().any(|pattern| channel::covers(pattern, channel)) {
                session.queue.push(Arc::clone(&encoded));
                session.deliver(now, sockets);
            }
        }
    }

    /// How many sessions would get what is published on `channel`.
    pub(super) fn subscribers(&self, channel: &str) -> usize {
        let covered = |session: &&Session| {
            !session.forgotten
                && session.subscriptions.iter().any(|pattern| channel::covers(pattern, channel))
        };
        self.sessions.values().filter(covered).count()
    }

    /// How many sessions there are.
    pub(super) fn session_count(&self) -> usize {
        self.sessions.values().filter(|session| !session.forgotten).count()
    }

    /// Every session is unknown from now on; sockets stay, and held connects are answered when their time comes.
    pub(super) fn forget(&mut self) {
        for session in self.sessions.values_mut() {
            session.forgotten = true;
            session.subscriptions.clear();
            session.queue.clear();
        }
    }

    /// As after the process was killed: no session, no held request.
    pub(super) fn restart(&mut self) {
        self.sessions.clear();
        self.batches.clear();
        for socket in self.sockets.values_mut() {
            socket.session = None;
        }
    }

    /// When [`Faye::wake`] is due.
    pub(super) fn next_wake(&self) -> Option<Instant> {
        let answers = self.sessions.values().filter_map(|session| session.connection.as_ref()?.answer_at);
        self.sessions.values().map(|session| session.expires_at).chain(answers).min()
    }

    /// Ends what has expired, and answers the connects whose time has come or that have events.
    pub(super) fn wake(&mut self, now: Instant) {
        let expired: Vec<String> = self.ids_where(|session| session.expires_at <= now);
        for id in expired {
            if self.sessions.get(&id).is_some_and(|session| session.forgotten) {
                self.sessions.remove(&id);
            }
            self.destroy(&id);
        }
        let is_due = |session: &Session| {
            session
                .connection
                .as_ref()
                .and_then(|connection| connection.answer_at)
                .is_some_and(|at| at <= now)
        };
        let due = self.ids_where(is_due);
        for id in due {
            self.flush(&id);
        }
    }

    fn ids_where(&self, wanted: impl Fn(&Session) -> bool) -> Vec<String> {
        self.sessions.iter().filter(|(_, session)| wanted(session)).map(|(id, _)| id.clone()).collect()
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    fn knows(&self, id: &str, origin: Origin) -> bool {
        self.sessions.get(id).is_some_and(|session| {
            let reached = !self.needs_cookie
                || origin.sticky
                || (origin.socket.is_some() && session.home == origin.socket);
            reached && !session.forgotten
        })
    }

    /// A connect for session `id` came over this socket: its events go here, and another session's no longer do.
    fn bind(&mut self, origin: Origin, socket: SocketId, id: &str) {
        let Some(entry) = self.sockets.get_mut(&socket) else { return };
        let before = entry.session.replace(id.to_owned());
        if let Some(before) = before.filter(|before| before != id) {
            if let Some(connection) =
                self.sessions.get_mut(&before).and_then(|session| session.connection.as_mut())
            {
                connection.socket = None;
            }
            self.flush(&before);
        }
        if self.knows(id, origin)
            && let Some(session) = self.sessions.get_mut(id)
        {
            session.connection.get_or_insert_default().socket = Some(socket);
        }
    }

    fn process(&mut self, now: Instant, gate: &Gate, origin: Origin, messages: Vec<Message>, sink: Sink) {
        let batch = self.next_id();
        self.batches.insert(batch, Batch { awaited: messages.len(), answers: Vec::new(), sink });
        if messages.is_empty() {
            self.answer(batch, 0, Vec::new());
        }
        let mut ended = Vec::new();
        for message in messages {
            self.count(&message);
            let reply = Reply::to(&message, gate.refusal(&message));
            if let Some(reply) = self.handle(now, origin, batch, &message, reply, &mut ended) {
                self.answer(batch, 1, vec![reply.encode().into()]);
            }
        }
        for id in ended {
            self.destroy(&id);
        }
        self.wake(now);
    }

    fn count(&mut self, message: &Message) {
        let counter = match message.get("channel").and_then(Value::as_str) {
            Some("/meta/handshake") => &mut self.counts.handshakes,
            Some("/meta/connect") => &mut self.counts.connects,
            Some("/meta/subscribe") => &mut self.counts.subscribes,
            Some("/meta/disconnect") => &mut self.counts.disconnects,
            Some(_) | None => return,
        };
        *counter += 1;
    }

    /// Adds answers to a request, and sends them all once none is missing.
    fn answer(&mut self, batch: u64, settled: usize, answers: Vec<Arc<str>>) {
        let Some(entry) = self.batches.get_mut(&batch) else { return };
        entry.awaited = entry.awaited.saturating_sub(settled);
        entry.answers.extend(answers);
        if entry.awaited > 0 {
            return;
        }
        let Some(done) = self.batches.remove(&batch) else { return };
        let text = format!("[{}]", done.answers.join(","));
        match done.sink {
            // An error only means that the client has gone.
            Sink::Http(sender) => drop(sender.send(text)),
            Sink::Socket(socket) => push(&self.sockets, socket, Push::Text(text)),
        }
    }

    /// Answers a held connect with all that is in the inbox.
    fn flush(&mut self, id: &str) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        let Some(connection) = session.connection.as_mut() else { return };
        connection.answer_at = None;
        let waiting = connection.waiting.take();
        let inbox = std::mem::take(&mut connection.inbox);
        if connection.socket.is_none() {
            session.connection = None;
        }
        self.answer_connect(waiting, inbox);
    }

    fn answer_connect(&mut self, waiting: Option<(u64, Reply)>, inbox: Vec<Arc<str>>) {
        if let Some((batch, reply)) = waiting {
            let answers = std::iter::once(reply.encode().into()).chain(inbox).collect();
            self.answer(batch, 1, answers);
        }
    }

    fn destroy(&mut self, id: &str) {
        let connection = self.sessions.remove(id).and_then(|session| session.connection);
        self.release(connection);
    }

    /// Ends a connection: a socket is closed with its connect unanswered, a held request is answered.
    fn release(&mut self, connection: Option<Connection>) {
        let Some(connection) = connection else { return };
        match connection.socket {
            Some(socket) => {
                if let Some((batch, _)) = connection.waiting {
                    self.batches.remove(&batch);
                }
                push(&self.sockets, socket, Push::Close);
            }
            None => self.answer_connect(connection.waiting, connection.inbox),
        }
    }
}

fn is_connect(message: &Message) -> bool {
    message.get("channel").is_some_and(|channel| channel == "/meta/connect")
}

fn parse(text: &str) -> Result<Vec<Message>, BadRequest> {
    match serde_json::from_str(text).map_err(|_| BadRequest)? {
        Value::Object(one) => Ok(vec![one]),
        Value::Array(several) => several
            .into_iter()
            .map(|message| match message {
                Value::Object(message) => Ok(message),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                    Err(BadRequest)
                }
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Err(BadRequest),
    }
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or(0);
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}
