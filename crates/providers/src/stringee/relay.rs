//! The answers of the organisation's relay, as `docs/relay.md` says.

use model::{CallState, Time};
use protocols::stringee::End;
use serde_json::Value;

use super::rest::{self, Row};
use crate::{Failure, FailureKind, text::clean};

const VERSION: i64 = 1;

/// What is true at event `n`.
#[derive(Debug, PartialEq)]
pub(super) struct Snapshot {
    pub(super) n: i64,
    /// The person whose token this is, which may be an observer's.
    pub(super) me: Option<String>,
    /// Everybody there is, not only who is online.
    pub(super) complete: bool,
    pub(super) people: Vec<Row>,
    pub(super) calls: Vec<Call>,
    /// Calls that ended lately; `None` if the relay does not tell.
    pub(super) ended: Option<Vec<Call>>,
    pub(super) skipped: usize,
}

/// What happened, up to event `n`.
#[derive(Debug, PartialEq)]
pub(super) struct Events {
    pub(super) n: i64,
    pub(super) events: Vec<Happening>,
    pub(super) skipped: usize,
}

#[derive(Debug, PartialEq)]
pub(super) enum Happening {
    Person(Row),
    Call(Call),
}

/// A call as the relay has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) id: String,
    pub(super) state: CallState,
    pub(super) way: Way,
    pub(super) from: End,
    pub(super) to: End,
    pub(super) line: Option<(String, Option<String>)>,
    pub(super) people: Vec<String>,
    pub(super) started_at: Option<Time>,
    pub(super) answered_at: Option<Time>,
    pub(super) ended_at: Option<Time>,
    /// The SIP code that `cause` begins with.
    pub(super) code: Option<u16>,
}

/// Which way a call goes, as the organisation sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
    Internal,
    Unknown,
}

pub(super) fn snapshot(body: &Value) -> Result<Snapshot, Failure> {
    if body.get("v").and_then(rest::number).is_some_and(|version| version != VERSION) {
        return Err(Failure::new(FailureKind::Protocol, "the relay speaks another version"));
    }
    let n = body.get("n").and_then(rest::number).ok_or_else(|| unread("snapshot"))?;
    let people = list(body, "people");
    let calls = list(body, "calls");
    let ended = list(body, "ended");
    let read = Snapshot {
        n,
        me: body.get("me").and_then(Value::as_str).and_then(clean),
        complete: body.get("complete").and_then(Value::as_bool).unwrap_or(false),
        people: people.iter().filter_map(rest::row).collect(),
        calls: calls.iter().filter_map(call).collect(),
        ended: body
            .get("ended")
            .is_some_and(Value::is_array)
            .then(|| ended.iter().filter_map(call).collect()),
        skipped: 0,
    };
    let told = people.len() + calls.len() + ended.len();
    let skipped = told - read.people.len() - read.calls.len() - read.ended.as_ref().map_or(0, Vec::len);
    Ok(Snapshot { skipped, ..read })
}

pub(super) fn events(body: &Value) -> Result<Events, Failure> {
    let n = body.get("n").and_then(rest::number).ok_or_else(|| unread("list of events"))?;
    let rows = list(body, "events");
    let events: Vec<Happening> = rows
        .iter()
        .filter_map(|row| match (row.get("call"), row.get("person")) {
            (Some(value), None) => call(value).map(Happening::Call),
            (None, Some(value)) => rest::row(value).map(Happening::Person),
            _ => None,
        })
        .collect();
    let skipped = rows.len() - events.len();
    Ok(Events { n, events, skipped })
}

fn unread(what: &str) -> Failure {
    Failure::new(FailureKind::Protocol, format!("the relay's answer is no {what}"))
}

fn list<'a>(body: &'a Value, name: &str) -> &'a [Value] {
    body.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn call(value: &Value) -> Option<Call> {
    let state = match value.get("state")?.as_str()? {
        "ringing" => CallState::Ringing,
        "answered" => CallState::Answered,
        "ended" => CallState::Ended,
        _ => return None,
    };
    let time = |name: &str| value.get(name)?.as_str()?.parse().ok();
    let line = value.get("line").and_then(|line| {
        let name = line.get("name").and_then(Value::as_str).and_then(clean);
        Some((clean(line.get("id")?.as_str()?)?, name))
    });
    Some(Call {
        id: clean(value.get("id")?.as_str()?)?,
        state,
        way: match value.get("direction").and_then(Value::as_str) {
            Some("incoming") => Way::In,
            Some("outgoing") => Way::Out,
            Some("internal") => Way::Internal,
            _ => Way::Unknown,
        },
        from: end(value.get("from")),
        to: end(value.get("to")),
        line,
        people: list(value, "people").iter().filter_map(Value::as_str).filter_map(clean).collect(),
        started_at: time("started_at"),
        answered_at: time("answered_at"),
        ended_at: time("ended_at"),
        code: value
            .get("cause")
            .and_then(Value::as_str)
            .and_then(|cause| cause.split_whitespace().next()?.parse().ok()),
    })
}

fn end(value: Option<&Value>) -> End {
    let text = |name: &str| value?.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty());
    match text("user") {
        Some(user) => {
            End { number: Some(user.into()), alias: text("alias").map(Box::from), internal: Some(true) }
        }
        None => End {
            number: text("number").map(Box::from),
            alias: text("alias").map(Box::from),
            internal: value.map(|_| false),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_that_cannot_be_read_cost_only_themselves() {
        let body = json!({"v": 1, "n": "7", "people": [{"id": "u"}, {}, 7],
            "calls": [{"id": "c", "state": "ringing"}, {"id": "c"}, {"state": "ringing"}, {"id": "c", "state": "x"}]});
        let read = snapshot(&body).unwrap();
        assert_eq!((read.n, read.people.len(), read.calls.len(), read.skipped), (7, 1, 1, 5));
        assert!(!read.complete);
        assert!(snapshot(&json!({"v": 2, "n": 1})).is_err());
        assert!(snapshot(&json!({"v": 1})).is_err() && events(&json!([])).is_err());
    }

    #[test]
    fn an_event_is_a_call_or_a_person() {
        let read = events(&json!({"n": 9, "events": [
            {"n": 8, "call": {"id": "c", "state": "ended", "cause": "486 Busy Here", "from": {"user": "u"}}},
            {"n": 9, "person": {"id": "u", "online": false}},
            {"n": 9, "call": {}, "person": {}}, {}]}))
        .unwrap();
        assert_eq!((read.n, read.events.len(), read.skipped), (9, 2, 2));
        let Happening::Call(call) = &read.events[0] else { panic!() };
        assert_eq!((call.code, call.from.internal, call.way), (Some(486), Some(true), Way::Unknown));
    }
}
