//! What a publication says, as a pure function of its bytes: one pass over it, borrowed.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use model::{Direction, Outcome, Ticket, TicketChange, Time};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::wire::{Word, read};
use crate::text::clean;

/// More fields do not change at once.
const MOST_CHANGES: usize = 50;
const STATUS_CHANGED: &str = "agent.status_changed";

/// One publication, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Heard {
    Call(Box<CallEvent>),
    Status(StatusChange),
    Ticket(Ticket),
    /// Skipped, and why: never its content.
    Unknown(String),
}

/// A step in the life of a call; what a step does not say is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CallEvent {
    pub(super) id: String,
    pub(super) step: Step,
    pub(super) direction: Option<Direction>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) queue: Option<String>,
    pub(super) queue_name: Option<String>,
    /// Whom it rings, who talks, or to whom it was passed on.
    pub(super) agent: Option<String>,
    pub(super) started_at: Option<Time>,
    pub(super) answered_at: Option<Time>,
    pub(super) ended_at: Option<Time>,
    /// At its end: whether anybody had spoken.
    pub(super) spoken: Option<bool>,
    /// At its end: how it ended, if that is said.
    pub(super) outcome: Option<Outcome>,
}

/// What happened to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Step {
    #[default]
    Started,
    Answered,
    PassedOn,
    Ended,
}

/// An agent is in another status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StatusChange {
    pub(super) agent: String,
    pub(super) status: String,
    pub(super) at: Option<Time>,
}

/// All fields of all events; those of one are told by its type.
#[derive(Deserialize, Default)]
struct Body<'a> {
    #[serde(borrow, default)]
    call_id: Word<'a>,
    #[serde(borrow, default)]
    direction: Word<'a>,
    #[serde(borrow, default)]
    from: Word<'a>,
    #[serde(borrow, default)]
    to: Word<'a>,
    #[serde(borrow, default)]
    queue_id: Word<'a>,
    #[serde(borrow, default)]
    queue_name: Word<'a>,
    #[serde(borrow, default)]
    agent_id: Word<'a>,
    #[serde(borrow, default)]
    to_agent_id: Word<'a>,
    #[serde(borrow, default)]
    started_at: Word<'a>,
    #[serde(borrow, default)]
    answered_at: Word<'a>,
    #[serde(borrow, default)]
    ended_at: Word<'a>,
    #[serde(borrow, default)]
    duration: Word<'a>,
    #[serde(borrow, default)]
    status: Word<'a>,
    #[serde(borrow, default)]
    outcome: Word<'a>,
    #[serde(borrow, default)]
    reason: Word<'a>,
    #[serde(borrow, default)]
    new_status: Word<'a>,
    #[serde(borrow, default)]
    timestamp: Word<'a>,
    #[serde(borrow, default)]
    ticket_id: Word<'a>,
    #[serde(borrow, default)]
    changes: Option<&'a RawValue>,
    #[serde(borrow, default)]
    updated_by: Word<'a>,
}

/// What most events are, by far, without the fields of all others.
#[derive(Deserialize)]
struct AgentBody<'a> {
    #[serde(borrow, default)]
    agent_id: Word<'a>,
    #[serde(borrow, default)]
    new_status: Word<'a>,
    #[serde(borrow, default)]
    status: Word<'a>,
    #[serde(borrow, default)]
    timestamp: Word<'a>,
}

impl<'a> From<Body<'a>> for AgentBody<'a> {
    fn from(body: Body<'a>) -> Self {
        let Body { agent_id, new_status, status, timestamp, .. } = body;
        Self { agent_id, new_status, status, timestamp }
    }
}

/// An event's type and what it holds, which are read in the order in which they come.
#[derive(Default)]
struct Envelope<'a> {
    kind: Word<'a>,
    data: Option<Held<'a>>,
}

