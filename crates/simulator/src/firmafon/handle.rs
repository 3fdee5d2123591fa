//! What a test or the demo can make happen at Firmafon.

use std::sync::Arc;

use serde_json::Value;

use super::company::ME;
use super::{
    Caller, Dnd, Endpoint, HttpAnswer, Presence, RefuseTokenAt, Requests, Shared, Surface, Unanswered,
    Websocket,
};

/// Makes things happen at the simulated Firmafon, at once and in the order of the calls. Clones steer the same one.
///
/// What one call of a method makes heard reaches a long-polling client in one answer. Methods about a call or an
/// employee return `false` when there is no such call going on, or nobody with that number.
#[derive(Clone, Debug)]
pub struct Handle {
    pub(super) shared: Arc<Shared>,
}

impl Handle {
    /// The number of the token's owner: `Employee#77`.
    pub fn me(&self) -> u64 {
        ME
    }

    /// The numbers of all employees, the owner first.
    pub fn employees(&self) -> Vec<u64> {
        self.shared.lock().company.employee_ids().collect()
    }

    /// The numbers of all receptions.
    pub fn receptions(&self) -> Vec<u64> {
        self.shared.lock().company.reception_ids().collect()
    }

    /// Sends any data on any channel, as one Bayeux event.
    pub fn publish(&self, channel: &str, data: &Value) {
        let Ok(data) = serde_json::value::to_raw_value(data) else { return };
        self.shared.with(|state, now| state.faye.publish(now.instant, channel, &data));
    }

    /// Somebody calls: `call.new`, presence of those whose phones ring, `call.ringing`. A call to an employee rings
    /// only there; a reception rings `rings`, but nobody with do-not-disturb. Returns the call's uuid.
    pub fn incoming_call(&self, to: Endpoint, from: &Caller, rings: &[u64]) -> String {
        self.shared.with(|state, now| state.company.incoming(now.at, to, from, rings))
    }

    /// An employee calls somebody: the call is out and unanswered. Returns its uuid.
    pub fn outgoing_call(&self, by: u64, to_number: &str) -> String {
        self.shared.with(|state, now| state.company.outgoing(now.at, by, to_number))
    }

    /// More phones ring for an unanswered call, with another `call.ringing`.
    pub fn ring(&self, uuid: &str, employees: &[u64]) -> bool {
        self.shared.with(|state, now| state.company.ring(now.at, uuid, employees))
    }

    /// An employee takes the call, or the other side takes an employee's outgoing one.
    pub fn answer(&self, uuid: &str, by: u64) -> bool {
        self.shared.with(|state, now| state.company.answer(now.at, uuid, by))
    }

    /// The call ends; an unanswered one is missed.
    pub fn hang_up(&self, uuid: &str) -> bool {
        self.shared.with(|state, now| state.company.hang_up(now.at, uuid))
    }

    /// Nobody took the call: it ends as missed.
    pub fn miss(&self, uuid: &str) -> bool {
        self.end_unanswered(uuid, Unanswered::Missed)
    }

    /// Nobody took the call.
    pub fn end_unanswered(&self, uuid: &str, how: Unanswered) -> bool {
        self.shared.with(|state, now| state.company.end_unanswered(now.at, uuid, how))
    }

    /// An answered call moves on: the other phone rings until [`Handle::answer`].
    pub fn transfer(&self, uuid: &str, to: u64) -> bool {
        self.shared.with(|state, now| state.company.transfer(now.at, uuid, to))
    }

    /// Shows a presence whatever the calls say, until something happens to that employee.
    pub fn set_presence(&self, employee: u64, presence: Presence) -> bool {
        self.shared.with(|state, now| state.company.force_presence(now.at, employee, presence))
    }

    /// Switches an employee's do-not-disturb.
    pub fn set_dnd(&self, employee: u64, dnd: Dnd) -> bool {
        self.shared.with(|state, now| state.company.set_dnd(now.at, employee, dnd))
    }

    /// The good token is revoked: REST answers 401, and every Bayeux message to `/meta/…` is refused.
    pub fn refuse_tokens(&self) {
        self.shared.with(|state, _| {
            state.gate.token = None;
            state.gate.refuse_at = RefuseTokenAt::All;
        });
    }

    /// This token is the good one, and looked at here.
    pub fn accept_token(&self, token: &str, refuse_others_at: RefuseTokenAt) {
        self.shared.with(|state, _| {
            state.gate.token = Some(token.to_owned());
            state.gate.refuse_at = refuse_others_at;
        });
    }

    /// Changes what becomes of new websockets.
    pub fn set_websocket(&self, websocket: Websocket) {
        self.shared.with(|state, _| state.websocket = websocket);
    }

    /// Resets every TCP connection; sessions stay, so that a client may come back to its own.
    pub fn drop_connections(&self) {
        self.shared.taps.reset_all();
    }

    /// While frozen, connections stay open and whatever is sent on them is lost, both ways. Those that lived then
    /// stay silent afterwards; later ones work.
    pub fn freeze(&self, on: bool) {
        self.shared.taps.freeze(on);
    }

    /// Every session is `401 Unknown client` from its next message on; connections stay, held connects are answered
    /// in their time.
    pub fn forget_sessions(&self) {
        self.shared.with(|state, _| state.faye.forget());
    }

    /// As after a restart of the server: connections close, sessions are unknown. The company goes on.
    pub fn restart(&self) {
        self.shared.with(|state, _| state.faye.restart());
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

    /// What has been asked so far.
    pub fn requests(&self) -> Requests {
        self.shared.lock().requests()
    }

    /// How many sessions would get what is published on `channel`.
    pub fn subscribers(&self, channel: &str) -> usize {
        self.shared.lock().faye.subscribers(channel)
    }

    /// Waits until what has been asked is enough.
    pub async fn until(&self, mut enough: impl FnMut(&Requests) -> bool) {
        self.watch(|handle| enough(&handle.requests())).await;
    }

    /// Waits until some session would get what is published on `channel`.
    pub async fn until_subscribed(&self, channel: &str) {
        self.watch(|handle| handle.subscribers(channel) > 0).await;
    }

    /// Waits until something is reached; looks whenever anything was asked or done.
    pub(super) async fn watch(&self, mut reached: impl FnMut(&Handle) -> bool) {
        let mut moves = self.shared.moved.subscribe();
        while !reached(self) {
            if moves.changed().await.is_err() {
                return;
            }
        }
    }
}
