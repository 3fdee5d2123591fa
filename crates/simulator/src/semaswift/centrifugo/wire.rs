//! The frames of Centrifugo's client protocol in JSON, with keys in the order a real server writes them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What a client asks; none but `{}` has no number.
#[derive(Debug, Deserialize)]
pub(super) struct Command {
    #[serde(default)]
    pub(super) id: u32,
    pub(super) connect: Option<Connect>,
    pub(super) subscribe: Option<Subscribe>,
    pub(super) unsubscribe: Option<OfChannel>,
    pub(super) presence: Option<OfChannel>,
    pub(super) presence_stats: Option<OfChannel>,
    pub(super) history: Option<History>,
    pub(super) refresh: Option<Refresh>,
    pub(super) sub_refresh: Option<SubRefresh>,
    pub(super) publish: Option<IgnoredAny>,
    pub(super) rpc: Option<IgnoredAny>,
    pub(super) send: Option<IgnoredAny>,
}

/// Which command; for counting and refusing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `connect`.
    Connect,
    /// `subscribe`.
    Subscribe,
    /// `unsubscribe`.
    Unsubscribe,
    /// `presence`.
    Presence,
    /// `presence_stats`.
    PresenceStats,
    /// `history`.
    History,
    /// `refresh`.
    Refresh,
    /// `sub_refresh`.
    SubRefresh,
    /// `publish`.
    Publish,
    /// `rpc`.
    Rpc,
    /// `send`, which is never answered.
    Send,
    /// `{}`.
    Pong,
}

impl Command {
    /// Which command this is, and of which channel; nothing for one that is not known.
    pub(super) fn method(&self) -> Option<(Method, &str)> {
        if self.connect.is_some() {
            Some((Method::Connect, ""))
        } else if let Some(subscribe) = &self.subscribe {
            Some((Method::Subscribe, &subscribe.channel))
        } else if let Some(unsubscribe) = &self.unsubscribe {
            Some((Method::Unsubscribe, &unsubscribe.channel))
        } else if let Some(presence) = &self.presence {
            Some((Method::Presence, &presence.channel))
        } else if let Some(stats) = &self.presence_stats {
            Some((Method::PresenceStats, &stats.channel))
        } else if let Some(history) = &self.history {
            Some((Method::History, &history.channel))
        } else if self.refresh.is_some() {
            Some((Method::Refresh, ""))
        } else if let Some(sub_refresh) = &self.sub_refresh {
            Some((Method::SubRefresh, &sub_refresh.channel))
        } else if self.publish.is_some() {
            Some((Method::Publish, ""))
        } else if self.rpc.is_some() {
            Some((Method::Rpc, ""))
        } else if self.send.is_some() {
            Some((Method::Send, ""))
        } else if self.id == 0 {
            Some((Method::Pong, ""))
        } else {
            None
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Connect {
    #[serde(default)]
    pub(super) token: String,
    /// Positions of server-side subscriptions.
    #[serde(default)]
    pub(super) subs: BTreeMap<String, Position>,
}

/// From where on a stream is to go on.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Position {
    #[serde(default)]
    pub(super) recover: bool,
    #[serde(default)]
    pub(super) offset: u64,
    #[serde(default)]
    pub(super) epoch: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Subscribe {
    #[serde(default)]
    pub(super) channel: String,
    #[serde(default)]
    pub(super) token: String,
    #[serde(flatten)]
    pub(super) position: Position,
    #[serde(default)]
    pub(super) join_leave: bool,
    /// Bit 2: better no subscription than one with a gap.
    #[serde(default)]
    pub(super) flag: u64,
}

#[derive(Debug, Deserialize)]
pub(super) struct OfChannel {
    #[serde(default)]
    pub(super) channel: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct History {
    #[serde(default)]
    pub(super) channel: String,
    /// 0 asks for the position only, a negative number for all.
    #[serde(default)]
    pub(super) limit: i32,
    pub(super) since: Option<Position>,
    #[serde(default)]
    pub(super) reverse: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Refresh {
    #[serde(default)]
    pub(super) token: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct SubRefresh {
    #[serde(default)]
    pub(super) channel: String,
    #[serde(default)]
    pub(super) token: String,
}

/// What a command is refused with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// 100 to 113 are Centrifugo's own.
    pub code: u32,
    /// In words.
    pub message: String,
    /// Whether the same may work later.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub temporary: bool,
}

macro_rules! refusals {
    ($($name:ident = $code:literal, $message:literal, $temporary:literal;)+) => {
        impl Refusal {
            $(
                #[doc = concat!("Error ", $code, ", ", $message, ".")]
                pub fn $name() -> Refusal {
                    Refusal { code: $code, message: $message.to_owned(), temporary: $temporary }
                }
            )+

            /// Every error that Centrifugo knows.
            pub fn all() -> Vec<Refusal> {
                vec![$(Refusal::$name()),+]
            }
        }
    };
}

refusals! {
    internal = 100, "internal server error", true;
    unauthorized = 101, "unauthorized", false;
    unknown_channel = 102, "unknown channel", false;
    permission_denied = 103, "permission denied", false;
    method_not_found = 104, "method not found", false;
    already_subscribed = 105, "already subscribed", false;
    limit_exceeded = 106, "limit exceeded", false;
    bad_request = 107, "bad request", false;
    not_available = 108, "not available", false;
    token_expired = 109, "token expired", false;
    expired = 110, "expired", false;
    too_many_requests = 111, "too many requests", true;
    unrecoverable_position = 112, "unrecoverable position", false;
    concurrent_pagination = 113, "concurrent pagination", true;
}

/// How a connection is ended: the websocket's close code and reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disconnect {
    /// 3000 to 4999; the hundreds say whether a client may come back.
    pub code: u16,
    /// In words.
    pub reason: String,
}

macro_rules! disconnects {
    ($($name:ident = $code:literal, $reason:literal;)+) => {
        impl Disconnect {
            $(
                #[doc = concat!("Code ", $code, ", ", $reason, ".")]
                pub fn $name() -> Disconnect {
                    Disconnect { code: $code, reason: $reason.to_owned() }
                }
            )+

            /// Every code that Centrifugo knows.
            pub fn all() -> Vec<Disconnect> {
                vec![$(Disconnect::$name()),+]
            }
        }
    };
}

disconnects! {
    closed = 3000, "connection closed";
    shutdown = 3001, "shutdown";
    server_error = 3004, "internal server error";
    expired = 3005, "connection expired";
    sub_expired = 3006, "subscription expired";
    slow = 3008, "slow";
    write_error = 3009, "write error";
    insufficient_state = 3010, "insufficient state";
    force_reconnect = 3011, "force reconnect";
    no_pong = 3012, "no pong";
    too_many_requests = 3013, "too many requests";
    state_invalidated = 3014, "state invalidated";
    invalid_token = 3500, "invalid token";
    bad_request = 3501, "bad request";
    stale = 3502, "stale";
    force_disconnect = 3503, "force disconnect";
    connection_limit = 3504, "connection limit";
    channel_limit = 3505, "channel limit";
    inappropriate_protocol = 3506, "inappropriate protocol";
    permission_denied = 3507, "permission denied";
    not_available = 3508, "not available";
    too_many_errors = 3509, "too many errors";
}

#[derive(Debug, Serialize)]
pub(super) struct Connected<'a> {
    pub(super) client: &'a str,
    pub(super) version: &'static str,
    #[serde(flatten)]
    pub(super) expiry: Expiry,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) subs: BTreeMap<String, Subscribed>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) ping: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) pong: bool,
}

