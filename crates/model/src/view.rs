use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, AddressBook, Alerted, Call, CallId, Checked, Connection, Discretion, Gap, Language, Person,
    PersonId, Problem, Queue, QuietCaller, Snapshot, Time, Unknown,
};

/// What a face may show: plain values, cheap to clone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct View {
    /// In the order of their ids.
    pub accounts: Vec<AccountView>,
    /// Of all accounts, in the order of their ids; faces sort.
    pub people: Vec<Arc<Person>>,
    /// Calls that have not ended.
    pub calls: Vec<Arc<Call>>,
    /// Calls that have ended, newest first, at most 100.
    pub recent: Vec<Arc<Call>>,
    /// My missed calls that nobody has looked at yet.
    pub missed: u32,
    /// What was done about these calls, and why; nothing of those about which nothing was to be decided.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<BTreeMap<CallId, Alerted>>"))]
    pub alerts: BTreeMap<CallId, Alerted>,
    /// What the person noted earlier about those whose ringing is shown; nothing while callers are not named.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<BTreeMap<CallId, Noted>>"))]
    pub notes: BTreeMap<CallId, Noted>,
    /// Who may see the screen.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<Discretion>"))]
    pub discretion: Discretion,
    /// Callers the person wants quiet about today.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(optional, as = "Option<Vec<QuietCaller>>"))]
    pub quiet_callers: Vec<QuietCaller>,
    /// Do-not-disturb over all accounts.
    pub dnd: Dnd,
    /// The person's own address books, the most trusted first.
    #[serde(default)]
    pub address_books: Vec<AddressBook>,
    /// What is wrong with this computer's part: keyring, tray, notifications, settings.
    pub problems: Vec<Problem>,
    /// Whether one of the problems can keep calls from being seen.
    pub hindered: bool,
    /// What the last check has found; `None` before the first one.
    pub checked: Option<Arc<Checked>>,
    /// The people marked as favourites, whether or not they are there.
    #[serde(default)]
    pub favourites: Vec<PersonId>,
    /// The people whose becoming free is waited for.
    #[serde(default)]
    pub awaited: Vec<Awaited>,
    /// How windows look.
    #[serde(default)]
    pub look: Look,
}

/// Somebody whose becoming free is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Awaited {
    /// Who.
    pub person: PersonId,
    /// Until when.
    pub until: Time,
}

/// What the person noted earlier about somebody who calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Noted {
    /// The beginning of the note, at most 200 characters; `None` if only a call back is wanted.
    pub note: Option<String>,
    /// Whether the person wanted to call back.
    pub call_back: bool,
}

/// How windows look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// How far apart things are.
    pub density: Density,
    /// The size of text, in hundredths of the usual one: 100 to 200.
    pub text_percent: u16,
    /// What they speak.
    #[serde(default)]
    pub language: Language,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            text_percent: 100,
            language: Language::default(),
        }
    }
}

/// The colours of windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// White and yellow on black, with lines around everything.
    Contrast,
}

/// How far apart things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Two lines a person.
    #[default]
    Roomy,
    /// One line a person.
    Compact,
}

/// One account in a [`View`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AccountView {
    /// The name in the settings.
    pub id: AccountId,
    /// The vendor, such as `firmafon`.
    pub provider: String,
    /// How it stands; `None` before the first attempt.
    pub connection: Option<Connection>,
    /// The owner.
    pub me: Option<Arc<Person>>,
    /// Whether do-not-disturb can be switched, as far as is known; `false` before the first sign-in.
    pub can_dnd: bool,
    /// Whether a call can be started, likewise.
    pub can_dial: bool,
    /// Whether a waiting caller can be picked up, likewise.
    pub can_pick_up: bool,
    /// Queues by id.
    pub queues: Vec<Queue>,
    /// Times in which nothing was heard, newest last.
    pub gaps: Vec<Gap>,
    /// What came in and was skipped.
    pub unknown: Vec<Unknown>,
}

/// Do-not-disturb over all accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Dnd {
    /// On here, or in at least one account.
    pub on: bool,
    /// When it ends; `None` while on means: it has no end.
    pub until: Option<Time>,
    /// The accounts whose calls are kept quiet.
    pub accounts: Vec<AccountId>,
    /// Who switched it on; `None` while off.
    pub origin: Option<DndOrigin>,
    /// Since when it is on here.
    pub since: Option<Time>,
    /// When a person is asked whether one without an end is to stay on.
    pub asks_again_at: Option<Time>,
    /// That question is open.
    pub asking: bool,
    /// A person switched it off during the schedule, which is not followed until then.
    pub held_off_until: Option<Time>,
    /// How it stands in each account, in the order of their ids.
    pub states: Vec<DndState>,
}

/// What do-not-disturb is on by; of several, the first in this order holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum DndOrigin {
    /// A person, here.
    Manual,
    /// The schedule in the settings.
    Schedule,
    /// Somebody at the provider: its web page, a phone.
    Elsewhere,
}

/// Do-not-disturb in one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DndState {
    /// Which one.
    pub account: AccountId,
    /// Whether its provider has do-not-disturb; calls are kept quiet here either way.
    pub able: bool,
    /// Whether it is to be on there.
    pub wanted: bool,
    /// Whether it is on there, as the provider shows it; `None` if it shows nothing.
    pub is: Option<bool>,
    /// When it ends there, if the provider says so.
    pub until: Option<Time>,
    /// Since when it is as it is there, as heard here.
    pub since: Option<Time>,
    /// Who made it so, as far as that is known.
    pub by: Option<DndBy>,
    /// A change was sent and is not confirmed yet.
    pub settling: bool,
    /// Why it is not as it is to be.
    pub trouble: Option<Problem>,
    /// When that is tried again.
    pub retry_at: Option<Time>,
}

/// Who switched do-not-disturb in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum DndBy {
    /// This program.
    Ringside,
    /// Somebody at the provider.
    Elsewhere,
}

const RECENT: usize = 100;

impl View {
    /// What `snapshot` shows; [`View::missed`], [`View::dnd`], what is of this computer, what the person has chosen and
    /// an account's provider and abilities are the engine's to fill in.
    pub fn of(snapshot: &Snapshot) -> Self {
        let mut view = Self {
            calls: snapshot.open_calls().cloned().collect(),
            recent: snapshot.ended_calls().take(RECENT).cloned().collect(),
            ..Self::default()
        };
        for (id, facts) in snapshot.accounts() {
            view.people.extend(facts.people.values().cloned());
            view.accounts.push(AccountView {
                id: id.clone(),
                provider: String::new(),
                connection: facts.connection.clone(),
                me: snapshot.me(id).cloned(),
                can_dnd: false,
                can_dial: false,
                can_pick_up: false,
                queues: facts.queues.values().cloned().collect(),
                gaps: facts.gaps.iter().cloned().collect(),
                unknown: facts
                    .unknown
                    .iter()
                    .map(|(name, &count)| Unknown { name: name.clone(), count })
                    .collect(),
            });
        }
        view
    }
}
