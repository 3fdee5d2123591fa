//! Answers as Faye writes them: the order of the keys is part of what clients in the field have seen.

use serde::Serialize;
use serde_json::{Map, Value};

/// One message of a client.
pub(super) type Message = Map<String, Value>;

/// What JavaScript takes for true.
pub(super) fn truthy(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(yes)) => *yes,
        Some(Value::Number(number)) => number.as_f64().is_some_and(|n| n != 0.0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(_) | Value::Object(_)) => true,
    }
}

/// What JavaScript makes of a value in a text.
pub(super) fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => parts.iter().map(|part| shown(Some(part))).collect::<Vec<_>>().join(","),
        Some(value @ (Value::Bool(_) | Value::Number(_) | Value::Object(_))) => value.to_string(),
    }
}

/// A response with its keys in the order they were set, like a JavaScript object; the values are JSON already.
#[derive(Clone, Debug)]
pub(super) struct Reply(Vec<(&'static str, String)>);

impl Reply {
    /// The start of every answer: what is echoed from the message, and whether an extension refused it.
    pub(super) fn to(message: &Message, refused: Option<String>) -> Reply {
        let mut reply = Reply(Vec::with_capacity(8));
        for key in ["id", "clientId", "channel"] {
            if let Some(value) = message.get(key).filter(|value| truthy(Some(value))) {
                reply.set(key, value);
            }
        }
        let successful = refused.is_none();
        if let Some(error) = refused {
            reply.set("error", error);
        }
        reply.set("successful", successful);
        reply
    }

    pub(super) fn set(&mut self, key: &'static str, value: impl Serialize) {
        let Ok(encoded) = serde_json::to_string(&value) else { return };
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, place)) => *place = encoded,
            None => self.0.push((key, encoded)),
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.0.retain(|(known, _)| *known != key);
    }

    /// Sets the error in Faye's form `code:parameter:text`.
    pub(super) fn fail(&mut self, code: u16, parameter: &str, text: &str) {
        self.set("error", format!("{code}:{parameter}:{text}"));
    }

    pub(super) fn failed(&self) -> bool {
        self.0.iter().any(|(key, _)| *key == "error")
    }

    /// Brings `successful` in line with whether there is an error.
    pub(super) fn settle(&mut self) {
        self.set("successful", !self.failed());
    }

    pub(super) fn encode(&self) -> String {
        let fields: Vec<String> = self.0.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    }
}
