//! Do-not-disturb between what is known and what is done.

use model::{AccountId, Availability, Call, CallId, CallState, Direction, Person, Problem, Time};
use protocols::Instant;
use providers::{Action, ActionId};

use crate::{
    Command, DndLength, Notice, Order, Reply, Window,
    core::{Core, Effect},
    dnd::{Moment, Out, Shown},
};

/// What a person does with do-not-disturb.
#[derive(Debug, Clone, Copy)]
pub(crate) enum DndSwitch {
    /// Switch it on.
    On(DndLength),
    /// Switch it off, wherever it is on.
    Off,
    /// Off if it is on anywhere, else on.
    Toggle,
    /// Let it stay on without an end.
    Keep,
}

impl Core {
    /// What do-not-disturb kept when the program ran last.
    pub fn recall_dnd(&mut self, now: Instant, wall: Time, text: &[u8]) {
        if let Err(problem) = self.dnd.recall(Moment { now, wall }, text) {
            self.dnd_forgets = true;
            self.part(now, "dnd", Some(problem));
        }
    }

    /// A person switches do-not-disturb; [`Core::dnd_verdict`] tells what became of it.
    ///
    /// # Errors
    /// For an end in the past or too far away.
    pub(crate) fn switch_dnd(&mut self, now: Instant, wall: Time, switch: DndSwitch) -> Reply {
        let moment = Moment { now, wall };
        match switch {
            DndSwitch::On(length) => return self.dnd.on(moment, length),
            DndSwitch::Toggle => return self.dnd.toggle(moment),
            DndSwitch::Keep => self.dnd.keep(moment),
            DndSwitch::Off => self.dnd.off(moment),
        }
        Ok(())
    }

    /// Whether all that was asked of do-not-disturb is done; `None`: not yet.
    pub fn dnd_verdict(&mut self, now: Instant) -> Option<Reply> {
        self.dnd.verdict(now)
    }

    /// What became of an action.
    pub fn done(&mut self, now: Instant, id: ActionId, result: &Result<(), Problem>) {
        self.dnd.done(now, id, result);
    }

    /// How long until [`Core::advance`] has something to do.
    pub fn due_in(&self, now: Instant) -> Option<std::time::Duration> {
        self.dnd.due_in(now)
    }

    /// Time goes by: to be called after everything that has happened.
    pub fn advance(&mut self, now: Instant, wall: Time) {
        let next_action = &mut self.next_action;
        self.dnd.advance(Moment { now, wall }, &mut || {
            *next_action += 1;
            ActionId(*next_action)
        });
        self.carry_on();
    }

    fn carry_on(&mut self) {
        for out in self.dnd.out() {
            match out {
                Out::Keep(_) if self.dnd_forgets => {}
                Out::Keep(text) => self.effects.push(Effect::Remember(text)),
                Out::Act(account, id, change) => {
                    self.effects.push(Effect::Order(account, Order::Act(id, Action::SetDnd(change))));
                }
                Out::Ask => {
                    self.dnd_asked = true;
                    self.effects.push(Effect::Tell(question()));
                }
                Out::Changed => self.reconsider_ringing(),
            }
        }
        if self.dnd_asked && !self.dnd.is_asking() {
            self.dnd_asked = false;
            self.effects.push(Effect::TakeBack(QUESTION));
        }
    }

    pub(super) fn shows_dnd(&mut self, now: Instant, account: &AccountId, me: &Person) {
        let is_busy = matches!(me.availability, Availability::Busy | Availability::Ringing);
        let shown = Shown { on: me.dnd, until: me.dnd_until, is_busy };
        self.dnd.shows(now, account, shown);
        self.carry_on();
    }

    pub(super) fn rang(&mut self, now: Instant, call: &Call) {
        if call.state == CallState::Ringing && call.direction == Direction::Incoming {
            let snapshot = &self.snapshot;
            let is_open = |id: &CallId| snapshot.open_calls().any(|call| call.id == *id);
            self.dnd.rang(now, call, is_open);
        } else if call.state == CallState::Ended {
            self.dnd.over(now, &call.id);
        }
    }
}

/// The notice that [`question`] is.
const QUESTION: &str = "dnd";

/// Asks whether do-not-disturb without an end is to stay on.
fn question() -> Notice {
    Notice {
        key: QUESTION,
        once: false,
        title: "Do not disturb is still on".to_owned(),
        body: "Calls stay quiet until you switch it off.".to_owned(),
        buttons: vec![
            ("Open", Command::Open { window: Window::Main }),
            ("Keep on", Command::DndKeep),
            ("Switch off", Command::DndOff),
        ],
    }
}
