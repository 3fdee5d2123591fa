//! A session bus and, if wanted, a screen of their own, with a notification service and a tray that keep the moment
//! they are called.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use futures_util::StreamExt as _;
use tempfile::TempDir;
use tokio::{process::Command, sync::mpsc, time::timeout};
use zbus::{
    Connection, MatchRule, MessageStream, connection::Builder, fdo::DBusProxy, interface, message::Type,
    object_server::SignalEmitter, zvariant::OwnedValue,
};

use crate::process::Process;

const NOTIFICATIONS: &str = "org.freedesktop.Notifications";
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const CLOSED_BY_CALL: u32 = 3;
const HEARD_WITHIN: Duration = Duration::from_secs(10);
const LIVE_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// No service starts by itself.
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

/// What was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// `Notify`.
    Notify,
    /// `CloseNotification`.
    Close,
    /// `RegisterStatusNotifierItem`.
    Register,
}

type Calls = mpsc::UnboundedSender<(Called, Instant)>;

/// Where programs are measured; it ends when it is dropped.
pub struct Desk {
    environment: Vec<(&'static str, String)>,
    calls: mpsc::UnboundedReceiver<(Called, Instant)>,
    connection: Connection,
    processes: Vec<Process>,
    _folder: TempDir,
}

impl Desk {
    /// A desk without a screen.
    pub async fn start() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("ringside-bench.").tempdir()?;
        let config = folder.path().join("bus.conf");
        fs::write(&config, BUS.replace("FOLDER", &folder.path().to_string_lossy()))?;
        let mut daemon = Process::start(
            Command::new("dbus-daemon")
                .args(["--nofork", "--print-address=1", "--config-file"])
                .arg(config)
                .stderr(Stdio::null()),
        )?;
        let address = daemon.until_says(|line| !line.is_empty()).await.context("dbus-daemon")?;
        let (sender, calls) = mpsc::unbounded_channel();
        let connection = Builder::address(address.as_str())?
            .serve_at("/org/freedesktop/Notifications", Notifications { last: 0, calls: sender.clone() })?
            .serve_at("/StatusNotifierWatcher", Watcher { calls: sender })?
            .name(NOTIFICATIONS)?
            .name(WATCHER)?
            .method_timeout(HEARD_WITHIN)
            .build()
            .await?;
        let inside = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let environment = vec![
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("LANG", "C.UTF-8".to_owned()),
            ("HOME", inside("")),
            ("XDG_RUNTIME_DIR", inside("")),
            ("DBUS_SESSION_BUS_ADDRESS", address),
            ("DBUS_SYSTEM_BUS_ADDRESS", format!("unix:path={}", inside("no-system-bus"))),
            ("RINGSIDE_SOCKET", inside("control.sock")),
            ("RINGSIDE_LOG", "error".to_owned()),
        ];
        Ok(Self { environment, calls, connection, processes: vec![daemon], _folder: folder })
    }

