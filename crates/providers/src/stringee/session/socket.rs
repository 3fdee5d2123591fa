//! The socket: what it needs, and what it tells.

use model::Event;
use protocols::{
    Input, Machine as _, Output, secret,
    stringee::{self, Client, Options, Published},
};
use secrecy::ExposeSecret as _;

use super::{Phase, Stringee, refusal::failure_of};
use crate::{Report, stringee::calls::Watch, text::clean};

impl Stringee {
    pub(super) fn connect(&mut self) {
        let Some(tokens) = &self.tokens else { return };
        let token = secret::Text::new(tokens.client.expose_secret());
        let me = self.config.softphone_user.clone().or_else(|| tokens.claims.user.clone());
        self.be(me.unwrap_or_default());
        let device = self.device();
        let mut options = Options::new(self.config.servers.clone(), device);
        options.address_url = self.config.address_url.clone();
        let mut client = Client::new(options, token);
        client.handle(self.now, Input::Start);
        self.phase = Phase::Connecting;
        self.client = Some(client);
        self.drain();
    }

    /// The person is this one.
    pub(super) fn be(&mut self, me: String) {
        self.calls.belong_to(&me);
        self.me = me;
        let observer = self.is_observer();
        let user = self.tokens.as_ref().and_then(|tokens| tokens.claims.user.clone());
        self.people.leave_out(user.filter(|_| observer));
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
                Output::Event(event) => self.client_told(event),
                Output::Failed(error) => {
                    self.client = None;
                    let renewable = self.can_renew();
                    self.fail(failure_of(error, renewable));
                }
                Output::Ended => self.client = None,
                Output::Open(open) => self.out.push_back(Output::Open(open)),
                Output::Send(text) => self.out.push_back(Output::Send(text)),
                Output::Ping => self.out.push_back(Output::Ping),
                Output::Close(code) => self.out.push_back(Output::Close(code)),
                Output::Fetch(id, request) => self.out.push_back(Output::Fetch(id, request)),
                Output::Cancel(id) => self.out.push_back(Output::Cancel(id)),
            }
        }
    }

    fn client_told(&mut self, event: stringee::Event) {
        match event {
            stringee::Event::Published(published) => self.published(&published),
            stringee::Event::Heard => self.tell(Event::Heard),
            stringee::Event::Live { user } => self.live(user.as_deref()),
            stringee::Event::TokenWanted => self.token_wanted(),
            stringee::Event::Invited(invite) => {
                let fact = self.calls.invited(self.now, &invite);
                self.tell_calls(fact);
            }
            stringee::Event::Turned { call, turn, place } => {
                let relay = if self.relay_tells() { Watch::Tells } else { Watch::Silent };
                let fact = self.calls.turned(self.now, &call, (turn, place), relay);
                self.tell_calls(fact);
            }
            stringee::Event::Changed(id, result) => self.dnd_changed(id, result),
            stringee::Event::Skipped(what) => self.tell_unknown(what),
        }
    }

    fn live(&mut self, user: Option<&str>) {
        if self.me.is_empty() {
            self.be(user.and_then(clean).unwrap_or_default());
        }
        self.phase = Phase::Live;
        self.calls.take_over(self.now, &std::mem::take(&mut self.left_open));
        self.out.push_back(Output::Event(Report::Live { transport: "websocket" }));
        self.begin_behind();
    }

    fn published(&mut self, published: &Published) {
        for name in &published.strange {
            self.tell_unknown(format!("topic message field {}", crate::stringee::people::short(name)));
        }
        if let Some(call) = &published.call {
            match self.calls.published(self.now, call) {
                Ok(fact) => self.tell_calls(fact),
                Err(why) => self.tell_unknown(why),
            }
        }
        if published.call.is_some() && published.user.is_none() {
            return;
        }
        let learnt = self.people.published(self.now, published);
        if let Some(name) = learnt.unknown {
            self.tell_unknown(name);
        }
        let Some(fact) = learnt.fact else { return };
        let mine = fact.id == self.me;
        self.tell_person(fact);
        // Where calls do not ring here and nobody names them, the phone's own ringing is all there is.
        if let (true, Some(phone)) = (mine && published.call.is_none(), learnt.phone)
            && self.is_observer()
            && !self.has_relay()
        {
            let fact = self.calls.phone(self.now, phone);
            self.tell_calls(fact);
        }
        if mine && published.attribute.as_deref() == Some(&*self.config.dnd.attribute) {
            self.dnd_heard();
        }
    }

    /// Whether the token's user is not the person.
    pub(super) fn is_observer(&self) -> bool {
        let user = self.tokens.as_ref().and_then(|tokens| tokens.claims.user.as_deref());
        match (&self.config.softphone_user, user) {
            (softphone, None) => softphone.is_some(),
            (_, Some(user)) => user != self.me,
        }
    }
}
