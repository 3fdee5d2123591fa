//! What is asked for each time events come live: colleagues by REST, who is online and the latest calls by the
//! channels themselves.

use std::{collections::BTreeSet, time::Duration};

use model::Event;
use protocols::{
    Instant,
    centrifugo::{Member, ServerError},
};

use super::{Phase, Semaswift, asking::Ask, lacking::Lacking};
use crate::{
    Failure, FailureKind, Report,
    semaswift::{
        api::{PER_PAGE, PageAt},
        events::{Heard, StatusChange},
        people::Roll,
        rest::{AgentRow, Page},
        status::Choice,
    },
};

/// People wait this long for the list of all of them.
const HOLD: Duration = Duration::from_secs(3);
const RETRY_FIRST: Duration = Duration::from_secs(5);
const RETRY_LAST: Duration = Duration::from_secs(5 * 60);
/// Where they are not to be had at all, a small plan's requests are not to be spent on statuses.
const STATUSES_RETRY_LAST: Duration = Duration::from_secs(60 * 60);
/// Somebody heard of who was never listed is asked about after this time, and not again for a while.
const STRANGER: Duration = Duration::from_secs(10);
const STRANGERS_EVERY: Duration = Duration::from_secs(5 * 60);
/// As much of a channel's history as is asked for.
const LATEST: u32 = 200;
const MOST_PAGES: u32 = 300;
const CALLS_UNKNOWN: &str = "Calls that came meanwhile cannot be fetched: Semaswift lists none here; ask your administrator for history on the channel of calls.";

#[derive(Debug, Default)]
pub(super) struct Resync {
    /// What is to be asked for when live.
    wants_calls: bool,
    wants_agents: bool,
    /// What is being asked for.
    reads_calls: bool,
    reads_agents: bool,
    reads_presence: BTreeSet<Roll>,
    /// So many pages of the list have come.
    pages: u32,
    /// The statuses are known, or known not to be listed.
    has_statuses: bool,
    /// They failed so often in a row.
    statuses_failed: u32,
    statuses_again_at: Option<Instant>,
    people_told: bool,
    hold_until: Option<Instant>,
    unread: Option<FailureKind>,
    /// Calls may have come and gone unseen.
    calls_unknown: bool,
    /// The list failed so often in a row.
    failed: u32,
    again_at: Option<Instant>,
    presence_again_at: Option<Instant>,
    strangers_asked_at: Option<Instant>,
    /// What was told last to be lacking.
    told: Option<Option<model::Problem>>,
}

impl Resync {
    pub(super) fn begin(&mut self, hears_calls: bool) {
        (self.wants_calls, self.wants_agents) = (hears_calls, true);
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        let all = [self.hold_until, self.again_at, self.statuses_again_at, self.presence_again_at];
        all.into_iter().flatten().min()
    }

    pub(super) fn holds_people(&self) -> bool {
        self.hold_until.is_some() || !self.people_told
    }

    pub(super) fn await_presence(&mut self, roll: Roll) {
        self.reads_presence.insert(roll);
    }

    /// What the channel of calls told may have been missed; `lost` if it had told anything before.
    pub(super) fn missed_calls(&mut self, lost: bool) {
        self.wants_calls = true;
        self.calls_unknown |= lost;
    }

    pub(super) fn missed_agents(&mut self) {
        self.wants_agents = true;
    }

    /// The answers of the channels are lost with the connection.
    pub(super) fn interrupted(&mut self) {
        self.wants_calls |= std::mem::take(&mut self.reads_calls);
        self.reads_presence.clear();
        self.presence_again_at = None;
        self.calls_unknown = false;
        self.told = None;
    }

    fn is_done(&self) -> bool {
        !self.reads_calls && !self.reads_agents && self.reads_presence.is_empty()
    }
}

