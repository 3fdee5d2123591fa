use std::{collections::BTreeMap, time::Duration};

use model::PersonFact;
use protocols::{
    Input, Instant, Machine as _, Output,
    bayeux::{self, Client, Options, ServerError, Transports},
    secret,
};
use secrecy::ExposeSecret as _;

use super::{
    Firmafon, Phase, Purpose, Transport,
    lacking::{OWN_CALLS, PRESENCE, RECEPTIONS},
    refusal::{self, Refusal},
};
use crate::{
    Failure, FailureKind, Report,
    firmafon::{
        calls::Channel,
        events::{self, Heard, Presence},
    },
};

/// In [`Transport::Auto`], pub/sub is tried again this often where REST stands in for it.
const TRY_AGAIN: Duration = Duration::from_secs(10 * 60);
/// A channel that a fault of the server's keeps from us is asked for again after this time, then more seldom.
const REFUSED_FIRST: Duration = Duration::from_secs(5);
const REFUSED_LAST: Duration = Duration::from_secs(5 * 60);
const CHANNELS: usize = 3;

/// What is known of pub/sub.
#[derive(Debug, Default)]
pub(super) struct State {
    /// It has been live at least once.
    was_live: bool,
    /// What it runs over, while it is live.
    live: Option<&'static str>,
    mine: String,
    /// What the server does not let us have, and whose fault that is.
    refused: BTreeMap<&'static str, Refused>,
    /// When channels that a fault of the server's keeps from us are asked for again.
    again_at: Option<Instant>,
    /// So many times in a row there were such.
    failed: u32,
}

#[derive(Debug)]
struct Refused {
    channel: String,
    fault: Refusal,
    retry_after: Option<Duration>,
}

impl State {
    /// Whether presence is told at all.
    pub(super) fn shows_presence(&self) -> bool {
        !self.refused.contains_key(PRESENCE)
    }

    /// What cannot be heard of by events, and what cannot be for now.
    pub(super) fn missing(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        let may_pass = |what: &&'static str| {
            self.refused.get(*what).is_some_and(|refused| refused.fault == Refusal::Protocol)
        };
        let (for_now, for_good) = self.refused.keys().copied().partition(may_pass);
        (for_good, for_now)
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        self.live.and(self.again_at)
    }

    fn refuses(&self, fault: Refusal) -> bool {
        self.refused.values().any(|refused| refused.fault == fault)
    }
}

impl Firmafon {
    pub(super) fn begin_pubsub(&mut self) {
        let Some(me) = &self.me else { return };
        let id = me.fact.id.trim_start_matches("Employee#").to_owned();
        let Some(company) = me.company.clone() else {
            return self.fail(Failure::new(FailureKind::Protocol, "the employee has no company"));
        };
        let transports = match self.config.transport {
            Transport::Auto | Transport::Polling => Transports::Auto,
            Transport::WebSocket => Transports::WebSocket,
            Transport::LongPolling => Transports::LongPolling,
        };
        let mut client = Client::new(Options { transports, ..Options::new(&self.config.pubsub_url) });
        let ext = serde_json::json!({"app": "ringside", "access_token": self.token.expose_secret()});
        client.set_ext(secret::Text::new(ext.to_string()));
        let mine = format!("/call2/employee/{id}");
        for channel in [&format!("/presence/company/{company}"), &format!("/call2/company/{company}"), &mine]
        {
            client.subscribe(self.now, channel);
        }
        client.handle(self.now, Input::Start);
        self.pubsub = State { mine, ..State::default() };
        self.client = Some(client);
        self.drain();
    }

    /// Hands an input to the Bayeux client, if there is one.
    pub(super) fn pass(&mut self, input: Input<'_>) {
        if let Some(client) = &mut self.client {
            client.handle(self.now, input);
        }
    }

