//! Every vendor × every fault: what is done, and what is seen of it.

mod causes;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use engine::HostEvent;
use model::ConnectionState;
use tokio::time::Instant;

use crate::{
    clock::{Pace, at_pace},
    killed,
    names::{Grave, Resolver},
    proxy::{Front, Proxy, Weather, status},
    stage::Stage,
    subject::{Seen, Subject},
    tls::{Authority, Flaw},
};
pub use causes::{Cause, FAULTS, Way};

/// An outage must be noticed within this time.
pub const NOTICE: Duration = Duration::from_secs(35);
/// When its cause is over, the account must be live within this time.
pub const BACK: Duration = Duration::from_secs(2);
/// So many attempts may be made in the first minute.
pub const ATTEMPTS: usize = 6;

/// Longer than anything takes that still works.
const PATIENCE: Duration = Duration::from_secs(150);
/// What was missed has been fetched, and what is over withdrawn.
const SETTLED: Duration = Duration::from_secs(10);
const MINUTE: Duration = Duration::from_secs(60);
/// Nobody goes on without asking for a name that was asked for so long ago.
const REMEMBERED_FOR: Duration = Duration::from_secs(10);

/// What becomes of an account that cannot go on by itself.
const RESTS: [Option<ConnectionState>; 2] = [Some(ConnectionState::SignIn), Some(ConnectionState::Stopped)];

/// What was seen of one fault at one vendor.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// From the cause to the moment the account was no longer shown as live; `None` if it never was.
    pub noticed: Option<Duration>,
    /// From the end of the cause to live.
    pub back: Option<Duration>,
    /// Whether a person had to act.
    pub by_hand: bool,
    /// Calls that rang and ended meanwhile and were not heard of afterwards, of one.
    pub lost: usize,
    /// Whether the time was told as a gap: and whether as filled.
    pub gap: Option<bool>,
    /// Attempts in the first minute.
    pub attempts: usize,
    /// Connections in the first minute on which something was asked.
    pub requests: usize,
    /// Connections on which nothing was said.
    pub knocks: usize,
    /// Popups for calls that were over.
    pub ghosts: usize,
    /// Popups that came twice.
    pub duplicates: usize,
    /// Calls that rang and were not shown.
    pub unseen: usize,
    /// What was missed, beside the bars.
    pub failed: Vec<String>,
}

/// How an account reaches its vendor.
struct Place {
    stage: Stage,
    proxy: Proxy,
    subject: Subject,
    resolver: Resolver,
    _authority: Option<Authority>,
    _grave: Option<Grave>,
}

impl Place {
    async fn new(vendor: &'static str, cause: Cause) -> Result<Self> {
        let stage = Stage::start(vendor).await?;
        let server = stage.socket_address()?;
        ensure!(server == stage.address()? || vendor == "stringee", "one address");
        let (front, origin, authority) = match cause {
            Cause::Certificate(flaw) => {
                let authority = Authority::new()?;
                let front = Front::Tls(authority.acceptor(Flaw::None)?, authority.acceptor(flaw)?);
                (front, Some("localhost"), Some(authority))
            }
            Cause::PrivateAuthority { .. } | Cause::HalfShaken => {
                let authority = Authority::new()?;
                let front = Front::Tls(authority.acceptor(Flaw::None)?, authority.acceptor(Flaw::None)?);
                (front, Some("localhost"), Some(authority))
            }
            Cause::Proxy | Cause::ProxyLost => {
                let authority = Authority::new()?;
                // anna:p@ss
                let front = Front::Connect("Basic YW5uYTpwQHNz", authority.acceptor(Flaw::None)?);
                (front, None, Some(authority))
            }
            Cause::Way(..)
            | Cause::Harmless(_)
            | Cause::Answer(_)
            | Cause::NamesSilent
            | Cause::DeadAddress
            | Cause::Doubled
            | Cause::Restart
            | Cause::TokenEnds
            | Cause::Sleep { .. }
            | Cause::NetworkChange
            | Cause::Killed
            | Cause::Wall(_) => (Front::Plain, Some("127.0.0.1"), None),
        };
        let named = matches!(cause, Cause::NamesSilent | Cause::DeadAddress);
        let origin = if named { Some("localhost") } else { origin };
        let proxy = Proxy::start(stage.address()?, front)?;
        let port = proxy.address().port();
        let mut addresses = vec![proxy.address().ip()];
        let mut grave = None;
        if cause == Cause::DeadAddress {
            addresses.insert(0, Grave::ADDRESS.into());
            grave = Some(Grave::new(port)?);
        }
        let resolver = Resolver::default();
        let place = match origin {
            Some(host) => format!("{host}:{port}"),
            None => "provider.test".to_owned(),
        };
        let mut head = String::new();
        if origin.is_none() {
            head = format!("proxy = \"http://anna:p%40ss@127.0.0.1:{port}\"\n");
        }
        if let (Some(authority), true) = (&authority, cause != Cause::PrivateAuthority { named: false }) {
            head.push_str(&format!("ca_file = \"{}\"\n", authority.ca_file().display()));
        }
        let settings = stage.settings(&place, authority.is_some())?;
        let settings = settings.replacen("version = 1\n", &format!("version = 1\n{head}"), 1);
        let names = resolver.names(addresses);
        let subject = Subject::knowing(names, &settings, &stage.secret())?;
        Ok(Self { stage, proxy, subject, resolver, _authority: authority, _grave: grave })
    }

