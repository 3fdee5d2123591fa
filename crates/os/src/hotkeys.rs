//! Global hotkeys by the `GlobalShortcuts` portal of xdg-desktop-portal, version 1: the only way on Wayland.
//!
//! Without the portal nothing is bound and [`Incoming::Part`] says what to do instead. There is no grab of keys on X11.

use std::collections::{BTreeMap, HashMap};

use engine::{Hotkey, Incoming};
use futures_util::StreamExt;
use tokio::{sync::mpsc, task::JoinHandle};
use tracing::debug;
use zbus::{
    Connection, MatchRule, Message, MessageStream,
    message::Type,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use crate::{Bus, part::Part};

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SHORTCUTS: &str = "org.freedesktop.portal.GlobalShortcuts";
const NONE: &str = "This desktop gives programs no global hotkeys; bind `ringside dnd on` and `ringside dnd off` in its own keyboard settings.";
const REFUSED: &str =
    "The desktop did not bind the hotkeys; allow them in its settings, or name other keys in [hotkeys].";

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
    let bound = match bus.connect().await {
        Ok(connection) => bind(&connection, &wanted).await,
        Err(error) => Err(error),
    };
    let mut signals = match bound {
        Ok(Some(signals)) => signals,
        Ok(None) => return part.fails(REFUSED).await,
        Err(error) => {
            debug!(%error, "no portal for hotkeys");
            return part.fails(NONE).await;
        }
    };
    while let Some(Ok(message)) = signals.next().await {
        let Some(hotkey) = activated(&message) else { continue };
        if incoming.send(Incoming::Hotkey(hotkey)).await.is_err() {
            return;
        }
    }
    part.fails(NONE).await;
}

/// What the portal tells from here on; `None` if it or its person refuses.
async fn bind(
    connection: &Connection,
    wanted: &BTreeMap<Hotkey, String>,
) -> zbus::Result<Option<MessageStream>> {
    let rule = MatchRule::builder().msg_type(Type::Signal).sender(NAME)?.build();
    let mut signals = MessageStream::for_match_rule(rule, connection, None).await?;
    let options = HashMap::from([
        ("handle_token", Value::from("ringside_session")),
        ("session_handle_token", Value::from("ringside")),
    ]);
    let Some(session) = ask(connection, &mut signals, "CreateSession", &options).await? else {
        return Ok(None);
    };
    let Some(session) = session.get("session_handle").and_then(|handle| handle.downcast_ref::<String>().ok())
    else {
        return Ok(None);
    };
    let session = ObjectPath::try_from(session)?;
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
    let arguments = (session, shortcuts, "", options);
    Ok(ask(connection, &mut signals, "BindShortcuts", &arguments).await?.map(|_| signals))
}

/// Asks the portal and waits for its answer, which a person may have to give; `None` if it is no.
async fn ask<B>(
    connection: &Connection,
    signals: &mut MessageStream,
    method: &str,
    arguments: &B,
) -> zbus::Result<Option<HashMap<String, OwnedValue>>>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    let reply = connection.call_method(Some(NAME), PATH, Some(SHORTCUTS), method, arguments).await?;
    let request: OwnedObjectPath = reply.body().deserialize()?;
    while let Some(message) = signals.next().await {
        let message = message?;
        let header = message.header();
        let is_answer = header.member().is_some_and(|member| member.as_str() == "Response")
            && header.path().is_some_and(|path| path.as_str() == request.as_str());
        if is_answer {
            let (code, results) = message.body().deserialize::<(u32, HashMap<String, OwnedValue>)>()?;
            return Ok((code == 0).then_some(results));
        }
    }
    Ok(None)
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
