//! What a test or the demo can make happen at Firehose.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::audience::Push;
use super::people::{CHILD, ME, OWN, Seat, User};
use super::switch::{self, Switch};
use super::{Cause, Framing, HttpAnswer, Quirks, Requests, Shape, Shared, Surface};

/// Who a call from outside reaches; users by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The direct number of one user, whose forwarding is followed.
    User(String),
    /// A line that makes several users' phones ring at once.
    RingGroup {
        /// Which of the office's lines, from 0.
        line: usize,
        /// Whose phones ring.
        users: Vec<String>,
    },
    /// A line that answers by itself and then looks for somebody.
    Queue {
        /// Which of the office's lines, from 0.
        line: usize,
        /// Who is tried first.
        users: Vec<String>,
    },
}

/// Makes things happen at the simulated Firehose, at once and in the order of the calls. Clones steer the same one.
///
/// A call is named by the `Call-ID` of its first leg, a user by `Owner-ID`. Methods return `false` or nothing when
/// there is no such call or user, or when the call is not in a state for that.
#[derive(Clone, Debug)]
pub struct Handle {
    pub(super) shared: Arc<Shared>,
}

impl Handle {
    /// The id of the user who logs in.
    pub fn me(&self) -> String {
        self.user(ME, |user| user.id.clone())
    }

    /// The ids of the account's users, the login's first.
    pub fn users(&self) -> Vec<String> {
        self.of_account(OWN)
    }

    /// The ids of the child account's users.
    pub fn users_of_child(&self) -> Vec<String> {
        self.of_account(CHILD)
    }

    /// The ids of the accounts that a login may ask for: the own one, and its child.
    pub fn accounts(&self) -> Vec<String> {
        let state = self.shared.lock();
        state.switch.directory.accounts.iter().take(CHILD + 1).map(|account| account.id.clone()).collect()
    }

    /// A user's extension.
    pub fn extension(&self, user: &str) -> Option<String> {
        let seat = self.seat(user)?;
        Some(self.user(seat, |user| user.extension.clone()))
    }

    /// The ids of a user's devices.
    pub fn devices(&self, user: &str) -> Vec<String> {
        let ids = |user: &User| user.devices.iter().map(|device| device.id.clone()).collect();
        self.seat(user).map(|seat| self.user(seat, ids)).unwrap_or_default()
    }

    /// Somebody calls from outside; no number is a withheld one. Phones ring unless their user does not disturb.
    /// Returns the call.
    pub fn incoming_call(&self, to: &Target, from: Option<&str>) -> String {
        self.shared.with(|state, now| {
            let seats = |users: &[String]| {
                users.iter().filter_map(|user| state.switch.directory.seat(user)).collect()
            };
            let target = match to {
                // Nobody's number rings nowhere.
                Target::User(user) => {
                    switch::Target::User(state.switch.directory.seat(user).unwrap_or(Seat(usize::MAX)))
                }
                Target::RingGroup { line, users } => {
                    switch::Target::RingGroup { line: *line, users: seats(users) }
                }
                Target::Queue { line, users } => switch::Target::Queue { line: *line, users: seats(users) },
            };
            state.switch.incoming(now, &target, from)
        })
    }

    /// A user calls somebody outside: the call is out and unanswered.
    pub fn outgoing_call(&self, by: &str, number: &str) -> Option<String> {
        self.by(by, |switch, now, by| switch.outgoing(now, by, number))
    }

    /// A user calls a colleague.
    pub fn internal_call(&self, by: &str, to: &str) -> Option<String> {
        let to = self.seat(to)?;
        self.by(by, |switch, now, by| switch.internal(now, by, to))
    }

    /// A program calls for a user, whose own phone rings first; [`Handle::answer`] by that user once makes it call
    /// out, and a second time is the other side's answer.
    pub fn click_to_call(&self, by: &str, number: &str) -> Option<String> {
        self.by(by, |switch, now, by| switch.click_to_call(now, by, number))
    }

    /// More phones ring.
    pub fn ring(&self, call: &str, users: &[String]) -> bool {
        self.shared.with(|state, now| {
            let seats: Vec<Seat> =
                users.iter().filter_map(|user| state.switch.directory.seat(user)).collect();
            state.switch.ring(now, call, &seats)
        })
    }

