//! How a face or the command line reaches the engine: in the same process, or over the control socket.

use std::{future::Future, pin::Pin, sync::Arc};

use model::{Problem, View};
use tokio::sync::mpsc;

use crate::{Command, Reply, patch::Update};

/// The engine as a face sees it, wherever it runs.
pub trait Control: Send + Sync {
    /// What can be seen at this moment.
    fn view(&self) -> Pin<Box<dyn Future<Output = Result<Arc<View>, Problem>> + Send>>;

    /// For a shell: the view, then what changes and which windows to open, until the receiver is dropped or [`Update::Detached`] has come.
    fn follow(&self) -> mpsc::Receiver<Update>;

    /// Asks for something and waits for what became of it.
    fn act(&self, command: Command) -> Pin<Box<dyn Future<Output = Reply> + Send>>;
}
