//! NGUC (Weblink): events over SockJS, tokens by OAuth 2 with a password, and a map that says what events mean.
//!
//! Known are the frames, the sign-in, the event `Queue` and picking up; verified against the vendor's public pages and
//! public programs, never against a server of the vendor's. What else the server sends, and by which paths its REST
//! API tells the state of things, is not: all of that is [`event_map`], which a customer can complete.
//!
//! After each connect events come first, then the snapshot from REST, then the events that came meanwhile.

mod api;
mod calls;
mod config;
pub mod event_map;
mod events;
mod people;
mod session;
mod snapshot;
mod value;
mod zone;

use crate::{Form, Key, Vendor, Way};

/// NGUC in the table of vendors.
pub(crate) const VENDOR: Vendor = Vendor {
    name: "nguc",
    title: "NGUC (Weblink)",
    keys: &[
        Key::text("event_url", "Events", "Where events come from; the session's ids are added.")
            .default("https://event-nguc.weblink.se"),
        Key::text("api_url", "REST", "The REST API.").default("https://api-nguc.weblink.se"),
        Key::text(
            "client_id",
            "Client id",
            "`external.` and your company's name, as NGUC gave it to you; needed to sign in with a password.",
        )
        .optional(),
        Key::text("me", "Your user id", "Your id at NGUC; needed only where Ringside does not find it out.")
            .optional(),
        Key::text("time_zone", "Time zone", "The zone of times that NGUC writes without one.")
            .default("Europe/Stockholm"),
        Key::file(
            "event_map",
            "Event map",
            "The whole path of a file that says what NGUC's events mean; see docs/event-map.md.",
        )
        .form(Form { schema: event_map::schema, check: faults })
        .optional(),
    ],
    proof: "the server has taken the token, and confirms no subscriptions",
    secret: &[
        Way {
            title: "User name and password",
            fields: &[
                Key::text("username", "User name", "What you sign in to NGUC with."),
                Key::hidden("password", "Password", "Your password at NGUC."),
                Key::text("tfa", "One-time code", "The code of your second factor, if you have one.")
                    .optional(),
            ],
            needs: &["client_id"],
        },
        Way {
            title: "Token",
            fields: &[
                Key::hidden("access_token", "Access token", "A token that NGUC issued to you."),
                Key::hidden(
                    "refresh_token",
                    "Refresh token",
                    "What gets the next one; without it, this lasts until it expires.",
                )
                .optional(),
            ],
            needs: &[],
        },
    ],
    check: |settings| config::Config::parse(settings).map(drop),
    open: |opening| Ok(Box::new(session::Nguc::new(opening)?)),
};

/// All that is wrong with an event map.
fn faults(text: &str) -> Vec<String> {
    let faults = event_map::check(text).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}
