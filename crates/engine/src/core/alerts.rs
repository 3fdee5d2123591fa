//! What is put before the person about calls, and what is taken away again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use model::{AccountId, Call, CallId, CallState, Direction, Outcome};

use crate::{
    Alert, AlertAction, AlertKind, Command, Window, camp,
    core::{Core, Effect, Observed},
    outputs::{Circumstances, Decision, decide},
    store::Write,
};

/// The memory of alerts: calls that have ended are not in it, but for missed calls' own alerts.
#[derive(Debug, Default)]
pub(super) struct Alerts {
    /// The last decision on each call that has not ended.
    decided: BTreeMap<CallId, &'static str>,
    /// The alerts before the person.
    shown: BTreeMap<CallId, Alert>,
    silenced: BTreeSet<CallId>,
}

impl Core {
    /// The command that a button of an alert stands for.
    pub fn meaning(call: CallId, action: AlertAction) -> Command {
        match action {
            AlertAction::Open => Command::Open { window: Window::Main },
            AlertAction::Silence => Command::Silence { call },
            AlertAction::CallBack => Command::CallBack { call },
            AlertAction::Call => Command::CallPerson { person: camp::person_of(&call) },
        }
    }

    /// No more alerts for this call.
    pub fn silence(&mut self, call: CallId) {
        self.alerts.silenced.insert(call.clone());
        self.withdraw(&call);
        if let Some(known) = self.snapshot.find_call(&call).cloned() {
            self.reconsider(&known, true);
        }
    }

    pub(super) fn call_changed(&mut self, before: Option<CallState>, call: &Arc<Call>) {
        let seen_open = before.is_some();
        if call.state != CallState::Ringing && self.rings(&call.id) {
            // A missed call's own alert takes the place of the ringing one.
            let replaced = matches!(call.outcome, Some(Outcome::Missed | Outcome::Voicemail));
            if !replaced {
                self.withdraw(&call.id);
            }
        }
        self.reconsider(call, seen_open);
        if call.state == CallState::Ended {
            self.ended(call, seen_open);
        }
    }

    fn ended(&mut self, call: &Call, seen_open: bool) {
        let unanswered = matches!(call.outcome, Some(Outcome::Missed | Outcome::Voicemail));
        let recent = seen_open || call.ended_at.is_none_or(|at| at >= self.started_at);
        if unanswered && recent && call.mine == Some(true) && call.direction == Direction::Incoming {
            self.missed.insert(call.id.clone());
        }
        if self.rings(&call.id) {
            self.withdraw(&call.id);
        }
        self.alerts.decided.remove(&call.id);
        self.alerts.silenced.remove(&call.id);
    }

    pub(super) fn reconsider(&mut self, call: &Call, seen_open: bool) {
        let Some(account) = self.settings.account(&call.account) else { return };
        if !self.snapshot.may_be_live(&call.account) {
            return;
        }
        let circumstances = Circumstances {
            dnd: self.dnd.says(call),
            silenced: self.alerts.silenced.contains(&call.id),
            fresh: seen_open || call.ended_at.is_some_and(|at| at >= self.started_at),
        };
        let Some(decision) = decide(call, account, circumstances) else { return };
        let why = decision.why();
        let shown = matches!(decision, Decision::Show(_));
        match decision {
            Decision::Show(mut alert) => {
                self.add_note(call, &mut alert);
                if self.alerts.shown.get(&call.id) != Some(&alert) {
                    let pops_up = alert.kind == AlertKind::Incoming && !self.rings(&call.id);
                    self.show(alert);
                    if pops_up && self.settings.popup_window {
                        self.effects.push(Effect::PopUp);
                    }
                }
            }
            Decision::Quiet(_) => self.withdraw(&call.id),
        }
        if self.alerts.decided.insert(call.id.clone(), why) != Some(why) {
            let decided = Write::Decided { call: call.id.clone(), shown, why: why.to_owned() };
            self.effects.push(Effect::Keep(decided));
        } else {
            return;
        }
        if self.observed {
            self.effects.push(Effect::Observed(Observed::Decided { call: call.id.clone(), shown, why }));
        }
    }

    pub(super) fn show(&mut self, alert: Alert) {
        self.alerts.shown.insert(alert.call.clone(), alert.clone());
        self.effects.push(Effect::Show(alert));
    }

    fn rings(&self, call: &CallId) -> bool {
        self.alerts.shown.get(call).is_some_and(|alert| alert.kind == AlertKind::Incoming)
    }

    pub(super) fn withdraw(&mut self, call: &CallId) {
        if self.alerts.shown.remove(call).is_some() {
            self.effects.push(Effect::Withdraw(call.clone()));
        }
    }

    pub(super) fn reconsider_ringing(&mut self) {
        let open = self.snapshot.open_calls();
        let ringing: Vec<_> = open.filter(|call| call.state == CallState::Ringing).cloned().collect();
        for call in ringing {
            self.reconsider(&call, true);
        }
    }

    /// Nobody knows any more whether the calls of an account still ring, but for those that another one tells of.
    pub(super) fn out_of_sight(&mut self, account: &AccountId) {
        for call in self.snapshot.hand_over(account) {
            self.reconsider(&call, true);
        }
        let lost: Vec<CallId> = self
            .snapshot
            .open_calls()
            .filter(|call| call.account == *account && self.alerts.shown.contains_key(&call.id))
            .map(|call| call.id.clone())
            .collect();
        for call in lost {
            self.withdraw(&call);
            self.alerts.decided.remove(&call);
        }
    }
}
