//! How a face or the command line reaches the engine: in the same process, or over the control socket.

use std::{future::Future, pin::Pin};

use tokio::sync::mpsc;

use crate::{Command, Reply, patch::Update};

/// The engine as a face sees it, wherever it runs.
pub trait Control: Send + Sync {
    /// The view, then what changes, until the receiver is dropped or [`Update::Detached`] has come.
    fn follow(&self) -> mpsc::Receiver<Update>;

    /// Asks for something and waits for what became of it.
    fn act(&self, command: Command) -> Pin<Box<dyn Future<Output = Reply> + Send>>;
}
