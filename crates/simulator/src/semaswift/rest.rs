//! REST under `/api/v1`. Paths, parameters and error codes are those of Semaswift's documentation; it shows no answer
//! of `/voice` and `/engagements`, so their shapes are guesses.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::jwt::{self, Claims};
use super::organisation::{Agent, ME, ME_USER, ORGANISATION, STATUSES};
use super::sign_in::Fault;
use super::{Now, State, Surface};

/// Agents on one page, unless fewer are asked for.
const MOST_A_PAGE: usize = 100;

/// One request: path below `/api/v1`.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) body: Value,
    /// From `Authorization` or `X-API-Key`.
    pub(super) token: Option<String>,
}

impl Question<'_> {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.parameter(name)?.parse().ok()
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str)
    }
}

/// What is answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Value,
}

impl From<Value> for Answer {
    fn from(body: Value) -> Answer {
        Answer { status: 200, headers: Vec::new(), body }
    }
}

impl From<Fault> for Answer {
    fn from(fault: Fault) -> Answer {
        let (status, code, message) = match fault {
            Fault::WrongPassword => (401, "AUTH_001", "Invalid email or password"),
            Fault::Expired => (401, "AUTH_002", "Token has expired"),
            Fault::InvalidToken => (401, "AUTH_003", "Token is invalid"),
            Fault::MfaRequired => (403, "AUTH_005", "MFA verification required"),
        };
        failure(status, code, message)
    }
}

fn failure(status: u16, error_code: &str, message: &str) -> Answer {
    let code = match status {
        400 => "invalid_argument",
        401 => "unauthenticated",
        403 => "permission_denied",
        404 => "not_found",
        429 => "resource_exhausted",
        _ => "failed",
    };
    let body = json!({
        "code": code, "message": message, "error_code": error_code, "details": {}, "request_id": "req_1",
    });
    Answer { status, headers: Vec::new(), body }
}

fn not_found() -> Answer {
    failure(404, "NOT_FOUND", "Resource not found")
}

/// Which switch this path is under.
pub(super) fn surface(path: &str) -> Surface {
    let is_tokens = path.starts_with("/realtime/") || path.starts_with("/engagements/realtime/");
    if is_tokens { Surface::Tokens } else { Surface::Rest }
}

/// Counts the requests of one minute.
#[derive(Debug, Default)]
pub(super) struct Meter {
    minute: i64,
    asked: u32,
}

impl Meter {
    /// Counts one; gives what is left and the seconds until the next minute, or only those if nothing is left.
    fn take(&mut self, now: Timestamp, most: u32) -> (Option<u32>, i64) {
        let minute = now.as_second() / 60;
        if minute != self.minute {
            *self = Meter { minute, asked: 0 };
        }
        self.asked = self.asked.saturating_add(1);
        (most.checked_sub(self.asked), 60 - now.as_second() % 60)
    }
}

impl State {
    /// Answers one request.
    pub(super) fn ask(&mut self, now: Now, question: &Question<'_>) -> Answer {
        let Some(most) = self.options.most_requests else { return self.answer(now, question) };
        let (left, seconds) = self.meter.take(now.at, most);
        let mut answer = match left {
            Some(_) => self.answer(now, question),
            None => {
                let mut refused = failure(429, "AUTH_006", "Rate limit exceeded");
                refused.headers.push(("retry-after", seconds.to_string()));
                refused
            }
        };
        answer.headers.extend([
            ("x-ratelimit-limit", most.to_string()),
            ("x-ratelimit-remaining", left.unwrap_or_default().to_string()),
            ("x-ratelimit-reset", (now.at.as_second() + seconds).to_string()),
        ]);
        answer
    }

    fn answer(&mut self, now: Now, question: &Question<'_>) -> Answer {
        let words: Vec<&str> = question.path.split('/').filter(|word| !word.is_empty()).collect();
        match (question.method, words.as_slice()) {
            ("POST", ["auth", "login"]) => return self.log_in(now, question),
            ("POST", ["auth", "refresh"]) => {
                let refresh = question.field("refresh_token").unwrap_or_default();
                return self.sign_in.renew(now.at, refresh).map_or_else(Answer::from, Answer::from);
            }
            _ => {}
        }
        if let Err(fault) = self.sign_in.check(now.at, question.token.as_deref()) {
            return fault.into();
        }
        match (question.method, words.as_slice()) {
            ("POST", ["realtime", "token"]) => {
                let token = self.connection_token(now, self.options.token_for);
                json!({ "token": token, "expires_at": self.expires_at(now) }).into()
            }
            ("GET", ["engagements", "realtime", "tokens"]) => self.tokens(now),
            ("POST", ["engagements", "realtime", "tokens"]) => self.subscription_tokens(now, &question.body),
            ("POST", ["engagements", "realtime", "token", "refresh"]) => {
                let token = self.connection_token(now, self.options.token_for);
                json!({ "connection_token": token, "expires_at": self.expires_at(now) }).into()
            }
            ("POST", ["engagements", "presence", "heartbeat"]) => json!({ "status": "online" }).into(),
            ("GET", ["voice", "agents"]) => self.agents(question),
            ("GET", ["voice", "agent-status-configs"]) => status_configs(),
            ("POST", ["voice", "agents", id, "status"]) => self.set_status(now, id, question),
            ("GET", ["voice", "agents", id, "status", "history"]) => match self.organisation.agent(id) {
                Some(agent) => json!({ "data": agent.changes }).into(),
                None => not_found(),
            },
            _ => not_found(),
        }
    }

