//! Five accounts, a hundred events a second, a fault every twenty seconds: what grows?
//!
//! The vendors and what stands between are this process; the program that is looked at is another, as a person has it.

use std::{
    fs::{DirBuilder, File},
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result};
use model::{CallState, View};
use tokio::time::Instant;

use crate::{
    VENDORS,
    matrix::Way,
    program::{Holdings, Program, is_live, live},
    proxy::{Front, Proxy, Weather},
    stage::Stage,
};

/// All vendors together.
const EVENTS_PER_SECOND: u32 = 100;
const FAULT_EVERY: Duration = Duration::from_secs(20);
const FAULT_FOR: Duration = Duration::from_secs(3);
/// At no multiple of when faults come.
const LOOK_EVERY: Duration = Duration::from_secs(7);
/// What is allocated once, and what is kept of the last hundreds of calls, is there after this part of the time, or
/// after [`WARM_AT_MOST`].
const WARM: u32 = 5;
const WARM_AT_MOST: Duration = Duration::from_secs(300);
const PATIENCE: Duration = Duration::from_secs(120);

const FAULTS: [Way; 5] = [Way::Refusing, Way::Resetting, Way::BadGateway, Way::Silent, Way::Kicking];

/// How it went.
#[derive(Clone, Debug)]
pub struct Soaked {
    /// What the program held, by how long it had run.
    pub looks: Vec<(Duration, Holdings)>,
    /// How many accounts were live at these looks, of all.
    pub live: (usize, usize),
    /// From when on growth counts.
    pub warm: Duration,
    /// Events that were sent.
    pub events: u64,
    /// Faults that were played.
    pub faults: u32,
    /// Calls that are over, and ring still where the program is asked in the end.
    pub ghosts: usize,
}

impl Soaked {
    /// Looks at the warm program.
    fn warm(&self) -> impl Iterator<Item = &(Duration, Holdings)> + Clone {
        self.looks.iter().filter(|(at, _)| *at >= self.warm)
    }

    /// The first and the last look at the warm program.
    pub fn ends(&self) -> Option<[Holdings; 2]> {
        let mut warm = self.warm().map(|(_, holdings)| *holdings);
        let first = warm.next()?;
        Some([first, warm.last().unwrap_or(first)])
    }

    /// How many kB a minute this figure grows in the warm program: the straight line with the least squares.
    pub fn slope(&self, of: fn(&Holdings) -> i64) -> f64 {
        let points = self.warm().map(|(at, holdings)| (at.as_secs_f64() / 60.0, of(holdings) as f64));
        let count = points.clone().count().max(1) as f64;
        let mean = |of: fn((f64, f64)) -> f64| points.clone().map(of).sum::<f64>() / count;
        let (minutes, height) = (mean(|point| point.0), mean(|point| point.1));
        let (mut rise, mut run) = (0.0, 0.0);
        for (x, y) in points {
            rise += (x - minutes) * (y - height);
            run += (x - minutes) * (x - minutes);
        }
        if run > 0.0 { rise / run } else { 0.0 }
    }
}

struct One {
    stage: Stage,
    proxy: Proxy,
    ringing: Option<String>,
}

impl One {
    /// A call rings, and the one before it ends.
    fn happens(&mut self, number: u64) {
        match self.ringing.take() {
            Some(call) => self.stage.give_up(&call),
            None => self.ringing = Some(self.stage.ring(&format!("+4670{:07}", number % 10_000_000))),
        }
    }
}

