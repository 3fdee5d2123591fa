//! Which group a leg belongs to.

use std::sync::Arc;

use model::{Event, Outcome, Time};
use protocols::{
    Instant,
    kazoo::{ChannelEvent, Kind},
};

use super::{
    Calls, GroupId, LONGEST_ID,
    group::{Group, MOST_LEGS},
    leg::Leg,
    shown::Standing,
};
use crate::firehose::me::Way;

impl Calls {
    /// The group of the event's leg, with all that the event says belongs to it; the leg is in it afterwards.
    ///
    /// Whether the leg is new is told with it.
    pub(super) fn place(&mut self, now: Instant, at: Time, event: &ChannelEvent<'_>) -> (GroupId, bool) {
        let own = self.names.get(&*event.call_id).copied();
        let mut id = own;
        for link in links(event) {
            if let Some(&other) = self.names.get(link) {
                id = Some(id.map_or(other, |id| self.unite(id, other, at)));
            }
        }
        let by_interaction = || {
            let outbound = Way::of(event) == Some(Way::Outbound);
            let alone = own.is_none() && outbound && links(event).next().is_none();
            let interaction = event.texts.interaction_id.as_deref().filter(|_| alone)?;
            self.interactions.get(interaction).copied()
        };
        let id = id.or_else(by_interaction);
        let roomy =
            |id: &GroupId| self.groups.get(id).is_some_and(|group| own.is_some() || group.size() < MOST_LEGS);
        let id = id.filter(roomy).unwrap_or_else(|| self.new_group());
        let Some(group) = self.groups.get_mut(&id) else { return (id, false) };
        let is_new = group.leg(&event.call_id).is_none();
        if is_new {
            let name = self
                .names
                .get_key_value(&*event.call_id)
                .map_or_else(|| Arc::from(&*event.call_id), |(name, _)| Arc::clone(name));
            group.anchors.retain(|anchor| *anchor != name);
            // Most groups have a leg or two, and a vector makes room for four at once.
            group.legs.reserve_exact(1);
            group.legs.push(Leg::new(Arc::clone(&name), self.heard, now, at));
            self.names.insert(name, id);
        }
        for link in links(event) {
            if !self.names.contains_key(link) && group.size() < MOST_LEGS {
                let name: Arc<str> = link.into();
                group.anchors.push(Arc::clone(&name));
                self.names.insert(name, id);
            }
        }
        if let Some(interaction) = event.texts.interaction_id.as_deref().filter(|id| id.len() <= LONGEST_ID)
            && group.interaction.is_none()
            && !self.interactions.contains_key(interaction)
        {
            let interaction: Arc<str> = interaction.into();
            group.interaction = Some(Arc::clone(&interaction));
            self.interactions.insert(interaction, id);
        }
        (id, is_new)
    }

    fn new_group(&mut self) -> GroupId {
        let id = GroupId(self.next_group);
        self.next_group += 1;
        self.groups.insert(id, Box::default());
        id
    }

    /// Makes one group of two, with one call: mine before others', and of two of mine the older.
    fn unite(&mut self, one: GroupId, other: GroupId, at: Time) -> GroupId {
        if one == other {
            return one;
        }
        let (Some(first), Some(second)) = (self.groups.get(&one), self.groups.get(&other)) else {
            return one;
        };
        if first.size() + second.size() > MOST_LEGS {
            return one;
        }
        let rank = |group: &Group| group.shown.as_ref().map_or(0, |shown| 1 + u8::from(shown.mine));
        let (kept, gone) = match rank(first).cmp(&rank(second)) {
            std::cmp::Ordering::Greater => (one, other),
            std::cmp::Ordering::Less => (other, one),
            std::cmp::Ordering::Equal => (one.min(other), one.max(other)),
        };
        let Some(mut absorbed) = self.groups.remove(&gone) else { return one };
        if let Some(at) = absorbed.armed.take() {
            self.due.remove(&(at, gone));
        }
        if let Some(mut shown) = absorbed.shown.take()
            && shown.is_told()
        {
            let rang_me = shown.mine && !shown.up;
            let outcome = if rang_me { Outcome::AnsweredElsewhere } else { Outcome::Transferred };
            let fact = shown.fact(&absorbed, Standing::Over(outcome), self.me.is_known(), at);
            self.out.extend(fact.map(Event::from));
        }
        let names = absorbed.legs.iter().map(|leg| &leg.id).chain(&absorbed.anchors);
        for name in names {
            if let Some(known) = self.names.get_mut(name) {
                *known = kept;
            }
        }
        if let Some(interaction) = &absorbed.interaction {
            self.interactions.insert(Arc::clone(interaction), kept);
        }
        if let Some(group) = self.groups.get_mut(&kept) {
            let forgotten = absorbed.interaction.clone().filter(|_| group.interaction.is_some());
            group.absorb(&mut absorbed);
            if let Some(interaction) = forgotten {
                self.interactions.remove(&interaction);
            }
        }
        kept
    }
}

/// The ids that the event says belong to its leg's, the one it rings for or is joined to first.
pub(super) fn links<'e>(event: &'e ChannelEvent<'_>) -> impl Iterator<Item = &'e str> {
    let texts = &event.texts;
    let (bridge, other) = (texts.bridge_id.as_deref(), texts.other_leg.as_deref());
    let links = if event.kind == Kind::Bridge {
        [other, texts.bridge_b.as_deref(), texts.bridge_a.as_deref(), bridge]
    } else {
        [bridge, other, None, None]
    };
    links.into_iter().flatten().filter(|link| *link != &*event.call_id && link.len() <= LONGEST_ID)
}
