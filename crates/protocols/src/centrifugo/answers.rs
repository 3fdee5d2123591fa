//! What the server answers, and what follows from it.

use std::{sync::Arc, time::Duration};

use serde_json::value::RawValue;

use super::{
    Client, Error, Event, Link, Member, ServerError, State, Vital,
    channels::{Refresh, Standing},
    commands::Ask,
    wire::{self, Replies, Reply, Unread},
};
use crate::{Instant, Output};

/// No message of interest is larger: 10,000 people online are some 2 MB.
const LONGEST_TEXT: usize = 16 << 20;
/// A server that does not ping is asked for a sign of life after this silence.
const ASK_AFTER: Duration = Duration::from_secs(25);
const ALREADY_SUBSCRIBED: u32 = 105;

impl<P> Client<P> {
    pub(super) fn text(&mut self, now: Instant, text: &str) {
        if !self.heard(now) {
            return;
        }
        if text.len() > LONGEST_TEXT {
            return self.tell(Event::Skipped("a message over 16 MiB"));
        }
        for reply in Replies(text) {
            if !matches!(self.state, State::Connecting | State::Connected(_)) {
                return;
            }
            match reply {
                Ok(Reply { id: 0, push: Some(push), .. }) => self.push(now, push),
                Ok(reply) if reply.id == 0 => self.pinged(),
                Ok(reply) => self.answered(now, &reply),
                Err(Unread::Odd) => self.tell(Event::Skipped("not a Centrifugo message")),
                // It may have held a message, which only recovery can bring back.
                Err(Unread::Broken) => {
                    self.tell(Event::Skipped("not JSON"));
                    self.drop_and_cut(now, Error::Protocol("the server sends what is not JSON"));
                }
            }
        }
    }

    fn pinged(&mut self) {
        if let State::Connected(Link { pong: true, .. }) = self.state {
            self.outputs.push_back(Output::Send("{}".to_owned()));
        }
        self.tell(Event::Heard);
    }

    fn answered(&mut self, now: Instant, reply: &Reply<'_>) {
        let Some(ask) = self.pending.take(reply.id) else { return };
        let refusal = reply.error.as_ref().map(ServerError::of);
        match ask {
            Ask::Connect => self.connect_answered(now, reply.connect, refusal),
            Ask::Subscribe { channel, .. } => {
                self.subscribe_answered(now, channel, reply.id, reply.subscribe, refusal);
            }
            Ask::Unsubscribe(_) => {
                if refusal.is_some() {
                    self.drop_and_cut(now, Error::Protocol("the end of a subscription was refused"));
                }
            }
            Ask::Presence(channel) => {
                let members = answer(reply.presence, refusal).map(members);
                self.tell(Event::Present { channel, members });
            }
            Ask::History(channel) => {
                let contents = answer(reply.history, refusal).map(|past| self.past(&channel, &past));
                self.tell(Event::Past { channel, contents });
            }
            Ask::Refresh => self.refresh_answered(now, reply.refresh, refusal),
            Ask::SubRefresh(channel) => {
                self.sub_refresh_answered(now, channel, reply.sub_refresh, refusal);
            }
        }
    }

    fn connect_answered(&mut self, now: Instant, answer: Option<&RawValue>, refusal: Option<ServerError>) {
        if let Some(error) = refusal {
            // A second expired token in a row is for the caller's backoff.
            if error.is_expired() && !std::mem::replace(&mut self.token_expired, true) {
                self.token = None;
                self.outputs.push_back(Output::Close(1000));
                return self.open_again(now);
            }
            return self.fail(Error::Refused(error));
        }
        let Some(connected) = answer.and_then(wire::read::<wire::Connected<'_>>) else {
            return self.fail(Error::Protocol("an answer to connect that cannot be read"));
        };
        self.token_expired = false;
        let pinged = connected.ping > 0;
        let quiet_for = if pinged {
            Duration::from_secs(connected.ping.into()) + self.options.ping_slack
        } else {
            ASK_AFTER
        };
        self.state = State::Connected(Link {
            pong: connected.pong,
            quiet_for,
            pinged,
            vital: Vital::Fine { until: now + quiet_for },
            refresh: Refresh::of(now, connected.expiry()),
            told: false,
        });
        for channel in self.channels.drop_unserved(|name| connected.subs.contains_key(name)) {
            self.tell(Event::Unsubscribed { channel, code: 0 });
        }
        for (name, subscribed) in &connected.subs {
            self.served(now, name, subscribed);
        }
    }

