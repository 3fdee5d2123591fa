//! Global hotkeys by the `GlobalShortcuts` portal of xdg-desktop-portal, version 1: the only way on Wayland.
//!
//! Without the portal nothing is bound and [`Incoming::Part`] says what to do instead. There is no grab of keys on X11.

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

use engine::{Hotkey, Incoming};
use futures_util::{FutureExt, StreamExt};
use tokio::{sync::mpsc, task::JoinHandle};
use tracing::debug;
use zbus::{
    Connection, MatchRule, Message, MessageStream,
    fdo::DBusProxy,
    message::Type,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use crate::{Bus, bus, part::Part};

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SHORTCUTS: &str = "org.freedesktop.portal.GlobalShortcuts";
const NONE: &str = "This desktop gives programs no global hotkeys; bind `ringside dnd on` and `ringside dnd off` in its own keyboard settings.";
const REFUSED: &str =
    "The desktop did not bind the hotkeys; allow them in its settings, or name other keys in [hotkeys].";
/// A portal that unbinds sooner than this, twice in a row, is not asked again.
const EARLY: Duration = Duration::from_secs(10);

/// Hotkeys that are bound until this is dropped.
pub struct Hotkeys {
    task: JoinHandle<()>,
}

impl Hotkeys {
    /// Binds them on the current tokio runtime. Presses go to `incoming` as [`Incoming::Hotkey`], and so does
    /// [`Incoming::Part`] `"hotkeys"`.
    pub fn bind(bus: Bus, wanted: BTreeMap<Hotkey, String>, incoming: mpsc::Sender<Incoming>) -> Self {
        Self { task: tokio::spawn(run(bus, wanted, incoming)) }
    }
}

impl Drop for Hotkeys {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(bus: Bus, wanted: BTreeMap<Hotkey, String>, incoming: mpsc::Sender<Incoming>) {
    let mut part = Part::new("hotkeys", incoming.clone());
    if wanted.is_empty() {
        return;
    }
    let mut ended_early = false;
    loop {
        let mut portal = match Portal::find(&bus).await {
            Ok(portal) => portal,
            Err(error) => {
                debug!(%error, "no bus for hotkeys");
                return part.fails(NONE).await;
            }
        };
        let problem = match portal.bind(&wanted).await {
            Ok(Some(mut session)) => {
                let bound_at = Instant::now();
                part.works().await;
                while let Some(hotkey) = portal.pressed(&mut session).await {
                    if incoming.send(Incoming::Hotkey(hotkey)).await.is_err() {
                        return;
                    }
                }
                let was_early = ended_early;
                ended_early = bound_at.elapsed() < EARLY;
                if !(was_early && ended_early) {
                    continue;
                }
                REFUSED
            }
            Ok(None) => REFUSED,
            Err(error) => {
                debug!(%error, "no portal for hotkeys");
                NONE
            }
        };
        part.fails(problem).await;
        if portal.another().await.is_none() {
            return;
        }
    }
}

/// The portal that is asked, on a connection of its own: with that ends what was bound by it.
struct Portal {
    connection: Connection,
    owners: MessageStream,
    /// Its unique name, if there is one.
    asked: Option<String>,
    /// Who has its place.
    owner: Option<String>,
}

/// What is bound.
struct Session {
    signals: MessageStream,
    handle: String,
}

impl Portal {
    /// Starts it where the bus knows how.
    async fn find(bus: &Bus) -> zbus::Result<Self> {
        let connection = bus.connect().await?;
        let owners = bus::owner_changes(&connection, NAME).await?;
        let names = DBusProxy::new(&connection).await?;
        if let Err(error) = names.start_service_by_name(NAME.try_into()?, 0).await {
            debug!(%error, "no portal is started");
        }
        let asked = names.get_name_owner(NAME.try_into()?).await.ok().map(|owner| owner.to_string());
        let mut portal = Self { connection, owners, owner: asked.clone(), asked };
        // Changes that came before this answer would be taken for later ones.
        while let Some(Some(Ok(change))) = portal.owners.next().now_or_never() {
            portal.follow(&change);
        }
        Ok(portal)
    }

    /// `None` if the portal or its person refuses.
    async fn bind(&mut self, wanted: &BTreeMap<Hotkey, String>) -> zbus::Result<Option<Session>> {
        let asked = self.asked.as_deref().ok_or(zbus::Error::InterfaceNotFound)?;
        let rule = MatchRule::builder().msg_type(Type::Signal).sender(asked)?.build();
        let mut signals = MessageStream::for_match_rule(rule, &self.connection, None).await?;
        let options = HashMap::from([
            ("handle_token", Value::from("ringside_session")),
            ("session_handle_token", Value::from("ringside")),
        ]);
        let Some(session) = self.ask(&mut signals, "CreateSession", &options).await? else {
            return Ok(None);
        };
        let Some(handle) =
            session.get("session_handle").and_then(|handle| handle.downcast_ref::<String>().ok())
        else {
            return Ok(None);
        };
        let shortcuts: Vec<(&str, HashMap<&str, Value<'_>>)> = wanted
            .iter()
            .map(|(hotkey, trigger)| {
                let about = HashMap::from([
                    ("description", Value::from(hotkey.about())),
                    ("preferred_trigger", Value::from(trigger.as_str())),
                ]);
                (hotkey.id(), about)
            })
            .collect();
        let options = HashMap::from([("handle_token", Value::from("ringside_bind"))]);
        let arguments = (ObjectPath::try_from(handle.as_str())?, shortcuts, "", options);
        let bound = self.ask(&mut signals, "BindShortcuts", &arguments).await?;
        Ok(bound.map(|_| Session { signals, handle }))
    }

    /// Asks the portal and waits for its answer, which a person may have to give; `None` if it is no.
    async fn ask<B>(
        &mut self,
        signals: &mut MessageStream,
        method: &str,
        arguments: &B,
    ) -> zbus::Result<Option<HashMap<String, OwnedValue>>>
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
    {
        let asked = self.asked.as_deref();
        let reply = self.connection.call_method(asked, PATH, Some(SHORTCUTS), method, arguments).await?;
        let request: OwnedObjectPath = reply.body().deserialize()?;
        while let Some(message) = self.next(signals).await {
            if is_from(&message, "Response", request.as_str()) {
                let (code, results) = message.body().deserialize::<(u32, HashMap<String, OwnedValue>)>()?;
                return Ok((code == 0).then_some(results));
            }
        }
        Err(zbus::Error::InterfaceNotFound)
    }

    /// The next press; `None` when what was bound is so no more.
    async fn pressed(&mut self, session: &mut Session) -> Option<Hotkey> {
        loop {
            let message = self.next(&mut session.signals).await?;
            if is_from(&message, "Closed", &session.handle) {
                return None;
            }
            if let Some(hotkey) = activated(&message) {
                return Some(hotkey);
            }
        }
    }

    /// What the portal says next; `None` when it is gone, which its own signals do not tell.
    async fn next(&mut self, signals: &mut MessageStream) -> Option<Message> {
        while self.owner == self.asked {
            tokio::select! {
                biased;
                change = self.owners.next() => self.follow(&change?.ok()?),
                message = signals.next() => return message?.ok(),
            }
        }
        None
    }

    /// Waits for another one in its place; `None` if the bus ends.
    async fn another(&mut self) -> Option<()> {
        while self.owner.is_none() || self.owner == self.asked {
            let change = self.owners.next().await?.ok()?;
            self.follow(&change);
        }
        Some(())
    }

    fn follow(&mut self, change: &Message) {
        if let Some((_, owner)) = bus::owner_change(change) {
            self.owner = owner;
        }
    }
}

fn is_from(message: &Message, member: &str, path: &str) -> bool {
    let header = message.header();
    header.member().is_some_and(|name| name.as_str() == member)
        && header.path().is_some_and(|other| other.as_str() == path)
}

fn activated(message: &Message) -> Option<Hotkey> {
    if message.header().member()?.as_str() != "Activated" {
        return None;
    }
    let body = message.body();
    type Activated<'a> = (ObjectPath<'a>, String, u64, HashMap<String, OwnedValue>);
    let (_, id, _, _) = body.deserialize::<Activated<'_>>().ok()?;
    Hotkey::from_id(&id)
}
