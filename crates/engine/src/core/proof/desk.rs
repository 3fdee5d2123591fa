//! What a person sees of a generated world: the alerts, each put up and taken away as faces are told to; and what is
//! kept on disk.

use std::collections::{BTreeMap, BTreeSet};

use model::{AccountId, CallId, CallState, Change, Time};
use providers::{Action, ActionId, DndChange};

use super::{history::History, world::Lie};
use crate::{
    AlertKind, Observed, Order,
    core::{Core, Effect},
};

#[derive(Debug)]
pub(super) struct Desk {
    pub(super) shown: BTreeMap<CallId, AlertKind>,
    ended: BTreeSet<CallId>,
    pub(super) history: History,
    /// What do-not-disturb remembers.
    pub(super) dnd: Option<Vec<u8>>,
    /// What is asked of accounts about it.
    pub(super) orders: Vec<(AccountId, ActionId, DndChange)>,
    pub(super) lie: Option<Lie>,
}

impl Desk {
    pub(super) fn new(lie: Option<Lie>, wall: Time) -> Self {
        Self {
            shown: BTreeMap::new(),
            ended: BTreeSet::new(),
            history: History::new(wall),
            dnd: None,
            orders: Vec::new(),
            lie,
        }
    }

    /// The program ends: only what is on disk is left.
    pub(super) fn end(&mut self) {
        self.shown.clear();
        self.ended.clear();
        self.orders.clear();
    }

    /// Does what the core wants done.
    pub(super) fn carry_out(&mut self, core: &mut Core) -> Result<(), String> {
        let mut told = None;
        for effect in core.effects() {
            match effect {
                Effect::Show(alert) => drop(self.shown.insert(alert.call, alert.kind)),
                Effect::Withdraw(_) if self.lie == Some(Lie::AlertsStay) => {}
                Effect::Withdraw(call) => {
                    if self.shown.remove(&call).is_none() {
                        return Err(format!("an alert for {call} is taken away, and there is none"));
                    }
                }
                Effect::Keep(write) => told = self.history.keep(write).or(told),
                Effect::Remember(text) => self.dnd = Some(text),
                Effect::Order(account, Order::Act(id, Action::SetDnd(change))) => {
                    self.orders.push((account, id, change));
                }
                Effect::Observed(Observed::Change(Change::Call { call, .. })) => {
                    if (call.state == CallState::Ended) != call.outcome.is_some() {
                        return Err(format!(
                            "{} is {:?} with outcome {:?}",
                            call.id, call.state, call.outcome
                        ));
                    }
                    if self.ended.contains(&call.id) {
                        return Err(format!("{} is told of after its end", call.id));
                    }
                    if call.state == CallState::Ended {
                        self.ended.insert(call.id.clone());
                    }
                }
                Effect::Observed(_)
                | Effect::Order(..)
                | Effect::PopUp(_)
                | Effect::TakeBack(_)
                | Effect::Tell(_) => {}
            }
        }
        if let Some(told) = told {
            core.remember(told);
        }
        Ok(())
    }
}
