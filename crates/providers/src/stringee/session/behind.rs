//! What stands behind the socket: the relay, which tells all it knows and then what happens; or REST, which tells who
//! is online; or nothing, which is said.

use std::time::Duration;

use model::{Event, Problem, ProblemCode};
use protocols::{Fault, Instant, Output, Response};
use secrecy::SecretString;
use serde_json::Value;

use super::{Phase, Purpose, Stringee};
use crate::{
    Failure, FailureKind, Report,
    stringee::{
        api,
        relay::{self, Happening},
        rest::{self, Row},
    },
};

const RETRY_FIRST: Duration = Duration::from_secs(1);
const RETRY_LAST: Duration = Duration::from_secs(60);
/// What a person must mend is asked for this seldom.
const RETRY_REFUSED: Duration = Duration::from_secs(10 * 60);
/// The relay is asked this often at most.
const PACE: Duration = Duration::from_millis(250);
/// A relay that does not hold its answers back is asked this often.
const UNHELD: Duration = Duration::from_secs(2);
/// REST is asked this often who is online, where no topic tells.
const POLL: Duration = Duration::from_secs(60);
/// More pages of users than this are not asked for.
const PAGES: usize = 50;

const NOBODY_TELLS: &str = "Stringee does not list the calls that came meanwhile, unless your organisation sets up a relay (`relay_url`).";

/// How far we are with the relay or REST.
#[derive(Debug, Default)]
pub(super) struct Behind {
    /// The number of the relay's last event; `None` before a snapshot.
    after: Option<i64>,
    /// What is next, and when.
    again_at: Option<Instant>,
    failed: u32,
    /// A new token was asked for because the relay did not take this one.
    renewing: bool,
    renewed: bool,
    /// The token at hand was not taken, so that the next one is tried as soon as it is there.
    refused: bool,
    /// The relay lists calls that ended while nobody listened.
    lists_ended: bool,
    /// Users of the pages so far.
    users: Vec<Row>,
    users_asked_at: Instant,
    /// Whether it was told since the last snapshot what is lost for good.
    missed_told: bool,
    /// What was told last.
    told: Option<Option<Problem>>,
}

impl Behind {
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.again_at
    }
}

impl Stringee {
    pub(super) fn has_relay(&self) -> bool {
        self.config.relay_url.is_some()
    }

    /// Whether the relay is there and tells what happens.
    pub(super) fn relay_tells(&self) -> bool {
        self.behind.after.is_some() && self.behind.failed == 0
    }

    /// What the relay is asked with.
    pub(super) fn relay_token(&self) -> Option<&SecretString> {
        let tokens = self.tokens.as_ref()?;
        Some(tokens.relay.as_ref().unwrap_or(&tokens.client))
    }

    pub(super) fn rest_token(&self) -> Option<&SecretString> {
        self.tokens.as_ref()?.rest.as_ref()
    }

    pub(super) fn begin_behind(&mut self) {
        if self.has_relay() || self.rest_token().is_some() {
            self.go_on_behind();
            return;
        }
        // Nobody knows what the others do until a topic tells.
        let facts = self.people.listed(self.now, &[], true, &self.me);
        let facts = facts.into_iter().map(|fact| self.marked(fact)).collect();
        self.tell(Event::People(facts));
        let text = "This token subscribes to no topic, so colleagues do not show up; ask for a token with \
                    `subscribe`, or for a relay (`relay_url`).";
        let deaf = !self.hears_anything();
        self.tell_missed(NOBODY_TELLS);
        self.tell_resynced(deaf.then(|| Problem::new(ProblemCode::Forbidden, text)));
    }

    fn hears_anything(&self) -> bool {
        self.tokens.as_ref().is_some_and(|tokens| tokens.claims.hears_anything())
    }

    /// Asks for what is next.
    fn go_on_behind(&mut self) {
        (self.behind.again_at, self.behind.refused) = (None, false);
        let request = match (&self.config.relay_url, self.relay_token(), self.behind.after) {
            (Some(relay), Some(token), Some(after)) => {
                Some((Purpose::Events, api::events(relay, token, after)))
            }
            (Some(relay), Some(token), None) => Some((Purpose::Snapshot, api::snapshot(relay, token))),
            (Some(_), None, _) => None,
            (None, _, _) => self
                .rest_token()
                .map(|token| (Purpose::Users { page: 0 }, api::users(&self.config.api_url, token, None))),
        };
        let Some((purpose, request)) = request else { return };
        if let Purpose::Users { .. } = purpose {
            self.behind.users.clear();
            self.behind.users_asked_at = self.now;
        }
        self.ask(purpose, request);
    }

