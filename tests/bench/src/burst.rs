//! CPU and memory for a burst of events at each vendor: the agent, which knows of each and tells nobody who does not
//! ask, beside the vendor's stock client, which counts them. What `ringside watch --json` needs, which writes a line for
//! each, is told too.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, Result};
use tokio::process::Command;

use crate::{
    desk::Desk,
    process::Process,
    report::{Row, median, quantity},
    stub::{Stub, frame},
    vendors::{BURSTS, Burst},
};

const EVENTS: u32 = 200_000;
const ROUNDS: usize = 3;
/// An agent that is asked seldom spends its time on events.
const ASKED_EVERY: Duration = Duration::from_millis(200);

/// What one client cost.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// CPU microseconds per event.
    micros: f64,
    /// Peak megabytes.
    peak: f64,
}

/// Ours and the peer's in turn, vendor by vendor.
pub async fn measure() -> Result<Vec<Row>> {
    let desk = Desk::start().await?;
    let mut rows = Vec::new();
    for burst in BURSTS {
        rows.extend(self::burst(&desk, burst).await.context(burst.what)?);
    }
    Ok(rows)
}

async fn burst(desk: &Desk, burst: &Burst) -> Result<Vec<Row>> {
    let events: Vec<u8> = (0..EVENTS).flat_map(|n| frame(&(burst.event)(n))).collect();
    let [mut ours, mut watch, mut theirs, mut bare]: [Vec<Cost>; 4] = Default::default();
    for round in 1..=ROUNDS {
        ours.push(agent(desk, burst, &events).await.context("ringside agent")?);
        watch.push(self::watch(desk, burst, &events).await.context("ringside watch")?);
        theirs.push(peer(desk, burst, &events).await.context("the stock client")?);
        if let Some(address) = burst.bare {
            bare.push(self::bare(desk, burst, address, &events).await.context("the bare websocket")?);
        }
        crate::say(&format!(
            "  {round} of {ROUNDS}: agent {:?}, watch {:?}, stock {:?}",
            ours.last(),
            watch.last(),
            theirs.last()
        ));
    }
    let (ours, watch, theirs) = (middle(&ours)?, middle(&watch)?, middle(&theirs)?);
    let what = format!("{EVENTS} {}, CPU per event", burst.what);
    let memory = format!("{EVENTS} {}, peak memory", burst.what);
    let mut rows = vec![
        Row::share(what, ours.micros, theirs.micros, burst.share, "µs"),
        Row::at_most(memory, ours.peak, 15.0, "MB").beside(quantity(theirs.peak, "MB")),
        Row::told(
            "the same by `watch --json`, with its lines: CPU per event, peak memory",
            format!("{}, {}", quantity(watch.micros, "µs"), quantity(watch.peak, "MB")),
        ),
    ];
    if !bare.is_empty() {
        let bare = middle(&bare)?;
        let what = "the same, CPU beside a bare websocket that reads and forgets";
        rows.push(Row::share(what, ours.micros, bare.micros, 2.0, "µs"));
    }
    Ok(rows)
}

fn middle(costs: &[Cost]) -> Result<Cost> {
    Ok(Cost {
        micros: median(costs.iter().map(|cost| cost.micros).collect())?,
        peak: median(costs.iter().map(|cost| cost.peak).collect())?,
    })
}

async fn agent(desk: &Desk, burst: &Burst, events: &[u8]) -> Result<Cost> {
    let stub = Stub::start((burst.serve)()).await?;
    let account = (burst.account)(stub.address)?;
    let agent = Process::start(desk.ours("ringside")?.arg("agent").args(account.arguments()))?;
    let people = burst.people.map(|people| format!(r#""people":{people},"#)).unwrap_or_default();
    let is_live = |status: &str| status.contains(r#""state":"live""#) && status.contains(&people);
    desk.until_tells("status", ASKED_EVERY, is_live).await?;
    let before = agent.cpu()?;
    stub.send(events.to_vec()).await?;
    // Once this one is known, all before it are.
    stub.send(frame(&(burst.event)(EVENTS))).await?;
    let (who, does) = burst.last;
    let (who, does) = (format!("\"{who}\""), format!(r#""availability":"{does}""#));
    let is_last = |people: &str| people.lines().any(|line| line.contains(&who) && line.contains(&does));
    desk.until_tells("people", ASKED_EVERY, is_last).await?;
    cost(agent, before).await
}

async fn watch(desk: &Desk, burst: &Burst, events: &[u8]) -> Result<Cost> {
    let stub = Stub::start((burst.serve)()).await?;
    let account = (burst.account)(stub.address)?;
    let mut watch =
        Process::start(desk.ours("ringside")?.args(["watch", "--json"]).args(account.arguments()))?;
    let (live, times) = burst.before;
    watch.until_said(times, |line| line.contains(live)).await?;
    let before = watch.cpu()?;
    stub.send(events.to_vec()).await?;
    let lines = usize::try_from((burst.lines)(EVENTS))?;
    watch.until_said(lines, |line| line.contains(burst.line)).await?;
    cost(watch, before).await
}

async fn peer(desk: &Desk, burst: &Burst, events: &[u8]) -> Result<Cost> {
    let stub = Stub::start((burst.serve)()).await?;
    let (script, arguments) = (burst.peer)(stub.address);
    let script = crate::root().join("tests/peers").join(script);
    counted(desk.command("node").arg(script).args(arguments).arg(EVENTS.to_string()), &stub, events).await
}

async fn bare(desk: &Desk, burst: &Burst, address: fn(SocketAddr) -> String, events: &[u8]) -> Result<Cost> {
    let stub = Stub::start((burst.serve)()).await?;
    let us = std::env::current_exe()?;
    let url = address(stub.address);
    counted(desk.command(us).args(["--bare", &url, &EVENTS.to_string()]), &stub, events).await
}

/// What a client costs that says READY and DONE.
async fn counted(client: &mut Command, stub: &Stub, events: &[u8]) -> Result<Cost> {
    let mut client = Process::start(client)?;
    client.until_says(|line| line == "READY").await?;
    let before = client.cpu()?;
    stub.send(events.to_vec()).await?;
    client.until_says(|line| line == "DONE").await?;
    cost(client, before).await
}

async fn cost(process: Process, before: Duration) -> Result<Cost> {
    let spent = process.cpu()?.saturating_sub(before);
    let cost = Cost { micros: spent.as_secs_f64() * 1e6 / f64::from(EVENTS), peak: process.peak()? };
    process.end().await?;
    Ok(cost)
}
