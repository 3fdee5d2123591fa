//! A home of its own, the simulated office, and the programs in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, DirBuilder, File},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    os::unix::{
        fs::{DirBuilderExt as _, OpenOptionsExt as _},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::trace;

/// How long anything may take, on a machine with other work to do.
const DEADLINE: Duration = Duration::from_secs(120);
const LOOK_EVERY: Duration = Duration::from_millis(50);

pub(crate) struct Desk {
    folder: tempfile::TempDir,
    office: Child,
    /// What `simulate` said: where the vendors are, and the accounts' secrets.
    providers: BTreeMap<String, Value>,
    _said: BufReader<ChildStdout>,
}

/// What `watch --record` left.
pub(crate) struct Recording {
    pub(crate) file: PathBuf,
    pub(crate) said: String,
    pub(crate) log: String,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) exit: Option<i32>,
    pub(crate) said: String,
    pub(crate) complaint: String,
}

pub(crate) struct Agent(Child);

impl Desk {
    pub(crate) fn set_up() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut office = Command::new(env!("CARGO_BIN_EXE_ringside"))
            .args(["simulate", "--people", "12", "--rate", "20", "--seed", "5"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(office.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let about: Value = serde_json::from_str(&line).unwrap();
        let providers: BTreeMap<String, Value> = serde_json::from_value(about["providers"].clone()).unwrap();
        let desk = Self { folder, office, providers, _said: said };
        for name in ["credentials", "run", "config", "config/ringside", "state"] {
            DirBuilder::new().mode(0o700).create(desk.folder().join(name)).unwrap();
        }
        let mut settings = "version = 1\n".to_owned();
        for (name, about) in &desk.providers {
            settings += &format!("[[account]]\nid = \"{name}\"\nprovider = \"{name}\"\n");
            for (key, value) in about["settings"].as_object().unwrap() {
                settings += &format!("{key} = {}\n", simulator::toml(value));
            }
            let mut file = File::options()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(desk.folder().join("credentials").join(name))
                .unwrap();
            file.write_all(about["secret"].to_string().as_bytes()).unwrap();
        }
        fs::write(desk.settings(), settings).unwrap();
        desk
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program with these arguments, as [`Desk::run`] starts it.
    pub(crate) fn ringside(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_ringside"));
        command.args(arguments).env("RINGSIDE_LOG", "warn");
        command
    }

    pub(crate) fn settings(&self) -> PathBuf {
        self.folder().join("config/ringside/settings.toml")
    }

    pub(crate) fn credentials(&self) -> PathBuf {
        self.folder().join("credentials")
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.folder().join("run/ringside/control.sock")
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.folder().join("agent.log")
    }

    pub(crate) fn trace(&self) -> PathBuf {
        self.folder().join("agent.trace")
    }

    pub(crate) fn secrets(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.providers.iter().map(|(name, about)| (name.as_str(), &about["secret"]))
    }

    /// A process that sees nothing of this machine but this folder.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let bus = format!("unix:path={}", self.folder().join("no-bus").display());
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder())
            .env("XDG_CONFIG_HOME", self.folder().join("config"))
            .env("XDG_STATE_HOME", self.folder().join("state"))
            .env("XDG_RUNTIME_DIR", self.folder().join("run"))
            .env("RINGSIDE_SOCKET", self.socket())
            .env("RINGSIDE_LOG", "trace")
            .env("DBUS_SESSION_BUS_ADDRESS", bus)
            .current_dir(self.folder())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn sources(&self) -> [PathBuf; 4] {
        ["--config".into(), self.settings(), "--credentials".into(), self.credentials()]
    }

    /// The agent, under strace where that can be.
    pub(crate) fn agent(&self) -> Agent {
        let mut words = trace::prefix(&self.trace()).unwrap_or_default();
        words.push(env!("CARGO_BIN_EXE_ringside").to_owned());
        let (program, arguments) = words.split_first().unwrap();
        let child = self
            .command(program)
            .args(arguments)
            .arg("agent")
            .args(self.sources())
            .stdout(Stdio::null())
            .stderr(File::create(self.log()).unwrap())
            .spawn()
            .unwrap();
        let agent = Agent(child);
        let begun_at = Instant::now();
        while UnixStream::connect(self.socket()).is_err() {
            assert!(begun_at.elapsed() < DEADLINE, "the agent does not answer");
            std::thread::sleep(LOOK_EVERY);
        }
        agent
    }

    pub(crate) fn converse(&self, ask: &Value) -> BufReader<UnixStream> {
        let mut stream = UnixStream::connect(self.socket()).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream.write_all(format!("{ask}\n").as_bytes()).unwrap();
        BufReader::new(stream)
    }

    /// The one answer to a request.
    pub(crate) fn ask(&self, ask: &Value) -> Value {
        serde_json::from_str(&line(&mut self.converse(ask)).unwrap()).unwrap()
    }

    /// The view, as soon as it is as wanted; looked at whenever something has changed.
    pub(crate) fn until(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut changes = self.converse(&json!({"ask": "follow"}));
        let begun_at = Instant::now();
        loop {
            let view = self.ask(&json!({"ask": "view"}));
            if wanted(&view["view"]) {
                return view["view"].clone();
            }
            assert!(begun_at.elapsed() < DEADLINE, "waited in vain until {what}: {view:.2000}");
            line(&mut changes).unwrap();
        }
    }

    /// What comes over the control socket to a window, for some changes.
    pub(crate) fn traffic(&self) -> String {
        let mut changes = self.converse(&json!({"ask": "follow"}));
        (0..20).filter_map(|_| line(&mut changes)).collect()
    }

    /// What a command does.
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        let mut command = self.ringside(arguments);
        if arguments.first().is_some_and(|first| ["doctor", "account"].contains(first)) {
            command.args(self.sources());
        }
        Done::of(&command.output().unwrap())
    }

    /// `watch --record` until it has said so many lines of calls and people.
    pub(crate) fn record(&self, lines: usize) -> Recording {
        let file = self.folder().join("recording.jsonl");
        let log = self.folder().join("watch.log");
        let mut watch = self
            .command(env!("CARGO_BIN_EXE_ringside"))
            .args(["watch", "--json", "--record"])
            .arg(&file)
            .args(self.sources())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut reader = BufReader::new(watch.stdout.take().unwrap());
        let (mut said, mut wanted) = (String::new(), lines);
        while wanted > 0 {
            let mut line = String::new();
            assert!(reader.read_line(&mut line).unwrap() > 0, "watch ended");
            wanted -=
                usize::from(line.contains("\"event\":\"call\"") || line.contains("\"event\":\"presence\""));
            said += &line;
        }
        // By SIGTERM, so that it writes down what it has.
        let ended = Command::new("kill").arg(watch.id().to_string()).status().unwrap();
        assert!(ended.success());
        reader.read_to_string(&mut said).unwrap();
        watch.wait().unwrap();
        Recording { file, said, log: fs::read_to_string(log).unwrap() }
    }

    /// What another user is answered.
    pub(crate) fn as_nobody(&self, ask: &Value) -> String {
        let program = "use IO::Socket::UNIX; $SIG{PIPE} = 'IGNORE'; \
                       my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die \"it cannot be reached\"; \
                       print $s \"$ARGV[1]\\n\"; $s->flush; print while <$s>;";
        let done = Command::new("setpriv")
            .args(["--reuid=65534", "--regid=65534", "--clear-groups", "perl", "-e", program])
            .arg(self.socket())
            .arg(ask.to_string())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    pub(crate) fn quit(&self) {
        drop(line(&mut self.converse(&json!({"ask": "act", "command": {"do": "quit"}}))));
    }

    /// Every file that the programs have left, but for the secrets themselves and what strace wrote.
    pub(crate) fn each_file(&self, mut look: impl FnMut(&Path, &[u8])) {
        let mut folders = vec![self.folder().to_owned()];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let kind = fs::symlink_metadata(&path).unwrap().file_type();
                if kind.is_dir() {
                    if !path.ends_with("credentials") {
                        folders.push(path);
                    }
                } else if kind.is_file()
                    && !path.ends_with("agent.log")
                    && !path.ends_with("watch.log")
                    && path != self.trace()
                {
                    look(&path, &fs::read(&path).unwrap());
                    seen += 1;
                }
            }
        }
        assert!(seen >= 2, "there is hardly anything to look at");
    }