impl Semaswift {
    /// Events flow: asks for everything that may have been missed.
    pub(super) fn resync_now(&mut self) {
        if !self.resync.people_told && self.resync.hold_until.is_none() {
            self.resync.hold_until = Some(self.now + HOLD);
        }
        if std::mem::take(&mut self.resync.wants_calls)
            && let (Some(channel), Some(client)) = (self.channels.calls(), &mut self.client)
            && client.is_subscribed(&channel)
        {
            self.resync.reads_calls = true;
            client.history(self.now, &channel, LATEST);
        }
        if std::mem::take(&mut self.resync.wants_agents) {
            self.list_agents();
        }
        self.finish_resync();
    }

    /// Something changed about a channel.
    pub(super) fn resync_again(&mut self) {
        if self.live {
            self.resync_now();
        }
    }

    fn list_agents(&mut self) {
        self.forget(|ask| matches!(ask, Ask::Agents(_) | Ask::Statuses));
        (self.resync.again_at, self.resync.statuses_again_at) = (None, None);
        (self.resync.reads_agents, self.resync.pages) = (true, 0);
        self.people.begin_list();
        let first = if self.resync.has_statuses { Ask::Agents(PageAt::Number(1)) } else { Ask::Statuses };
        self.ask(first);
    }

    /// A list of statuses is not promised by any document: without one, words mean what they say.
    pub(super) fn statuses_came(&mut self, status: u16, answer: Result<Vec<Choice>, Failure>) {
        match answer {
            Ok(choices) => {
                self.people.statuses.list(choices);
                self.resync.has_statuses = true;
                if !self.resync.reads_agents {
                    self.tell_everybody();
                }
            }
            Err(_) if matches!(status, 404 | 405) => self.resync.has_statuses = true,
            Err(failure) => {
                let pause = doubled(self.resync.statuses_failed).min(STATUSES_RETRY_LAST);
                self.resync.statuses_failed = self.resync.statuses_failed.saturating_add(1);
                let pause = pause.max(failure.retry_after.unwrap_or_default());
                self.resync.statuses_again_at = Some(self.now + pause);
            }
        }
        if self.resync.reads_agents && !self.is_asked(|ask| matches!(ask, Ask::Agents(_))) {
            self.ask(Ask::Agents(PageAt::Number(1)));
        }
    }

    pub(super) fn agents_came(&mut self, at: &PageAt, answer: Result<Page<AgentRow>, Failure>) {
        let page = match answer {
            Ok(page) => page,
            Err(failure) => return self.agents_failed(&failure),
        };
        for _ in 0..page.skipped {
            self.tell_unknown("row of agents");
        }
        let mut names_somebody_new = false;
        for row in page.rows {
            names_somebody_new |= self.people.listed(row);
        }
        self.resync.pages += 1;
        let number = match at {
            PageAt::Number(number) => Some(*number),
            PageAt::Token(_) => None,
        };
        let next = match (number, page.pages, page.next_token) {
            _ if page.count == 0 || self.resync.pages >= MOST_PAGES => None,
            (Some(number), Some(pages), _) if number < pages => Some(PageAt::Number(number + 1)),
            (Some(_), Some(_), _) => None,
            // Whoever takes no notice of the page that is asked for gives the same one without end.
            _ if !names_somebody_new => None,
            (_, None, Some(token)) => Some(PageAt::Token(token)).filter(|next| next != at),
            (Some(number), None, None) if page.count >= PER_PAGE => Some(PageAt::Number(number + 1)),
            (_, _, None) | (None, Some(_), Some(_)) => None,
        };
        if let Some(next) = next {
            return self.ask(Ask::Agents(next));
        }
        self.calls.me.clone_from(&self.people.my_agent);
        (self.resync.reads_agents, self.resync.unread, self.resync.failed) = (false, None, 0);
        let everybody = self.people.end_list();
        self.tell_people(everybody);
        self.finish_resync();
    }

    fn agents_failed(&mut self, failure: &Failure) {
        self.resync.reads_agents = false;
        self.resync.unread = Some(failure.kind);
        if failure.kind != FailureKind::Forbidden {
            let pause = doubled(self.resync.failed).min(RETRY_LAST);
            self.resync.failed = self.resync.failed.saturating_add(1);
            let pause = pause.max(failure.retry_after.unwrap_or_default());
            self.resync.again_at = Some(self.now + pause);
        }
        if self.resync.holds_people() {
            self.tell_everybody();
        }
        self.finish_resync();
    }

