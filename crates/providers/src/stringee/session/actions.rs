//! Do-not-disturb: set by whatever can, believed when it was read back.

use std::{collections::VecDeque, time::Duration};

use model::{Problem, ProblemCode};
use protocols::{
    Fault, Instant, Output, Response,
    stringee::{ChangeId, Refusal},
};

use super::{Phase, Purpose, Stringee};
use crate::{
    Action, ActionId, DndChange, Failure, Report,
    stringee::{api, rest},
};

/// A change that the server took must come back by a topic within this time.
const READ_BACK: Duration = Duration::from_secs(5);

/// Changes of do-not-disturb that were asked for, the first under way: each is read back before the next.
#[derive(Debug, Default)]
pub(super) struct Dnd {
    queue: VecDeque<(ActionId, bool)>,
    /// The change that the socket was asked for.
    change: Option<ChangeId>,
    /// A topic told of the attribute since.
    heard: bool,
    /// The server took it; when it must have come back.
    read_by: Option<Instant>,
}

impl Dnd {
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.read_by
    }
}

impl Stringee {
    /// Whether anything can set the person's attribute.
    pub(super) fn can_set_dnd(&self) -> bool {
        self.has_relay() || self.rest_token().is_some() || !self.is_observer()
    }

    pub(super) fn do_action(&mut self, id: ActionId, action: Action) {
        let refuse = |text: &str| Err(Problem::new(ProblemCode::Forbidden, text));
        let on = match action {
            Action::SetDnd(DndChange::Off) => false,
            Action::SetDnd(DndChange::On { until: None }) => true,
            Action::SetDnd(DndChange::On { until: Some(_) }) => {
                let text =
                    "Stringee's do-not-disturb has no end; switch it on without one, and off yourself.";
                return self.done(id, refuse(text));
            }
            Action::Dial(_) => {
                return self.done(id, refuse("Ringside starts no calls at Stringee; use your softphone."));
            }
            Action::PickUp { .. } => {
                return self.done(id, refuse("Stringee has no queue to pick up from; use your softphone."));
            }
        };
        if self.phase != Phase::Live {
            let text = "This account is not connected; try again when it is.";
            return self.done(id, Err(Problem::new(ProblemCode::Unreachable, text)));
        }
        if !self.can_set_dnd() {
            let text =
                "An observer cannot set your softphone's do-not-disturb; that needs a relay (`relay_url`).";
            return self.done(id, refuse(text));
        }
        self.dnd.queue.push_back((id, on));
        if self.dnd.queue.len() == 1 {
            self.put_dnd();
        }
    }

    fn done(&mut self, id: ActionId, result: Result<(), Problem>) {
        self.out.push_back(Output::Event(Report::Done(id, result)));
    }

    fn put_dnd(&mut self) {
        let Some((_, on)) = self.dnd.queue.front().copied() else { return };
        let words = self.config.dnd.clone();
        let value = if on { &words.on } else { &words.off };
        if let (Some(relay), Some(token)) = (&self.config.relay_url, self.relay_token()) {
            let request = api::relay_attribute(relay, token, &words.attribute, value);
            self.ask(Purpose::PutDnd, request);
        } else if let Some(token) = self.rest_token() {
            let request = api::user_attribute(&self.config.api_url, token, &self.me, &words.attribute, value);
            self.ask(Purpose::PutDnd, request);
        } else {
            let value = serde_json::Value::from(value.as_str());
            let now = self.now;
            let change = self.client.as_mut().and_then(|client| client.change(now, &words.attribute, &value));
            match change {
                Some(change) => (self.dnd.change, self.dnd.heard) = (Some(change), false),
                None => {
                    let text = "This account is not connected; try again when it is.";
                    self.dnd_done(Err(Problem::new(ProblemCode::Unreachable, text)));
                }
            }
        }
    }

