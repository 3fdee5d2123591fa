use providers::{Key, Kind, VENDORS};
use serde_json::{Map, Value, json};

use super::{REPEATED, SECTIONS, Section, read::json_of};

/// The JSON Schema of the settings, made from the table of vendors.
pub fn schema() -> Value {
    let accounts: Vec<Value> = VENDORS
        .iter()
        .map(|vendor| {
            let mut properties: Map<String, Value> = vendor.keys.iter().map(property).collect();
            properties.insert("id".to_owned(), json!({ "type": "string", "pattern": "^[a-z0-9-]{1,64}$" }));
            properties
                .insert("provider".to_owned(), json!({ "const": vendor.name, "description": vendor.title }));
            properties
                .insert("popups".to_owned(), json!({ "enum": ["mine", "all", "none"], "default": "mine" }));
            properties.insert("country".to_owned(), json!({
                "type": "string", "pattern": "^[A-Z]{2}$",
                "description": "whose national numbers the account's are, such as DK; without one only numbers with their country code are understood"
            }));
            properties.insert("strip_prefixes".to_owned(), json!({
                "type": "array", "items": { "type": "string" },
                "description": "what the exchange puts before numbers and is no part of them, such as L0#"
            }));
            json!({ "type": "object", "properties": properties, "required": ["id", "provider"] })
        })
        .collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ringside settings",
        "type": "object",
        "properties": {
            "version": { "const": 1 },
            "popup_window": { "type": "boolean", "default": false, "description": "open a small window for a ringing call as well" },
            "proxy": { "type": "string", "description": "http://[user:password@]host:port; default: the environment's" },
            "ca_file": { "type": "string", "description": "PEM certificates trusted beside the system's" },
            "account": { "type": "array", "items": { "oneOf": accounts } }
        }
    });
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.extend(SECTIONS.iter().map(|section| (section.name.to_owned(), table(section))));
        properties.extend(
            REPEATED.iter().map(|section| {
                (section.name.to_owned(), json!({ "type": "array", "items": table(section) }))
            }),
        );
    }
    schema
}

fn table(section: &Section) -> Value {
    let keys: Map<String, Value> = section.keys.iter().map(property).collect();
    json!({ "type": "object", "description": section.title, "properties": keys })
}

fn property(key: &Key) -> (String, Value) {
    let mut about = kind(key.kind);
    about.insert("description".to_owned(), json!(key.about));
    if let Some(default) = key.default {
        let default = json_of(key, default).unwrap_or_else(|_| json!(default));
        about.insert("default".to_owned(), default);
    }
    if !key.choices.is_empty() {
        about.insert("enum".to_owned(), json!(key.choices));
    }
    (key.name.to_owned(), Value::Object(about))
}

fn kind(kind: Kind) -> Map<String, Value> {
    let name = match kind {
        Kind::Text | Kind::Hidden | Kind::File => "string",
        Kind::Number => "integer",
        Kind::Switch => "boolean",
        Kind::List => "array",
        Kind::Table => "object",
    };
    let mut about = Map::from_iter([("type".to_owned(), json!(name))]);
    if kind == Kind::List {
        about.insert("items".to_owned(), json!({ "type": "string" }));
    }
    about
}

/// What a page needs to know of the vendors to ask a person for an account: written beside the other bindings.
#[cfg(all(test, feature = "bindings"))]
#[test]
fn export_bindings_vendors() {
    let fields = |keys: &[Key]| -> Vec<Value> {
        let field = |key: &Key| {
            json!({
                "name": key.name, "title": key.title, "about": key.about, "default": key.default,
                "choices": key.choices, "optional": key.optional, "hidden": key.kind == Kind::Hidden,
            })
        };
        keys.iter().map(field).collect()
    };
    let ways = |ways: &[providers::Way]| -> Vec<Value> {
        let way = |way: &providers::Way| json!({ "title": way.title, "fields": fields(way.fields), "needs": way.needs });
        ways.iter().map(way).collect()
    };
    let vendors: Map<String, Value> = VENDORS
        .iter()
        .map(|vendor| {
            let about = json!({
                "title": vendor.title, "ways": ways(vendor.secret), "settings": fields(vendor.keys),
            });
            (vendor.name.to_owned(), about)
        })
        .collect();
    let folder = std::env::var("TS_RS_EXPORT_DIR").unwrap_or_else(|_| "bindings".to_owned());
    std::fs::create_dir_all(&folder).unwrap();
    let text = serde_json::to_string_pretty(&vendors).unwrap() + "\n";
    std::fs::write(std::path::Path::new(&folder).join("vendors.json"), text).unwrap();
}
