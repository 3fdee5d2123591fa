//! The channels that are wanted or that the server chose, and how far each of them is.

use std::{sync::Arc, time::Duration};

use super::{Subscription, wire};
use crate::{Instant, secret};

/// More channels than any account has.
const MOST: usize = 1000;
/// A subscription that lasted this long is no failed try.
const STEADY_AFTER: Duration = Duration::from_secs(30);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// A channel's token that could not be had is asked for again after this time.
pub(super) const TOKEN_PAUSE: Duration = Duration::from_secs(10);
/// Tokens that live shorter or longer are renewed as if they did not.
const SHORTEST_TTL: Duration = Duration::from_secs(1);
const LONGEST_TTL: Duration = Duration::from_secs(31 * 24 * 60 * 60);

#[derive(Debug, Default)]
pub(super) struct Channels(Vec<Channel>);

#[derive(Debug)]
pub(super) struct Channel {
    pub(super) name: Arc<str>,
    /// Whether we asked for it.
    pub(super) wanted: bool,
    /// Whether the server subscribes us by itself.
    pub(super) served: bool,
    pub(super) join_leave: bool,
    pub(super) needs_token: bool,
    pub(super) token: Option<secret::Text>,
    pub(super) standing: Standing,
    /// Known while what is missed can be recovered.
    pub(super) position: Option<wire::Position>,
    pub(super) refresh: Refresh,
    /// So many tries in a row came to nothing.
    tries: u32,
}

/// ```text
///             token wanted             sent           answered
///  Unasked ◄──────────────► Tokenless    ┌──► Asked ───────────► Subscribed
///     │                                  │      │ refused              │ ended by the server,
///     └──────────────────────────────────┘      │ for the moment       │ to be asked for again
///                          ┌── Pausing ◄────────┤◄─────────────────────┘
///                          └──► (as Unasked)    └──► Refused
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Unasked,
    /// A token was asked for.
    Tokenless,
    Asked {
        id: u64,
    },
    Subscribed {
        at: Instant,
    },
    Pausing {
        until: Instant,
    },
    Refused,
}

/// A token's renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refresh {
    /// It has no end, or a new one was sent.
    Never,
    At(Instant),
    /// A new one was asked for.
    Awaited,
}

impl Refresh {
    pub(super) fn of(now: Instant, expiry: wire::Expiry) -> Self {
        if expiry.expires {
            Self::At(now + Duration::from_secs(expiry.ttl.into()).clamp(SHORTEST_TTL, LONGEST_TTL))
        } else {
            Self::Never
        }
    }

    pub(super) fn at(self) -> Option<Instant> {
        match self {
            Self::At(at) => Some(at),
            Self::Never | Self::Awaited => None,
        }
    }

    pub(super) fn is_due(self, now: Instant) -> bool {
        self.at().is_some_and(|at| at <= now)
    }
}

impl Channel {
    fn new(name: Arc<str>) -> Self {
        Self {
            name,
            wanted: false,
            served: false,
            join_leave: false,
            needs_token: false,
            token: None,
            standing: Standing::Unasked,
            position: None,
            refresh: Refresh::Never,
            tries: 0,
        }
    }

    /// Whether it is to be asked for, now.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.wanted
            && !self.served
            && match self.standing {
                Standing::Unasked => true,
                Standing::Pausing { until } => until <= now,
                Standing::Tokenless
                | Standing::Asked { .. }
                | Standing::Subscribed { .. }
                | Standing::Refused => false,
            }
    }

    pub(super) fn is_subscribed(&self) -> bool {
        matches!(self.standing, Standing::Subscribed { .. })
    }

    /// Whether there is nothing to wait for before all is live.
    fn is_settled(&self) -> bool {
        match self.standing {
            Standing::Subscribed { .. } | Standing::Pausing { .. } | Standing::Refused => true,
            Standing::Unasked | Standing::Tokenless | Standing::Asked { .. } => !self.wanted,
        }
    }

    /// It came to nothing, for the moment.
    pub(super) fn pause(&mut self, now: Instant) {
        let pause = FIRST_PAUSE.saturating_mul(1 << self.tries.min(10)).min(LONGEST_PAUSE);
        self.tries = self.tries.saturating_add(1);
        self.standing = Standing::Pausing { until: now + pause };
        self.refresh = Refresh::Never;
    }

    /// The server ended a subscription that is wanted: asked for again at once, if it had lasted.
    pub(super) fn ended(&mut self, now: Instant) {
        match self.standing {
            Standing::Subscribed { at } if now - at >= STEADY_AFTER => {
                self.tries = 0;
                self.standing = Standing::Unasked;
            }
            Standing::Subscribed { .. }
            | Standing::Unasked
            | Standing::Tokenless
            | Standing::Asked { .. }
            | Standing::Pausing { .. }
            | Standing::Refused => self.pause(now),
        }
        self.refresh = Refresh::Never;
    }

    /// Takes what the server says of a subscription, apart from the publications that it brings.
    pub(super) fn subscribed(&mut self, now: Instant, answer: &wire::Subscribed<'_>) {
        self.standing = Standing::Subscribed { at: now };
        self.position = answer
            .recoverable
            .then(|| wire::Position { epoch: answer.epoch.as_ref().into(), offset: answer.offset });
        self.refresh = if self.needs_token { Refresh::of(now, answer.expiry()) } else { Refresh::Never };
    }

    /// A publication was handed over.
    pub(super) fn passed(&mut self, publication: &wire::Publication<'_>) {
        if let Some(position) = &mut self.position {
            if publication.offset > 0 {
                position.offset = publication.offset;
            }
            if position.epoch.is_empty() && !publication.epoch.is_empty() {
                position.epoch = publication.epoch.as_ref().into();
            }
        }
    }
}

