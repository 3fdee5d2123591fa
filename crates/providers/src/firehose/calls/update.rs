//! What an event says of its leg.

use std::sync::Arc;

use model::{Event, Time};
use protocols::{
    Instant,
    kazoo::{ChannelEvent, Kind, user},
};

use super::{
    Calls, DIALLED, GroupId,
    group::Group,
    leg::{Cause, Phase},
    place::links,
    presence::People,
};
use crate::firehose::me::{Account, Part, Way};

impl Calls {
    /// What the event says of its leg, and of the one it is joined to.
    pub(super) fn update(
        &mut self,
        id: GroupId,
        is_new: bool,
        now: Instant,
        at: Time,
        event: &ChannelEvent<'_>,
    ) {
        let Some(group) = self.groups.get_mut(&id) else { return };
        let parent = links(event).next().filter(|_| event.kind != Kind::Bridge);
        let parent =
            parent.and_then(|parent| self.names.get_key_value(parent)).map(|(name, _)| Arc::clone(name));
        let parent_gone =
            parent.as_ref().and_then(|parent| group.leg(parent)).is_some_and(|parent| !parent.is_alive());
        let Some(leg) = group.leg_mut(&event.call_id) else { return };
        let before = leg.doing();
        leg.heard = now;
        leg.learn(event);
        let texts = &event.texts;
        if let (Some(own), Some(account)) = (&self.account, texts.account_id.as_deref()) {
            leg.foreign |= own != account;
        }
        let foreign = leg.foreign;
        // Who listens to other accounts only has the phone in one of them.
        let at_home =
            self.accounts.is_empty() || self.account.as_ref().is_some_and(|own| self.accounts.contains(own));
        let account = if foreign && at_home { Account::Other } else { Account::Own };
        if leg.owner.is_none() && leg.part != Part::Hidden {
            let owner = texts.owner_id.as_deref().map(Arc::<str>::from).or_else(|| {
                let extension = texts.presence_id.as_deref().map(user).filter(|_| !foreign);
                texts
                    .authorizing_id
                    .as_deref()
                    .into_iter()
                    .chain(extension)
                    .find_map(|id| self.directory.owner(id))
                    .cloned()
            });
            leg.part = match self.me.part(event, leg.way, owner.as_deref(), account) {
                Part::Far if leg.part != Part::Far => leg.part,
                part @ (Part::Mine | Part::Theirs | Part::Far | Part::Hidden) => part,
            };
            if matches!(leg.part, Part::Mine | Part::Theirs) {
                leg.owner = owner;
            }
        }
        if let (Part::Mine, None, Some(owner)) = (leg.part, &self.me.owner, &leg.owner) {
            self.me.owner = Some(Arc::clone(owner));
            self.people.set_me(Some(Arc::clone(owner)));
        }
        if leg.is_mine() && is_new && !leg.calls() {
            let rung_for = [&texts.caller_number, &texts.callee_number, &texts.to];
            let digits = rung_for.map(|text| text.as_deref().map(user));
            self.dialled.retain(|(at, _)| *at + DIALLED > now);
            let asked = self.dialled.iter().position(|(_, number)| {
                digits.iter().flatten().any(|text| text.trim_start_matches('+') == &**number)
            });
            leg.click = asked.and_then(|at| self.dialled.remove(at)).is_some();
        }
        let is_called = leg.way != Some(Way::Inbound) && leg.phase == Phase::Ringing;
        if leg.parent.is_none() && is_called {
            leg.parent.clone_from(&parent);
        }
        let (cause, by) = (Cause::of_event(event), self.heard);
        let is_early = [&texts.answer_state, &texts.call_state]
            .into_iter()
            .flatten()
            .any(|state| ["early", "ringing"].iter().any(|word| state.eq_ignore_ascii_case(word)));
        let rung = leg.way == Some(Way::Outbound) && leg.counts();
        match event.kind {
            Kind::Create => {
                self.rang |= rung;
                // Nobody can be rung for who is gone: it is an event that comes late.
                leg.stale = is_new && parent_gone;
            }
            Kind::Answer => {
                self.unrung += u32::from(is_new && rung);
                leg.answer(by, now, at);
            }
            Kind::Bridge if is_early => {}
            Kind::Bridge => leg.answer(by, now, at),
            Kind::Unbridge | Kind::Parked | Kind::Retrieved => leg.answer(by, now, at),
            Kind::Hold | Kind::Unhold => {
                leg.answer(by, now, at);
                leg.hold(event.kind == Kind::Hold, event.at);
            }
            Kind::Destroy => {
                self.unrung += u32::from(is_new && rung);
                let spoke = texts.billing_seconds.as_deref().and_then(|text| text.trim().parse::<f64>().ok());
                if spoke.is_some_and(|seconds| seconds > 0.0) {
                    leg.answer(by, now, at);
                }
                leg.end(now, at, cause);
            }
            Kind::Abandoned => {}
        }
        let after = leg.doing();
        let (owner, calls, parent) = (leg.owner.clone(), leg.calls(), leg.parent.clone());
        match event.kind {
            Kind::Bridge if !is_early => {
                let other = links(event).next().and_then(|other| self.names.get_key_value(other));
                join(
                    group,
                    (by, now, at),
                    &event.call_id,
                    other.map(|(name, _)| name),
                    &mut self.people,
                    &mut self.out,
                );
            }
            Kind::Parked => group.parked = true,
            Kind::Retrieved | Kind::Abandoned => group.parked = false,
            Kind::Create
            | Kind::Answer
            | Kind::Bridge
            | Kind::Unbridge
            | Kind::Hold
            | Kind::Unhold
            | Kind::Destroy => {}
        }
        if let Some(parent) = &parent
            && let Some(parent) = group.leg_mut(parent)
        {
            parent.rings = true;
        }
        if let Some(owner) = owner {
            let name = if calls { &texts.caller_name } else { &texts.callee_name };
            let naming = if self.people.lacks(&owner) {
                let name = name.as_deref().or(texts.username.as_deref());
                (name, texts.presence_id.as_deref().map(user))
            } else {
                (None, None)
            };
            self.people.heard(&owner, (before, after), naming, at, &mut self.out);
        }
    }
}

/// Joins two legs, both of which were thereby answered.
fn join(
    group: &mut Group,
    (by, now, at): (u64, Instant, Time),
    one: &str,
    other: Option<&Arc<str>>,
    people: &mut People,
    out: &mut Vec<Event>,
) {
    let Some(leg) = group.leg_mut(one).filter(|leg| leg.is_alive()) else { return };
    let name = Arc::clone(&leg.id);
    leg.join(by, now, other.cloned());
    let Some(other) = other.and_then(|other| group.leg_mut(other)).filter(|other| other.is_alive()) else {
        return;
    };
    let before = other.doing();
    other.answer(by, now, at);
    other.join(by, now, Some(name));
    other.heard = now;
    if let Some(owner) = other.owner.clone() {
        people.shift(&owner, before, other.doing(), at, out);
    }
}
