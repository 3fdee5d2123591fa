//! Events: which channels are listened to, with which tokens, and what becomes of what they say.

use std::{collections::BTreeMap, sync::Arc};

use model::Event;
use std::time::Duration;

use protocols::{
    Input, Machine as _, Output,
    centrifugo::{self, Client, Options, Subscription, TokenFor},
    secret,
};

use super::{
    Phase, Semaswift,
    asking::Ask,
    channels::{Kind, Refusal, Wanted},
    ends::failure_of,
    sign_in::may_pass,
};
use crate::{
    Attention, Failure, FailureKind, Report, Verdict,
    semaswift::{
        config::{default_channels, default_of, realtime_address},
        events::{self, Heard},
        jwt,
        people::Roll,
        rest::Tokens,
    },
};

/// More channels than anybody needs, however many tokens come.
const MOST_CHANNELS: usize = 1000;

/// Centrifugo pings every 25 s unless told otherwise; so a dead connection is found out within 35 s.
const PING_SLACK: Duration = Duration::from_secs(8);

impl Semaswift {
    pub(super) fn begin_realtime(&mut self, tokens: Tokens) {
        let Some(token) = tokens.connection else {
            return self.fail(Failure::new(FailureKind::Protocol, "the answer is no token"));
        };
        let url = match (&self.config.realtime_url, &tokens.url) {
            (Some(url), _) => url.clone(),
            (None, Some(url)) => match realtime_address("url", url) {
                Ok(url) => url,
                Err(_) => {
                    let detail = "the address for events is none that may be used";
                    return self.fail(Failure::new(FailureKind::Protocol, detail));
                }
            },
            (None, None) => default_of("realtime_url").to_owned(),
        };
        self.people.my_user = jwt::claims(token.expose()).sub.or_else(|| self.access.user());
        self.calls.me.clone_from(&self.people.my_agent);
        self.name_channels(tokens.by_channel, tokens.channels);
        let mut client = Client::new(Options { ping_slack: PING_SLACK, ..Options::new(url) }, events::parse);
        client.set_token(self.now, &TokenFor::Connection, token);
        self.client = Some(client);
        self.phase = Phase::Realtime;
        self.resync.begin(self.channels.calls().is_some());
        self.join_and_leave();
        self.pass(Input::Start);
    }

    /// The channels of the settings, or else the vendor's and those that tokens came for.
    ///
    /// Where channels have tokens of their own, each is asked one for; without one, it may still do.
    fn name_channels(&mut self, by_token: bool, mut tokens: BTreeMap<String, Option<secret::Text>>) {
        let mut names = self.config.channels.clone().unwrap_or_else(default_channels);
        if self.config.channels.is_none() {
            names.extend(tokens.keys().filter(|name| Kind::of(name) != Kind::Other).cloned());
        }
        for name in names.into_iter().take(MOST_CHANNELS) {
            let Some(name) = self.named(&name) else {
                self.channels.nameless = true;
                continue;
            };
            let refused = tokens.get(&*name).is_some_and(Option::is_none);
            let wanted = Wanted {
                needs_token: by_token && !refused,
                token: tokens.remove(&*name).flatten(),
                ..Wanted::default()
            };
            if Kind::of(&name) == Kind::Presence && self.channels.roll(&name).is_none() {
                self.channels.rolls.push(Arc::clone(&name));
            }
            self.channels.wanted.entry(name).or_insert(wanted);
        }
    }

    fn named(&self, name: &str) -> Option<Arc<str>> {
        if !name.contains(['{', '}']) {
            return Some(name.into());
        }
        let user = self.people.my_user.as_deref()?;
        Some(name.replace("{id}", user).replace("{user_id}", user).into())
    }

    /// Listens to what is needed for the present attention, and to nothing else.
    pub(super) fn join_and_leave(&mut self) {
        let names: Vec<Arc<str>> = self.channels.wanted.keys().cloned().collect();
        for name in names {
            let wanted = !(self.attention == Attention::Alerts && self.channels.is_detail(&name));
            match self.channels.wanted.get_mut(&name) {
                Some(known) if known.refused == Some(Refusal::ForGood) || known.joined == wanted => {}
                Some(_) if wanted => self.join(&name),
                Some(known) => {
                    (known.joined, known.refused, known.was_heard) = (false, None, false);
                    if let Some(client) = &mut self.client {
                        client.unsubscribe(self.now, &name);
                    }
                }
                None => {}
            }
        }
    }

