//! The channels that are wanted, and how far each of them is.

use std::sync::Arc;

/// More channels than any account has.
const MOST: usize = 1000;

#[derive(Debug, Default)]
pub(super) struct Channels {
    wanted: Vec<Wanted>,
    /// To be unsubscribed from.
    unwanted: Vec<Arc<str>>,
}

#[derive(Debug)]
struct Wanted {
    name: Arc<str>,
    standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Unasked,
    Asked { id: u64 },
    Confirmed,
    Refused,
}

/// What is to be asked next.
pub(super) enum Wish {
    Subscribe(Arc<str>),
    Unsubscribe(Arc<str>),
}

impl Channels {
    /// Whether the channel is to be asked for: it was not wanted before, or was refused.
    pub(super) fn want(&mut self, name: &str) -> bool {
        self.unwanted.retain(|unwanted| **unwanted != *name);
        if let Some(wanted) = self.wanted.iter_mut().find(|wanted| *wanted.name == *name) {
            let refused = wanted.standing == Standing::Refused;
            if refused {
                wanted.standing = Standing::Unasked;
            }
            return refused;
        }
        let has_room = self.wanted.len() < MOST;
        if has_room {
            self.wanted.push(Wanted { name: name.into(), standing: Standing::Unasked });
        }
        has_room
    }

    pub(super) fn unwant(&mut self, name: &str) {
        let Some(at) = self.wanted.iter().position(|wanted| *wanted.name == *name) else {
            return;
        };
        let wanted = self.wanted.remove(at);
        match wanted.standing {
            Standing::Asked { .. } | Standing::Confirmed => self.unwanted.push(wanted.name),
            Standing::Unasked | Standing::Refused => {}
        }
    }

    /// The next thing to ask for.
    pub(super) fn wish(&self) -> Option<Wish> {
        if let Some(name) = self.unwanted.last() {
            return Some(Wish::Unsubscribe(Arc::clone(name)));
        }
        let wanted = self.wanted.iter().find(|wanted| wanted.standing == Standing::Unasked)?;
        Some(Wish::Subscribe(Arc::clone(&wanted.name)))
    }

    /// The present [`Self::wish`] goes out under this id.
    pub(super) fn asked(&mut self, id: u64) {
        if self.unwanted.pop().is_some() {
            return;
        }
        if let Some(wanted) = self.wanted.iter_mut().find(|wanted| wanted.standing == Standing::Unasked) {
            wanted.standing = Standing::Asked { id };
        }
    }

    /// The channel asked for under `id`, if its answer is awaited.
    pub(super) fn answered(&mut self, id: u64, confirmed: bool) -> Option<Arc<str>> {
        let wanted = self.wanted.iter_mut().find(|wanted| wanted.standing == Standing::Asked { id })?;
        wanted.standing = if confirmed { Standing::Confirmed } else { Standing::Refused };
        Some(Arc::clone(&wanted.name))
    }

    /// Whether an answer under one of these ids is awaited.
    pub(super) fn awaits(&self, ids: &std::ops::RangeInclusive<u64>) -> bool {
        self.wanted
            .iter()
            .any(|wanted| matches!(wanted.standing, Standing::Asked { id } if ids.contains(&id)))
    }

    pub(super) fn awaits_any(&self) -> bool {
        self.awaits(&(0..=u64::MAX))
    }

    /// Whether there are any, and each is confirmed or refused.
    pub(super) fn are_settled(&self) -> bool {
        let answered = |wanted: &Wanted| matches!(wanted.standing, Standing::Confirmed | Standing::Refused);
        !self.wanted.is_empty() && self.wanted.iter().all(answered)
    }

    pub(super) fn is_refused(&self, name: &str) -> bool {
        self.wanted.iter().any(|wanted| *wanted.name == *name && wanted.standing == Standing::Refused)
    }

    /// The server session is gone, and with it all subscriptions.
    pub(super) fn forget(&mut self) {
        self.unwanted.clear();
        for wanted in &mut self.wanted {
            wanted.standing = Standing::Unasked;
        }
    }

    /// The socket is gone, and with it the answers under way.
    pub(super) fn forget_answers(&mut self) {
        for wanted in &mut self.wanted {
            if matches!(wanted.standing, Standing::Asked { .. }) {
                wanted.standing = Standing::Unasked;
            }
        }
    }

    /// The name of an event's channel, shared if it is a wanted one.
    pub(super) fn name(&self, channel: &str) -> Arc<str> {
        self.wanted
            .iter()
            .find(|wanted| *wanted.name == *channel)
            .map_or_else(|| channel.into(), |wanted| Arc::clone(&wanted.name))
    }
}
