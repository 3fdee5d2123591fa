//! A session on the server, and what is asked of it: handshake, connects, subscriptions, goodbye.

use std::time::Duration;

use serde_json::value::RawValue;

use super::{Client, State, Transport, Transports, channels::Wish, wire::Ask};
use crate::{Instant, Output};

/// The server's session and how far we are with it.
#[derive(Debug)]
pub(super) struct Session {
    /// As JSON text.
    pub(super) client_id: Box<RawValue>,
    /// Where its messages go; a websocket that is not open is being opened again.
    pub(super) over: Transport,
    pub(super) connect: Connect,
    /// Whether a connect was answered this way; until then connects ask for an answer at once.
    pub(super) proven: bool,
    /// Whether [`Event::Live`] is yet to be told of this session.
    pub(super) fresh: bool,
    /// Whether the held request was made a second time over a broken connection.
    pub(super) retried: bool,
    /// Whether the last connect was refused.
    pub(super) refused: bool,
    pub(super) hasty: u8,
}

/// The one `/meta/connect`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Connect {
    Unsent,
    Sent { id: u64, sent_at: Instant, answer_by: Instant },
    Answered,
    Due { at: Instant },
}

impl Connect {
    pub(super) fn id(self) -> Option<u64> {
        match self {
            Self::Sent { id, .. } => Some(id),
            Self::Unsent | Self::Answered | Self::Due { .. } => None,
        }
    }
}

impl Session {
    /// The connection beneath it is gone.
    pub(super) fn cut(&mut self) {
        self.connect = Connect::Unsent;
        self.proven = false;
    }
}

impl Client {
    pub(super) fn shake_hands(&mut self, now: Instant) {
        let over = if self.socket.is_open() {
            Transport::WebSocket
        } else if self.may_poll() {
            Transport::LongPolling
        } else {
            self.open_socket(now);
            self.state = State::Reaching { poll_at: None, or_else: None };
            return;
        };
        let types: &[Transport] = match self.options.transports {
            Transports::Auto if self.socket.usable => &[Transport::WebSocket, Transport::LongPolling],
            Transports::WebSocket => &[Transport::WebSocket],
            Transports::Auto | Transports::LongPolling => &[Transport::LongPolling],
        };
        let (id, message) = self.encode(&Ask::Handshake { types });
        self.last_id = id;
        self.state = State::Handshaking { id, over, answer_by: now + self.options.answer_within };
        match over {
            Transport::WebSocket => self.send(&message),
            Transport::LongPolling => self.post(&[message], id..=id, self.options.answer_within),
        }
    }

    /// Forgets the session and makes a new one.
    pub(super) fn start_over(&mut self, now: Instant) {
        self.interrupt();
        self.cancel_polls();
        self.channels.forget();
        if self.advice.interval.is_zero() {
            self.shake_hands(now);
        } else {
            self.state = State::Pausing { until: now + self.advice.interval };
        }
    }

    /// Sends the next connect, over the websocket as soon as there is one.
    pub(super) fn connect(&mut self, now: Instant) {
        let timeout = self.advice.timeout;
        let State::Connected(session) = &mut self.state else {
            return;
        };
        match session.over {
            Transport::LongPolling if self.socket.is_open() => {
                session.over = Transport::WebSocket;
                session.proven = false;
                self.is_told = false;
            }
            Transport::WebSocket if !self.socket.is_open() => return,
            Transport::LongPolling | Transport::WebSocket => {}
        }
        let over = session.over;
        // A websocket that is being opened takes over with the next connect, so that one must not be far.
        let hold = match self.socket.opening_until() {
            _ if !session.proven => Some(Duration::ZERO),
            Some(until) => Some((until - now).min(timeout)),
            None => None,
        };
        let within = hold.unwrap_or(timeout) + self.options.answer_within;
        let id = self.last_id + 1;
        session.connect = Connect::Sent { id, sent_at: now, answer_by: now + within };
        let hold = hold.map(|hold| hold.as_millis());
        let message =
            Ask::Connect { client_id: &session.client_id, over, hold }.encode(id, self.ext.expose());
        self.last_id = id;
        match over {
            Transport::WebSocket => self.send(&message),
            Transport::LongPolling => {
                let mut messages = vec![message];
                if hold == Some(0) {
                    self.fill_batch(&mut messages);
                }
                self.post(&messages, id..=self.last_id, within);
            }
        }
        self.send_wishes(now);
    }

    /// Asks for what is wished of the channels, as far as that can be done at the moment.
    pub(super) fn send_wishes(&mut self, now: Instant) {
        let State::Connected(session) = &self.state else {
            return;
        };
        match session.over {
            Transport::WebSocket if self.socket.is_open() => {
                while let Some((id, message)) = self.next_wish() {
                    self.last_id = id;
                    self.channels.asked(id);
                    self.send(&message);
                }
            }
            Transport::LongPolling if self.may_post() => {
                let first = self.last_id + 1;
                let mut messages = Vec::new();
                self.fill_batch(&mut messages);
                if !messages.is_empty() {
                    self.post(&messages, first..=self.last_id, self.options.answer_within);
                }
            }
            Transport::WebSocket | Transport::LongPolling => {}
        }
        self.subscribed_by = if self.channels.awaits_any() {
            self.subscribed_by.or(Some(now + self.options.answer_within))
        } else {
            None
        };
    }

    /// The next subscription or its end as a message, with the id that it takes when it is sent.
    pub(super) fn next_wish(&self) -> Option<(u64, String)> {
        let State::Connected(Session { client_id, .. }) = &self.state else {
            return None;
        };
        Some(match self.channels.wish()? {
            Wish::Subscribe(channel) => self.encode(&Ask::Subscribe { client_id, channel: &channel }),
            Wish::Unsubscribe(channel) => self.encode(&Ask::Unsubscribe { client_id, channel: &channel }),
        })
    }

    /// Says goodbye; `None` if there is nobody to say it to.
    pub(super) fn disconnect(&mut self) -> Option<(u64, Transport)> {
        let State::Connected(Session { client_id, over, connect, .. }) = &self.state else {
            return None;
        };
        let (over, connect_id) = (*over, connect.id());
        let (id, message) = self.encode(&Ask::Disconnect { client_id });
        match over {
            Transport::WebSocket if !self.socket.is_open() => return None,
            Transport::WebSocket => self.send(&message),
            Transport::LongPolling => {
                self.cancel_other_polls(connect_id);
                self.post(&[message], id..=id, self.options.answer_within);
            }
        }
        Some((id, over))
    }

    fn encode(&self, ask: &Ask<'_>) -> (u64, String) {
        let id = self.last_id + 1;
        (id, ask.encode(id, self.ext.expose()))
    }

    fn send(&mut self, message: &str) {
        self.outputs.push_back(Output::Send(format!("[{message}]")));
    }
}
