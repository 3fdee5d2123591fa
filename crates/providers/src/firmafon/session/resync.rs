//! What REST says of people and calls: once after each time pub/sub comes live, or again and again in its place.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use model::{Availability, Event, PersonFact, Problem};
use protocols::{Instant, Output};

use super::{
    Firmafon, Phase, Purpose, Transport,
    lacking::{Lacking, may_pass},
};
use crate::{
    Failure, FailureKind, Report,
    firmafon::rest::{CallRow, Employee, Group, Node, Rows},
};

/// Presence waits this long for the snapshot which it changes; calls never wait.
const HOLD: Duration = Duration::from_secs(3);
/// More than this is not held back.
const HELD: usize = 5_000;
const ROWS: u8 = 100;
const RETRY_FIRST: Duration = Duration::from_secs(5);
const RETRY_LAST: Duration = Duration::from_secs(5 * 60);
/// Somebody heard of who was never listed is asked about, once, after this time.
const STRANGER: Duration = Duration::from_secs(10);
/// A phone rings for 20 to 30 s: asking more seldom for calls would miss it, and one question is as cheap whether
/// anything rings or not.
const POLL: Duration = Duration::from_secs(5);
/// People are the larger answer and the less urgent one: asked for with each third question.
const PEOPLE_EACH: u32 = 3;
/// So many questions in a row without an answer end the session.
const POLLS_FAILED: u32 = 3;

/// One round of questions, and when the next is due.
#[derive(Debug, Default)]
pub(super) struct Resync {
    asked_at: Instant,
    /// A round is under way.
    running: bool,
    people_outstanding: bool,
    hold_until: Option<Instant>,
    held: Vec<PersonFact>,
    /// Who was heard of since the question.
    touched: BTreeSet<String>,
    /// `Some(None)`: there was no answer.
    rows: Option<Option<Vec<CallRow>>>,
    legs: Option<Option<Vec<Node>>>,
    /// What the newest answers to each question lacked.
    unread: BTreeMap<&'static str, FailureKind>,
    /// The worst of what was answered instead.
    failure: Option<Failure>,
    answered: u32,
    /// So many rounds in a row lacked something.
    failed: u32,
    again_at: Option<Instant>,
    try_pubsub_at: Option<Instant>,
    polls: u32,
    polling_live: bool,
    pubsub_off: bool,
    /// What was told last to be lacking.
    told: Option<Option<Problem>>,
}

impl Resync {
    pub(super) fn next_at(&self) -> Option<Instant> {
        [self.hold_until, self.again_at, self.try_pubsub_at].into_iter().flatten().min()
    }

    /// Somebody new was heard of, whose name only the answer to a question will bring.
    pub(super) fn ask_soon(&mut self, now: Instant) {
        if !self.people_outstanding {
            self.again_at.get_or_insert(now + STRANGER);
        }
    }

    /// Gives the fact back if it may be told at once.
    pub(super) fn hold_back(&mut self, fact: PersonFact) -> Option<PersonFact> {
        self.touch(&fact.id);
        if !self.people_outstanding {
            return Some(fact);
        }
        if self.hold_until.is_none() || self.held.len() >= HELD {
            return Some(fact);
        }
        self.held.push(fact);
        None
    }

    /// Something newer than the answer to come is known of this person.
    pub(super) fn touch(&mut self, id: &str) {
        if self.people_outstanding && !self.touched.contains(id) {
            self.touched.insert(id.to_owned());
        }
    }

    fn release(&mut self) -> Vec<PersonFact> {
        self.hold_until = None;
        std::mem::take(&mut self.held)
    }
}

impl Firmafon {
    /// Asks for everything that may have been missed.
    pub(super) fn begin_resync(&mut self) {
        let held = self.resync.release();
        self.tell_people(held);
        self.resync.failed = 0;
        (self.resync.told, self.resync.pubsub_off) = (None, false);
        self.departments.ask_again();
        self.ask_all(true);
        self.resync.hold_until = Some(self.now + HOLD);
    }

    /// Lets REST stand in for pub/sub, which is tried again after `try_again` and then as often.
    pub(super) fn begin_polling(&mut self, try_again: Option<Duration>) {
        self.phase = Phase::Polling;
        let held = self.resync.release();
        self.tell_people(held);
        self.resync = Resync::default();
        self.resync.pubsub_off = try_again.is_none() && self.config.transport != Transport::Polling;
        self.resync.try_pubsub_at = try_again.map(|pause| self.now + pause);
        self.ask_all(true);
    }

    /// Pub/sub was tried while polling, in vain.
    pub(super) fn give_up_pubsub(&mut self, try_again: Option<Duration>) {
        if self.client.take().is_some() {
            self.out.push_back(Output::Close(1000));
        }
        self.client_wait = None;
        self.resync.pubsub_off = try_again.is_none();
        self.resync.try_pubsub_at = try_again.map(|pause| self.now + pause);
    }

