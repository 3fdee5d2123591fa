//! Where things lie on this computer.

use std::path::PathBuf;

use etcetera::{BaseStrategy as _, choose_base_strategy};

/// `$XDG_CONFIG_HOME/ringside/settings.toml` and its likes elsewhere; `None` for a user without a home.
pub fn settings_file() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.config_dir().join("ringside/settings.toml"))
}

/// `$XDG_CONFIG_HOME` and its likes elsewhere, where programs of all kinds keep their settings.
pub fn config_folder() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.config_dir())
}

/// `/etc/ringside/settings.toml`: what the organisation has set for everybody on this computer; `None` on systems
/// that have no such place.
pub fn organisation_settings() -> Option<PathBuf> {
    cfg!(unix).then(|| PathBuf::from("/etc/ringside/settings.toml"))
}

/// `$XDG_STATE_HOME/ringside` and its likes elsewhere: what the program remembers from one day to the next.
pub fn state_folder() -> Option<PathBuf> {
    let base = choose_base_strategy().ok()?;
    Some(base.state_dir().unwrap_or_else(|| base.data_dir()).join("ringside"))
}

/// The control socket: `$RINGSIDE_SOCKET`, else in the user's runtime folder, else in the state folder.
pub fn socket() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("RINGSIDE_SOCKET").filter(|path| !path.is_empty()) {
        return Some(path.into());
    }
    let base = choose_base_strategy().ok()?;
    let folder = base.runtime_dir().or_else(|| base.state_dir()).unwrap_or_else(|| base.data_dir());
    Some(folder.join("ringside/control.sock"))
}
