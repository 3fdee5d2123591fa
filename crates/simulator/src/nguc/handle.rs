//! What a test or the demo can make happen at NGUC.

use std::sync::Arc;

use serde::Serialize;

use super::company::ME;
use super::sockjs::{Application, frame};
use super::{Callee, HttpAnswer, Requests, Shared, Surface, Unanswered, Websocket};

/// Makes things happen at the simulated NGUC, at once and in the order of the calls. Clones steer the same one.
///
/// Methods about a call or a user return `false` when there is no such call going on, or nobody with that id.
#[derive(Clone, Debug)]
pub struct Handle {
    pub(super) shared: Arc<Shared>,
}

impl Handle {
    /// The sign-in's owner.
    pub fn me(&self) -> u64 {
        ME
    }

    /// The ids of all users, the owner first.
    pub fn users(&self) -> Vec<u64> {
        self.shared.lock().company.user_ids().collect()
    }

    /// The ids of all queues.
    pub fn queues(&self) -> Vec<u64> {
        self.shared.lock().company.queue_ids().collect()
    }

    /// Who waits in a queue, by caller id, the longest first.
    pub fn waiting(&self, queue: u64) -> Vec<u64> {
        self.shared.lock().company.waiting(queue)
    }

    /// Sends any event to all who have authenticated.
    pub fn event(&self, name: &str, data: &impl Serialize) {
        self.shared.with(|state, _| state.company.tell(name, data));
    }

    /// Sends this to every open connection, authenticated or not, as if it were a frame: `a["…"]`, `h`, anything.
    pub fn send_raw(&self, frame: &str) {
        self.shared.with(|state, now| {
            for id in state.sockjs.open_sessions(Application::Events) {
                state.sockjs.send_frame(now.instant, id, frame);
            }
        });
    }

    /// Closes every connection with `c[code,"reason"]`, which closes websockets with 1000.
    pub fn close(&self, code: u16, reason: &str) {
        self.close_with(&frame::of_close(code, reason));
    }

    /// Closes every connection with this as its last frame: `c[]`, `c[4001]`, anything.
    pub fn close_with(&self, frame: &str) {
        self.shared.with(|state, now| {
            for id in state.sockjs.open_sessions(Application::Events) {
                state.sockjs.close(now.instant, id, frame, 1000, "Normal closure");
            }
        });
    }

    /// Somebody calls, with digits that begin with the country's code, or with a withheld number. A call to a user
    /// rings only there; one to a queue waits there and rings `rings`. Returns the call's guid.
    pub fn incoming_call(&self, to: Callee, from: Option<&str>, rings: &[u64]) -> String {
        self.shared.with(|state, now| state.company.incoming(now.at, to, from, rings))
    }

    /// A user calls somebody: the call is out and unanswered. Returns its guid.
    pub fn outgoing_call(&self, by: u64, to_number: &str) -> String {
        self.shared.with(|state, now| state.company.outgoing(now.at, by, to_number))
    }

    /// A user takes the call, or the other side takes a user's outgoing one.
    pub fn answer(&self, guid: &str, by: u64) -> bool {
        self.shared.with(|state, now| state.company.answer(now.at, guid, by))
    }

    /// Whether somebody has taken the call, which goes on.
    pub fn is_answered(&self, guid: &str) -> bool {
        self.shared.lock().company.is_answered(guid)
    }

    /// The call moves on to another user's phone, which rings until [`Handle::answer`].
    pub fn transfer(&self, guid: &str, to: u64) -> bool {
        self.shared.with(|state, now| state.company.transfer(now.at, guid, to))
    }

    /// The call ends; an unanswered one is missed.
    pub fn hang_up(&self, guid: &str) -> bool {
        self.end_unanswered(guid, Unanswered::Missed)
    }

    /// The call ends, in this way if nobody took it.
    pub fn end_unanswered(&self, guid: &str, how: Unanswered) -> bool {
        self.shared.with(|state, now| state.company.end(now.at, guid, how))
    }

    /// Shows a status whatever the calls say, until something happens to that user.
    pub fn set_status(&self, user: u64, status: &str) -> bool {
        self.shared.with(|state, _| state.company.force_status(user, status))
    }

    /// Switches a user's do-not-disturb.
    pub fn set_dnd(&self, user: u64, on: bool) -> bool {
        self.shared.with(|state, _| state.company.set_quiet(user, on))
    }

    /// A user's telephone is `registered` or `unregistered`.
    pub fn set_device(&self, user: u64, status: &str) -> bool {
        self.shared.with(|state, _| state.company.set_device(user, status))
    }

    /// The password that is good from here on.
    pub fn set_password(&self, password: &str) {
        self.shared.with(|state, _| state.tokens.credentials.password = password.to_owned());
    }

    /// The two-factor code that is asked for from here on; `None` = none is.
    pub fn set_tfa(&self, code: Option<&str>) {
        self.shared.with(|state, _| state.tokens.credentials.tfa = code.map(str::to_owned));
    }

    /// No access token is good any longer, refresh tokens are: REST answers 401.
    pub fn expire_tokens(&self) {
        self.shared.with(|state, _| state.tokens.expire());
    }

    /// No token is good any longer.
    pub fn revoke_tokens(&self) {
        self.shared.with(|state, _| state.tokens.revoke());
    }

    /// Changes what becomes of new websockets.
    pub fn set_websocket(&self, websocket: Websocket) {
        self.shared.with(|state, _| state.websocket = websocket);
    }

    /// Resets every TCP connection; polling sessions live on for as long as they may.
    pub fn drop_connections(&self) {
        self.shared.taps.reset_all();
    }

    /// While frozen, connections stay open and whatever is sent on them is lost, both ways. Those that lived then
    /// stay silent afterwards; later ones work.
    pub fn freeze(&self, on: bool) {
        self.shared.taps.freeze(on);
    }

    /// As after a restart of the event pusher: connections close, sessions are unknown. Tokens and company stay.
    pub fn restart(&self) {
        self.shared.with(|state, _| state.sockjs.forget());
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

    /// How many connections get events.
    pub fn listeners(&self) -> usize {
        self.shared.lock().pusher.listeners().len()
    }

    /// Waits until what has been asked is enough.
    pub async fn until(&self, mut enough: impl FnMut(&Requests) -> bool) {
        self.watch(|handle| enough(&handle.requests())).await;
    }

    /// Waits until somebody gets events.
    pub async fn until_listened_to(&self) {
        self.watch(|handle| handle.listeners() > 0).await;
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
