//! What is asked of the server, and when each answer must be there.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use super::{
    Client, Event, ServerError, State, TokenFor,
    channels::{Channel, Refresh, Standing, TOKEN_PAUSE},
    wire::{Command, Recovery},
};
use crate::{Instant, Output, secret};

/// A connection's token that could not be had is asked for again after this time.
const RETRY_TOKEN: Duration = Duration::from_secs(5);

/// Commands whose answers are awaited, oldest first.
#[derive(Debug, Default)]
pub(super) struct Pending(VecDeque<Awaited>);

#[derive(Debug)]
pub(super) struct Awaited {
    id: u64,
    pub(super) what: Ask,
    pub(super) by: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    Connect,
    Subscribe { channel: Arc<str>, with_token: bool },
    Unsubscribe(Arc<str>),
    Presence(Arc<str>),
    History(Arc<str>),
    Refresh,
    SubRefresh(Arc<str>),
}

impl Pending {
    pub(super) fn take(&mut self, id: u64) -> Option<Ask> {
        let at = self.0.iter().position(|awaited| awaited.id == id)?;
        self.0.remove(at).map(|awaited| awaited.what)
    }

    /// The one whose time is over first.
    pub(super) fn first(&self) -> Option<&Awaited> {
        self.0.front()
    }

    pub(super) fn expired(&mut self, now: Instant) -> Option<(u64, Ask)> {
        let awaited = self.0.pop_front_if(|awaited| awaited.by <= now)?;
        Some((awaited.id, awaited.what))
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Gives every answer time at least until then.
    pub(super) fn allow(&mut self, until: Instant) {
        for awaited in &mut self.0 {
            awaited.by = awaited.by.max(until);
        }
    }

    fn awaits(&self, what: &Ask) -> bool {
        self.0.iter().any(|awaited| awaited.what == *what)
    }

    /// Whether a token of the connection's own is being judged.
    pub(super) fn awaits_connection(&self) -> bool {
        self.awaits(&Ask::Connect) || self.awaits(&Ask::Refresh)
    }

    /// Whether the channel is being asked for, so that it must not be asked for a second time.
    fn asks_for(&self, name: &str) -> bool {
        let about = |awaited: &Awaited| match &awaited.what {
            Ask::Subscribe { channel, .. } => (**channel == *name).then_some(true),
            Ask::Unsubscribe(channel) => (**channel == *name).then_some(false),
            Ask::Connect | Ask::Presence(_) | Ask::History(_) | Ask::Refresh | Ask::SubRefresh(_) => None,
        };
        self.0.iter().rev().find_map(about) == Some(true)
    }

    /// The channels whose tokens are being judged.
    pub(super) fn judged(&self) -> Vec<Arc<str>> {
        let channel = |awaited: &Awaited| match &awaited.what {
            Ask::Subscribe { channel, with_token: true } | Ask::SubRefresh(channel) => {
                Some(Arc::clone(channel))
            }
            Ask::Subscribe { with_token: false, .. }
            | Ask::Connect
            | Ask::Unsubscribe(_)
            | Ask::Presence(_)
            | Ask::History(_)
            | Ask::Refresh => None,
        };
        self.0.iter().filter_map(channel).collect()
    }
}

/// What is to be done next about a channel.
enum Wish {
    Token(Arc<str>),
    Subscribe(Arc<str>),
}

impl<P> Client<P> {
    /// The number for a command whose answer is awaited.
    fn await_answer(&mut self, now: Instant, what: Ask) -> u64 {
        self.last_id += 1;
        let by = now + self.options.answer_within;
        self.pending.0.push_back(Awaited { id: self.last_id, what, by });
        self.last_id
    }

    pub(super) fn send_connect(&mut self, now: Instant) {
        let id = self.await_answer(now, Ask::Connect);
        let subs = self
            .channels
            .iter()
            .filter(|channel| channel.served)
            .filter_map(|channel| Some((&*channel.name, Recovery::since(channel.position.as_ref()?))))
            .collect();
        let token = self.token.as_ref().map_or("", secret::Text::expose);
        let (name, version) = (self.options.name, env!("CARGO_PKG_VERSION"));
        Command::Connect { token, name, version, subs }.encode(id, &mut self.unsent);
    }

    /// Asks for what is wished of the channels, as far as that can be done at the moment, and sends what there is
    /// to send as one frame.
    pub(super) fn go_on(&mut self, now: Instant) {
        match &self.state {
            // Subscriptions ride along with the connect, unless one of them may spoil it.
            State::Connecting if self.careful => {}
            State::Opening { .. } | State::Connecting | State::Connected(_) => self.send_wishes(now),
            State::Idle | State::Tokenless { .. } => {}
            State::Over => self.unsent.clear(),
        }
        if !self.unsent.is_empty() {
            self.outputs.push_back(Output::Send(std::mem::take(&mut self.unsent)));
        }
        self.settle();
    }

    fn send_wishes(&mut self, now: Instant) {
        let is_open = !matches!(self.state, State::Opening { .. });
        while let Some(wish) = self.next_wish(now, is_open) {
            match wish {
                Wish::Token(channel) => self.tell(Event::TokenWanted(TokenFor::Channel(channel))),
                Wish::Subscribe(channel) => self.send_subscribe(now, channel),
            }
        }
    }