    pub(super) fn tell_everybody(&mut self) {
        let everybody = self.people.everybody();
        self.tell_people(everybody);
    }

    fn tell_people(&mut self, everybody: Vec<model::PersonFact>) {
        (self.resync.people_told, self.resync.hold_until) = (true, None);
        self.tell(Event::People(everybody));
    }

    pub(super) fn status_changed(&mut self, change: StatusChange) {
        let (fact, is_new) = self.people.status_changed(change);
        if let Some(fact) = fact {
            if fact.me == Some(true) && fact.dnd == Some(None) {
                self.dnd_left();
            }
            self.tell_person(fact);
        }
        let lately = |at| self.now - at < STRANGERS_EVERY;
        if is_new && !self.resync.reads_agents && !self.resync.strangers_asked_at.is_some_and(lately) {
            self.resync.strangers_asked_at = Some(self.now);
            self.resync.again_at.get_or_insert(self.now + STRANGER);
        }
    }

    // --- what the channels themselves tell ---

    pub(super) fn present(&mut self, roll: Roll, members: Result<Vec<Member>, ServerError>) {
        self.resync.reads_presence.remove(&roll);
        match members {
            Ok(members) => {
                for fact in self.people.present(self.now, roll, members) {
                    self.tell_person(fact);
                }
            }
            Err(error) if error.may_pass() => {
                self.resync.presence_again_at = Some(self.now + RETRY_FIRST);
            }
            Err(_) => {
                self.tell_unknown("refused question: who is online");
                self.forget_presence(roll);
            }
        }
        self.finish_resync();
    }

    /// It cannot be known any longer who is online.
    pub(super) fn forget_presence(&mut self, roll: Roll) {
        self.resync.reads_presence.remove(&roll);
        if self.people.forget_presence(roll) && !self.resync.holds_people() {
            self.tell_everybody();
        }
    }

    pub(super) fn past_came(&mut self, contents: Result<Vec<Heard>, ServerError>) {
        self.resync.reads_calls = false;
        match contents {
            Ok(contents) => {
                let mut events = Vec::new();
                for heard in contents {
                    match heard {
                        Heard::Call(event) => events.push(*event),
                        Heard::Unknown(name) => self.tell_unknown(name),
                        Heard::Status(_) | Heard::Ticket(_) => {}
                    }
                }
                for fact in self.calls.past(self.now, self.wall(), &events) {
                    self.tell(Event::from(fact));
                }
            }
            Err(_) => self.resync.calls_unknown = true,
        }
        self.finish_resync();
    }

    pub(super) fn resync_due(&mut self, now: Instant) {
        if self.resync.hold_until.is_some_and(|at| at <= now) {
            self.tell_everybody();
        }
        if self.resync.again_at.is_some_and(|at| at <= now) {
            self.list_agents();
        }
        if self.resync.statuses_again_at.is_some_and(|at| at <= now) {
            self.resync.statuses_again_at = None;
            self.ask(Ask::Statuses);
        }
        if self.resync.presence_again_at.is_some_and(|at| at <= now) {
            self.resync.presence_again_at = None;
            self.ask_presence();
        }
    }

    /// Tells what could not be had, or that all could, whenever that is not what was told last.
    fn finish_resync(&mut self) {
        if self.phase != Phase::Realtime || !self.live || !self.resync.is_done() {
            return;
        }
        let problem = Lacking { refused: self.channels.refused(), unread: self.resync.unread }.problem();
        if std::mem::take(&mut self.resync.calls_unknown) {
            self.report(Report::Missed(CALLS_UNKNOWN.to_owned()));
        }
        if self.resync.told.as_ref() != Some(&problem) {
            self.resync.told = Some(problem.clone());
            self.report(Report::Resynced(problem.map_or(Ok(()), Err)));
        }
    }
}

/// The pause after so many failures.
fn doubled(failed: u32) -> Duration {
    RETRY_FIRST * 2_u32.saturating_pow(failed.min(10))
}
