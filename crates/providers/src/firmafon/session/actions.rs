use std::{collections::VecDeque, time::Duration};

use model::{Problem, ProblemCode, Time};
use protocols::Output;

use super::{Firmafon, Phase, Purpose};
use crate::{Action, ActionId, DndChange, Failure, FailureKind, Report, firmafon::rest};

/// The vendor may round the end it was given.
const TOLERANCE: Duration = Duration::from_secs(60);

/// Changes of do-not-disturb that were asked for, the first under way: each is read back before the next, so
/// that none is judged by another's outcome.
#[derive(Debug, Default)]
pub(super) struct Dnd(VecDeque<(ActionId, DndChange)>);

impl Firmafon {
    pub(super) fn do_action(&mut self, id: ActionId, action: Action) {
        if !matches!(self.phase, Phase::PubSub | Phase::Polling) {
            let text = "This account is not connected; try again when it is.";
            return self.done(id, Err(Problem::new(ProblemCode::Unreachable, text)));
        }
        match action {
            Action::SetDnd(change) => {
                self.dnd.0.push_back((id, change));
                if self.dnd.0.len() == 1 {
                    self.put_dnd();
                }
            }
            Action::Dial(number) => {
                let request = self.api.dial(&number);
                self.ask(Purpose::Dial(id), request);
            }
            Action::PickUp { .. } => {
                let text = "Firmafon has no queue to pick up from; use the phone.";
                self.done(id, Err(Problem::new(ProblemCode::Forbidden, text)));
            }
        }
    }

    fn done(&mut self, id: ActionId, result: Result<(), Problem>) {
        self.out.push_back(Output::Event(Report::Done(id, result)));
    }

    fn put_dnd(&mut self) {
        if let Some((_, change)) = self.dnd.0.front() {
            let request = self.api.set_dnd(*change);
            self.ask(Purpose::PutDnd, request);
        }
    }

    pub(super) fn dnd_put(&mut self, answer: Result<&str, Failure>) {
        match answer {
            Ok(_) => {
                let request = self.api.employee();
                self.ask(Purpose::ReadDnd, request);
            }
            Err(failure) => self.dnd_done(Err(failure.problem())),
        }
    }

    pub(super) fn dnd_read(&mut self, answer: Result<&str, Failure>) {
        let me = match answer.and_then(rest::employee) {
            Ok(me) => me,
            Err(failure) => return self.dnd_done(Err(failure.problem())),
        };
        let read = me.fact.dnd;
        self.tell_me(me.fact);
        let Some((_, change)) = self.dnd.0.front() else { return };
        let result = if is_as_asked(*change, read) {
            Ok(())
        } else {
            let text =
                "Firmafon did not take over do-not-disturb; try again, or set it on Firmafon's own page.";
            Err(Problem::new(ProblemCode::Protocol, text))
        };
        self.dnd_done(result);
    }

    fn dnd_done(&mut self, result: Result<(), Problem>) {
        if let Some((id, _)) = self.dnd.0.pop_front() {
            self.done(id, result);
        }
        self.put_dnd();
    }

    pub(super) fn dialled(&mut self, id: ActionId, status: u16, answer: Result<&str, Failure>) {
        let Err(failure) = answer else { return self.done(id, Ok(())) };
        let problem = match failure.kind {
            FailureKind::Protocol if status >= 400 => Problem::new(
                ProblemCode::Protocol,
                "Firmafon did not start the call; check the number and that your phone is on.",
            ),
            FailureKind::Forbidden => Problem::new(
                ProblemCode::Forbidden,
                "This account may not start calls; ask your administrator for access.",
            ),
            FailureKind::Unreachable
            | FailureKind::Dropped
            | FailureKind::Silent
            | FailureKind::Tls
            | FailureKind::Proxy
            | FailureKind::Protocol
            | FailureKind::RefusedToken
            | FailureKind::CodeNeeded
            | FailureKind::ExpiredToken
            | FailureKind::RateLimited
            | FailureKind::Denied
            | FailureKind::Unwanted
            | FailureKind::Settings
            | FailureKind::Internal => failure.of_action(),
        };
        self.done(id, Err(problem));
    }
}

fn is_as_asked(change: DndChange, read: Option<Option<Option<Time>>>) -> bool {
    match (change, read) {
        (DndChange::Off, read) => !matches!(read, Some(Some(_))),
        (DndChange::On { until: None }, Some(Some(None))) => true,
        (DndChange::On { until: Some(asked) }, Some(Some(Some(read)))) => {
            asked.since(read).max(read.since(asked)) <= TOLERANCE
        }
        (DndChange::On { .. }, _) => false,
    }
}
