//! The course of a client from start to end, as time and people move it.

use std::time::Duration;

use super::{Client, Connect, Error, Event, Session, State, Transport, Transports, socket::PROBE_WITHIN};
use crate::{Instant, Output};

/// A websocket that is not open by then is no longer waited for; it may still come.
const PATIENCE: Duration = Duration::from_millis(1500);
/// The limit for saying goodbye.
const LEAVE_WITHIN: Duration = Duration::from_secs(1);

impl Client {
    pub(super) fn start(&mut self, now: Instant) {
        match self.options.transports {
            Transports::LongPolling => self.shake_hands(now),
            Transports::WebSocket | Transports::Auto => {
                let poll_at = self.may_poll().then(|| now + PATIENCE);
                self.open_socket(now);
                self.state = State::Reaching { poll_at, or_else: None };
            }
        }
    }

    pub(super) fn tick(&mut self, now: Instant) {
        self.tick_socket(now);
        match &self.state {
            State::Reaching { poll_at: Some(at), .. } | State::Pausing { until: at } if *at <= now => {
                self.shake_hands(now);
            }
            State::Handshaking { over, answer_by, .. } if *answer_by <= now => {
                let error = Error::Unanswered("the handshake");
                match over {
                    Transport::WebSocket => self.do_without_socket(now, error),
                    Transport::LongPolling => self.handshake_by_polling_failed(now, error),
                }
            }
            State::Connected(session) => match session.connect {
                Connect::Due { at } if at <= now => self.connect(now),
                Connect::Sent { answer_by, .. } if answer_by <= now => self.unanswered(now, Error::Silent),
                Connect::Unsent | Connect::Answered | Connect::Due { .. } | Connect::Sent { .. } => {
                    if self.subscribed_by.is_some_and(|by| by <= now) {
                        self.unanswered(now, Error::Unanswered("a subscription"));
                    }
                }
            },
            State::Leaving { until, .. } if *until <= now => self.end(),
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Leaving { .. }
            | State::Over => {}
        }
    }

    pub(super) fn unanswered(&mut self, now: Instant, error: Error) {
        match &self.state {
            State::Connected(Session { over: Transport::WebSocket, .. }) => {
                self.do_without_socket(now, error);
            }
            State::Connected(_)
            | State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Leaving { .. }
            | State::Over => self.fail(error),
        }
    }

    pub(super) fn probe(&mut self, now: Instant) {
        self.probe_socket(now);
        self.probe_polling(now);
        let soon = now + PROBE_WITHIN;
        match &mut self.state {
            State::Handshaking { answer_by, .. }
            | State::Connected(Session {
                connect: Connect::Sent { answer_by, .. },
                over: Transport::LongPolling,
                ..
            }) => {
                *answer_by = soon.min(*answer_by);
            }
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Connected(_)
            | State::Leaving { .. }
            | State::Over => {}
        }
    }

    pub(super) fn stop(&mut self, now: Instant) {
        if let State::Leaving { .. } = self.state {
            return;
        }
        let Some((id, over)) = self.disconnect() else {
            return self.end();
        };
        self.last_id = id;
        self.channels.forget();
        self.state = State::Leaving { id, over, until: now + LEAVE_WITHIN };
    }

    pub(super) fn end(&mut self) {
        self.let_go();
        self.outputs.push_back(Output::Ended);
    }

    pub(super) fn fail(&mut self, error: Error) {
        if !matches!(self.state, State::Over) {
            self.let_go();
            self.outputs.push_back(Output::Failed(error));
        }
    }

    pub(super) fn let_go(&mut self) {
        self.cancel_polls();
        self.close_socket();
        self.live = None;
        self.state = State::Over;
    }

    /// Tells that events do not flow, unless that is known.
    pub(super) fn interrupt(&mut self) {
        self.is_told = false;
        self.subscribed_by = None;
        if self.live.take().is_some() {
            self.tell(Event::Interrupted);
        }
    }

    pub(super) fn tell(&mut self, event: Event) {
        if !matches!(self.state, State::Over) {
            self.outputs.push_back(Output::Event(event));
        }
    }

    pub(super) fn wait(&self) -> Option<Instant> {
        let own = match &self.state {
            State::Over => return None,
            State::Idle => None,
            State::Reaching { poll_at, .. } => *poll_at,
            State::Pausing { until: at }
            | State::Handshaking { answer_by: at, .. }
            | State::Leaving { until: at, .. } => Some(*at),
            State::Connected(session) => match session.connect {
                Connect::Due { at } | Connect::Sent { answer_by: at, .. } => Some(at),
                Connect::Unsent | Connect::Answered => None,
            }
            .into_iter()
            .chain(self.subscribed_by)
            .min(),
        };
        [own, self.socket.wait()].into_iter().flatten().min()
    }
}
