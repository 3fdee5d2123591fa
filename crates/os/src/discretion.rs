//! Whether the screen is locked and whether the desktop wants quiet, as far as its services tell.
//!
//! Told by: logind's `LockedHint`; the screen savers of freedesktop, GNOME, Cinnamon, MATE and XFCE; the property
//! `Inhibited` of the notification service (KDE's), dunst's `paused`, xfce4-notifyd's setting and GNOME's
//! `show-banners`. Nobody tells a program that another one shares the screen.

use std::{
    collections::{BTreeSet, HashMap},
    process::Stdio,
};

use engine::{Incoming, Surroundings};
use futures_util::{StreamExt as _, stream::SelectAll};
use tokio::{process::Command, sync::mpsc, task::JoinHandle};
use tracing::debug;
use zbus::{
    Connection, MatchRule, Message, MessageStream, Proxy,
    message::Type,
    proxy::MethodFlags,
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use crate::{Bus, bus};

const SAVERS: [(&str, &str); 5] = [
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
];
const LOGIND: &str = "org.freedesktop.login1";
const LOGIND_SESSION: &str = "org.freedesktop.login1.Session";
const NOTIFICATIONS: &str = "org.freedesktop.Notifications";
const NOTIFICATIONS_PATH: &str = "/org/freedesktop/Notifications";
const DUNST: &str = "org.dunstproject.cmd0";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const XFCONF: &str = "org.xfce.Xfconf";
const XFCONF_CHANNEL: &str = "xfce4-notifyd";
const XFCONF_KEY: &str = "/do-not-disturb";
const DCONF: &str = "ca.desrt.dconf.Writer";
const GNOME: &str = "org.gnome.desktop.notifications";

/// Tells the engine who may see the screen, until it is dropped.
pub struct Discretion {
    watching: JoinHandle<()>,
}

impl Discretion {
    /// Starts watching on the current tokio runtime: `session` for screen savers and the notification service, `system`
    /// for logind. What is not there is taken for unlocked and undisturbed.
    pub fn watch(session: Bus, system: Bus, incoming: mpsc::Sender<Incoming>) -> Self {
        Self { watching: tokio::spawn(watch(session, system, incoming)) }
    }
}

impl Drop for Discretion {
    fn drop(&mut self) {
        self.watching.abort();
    }
}

/// Who says that the screen is locked, and who that the desktop wants quiet.
#[derive(Default)]
struct Said {
    locked: BTreeSet<&'static str>,
    inhibited: BTreeSet<&'static str>,
}

impl Said {
    fn locked(&mut self, by: &'static str, says: bool) {
        set(&mut self.locked, by, says);
    }

    fn inhibited(&mut self, by: &'static str, says: bool) {
        set(&mut self.inhibited, by, says);
    }

    fn all(&self) -> Surroundings {
        Surroundings { locked: !self.locked.is_empty(), inhibited: !self.inhibited.is_empty() }
    }
}

fn set(who: &mut BTreeSet<&'static str>, by: &'static str, says: bool) {
    if says {
        who.insert(by);
    } else {
        who.remove(by);
    }
}

async fn watch(session: Bus, system: Bus, incoming: mpsc::Sender<Incoming>) {
    let mut streams = SelectAll::new();
    let mut said = Said::default();
    let session = match session.connect().await {
        Ok(connection) => Some(connection),
        Err(error) => {
            debug!(%error, "a locked screen is not told by the session");
            None
        }
    };
    if let Some(session) = &session
        && let Err(error) = follow_session(session, &mut streams, &mut said).await
    {
        debug!(%error, "not all of the session is followed");
    }
    let logind = follow_logind(&system, &mut streams, &mut said).await;
    if let Err(error) = &logind {
        debug!(%error, "a locked screen is not told by logind");
    }
    let mut told = Surroundings::default();
    loop {
        if told != said.all() {
            told = said.all();
            if incoming.send(Incoming::Surroundings(told)).await.is_err() {
                return;
            }
        }
        let Some(message) = streams.next().await else { return };
        if let Ok(message) = message {
            heard(&message, session.as_ref(), &mut said).await;
        }
    }
}

async fn follow_session(
    session: &Connection,
    streams: &mut SelectAll<MessageStream>,
    said: &mut Said,
) -> zbus::Result<()> {
    for (name, _) in SAVERS {
        let rule =
            MatchRule::builder().msg_type(Type::Signal).interface(name)?.member("ActiveChanged")?.build();
        streams.push(MessageStream::for_match_rule(rule, session, None).await?);
        streams.push(bus::owner_changes(session, name).await?);
        said.locked(name, is_active(session, name).await);
    }
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .path(NOTIFICATIONS_PATH)?
        .interface(PROPERTIES)?
        .member("PropertiesChanged")?
        .build();
    streams.push(MessageStream::for_match_rule(rule, session, None).await?);
    streams.push(bus::owner_changes(session, NOTIFICATIONS).await?);
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(XFCONF)?
        .member("PropertyChanged")?
        .arg(0, XFCONF_CHANNEL)?
        .build();
    streams.push(MessageStream::for_match_rule(rule, session, None).await?);
    read_notifications(session, said).await;
    let arguments = (XFCONF_CHANNEL, XFCONF_KEY);
    let quiet: Option<OwnedValue> =
        ask(session, XFCONF, "/org/xfce/Xfconf", XFCONF, "GetProperty", &arguments).await;
    said.inhibited(XFCONF, quiet.as_ref().is_some_and(is_true));
    if is_gnome() {
        let rule = MatchRule::builder().msg_type(Type::Signal).interface(DCONF)?.member("Notify")?.build();
        streams.push(MessageStream::for_match_rule(rule, session, None).await?);
        said.inhibited(GNOME, shows_no_banners().await);
    }
    Ok(())
}

async fn follow_logind(
    system: &Bus,
    streams: &mut SelectAll<MessageStream>,
    said: &mut Said,
) -> zbus::Result<()> {
    let connection = system.connect().await?;
    let manager = "org.freedesktop.login1.Manager";
    let reply = connection
        .call_method(Some(LOGIND), "/org/freedesktop/login1", Some(manager), "GetSession", &"auto")
        .await?;
    let path: OwnedObjectPath = reply.body().deserialize()?;
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(LOGIND)?
        .path(path.clone())?
        .interface(PROPERTIES)?
        .member("PropertiesChanged")?
        .build();
    streams.push(MessageStream::for_match_rule(rule, &connection, None).await?);
    let locked = property(&connection, LOGIND, path.as_str(), LOGIND_SESSION, "LockedHint").await;
    said.locked(LOGIND, locked);
    Ok(())
}

/// Whether dconf tells that GNOME's notification settings are others.
fn tells_of_banners(body: &zbus::message::Body) -> bool {
    body.deserialize::<(&str, Vec<&str>, &str)>().is_ok_and(|(place, changes, _)| {
        changes.iter().any(|change| format!("{place}{change}").contains("desktop/notifications"))
    })
}

async fn heard(message: &Message, session: Option<&Connection>, said: &mut Said) {
    let (header, body) = (message.header(), message.body());
    let interface = header.interface().map(ToString::to_string).unwrap_or_default();
    let saver = |name: &str| SAVERS.into_iter().map(|(saver, _)| saver).find(|saver| *saver == name);
    match header.member().map(zbus::names::MemberName::as_str) {
        Some("ActiveChanged") => {
            if let (Some(saver), Ok(active)) = (saver(&interface), body.deserialize::<bool>()) {
                said.locked(saver, active);
            }
        }
        Some("NameOwnerChanged") => {
            let Ok((name, _, owner)) = body.deserialize::<(String, String, String)>() else { return };
            let Some(session) = session else { return };
            match saver(&name) {
                Some(saver) => said.locked(saver, !owner.is_empty() && is_active(session, saver).await),
                None if owner.is_empty() => {
                    said.inhibited(NOTIFICATIONS, false);
                    said.inhibited(DUNST, false);
                }
                None => read_notifications(session, said).await,
            }
        }
        Some("PropertiesChanged") => {
            let Ok((interface, changed, _)) =
                body.deserialize::<(String, HashMap<String, OwnedValue>, Vec<String>)>()
            else {
                return;
            };
            let changed = |name: &str| changed.get(name).map(is_true);
            match interface.as_str() {
                LOGIND_SESSION => changed("LockedHint").into_iter().for_each(|on| said.locked(LOGIND, on)),
                NOTIFICATIONS => {
                    changed("Inhibited").into_iter().for_each(|on| said.inhibited(NOTIFICATIONS, on));
                }
                DUNST => changed("paused").into_iter().for_each(|on| said.inhibited(DUNST, on)),
                _ => {}
            }
        }
        Some("PropertyChanged") => {
            if let Ok((XFCONF_CHANNEL, XFCONF_KEY, value)) = body.deserialize::<(&str, &str, Value<'_>)>() {
                said.inhibited(XFCONF, matches!(value, Value::Bool(true)));
            }
        }
        Some("Notify") if tells_of_banners(&message.body()) => {
            said.inhibited(GNOME, shows_no_banners().await);
        }
        _ => {}
    }
}

async fn is_active(session: &Connection, saver: &str) -> bool {
    let Some((name, path)) = SAVERS.into_iter().find(|(name, _)| *name == saver) else { return false };
    ask(session, name, path, name, "GetActive", &()).await.unwrap_or(false)
}

async fn read_notifications(session: &Connection, said: &mut Said) {
    let kde = property(session, NOTIFICATIONS, NOTIFICATIONS_PATH, NOTIFICATIONS, "Inhibited").await;
    said.inhibited(NOTIFICATIONS, kde);
    let dunst = property(session, NOTIFICATIONS, NOTIFICATIONS_PATH, DUNST, "paused").await;
    said.inhibited(DUNST, dunst);
}

async fn property(connection: &Connection, name: &str, path: &str, interface: &str, property: &str) -> bool {
    let value: Option<OwnedValue> =
        ask(connection, name, path, PROPERTIES, "Get", &(interface, property)).await;
    value.as_ref().is_some_and(is_true)
}

/// Asks a service that is there; none is started for it.
async fn ask<B, R>(
    connection: &Connection,
    name: &str,
    path: &str,
    interface: &str,
    method: &str,
    arguments: &B,
) -> Option<R>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
    R: for<'d> zbus::zvariant::DynamicDeserialize<'d>,
{
    let proxy = Proxy::new(connection, name.to_owned(), path.to_owned(), interface.to_owned()).await.ok()?;
    proxy.call_with_flags(method, MethodFlags::NoAutoStart.into(), arguments).await.ok()?
}

fn is_true(value: &OwnedValue) -> bool {
    matches!(**value, Value::Bool(true))
}

fn is_gnome() -> bool {
    std::env::var("XDG_CURRENT_DESKTOP").is_ok_and(|desktop| desktop.contains("GNOME"))
}

/// GNOME's own switch is not on the bus; its command line reads it.
async fn shows_no_banners() -> bool {
    let mut asking = Command::new("gsettings");
    asking.args(["get", GNOME, "show-banners"]).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    asking.output().await.is_ok_and(|said| said.stdout.starts_with(b"false"))
}
