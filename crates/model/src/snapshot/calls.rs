//! What is known of calls.

use std::sync::Arc;

use super::{ENDED_CALLS, OPEN_CALLS, Snapshot, push_bounded};
use crate::{
    AccountId, Call, CallFact, CallId, CallState, Change, ConnectionState, Direction, Outcome, Party, Peer,
    PersonId, Time,
};

impl Snapshot {
    /// Ends the calls of `account` that still ring, and of which `is_over` says so, as `lost`: called when the
    /// connection has been away for longer than anything rings.
    pub fn lose_ringing(
        &mut self,
        account: &AccountId,
        at: Time,
        is_over: impl Fn(&Call) -> bool,
    ) -> Vec<Change> {
        let ringing: Vec<CallId> = self
            .open
            .values()
            .filter(|call| call.account == *account && call.state == CallState::Ringing && is_over(call))
            .map(|call| call.id.clone())
            .collect();
        ringing.into_iter().filter_map(|id| self.lose(account, at, id)).collect()
    }

    /// Lets go of the call that began first, if there are too many.
    pub(super) fn lose_surplus(&mut self, at: Time) -> Option<Change> {
        if self.open.len() <= OPEN_CALLS {
            return None;
        }
        let oldest = self.open.values().min_by_key(|call| call.started_at)?;
        let (account, id) = (oldest.account.clone(), oldest.id.clone());
        self.lose(&account, at, id)
    }

    /// Forgets ended calls, but for their ids: a late report makes none of them a new call.
    pub fn forget_ended(&mut self, unwanted: impl Fn(&Call) -> bool) {
        self.ended.retain(|call| !unwanted(call));
    }

    /// Forgets who was at the other end of a call.
    pub fn forget_peer(&mut self, id: &CallId) {
        let ended = self.ended.iter_mut().filter(|call| call.id == *id);
        for call in ended.chain(self.open.get_mut(id)) {
            let call = Arc::make_mut(call);
            call.peer = Peer { hidden: call.peer.hidden, ..Peer::default() };
        }
    }

    /// Looks up every caller again; tells of calls that have not ended and whose caller is somebody else now.
    pub fn look_up(&mut self, mut find: impl FnMut(&mut Peer)) -> Vec<Change> {
        let mut differs = |call: &mut Arc<Call>| {
            let mut peer = call.peer.clone();
            find(&mut peer);
            let differs = peer != call.peer;
            if differs {
                Arc::make_mut(call).peer = peer;
            }
            differs
        };
        for call in &mut self.ended {
            differs(call);
        }
        let open = self.open.values_mut().filter_map(|call| differs(call).then(|| Arc::clone(call)));
        open.map(|call| Change::Call {
            account: call.account.clone(),
            before: Some(call.state),
            was_mine: call.mine,
            call,
        })
        .collect()
    }

    fn lose(&mut self, account: &AccountId, at: Time, id: CallId) -> Option<Change> {
        let fact = CallFact {
            state: Some(CallState::Ended),
            outcome: Some(Outcome::Lost),
            ..CallFact::of(id.local())
        };
        self.fold(account, at, id, fact)
    }

    /// Gives the open calls of an account that is no longer live to live ones that tell of them as well, and tells
    /// which.
    pub fn hand_over(&mut self, account: &AccountId) -> Vec<Arc<Call>> {
        let mut given = Vec::new();
        for (id, witnesses) in &mut self.witnesses {
            let Some(call) = self.open.get_mut(id).filter(|call| call.account == *account) else { continue };
            let live = |witness: &&AccountId| {
                let connection = self.accounts.get(*witness).and_then(|facts| facts.connection.as_ref());
                connection.is_some_and(|connection| connection.state == ConnectionState::Live)
            };
            if let Some(next) = witnesses.iter().find(live).cloned() {
                witnesses.remove(&next);
                witnesses.insert(account.clone());
                Arc::make_mut(call).account = next;
                given.push(Arc::clone(call));
            }
        }
        given
    }

    pub(super) fn call(&mut self, account: &AccountId, at: Time, fact: CallFact) -> Option<Change> {
        let id = fact
            .key
            .as_ref()
            .and_then(|key| self.keys.get(key).cloned())
            .unwrap_or_else(|| CallId::new(account, &fact.id));
        self.fold(account, at, id, fact)
    }

