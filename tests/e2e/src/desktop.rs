use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use zbus::{Connection, fdo::DBusProxy};

use crate::{
    Notifications, Process, Watcher,
    process::{Start, end, tail},
    until,
};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Who the desktop is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Nobody asks what is on the screen.
    Eyes,
    /// A [`crate::Reader`] does.
    Ears,
}

/// How much the programs under test log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// What goes into people's logs.
    Info,
    /// All that may ever be switched on.
    Debug,
}

/// A desktop of its own: screen, session bus, window manager, keyring, and a notification server and a tray that
/// record. All of it ends when this is dropped.
#[derive(Debug)]
pub struct Desktop {
    /// What has been shown.
    pub notifications: Notifications,
    /// Where tray items register.
    pub trays: Watcher,
    environment: Vec<(String, String)>,
    bus: Connection,
    _processes: Vec<Process>,
    folder: TempDir,
}

/// No service starts by itself: what is missing is truly missing.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

impl Desktop {
    /// Starts one, empty.
    ///
    /// # Errors
    /// If a program of it is not installed (`./dev setup`) or does not come up.
    pub async fn start(looks: Looks, level: Level) -> Result<Self> {
        Self::start_for(looks, level, Audience::Eyes).await
    }

    /// Starts one, empty, for those who see the screen or for those who hear it.
    ///
    /// # Errors
    /// If a program of it is not installed (`./dev setup`) or does not come up.
    pub async fn start_for(looks: Looks, level: Level, audience: Audience) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("ringside-e2e.").tempdir()?;
        let mut environment = environment(folder.path());
        if audience == Audience::Eyes {
            environment.push(("NO_AT_BRIDGE".to_owned(), "1".to_owned()));
            environment.push(("GTK_A11Y".to_owned(), "none".to_owned()));
        }
        environment.push(("RINGSIDE_LOG".to_owned(), format!("{level:?}").to_lowercase()));
        lay_out(folder.path(), looks)?;
        let (screen, output) = Process::piped(&begin(
            folder.path(),
            &environment,
            &["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"],
        ))?;
        let display = format!(":{}", first_line(output).context("Xvfb did not come up")?);
        environment.push(("DISPLAY".to_owned(), display));
        let config = format!("--config-file={}", folder.path().join("bus.conf").display());
        let command = ["dbus-daemon", "--nofork", "--print-address=1", &config];
        let (daemon, output) = Process::piped(&begin(folder.path(), &environment, &command))?;
        let address = first_line(output).context("dbus-daemon did not come up")?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), address.clone()));
        let manager = Process::start(&begin(folder.path(), &environment, &["openbox"]))?;
        let command = ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"];
        let keyring = begin(folder.path(), &environment, &command);
        let keyring = Process::start(&Start { input: Some("throw-away"), ..keyring })?;
        let bus = zbus::connection::Builder::address(address.as_str())?.build().await?;
        let desktop = Self {
            notifications: Notifications::serve(&bus).await?,
            trays: Watcher::serve(&bus).await?,
            environment,
            bus,
            _processes: vec![keyring, manager, screen, daemon],
            folder,
        };
        desktop.until_up().await?;
        Ok(desktop)
    }

    async fn until_up(&self) -> Result<()> {
        let bus = DBusProxy::new(&self.bus).await?;
        until("the keyring is there", async || {
            let is_there = bus.name_has_owner("org.freedesktop.secrets".try_into()?).await?;
            Ok(is_there.then_some(()))
        })
        .await?;
        until("the window manager is there", async || {
            let answer = self.run(&["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], None)?;
            Ok(answer.contains("window id").then_some(()))
        })
        .await
    }

    pub(crate) fn bus(&self) -> &Connection {
        &self.bus
    }

    /// Where everything of this desktop is kept.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program's log.
    pub fn log(&self, name: &str) -> PathBuf {
        self.folder.path().join("logs").join(name)
    }

    /// The environment of this desktop's programs.
    pub fn environment(&self) -> &[(String, String)] {
        &self.environment
    }

    /// Runs a short program in it and returns what it wrote.
    ///
    /// # Errors
    /// If it fails.
    pub fn run(&self, command: &[&str], input: Option<&str>) -> Result<String> {
        let name = command.first().copied().unwrap_or_default();
        let given = self.folder.path().join("input");
        fs::write(&given, input.unwrap_or_default())?;
        let output = Command::new(name)
            .args(command.iter().skip(1))
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(fs::File::open(&given)?)
            .output()
            .with_context(|| format!("{name} is needed; run ./dev setup"))?;
        fs::remove_file(given)?;
        ensure!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Starts a program in it that ends with what is returned.
    pub(crate) fn start_program(&self, command: &[&str]) -> Result<Process> {
        let name = command.first().map(|program| Path::new(program).file_name().unwrap_or_default());
        let log = self.log(&name.unwrap_or_default().to_string_lossy());
        Process::start(&Start { command, environment: &self.environment, log, input: None })
    }

    /// The services that record give up their names, for others to take.
    pub(crate) async fn give_way(&self) -> Result<Connection> {
        for name in ["org.freedesktop.Notifications", "org.kde.StatusNotifierWatcher"] {
            self.bus.release_name(name).await?;
        }
        Ok(self.bus.clone())
    }

    /// The titles of the windows that can be seen.
    ///
    /// # Errors
    /// If the screen is gone.
    pub fn windows(&self) -> Result<Vec<String>> {
        self.visible("ringside")?
            .iter()
            .map(|window| Ok(self.run(&["xdotool", "getwindowname", window], None)?.trim().to_owned()))
            .collect()
    }

    /// The windows of this class that can be seen, by their numbers.
    pub(crate) fn visible(&self, class: &str) -> Result<Vec<String>> {
        let search = format!("xdotool search --onlyvisible --class {class} || true");
        Ok(self.run(&["sh", "-c", &search], None)?.lines().map(str::to_owned).collect())
    }

    /// Waits for a window to be seen, or to be gone.
    ///
    /// # Errors
    /// If that does not happen.
    pub async fn until_window(&self, title: &str, seen: Seen) -> Result<()> {
        until(&format!("the window “{title}” is {seen:?}"), async || {
            let is_seen = self.windows()?.iter().any(|other| other == title);
            Ok((is_seen == (seen == Seen::Open)).then_some(()))
        })
        .await
    }

    /// Closes a window by the window manager, as its close button does.
    ///
    /// # Errors
    /// If there is none.
    pub fn close_window(&self, title: &str) -> Result<()> {
        self.run(&["wmctrl", "-F", "-c", title], None).map(drop)
    }

    /// Photographs a window by its title, or all of the screen (`root`), if pictures are wanted: `RINGSIDE_SHOTS` names their
    /// folder.
    ///
    /// # Errors
    /// If there is no such window.
    pub fn photograph(&self, name: &str, window: &str) -> Result<()> {
        let Some(folder) = std::env::var_os("RINGSIDE_SHOTS").filter(|folder| !folder.is_empty()) else {
            return Ok(());
        };
        let file = PathBuf::from(folder).join(format!("{name}.png"));
        self.run(&["import", "-window", window, &file.to_string_lossy()], None).map(drop)
    }

    /// The programs of this name that run in this desktop.
    pub fn processes(&self, name: &str) -> Vec<u32> {
        let is_named = |id: &u32| {
            let program = fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
            program.file_name().is_some_and(|file| file == name)
        };
        self.everything().filter(is_named).collect()
    }

    /// All processes of this desktop, whoever has started them: they share a home.
    fn everything(&self) -> impl Iterator<Item = u32> {
        let home = format!("HOME={}", self.folder.path().join("home").display());
        fs::read_dir("/proc").into_iter().flatten().filter_map(move |entry| {
            let entry = entry.ok()?;
            let id = entry.file_name().to_str()?.parse().ok()?;
            let environment = fs::read(entry.path().join("environ")).ok()?;
            environment.split(|byte| *byte == 0).any(|entry| entry == home.as_bytes()).then_some(id)
        })
    }

    fn log_files(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.folder.path().join("logs")) else { return Vec::new() };
        let mut files: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
        files.sort();
        files
    }

    /// Everything that has been logged.
    pub fn all_logs(&self) -> String {
        self.log_files().iter().filter_map(|file| fs::read_to_string(file).ok()).collect()
    }

    /// The ends of all logs, for a failed test's message.
    pub fn logs(&self) -> String {
        self.log_files().iter().map(|file| format!("── {}\n{}\n", file.display(), tail(file))).collect()
    }
}

/// An agent that a shell has started is nobody's child.
impl Drop for Desktop {
    fn drop(&mut self) {
        for name in ["ringside-desktop", "ringside"] {
            self.processes(name).into_iter().for_each(end);
        }
    }
}

/// What is waited for of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It can be seen.
    Open,
    /// It cannot.
    Gone,
}

