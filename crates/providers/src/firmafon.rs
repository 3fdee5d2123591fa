//! Firmafon (now Relatel): Faye pub/sub for events, REST for what is true.

mod calls;
mod events;
mod rest;
mod wire;

use crate::{Key, Vendor};

/// Firmafon in the table of vendors.
pub(crate) const VENDOR: Vendor = Vendor {
    name: "firmafon",
    title: "Firmafon / Relatel",
    keys: &[
        Key {
            name: "pubsub_url",
            about: "where events come from",
            default: Some("https://pubsub.firmafon.dk/faye"),
        },
        Key { name: "api_url", about: "the REST API", default: Some("https://app.relatel.dk/api/v2") },
        Key { name: "transport", about: "auto, websocket, long-polling or polling", default: Some("auto") },
    ],
    secret: &[Key {
        name: "access_token",
        about: "a personal token from your account's page",
        default: None,
    }],
    check: |_| Ok(()),
    open: |_| Err(crate::SettingsFault::in_key("provider", "Firmafon is not built yet.")),
};