    async fn begin(&self, cause: Cause) -> Duration {
        let seconds = Duration::from_secs;
        match cause {
            Cause::Way(way, lasts) => {
                self.proxy.set(way.weather());
                seconds(lasts)
            }
            Cause::Harmless(way) => {
                self.proxy.set(way.weather());
                seconds(30)
            }
            Cause::Answer(401) => {
                self.proxy.set(status("401 Unauthorized", "", "no"));
                seconds(10)
            }
            Cause::Answer(_) => {
                self.proxy.set(status("403 Forbidden", "", "no"));
                seconds(10)
            }
            Cause::Certificate(_) => {
                self.proxy.set(Weather::Forged);
                seconds(10)
            }
            Cause::HalfShaken => {
                self.proxy.set(Weather::HalfShaken);
                seconds(10)
            }
            Cause::Doubled => {
                self.proxy.set(Weather::Doubling);
                seconds(30)
            }
            Cause::Proxy | Cause::PrivateAuthority { .. } => seconds(5),
            Cause::ProxyLost | Cause::DeadAddress => {
                self.proxy.set(Weather::Refusing);
                seconds(10)
            }
            Cause::NamesSilent => {
                self.resolver.set_silent(true);
                self.proxy.set(Weather::Refusing);
                self.proxy.set(Weather::Fine);
                seconds(10)
            }
            Cause::Restart => {
                self.stage.restart();
                self.proxy.set(Weather::Refusing);
                seconds(3)
            }
            Cause::TokenEnds => {
                self.proxy.set(Weather::Refusing);
                self.stage.expire_tokens();
                seconds(10)
            }
            Cause::Sleep { seconds: time, told } => {
                self.proxy.set(Weather::Silent);
                self.proxy.set(Weather::Fine);
                self.subject.clock.lose(seconds(time));
                if told {
                    self.subject.host(HostEvent::Woken).await;
                }
                Duration::ZERO
            }
            Cause::NetworkChange => {
                self.proxy.set(Weather::Silent);
                self.proxy.set(Weather::Fine);
                self.subject.host(HostEvent::NetworkChanged).await;
                Duration::ZERO
            }
            // Played elsewhere.
            Cause::Killed => Duration::ZERO,
            Cause::Wall(hours) => {
                self.subject.clock.set_wall_ahead(hours);
                seconds(30)
            }
        }
    }

    fn end(&self) {
        self.proxy.set(Weather::Fine);
        self.resolver.set_silent(false);
    }
}

