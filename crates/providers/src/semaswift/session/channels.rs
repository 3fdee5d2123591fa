//! The account's channels: what each tells of, and how it stands.

use std::{collections::BTreeMap, sync::Arc};

use protocols::secret;

use crate::semaswift::people::Roll;

/// What a channel tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Calls,
    Agents,
    Queue,
    Tickets,
    Personal,
    Presence,
    Other,
}

impl Kind {
    pub(super) fn of(channel: &str) -> Self {
        match channel {
            "voice:calls" => Self::Calls,
            "voice:agents" => Self::Agents,
            _ if channel.starts_with("voice:queue:") => Self::Queue,
            _ if channel.starts_with("tickets:") => Self::Tickets,
            _ if channel.starts_with("user:") => Self::Personal,
            _ if channel.starts_with("presence:") => Self::Presence,
            _ if channel.starts_with("org:") && channel.ends_with(":agents") => Self::Presence,
            _ => Self::Other,
        }
    }
}

/// The account's channels and how they stand.
#[derive(Debug, Default)]
pub(super) struct Channels {
    /// With what is known of each.
    pub(super) wanted: BTreeMap<Arc<str>, Wanted>,
    /// Channels of presence, by their place.
    pub(super) rolls: Vec<Arc<str>>,
    /// What could not be named, for want of the owner's id.
    pub(super) nameless: bool,
}

#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) refused: Option<Refusal>,
    /// Its messages have flowed before.
    pub(super) was_heard: bool,
    pub(super) needs_token: bool,
    pub(super) token: Option<secret::Text>,
    /// Whether it is listened to, or asked to be.
    pub(super) joined: bool,
}

/// Why a channel is not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Asked for again by itself.
    ForNow,
    ForGood,
}

impl Channels {
    /// The kinds of which not all can be heard.
    pub(super) fn refused(&self) -> Vec<(Kind, Refusal)> {
        let refused = |(name, wanted): (&Arc<str>, &Wanted)| Some((Kind::of(name), wanted.refused?));
        let mut kinds: Vec<_> = self.wanted.iter().filter_map(refused).collect();
        if self.nameless {
            kinds.push((Kind::Personal, Refusal::ForGood));
        }
        kinds.sort_by_key(|(kind, _)| *kind);
        kinds.dedup_by_key(|(kind, _)| *kind);
        kinds
    }

    /// The channel that tells of all calls.
    pub(super) fn calls(&self) -> Option<Arc<str>> {
        self.wanted.keys().find(|name| Kind::of(name) == Kind::Calls).cloned()
    }

    /// Whether a channel tells of all calls.
    pub(super) fn hears_calls(&self) -> bool {
        self.calls().and_then(|name| self.wanted.get(&name)).is_some_and(|wanted| wanted.refused.is_none())
    }

    pub(super) fn roll(&self, channel: &str) -> Option<Roll> {
        Roll::try_from(self.rolls.iter().position(|name| **name == *channel)?).ok()
    }

    /// Whether only somebody who looks needs it.
    pub(super) fn is_detail(&self, channel: &str) -> bool {
        match Kind::of(channel) {
            Kind::Tickets => true,
            Kind::Queue => self.hears_calls(),
            Kind::Calls | Kind::Agents | Kind::Personal | Kind::Presence | Kind::Other => false,
        }
    }

    pub(super) fn refuse(&mut self, channel: &str, refusal: Refusal) {
        if let Some(wanted) = self.wanted.get_mut(channel) {
            wanted.refused = Some(refusal);
        }
    }

    pub(super) fn all_refused(&self) -> bool {
        let refused = |wanted: &Wanted| wanted.refused == Some(Refusal::ForGood);
        !self.wanted.is_empty() && self.wanted.values().all(refused)
    }
}