    fn log_in(&mut self, now: Now, question: &Question<'_>) -> Answer {
        let Self { options, sign_in, .. } = self;
        let is_known = question.field("email") == Some(&options.email)
            && question.field("password") == Some(&options.password);
        if !is_known {
            return Fault::WrongPassword.into();
        }
        // How the code is sent is documented nowhere.
        let code = ["mfa_code", "code", "otp"].into_iter().find_map(|name| question.field(name));
        match &options.mfa_code {
            Some(wanted) if code != Some(wanted) => Fault::MfaRequired.into(),
            Some(_) | None => sign_in.begin(now.at).into(),
        }
    }

    /// A token of Centrifugo for the owner.
    pub(super) fn connection_token(&self, now: Now, good_for: Duration) -> String {
        let info = self.organisation.agent(ME).and_then(Agent::info);
        self.token(now, good_for, Claims { info, ..Claims::default() })
    }

    /// A token of Centrifugo for the owner, of one channel.
    pub(super) fn subscription_token(&self, now: Now, channel: &str, good_for: Duration) -> String {
        self.token(now, good_for, Claims { channel: Some(channel.to_owned()), ..Claims::default() })
    }

    fn token(&self, now: Now, good_for: Duration, claims: Claims) -> String {
        let exp = now.at.as_second().saturating_add_unsigned(good_for.as_secs());
        let claims = Claims { sub: ME_USER.to_owned(), exp: Some(exp), ..claims };
        jwt::sign(&self.centrifugo.setup.secret, &claims)
    }

    fn expires_at(&self, now: Now) -> String {
        let good_for = SignedDuration::try_from(self.options.token_for).unwrap_or_default();
        let at = now.at.checked_add(good_for).unwrap_or(now.at);
        at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    fn tokens(&self, now: Now) -> Answer {
        let good_for = self.options.token_for;
        let channels = [
            format!("user:{ME_USER}"),
            format!("org:{ORGANISATION}:inbox"),
            format!("org:{ORGANISATION}:agents"),
        ];
        let tokens = channels.iter().map(
            |channel| json!({ "channel": channel, "token": self.subscription_token(now, channel, good_for) }),
        );
        json!({
            "connection_token": self.connection_token(now, good_for),
            "expires_at": self.expires_at(now),
            "subscription_tokens": tokens.collect::<Vec<_>>(),
            "url": self.realtime_url,
        })
        .into()
    }

    /// One item for each channel that is asked for: a token, or why there is none.
    fn subscription_tokens(&self, now: Now, body: &Value) -> Answer {
        let asked = body.get("channels").and_then(Value::as_array).into_iter().flatten();
        let item = |channel: &str| {
            if self.withheld.contains(channel) {
                let error = json!({ "code": "permission_denied", "message": "channel not allowed" });
                return json!({ "channel": channel, "error": error });
            }
            let token = self.subscription_token(now, channel, self.options.token_for);
            json!({ "channel": channel, "token": token, "expires_at": self.expires_at(now) })
        };
        let items: Vec<Value> = asked.filter_map(Value::as_str).map(item).collect();
        json!({ "tokens": items }).into()
    }

    /// By page and `per_page`, or by `page_token` and `page_size`: the documentation has both.
    fn agents(&self, question: &Question<'_>) -> Answer {
        let is_wanted = |agent: &&Agent| {
            let of_user = question.parameter("user_id").is_none_or(|id| agent.user_id == id);
            let shown = question.parameter("current_status").is_none_or(|status| agent.shown() == status);
            let named = question.parameter("search").is_none_or(|part| agent.name.contains(part));
            of_user && shown && named
        };
        let all: Vec<&Agent> = self.organisation.agents().iter().filter(is_wanted).collect();
        let size = question.number("per_page").or_else(|| question.number("page_size"));
        let size = size.unwrap_or(MOST_A_PAGE).clamp(1, MOST_A_PAGE);
        let page = question.number("page").or_else(|| question.number("page_token")).unwrap_or(1).max(1);
        let pages = all.len().div_ceil(size);
        let shown = all.iter().skip((page - 1).saturating_mul(size)).take(size);
        json!({
            "data": shown.map(|agent| describe(agent)).collect::<Vec<_>>(),
            "meta": { "page": page, "per_page": size, "total": all.len(), "total_pages": pages },
            "next_page_token": (page < pages).then(|| (page + 1).to_string()),
        })
        .into()
    }

    fn set_status(&mut self, now: Now, id: &str, question: &Question<'_>) -> Answer {
        if !self.options.may_set_status {
            return failure(403, "AUTH_004", "Permission voice:agent:update required");
        }
        let status = question.field("status_id").unwrap_or_default();
        if self.organisation.agent(id).is_none() {
            return not_found();
        }
        if !self.organisation.choose(now.at, id, status) {
            return failure(400, "VALIDATION_FAILED", "Unknown status_id");
        }
        self.organisation.agent(id).map_or_else(not_found, |agent| json!({ "data": describe(agent) }).into())
    }
}

fn describe(agent: &Agent) -> Value {
    json!({
        "id": agent.id, "user_id": agent.user_id, "name": agent.name, "type": "user", "status": "active",
        "current_status": agent.shown(), "phone_number": agent.number,
    })
}

fn status_configs() -> Answer {
    let configs: Vec<Value> = (1..)
        .zip(STATUSES)
        .map(|(order, status)| {
            json!({
                "id": status.id, "name": status.name, "queue_behavior": status.queue_behavior,
                "color": status.color, "icon": status.name, "display_order": order,
            })
        })
        .collect();
    json!({ "data": configs }).into()
}

/// What others see of somebody who is present.
pub(super) fn info(name: &str) -> Option<Box<RawValue>> {
    to_raw_value(&json!({ "name": name })).ok()
}
