//! Semaswift: publications of a Centrifugo, with REST beside it.

use std::net::SocketAddr;

use anyhow::Result;
use serde_json::{Value, json};

use super::Burst;
use crate::{
    account::Account,
    stub::{Asked, Serve},
};

const PEOPLE: u32 = 100;
const CHANNEL: &str = "voice:agents";

/// Every agent is in a call and available in turn.
pub const BURST: Burst = Burst {
    what: "publications (Semaswift)",
    serve: || Box::new(Centrifugo),
    account,
    event,
    line: r#""event":"presence""#,
    before: (r#""event":"presence""#, PEOPLE as usize),
    lines: |events| events,
    peer: |address| {
        ("centrifuge-burst.mjs", vec![format!("ws://{address}/connection/websocket"), CHANNEL.to_owned()])
    },
    people: Some(PEOPLE),
    last: ("work/agent_1", "busy"),
    share: 0.25,
    bare: Some(|address| format!("ws://{address}/connection/websocket")),
};

fn account(address: SocketAddr) -> Result<Account> {
    let keys = json!({
        "api_url": format!("http://{address}"), "realtime_url": format!("ws://{address}/connection/websocket"),
        "channels": [CHANNEL], "agent_id": "agent_1",
    });
    Account::new("semaswift", &keys, &json!({ "access_token": "pat_live_good" }))
}

fn event(n: u32) -> String {
    let (agent, busy) = (n % PEOPLE + 1, (n / PEOPLE).is_multiple_of(2));
    let (before, after) = if busy { ("available", "on_call") } else { ("on_call", "available") };
    let data = json!({
        "agent_id": format!("agent_{agent}"), "previous_status": before, "new_status": after,
        "timestamp": "2026-11-21T08:00:00Z",
    });
    // In the order in which the vendor writes it.
    let data = format!(r#"{{"type":"agent.status_changed","data":{data}}}"#);
    format!(r#"{{"push":{{"channel":"{CHANNEL}","pub":{{"data":{data},"offset":{}}}}}}}"#, n + 1)
}

struct Centrifugo;

impl Serve for Centrifugo {
    fn http(&self, asked: &Asked) -> String {
        match asked.path.as_str() {
            "/api/v1/realtime/token" => json!({ "token": "good", "expires_at": "2099-01-01T00:00:00Z" }),
            "/api/v1/voice/agents" => {
                let agents: Vec<Value> = (1..=PEOPLE).map(agent).collect();
                json!({ "data": agents, "meta": { "total_pages": 1 } })
            }
            _ => json!({ "data": [] }),
        }
        .to_string()
    }

    fn message(&self, text: &str) -> (Vec<String>, bool) {
        let commands: Vec<Value> = text.lines().map(super::json).collect();
        let answers = commands.iter().filter_map(answer).map(|answer| answer.to_string());
        (answers.collect(), commands.iter().any(|command| command.get("subscribe").is_some()))
    }
}

fn agent(n: u32) -> Value {
    json!({ "id": format!("agent_{n}"), "user_id": format!("usr_{n}"), "name": format!("Colleague {n}"),
        "phone_number": format!("+45{:08}", 10_000_000 + n), "current_status": "available" })
}

fn answer(command: &Value) -> Option<Value> {
    let id = command.get("id")?;
    let has = |method: &str| command.get(method).is_some();
    Some(if has("connect") {
        json!({ "id": id, "connect": { "client": "c1", "version": "6.9.1", "ping": 25, "pong": true } })
    } else if has("subscribe") {
        json!({ "id": id, "subscribe": {} })
    } else if has("presence") {
        json!({ "id": id, "presence": { "presence": {} } })
    } else {
        json!({ "id": id, "error": { "code": 108, "message": "not available" } })
    })
}
