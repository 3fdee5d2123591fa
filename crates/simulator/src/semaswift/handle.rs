//! What a test or the demo can make happen at Semaswift.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::centrifugo::Instead;
use super::organisation::{Agent, ME, ME_USER};
use super::{Disconnect, HttpAnswer, Method, Refusal, Requests, Shared, Surface};
use crate::Addresses;

/// Makes things happen at the simulated Semaswift, at once and in the order of the calls. Clones steer the same one.
///
/// Methods about a call or an agent return `false` when there is no such call going on, or nobody with that id.
#[derive(Clone, Debug)]
pub struct Handle {
    pub(super) shared: Arc<Shared>,
}

impl Handle {
    /// Where it is reachable.
    pub fn addresses(&self) -> Addresses {
        let state = self.shared.lock();
        let settings = Map::from_iter([
            ("api_url".to_owned(), Value::from(format!("http://{}", self.shared.address))),
            ("realtime_url".to_owned(), Value::from(state.realtime_url.clone())),
            ("agent_id".to_owned(), Value::from(ME)),
        ]);
        Addresses {
            provider: "semaswift",
            settings,
            secret: json!({ "access_token": state.options.personal_token }),
            me: ME.to_owned(),
            company_id: None,
        }
    }

    /// The agent that the token's owner is.
    pub fn me(&self) -> &'static str {
        ME
    }

    /// The user that the token's owner is.
    pub fn me_user(&self) -> &'static str {
        ME_USER
    }

    /// The ids of all agents, the owner first.
    pub fn agents(&self) -> Vec<String> {
        self.shared.lock().organisation.agents().iter().map(|agent| agent.id.clone()).collect()
    }

    /// The ids of all queues.
    pub fn queues(&self) -> Vec<String> {
        self.shared.lock().organisation.queues().map(str::to_owned).collect()
    }

    /// What others see of an agent, such as `on_call`.
    pub fn status(&self, agent: &str) -> Option<&'static str> {
        self.shared.lock().organisation.agent(agent).map(Agent::shown)
    }

    /// Sends any data on any channel.
    pub fn publish(&self, channel: &str, data: &Value) {
        let Ok(data) = serde_json::value::to_raw_value(data) else { return };
        self.shared.with(|state, _| state.centrifugo.publish(channel, &data));
    }

    /// Somebody calls a queue, an agent, or an agent through a queue; without a number it is withheld. Returns the
    /// call's id.
    pub fn incoming_call(&self, queue: Option<&str>, agent: Option<&str>, from: Option<&str>) -> String {
        self.shared.with(|state, now| state.organisation.incoming(now.at, queue, agent, from))
    }

    /// An agent calls somebody. Returns the call's id.
    pub fn outgoing_call(&self, agent: &str, to: &str) -> String {
        self.shared.with(|state, now| state.organisation.outgoing(now.at, agent, to))
    }

    /// An agent takes the call, or the other side takes an agent's.
    pub fn answer(&self, call: &str, agent: &str) -> bool {
        self.shared.with(|state, now| state.organisation.answer(now.at, call, agent))
    }

    /// An answered call moves on to another agent.
    pub fn transfer(&self, call: &str, to: &str) -> bool {
        self.shared.with(|state, now| state.organisation.transfer(now.at, call, to))
    }

    /// The call ends; an unanswered one is missed.
    pub fn hang_up(&self, call: &str) -> bool {
        self.shared.with(|state, now| state.organisation.end(now.at, call))
    }

    /// The call ends, and nobody is told.
    pub fn lose_call(&self, call: &str) -> bool {
        self.shared.with(|state, _| state.organisation.lose(call))
    }

    /// An agent chooses a status by its id or name, such as `lunch_break`; also `false` for one there is not.
    pub fn set_status(&self, agent: &str, status: &str) -> bool {
        self.shared.with(|state, now| state.organisation.choose(now.at, agent, status))
    }

    /// Something happened to a ticket: `kind` is `ticket.updated` or the like; a ticket of the owner's is heard of on
    /// `tickets:mine` as well.
    pub fn ticket(&self, kind: &str, ticket: &str, changes: &Value, is_mine: bool) {
        let at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let data = json!({
            "ticket_id": ticket, "changes": changes, "updated_by": "usr_101", "updated_at": at,
        });
        self.shared.with(|state, _| state.organisation.ticket(kind, ticket, &data, is_mine));
    }

    /// Users come online, each with one more client; returns the clients' ids.
    pub fn come_online(&self, users: &[&str]) -> Vec<String> {
        self.shared.with(|state, _| users.iter().map(|user| state.come_online(user)).collect())
    }

    /// These clients go, by their ids; how many of them were there.
    pub fn go_offline(&self, clients: &[String]) -> usize {
        self.shared.with(|state, _| clients.iter().filter(|client| state.go_offline(client)).count())
    }

    /// Closes every websocket with this code.
    pub fn disconnect(&self, why: &Disconnect) {
        self.shared.with(|state, _| state.centrifugo.disconnect_all(why));
    }

    /// The server ends all subscriptions to a channel; from code 2500 on a client may subscribe again.
    pub fn unsubscribe(&self, channel: &str, code: u32, reason: &str) {
        self.shared.with(|state, _| state.centrifugo.unsubscribe(channel, code, reason));
    }

    /// The server subscribes all connections of the owner to a channel.
    pub fn subscribe(&self, channel: &str) {
        self.shared.with(|state, _| state.centrifugo.subscribe(ME_USER, channel));
    }

    /// Sends this frame to every websocket, whatever it is.
    pub fn send_text(&self, frame: &str) {
        self.shared.with(|state, _| state.centrifugo.send_all(frame));
    }

    /// Sends a frame of bytes to every websocket.
    pub fn send_bytes(&self, bytes: &[u8]) {
        self.shared.with(|state, _| state.centrifugo.send_all_bytes(bytes));
    }

    /// Refuses this command from here on; with a channel, only when it is about that one.
    pub fn refuse(&self, method: Method, channel: Option<&str>, refusal: Refusal) {
        self.shared.with(|state, _| state.centrifugo.set_rule(method, channel, Instead::Refuse(refusal)));
    }

    /// Never answers this command from here on; with a channel, only when it is about that one.
    pub fn ignore(&self, method: Method, channel: Option<&str>) {
        self.shared.with(|state, _| state.centrifugo.set_rule(method, channel, Instead::Ignore));
    }

    /// Takes [`Handle::refuse`] and [`Handle::ignore`] back.
    pub fn answer_commands(&self) {
        self.shared.with(|state, _| state.centrifugo.drop_rules());
    }

    /// What was published on a channel cannot be recovered any more.
    pub fn forget_history(&self, channel: &str) {
        self.shared.with(|state, _| state.centrifugo.forget_history(channel));
    }

    /// Gives out no subscription token for this channel any more.
    pub fn withhold_token(&self, channel: &str) {
        self.shared.with(|state, _| state.withheld.insert(channel.to_owned()));
    }

    /// No token of REST is good any more.
    pub fn revoke_tokens(&self) {
        self.shared.with(|state, _| state.sign_in.revoke());
    }

    /// Access tokens are not good any more; what renews them is.
    pub fn revoke_access_tokens(&self) {
        self.shared.with(|state, _| state.sign_in.revoke_access());
    }

    /// This personal token is good.
    pub fn accept_token(&self, personal: &str) {
        self.shared.with(|state, _| state.sign_in.accept(personal));
    }

    /// Centrifugo takes tokens that are signed with this secret, and no others; REST gives out such.
    pub fn change_hmac_secret(&self, secret: &str) {
        self.shared.with(|state, _| state.centrifugo.setup.secret = secret.to_owned());
    }

    /// A token of Centrifugo for the owner, good for so many whole seconds.
    pub fn connection_token(&self, good_for: Duration) -> String {
        self.shared.with(|state, now| state.connection_token(now, good_for))
    }

    /// A token of Centrifugo for the owner and one channel, good for so many whole seconds.
    pub fn subscription_token(&self, channel: &str, good_for: Duration) -> String {
        self.shared.with(|state, now| state.subscription_token(now, channel, good_for))
    }

    /// The server's calendar is put forward, and tokens grow old.
    pub fn pass(&self, time: Duration) {
        self.shared.with(|state, _| state.clock_ahead += time);
        self.shared.with(|_, _| {});
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

    /// Centrifugo ends as when it is told to: websockets are closed with 3001, and no new ones can be opened. What
    /// was published is forgotten. REST goes on.
    pub fn shut_down(&self) {
        self.shared.with(|state, _| {
            state.is_down = true;
            state.centrifugo.disconnect_all(&Disconnect::shutdown());
            state.centrifugo.forget_all();
        });
    }

    /// Takes [`Handle::shut_down`] back.
    pub fn start_up(&self) {
        self.shared.with(|state, _| state.is_down = false);
    }

    /// Ends Centrifugo and starts it again: epochs change.
    pub fn restart(&self) {
        self.shut_down();
        self.start_up();
    }

    /// Answers this to every request instead of the truth, until [`Handle::answer_truly`]. Open websockets go on.
    pub fn answer_http(&self, surface: Surface, answer: HttpAnswer) {
        self.shared.with(|state, _| state.instead.insert(surface, answer));
    }

    /// Takes [`Handle::answer_http`] back.
    pub fn answer_truly(&self, surface: Surface) {
        self.shared.with(|state, _| state.instead.remove(&surface));
    }

    /// What has been asked so far.
    pub fn requests(&self) -> Requests {
        self.shared.lock().requests()
    }

    /// How many connections get what is published on `channel`.
    pub fn subscribers(&self, channel: &str) -> usize {
        self.shared.lock().centrifugo.listeners(channel)
    }

    /// The ids of the clients present on `channel`.
    pub fn present(&self, channel: &str) -> Vec<String> {
        self.shared.lock().centrifugo.present(channel)
    }

    /// Waits until what has been asked is enough.
    pub async fn until(&self, mut enough: impl FnMut(&Requests) -> bool) {
        self.watch(|handle| enough(&handle.requests())).await;
    }

    /// Waits until some connection gets what is published on `channel`.
    pub async fn until_subscribed(&self, channel: &str) {
        self.watch(|handle| handle.subscribers(channel) > 0).await;
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
