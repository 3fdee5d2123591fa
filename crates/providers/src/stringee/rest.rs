//! The answers of the REST API, read leniently: `r` may be text, `message` may be `msg`, rows may lack anything.

use std::sync::Arc;

use protocols::{Response, stringee};
use serde_json::Value;

use crate::{Failure, FailureKind, text::clean};

/// A person and their attributes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: Option<Arc<str>>,
    pub(super) online: Option<bool>,
    pub(super) attributes: Vec<(String, stringee::Value)>,
}

/// The body of an answer that is none of refusal.
pub(super) fn body(response: &Response) -> Result<Value, Failure> {
    let parsed = serde_json::from_str::<Value>(&response.body);
    let refusal = parsed.as_ref().ok().and_then(|parsed| number(parsed.get("r")?)).filter(|code| *code != 0);
    if !response.is_success() {
        let failure = Failure::from_status(response.status, response.retry_after);
        return Err(match refusal {
            Some(code) => Failure { detail: format!("{}, r {code}", failure.detail), ..failure },
            None => failure,
        });
    }
    match (parsed, refusal) {
        (_, Some(code)) => Err(Failure::new(
            if matches!(code, 1..=6) { FailureKind::RefusedToken } else { FailureKind::Protocol },
            format!("r {code}"),
        )),
        (Ok(parsed), None) => Ok(parsed),
        (Err(_), None) => Err(Failure::new(FailureKind::Protocol, "the answer is no JSON")),
    }
}

/// Reads `GET /v1/users`: who is online, and how many rows could not be read.
pub(super) fn users(body: &Value) -> Result<(Vec<Row>, usize), Failure> {
    let rows = body
        .get("users")
        .or_else(|| body.pointer("/data/users"))
        .and_then(Value::as_array)
        .ok_or_else(|| Failure::new(FailureKind::Protocol, "the answer is no list of users"))?;
    let read: Vec<Row> = rows.iter().filter_map(row).map(|row| Row { online: Some(true), ..row }).collect();
    let skipped = rows.len() - read.len();
    Ok((read, skipped))
}

/// Reads a person of REST (`userId`, attributes as a list) or of the relay (`id`, attributes as an object).
pub(super) fn row(value: &Value) -> Option<Row> {
    let id = value.get("userId").or_else(|| value.get("id"))?;
    let id = match id {
        Value::String(text) => clean(text)?,
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let attributes = match value.get("attributes") {
        Some(Value::Array(rows)) => rows
            .iter()
            .filter_map(|row| Some((row.get("attribute")?.as_str()?.to_owned(), attribute(row.get("value")))))
            .collect(),
        Some(Value::Object(fields)) => {
            fields.iter().map(|(name, value)| (name.clone(), attribute(Some(value)))).collect()
        }
        _ => Vec::new(),
    };
    let name = value.get("name").and_then(Value::as_str).and_then(clean).map(Arc::from);
    Some(Row { id, name, online: value.get("online").and_then(Value::as_bool), attributes })
}

/// An attribute's value in the form in which a topic would tell it.
fn attribute(value: Option<&Value>) -> stringee::Value {
    match value {
        None | Some(Value::Null) => stringee::Value::Nothing,
        Some(Value::Bool(truth)) => stringee::Value::Bool(*truth),
        Some(Value::Number(number)) => number.as_i64().map_or(stringee::Value::Other, stringee::Value::Whole),
        Some(Value::String(text)) => match text.trim() {
            "" => stringee::Value::Nothing,
            text => stringee::Value::Text(text.into()),
        },
        Some(Value::Object(fields)) => {
            let status = ["status", "state", "callStatus", "call_status"]
                .iter()
                .find_map(|name| fields.get(*name)?.as_str());
            status.map_or(stringee::Value::Other, |status| stringee::Value::Status(status.into()))
        }
        Some(Value::Array(_)) => stringee::Value::Other,
    }
}

/// A whole number, also as text.
pub(super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn attributes_come_as_a_list_or_as_an_object() {
        let list = json!({"userId": "u", "loginTime": 1, "attributes": [
            {"attribute": "call"}, {"attribute": "onlineStatus", "value": "online"}, {"value": 1}, 7,
            {"attribute": "manual_status", "value": {"status": "LUNCH"}}]});
        let object = json!({"id": "u", "attributes":
            {"call": null, "onlineStatus": "online", "manual_status": {"status": "LUNCH"}}});
        for person in [list, object] {
            let mut row = row(&person).unwrap();
            row.attributes.sort_by(|one, other| one.0.cmp(&other.0));
            assert_eq!(
                row.attributes,
                [
                    ("call".to_owned(), stringee::Value::Nothing),
                    ("manual_status".to_owned(), stringee::Value::Status("LUNCH".into())),
                    ("onlineStatus".to_owned(), stringee::Value::Text("online".into())),
                ]
            );
        }
        assert_eq!(row(&json!({"userId": 7})).unwrap().id, "7");
        assert_eq!(row(&json!({"userId": []})), None);
    }

    #[test]
    fn a_refusal_is_one_whatever_the_status() {
        let read = |status, text: &str| {
            body(&Response { status, retry_after: None, body: text.to_owned() }).unwrap_err().kind
        };
        assert_eq!(read(200, r#"{"r":"5","msg":"keySid invalid"}"#), FailureKind::RefusedToken);
        assert_eq!(read(403, r#"{"r":5}"#), FailureKind::Forbidden);
        assert_eq!(read(200, r#"{"r":9}"#), FailureKind::Protocol);
        assert_eq!(read(200, "<html>"), FailureKind::Protocol);
        assert!(users(&json!({"users": {}})).is_err());
        let (rows, skipped) = users(&json!({"count": 2, "users": [{"userId": "u"}, 7]})).unwrap();
        assert_eq!((rows.len(), skipped), (1, 1));
    }
}
