//! What do-not-disturb tells: to calls, to whoever asked for it, to faces.

use model::{AccountId, Call, CallId, Dnd as DndView, DndOrigin, Problem, Time};
use protocols::Instant;

use super::{Dnd, Layer, Says, kept::LayerId, manual::Manual, site::Site};

impl Dnd {
    /// A call rings; `is_open` tells whether another one has not ended.
    pub(crate) fn rang(&mut self, now: Instant, call: &Call, is_open: impl Fn(&CallId) -> bool) {
        if call.mine != Some(false) {
            self.rung.rang(now, call, is_open);
        }
    }

    /// A call has ended.
    pub(crate) fn over(&mut self, now: Instant, call: &CallId) {
        self.rung.over(now, call);
    }

    /// Whether a call is kept quiet, and why.
    pub(crate) fn says(&self, call: &Call) -> Says {
        if !self.is_quiet(&call.account) {
            return Says::Nothing;
        }
        if call.peer.number.as_ref().is_some_and(|number| self.plan.let_through.contains(number)) {
            return Says::Through("do not disturb lets this number through");
        }
        if self.rung.is_again(&call.id, self.plan.second_call_within) {
            return Says::Through("the same number calls a second time");
        }
        Says::Quiet(match self.layer_at(&call.account).map(|layer| layer.id) {
            Some(LayerId::Manual(_)) => "do not disturb is on",
            Some(LayerId::Schedule(_)) => "do not disturb is on by schedule",
            None => "do not disturb was switched on at the provider",
        })
    }

    pub(super) fn is_quiet(&self, account: &AccountId) -> bool {
        self.layer_at(account).is_some() || self.sites.get(account).is_some_and(Site::is_on_elsewhere)
    }

    /// Whether it is on here, or keeps any account quiet.
    pub(crate) fn is_on(&self) -> bool {
        self.layer.is_some() || self.sites.values().any(Site::is_on_elsewhere)
    }

    /// What is on here for an account.
    fn layer_at(&self, account: &AccountId) -> Option<Layer> {
        self.layer.filter(|layer| self.sites.get(account).is_some_and(|site| !site.has_yielded(layer.id)))
    }

    /// Whether all that was asked for is done, as far as it can be, and what is wrong; `None`: not yet.
    pub(crate) fn verdict(&mut self, now: Instant) -> Option<Result<(), Problem>> {
        let layer = self.layer;
        if self.is_due || self.sites.values_mut().any(|site| site.is_unsettled(now, layer)) {
            return None;
        }
        let troubles: Vec<String> = self
            .sites
            .iter()
            .filter_map(|(account, site)| Some(format!("{account}: {}", site.trouble()?.text)))
            .collect();
        let code = self.sites.values().find_map(Site::trouble).map(|problem| problem.code);
        Some(match code {
            None => Ok(()),
            Some(code) => {
                let here = if layer.is_some() { "Quiet here" } else { "Off here" };
                let text =
                    format!("{here}, but not everywhere, which is tried again: {}", troubles.join(" "));
                Err(Problem::new(code, text))
            }
        })
    }

    /// What faces see.
    pub(crate) fn view(&self) -> DndView {
        let layer = self.layer;
        let elsewhere: Vec<&Site> = self.sites.values().filter(|site| site.is_on_elsewhere()).collect();
        let origin = match layer.map(|layer| layer.id) {
            Some(LayerId::Manual(_)) => Some(DndOrigin::Manual),
            Some(LayerId::Schedule(_)) => Some(DndOrigin::Schedule),
            None if elsewhere.is_empty() => None,
            None => Some(DndOrigin::Elsewhere),
        };
        let ends: Option<Vec<Time>> = elsewhere.iter().map(|site| site.until()).collect();
        let until = match layer {
            Some(layer) => layer.until,
            None => ends.and_then(|ends| ends.into_iter().max()),
        };
        let since = layer.map(|layer| match layer.id {
            LayerId::Manual(since) | LayerId::Schedule(since) => since,
        });
        DndView {
            on: origin.is_some(),
            until,
            accounts: self.sites.keys().filter(|account| self.is_quiet(account)).cloned().collect(),
            origin,
            since,
            asks_again_at: self.manual.and_then(Manual::asks_again_at),
            asking: self.is_asking(),
            held_off_until: self.held_off_until,
            states: self
                .sites
                .iter()
                .map(|(account, site)| site.state(account, self.last, layer.map(|layer| layer.id)))
                .collect(),
        }
    }
}
