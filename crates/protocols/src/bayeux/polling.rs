//! Long-polling: one held request for the connect, and one other.

use std::{ops::RangeInclusive, time::Duration};

use super::{Client, Error, Session, State, Transport, Transports};
use crate::{Body, Fault, FaultKind, FetchId, Instant, Method, Output, Request, Response, secret};

/// Faye's clients send no more in one request.
const LARGEST_BATCH: usize = 2048;

/// The requests under way, two at most.
#[derive(Debug, Default)]
pub(super) struct Polls {
    under_way: Vec<Poll>,
    last_id: u64,
}

/// A request under way.
#[derive(Debug)]
struct Poll {
    id: FetchId,
    /// The ids of the messages in it.
    asks: RangeInclusive<u64>,
}

impl Poll {
    fn holds(&self, id: Option<u64>) -> bool {
        id.is_some_and(|id| self.asks.contains(&id))
    }
}

impl Client {
    /// Whether a request may be made beside the held connect.
    pub(super) fn may_post(&self) -> bool {
        let connect_id = match &self.state {
            State::Connected(session) => session.connect.id(),
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Leaving { .. }
            | State::Over => None,
        };
        self.polls.under_way.iter().all(|poll| poll.holds(connect_id))
    }

    /// Sends these messages, whose ids are `asks`.
    pub(super) fn post(&mut self, messages: &[String], asks: RangeInclusive<u64>, within: Duration) {
        self.polls.last_id += 1;
        let id = FetchId(self.polls.last_id);
        let body = Body::Json(secret::Text::new(format!("[{}]", messages.join(","))));
        let url = match self.options.url.strip_prefix("ws") {
            Some(rest) => format!("http{rest}"),
            None => self.options.url.clone(),
        };
        self.polls.under_way.push(Poll { id, asks });
        self.outputs.push_back(Output::Fetch(id, Request::new(Method::Post, url, body).within(within)));
    }

    /// Fills a request with what is wished of the channels, as far as there is room beside `messages`.
    pub(super) fn fill_batch(&mut self, messages: &mut Vec<String>) {
        let mut length: usize = messages.iter().map(|message| message.len() + 1).sum::<usize>() + 1;
        while let Some((id, message)) = self.next_wish() {
            length += message.len() + 1;
            if length > LARGEST_BATCH && !messages.is_empty() {
                return;
            }
            self.last_id = id;
            self.channels.asked(id);
            messages.push(message);
        }
    }

    pub(super) fn cancel_polls(&mut self) {
        for poll in self.polls.under_way.drain(..) {
            self.outputs.push_back(Output::Cancel(poll.id));
        }
    }

    /// Cancels every request but the held connect.
    pub(super) fn cancel_other_polls(&mut self, connect_id: Option<u64>) {
        for poll in self.polls.under_way.extract_if(.., |poll| !poll.holds(connect_id)) {
            self.outputs.push_back(Output::Cancel(poll.id));
        }
    }

    pub(super) fn fetched(&mut self, now: Instant, id: FetchId, answer: Result<&Response, &Fault>) {
        let Some(at) = self.polls.under_way.iter().position(|poll| poll.id == id) else {
            return;
        };
        let asks = self.polls.under_way.remove(at).asks;
        match answer {
            Ok(response) if response.status == 200 => {
                self.messages(now, &response.body);
                if self.awaits(&asks) {
                    self.poll_failed(
                        now,
                        &asks,
                        None,
                        Error::Protocol("an HTTP answer without what was asked for"),
                    );
                }
            }
            Ok(&Response { status, retry_after, .. }) => {
                self.poll_failed(now, &asks, None, Error::Status { status, retry_after });
            }
            Err(fault) => self.poll_failed(now, &asks, Some(fault), fault.into()),
        }
        self.send_wishes(now);
    }

    /// Whether an answer to one of these is still awaited.
    fn awaits(&self, asks: &RangeInclusive<u64>) -> bool {
        let id = match &self.state {
            State::Handshaking { id, .. } | State::Leaving { id, .. } => Some(*id),
            State::Connected(session) => session.connect.id(),
            State::Idle | State::Reaching { .. } | State::Pausing { .. } | State::Over => None,
        };
        id.is_some_and(|id| asks.contains(&id)) || self.channels.awaits(asks)
    }

    /// A request without a use. Over a broken connection the held one is made once more.
    fn poll_failed(&mut self, now: Instant, asks: &RangeInclusive<u64>, fault: Option<&Fault>, error: Error) {
        match &mut self.state {
            State::Handshaking { over: Transport::LongPolling, .. } => {
                self.handshake_by_polling_failed(now, error);
            }
            State::Leaving { id, .. } if asks.contains(id) => self.end(),
            State::Connected(session) if session.connect.id().is_some_and(|id| asks.contains(&id)) => {
                match fault.map(|fault| &fault.kind) {
                    Some(FaultKind::TimedOut) => self.fail(Error::Silent),
                    Some(FaultKind::Unreachable) if !session.retried => {
                        session.cut();
                        session.retried = true;
                        self.channels.forget_answers();
                        self.interrupt();
                        self.connect(now);
                    }
                    Some(FaultKind::Unreachable) => {
                        let reason = fault.map_or_else(String::new, |fault| fault.detail.clone());
                        self.fail(Error::Dropped { code: None, reason });
                    }
                    Some(
                        FaultKind::Tls | FaultKind::Proxy | FaultKind::Malformed | FaultKind::Status { .. },
                    )
                    | None => self.fail(error),
                }
            }
            State::Connected(_) if self.channels.awaits(asks) => self.fail(error),
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Connected(_)
            | State::Leaving { .. }
            | State::Over => {}
        }
    }

    /// The handshake got no answer over HTTP: the websocket is what is left, if it is.
    pub(super) fn handshake_by_polling_failed(&mut self, now: Instant, error: Error) {
        self.cancel_polls();
        if self.socket.is_open() {
            self.shake_hands(now);
        } else if self.socket.opening_until().is_some() {
            self.state = State::Reaching { poll_at: None, or_else: Some(error) };
        } else {
            self.fail(error);
        }
    }

    /// Proves the way by asking once more, since the held request may hang on a dead connection.
    pub(super) fn probe_polling(&mut self, now: Instant) {
        if let State::Connected(Session { over: Transport::LongPolling, .. }) = &self.state {
            self.cancel_polls();
            self.channels.forget_answers();
            self.interrupt();
            if let State::Connected(session) = &mut self.state {
                session.cut();
            }
            self.connect(now);
        }
    }

    pub(super) fn may_poll(&self) -> bool {
        self.options.transports != Transports::WebSocket
    }
}
