//! The program itself is killed while calls ring, and started again: a process of its own, with its history on disk.

use std::{
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result};
use engine::{
    FixedSecrets, Parts, Settings,
    control::{Control as _, Server},
    history::Query,
};
use model::{Call, CallState, Gap, View};
use tokio::time::Instant;

use crate::{
    matrix::Figures,
    program::{Program, is_live},
    stage::Stage,
};

/// The program's first argument when it is to be the one that is killed; the folder follows.
pub const VICTIM: &str = "--victim";

const PATIENCE: Duration = Duration::from_secs(60);
const SETTLED: Duration = Duration::from_secs(10);
const DEAD_FOR: Duration = Duration::from_secs(5);

/// The engine with the settings and the secret that stand on stdin, one after an empty line, until it is killed.
///
/// # Errors
/// If it cannot begin.
pub async fn victim(folder: &Path) -> Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let (secret, settings) = text.split_once("\n\n").context("a secret and settings")?;
    let settings = Settings::parse(settings);
    let secrets = settings.accounts.iter().map(|account| (account.id.clone(), secret.to_owned().into()));
    let parts = Parts {
        secrets: Arc::new(FixedSecrets::new(secrets.collect::<Vec<_>>())),
        state_folder: Some(folder.join("state")),
        ..Parts::default()
    };
    let control = Server::bind(&socket(folder))?;
    let (handle, running) = engine::start(settings, parts, engine::queue());
    let _control = control.serve(Arc::new(handle));
    Ok(running.await?)
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("control.sock")
}

async fn start(program: &Path, folder: &Path, stage: &Stage) -> Result<Program> {
    let settings = stage.settings(&stage.address()?.to_string(), false)?;
    let text = format!("{}\n\n{settings}", stage.secret());
    let mut command = Command::new(program);
    command.arg(VICTIM).arg(folder).stdin(Stdio::piped());
    Program::start(&mut command, socket(folder), |process| {
        Ok(process.stdin.take().context("stdin")?.write_all(text.as_bytes())?)
    })
    .await
}

/// How many calls of this number the history has, and whether all are over.
async fn kept(program: &Program, number: &str) -> Result<(usize, bool)> {
    let query = Query { limit: 100, ..Query::default() };
    let page = program.client.calls(query).await.map_err(|problem| anyhow::anyhow!(problem.text))?;
    let calls: Vec<_> = page.calls.iter().filter(|past| is_from(&past.call, number)).collect();
    Ok((calls.len(), calls.iter().all(|past| past.call.state == CallState::Ended)))
}

fn is_from(call: &Call, number: &str) -> bool {
    let peer = call.peer.number.as_ref().map(model::PhoneNumber::as_str).or(call.peer.raw.as_deref());
    peer.is_some_and(|peer| peer.ends_with(number.get(number.len() - 8..).unwrap_or(number)))
}

fn rings(view: &View, number: &str) -> bool {
    view.calls.iter().any(|call| call.state == CallState::Ringing && is_from(call, number))
}

fn gaps(view: &View) -> impl Iterator<Item = &Gap> {
    view.accounts.iter().flat_map(|account| &account.gaps)
}

/// Kills it with SIGKILL while a call rings, and starts it again after a while.
///
/// # Errors
/// If it does not come live in the first place.
pub async fn play(program: &Path, vendor: &'static str) -> Result<Figures> {
    let stage = Stage::start(vendor).await?;
    let folder = tempfile::tempdir()?;
    let [before, meanwhile, late] = ["+46701110001", "+46701110002", "+46701110003"];
    let mut figures = Figures::default();

    let mut first = start(program, folder.path(), &stage).await?;
    first.until(PATIENCE, is_live).await.context("not live")?;
    let ringing = stage.ring(before);
    first.until(PATIENCE, |view| rings(view, before)).await.context("the first call does not ring")?;
    // What was answered is on the disk.
    kept(&first, before).await?;
    first.kill();
    drop(first);
    stage.give_up(&ringing);
    stage.give_up(&stage.ring(meanwhile));
    let still_rings = stage.ring(late);
    tokio::time::sleep(DEAD_FOR).await;

    let again = Instant::now();
    let second = start(program, folder.path(), &stage).await?;
    let Some(back) = second.until(PATIENCE, is_live).await else {
        figures.failed.push("never live again".to_owned());
        return Ok(figures);
    };
    figures.back = Some(back - again);
    second.until(SETTLED, |view| gaps(view).next().is_some()).await;
    let shows = second.until(SETTLED, |view| rings(view, late)).await.is_some();
    second.until(SETTLED, |view| !rings(view, before)).await;
    let view = second.view().await?;
    figures.gap = gaps(&view).last().map(|gap| gap.filled);
    figures.unseen = usize::from(!shows && figures.gap != Some(false));
    figures.ghosts = [before, meanwhile].into_iter().filter(|number| rings(&view, number)).count();
    figures.attempts = 1;
    stage.give_up(&still_rings);
    second.until(SETTLED, |view| !rings(view, late)).await;
    let (count, is_over) = kept(&second, before).await?;
    if count == 0 {
        figures.failed.push("a call that was on disk is lost".to_owned());
    }
    if !is_over {
        figures.failed.push("a call that rings for ever in the history".to_owned());
    }
    for number in [before, meanwhile, late] {
        figures.duplicates += kept(&second, number).await?.0.saturating_sub(1);
    }
    figures.lost = usize::from(kept(&second, meanwhile).await?.0 == 0);
    if figures.gap.is_none() || (figures.lost > 0 && figures.gap == Some(true)) {
        figures.failed.push("a loss that is not told as a gap".to_owned());
    }
    Ok(figures)
}
