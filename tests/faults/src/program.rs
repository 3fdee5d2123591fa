//! A program of its own that is watched through its control socket, and ends with whoever watches it.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command},
    time::Duration,
};

use anyhow::{Context as _, Result};
use engine::control::{Client, Control as _};
use model::{Connection, ConnectionState, View};
use tokio::time::Instant;

const PATIENCE: Duration = Duration::from_secs(60);

/// See the module.
pub struct Program {
    process: Child,
    /// What it can be asked by.
    pub client: Client,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What a process holds.
#[derive(Clone, Copy, Debug)]
pub struct Holdings {
    /// Resident memory in kB.
    pub memory: i64,
    /// What of it is the process's own data, and not read from files, in kB.
    pub own: i64,
    /// Open descriptors.
    pub descriptors: usize,
    /// Threads.
    pub threads: usize,
    /// Tasks that are alive; `None` if it does not say.
    pub tasks: Option<usize>,
}

impl Program {
    /// Starts it, and waits until it answers at `socket`; `told` may write to its standard input.
    ///
    /// # Errors
    /// If it cannot be started or does not answer.
    pub async fn start(
        command: &mut Command,
        socket: PathBuf,
        told: impl FnOnce(&mut Child) -> Result<()>,
    ) -> Result<Self> {
        let mut process = command.spawn().with_context(|| format!("{command:?}"))?;
        let answers = async {
            told(&mut process)?;
            loop {
                match Client::connect(socket.clone()).await {
                    Ok(client) => return Ok(client),
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        let client = tokio::time::timeout(PATIENCE, answers).await;
        match client.context("it does not begin").and_then(|client| client) {
            Ok(client) => Ok(Self { process, client }),
            Err(error) => {
                // It may have ended by itself.
                process.kill().ok();
                process.wait().ok();
                Err(error)
            }
        }
    }

    /// With SIGKILL.
    pub fn kill(&mut self) {
        // It may be dead already.
        self.process.kill().ok();
        self.process.wait().ok();
    }

    /// What can be seen.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn view(&self) -> Result<std::sync::Arc<View>> {
        self.client.view().await.map_err(|problem| anyhow::anyhow!(problem.text))
    }

    /// Waits until the view is so; `None` if it is not within this time.
    pub async fn until(&self, within: Duration, is_so: impl Fn(&View) -> bool) -> Option<Instant> {
        let mut updates = self.client.follow();
        let wait = async {
            loop {
                if self.client.view().await.is_ok_and(|view| is_so(&view)) {
                    return Some(Instant::now());
                }
                updates.recv().await?;
            }
        };
        tokio::time::timeout(within, wait).await.ok().flatten()
    }

    /// What it holds.
    ///
    /// # Errors
    /// Where there is no `/proc`, or the process has ended.
    pub async fn holdings(&self) -> Result<Holdings> {
        let folder = PathBuf::from(format!("/proc/{}", self.process.id()));
        let status = fs::read_to_string(folder.join("status"))?;
        let figure = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.split_whitespace().next()?.parse::<i64>().ok())
        };
        Ok(Holdings {
            memory: figure("VmRSS:").context("no memory")?,
            own: figure("RssAnon:").context("no memory")?,
            threads: usize::try_from(figure("Threads:").context("no threads")?)?,
            descriptors: fs::read_dir(folder.join("fd"))?.count(),
            tasks: self.client.tasks().await.ok(),
        })
    }
}

/// How many accounts are live.
pub fn live(view: &View) -> usize {
    let live = |connection: &Connection| connection.state == ConnectionState::Live;
    view.accounts.iter().filter(|account| account.connection.as_ref().is_some_and(live)).count()
}

/// Whether every account is live.
pub fn is_live(view: &View) -> bool {
    !view.accounts.is_empty() && live(view) == view.accounts.len()
}
