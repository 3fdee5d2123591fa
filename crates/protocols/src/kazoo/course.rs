//! From login to socket, and back when either fails.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::{Client, Error, Event, State, TokenIn, socket::Need, token};
use crate::{Body, Fault, FaultKind, FetchId, Instant, Method, Open, Output, Request, Response, secret};

/// A socket that was open for so long is opened once more when it is cut; the end of a younger one is for the caller, who
/// spaces its attempts.
const STEADY_AFTER: Duration = Duration::from_secs(30);
/// A login that is to renew the token is tried again after this time.
const LOGIN_AGAIN: Duration = Duration::from_secs(30);

impl Client {
    pub(super) fn log_in(&mut self, now: Instant) {
        if self.state != State::Live {
            self.state = State::LoggingIn;
        }
        let credentials = &self.options.credentials;
        let mut body = json!({
            "username": credentials.username.expose_secret(),
            "password": credentials.password.expose_secret(),
            "domain": credentials.domain,
        });
        for (key, filter) in [("accounts", &self.options.accounts), ("events", &self.options.events)] {
            if let (false, Value::Object(body)) = (filter.is_empty(), &mut body) {
                body.insert(key.to_owned(), json!(filter));
            }
        }
        let url = format!("{}/ws/v1/firehose/login", self.options.url.trim_end_matches('/'));
        let request = Request::new(Method::Post, url, Body::Json(secret::Text::new(body.to_string())));
        let id = FetchId(self.next_fetch);
        self.next_fetch += 1;
        if let Some(former) = self.login.asked.replace(id) {
            self.outputs.push_back(Output::Cancel(former));
        }
        // If it gets lost, another is tried.
        self.login.again_at = (self.state == State::Live).then(|| now + LOGIN_AGAIN);
        self.outputs.push_back(Output::Fetch(id, request));
    }

    pub(super) fn fetched(&mut self, now: Instant, id: FetchId, answer: Result<&Response, &Fault>) {
        if self.login.asked != Some(id) {
            return;
        }
        self.login.asked = None;
        let wall = self.began.1 + (now - self.began.0);
        let token = match answer {
            Err(fault) => Err(Error::of(fault, "the login")),
            Ok(response) if response.is_success() => token::answer(&response.body, now, wall)
                .ok_or(Error::Protocol("the login was answered without an access_token")),
            // Which of these a wrong password gets is not documented.
            Ok(Response { status: status @ (400 | 401 | 422), .. }) => Err(Error::LoginRefused(*status)),
            Ok(Response { status: 403, body, .. }) if is_of_the_provider(body) => {
                Err(Error::LoginRefused(403))
            }
            Ok(response) => Err(Error::Status {
                to: "the login",
                status: response.status,
                retry_after: response.retry_after,
            }),
        };
        match (token, self.state == State::Live) {
            (Ok((token, identity)), live) => {
                self.tell(Event::LoggedIn(identity));
                (self.login.again_at, self.login.refused) = (None, None);
                if live {
                    self.fresh = Some(token);
                    self.replace_socket(now);
                } else {
                    self.token = Some(token);
                    self.open(now);
                }
            }
            (Err(error @ Error::LoginRefused(_)), true) => {
                self.login.again_at = None;
                self.login.refused = Some(error);
            }
            (Err(_), true) => self.login.again_at = Some(now + LOGIN_AGAIN),
            (Err(error), false) => self.fail(error),
        }
    }

    /// Opens the socket with the token at hand.
    fn open(&mut self, now: Instant) {
        let Some(token) = &self.token else { return self.log_in(now) };
        let base = self.options.url.trim_end_matches('/');
        let base = base.strip_prefix("http").map_or_else(|| base.to_owned(), |rest| format!("ws{rest}"));
        let open = Open::new(format!("{base}/ws/v1/firehose/callEvents"), self.options.open_within);
        let text = token.text.expose();
        let open = match self.options.token_in {
            TokenIn::Header => open.bearer(text),
            TokenIn::Query => open.with_secret_query(format!("token={}", encoded(text))),
        };
        let open = Open { keeps_former: self.state == State::Live, ..open };
        self.state = State::Opening;
        self.socket.close();
        self.socket.opens_by = Some(now + self.options.open_within);
        self.outputs.push_back(Output::Open(open));
    }

    /// Puts the fresh token to use, in a moment in which nothing comes or when it is high time.
    fn replace_socket(&mut self, now: Instant) {
        if self.state == State::Live && self.replace_at().is_some_and(|at| at <= now) {
            self.token = self.fresh.take();
            self.open(now);
        }
    }

    fn replace_at(&self) -> Option<Instant> {
        self.fresh.as_ref()?;
        if self.socket.is_doubted() {
            // A dead socket must end as one: replaced without a word, nobody would know of what it has missed.
            return None;
        }
        Some(self.token.as_ref()?.replace_by.min(self.socket.quiet_at()))
    }

