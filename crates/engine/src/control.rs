//! How a face or the command line reaches the engine: in the same process, or over the control socket.
//!
//! The socket speaks JSON lines. A client sends one [`Ask`] a connection and reads [`Answer`]s: one, or after
//! `follow` as many as come. The socket lies in a folder that only its owner may enter, and the other end's user
//! is checked as well.

mod client;
mod server;

use std::{future::Future, pin::Pin, sync::Arc};

use model::{Problem, View};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::{
    Command, Reply,
    history::{Page, Query},
    patch::Update,
    settings_form::SettingsForm,
};

pub use client::Client;
pub use server::{Server, ServerFault};

/// The engine as a face sees it, wherever it runs.
pub trait Control: Send + Sync {
    /// What can be seen at this moment.
    fn view(&self) -> Pin<Box<dyn Future<Output = Result<Arc<View>, Problem>> + Send>>;

    /// For a shell: the view, then what changes and which windows to open, until the receiver is dropped or
    /// [`Update::Detached`] has come.
    fn follow(&self) -> mpsc::Receiver<Update>;

    /// Some calls of the past.
    fn calls(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Page, Problem>> + Send>>;

    /// The settings as a form, with where each value comes from.
    fn settings(&self) -> Pin<Box<dyn Future<Output = Result<SettingsForm, Problem>> + Send>>;

    /// Asks for something and waits for what became of it.
    fn act(&self, command: Command) -> Pin<Box<dyn Future<Output = Reply> + Send>>;
}

/// A client's one line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// See [`Control::view`].
    View,
    /// See [`Control::follow`].
    Follow,
    /// See [`Control::calls`].
    Calls {
        /// Which.
        query: Query,
    },
    /// See [`Control::settings`].
    Settings,
    /// See [`Control::act`].
    Act {
        /// What is asked for.
        command: Command,
    },
    /// How many tasks the program has, for whoever looks at what grows.
    Tasks,
}

/// A line from the server.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// To [`Ask::View`].
    View {
        /// What can be seen.
        view: Arc<View>,
    },
    /// To [`Ask::Follow`], again and again.
    Update {
        /// The view, a change, or a window to open.
        update: Update,
    },
    /// To [`Ask::Calls`].
    Calls {
        /// Some calls.
        page: Page,
    },
    /// To [`Ask::Settings`].
    Settings {
        /// What there is to set.
        form: SettingsForm,
    },
    /// To [`Ask::Act`], and to what was not understood.
    Done {
        /// `null`: it is done.
        problem: Option<Problem>,
    },
    /// To [`Ask::Tasks`].
    Tasks {
        /// Those that have not ended.
        tasks: usize,
    },
}

/// A longer line is not a request.
const LONGEST_ASK: u64 = 64 * 1024;
