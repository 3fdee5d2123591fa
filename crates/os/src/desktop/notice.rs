//! Words for a person that are not about a call: one connection each, for as long as they are before the person.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use engine::{Command, Incoming, Notice};
use futures_util::StreamExt;
use tokio::sync::{mpsc, oneshot};
use tracing::debug;
use zbus::{Connection, MatchRule, Message, MessageStream, message::Type, zvariant::Value};

use crate::{Activation, Bus, bus, text};

pub(super) const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// Nobody presses a button of a notice that is older.
const HEARD_FOR: Duration = Duration::from_secs(60 * 60);

/// A notice that is before the person, if it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown(Arc<Mutex<Option<Place>>>);

/// The number of a notice, which means nothing to another daemon.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// The daemon's unique name on the bus.
    daemon: String,
    id: u32,
}

impl Shown {
    pub(super) fn is_there(&self) -> bool {
        self.place().is_some()
    }

    fn place(&self) -> Option<Place> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is(&self, place: Option<Place>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }
}

pub(super) async fn tell(
    bus: Bus,
    notice: Notice,
    shown: Shown,
    ends: oneshot::Receiver<()>,
    incoming: mpsc::Sender<Incoming>,
    activation: Activation,
) {
    let key = notice.key;
    match tokio::time::timeout(HEARD_FOR, show(bus, notice, shown, ends, activation)).await {
        Ok(Ok(Some(command))) => {
            let (reply, _) = oneshot::channel();
            // Nobody listens any more only while the program ends.
            incoming.send(Incoming::Command(command, reply)).await.ok();
        }
        Ok(Ok(None)) | Err(_) => {}
        Ok(Err(error)) => debug!(%error, key, "a notice was not shown"),
    }
}

/// Takes away what is before the person.
pub(super) async fn take_back(bus: Bus, shown: &Shown) -> zbus::Result<()> {
    let Some(Place { daemon, id }) = shown.place() else { return Ok(()) };
    shown.is(None);
    close(&bus.connect().await?, &daemon, id).await
}

/// Shows it until it is gone or `ends` resolves; gives what was pressed.
async fn show(
    bus: Bus,
    notice: Notice,
    shown: Shown,
    mut ends: oneshot::Receiver<()>,
    activation: Activation,
) -> zbus::Result<Option<Command>> {
    let connection = bus.connect().await?;
    let mut owners = bus::owner_changes(&connection, NAME).await?;
    let mut signals = signals(&connection).await?;
    let reply = call(&connection, NAME, "GetCapabilities", &()).await?;
    let daemon = reply.header().sender().map(ToString::to_string).unwrap_or_default();
    let abilities: Vec<String> = reply.body().deserialize()?;
    let has = |ability: &str| abilities.iter().any(|other| other == ability);
    let mut body = text::lines(&text::said(&notice.body));
    if has("body-markup") {
        body = text::escaped(&body);
    }
    let mut actions = Vec::new();
    if has("actions") {
        if let Some((label, _)) = notice.buttons.first() {
            actions.extend(["default".to_owned(), text::said(label).into_owned()]);
        }
        for (number, (label, _)) in notice.buttons.iter().enumerate() {
            actions.extend([number.to_string(), text::said(label).into_owned()]);
        }
    }
    let title = text::said(&notice.title);
    let words = Words { title: &title, body: &body, actions, hints: HashMap::new(), expires_in_ms: -1 };
    let replaces = shown.place().filter(|place| place.daemon == daemon).map_or(0, |place| place.id);
    let id = notify(&connection, &daemon, replaces, words).await?;
    shown.is(Some(Place { daemon: daemon.clone(), id }));
    loop {
        let message = tokio::select! {
            biased;
            _ = &mut ends => return Ok(None),
            change = owners.next() => {
                let Some(change) = change else { break };
                let is_here = bus::owner_change(&change?)
                    .is_none_or(|(_, owner)| owner.is_some_and(|owner| owner == daemon));
                if !is_here {
                    break;
                }
                continue;
            }
            message = signals.next() => message,
        };
        let Some(message) = message else { break };
        match heard(&message?, id) {
            Some(Heard::Closed) => break,
            Some(Heard::Token(token)) => activation.put(token),
            Some(Heard::Invoked(key)) => {
                let number = if key == "default" { 0 } else { key.parse().unwrap_or(usize::MAX) };
                shown.is(None);
                return Ok(notice.buttons.into_iter().nth(number).map(|(_, command)| command));
            }
            None => {}
        }
    }
    shown.is(None);
    Ok(None)
}

/// What a notification shows.
pub(super) struct Words<'a> {
    pub(super) title: &'a str,
    pub(super) body: &'a str,
    pub(super) actions: Vec<String>,
    pub(super) hints: HashMap<&'static str, Value<'a>>,
    pub(super) expires_in_ms: i32,
}

/// Shows a notification at the daemon of this name, in place of the one with this number if it is not 0.
pub(super) async fn notify(
    connection: &Connection,
    daemon: &str,
    replaces: u32,
    words: Words<'_>,
) -> zbus::Result<u32> {
    let mut hints = words.hints;
    hints.insert("desktop-entry", "ringside".into());
    hints.insert("suppress-sound", true.into());
    let title = text::line(words.title);
    let arguments =
        ("Ringside", replaces, "ringside", title, words.body, words.actions, hints, words.expires_in_ms);
    call(connection, daemon, "Notify", &arguments).await?.body().deserialize()
}

pub(super) async fn close(connection: &Connection, daemon: &str, id: u32) -> zbus::Result<()> {
    call(connection, daemon, "CloseNotification", &id).await.map(drop)
}

pub(super) async fn abilities(connection: &Connection) -> zbus::Result<Vec<String>> {
    call(connection, NAME, "GetCapabilities", &()).await?.body().deserialize()
}

/// Name and version of the daemon.
pub(super) async fn server(connection: &Connection) -> zbus::Result<String> {
    let reply = call(connection, NAME, "GetServerInformation", &()).await?;
    let (name, _, version, _): (String, String, String, String) = reply.body().deserialize()?;
    Ok(format!("{} {}", text::line(&name), text::line(&version)))
}

pub(super) async fn signals(connection: &Connection) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder().msg_type(Type::Signal).sender(NAME)?.path(PATH)?.interface(NAME)?.build();
    MessageStream::for_match_rule(rule, connection, None).await
}

/// What a signal says of a notification.
pub(super) enum Heard {
    Closed,
    Invoked(String),
    Token(String),
}

pub(super) fn heard(message: &Message, id: u32) -> Option<Heard> {
    let (header, body) = (message.header(), message.body());
    let of_this = |(number, text): (u32, String)| (number == id).then_some(text);
    match header.member()?.as_str() {
        "NotificationClosed" => {
            let (closed, _reason) = body.deserialize::<(u32, u32)>().ok()?;
            (closed == id).then_some(Heard::Closed)
        }
        "ActionInvoked" => of_this(body.deserialize().ok()?).map(Heard::Invoked),
        "ActivationToken" => of_this(body.deserialize().ok()?).map(Heard::Token),
        _ => None,
    }
}

async fn call<B>(connection: &Connection, daemon: &str, method: &str, arguments: &B) -> zbus::Result<Message>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    connection.call_method(Some(daemon), PATH, Some(NAME), method, arguments).await
}
