//! Words for a person that are not about a call: one connection each, for as long as they are before the person.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use engine::{Command, Incoming, Notice};
use futures_util::StreamExt;
use tokio::sync::{mpsc, oneshot};
use tracing::debug;
use zbus::{Connection, MatchRule, Message, MessageStream, message::Type, zvariant::Value};

use crate::{Activation, Bus, text};

pub(super) const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// Nobody presses a button of a notice that is older.
const HEARD_FOR: Duration = Duration::from_secs(60 * 60);

/// The daemon's number of a notice, 0 before it has one.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown(Arc<AtomicU32>);

impl Shown {
    pub(super) fn is_there(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }

    fn is(&self, id: u32) {
        self.0.store(id, Ordering::Relaxed);
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
    if !shown.is_there() {
        return Ok(());
    }
    close(&bus.connect().await?, shown.0.swap(0, Ordering::Relaxed)).await
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
    let mut signals = signals(&connection).await?;
    let abilities = abilities(&connection).await?;
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
    let id = notify(&connection, shown.0.load(Ordering::Relaxed), words).await?;
    shown.is(id);
    loop {
        let message = tokio::select! {
            message = signals.next() => message,
            _ = &mut ends => return Ok(None),
        };
        let Some(message) = message else { break };
        match heard(&message?, id) {
            Some(Heard::Closed) => break,
            Some(Heard::Token(token)) => activation.put(token),
            Some(Heard::Invoked(key)) => {
                let number = if key == "default" { 0 } else { key.parse().unwrap_or(usize::MAX) };
                shown.is(0);
                return Ok(notice.buttons.into_iter().nth(number).map(|(_, command)| command));
            }
            None => {}
        }
    }
    shown.is(0);
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

pub(super) async fn notify(connection: &Connection, replaces: u32, words: Words<'_>) -> zbus::Result<u32> {
    let mut hints = words.hints;
    hints.insert("desktop-entry", "ringside".into());
    hints.insert("suppress-sound", true.into());
    let title = text::line(words.title);
    let arguments =
        ("Ringside", replaces, "ringside", title, words.body, words.actions, hints, words.expires_in_ms);
    call(connection, "Notify", &arguments).await?.body().deserialize()
}

pub(super) async fn close(connection: &Connection, id: u32) -> zbus::Result<()> {
    call(connection, "CloseNotification", &id).await.map(drop)
}

pub(super) async fn abilities(connection: &Connection) -> zbus::Result<Vec<String>> {
    call(connection, "GetCapabilities", &()).await?.body().deserialize()
}

/// Name and version of the daemon.
pub(super) async fn server(connection: &Connection) -> zbus::Result<String> {
    let reply = call(connection, "GetServerInformation", &()).await?;
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

async fn call<B>(connection: &Connection, method: &str, arguments: &B) -> zbus::Result<Message>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    connection.call_method(Some(NAME), PATH, Some(NAME), method, arguments).await
}
