//! What a burst of events is at each vendor, and who counts them beside us.

pub mod firehose;
pub mod firmafon;
mod nguc;
mod semaswift;
mod stringee;

use std::net::SocketAddr;

use serde_json::Value;

use crate::{account::Account, stub::Serve};

/// A burst at one vendor.
pub struct Burst {
    /// What the events are: "presence events".
    pub what: &'static str,
    /// The vendor's side, and the events as frames.
    pub serve: fn() -> Box<dyn Serve>,
    /// The account at a stub.
    pub account: fn(SocketAddr) -> anyhow::Result<Account>,
    /// An event as a text.
    pub event: fn(u32) -> String,
    /// What a line of `watch --json` has when it is of one of these events.
    pub line: &'static str,
    /// A line that comes before the burst, and how often.
    pub before: (&'static str, usize),
    /// How many lines come for so many events.
    pub lines: fn(u32) -> u32,
    /// The peer's script in `tests/peers` and its arguments before the count.
    pub peer: fn(SocketAddr) -> (&'static str, Vec<String>),
    /// How many people are known before the burst, where that can be told.
    pub people: Option<u32>,
    /// Whom the event after the last of the burst is about, and what they do then.
    pub last: (&'static str, &'static str),
    /// The share of the peer's CPU that ours may take.
    pub share: f64,
    /// The address for `bench --bare`, where what a client adds to a bare websocket is told too.
    pub bare: Option<fn(SocketAddr) -> String>,
}

/// All bursts.
pub const BURSTS: &[Burst] =
    &[firmafon::BURST, semaswift::BURST, stringee::BURST, firehose::BURST, nguc::BURST];

/// A text of JSON, or `null`.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
