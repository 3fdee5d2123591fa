//! What Crossbar says of people and of calls under way: after each time the stream comes live, and now and then.

use std::time::Duration;

use model::Event;
use protocols::{Fault, Instant, Response, kazoo::ChannelEvent};

use super::{AccountBy, Firehose, Phase, Purpose, body, lacking::may_pass};
use crate::{
    Failure, FailureKind, Report,
    firehose::{calls::presence::Listed, crossbar},
};

const RETRY_FIRST: Duration = Duration::from_secs(5);
const RETRY_LAST: Duration = Duration::from_secs(5 * 60);
/// Calls under way are compared this often with what there is.
const COMPARE: Duration = Duration::from_secs(5 * 60);
/// Each so many comparisons people are asked for too: names, and who wants not to be disturbed.
const PEOPLE_EACH: u32 = 3;
/// More users than these pages hold are in no company.
const PAGES: u32 = 100;
const NOT_LISTED: &str = "Calls that came and ended meanwhile are missing: Kazoo lists only those under way.";
const NOBODY_TELLS: &str =
    "What happened meanwhile cannot be fetched; set `crossbar_url` if you may use Kazoo's API.";

pub(super) const PEOPLE: &str = "colleagues";
pub(super) const DEVICES: &str = "phones";
pub(super) const CHANNELS: &str = "calls under way";
pub(super) const OWN: &str = "your do not disturb";

/// One round of questions, and when the next is due.
#[derive(Debug, Default)]
pub(super) struct Resync {
    asked_at: Instant,
    outstanding: u32,
    pages: u32,
    /// `None` while they have not all come.
    users: Option<Vec<Listed>>,
    listed: Vec<Listed>,
    channels: Option<Vec<ChannelEvent<'static>>>,
    /// As it was read, and when it was asked for.
    my_dnd: Option<(bool, Instant)>,
    /// Signed in anew in this round, since the token was not accepted any more.
    renewed: bool,
    /// Whether this round asks for people.
    people: bool,
    retry_after: Duration,
    rounds: u32,
    failed: u32,
    again_at: Option<Instant>,
    told: Option<Option<model::Problem>>,
}

impl Resync {
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.again_at
    }
}

impl Firehose {
    /// The stream is live.
    pub(super) fn begin_resync(&mut self) {
        (self.resync.failed, self.resync.rounds) = (0, 0);
        if self.crossbar.is_none() {
            let people = self.calls.people.tell_all();
            self.tell(people);
            self.resync.told = None;
            return self.tell_resynced();
        }
        self.resync.told = None;
        self.ask_all();
    }

    pub(super) fn tell_missed(&mut self) {
        let missed = if self.crossbar.is_some() { NOT_LISTED } else { NOBODY_TELLS };
        self.report(Report::Missed(missed.to_owned()));
    }

    /// The network may be another one: whatever is being asked is asked again.
    pub(super) fn resync_now(&mut self) {
        if self.phase == Phase::Live && self.crossbar.is_some() && self.lacking.crossbar.is_none() {
            self.ask_all();
            self.look_at_dnd_now();
        }
    }

    pub(super) fn resync_due(&mut self, now: Instant) {
        if self.phase != Phase::Live || self.resync.again_at.is_none_or(|at| at > now) {
            return;
        }
        if self.calls.is_busy() || self.resync.rounds.is_multiple_of(PEOPLE_EACH) || self.resync.failed > 0 {
            self.ask_all();
        } else {
            self.resync.rounds = self.resync.rounds.wrapping_add(1);
            self.resync.again_at = Some(now + COMPARE);
        }
    }

    fn ask_all(&mut self) {
        self.cancel(|purpose| {
            matches!(
                purpose,
                Purpose::SignIn(_) | Purpose::Users | Purpose::Devices | Purpose::Channels | Purpose::Me
            )
        });
        let people = self.resync.rounds.is_multiple_of(PEOPLE_EACH) || self.resync.failed > 0;
        let resync = &mut self.resync;
        resync.asked_at = self.now;
        (resync.outstanding, resync.pages) = (0, 0);
        (resync.users, resync.channels, resync.again_at) = (None, None, None);
        resync.my_dnd = None;
        resync.listed.clear();
        resync.people = people;
        resync.retry_after = Duration::ZERO;
        self.lacking.unread.clear();
        let Some(crossbar) = &self.crossbar else { return };
        if !crossbar.is_signed_in() {
            let by = crossbar.names_by(&self.credentials.domain);
            let request = crossbar.user_auth(&self.credentials, by);
            return self.ask(Purpose::SignIn(by), request);
        }
        let mut wanted = vec![(Purpose::Channels, crossbar.channels())];
        if people {
            wanted.push((Purpose::Users, crossbar.users(None)));
            wanted.push((Purpose::Devices, crossbar.devices(None)));
            wanted.push((Purpose::Me, crossbar.user()));
        }
        for (purpose, request) in wanted {
            if let Some(request) = request {
                self.resync.outstanding += 1;
                self.ask(purpose, request);
            }
        }
    }

