//! Firmafon (now Relatel): Faye pub/sub for events, REST for what is true.
//!
//! Pub/sub promises nothing: what is published while a dead socket has not been noticed is lost. So each time it
//! comes live, REST is asked for people and calls, and an event newer than the question wins over the answer.
//! Where pub/sub is gone altogether, REST alone is asked every few seconds.

mod api;
mod calls;
mod config;
mod events;
mod names;
mod rest;
mod session;
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
    check: |settings| config::Config::parse(settings).map(drop),
    open: |opening| {
        let config = config::Config::parse(opening.settings)?;
        let token = config::token(opening.secret)?;
        Ok(Box::new(session::Firmafon::new(&opening, config, token)))
    },
};
