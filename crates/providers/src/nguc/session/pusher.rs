//! The event pusher: showing it the token, knowing that it took it, and what its end means.

use std::time::Duration;

use protocols::{Input, Machine as _, Output, sockjs};
use secrecy::ExposeSecret as _;

use super::{Nguc, Phase};
use crate::{Failure, FailureKind, Report};

/// Nothing says that the token was taken: after so much silence it is supposed that it was.
const SETTLES: Duration = Duration::from_millis(500);
/// A session that is closed so soon after it was shown the token may have been closed for it.
const PROVING: Duration = Duration::from_secs(10);
/// A server with heartbeats every 25 s misses one before it is taken for dead, and two pings.
const PING_EVERY: Duration = Duration::from_secs(12);
const DEAD_AFTER: Duration = Duration::from_secs(32);

/// What the lists of a customer's own event map hold is not known.
const MISSED: &str = "Calls that came and ended meanwhile may be missing: NGUC is not known to list them.";

impl Nguc {
    pub(super) fn begin_events(&mut self) {
        self.phase = Phase::Connecting;
        let options = sockjs::Options {
            ping_every: PING_EVERY,
            dead_after: DEAD_AFTER,
            ..sockjs::Options::new(&self.config.event_url, self.random.u64(..))
        };
        let mut client = sockjs::Client::new(options);
        client.handle(self.now, Input::Start);
        self.client = Some(client);
        self.drain();
    }

    /// Shows the server the token, if it listens.
    pub(super) fn authenticate(&mut self) {
        if let (Some(client), Some(token)) = (&mut self.client, &self.credentials.access) {
            let bearer = format!("Bearer {}", token.expose_secret());
            let message = serde_json::json!(["authenticate", {"authorization": bearer}]);
            client.send(&message.to_string());
        }
    }

    /// Hands an input to the SockJS client, if there is one.
    pub(super) fn pass(&mut self, input: Input<'_>) {
        if let Some(client) = &mut self.client {
            client.handle(self.now, input);
        }
    }

    /// Takes all that the SockJS client has to say.
    pub(super) fn drain(&mut self) {
        while let Some(client) = &mut self.client {
            match client.poll() {
                Output::Wait(at) => {
                    self.client_wait = at;
                    return;
                }
                Output::Event(event) => self.sockjs_event(event),
                Output::Failed(error) => {
                    self.client = None;
                    self.client_wait = None;
                    self.events_ended(&error);
                }
                Output::Ended => {
                    self.client = None;
                    self.end(Output::Ended);
                }
                Output::Open(open) => self.out.push_back(Output::Open(open)),
                Output::Send(text) => self.out.push_back(Output::Send(text)),
                Output::Ping => self.out.push_back(Output::Ping),
                Output::Close(code) => self.out.push_back(Output::Close(code)),
                Output::Fetch(id, request) => self.out.push_back(Output::Fetch(id, request)),
                Output::Cancel(id) => self.out.push_back(Output::Cancel(id)),
            }
        }
    }

    fn sockjs_event(&mut self, event: sockjs::Event) {
        if self.phase == Phase::Leaving {
            return;
        }
        match event {
            sockjs::Event::Message(text) => {
                self.proven();
                self.live();
                self.message(&text);
            }
            sockjs::Event::Heartbeat => {
                self.proven();
                self.live();
                self.tell(model::Event::Heard);
            }
            sockjs::Event::Heard => self.tell(model::Event::Heard),
            sockjs::Event::Skipped(what) => self.tell_unknown(what),
            sockjs::Event::Opened { transport } => {
                self.transport = transport.name();
                self.settles_at = Some(self.now + SETTLES);
                self.proving_until = Some(self.now + PROVING);
                self.authenticate();
            }
        }
    }

    /// The server took the token: it sends what only those get who have shown one, or has not said no.
    pub(super) fn proven(&mut self) {
        if self.proving_until.take().is_some() {
            self.tokens.proven();
        }
    }

    /// Events flow, as far as can be told.
    pub(super) fn live(&mut self) {
        if self.settles_at.take().is_none() || self.phase != Phase::Connecting {
            return;
        }
        self.phase = Phase::Live;
        self.report(Report::Live { transport: self.transport });
        self.report(Report::Missed(MISSED.to_owned()));
        let left_open = std::mem::take(&mut self.left_open);
        self.calls.take_over(self.now, left_open);
        self.begin_resync();
    }

    /// It was supposed too soon that the token was taken.
    fn not_live_after_all(&mut self) {
        if self.phase == Phase::Live {
            self.stop_resync();
            self.report(Report::Interrupted);
        }
    }

    fn events_ended(&mut self, error: &sockjs::Error) {
        if self.phase == Phase::Leaving {
            return self.end(Output::Ended);
        }
        self.settles_at = None;
        let was_proving = self.proving_until.take().is_some();
        let refused_with = match error {
            sockjs::Error::Closed { code, reason } if was_proving && !may_pass(*code, reason) => code,
            sockjs::Error::Closed { .. }
            | sockjs::Error::Unreachable(_)
            | sockjs::Error::Dropped { .. }
            | sockjs::Error::SessionLost
            | sockjs::Error::Silent
            | sockjs::Error::Unanswered(_)
            | sockjs::Error::Status { .. } => return self.fail_when_granted(failure_of(error)),
        };
        if !self.tokens.is_fresh() {
            self.not_live_after_all();
            return self.renew_or_fail(FailureKind::RefusedToken);
        }
        let failure = Failure::new(FailureKind::RefusedToken, format!("closed with {refused_with:?}"));
        self.fail(failure.saying(
            "NGUC gave a token but does not accept it for events; sign in again, or ask your administrator for access to events.",
        ));
    }
}

/// Whether a close before anything was heard is about the server rather than about the token.
///
/// NGUC's codes are not known, so only those count that the websocket and SockJS have of their own.
fn may_pass(code: Option<u16>, reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    let names_access = ["auth", "token", "credential", "denied", "forbidden"];
    let is_about_server = match code {
        Some(1001 | 1006 | 1011..=1014 | 2010) => true,
        Some(3000) => reason.contains("go away") || reason.contains("heartbeat"),
        Some(_) | None => false,
    };
    // It was shown the token at once: if that came too late, something on the way was slow.
    let came_late = ["timeout", "timed out", "too late"].iter().any(|words| reason.contains(words));
    came_late || is_about_server && !names_access.iter().any(|word| reason.contains(word))
}

/// The failure that `error` is; the server's own words are left out.
fn failure_of(error: &sockjs::Error) -> Failure {
    let (kind, detail) = match error {
        sockjs::Error::Unreachable(fault) => return Failure::from(fault),
        // The event pusher is shown no token before its socket is open, so this is about the address or the way.
        sockjs::Error::Status { status: status @ (401 | 403), .. } => {
            (FailureKind::Protocol, format!("HTTP {status}"))
        }
        sockjs::Error::Status { status, retry_after } => return Failure::from_status(*status, *retry_after),
        sockjs::Error::Dropped { code, .. } => (FailureKind::Dropped, format!("closed with {code:?}")),
        sockjs::Error::Closed { code, .. } => (FailureKind::Dropped, format!("session closed with {code:?}")),
        sockjs::Error::SessionLost => (FailureKind::Dropped, "the server lost the session".to_owned()),
        sockjs::Error::Silent => (FailureKind::Silent, "no frame in time".to_owned()),
        sockjs::Error::Unanswered(what) => (FailureKind::Unreachable, format!("no answer to {what}")),
    };
    Failure::new(kind, detail)
}
