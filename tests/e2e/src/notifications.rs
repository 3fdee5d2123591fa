use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context as _, Result};
use zbus::{Connection, interface, object_server::SignalEmitter, zvariant::OwnedValue};

use crate::until;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const CLOSED_BY_CALL: u32 = 3;

/// One `Notify` and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its number.
    pub id: u32,
    /// The one it takes the place of; 0: none.
    pub replaces: u32,
    /// The first line.
    pub summary: String,
    /// Further lines, as markup.
    pub body: String,
    /// Key and label of each button.
    pub actions: Vec<(String, String)>,
    /// The hint `category`.
    pub category: String,
    /// The hint `urgency`: 0 low, 1 normal, 2 critical.
    pub urgency: u8,
    /// All hints, as they came.
    pub hints: Vec<String>,
    /// In milliseconds; 0: never, -1: as the server likes.
    pub expires: i32,
    /// Whether `CloseNotification` came for it.
    pub closed: bool,
}

/// A notification server that records.
#[derive(Debug, Clone)]
pub struct Notifications {
    heard: Arc<Mutex<Vec<Notification>>>,
    bus: Connection,
}

struct Server {
    heard: Arc<Mutex<Vec<Notification>>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "body-markup", "persistence"].map(str::to_owned).into()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("recorder".to_owned(), "Ringside".to_owned(), "1".to_owned(), "1.3".to_owned())
    }

    #[expect(clippy::too_many_arguments, reason = "the specification's")]
    fn notify(
        &self,
        _app_name: String,
        replaces: u32,
        _icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expires: i32,
    ) -> u32 {
        let mut heard = lock(&self.heard);
        let id = if replaces == 0 { heard.iter().map(|one| one.id).max().unwrap_or(0) + 1 } else { replaces };
        let category = hints.get("category").and_then(|hint| hint.downcast_ref::<String>().ok());
        let urgency = hints.get("urgency").and_then(|hint| hint.downcast_ref::<u8>().ok());
        heard.push(Notification {
            id,
            replaces,
            summary,
            body,
            actions: actions
                .chunks_exact(2)
                .filter_map(|pair| pair.to_vec().try_into().ok())
                .map(pair)
                .collect(),
            category: category.unwrap_or_default(),
            urgency: urgency.unwrap_or(1),
            hints: hints.iter().map(|hint| format!("{hint:?}")).collect(),
            expires,
            closed: false,
        });
        id
    }

    async fn close_notification(&self, id: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        for one in lock(&self.heard).iter_mut().filter(|one| one.id == id) {
            one.closed = true;
        }
        drop(Self::notification_closed(&emitter, id, CLOSED_BY_CALL).await);
    }

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

fn pair([key, label]: [String; 2]) -> (String, String) {
    (key, label)
}

fn lock<T>(heard: &Mutex<T>) -> MutexGuard<'_, T> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Notifications {
    pub(crate) async fn serve(bus: &Connection) -> Result<Self> {
        let heard = Arc::<Mutex<Vec<_>>>::default();
        bus.object_server().at(PATH, Server { heard: Arc::clone(&heard) }).await?;
        bus.request_name(NAME).await?;
        Ok(Self { heard, bus: bus.clone() })
    }

    /// All there have been, in order.
    pub fn all(&self) -> Vec<Notification> {
        lock(&self.heard).clone()
    }

    /// Waits for one of this category to come that no earlier wait has brought.
    ///
    /// # Errors
    /// If none comes.
    pub async fn until_shown(&self, category: &str, nth: usize) -> Result<Notification> {
        until(&format!("there is a notification {category}"), async || {
            Ok(self.all().into_iter().filter(|one| one.category == category).nth(nth))
        })
        .await
        .with_context(|| format!("there were {:#?}", self.all()))
    }

    /// Waits until this one is taken away.
    ///
    /// # Errors
    /// If it stays.
    pub async fn until_closed(&self, id: u32) -> Result<()> {
        until(&format!("notification {id} is closed"), async || {
            Ok(self.all().iter().any(|one| one.id == id && one.closed).then_some(()))
        })
        .await
        .with_context(|| format!("there were {:#?}", self.all()))
    }

    /// Presses a button of one.
    ///
    /// # Errors
    /// If the bus is gone.
    pub async fn press(&self, id: u32, key: &str) -> Result<()> {
        let body = (id, key);
        Ok(self.bus.emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &body).await?)
    }
}