    pub(super) fn signed_in(&mut self, by: AccountBy, result: Result<&Response, &Fault>) {
        let failure = match body(result).and_then(crossbar::signed_in) {
            Ok(access) => {
                let (now, wall) = (self.now, self.wall());
                self.calls.set_identity(now, wall, access.owner_id.as_deref(), Some(&access.account_id));
                if let Some(crossbar) = &mut self.crossbar {
                    crossbar.sign_in(&access, by);
                }
                self.lacking.crossbar = None;
                return self.ask_all();
            }
            Err(failure) => failure,
        };
        let named_wrong = result.is_ok_and(|response| matches!(response.status, 400 | 401 | 404));
        if result.is_ok_and(crossbar::wants_second_factor) {
            self.lacking.crossbar = Some(
                "Crossbar wants a second factor, which Ringside cannot give; names and do not disturb are not to be had.",
            );
        } else if named_wrong && !std::mem::replace(&mut self.resync.renewed, true) {
            let by = if by == AccountBy::Name { AccountBy::Realm } else { AccountBy::Name };
            if let Some(crossbar) = &self.crossbar {
                let request = crossbar.user_auth(&self.credentials, by);
                return self.ask(Purpose::SignIn(by), request);
            }
        } else if named_wrong || !may_pass(failure.kind) {
            self.lacking.crossbar = Some(
                "Crossbar does not accept this user; names and do not disturb are not to be had. Check `crossbar_url`, or remove it.",
            );
        } else {
            self.lacking.unread.insert(PEOPLE, failure.kind);
            self.resync.retry_after = failure.retry_after.unwrap_or_default();
        }
        self.finish_round();
    }

    pub(super) fn row_came(
        &mut self,
        purpose: &Purpose,
        asked_at: Instant,
        result: Result<&Response, &Fault>,
    ) {
        let body = body(result);
        if let Err(failure) = &body
            && failure.kind == FailureKind::RefusedToken
            && let Some(crossbar) = &mut self.crossbar
        {
            crossbar.sign_out();
            if !std::mem::replace(&mut self.resync.renewed, true) {
                return self.ask_all();
            }
        }
        let came = match purpose {
            Purpose::Users => self.users_came(body),
            Purpose::Devices => self.devices_came(body),
            Purpose::Channels => body.and_then(crossbar::channels).map(|page| {
                self.skipped(page.skipped, CHANNELS);
                self.resync.channels = Some(page.rows);
            }),
            Purpose::Me
            | Purpose::SignIn(_)
            | Purpose::PutDnd
            | Purpose::ReadDnd
            | Purpose::LookAtDnd
            | Purpose::Dial(..)
            | Purpose::DialPlainly(_) => body.and_then(crossbar::dnd).map(|on| {
                self.resync.my_dnd = Some((on, asked_at));
                self.look_at_dnd_later(None);
            }),
        };
        if let Err(failure) = came {
            let what = match purpose {
                Purpose::Users => PEOPLE,
                Purpose::Devices => DEVICES,
                Purpose::Channels => CHANNELS,
                Purpose::Me
                | Purpose::SignIn(_)
                | Purpose::PutDnd
                | Purpose::ReadDnd
                | Purpose::LookAtDnd
                | Purpose::Dial(..)
                | Purpose::DialPlainly(_) => OWN,
            };
            self.lacking.unread.insert(what, failure.kind);
            self.resync.retry_after = self.resync.retry_after.max(failure.retry_after.unwrap_or_default());
        }
        self.resync.outstanding = self.resync.outstanding.saturating_sub(1);
        if self.resync.outstanding == 0 {
            self.finish_round();
        }
    }

