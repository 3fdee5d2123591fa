use std::path::PathBuf;

use model::AccountId;
use providers::Vendor;
use serde_json::{Map, Value};

/// The settings as the engine uses them.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The accounts without faults, in the order of the file.
    pub accounts: Vec<Account>,
    /// How to reach the outside.
    pub network: Network,
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
    /// The vendor's keys.
    pub keys: Map<String, Value>,
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    /// `http://[user:password@]host:port`; `None` takes the system's (environment variables).
    pub proxy: Option<String>,
    /// Certificates (PEM) trusted beside the operating system's.
    pub ca_file: Option<PathBuf>,
}
