//! What a test or the demo can make happen at Stringee.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::relay::Relay;
use super::token::KEY_SID;
use super::{
    AttributeChange, CallKind, Caller, Client, Entrance, Entry, HttpAnswer, Identity, Ping, Requests, Shared,
    Surface, Told, asking, frames, websocket,
};
use crate::office::{Line, ME};

/// Makes things happen at the simulated Stringee, at once and in the order of the calls. Clones steer the same one.
///
/// Methods about a call or a user return `false` when there is no such call going on, or nobody with that userId.
#[derive(Clone, Debug)]
pub struct Handle {
    pub(super) shared: Arc<Shared>,
}

impl Handle {
    /// The userId of the office's first person, whose account the tokens are for.
    pub fn me(&self) -> String {
        self.shared.lock().project.user(ME).to_owned()
    }

    /// The userIds of the office, the first person first.
    pub fn users(&self) -> Vec<String> {
        self.shared.lock().project.staff().to_vec()
    }

    /// The organisation's first line, which [`Handle::incoming_call`] comes in by.
    pub fn line(&self) -> String {
        self.shared.lock().project.line(Line(0)).to_owned()
    }

    /// `http://127.0.0.1:1234`: the address lookup, REST, `/token` and `/relay` are below it.
    pub fn base(&self) -> String {
        self.shared.lock().base()
    }

    /// `ws://127.0.0.1:1234/`
    pub fn server(&self, entry: Entry) -> String {
        let state = self.shared.lock();
        state.addresses.get(&entry).map(|address| format!("ws://{address}/")).unwrap_or_default()
    }

    /// A client token as the organisation's endpoint would give it.
    pub fn token(&self) -> String {
        self.shared.lock().client_token(Timestamp::now())
    }

    /// A REST token.
    pub fn rest_token(&self) -> String {
        let state = self.shared.lock();
        state.keys.rest_token(state.token_end(Timestamp::now()))
    }

    /// A token with this payload, signed with the project's key; `iss` is added.
    pub fn sign_token(&self, mut payload: Value) -> String {
        if let Some(payload) = payload.as_object_mut() {
            payload.entry("iss").or_insert_with(|| KEY_SID.into());
        }
        self.shared.lock().keys.sign(&payload)
    }

    /// All tokens that were made until now are expired.
    pub fn expire_tokens(&self) {
        self.shared.with(|state, _| state.keys.expire_all());
    }

    /// The next token that the organisation's endpoint gives is expired for Stringee, whatever it says itself.
    pub fn revoke_next_token(&self) {
        self.shared.with(|state, _| state.revoke_next = true);
    }

    /// How long tokens are good for that are made from now on.
    pub fn set_token_life(&self, life: Duration) {
        self.shared.with(|state, _| state.options.token_life = life);
    }

    /// Whom the tokens are for that are made from now on.
    pub fn set_identity(&self, identity: Identity) {
        self.shared.with(|state, _| state.options.identity = identity);
    }

    /// What the token endpoint wants from now on.
    pub fn set_authorization(&self, authorization: Option<&str>) {
        self.shared.with(|state, _| state.options.authorization = authorization.map(str::to_owned));
    }

    /// What becomes of websockets and AUTHEN at an entry from now on.
    pub fn set_entrance(&self, entry: Entry, entrance: Entrance) {
        self.shared.with(|state, _| state.entrances.insert(entry, entrance));
    }

    /// What clients are asked with from now on; the next time is when it is due.
    pub fn set_ping(&self, ping: Ping) {
        self.shared.with(|state, _| state.ping = ping);
    }

    /// Asks every client at once whether it is there.
    pub fn ping(&self, ping: &Ping) {
        self.shared.with(|state, _| {
            if let Some(frame) = websocket::ping(ping) {
                state.project.send_all(&frame);
            }
        });
    }

    /// Sends any text to every client that is signed in.
    pub fn send_text(&self, text: &str) {
        self.shared.with(|state, _| state.project.send_all(text));
    }

    /// Sends a frame of any service to every client that is signed in.
    pub fn send(&self, service: i64, body: &Value) {
        self.send_text(&frames::frame(service, body));
    }

    /// Sends any message to the subscribers of a topic.
    pub fn publish(&self, topic: &str, message: &Value) {
        self.shared.with(|state, _| state.project.publish(topic, message));
    }

    /// An attribute of a user changes, and its topics hear of it; none = it has no value any more.
    pub fn set_attribute(&self, user: &str, name: &str, value: Option<Value>) {
        self.shared.with(|state, now| state.project.set_attribute(now.at, user, name, value));
    }

    /// An attribute of a user; none = it has no value.
    pub fn attribute(&self, user: &str, name: &str) -> Option<Value> {
        self.shared.lock().project.attribute(user, name).cloned()
    }

