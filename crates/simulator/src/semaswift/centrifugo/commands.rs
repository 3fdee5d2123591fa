//! What a client asks, and what it is answered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::client::{Client, Connected, Stage, Subscription};
use super::wire::{
    self, Command, Disconnect, Expiry, Method, Past, Position, Refusal, Subscribed, Who, reply,
};
use super::{Centrifugo, ClientKey, Instead, NOTHING, end_of};
use crate::semaswift::Now;
use crate::semaswift::jwt::{self, Claims, TokenFault};

/// Channels one connection may be subscribed to.
const MOST_CHANNELS: usize = 128;
/// Better no subscription than one with a gap.
const REJECT_UNRECOVERED: u64 = 2;

/// What comes of a command: an answer is sent on the way, an end is the connection's.
type Outcome = Result<Result<(), Refusal>, Disconnect>;

#[derive(Serialize)]
struct Present<'a> {
    presence: &'a BTreeMap<String, Arc<RawValue>>,
}

#[derive(Serialize)]
struct PresenceStats {
    num_clients: usize,
    num_users: usize,
}

impl Centrifugo {
    /// A frame came: documents one after another.
    pub(in crate::semaswift) fn receive(&mut self, now: Now, key: ClientKey, frame: &str) {
        for command in serde_json::Deserializer::from_str(frame).into_iter::<Command>() {
            let done = match command {
                Ok(command) => self.take(now, key, &command),
                Err(_) => Err(Disconnect::bad_request()),
            };
            if let Err(why) = done {
                return self.disconnect(key, why);
            }
        }
    }

    fn take(&mut self, now: Now, key: ClientKey, command: &Command) -> Result<(), Disconnect> {
        let Some((method, channel)) = command.method() else { return Err(Disconnect::bad_request()) };
        *self.counts.entry(method).or_default() += 1;
        let Some(client) = self.clients.get_mut(&key) else { return Ok(()) };
        let is_connect = method == Method::Connect;
        if client.connected().is_some() == is_connect {
            return Err(Disconnect::bad_request());
        }
        if method == Method::Pong {
            return match client.connected_mut().and_then(|connected| connected.pong_by.take()) {
                Some(_) => Ok(()),
                None => Err(Disconnect::bad_request()),
            };
        }
        if command.id == 0 && method != Method::Send {
            return Err(Disconnect::bad_request());
        }
        let refused = match self.rule(method, channel) {
            Some(Instead::Ignore) => return Ok(()),
            Some(Instead::Refuse(refusal)) => Err(refusal),
            None => self.answer(now, key, command)?,
        };
        if let Err(refusal) = refused {
            self.say(key, &reply(command.id, "error", &refusal));
        }
        Ok(())
    }

    fn rule(&self, method: Method, channel: &str) -> Option<Instead> {
        let rule = self.rules.iter().rev().find(|rule| {
            rule.method == method && rule.channel.as_ref().is_none_or(|wanted| wanted == channel)
        });
        rule.map(|rule| rule.instead.clone())
    }

    fn answer(&mut self, now: Now, key: ClientKey, command: &Command) -> Outcome {
        let id = command.id;
        if let Some(connect) = &command.connect {
            self.connect(now, key, id, connect)
        } else if let Some(subscribe) = &command.subscribe {
            self.subscribe_client(now, key, id, subscribe)
        } else if let Some(unsubscribe) = &command.unsubscribe {
            self.stop_listening(key, &unsubscribe.channel);
            self.say(key, &reply(id, "unsubscribe", &NOTHING));
            Ok(Ok(()))
        } else if let Some(presence) = &command.presence {
            Ok(self.presence(key, &presence.channel).map(|present| {
                let reply = reply(id, "presence", &Present { presence: &present });
                self.say(key, &reply);
            }))
        } else if let Some(stats) = &command.presence_stats {
            Ok(self.presence(key, &stats.channel).map(|present| {
                let stats = PresenceStats { num_clients: present.len(), num_users: users(&present) };
                self.say(key, &reply(id, "presence_stats", &stats));
            }))
        } else if let Some(history) = &command.history {
            Ok(self.history(key, id, history))
        } else if let Some(refresh) = &command.refresh {
            self.refresh(now, key, id, &refresh.token)
        } else if let Some(refresh) = &command.sub_refresh {
            self.sub_refresh(now, key, id, refresh)
        } else if command.publish.is_some() {
            Ok(Err(Refusal::permission_denied()))
        } else if command.rpc.is_some() {
            Ok(Err(Refusal::not_available()))
        } else {
            // Nobody takes messages here.
            Err(Disconnect::not_available())
        }
    }

