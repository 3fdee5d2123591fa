//! What is put before the person about calls, and what is taken away again.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use model::{AccountId, Alerted, Call, CallId, CallState, Direction, Outcome, Reason, Time};
use protocols::Instant;

use crate::{
    Alert, AlertKind, Surroundings,
    alert::{
        callers::QuietCallers,
        decisions::Decisions,
        same::{Group, SameCalls, is_answered, is_of},
        wishes::Wishes,
    },
    core::{Core, Effect, Observed},
    outputs::{Circumstances, Decision, decide, names_caller},
    store::Write,
};

/// So many alerts of missed calls stay; the oldest is taken away for the next. All are in the history.
const MISSED_SHOWN: usize = 100;

/// So many missed calls of this run are counted until somebody has looked at them.
const MISSED_COUNTED: usize = 1_000;

/// The memory of alerts: calls that have ended are not in it, but for missed calls' own alerts.
#[derive(Debug)]
pub(super) struct Alerts {
    pub(super) wishes: Wishes,
    /// The last decision on each call.
    pub(super) decisions: Decisions,
    /// The alerts before the person.
    shown: BTreeMap<CallId, Alert>,
    /// Those among them that stay when the call is over, oldest first.
    left: VecDeque<CallId>,
    silenced: BTreeSet<CallId>,
    pub(super) same: SameCalls,
    pub(super) callers: QuietCallers,
    pub(super) surroundings: Surroundings,
    /// Until when the person shares the screen.
    pub(super) sharing: Option<(Instant, Time)>,
    /// The time of day, as far as it has been told.
    pub(super) wall: Time,
}

impl Alerts {
    pub(super) fn new(wall: Time) -> Self {
        Self {
            wishes: Wishes::default(),
            decisions: Decisions::default(),
            shown: BTreeMap::new(),
            left: VecDeque::new(),
            silenced: BTreeSet::new(),
            same: SameCalls::default(),
            callers: QuietCallers::default(),
            surroundings: Surroundings::default(),
            sharing: None,
            wall,
        }
    }
}

impl Core {
    /// No more alerts for this call.
    pub fn silence(&mut self, call: CallId) {
        let calls = self.alerts.same.group(&call).map_or_else(|| vec![call], |group| group.members.clone());
        self.alerts.silenced.extend(calls.iter().cloned());
        for call in calls {
            self.withdraw(&call);
            if let Some(known) = self.snapshot.find_call(&call).cloned() {
                self.reconsider(&known, true);
            }
        }
    }

    /// What was decided on a call, and why; `None` if nothing was, or too long ago.
    pub fn decision(&self, call: &CallId) -> Option<&Alerted> {
        self.alerts.decisions.of(call)
    }

    /// The call of another account that this one is: the one that was heard first.
    pub fn same_call(&self, call: &CallId) -> Option<&CallId> {
        self.alerts.same.link(call)
    }

    pub(super) fn call_changed(&mut self, now: Instant, before: Option<CallState>, call: &Arc<Call>) {
        let settled = self.alerts.same.group(&call.id).map_or(0, Group::settled);
        self.alerts.same.heard(now, call);
        // Nobody is to count what was answered as missed, not even while one talks.
        if let Some(group) = self.alerts.same.group(&call.id).filter(|group| group.settled() > settled) {
            let seen = group.unanswered.iter().map(|call| Effect::Keep(Write::Seen(Some(call.clone()))));
            self.effects.extend(seen);
        }
        let seen_open = before.is_some();
        self.reconsider(call, seen_open);
        if call.state == CallState::Ended {
            self.ended(call, seen_open);
        }
    }

    fn ended(&mut self, call: &Call, seen_open: bool) {
        match self.alerts.same.group(&call.id).cloned() {
            Some(group) if self.is_over(&group) => self.group_ended(&group),
            Some(_) => {}
            None => {
                let unanswered = matches!(call.outcome, Some(Outcome::Missed | Outcome::Voicemail));
                let news = self.is_news(call, seen_open);
                if unanswered && news && call.mine == Some(true) && call.direction == Direction::Incoming {
                    self.count_missed(&call.id);
                }
            }
        }
        self.alerts.decisions.ended(&call.id);
        self.alerts.silenced.remove(&call.id);
    }

    fn count_missed(&mut self, call: &CallId) {
        if !self.missed.contains(call) {
            self.missed.push_back(call.clone());
        }
        if self.missed.len() > MISSED_COUNTED {
            self.missed.pop_front();
        }
    }

