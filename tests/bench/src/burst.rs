//! CPU and memory for a burst of presence events: `ringside watch --json` beside the stock Faye client.

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::{
    account::Account,
    desk::Desk,
    process::Process,
    report::{Row, median, quantity},
    stub::{Stub, frame},
};

const EVENTS: u32 = 200_000;
const PEOPLE: u32 = 100;
const ROUNDS: usize = 3;

/// What one client cost.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// CPU microseconds per event.
    micros: f64,
    /// Peak megabytes.
    peak: f64,
}

/// Ours and the peer's in turn.
pub async fn measure() -> Result<Vec<Row>> {
    let desk = Desk::start().await?;
    let burst: Vec<u8> = (0..EVENTS).flat_map(event).collect();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        ours.push(self::ours(&desk, &burst).await.context("ringside watch")?);
        theirs.push(peer(&desk, &burst).await.context("the stock client")?);
        crate::say(&format!("  {round} of {ROUNDS}: ours {:?}, stock {:?}", ours.last(), theirs.last()));
    }
    let (ours, theirs) = (middle(&ours)?, middle(&theirs)?);
    let what = format!("{EVENTS} presence events, CPU per event");
    let memory = format!("{EVENTS} presence events, peak memory");
    Ok(vec![
        Row::share(what, ours.micros, theirs.micros, 0.25, "µs"),
        Row::at_most(memory, ours.peak, 15.0, "MB").beside(quantity(theirs.peak, "MB")),
    ])
}

fn middle(costs: &[Cost]) -> Result<Cost> {
    Ok(Cost {
        micros: median(costs.iter().map(|cost| cost.micros).collect())?,
        peak: median(costs.iter().map(|cost| cost.peak).collect())?,
    })
}

/// Each event is a change: every colleague becomes busy and available in turn.
fn event(n: u32) -> Vec<u8> {
    let (person, busy) = (n % PEOPLE + 1, (n / PEOPLE).is_multiple_of(2));
    let presence = if busy { "busy" } else { "available" };
    let since = busy.then_some("2026-11-21T08:00:00.000Z");
    frame(
        "/presence/company/1234",
        &json!({ "endpoint": format!("Employee#{person}"), "live_presence": presence, "busy_since": since }),
    )
}

async fn ours(desk: &Desk, burst: &[u8]) -> Result<Cost> {
    let stub = Stub::start(PEOPLE).await?;
    let account = Account::at(stub.address)?;
    let mut watch =
        Process::start(desk.ours("ringside")?.args(["watch", "--json"]).args(account.arguments()))?;
    let present = |line: &str| line.contains(r#""event":"presence""#);
    watch.until_said(usize::try_from(PEOPLE)?, present).await?;
    let before = watch.cpu()?;
    stub.send(burst.to_vec()).await?;
    watch.until_said(usize::try_from(EVENTS)?, present).await?;
    cost(watch, before).await
}

async fn peer(desk: &Desk, burst: &[u8]) -> Result<Cost> {
    let stub = Stub::start(PEOPLE).await?;
    let mut client =
        Process::start(desk.command("node").arg(crate::root().join("tests/peers/faye-burst.mjs")).args([
            &format!("http://{}/faye", stub.address),
            "/presence/company/1234",
            &EVENTS.to_string(),
        ]))?;
    client.until_says(|line| line == "READY").await?;
    let before = client.cpu()?;
    stub.send(burst.to_vec()).await?;
    client.until_says(|line| line == "DONE").await?;
    cost(client, before).await
}

async fn cost(process: Process, before: std::time::Duration) -> Result<Cost> {
    let spent = process.cpu()?.saturating_sub(before);
    let cost = Cost { micros: spent.as_secs_f64() * 1e6 / f64::from(EVENTS), peak: process.peak()? };
    process.end().await?;
    Ok(cost)
}
