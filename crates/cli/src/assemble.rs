//! Puts the pieces together: settings, secrets, faces.

use std::{future::Future, path::PathBuf, sync::Arc};

use engine::{Face, Incoming, Secrets, Settings, paths};
use tokio::{signal::unix, sync::mpsc};

use crate::{args::Sources, failure::Failure};

/// The settings and where they came from.
pub fn settings(sources: &Sources) -> Result<(Settings, PathBuf), Failure> {
    let (settings, path) = Settings::load(sources.config.as_deref())?;
    words::speak(settings.language());
    Ok((settings, path))
}

/// The keyring, or the folder that stands in for it.
pub fn secrets(sources: &Sources) -> Arc<dyn Secrets> {
    match &sources.credentials {
        Some(folder) => Arc::new(os::Credentials::new(folder.clone())),
        None => Arc::new(os::Keyring::new(os::Bus::session())),
    }
}

/// How long the program is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// All day: its hotkeys are bound.
    Resident,
    /// For one look.
    Passing,
}

/// What this desktop offers beside alerts.
pub fn desktop(
    sources: &Sources,
    queue: &mpsc::Sender<Incoming>,
    activation: os::Activation,
    stays: Stays,
) -> os::Desktop {
    let places = os::Places {
        session: os::Bus::session(),
        system: os::Bus::system(),
        state_folder: paths::state_folder(),
        config_folder: paths::config_folder(),
        keyring: sources.credentials.is_none(),
        hotkeys: stays == Stays::Resident,
    };
    os::Desktop::new(places, queue.clone(), activation)
}

/// Where alerts are shown on this desktop.
pub fn faces(queue: &mpsc::Sender<Incoming>) -> Vec<Box<dyn Face>> {
    vec![Box::new(os::Notifications::new(os::Bus::session(), queue.clone(), os::Activation::default()))]
}

/// Ends when a person or the system asks the program to end, from this call on.
pub fn ended_by_person() -> impl Future<Output = ()> {
    let signals = [unix::SignalKind::interrupt(), unix::SignalKind::terminate(), unix::SignalKind::hangup()]
        .map(unix::signal);
    async move {
        let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = signals else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}
