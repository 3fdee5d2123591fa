//! A SockJS server: sessions over websockets, long polling (`xhr`, `xhr_send`) and raw websockets.
//!
//! Pure: time is passed in, what applications hear piles up until [`SockJs::take_heard`]. It does what npm `sockjs`
//! 0.3.24 does, as its source and its transcripts show.

pub(super) mod frame;
mod session;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::Heartbeat;
pub(super) use frame::Message;
use session::{Carrier, Outgoing, Session};

/// Which application a session is of; each has its own base path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Application {
    /// NGUC's event pusher, at the root.
    Events,
    /// `/echo`: says everything back.
    Echo,
    /// `/close`: `3000 Go away!` at once.
    Close,
    /// `/disabled_websocket_echo`: the same as `/echo`, by polling alone.
    EchoWithoutWebsocket,
}

/// A session, unique while the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SessionId(u64);

/// A waiting `xhr` request of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PollId {
    session: SessionId,
    number: u64,
}

/// What a websocket is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Push {
    Text(String),
    Ping,
    /// The websocket's own code and reason.
    Close(u16, String),
}

/// What an application hears of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    Opened,
    Said(Message),
    Gone,
}

/// How a websocket is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// With `o`, `h`, `a` and `c`.
    SockJs,
    /// Messages as they are.
    Raw,
}

/// Why `xhr_send` was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    NoPayload,
    BrokenJson,
    UnknownSession,
}

/// What can happen to a session by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) heartbeat: Heartbeat,
    /// How long after a ping its pong may take.
    pub(super) pong_within: Duration,
    /// A session without a receiving request lives this long.
    pub(super) disconnect_after: Duration,
}

#[derive(Debug)]
pub(super) struct SockJs {
    rules: Rules,
    sessions: BTreeMap<SessionId, Session>,
    by_name: BTreeMap<(Application, String), SessionId>,
    numbers: u64,
    heard: Vec<(SessionId, Application, Heard)>,
}

impl SockJs {
    pub(super) fn new(rules: Rules) -> SockJs {
        SockJs { rules, sessions: BTreeMap::new(), by_name: BTreeMap::new(), numbers: 0, heard: Vec::new() }
    }

    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    fn beat_at(&self, now: Instant) -> Option<Instant> {
        match self.rules.heartbeat {
            Heartbeat::Text(every) | Heartbeat::Ping(every) => Some(now + every),
            Heartbeat::Silent => None,
        }
    }

    /// A websocket was opened; what it is told comes out of the receiver.
    pub(super) fn open_socket(
        &mut self,
        now: Instant,
        application: Application,
        framing: Framing,
    ) -> (SessionId, mpsc::UnboundedReceiver<Push>) {
        let id = SessionId(self.number());
        let (pushes, receiver) = mpsc::unbounded_channel();
        let mut outgoing = VecDeque::new();
        let mut beat_at = None;
        if framing == Framing::SockJs {
            outgoing.push_back(Outgoing::Frame("o".to_owned()));
            beat_at = self.beat_at(now);
        }
        let carrier = Carrier::Websocket { pushes, framing, pong_by: None };
        self.sessions.insert(id, Session { application, carrier, outgoing, closing: None, beat_at });
        self.flush(now, id);
        self.heard.push((id, application, Heard::Opened));
        (id, receiver)
    }

    /// A websocket's text came in.
    pub(super) fn receive_text(&mut self, id: SessionId, text: &str) {
        let Some(Session { carrier: Carrier::Websocket { framing, pushes, .. }, .. }) =
            self.sessions.get(&id)
        else {
            return;
        };
        let messages = match framing {
            Framing::SockJs => frame::parse(text),
            Framing::Raw => Ok(vec![Message::of(text)]),
        };
        match messages {
            Ok(messages) => self.say(id, messages),
            Err(frame::Broken) => {
                // Without a frame, as the npm server does; one whose socket is gone needs none either.
                pushes.send(Push::Close(3000, "Broken framing.".to_owned())).ok();
                self.remove(id);
            }
        }
    }

