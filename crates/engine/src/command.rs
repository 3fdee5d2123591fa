use model::{AccountId, CallId, PersonId, Problem, Time};
use serde::{Deserialize, Serialize};

/// Everything a face, the command line, a rule or a notification's button can ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    /// Switch do-not-disturb on, here and in every account that has it.
    DndOn {
        /// For how long.
        length: DndLength,
    },
    /// Switch do-not-disturb off everywhere; during the schedule, until its next edge.
    DndOff,
    /// Switch do-not-disturb off if it is on anywhere, else on for the length in the settings: the hotkey.
    DndToggle,
    /// The one without an end is to stay on: the person is asked again later.
    DndKeep,
    /// Call a number: one's own phone rings first.
    Dial {
        /// In any international spelling.
        number: String,
        /// By which account; `None` takes the first that can.
        account: Option<AccountId>,
    },
    /// Take a waiting caller out of a queue, to one's own phone.
    PickUp {
        /// The queue, `account/provider's id`.
        queue: String,
        /// The caller, by [`model::Waiting::id`]; `None` takes the one who has waited longest.
        caller: Option<String>,
    },
    /// Try to connect now.
    Retry {
        /// Which account; `None` = all.
        account: Option<AccountId>,
    },
    /// Store a secret and connect with it.
    SignIn {
        /// Which account.
        account: AccountId,
        /// The vendor's secret as JSON, such as `{"access_token":"…"}`.
        secret: Secret,
    },
    /// Write an account to the settings, store its secret and connect.
    AddAccount(NewAccount),
    /// Remove an account from settings and keyring.
    RemoveAccount {
        /// Which account.
        account: AccountId,
    },
    /// No more alerts for this call.
    Silence {
        /// Which call.
        call: CallId,
    },
    /// No alerts for this caller until midnight.
    QuietCaller {
        /// A call of theirs.
        call: CallId,
    },
    /// No alerts for this number until midnight.
    QuietNumber {
        /// In any international spelling.
        number: String,
    },
    /// Alerts for a quiet caller again.
    AllowCaller {
        /// In any international spelling; `None` = all of them.
        number: Option<String>,
    },
    /// Look the caller up where the settings say.
    OpenCrm {
        /// Which call.
        call: CallId,
    },
    /// Put the caller's number on the clipboard.
    CopyNumber {
        /// Which call.
        call: CallId,
    },
    /// The screen is shared: callers are not named on it.
    Share {
        /// For how long; `None`: no longer.
        minutes: Option<u32>,
    },
    /// Call the number of this call back.
    CallBack {
        /// Which call.
        call: CallId,
    },
    /// Call a colleague at the number they are called by.
    CallPerson {
        /// Whom.
        person: PersonId,
    },
    /// Mark a colleague as a favourite, or no longer.
    Favourite {
        /// Whom.
        person: PersonId,
        /// Whether they are one from here on.
        on: bool,
    },
    /// Tell once when a colleague is free.
    TellWhenFree {
        /// Whom.
        person: PersonId,
        /// For how long to wait for it, 1 to 720; `None` is an hour.
        minutes: Option<u32>,
    },
    /// No longer wait for a colleague to be free.
    TellNoMore {
        /// Whom.
        person: PersonId,
    },
    /// Write one value into the settings.
    Set(SettingChange),
    /// The missed calls have been looked at.
    MissedSeen,
    /// A missed call has been looked at.
    CallSeen {
        /// Which call.
        call: CallId,
    },
    /// Write something about a call of the history.
    Note {
        /// Which call.
        call: CallId,
        /// What; an empty text takes it away.
        text: String,
    },
    /// Be reminded of calling back.
    Remind {
        /// Which call.
        call: CallId,
        /// When; `None`: no longer.
        at: Option<Time>,
    },
    /// Forget the other end of a call for good.
    MakePrivate {
        /// Which call.
        call: CallId,
    },
    /// Forget calls for good.
    Erase {
        /// Which calls.
        calls: crate::history::Erase,
    },
    /// Look at everything that a call has to pass; what was found is then in [`model::View::checked`].
    Check {
        /// Whether the outcome is told by a notification as well.
        tell: bool,
    },
    /// Open a window.
    Open {
        /// Which one.
        window: Window,
    },
    /// End the resident program.
    Quit,
}

/// For how long do-not-disturb is switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DndLength {
    /// So many minutes.
    For {
        /// At least 1.
        minutes: u32,
    },
    /// Until a moment.
    Until {
        /// In the future.
        until: Time,
    },
    /// Until the clock on this computer's wall shows a time of day.
    Clock {
        /// 0 to 23.
        hour: u8,
        /// 0 to 59.
        minute: u8,
    },
    /// Until the morning of the next working day, as the settings have it: 06:00 on the next day.
    Tomorrow,
    /// Until it is switched off; the person is asked again after eight hours, or what the settings say.
    Open,
}

/// An account to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct NewAccount {
    /// `[a-z0-9-]+`.
    pub id: AccountId,
    /// The vendor, such as `firmafon`.
    pub provider: String,
    /// Addresses and the like, by the vendor's keys.
    pub settings: std::collections::BTreeMap<String, String>,
    /// The vendor's secret as JSON.
    pub secret: Secret,
}

/// A value of the settings to be written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct SettingChange {
    /// The account or the table it is in, as [`crate::settings_form::Group::id`] has it; empty for the top.
    pub group: String,
    /// Its name.
    pub key: String,
    /// As a person writes it; `None` takes it out, so that the default holds.
    pub value: Option<String>,
}

/// A value may be a password, such as a proxy's.
impl std::fmt::Debug for SettingChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.group, self.key)
    }
}

/// A secret on its way to the keyring: `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

/// The windows of the desktop shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// People, calls, connections.
    Main,
    /// The call that rings.
    Popup,
}

/// What became of a [`Command`].
pub type Reply = Result<(), Problem>;