fn begin<'a>(folder: &Path, environment: &'a [(String, String)], command: &'a [&'a str]) -> Start<'a> {
    let name = command.first().copied().unwrap_or_default();
    Start { command, environment, log: folder.join("logs").join(name), input: None }
}

fn first_line(output: std::process::ChildStdout) -> Result<String> {
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    ensure!(!line.trim().is_empty(), "it ended at once");
    Ok(line.trim().to_owned())
}

fn environment(folder: &Path) -> Vec<(String, String)> {
    let inside = |path: &str| folder.join(path).to_string_lossy().into_owned();
    let kept = ["PATH", "LLVM_PROFILE_FILE"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), std::env::var(name).ok()?)));
    let own = [
        ("HOME", inside("home")),
        ("XDG_CONFIG_HOME", inside("home/.config")),
        ("XDG_DATA_HOME", inside("home/.local/share")),
        ("XDG_STATE_HOME", inside("home/.local/state")),
        ("XDG_CACHE_HOME", inside("home/.cache")),
        ("XDG_RUNTIME_DIR", inside("run")),
        ("TMPDIR", inside("tmp")),
        // Whether this machine sleeps is no business of a test.
        ("DBUS_SYSTEM_BUS_ADDRESS", format!("unix:path={}", inside("no-system-bus"))),
        ("LANG", "C.UTF-8".to_owned()),
        ("XDG_SESSION_TYPE", "x11".to_owned()),
        ("GDK_BACKEND", "x11".to_owned()),
        ("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()),
        ("GSETTINGS_BACKEND", "memory".to_owned()),
    ];
    kept.chain(own.map(|(name, value)| (name.to_owned(), value))).collect()
}

fn lay_out(folder: &Path, looks: Looks) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    for inner in [
        "home/.config/gtk-3.0",
        "home/.local/share",
        "home/.local/state",
        "home/.cache",
        "run",
        "tmp",
        "logs",
    ] {
        fs::create_dir_all(folder.join(inner))?;
    }
    fs::set_permissions(folder.join("run"), fs::Permissions::from_mode(0o700))?;
    fs::write(folder.join("bus.conf"), BUS.replace("FOLDER", &folder.join("run").to_string_lossy()))?;
    let dark = looks == Looks::Dark;
    let gtk = format!(
        "[Settings]\ngtk-theme-name = Adwaita\ngtk-font-name = DejaVu Sans 10\n\
         gtk-application-prefer-dark-theme = {dark}\ngtk-enable-animations = false\n"
    );
    fs::write(folder.join("home/.config/gtk-3.0/settings.ini"), gtk)?;
    Ok(())
}