    fn connect(&mut self, now: Now, key: ClientKey, id: u32, connect: &wire::Connect) -> Outcome {
        if connect.token.is_empty() {
            return Err(Disconnect::bad_request());
        }
        let claims = match self.verify(now, &connect.token) {
            Ok(claims) if claims.channel.is_none() => claims,
            Ok(_) | Err(TokenFault::Invalid) => return Err(Disconnect::invalid_token()),
            Err(TokenFault::Expired) => return Ok(Err(Refusal::token_expired())),
        };
        let of_user =
            |client: &&Client| client.connected().is_some_and(|connected| connected.user == claims.sub);
        if self.clients.values().filter(of_user).count() >= self.setup.most_connections {
            return Err(Disconnect::connection_limit());
        }
        let ping = self.setup.ping;
        let has_pings = !ping.is_zero();
        // The first comes at some moment of the first period, as if the clients had come evenly.
        let first = ping.mul_f64(0.1 + 0.9 * self.random.f64());
        let client_id = self.client_id();
        let connected = Connected {
            id: client_id.clone(),
            user: claims.sub,
            info: claims.info,
            closes_at: end_of(claims.exp, self.setup.grace),
            ping_at: has_pings.then(|| now.instant + first),
            pong_by: None,
            subscriptions: BTreeMap::new(),
        };
        if let Some(client) = self.clients.get_mut(&key) {
            client.stage = Stage::Connected(connected);
        }
        let mut subs = BTreeMap::new();
        for channel in claims.channels {
            let from = connect.subs.get(&channel).cloned().unwrap_or_default();
            if let Some(result) = self.listen(key, &channel, None, false, &from) {
                subs.insert(channel, result);
            }
        }
        let channels: Vec<String> = subs.keys().cloned().collect();
        let result = wire::Connected {
            client: &client_id,
            version: "0.0.0 OSS",
            expiry: Expiry::of(claims.exp, now.at.as_second()),
            subs,
            ping: ping.as_secs(),
            pong: has_pings,
        };
        self.say(key, &reply(id, "connect", &result));
        for channel in channels {
            self.announce(key, &channel);
        }
        Ok(Ok(()))
    }

    fn subscribe_client(&mut self, now: Now, key: ClientKey, id: u32, asked: &wire::Subscribe) -> Outcome {
        let channel = asked.channel.as_str();
        let Some(connected) = self.clients.get(&key).and_then(Client::connected) else { return Ok(Ok(())) };
        if channel.is_empty() {
            return Err(Disconnect::bad_request());
        }
        if connected.subscriptions.contains_key(channel) {
            return Ok(Err(Refusal::already_subscribed()));
        }
        if connected.subscriptions.len() >= MOST_CHANNELS {
            return Ok(Err(Refusal::limit_exceeded()));
        }
        let Some(namespace) = self.namespace(channel) else { return Ok(Err(Refusal::unknown_channel())) };
        let claims = if asked.token.is_empty() {
            if !is_open(namespace.open, channel, &connected.user) {
                return Ok(Err(Refusal::permission_denied()));
            }
            None
        } else {
            match self.verify(now, &asked.token) {
                Ok(claims) if is_for(&claims, channel, &connected.user) => Some(claims),
                // One bad token of one channel ends the whole connection.
                Ok(_) | Err(TokenFault::Invalid) => return Err(Disconnect::invalid_token()),
                Err(TokenFault::Expired) => return Ok(Err(Refusal::token_expired())),
            }
        };
        let Some(mut result) = self.listen(key, channel, claims.as_ref(), asked.join_leave, &asked.position)
        else {
            return Ok(Ok(()));
        };
        if asked.flag & REJECT_UNRECOVERED != 0 && result.was_recovering && !result.recovered {
            self.stop_listening(key, channel);
            return Ok(Err(Refusal::unrecoverable_position()));
        }
        result.expiry = Expiry::of(claims.and_then(|claims| claims.exp), now.at.as_second());
        self.say(key, &reply(id, "subscribe", &result));
        self.announce(key, channel);
        Ok(Ok(()))
    }

    /// Makes a connection a listener; [`Centrifugo::announce`] comes after it was told so.
    pub(super) fn listen(
        &mut self,
        key: ClientKey,
        channel: &str,
        claims: Option<&Claims>,
        asks_joins: bool,
        from: &Position,
    ) -> Option<Subscribed> {
        let namespace = self.namespace(channel)?;
        let grace = self.setup.grace;
        let connected = self.clients.get_mut(&key)?.connected_mut()?;
        let who = Who {
            user: &connected.user,
            client: &connected.id,
            conn_info: connected.info.as_deref(),
            chan_info: claims.and_then(|claims| claims.info.as_deref()),
        };
        let who: Arc<RawValue> = to_raw_value(&who).ok()?.into();
        let ends_at = end_of(claims.and_then(|claims| claims.exp), grace);
        connected.subscriptions.insert(channel.to_owned(), Subscription { ends_at, who });
        let listening = self.channel(channel);
        listening.listeners.insert(key, namespace.tells_joins(asks_joins));
        Some(listening.subscribed(namespace, from))
    }

