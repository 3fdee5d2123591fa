//! The words of `org.freedesktop.portal.Notification`, versions 1 and 2.
//!
//! It never says that a person closed a notification, nor whether one was shown. Written from the specification and
//! tried against a recording service only.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use engine::{Alert, AlertAction, AlertKind};
use zbus::{
    Connection, MatchRule, Message, MessageStream,
    message::Type,
    zvariant::{OwnedValue, Value},
};

use super::{
    daemon::{Abilities, Signal},
    desk::{Heard, Noise},
};
use crate::{bus, text};

pub(super) const NAME: &str = "org.freedesktop.portal.Desktop";
pub(super) const INTERFACE: &str = "org.freedesktop.portal.Notification";
const PATH: &str = "/org/freedesktop/portal/desktop";
const ID: &str = "ringside-";

/// What this portal can do.
#[derive(Debug, Clone, Default)]
pub(super) struct Portal {
    /// Version 2 or later.
    is_second: bool,
    categories: Vec<String>,
    purposes: Vec<String>,
    /// Ids are ours to choose there.
    last_id: Arc<AtomicU32>,
}

pub(super) async fn ask(connection: &Connection) -> zbus::Result<Abilities> {
    let reply = connection
        .call_method(Some(NAME), PATH, Some("org.freedesktop.DBus.Properties"), "GetAll", &INTERFACE)
        .await?;
    let owner = reply.header().sender().map(ToString::to_string).unwrap_or_default();
    let body = reply.body();
    let properties: HashMap<String, OwnedValue> = body.deserialize()?;
    let version = properties.get("version").and_then(|version| version.downcast_ref::<u32>().ok());
    let version = version.ok_or(zbus::Error::InterfaceNotFound)?;
    let options = properties.get("SupportedOptions");
    Ok(Abilities::of_portal(
        owner,
        Portal {
            is_second: version >= 2,
            categories: options.map(|options| listed(options, "category")).unwrap_or_default(),
            purposes: options.map(|options| listed(options, "button-purpose")).unwrap_or_default(),
            last_id: Arc::default(),
        },
    ))
}

fn listed(options: &OwnedValue, name: &str) -> Vec<String> {
    let Value::Dict(options) = &**options else { return Vec::new() };
    options
        .get::<&str, Value<'_>>(&name)
        .ok()
        .flatten()
        .and_then(|list| list.try_into().ok())
        .unwrap_or_default()
}

pub(super) async fn notify(
    connection: &Connection,
    owner: &str,
    portal: &Portal,
    replaces: u32,
    alert: &Alert,
    noise: Noise,
) -> zbus::Result<u32> {
    let id = if replaces == 0 { portal.last_id.fetch_add(1, Ordering::Relaxed) + 1 } else { replaces };
    let (category, priority) = match alert.kind {
        AlertKind::Incoming => ("call.incoming", "urgent"),
        AlertKind::Missed => ("call.unanswered", "normal"),
        AlertKind::Free => ("presence.online", "normal"),
    };
    let buttons: Vec<HashMap<&str, Value<'_>>> =
        alert.actions.iter().map(|&action| button(portal, alert, action)).collect();
    let mut notification: HashMap<&str, Value<'_>> = HashMap::from([
        ("title", text::line(&text::said(&alert.title)).into()),
        ("body", text::lines(&text::said(&alert.body)).into()),
        ("priority", priority.into()),
        ("default-action", AlertAction::Open.key().into()),
        ("buttons", buttons.into()),
    ]);
    if portal.is_second {
        if portal.categories.iter().any(|known| known == category) {
            notification.insert("category", category.into());
        }
        notification.insert("display-hint", vec!["hide-content-on-lock-screen"].into());
        let is_heard = alert.sound.is_some() && noise == Noise::Heard;
        notification.insert("sound", if is_heard { "default" } else { "silent" }.into());
    }
    let arguments = (format!("{ID}{id}"), notification);
    let () = bus::call_patiently(connection, owner, PATH, INTERFACE, "AddNotification", &arguments).await?;
    Ok(id)
}

fn button<'a>(portal: &Portal, alert: &Alert, action: AlertAction) -> HashMap<&'a str, Value<'a>> {
    let mut button = HashMap::from([
        ("label", Value::from(text::said(&alert.label(action)).into_owned())),
        ("action", Value::from(action.key())),
    ]);
    // A call is neither declined nor hung up from here.
    let purpose = match action {
        AlertAction::PickUp => Some("call.accept"),
        AlertAction::Open
        | AlertAction::Silence
        | AlertAction::CallBack
        | AlertAction::Call
        | AlertAction::OpenCrm
        | AlertAction::QuietCaller
        | AlertAction::CopyNumber => None,
    };
    if let Some(purpose) =
        purpose.filter(|purpose| portal.is_second && portal.purposes.iter().any(|known| known == purpose))
    {
        button.insert("purpose", purpose.into());
    }
    button
}

pub(super) async fn remove(connection: &Connection, owner: &str, id: u32) -> zbus::Result<()> {
    let id = format!("{ID}{id}");
    connection.call_method(Some(owner), PATH, Some(INTERFACE), "RemoveNotification", &id).await.map(drop)
}

pub(super) async fn signals(connection: &Connection) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(NAME)?
        .path(PATH)?
        .interface(INTERFACE)?
        .member("ActionInvoked")?
        .build();
    MessageStream::for_match_rule(rule, connection, None).await
}

/// A pressed button, after the leave to raise a window if there is one.
pub(super) fn parse(message: &Message) -> Option<Vec<Signal>> {
    let body = message.body();
    let (id, key, parameters) = body.deserialize::<(&str, String, Vec<Value<'_>>)>().ok()?;
    let id = id.strip_prefix(ID)?.parse().ok()?;
    let token = parameters.iter().find_map(|parameter| {
        let Value::Dict(data) = parameter else { return None };
        data.get::<&str, String>(&"activation-token").ok().flatten()
    });
    Some(token.map(Signal::Token).into_iter().chain([Signal::About(id, Heard::Invoked(key))]).collect())
}