    /// One call is missed once, and not at all if it was answered through another account.
    fn group_ended(&mut self, group: &Group) {
        let missed = group.unanswered.first().filter(|_| !group.is_answered);
        if let Some(missed) = missed {
            self.count_missed(missed);
        }
        for other in group.unanswered.iter().filter(|call| Some(*call) != missed) {
            self.effects.push(Effect::Keep(Write::Seen(Some(other.clone()))));
        }
        if let Some(shown) = missed.or_else(|| self.best_told(group)).cloned() {
            for other in group.members.iter().filter(|call| **call != shown) {
                self.effects.push(Effect::Keep(Write::Same(other.clone(), shown.clone())));
            }
        }
        if let Some(leader) = group.leader() {
            self.alerts.same.over(leader);
        }
    }

    /// Who knows best what became of a call: whose owner answered it, then who knows that somebody did.
    fn best_told<'a>(&self, group: &'a Group) -> Option<&'a CallId> {
        group.members.iter().min_by_key(|call| {
            let call = self.snapshot.find_call(call);
            let elsewhere = call.and_then(|call| call.outcome) == Some(Outcome::AnsweredElsewhere);
            (!call.is_some_and(|call| is_answered(call)), elsewhere)
        })
    }

    /// Whether no account reports this call any more.
    fn is_over(&self, group: &Group) -> bool {
        group
            .members
            .iter()
            .filter_map(|call| self.snapshot.find_call(call))
            .all(|call| call.state == CallState::Ended)
    }

    /// Decides on a call again.
    pub(super) fn reconsider(&mut self, call: &Arc<Call>, seen_open: bool) {
        match self.alerts.same.group(&call.id).cloned() {
            Some(group) => self.reconsider_group(&group, call, seen_open),
            None if self.snapshot.may_be_live(&call.account) => self.decide_on(&call.id, call, seen_open),
            None => {}
        }
    }

    /// Decides on everything that rings.
    pub(super) fn reconsider_ringing(&mut self) {
        let ringing: Vec<_> =
            self.snapshot.open_calls().filter(|call| call.state == CallState::Ringing).cloned().collect();
        for call in ringing {
            self.reconsider(&call, true);
        }
    }

    /// Decides on every open call of an account.
    pub(super) fn reconsider_all_of(&mut self, account: &AccountId) {
        let open: Vec<_> =
            self.snapshot.open_calls().filter(|call| call.account == *account).cloned().collect();
        for call in open {
            self.reconsider(&call, true);
        }
    }

    /// One call by several accounts: the first that would show it speaks for it, under the first one's name.
    fn reconsider_group(&mut self, group: &Group, changed: &Arc<Call>, seen_open: bool) {
        let Some(leader) = group.leader() else { return };
        let known = group.members.iter().filter_map(|call| self.snapshot.find_call(call));
        let rings =
            |call: &&Arc<Call>| call.state == CallState::Ringing && self.snapshot.may_be_live(&call.account);
        let mut judged: Vec<(CallId, Option<Decision>)> =
            known.filter(rings).map(|call| (call.id.clone(), self.judge(call, true))).collect();
        if group.is_answered || judged.is_empty() && !self.is_over(group) {
            self.withdraw(leader);
            return;
        }
        if judged.is_empty() {
            let missed = group.unanswered.first().and_then(|call| self.snapshot.find_call(call)).cloned();
            return self.decide_on(leader, missed.as_ref().unwrap_or(changed), seen_open);
        }
        let shows =
            |(_, decision): &(CallId, Option<Decision>)| matches!(decision, Some(Decision::Show { .. }));
        let speaker = judged.iter().position(shows).map(|place| judged.remove(place));
        let stands_for = match speaker {
            Some((speaker, decision)) => {
                self.act_on(leader, &speaker, decision);
                Some(speaker)
            }
            None => {
                self.withdraw(leader);
                None
            }
        };
        for (other, decision) in judged {
            let same_as = if other == *leader { stands_for.clone() } else { Some(leader.clone()) };
            match (decision, same_as) {
                (Some(Decision::Show { .. }), Some(one)) => {
                    let why = format!("the same call as {one}").into();
                    let same_as = Some(one);
                    self.decided(&other, Alerted { why, same_as, ..Alerted::quiet(Reason::SameCall) });
                }
                (Some(Decision::Quiet(why)), _) => self.decided(&other, why),
                (Some(Decision::Show { .. }) | None, _) => {}
            }
        }
    }

    /// Shows or withdraws the alert of `place` by what is to be done about `call`.
    fn decide_on(&mut self, place: &CallId, call: &Arc<Call>, seen_open: bool) {
        let decision = self.judge(call, seen_open);
        if decision.is_none() {
            if call.state != CallState::Ringing && self.rings(place) {
                self.withdraw(place);
            }
            if call.direction == Direction::Incoming && self.decision(&call.id).is_none() {
                self.alerts.decisions.note(&call.id, &Alerted::quiet(Reason::NeverRang));
            }
        }
        self.act_on(place, &call.id, decision);
    }

    fn judge(&self, call: &Call, seen_open: bool) -> Option<Decision> {
        let account = self.settings.account(&call.account)?;
        let circumstances = Circumstances {
            wishes: &self.alerts.wishes,
            popup_window: self.settings.popup_window,
            dnd: self.dnd.says(call),
            silenced: self.alerts.silenced.contains(&call.id),
            quiet_caller: self.alerts.callers.has(call.peer.number.as_ref(), self.alerts.wall),
            fresh: self.is_news(call, seen_open),
            screen: self.screen(),
            able: self.able_to(call),
        };
        let mut decision = decide(call, account, circumstances);
        if let Some(Decision::Show { alert, .. }) = &mut decision
            && names_caller(alert)
        {
            self.add_note(call, alert);
        }
        decision
    }

    fn act_on(&mut self, place: &CallId, call: &CallId, decision: Option<Decision>) {
        match decision {
            Some(Decision::Show { alert, pops_up, why }) => {
                let alert = Alert { call: place.clone(), ..alert };
                if self.alerts.shown.get(place) != Some(&alert) {
                    let pops_up = pops_up && !self.rings(place);
                    self.show(alert);
                    if pops_up {
                        self.effects.push(Effect::PopUp(place.clone()));
                    }
                }
                self.decided(call, why);
            }
            Some(Decision::Quiet(why)) => {
                self.withdraw(place);
                self.decided(call, why);
            }
            None => {}
        }
    }

    pub(super) fn decided(&mut self, call: &CallId, alerted: Alerted) {
        if !self.alerts.decisions.note(call, &alerted) {
            return;
        }
        // What an earlier run decided on a call that it saw is the better answer.
        if alerted.reason != Reason::Earlier {
            let (shown, why) = (alerted.shown, alerted.why.clone().into_owned());
            self.effects.push(Effect::Keep(Write::Decided { call: call.clone(), shown, why }));
        }
        if self.observed {
            self.effects.push(Effect::Observed(Observed::Decided { call: call.clone(), decided: alerted }));
        }
    }

    pub(super) fn show(&mut self, alert: Alert) {
        self.alerts.shown.insert(alert.call.clone(), alert.clone());
        self.alerts.left.retain(|call| *call != alert.call);
        if alert.kind == AlertKind::Missed {
            self.alerts.left.push_back(alert.call.clone());
        }
        self.effects.push(Effect::Show(alert));
        if self.alerts.left.len() > MISSED_SHOWN
            && let Some(oldest) = self.alerts.left.pop_front()
        {
            self.withdraw(&oldest);
        }
    }

    fn rings(&self, call: &CallId) -> bool {
        self.alerts.shown.get(call).is_some_and(|alert| alert.kind == AlertKind::Incoming)
    }

    /// Takes away the alert that stands for a call.
    pub(super) fn withdraw(&mut self, call: &CallId) {
        let has_own = self.alerts.shown.contains_key(call);
        let place = self.same_call(call).filter(|_| !has_own).unwrap_or(call).clone();
        if self.alerts.shown.remove(&place).is_some() {
            self.alerts.left.retain(|call| *call != place);
            self.effects.push(Effect::Withdraw(place));
        }
    }

    /// Takes away what rings under the name of an account's calls: whoever else tells of them shows them anew.
    pub(super) fn withdraw_ringing_of(&mut self, account: &AccountId) {
        let is_theirs = |alert: &&Alert| alert.kind == AlertKind::Incoming && is_of(&alert.call, account);
        let theirs: Vec<CallId> =
            self.alerts.shown.values().filter(is_theirs).map(|alert| alert.call.clone()).collect();
        theirs.iter().for_each(|call| self.withdraw(call));
    }

    /// Nobody knows any more whether the calls of an account still ring, but for those that another one tells of.
    pub(super) fn out_of_sight(&mut self, account: &AccountId) {
        for call in self.snapshot.hand_over(account) {
            self.reconsider(&call, true);
        }
        let lost: Vec<Arc<Call>> = self
            .snapshot
            .open_calls()
            .filter(|call| call.account == *account && call.state == CallState::Ringing)
            .cloned()
            .collect();
        for call in lost {
            let was_shown = self.decision(&call.id).is_some_and(|decided| decided.shown);
            match self.alerts.same.group(&call.id).cloned() {
                Some(group) => self.reconsider_group(&group, &call, true),
                None => self.withdraw(&call.id),
            }
            if was_shown {
                self.decided(&call.id, Alerted::quiet(Reason::OutOfSight));
            }
        }
    }
}
