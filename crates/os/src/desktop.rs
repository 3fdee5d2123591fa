//! What this desktop offers beside alerts: notices in words, and a look at everything a call has to pass here.

mod look;
mod notice;

use std::{
    collections::{BTreeMap, HashMap},
    future::Future,
    path::PathBuf,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use engine::{Desk, Hotkey, Incoming, Notice};
use model::Finding;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use tracing::debug;

use crate::{Activation, Bus, Hotkeys};

/// Where the parts of a desktop are looked for.
#[derive(Debug, Clone)]
pub struct Places {
    /// The session's bus.
    pub session: Bus,
    /// The computer's bus.
    pub system: Bus,
    /// What must be writable for the program to remember anything; `None`: it keeps nothing.
    pub state_folder: Option<PathBuf>,
    /// The folder of the person's settings, for autostart.
    pub config_folder: Option<PathBuf>,
    /// Whether secrets are kept in the keyring.
    pub keyring: bool,
    /// Whether hotkeys are bound: by the program that stays, and by no other.
    pub hotkeys: bool,
}

/// The desktop, as [`Desk`] has it.
pub struct Desktop {
    places: Places,
    incoming: mpsc::Sender<Incoming>,
    activation: Activation,
    /// The notices before the person, by key.
    told: Mutex<HashMap<&'static str, Told>>,
    hotkeys: Mutex<Option<Hotkeys>>,
}

/// A notice that the person was told.
struct Told {
    telling: JoinHandle<()>,
    shown: notice::Shown,
    /// Dropped, it ends the telling.
    _listens: oneshot::Sender<()>,
}

impl Desktop {
    /// Pressed buttons go to `incoming`; a click's leave to raise a window goes to `activation` first. Needs a tokio
    /// runtime when it is used.
    pub fn new(places: Places, incoming: mpsc::Sender<Incoming>, activation: Activation) -> Self {
        Self { places, incoming, activation, told: Mutex::default(), hotkeys: Mutex::default() }
    }

    /// Whether the daemon has taken the notice with this key.
    pub fn is_shown(&self, key: &str) -> bool {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.get(key).is_some_and(|told| told.shown.is_there())
    }
}

impl Desk for Desktop {
    fn tell(&self, notice: Notice) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let key = notice.key;
        // The later one waits for the earlier one's number, to take its place.
        let (former, shown) = match told.remove(key) {
            Some(Told { telling, shown, .. }) => (Some(telling), shown),
            None => (None, notice::Shown::default()),
        };
        let (listens, ends) = oneshot::channel();
        let telling = notice::tell(
            self.places.session.clone(),
            notice,
            shown.clone(),
            ends,
            self.incoming.clone(),
            self.activation.clone(),
        );
        let telling = tokio::spawn(async move {
            if let Some(former) = former {
                drop(former.await);
            }
            telling.await;
        });
        told.insert(key, Told { telling, shown, _listens: listens });
    }

    fn take_back(&self, key: &'static str) {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
        let Some(Told { telling, shown, _listens: listens }) = told else { return };
        drop(listens);
        let bus = self.places.session.clone();
        tokio::spawn(async move {
            drop(telling.await);
            if let Err(error) = notice::take_back(bus, &shown).await {
                debug!(%error, key, "a notice was not taken back");
            }
        });
    }

    fn bind(&self, hotkeys: BTreeMap<Hotkey, String>) {
        if self.places.hotkeys {
            let mut bound = self.hotkeys.lock().unwrap_or_else(PoisonError::into_inner);
            // The former ones are let go first.
            drop(bound.take());
            *bound = Some(Hotkeys::bind(self.places.session.clone(), hotkeys, self.incoming.clone()));
        }
    }

    fn look(&self) -> Pin<Box<dyn Future<Output = Vec<Finding>> + Send>> {
        Box::pin(look::look(Arc::new(self.places.clone())))
    }
}
