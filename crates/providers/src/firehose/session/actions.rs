use std::{collections::VecDeque, time::Duration};

use model::{Event, PhoneNumber, Problem, ProblemCode, Time};
use protocols::{Fault, Instant, Method, Output, Response};

use super::{Firehose, Phase, Purpose, body};
use crate::{Action, ActionId, DndChange, Failure, FailureKind, Report, firehose::crossbar};

/// What somebody changes elsewhere is to be seen within a minute, and nothing on the stream tells of it.
const LOOK_EVERY: Duration = Duration::from_secs(50);
/// Doubled so often, it is looked at every 13 minutes.
const DOUBLED_AT_MOST: u32 = 4;

/// Changes of do-not-disturb, the first under way: each is read back before the next.
///
/// Kazoo knows no end of it: the session switches it off when its time is over, if it is still there then.
#[derive(Debug, Default)]
pub(super) struct Dnd {
    asked: VecDeque<(Option<ActionId>, DndChange)>,
    /// When the last change asked for is to end.
    ends_at: Option<Time>,
    /// When the last change was read back: whatever was asked for before then is older.
    changed_at: Option<Instant>,
    /// As it was read last.
    is: Option<bool>,
    /// When to look whether somebody changed it elsewhere.
    look_at: Option<Instant>,
    /// How many looks have failed since the last that did not.
    failed: u32,
}

impl Dnd {
    pub(super) fn look_at(&self) -> Option<Instant> {
        self.look_at
    }

    /// Whether an answer to what was asked for at this moment tells how it is.
    pub(super) fn is_told_by(&self, asked_at: Instant) -> bool {
        self.asked.is_empty() && self.changed_at.is_none_or(|changed_at| changed_at <= asked_at)
    }

    pub(super) fn until(&self) -> Option<Time> {
        self.ends_at
    }

    /// As it was read last.
    pub(super) fn is(&self) -> Option<bool> {
        self.is
    }
}

impl Firehose {
    pub(super) fn do_action(&mut self, id: ActionId, action: Action) {
        if self.phase != Phase::Live {
            let text = "This account is not connected; try again when it is.";
            return self.done(id, Err(Problem::new(ProblemCode::Unreachable, text)));
        }
        if !self.crossbar.as_ref().is_some_and(crossbar::Crossbar::knows_user) {
            let text = "Kazoo's API is needed for this; set `crossbar_url` in the account's settings if you may use it.";
            return self.done(id, Err(Problem::new(ProblemCode::Forbidden, text)));
        }
        match action {
            Action::SetDnd(change) => self.change_dnd(Some(id), change),
            Action::Dial(number) => {
                let request =
                    self.crossbar.as_ref().and_then(|crossbar| crossbar.dial(&number, Method::Post));
                if let Some(request) = request {
                    let now = self.now;
                    self.calls.dialled(now, &number);
                    self.ask(Purpose::Dial(id, number), request);
                }
            }
            Action::PickUp { .. } => {
                let text = "Firehose has no queue to pick up from; use the phone.";
                self.done(id, Err(Problem::new(ProblemCode::Forbidden, text)));
            }
        }
    }

    fn done(&mut self, id: ActionId, result: Result<(), Problem>) {
        self.report(Report::Done(id, result));
    }

    fn change_dnd(&mut self, id: Option<ActionId>, change: DndChange) {
        self.cancel(|purpose| *purpose == Purpose::LookAtDnd);
        self.dnd.asked.push_back((id, change));
        if self.dnd.asked.len() == 1 {
            self.put_dnd();
        }
    }

    /// Switches it off when its time is over.
    pub(super) fn dnd_due(&mut self, wall: Time) {
        if self.phase == Phase::Live && self.dnd.ends_at.is_some_and(|at| at <= wall) {
            self.dnd.ends_at = None;
            self.change_dnd(None, DndChange::Off);
        }
    }

    fn put_dnd(&mut self) {
        let Some((_, change)) = self.dnd.asked.front() else { return };
        let on = matches!(change, DndChange::On { .. });
        match self.crossbar.as_ref().and_then(|crossbar| crossbar.set_dnd(on)) {
            Some(request) => self.ask(Purpose::PutDnd, request),
            None => self.dnd_done(Err(Failure::new(FailureKind::ExpiredToken, "signed out").problem())),
        }
    }

    pub(super) fn dnd_put(&mut self, answer: Result<&str, Failure>) {
        let request = self.crossbar.as_ref().and_then(crossbar::Crossbar::user);
        match (answer, request) {
            (Ok(_), Some(request)) => self.ask(Purpose::ReadDnd, request),
            (Ok(_), None) => {
                self.dnd_done(Err(Failure::new(FailureKind::ExpiredToken, "signed out").problem()));
            }
            (Err(failure), _) => self.dnd_failed(&failure),
        }
    }