/// `expires` and `ttl`, in seconds; neither for what does not expire.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Expiry {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    expires: bool,
    #[serde(skip_serializing_if = "is_zero")]
    ttl: u64,
}

impl Expiry {
    /// Of a token that is good until `exp`, at `now`, both in seconds since 1970.
    pub(super) fn of(exp: Option<i64>, now: i64) -> Expiry {
        let left = exp.map(|exp| u64::try_from(exp - now).unwrap_or_default());
        Expiry { expires: left.is_some(), ttl: left.unwrap_or_default() }
    }
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Subscribed {
    #[serde(flatten)]
    pub(super) expiry: Expiry,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) recoverable: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) epoch: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) publications: Vec<Arc<RawValue>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) recovered: bool,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) offset: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) positioned: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) was_recovering: bool,
}

/// What is in a stream; unlike elsewhere, nothing is left out for being zero.
#[derive(Debug, Serialize)]
pub(super) struct Past<'a> {
    pub(super) publications: Vec<Arc<RawValue>>,
    pub(super) epoch: &'a str,
    pub(super) offset: u64,
}

#[derive(Debug, Serialize)]
pub(super) struct Publication<'a> {
    pub(super) data: &'a RawValue,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) offset: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) epoch: Option<&'a str>,
}

/// What others see of a client.
#[derive(Debug, Serialize)]
pub(super) struct Who<'a> {
    pub(super) user: &'a str,
    pub(super) client: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) conn_info: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) chan_info: Option<&'a RawValue>,
}

#[derive(Debug, Serialize)]
pub(super) struct Unsubscribed<'a> {
    pub(super) code: u32,
    pub(super) reason: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct Empty {}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// JSON text; what cannot be written is `null`, which nothing here is.
pub(super) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// `{"id":1,"connect":{…}}`.
pub(super) fn reply(id: u32, name: &str, result: &impl Serialize) -> String {
    format!(r#"{{"id":{id},"{name}":{}}}"#, text(result))
}

/// `{"push":{"channel":"…","pub":{…}}}`; `body` is JSON.
pub(super) fn push(channel: &str, name: &str, body: &str) -> String {
    format!(r#"{{"push":{{"channel":{},"{name}":{body}}}}}"#, text(&channel))
}
