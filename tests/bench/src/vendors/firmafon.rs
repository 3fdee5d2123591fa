//! Firmafon: Faye over a websocket, with REST beside it.

use std::{borrow::Cow, net::SocketAddr};

use anyhow::Result;
use serde_json::{Value, json};

use super::Burst;
use crate::{
    account::Account,
    stub::{Asked, Serve, frame},
};

const PEOPLE: u32 = 100;

/// Everybody becomes busy and available in turn.
pub const BURST: Burst = Burst {
    what: "presence events (Firmafon)",
    serve: || Box::new(Company::of(PEOPLE)),
    account,
    event,
    line: r#""event":"presence""#,
    before: (r#""event":"presence""#, PEOPLE as usize),
    lines: |events| events,
    peer: |address| {
        ("faye-burst.mjs", vec![format!("http://{address}/faye"), "/presence/company/1234".to_owned()])
    },
    people: Some(PEOPLE),
    last: ("work/Employee#1", "busy"),
    share: 0.25,
    bare: None,
};

/// The account of its employee 1.
pub fn account(address: SocketAddr) -> Result<Account> {
    Account::new(
        "firmafon",
        &json!({ "pubsub_url": format!("http://{address}/faye"), "api_url": format!("http://{address}/api") }),
        &json!({ "access_token": "good-token" }),
    )
}

/// An event on a channel as an unmasked frame.
pub fn on(channel: &str, data: &Value) -> Vec<u8> {
    frame(&text(channel, data))
}

fn text(channel: &str, data: &Value) -> String {
    json!([{ "channel": channel, "data": data, "id": "7" }]).to_string()
}

fn event(n: u32) -> String {
    let (person, busy) = (n % PEOPLE + 1, (n / PEOPLE).is_multiple_of(2));
    let presence = if busy { "busy" } else { "available" };
    let since = busy.then_some("2026-11-21T08:00:00.000Z");
    let data =
        json!({ "endpoint": format!("Employee#{person}"), "live_presence": presence, "busy_since": since });
    text("/presence/company/1234", &data)
}

/// A company, 1 being the owner of every token; what REST answers is made beforehand.
pub struct Company {
    employee: String,
    employees: String,
}

impl Company {
    /// With this many employees.
    pub fn of(people: u32) -> Self {
        let employees: Vec<Value> = (1..=people).map(employee).collect();
        Self {
            employee: json!({ "employee": employees.first() }).to_string(),
            employees: json!({ "employees": employees }).to_string(),
        }
    }
}

fn employee(n: u32) -> Value {
    json!({
        "id": n, "company_id": 1234, "endpoint": format!("Employee#{n}"), "name": format!("Colleague {n}"),
        "number": format!("45{:08}", 10_000_000 + n), "live_presence": "available", "do_not_disturb": false,
    })
}

impl Serve for Company {
    fn http(&self, asked: &Asked) -> String {
        let faye = || {
            let answers: Vec<Value> = messages(&asked.body).iter().filter_map(answer).collect();
            Value::Array(answers).to_string()
        };
        let answer = match asked.path.trim_end_matches(".json") {
            "/faye" => Cow::Owned(faye()),
            "/api/employee" => Cow::Borrowed(self.employee.as_str()),
            "/api/employees" => Cow::Borrowed(self.employees.as_str()),
            "/api/calls" => Cow::Borrowed(r#"{"calls":[]}"#),
            "/api/call_nodes/live" => Cow::Borrowed(r#"{"call_nodes":[]}"#),
            _ => Cow::Borrowed("{}"),
        };
        answer.into_owned()
    }

    fn message(&self, text: &str) -> (Vec<String>, bool) {
        let messages = messages(text);
        let is_connect = |message: &Value| message.get("channel") == Some(&json!("/meta/connect"));
        let answers = messages.iter().filter_map(answer).map(|answer| json!([answer]).to_string());
        (answers.collect(), messages.iter().any(is_connect))
    }
}

fn messages(text: &str) -> Vec<Value> {
    match super::json(text) {
        Value::Array(messages) => messages,
        Value::Null => Vec::new(),
        message @ (Value::Object(_) | Value::Bool(_) | Value::Number(_) | Value::String(_)) => vec![message],
    }
}

/// What Faye says at once; a connect is held unless the client asks otherwise.
fn answer(message: &Value) -> Option<Value> {
    let advice = json!({ "reconnect": "retry", "interval": 0, "timeout": 3_600_000 });
    let channel = message.get("channel")?.as_str()?;
    let mut answer =
        json!({ "id": message.get("id"), "clientId": "c1", "channel": channel, "successful": true });
    let more = match channel {
        "/meta/handshake" => json!({
            "version": "1.0", "supportedConnectionTypes": ["websocket", "long-polling"], "advice": advice,
        }),
        "/meta/subscribe" => json!({ "subscription": message.get("subscription") }),
        "/meta/connect" if message.pointer("/advice/timeout") != Some(&json!(0)) => return None,
        _ => json!({}),
    };
    if let (Some(answer), Value::Object(more)) = (answer.as_object_mut(), more) {
        answer.extend(more);
    }
    Some(answer)
}
