use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use simulator::Simulator;

use crate::{Browser, Desktop, Process, Tray, process::Start};

/// The account's id in the settings.
pub const ACCOUNT: &str = "work";

/// How the engine and the windows share processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// `ringside agent`, and `ringside-desktop` for windows.
    Attached,
    /// Everything in `ringside-desktop --embedded`.
    Embedded,
}

/// Ringside in a desktop, with one account at the simulator.
#[derive(Debug)]
pub struct App {
    resident: Option<Process>,
    browser: Option<Browser>,
    /// Its tray item.
    pub tray: Tray,
}

impl App {
    /// Starts it without a window.
    ///
    /// # Errors
    /// If a program is not built or shows no tray.
    pub async fn start(desktop: &Desktop, mode: Mode, simulator: &Simulator) -> Result<Self> {
        Self::start_with(desktop, mode, simulator, "").await
    }

    /// Starts it without a window, and with these lines in its settings.
    ///
    /// # Errors
    /// If a program is not built or shows no tray.
    pub async fn start_with(
        desktop: &Desktop,
        mode: Mode,
        simulator: &Simulator,
        settings: &str,
    ) -> Result<Self> {
        let resident = Self::start_for_others(desktop, mode, simulator, settings)?;
        Ok(Self { resident: Some(resident), browser: None, tray: desktop.trays.item().await? })
    }

    /// Starts it without a window, whoever shows its tray.
    ///
    /// # Errors
    /// If a program is not built.
    pub fn start_for_others(
        desktop: &Desktop,
        mode: Mode,
        simulator: &Simulator,
        settings: &str,
    ) -> Result<Process> {
        prepare(desktop, simulator, settings)?;
        match mode {
            Mode::Attached => resident(desktop, "ringside", &["agent"]),
            Mode::Embedded => resident(desktop, "ringside-desktop", &["--embedded"]),
        }
    }

    /// Starts it with its main window, to be driven.
    ///
    /// # Errors
    /// If a program is not built, shows no tray or no window.
    pub async fn start_with_window(desktop: &Desktop, mode: Mode, simulator: &Simulator) -> Result<Self> {
        let shell = program("ringside-desktop")?;
        match mode {
            Mode::Attached => {
                let mut app = Self::start(desktop, mode, simulator).await?;
                app.browser = Some(Browser::start(desktop, &shell, &["--window", "main"], "shell").await?);
                Ok(app)
            }
            Mode::Embedded => {
                prepare(desktop, simulator, "")?;
                let arguments = ["--embedded", "--window", "main"];
                let browser = Browser::start(desktop, &shell, &arguments, "resident").await?;
                Ok(Self { resident: None, browser: Some(browser), tray: desktop.trays.item().await? })
            }
        }
    }

    /// Starts it without any account, with its main window to be driven.
    ///
    /// # Errors
    /// If a program is not built, shows no tray or no window.
    pub async fn start_fresh(desktop: &Desktop) -> Result<Self> {
        let resident = resident(desktop, "ringside", &["agent"])?;
        let tray = desktop.trays.item().await?;
        let shell = program("ringside-desktop")?;
        let browser = Browser::start(desktop, &shell, &["--window", "main"], "shell").await?;
        Ok(Self { resident: Some(resident), browser: Some(browser), tray })
    }

    /// Starts the shell alone, with its main window, to be driven; it has to start the agent.
    ///
    /// # Errors
    /// If a program is not built, shows no tray or no window.
    pub async fn start_agentless(desktop: &Desktop, simulator: &Simulator) -> Result<Self> {
        prepare(desktop, simulator, "")?;
        let browser = Browser::start(desktop, &program("ringside-desktop")?, &[], "shell").await?;
        Ok(Self { resident: None, browser: Some(browser), tray: desktop.trays.item().await? })
    }

    /// What stays without windows.
    ///
    /// # Errors
    /// If it was started with a driven window.
    pub fn resident(&self) -> Result<&Process> {
        self.resident.as_ref().context("started with a driven window")
    }

    /// What stays without windows, to see how it ends.
    ///
    /// # Errors
    /// If it was started with a driven window.
    pub fn resident_mut(&mut self) -> Result<&mut Process> {
        self.resident.as_mut().context("started with a driven window")
    }

    /// The driven windows.
    ///
    /// # Errors
    /// If it was started without.
    pub fn browser(&self) -> Result<&Browser> {
        self.browser.as_ref().context("started without a driven window")
    }

    /// The same, when it shows that the account is live.
    ///
    /// # Errors
    /// If there is none, or it does not come to that.
    pub async fn live(&self) -> Result<&Browser> {
        let page = self.browser()?;
        page.until_there("[data-testid=connection][data-state=live]").await?;
        Ok(page)
    }

    /// Starts a second shell, which has nothing to do but to hand its arguments over.
    ///
    /// # Errors
    /// If it does not end in peace.
    pub async fn start_again(desktop: &Desktop, arguments: &[&str]) -> Result<()> {
        let mut second = run(desktop, "ringside-desktop", arguments, "second")?;
        second.until_ended().await
    }
}

fn resident(desktop: &Desktop, name: &str, arguments: &[&str]) -> Result<Process> {
    run(desktop, name, arguments, "resident")
}

/// Starts one of the programs under test, with all it can log.
fn run(desktop: &Desktop, name: &str, arguments: &[&str], log: &str) -> Result<Process> {
    let program = program(name)?;
    let command: Vec<&str> = [program.as_str()].into_iter().chain(arguments.iter().copied()).collect();
    Process::start(&Start {
        command: &command,
        environment: desktop.environment(),
        log: desktop.log(log),
        input: None,
    })
}

/// Settings with an account at the simulator, and its token in the keyring.
fn prepare(desktop: &Desktop, simulator: &Simulator, more: &str) -> Result<()> {
    let vendor = simulator.addresses().first().context("the simulator has a vendor")?;
    let mut settings =
        format!("version = 1\n{more}\n[[account]]\nid = {ACCOUNT:?}\nprovider = {:?}\n", vendor.provider);
    for (key, value) in &vendor.settings {
        settings += &format!("{key} = {value}\n");
    }
    let folder = desktop.folder().join("home/.config/ringside");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("settings.toml"), settings)?;
    keep_secret(desktop, &vendor.secret)
}

/// The account's secret in the keyring.
///
/// # Errors
/// If there is none.
pub fn secret(desktop: &Desktop) -> Result<Value> {
    let command = ["secret-tool", "lookup", "service", "ringside", "username", ACCOUNT];
    Ok(serde_json::from_str(&desktop.run(&command, None)?)?)
}

/// Puts a secret into the keyring, as `ringside account sign-in` would.
fn keep_secret(desktop: &Desktop, secret: &Value) -> Result<()> {
    let command = ["secret-tool", "store", "--label=Ringside", "service", "ringside", "username", ACCOUNT];
    desktop.run(&command, Some(&secret.to_string())).map(drop)
}

/// Where a program under test is: in `RINGSIDE_BIN_DIR`, else where cargo has put it.
fn program(name: &str) -> Result<String> {
    let folder = match std::env::var_os("RINGSIDE_BIN_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => {
            let test = std::env::current_exe()?;
            test.parent().and_then(|deps| deps.parent()).context("a test lies in deps/")?.to_owned()
        }
    };
    let program = folder.join(name);
    ensure!(program.exists(), "{} is not built; run ./dev test", program.display());
    Ok(program.to_string_lossy().into_owned())
}