    fn users_came(&mut self, body: Result<&str, Failure>) -> Result<(), Failure> {
        let page = crossbar::users(body?)?;
        self.skipped(page.skipped, PEOPLE);
        for user in &page.rows {
            if let Some(extension) = &user.number {
                self.calls.directory.learn(extension, &user.id);
            }
        }
        self.resync.listed.extend(page.rows);
        if !self.ask_further(Purpose::Users, page.next.as_deref()) {
            self.resync.users = Some(std::mem::take(&mut self.resync.listed));
        }
        Ok(())
    }

    fn devices_came(&mut self, body: Result<&str, Failure>) -> Result<(), Failure> {
        let page = crossbar::devices(body?)?;
        self.skipped(page.skipped, DEVICES);
        for device in page.rows.into_iter().flatten() {
            self.calls.directory.learn(&device.id, &device.owner_id);
        }
        self.ask_further(Purpose::Devices, page.next.as_deref());
        Ok(())
    }

    /// Asks for the page that follows, if there is one.
    fn ask_further(&mut self, purpose: Purpose, next: Option<&str>) -> bool {
        let Some(key) = next.filter(|_| self.resync.pages < PAGES) else { return false };
        let Some(crossbar) = &self.crossbar else { return false };
        let request =
            if purpose == Purpose::Users { crossbar.users(Some(key)) } else { crossbar.devices(Some(key)) };
        let Some(request) = request else { return false };
        self.resync.pages += 1;
        self.resync.outstanding += 1;
        self.ask(purpose, request);
        true
    }

    fn skipped(&mut self, count: u32, what: &str) {
        for _ in 0..count {
            self.tell(Event::Unknown { name: format!("row of {what}") });
        }
    }

    /// What to take for my own do-not-disturb after a round, which may be older than a change of it.
    fn my_dnd_of_round(&mut self, listed: bool) -> Option<bool> {
        let read = self.resync.my_dnd.take().filter(|(_, asked_at)| self.dnd.is_told_by(*asked_at));
        let list_is_older = listed && !self.dnd.is_told_by(self.resync.asked_at);
        read.map(|(on, _)| on).or(self.dnd.is().filter(|_| list_is_older))
    }

    /// Tells people first, as they are by the calls that follow.
    fn finish_round(&mut self) {
        let (now, wall) = (self.now, self.wall());
        let channels = self.resync.channels.take();
        if let Some(channels) = &channels {
            self.tell_calls();
            self.calls.reconcile(now, wall, self.resync.asked_at, channels);
        }
        let calls: Vec<Event> = self.calls.take_events().collect();
        self.calls.people.is_complete(channels.is_some());
        let listed = self.resync.users.take().map(|users| self.calls.people.list(users)).is_some();
        let my_dnd = self.my_dnd_of_round(listed).map(|on| self.my_dnd_is(on));
        let told_in_people = self.resync.people;
        if told_in_people {
            let people = self.calls.people.tell_all();
            self.tell(people);
        } else if let Some(Some(event)) = my_dnd {
            self.tell(event);
        }
        for event in calls {
            if !(told_in_people && matches!(event, Event::Person(_))) {
                self.tell(event);
            }
        }
        let may_help = self.lacking.crossbar.is_none();
        let failed = self.lacking.unread.values().any(|kind| may_pass(*kind));
        self.resync.renewed = false;
        self.resync.again_at = may_help.then(|| {
            let pause = if failed {
                let doubled = RETRY_FIRST * 2_u32.saturating_pow(self.resync.failed.min(10));
                self.resync.failed = self.resync.failed.saturating_add(1);
                doubled.min(RETRY_LAST)
            } else {
                self.resync.failed = 0;
                self.resync.rounds = self.resync.rounds.wrapping_add(1);
                COMPARE
            };
            now + self.jittered(pause).max(self.resync.retry_after)
        });
        self.tell_resynced();
    }

    /// Tells what could not be had, or that all could, whenever that is not what was told last.
    pub(super) fn tell_resynced(&mut self) {
        self.lacking.nobody = !self.calls.me.is_known();
        let problem = self.lacking.problem();
        if self.resync.told.as_ref() != Some(&problem) {
            self.resync.told = Some(problem.clone());
            self.report(Report::Resynced(problem.map_or(Ok(()), Err)));
        }
    }
}
