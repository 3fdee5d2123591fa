//! Do-not-disturb over all accounts: what is on here, what each account is to be, and what it is.
//!
//! Pure: time and facts come in, [`Out`] goes out. Three layers, the first that says something holds:
//!
//! 1. *manual*: a person here switched it on, always with an end, or with the promise to be asked again; or off
//!    during the schedule, until its next edge.
//! 2. *schedule*: the settings say that it is on at this time of the week.
//! 3. *elsewhere*: somebody switched it on at the provider. It is shown, keeps that account's calls quiet, and is
//!    never taken back but by a person here.
//!
//! Whoever switches an account off elsewhere ends the layer in force for that account; when all accounts are so,
//! the layer is over. A length (30 min, 1 h, 8 h until asked again) goes by the steady clock, which counts sleep and
//! knows no summer time; a time of day goes by the clock on the wall, whatever is done to it. Over a restart only the
//! clock on the wall is left, and no length becomes longer than it was.

mod caller;
mod kept;
mod manual;
mod plan;
mod schedule;
mod seen;
mod site;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use jiff::tz::TimeZone;
use model::{AccountId, Problem, Time};
use protocols::Instant;
use providers::{ActionId, DndChange};
use serde_json::{Map, Value};

use self::{
    caller::Rung,
    kept::{Kept, KeptSite, LayerId},
    manual::{End, Manual, Passed},
    plan::Plan,
    schedule::Stretch,
    site::Site,
};
use crate::DndLength;

pub(crate) use caller::Says;
pub(crate) use plan::SECTION;
pub(crate) use site::Shown;

/// The file in the state folder.
pub(crate) const FILE: &str = "dnd.json";
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// A clock on the wall that is further off than this from where it should be was changed.
const JUMP: Duration = Duration::from_secs(2);

/// One moment by both clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) now: Instant,
    pub(crate) wall: Time,
}

impl Moment {
    /// What the clock on the wall shows at a moment from here on.
    fn wall_at(self, at: Instant) -> Time {
        self.wall.plus(at - self.now)
    }

    fn steady_at(self, at: Time) -> Instant {
        self.now + at.since(self.wall)
    }
}

/// What is to be done.
#[derive(Debug, PartialEq)]
pub(crate) enum Out {
    /// Keep this in [`FILE`], before anything that follows.
    Keep(Vec<u8>),
    /// Ask the account's provider for this.
    Act(AccountId, ActionId, DndChange),
    /// Ask the person whether it is to stay on.
    Ask,
    /// Other accounts than before are kept quiet.
    Changed,
}

/// What is on here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layer {
    id: LayerId,
    until: Option<Time>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Dnd {
    plan: Plan,
    zone: TimeZone,
    manual: Option<Manual>,
    /// A person switched it off during the schedule.
    held_off_until: Option<Time>,
    sites: BTreeMap<AccountId, Site>,
    /// Remembered of accounts that the settings do not name now.
    recalled: BTreeMap<AccountId, KeptSite>,
    rung: Rung,
    /// The schedule around this moment.
    stretch: Option<Stretch>,
    layer: Option<Layer>,
    kept: Kept,
    quiet: BTreeSet<AccountId>,
    last: Moment,
    next_at: Option<Instant>,
    is_due: bool,
    out: Vec<Out>,
}

impl Default for Dnd {
    fn default() -> Self {
        Self {
            plan: Plan::default(),
            zone: TimeZone::system(),
            manual: None,
            held_off_until: None,
            sites: BTreeMap::new(),
            recalled: BTreeMap::new(),
            rung: Rung::default(),
            stretch: None,
            layer: None,
            kept: Kept::of(None, None, BTreeMap::new()),
            quiet: BTreeSet::new(),
            last: Moment { now: Instant::default(), wall: Time::from_millis(0) },
            next_at: None,
            is_due: true,
            out: Vec::new(),
        }
    }
}

impl Dnd {
    /// What was kept when the program ran last.
    ///
    /// # Errors
    /// If it cannot be understood; it must then be left alone.
    pub(crate) fn recall(&mut self, moment: Moment, text: &[u8]) -> Result<(), Problem> {
        let kept = Kept::parse(text)?;
        self.manual =
            kept.manual.as_ref().map(|manual| Manual::recalled(manual, moment, self.plan.ask_again_after));
        self.held_off_until = kept.held_off_until;
        for (account, site) in &kept.accounts {
            match self.sites.get_mut(account) {
                Some(known) => *known = Site::recalled(site),
                None => drop(self.recalled.insert(account.clone(), site.clone())),
            }
        }
        self.kept = kept;
        self.is_due = true;
        Ok(())
    }