    pub(super) fn dnd_read(&mut self, answer: Result<&str, Failure>) {
        let on = match answer.and_then(crossbar::dnd) {
            Ok(on) => on,
            Err(failure) => return self.dnd_failed(&failure),
        };
        let Some((_, change)) = self.dnd.asked.front().copied() else { return };
        self.dnd.ends_at = match change {
            DndChange::On { until } if on => until,
            DndChange::On { .. } | DndChange::Off => None,
        };
        let event = self.my_dnd_is(on);
        self.out.extend(event.map(|event| Output::Event(Report::Event(event))));
        let result = if on == matches!(change, DndChange::On { .. }) {
            Ok(())
        } else {
            let text =
                "Kazoo did not take over do not disturb; try again, or set it in your provider's portal.";
            Err(Problem::new(ProblemCode::Protocol, text))
        };
        self.dnd_done(result);
    }

    fn dnd_failed(&mut self, failure: &Failure) {
        if failure.kind == FailureKind::RefusedToken {
            self.sign_in_again();
            let text = "The sign-in at Crossbar was over and is being renewed; try again in a moment.";
            return self.dnd_done(Err(Problem::new(ProblemCode::ExpiredToken, text)));
        }
        self.dnd_done(Err(failure.problem()));
    }

    /// The token's hour is over; a round begins with a new one.
    fn sign_in_again(&mut self) {
        if let Some(crossbar) = &mut self.crossbar {
            crossbar.sign_out();
        }
        self.resync_now();
    }

    fn dnd_done(&mut self, result: Result<(), Problem>) {
        self.dnd.changed_at = Some(self.now);
        self.look_at_dnd_later(None);
        if let Some((Some(id), _)) = self.dnd.asked.pop_front() {
            self.done(id, result);
        }
        self.put_dnd();
    }

    /// The computer may have slept: what was asked for before is asked for again.
    pub(super) fn look_at_dnd_now(&mut self) {
        self.cancel(|purpose| *purpose == Purpose::LookAtDnd);
        self.dnd.look_at = Some(self.now);
    }

    /// It has just been read, or could not be: it is looked at again after a while.
    pub(super) fn look_at_dnd_later(&mut self, retry_after: Option<Duration>) {
        let pause = LOOK_EVERY * 2_u32.saturating_pow(self.dnd.failed.min(DOUBLED_AT_MOST));
        self.dnd.look_at = Some(self.now + pause.max(retry_after.unwrap_or_default()));
    }

    pub(super) fn look_at_dnd_due(&mut self, now: Instant) {
        if self.dnd.look_at.is_none_or(|at| at > now) {
            return;
        }
        self.dnd.look_at = None;
        // What is live again is read anyway.
        if self.phase != Phase::Live {
            return;
        }
        match self.crossbar.as_ref().and_then(crossbar::Crossbar::user) {
            Some(request) if self.dnd.asked.is_empty() => self.ask(Purpose::LookAtDnd, request),
            Some(_) | None => self.look_at_dnd_later(None),
        }
    }

    pub(super) fn dnd_looked_at(&mut self, answer: Result<&str, Failure>) {
        match answer.and_then(crossbar::dnd) {
            Ok(on) => {
                self.dnd.failed = 0;
                self.look_at_dnd_later(None);
                if self.dnd.is != Some(on) {
                    let event = self.my_dnd_is(on);
                    self.out.extend(event.map(|event| Output::Event(Report::Event(event))));
                }
            }
            Err(failure) => {
                self.dnd.failed = self.dnd.failed.saturating_add(1);
                if failure.kind == FailureKind::RefusedToken {
                    self.sign_in_again();
                }
                if failure.kind != FailureKind::Forbidden {
                    self.look_at_dnd_later(failure.retry_after);
                }
            }
        }
    }

    /// Do-not-disturb as Crossbar has it; what to tell of it.
    pub(super) fn my_dnd_is(&mut self, on: bool) -> Option<Event> {
        self.dnd.is = Some(on);
        if !on {
            self.dnd.ends_at = None;
        }
        let me = self.calls.me.owner.clone()?;
        Some(self.calls.people.set_dnd(&me, on.then_some(self.dnd.ends_at)))
    }

    pub(super) fn dialled(
        &mut self,
        id: ActionId,
        number: Option<&PhoneNumber>,
        result: Result<&Response, &Fault>,
    ) {
        let status = result.map_or(0, |response| response.status);
        if let (404 | 405, Some(number)) = (status, number)
            && let Some(request) =
                self.crossbar.as_ref().and_then(|crossbar| crossbar.dial(number, Method::Get))
        {
            return self.ask(Purpose::DialPlainly(id), request);
        }
        let Err(failure) = body(result) else { return self.done(id, Ok(())) };
        let problem = if failure.kind == FailureKind::Forbidden {
            let text = "This account may not start calls; ask your administrator for access.";
            Problem::new(ProblemCode::Forbidden, text)
        } else if status >= 400 && failure.kind != FailureKind::RefusedToken {
            let text = "The call was not started; check the number and that your phone is on.";
            Problem::new(ProblemCode::Protocol, text)
        } else {
            failure.of_action()
        };
        self.done(id, Err(problem));
    }
}
