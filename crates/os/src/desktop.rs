//! What this desktop offers beside alerts: notices in words, and a look at everything a call has to pass here.

mod look;
mod notice;

use std::{
    collections::HashMap,
    future::Future,
    path::PathBuf,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use engine::{Desk, Incoming, Notice};
use model::Finding;
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{Activation, Bus};

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
}

/// The desktop, as [`Desk`] has it.
pub struct Desktop {
    places: Places,
    incoming: mpsc::Sender<Incoming>,
    activation: Activation,
    /// The notices before the person, by key.
    told: Mutex<HashMap<&'static str, (JoinHandle<()>, notice::Shown)>>,
}

impl Desktop {
    /// Pressed buttons go to `incoming`; a click's leave to raise a window goes to `activation` first. Needs a tokio
    /// runtime when it is used.
    pub fn new(places: Places, incoming: mpsc::Sender<Incoming>, activation: Activation) -> Self {
        Self { places, incoming, activation, told: Mutex::default() }
    }

    /// Whether the daemon has taken the notice with this key.
    pub fn is_shown(&self, key: &str) -> bool {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.get(key).is_some_and(|(_, shown)| shown.is_there())
    }
}

impl Desk for Desktop {
    fn tell(&self, notice: Notice) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let (key, shown) = (notice.key, notice::Shown::default());
        if let Some((former, id)) = told.remove(key) {
            former.abort();
            shown.replace(&id);
        }
        let telling = notice::tell(
            self.places.session.clone(),
            notice,
            shown.clone(),
            self.incoming.clone(),
            self.activation.clone(),
        );
        told.insert(key, (tokio::spawn(telling), shown));
    }

    fn look(&self) -> Pin<Box<dyn Future<Output = Vec<Finding>> + Send>> {
        Box::pin(look::look(Arc::new(self.places.clone())))
    }
}
