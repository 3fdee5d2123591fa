//! The settings: accounts and how to reach the outside, with every fault named by line, key and remedy.

pub mod form;
mod layers;
mod read;
mod schema;
mod section;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use model::{AccountId, Problem, ProblemCode};
use providers::Vendor;
use serde_json::{Map, Value};

use crate::{contacts::Plan, paths};

pub(crate) use form::{change_setting, changed_text};
pub use layers::Origins;
pub(crate) use read::json_of as json;
pub use schema::schema;
pub use section::{REPEATED, SECTIONS, Section};
pub use write::{add_account, remove_account};

/// The settings as the engine uses them.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The accounts without faults, in the order of the file.
    pub accounts: Vec<Account>,
    /// How to reach the outside.
    pub network: Network,
    /// Whether a call that is shown opens the popup window as well, where there is a desktop.
    pub popup_window: bool,
    /// The good values of the other tables, by table.
    pub sections: BTreeMap<&'static str, Map<String, Value>>,
    /// Where they come from.
    pub origins: Origins,
    /// The tables that may be there several times, without those that have faults, by table.
    pub rows: BTreeMap<&'static str, Vec<Map<String, Value>>>,
    /// What is wrong with the file; nothing of it stops the rest.
    pub faults: Vec<Fault>,
    /// The tables with values that are left out.
    pub bad_sections: BTreeSet<&'static str>,
    /// A file cannot be made sense of at all: what it says is not known, and what it said before holds.
    pub is_illegible: bool,
}

/// An account of the settings.
#[derive(Debug, Clone)]
pub struct Account {
    /// `[a-z0-9-]+`.
    pub id: AccountId,
    /// Its vendor.
    pub vendor: &'static Vendor,
    /// Which calls are put before the person.
    pub popups: Popups,
    /// How its numbers are written.
    pub numbers: Plan,
    /// The vendor's keys.
    pub keys: Map<String, Value>,
}

impl PartialEq for Account {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
            && self.vendor.name == other.vendor.name
            && self.popups == other.popups
            && self.numbers == other.numbers
            && self.keys == other.keys
    }
}

/// Which calls are put before the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Popups {
    /// Those that ring me.
    #[default]
    Mine,
    /// All that ring anybody.
    All,
    /// None.
    None,
}

/// How to reach the outside.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Network {
    /// `http://[user:password@]host:port`; `None` takes the system's (environment variables).
    pub proxy: Option<String>,
    /// Certificates (PEM) trusted beside the operating system's.
    pub ca_file: Option<PathBuf>,
}

/// A proxy's address may hold a password.
impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network")
            .field("proxy", &self.proxy.is_some())
            .field("ca_file", &self.ca_file)
            .finish()
    }
}

/// Something wrong in the settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// Whether the program goes on as if the line were not there.
    pub harmless: bool,
    /// The account it is in, if it is in one that could be told.
    pub account: Option<String>,
    /// `Settings, line 7: …`, one sentence that says what to do.
    pub problem: Problem,
}

impl Fault {
    fn new(line: usize, harmless: bool, account: Option<&str>, text: &str) -> Self {
        let text = format!("Settings, line {line}: {text}");
        Self {
            line,
            harmless,
            account: account.map(str::to_owned),
            problem: Problem::new(ProblemCode::Settings, text),
        }
    }
}

impl Settings {
    /// Reads the text of a settings file; whatever is wrong is left out and named in [`Settings::faults`].
    pub fn parse(text: &str) -> Self {
        read::parse(text)
    }

    /// Reads the text of a person's own settings over the organisation's, if this computer has those.
    pub(crate) fn layered(own: &str) -> Self {
        let Some(place) = paths::organisation_settings() else { return Self::parse(own) };
        match std::fs::read_to_string(&place) {
            Ok(theirs) => layers::over(own, &theirs),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::parse(own),
            Err(error) => {
                let mut mine = Self::parse(own);
                let text = format!(
                    "The organisation's settings {} cannot be read; ask your administrator: {error}.",
                    place.display()
                );
                let problem = Problem::new(ProblemCode::Settings, text);
                mine.faults.push(Fault { line: 1, harmless: false, account: None, problem });
                Self { is_illegible: true, ..mine }
            }
        }
    }

    /// Reads the file that was asked for, else the user's own, which may be missing; gives it and where it lies.
    ///
    /// # Errors
    /// If there is no such file, or it cannot be read as text.
    pub fn load(asked_for: Option<&Path>) -> Result<(Self, PathBuf), Problem> {
        let problem = |text: String| Problem::new(ProblemCode::Settings, text);
        let path = asked_for.map(Path::to_owned).or_else(paths::settings_file);
        let path = path.ok_or_else(|| problem("There is no home folder; use --config FILE.".to_owned()))?;
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok((Self::layered(&text), path)),
            Err(error) if error.kind() == ErrorKind::NotFound && asked_for.is_none() => {
                Ok((Self::layered(""), path))
            }
            Err(error) if error.kind() == ErrorKind::InvalidData => Err(problem(format!(
                "The settings {} are not UTF-8 text; save them as such.",
                path.display()
            ))),
            Err(error) => Err(problem(format!("The settings {} cannot be read: {error}.", path.display()))),
        }
    }

    /// What holds when these are read while `former` are in force: what cannot be made sense of changes nothing.
    #[must_use]
    pub(crate) fn after(self, former: &Self) -> Self {
        if self.is_illegible {
            return Self { faults: self.faults, ..former.clone() };
        }
        let is_lost = self.accounts.is_empty() && self.faults.iter().any(|fault| !fault.harmless);
        let accounts = if is_lost { former.accounts.clone() } else { self.accounts };
        Self { accounts, ..self }
    }

    /// The good values of a table of [`SECTIONS`]; empty if the file does not have it.
    pub fn section(&self, name: &str) -> &Map<String, Value> {
        static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
        self.sections.get(name).unwrap_or(&NOTHING)
    }

    /// Whether a value of such a table is left out, or the whole table.
    pub(crate) fn is_bad(&self, name: &str) -> bool {
        self.bad_sections.contains(name)
    }

    /// The tables of a name of [`REPEATED`], in the order of the file.
    pub fn rows(&self, name: &str) -> &[Map<String, Value>] {
        self.rows.get(name).map_or(&[], Vec::as_slice)
    }

    /// The account with this id.
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == *id)
    }
}