    /// Takes all that the Bayeux client has to say.
    pub(super) fn drain(&mut self) {
        while let Some(client) = &mut self.client {
            match client.poll() {
                Output::Wait(at) => {
                    self.client_wait = at;
                    return;
                }
                Output::Event(event) => self.pubsub_event(event),
                Output::Failed(error) => {
                    self.client = None;
                    self.client_wait = None;
                    self.pubsub_failed(&error);
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

    fn pubsub_event(&mut self, event: bayeux::Event) {
        if self.phase == Phase::Leaving {
            return;
        }
        match event {
            bayeux::Event::Message { channel, data } => self.message(&channel, data.get()),
            bayeux::Event::Heard => self.tell(model::Event::Heard),
            bayeux::Event::Skipped(what) => self.tell_unknown(what),
            bayeux::Event::Interrupted => self.interrupted(),
            bayeux::Event::Refused { channel, error } => self.refused(&channel, &error),
            bayeux::Event::Live { transport, fresh } => self.pubsub_live(transport.name(), fresh),
        }
    }

    fn pubsub_live(&mut self, transport: &'static str, fresh: bool) {
        let before = self.pubsub.refused.len();
        if let Some(client) = &self.client {
            // What an earlier session was refused this one may have.
            self.pubsub.refused.retain(|_, refused| client.is_refused(&refused.channel));
        }
        if self.pubsub.refused.len() >= CHANNELS {
            return self.all_refused();
        }
        let regained = self.pubsub.refused.len() < before;
        if fresh && self.pubsub.refuses(Refusal::Token) {
            self.verify(None);
        }
        self.phase = Phase::PubSub;
        let was_live = self.pubsub.live.replace(transport);
        if was_live != Some(transport) {
            self.out.push_back(Output::Event(Report::Live { transport }));
        }
        self.pubsub.was_live = true;
        self.schedule_refused();
        if fresh || was_live.is_none() || regained {
            self.begin_resync();
        }
    }

    fn schedule_refused(&mut self) {
        if !self.pubsub.refuses(Refusal::Protocol) {
            (self.pubsub.again_at, self.pubsub.failed) = (None, 0);
            return;
        }
        let doubled = REFUSED_FIRST * 2_u32.saturating_pow(self.pubsub.failed.min(10));
        self.pubsub.failed = self.pubsub.failed.saturating_add(1);
        let wish = self.pubsub.refused.values().filter_map(|refused| refused.retry_after).max();
        let pause = self.jittered(doubled.min(REFUSED_LAST)).max(wish.unwrap_or_default());
        self.pubsub.again_at = Some(self.now + pause);
    }

    /// Asks once more for the channels that a fault of the server's keeps from us.
    pub(super) fn refused_due(&mut self, now: Instant) {
        if self.pubsub.next_at().is_none_or(|at| at > now) {
            return;
        }
        self.pubsub.again_at = None;
        let Some(client) = &mut self.client else { return };
        for refused in self.pubsub.refused.values().filter(|refused| refused.fault == Refusal::Protocol) {
            client.subscribe(now, &refused.channel);
        }
    }

    fn all_refused(&mut self) {
        let failure = |kind| Failure::new(kind, "all channels are refused");
        if self.phase == Phase::Polling {
            self.give_up_pubsub(Some(TRY_AGAIN));
        } else if self.pubsub.refuses(Refusal::Token) {
            self.verify(Some(failure(FailureKind::RefusedToken)));
        } else if self.pubsub.refuses(Refusal::Protocol) {
            self.fail(failure(FailureKind::Protocol));
        } else {
            self.verify(Some(failure(FailureKind::Forbidden)));
        }
    }

    fn interrupted(&mut self) {
        if self.pubsub.live.take().is_some() {
            self.out.push_back(Output::Event(Report::Interrupted));
        }
    }

    fn refused(&mut self, channel: &str, error: &ServerError) {
        let what = if channel.starts_with("/presence/") {
            PRESENCE
        } else if channel == self.pubsub.mine {
            OWN_CALLS
        } else {
            RECEPTIONS
        };
        self.tell_unknown(format!("refused channel: {what}"));
        let fault = refusal::of_channel(channel, error);
        self.pubsub
            .refused
            .insert(what, Refused { channel: channel.to_owned(), fault, retry_after: error.retry_after });
    }

    /// Asks REST whether the token is still good; if it is, the session ends with `otherwise` or goes on.
    pub(super) fn verify(&mut self, otherwise: Option<Failure>) {
        self.cancel(|purpose| matches!(purpose, Purpose::Verify(_)));
        let request = self.api.employee();
        self.ask(Purpose::Verify(otherwise), request);
    }

    fn pubsub_failed(&mut self, error: &bayeux::Error) {
        if self.phase == Phase::Leaving {
            return self.end(Output::Ended);
        }
        let wanted = !matches!(error, bayeux::Error::Unwanted(_));
        if self.phase == Phase::Polling {
            return self.give_up_pubsub(wanted.then_some(TRY_AGAIN));
        }
        if let Some(kind) = refusal::of_access(error) {
            self.interrupted();
            return self.verify(Some(Failure::new(kind, "pub/sub refuses a token that REST accepts")));
        }
        if self.config.transport == Transport::Auto && (!wanted || is_gone(error)) {
            self.interrupted();
            return self.begin_polling(wanted.then_some(TRY_AGAIN));
        }
        self.fail(failure_of(error, self.pubsub.was_live));
    }

    fn message(&mut self, channel: &str, json: &str) {
        match events::parse(channel, json) {
            Heard::Presence(presence) => self.presence(presence),
            Heard::Group => {}
            Heard::Call(event) => {
                let channel = if channel == self.pubsub.mine { Channel::Mine } else { Channel::Company };
                if let Some(status) = &event.odd_status {
                    self.tell_unknown(format!("call status {status}"));
                }
                let facts = self.calls.heard(self.now, &event, channel);
                self.tell_calls(facts);
            }
            Heard::Unknown(name) => self.tell_unknown(name),
        }
    }

    fn presence(&mut self, Presence { fact, odd }: Presence) {
        if let Some(name) = odd {
            self.tell_unknown(name);
        }
        if self.unseen.contains(&fact.id) {
            return;
        }
        let mine = self.is_me(&fact.id).then_some(fact.availability).flatten();
        if self.known.add(&fact.id) {
            self.resync.ask_soon(self.now);
        }
        if let Some(fact) = self.resync.hold_back(fact) {
            self.tell_person(fact);
        }
        if let Some(seen) = mine {
            let facts = self.calls.presence(self.now, seen);
            self.tell_calls(facts);
        }
    }

    pub(super) fn tell_people(&mut self, facts: Vec<PersonFact>) {
        for fact in facts {
            self.tell_person(fact);
        }
    }
}

fn is_gone(error: &bayeux::Error) -> bool {
    matches!(error, bayeux::Error::Status { status: 404 | 410, .. })
}

/// The failure that `error` is; the server's own words are left out, they may repeat a token or a number.
fn failure_of(error: &bayeux::Error, was_live: bool) -> Failure {
    let (kind, detail) = match error {
        bayeux::Error::Unreachable(fault) => return Failure::from(fault),
        bayeux::Error::Status { status, retry_after } => return Failure::from_status(*status, *retry_after),
        bayeux::Error::Dropped { code, .. } => (FailureKind::Dropped, format!("closed with {code:?}")),
        bayeux::Error::Silent => (FailureKind::Silent, "no frame in time".to_owned()),
        bayeux::Error::Unanswered(what) if was_live => (FailureKind::Silent, format!("no answer to {what}")),
        bayeux::Error::Unanswered(what) => (FailureKind::Unreachable, format!("no answer to {what}")),
        bayeux::Error::RefusedAtHandshake(error) => {
            (FailureKind::Protocol, format!("handshake refused with {:?}", error.code))
        }
        bayeux::Error::RefusedAtConnect(error) => {
            (FailureKind::Protocol, format!("connect refused with {:?}", error.code))
        }
        bayeux::Error::Unwanted(error) => {
            (FailureKind::Unwanted, format!("advice none with {:?}", error.as_ref().and_then(|e| e.code)))
        }
        bayeux::Error::Protocol(how) => (FailureKind::Protocol, (*how).to_owned()),
    };
    Failure { retry_after: error.retry_after(), ..Failure::new(kind, detail) }
}
