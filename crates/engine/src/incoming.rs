use model::{AccountId, Event, Problem, Time};
use providers::{Action, ActionId, Attention, Capabilities};
use tokio::sync::oneshot;

use crate::{
    AlertAction, Command, Hotkey, Reply,
    check::{Measured, Proof},
};

/// Everything that can happen to the engine: the one queue that its loop reads.
#[derive(Debug)]
pub enum Incoming {
    /// Facts of one account, in the order of truth, connection changes and gaps included.
    Report {
        /// Which account.
        account: AccountId,
        /// When they were heard.
        at: Time,
        /// What.
        events: Vec<Event>,
    },
    /// What a fresh session of an account can do.
    Capabilities(AccountId, Capabilities),
    /// An action is done, or was not.
    Done(ActionId, Result<(), Problem>),
    /// Somebody asks for something.
    Command(Command, oneshot::Sender<Reply>),
    /// A button of an alert was pressed.
    Pressed(model::CallId, AlertAction),
    /// The computer tells.
    Host(HostEvent),
    /// Who may see the screen has changed.
    Surroundings(Surroundings),
    /// Something of this computer works, or does not: keyring, notifications, tray.
    Part(&'static str, Option<Problem>),
    /// A hotkey was pressed.
    Hotkey(Hotkey),
    /// What a check has measured, to be judged with what is known.
    Measured(Box<Measured>),
    /// Somebody wants to see what is known now, everything before this in the queue included.
    Look(oneshot::Sender<std::sync::Arc<model::View>>),
    /// Somebody wants to see the settings.
    LookAtSettings(oneshot::Sender<crate::settings_form::SettingsForm>),
    /// Somebody follows what is known from here on.
    Followed,
    /// The history tells what is to be had at hand.
    Remembered(Box<crate::store::Remembered>),
    /// Address books were read.
    Contacts(Box<crate::contacts::Loaded>),
    /// The settings file was written.
    SettingsChanged,
}

/// What the operating system tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostEvent {
    /// About to sleep.
    Sleeping,
    /// Awake again.
    Woken,
    /// The network is another one, or back.
    NetworkChanged,
}

/// What the engine tells the link of an account.
#[derive(Debug)]
pub enum Order {
    /// Do this.
    Act(ActionId, Action),
    /// So much is looked at from here on.
    Attend(Attention),
    /// Prove the connection, or drop it, at once.
    Probe,
    /// The same, and tell of the answer; dropped where there is none.
    Prove(oneshot::Sender<Proof>),
    /// Connect now, whatever the pause; reads the secret again.
    Retry,
    /// Leave politely and end.
    Stop,
}

/// Who may see this computer's screen, as far as the desktop tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The screen is locked, or its saver is on.
    pub locked: bool,
    /// The desktop's own do-not-disturb is on.
    pub inhibited: bool,
}