    pub(super) fn behind_due(&mut self, now: Instant) {
        if self.behind.again_at.is_some_and(|at| at <= now) {
            self.go_on_behind();
        }
    }

    pub(super) fn behind_probed(&mut self) {
        let asks = |purpose: &Purpose| {
            matches!(purpose, Purpose::Snapshot | Purpose::Events | Purpose::Users { .. } | Purpose::Me)
        };
        if self.phase == Phase::Live && (self.is_asked(asks) || self.behind.again_at.is_some()) {
            self.cancel(asks);
            self.go_on_behind();
        }
    }

    pub(super) fn behind_renewed(&mut self) {
        let renewing = std::mem::take(&mut self.behind.renewing);
        if renewing || self.behind.refused {
            self.go_on_behind();
        }
    }

    pub(super) fn behind_unrenewed(&mut self) {
        if std::mem::take(&mut self.behind.renewing) {
            self.behind_failed(&Failure::new(FailureKind::RefusedToken, "no other token for the relay"));
        }
    }

    pub(super) fn snapshot_came(&mut self, answer: Result<&Response, &Fault>, asked_at: Instant) {
        let snapshot = match of(answer).and_then(|body| relay::snapshot(&body)) {
            Ok(snapshot) => snapshot,
            Err(failure) => return self.behind_failed(&failure),
        };
        self.skipped(snapshot.skipped, "relay");
        if let (Some(me), None) = (snapshot.me, &self.config.softphone_user) {
            self.be(me);
        }
        let facts = self.people.listed(asked_at, &snapshot.people, snapshot.complete, &self.me);
        let facts = facts.into_iter().map(|fact| self.marked(fact)).collect();
        self.tell(Event::People(facts));
        self.behind.lists_ended = snapshot.ended.is_some();
        let calls: Vec<relay::Call> = snapshot.ended.into_iter().flatten().chain(snapshot.calls).collect();
        let lost = self.calls.settle(asked_at, &calls);
        self.tell_calls(lost);
        for call in &calls {
            let fact = self.calls.told(self.now, call);
            self.tell_calls(fact);
        }
        self.behind.after = Some(snapshot.n);
        self.behind_is_well();
        self.go_on_behind();
    }

    pub(super) fn events_came(&mut self, answer: Result<&Response, &Fault>, asked_at: Instant) {
        if answer.is_ok_and(|response| response.status == 410) {
            self.behind.after = None;
            self.behind.missed_told = false;
            return self.again_from(asked_at, UNHELD);
        }
        let events = match of(answer).and_then(|body| relay::events(&body)) {
            Ok(events) => events,
            Err(failure) => return self.behind_failed(&failure),
        };
        self.skipped(events.skipped, "relay");
        let held = self.now - asked_at;
        let pause = if events.events.is_empty() && held < UNHELD { UNHELD } else { PACE };
        for event in events.events {
            match event {
                Happening::Call(call) => {
                    let fact = self.calls.told(self.now, &call);
                    self.tell_calls(fact);
                }
                Happening::Person(row) => {
                    if let Some(fact) = self.people.learn(self.now, &row) {
                        self.tell_person(fact);
                    }
                }
            }
        }
        self.behind.after = Some(events.n);
        self.behind_is_well();
        self.again_from(asked_at, pause);
    }

    /// Asks for what is next, but not before this time has passed since the last question.
    fn again_from(&mut self, asked_at: Instant, pause: Duration) {
        if self.now - asked_at >= pause {
            self.go_on_behind();
        } else {
            self.behind.again_at = Some(asked_at + pause);
        }
    }

    pub(super) fn users_came(&mut self, answer: Result<&Response, &Fault>, page: usize) {
        let (rows, skipped) = match of(answer).and_then(|body| rest::users(&body)) {
            Ok(read) => read,
            Err(failure) => return self.behind_failed(&failure),
        };
        self.skipped(skipped, "list of users");
        let full = rows.len() + skipped >= api::PAGE;
        let known = self.behind.users.len();
        self.behind.users.extend(rows);
        self.behind.users.sort_by(|one, other| one.id.cmp(&other.id));
        self.behind.users.dedup_by(|one, other| one.id == other.id);
        // Whether pages count from 0 or 1 is not documented, so the first numbered one may be known.
        let goes_on = full && page < PAGES && (page == 1 || self.behind.users.len() > known);
        if let (true, Some(token)) = (goes_on, self.rest_token()) {
            let request = api::users(&self.config.api_url, token, Some(page + 1));
            return self.ask(Purpose::Users { page: page + 1 }, request);
        }
        let users = std::mem::take(&mut self.behind.users);
        let facts = self.people.listed(self.behind.users_asked_at, &users, false, &self.me);
        let facts = facts.into_iter().map(|fact| self.marked(fact)).collect();
        self.tell(Event::People(facts));
        match self.rest_token() {
            Some(token) if !users.iter().any(|row| row.id == self.me) && !self.me.is_empty() => {
                let request = api::user(&self.config.api_url, token, &self.me);
                self.ask(Purpose::Me, request);
            }
            _ => self.rest_is_done(),
        }
    }