    /// The vendors of the settings, and the desktop's own buses on this machine.
    pub(crate) fn may_be_reached(&self, to: &str) -> bool {
        let text = serde_json::to_string(&self.providers).unwrap();
        let vendors: BTreeSet<&str> = text
            .split("127.0.0.1:")
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap())
            .collect();
        match to.strip_prefix("127.0.0.1:") {
            Some(port) => vendors.contains(port),
            None => {
                let own = to.starts_with(&self.folder().display().to_string());
                let system = [
                    "/run/dbus/system_bus_socket",
                    "/var/run/dbus/system_bus_socket",
                    "/var/run/nscd/socket",
                ];
                own || system.contains(&to)
            }
        }
    }
}

impl Done {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        Self { exit: output.status.code(), said: text(&output.stdout), complaint: text(&output.stderr) }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(self.office.kill());
        drop(self.office.wait());
    }
}

impl Agent {
    /// Its process, and strace's.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let own = self.0.id();
        let children = fs::read_to_string(format!("/proc/{own}/task/{own}/children")).unwrap_or_default();
        children.split_whitespace().filter_map(|id| id.parse().ok()).chain([own]).collect()
    }

    pub(crate) fn ends(&mut self) {
        self.0.wait().unwrap();
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        for process in self.processes() {
            drop(Command::new("kill").args(["-9", &process.to_string()]).stderr(Stdio::null()).status());
        }
        drop(self.0.wait());
    }
}

/// A line of a stream, or nothing at its end.
pub(crate) fn line(reader: &mut BufReader<UnixStream>) -> Option<String> {
    let mut line = String::new();
    (reader.read_line(&mut line).unwrap() > 0).then_some(line)
}
