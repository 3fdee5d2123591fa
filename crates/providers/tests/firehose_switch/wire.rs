//! What the switch sends, in one of three spellings.

use serde_json::{Value, json};

use crate::switch::{Happening, Leg};

/// The moment of the beginning, in microseconds since 1970.
pub(crate) const BEGAN: u64 = 1_795_251_600_000_000;
/// From the year 0 to 1970.
const GREGORIAN: u64 = 62_167_219_200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    Raw,
    Snake,
    Hook,
}

/// The message that tells of it.
pub(crate) fn message(spelling: Spelling, leg: &Leg, happening: &Happening) -> String {
    let micros = BEGAN + happening.at * 1_000;
    let other = happening.other.as_ref().or(leg.bridge.as_ref());
    let address = |user: &str| format!("{user}@acme.example");
    let way = if leg.inbound { "inbound" } else { "outbound" };
    let kind = if leg.phone.is_some() { "device" } else { "resource" };
    let fields = [
        ("Call-ID", Some(json!(leg.id))),
        ("Call-Direction", Some(json!(way))),
        ("Timestamp", Some(json!(micros / 1_000_000 + GREGORIAN + 1))),
        ("Other-Leg-Call-ID", other.map(|id| json!(id))),
        ("From", Some(json!(address(leg.caller)))),
        ("To", Some(json!(address(leg.dialled)))),
        ("Request", Some(json!(address(leg.dialled)))),
        ("Caller-ID-Number", Some(json!(leg.caller))),
        ("Callee-ID-Number", Some(json!(leg.dialled))),
        ("Hangup-Cause", happening.cause.map(|cause| json!(cause))),
        ("Bridge-B-Unique-ID", happening.other.as_ref().map(|id| json!(id))),
    ];
    let vars = [
        ("Account-ID", Some(json!("1bf77e27463db7ade4cf89d6f039196c"))),
        ("Owner-ID", leg.owner().map(|owner| json!(owner))),
        ("Authorizing-ID", leg.device().map(|device| json!(device))),
        ("Authorizing-Type", Some(json!(kind))),
        ("Presence-ID", leg.extension().map(|extension| json!(address(extension)))),
        ("Bridge-ID", leg.bridge.as_ref().map(|bridge| json!(bridge))),
        ("Call-Forward", leg.loopback.then(|| json!("true"))),
    ];
    let id = ("Msg-ID", Some(json!(micros.to_string())));
    match spelling {
        Spelling::Raw => {
            let name = ("Event-Name", Some(json!(happening.name)));
            let vars = ("Custom-Channel-Vars", Some(object(vars, str::to_owned)));
            object(fields.into_iter().chain([id, name, vars]), str::to_owned).to_string()
        }
        Spelling::Snake => {
            let name = ("Event-Name", Some(json!(happening.name)));
            let vars = ("Custom-Channel-Vars", Some(object(vars, snake)));
            let data = object(fields.into_iter().chain([id, name, vars]), snake);
            json!({"action": "event", "name": happening.name, "data": data}).to_string()
        }
        Spelling::Hook => {
            let bridge = leg.bridge.as_ref().map(|bridge| json!(bridge));
            let custom = object([("Bridge-ID", bridge)], str::to_owned);
            let name = ("Hook-Event", Some(json!(happening.name.to_lowercase())));
            let fields = fields.into_iter().chain([name]).chain(
                vars.into_iter()
                    .filter(|(key, _)| !matches!(*key, "Presence-ID" | "Bridge-ID" | "Call-Forward")),
            );
            let mut event = object(fields, snake);
            event["custom_channel_vars"] = custom;
            event["is_internal_leg"] = json!(leg.loopback);
            event.to_string()
        }
    }
}

fn object<'a>(
    fields: impl IntoIterator<Item = (&'a str, Option<Value>)>,
    spell: fn(&str) -> String,
) -> Value {
    fields
        .into_iter()
        .filter_map(|(key, value)| Some((spell(key), value?)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn snake(key: &str) -> String {
    key.to_lowercase().replace('-', "_")
}
