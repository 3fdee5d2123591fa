use std::{
    collections::{BTreeMap, BTreeSet},
    io::BufRead,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{AccountId, Event, Problem, ProblemCode, Time};
use protocols::{FetchId, Input, Instant, Output, Response};
use providers::{Opening, Session, Vendor};
use secrecy::SecretString;
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use super::outbox::Outbox;
use crate::{
    Account, Clock, Incoming, Observed, Popups, Settings,
    contacts::Plan,
    core::{Core, Effect},
    recording::{Begin, Line, What},
    settings,
};

/// A session that wants to be called again at once so often is turning in circles.
const CIRCLES: usize = 1_000;
/// Machines count from here, so that what they subtract is there.
const START: Duration = Duration::from_secs(1_000_000);

/// What came of a [`replay`].
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// Sessions there were.
    pub sessions: usize,
    /// Inputs that were given to them.
    pub inputs: usize,
    /// Answers to requests that the session of today did not make.
    pub unasked: usize,
    /// How far apart the first and the last line are.
    pub lasted: Duration,
}

/// Plays a recording through the real sessions and the real core, as fast as it goes; `set` overrides settings.
///
/// `tell` hears what an engine's observer would have heard, with the times of the recording.
///
/// # Errors
/// The line that cannot be read, or the setting that cannot be used.
pub fn replay(
    lines: impl BufRead,
    set: &[(String, String)],
    tell: impl FnMut(Time, &Observed),
) -> Result<Replayed, Problem> {
    let mut replay = Replay {
        core: None,
        clock: Arc::new(Tape(Mutex::new((Duration::ZERO, Time::from_millis(0))))),
        playing: BTreeMap::new(),
        set,
        tell,
        done: Replayed::default(),
    };
    for (number, line) in (1..).zip(lines.lines()) {
        let fault = |text: &str| Problem::new(ProblemCode::Settings, format!("Line {number}: {text}"));
        let line = line.map_err(|error| fault(&format!("it cannot be read ({error}).")))?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line).map_err(|_| {
            fault("this is not a line of a recording; make one with `ringside watch --record`.")
        })?;
        replay.line(line).map_err(|text| fault(&text))?;
    }
    Ok(replay.done)
}

/// A clock that stands where the recording is.
struct Tape(Mutex<(Duration, Time)>);

impl Clock for Tape {
    fn now(&self) -> Instant {
        Instant::at(START + self.0.lock().unwrap_or_else(PoisonError::into_inner).0)
    }

    fn wall(&self) -> Time {
        let (at, began) = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        began.plus(at)
    }
}

struct Replay<'a, T> {
    core: Option<Core>,
    clock: Arc<Tape>,
    playing: BTreeMap<u64, Playing>,
    set: &'a [(String, String)],
    tell: T,
    done: Replayed,
}

/// A session under way.
struct Playing {
    account: AccountId,
    session: Box<dyn Session>,
    outbox: Outbox,
    alarm: Option<Instant>,
    asked: BTreeSet<FetchId>,
    over: bool,
}