    /// Asks at once, whatever was being asked: the network may be another one.
    pub(super) fn poll_now(&mut self) {
        self.ask_all(true);
    }

    fn ask_all(&mut self, people: bool) {
        self.cancel(|purpose| matches!(purpose, Purpose::People | Purpose::Legs | Purpose::Rows));
        self.resync.asked_at = self.now;
        self.resync.running = true;
        self.resync.again_at = None;
        self.resync.people_outstanding = people;
        self.resync.touched.clear();
        (self.resync.rows, self.resync.legs, self.resync.failure) = (None, None, None);
        self.resync.answered = 0;
        if people {
            let request = self.api.employees();
            self.ask(Purpose::People, request);
        }
        let request = self.api.live_nodes();
        self.ask(Purpose::Legs, request);
        let request = self.api.calls(ROWS);
        self.ask(Purpose::Rows, request);
    }

    pub(super) fn resync_due(&mut self, now: Instant) {
        if self.resync.hold_until.is_some_and(|at| at <= now) {
            let held = self.resync.release();
            self.tell_people(held);
        }
        if self.resync.again_at.is_some_and(|at| at <= now) {
            let polling = self.phase == Phase::Polling;
            let people =
                !polling || !self.resync.polling_live || self.resync.polls.is_multiple_of(PEOPLE_EACH);
            self.ask_all(people);
        }
        if self.resync.try_pubsub_at.is_some_and(|at| at <= now) {
            self.resync.try_pubsub_at = None;
            if self.phase == Phase::Polling && self.config.transport == Transport::Auto {
                self.begin_pubsub();
            }
        }
    }

    pub(super) fn people_came(&mut self, answer: Result<Rows<Employee>, Failure>) {
        self.resync.people_outstanding = false;
        if let Some(people) = self.came(answer, "colleagues") {
            self.apply_people(people);
        }
        let held = self.resync.release();
        self.tell_people(held);
        self.finish_round();
    }

    /// Whoever may not list the groups sees colleagues without departments, which is no fault.
    pub(super) fn groups_came(&mut self, answer: Result<Rows<Group>, Failure>) {
        let Rows { rows, skipped } = answer.unwrap_or(Rows { rows: Vec::new(), skipped: 0 });
        for _ in 0..skipped {
            self.tell_unknown("row of groups");
        }
        for (id, department) in self.departments.learn(rows) {
            self.tell_person(PersonFact { department: Some(department), ..PersonFact::of(id) });
        }
    }

    pub(super) fn legs_came(&mut self, answer: Result<Rows<Node>, Failure>) {
        self.resync.legs = Some(self.came(answer, "your live calls"));
        self.apply_calls();
        self.finish_round();
    }

    pub(super) fn rows_came(&mut self, answer: Result<Rows<CallRow>, Failure>) {
        self.resync.rows = Some(self.came(answer, "recent calls"));
        self.apply_calls();
        self.finish_round();
    }

    /// The rows of an answer; of none, what is missing is noted.
    fn came<T>(&mut self, answer: Result<Rows<T>, Failure>, what: &'static str) -> Option<Vec<T>> {
        match answer {
            Ok(Rows { rows, skipped }) => {
                for _ in 0..skipped {
                    self.tell_unknown(format!("row of {what}"));
                }
                self.resync.unread.remove(what);
                self.resync.answered += 1;
                self.polling_is_live();
                Some(rows)
            }
            Err(failure) => {
                self.resync.unread.insert(what, failure.kind);
                self.resync.failure = Some(match self.resync.failure.take() {
                    Some(other) => worse(other, failure),
                    None => failure,
                });
                None
            }
        }
    }

    fn polling_is_live(&mut self) {
        if self.phase == Phase::Polling && !self.resync.polling_live {
            self.resync.polling_live = true;
            self.out.push_back(Output::Event(Report::Live { transport: "polling" }));
        }
    }

