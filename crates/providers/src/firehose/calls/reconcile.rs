//! What the switch says there is, against what was heard; and what an earlier session left behind.

use std::{collections::HashSet, time::Duration};

use model::{CallFact, CallState, Event, Outcome, Time};
use protocols::{Instant, kazoo::ChannelEvent};

use super::{Calls, GroupId, ended, leg::Cause};

/// A ringing call of an earlier session has ended by then.
const RANG: Duration = Duration::from_secs(180);
/// So has an answered one, or it is not known.
const SPOKE: Duration = Duration::from_secs(4 * 60 * 60);
/// More than this was not open.
const LEFT_OPEN: usize = 5_000;

impl Calls {
    /// Takes over the calls that an earlier session has told of and not ended.
    pub(in crate::firehose) fn take_over(&mut self, now: Instant, calls: Vec<CallFact>) {
        for fact in calls.into_iter().take(LEFT_OPEN) {
            let answered = matches!(fact.state, Some(CallState::Answered | CallState::Held));
            let until = now + if answered { SPOKE } else { RANG };
            self.left_open.insert(fact.id.clone(), (fact, until));
            self.left_open_until = Some(self.left_open_until.map_or(until, |first| first.min(until)));
        }
    }

    /// Something is open that may have ended unheard.
    pub(in crate::firehose) fn is_busy(&self) -> bool {
        !self.left_open.is_empty() || self.groups.values().any(|group| group.finished.is_none())
    }

    /// Takes the list of all channels, asked for at `asked_at`: what is not in it and was not heard of since is gone.
    pub(in crate::firehose) fn reconcile(
        &mut self,
        now: Instant,
        wall: Time,
        asked_at: Instant,
        channels: &[ChannelEvent<'_>],
    ) {
        let listed: HashSet<&str> = channels.iter().map(|channel| &*channel.call_id).collect();
        for channel in channels {
            let known =
                self.names.get(&*channel.call_id).and_then(|id| self.groups.get(id)?.leg(&channel.call_id));
            if known.is_none_or(|leg| leg.heard < asked_at) {
                self.hear(now, wall, channel);
            }
        }
        let ids: Vec<GroupId> = self.groups.keys().copied().collect();
        for id in ids {
            let Some(group) = self.groups.get_mut(&id) else { continue };
            let mut changed = false;
            for leg in &mut group.legs {
                if !leg.is_alive() || leg.foreign || leg.heard >= asked_at || listed.contains(&*leg.id) {
                    continue;
                }
                let before = leg.doing();
                let cause = if leg.is_up() { Cause::Normal } else { Cause::Lost };
                leg.end(now, wall, cause);
                if let Some(owner) = leg.owner.clone() {
                    self.people.shift(&owner, before, None, wall, &mut self.out);
                }
                changed = true;
            }
            if changed {
                self.settle(id, now, wall);
            }
        }
        for (id, (fact, _)) in std::mem::take(&mut self.left_open) {
            let answered = matches!(fact.state, Some(CallState::Answered | CallState::Held));
            let outcome = if answered { Outcome::Answered } else { Outcome::Lost };
            self.out.push(Event::from(ended(&id, outcome, None)));
        }
    }

    /// Ends what an earlier session left open once it cannot be open any more.
    pub(super) fn left_open_due(&mut self, now: Instant) {
        if self.left_open_until.is_none_or(|at| at > now) {
            return;
        }
        let over: Vec<String> =
            self.left_open.iter().filter(|(_, (_, until))| *until <= now).map(|(id, _)| id.clone()).collect();
        for id in over {
            self.left_open.remove(&id);
            self.out.push(Event::from(ended(&id, Outcome::Lost, None)));
        }
        self.left_open_until = self.left_open.values().map(|(_, until)| *until).min();
    }
}
