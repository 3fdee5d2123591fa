use std::{ffi::OsString, fs, os::unix::fs::PermissionsExt as _};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use simulator::Simulator;
use tempfile::TempDir;

/// Settings and credentials of one account, in a folder of their own.
pub struct Account {
    folder: TempDir,
}

impl Account {
    /// An account with these keys and this secret.
    pub fn new(provider: &str, keys: &Value, secret: &Value) -> Result<Self> {
        let folder = TempDir::new()?;
        let mut settings = format!("version = 1\n[[account]]\nid = \"work\"\nprovider = \"{provider}\"\n");
        for (key, value) in keys.as_object().into_iter().flatten() {
            settings.push_str(&format!("{key} = {}\n", toml(value)));
        }
        fs::write(folder.path().join("settings.toml"), settings)?;
        let credentials = folder.path().join("credentials");
        fs::create_dir(&credentials)?;
        let kept = credentials.join("work");
        fs::write(&kept, secret.to_string())?;
        fs::set_permissions(&kept, fs::Permissions::from_mode(0o600))?;
        Ok(Self { folder })
    }

    /// Several accounts in one settings file, each by a name of its own.
    pub fn together(accounts: impl IntoIterator<Item = (&'static str, Self)>) -> Result<Self> {
        let folder = TempDir::new()?;
        let credentials = folder.path().join("credentials");
        fs::create_dir(&credentials)?;
        let mut settings = "version = 1\n".to_owned();
        for (id, account) in accounts {
            let own = fs::read_to_string(account.folder.path().join("settings.toml"))?;
            let own = own.split_once('\n').map(|(_, rest)| rest).context("the account has settings")?;
            settings.push_str(&own.replace("id = \"work\"", &format!("id = \"{id}\"")));
            // The permissions come with it.
            fs::copy(account.folder.path().join("credentials/work"), credentials.join(id))?;
        }
        fs::write(folder.path().join("settings.toml"), settings)?;
        Ok(Self { folder })
    }

    /// An account at the simulator's first vendor, with this token.
    pub fn simulated(simulator: &Simulator, token: &str) -> Result<Self> {
        let addresses = simulator.addresses().first().context("the simulator has a vendor")?;
        let keys = Value::Object(addresses.settings.clone());
        Self::new(addresses.provider, &keys, &json!({ "access_token": token }))
    }

    /// The same with this line at the beginning of its settings.
    pub fn with(self, line: &str) -> Result<Self> {
        let path = self.folder.path().join("settings.toml");
        let settings = format!("{line}\n{}", fs::read_to_string(&path)?);
        fs::write(path, settings)?;
        Ok(self)
    }

    /// `--config … --credentials …`
    pub fn arguments(&self) -> [OsString; 4] {
        let at = |name: &str| self.folder.path().join(name).into_os_string();
        ["--config".into(), at("settings.toml"), "--credentials".into(), at("credentials")]
    }
}

/// JSON's texts, numbers and lists are TOML's as well; its objects are not.
fn toml(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            value.to_string()
        }
    }
}