    /// The settings: the table `[dnd]`, whose bad values were reported, and the accounts.
    pub(crate) fn settings<'a>(
        &mut self,
        values: &Map<String, Value>,
        accounts: impl Iterator<Item = &'a AccountId>,
    ) {
        self.plan = Plan::of(values).unwrap_or_default();
        self.stretch = None;
        let mut former = std::mem::take(&mut self.sites);
        for account in accounts {
            let recalled = self.recalled.remove(account);
            let site = former.remove(account).or_else(|| recalled.as_ref().map(Site::recalled));
            self.sites.insert(account.clone(), site.unwrap_or_default());
        }
        // Whatever made the settings lose an account, it may come back.
        self.recalled.extend(former.into_iter().map(|(account, site)| (account, site.kept())));
        self.is_due = true;
    }

    /// Where the clock on the wall hangs.
    pub(crate) fn zone(&mut self, zone: TimeZone) {
        if self.zone != zone {
            (self.zone, self.stretch, self.is_due) = (zone, None, true);
        }
    }

    /// What an account can do; `has_ends`: its provider ends it by itself.
    pub(crate) fn able(&mut self, account: &AccountId, is_able: bool, has_ends: bool) {
        if let Some(site) = self.sites.get_mut(account) {
            site.able(is_able, has_ends);
            self.is_due = true;
        }
    }

    /// An account is live, or is not.
    pub(crate) fn connection(&mut self, now: Instant, account: &AccountId, is_live: bool) {
        if let Some(site) = self.sites.get_mut(account) {
            if is_live {
                site.live(now);
            } else {
                site.away();
            }
            self.is_due = true;
        }
    }

    /// What an account's owner shows.
    pub(crate) fn shows(&mut self, now: Instant, account: &AccountId, shown: Shown) {
        let moment = Moment { now, wall: self.last.wall_at(now) };
        if let Some(site) = self.sites.get_mut(account) {
            site.shows(moment, shown, self.layer);
            self.is_due = true;
            self.tell_quiet();
        }
    }

    /// What became of an action.
    pub(crate) fn done(&mut self, now: Instant, id: ActionId, result: &Result<(), Problem>) {
        let moment = Moment { now, wall: self.last.wall_at(now) };
        for site in self.sites.values_mut() {
            site.done(moment, id, result.clone());
        }
        self.is_due = true;
    }

    /// A person switches it on, in place of what a person switched on before.
    ///
    /// # Errors
    /// For an end in the past or too far away.
    pub(crate) fn on(&mut self, moment: Moment, length: DndLength) -> Result<(), Problem> {
        let until = self.plan.end(length, moment.wall, &self.zone)?;
        let end = match (until, length) {
            (None, _) => End::open(moment, self.plan.ask_again_after),
            (Some(until), DndLength::For { .. }) => End::After { at: moment.steady_at(until), until },
            (Some(until), _) => End::At(until),
        };
        // Two within one tick of the clock must not be taken for the same one.
        let since = match self.manual {
            Some(before) if before.since >= moment.wall => Time::from_millis(before.since.as_millis() + 1),
            Some(_) | None => moment.wall,
        };
        self.manual = Some(Manual { since, end });
        self.sites.values_mut().for_each(Site::try_now);
        self.is_due = true;
        Ok(())
    }

    /// A person switches it off, wherever it is on; during the schedule until its next edge.
    pub(crate) fn off(&mut self, moment: Moment) {
        self.manual = None;
        self.held_off_until = self.stretch(moment.wall).period.map(|period| period.to);
        for site in self.sites.values_mut() {
            site.take_over(LayerId::Manual(moment.wall));
            site.try_now();
        }
        self.is_due = true;
    }

    /// Off if it is on anywhere, else on for the length in the settings.
    pub(crate) fn toggle(&mut self, moment: Moment) -> Result<(), Problem> {
        if self.layer.is_some() || self.sites.values().any(Site::is_on) {
            self.off(moment);
            return Ok(());
        }
        let minutes = u32::try_from(self.plan.toggle_for.as_secs() / 60).unwrap_or(u32::MAX);
        self.on(moment, DndLength::For { minutes })
    }

    /// The answer to the question: it stays on, and the question is put again later.
    pub(crate) fn keep(&mut self, moment: Moment) {
        if let Some(Manual { end: end @ End::Open { .. }, .. }) = &mut self.manual {
            *end = End::open(moment, self.plan.ask_again_after);
            self.is_due = true;
        }
    }

    /// Whether the person is asked if it is to stay on, and has not answered.
    pub(crate) fn is_asking(&self) -> bool {
        self.manual.is_some_and(Manual::is_asking)
    }

    /// How long until [`Dnd::advance`] has something to do; `None`: until something happens.
    pub(crate) fn due_in(&self, now: Instant) -> Option<Duration> {
        if self.is_due { Some(Duration::ZERO) } else { self.next_at.map(|at| at - now) }
    }

    /// Time goes by.
    pub(crate) fn advance(&mut self, moment: Moment, next_id: &mut dyn FnMut() -> ActionId) {
        let expected = self.last.wall_at(moment.now);
        let jumped = expected.since(moment.wall).max(moment.wall.since(expected)) > JUMP;
        if !self.is_due && !jumped && self.next_at.is_none_or(|at| moment.now < at) {
            return;
        }
        (self.is_due, self.last) = (false, moment);
        if let Some(mut manual) = self.manual.take() {
            let passed = manual.pass(moment, jumped);
            self.manual = (passed != Passed::Over).then_some(manual);
            if passed == Passed::Asks {
                self.out.push(Out::Ask);
            }
        }
        // No period is longer than a week: the clock was put back.
        self.held_off_until =
            self.held_off_until.filter(|until| *until > moment.wall && until.since(moment.wall) <= WEEK);
        self.layer = self.in_force(moment);
        let mut acts = self.advance_sites(moment, next_id);
        if let Some(layer) = self.layer
            && !self.sites.is_empty()
            && self.sites.values().all(|site| site.has_yielded(layer.id))
        {
            self.give_up(layer);
            self.layer = self.in_force(moment);
            acts.extend(self.advance_sites(moment, next_id));
        }
        self.keep_what_lasts();
        self.out.extend(acts);
        self.tell_quiet();
        self.next_at = self.next(moment);
    }

    fn tell_quiet(&mut self) {
        let quiet: BTreeSet<AccountId> =
            self.sites.keys().filter(|account| self.is_quiet(account)).cloned().collect();
        if quiet != self.quiet {
            self.quiet = quiet;
            self.out.push(Out::Changed);
        }
    }

    fn stretch(&mut self, wall: Time) -> Stretch {
        let known = self.stretch.filter(|stretch| stretch.has(wall));
        *self.stretch.insert(known.unwrap_or_else(|| self.plan.schedule.at(wall, &self.zone)))
    }

    fn in_force(&mut self, moment: Moment) -> Option<Layer> {
        if let Some(manual) = self.manual {
            return Some(Layer { id: LayerId::Manual(manual.since), until: manual.until() });
        }
        let period = self.stretch(moment.wall).period?;
        let is_held_off = self.held_off_until.is_some();
        (!is_held_off).then_some(Layer { id: LayerId::Schedule(period.from), until: Some(period.to) })
    }

    fn advance_sites(&mut self, moment: Moment, next_id: &mut dyn FnMut() -> ActionId) -> Vec<Out> {
        let layer = self.layer;
        let mut acts = Vec::new();
        for (account, site) in &mut self.sites {
            if let Some((id, change)) = site.advance(moment, layer, next_id) {
                acts.push(Out::Act(account.clone(), id, change));
            }
        }
        acts
    }

    /// It was switched off in every account: whoever did that means it.
    fn give_up(&mut self, layer: Layer) {
        match layer.id {
            LayerId::Manual(_) => {
                self.manual = None;
            }
            LayerId::Schedule(_) => self.held_off_until = layer.until,
        }
    }

    fn keep_what_lasts(&mut self) {
        let manual = self.manual.map(Manual::kept);
        let mut accounts: BTreeMap<AccountId, KeptSite> =
            self.sites.iter().map(|(account, site)| (account.clone(), site.kept())).collect();
        accounts.extend(self.recalled.clone());
        accounts.retain(|_, site| *site != KeptSite::default());
        let kept = Kept::of(manual, self.held_off_until, accounts);
        if kept != self.kept {
            self.out.push(Out::Keep(kept.encode()));
            self.kept = kept;
        }
    }

    fn next(&mut self, moment: Moment) -> Option<Instant> {
        let manual = self.manual.map(|manual| manual.next(moment));
        let edges = [self.stretch(moment.wall).to, self.held_off_until].into_iter().flatten();
        let sites = self.sites.values().filter_map(|site| site.next(moment.now));
        let all = manual.into_iter().chain(edges.map(|at| moment.steady_at(at))).chain(sites);
        all.filter(|at| *at > moment.now).min()
    }

    /// What is to be done since the last call, in order.
    pub(crate) fn out(&mut self) -> Vec<Out> {
        std::mem::take(&mut self.out)
    }
}

#[cfg(test)]
mod tests;