    pub(super) fn me_came(&mut self, answer: Result<&Response, &Fault>, asked_at: Instant) {
        match of(answer) {
            Ok(body) => {
                let row = rest::row(&body).filter(|row| row.id == self.me);
                if let Some(fact) = row.and_then(|row| self.people.learn(asked_at, &row)) {
                    self.tell_person(fact);
                }
                self.rest_is_done();
            }
            // Nobody has ever been online by that name.
            Err(_) if answer.is_ok_and(|response| response.status == 404) => self.rest_is_done(),
            Err(failure) => self.behind_failed(&failure),
        }
    }

    fn rest_is_done(&mut self) {
        (self.behind.failed, self.behind.renewed) = (0, false);
        if !self.hears_anything() {
            self.behind.again_at = Some(self.now + POLL);
        }
        self.tell_missed(NOBODY_TELLS);
        self.tell_resynced(None);
    }

    fn behind_is_well(&mut self) {
        (self.behind.failed, self.behind.renewed) = (0, false);
        if !self.behind.lists_ended {
            self.tell_missed(
                "Calls that ended meanwhile are missing: the relay does not list them; have it updated.",
            );
        }
        self.tell_resynced(None);
    }

    /// It fails alone: the socket goes on.
    fn behind_failed(&mut self, failure: &Failure) {
        if failure.kind == FailureKind::RefusedToken && self.can_renew() && !self.behind.renewed {
            (self.behind.renewing, self.behind.renewed) = (true, true);
            return self.ask_token();
        }
        self.behind.refused = failure.kind == FailureKind::RefusedToken;
        let doubled = RETRY_FIRST * 2_u32.saturating_pow(self.behind.failed.min(10));
        self.behind.failed = self.behind.failed.saturating_add(1);
        let what = if self.has_relay() { "relay" } else { "REST API" };
        let key = if self.has_relay() { "relay_url" } else { "api_url" };
        let (pause, text) = match failure.kind {
            FailureKind::RefusedToken => (
                RETRY_REFUSED,
                format!("The {what} does not accept this account's token; ask your administrator."),
            ),
            FailureKind::Forbidden | FailureKind::Denied => {
                (RETRY_REFUSED, format!("The {what} tells this account nothing; ask your administrator."))
            }
            FailureKind::Protocol => {
                (RETRY_REFUSED, format!("The {what} answers in an unexpected way; check `{key}`."))
            }
            FailureKind::Unreachable
            | FailureKind::Dropped
            | FailureKind::Silent
            | FailureKind::Tls
            | FailureKind::Proxy
            | FailureKind::ExpiredToken
            | FailureKind::CodeNeeded
            | FailureKind::RateLimited
            | FailureKind::Unwanted
            | FailureKind::Settings
            | FailureKind::Internal => (
                doubled.min(RETRY_LAST),
                format!("The {what} cannot be reached, so what it knows is missing; Ringside keeps trying."),
            ),
        };
        let jitter = Duration::from_millis(self.random.u64(0..=250));
        let pause = pause.max(failure.retry_after.unwrap_or_default());
        self.behind.again_at = Some(self.now + pause + jitter);
        self.tell_resynced(Some(Problem::new(failure.problem().code, text)));
    }

    fn skipped(&mut self, count: usize, of: &str) {
        for _ in 0..count {
            self.tell_unknown(format!("row of the {of}"));
        }
    }

    fn tell_missed(&mut self, what: &str) {
        if !std::mem::replace(&mut self.behind.missed_told, true) {
            self.out.push_back(Output::Event(Report::Missed(what.to_owned())));
        }
    }

    /// Tells what could not be had, or that all could, whenever that is not what was told last.
    fn tell_resynced(&mut self, problem: Option<Problem>) {
        if self.behind.told.as_ref() != Some(&problem) {
            self.behind.told = Some(problem.clone());
            self.out.push_back(Output::Event(Report::Resynced(problem.map_or(Ok(()), Err))));
        }
    }
}

fn of(answer: Result<&Response, &Fault>) -> Result<Value, Failure> {
    match answer {
        Ok(response) => rest::body(response),
        Err(fault) => Err(Failure::from(fault)),
    }
}