/// Runs this program, `ringside`, for this time; `told` hears how far it is.
///
/// # Errors
/// If an account is not live in the beginning, or not again in the end.
pub async fn play(ringside: &Path, time: Duration, told: impl Fn(&str)) -> Result<Soaked> {
    let mut all = Vec::new();
    for vendor in VENDORS {
        let stage = Stage::start(vendor).await?;
        let proxy = Proxy::start(stage.address()?, Front::Plain)?;
        all.push(One { stage, proxy, ringing: None });
    }
    let folder = tempfile::tempdir()?;
    let program = agent(ringside, folder.path(), &all).await?;
    program.until(PATIENCE, is_live).await.context("not live")?;

    let began = Instant::now();
    let mut soaked = Soaked {
        looks: Vec::new(),
        live: (0, 0),
        warm: (time / WARM).min(WARM_AT_MOST),
        events: 0,
        faults: 0,
        ghosts: 0,
    };
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / EVENTS_PER_SECOND);
    let (mut fault_at, mut fine_at, mut look_at) = (began + FAULT_EVERY, None, began);
    while began.elapsed() < time {
        ticks.tick().await;
        let now = Instant::now();
        let turn = usize::try_from(soaked.events).unwrap_or(0) % all.len();
        if let Some(one) = all.get_mut(turn) {
            one.happens(soaked.events);
        }
        soaked.events += 1;
        if fault_at <= now {
            (fault_at, fine_at) = (now + FAULT_EVERY, Some(now + FAULT_FOR));
            let way = FAULTS.get(usize::try_from(soaked.faults).unwrap_or(0) % FAULTS.len());
            for one in &all {
                one.proxy.set(way.map_or(Weather::Refusing, |way| way.weather()));
            }
            soaked.faults += 1;
        }
        if fine_at.take_if(|at| *at <= now).is_some() {
            all.iter().for_each(|one| one.proxy.set(Weather::Fine));
        }
        if look_at <= now {
            look_at = now + LOOK_EVERY;
            let (holdings, live) = (program.holdings().await?, live(&*program.view().await?));
            let minutes = began.elapsed().as_secs_f64() / 60.0;
            told(&format!("{minutes:.1} min: {live} accounts live, {holdings:?}"));
            soaked.live = (soaked.live.0 + live, soaked.live.1 + all.len());
            soaked.looks.push((now - began, holdings));
        }
    }
    for one in &mut all {
        one.proxy.set(Weather::Fine);
        if let Some(call) = one.ringing.take() {
            one.stage.give_up(&call);
        }
    }
    program.until(PATIENCE, is_live).await.context("not live again")?;
    program.until(PATIENCE, |view| ringing(view) == 0).await;
    soaked.ghosts = ringing(&*program.view().await?);
    soaked.looks.push((began.elapsed(), program.holdings().await?));
    Ok(soaked)
}

fn ringing(view: &View) -> usize {
    view.calls.iter().filter(|call| call.state == CallState::Ringing).count()
}

/// The agent in a home of its own, where there is neither a keyring nor a desktop.
async fn agent(ringside: &Path, home: &Path, all: &[One]) -> Result<Program> {
    for name in ["credentials", "run", "state"] {
        DirBuilder::new().mode(0o700).create(home.join(name))?;
    }
    let mut settings = "version = 1\n".to_owned();
    for One { stage, proxy, .. } in all {
        let own = stage.settings(&proxy.address().to_string(), false)?;
        settings.push_str(own.strip_prefix("version = 1\n").context("settings of one account")?);
        let mut file = File::options();
        let path = home.join("credentials").join(stage.vendor);
        file.write(true).create_new(true).mode(0o600).open(path)?.write_all(stage.secret().as_bytes())?;
    }
    std::fs::write(home.join("settings.toml"), settings)?;
    let socket = home.join("run/control.sock");
    let mut command = Command::new(ringside);
    command
        .env_clear()
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("XDG_STATE_HOME", home.join("state"))
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("RINGSIDE_SOCKET", &socket)
        .env("RINGSIDE_LOG", "error")
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", home.join("no-bus").display()))
        .args(["agent", "--config"])
        .arg(home.join("settings.toml"))
        .arg("--credentials")
        .arg(home.join("credentials"))
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    Program::start(&mut command, socket, |_| Ok(())).await
}
