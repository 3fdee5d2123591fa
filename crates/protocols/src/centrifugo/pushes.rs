//! What the server sends unasked.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    Client, Event, State,
    wire::{self, Parting, Presence, Publication, Push},
};
use crate::{Instant, Output};

/// From here on a subscription that the server ends may be asked for again.
const MAY_RESUBSCRIBE: u32 = 2500;
/// Expired, and invalidated: the token is of no use any longer.
const SUBSCRIPTION_EXPIRED: u32 = 2501;
const SUBSCRIPTION_INVALIDATED: u32 = 2502;

impl<P> Client<P> {
    pub(super) fn push(&mut self, now: Instant, push: Push<'_>) {
        if !matches!(self.state, State::Connected(_)) && push.disconnect.is_none() {
            self.tell(Event::Skipped("a push before the answer to connect"));
        } else if let Some(publication) = &push.publication {
            self.publication(&push.channel, publication);
        } else if let Some(raw) = push.join {
            if let Some(Presence { info }) = self.part(raw)
                && let Some(channel) = self.subscribed_name(&push.channel)
            {
                self.tell(Event::Joined { channel, member: info.member() });
            }
        } else if let Some(raw) = push.leave {
            if let Some(Presence { info }) = self.part(raw)
                && let Some(channel) = self.subscribed_name(&push.channel)
            {
                self.tell(Event::Left { channel, member: info.member() });
            }
        } else if let Some(raw) = push.unsubscribe {
            if let Some(parting) = self.part(raw) {
                self.unsubscribed(now, &push.channel, &parting);
            }
        } else if let Some(subscribed) = push.subscribe {
            self.served(now, &push.channel, subscribed);
        } else if let Some(raw) = push.disconnect {
            if let Some(Parting { code, reason }) = self.part(raw) {
                self.outputs.push_back(Output::Close(1000));
                self.closed(now, u16::try_from(code).ok(), &reason);
            }
        } else if let Some(raw) = push.refresh {
            if let Some(expiry) = self.part(raw) {
                self.expires(now, expiry);
            }
        } else {
            self.tell(Event::Skipped("a push of an unknown kind"));
        }
    }

    /// Reads a part of a push.
    fn part<'a, T: Deserialize<'a>>(&mut self, raw: &'a RawValue) -> Option<T> {
        let part = wire::read(raw);
        if part.is_none() {
            self.tell(Event::Skipped("not a Centrifugo message"));
        }
        part
    }

    fn subscribed_name(&self, channel: &str) -> Option<Arc<str>> {
        self.channels.subscribed(channel).cloned()
    }

    /// Hands a publication over, and only then moves the position on. What comes late for a channel that is not
    /// wanted any longer is nothing to speak of.
    pub(super) fn publication(&mut self, name: &str, publication: &Publication<'_>) {
        let content = (self.decode)(name, publication.data);
        if let Some(channel) = self.channels.get(name).filter(|channel| channel.is_subscribed()) {
            channel.passed(publication);
            let channel = Arc::clone(&channel.name);
            self.tell(Event::Publication { channel, content });
        }
    }

    fn unsubscribed(&mut self, now: Instant, name: &str, parting: &Parting) {
        // While a subscription is asked for, it is a former one that ends here.
        let Some(channel) = self.channels.get(name).filter(|channel| channel.is_subscribed()) else { return };
        channel.served = false;
        if parting.code >= MAY_RESUBSCRIBE && channel.wanted {
            if matches!(parting.code, SUBSCRIPTION_EXPIRED | SUBSCRIPTION_INVALIDATED) {
                channel.token = None;
            }
            if parting.code == SUBSCRIPTION_INVALIDATED {
                channel.position = None;
            }
            return channel.ended(now);
        }
        let channel = Arc::clone(&channel.name);
        self.channels.remove(name);
        self.tell(Event::Unsubscribed { channel, code: parting.code });
    }
}
