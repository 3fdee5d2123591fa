//! The websocket: opening it, knowing that it lives, and what its end means.

use std::time::Duration;

use super::{Client, Error, Event, Session, State, Transport, Transports};
use crate::{Fault, FaultKind, Instant, Open, Output};

/// How long a probe waits for a sign of life.
pub(super) const PROBE_WITHIN: Duration = Duration::from_secs(3);
/// After this time a socket's end is no longer taken as a consequence of the one before.
const STEADY_AFTER: Duration = Duration::from_secs(30);
/// While long-polling does the work, a websocket is tried this often.
const RETRY_EVERY: Duration = Duration::from_secs(600);
/// A larger message is no Bayeux message of interest.
const LONGEST_TEXT: usize = 1 << 20;

#[derive(Debug)]
pub(super) struct Socket {
    phase: Phase,
    /// Not if websockets are not wanted, or have proven useless here.
    pub(super) usable: bool,
    /// Whether a session was live over one.
    pub(super) works: bool,
    /// Live sockets that were cut one soon after the other.
    cuts: u8,
}

/// ```text
///             open               Opened            heard
///   Closed ──────────► Opening ─────────► Open ◄─────────┐
///     ▲                   │            Fine │ quiet       │
///     │      OpenFailed   │                 ▼  ping       │
///     ├───────────────────┘               Doubted ────────┘
///     │               Closed, or dead        │
///     └──────────────────────────────────────┘
/// ```
#[derive(Debug)]
enum Phase {
    Closed { retry_at: Option<Instant> },
    Opening { until: Instant },
    Open { opened_at: Instant, heard_at: Instant, vital: Vital },
}

#[derive(Debug)]
enum Vital {
    /// To be looked at again then.
    Fine { look_at: Instant },
    /// Asked for a sign of life, which must come by then.
    Doubted { dead_at: Instant },
}

impl Socket {
    pub(super) fn new(usable: bool) -> Self {
        Self { phase: Phase::Closed { retry_at: None }, usable, works: false, cuts: 0 }
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Open { .. })
    }

    pub(super) fn opening_until(&self) -> Option<Instant> {
        match self.phase {
            Phase::Opening { until } => Some(until),
            Phase::Closed { .. } | Phase::Open { .. } => None,
        }
    }

    pub(super) fn wait(&self) -> Option<Instant> {
        match self.phase {
            Phase::Closed { retry_at } => retry_at,
            Phase::Opening { until } => Some(until),
            Phase::Open { vital: Vital::Fine { look_at: at } | Vital::Doubted { dead_at: at }, .. } => {
                Some(at)
            }
        }
    }

    /// Notes a sign of life; `false` if there is no socket for it to come from.
    pub(super) fn heard(&mut self, now: Instant, ping_every: Duration) -> bool {
        let Phase::Open { heard_at, vital, .. } = &mut self.phase else {
            return false;
        };
        *heard_at = now;
        if matches!(vital, Vital::Doubted { .. }) {
            *vital = Vital::Fine { look_at: now + ping_every };
        }
        true
    }

    /// Counts a live socket's end; whether the session may be resumed over another socket.
    ///
    /// Faye closes the second socket too, by 1000, when it notices late that the first is dead.
    fn may_resume(&mut self, now: Instant, opened_at: Instant, code: Option<u16>) -> bool {
        if now - opened_at >= STEADY_AFTER {
            self.cuts = 0;
        }
        self.cuts = self.cuts.saturating_add(1);
        self.cuts == 1 || (self.cuts == 2 && code == Some(1000))
    }
}

impl Client {
    pub(super) fn open_socket(&mut self, now: Instant) {
        let within = self.options.open_within;
        self.socket.phase = Phase::Opening { until: now + within };
        let url = match self.options.url.strip_prefix("http") {
            Some(rest) => format!("ws{rest}"),
            None => self.options.url.clone(),
        };
        self.outputs.push_back(Output::Open(Open::new(url, within)));
    }

    /// Lets go of the socket, if there is one.
    pub(super) fn close_socket(&mut self) {
        if !matches!(self.socket.phase, Phase::Closed { .. }) {
            self.outputs.push_back(Output::Close(1000));
        }
        self.socket.phase = Phase::Closed { retry_at: None };
    }

    pub(super) fn opened(&mut self, now: Instant) {
        if self.socket.opening_until().is_none() {
            return;
        }
        let vital = Vital::Fine { look_at: now + self.options.ping_every };
        self.socket.phase = Phase::Open { opened_at: now, heard_at: now, vital };
        match &self.state {
            State::Reaching { .. } => self.shake_hands(now),
            State::Connected(session) if session.over == Transport::WebSocket => self.connect(now),
            // Long-polling hands over with its next connect.
            State::Idle
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Connected(_)
            | State::Leaving { .. }
            | State::Over => {}
        }
    }