impl Channels {
    pub(super) fn want(&mut self, subscription: Subscription) {
        let Some(channel) = self.entry(&subscription.channel) else { return };
        let Subscription { channel: _, join_leave, needs_token, token } = subscription;
        (channel.wanted, channel.join_leave) = (true, join_leave);
        channel.needs_token = needs_token;
        channel.token = token.or(channel.token.take()).filter(|_| needs_token);
        match channel.standing {
            Standing::Refused => channel.standing = Standing::Unasked,
            Standing::Tokenless if !needs_token || channel.token.is_some() => {
                channel.standing = Standing::Unasked;
            }
            Standing::Unasked
            | Standing::Tokenless
            | Standing::Asked { .. }
            | Standing::Subscribed { .. }
            | Standing::Pausing { .. } => {}
        }
    }

    /// The server subscribed us by itself; `None` if there is no room.
    pub(super) fn serve(&mut self, name: &str) -> Option<&mut Channel> {
        let channel = self.entry(name)?;
        channel.served = true;
        Some(channel)
    }

    fn entry(&mut self, name: &str) -> Option<&mut Channel> {
        let at = match self.0.iter().position(|channel| *channel.name == *name) {
            Some(at) => at,
            None if self.0.len() < MOST => {
                self.0.push(Channel::new(name.into()));
                self.0.len() - 1
            }
            None => return None,
        };
        self.0.get_mut(at)
    }

    /// Whether the server knows of the channel's subscription, which is forgotten.
    pub(super) fn remove(&mut self, name: &str) -> bool {
        let Some(at) = self.0.iter().position(|channel| *channel.name == *name) else { return false };
        let channel = self.0.remove(at);
        match channel.standing {
            Standing::Asked { .. } | Standing::Subscribed { .. } => true,
            Standing::Unasked | Standing::Tokenless | Standing::Pausing { .. } | Standing::Refused => false,
        }
    }

    pub(super) fn get(&mut self, name: &str) -> Option<&mut Channel> {
        self.0.iter_mut().find(|channel| *channel.name == *name)
    }

    /// The name of a channel whose messages flow.
    pub(super) fn subscribed(&self, name: &str) -> Option<&Arc<str>> {
        let channel = self.0.iter().find(|channel| *channel.name == *name)?;
        channel.is_subscribed().then_some(&channel.name)
    }

    /// The channel that was asked for under `id`.
    pub(super) fn asked(&mut self, name: &str, id: u64) -> Option<&mut Channel> {
        self.get(name).filter(|channel| channel.standing == Standing::Asked { id })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Channel> {
        self.0.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Channel> {
        self.0.iter_mut()
    }

    /// Whether each wanted channel is subscribed or refused.
    pub(super) fn are_settled(&self) -> bool {
        self.0.iter().all(Channel::is_settled)
    }

    /// The connection is gone, and with it all subscriptions.
    pub(super) fn cut(&mut self) {
        for channel in &mut self.0 {
            match channel.standing {
                Standing::Asked { .. } | Standing::Subscribed { .. } => {
                    channel.standing = Standing::Unasked;
                }
                Standing::Unasked | Standing::Tokenless | Standing::Pausing { .. } | Standing::Refused => {}
            }
            channel.refresh = Refresh::Never;
        }
    }

    /// Neither tokens nor positions count any longer.
    pub(super) fn invalidate(&mut self) {
        for channel in &mut self.0 {
            (channel.token, channel.position) = (None, None);
        }
    }

    /// Forgets the channels that only the server chose, and chooses no longer; tells which.
    pub(super) fn drop_unserved(&mut self, served: impl Fn(&str) -> bool) -> Vec<Arc<str>> {
        let mut dropped = Vec::new();
        self.0.retain_mut(|channel| {
            if channel.served && !served(&channel.name) {
                channel.served = false;
                if !channel.wanted {
                    dropped.push(Arc::clone(&channel.name));
                }
            }
            channel.wanted || channel.served
        });
        dropped
    }

    /// When something is to be done about one of them, while connected.
    pub(super) fn wait(&self) -> Option<Instant> {
        self.0
            .iter()
            .flat_map(|channel| {
                let pause = match channel.standing {
                    Standing::Pausing { until } => Some(until),
                    Standing::Unasked
                    | Standing::Tokenless
                    | Standing::Asked { .. }
                    | Standing::Subscribed { .. }
                    | Standing::Refused => None,
                };
                [pause, channel.refresh.at()]
            })
            .flatten()
            .min()
    }
}
