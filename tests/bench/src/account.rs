use std::{ffi::OsString, fs, net::SocketAddr, os::unix::fs::PermissionsExt as _};

use anyhow::{Context as _, Result};
use serde_json::Value;
use simulator::Simulator;
use tempfile::TempDir;

/// Settings and credentials of one account, in a folder of their own.
pub struct Account {
    folder: TempDir,
}

impl Account {
    /// An account at a [`crate::stub::Stub`].
    pub fn at(address: SocketAddr) -> Result<Self> {
        Self::new(&format!("http://{address}/faye"), &format!("http://{address}/api"), "good-token")
    }

    /// An account at the simulator, with this token.
    pub fn simulated(simulator: &Simulator, token: &str) -> Result<Self> {
        let settings = &simulator.addresses().first().context("the simulator has a vendor")?.settings;
        let url = |key: &str| settings.get(key).and_then(Value::as_str).context("a vendor has addresses");
        Self::new(url("pubsub_url")?, url("api_url")?, token)
    }

    fn new(pubsub_url: &str, api_url: &str, token: &str) -> Result<Self> {
        let folder = TempDir::new()?;
        let settings = format!(
            "version = 1\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\npubsub_url = \"{pubsub_url}\"\napi_url = \"{api_url}\"\n"
        );
        fs::write(folder.path().join("settings.toml"), settings)?;
        let credentials = folder.path().join("credentials");
        fs::create_dir(&credentials)?;
        let secret = credentials.join("work");
        fs::write(&secret, serde_json::json!({ "access_token": token }).to_string())?;
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o600))?;
        Ok(Self { folder })
    }

    /// `--config … --credentials …`
    pub fn arguments(&self) -> [OsString; 4] {
        let at = |name: &str| self.folder.path().join(name).into_os_string();
        ["--config".into(), at("settings.toml"), "--credentials".into(), at("credentials")]
    }
}
