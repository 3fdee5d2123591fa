//! A million calls through the agent, one after the other, and very many at a time: what it keeps of them.

use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::{
    desk::Desk,
    process::Process,
    report::{Row, median, quantity},
    stub::{Stub, frame},
    vendors::firehose::{AT_ONCE, Kazoo, account, answered_by, event},
};

/// Three events a call.
const PART: u32 = 60_000;
const PARTS: u32 = 50;
/// So many parts fill all that is bounded.
const FILLED: usize = 10;
const CROWD: u32 = 2_000;
const CROWD_PARTS: u32 = 6;
const ASKED_EVERY: Duration = Duration::from_millis(200);
/// Owners of no other call.
const MARKS: u32 = 1_000;

/// What the agent needed for a part.
struct Part {
    /// CPU microseconds per event.
    micros: f64,
    /// Resident megabytes after it.
    resident: f64,
}

/// A million calls, then two thousand at a time.
pub async fn measure() -> Result<Vec<Row>> {
    let desk = Desk::start().await?;
    let parts = play(&desk, PARTS, AT_ONCE).await?;
    let calls = u64::from(PARTS) * u64::from(PART) / 3;
    let filled = parts.get(FILLED).context("a part")?.resident;
    let last = parts.last().context("a part")?.resident;
    let crowd = play(&desk, CROWD_PARTS, CROWD).await?;
    // The first part finds nothing in its place yet.
    let micros = |parts: &[Part]| median(parts.iter().skip(1).map(|part| part.micros).collect());
    let (few, many) = (micros(&parts)?, micros(&crowd)?);
    let told =
        format!("{} after a fifth of them, {} in the end", quantity(filled, "MB"), quantity(last, "MB"));
    Ok(vec![
        Row::told(format!("{calls} calls (Firehose), one after the other: memory (RSS)"), told),
        Row::at_most("the same, growth after the first fifth", (last - filled).max(0.0), 1.0, "MB"),
        Row::share(
            format!("{CROWD} calls at a time (Firehose), CPU per event beside {AT_ONCE} at a time"),
            many,
            few,
            1.5,
            "µs",
        ),
    ])
}

async fn play(desk: &Desk, parts: u32, at_once: u32) -> Result<Vec<Part>> {
    let stub = Stub::start(Box::new(Kazoo)).await?;
    let account = account(stub.address)?;
    let agent = Process::start(desk.ours("ringside")?.arg("agent").args(account.arguments()))?;
    desk.until_tells("status", ASKED_EVERY, |status| status.contains(r#""state":"live""#)).await?;
    let mut seen = Vec::new();
    for part in 0..parts {
        let frames = (part * PART..(part + 1) * PART).flat_map(|n| frame(&event(n, at_once))).collect();
        let before = agent.cpu()?;
        stub.send(frames).await?;
        // Once this one is known, all before it are.
        stub.send(frame(&answered_by(MARKS + part))).await?;
        let mark = format!(r#""id":"work/owner_{}""#, MARKS + part);
        desk.until_tells("people", ASKED_EVERY, |people| people.contains(&mark)).await?;
        let spent = agent.cpu()?.saturating_sub(before);
        let micros = spent.as_secs_f64() * 1e6 / f64::from(PART);
        seen.push(Part { micros, resident: agent.resident()? });
        crate::say(&format!("  {} of {parts}: {micros:.1} µs, {:.1} MB", part + 1, agent.resident()?));
    }
    agent.end().await?;
    Ok(seen)
}