    pub(super) fn dnd_put(&mut self, answer: Result<&Response, &Fault>) {
        match self.dnd_answer(answer) {
            Ok(true) => self.judge_dnd(),
            // The answer does not show the attribute.
            Ok(false) => match self.rest_token() {
                Some(token) => {
                    let request = api::user(&self.config.api_url, token, &self.me);
                    self.ask(Purpose::ReadDnd, request);
                }
                None => self.dnd_done(Err(unread())),
            },
            Err(failure) => self.dnd_done(Err(failure.problem())),
        }
    }

    pub(super) fn dnd_read(&mut self, answer: Result<&Response, &Fault>) {
        match self.dnd_answer(answer) {
            Ok(true) => self.judge_dnd(),
            Ok(false) => self.dnd_done(Err(unread())),
            Err(failure) => self.dnd_done(Err(failure.problem())),
        }
    }

    /// Takes a person as read back; whether they show the attribute.
    fn dnd_answer(&mut self, answer: Result<&Response, &Fault>) -> Result<bool, Failure> {
        let body = match answer {
            Ok(response) => rest::body(response)?,
            Err(fault) => return Err(Failure::from(fault)),
        };
        let Some(row) = rest::row(&body).filter(|row| row.id == self.me) else { return Ok(false) };
        let shows = row.attributes.iter().any(|(name, _)| *name == self.config.dnd.attribute);
        // It is newer than any topic's message so far.
        let fact = self.people.read_back(self.now, &row);
        if let Some(fact) = fact {
            self.tell_person(fact);
        }
        Ok(shows)
    }

    fn judge_dnd(&mut self) {
        let Some((_, on)) = self.dnd.queue.front().copied() else { return };
        let result = if self.people.dnd(&self.me) == Some(on) {
            Ok(())
        } else {
            let text =
                "Stringee did not take over do-not-disturb; try again, or set it in Stringee's own program.";
            Err(Problem::new(ProblemCode::Protocol, text))
        };
        self.dnd_done(result);
    }

    /// The server's answer to a change over the socket, which is no proof that it holds.
    pub(super) fn dnd_changed(&mut self, id: ChangeId, result: Result<(), Refusal>) {
        if self.dnd.change != Some(id) {
            return;
        }
        let hears =
            self.tokens.as_ref().is_some_and(|tokens| tokens.claims.hears_own(&self.config.dnd.attribute));
        match result {
            Err(refusal) => {
                let text = format!("Stringee did not take over do-not-disturb ({refusal}); try again.");
                self.dnd_done(Err(Problem::new(ProblemCode::Protocol, text)));
            }
            Ok(()) if hears || self.dnd.heard => {
                self.dnd.read_by = Some(self.now + READ_BACK);
                self.compare_dnd();
            }
            Ok(()) => self.dnd_done(Err(unread())),
        }
    }

    /// A topic told of the person's attribute.
    pub(super) fn dnd_heard(&mut self) {
        if self.dnd.change.is_some() {
            self.dnd.heard = true;
            self.compare_dnd();
        }
    }

    fn compare_dnd(&mut self) {
        let asked = self.dnd.queue.front().map(|(_, on)| *on);
        if self.dnd.heard && self.dnd.read_by.is_some() && self.people.dnd(&self.me) == asked {
            self.dnd_done(Ok(()));
        }
    }

    pub(super) fn dnd_due(&mut self, now: Instant) {
        if self.dnd.read_by.is_some_and(|by| by <= now) {
            if self.dnd.heard { self.judge_dnd() } else { self.dnd_done(Err(unread())) }
        }
    }

    fn dnd_done(&mut self, result: Result<(), Problem>) {
        (self.dnd.change, self.dnd.read_by) = (None, None);
        if let Some((id, _)) = self.dnd.queue.pop_front() {
            self.done(id, result);
        }
        self.put_dnd();
    }
}

fn unread() -> Problem {
    Problem::new(
        ProblemCode::Protocol,
        "Stringee took do-not-disturb, but this account cannot read back whether it holds; look in your softphone, \
         or have your organisation set up `relay_url`.",
    )
}
