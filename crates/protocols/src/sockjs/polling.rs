//! Held HTTP requests: `xhr` brings what the server has, `xhr_send` takes it ours, one of each at a time.

use std::{collections::VecDeque, time::Duration};

use super::{Brought, Client, Error, State, Way};
use crate::{Body, Fault, FaultKind, FetchId, Instant, Method, Output, Request, Response, secret};

/// An answer without a message that comes sooner was not held.
const HELD: Duration = Duration::from_secs(1);
/// So many of them in a row are borne; from then on each is followed by a pause.
const HASTY: u8 = 3;
const PAUSE: Duration = Duration::from_secs(5);
/// More than this is not kept to be sent.
const KEPT: usize = 64;

/// A session by held HTTP requests.
#[derive(Debug)]
pub(super) struct Polling {
    /// The session's address.
    url: String,
    receiving: Option<(FetchId, Instant)>,
    /// The last answer with a frame: what else answers is not the server.
    heard_at: Instant,
    /// After an answer that should have been held.
    pause_until: Option<Instant>,
    hasty: u8,
    sending: Option<FetchId>,
    to_send: VecDeque<secret::Text>,
}

impl Polling {
    /// Keeps a message until it can be sent.
    pub(super) fn keep(&mut self, text: String) {
        if self.to_send.len() < KEPT {
            self.to_send.push_back(secret::Text::new(text));
        }
    }

    pub(super) fn under_way(&self) -> impl Iterator<Item = FetchId> + use<> {
        self.receiving.map(|(id, _)| id).into_iter().chain(self.sending)
    }

    pub(super) fn wait(&self) -> Option<Instant> {
        self.pause_until
    }
}

impl Client {
    pub(super) fn begin_polling(&mut self, now: Instant) {
        let base = match self.options.url.strip_prefix("ws") {
            Some(rest) => format!("http{rest}"),
            None => self.options.url.clone(),
        };
        let url = format!("{}/{}", base.trim_end_matches('/'), self.ids.path());
        self.state = State::Greeting { until: now + self.options.greeting_within };
        self.way = Way::Polling(Polling {
            url,
            receiving: None,
            heard_at: now,
            pause_until: None,
            hasty: 0,
            sending: None,
            to_send: VecDeque::new(),
        });
        self.receive(now);
    }

    fn receive(&mut self, now: Instant) {
        let dead_after = self.options.dead_after;
        let Way::Polling(polling) = &mut self.way else { return };
        let within = match self.state {
            State::Open => dead_after.saturating_sub(now - polling.heard_at),
            State::Idle | State::Opening { .. } | State::Greeting { .. } | State::Over => dead_after,
        };
        if within.is_zero() {
            return self.fail(Error::Silent);
        }
        self.last_fetch += 1;
        let id = FetchId(self.last_fetch);
        polling.receiving = Some((id, now));
        polling.pause_until = None;
        let request = Request::new(Method::Post, format!("{}/xhr", polling.url), Body::Empty).within(within);
        self.outputs.push_back(Output::Fetch(id, request));
    }

    /// Sends the next message, if none is on its way.
    pub(super) fn post(&mut self) {
        let Way::Polling(polling) = &mut self.way else { return };
        if polling.sending.is_some() {
            return;
        }
        let Some(text) = polling.to_send.pop_front() else { return };
        self.last_fetch += 1;
        let id = FetchId(self.last_fetch);
        polling.sending = Some(id);
        let url = format!("{}/xhr_send", polling.url);
        self.outputs.push_back(Output::Fetch(id, Request::new(Method::Post, url, Body::Json(text))));
    }

    pub(super) fn fetched(&mut self, now: Instant, id: FetchId, answer: Result<&Response, &Fault>) {
        let Way::Polling(polling) = &mut self.way else { return };
        if polling.sending == Some(id) {
            polling.sending = None;
            match answer {
                Ok(response) if response.is_success() => self.post(),
                Ok(response) => self.refused(response),
                Err(fault) => self.broke(fault),
            }
        } else if let Some((_, asked_at)) = polling.receiving.filter(|(receiving, _)| *receiving == id) {
            polling.receiving = None;
            match answer {
                Ok(response) if response.status == 200 => self.received(now, asked_at, &response.body),
                Ok(response) => self.refused(response),
                Err(fault) => self.broke(fault),
            }
        }
    }

    fn received(&mut self, now: Instant, asked_at: Instant, body: &str) {
        let was_open = self.state == State::Open;
        let lines = body.lines().filter(|line| !line.trim().is_empty());
        let brought = lines.map(|line| self.frame(line)).max().unwrap_or(Brought::Nothing);
        let is_useful = brought == Brought::Message || (self.state == State::Open) != was_open;
        let dead_after = self.options.dead_after;
        let Way::Polling(polling) = &mut self.way else { return };
        if brought > Brought::Nothing {
            polling.heard_at = now;
        }
        if is_useful || now - asked_at >= HELD {
            polling.hasty = 0;
        } else {
            polling.hasty = polling.hasty.saturating_add(1);
        }
        if polling.hasty > HASTY {
            polling.pause_until = Some((now + PAUSE).min(polling.heard_at + dead_after));
        } else {
            self.receive(now);
        }
    }

    pub(super) fn tick_polling(&mut self, now: Instant) {
        if let Way::Polling(polling) = &self.way
            && polling.pause_until.is_some_and(|at| at <= now)
        {
            self.receive(now);
        }
    }

    fn refused(&mut self, response: &Response) {
        if self.state == State::Open && response.status == 404 {
            return self.fail(Error::SessionLost);
        }
        let &Response { status, retry_after, .. } = response;
        self.polling_failed(Error::Status { status, retry_after });
    }

    fn broke(&mut self, fault: &Fault) {
        let error = match fault.kind {
            _ if self.state != State::Open => fault.into(),
            FaultKind::TimedOut => Error::Silent,
            FaultKind::Unreachable => Error::Dropped { code: None, reason: fault.detail.clone() },
            FaultKind::Tls | FaultKind::Proxy | FaultKind::Malformed | FaultKind::Status { .. } => {
                fault.into()
            }
        };
        self.polling_failed(error);
    }

    /// Nothing is left to try. A status says more than a websocket that could not be had, and that says more than
    /// a second silence.
    pub(super) fn polling_failed(&mut self, error: Error) {
        let error = match (&error, self.no_socket.take()) {
            (Error::Status { .. }, _) | (_, None) => error,
            (_, Some(_)) if self.state == State::Open => error,
            (_, Some(no_socket)) => no_socket,
        };
        self.fail(error);
    }

    /// A held request may hang on a dead connection, which only another session can tell.
    pub(super) fn probe_polling(&mut self, now: Instant) {
        match self.state {
            State::Open => self.fail(Error::Silent),
            State::Greeting { .. } => {
                let under_way: Vec<FetchId> = match &self.way {
                    Way::Polling(polling) => polling.under_way().collect(),
                    Way::None | Way::Socket(_) => Vec::new(),
                };
                self.outputs.extend(under_way.into_iter().map(Output::Cancel));
                self.begin_polling(now);
            }
            State::Idle | State::Opening { .. } | State::Over => {}
        }
    }
}
