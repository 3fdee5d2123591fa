//! A hundred accounts that one outage hits at one moment.

use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::time::Instant;

use crate::{
    proxy::{Front, Proxy, Weather},
    stage::Stage,
    subject::{Seen, Subject},
};

/// How many.
pub const ALL: usize = 100;

/// How they came back.
#[derive(Clone, Copy, Debug)]
pub struct Return {
    /// From the first one that was live again to the last.
    pub spread: Duration,
    /// From the end of the outage to the last one.
    pub last: Duration,
    /// The most attempts of all of them within one second.
    pub busiest: usize,
}

/// Cuts all of them off for this time.
///
/// # Errors
/// If one of them does not come live, before or again.
pub async fn play(vendor: &'static str, outage: Duration) -> Result<Return> {
    let stage = Stage::start(vendor).await?;
    let proxy = Proxy::start(stage.address()?, Front::Plain)?;
    let settings = stage.settings(&proxy.address().to_string(), false)?;
    let subjects: Vec<Subject> =
        (0..ALL).map(|_| Subject::start(&settings, &stage.secret())).collect::<Result<_>>()?;
    let patience = Duration::from_secs(150);
    for subject in &subjects {
        subject.until(patience, Seen::is_live).await.context("not live")?;
    }
    let began = Instant::now();
    proxy.set(Weather::Refusing);
    tokio::time::sleep(outage).await;
    let ended = Instant::now();
    proxy.set(Weather::Fine);
    let mut back = Vec::new();
    for subject in &subjects {
        subject.until(patience, Seen::is_live).await.context("not live again")?;
        let seen = subject.seen();
        back.push(seen.states.last().map_or(ended, |(at, ..)| *at));
    }
    back.sort();
    let (first, last) = (back.first().copied().unwrap_or(ended), back.last().copied().unwrap_or(ended));
    let mut asked = proxy.counts().spoken_since(began);
    asked.sort();
    let within = |from: &Instant| asked.iter().filter(|at| *at >= from && **at - *from < SECOND).count();
    let busiest = asked.iter().map(within).max().unwrap_or(0);
    Ok(Return { spread: last - first, last: last.saturating_duration_since(ended), busiest })
}

const SECOND: Duration = Duration::from_secs(1);
