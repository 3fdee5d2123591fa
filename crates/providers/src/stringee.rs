//! Stringee: topics and calls over its web SDK's socket, with the organisation's relay or REST behind it.
//!
//! **Not a published protocol.** The frames are those of npm `stringee` 2.9.3 (see [`protocols::stringee`]); none of
//! this was checked against Stringee's own servers. Messages to topics are documented for `onlineStatus` only; those
//! of `call` and `ALL_CALL_STATUS` are read as they may come, and what is not understood is counted by the names of
//! its fields.
//!
//! The organisation runs two things, both described in `docs/relay.md`: the *token endpoint*, which makes the tokens
//! that people sign in with, and, if it likes, the *relay*, which knows what the socket does not tell. The API key
//! secret stays there; a secret that looks like one is refused.
//!
//! # Who one is
//!
//! Stringee counts every connected client as its user being online, so the choice of user matters:
//!
//! - **The softphone's own user.** Calls ring here as they ring the softphone, with number and name, and
//!   do-not-disturb can be set over the socket. But Ringside's connection alone makes that user online (and, if the
//!   token says so, published as online): a queue that rings whoever is online may then ring somebody whose
//!   softphone is off. A call that a colleague took instead looks missed here unless a relay says otherwise.
//! - **A user of its own (observer)**, with `subscribe` and without `attributes` in the token. Nothing about calls
//!   changes. But calls are only heard of by topics, whose call fields are not documented, so that a caller's number
//!   may be missing unless a relay tells it, and do-not-disturb needs the relay or REST.
//!
//! Which of the two it is, is seen from the token: its user is the person, unless the key `softphone_user` or the
//! relay's `me` names another one.

mod api;
mod calls;
mod config;
mod ends;
mod people;
mod relay;
mod rest;
mod session;
mod token;

use crate::{Key, Vendor, Way};

/// Stringee in the table of vendors.
pub(crate) const VENDOR: Vendor = Vendor {
    name: "stringee",
    title: "Stringee",
    keys: &[
        Key::text(
            "token_url",
            "Token address",
            "Where your organisation hands out Stringee tokens; leave it out to paste a token.",
        )
        .optional(),
        Key::text(
            "softphone_user",
            "Softphone's user",
            "Leave it out if the token is your softphone's user: callers are shown, but Stringee counts you as online \
             while Ringside runs, softphone or not. If the token is an observer's own user, write your softphone's \
             user here: calls are not touched, but callers' numbers may be missing without a relay.",
        )
        .optional(),
        Key::text("api_url", "REST", "The REST API; projects in other regions have an address of their own.")
            .default("https://api.stringee.com"),
        Key::text(
            "address_url",
            "List of servers",
            "Where the servers are asked for; without it, at the REST API.",
        )
        .optional(),
        Key::list(
            "servers",
            "Servers",
            "Servers to connect to instead of asking for a list, such as wss://v1.stringee.com:6899/.",
        )
        .optional(),
        Key::text(
            "relay_url",
            "Relay",
            "Your organisation's relay, if it has one: it knows who is there, callers' numbers and do-not-disturb.",
        )
        .optional(),
        Key::text("dnd_attribute", "Do-not-disturb attribute", "The attribute that says do-not-disturb.")
            .default("manual_status"),
        Key::text("dnd_value", "Do-not-disturb on", "What the attribute is while it is on.")
            .default("NOT AVAILABLE"),
        Key::text("dnd_off_value", "Do-not-disturb off", "What the attribute is while it is off.")
            .default("AVAILABLE"),
    ],
    proof: "the server has accepted the sign-in, and confirms no topics",
    secret: &[
        Way {
            title: "Organisation's token address",
            fields: &[Key::hidden(
                "token_url_authorization",
                "Authorization",
                "What your organisation's token address wants as Authorization header, if anything.",
            )
            .optional()],
            needs: &["token_url"],
        },
        Way {
            title: "Pasted token",
            fields: &[
                Key::hidden("token", "Client token", "A Stringee client token; it works until it expires."),
                Key::hidden("relay_token", "Relay token", "What the relay wants instead of it, if anything.")
                    .optional(),
            ],
            needs: &[],
        },
    ],
    check: |settings| config::Config::parse(settings).map(drop),
    open: |opening| {
        let config = config::Config::parse(opening.settings)?;
        let credential = config::Credential::parse(opening.secret, &config)?;
        Ok(Box::new(session::Stringee::new(&opening, config, credential)))
    },
};