    pub(super) fn open_failed(&mut self, now: Instant, fault: &Fault) {
        if self.socket.opening_until().is_none() {
            return;
        }
        self.socket.phase = Phase::Closed { retry_at: Some(now + RETRY_EVERY) };
        match &mut self.state {
            State::Reaching { or_else, .. } => match or_else.take() {
                Some(error) => self.fail(error),
                None if self.options.transports == Transports::Auto => self.shake_hands(now),
                None => self.fail(fault.into()),
            },
            State::Connected(Session { over: Transport::WebSocket, .. }) => self.fail(match fault.kind {
                FaultKind::Status { .. } => fault.into(),
                FaultKind::Unreachable
                | FaultKind::TimedOut
                | FaultKind::Tls
                | FaultKind::Proxy
                | FaultKind::Malformed => Error::Dropped { code: None, reason: fault.detail.clone() },
            }),
            State::Idle
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Connected(_)
            | State::Leaving { .. }
            | State::Over => {}
        }
    }

    pub(super) fn closed(&mut self, now: Instant, code: Option<u16>, reason: &str) {
        let opened_at = match self.socket.phase {
            Phase::Open { opened_at, .. } => opened_at,
            Phase::Opening { .. } => {
                let detail = format!("closed while it was opened: {reason}");
                return self.open_failed(now, &Fault { kind: FaultKind::Unreachable, detail });
            }
            Phase::Closed { .. } => return,
        };
        self.socket.phase = Phase::Closed { retry_at: None };
        let dropped = Error::Dropped { code, reason: reason.to_owned() };
        match &mut self.state {
            State::Connected(session) if session.over == Transport::WebSocket && self.socket.works => {
                session.cut();
                if self.socket.may_resume(now, opened_at, code) {
                    self.channels.forget_answers();
                    self.interrupt();
                    self.open_socket(now);
                } else {
                    self.fail(dropped);
                }
            }
            State::Connected(Session { over: Transport::WebSocket, .. })
            | State::Handshaking { over: Transport::WebSocket, .. } => self.do_without_socket(now, dropped),
            State::Leaving { over: Transport::WebSocket, .. } => self.end(),
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Connected(_)
            | State::Leaving { .. }
            | State::Over => self.socket.phase = Phase::Closed { retry_at: Some(now + RETRY_EVERY) },
        }
    }

    /// A socket that cannot be relied on: long-polling with a new session if a session was never live over one,
    /// else the end.
    pub(super) fn do_without_socket(&mut self, now: Instant, error: Error) {
        if self.socket.works || self.options.transports != Transports::Auto {
            return self.fail(error);
        }
        self.socket.usable = false;
        self.close_socket();
        self.start_over(now);
    }

    pub(super) fn text(&mut self, now: Instant, text: &str) {
        if !self.socket.heard(now, self.options.ping_every) {
            return;
        }
        if text.len() > LONGEST_TEXT {
            self.tell(Event::Skipped("a message over 1 MiB"));
        } else {
            self.messages(now, text);
        }
    }

    /// Asks for a sign of life at once.
    pub(super) fn probe_socket(&mut self, now: Instant) {
        match &mut self.socket.phase {
            Phase::Closed { .. } => {}
            Phase::Opening { until } => *until = (*until).min(now + PROBE_WITHIN),
            Phase::Open { vital, .. } => {
                let by = now + PROBE_WITHIN;
                let dead_at = match vital {
                    Vital::Fine { .. } => by,
                    Vital::Doubted { dead_at } => by.min(*dead_at),
                };
                *vital = Vital::Doubted { dead_at };
                self.outputs.push_back(Output::Ping);
            }
        }
    }

    pub(super) fn tick_socket(&mut self, now: Instant) {
        let ping_every = self.options.ping_every;
        match &mut self.socket.phase {
            Phase::Closed { retry_at: Some(at) } if *at <= now => self.open_socket(now),
            Phase::Opening { until } if *until <= now => {
                self.outputs.push_back(Output::Close(1000));
                let detail = "the websocket did not open in time".to_owned();
                self.open_failed(now, &Fault { kind: FaultKind::TimedOut, detail });
            }
            Phase::Open { heard_at, vital, .. } => match vital {
                Vital::Fine { look_at } if *look_at > now => {}
                Vital::Fine { look_at } if *heard_at + ping_every > now => *look_at = *heard_at + ping_every,
                Vital::Fine { .. } => {
                    *vital = Vital::Doubted { dead_at: now + self.options.dead_after };
                    self.outputs.push_back(Output::Ping);
                }
                Vital::Doubted { dead_at } if *dead_at <= now => self.socket_died(now),
                Vital::Doubted { .. } => {}
            },
            Phase::Closed { .. } | Phase::Opening { .. } => {}
        }
    }

    fn socket_died(&mut self, now: Instant) {
        match &self.state {
            State::Connected(Session { over: Transport::WebSocket, .. })
            | State::Handshaking { over: Transport::WebSocket, .. } => {
                self.do_without_socket(now, Error::Silent);
            }
            State::Leaving { over: Transport::WebSocket, .. } => self.end(),
            State::Idle
            | State::Reaching { .. }
            | State::Pausing { .. }
            | State::Handshaking { .. }
            | State::Connected(_)
            | State::Leaving { .. }
            | State::Over => {
                self.close_socket();
                self.socket.phase = Phase::Closed { retry_at: Some(now + RETRY_EVERY) };
            }
        }
    }
}
