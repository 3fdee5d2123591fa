use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use engine::{control::Control, patch::Update};
use tauri::{Manager, WebviewWindow, async_runtime::JoinHandle, ipc::Channel};
use tokio::sync::mpsc;

use crate::windows;

/// What the windows share: the engine, wherever it runs, and which of them follow it.
pub struct Shell {
    /// The engine.
    pub control: Arc<dyn Control>,
    /// When the process began.
    pub started_at: Instant,
    followers: Mutex<HashMap<String, JoinHandle<()>>>,
}

impl Shell {
    /// A shell without windows.
    pub fn new(control: Arc<dyn Control>, started_at: Instant) -> Self {
        Self { control, started_at, followers: Mutex::default() }
    }

    /// Passes the engine's updates on to a page, in place of what it followed before.
    pub fn follow(&self, window: WebviewWindow, channel: Channel<Update>) {
        let label = window.label().to_owned();
        let task = tauri::async_runtime::spawn(pass_on(self.control.follow(), window, channel));
        self.replace(&label, Some(task));
    }

    /// Stops following for a window that is gone.
    pub fn forget(&self, label: &str) {
        self.replace(label, None);
    }

    fn replace(&self, label: &str, task: Option<JoinHandle<()>>) {
        let mut followers = self.followers.lock().unwrap_or_else(PoisonError::into_inner);
        let former = match task {
            Some(task) => followers.insert(label.to_owned(), task),
            None => followers.remove(label),
        };
        if let Some(former) = former {
            former.abort();
        }
    }
}

async fn pass_on(mut updates: mpsc::Receiver<Update>, window: WebviewWindow, channel: Channel<Update>) {
    while let Some(update) = updates.recv().await {
        match update {
            // Every open page hears it; opening an open window only raises it.
            Update::Open { window: asked } => windows::open(window.app_handle(), asked),
            Update::View { .. } | Update::Patch(_) | Update::Detached => {
                if let Err(error) = channel.send(update) {
                    tracing::debug!(window = window.label(), "the page is gone: {error}");
                    return;
                }
            }
        }
    }
}
