//! Firehose, as fonoUC (QVOICE) gives it: Kazoo's call events for a whole account over one websocket, and Kazoo's
//! REST (Crossbar) where a provider lets it be reached.
//!
//! The stream has legs of calls and nothing else: what is a call, whose it is and who is busy is worked out in
//! [`calls`]. It keeps nothing, so what happens while nobody listens can only be asked of Crossbar.
//!
//! Nothing of this was tried on a real Firehose, whose payload is documented nowhere: events are taken for Kazoo's.

mod calls;
mod config;
mod crossbar;
mod me;
mod session;

use crate::{Key, Vendor, Way};

/// Firehose in the table of vendors.
pub(crate) const VENDOR: Vendor = Vendor {
    name: "firehose",
    title: "Firehose (fonoUC, Kazoo)",
    keys: &[
        Key::text("url", "Address", "Where the Firehose is, such as https://pbx.example.com:9443."),
        Key::text("domain", "Domain", "The account's name or realm, as you log in with it."),
        Key::list(
            "accounts",
            "Accounts",
            "The ids of the accounts to hear of; yours and its children if not given.",
        )
        .optional(),
        Key::list("events", "Events", "The events to hear; all if not given. Ringing needs CHANNEL_CREATE.")
            .optional(),
        Key::table("me", "Me", "Who you are, if it cannot be found out: owner_id, devices, extension.")
            .optional(),
        Key::text("token_in", "Token", "Where the socket's token goes; a query ends in the logs of proxies.")
            .default("header")
            .choices(&["header", "query"]),
        Key::text(
            "crossbar_url",
            "Crossbar",
            "Kazoo's REST API, if you may use it: for names, do not disturb and calls under way.",
        )
        .optional(),
    ],
    proof: "the server has taken the token and the socket, and confirms no subscriptions",
    secret: &[Way {
        title: "User name and password",
        fields: &[
            Key::text("username", "User name", "As you log in at your provider's portal."),
            Key::hidden("password", "Password", "As you log in at your provider's portal."),
        ],
        needs: &[],
    }],
    check: |settings| config::Config::parse(settings).map(drop),
    open: |opening| {
        let config = config::Config::parse(opening.settings)?;
        let login = config::login(opening.secret)?;
        Ok(Box::new(session::Firehose::new(&opening, config, login)))
    },
};