    fn fold(&mut self, account: &AccountId, at: Time, id: CallId, mut fact: CallFact) -> Option<Change> {
        let known = self.open.get(&id);
        if known.is_none() && self.ended_ids.contains(&id) {
            return self.correct(account, at, &id, fact);
        }
        let (before, was_mine) = (known.map(|call| call.state), known.and_then(|call| call.mine));
        let mut call = known.map_or_else(
            || Call {
                id: id.clone(),
                account: account.clone(),
                direction: Direction::Incoming,
                state: CallState::Ringing,
                mine: None,
                peer: Peer::default(),
                line: None,
                people: Vec::new(),
                // Of what is told when it is over, the beginning is not now.
                started_at: [fact.answered_at, fact.ended_at].into_iter().flatten().min().or(Some(at)),
                answered_at: None,
                ended_at: None,
                outcome: None,
            },
            |call| Call::clone(call),
        );
        if call.account != *account {
            let witnesses = self.witnesses.entry(id.clone()).or_default();
            witnesses.insert(account.clone());
            let blind = self.accounts.get(&call.account).and_then(|facts| facts.connection.as_ref());
            if blind.is_some_and(|connection| connection.state != ConnectionState::Live) {
                witnesses.remove(account);
                witnesses.insert(std::mem::replace(&mut call.account, account.clone()));
            }
        }
        let people = &self.account(account).people;
        let parties: Vec<Party> = fact
            .people
            .iter()
            .map(|local| match people.get(local.as_str()) {
                Some(person) => Party { id: person.id.clone(), name: person.name.clone() },
                None => Party { id: PersonId::new(account, local), name: None },
            })
            .collect();
        let key = fact.key.take().filter(|key| self.keys.get(key) != Some(&id));
        // Nobody holds what rings: of several accounts one is behind, and tells what was before it rang again.
        let is_held = fact.state == Some(CallState::Held) && fact.mine.is_none();
        if is_held && call.state == CallState::Ringing && self.witnesses.contains_key(&id) {
            fact.state = None;
        }
        merge_call(&mut call, at, fact, parties);
        if self.open.get(&id).is_some_and(|known| **known == call) {
            return None;
        }
        let call = Arc::new(call);
        if call.state == CallState::Ended {
            self.open.remove(&id);
            self.witnesses.remove(&id);
            if let Some(forgotten) = push_bounded(&mut self.ended, Arc::clone(&call), ENDED_CALLS) {
                self.ended_ids.remove(&forgotten.id);
            }
            self.ended_ids.insert(id.clone());
            if self.ended_ids.len() > 2 * ENDED_CALLS {
                self.ended_ids = self.ended.iter().map(|call| call.id.clone()).collect();
            }
            // Keys live as long as their call may still be spoken of; looked through only when most of them may not.
            if self.keys.len() > 2 * (self.open.len() + ENDED_CALLS) {
                let (open, ended) = (&self.open, &self.ended_ids);
                self.keys.retain(|_, id| open.contains_key(id) || ended.contains(id));
            }
        } else {
            self.open.insert(id.clone(), Arc::clone(&call));
        }
        if let Some(key) = key {
            self.keys.insert(key, id);
        }
        Some(Change::Call { account: account.clone(), before, was_mine, call })
    }

    /// What became of a call that ended out of our sight.
    fn correct(&mut self, account: &AccountId, at: Time, id: &CallId, fact: CallFact) -> Option<Change> {
        let known =
            fact.state == Some(CallState::Ended) && fact.outcome.is_some_and(|how| how != Outcome::Lost);
        let call = self.ended.iter_mut().rev().find(|call| known && call.id == *id)?;
        if call.outcome != Some(Outcome::Lost) {
            return None;
        }
        merge_call(Arc::make_mut(call), at, fact, Vec::new());
        Some(Change::Corrected { account: account.clone(), call: Arc::clone(call) })
    }
}

fn merge_call(call: &mut Call, at: Time, fact: CallFact, parties: Vec<Party>) {
    call.direction = fact.direction.unwrap_or(call.direction);
    let becomes_mine = fact.mine == Some(true) && call.mine != Some(true);
    call.mine = match (call.mine, fact.mine) {
        (_, None) if fact.passed_on && call.state == CallState::Ringing => None,
        // Two channels may see one call from two sides; what is mine on one of them is mine.
        (Some(true), Some(false)) if fact.state != Some(CallState::Answered) => Some(true),
        (known, heard) => heard.or(known),
    };
    if let Some(peer) = fact.peer {
        call.peer = peer.after(std::mem::take(&mut call.peer));
    }
    call.line = fact.line.or(call.line.take());
    if !parties.is_empty() {
        call.people = parties;
    }
    call.started_at = fact.started_at.or(call.started_at);
    call.answered_at = fact.answered_at.or(call.answered_at);
    call.ended_at = fact.ended_at.or(call.ended_at);
    let state = fact.state.unwrap_or(call.state);
    call.state = match (call.state, state) {
        // A call that a colleague answered may be transferred to me, and ring again.
        (CallState::Answered | CallState::Held, CallState::Ringing) if becomes_mine => {
            call.answered_at = None;
            CallState::Ringing
        }
        (CallState::Answered | CallState::Held, CallState::Ringing) => call.state,
        (CallState::Ended, _) => CallState::Ended,
        (_, heard) => heard,
    };
    match call.state {
        CallState::Ringing => call.ended_at = None,
        CallState::Answered | CallState::Held => {
            call.answered_at = call.answered_at.or(Some(at));
            call.ended_at = None;
        }
        CallState::Ended => {
            call.ended_at = call.ended_at.or(Some(at));
            call.outcome = Some(fact.outcome.unwrap_or(Outcome::Lost));
        }
    }
}