    fn next_wish(&mut self, now: Instant, is_open: bool) -> Option<Wish> {
        let may_judge = !self.careful || self.pending.judged().is_empty();
        self.channels.iter_mut().find_map(|channel| {
            if channel.refresh.is_due(now) {
                channel.refresh = Refresh::Awaited;
                return Some(Wish::Token(Arc::clone(&channel.name)));
            }
            if !channel.is_due(now) || self.pending.asks_for(&channel.name) {
                return None;
            }
            if channel.needs_token && channel.token.is_none() {
                channel.standing = Standing::Tokenless;
                return Some(Wish::Token(Arc::clone(&channel.name)));
            }
            let may_go = is_open && (may_judge || channel.token.is_none());
            may_go.then(|| Wish::Subscribe(Arc::clone(&channel.name)))
        })
    }

    fn send_subscribe(&mut self, now: Instant, name: Arc<str>) {
        let with_token = self.channels.get(&name).is_some_and(|channel| channel.token.is_some());
        let id = self.await_answer(now, Ask::Subscribe { channel: Arc::clone(&name), with_token });
        let Some(channel) = self.channels.get(&name) else { return };
        channel.standing = Standing::Asked { id };
        Command::Subscribe {
            channel: &name,
            token: channel.token.as_ref().map(secret::Text::expose),
            join_leave: channel.join_leave,
            recovery: channel.position.as_ref().map(Recovery::since),
        }
        .encode(id, &mut self.unsent);
    }

    pub(super) fn send_unsubscribe(&mut self, now: Instant, channel: &str) {
        if matches!(self.state, State::Connected(_) | State::Connecting) {
            let id = self.await_answer(now, Ask::Unsubscribe(channel.into()));
            Command::Unsubscribe { channel }.encode(id, &mut self.unsent);
        }
    }

    pub(super) fn ask_presence(&mut self, now: Instant, channel: &str) {
        let Some(name) = self.channels.subscribed(channel).cloned() else { return };
        let ask = Ask::Presence(name);
        if !self.pending.awaits(&ask) {
            let id = self.await_answer(now, ask);
            Command::Presence { channel }.encode(id, &mut self.unsent);
        }
    }

    pub(super) fn ask_history(&mut self, now: Instant, channel: &str, limit: u32) {
        let Some(name) = self.channels.subscribed(channel).cloned() else { return };
        let ask = Ask::History(name);
        if !self.pending.awaits(&ask) {
            let id = self.await_answer(now, ask);
            Command::History { channel, limit, reverse: true }.encode(id, &mut self.unsent);
        }
    }

    // --- tokens ---

    pub(super) fn want_token(&mut self) {
        self.state = State::Tokenless { ask_at: None };
        self.tell(Event::TokenWanted(TokenFor::Connection));
    }

    pub(super) fn set_connection_token(&mut self, now: Instant, token: secret::Text) {
        self.token = Some(token);
        match &mut self.state {
            State::Tokenless { .. } => self.open(now),
            State::Connected(link) if link.refresh == Refresh::Awaited => {
                link.refresh = Refresh::Never;
                let id = self.await_answer(now, Ask::Refresh);
                let token = self.token.as_ref().map_or("", secret::Text::expose);
                Command::Refresh { token }.encode(id, &mut self.unsent);
            }
            State::Idle | State::Opening { .. } | State::Connecting | State::Connected(_) | State::Over => {}
        }
    }

    pub(super) fn no_connection_token(&mut self, now: Instant) {
        match &mut self.state {
            State::Tokenless { ask_at } => *ask_at = Some(now + RETRY_TOKEN),
            State::Connected(link) if link.refresh == Refresh::Awaited => {
                link.refresh = Refresh::At(now + RETRY_TOKEN);
            }
            State::Idle | State::Opening { .. } | State::Connecting | State::Connected(_) | State::Over => {}
        }
    }

    pub(super) fn set_channel_token(&mut self, now: Instant, name: &Arc<str>, token: secret::Text) {
        let Some(channel) = self.channels.get(name).filter(|channel| channel.needs_token) else { return };
        channel.token = Some(token);
        if channel.standing == Standing::Tokenless {
            channel.standing = Standing::Unasked;
        }
        if channel.refresh == Refresh::Awaited {
            channel.refresh = Refresh::Never;
            let id = self.await_answer(now, Ask::SubRefresh(Arc::clone(name)));
            let Some(token) = self.channels.get(name).and_then(|channel| channel.token.as_ref()) else {
                return;
            };
            Command::SubRefresh { channel: name, token: token.expose() }.encode(id, &mut self.unsent);
        }
    }

    pub(super) fn no_channel_token(&mut self, now: Instant, name: &Arc<str>) {
        let Some(channel) = self.channels.get(name) else { return };
        if channel.standing == Standing::Tokenless {
            channel.standing = Standing::Pausing { until: now + TOKEN_PAUSE };
            let error = ServerError::own(1, "no token");
            self.tell(Event::Refused { channel: Arc::clone(name), error, retried: true });
        } else if channel.refresh == Refresh::Awaited {
            channel.refresh = Refresh::At(now + TOKEN_PAUSE);
        }
    }

    /// A channel's new token was not accepted for the moment.
    pub(super) fn refresh_again(&mut self, now: Instant, name: &str) {
        if let Some(channel) = self.channels.get(name).filter(|channel| Channel::is_subscribed(channel)) {
            channel.refresh = Refresh::At(now + TOKEN_PAUSE);
        }
    }
}
