//! The course of a client from start to end.

use std::time::Duration;

use super::{ChangeId, Client, Error, Event, Refusal, State, send::Ask, servers::Redirect};
use crate::{Fault, FetchId, Instant, Open, Output, Request, Response};

/// The SDK's allowance on top of the server's own interval.
const SILENCE_ALLOWED: Duration = Duration::from_secs(15);
/// As the SDK waits when it is sent elsewhere without an address.
const PAUSE: Duration = Duration::from_secs(2);
const PROBE_WITHIN: Duration = Duration::from_secs(5);
/// The server's own interval is too long to wait for: after this time without a word it is pinged …
const QUIET: Duration = Duration::from_secs(20);
/// … and dead if it says nothing for this long after.
const ANSWERED_WITHIN: Duration = Duration::from_secs(12);
const HEARD_EVERY: Duration = Duration::from_secs(10);
/// More changes than this do not wait for their answers at once.
const CHANGES: usize = 16;

impl Client {
    pub(super) fn start(&mut self) {
        match &self.options.address_url {
            Some(url) => {
                self.last_fetch += 1;
                let id = FetchId(self.last_fetch);
                let query = format!("access_token={}", encoded(self.token.expose()));
                let request =
                    Request::get(url.as_str()).with_secret_query(query).within(self.options.answer_within);
                self.state = State::LookingUp { id };
                self.outputs.push_back(Output::Fetch(id, request));
            }
            None => self.open(),
        }
    }

    pub(super) fn fetched(&mut self, id: FetchId, answer: Result<&Response, &Fault>) {
        if self.state != (State::LookingUp { id }) {
            return;
        }
        self.state = State::Idle;
        match super::lookup::parse(self.options.address_url.as_deref().unwrap_or_default(), answer) {
            Ok(found) => {
                self.servers.found(found);
                self.open();
            }
            Err(Error::Refused(refusal)) => self.refused(refusal),
            // The SDK's own servers may be there although the list is not.
            Err(_) if !self.servers.is_empty() => {
                self.tell(Event::Skipped("list of servers that could not be had".into()));
                self.open();
            }
            Err(error) => self.fail(error),
        }
    }

    /// Opens the present server.
    pub(super) fn open(&mut self) {
        let Some(url) = self.servers.present() else {
            return self.fail(Error::Protocol("there is no server to connect to"));
        };
        let open = Open::new(url, self.options.open_within);
        self.has_socket = true;
        self.state = State::Opening;
        self.outputs.push_back(Output::Open(open));
    }

    pub(super) fn opened(&mut self, now: Instant) {
        if self.state != State::Opening {
            return;
        }
        self.state = State::SigningIn { answer_by: now + self.options.answer_within };
        self.last_request += 1;
        let ask = Ask::sign_in(&self.token, &self.options.device, self.last_request);
        self.outputs.push_back(Output::Send(ask.encode()));
    }

    pub(super) fn open_failed(&mut self, fault: &Fault) {
        if self.state == State::Opening {
            self.has_socket = false;
            self.next_server(Error::from(fault));
        }
    }

    pub(super) fn closed(&mut self, code: Option<u16>, reason: &str) {
        self.has_socket = false;
        let error = Error::Dropped { code, reason: reason.chars().take(200).collect() };
        match self.state {
            State::Live { .. } => self.fail(error),
            State::Opening | State::SigningIn { .. } => self.next_server(error),
            State::Idle
            | State::LookingUp { .. }
            | State::Pausing { .. }
            | State::AwaitingToken { .. }
            | State::Over => {}
        }
    }

    /// Tries the server after this one; each is tried once.
    pub(super) fn next_server(&mut self, error: Error) {
        if self.servers.advance() { self.open() } else { self.fail(error) }
    }

    /// Sent elsewhere, which a server that is not the leading one does.
    pub(super) fn redirected(&mut self, now: Instant, address: Option<&str>) {
        match self.servers.redirect(address) {
            Redirect::There => self.open(),
            Redirect::Later => {
                self.close();
                self.state = State::Pausing { until: now + PAUSE };
            }
            Redirect::TooMany => self.fail(Error::Redirects),
            Redirect::Forbidden(host) => self.fail(Error::Redirect(host)),
        }
    }

    pub(super) fn refused(&mut self, refusal: Refusal) {
        if refusal.is_expired() && !self.asked_for_token {
            self.asked_for_token = true;
            self.close();
            self.state = State::AwaitingToken { to_look_up: self.state == State::Idle };
            self.tell(Event::TokenWanted);
        } else {
            self.fail(Error::Refused(refusal));
        }
    }

    pub(super) fn signed_in(&mut self, user: Option<Box<str>>, ping_after: Duration) {
        self.state = State::Live { silent_for: ping_after + SILENCE_ALLOWED, probed_by: None };
        self.tell(Event::Live { user });
    }