    fn say(&mut self, id: SessionId, messages: Vec<Message>) {
        let Some(Session { application, .. }) = self.sessions.get(&id) else { return };
        self.heard.extend(messages.into_iter().map(|message| (id, *application, Heard::Said(message))));
    }

    pub(super) fn pong(&mut self, id: SessionId) {
        if let Some(Session { carrier: Carrier::Websocket { pong_by, .. }, .. }) = self.sessions.get_mut(&id)
        {
            *pong_by = None;
        }
    }

    pub(super) fn socket_closed(&mut self, id: SessionId) {
        self.remove(id);
    }

    /// A receiving request came; the answer comes out of the receiver, with its line break.
    pub(super) fn poll(
        &mut self,
        now: Instant,
        application: Application,
        name: &str,
    ) -> (PollId, oneshot::Receiver<String>) {
        let (answer, receiver) = oneshot::channel();
        let number = self.number();
        let key = (application, name.to_owned());
        if let Some(&session) = self.by_name.get(&key) {
            if let Some(Session { carrier: Carrier::Polling { poll, gone_at, .. }, .. }) =
                self.sessions.get_mut(&session)
            {
                if poll.is_some() {
                    let refusal = frame::of_close(2010, "Another connection still open");
                    answer.send(refusal + "\n").ok();
                } else {
                    *poll = Some((number, answer));
                    *gone_at = None;
                }
            }
            self.await_beat(now, session);
            self.flush(now, session);
            return (PollId { session, number }, receiver);
        }
        let session = SessionId(number);
        let carrier = Carrier::Polling { key: key.clone(), poll: Some((number, answer)), gone_at: None };
        let outgoing = VecDeque::from([Outgoing::Frame("o".to_owned())]);
        self.sessions
            .insert(session, Session { application, carrier, outgoing, closing: None, beat_at: None });
        self.by_name.insert(key, session);
        self.flush(now, session);
        self.heard.push((session, application, Heard::Opened));
        (PollId { session, number }, receiver)
    }

    /// A waiting request was given up by its client, which costs it the session.
    pub(super) fn poll_given_up(&mut self, poll: PollId) {
        let Some(Session { carrier: Carrier::Polling { poll: waiting, .. }, .. }) =
            self.sessions.get(&poll.session)
        else {
            return;
        };
        if waiting.as_ref().is_some_and(|(number, _)| *number == poll.number) {
            self.remove(poll.session);
        }
    }

    /// An `xhr_send` came.
    pub(super) fn xhr_send(
        &mut self,
        application: Application,
        name: &str,
        body: &str,
    ) -> Result<(), Refused> {
        if body.is_empty() {
            return Err(Refused::NoPayload);
        }
        let messages = match frame::parse_array(body) {
            Ok(messages) => messages,
            Err(frame::Broken) if frame::parse(body).is_ok() => return Err(Refused::NoPayload),
            Err(frame::Broken) => return Err(Refused::BrokenJson),
        };
        let id = *self.by_name.get(&(application, name.to_owned())).ok_or(Refused::UnknownSession)?;
        if self.sessions.get(&id).is_some_and(|session| session.closing.is_none()) {
            self.say(id, messages);
        }
        Ok(())
    }

    /// Sends one message.
    pub(super) fn send(&mut self, now: Instant, id: SessionId, message: Message) {
        self.queue(now, id, Outgoing::Message(message));
    }

    /// Sends a frame that may be none.
    pub(super) fn send_frame(&mut self, now: Instant, id: SessionId, frame: &str) {
        self.queue(now, id, Outgoing::Frame(frame.to_owned()));
    }

    fn queue(&mut self, now: Instant, id: SessionId, outgoing: Outgoing) {
        let Some(session) = self.sessions.get_mut(&id) else { return };
        if session.closing.is_none() {
            session.outgoing.push_back(outgoing);
            self.flush(now, id);
        }
    }

