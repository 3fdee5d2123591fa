//! Stringee: messages to topics, after the sign-in of its web SDK.

use std::net::SocketAddr;

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::Burst;
use crate::{
    account::Account,
    stub::{Asked, Serve},
};

const PEOPLE: u32 = 100;

/// Everybody comes online and goes offline in turn.
pub const BURST: Burst = Burst {
    what: "topic messages (Stringee)",
    serve: || Box::new(Switch),
    account,
    event,
    line: r#""event":"presence""#,
    before: (r#""state":"live""#, 1),
    lines: |events| events,
    peer: |address| ("stringee-burst.mjs", vec![format!("ws://{address}/"), token()]),
    people: None,
    last: ("work/agent_2", "available"),
    share: 0.25,
    bare: None,
};

fn account(address: SocketAddr) -> Result<Account> {
    let keys = json!({ "servers": [format!("ws://{address}/")] });
    Account::new("stringee", &keys, &json!({ "token": token() }))
}

/// Nobody here looks at its signature.
fn token() -> String {
    let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let head = json!({ "typ": "JWT", "alg": "HS256", "cty": "stringee-api;v=1" });
    let claims = json!({ "jti": "SK1-1", "iss": "SK1", "exp": 4_102_444_800_u64, "userId": "agent_1", "subscribe": "online_status_1" });
    format!("{}.{}.{}", part(head), part(claims), URL_SAFE_NO_PAD.encode("signed"))
}

fn event(n: u32) -> String {
    let (person, online) = (n % PEOPLE + 2, (n / PEOPLE).is_multiple_of(2));
    let message = json!({
        "newValue": if online { "online" } else { "offline" }, "callEnded": true, "attribute": "onlineStatus",
        "userId": format!("agent_{person}"), "projectId": 25, "timestamp": 1_554_261_314_286_u64 + u64::from(n),
    });
    json!({ "service": 102, "body": { "topic": "online_status_1", "message": message } }).to_string()
}

struct Switch;

impl Serve for Switch {
    fn http(&self, _: &Asked) -> String {
        "{}".to_owned()
    }

    fn message(&self, text: &str) -> (Vec<String>, bool) {
        let packet = super::json(text);
        if packet.get("service") != Some(&json!(2)) {
            return (Vec::new(), false);
        }
        let body = json!({
            "r": 0, "requestId": packet.pointer("/body/requestId"), "message": "SUCCESS", "userId": "agent_1",
            "projectId": 25, "connectionId": 1, "ping_after_ms": 45_000, "clients": [], "ice_servers": [],
        });
        (vec![json!({ "service": 2, "body": body }).to_string()], true)
    }
}