enum Held<'a> {
    /// The type came first.
    Agent(AgentBody<'a>),
    Any(Box<Body<'a>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Envelope<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        #[derive(Deserialize)]
        #[serde(field_identifier, rename_all = "lowercase")]
        enum Field {
            Type,
            Data,
            #[serde(other)]
            Other,
        }

        impl<'de> Visitor<'de> for Fields {
            type Value = Envelope<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an event")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut read = Envelope::default();
                while let Some(field) = map.next_key()? {
                    match field {
                        Field::Type => read.kind = map.next_value()?,
                        Field::Data if read.kind.text() == Some(STATUS_CHANGED) => {
                            read.data = map.next_value::<Option<_>>()?.map(Held::Agent);
                        }
                        Field::Data => read.data = map.next_value::<Option<_>>()?.map(Held::Any),
                        Field::Other => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(read)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

/// Reads a publication.
pub(super) fn parse(_channel: &str, json: &RawValue) -> Heard {
    if !json.get().starts_with('{') {
        return Heard::Unknown("event that is no object".to_owned());
    }
    let Some(Envelope { kind, data }) = read::<Envelope<'_>>(json) else { return unread(json) };
    let Some(name) = kind.text() else { return Heard::Unknown("event without type".to_owned()) };
    let body = match data {
        Some(Held::Agent(body)) => return status(&body),
        Some(Held::Any(body)) => Some(body),
        // Without an envelope's `data`, the fields may stand beside the type.
        None => read(json),
    };
    let Some(body) = body else { return unread(json) };
    match name {
        "call.started" | "call.ringing" => call(Step::Started, &body),
        "call.answered" => call(Step::Answered, &body),
        "call.transferred" => call(Step::PassedOn, &body),
        "call.ended" | "call.completed" => call(Step::Ended, &body),
        STATUS_CHANGED => status(&AgentBody::from(*body)),
        name if name.starts_with("ticket.") => ticket(&body),
        name => unknown(name),
    }
}

/// What cannot be read is counted by its type, if that can be.
fn unread(json: &RawValue) -> Heard {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow, default, rename = "type")]
        kind: Word<'a>,
    }
    let named = read::<Named<'_>>(json);
    match named.as_ref().and_then(|named| named.kind.text()) {
        Some(name) => unknown(name),
        None => Heard::Unknown("event that is no object".to_owned()),
    }
}

/// By a name that is one: anything else might be content.
fn unknown(name: &str) -> Heard {
    let is_name =
        name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_'));
    Heard::Unknown(if is_name { format!("event {name}") } else { "event with an odd name".to_owned() })
}

fn call(step: Step, body: &Body<'_>) -> Heard {
    let Some(id) = body.call_id.clean() else {
        return Heard::Unknown("call event without call_id".to_owned());
    };
    let direction = match body.direction.text() {
        Some("inbound" | "incoming") => Some(Direction::Incoming),
        Some("outbound" | "outgoing") => Some(Direction::Outgoing),
        Some(_) | None => None,
    };
    let said = [&body.outcome, &body.status, &body.reason].into_iter().filter_map(|word| word.text());
    let outcome = if step == Step::Ended { said.filter_map(outcome).next() } else { None };
    let duration = body.duration.text().and_then(|text| text.parse::<f64>().ok());
    let spoken = duration.map(|seconds| seconds > 0.0).or(body.answered_at.time().map(|_| true));
    let agent = if step == Step::PassedOn { &body.to_agent_id } else { &body.agent_id };
    Heard::Call(Box::new(CallEvent {
        id,
        step,
        direction,
        from: body.from.clean(),
        to: body.to.clean(),
        queue: body.queue_id.clean(),
        queue_name: body.queue_name.clean(),
        agent: agent.clean(),
        started_at: body.started_at.time(),
        answered_at: body.answered_at.time(),
        ended_at: body.ended_at.time(),
        spoken,
        outcome,
    }))
}

fn outcome(word: &str) -> Option<Outcome> {
    Some(match word.to_ascii_lowercase().as_str() {
        "completed" | "answered" => Outcome::Answered,
        "missed" | "no_answer" | "no-answer" | "unanswered" | "abandoned" | "canceled" | "cancelled" => {
            Outcome::Missed
        }
        "voicemail" => Outcome::Voicemail,
        "busy" => Outcome::Busy,
        "declined" | "rejected" => Outcome::Declined,
        "transferred" => Outcome::Transferred,
        "failed" => Outcome::Failed,
        _ => return None,
    })
}

fn status(body: &AgentBody<'_>) -> Heard {
    let status = if body.new_status.text().is_some() { &body.new_status } else { &body.status };
    match (body.agent_id.clean(), status.clean()) {
        (Some(agent), Some(status)) => {
            Heard::Status(StatusChange { agent, status, at: body.timestamp.time() })
        }
        (None, _) => Heard::Unknown("agent event without agent_id".to_owned()),
        (_, None) => Heard::Unknown("agent event without new_status".to_owned()),
    }
}

fn ticket(body: &Body<'_>) -> Heard {
    #[derive(Deserialize)]
    struct Change<'a> {
        #[serde(borrow, default)]
        from: Option<&'a RawValue>,
        #[serde(borrow, default)]
        to: Option<&'a RawValue>,
    }
    let Some(id) = body.ticket_id.clean() else {
        return Heard::Unknown("ticket event without ticket_id".to_owned());
    };
    let all: BTreeMap<Cow<'_, str>, &RawValue> = body.changes.and_then(read).unwrap_or_default();
    let changes = all
        .into_iter()
        .take(MOST_CHANGES)
        .filter_map(|(field, raw)| {
            let Change { from, to } = read(raw)?;
            Some((clean(&field)?, TicketChange { from: from.and_then(value), to: to.and_then(value) }))
        })
        .collect();
    Heard::Ticket(Ticket { id, changes, by: body.updated_by.clean() })
}

/// A field's value as text; lists and objects as they are written.
fn value(raw: &RawValue) -> Option<String> {
    match read::<Word<'_>>(raw)?.clean() {
        Some(text) => Some(text),
        None if raw.get().starts_with(['[', '{']) => clean(raw.get()),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(json: &str) -> Heard {
        parse("voice:calls", serde_json::from_str(json).unwrap())
    }

    #[test]
    fn the_vendors_examples_are_read() {
        let Heard::Call(call) = heard(
            r#"{"type":"call.started","data":{"call_id":"call_123","direction":"inbound","from":"+1-555-123-4567",
            "to":"+1-555-987-6543","queue_id":"queue_support","started_at":"2024-01-15T10:30:00Z"}}"#,
        ) else {
            panic!()
        };
        assert_eq!(
            (&*call.id, call.step, call.direction),
            ("call_123", Step::Started, Some(Direction::Incoming))
        );
        assert_eq!(call.queue.as_deref(), Some("queue_support"));
        let status = heard(
            r#"{"type":"agent.status_changed","data":{"agent_id":"agent_123","previous_status":"available",
            "new_status":"on_call","timestamp":"2024-01-15T10:30:00Z"}}"#,
        );
        let at = "2024-01-15T10:30:00Z".parse().ok();
        let expected = StatusChange { agent: "agent_123".into(), status: "on_call".into(), at };
        assert_eq!(status, Heard::Status(expected));
        let data = r#""data":{"agent_id":"a","new_status":"on_call","call_id":"c"}"#;
        let status = |json: String| match heard(&json) {
            Heard::Status(change) => (change.agent, change.status),
            other @ (Heard::Call(_) | Heard::Ticket(_) | Heard::Unknown(_)) => panic!("{other:?}"),
        };
        let of_a = ("a".to_owned(), "on_call".to_owned());
        assert_eq!(status(format!(r#"{{"type":"agent.status_changed",{data}}}"#)), of_a);
        assert_eq!(status(format!(r#"{{{data},"type":"agent.status_changed"}}"#)), of_a);
        let flat = r#"{"type":"agent.status_changed","data":null,"agent_id":"a","status":"on_call"}"#;
        assert_eq!(status(flat.to_owned()), of_a);
        let Heard::Ticket(ticket) = heard(
            r#"{"type":"ticket.updated","data":{"ticket_id":"tkt_123","changes":{"status":{"from":"open","to":"pending"},
            "assignee_id":{"from":null,"to":"usr_456"},"tags":{"from":[],"to":["a"]},"odd":7},"updated_by":"usr_789"}}"#,
        ) else {
            panic!()
        };
        let change = |from: Option<&str>, to: Option<&str>| TicketChange {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        };
        assert_eq!(ticket.changes["status"], change(Some("open"), Some("pending")));
        assert_eq!(ticket.changes["assignee_id"], change(None, Some("usr_456")));
        assert_eq!(ticket.changes["tags"], change(Some("[]"), Some(r#"["a"]"#)));
        assert_eq!((ticket.changes.len(), ticket.by.as_deref()), (3, Some("usr_789")));
    }

    #[test]
    fn an_end_says_how_it_was_in_many_words_or_in_none() {
        let end =
            |data: &str| match heard(&format!(r#"{{"type":"call.ended","data":{{"call_id":"c"{data}}}}}"#)) {
                Heard::Call(call) if call.step == Step::Ended => (call.outcome, call.spoken),
                other @ (Heard::Call(_) | Heard::Status(_) | Heard::Ticket(_) | Heard::Unknown(_)) => {
                    panic!("{other:?}")
                }
            };
        assert_eq!(end(""), (None, None));
        assert_eq!(end(r#","status":"no_answer""#), (Some(Outcome::Missed), None));
        assert_eq!(end(r#","outcome":"Voicemail","duration":"0""#), (Some(Outcome::Voicemail), Some(false)));
        assert_eq!(end(r#","reason":"odd","duration":12"#), (None, Some(true)));
        assert_eq!(end(r#","answered_at":"2024-01-15T10:30:00Z""#), (None, Some(true)));
    }

    #[test]
    fn what_is_not_understood_is_counted_by_a_name_that_is_no_content() {
        for (json, name) in [
            (r#"{"type":"call.recorded","data":{"call_id":"c"}}"#, "event call.recorded"),
            (r#"{"type":"call.started","data":7}"#, "event call.started"),
            (r#"{"type":"call.started"}"#, "call event without call_id"),
            (r#"{"type":"+45 11 22 33 44","data":{}}"#, "event with an odd name"),
            (r#"{"data":{}}"#, "event without type"),
            ("[7]", "event that is no object"),
            ("null", "event that is no object"),
            (r#"{"type":"ticket.created","data":{}}"#, "ticket event without ticket_id"),
            (r#"{"type":"agent.status_changed","data":{"agent_id":"a"}}"#, "agent event without new_status"),
        ] {
            assert_eq!(heard(json), Heard::Unknown(name.into()), "{json}");
        }
        assert!(matches!(heard(r#"{"type":"call.ended","call_id":"c"}"#), Heard::Call(_)));
    }
}