    fn join(&mut self, name: &Arc<str>) {
        let (Some(client), Some(wanted)) = (&mut self.client, self.channels.wanted.get_mut(name)) else {
            return;
        };
        wanted.joined = true;
        let subscription = Subscription {
            channel: name.as_ref().to_owned(),
            join_leave: Kind::of(name) == Kind::Presence,
            needs_token: wanted.needs_token,
            token: wanted.token.take(),
        };
        client.subscribe(self.now, subscription);
    }

    /// Hands an input to the client, if there is one.
    pub(super) fn pass(&mut self, input: Input<'_>) {
        if let Some(client) = &mut self.client {
            client.handle(self.now, input);
        }
    }

    /// Takes all that the client has to say.
    pub(super) fn drain(&mut self) {
        while let Some(client) = &mut self.client {
            match client.poll() {
                Output::Wait(at) => {
                    self.client_wait = at;
                    return;
                }
                Output::Event(event) => self.event(event),
                Output::Failed(error) => {
                    self.client = None;
                    self.fail(failure_of(&error));
                }
                Output::Ended => self.end(Output::Ended),
                Output::Open(open) => self.out.push_back(Output::Open(open)),
                Output::Send(text) => self.out.push_back(Output::Send(text)),
                Output::Ping => self.out.push_back(Output::Ping),
                Output::Close(code) => self.out.push_back(Output::Close(code)),
                Output::Fetch(id, request) => self.out.push_back(Output::Fetch(id, request)),
                Output::Cancel(id) => self.out.push_back(Output::Cancel(id)),
            }
        }
    }

    fn event(&mut self, event: centrifugo::Event<Heard>) {
        use centrifugo::Event as E;
        match event {
            E::Publication { channel, content } => self.heard(&channel, content),
            E::Joined { channel, member } => {
                if let Some(roll) = self.channels.roll(&channel)
                    && let Some(fact) = self.people.joined(roll, member)
                {
                    self.tell_person(fact);
                }
            }
            E::Left { channel, member } => {
                if let Some(roll) = self.channels.roll(&channel) {
                    self.people.left(self.now, roll, &member);
                }
            }
            E::Present { channel, members } => {
                if let Some(roll) = self.channels.roll(&channel) {
                    self.present(roll, members);
                }
            }
            E::Past { contents, .. } => self.past_came(contents),
            E::Heard => self.tell(Event::Heard),
            E::Skipped(what) => self.tell_unknown(what),
            E::TokenWanted(TokenFor::Connection) => {
                if !self.is_asked(|ask| *ask == Ask::ConnectionToken) {
                    self.ask(Ask::ConnectionToken);
                }
            }
            E::TokenWanted(TokenFor::Channel(channel)) => {
                self.tokens_wanted.insert(channel);
            }
            E::Subscribed { channel, recovered } => self.subscribed(&channel, recovered),
            E::Refused { channel, retried, .. } => {
                self.lose_channel(&channel, if retried { Refusal::ForNow } else { Refusal::ForGood });
            }
            E::Unsubscribed { channel, .. } => {
                // What the server chose by itself it may end as it likes.
                if self.channels.wanted.contains_key(&channel) {
                    self.lose_channel(&channel, Refusal::ForGood);
                }
            }
            E::Interrupted => {
                self.live = false;
                self.report(Report::Interrupted);
                self.resync.interrupted();
            }
            E::Live => self.went_live(),
        }
    }

    fn heard(&mut self, channel: &str, heard: Heard) {
        match heard {
            Heard::Call(event) => {
                let personal = Kind::of(channel) == Kind::Personal;
                for fact in self.calls.heard(self.now, &event, personal) {
                    self.tell(Event::from(fact));
                }
            }
            Heard::Status(change) => self.status_changed(change),
            Heard::Ticket(ticket) => self.tell(Event::Ticket(ticket)),
            Heard::Unknown(name) => self.tell_unknown(name),
        }
    }

    fn subscribed(&mut self, channel: &Arc<str>, recovered: bool) {
        let mut lost = false;
        if let Some(wanted) = self.channels.wanted.get_mut(channel) {
            wanted.refused = None;
            lost = std::mem::replace(&mut wanted.was_heard, true) && !recovered;
        }
        match Kind::of(channel) {
            Kind::Presence => {
                if let Some(roll) = self.channels.roll(channel) {
                    self.ask_presence_of(roll, channel);
                }
            }
            Kind::Calls if !recovered => self.resync.missed_calls(lost),
            Kind::Queue | Kind::Personal if !recovered && !self.channels.hears_calls() => {
                self.resync.missed_calls(lost);
            }
            Kind::Agents if !recovered => self.resync.missed_agents(),
            Kind::Calls | Kind::Agents | Kind::Queue | Kind::Tickets | Kind::Personal | Kind::Other => {}
        }
        self.resync_again();
    }

