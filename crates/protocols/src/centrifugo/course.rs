//! The course of a client from start to end, as time, the network and people move it.

use std::{sync::Arc, time::Duration};

use super::{
    Client, Error, Event, Link, Remedy, ServerError, State, TokenFor, Vital,
    channels::Refresh,
    commands::Ask,
    error::{INVALID_TOKEN, STATE_INVALIDATED, remedy},
};
use crate::{Fault, FaultKind, Instant, Open, Output};

/// How long a probe waits for a sign of life.
const PROBE_WITHIN: Duration = Duration::from_secs(3);
/// After this time a connection's end is no longer taken as a consequence of the one before.
const STEADY_AFTER: Duration = Duration::from_secs(30);
/// A timer that comes later than this was slept through, and the answers may lie there unread.
const LATE: Duration = Duration::from_secs(1);

impl<P> Client<P> {
    pub(super) fn start(&mut self, now: Instant) {
        match (&self.state, &self.token) {
            (State::Idle, Some(_)) => self.open(now),
            (State::Idle, None) => self.want_token(),
            _ => {}
        }
    }

    pub(super) fn open(&mut self, now: Instant) {
        let within = self.options.answer_within;
        self.state = State::Opening { until: now + within };
        self.outputs.push_back(Output::Open(Open::new(&self.options.url, within)));
    }

    pub(super) fn opened(&mut self, now: Instant) {
        if matches!(self.state, State::Opening { .. }) {
            self.state = State::Connecting;
            self.send_connect(now);
        }
    }

    pub(super) fn open_failed(&mut self, fault: &Fault) {
        if !matches!(self.state, State::Opening { .. }) {
            return;
        }
        let error = match fault.kind {
            // What was live a moment ago was cut; that it is not back yet is no news of its own.
            FaultKind::Unreachable | FaultKind::TimedOut if self.reopened_at.is_some() => {
                Error::Closed { code: None, reason: fault.detail.clone(), remedy: Remedy::Retry }
            }
            FaultKind::Unreachable
            | FaultKind::TimedOut
            | FaultKind::Tls
            | FaultKind::Proxy
            | FaultKind::Malformed
            | FaultKind::Status { .. } => fault.into(),
        };
        self.over(error);
    }

    /// The peer's end of the connection, by its close code.
    pub(super) fn closed(&mut self, now: Instant, code: Option<u16>, reason: &str) {
        match self.state {
            State::Opening { .. } => {
                let detail = format!("closed while it was opened: {reason}");
                return self.open_failed(&Fault { kind: FaultKind::Unreachable, detail });
            }
            State::Connecting | State::Connected(_) => {}
            State::Idle | State::Tokenless { .. } | State::Over => return,
        }
        if code == Some(INVALID_TOKEN) && self.spoilt_by_channel(now) {
            return;
        }
        let remedy = remedy(code, reason);
        let error = Error::Closed { code, reason: reason.to_owned(), remedy };
        match remedy {
            Remedy::Nothing => return self.over(error),
            Remedy::NewToken => self.token = None,
            Remedy::Retry => {}
        }
        if code == Some(STATE_INVALIDATED) {
            self.channels.invalidate();
        }
        self.cut(now, error);
    }

    /// The connection is gone: opened again at once if it was live and none was cut a moment before.
    fn cut(&mut self, now: Instant, error: Error) {
        let was_live = matches!(self.state, State::Connected(Link { told: true, .. }));
        if !was_live || self.reopened_at.is_some_and(|at| now - at < STEADY_AFTER) {
            return self.over(error);
        }
        self.reopened_at = Some(now);
        self.open_again(now);
    }

    /// Lets go of the connection on our side, which is then as cut.
    pub(super) fn drop_and_cut(&mut self, now: Instant, error: Error) {
        self.close_socket();
        self.cut(now, error);
    }

    /// Opens another socket, which the present one must not outlive.
    pub(super) fn open_again(&mut self, now: Instant) {
        if matches!(self.state, State::Connected(Link { told: true, .. })) {
            self.tell(Event::Interrupted);
        }
        self.pending.clear();
        self.unsent.clear();
        self.channels.cut();
        if self.token.is_some() {
            self.open(now);
        } else {
            self.want_token();
        }
    }

    /// One bad token of a channel costs the server's whole connection: finds out which it was, and does without.
    fn spoilt_by_channel(&mut self, now: Instant) -> bool {
        let judged = self.pending.judged();
        let ours = self.pending.awaits_connection();
        match judged.as_slice() {
            [] => return false,
            [one] if !ours => {
                let error = ServerError::own(INVALID_TOKEN.into(), "invalid token");
                self.refuse(Arc::clone(one), error);
            }
            _ if self.careful => return false,
            _ => {}
        }
        self.careful = true;
        self.open_again(now);
        true
    }

    fn close_socket(&mut self) {
        if matches!(self.state, State::Opening { .. } | State::Connecting | State::Connected(_)) {
            self.outputs.push_back(Output::Close(1000));
        }
    }

    // --- time ---

    pub(super) fn tick(&mut self, now: Instant) {
        match &self.state {
            State::Tokenless { ask_at: Some(at) } if *at <= now => self.want_token(),
            State::Opening { until } if *until <= now => {
                self.outputs.push_back(Output::Close(1000));
                let detail = "the websocket did not open in time".to_owned();
                self.open_failed(&Fault { kind: FaultKind::TimedOut, detail });
            }
            State::Connecting | State::Connected(_) => self.tick_connection(now),
            State::Idle | State::Tokenless { .. } | State::Opening { .. } | State::Over => {}
        }
    }

