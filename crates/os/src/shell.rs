use std::{
    collections::HashSet,
    env,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

use engine::{Incoming, Window, Windows};
use tokio::{process::Command, runtime::Handle, sync::mpsc};
use tracing::{debug, info, warn};

use crate::{Activation, part::Part};

const PROGRAM: &str = "ringside-desktop";
const NOT_INSTALLED: &str =
    "The windows are not installed; install ringside-desktop, or go on with the tray and `ringside`.";

const HAS_FAILED: &str = "A window ended with a fault; open it again, and see the log if that goes on.";

/// Starts the shell, one process for each window it is asked for; a shell that already runs takes the request over.
pub struct Shell {
    program: Option<PathBuf>,
    socket: PathBuf,
    activation: Activation,
    running: Arc<Mutex<HashSet<Window>>>,
    outcomes: mpsc::UnboundedSender<Result<(), &'static str>>,
    runtime: Handle,
}

impl Shell {
    /// `socket`: of the agent, handed to the shell as `RINGSIDE_SOCKET`; `program`: `None` looks for
    /// `ringside-desktop` beside this program, then in `PATH`. [`Incoming::Part`] `"windows"` goes to `incoming`.
    /// Children are minded on the current tokio runtime.
    pub fn new(
        program: Option<PathBuf>,
        socket: PathBuf,
        activation: Activation,
        incoming: mpsc::Sender<Incoming>,
    ) -> Self {
        let (outcomes, mut queue) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut part = Part::new("windows", incoming);
            while let Some(outcome) = queue.recv().await {
                match outcome {
                    Ok(()) => part.works().await,
                    Err(text) => part.fails(text).await,
                }
            }
        });
        Self { program, socket, activation, running: Arc::default(), outcomes, runtime: Handle::current() }
    }
}

impl Windows for Shell {
    fn open(&mut self, window: Window) {
        if !lock(&self.running).insert(window) {
            debug!(?window, "is being opened");
            return;
        }
        let program = self.program.clone().or_else(find);
        let mut command = Command::new(program.as_deref().unwrap_or(Path::new(PROGRAM)));
        command.args(["--window", name(window)]).env("RINGSIDE_SOCKET", &self.socket);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        if let Some(token) = self.activation.take() {
            command.env("XDG_ACTIVATION_TOKEN", &token).env("DESKTOP_STARTUP_ID", token);
        }
        let (running, outcomes) = (Arc::clone(&self.running), self.outcomes.clone());
        let _runtime = self.runtime.enter();
        let started = command.spawn();
        // Nobody listens any more only while the program ends.
        outcomes.send(started.as_ref().map(drop).map_err(|_| NOT_INSTALLED)).ok();
        match started {
            Ok(mut child) => drop(self.runtime.spawn(async move {
                let status = child.wait().await;
                lock(&running).remove(&window);
                if status.as_ref().is_ok_and(ExitStatus::success) {
                    info!(?window, "ringside-desktop ended");
                } else {
                    warn!(?window, ?status, "ringside-desktop ended with a fault");
                    outcomes.send(Err(HAS_FAILED)).ok();
                }
            })),
            Err(error) => {
                warn!(%error, "ringside-desktop was not started");
                lock(&running).remove(&window);
            }
        }
    }
}

fn lock(running: &Mutex<HashSet<Window>>) -> std::sync::MutexGuard<'_, HashSet<Window>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

fn name(window: Window) -> &'static str {
    match window {
        Window::Main => "main",
        Window::Popup => "popup",
    }
}

pub(crate) fn find() -> Option<PathBuf> {
    let beside = env::current_exe().ok().and_then(|program| program.parent().map(Path::to_path_buf));
    let path = env::var_os("PATH").unwrap_or_default();
    beside
        .into_iter()
        .chain(env::split_paths(&path))
        .map(|folder| folder.join(PROGRAM))
        .find(|path| path.is_file())
}