    /// The phones that ring fall silent (`ALLOTTED_TIMEOUT`), and others ring, as a queue does.
    pub fn ring_others(&self, call: &str, users: &[String]) -> bool {
        self.shared.with(|state, now| {
            let seats: Vec<Seat> =
                users.iter().filter_map(|user| state.switch.directory.seat(user)).collect();
            state.switch.ring_others(now, call, &seats)
        })
    }

    /// A user takes the call at the first phone of theirs that rings; when the user is the caller, the other side
    /// takes it.
    pub fn answer(&self, call: &str, by: &str) -> bool {
        self.done(by, |switch, now, by| switch.answer(now, call, by))
    }

    /// The call is taken at the number that a user forwards to.
    pub fn answer_forwarded(&self, call: &str) -> bool {
        self.shared.with(|state, now| state.switch.answer_forwarded(now, call))
    }

    /// Another user takes a ringing call at a phone of their own.
    pub fn pick_up(&self, call: &str, by: &str) -> bool {
        self.done(by, |switch, now, by| switch.pick_up(now, call, by))
    }

    /// A user declines; a call that then rings nowhere ends.
    pub fn decline(&self, call: &str, by: &str, cause: Cause) -> bool {
        self.done(by, |switch, now, by| switch.decline(now, call, by, cause))
    }

    /// Somebody hangs up; a call that nobody took is given up by the caller.
    pub fn hang_up(&self, call: &str) -> bool {
        self.shared.with(|state, now| state.switch.hang_up(now, call))
    }

    /// Nobody took the call, for this reason.
    pub fn end_unanswered(&self, call: &str, cause: Cause) -> bool {
        self.shared.with(|state, now| state.switch.end_unanswered(now, call, cause))
    }

    /// Nobody took the call; the caller talks to a machine until [`Handle::hang_up`].
    pub fn send_to_voicemail(&self, call: &str) -> bool {
        self.shared.with(|state, now| state.switch.send_to_voicemail(now, call))
    }

    /// A user holds the call.
    pub fn hold(&self, call: &str, by: &str) -> bool {
        self.done(by, |switch, now, by| switch.hold(now, call, by, true))
    }

    /// A user takes a held call back.
    pub fn resume(&self, call: &str, by: &str) -> bool {
        self.done(by, |switch, now, by| switch.hold(now, call, by, false))
    }

    /// A user passes the call on without asking; the colleague's phones ring until [`Handle::answer`].
    pub fn transfer(&self, call: &str, by: &str, to: &str) -> bool {
        let Some(to) = self.seat(to) else { return false };
        self.done(by, |switch, now, by| switch.transfer_blind(now, call, by, to))
    }

    /// A user holds the call and asks a colleague: a second call, which is returned.
    pub fn consult(&self, call: &str, by: &str, to: &str) -> Option<String> {
        let to = self.seat(to)?;
        self.by(by, |switch, now, by| switch.consult(now, call, by, to))
    }

    /// The colleague who was asked, and has answered, gets the call.
    pub fn transfer_consulted(&self, call: &str) -> bool {
        self.shared.with(|state, now| state.switch.transfer_attended(now, call))
    }

    /// A user parks the call; hanging up abandons it there.
    pub fn park(&self, call: &str, by: &str) -> bool {
        self.done(by, |switch, now, by| switch.park(now, call, by).is_some())
    }

    /// A user fetches a parked call.
    pub fn retrieve(&self, call: &str, by: &str) -> bool {
        self.done(by, |switch, now, by| switch.retrieve(now, call, by))
    }

    /// The media server is gone, and every call with it: `CHANNEL_DISCONNECTED` for all legs.
    pub fn lose_media_server(&self) {
        self.shared.with(|state, now| state.switch.lose_media_server(now));
    }

    /// How many calls go on.
    pub fn calls_going(&self) -> usize {
        self.shared.lock().switch.calls_going()
    }

    /// Whether the user's phones ring or are in use.
    pub fn is_engaged(&self, user: &str) -> bool {
        self.seat(user).is_some_and(|seat| self.shared.lock().switch.is_engaged(seat))
    }

    /// Switches a user's do-not-disturb: their phones ring no more.
    pub fn set_do_not_disturb(&self, user: &str, on: bool) -> bool {
        self.change(user, |user| user.do_not_disturb = on)
    }