    pub(super) fn opened(&mut self, now: Instant) {
        if self.state != State::Opening {
            return;
        }
        self.state = State::Live;
        self.doubted = false;
        self.socket.open(now, self.options.ping_every);
        self.login.again_at = self.token.as_ref().map(|token| token.renew_at);
        self.tell(Event::Live);
    }

    pub(super) fn open_failed(&mut self, now: Instant, fault: &Fault) {
        if self.state != State::Opening {
            return;
        }
        match fault.kind {
            FaultKind::Status { status: 401, .. } => self.token_refused(now),
            FaultKind::Status { .. }
            | FaultKind::Unreachable
            | FaultKind::TimedOut
            | FaultKind::Tls
            | FaultKind::Proxy
            | FaultKind::Malformed => self.fail(Error::of(fault, "the socket")),
        }
    }

    /// A token may have come to its end before its time: one login, and no more.
    fn token_refused(&mut self, now: Instant) {
        if std::mem::replace(&mut self.doubted, true) {
            return self.fail(Error::TokenRefused);
        }
        if let Some(refused) = self.login.refused.take() {
            return self.fail(refused);
        }
        (self.token, self.fresh) = (None, None);
        self.log_in(now);
    }

    pub(super) fn closed(&mut self, now: Instant, code: Option<u16>, reason: &str) {
        match self.state {
            State::Opening => {
                let detail = format!("closed while it was opened: {reason}");
                return self.open_failed(now, &Fault { kind: FaultKind::Unreachable, detail });
            }
            State::Live => {}
            State::Idle | State::LoggingIn | State::Over => return,
        }
        let is_steady = now - self.socket.opened_at >= STEADY_AFTER;
        self.state = State::LoggingIn;
        self.socket.close();
        if !is_steady {
            return self.fail(if is_refusal(code) {
                Error::TokenRefused
            } else {
                Error::Dropped { code, reason: reason.to_owned() }
            });
        }
        self.tell(Event::Interrupted);
        if let Some(fresh) = self.fresh.take() {
            self.token = Some(fresh);
            self.open(now);
        } else if self.token.as_ref().is_some_and(|token| token.expires_at <= now) || is_refusal(code) {
            self.token_refused(now);
        } else {
            self.open(now);
        }
    }

    pub(super) fn probe(&mut self, now: Instant) {
        match self.state {
            State::Idle | State::Over => {}
            State::LoggingIn => self.log_in(now),
            State::Opening => self.socket.hurry(now),
            State::Live => {
                self.socket.doubt(now);
                self.outputs.push_back(Output::Ping);
            }
        }
    }

    pub(super) fn tick(&mut self, now: Instant) {
        match self.state {
            State::Idle | State::LoggingIn | State::Over => {}
            State::Opening => {
                if self.socket.opens_by.is_some_and(|at| at <= now) {
                    self.outputs.push_back(Output::Close(1000));
                    let detail = "the websocket did not open in time".to_owned();
                    self.open_failed(now, &Fault { kind: FaultKind::TimedOut, detail });
                }
            }
            State::Live => {
                match self.socket.look(now, self.options.ping_every, self.options.dead_after) {
                    Need::Nothing => {}
                    Need::Ping => self.outputs.push_back(Output::Ping),
                    Need::Burial => return self.fail(Error::Silent),
                }
                if self.login.again_at.is_some_and(|at| at <= now) {
                    self.log_in(now);
                }
                self.replace_socket(now);
            }
        }
    }

    pub(super) fn wait(&self) -> Option<Instant> {
        match self.state {
            State::Idle | State::LoggingIn | State::Over => None,
            State::Opening => self.socket.opens_by,
            State::Live => {
                [self.socket.wait(), self.login.again_at, self.replace_at()].into_iter().flatten().min()
            }
        }
    }

    fn fail(&mut self, error: Error) {
        self.leave();
        self.outputs.push_back(Output::Failed(error));
    }

    pub(super) fn stop(&mut self) {
        self.leave();
        self.outputs.push_back(Output::Ended);
    }

    fn leave(&mut self) {
        if let Some(id) = self.login.asked.take() {
            self.outputs.push_back(Output::Cancel(id));
        }
        if self.state == State::Live {
            self.outputs.push_back(Output::Close(1000));
        }
        self.state = State::Over;
    }
}

/// Whether the provider itself says so: what stands on the way to it refuses in HTML, or without a word.
fn is_of_the_provider(body: &str) -> bool {
    matches!(serde_json::from_str(body), Ok(Value::Object(_)))
}

/// Close codes that speak of access: RFC 6455's policy violation, and those in use for HTTP's 401 and 403.
fn is_refusal(code: Option<u16>) -> bool {
    matches!(code, Some(1008 | 4001 | 4003 | 4401 | 4403))
}

fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