    /// Closes a session with this `c` frame. A websocket says 1000 afterwards, a raw one the code at once.
    pub(super) fn close(&mut self, now: Instant, id: SessionId, frame: &str, code: u16, reason: &str) {
        let Some(session) = self.sessions.get_mut(&id) else { return };
        match &session.carrier {
            Carrier::Websocket { pushes, framing, .. } => {
                let last = match framing {
                    Framing::SockJs => {
                        pushes.send(Push::Text(frame.to_owned())).ok();
                        Push::Close(1000, "Normal closure".to_owned())
                    }
                    Framing::Raw => Push::Close(code, reason.to_owned()),
                };
                pushes.send(last).ok();
                self.remove(id);
            }
            Carrier::Polling { .. } if session.closing.is_none() => {
                session.closing = Some(frame.to_owned());
                session.beat_at = None;
                self.heard.push((id, session.application, Heard::Gone));
                self.flush(now, id);
            }
            Carrier::Polling { .. } => {}
        }
    }

    /// The sessions of an application that are open.
    pub(super) fn open_sessions(&self, application: Application) -> Vec<SessionId> {
        let open = self
            .sessions
            .iter()
            .filter(|(_, session)| session.application == application && session.closing.is_none());
        open.map(|(id, _)| *id).collect()
    }

    /// Forgets every session; websockets are cut by whoever holds them.
    pub(super) fn forget(&mut self) {
        let all: Vec<SessionId> = self.sessions.keys().copied().collect();
        for id in all {
            self.remove(id);
        }
    }

    fn remove(&mut self, id: SessionId) {
        let Some(session) = self.sessions.remove(&id) else { return };
        if let Carrier::Polling { key, .. } = &session.carrier {
            self.by_name.remove(key);
        }
        if session.closing.is_none() {
            self.heard.push((id, session.application, Heard::Gone));
        }
    }

    fn await_beat(&mut self, now: Instant, id: SessionId) {
        let beat_at = self.beat_at(now);
        if let Some(session) = self.sessions.get_mut(&id) {
            session.beat_at = beat_at.filter(|_| session.closing.is_none());
        }
    }

    fn flush(&mut self, now: Instant, id: SessionId) {
        let gone_at = now + self.rules.disconnect_after;
        if let Some(session) = self.sessions.get_mut(&id) {
            session.flush(gone_at);
        }
    }

    /// Does what is due.
    pub(super) fn wake(&mut self, now: Instant) {
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        let ids: Vec<SessionId> = self.sessions.keys().copied().collect();
        for id in ids {
            let Some(session) = self.sessions.get_mut(&id) else { continue };
            let beats = due(session.beat_at);
            match &mut session.carrier {
                Carrier::Websocket { pong_by, .. } if due(*pong_by) => {
                    let reason = "No response from heartbeat";
                    self.close(now, id, &frame::of_close(3000, reason), 3000, reason);
                }
                Carrier::Websocket { pushes, pong_by, .. } if beats => {
                    match self.rules.heartbeat {
                        Heartbeat::Ping(_) => {
                            pushes.send(Push::Ping).ok();
                            pong_by.get_or_insert(now + self.rules.pong_within);
                        }
                        Heartbeat::Text(_) => {
                            pushes.send(Push::Text("h".to_owned())).ok();
                        }
                        Heartbeat::Silent => {}
                    }
                    self.await_beat(now, id);
                }
                Carrier::Polling { gone_at, .. } if due(*gone_at) => self.remove(id),
                Carrier::Polling { .. } if beats => {
                    session.outgoing.push_back(Outgoing::Frame("h".to_owned()));
                    self.flush(now, id);
                }
                Carrier::Websocket { .. } | Carrier::Polling { .. } => {}
            }
        }
    }

    /// When [`SockJs::wake`] is due by itself.
    pub(super) fn next_wake(&self) -> Option<Instant> {
        self.sessions.values().filter_map(Session::next_wake).min()
    }

    /// What applications were to hear since the last time.
    pub(super) fn take_heard(&mut self) -> Vec<(SessionId, Application, Heard)> {
        std::mem::take(&mut self.heard)
    }

    /// Polls that wait.
    pub(super) fn held_count(&self) -> usize {
        let held = |session: &&Session| matches!(session.carrier, Carrier::Polling { poll: Some(_), .. });
        self.sessions.values().filter(held).count()
    }

    /// Sessions that are known, closed ones that can still be asked about included.
    pub(super) fn session_count(&self) -> usize {
        self.sessions.len()
    }
}
