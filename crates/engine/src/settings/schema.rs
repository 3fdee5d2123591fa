use providers::VENDORS;
use serde_json::{Map, Value, json};

/// The JSON Schema of the settings, made from the table of vendors.
pub fn schema() -> Value {
    let accounts: Vec<Value> = VENDORS
        .iter()
        .map(|vendor| {
            let mut properties: Map<String, Value> = vendor
                .keys
                .iter()
                .map(|key| (key.name.to_owned(), json!({ "description": key.about, "default": key.default })))
                .collect();
            properties.insert("id".to_owned(), json!({ "type": "string", "pattern": "^[a-z0-9-]{1,64}$" }));
            properties
                .insert("provider".to_owned(), json!({ "const": vendor.name, "description": vendor.title }));
            properties
                .insert("popups".to_owned(), json!({ "enum": ["mine", "all", "none"], "default": "mine" }));
            json!({ "type": "object", "properties": properties, "required": ["id", "provider"] })
        })
        .collect();
    json!({
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
    })
}
