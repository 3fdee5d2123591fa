//! What REST says of people, queues and calls: asked for each time events begin, by the paths of the event map.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use model::{Event, PersonFact, Problem, ProblemCode};
use protocols::{Fault, Instant, Response};

use super::{Nguc, Purpose};
use crate::{
    Failure, FailureKind, Report,
    nguc::{
        event_map::Kind,
        events::{Heard, Person, Reading},
        snapshot::{self, Rows},
    },
};

const RETRY_FIRST: Duration = Duration::from_secs(5);
const RETRY_LAST: Duration = Duration::from_secs(5 * 60);
/// More than this is not held back; then the snapshot is given up for the moment.
const HELD: usize = 5_000;
/// What the question for the owner is called among the paths.
const ME: usize = usize::MAX;

/// One round of questions, and when the next is due.
#[derive(Debug, Default)]
pub(super) struct Resync {
    asked_at: Instant,
    /// Questions under way, by their place in the map.
    open: BTreeSet<usize>,
    /// Events since the questions, to be told after the answers.
    held: Vec<Heard>,
    people: Vec<Person>,
    calls: BTreeSet<String>,
    /// Lists that came with all there are, by their place in the map.
    whole: BTreeSet<usize>,
    /// Paths that are not there, which are not asked for again.
    absent: BTreeSet<usize>,
    /// Questions without a use, and why.
    unread: BTreeMap<usize, Failure>,
    again_at: Option<Instant>,
    /// So many rounds in a row lacked something that may yet come.
    failed: u32,
    /// What was told last to be lacking.
    told: Option<Option<Problem>>,
}

impl Resync {
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.again_at
    }
}