    /// Lets the others see who has come, and the client itself.
    pub(super) fn announce(&mut self, key: ClientKey, channel: &str) {
        let Some(namespace) = self.namespace(channel) else { return };
        let Some(connected) = self.clients.get(&key).and_then(Client::connected) else { return };
        let Some(subscription) = connected.subscriptions.get(channel) else { return };
        let (id, who) = (connected.id.clone(), Arc::clone(&subscription.who));
        if namespace.presence {
            self.join(channel, &id, who);
        }
    }

    fn presence(&self, key: ClientKey, channel: &str) -> Result<BTreeMap<String, Arc<RawValue>>, Refusal> {
        let namespace = self.namespace(channel).ok_or_else(Refusal::unknown_channel)?;
        if !namespace.presence {
            return Err(Refusal::not_available());
        }
        self.check_listens(key, channel)?;
        Ok(self.channels.get(channel).map(|channel| channel.present.clone()).unwrap_or_default())
    }

    fn history(&mut self, key: ClientKey, id: u32, asked: &wire::History) -> Result<(), Refusal> {
        let namespace = self.namespace(&asked.channel).ok_or_else(Refusal::unknown_channel)?;
        if namespace.kept == 0 {
            return Err(Refusal::not_available());
        }
        self.check_listens(key, &asked.channel)?;
        let channel = self.channel(&asked.channel);
        let publications = channel.past(asked).ok_or_else(Refusal::unrecoverable_position)?;
        let past = Past { publications, epoch: &channel.epoch, offset: channel.top() };
        let reply = reply(id, "history", &past);
        self.say(key, &reply);
        Ok(())
    }

    fn check_listens(&self, key: ClientKey, channel: &str) -> Result<(), Refusal> {
        let listens = self.channels.get(channel).is_some_and(|channel| channel.listeners.contains_key(&key));
        if listens { Ok(()) } else { Err(Refusal::permission_denied()) }
    }

    fn refresh(&mut self, now: Now, key: ClientKey, id: u32, token: &str) -> Outcome {
        if token.is_empty() {
            return Err(Disconnect::bad_request());
        }
        let claims = match self.verify(now, token) {
            Ok(claims) => claims,
            Err(TokenFault::Invalid) => return Err(Disconnect::invalid_token()),
            Err(TokenFault::Expired) => return Err(Disconnect::expired()),
        };
        let grace = self.setup.grace;
        let Some(connected) = self.clients.get_mut(&key).and_then(Client::connected_mut) else {
            return Ok(Ok(()));
        };
        if claims.channel.is_some() || claims.sub != connected.user {
            return Err(Disconnect::invalid_token());
        }
        connected.closes_at = end_of(claims.exp, grace);
        self.say(key, &reply(id, "refresh", &Expiry::of(claims.exp, now.at.as_second())));
        Ok(Ok(()))
    }

    fn sub_refresh(&mut self, now: Now, key: ClientKey, id: u32, asked: &wire::SubRefresh) -> Outcome {
        if asked.channel.is_empty() || asked.token.is_empty() {
            return Err(Disconnect::bad_request());
        }
        let checked = self.verify(now, &asked.token);
        let grace = self.setup.grace;
        let Some(connected) = self.clients.get_mut(&key).and_then(Client::connected_mut) else {
            return Ok(Ok(()));
        };
        let user = connected.user.clone();
        let Some(subscription) = connected.subscriptions.get_mut(&asked.channel) else {
            return Ok(Err(Refusal::permission_denied()));
        };
        let exp = match checked {
            Ok(claims) if is_for(&claims, &asked.channel, &user) => claims.exp,
            Ok(_) | Err(TokenFault::Invalid) => return Err(Disconnect::invalid_token()),
            Err(TokenFault::Expired) => None,
        };
        subscription.ends_at = end_of(exp, grace);
        self.say(key, &reply(id, "sub_refresh", &Expiry::of(exp, now.at.as_second())));
        Ok(Ok(()))
    }

    fn verify(&self, now: Now, token: &str) -> Result<Claims, TokenFault> {
        jwt::verify(&self.setup.secret, token, now.at.as_second())
    }
}

/// Whether a channel may be subscribed to without a token; a user's own only by that user.
fn is_open(open: bool, channel: &str, user: &str) -> bool {
    match channel.strip_prefix("user:") {
        Some(id) => id.strip_prefix('#').map_or(open && id == user, |id| id == user),
        None => open,
    }
}

fn is_for(claims: &Claims, channel: &str, user: &str) -> bool {
    claims.channel.as_deref() == Some(channel) && claims.sub == user
}

fn users(present: &BTreeMap<String, Arc<RawValue>>) -> usize {
    #[derive(serde::Deserialize)]
    struct User {
        user: String,
    }
    let user = |who: &Arc<RawValue>| serde_json::from_str::<User>(who.get()).ok().map(|who| who.user);
    present.values().filter_map(user).collect::<BTreeSet<String>>().len()
}
