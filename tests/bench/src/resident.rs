//! What stays all day: how soon the agent is in the tray, what memory it keeps and what it does while nothing happens.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::{
    account::Account,
    desk::{Called, Desk},
    five::Five,
    process::Process,
    report::{Row, median, quantity},
    stub::Stub,
    vendors::firmafon::{self, Company},
};

const STARTS: usize = 10;
const COLLEAGUES: u32 = 10_000;
const ROUNDS: usize = 3;
const SETTLES_FOR: Duration = Duration::from_secs(10);
const IDLE_FOR: Duration = Duration::from_secs(20);
/// Long enough for what a vendor is asked for now and then.
const FIVE_IDLE_FOR: Duration = Duration::from_secs(120);

/// One agent as it stays.
#[derive(Debug, Clone, Copy)]
struct Stay {
    pss: f64,
    peak: f64,
    /// Share of a core, in percent.
    cpu: f64,
    threads: usize,
}

/// Starts, then stays.
pub async fn measure() -> Result<Vec<Row>> {
    let stub = Stub::start(Box::new(Company::of(COLLEAGUES))).await?;
    let account = firmafon::account(stub.address)?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(start(&account).await?);
    }
    let mut stays = Vec::new();
    for round in 1..=ROUNDS {
        stays.push(stay(&account).await?);
        crate::say(&format!("  {round} of {ROUNDS}: {:?}", stays.last()));
    }
    let of = |figure: fn(&Stay) -> f64| median(stays.iter().map(figure).collect());
    let threads = stays.iter().map(|stay| stay.threads).max().unwrap_or_default();
    Ok(vec![
        Row::at_most("agent started → in the tray", median(starts)?, 100.0, "ms"),
        Row::at_most(
            format!("agent, {COLLEAGUES} colleagues, memory (PSS)"),
            of(|stay| stay.pss)?,
            15.0,
            "MB",
        ),
        Row::told("the same, peak while it loads them (RSS)", quantity(of(|stay| stay.peak)?, "MB")),
        Row::told("the same, CPU while idle", format!("{:.3} % of a core", of(|stay| stay.cpu)?)),
        Row::told("the same, threads", threads.to_string()),
        Row::at_most(
            format!(
                "agent, five live accounts, {COLLEAGUES} colleagues, CPU while idle for {} s",
                FIVE_IDLE_FOR.as_secs()
            ),
            five().await.context("five accounts")?,
            0.1,
            "% of a core",
        ),
    ])
}

/// What one agent does for five accounts where nothing happens: share of a core, in percent.
async fn five() -> Result<f64> {
    let desk = Desk::start().await?;
    let five = Five::start(&desk).await?;
    tokio::time::sleep(SETTLES_FOR).await;
    let before = five.agent.cpu()?;
    tokio::time::sleep(FIVE_IDLE_FOR).await;
    let spent = five.agent.cpu()?.saturating_sub(before);
    five.agent.end().await?;
    Ok(spent.as_secs_f64() / FIVE_IDLE_FOR.as_secs_f64() * 100.0)
}

/// Milliseconds until its item registers.
async fn start(account: &Account) -> Result<f64> {
    let mut desk = Desk::start().await?;
    let mut command = desk.ours("ringside")?;
    command.arg("agent").args(account.arguments());
    let began_at = Instant::now();
    let agent = Process::start(&mut command)?;
    let took = desk.until(Called::Register, began_at).await?.saturating_duration_since(began_at);
    agent.end().await?;
    Ok(took.as_secs_f64() * 1e3)
}

async fn stay(account: &Account) -> Result<Stay> {
    let desk = Desk::start().await?;
    let agent = Process::start(desk.ours("ringside")?.arg("agent").args(account.arguments()))?;
    tokio::time::sleep(SETTLES_FOR).await;
    let (pss, peak, threads) = (agent.pss()?, agent.peak()?, agent.threads()?);
    let before = agent.cpu()?;
    tokio::time::sleep(IDLE_FOR).await;
    let spent = agent.cpu()?.saturating_sub(before);
    // Asked last, for the answer costs memory.
    desk.until_live(usize::try_from(COLLEAGUES)?).await?;
    agent.end().await?;
    Ok(Stay { pss, peak, cpu: spent.as_secs_f64() / IDLE_FOR.as_secs_f64() * 100.0, threads })
}