impl<T: FnMut(Time, &Observed)> Replay<'_, T> {
    fn line(&mut self, Line { t, s, what }: Line) -> Result<(), String> {
        let at = Duration::from_micros(t);
        self.until(at);
        self.done.lasted = at;
        match what {
            What::Begin(begin) => self.begin(at, s, *begin)?,
            What::Opened => self.give(s, Input::Opened),
            What::OpenFailed { fault } => self.give(s, Input::OpenFailed(&fault.fault())),
            What::Text { text } => self.give(s, Input::Text(&text)),
            What::Heard => self.give(s, Input::Heard),
            What::Closed { code, reason } => self.give(s, Input::Closed { code, reason: &reason }),
            What::Fetched { fetch, status, retry_after_ms, body } => {
                let retry_after = retry_after_ms.map(Duration::from_millis);
                self.fetched(s, fetch, Ok(&Response { status, retry_after, body }));
            }
            What::NotFetched { fetch, fault } => self.fetched(s, fetch, Err(&fault.fault())),
            What::Probe => self.give(s, Input::Probe),
            What::Stop => self.give(s, Input::Stop),
            What::Open { .. }
            | What::Send { .. }
            | What::Ping
            | What::Close { .. }
            | What::Fetch { .. }
            | What::Cancel { .. } => {}
            What::Failed { .. } | What::Ended => {
                if let Some(mut ended) = self.playing.remove(&s) {
                    ended.outbox.left(None);
                    ended.outbox.stopped();
                    self.hand_over(&mut ended);
                }
            }
        }
        Ok(())
    }

    /// Moves the time, and gives each session its alarms on the way.
    fn until(&mut self, at: Duration) {
        let end = Instant::at(START + at);
        for _ in 0..CIRCLES {
            let next = self.playing.iter().filter_map(|(&s, playing)| Some((playing.alarm?, s))).min();
            let Some((alarm, s)) = next.filter(|(alarm, _)| *alarm < end) else { break };
            let alarm = (alarm - Instant::at(START)).min(at);
            self.set_clock(alarm);
            self.give(s, Input::Timeout);
        }
        self.set_clock(at);
    }

    fn set_clock(&self, at: Duration) {
        let mut time = self.clock.0.lock().unwrap_or_else(PoisonError::into_inner);
        time.0 = time.0.max(at);
    }

    fn begin(&mut self, at: Duration, s: u64, begin: Begin) -> Result<(), String> {
        let vendor = providers::vendor(&begin.provider)
            .ok_or_else(|| format!("`{}` is not a known provider.", begin.provider))?;
        let account = AccountId::from(begin.account.as_str());
        let mut keys = begin.settings;
        let mut files: BTreeMap<&'static str, Result<String, String>> = BTreeMap::new();
        for (key, text) in &begin.files {
            if let (Some(known), Some(text)) =
                (vendor.keys.iter().find(|known| known.name == key.as_str()), text.as_str())
            {
                files.insert(known.name, Ok(text.to_owned()));
            }
        }
        self.override_settings(vendor, &mut keys, &mut files)?;
        let start = Time::from_millis(
            begin.wall.as_millis().saturating_sub(i64::try_from(at.as_millis()).unwrap_or(0)),
        );
        if self.core.is_none() {
            self.clock.0.lock().unwrap_or_else(PoisonError::into_inner).1 = start;
            self.core = Some(Core::new(Settings::default(), start, true));
        }
        let opened =
            Account { id: account.clone(), vendor, popups: Popups::Mine, numbers: Plan::default(), keys };
        let (out, _) = mpsc::channel(1);
        let mut outbox = Outbox::new(account.clone(), Arc::clone(&self.clock) as _, out, Vec::new(), None);
        outbox.connecting();
        let session = (vendor.open)(Opening {
            settings: &opened.keys,
            secret: &SecretString::from(begin.secret.to_string()),
            files: &files,
            now: self.clock.now(),
            wall: self.clock.wall(),
            seed: begin.seed,
            open_calls: Vec::new(),
        })
        .map_err(|fault| fault.text)?;
        if let Some(core) = &mut self.core {
            let mut settings = core.settings().clone();
            settings.accounts.retain(|known| known.id != account);
            settings.accounts.push(opened);
            core.replace_settings(settings);
        }
        let (alarm, asked) = Default::default();
        let playing = Playing { account, session, outbox, alarm, asked, over: false };
        self.playing.insert(s, playing);
        self.done.sessions += 1;
        self.give(s, Input::Start);
        Ok(())
    }

    fn override_settings(
        &self,
        vendor: &Vendor,
        keys: &mut Map<String, Value>,
        files: &mut BTreeMap<&'static str, Result<String, String>>,
    ) -> Result<(), String> {
        for (key, text) in self.set {
            let Some(known) = vendor.keys.iter().find(|known| known.name == key.as_str()) else { continue };
            keys.insert(key.clone(), settings::json(known, text)?);
            files.extend(super::file(known, keys));
        }
        (vendor.check)(keys).map_err(|fault| fault.text)
    }

    fn fetched(&mut self, s: u64, fetch: u64, result: Result<&Response, &protocols::Fault>) {
        let id = FetchId(fetch);
        if self.playing.get_mut(&s).is_some_and(|playing| playing.asked.remove(&id)) {
            self.give(s, Input::Fetched(id, result));
        } else {
            self.done.unasked += 1;
        }
    }

    fn give(&mut self, s: u64, input: Input<'_>) {
        let now = self.clock.now();
        let Some(mut playing) = self.playing.remove(&s) else { return };
        if !playing.over {
            self.done.inputs += 1;
            if !matches!(input, Input::Start | Input::Timeout) {
                playing.outbox.heard(now);
            }
            playing.session.handle(now, input);
            playing.drain(now);
        }
        self.hand_over(&mut playing);
        self.playing.insert(s, playing);
    }

    /// Lets the core know, and tells what it makes of it.
    fn hand_over(&mut self, playing: &mut Playing) {
        let Some(core) = &mut self.core else { return };
        for incoming in playing.outbox.take() {
            if let Incoming::Report { at, events, .. } = incoming {
                for event in events.into_iter().filter(|event| !matches!(event, Event::Heard)) {
                    core.report(self.clock.now(), &playing.account, at, vec![event]);
                }
            }
        }
        for effect in core.effects() {
            if let Effect::Observed(observed) = effect {
                (self.tell)(self.clock.wall(), &observed);
            }
        }
    }
}

impl Playing {
    fn drain(&mut self, now: Instant) {
        loop {
            match self.session.poll() {
                Output::Fetch(id, _) => drop(self.asked.insert(id)),
                Output::Cancel(id) => drop(self.asked.remove(&id)),
                Output::Event(report) => drop(self.outbox.report(now, report)),
                Output::Failed(failure) => {
                    self.over = true;
                    self.alarm = None;
                    self.outbox.given_up(&failure.problem());
                    return;
                }
                Output::Ended => {
                    self.over = true;
                    self.alarm = None;
                    return;
                }
                Output::Wait(alarm) => {
                    self.alarm = alarm;
                    return;
                }
                Output::Open(_) | Output::Send(_) | Output::Ping | Output::Close(_) => {}
            }
        }
    }
}
