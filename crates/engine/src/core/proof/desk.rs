//! What a person sees of a generated world: the alerts, each put up and taken away as faces are told to.

use std::collections::{BTreeMap, BTreeSet};

use model::{CallId, CallState, Change, Outcome};

use super::world::Lie;
use crate::{
    AlertKind, Observed,
    core::{Core, Effect},
    store::Write,
};

#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) shown: BTreeMap<CallId, AlertKind>,
    ended: BTreeSet<CallId>,
    /// The history: a row a call.
    pub(super) rows: BTreeMap<CallId, Option<Outcome>>,
    pub(super) lie: Option<Lie>,
}

impl Desk {
    pub(super) fn new(lie: Option<Lie>) -> Self {
        Self { lie, ..Self::default() }
    }

    /// Does what the core wants done.
    pub(super) fn carry_out(&mut self, core: &mut Core) -> Result<(), String> {
        for effect in core.effects() {
            if let Effect::Show(alert) = &effect {
                self.shown.insert(alert.call.clone(), alert.kind);
            } else if let Effect::Withdraw(call) = &effect {
                if self.lie == Some(Lie::AlertsStay) {
                    continue;
                }
                if self.shown.remove(call).is_none() {
                    return Err(format!("an alert for {call} is taken away, and there is none"));
                }
            } else if let Effect::Keep(Write::Call(call)) = &effect {
                self.rows.insert(call.id.clone(), call.outcome);
            } else if let Effect::Observed(Observed::Change(Change::Call { call, .. })) = &effect {
                if (call.state == CallState::Ended) != call.outcome.is_some() {
                    return Err(format!("{} is {:?} with outcome {:?}", call.id, call.state, call.outcome));
                }
                if self.ended.contains(&call.id) {
                    return Err(format!("{} is told of after its end", call.id));
                }
                if call.state == CallState::Ended {
                    self.ended.insert(call.id.clone());
                }
            }
        }
        Ok(())
    }
}