    /// What becomes of attribute changes from now on.
    pub fn set_attribute_change(&self, change: AttributeChange) {
        self.shared.with(|state, _| state.project.change = change);
    }

    /// Gives a user a softphone or takes it away; without any client they are offline.
    pub fn set_softphone(&self, user: &str, on: bool) -> bool {
        self.shared.with(|state, now| state.project.set_softphone(now.at, user, on))
    }

    /// Somebody calls the organisation's first line, which rings these users. Returns the call's id.
    pub fn incoming_call(&self, kind: CallKind, to: &[&str], from: &Caller) -> String {
        let to: Vec<String> = to.iter().map(|user| (*user).to_owned()).collect();
        self.shared.with(|state, now| {
            let line = state.project.line(Line(0)).to_owned();
            state.project.incoming(now.at, kind, &to, from, &line)
        })
    }

    /// A user calls a number. Returns the call's id.
    pub fn outgoing_call(&self, by: &str, number: &str) -> String {
        self.shared.with(|state, now| {
            let line = state.project.line(Line(0)).to_owned();
            state.project.outgoing(now.at, by, number, &line)
        })
    }

    /// One more user is rung by a call.
    pub fn ring(&self, call: &str, user: &str) -> bool {
        self.shared.with(|state, now| state.project.ring(now.at, call, user))
    }

    /// Those whom a call rings hear of a state of it: 180, 183.
    pub fn call_state(&self, call: &str, code: u16) -> bool {
        self.shared.with(|state, _| state.project.call_state(call, code))
    }

    /// A user's softphone takes the call, or the other side an outgoing one.
    pub fn answer(&self, call: &str, by: &str) -> bool {
        self.shared.with(|state, now| state.project.answer(now.at, call, by))
    }

    /// A user's softphone says no with this code, 486 or 603; the call lives on.
    pub fn decline(&self, call: &str, user: &str, code: u16) -> bool {
        self.shared.with(|state, now| state.project.decline(now.at, call, user, code))
    }

    /// An answered call moves on: another user is rung until they answer.
    pub fn transfer(&self, call: &str, to: &str) -> bool {
        self.shared.with(|state, now| state.project.transfer(now.at, call, to))
    }

    /// The call ends.
    pub fn end(&self, call: &str, told: Told) -> bool {
        self.shared.with(|state, now| state.project.end(now.at, call, told))
    }

    /// REST answers as if the key were of another region: 403, `r` 5.
    pub fn set_other_region(&self, on: bool) {
        self.shared.with(|state, _| state.other_region = on);
    }

    /// `r` is a text and `message` is called `msg`, everywhere.
    pub fn set_odd_envelope(&self, on: bool) {
        self.shared.with(|state, _| state.odd_envelope = on);
    }

    /// Resets every TCP connection.
    pub fn drop_connections(&self) {
        self.shared.taps.reset_all();
    }

    /// While frozen, connections stay open and whatever is sent on them is lost, both ways. Those that lived then
    /// stay silent afterwards; later ones work.
    pub fn freeze(&self, on: bool) {
        self.shared.taps.freeze(on);
    }

    /// As after a restart of the organisation's relay: it knows no calls, and its events begin anew.
    pub fn restart_relay(&self) {
        self.shared.with(|state, now| {
            let mut relay = Relay::new(now, state.project.names(), state.project.lines());
            if state.options.relay_token {
                relay.accept(asking::RELAY_TOKEN.to_owned(), state.project.user(ME).to_owned());
            }
            state.relay = relay;
        });
        self.shared.taps.close_all();
    }

    /// Answers this to every request instead of the truth, until [`Handle::answer_truly`]. Open websockets go on.
    pub fn answer_http(&self, surface: Surface, answer: HttpAnswer) {
        self.shared.with(|state, _| state.instead.insert(surface, answer));
    }

    /// Takes [`Handle::answer_http`] back.
    pub fn answer_truly(&self, surface: Surface) {
        self.shared.with(|state, _| state.instead.remove(&surface));
    }

    /// Who is signed in.
    pub fn clients(&self) -> Vec<Client> {
        self.shared.lock().project.listed_clients()
    }

    /// What has been asked so far.
    pub fn requests(&self) -> Requests {
        self.shared.lock().requests()
    }

    /// Waits until what has been asked is enough.
    pub async fn until(&self, mut enough: impl FnMut(&Requests) -> bool) {
        self.watch(|handle| enough(&handle.requests())).await;
    }

    /// Waits until something is reached; looks whenever anything was asked or done.
    pub async fn watch(&self, mut reached: impl FnMut(&Handle) -> bool) {
        let mut moves = self.shared.moved.subscribe();
        while !reached(self) {
            if moves.changed().await.is_err() {
                return;
            }
        }
    }
}
