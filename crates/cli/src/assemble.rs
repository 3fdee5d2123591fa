//! Puts the pieces together: settings, secrets, faces.

use std::{path::PathBuf, sync::Arc};

use engine::{Face, Incoming, Secrets, Settings, paths};
use tokio::{signal::unix, sync::mpsc};

use crate::{args::Sources, failure::Failure};

/// The settings and where they came from. A missing file is an empty one, unless it was asked for by name.
pub fn settings(sources: &Sources) -> Result<(Settings, PathBuf), Failure> {
    let path = match &sources.config {
        Some(path) => path.clone(),
        None => paths::settings_file()
            .ok_or_else(|| Failure::usage("There is no home folder; use --config FILE."))?,
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok((Settings::parse(&text), path)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && sources.config.is_none() => {
            Ok((Settings::default(), path))
        }
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(Failure::usage(format!(
            "The settings {} are not UTF-8 text; save them as such.",
            path.display()
        ))),
        Err(error) => {
            Err(Failure::usage(format!("The settings {} cannot be read: {error}.", path.display())))
        }
    }
}

/// The keyring, or the folder that stands in for it.
pub fn secrets(sources: &Sources) -> Arc<dyn Secrets> {
    match &sources.credentials {
        Some(folder) => Arc::new(os::Credentials::new(folder.clone())),
        None => Arc::new(os::Keyring::new(os::Bus::session())),
    }
}

/// Where alerts are shown on this desktop.
pub fn faces(queue: &mpsc::Sender<Incoming>) -> Vec<Box<dyn Face>> {
    vec![Box::new(os::Notifications::new(os::Bus::session(), queue.clone(), os::Activation::default()))]
}

/// Ends when a person or the system asks the program to end.
pub async fn ended_by_person() {
    let (Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)) = (
        unix::signal(unix::SignalKind::interrupt()),
        unix::signal(unix::SignalKind::terminate()),
        unix::signal(unix::SignalKind::hangup()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}