impl Nguc {
    /// Asks for everything that may have been missed.
    pub(super) fn begin_resync(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::Me | Purpose::Rows(_)));
        let former = std::mem::take(&mut self.resync);
        self.resync = Resync {
            asked_at: self.now,
            held: former.held,
            absent: former.absent,
            failed: former.failed,
            told: former.told,
            ..Resync::default()
        };
        let Some(token) = self.credentials.access.clone() else { return };
        let map = std::sync::Arc::clone(&self.map);
        if let (None, Some(path), false) =
            (self.people.me(), &map.me().path, self.resync.absent.contains(&ME))
        {
            self.resync.open.insert(ME);
            self.ask(Purpose::Me, self.api.get(path, &token));
        }
        for (at, snapshot) in map.snapshots().iter().enumerate() {
            if !self.resync.absent.contains(&at) {
                self.resync.open.insert(at);
                self.ask(Purpose::Rows(at), self.api.get(&snapshot.path, &token));
            }
        }
        if self.resync.open.is_empty() {
            self.finish_resync();
        }
    }

    /// Whatever was asked for is of no use any more; the next one begins anew.
    pub(super) fn stop_resync(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::Me | Purpose::Rows(_)));
        self.resync.open.clear();
        self.resync.again_at = None;
        self.resync.told = None;
    }

    pub(super) fn resync_due(&mut self, now: Instant) {
        if self.resync.again_at.is_some_and(|at| at <= now) {
            self.begin_resync();
        }
    }

    /// Gives it back if it may be told at once.
    pub(super) fn hold_back(&mut self, heard: Heard) -> Option<Heard> {
        if self.resync.open.is_empty() {
            return Some(heard);
        }
        if self.resync.held.len() >= HELD {
            self.cancel(|purpose| matches!(purpose, Purpose::Me | Purpose::Rows(_)));
            self.resync.open.clear();
            self.resync.again_at = Some(self.now + RETRY_LAST);
            self.release();
            return Some(heard);
        }
        self.resync.held.push(heard);
        None
    }

    fn release(&mut self) {
        for heard in std::mem::take(&mut self.resync.held) {
            self.tell_heard(heard);
        }
    }

    pub(super) fn me_came(&mut self, answer: Result<&Response, &Fault>) {
        if let Some(body) = self.came(ME, answer)
            && let Some(id) = snapshot::text(body, &self.map.me().id)
        {
            self.people.is_me(&id);
            self.tell_what_is_mine();
        }
        self.answered(ME);
    }

    pub(super) fn rows_came(&mut self, at: usize, answer: Result<&Response, &Fault>) {
        let map = std::sync::Arc::clone(&self.map);
        let Some(asked) = map.snapshots().get(at) else { return };
        let rows = self.came(at, answer).and_then(|body| {
            let reading = Reading { map: &map, zone: &self.config.zone };
            snapshot::rows(body, &asked.lists, &asked.event, &reading)
        });
        match rows {
            Some(rows) => self.take_rows(at, rows),
            None if answer.is_ok_and(Response::is_success) => {
                let failure = Failure::new(FailureKind::Protocol, "no list in the answer");
                self.resync.unread.insert(at, failure);
                self.tell_unknown(format!("snapshot {}: no list where the map says", asked.path));
            }
            None => {}
        }
        self.answered(at);
    }

    fn take_rows(&mut self, at: usize, rows: Rows) {
        if rows.are_all {
            self.resync.whole.insert(at);
        }
        for heard in rows.heard {
            match heard {
                Heard::Person(person) => self.resync.people.push(person),
                Heard::Call(call) => {
                    self.resync.calls.insert(call.id.clone());
                    if !self.calls.is_newer(&call.id, self.resync.asked_at) {
                        self.tell_heard(Heard::Call(call));
                    }
                }
                Heard::Device(_) | Heard::Queue(_) | Heard::Ignored | Heard::Skipped(_) => {
                    self.tell_heard(heard);
                }
            }
        }
    }

    /// Whether there are lists of this kind, and every one came with all there are.
    fn all_came(&self, kind: Kind) -> bool {
        let is_of_kind = |event: &str| self.map.rule(event).is_some_and(|rule| rule.kind == kind);
        let lists = self.map.snapshots().iter().enumerate();
        let mut of_kind = lists.filter(|(_, list)| is_of_kind(&list.event)).map(|(at, _)| at).peekable();
        of_kind.peek().is_some() && of_kind.all(|at| self.resync.whole.contains(&at))
    }

    /// The body of an answer; of none, what is missing is noted.
    fn came<'a>(&mut self, at: usize, answer: Result<&'a Response, &Fault>) -> Option<&'a str> {
        let failure = match answer {
            Ok(response) if response.is_success() => return Some(&response.body),
            Ok(Response { status: 404 | 405 | 410 | 501, .. }) => {
                if self.resync.absent.insert(at) {
                    let path = self.path(at);
                    self.tell_unknown(format!("snapshot {path}: not there"));
                }
                return None;
            }
            Ok(response) => Failure::from_status(response.status, response.retry_after),
            Err(fault) => Failure::from(fault),
        };
        if failure.kind == FailureKind::RefusedToken {
            self.refused_by_rest();
        }
        self.resync.unread.insert(at, failure);
        None
    }

    fn path(&self, at: usize) -> String {
        let path = match self.map.snapshots().get(at) {
            Some(snapshot) => Some(&snapshot.path),
            None => self.map.me().path.as_ref(),
        };
        path.cloned().unwrap_or_default()
    }

    fn answered(&mut self, at: usize) {
        if self.resync.open.remove(&at) && self.resync.open.is_empty() {
            self.finish_resync();
        }
    }

    fn finish_resync(&mut self) {
        let calls = std::mem::take(&mut self.resync.calls);
        if self.all_came(Kind::Call) {
            let over = self.calls.all_are(self.resync.asked_at, &calls);
            self.tell_calls(over);
        }
        self.tell_people();
        self.tell_what_is_mine();
        self.release();
        let may_pass = |failure: &&Failure| is_passing(failure.kind);
        if let Some(failure) =
            self.resync.unread.values().filter(may_pass).max_by_key(|failure| failure.retry_after)
        {
            let asked_to_wait = failure.retry_after.unwrap_or_default();
            let doubled = RETRY_FIRST * 2_u32.saturating_pow(self.resync.failed.min(10));
            let pause = self.jittered(doubled.min(RETRY_LAST)).max(asked_to_wait);
            self.resync.failed = self.resync.failed.saturating_add(1);
            self.resync.again_at = Some(self.now + pause);
        } else {
            self.resync.failed = 0;
        }
        let problem = self.lacking();
        if self.resync.told.as_ref() != Some(&problem) {
            self.resync.told = Some(problem.clone());
            self.report(Report::Resynced(problem.map_or(Ok(()), Err)));
        }
    }

    fn tell_people(&mut self) {
        let people = std::mem::take(&mut self.resync.people);
        // Whoever is oneself is known only when all of them are looked at.
        for person in &people {
            self.people.learn_login(person);
        }
        let mut facts: BTreeMap<String, PersonFact> = BTreeMap::new();
        for mut person in people {
            if let Some(odd) = person.odd.take() {
                self.tell_unknown(odd);
            }
            let fact = self.people.heard(person);
            facts.insert(fact.id.clone(), fact);
        }
        if let Some(me) = self.people.me()
            && !facts.contains_key(me)
        {
            facts.insert(me.to_owned(), PersonFact { me: Some(true), ..PersonFact::of(me) });
        }
        let facts = facts.into_values();
        if self.all_came(Kind::Person) {
            self.tell(Event::People(facts.collect()));
        } else {
            facts.for_each(|fact| self.report(Report::Event(Event::Person(fact))));
        }
    }

    /// What could not be asked for, in words for people.
    fn lacking(&self) -> Option<Problem> {
        let asked = self.map.snapshots().len();
        if let Some(failure) = self.resync.unread.values().find(|failure| is_passing(failure.kind)) {
            let text = "What happened before cannot be fetched from NGUC now; Ringside keeps asking.";
            return Some(Problem::new(failure.problem().code, text));
        }
        if let Some(&at) = self.resync.unread.keys().next() {
            let text = format!(
                "NGUC does not give this account the list at {}; ask your administrator, or name another in the event map.",
                self.path(at)
            );
            return Some(Problem::new(ProblemCode::Forbidden, text));
        }
        let absent = (0..asked).filter(|at| self.resync.absent.contains(at)).count();
        (asked > 0 && absent == asked).then(|| {
            let text = "NGUC has none of the lists that the event map names, so what happened before is not known; name them in `event_map` (docs/event-map.md).";
            Problem::new(ProblemCode::Protocol, text)
        })
    }
}

/// Whether asking again may help.
fn is_passing(kind: FailureKind) -> bool {
    !matches!(kind, FailureKind::Forbidden | FailureKind::RefusedToken | FailureKind::Protocol)
}
