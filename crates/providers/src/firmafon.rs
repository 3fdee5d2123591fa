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
            title: "Events",
            about: "Where events come from.",
            default: Some("https://pubsub.firmafon.dk/faye"),
            choices: &[],
        },
        Key {
            name: "api_url",
            title: "REST",
            about: "The REST API.",
            default: Some("https://app.relatel.dk/api/v2"),
            choices: &[],
        },
        Key {
            name: "transport",
            title: "Transport",
            about: "How events come; auto takes the best that works.",
            default: Some("auto"),
            choices: &["auto", "websocket", "long-polling", "polling"],
        },
    ],
    secret: &[Key {
        name: "access_token",
        title: "Personal token",
        about: "Make one at app.relatel.dk under Account, Authorised applications.",
        default: None,
        choices: &[],
    }],
    check: |settings| config::Config::parse(settings).map(drop),
    open: |opening| {
        let config = config::Config::parse(opening.settings)?;
        let token = config::token(opening.secret)?;
        Ok(Box::new(session::Firmafon::new(&opening, config, token)))
    },
};
