//! What a person asks for: do-not-disturb, which here is a status of one's own.

use std::collections::VecDeque;

use model::{Availability, Problem, ProblemCode, Time};
use protocols::Instant;

use super::{Semaswift, asking::Ask};
use crate::{
    Action, ActionId, DndChange, Failure, FailureKind, Report,
    semaswift::rest::{AgentRow, Page},
};

/// Changes of do-not-disturb that were asked for, the first under way: each is read back before the next, so that
/// none is judged by another's outcome.
#[derive(Debug, Default)]
pub(super) struct Dnd {
    /// Without a number: its time is over.
    changes: VecDeque<(Option<ActionId>, DndChange)>,
    /// The status that the first change is after.
    after: Option<String>,
    /// What it was before.
    before: Option<String>,
    ends_at: Option<Instant>,
}

impl Dnd {
    pub(super) fn ends_at(&self) -> Option<Instant> {
        self.ends_at
    }
}

impl Semaswift {
    pub(super) fn do_action(&mut self, id: ActionId, action: Action) {
        if !self.live {
            let text = "This account is not connected; try again when it is.";
            return self.done(id, Err(Problem::new(ProblemCode::Unreachable, text)));
        }
        match action {
            Action::SetDnd(_) if self.paused_until.is_some() => {
                let problem = Failure::new(FailureKind::RateLimited, "").problem();
                self.done(id, Err(problem));
            }
            Action::SetDnd(change) => self.change_dnd(Some(id), change),
            Action::Dial(_) | Action::PickUp { .. } => {
                let text = "Semaswift lets no program start or take calls; use your phone.";
                self.done(id, Err(Problem::new(ProblemCode::Forbidden, text)));
            }
        }
    }

    fn done(&mut self, id: ActionId, result: Result<(), Problem>) {
        self.report(Report::Done(id, result));
    }

    fn change_dnd(&mut self, id: Option<ActionId>, change: DndChange) {
        self.dnd.changes.push_back((id, change));
        if self.dnd.changes.len() == 1 {
            self.set_status();
        }
    }

    fn set_status(&mut self) {
        let Some((_, change)) = self.dnd.changes.front() else { return };
        let status = match change {
            DndChange::On { .. } => {
                // The new status may show before anything answers, and then hides what was before it.
                self.dnd.before = self.chosen_status().or(self.dnd.before.take());
                self.people.statuses.dnd_id()
            }
            DndChange::Off => {
                Some(self.dnd.before.clone().unwrap_or_else(|| self.people.statuses.available_id()))
            }
        };
        let missing = |text| Err(Problem::new(ProblemCode::Settings, text));
        match status {
            _ if self.people.my_agent.is_none() => self.dnd_done(missing(
                "Ringside does not know which agent you are; set `agent_id` in the account's settings.",
            )),
            None => self.dnd_done(missing(
                "Semaswift lists no status for do-not-disturb; set `dnd_status` in the account's settings.",
            )),
            Some(status) => {
                self.dnd.after = Some(status.clone());
                self.ask(Ask::SetStatus(status));
            }
        }
    }

    /// The owner's status by its id, unless it is do-not-disturb or one that nobody chooses.
    fn chosen_status(&self) -> Option<String> {
        let statuses = &self.people.statuses;
        let status = self.people.my_status()?;
        let chosen = matches!(statuses.meaning(status), Availability::Available | Availability::Away);
        chosen.then(|| statuses.id(status))
    }

    pub(super) fn status_set(&mut self, answer: Result<(), Failure>) {
        match answer {
            Ok(()) => self.ask(Ask::ReadStatus),
            Err(failure) if failure.kind == FailureKind::Forbidden => {
                let text = "This account may not set its status; ask your administrator for access.";
                self.dnd_done(Err(Problem::new(ProblemCode::Forbidden, text)));
            }
            Err(failure) if failure.kind == FailureKind::Protocol => {
                let text = "Semaswift does not know the status; set `dnd_status` and `available_status` in the account's settings.";
                self.dnd_done(Err(Problem::new(ProblemCode::Settings, text)));
            }
            Err(failure) => self.dnd_done(Err(failure.problem())),
        }
    }

    pub(super) fn status_read(&mut self, answer: Result<Page<AgentRow>, Failure>) {
        let page = match answer {
            Ok(page) => page,
            Err(failure) => return self.dnd_done(Err(failure.problem())),
        };
        let mine = |row: &AgentRow| self.people.my_agent.as_deref() == Some(&*row.id);
        let Some(row) = page.rows.into_iter().find(mine) else {
            let text = "The status is set, but Semaswift does not show it; look at Semaswift's own page.";
            return self.dnd_done(Err(Problem::new(ProblemCode::Protocol, text)));
        };
        let read = row.status.clone().unwrap_or_default();
        let statuses = &self.people.statuses;
        let after = self.dnd.after.as_deref().unwrap_or_default();
        // During a call that is what is shown; the status comes after it.
        let talks = matches!(statuses.meaning(&read), Availability::Busy | Availability::Ringing);
        if !talks && !statuses.is_same(after, &read) {
            let fact = self.people.read_back(row);
            self.tell_person(fact);
            let text =
                "Semaswift did not take over the status; try again, or set it on Semaswift's own page.";
            return self.dnd_done(Err(Problem::new(ProblemCode::Protocol, text)));
        }
        let until = match self.dnd.changes.front() {
            Some((_, DndChange::On { until })) => *until,
            Some((_, DndChange::Off)) | None => {
                self.dnd.before = None;
                None
            }
        };
        self.dnd_ends(until);
        let fact = self.people.read_back(row);
        self.tell_person(fact);
        self.dnd_done(Ok(()));
    }

    fn dnd_ends(&mut self, until: Option<Time>) {
        self.people.dnd_until = until;
        self.dnd.ends_at = until.map(|until| self.now + until.since(self.wall()));
    }

    pub(super) fn dnd_done(&mut self, result: Result<(), Problem>) {
        self.dnd.after = None;
        if let Some((Some(id), _)) = self.dnd.changes.pop_front() {
            self.done(id, result);
        }
        self.set_status();
    }

    /// The owner chose another status elsewhere, which then is not taken back.
    pub(super) fn dnd_left(&mut self) {
        if self.dnd.changes.is_empty() {
            self.dnd.before = None;
            self.dnd_ends(None);
        }
    }

    pub(super) fn dnd_due(&mut self, now: Instant) {
        if self.live && self.dnd.ends_at.is_some_and(|at| at <= now) {
            self.dnd_ends(None);
            self.change_dnd(None, DndChange::Off);
        }
    }
}
