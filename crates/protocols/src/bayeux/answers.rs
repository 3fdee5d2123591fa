//! What the server answers, and what follows from it.

use std::{borrow::Cow, time::Duration};

use serde_json::value::RawValue;

use super::{
    Client, Connect, Error, Event, ServerError, Session, State, Transport,
    advice::Reconnect,
    wire::{Message, Messages},
};
use crate::Instant;

/// A second handshake within this time is for the caller's backoff.
const REHANDSHAKE_EVERY: Duration = Duration::from_secs(60);
/// The least pause after a refused connect, and between connects that are answered without having been held.
const LEAST_PAUSE: Duration = Duration::from_secs(1);
/// A held connect that is answered sooner, without an event, was not held.
const HELD_AT_LEAST: Duration = Duration::from_millis(100);
/// This many connects may be answered without having been held.
const HASTY_CONNECTS: u8 = 5;
/// Faye's client ids have 31 characters.
const LONGEST_CLIENT_ID: usize = 256;

impl Client {
    /// Takes a frame or an HTTP body.
    pub(super) fn messages(&mut self, now: Instant, text: &str) {
        let mut skipped = None;
        for message in Messages::of(text) {
            match message {
                Ok(message) => match (message.successful, message.data) {
                    (Some(successful), _) => self.answered(now, successful, &message),
                    (None, Some(data)) if is_event_channel(&message.channel) => {
                        if let State::Connected(session) = &mut self.state {
                            session.hasty = 0;
                            let channel = self.channels.name(&message.channel);
                            self.tell(Event::Message { channel, data: data.to_owned() });
                        }
                    }
                    (None, _) => skipped = Some("neither an event nor an answer"),
                },
                Err(why) => skipped = Some(why),
            }
        }
        if let Some(why) = skipped {
            self.tell(Event::Skipped(why));
        }
        self.connect_again(now);
    }

    fn answered(&mut self, now: Instant, successful: bool, message: &Message<'_>) {
        let Some(id) = message.id() else {
            return;
        };
        match &self.state {
            State::Handshaking { id: awaited, .. } if *awaited == id => {
                self.handshake_answered(now, successful, message);
            }
            State::Connected(session) if session.connect.id() == Some(id) => {
                self.connect_answered(now, successful, message);
            }
            State::Connected(_) => self.subscribe_answered(now, id, successful, message),
            State::Leaving { id: awaited, .. } if *awaited == id => self.end(),
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Leaving { .. }
            | State::Over => {}
        }
    }

    fn handshake_answered(&mut self, now: Instant, successful: bool, message: &Message<'_>) {
        // Advice from before must not outlive it, else an answer without advice would ask for another handshake.
        self.advice.reconnect = Reconnect::Retry;
        self.merge_advice(message);
        if !successful {
            let error = self.server_error(message);
            return self.fail(match self.advice.reconnect {
                Reconnect::Never => Error::Unwanted(Some(error)),
                Reconnect::Retry | Reconnect::Handshake => Error::RefusedAtHandshake(error),
            });
        }
        if self.advice.reconnect == Reconnect::Never {
            return self.fail(Error::Unwanted(None));
        }
        let is_id = |raw: &&RawValue| {
            raw.get().len() <= LONGEST_CLIENT_ID && serde_json::from_str::<Cow<'_, str>>(raw.get()).is_ok()
        };
        let Some(client_id) = message.client_id.filter(is_id) else {
            return self.fail(Error::Protocol("a handshake without a client id"));
        };
        if !message.offers(Transport::WebSocket) {
            self.socket.usable = false;
            self.close_socket();
        }
        let over = if self.socket.is_open() {
            Transport::WebSocket
        } else if self.may_poll() && message.offers(Transport::LongPolling) {
            Transport::LongPolling
        } else {
            return self.fail(Error::Protocol("no transport in common"));
        };
        self.state = State::Connected(Session {
            client_id: client_id.to_owned(),
            over,
            connect: Connect::Unsent,
            proven: false,
            fresh: true,
            retried: false,
            refused: false,
            hasty: 0,
        });
        self.connect(now);
    }