    /// The server subscribed us to a channel by itself.
    pub(super) fn served(&mut self, now: Instant, name: &str, raw: &RawValue) {
        let answer = wire::read::<wire::Subscribed<'_>>(raw).unwrap_or_default();
        match self.channels.serve(name).map(|channel| Arc::clone(&channel.name)) {
            Some(name) => self.subscribed(now, &name, &answer),
            None => self.tell(Event::Skipped("a channel too many")),
        }
    }

    fn subscribe_answered(
        &mut self,
        now: Instant,
        name: Arc<str>,
        id: u64,
        answer: Option<&RawValue>,
        refusal: Option<ServerError>,
    ) {
        let Some(channel) = self.channels.asked(&name, id) else { return };
        let retried = match &refusal {
            None => {
                let answer = answer.and_then(wire::read::<wire::Subscribed<'_>>).unwrap_or_default();
                return self.subscribed(now, &name, &answer);
            }
            Some(error) if error.code == ALREADY_SUBSCRIBED => {
                return self.subscribed(now, &name, &wire::Subscribed::default());
            }
            Some(error) if error.is_expired() && channel.needs_token => {
                channel.token = None;
                channel.pause(now);
                true
            }
            Some(error) if error.may_pass() => {
                channel.pause(now);
                true
            }
            Some(_) => {
                channel.standing = Standing::Refused;
                channel.position = None;
                false
            }
        };
        if let Some(error) = refusal {
            self.tell(Event::Refused { channel: name, error, retried });
        }
    }

    /// Tells of a subscription, and of the publications that it brings.
    fn subscribed(&mut self, now: Instant, name: &Arc<str>, answer: &wire::Subscribed<'_>) {
        let Some(channel) = self.channels.get(name) else { return };
        channel.subscribed(now, answer);
        self.tell(Event::Subscribed { channel: Arc::clone(name), recovered: answer.recovered });
        for raw in &answer.publications {
            match wire::read(raw) {
                Some(publication) => self.publication(name, &publication),
                None => self.tell(Event::Skipped("a publication that cannot be read")),
            }
        }
    }

    fn refresh_answered(&mut self, now: Instant, answer: Option<&RawValue>, refusal: Option<ServerError>) {
        match refusal {
            None => {
                let expiry = answer.and_then(wire::read).unwrap_or_default();
                self.expires(now, expiry);
            }
            Some(error) if error.may_pass() => self.connection_refresh_again(now),
            Some(error) => self.fail(Error::Refused(error)),
        }
    }

    pub(super) fn expires(&mut self, now: Instant, expiry: wire::Expiry) {
        if let State::Connected(link) = &mut self.state {
            link.refresh = Refresh::of(now, expiry);
        }
    }

    fn sub_refresh_answered(
        &mut self,
        now: Instant,
        name: Arc<str>,
        answer: Option<&RawValue>,
        refusal: Option<ServerError>,
    ) {
        match refusal {
            None => {
                let expiry = answer.and_then(wire::read).unwrap_or_default();
                if let Some(channel) = self.channels.get(&name).filter(|channel| channel.is_subscribed()) {
                    channel.refresh = Refresh::of(now, expiry);
                }
            }
            Some(error) if error.may_pass() => self.refresh_again(now, &name),
            Some(error) => {
                self.send_unsubscribe(now, &name);
                self.refuse(name, error);
            }
        }
    }

    /// Does without a channel from here on.
    pub(super) fn refuse(&mut self, name: Arc<str>, error: ServerError) {
        if let Some(channel) = self.channels.get(&name) {
            channel.standing = Standing::Refused;
            (channel.token, channel.position, channel.refresh) = (None, None, Refresh::Never);
            self.tell(Event::Refused { channel: name, error, retried: false });
        }
    }

    fn past(&mut self, channel: &str, past: &wire::Past<'_>) -> Vec<P> {
        let newest_first = past.publications.iter().filter_map(|raw| wire::read(raw));
        let mut contents: Vec<P> =
            newest_first.map(|wire::Publication { data, .. }| (self.decode)(channel, data)).collect();
        contents.reverse();
        contents
    }
}

fn answer<'a, T: serde::Deserialize<'a>>(
    answer: Option<&'a RawValue>,
    refusal: Option<ServerError>,
) -> Result<T, ServerError> {
    match refusal {
        Some(error) => Err(error),
        None => {
            answer.and_then(wire::read).ok_or_else(|| ServerError::own(2, "an answer that cannot be read"))
        }
    }
}

/// Everybody who could be read.
fn members(present: wire::Present<'_>) -> Vec<Member> {
    let read = |raw| wire::read::<wire::ClientInfo<'_>>(raw).map(|info| info.member());
    present.presence.into_values().filter_map(read).collect()
}
