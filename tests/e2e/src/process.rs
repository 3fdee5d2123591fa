use std::{
    fs::{self, File},
    io::{self, Write as _},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group, test_kill_process};

use crate::until;

const ENDS_WITHIN: Duration = Duration::from_secs(4);

/// A program that ends, with whatever it has started, when this is dropped or the test process dies.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
}

/// What a program is started with.
#[derive(Debug)]
pub struct Start<'a> {
    /// The program and its arguments.
    pub command: &'a [&'a str],
    /// All of its environment.
    pub environment: &'a [(String, String)],
    /// Where its output goes.
    pub log: PathBuf,
    /// What it reads.
    pub input: Option<&'a str>,
}

impl Process {
    /// Starts a program.
    ///
    /// # Errors
    /// If it is not installed.
    pub fn start(start: &Start<'_>) -> Result<Self> {
        Self::spawn(start, None).map(|(process, _)| process)
    }

    /// Starts a program whose standard output is read.
    ///
    /// # Errors
    /// If it is not installed.
    pub fn piped(start: &Start<'_>) -> Result<(Self, ChildStdout)> {
        let (process, output) = Self::spawn(start, Some(Stdio::piped()))?;
        Ok((process, output.context("a pipe")?))
    }

    fn spawn(start: &Start<'_>, output: Option<Stdio>) -> Result<(Self, Option<ChildStdout>)> {
        let log = File::options().create(true).append(true).open(&start.log)?;
        let mut child = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "--"])
            .args(start.command)
            .env_clear()
            .envs(start.environment.iter().map(|(name, value)| (name, value)))
            .process_group(0)
            .stdin(if start.input.is_some() { Stdio::piped() } else { Stdio::null() })
            .stdout(output.map_or_else(|| log.try_clone().map(Stdio::from), Ok)?)
            .stderr(log)
            .spawn()
            .context("setpriv cannot be started; run ./dev setup")?;
        if let (Some(mut stdin), Some(input)) = (child.stdin.take(), start.input) {
            stdin.write_all(input.as_bytes())?;
        }
        let output = child.stdout.take();
        Ok((Self { child, log: start.log.clone() }, output))
    }

    /// Its id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended; `None` while it runs.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Waits for it to end by itself, in peace.
    ///
    /// # Errors
    /// If it does not, or ends with a failure.
    pub async fn until_ended(&mut self) -> Result<()> {
        let log = self.log.clone();
        let status = until("the program ends", async || Ok(self.ended()?)).await?;
        if !status.success() {
            bail!("it ended with {status}: {}", tail(&log));
        }
        Ok(())
    }

    /// The libraries and files in its memory.
    ///
    /// # Errors
    /// If it has ended.
    pub fn maps(&self) -> Result<String> {
        Ok(fs::read_to_string(format!("/proc/{}/maps", self.id()))?)
    }
}

/// The end of a log, for a failed test's message.
pub fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let skipped = text.lines().count().saturating_sub(40);
    text.lines().skip(skipped).collect::<Vec<_>>().join("\n")
}

/// Ends a process by its id, in peace if it can.
pub fn end(id: u32) {
    let Some(id) = i32::try_from(id).ok().and_then(Pid::from_raw) else { return };
    let begun_at = Instant::now();
    kill_process(id, Signal::TERM).ok();
    while test_kill_process(id).is_ok() && begun_at.elapsed() < ENDS_WITHIN {
        std::thread::sleep(Duration::from_millis(5));
    }
    kill_process(id, Signal::KILL).ok();
}

impl Drop for Process {
    fn drop(&mut self) {
        let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) else { return };
        let begun_at = Instant::now();
        kill_process_group(group, Signal::TERM).ok();
        while matches!(self.child.try_wait(), Ok(None)) && begun_at.elapsed() < ENDS_WITHIN {
            std::thread::sleep(Duration::from_millis(5));
        }
        kill_process_group(group, Signal::KILL).ok();
        drop(self.child.wait());
    }
}
