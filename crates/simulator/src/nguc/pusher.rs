//! The event pusher on top of SockJS: whoever has authenticated gets every event.
//!
//! Codes and reasons of closing are invented; that there is a `c` frame with a code is the vendor's word.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::sockjs::SessionId;
use super::sockjs::frame::{self, Message};
use super::tokens::Tokens;

/// How a `c` frame is written; the vendor shows `c[]` and says that there may be a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// `c[4001,"Invalid access token"]`.
    CodeAndReason,
    /// `c[4001]`.
    Code,
    /// `c[]`.
    Empty,
}

/// What becomes of a connection whose access token is good no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expired {
    /// It is closed as for a bad token.
    Closed,
    /// It goes on.
    Kept,
}

/// Why a connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    TooLate,
    BadToken,
    NotAuthenticate,
}

impl Refusal {
    fn code(self) -> u16 {
        match self {
            Refusal::TooLate => 4000,
            Refusal::BadToken => 4001,
            Refusal::NotAuthenticate => 4002,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Refusal::TooLate => "Authentication timeout",
            Refusal::BadToken => "Invalid access token",
            Refusal::NotAuthenticate => "Expected authenticate",
        }
    }
}

#[derive(Debug)]
enum Listener {
    /// Has to authenticate by then.
    New(Instant),
    /// Came with this token last.
    Authenticated(String),
}

#[derive(Debug)]
pub(super) struct Pusher {
    within: Duration,
    closing: Closing,
    expired: Expired,
    listeners: BTreeMap<SessionId, Listener>,
    pub(super) authenticated: u64,
    pub(super) refused: u64,
}

impl Pusher {
    pub(super) fn new(within: Duration, closing: Closing, expired: Expired) -> Pusher {
        Pusher { within, closing, expired, listeners: BTreeMap::new(), authenticated: 0, refused: 0 }
    }

    pub(super) fn opened(&mut self, now: Instant, id: SessionId) {
        self.listeners.insert(id, Listener::New(now + self.within));
    }

    pub(super) fn gone(&mut self, id: SessionId) {
        self.listeners.remove(&id);
    }

    /// Takes what a client said, which can only be its token.
    pub(super) fn said(
        &mut self,
        now: Instant,
        id: SessionId,
        message: &Message,
        tokens: &Tokens,
    ) -> Result<(), Refusal> {
        let Some(listener) = self.listeners.get_mut(&id) else { return Ok(()) };
        let verdict = match token_in(message) {
            None => Err(Refusal::NotAuthenticate),
            Some(token) if tokens.takes(now, &token) => {
                *listener = Listener::Authenticated(token);
                Ok(())
            }
            Some(_) => Err(Refusal::BadToken),
        };
        match verdict {
            Ok(()) => self.authenticated += 1,
            Err(_) => self.refused += 1,
        }
        verdict
    }

    /// Who has to go by now.
    pub(super) fn overdue(&self, now: Instant, tokens: &Tokens) -> Vec<(SessionId, Refusal)> {
        let overdue = self.listeners.iter().filter_map(|(id, listener)| match listener {
            Listener::New(by) => (*by <= now).then_some((*id, Refusal::TooLate)),
            Listener::Authenticated(token) => {
                let ends = self.expired == Expired::Closed && !tokens.takes(now, token);
                ends.then_some((*id, Refusal::BadToken))
            }
        });
        overdue.collect()
    }

    /// When somebody has to go by itself.
    pub(super) fn next_wake(&self, tokens: &Tokens) -> Option<Instant> {
        let at = |listener: &Listener| match listener {
            Listener::New(by) => Some(*by),
            Listener::Authenticated(token) => {
                tokens.end_of(token).filter(|_| self.expired == Expired::Closed)
            }
        };
        self.listeners.values().filter_map(at).min()
    }

    /// The `c` frame for a refusal, and what a raw websocket closes with.
    pub(super) fn farewell(&self, refusal: Refusal) -> (String, u16, &'static str) {
        let (code, reason) = (refusal.code(), refusal.reason());
        let frame = match self.closing {
            Closing::CodeAndReason => frame::of_close(code, reason),
            Closing::Code => format!("c[{code}]"),
            Closing::Empty => "c[]".to_owned(),
        };
        (frame, code, reason)
    }

    /// Who gets events.
    pub(super) fn listeners(&self) -> Vec<SessionId> {
        let those =
            self.listeners.iter().filter(|(_, listener)| matches!(listener, Listener::Authenticated(_)));
        those.map(|(id, _)| *id).collect()
    }
}

/// The token of `["authenticate",{"authorization":"Bearer …"}]`.
fn token_in(message: &Message) -> Option<String> {
    let (name, data): (String, Value) = serde_json::from_str(&message.text()?).ok()?;
    let authorization = data.get("authorization").and_then(Value::as_str).unwrap_or_default();
    (name == "authenticate").then(|| authorization.strip_prefix("Bearer ").unwrap_or_default().to_owned())
}