/// Plays it.
///
/// # Errors
/// If the account does not come live in the first place, which is no matter of the fault.
pub async fn play(vendor: &'static str, cause: Cause) -> Result<Figures> {
    if cause == Cause::Killed {
        // A program of its own has the real time.
        let program = std::env::current_exe()?;
        let play = move || at_pace(Pace::Real, async move { killed::play(&program, vendor).await });
        return tokio::task::spawn_blocking(play).await?;
    }
    let place = Place::new(vendor, cause).await?;
    let Place { stage, proxy, subject, .. } = &place;
    if cause == (Cause::PrivateAuthority { named: false }) {
        return never_trusted(proxy, subject).await;
    }
    subject.until(MINUTE, Seen::is_live).await.context("not live")?;
    let [before, meanwhile, late, after] = ["+46701110001", "+46701110002", "+46701110003", "+46701110004"];
    let mut figures = Figures::default();

    let rings = stage.ring(before);
    subject.until(MINUTE, |seen| seen.shows(before)).await.context("the first call is not shown")?;

    if cause == Cause::NamesSilent {
        tokio::time::sleep(REMEMBERED_FOR).await;
    }
    let (mut began, mut known) = (Instant::now(), subject.seen().states.len());
    let lasts = place.begin(cause).await;
    if cause == Cause::Doubled {
        subject.until(MINUTE, |seen| !seen.is_live()).await.context("the reset was not noticed")?;
        subject.until(MINUTE, Seen::is_live).await.context("not live again")?;
        (began, known) = (Instant::now(), subject.seen().states.len());
    }
    if cause.is_harmless() {
        return harmless(&place, (began, known), lasts, &rings, [before, late]).await;
    }
    stage.give_up(&rings);
    stage.give_up(&stage.ring(meanwhile));
    let still_rings = stage.ring(late);

    let ending = async {
        if cause.ends_by_itself() {
            tokio::time::sleep_until(began + lasts).await;
            place.end();
        }
    };
    let (noticed, ()) = tokio::join!(subject.until(PATIENCE, |seen| !seen.is_live()), ending);
    let deaf_at = if cause == Cause::Way(Way::Deaf, 10) { began + lasts } else { began };
    figures.noticed = noticed.map(|at| at.saturating_duration_since(deaf_at));
    if let Some(at) = noticed {
        subject.until(Duration::from_secs(1), |seen| !seen.shows(before)).await;
        figures.ghosts += usize::from(subject.seen().shows(before));
        tokio::time::sleep_until((began + lasts).max(at)).await;
    } else {
        figures.failed.push("never noticed".to_owned());
    }
    let ended = Instant::now().max(began + lasts);
    place.end();
    if RESTS.contains(&subject.seen().state()) {
        figures.by_hand = true;
        subject.retry().await;
    }
    let is_over = |seen: &Seen| seen.is_live() || RESTS.contains(&seen.state());
    let mut back = subject.until(PATIENCE, is_over).await;
    if back.is_some() && !subject.seen().is_live() && !figures.by_hand {
        figures.by_hand = true;
        subject.retry().await;
        back = subject.until(PATIENCE, Seen::is_live).await;
    }
    let Some(back) = back.filter(|_| subject.seen().is_live()) else {
        figures.failed.push("never live again".to_owned());
        return Ok(figures);
    };
    figures.back = Some(back.saturating_duration_since(ended));

    subject.until(SETTLED, |seen| seen.gaps.iter().any(|(at, _)| *at >= began)).await;
    let shown_late = subject.until(SETTLED, |seen| seen.shows(late)).await.is_some();
    // Where nobody tells what rings, only the gap can say so.
    figures.unseen += usize::from(!shown_late && !subject.seen().gaps.iter().any(|(_, gap)| !gap.filled));
    let fresh = stage.ring(after);
    if subject.until(SETTLED, |seen| seen.shows(after)).await.is_none() {
        figures.failed.push("deaf afterwards".to_owned());
    }
    stage.give_up(&fresh);
    stage.give_up(&still_rings);
    subject.until(SETTLED, |seen| seen.showing.is_empty()).await;
    judge(&place, &mut figures, began, noticed, back, [before, meanwhile, late, after]);
    Ok(figures)
}

