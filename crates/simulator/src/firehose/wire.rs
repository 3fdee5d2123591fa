//! One occurrence in each of the spellings that Kazoo call events are known in.
//!
//! Which of them Firehose uses is not documented; so all can be chosen.

use serde_json::{Map, Value, json};

use super::Shape;
use super::switch::Occurrence;

/// Channel variables that a webhook has at its top level, or not at all.
const RESERVED: [&str; 15] = [
    "Account-ID",
    "Account-Name",
    "Account-Realm",
    "Realm",
    "Owner-ID",
    "Authorizing-ID",
    "Authorizing-Type",
    "Presence-ID",
    "Username",
    "Resource-ID",
    "Global-Resource",
    "Ecallmgr-Node",
    "Channel-Authorized",
    "Call-Forward",
    "Fetch-ID",
];

/// One event, as one subscriber's account hears it.
pub(super) fn encode(
    occurrence: &Occurrence,
    shape: Shape,
    subscriber: &str,
    numbers_as_text: bool,
) -> Value {
    let fields = &occurrence.fields;
    let name = occurrence.name.as_str();
    let mut value = match shape {
        Shape::Raw => Value::Object(fields.clone()),
        Shape::Camel => Value::Object(spelled(fields, camel)),
        Shape::Blackhole => json!({
            "action": "event",
            "subscribed_key": format!("call.{name}.*"),
            "subscription_key": format!("call.{subscriber}.{name}.*"),
            "name": name,
            "routing_key": format!("call.{subscriber}.{name}.{}", occurrence.leg),
            "data": spelled(fields, snake),
        }),
        Shape::BlackholeArguments => json!({ "name": name, "args": fields }),
        Shape::Webhook => Value::Object(webhook(name, fields)),
    };
    if numbers_as_text {
        write_numbers_as_text(&mut value);
    }
    value
}

fn spelled(fields: &Map<String, Value>, spell: fn(&str) -> String) -> Map<String, Value> {
    let entry = |(key, value): (&String, &Value)| {
        let value = match value {
            Value::Object(inner) => Value::Object(spelled(inner, spell)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                value.clone()
            }
        };
        (spell(key), value)
    };
    fields.iter().map(entry).collect()
}

/// `Call-ID` as `call_id`.
fn snake(key: &str) -> String {
    key.replace('-', "_").to_ascii_lowercase()
}

/// `Call-ID` as `callId`.
fn camel(key: &str) -> String {
    let word = |(at, word): (usize, &str)| {
        let word = word.to_ascii_lowercase();
        let mut letters = word.chars();
        match letters.next().filter(|_| at > 0) {
            Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
            None => word,
        }
    };
    key.split('-').enumerate().map(word).collect()
}

/// Flat, with the ids at the top, no `Msg-ID`, and the time as a string (`webhooks_channel_util.erl`).
fn webhook(name: &str, fields: &Map<String, Value>) -> Map<String, Value> {
    let no_variables = Map::new();
    let variables = fields.get("Custom-Channel-Vars").and_then(Value::as_object).unwrap_or(&no_variables);
    let mut hook = Map::new();
    let mut put = |key: &str, value: Option<&Value>| {
        if let Some(value) = value {
            hook.insert(key.to_owned(), value.clone());
        }
    };
    let event = match name {
        // The webhooks app knows no other end of a channel.
        "CHANNEL_DISCONNECTED" => "channel_destroy".to_owned(),
        name => name.to_ascii_lowercase(),
    };
    put("hook_event", Some(&event.into()));
    for key in ["Account-ID", "Owner-ID", "Authorizing-ID", "Authorizing-Type"] {
        put(&snake(key), variables.get(key));
    }
    for key in [
        "Call-ID",
        "Other-Leg-Call-ID",
        "Call-Direction",
        "Caller-ID-Name",
        "Caller-ID-Number",
        "Callee-ID-Name",
        "Callee-ID-Number",
        "From",
        "To",
        "Request",
        "Parking-Slot",
        "Hangup-Cause",
        "Hangup-Code",
        "Duration-Seconds",
        "Ringing-Seconds",
        "Billing-Seconds",
        "Custom-Application-Vars",
    ] {
        put(&snake(key), fields.get(key));
    }
    if name == "CHANNEL_BRIDGE" {
        put("original_number", fields.get("Caller-Destination-Number"));
        put("other_leg_destination_number", fields.get("Other-Leg-Destination-Number"));
    }
    let forwarded = variables.contains_key("Call-Forward");
    put("call_forwarded", Some(&forwarded.into()));
    put("is_internal_leg", Some(fields.get("Channel-Is-Loopback").unwrap_or(&Value::Bool(false))));
    put("timestamp", fields.get("Timestamp").map(|at| at.to_string().into()).as_ref());
    let survives = |(key, _): &(&String, &Value)| !RESERVED.contains(&key.as_str());
    let custom = variables.iter().filter(survives).map(|(key, value)| (key.clone(), value.clone())).collect();
    put("custom_channel_vars", Some(&Value::Object(custom)));
    hook
}

fn write_numbers_as_text(value: &mut Value) {
    match value {
        Value::Number(number) => *value = Value::String(number.to_string()),
        Value::Array(values) => values.iter_mut().for_each(write_numbers_as_text),
        Value::Object(fields) => fields.values_mut().for_each(write_numbers_as_text),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_spelled_in_three_ways() {
        for (key, snakes, camels) in [
            ("Call-ID", "call_id", "callId"),
            ("Other-Leg-Call-ID", "other_leg_call_id", "otherLegCallId"),
            ("From", "from", "from"),
        ] {
            assert_eq!((snake(key), camel(key)), (snakes.to_owned(), camels.to_owned()));
        }
    }

    #[test]
    fn numbers_can_be_text_at_any_depth() {
        let mut value = json!({"a": 1, "b": {"c": [2, "x", true]}});
        write_numbers_as_text(&mut value);
        assert_eq!(value, json!({"a": "1", "b": {"c": ["2", "x", true]}}));
    }
}
