//! Firehose: Kazoo's call events of 1.7 kB, twenty calls at a time, each of one leg that rings, is answered and ends.

use std::net::SocketAddr;

use anyhow::Result;
use serde_json::json;

use super::Burst;
use crate::{
    account::Account,
    stub::{Asked, Serve},
};

/// A leg's creation, answer and end; `tests/peers/README.md` says what the names in braces are.
const EVENTS: &str = include_str!("../../../peers/kazoo-events.jsonl");
pub const AT_ONCE: u32 = 20;

/// Every event changes a call and what a colleague does.
pub const BURST: Burst = Burst {
    what: "call events of 1.7 kB (Firehose)",
    serve: || Box::new(Kazoo),
    account,
    event: |n| event(n, AT_ONCE),
    line: r#""event":"call""#,
    before: (r#""state":"live""#, 1),
    lines: |events| events,
    peer: |address| ("kazoo-burst.mjs", vec![format!("ws://{address}/ws/v1/firehose/callEvents")]),
    people: None,
    last: ("work/owner_62", "busy"),
    share: 0.5,
    bare: None,
};

/// An account at a stub.
pub fn account(address: SocketAddr) -> Result<Account> {
    let keys =
        json!({ "url": format!("http://{address}"), "domain": "acme", "me": { "owner_id": "owner_1" } });
    Account::new("firehose", &keys, &json!({ "username": "anna", "password": "good" }))
}

/// The n-th event where so many calls go on at a time.
pub fn event(n: u32, at_once: u32) -> String {
    let (block, place) = (n / (3 * at_once), n % (3 * at_once));
    let (kind, number) = (place / at_once, place % at_once);
    let call = block * at_once + number;
    step(kind, call, call % 100 + 2, n)
}

/// Somebody of this number answers a call that nobody ends.
pub fn answered_by(owner: u32) -> String {
    step(1, u32::MAX - owner, owner, u32::MAX - owner)
}

fn step(kind: u32, call: u32, owner: u32, n: u32) -> String {
    EVENTS
        .lines()
        .nth(usize::try_from(kind).unwrap_or(0))
        .unwrap_or_default()
        .replace("{CALL}", &format!("{call:08x}-b@fs1.example.com"))
        .replace("{OTHER}", &format!("{call:08x}-a@fs1.example.com"))
        .replace("{OWNER}", &format!("owner_{owner}"))
        .replace("{DEVICE}", &format!("device_{owner}"))
        .replace("{EXTENSION}", &format!("{}", 1000 + owner))
        .replace("{INTERACTION}", &format!("{call:08x}"))
        .replace("{MSG_ID}", &format!("{}", 1_795_271_592_523_286_u64 + u64::from(n)))
}

/// The vendor's side.
pub struct Kazoo;

impl Serve for Kazoo {
    fn http(&self, _: &Asked) -> String {
        json!({ "access_token": "good-token" }).to_string()
    }

    fn is_ready_at_once(&self) -> bool {
        true
    }

    fn message(&self, _: &str) -> (Vec<String>, bool) {
        (Vec::new(), true)
    }
}
