//! A program under measurement: what it writes, and what it costs as the kernel counts it.

use std::{fs, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, BufReader, Lines},
    process::{Child, Command},
    time::timeout,
};

const SAYS_WITHIN: Duration = Duration::from_secs(90);

/// A program that ends when this is dropped.
pub struct Process {
    child: Child,
    lines: Lines<BufReader<Box<dyn AsyncRead + Send + Unpin>>>,
}

impl Process {
    /// Starts a program to read its standard output.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = spawn(command.stdout(Stdio::piped()))?;
        let output = child.stdout.take().context("a pipe")?;
        Ok(Self::reading(child, Box::new(output)))
    }

    /// Starts a program to read its log.
    pub fn start_logging(command: &mut Command) -> Result<Self> {
        let mut child = spawn(command.stdout(Stdio::null()).stderr(Stdio::piped()))?;
        let output = child.stderr.take().context("a pipe")?;
        Ok(Self::reading(child, Box::new(output)))
    }

    fn reading(child: Child, output: Box<dyn AsyncRead + Send + Unpin>) -> Self {
        Self { child, lines: BufReader::with_capacity(256 * 1024, output).lines() }
    }

    /// Waits for a line like this.
    pub async fn until_says(&mut self, is_one: impl Fn(&str) -> bool) -> Result<String> {
        timeout(SAYS_WITHIN, self.next(&is_one)).await.context("it did not say so in time")?
    }

    /// Waits for this many lines like this.
    pub async fn until_said(&mut self, wanted: usize, is_one: impl Fn(&str) -> bool) -> Result<()> {
        let counting = async {
            for seen in 0..wanted {
                self.next(&is_one).await.with_context(|| format!("after {seen} of {wanted}"))?;
            }
            Ok(())
        };
        timeout(SAYS_WITHIN, counting).await.context("it did not say so in time")?
    }

    async fn next(&mut self, is_one: &impl Fn(&str) -> bool) -> Result<String> {
        loop {
            match self.lines.next_line().await? {
                Some(line) if is_one(&line) => return Ok(line),
                Some(_) => {}
                None => bail!("it has ended"),
            }
        }
    }

    /// Its id.
    pub fn id(&self) -> Result<u32> {
        self.child.id().context("it has ended")
    }

    /// CPU time of all its threads, to the nanosecond.
    pub fn cpu(&self) -> Result<Duration> {
        let mut nanos = 0;
        for task in fs::read_dir(format!("/proc/{}/task", self.id()?))? {
            let stat = fs::read_to_string(task?.path().join("schedstat"))?;
            let ran: u64 = stat.split(' ').next().context("schedstat is empty")?.parse()?;
            nanos += ran;
        }
        Ok(Duration::from_nanos(nanos))
    }

    /// How many threads it has.
    pub fn threads(&self) -> Result<usize> {
        Ok(fs::read_dir(format!("/proc/{}/task", self.id()?))?.count())
    }

    /// Peak resident memory in megabytes.
    pub fn peak(&self) -> Result<f64> {
        self.field("status", "VmHWM:")
    }

    /// Resident memory in megabytes.
    pub fn resident(&self) -> Result<f64> {
        self.field("status", "VmRSS:")
    }

    /// Proportional set size in megabytes.
    pub fn pss(&self) -> Result<f64> {
        self.field("smaps_rollup", "Pss:")
    }

    fn field(&self, file: &str, name: &str) -> Result<f64> {
        let text = fs::read_to_string(format!("/proc/{}/{file}", self.id()?))?;
        let value = text.lines().find_map(|line| line.strip_prefix(name));
        let value = value.with_context(|| format!("{file} has no {name}"))?;
        let kilobytes: f64 = value.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// Ends it, and waits for that.
    pub async fn end(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }
}

fn spawn(command: &mut Command) -> Result<Child> {
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    // Open, for some end with their standard input.
    let spawning = command.stdin(Stdio::piped()).kill_on_drop(true).spawn();
    spawning.with_context(|| format!("{name} cannot be started; run ./dev setup"))
}