fn judge(
    place: &Place,
    figures: &mut Figures,
    began: Instant,
    noticed: Option<Instant>,
    back: Instant,
    [before, meanwhile, late, after]: [&str; 4],
) {
    let seen = place.subject.seen();
    figures.ghosts += seen.showing.len();
    // What is shown until the outage is noticed cannot be known to be over, nor what was on its way then.
    let noticed = noticed.unwrap_or(began) + Duration::from_secs(1);
    figures.ghosts += seen.times_shown(before, noticed) + seen.times_shown(meanwhile, noticed);
    for number in [late, after] {
        figures.duplicates += seen.times_shown(number, back).saturating_sub(1);
    }
    figures.lost = usize::from(!seen.knows(meanwhile));
    let gaps: Vec<_> = seen.gaps.iter().filter(|(at, _)| *at >= began).collect();
    figures.gap = gaps.last().map(|(_, gap)| gap.filled);
    let minute = began + MINUTE;
    let attempt = |(at, state, _): &&(Instant, ConnectionState, _)| {
        *at >= began && *at < minute && *state == ConnectionState::Connecting
    };
    figures.attempts = seen.states.iter().filter(attempt).count();
    figures.requests = place.proxy.counts().spoken_since(began).iter().filter(|at| **at < minute).count();
    figures.knocks = place.proxy.counts().knocks();
    let told = figures.gap.is_some();
    if !told || (figures.lost > 0 && figures.gap == Some(true)) {
        figures.failed.push("a loss that is not told as a gap".to_owned());
    }
}

/// The account must not even notice.
/// Nobody is to notice it; `known` are the states of the connection before it began.
async fn harmless(
    place: &Place,
    (began, known): (Instant, usize),
    lasts: Duration,
    rings: &str,
    [before, late]: [&str; 2],
) -> Result<Figures> {
    let Place { stage, proxy, subject, .. } = place;
    let mut figures = Figures::default();
    stage.give_up(rings);
    if subject.until(SETTLED, |seen| !seen.shows(before)).await.is_none() {
        figures.ghosts += 1;
    }
    let another = stage.ring(late);
    if subject.until(SETTLED, |seen| seen.shows(late)).await.is_none() {
        figures.unseen += 1;
    }
    tokio::time::sleep_until(began + lasts).await;
    stage.give_up(&another);
    subject.until(SETTLED, |seen| seen.showing.is_empty()).await;
    let seen = subject.seen();
    figures.ghosts += seen.showing.len();
    figures.duplicates += seen.times_shown(late, began).saturating_sub(1);
    let lost = seen.states.iter().skip(known).find(|(_, state, _)| *state != ConnectionState::Live);
    if let Some((at, state, code)) = lost {
        let after = at.duration_since(began);
        figures.failed.push(format!("the connection was lost after {after:?}: {state:?}, {code:?}"));
    }
    figures.requests = proxy.counts().spoken_since(began).len();
    Ok(figures)
}

/// Nobody vouches for the server: the account says so and does not storm.
async fn never_trusted(proxy: &Proxy, subject: &Subject) -> Result<Figures> {
    let began = Instant::now();
    let told = |seen: &Seen| {
        seen.states.iter().any(|(_, state, code)| {
            *state == ConnectionState::Waiting && *code == Some(model::ProblemCode::Tls)
        })
    };
    let noticed = subject.until(MINUTE, told).await.context("the certificate is not named as the cause")?;
    tokio::time::sleep_until(began + MINUTE).await;
    let seen = subject.seen();
    let attempts = seen.states.iter().filter(|(_, state, _)| *state == ConnectionState::Connecting).count();
    let requests = proxy.counts().spoken_since(began).len();
    Ok(Figures { noticed: Some(noticed - began), attempts, requests, ..Figures::default() })
}

impl Figures {
    /// Which bars it misses.
    pub fn misses(&self, cause: Cause) -> Vec<String> {
        let mut misses = self.failed.clone();
        let mut bar = |is_met: bool, what: &str| {
            if !is_met {
                misses.push(what.to_owned());
            }
        };
        bar(self.noticed.is_none_or(|time| time <= NOTICE), "noticed late");
        bar(self.back.is_none_or(|time| time <= cause.wish() + BACK), "live again late");
        bar(self.attempts <= ATTEMPTS, "too many attempts");
        bar(self.ghosts == 0, "a popup for a call that is over");
        bar(self.duplicates == 0, "a popup that came twice");
        bar(self.unseen == 0, "a call that was not shown");
        misses
    }
}