    pub(super) fn change_attribute(
        &mut self,
        now: Instant,
        attribute: &str,
        value: &serde_json::Value,
    ) -> Option<ChangeId> {
        if !self.is_live() || self.changes.len() >= CHANGES {
            return None;
        }
        self.last_request += 1;
        let id = self.last_request;
        self.outputs.push_back(Output::Send(Ask::Change { attribute, value, request_id: id }.encode()));
        self.changes.push_back((ChangeId(id), now + self.options.answer_within));
        Some(ChangeId(id))
    }

    pub(super) fn pong(&mut self) {
        self.last_request += 1;
        let ask = Ask::Pong { request_id: self.last_request };
        self.outputs.push_back(Output::Send(ask.encode()));
    }

    pub(super) fn heard(&mut self, now: Instant) {
        self.heard_at = now;
        if let State::Live { probed_by, .. } = &mut self.state {
            *probed_by = None;
            if self.told_heard_at.is_none_or(|at| now - at >= HEARD_EVERY) {
                self.told_heard_at = Some(now);
                self.tell(Event::Heard);
            }
        }
    }

    pub(super) fn tick(&mut self, now: Instant) {
        while let Some((id, _)) = self.changes.front().copied().filter(|(_, by)| *by <= now) {
            self.changes.pop_front();
            self.tell(Event::Changed(id, Err(Refusal::unanswered())));
        }
        match self.state {
            State::SigningIn { answer_by } if answer_by <= now => {
                self.next_server(Error::Unanswered("the sign-in"));
            }
            State::Pausing { until } if until <= now => self.open(),
            State::Live { silent_for, probed_by } => {
                if self.heard_at + silent_for <= now || probed_by.is_some_and(|by| by <= now) {
                    self.fail(Error::Silent);
                } else if probed_by.is_none() && self.heard_at + QUIET <= now {
                    self.ask_for_a_sign(now, ANSWERED_WITHIN);
                }
            }
            State::Idle
            | State::LookingUp { .. }
            | State::Opening
            | State::SigningIn { .. }
            | State::Pausing { .. }
            | State::AwaitingToken { .. }
            | State::Over => {}
        }
    }

    pub(super) fn probe(&mut self, now: Instant) {
        match &mut self.state {
            State::Live { .. } => self.ask_for_a_sign(now, PROBE_WITHIN),
            State::SigningIn { answer_by } => *answer_by = (*answer_by).min(now + PROBE_WITHIN),
            State::LookingUp { id } => {
                let id = *id;
                self.outputs.push_back(Output::Cancel(id));
                self.start();
            }
            State::Pausing { until } => *until = now,
            State::Idle | State::Opening | State::AwaitingToken { .. } | State::Over => {}
        }
    }

    fn ask_for_a_sign(&mut self, now: Instant, within: Duration) {
        if let State::Live { probed_by, .. } = &mut self.state {
            // A frame of the socket, not of Stringee: whoever speaks websocket answers it.
            *probed_by = Some(probed_by.map_or(now + within, |by| by.min(now + within)));
            self.outputs.push_back(Output::Ping);
        }
    }

    pub(super) fn wait(&self) -> Option<Instant> {
        let own = match self.state {
            State::SigningIn { answer_by: at } | State::Pausing { until: at } => Some(at),
            State::Live { silent_for, probed_by } => {
                Some(probed_by.unwrap_or(self.heard_at + QUIET).min(self.heard_at + silent_for))
            }
            State::Idle | State::LookingUp { .. } | State::Opening | State::AwaitingToken { .. } => None,
            State::Over => return None,
        };
        let change = self.changes.front().map(|(_, by)| *by);
        own.into_iter().chain(change).min()
    }

    pub(super) fn tell(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }

    pub(super) fn fail(&mut self, error: Error) {
        self.let_go();
        self.outputs.push_back(Output::Failed(error));
    }

    pub(super) fn let_go(&mut self) {
        if let State::LookingUp { id } = self.state {
            self.outputs.push_back(Output::Cancel(id));
        }
        self.close();
        self.changes.clear();
        self.state = State::Over;
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.has_socket) {
            self.outputs.push_back(Output::Close(1000));
        }
    }

    /// Takes a whole message.
    pub(super) fn text(&mut self, now: Instant, text: &str) {
        if !matches!(self.state, State::SigningIn { .. } | State::Live { .. }) {
            return;
        }
        self.heard(now);
        if text.len() > super::LONGEST {
            return self.tell(Event::Skipped("message over 1 MiB".into()));
        }
        match super::wire::parse(text) {
            Ok(packet) => self.packet(now, packet),
            Err(name) => self.tell(Event::Skipped(name)),
        }
    }
}

/// As it may stand in a query.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let written = write!(encoded, "%{byte:02X}");
            debug_assert!(written.is_ok(), "writing to a String cannot fail");
        }
    }
    encoded
}
