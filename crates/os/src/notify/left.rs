//! Which notifications would stay on the screen for ever if the program were killed, written down for the next run.

use std::{fs, path::PathBuf};

use serde::{Deserialize, Serialize};
use tracing::debug;

/// The service that was spoken to: ids mean nothing to another one, nor on another bus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Service {
    /// The bus, by its GUID.
    pub(super) bus: String,
    /// The service, by its unique name there.
    pub(super) owner: String,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    #[serde(flatten)]
    service: Service,
    ids: Vec<u32>,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// `None`: nothing is written down.
    file: Option<PathBuf>,
    written: Option<Note>,
}

impl Left {
    pub(super) fn new(file: Option<PathBuf>) -> Self {
        Self { file, written: None }
    }

    /// What a former run has left on this service's screen; told once.
    pub(super) fn take(&mut self, service: &Service) -> Vec<u32> {
        let (Some(file), None) = (&self.file, &self.written) else { return Vec::new() };
        let note = fs::read(file).ok().and_then(|text| serde_json::from_slice::<Note>(&text).ok());
        note.filter(|note| note.service == *service).map(|note| note.ids).unwrap_or_default()
    }

    /// What is on the screen from here on. It need not outlast the computer, which takes the screen with it.
    pub(super) fn note(&mut self, service: &Service, ids: Vec<u32>) {
        let Some(file) = &self.file else { return };
        let note = Note { service: service.clone(), ids };
        if self.written.as_ref() == Some(&note) {
            return;
        }
        let text = serde_json::to_vec(&note).unwrap_or_default();
        if let Err(error) = fs::write(file, text) {
            debug!(%error, "what is on the screen was not written down");
        }
        self.written = Some(note);
    }
}
