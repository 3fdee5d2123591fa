//! Firmafon (now Relatel): Faye pub/sub for events, REST for what is true.
//!
//! Pub/sub promises nothing: what is published while a dead socket has not been noticed is lost. So each time it
//! comes live, REST is asked for people and calls, and an event newer than the question wins over the answer.
//! Where pub/sub is gone altogether, REST alone is asked every few seconds.

mod api;
mod calls;
mod config;
mod departments;
mod events;
mod known;
mod names;
mod rest;
mod session;
mod wire;

use crate::{Key, Vendor, Way};

/// Firmafon in the table of vendors.
pub(crate) const VENDOR: Vendor = Vendor {
    name: "firmafon",
    title: "Firmafon / Relatel",
    keys: &[
        Key::text("pubsub_url", "Events", "Where events come from.")
            .default("https://pubsub.firmafon.dk/faye"),
        Key::text("api_url", "REST", "The REST API.").default("https://app.relatel.dk/api/v2"),
        Key::text("transport", "Transport", "How events come; auto takes the best that works.")
            .default("auto")
            .choices(&["auto", "websocket", "long-polling", "polling"]),
    ],
    proof: "the server has confirmed the subscriptions",
    secret: &[Way {
        title: "Personal token",
        fields: &[Key::hidden(
            "access_token",
            "Personal token",
            "Make one at app.relatel.dk under Account, Authorised applications.",
        )],
        needs: &[],
    }],
    check: |settings| config::Config::parse(settings).map(drop),
    open: |opening| {
        let config = config::Config::parse(opening.settings)?;
        let token = config::token(opening.secret)?;
        Ok(Box::new(session::Firmafon::new(&opening, config, token)))
    },
};
