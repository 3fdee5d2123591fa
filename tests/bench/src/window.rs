//! How soon the main window is there, with an agent running.

use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::{
    desk::Desk,
    process::Process,
    report::{Row, median},
    stub::Stub,
    vendors::firmafon::{self, Company},
};

const STARTS: usize = 5;
const PEOPLE: u32 = 100;

/// From the start of the process to its word that the page is there.
pub async fn measure() -> Result<Vec<Row>> {
    let desk = Desk::start_with_screen().await?;
    let stub = Stub::start(Box::new(Company::of(PEOPLE))).await?;
    let account = firmafon::account(stub.address)?;
    let agent = Process::start(desk.ours("ringside")?.arg("agent").args(account.arguments()))?;
    desk.until_live(usize::try_from(PEOPLE)?).await?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let mut command = desk.ours("ringside-desktop")?;
        command.env("RINGSIDE_LOG", "info");
        let began_at = Instant::now();
        let mut shell = Process::start_logging(&mut command)?;
        shell.until_says(|line| line.contains("mounted")).await.context("ringside-desktop")?;
        starts.push(began_at.elapsed().as_secs_f64() * 1e3);
        crate::say(&format!("  {:.0} ms", starts.last().copied().unwrap_or_default()));
        shell.end().await?;
    }
    agent.end().await?;
    Ok(vec![Row::at_most("desktop program started → main window there", median(starts)?, 500.0, "ms")])
}