    /// Whether a user does not disturb.
    pub fn do_not_disturb(&self, user: &str) -> Option<bool> {
        self.seat(user).map(|seat| self.user(seat, |user| user.do_not_disturb))
    }

    /// Where a user's calls go as well, and are not announced as that user's.
    pub fn set_forwarding(&self, user: &str, number: Option<&str>) -> bool {
        self.change(user, |user| user.forwards_to = number.map(str::to_owned))
    }

    /// Connects or disconnects a user's devices.
    pub fn set_registered(&self, user: &str, on: bool) -> bool {
        self.change(user, |user| user.devices.iter_mut().for_each(|device| device.registered = on))
    }

    /// Changes how events are spelled.
    pub fn set_shape(&self, shape: Shape) {
        self.shared.with(|state, _| state.options.shape = shape);
    }

    /// Changes how events are put into frames.
    pub fn set_framing(&self, framing: Framing) {
        self.shared.with(|state, _| state.options.framing = framing);
    }

    /// Changes what the switch does besides.
    pub fn set_quirks(&self, quirks: Quirks) {
        self.shared.with(|state, _| state.switch.quirks = quirks);
    }

    /// Sends any event, as one frame to every socket, whatever its filter.
    pub fn send(&self, event: &Value) {
        self.send_text(&event.to_string());
    }

    /// Sends any text, as one frame to every socket.
    pub fn send_text(&self, text: &str) {
        self.shared.with(|state, _| state.audience.push(&Push::Text(text.to_owned())));
    }

    /// How long the tokens of later logins are good.
    pub fn set_token_lifetime(&self, lifetime: Duration) {
        self.shared.with(|state, _| {
            state.gate.lifetime = lifetime;
            state.options.token_lifetime = lifetime;
        });
    }

    /// Every token given out so far is refused; open sockets stay. A new login helps.
    pub fn forget_tokens(&self) {
        self.shared.with(|state, _| {
            state.gate.grants.clear();
            state.sessions.forget();
        });
    }

    /// Every token is refused, new ones too, until told otherwise; open sockets stay.
    pub fn refuse_tokens(&self, on: bool) {
        self.shared.with(|state, _| state.gate.is_shut = on);
    }

    /// This password is the good one.
    pub fn accept_password(&self, password: &str) {
        self.shared.with(|state, _| state.gate.password = password.to_owned());
    }

    /// Closes every socket politely.
    pub fn close_sockets(&self, code: u16) {
        self.shared.with(|state, _| state.audience.push(&Push::Close(code)));
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

    /// As after a restart of the server: connections close, tokens are unknown. Calls go on.
    pub fn restart(&self) {
        self.forget_tokens();
        self.shared.taps.close_all();
    }

    /// Answers this to every request instead of the truth, until [`Handle::answer_truly`]. Open sockets go on.
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

    /// Waits until what has been asked is enough.
    pub async fn until(&self, mut enough: impl FnMut(&Requests) -> bool) {
        self.watch(|handle| enough(&handle.requests())).await;
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

    fn seat(&self, user: &str) -> Option<Seat> {
        self.shared.lock().switch.directory.seat(user)
    }

    fn user<T: Default>(&self, seat: Seat, read: impl FnOnce(&User) -> T) -> T {
        self.shared.lock().switch.directory.user(seat).map(read).unwrap_or_default()
    }

    fn of_account(&self, account: usize) -> Vec<String> {
        let state = self.shared.lock();
        state.switch.directory.of_account(account).map(|(_, user)| user.id.clone()).collect()
    }

    fn change(&self, user: &str, change: impl FnOnce(&mut User)) -> bool {
        let Some(seat) = self.seat(user) else { return false };
        self.shared.with(|state, _| state.switch.directory.users.get_mut(seat.0).map(change)).is_some()
    }

    fn by<T>(&self, user: &str, act: impl FnOnce(&mut Switch, i64, Seat) -> Option<T>) -> Option<T> {
        let seat = self.seat(user)?;
        self.shared.with(|state, now| act(&mut state.switch, now, seat))
    }

    fn done(&self, user: &str, act: impl FnOnce(&mut Switch, i64, Seat) -> bool) -> bool {
        self.by(user, |switch, now, seat| act(switch, now, seat).then_some(())).is_some()
    }
}