    /// A desk with a screen and a window manager.
    pub async fn start_with_screen() -> Result<Self> {
        let mut desk = Self::start().await?;
        let mut screen = Process::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"])
                .stderr(Stdio::null()),
        )?;
        let number = screen.until_says(|line| !line.is_empty()).await.context("Xvfb")?;
        desk.environment.extend([
            ("DISPLAY", format!(":{number}")),
            ("GDK_BACKEND", "x11".to_owned()),
            ("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()),
            ("GSETTINGS_BACKEND", "memory".to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
        ]);
        let manager = Process::start(&mut desk.command("openbox"))?;
        desk.processes.extend([manager, screen]);
        Ok(desk)
    }

    /// Another program, at this desk.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// One of the programs that are measured, at this desk.
    pub fn ours(&self, name: &str) -> Result<Command> {
        Ok(self.command(program(name)?))
    }

    /// When this was called first after a moment.
    pub async fn until(&mut self, wanted: Called, after: Instant) -> Result<Instant> {
        loop {
            match timeout(HEARD_WITHIN, self.calls.recv()).await {
                Ok(Some((called, at))) if called == wanted && at >= after => return Ok(at),
                Ok(Some(_)) => {}
                Ok(None) => bail!("the bus is gone"),
                Err(_) => bail!("waited {} s in vain for {wanted:?}", HEARD_WITHIN.as_secs()),
            }
        }
    }

    /// How many signals a program's tray item and its menu send in this time.
    pub async fn tray_signals(&self, program: &Process, within: Duration) -> Result<u32> {
        let rule = MatchRule::builder().msg_type(Type::Signal).build();
        let mut signals = MessageStream::for_match_rule(rule, &self.connection, None).await?;
        let bus = DBusProxy::new(&self.connection).await?;
        let (mut count, mut owners) = (0, HashMap::new());
        let counting = async {
            while let Some(signal) = signals.next().await {
                let signal = signal?;
                let header = signal.header();
                let (Some(sender), Some(interface)) = (header.sender(), header.interface()) else { continue };
                if !matches!(interface.as_str(), "com.canonical.dbusmenu" | "org.kde.StatusNotifierItem") {
                    continue;
                }
                let owner = match owners.get(sender.as_str()) {
                    Some(owner) => *owner,
                    None => {
                        let owner = bus.get_connection_unix_process_id(sender.as_str().try_into()?).await?;
                        owners.insert(sender.to_string(), owner);
                        owner
                    }
                };
                count += u32::from(owner == program.id()?);
            }
            anyhow::Ok(())
        };
        match timeout(within, counting).await {
            Ok(ended) => ended.and_then(|()| bail!("the bus is gone")),
            Err(_) => Ok(count),
        }
    }

    /// The number of the screen, as `DISPLAY` has it.
    pub fn display(&self) -> Result<&str> {
        let value = self.environment.iter().find(|(name, _)| *name == "DISPLAY");
        value.map(|(_, value)| value.as_str()).context("this desk has no screen")
    }

    /// How many of our programs of this name run at this desk.
    pub fn running(&self, name: &str) -> usize {
        let socket = self.environment.iter().find(|(name, _)| *name == "RINGSIDE_SOCKET");
        let Some(socket) = socket.map(|(name, value)| format!("{name}={value}")) else { return 0 };
        let is_it = |process: &Path| {
            let program = fs::read_link(process.join("exe")).unwrap_or_default();
            let environment = fs::read(process.join("environ")).unwrap_or_default();
            program.file_name().is_some_and(|file| file == name)
                && environment.split(|byte| *byte == 0).any(|entry| entry == socket.as_bytes())
        };
        let processes =
            fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
        processes.filter(|process| is_it(process)).count()
    }

    /// Waits until the resident agent is connected and knows this many people.
    pub async fn until_live(&self, people: usize) -> Result<()> {
        let people = format!(r#""people":{people}"#);
        let is_live = |status: &str| status.contains(r#""state":"live""#) && status.contains(&people);
        self.until_tells("status", LOOK_EVERY, is_live).await.context("the agent did not connect in time")
    }

    /// Waits until the resident agent's answer to `ringside WHAT --json` is like this.
    pub async fn until_tells(
        &self,
        what: &str,
        look_every: Duration,
        is_it: impl Fn(&str) -> bool,
    ) -> Result<()> {
        let looking = async {
            loop {
                let output = self.ours("ringside")?.args([what, "--json"]).output().await?;
                if is_it(&String::from_utf8(output.stdout)?) {
                    return Ok(());
                }
                tokio::time::sleep(look_every).await;
            }
        };
        timeout(LIVE_WITHIN, looking).await.with_context(|| format!("{what} did not come to be so"))?
    }
}

/// A measured program lies beside this one.
fn program(name: &str) -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name(name);
    ensure!(path.exists(), "{} is not built; run ./dev bench", path.display());
    Ok(path)
}

struct Notifications {
    last: u32,
    calls: Calls,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "persistence"].map(str::to_owned).into()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("bench".to_owned(), "Ringside".to_owned(), "1".to_owned(), "1.3".to_owned())
    }

    #[expect(clippy::too_many_arguments, reason = "the specification's")]
    fn notify(
        &mut self,
        _app_name: String,
        replaces: u32,
        _icon: String,
        _summary: String,
        _body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        called(&self.calls, Called::Notify);
        if replaces == 0 {
            self.last += 1;
            self.last
        } else {
            replaces
        }
    }

    async fn close_notification(&self, id: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        called(&self.calls, Called::Close);
        // Nobody may listen any more.
        Self::notification_closed(&emitter, id, CLOSED_BY_CALL).await.ok();
    }

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

struct Watcher {
    calls: Calls,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, _service: String) {
        called(&self.calls, Called::Register);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

fn called(calls: &Calls, what: Called) {
    // Nobody listens any more only while the desk ends.
    calls.send((what, Instant::now())).ok();
}