    fn connect_answered(&mut self, now: Instant, successful: bool, message: &Message<'_>) {
        self.merge_advice(message);
        if !successful {
            let error = self.server_error(message);
            return self.connect_refused(now, error);
        }
        match self.advice.reconnect {
            Reconnect::Never => return self.fail(Error::Unwanted(None)),
            Reconnect::Handshake => return self.shake_hands_again(now, None),
            Reconnect::Retry => {}
        }
        if let State::Connected(session) = &mut self.state {
            if let Connect::Sent { sent_at, .. } = session.connect
                && session.proven
                && now - sent_at < HELD_AT_LEAST
            {
                session.hasty = session.hasty.saturating_add(1);
            } else {
                session.hasty = 0;
            }
            session.connect = Connect::Answered;
            session.proven = true;
            session.retried = false;
            session.refused = false;
        }
        self.tell(Event::Heard);
        self.settle();
    }

    fn connect_refused(&mut self, now: Instant, error: ServerError) {
        let pause = self.advice.interval.max(LEAST_PAUSE);
        match (self.advice.reconnect, &mut self.state) {
            (Reconnect::Never, _) => self.fail(Error::Unwanted(Some(error))),
            _ if error.refuses_access() => self.fail(Error::RefusedAtConnect(error)),
            (Reconnect::Retry, State::Connected(session))
                if !session.refused && !error.is_unknown_client() =>
            {
                session.refused = true;
                session.connect = Connect::Due { at: now + pause };
            }
            (Reconnect::Retry, _) if !error.is_unknown_client() => self.fail(Error::RefusedAtConnect(error)),
            (Reconnect::Retry | Reconnect::Handshake, _) => self.shake_hands_again(now, Some(error)),
        }
    }

    fn subscribe_answered(&mut self, now: Instant, id: u64, successful: bool, message: &Message<'_>) {
        let Some(channel) = self.channels.answered(id, successful) else {
            return;
        };
        if !successful {
            let error = self.server_error(message);
            if error.is_unknown_client() {
                return self.shake_hands_again(now, Some(error));
            }
            self.tell(Event::Refused { channel: channel.as_ref().to_owned(), error });
        }
        if !self.channels.awaits_any() {
            self.subscribed_by = None;
        }
        self.settle();
    }

    /// The server has no such session, or wants another: once by ourselves, then by the caller.
    fn shake_hands_again(&mut self, now: Instant, error: Option<ServerError>) {
        if self.shook_again_at.is_some_and(|at| now - at < REHANDSHAKE_EVERY) {
            return self.fail(match error {
                Some(error) => Error::RefusedAtConnect(error),
                None => Error::Protocol("one new session after the other is asked for"),
            });
        }
        self.shook_again_at = Some(now);
        self.start_over(now);
    }

    /// After an answered connect comes the next one.
    fn connect_again(&mut self, now: Instant) {
        let State::Connected(session) = &mut self.state else {
            return;
        };
        let Connect::Answered = session.connect else {
            return;
        };
        let pause = match session.hasty {
            HASTY_CONNECTS.. => self.advice.interval.max(LEAST_PAUSE),
            _ => self.advice.interval,
        };
        if pause.is_zero() {
            self.connect(now);
        } else {
            session.connect = Connect::Due { at: now + pause };
        }
    }

    /// Tells that all is live, once it is.
    fn settle(&mut self) {
        if self.is_told || !self.channels.are_settled() {
            return;
        }
        if let State::Connected(session) = &mut self.state
            && session.proven
        {
            let transport = session.over;
            let fresh = std::mem::take(&mut session.fresh);
            self.socket.works |= transport == Transport::WebSocket;
            self.is_told = true;
            self.live = Some(transport);
            self.tell(Event::Live { transport, fresh });
        }
    }

    fn merge_advice(&mut self, message: &Message<'_>) {
        if let Some(advice) = message.advice {
            self.advice.merge(advice);
        }
    }

    fn server_error(&self, message: &Message<'_>) -> ServerError {
        ServerError::of(message.error, self.advice.retry_after())
    }
}

fn is_event_channel(channel: &str) -> bool {
    channel.starts_with('/') && !channel.starts_with("/meta/")
}
