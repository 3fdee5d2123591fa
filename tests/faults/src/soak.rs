//! Five accounts, a hundred events a second, a fault every twenty seconds: what grows?

use std::{fs, time::Duration};

use anyhow::{Context as _, Result};
use tokio::time::Instant;

use crate::{
    VENDORS,
    matrix::Way,
    proxy::{Front, Proxy, Weather},
    stage::Stage,
    subject::{Seen, Subject},
};

/// All vendors together.
const EVENTS_PER_SECOND: u32 = 100;
const FAULT_EVERY: Duration = Duration::from_secs(20);
const FAULT_FOR: Duration = Duration::from_secs(3);
/// What is allocated once is allocated by then.
const WARM: Duration = Duration::from_secs(60);

const FAULTS: [Way; 5] = [Way::Refusing, Way::Resetting, Way::BadGateway, Way::Silent, Way::Kicking];

/// What this process holds, simulator and proxies included.
#[derive(Clone, Copy, Debug)]
pub struct Holdings {
    /// Resident memory in kB.
    pub memory: i64,
    /// Open descriptors.
    pub descriptors: usize,
    /// Threads.
    pub threads: usize,
    /// Tasks that are alive.
    pub tasks: usize,
}

/// How it went.
#[derive(Clone, Copy, Debug)]
pub struct Soaked {
    /// After the first minute.
    pub before: Holdings,
    /// In the end.
    pub after: Holdings,
    /// Minutes in between.
    pub minutes: f64,
    /// Events that were sent.
    pub events: u64,
    /// Faults that were played.
    pub faults: u32,
}

struct One {
    stage: Stage,
    proxy: Proxy,
    subject: Subject,
}

/// Runs for this time.
///
/// # Errors
/// If an account is not live in the beginning, or not again in the end.
pub async fn play(time: Duration) -> Result<Soaked> {
    let mut all = Vec::new();
    for vendor in VENDORS {
        let stage = Stage::start(vendor).await?;
        let proxy = Proxy::start(stage.address()?, Front::Plain)?;
        let subject = Subject::start(&stage.settings(&proxy.address().to_string(), false)?, &stage.secret())?;
        subject.until(WARM, Seen::is_live).await.context("not live")?;
        all.push(One { stage, proxy, subject });
    }
    let began = Instant::now();
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / EVENTS_PER_SECOND);
    let (mut events, mut faults) = (0_u64, 0_u32);
    let mut ringing: Vec<Vec<String>> = VENDORS.iter().map(|_| Vec::new()).collect();
    let (mut fault_at, mut fine_at) = (began + FAULT_EVERY, None);
    let mut before = None;
    while began.elapsed() < time {
        ticks.tick().await;
        let now = Instant::now();
        let turn = usize::try_from(events).unwrap_or(0) % all.len();
        if let (Some(one), Some(calls)) = (all.get(turn), ringing.get_mut(turn)) {
            // A call rings, and the one before it ends.
            match calls.pop() {
                Some(call) => one.stage.give_up(&call),
                None => calls.push(one.stage.ring(&format!("+4670{:07}", events % 10_000_000))),
            }
        }
        events += 1;
        if fault_at <= now {
            (fault_at, fine_at) = (now + FAULT_EVERY, Some(now + FAULT_FOR));
            let way = FAULTS.get(usize::try_from(faults).unwrap_or(0) % FAULTS.len());
            for one in &all {
                one.proxy.set(way.map_or(Weather::Refusing, |way| way.weather()));
            }
            faults += 1;
        }
        if fine_at.take_if(|at| *at <= now).is_some() {
            all.iter().for_each(|one| one.proxy.set(Weather::Fine));
        }
        if before.is_none() && began.elapsed() >= WARM.min(time / 2) {
            before = Some((now, holdings()?));
            all.iter().for_each(|one| one.subject.forget());
        }
    }
    all.iter().for_each(|one| one.proxy.set(Weather::Fine));
    for one in &all {
        one.subject.until(WARM * 2, Seen::is_live).await.with_context(|| one.stage.vendor)?;
        one.subject.forget();
    }
    let after = holdings()?;
    let (at, before) = before.context("no time")?;
    Ok(Soaked { before, after, minutes: at.elapsed().as_secs_f64() / 60.0, events, faults })
}

fn holdings() -> Result<Holdings> {
    let status = fs::read_to_string("/proc/self/status")?;
    let figure = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()).and_then(|text| text.parse::<i64>().ok())
    };
    Ok(Holdings {
        memory: figure("VmRSS:").context("no memory")?,
        threads: usize::try_from(figure("Threads:").context("no threads")?)?,
        descriptors: fs::read_dir("/proc/self/fd")?.count(),
        tasks: tokio::runtime::Handle::current().metrics().num_alive_tasks(),
    })
}
