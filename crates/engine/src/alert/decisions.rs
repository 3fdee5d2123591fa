use std::collections::{HashMap, VecDeque};

use model::{AccountId, Alerted, CallId};

/// As many ended calls as are remembered themselves.
const ENDED: usize = 1_000;

/// The last decision on each call.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    known: HashMap<CallId, Alerted>,
    /// The calls among them that have ended, newest last.
    ended: VecDeque<CallId>,
}

impl Decisions {
    /// Notes a decision; whether it is another one than before.
    pub(crate) fn note(&mut self, call: &CallId, decided: &Alerted) -> bool {
        if self.known.get(call) == Some(decided) {
            return false;
        }
        self.known.insert(call.clone(), decided.clone());
        true
    }

    pub(crate) fn of(&self, call: &CallId) -> Option<&Alerted> {
        self.known.get(call)
    }

    /// No more is decided on this call.
    pub(crate) fn ended(&mut self, call: &CallId) {
        if !self.known.contains_key(call) {
            return;
        }
        if self.ended.len() >= ENDED
            && let Some(oldest) = self.ended.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.ended.push_back(call.clone());
    }

    /// Forgets an account that is gone.
    pub(crate) fn forget(&mut self, account: &AccountId) {
        let is_theirs =
            |call: &CallId| call.as_str().split_once('/').is_some_and(|(of, _)| of == account.as_str());
        self.known.retain(|call, _| !is_theirs(call));
        self.ended.retain(|call| !is_theirs(call));
    }
}

#[cfg(test)]
mod tests {
    use model::Reason;

    use super::*;

    #[test]
    fn as_many_ended_calls_are_remembered_as_there_is_room_for() {
        let mut decisions = Decisions::default();
        let call = |n: usize| CallId::from(format!("work/{n}").as_str());
        for n in 0..ENDED + 10 {
            assert!(decisions.note(&call(n), &Alerted::quiet(Reason::Dnd)));
            assert!(!decisions.note(&call(n), &Alerted::quiet(Reason::Dnd)));
            decisions.ended(&call(n));
        }
        assert_eq!(decisions.known.len(), ENDED);
        assert!(decisions.of(&call(9)).is_none() && decisions.of(&call(10)).is_some());
        decisions.forget(&AccountId::from("work"));
        assert!(decisions.known.is_empty() && decisions.ended.is_empty());
    }
}
