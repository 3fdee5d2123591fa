//! A map's JSON Schema, made of the same tables that it is read by.

use serde_json::{Map, Value, json};

use super::{
    fields::{CALLER, Kind, Spec},
    words::Table,
};

/// The JSON Schema (draft 2020-12) of a map, for editors that know TOML.
pub fn schema() -> Value {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ringside: map of NGUC's events",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "version": {"const": 1, "description": "The version of this format."},
            "defaults": {"type": "boolean", "default": true,
                "description": "Whether this is laid over the map that Ringside has, or stands alone."},
            "country_code": {"type": "string", "pattern": "^[0-9]{0,3}$",
                "description": "Put in place of the 0 with which a number within the country begins."},
            "me": object(json!({
                "token": paths("Where the reply that brings the tokens names the account's owner."),
                "path": url_path("What to ask for to know the account's owner."),
                "id": paths("Where the answer to that has the owner's id."),
            }), &[]),
            "event": {"type": "array", "items": {"$ref": "#/$defs/event", "allOf": fields_by_kind()}},
            "values": {"$ref": "#/$defs/values"},
            "snapshot": {"type": "array", "items": object(json!({
                "path": url_path("What to ask for after each connect."),
                "list": {"$ref": "#/$defs/texts",
                    "description": "Where the rows are; `.` is the answer itself."},
                "event": {"type": "string", "description": "The event as which a row is read."},
            }), &["path", "event"])},
        },
        "$defs": {
            "texts": {"anyOf": [
                {"type": ["string", "integer", "boolean"]},
                {"type": "array", "maxItems": 50, "items": {"type": ["string", "integer", "boolean"]}},
            ]},
            "event": object(json!({
                "name": {"$ref": "#/$defs/texts", "description": "The event's name, as the server writes it."},
                "kind": {"enum": kinds, "description": "What the event is about."},
                "fields": {"type": "object", "description": "Where each field is found."},
                "callers": fields(CALLER, &[]),
                "values": {"$ref": "#/$defs/values"},
                "always": object(always(), &[]),
            }), &["name", "kind"]),
            "values": object(values(), &[]),
        },
    })
}

fn object(properties: Value, required: &[&str]) -> Value {
    json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
}

fn paths(about: &str) -> Value {
    json!({"$ref": "#/$defs/texts", "description": about})
}

fn url_path(about: &str) -> Value {
    json!({"type": "string", "pattern": "^/[^/]", "description": about})
}

fn fields(known: &[Spec], more: &[(&str, &str)]) -> Value {
    let known = known.iter().map(|spec| (spec.name, spec.about));
    let properties: Map<String, Value> =
        known.chain(more.iter().copied()).map(|(name, about)| (name.to_owned(), paths(about))).collect();
    object(Value::Object(properties), &[])
}

/// Which fields an event of each kind may have.
fn fields_by_kind() -> Vec<Value> {
    let rule = |&kind: &Kind| {
        let callers: &[_] = if kind == Kind::Queue { &[("callers", "The list of who waits.")] } else { &[] };
        json!({
            "if": {"properties": {"kind": {"const": kind.name()}}},
            "then": {"properties": {"fields": fields(kind.fields(), callers)}},
        })
    };
    Kind::ALL.iter().map(rule).collect()
}

fn values() -> Value {
    let tables = Table::ALL.iter().map(|table| {
        let meanings = table.meanings().into_iter().map(|meaning| {
            (
                meaning.to_owned(),
                json!({"$ref": "#/$defs/texts", "description": "The server's words for it."}),
            )
        });
        (table.name().to_owned(), object(Value::Object(meanings.collect()), &[]))
    });
    Value::Object(tables.collect())
}

fn always() -> Value {
    let tables = Table::ALL.iter().map(|table| (table.name().to_owned(), json!({"enum": table.meanings()})));
    Value::Object(tables.collect())
}
