//! Semaswift: Centrifugo for events, REST for tokens, names, states and one's own status.
//!
//! Nothing of this was ever seen by a real Semaswift. From its documents are: both ways to a connection token, the
//! sign-in, the channels, and the payloads of `call.started`, `agent.status_changed` and `ticket.updated`. The other
//! events are named there without a payload, answers of `/voice` are shown nowhere: what is read of them is a guess
//! and read leniently. How Centrifugo itself behaves was seen with Centrifugo 6.
//!
//! There is no list of calls to ask for. What rang before the connection is told by the channel's history, where the
//! server keeps one; a call without an end is given up after two minutes of ringing or four hours of talk.
//! Semaswift's statuses have no end: one that was asked for with an end is taken back by the session, if it is
//! still there.

mod api;
mod calls;
mod config;
mod events;
mod jwt;
mod people;
mod queues;
mod rest;
mod session;
mod status;
mod wire;

use crate::{Key, Vendor, Way};

/// Semaswift in the table of vendors.
pub(crate) const VENDOR: Vendor = Vendor {
    name: "semaswift",
    title: "Semaswift",
    keys: &[
        Key::text("api_url", "REST", "The REST API.").default("https://api.semaswift.com"),
        Key::text("realtime_url", "Events", "Where events come from.")
            .default("wss://realtime.semaswift.com/connection/websocket"),
        Key::text("token_path", "Token path", "Where the API gives tokens for events.")
            .default("/api/v1/realtime/token"),
        Key::list("channels", "Channels", "What to listen to; {id} stands for your user.")
            .default(r#"["voice:calls", "voice:agents", "tickets:mine", "user:{id}", "presence:online"]"#),
        Key::text("agent_id", "Agent", "Which agent you are, if your user does not tell.").optional(),
        Key::text("dnd_status", "Do-not-disturb status", "The agent status for do-not-disturb.").optional(),
        Key::text("available_status", "Available status", "The agent status after do-not-disturb.")
            .optional(),
    ],
    proof: "the server has confirmed the subscriptions",
    secret: &[
        Way {
            title: "Access token",
            fields: &[
                Key::hidden("access_token", "Access token", "A personal token such as pat_live_…"),
                Key::hidden("refresh_token", "Refresh token", "Renews an access token that ends.").optional(),
            ],
            needs: &[],
        },
        Way {
            title: "E-mail and password",
            fields: &[
                Key::text("email", "E-mail", "As at Semaswift."),
                Key::hidden("password", "Password", "As at Semaswift."),
            ],
            needs: &[],
        },
    ],
    check: |settings| config::Config::parse(settings).map(drop),
    open: |opening| {
        let config = config::Config::parse(opening.settings)?;
        let secret = config::Secret::parse(opening.secret)?;
        Ok(Box::new(session::Semaswift::new(&opening, config, secret)))
    },
};
