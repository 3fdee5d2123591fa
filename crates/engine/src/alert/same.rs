//! One call seen through two accounts: how it is recognised, and what becomes of the one alert that stands for it.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use model::{AccountId, Call, CallId, CallState, Direction, Outcome, PhoneNumber};
use protocols::Instant;

/// Two accounts hear of one call within this time; somebody who calls twice needs longer to hang up and dial again.
const HEARD_WITHIN: Duration = Duration::from_secs(5);
/// Links of ended calls that are kept for whoever writes them down.
const LINKS: usize = 1_000;

/// What one account reports of a call that rings its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sighting {
    pub(crate) call: CallId,
    pub(crate) account: AccountId,
    pub(crate) number: PhoneNumber,
    /// By this computer's clock: the servers' own are not compared.
    pub(crate) heard_at: Instant,
}

impl Sighting {
    /// `None` for what is no evidence: a withheld number, an outgoing call, one that is not known to ring the owner.
    fn of(call: &Call, heard_at: Instant) -> Option<Self> {
        let is_evidence = call.state == CallState::Ringing
            && call.direction == Direction::Incoming
            && call.mine == Some(true)
            && !call.peer.hidden;
        let number = call.peer.number.clone().filter(|_| is_evidence)?;
        Some(Self { call: call.id.clone(), account: call.account.clone(), number, heard_at })
    }

    /// Whether these are one call: the same number rings the same person in two accounts, and began to within seconds.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.account != other.account
            && self.number == other.number
            && self.heard_at.saturating_since(other.heard_at) <= HEARD_WITHIN
            && other.heard_at.saturating_since(self.heard_at) <= HEARD_WITHIN
    }
}

/// A call, by all accounts that report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// In the order in which they were heard; the first has the alert.
    pub(crate) members: Vec<CallId>,
    /// Somebody has answered it, whichever account said so.
    pub(crate) is_answered: bool,
    /// Who says that nobody has.
    pub(crate) unanswered: Vec<CallId>,
}

impl Group {
    pub(crate) fn leader(&self) -> Option<&CallId> {
        self.members.first()
    }

    /// How many reports of a missed call are known to be wrong.
    pub(crate) fn settled(&self) -> usize {
        if self.is_answered { self.unanswered.len() } else { 0 }
    }
}

/// Which calls are one call.
#[derive(Debug, Default)]
pub(crate) struct SameCalls {
    ringing: Vec<Sighting>,
    groups: Vec<Group>,
    /// From a call to the one that has its alert.
    links: BTreeMap<CallId, CallId>,
    linked: VecDeque<CallId>,
}

impl SameCalls {
    /// Takes note of a call as it is, and looks for another that it is.
    pub(crate) fn heard(&mut self, now: Instant, call: &Call) {
        if let Some(group) = self.groups.iter_mut().find(|group| group.members.contains(&call.id)) {
            group.is_answered |= is_answered(call);
            if matches!(call.outcome, Some(Outcome::Missed | Outcome::Voicemail))
                && !group.unanswered.contains(&call.id)
            {
                group.unanswered.push(call.id.clone());
            }
        }
        if call.state != CallState::Ringing {
            self.ringing.retain(|known| known.call != call.id);
            return;
        }
        if self.ringing.iter().any(|known| known.call == call.id) {
            return;
        }
        self.leave_answered(&call.id);
        let Some(sighting) = Sighting::of(call, now) else { return };
        if self.group(&call.id).is_none() {
            self.join(&sighting);
        }
        self.ringing.push(sighting);
    }

    fn join(&mut self, new: &Sighting) {
        let mut heads: Vec<CallId> = Vec::new();
        for known in self.ringing.iter().filter(|known| known.is_same_as(new)) {
            let group = self.group(&known.call);
            if group.is_some_and(|group| group.members.iter().any(|call| is_of(call, &new.account))) {
                continue;
            }
            let head = group.and_then(Group::leader).unwrap_or(&known.call);
            if !heads.contains(head) {
                heads.push(head.clone());
            }
        }
        // Two calls of one number at one account are two calls: which of them this is cannot be known.
        let [head] = heads.as_slice() else { return };
        match self.groups.iter_mut().find(|group| group.leader() == Some(head)) {
            Some(group) => group.members.push(new.call.clone()),
            None => {
                let members = vec![head.clone(), new.call.clone()];
                self.groups.push(Group { members, is_answered: false, unanswered: Vec::new() });
            }
        }
        if self.linked.len() >= LINKS
            && let Some(oldest) = self.linked.pop_front()
        {
            self.links.remove(&oldest);
        }
        self.linked.push_back(new.call.clone());
        self.links.insert(new.call.clone(), head.clone());
    }

    /// A call that was answered and rings again was passed on, and is nobody's answered call any more.
    fn leave_answered(&mut self, call: &CallId) {
        let is_left = |group: &&mut Group| group.is_answered && group.members.contains(call);
        let Some(group) = self.groups.iter_mut().find(is_left) else { return };
        group.members.retain(|member| member != call);
        group.unanswered.retain(|member| member != call);
        self.links.remove(call);
        if let Some((leader, others)) = group.members.split_first() {
            self.links.remove(leader);
            for other in others {
                self.links.insert(other.clone(), leader.clone());
            }
        }
        self.groups.retain(|group| !group.members.is_empty());
    }

    /// The call this one is part of, if more than one account reports it.
    pub(crate) fn group(&self, call: &CallId) -> Option<&Group> {
        self.groups.iter().find(|group| group.members.contains(call))
    }

    /// The call whose alert stands for this one, also after both have ended.
    pub(crate) fn link(&self, call: &CallId) -> Option<&CallId> {
        self.links.get(call)
    }

    /// All reports of the call have ended.
    pub(crate) fn over(&mut self, leader: &CallId) {
        self.groups.retain(|group| group.leader() != Some(leader));
    }

    /// Forgets what an account reported that is gone.
    pub(crate) fn forget(&mut self, account: &AccountId) {
        self.ringing.retain(|known| known.account != *account);
        for group in &mut self.groups {
            group.members.retain(|call| !is_of(call, account));
        }
        self.groups.retain(|group| !group.members.is_empty());
    }
}

/// Whether an account was the first that told of this call.
pub(crate) fn is_of(call: &CallId, account: &AccountId) -> bool {
    call.as_str().split_once('/').is_some_and(|(of, _)| of == account.as_str())
}

/// Whether somebody has answered it.
pub(crate) fn is_answered(call: &Call) -> bool {
    match call.state {
        CallState::Ringing => false,
        CallState::Answered | CallState::Held => true,
        CallState::Ended => match call.outcome {
            Some(Outcome::Answered | Outcome::AnsweredElsewhere | Outcome::Transferred) => true,
            Some(
                Outcome::Missed
                | Outcome::Voicemail
                | Outcome::Declined
                | Outcome::Busy
                | Outcome::Failed
                | Outcome::Lost,
            )
            | None => false,
        },
    }
}

#[cfg(test)]
#[path = "same_tests.rs"]
mod tests;
