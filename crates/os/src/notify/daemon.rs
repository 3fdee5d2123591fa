//! The words of `org.freedesktop.Notifications` (Desktop Notifications Specification 1.3), and which service is asked.
//!
//! It comes before the portal, because it tells when a person closes a notification and answers with an id; within a
//! sandbox, and where it is missing, the portal is spoken to.

use std::{borrow::Cow, collections::HashMap};

use engine::{Alert, AlertKind};
use zbus::{Connection, MatchRule, Message, MessageStream, message::Type, zvariant::Value};

use super::{
    desk::{Heard, Noise},
    portal::{self, Portal},
};
use crate::{bus, errands::is_sandboxed, text};

pub(super) const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What this daemon can do.
#[derive(Debug, Clone, Default)]
pub(super) struct Abilities {
    /// Its unique name on the bus.
    pub(super) owner: String,
    has_actions: bool,
    reads_markup: bool,
    has_sound: bool,
    /// It is the portal, with these abilities.
    pub(super) portal: Option<Portal>,
}

impl Abilities {
    pub(super) fn of_portal(owner: String, portal: Portal) -> Self {
        Self { owner, has_actions: true, portal: Some(portal), ..Self::default() }
    }
}

/// Asks what the notification service can do, which also starts it where the bus knows how.
pub(super) async fn ask(connection: Connection) -> zbus::Result<Abilities> {
    if is_sandboxed() {
        return portal::ask(&connection).await;
    }
    match classic(&connection).await {
        Ok(abilities) => Ok(abilities),
        Err(error) => portal::ask(&connection).await.map_err(|_| error),
    }
}

async fn classic(connection: &Connection) -> zbus::Result<Abilities> {
    let reply = call(connection, "GetServerInformation").await?;
    let body = reply.body();
    let (name, vendor, version, _) = body.deserialize::<(&str, &str, &str, &str)>()?;
    tracing::debug!(name, vendor, version, "notification daemon");
    let reply = call(connection, "GetCapabilities").await?;
    let body = reply.body();
    let list: Vec<&str> = body.deserialize()?;
    let owner = reply.header().sender().map(ToString::to_string).unwrap_or_default();
    Ok(Abilities {
        owner,
        has_actions: list.contains(&"actions"),
        reads_markup: list.contains(&"body-markup"),
        has_sound: list.contains(&"sound"),
        portal: None,
    })
}

/// Shows an alert, in place of the one with this id if it is not 0; returns its id, however late that is told.
pub(super) async fn notify(
    connection: Connection,
    abilities: Abilities,
    replaces: u32,
    alert: Alert,
    noise: Noise,
) -> zbus::Result<u32> {
    if let Some(portal) = &abilities.portal {
        return portal::notify(&connection, &abilities.owner, portal, replaces, &alert, noise).await;
    }
    let summary = text::line(&text::said(&alert.title));
    let mut body = text::lines(&text::said(&alert.body));
    if abilities.reads_markup {
        body = text::escaped(&body);
    }
    let actions: Vec<Cow<'_, str>> = alert
        .actions
        .iter()
        .filter(|_| abilities.has_actions)
        .flat_map(|&action| {
            let label = text::said(&alert.label(action)).into_owned();
            [Cow::Borrowed(action.key()), Cow::Owned(label)]
        })
        .collect();
    let (category, urgency, never_expires) = match alert.kind {
        AlertKind::Incoming => ("call.incoming", 2_u8, true),
        AlertKind::Missed => ("call.unanswered", 1, false),
        AlertKind::Free => ("presence.online", 1, false),
    };
    let mut hints: HashMap<&str, Value<'_>> = HashMap::from([
        ("category", category.into()),
        ("urgency", urgency.into()),
        ("desktop-entry", "ringside".into()),
    ]);
    match alert.sound.filter(|_| noise == Noise::Heard && abilities.has_sound) {
        Some(sound) => hints.insert("sound-name", sound.into()),
        // The telephone rings; the desktop need not.
        None => hints.insert("suppress-sound", true.into()),
    };
    if never_expires {
        hints.insert("resident", true.into());
    }
    // 0 = never, -1 = as the daemon likes.
    let expires_in_ms = if never_expires { 0 } else { -1 };
    let arguments = ("Ringside", replaces, "ringside", summary, body, actions, hints, expires_in_ms);
    bus::call_patiently(&connection, &abilities.owner, PATH, NAME, "Notify", &arguments).await
}

/// Takes a notification away.
pub(super) async fn close(connection: Connection, abilities: Abilities, id: u32) -> zbus::Result<()> {
    if abilities.portal.is_some() {
        return portal::remove(&connection, &abilities.owner, id).await;
    }
    let owner = abilities.owner.as_str();
    connection.call_method(Some(owner), PATH, Some(NAME), "CloseNotification", &id).await.map(drop)
}

/// What the daemon says by itself, from the moment this returns.
pub(super) async fn signals(connection: &Connection) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder().msg_type(Type::Signal).sender(NAME)?.path(PATH)?.interface(NAME)?.build();
    MessageStream::for_match_rule(rule, connection, None).await
}

/// A signal of the daemon.
pub(super) enum Signal {
    About(u32, Heard),
    /// Comes before the button it belongs to.
    Token(String),
}

/// Nothing for what is not known or not well formed.
pub(super) fn parse(message: &Message) -> Vec<Signal> {
    let is_portals = message.header().interface().is_some_and(|interface| *interface == portal::INTERFACE);
    if is_portals { portal::parse(message).unwrap_or_default() } else { one(message).into_iter().collect() }
}

fn one(message: &Message) -> Option<Signal> {
    let (header, body) = (message.header(), message.body());
    match header.member()?.as_str() {
        "NotificationClosed" => {
            let (id, _reason) = body.deserialize::<(u32, u32)>().ok()?;
            Some(Signal::About(id, Heard::Closed))
        }
        "ActionInvoked" => {
            let (id, key) = body.deserialize::<(u32, String)>().ok()?;
            Some(Signal::About(id, Heard::Invoked(key)))
        }
        "ActivationToken" => {
            let (_, token) = body.deserialize::<(u32, String)>().ok()?;
            Some(Signal::Token(token))
        }
        _ => None,
    }
}

async fn call(connection: &Connection, method: &str) -> zbus::Result<Message> {
    connection.call_method(Some(NAME), PATH, Some(NAME), method, &()).await
}
