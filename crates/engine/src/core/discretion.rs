//! What the person and the desktop say about alerts as a whole: who may see the screen, which callers are to be quiet,
//! and what a button stands for.

use std::time::Duration;

use model::{Call, CallId, Discretion, PhoneNumber, QuietCaller, Time};
use protocols::Instant;

use crate::{
    AlertAction, AlertKind, Command, Possible, Surroundings, Window,
    alert::{callers::QuietCallers, wishes::Naming},
    camp,
    core::Core,
    outputs::{Able, Screen},
};

impl Core {
    /// The command that a button of an alert stands for; `None` if it can no longer be done.
    pub fn meaning(&self, call: CallId, action: AlertAction) -> Option<Command> {
        Some(match action {
            AlertAction::Open => Command::Open { window: Window::Main },
            AlertAction::PickUp => {
                let (queue, caller) = self.waiting(self.call(&call)?)?;
                Command::PickUp { queue, caller: Some(caller) }
            }
            AlertAction::Silence => Command::Silence { call },
            AlertAction::CallBack => Command::CallBack { call },
            AlertAction::Call => Command::CallPerson { person: camp::person_of(&call) },
            AlertAction::OpenCrm => Command::OpenCrm { call },
            AlertAction::QuietCaller => Command::QuietCaller { call },
            AlertAction::CopyNumber => Command::CopyNumber { call },
        })
    }

    /// What this desktop can do besides showing.
    pub fn possible(&mut self, possible: Possible) {
        self.possible = possible;
    }

    pub(super) fn able_to(&self, call: &Call) -> Able {
        let able = self.capabilities.get(&call.account).copied().unwrap_or_default();
        Able {
            pick_up: able.pick_up && self.waiting(call).is_some(),
            dial: able.dial,
            copy: self.possible.copies,
            browse: self.possible.browses,
        }
    }

    /// The queue and the place in it of somebody who waits there to be picked up.
    fn waiting(&self, call: &Call) -> Option<(String, String)> {
        let (_, facts) = self.snapshot.accounts().find(|(account, _)| **account == call.account)?;
        facts.queues.iter().find_map(|(local, queue)| {
            let is_its_line =
                call.line.as_ref().is_some_and(|line| line.id == *local || line.name == queue.name);
            let waiting = queue.waiting.iter().find(|waiting| {
                waiting.id.as_deref() == Some(call.id.local())
                    || is_its_line && waiting.number.is_some() && waiting.number == call.peer.number
            })?;
            Some((queue.id.clone(), waiting.id.clone()?))
        })
    }

    /// Where the caller of a call is looked up.
    pub fn crm_address(&self, call: &CallId) -> Option<String> {
        self.alerts.wishes.crm.as_ref()?.address(self.call(call)?)
    }

    /// Who may see the screen has changed.
    pub fn surroundings(&mut self, surroundings: Surroundings) {
        if self.alerts.surroundings != surroundings {
            self.alerts.surroundings = surroundings;
            self.reconsider_ringing();
        }
    }

    /// The screen is shared for this long from here on, or no longer.
    pub fn share(&mut self, now: Instant, wall: Time, lasts_for: Option<Duration>) {
        self.alerts.sharing = lasts_for.map(|time| (now + time, wall.plus(time)));
        self.reconsider_ringing();
    }

    pub(super) fn screen(&self) -> Screen {
        let Surroundings { locked, inhibited } = self.alerts.surroundings;
        Screen { locked, sharing: self.alerts.sharing.is_some(), inhibited }
    }

    /// Who may see the screen, for faces.
    pub(super) fn discretion(&self) -> Discretion {
        let Screen { locked, sharing, inhibited } = self.screen();
        let (naming, _) = self.screen().naming(&self.alerts.wishes, AlertKind::Incoming);
        Discretion {
            locked,
            sharing,
            sharing_until: self.alerts.sharing.map(|(_, until)| until),
            inhibited,
            hides_names: naming != Naming::Show,
        }
    }

    /// Lets a shared screen and quiet callers end.
    pub(super) fn discretion_tick(&mut self, now: Instant, wall: Time) {
        self.alerts.wall = wall;
        if self.alerts.sharing.is_some_and(|(until, _)| until <= now) {
            self.alerts.sharing = None;
            self.reconsider_ringing();
        }
    }

    /// The callers the person wants quiet about, as they were kept.
    pub fn use_quiet_callers(&mut self, kept: &str) {
        self.alerts.callers = QuietCallers::parse(kept);
    }

    /// Those to be kept.
    pub fn quiet_callers_to_keep(&self) -> Vec<u8> {
        self.alerts.callers.encode()
    }

    pub(super) fn quiet_callers(&self) -> Vec<QuietCaller> {
        self.alerts.callers.all(self.alerts.wall)
    }

    /// Quiet about this caller until the end of the day.
    pub fn quiet_caller(&mut self, number: PhoneNumber, wall: Time) {
        self.alerts.wall = wall;
        self.alerts.callers.add(number, wall);
        self.reconsider_ringing();
    }

    /// No longer quiet about this caller, or about any; whether there was one.
    pub fn allow_caller(&mut self, number: Option<&PhoneNumber>) -> bool {
        let was_quiet = self.alerts.callers.remove(number);
        self.reconsider_ringing();
        was_quiet
    }

    /// The reasons of all calls in a view.
    pub(super) fn decisions_of<'c>(
        &self,
        calls: impl Iterator<Item = &'c std::sync::Arc<Call>>,
    ) -> std::collections::BTreeMap<CallId, model::Alerted> {
        calls.filter_map(|call| Some((call.id.clone(), self.decision(&call.id)?.clone()))).collect()
    }
}