    fn ask_presence_of(&mut self, roll: Roll, channel: &str) {
        if let Some(client) = &mut self.client {
            self.people.begin_reading(roll);
            self.resync.await_presence(roll);
            client.presence(self.now, channel);
        }
    }

    /// Asks once more who is there, wherever that can be asked.
    pub(super) fn ask_presence(&mut self) {
        for (roll, channel) in (0..).zip(self.channels.rolls.clone()) {
            if self.client.as_ref().is_some_and(|client| client.is_subscribed(&channel)) {
                self.ask_presence_of(roll, &channel);
            }
        }
    }

    fn lose_channel(&mut self, channel: &str, refusal: Refusal) {
        self.tell_unknown(format!("refused channel: {}", super::lacking::name(Kind::of(channel))));
        self.channels.refuse(channel, refusal);
        if let (Refusal::ForGood, Some(roll)) = (refusal, self.channels.roll(channel)) {
            self.forget_presence(roll);
        }
        // Queues stand in for the channel that tells of all calls.
        self.join_and_leave();
        self.resync_again();
    }

    fn went_live(&mut self) {
        if self.channels.all_refused() {
            let failure = Failure::new(FailureKind::Forbidden, "all channels are refused");
            return self.fail(failure);
        }
        self.live = true;
        self.report(Report::Live { transport: "websocket" });
        self.resync_now();
    }

    // --- tokens ---

    pub(super) fn connection_token_came(&mut self, answer: Result<Tokens, Failure>) {
        match answer {
            Ok(Tokens { connection: Some(token), channels, .. }) => {
                let Some(client) = &mut self.client else { return };
                client.set_token(self.now, &TokenFor::Connection, token);
                for (channel, token) in channels {
                    let channel: Arc<str> = channel.into();
                    if let (Some(token), true) = (token, self.tokens_wanted.remove(&channel)) {
                        client.set_token(self.now, &TokenFor::Channel(channel), token);
                    }
                }
            }
            Ok(_) => self.no_connection_token(Failure::new(FailureKind::Protocol, "the answer is no token")),
            Err(failure) => self.no_connection_token(failure),
        }
    }

    fn no_connection_token(&mut self, failure: Failure) {
        // While events flow there is time to try again.
        if !self.live || failure.verdict() != Verdict::Retry {
            return self.fail(failure);
        }
        if let Some(client) = &mut self.client {
            client.no_token(self.now, &TokenFor::Connection);
        }
    }

    pub(super) fn ask_channel_tokens(&mut self) {
        if !self.tokens_wanted.is_empty() && !self.is_asked(|ask| matches!(ask, Ask::ChannelTokens(_))) {
            let channels = std::mem::take(&mut self.tokens_wanted);
            self.ask(Ask::ChannelTokens(channels.into_iter().collect()));
        }
    }

    /// A channel gets no token: it is tried without one, unless it had one before.
    fn no_channel_token(&mut self, channel: &Arc<str>) {
        let Some(client) = &mut self.client else { return };
        let is_heard = client.is_subscribed(channel);
        if let Some(wanted) = self.channels.wanted.get_mut(channel).filter(|_| !is_heard) {
            wanted.needs_token = false;
            return self.join(channel);
        }
        client.unsubscribe(self.now, channel);
        self.lose_channel(channel, Refusal::ForGood);
    }

    /// Channels whose tokens cannot be had for the moment; they are asked for again by themselves.
    pub(super) fn no_tokens_for_now(&mut self, channels: &[Arc<str>]) {
        let Some(client) = &mut self.client else { return };
        for channel in channels {
            client.no_token(self.now, &TokenFor::Channel(Arc::clone(channel)));
        }
    }

    pub(super) fn channel_tokens_came(&mut self, asked: &[Arc<str>], answer: Result<Tokens, Failure>) {
        let mut tokens = match answer {
            Ok(tokens) => tokens.channels,
            Err(failure) if may_pass(&failure) => return self.no_tokens_for_now(asked),
            Err(_) => BTreeMap::new(),
        };
        for channel in asked {
            let Some(client) = &mut self.client else { return };
            let of = TokenFor::Channel(Arc::clone(channel));
            match tokens.remove(&**channel).flatten() {
                Some(token) => client.set_token(self.now, &of, token),
                None => self.no_channel_token(channel),
            }
        }
    }
}
