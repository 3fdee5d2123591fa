//! NGUC: events over SockJS, one a frame, with REST beside it.

use std::net::SocketAddr;

use anyhow::Result;
use serde_json::{Value, json};

use super::Burst;
use crate::{
    account::Account,
    stub::{Asked, Serve},
};

const PEOPLE: u32 = 100;

/// Everybody becomes busy and available in turn.
pub const BURST: Burst = Burst {
    what: "events (NGUC)",
    serve: || Box::new(Pusher),
    account,
    event,
    line: r#""event":"presence""#,
    before: (r#""event":"presence""#, PEOPLE as usize),
    lines: |events| events,
    peer: |address| ("sockjs-burst.mjs", vec![format!("http://{address}"), "good-token".to_owned()]),
    people: Some(PEOPLE),
    last: ("work/1", "busy"),
    share: 0.25,
    bare: None,
};

fn account(address: SocketAddr) -> Result<Account> {
    let keys = json!({ "event_url": format!("http://{address}"), "api_url": format!("http://{address}/api"), "me": "1" });
    Account::new("nguc", &keys, &json!({ "access_token": "good-token" }))
}

fn event(n: u32) -> String {
    let (person, busy) = (n % PEOPLE + 1, (n / PEOPLE).is_multiple_of(2));
    let status = if busy { "busy" } else { "available" };
    let event =
        json!(["User", { "id": person.to_string(), "status": status, "since": "2026-11-21 09:00:00" }]);
    format!("a{}", json!([event.to_string()]))
}

struct Pusher;

impl Serve for Pusher {
    fn http(&self, asked: &Asked) -> String {
        match asked.path.as_str() {
            "/info" => json!({ "websocket": true, "origins": ["*:*"], "cookie_needed": false, "entropy": 7 }),
            "/api/user/me" => user(1),
            "/api/company/users" => {
                let users: Vec<Value> = (1..=PEOPLE).map(user).collect();
                json!({ "count": PEOPLE.to_string(), "users": users })
            }
            "/api/company/queues" => json!({ "count": "0", "queues": [] }),
            _ => json!({ "count": "0", "calls": [] }),
        }
        .to_string()
    }

    fn greeting(&self) -> Option<String> {
        Some("o".to_owned())
    }

    fn message(&self, text: &str) -> (Vec<String>, bool) {
        (vec!["h".to_owned()], text.contains("authenticate"))
    }
}

fn user(n: u32) -> Value {
    json!({ "id": n.to_string(), "name": format!("Colleague {n}"), "number": format!("+4670{n:07}"), "status": "available" })
}