    fn apply_people(&mut self, people: Vec<Employee>) {
        let mut mine = None;
        self.unseen.clear();
        self.departments.forget_people();
        let (owner, departments) = (self.me.as_ref(), &mut self.departments);
        let (known, unseen) = (&mut self.known, &mut self.unseen);
        // Ten thousand rows are megabytes, and become facts in their own place.
        let mut facts: Vec<PersonFact> = people
            .into_iter()
            .filter_map(|Employee { mut fact, data_sim, groups, .. }| {
                let me = owner.is_some_and(|owner| owner.fact.id == fact.id);
                known.add(&fact.id);
                if data_sim && !me {
                    unseen.insert(fact.id);
                    return None;
                }
                if self.resync.touched.contains(&fact.id) {
                    (fact.availability, fact.since, fact.dnd) = (None, None, None);
                } else if me {
                    mine = fact.availability;
                }
                fact.me = Some(me);
                fact.department = departments.of(&fact.id, groups);
                Some(fact)
            })
            .collect();
        if let Some(me) = &self.me
            && !facts.iter().any(|fact| fact.id == me.fact.id)
        {
            facts.push(PersonFact {
                id: me.fact.id.clone(),
                name: me.fact.name.clone(),
                number: me.fact.number.clone(),
                me: Some(true),
                ..PersonFact::default()
            });
        }
        let unseen = &self.unseen;
        self.resync.held.retain(|fact| !unseen.contains(&fact.id));
        self.tell(Event::People(facts));
        if self.departments.are_wanted() && !self.is_asked(|purpose| *purpose == Purpose::Groups) {
            let request = self.api.employee_groups();
            self.ask(Purpose::Groups, request);
        }
        if let Some(seen) = mine {
            // What nobody will correct must not be relied on.
            let corrected = self.phase == Phase::Polling || self.pubsub.shows_presence();
            let seen = if corrected { seen } else { Availability::Unknown };
            let facts = self.calls.presence(self.now, seen);
            self.tell_calls(facts);
        }
    }

    /// Rows first: they bring the numbers of the calls whose live legs are the owner's.
    fn apply_calls(&mut self) {
        let (Some(rows), Some(legs)) = (&mut self.resync.rows, &mut self.resync.legs) else { return };
        let (rows, legs) = (rows.take(), legs.take());
        let (asked_at, wall) = (self.resync.asked_at, self.wall());
        if let Some(mut rows) = rows {
            rows.retain(|row| !row.is_left_over(wall));
            let facts = self.calls.rows(self.now, asked_at, &rows);
            self.tell_calls(facts);
        }
        if let Some(legs) = legs {
            let facts = self.calls.legs(self.now, asked_at, &legs);
            self.tell_calls(facts);
        }
    }

    fn finish_round(&mut self) {
        let answered =
            !self.resync.people_outstanding && self.resync.rows.is_some() && self.resync.legs.is_some();
        if !answered || !self.resync.running || self.phase == Phase::Over {
            return;
        }
        self.resync.running = false;
        let failure = self.resync.failure.take();
        if self.phase == Phase::Polling {
            self.finish_poll(failure.as_ref());
        } else {
            self.finish_resync(failure.as_ref());
        }
        self.tell_resynced();
    }

    fn finish_resync(&mut self, failure: Option<&Failure>) {
        let Some(failure) = failure.filter(|failure| may_pass(failure.kind)) else { return };
        let doubled = RETRY_FIRST * 2_u32.saturating_pow(self.resync.failed.min(10));
        self.resync.failed = self.resync.failed.saturating_add(1);
        let pause = self.jittered(doubled.min(RETRY_LAST)).max(failure.retry_after.unwrap_or_default());
        self.resync.again_at = Some(self.now + pause);
    }

    /// One answer is enough to go on.
    fn finish_poll(&mut self, failure: Option<&Failure>) {
        if self.resync.answered > 0 {
            self.resync.failed = 0;
        } else if let Some(failure) = failure {
            self.resync.failed = self.resync.failed.saturating_add(1);
            let verified = failure.kind != FailureKind::RefusedToken;
            if self.resync.failed >= POLLS_FAILED || (verified && !self.resync.polling_live) {
                return self.fail(failure.clone());
            }
        }
        self.resync.polls = self.resync.polls.wrapping_add(1);
        let asked_to_wait = failure.and_then(|failure| failure.retry_after).unwrap_or_default();
        let pause = self.jittered(POLL).max(asked_to_wait);
        self.resync.again_at = Some(self.now + pause);
    }

    /// Tells what could not be had, or that all could, whenever that is not what was told last.
    fn tell_resynced(&mut self) {
        if self.phase == Phase::Over || (self.phase == Phase::Polling && !self.resync.polling_live) {
            return;
        }
        let polling = self.phase == Phase::Polling;
        let (refused, refused_for_now) = if polling { Default::default() } else { self.pubsub.missing() };
        let problem = Lacking {
            refused,
            refused_for_now,
            unread: self.resync.unread.clone(),
            pubsub_off: self.resync.pubsub_off,
        }
        .problem();
        if self.resync.told.as_ref() != Some(&problem) {
            self.resync.told = Some(problem.clone());
            self.out.push_back(Output::Event(Report::Resynced(problem.map_or(Ok(()), Err))));
        }
    }
}

/// What may pass outweighs what will not, then counts the longest pause that was asked for.
fn worse(one: Failure, other: Failure) -> Failure {
    let weight = |failure: &Failure| (may_pass(failure.kind), failure.retry_after);
    if weight(&other) > weight(&one) { other } else { one }
}