    fn tick_connection(&mut self, now: Instant) {
        if self.vital_at().is_some_and(|at| now - at > LATE) {
            return self.doubt(now);
        }
        while let Some((id, ask)) = self.pending.expired(now) {
            self.unanswered(now, id, ask);
        }
        let State::Connected(link) = &mut self.state else { return };
        match link.vital {
            Vital::Fine { until } if until <= now && !link.pinged => self.doubt(now),
            Vital::Fine { until } | Vital::Doubted { until } if until <= now => {
                self.drop_and_cut(now, Error::Silent);
            }
            Vital::Fine { .. } | Vital::Doubted { .. } => {
                if link.refresh.is_due(now) {
                    link.refresh = Refresh::Awaited;
                    self.tell(Event::TokenWanted(TokenFor::Connection));
                }
            }
        }
    }

    fn unanswered(&mut self, now: Instant, id: u64, ask: Ask) {
        match ask {
            Ask::Connect => self.drop_and_cut(now, Error::Unanswered("the connect")),
            Ask::Subscribe { channel, .. } => {
                if self.channels.asked(&channel, id).is_some() {
                    self.drop_and_cut(now, Error::Unanswered("a subscription"));
                }
            }
            Ask::Unsubscribe(_) => self.drop_and_cut(now, Error::Unanswered("the end of a subscription")),
            Ask::Presence(channel) => {
                self.tell(Event::Present { channel, members: Err(ServerError::timeout()) });
            }
            Ask::History(channel) => {
                self.tell(Event::Past { channel, contents: Err(ServerError::timeout()) });
            }
            Ask::Refresh => self.connection_refresh_again(now),
            Ask::SubRefresh(channel) => self.refresh_again(now, &channel),
        }
    }

    pub(super) fn connection_refresh_again(&mut self, now: Instant) {
        if let State::Connected(link) = &mut self.state {
            link.refresh = Refresh::Awaited;
            self.no_connection_token(now);
        }
    }

    /// Notes a sign of life; `false` if there is no connection for it to come from.
    pub(super) fn heard(&mut self, now: Instant) -> bool {
        match &mut self.state {
            State::Connected(link) => {
                link.vital = Vital::Fine { until: now + link.quiet_for };
                true
            }
            State::Connecting => true,
            State::Idle | State::Tokenless { .. } | State::Opening { .. } | State::Over => false,
        }
    }

    pub(super) fn probe(&mut self, now: Instant) {
        match &mut self.state {
            State::Opening { until } => *until = (*until).min(now + PROBE_WITHIN),
            State::Connected(_) => self.doubt(now),
            State::Idle | State::Tokenless { .. } | State::Connecting | State::Over => {}
        }
    }

    /// Asks for a sign of life, which must come soon; till then nothing counts as unanswered.
    fn doubt(&mut self, now: Instant) {
        let soon = now + PROBE_WITHIN;
        self.pending.allow(soon);
        if let State::Connected(link) = &mut self.state {
            link.vital = match link.vital {
                Vital::Doubted { until } if until > now => Vital::Doubted { until: until.min(soon) },
                Vital::Fine { .. } | Vital::Doubted { .. } => Vital::Doubted { until: soon },
            };
        }
        self.outputs.push_back(Output::Ping);
    }

    /// When the connection's life is next in question.
    fn vital_at(&self) -> Option<Instant> {
        let vital = match &self.state {
            State::Connected(Link { vital: Vital::Fine { until } | Vital::Doubted { until }, .. }) => {
                Some(*until)
            }
            State::Idle
            | State::Tokenless { .. }
            | State::Opening { .. }
            | State::Connecting
            | State::Over => None,
        };
        vital.into_iter().chain(self.pending.first().map(|awaited| awaited.by)).min()
    }

    pub(super) fn wait(&self) -> Option<Instant> {
        match &self.state {
            State::Idle | State::Over => None,
            State::Tokenless { ask_at } => *ask_at,
            State::Opening { until } => Some(*until),
            State::Connecting => self.vital_at(),
            State::Connected(link) => {
                [self.vital_at(), link.refresh.at(), self.channels.wait()].into_iter().flatten().min()
            }
        }
    }

    // --- telling, and the end ---

    /// Tells that all is live, once it is.
    pub(super) fn settle(&mut self) {
        if let State::Connected(link) = &mut self.state
            && !link.told
            && self.channels.are_settled()
        {
            link.told = true;
            self.tell(Event::Live);
        }
    }

    pub(super) fn tell(&mut self, event: Event<P>) {
        if !matches!(self.state, State::Over) {
            self.outputs.push_back(Output::Event(event));
        }
    }

    pub(super) fn stop(&mut self) {
        if !matches!(self.state, State::Over) {
            self.close_socket();
            self.let_go();
            self.outputs.push_back(Output::Ended);
        }
    }

    /// The end, after which the socket is gone.
    pub(super) fn fail(&mut self, error: Error) {
        self.close_socket();
        self.over(error);
    }

    /// The end, once the socket is gone.
    fn over(&mut self, error: Error) {
        if !matches!(self.state, State::Over) {
            self.let_go();
            self.outputs.push_back(Output::Failed(error));
        }
    }

    fn let_go(&mut self) {
        self.pending.clear();
        self.unsent.clear();
        self.state = State::Over;
    }
}
