//! What Stringee calls the organisation's `event_url` with: whether it is signed, what it says, whether it is new.

use std::collections::{BTreeSet, VecDeque};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha1::Sha1;

/// A body may be this long.
pub(super) const MOST_BYTES: usize = 64 * 1024;
/// The project's signing secret, which is not the API key's.
const SIGNING_SECRET: &str = "simulated signing secret";
/// So many events are remembered.
const MOST_SEEN: usize = 10_000;
/// So many characters of any text are kept.
const LONGEST_TEXT: usize = 256;

/// The `X-STRINGEE-SIGNATURE` of a body: base64 of its HMAC-SHA1.
pub fn sign(body: &[u8]) -> String {
    STANDARD.encode(mac(body).finalize().into_bytes())
}

/// Compares in constant time.
pub(super) fn is_signed(signature: Option<&str>, body: &[u8]) -> bool {
    let signature = signature.and_then(|text| STANDARD.decode(text.trim()).ok());
    signature.is_some_and(|signature| mac(body).verify_slice(&signature).is_ok())
}

fn mac(body: &[u8]) -> Hmac<Sha1> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha1>::new_from_slice(SIGNING_SECRET.as_bytes()).expect("a key of any length");
    mac.update(body);
    mac
}

/// One end of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct End {
    pub(super) number: Option<String>,
    pub(super) alias: Option<String>,
    pub(super) internal: Option<bool>,
}

impl End {
    /// The userId, if this end is one.
    pub(super) fn user(&self) -> Option<&str> {
        self.number.as_deref().filter(|_| self.internal == Some(true))
    }

    fn of(value: Option<&Value>) -> End {
        let Some(value) = value else { return End::default() };
        let internal = match text(value, "type").as_deref() {
            Some("internal") => Some(true),
            Some("external") => Some(false),
            Some(_) | None => None,
        };
        End { number: text(value, "number"), alias: text(value, "alias"), internal }
    }
}

/// What an event says of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ringing,
    Answered,
    /// One agent said no or was not reached; the call lives on.
    AgentLeft,
    Ended,
}

/// An event that can be understood.
#[derive(Clone, Debug)]
pub(super) struct Event {
    id: Option<String>,
    word: String,
    pub(super) serial: Option<u64>,
    pub(super) at_ms: Option<i64>,
    pub(super) call: String,
    /// None: a status that is not known.
    pub(super) status: Option<Status>,
    pub(super) from: End,
    pub(super) to: End,
    pub(super) comes_in: bool,
    pub(super) actor: Option<String>,
    pub(super) cause: Option<String>,
    pub(super) ended_by: Option<String>,
}

impl Event {
    /// None: not an event of a call.
    pub(super) fn parse(body: &[u8]) -> Option<Event> {
        let value: Value = serde_json::from_slice(body).ok()?;
        let word = text(&value, "call_status")?;
        let status = match word.as_str() {
            "created" | "started" | "ringing" => Some(Status::Ringing),
            "answered" => Some(Status::Answered),
            "agentEnded" | "connect_failed" => Some(Status::AgentLeft),
            "ended" => Some(Status::Ended),
            _ => None,
        };
        let mut from = End::of(value.get("from"));
        if let Some(user) = text(&value, "request_from_user_id")
            && from.number.is_none()
        {
            from = End { number: Some(user), alias: None, internal: Some(true) };
        }
        Some(Event {
            id: text(&value, "event_id"),
            serial: number(&value, "serial").and_then(|serial| u64::try_from(serial).ok()),
            at_ms: number(&value, "timestamp_ms"),
            call: text(&value, "call_id")?,
            status,
            from,
            to: End::of(value.get("to")),
            comes_in: text(&value, "callCreatedReason").as_deref() == Some("EXTERNAL_CALL_IN"),
            actor: text(&value, "actor"),
            cause: text(&value, "endCallCause"),
            ended_by: text(&value, "endedBy"),
            word,
        })
    }

    fn key(&self) -> String {
        match &self.id {
            Some(id) => format!("id {id}"),
            None => format!("{} {} {}", self.call, self.word, self.to.user().unwrap_or_default()),
        }
    }
}

/// A text that is not empty, or a number as one.
fn text(value: &Value, name: &str) -> Option<String> {
    let text = match value.get(name)? {
        Value::String(text) => text.trim().chars().take(LONGEST_TEXT).collect(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

fn number(value: &Value, name: &str) -> Option<i64> {
    let found = value.get(name)?;
    found.as_i64().or_else(|| found.as_str()?.trim().parse().ok())
}

/// The events that came already; the oldest is forgotten.
#[derive(Debug, Default)]
pub(super) struct Seen {
    keys: BTreeSet<String>,
    order: VecDeque<String>,
}

impl Seen {
    pub(super) fn is_new(&mut self, event: &Event) -> bool {
        let key = event.key();
        let is_new = self.keys.insert(key.clone());
        if is_new {
            self.order.push_back(key);
            if self.order.len() > MOST_SEEN
                && let Some(oldest) = self.order.pop_front()
            {
                self.keys.remove(&oldest);
            }
        }
        is_new
    }
}
