//! REST, its sign-in and limits, and what the simulated Centrifugo does with odd sockets.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use simulator::Simulator;
use simulator::semaswift::{HttpAnswer, Options, Surface};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// Far beyond what anything here takes: reached only when something never comes.
const NEVER: Duration = Duration::from_secs(30);
const PERSONAL: &str = "pat_live_good-token";

async fn simulate(people: usize, semaswift: Options) -> Simulator {
    let options =
        simulator::Options { people, vendors: &["semaswift"], semaswift, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

fn host(simulator: &Simulator) -> String {
    let url = simulator.addresses()[0].settings["api_url"].as_str().unwrap();
    url.strip_prefix("http://").unwrap().to_owned()
}

struct Answer {
    status: u16,
    head: String,
    body: Value,
}

async fn ask(simulator: &Simulator, method: &str, path: &str, token: &str, body: &Value) -> Answer {
    let body = body.to_string();
    let request = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(host(simulator)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    tokio::time::timeout(NEVER, stream.read_to_string(&mut text)).await.expect("it ends").unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: serde_json::from_str(body).unwrap_or_default() }
}

fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}")
}

async fn get(simulator: &Simulator, path: &str) -> Value {
    let answer = ask(simulator, "GET", path, &bearer(PERSONAL), &Value::Null).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

async fn post(simulator: &Simulator, path: &str, body: Value) -> Answer {
    ask(simulator, "POST", path, &bearer(PERSONAL), &body).await
}

#[tokio::test]
async fn personal_tokens_are_taken_from_either_header() {
    let simulator = simulate(2, Options::default()).await;
    for token in [bearer(PERSONAL), format!("X-API-Key: {PERSONAL}")] {
        assert_eq!(ask(&simulator, "GET", "/voice/agents", &token, &Value::Null).await.status, 200);
    }
    let refused = ask(&simulator, "GET", "/voice/agents", &bearer("bad"), &Value::Null).await;
    assert_eq!((refused.status, &refused.body["error_code"]), (401, &json!("AUTH_003")));
    simulator.semaswift().revoke_tokens();
    assert_eq!(post(&simulator, "/realtime/token", json!({})).await.status, 401);
    simulator.semaswift().accept_token(PERSONAL);
    assert_eq!(post(&simulator, "/realtime/token", json!({})).await.status, 200);
    simulator.stop().await;
}

#[tokio::test]
async fn signing_in_gives_tokens_that_age_and_are_renewed_once() {
    let simulator = simulate(2, Options::default()).await;
    let wrong = json!({"email": "aase@example.com", "password": "bad"});
    let refused = post(&simulator, "/auth/login", wrong).await;
    assert_eq!((refused.status, &refused.body["error_code"]), (401, &json!("AUTH_001")));
    let right = json!({"email": "aase@example.com", "password": "good-password"});
    let tokens = post(&simulator, "/auth/login", right).await.body;
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(3600)));
    let access = bearer(tokens["access_token"].as_str().unwrap());
    assert_eq!(ask(&simulator, "GET", "/voice/agents", &access, &Value::Null).await.status, 200);
    simulator.semaswift().pass(Duration::from_secs(3600));
    let expired = ask(&simulator, "GET", "/voice/agents", &access, &Value::Null).await;
    assert_eq!((expired.status, &expired.body["error_code"]), (401, &json!("AUTH_002")));
    let refresh = json!({"refresh_token": tokens["refresh_token"]});
    let renewed = post(&simulator, "/auth/refresh", refresh.clone()).await;
    assert_eq!(renewed.status, 200);
    assert_ne!(renewed.body["refresh_token"], tokens["refresh_token"]);
    assert_eq!(post(&simulator, "/auth/refresh", refresh).await.status, 401);
    simulator.semaswift().revoke_access_tokens();
    let access = bearer(renewed.body["access_token"].as_str().unwrap());
    assert_eq!(ask(&simulator, "GET", "/voice/agents", &access, &Value::Null).await.status, 401);
    simulator.stop().await;
}

#[tokio::test]
async fn a_second_factor_may_be_required() {
    let simulator = simulate(2, Options { mfa_code: Some("123456".to_owned()), ..Options::default() }).await;
    let mut body = json!({"email": "aase@example.com", "password": "good-password"});
    let refused = post(&simulator, "/auth/login", body.clone()).await;
    assert_eq!((refused.status, &refused.body["error_code"]), (403, &json!("AUTH_005")));
    body["mfa_code"] = json!("123456");
    assert_eq!(post(&simulator, "/auth/login", body).await.status, 200);
    simulator.stop().await;
}

#[tokio::test]
async fn both_kinds_of_realtime_tokens_are_given_out() {
    let simulator = simulate(2, Options::default()).await;
    let one = post(&simulator, "/realtime/token", json!({})).await.body;
    assert!(one["token"].is_string() && one["expires_at"].is_string(), "{one}");
    let several = get(&simulator, "/engagements/realtime/tokens").await;
    assert!(several["connection_token"].is_string(), "{several}");
    assert_eq!(several["subscription_tokens"][0]["channel"], "user:usr_77");
    assert_eq!(several["url"], simulator.addresses()[0].settings["realtime_url"]);
    simulator.semaswift().withhold_token("tickets:mine");
    let channels = json!({"channels": ["voice:calls", "tickets:mine"]});
    let items = post(&simulator, "/engagements/realtime/tokens", channels).await.body["tokens"].take();
    assert!(items[0]["token"].is_string() && items[1]["error"]["code"].is_string(), "{items}");
    let renewed = post(&simulator, "/engagements/realtime/token/refresh", json!({})).await;
    assert!(renewed.body["connection_token"].is_string());
    assert_eq!(post(&simulator, "/engagements/presence/heartbeat", json!({})).await.status, 200);
    simulator.stop().await;
}

#[tokio::test]
async fn agents_come_in_pages_and_may_change_their_status() {
    let simulator = simulate(250, Options::default()).await;
    let page = get(&simulator, "/voice/agents?page=3&per_page=500").await;
    assert_eq!(page["data"].as_array().unwrap().len(), 50);
    assert_eq!(page["meta"], json!({"page": 3, "per_page": 100, "total": 250, "total_pages": 3}));
    assert_eq!(page["next_page_token"], Value::Null);
    let mine = get(&simulator, "/voice/agents?user_id=usr_77").await["data"].take();
    assert_eq!((&mine[0]["id"], &mine[0]["current_status"]), (&json!("agent_77"), &json!("available")));
    let configs = get(&simulator, "/voice/agent-status-configs").await["data"].take();
    let away =
        configs.as_array().unwrap().iter().find(|config| config["queue_behavior"] == "paused").unwrap();
    let body = json!({"status_id": away["id"]});
    let changed = post(&simulator, "/voice/agents/agent_77/status", body).await;
    assert_eq!((changed.status, &changed.body["data"]["current_status"]), (200, &away["name"]));
    let history = get(&simulator, "/voice/agents/agent_77/status/history").await;
    assert_eq!(history["data"][0]["new_status"], away["name"]);
    for (path, body, status) in [
        ("/voice/agents/agent_77/status", json!({"status_id": "status_99"}), 400),
        ("/voice/agents/agent_9999/status", json!({"status_id": "status_1"}), 404),
        ("/voice/nothing", json!({}), 404),
    ] {
        assert_eq!(post(&simulator, path, body).await.status, status, "{path}");
    }
    assert_eq!(simulator.semaswift().requests().rest("GET /voice/agents"), 2);
    simulator.stop().await;

    let simulator = simulate(2, Options { may_set_status: false, ..Options::default() }).await;
    let body = json!({"status_id": "status_2"});
    assert_eq!(post(&simulator, "/voice/agents/agent_77/status", body).await.status, 403);
    simulator.stop().await;
}

#[tokio::test]
async fn requests_are_limited_by_the_minute() {
    let simulator = simulate(2, Options { most_requests: Some(2), ..Options::default() }).await;
    let first = post(&simulator, "/realtime/token", json!({})).await;
    assert!(first.head.contains("x-ratelimit-limit: 2\r\nx-ratelimit-remaining: 1\r\n"), "{}", first.head);
    // The minute may end in between.
    let refused = loop {
        let answer = post(&simulator, "/realtime/token", json!({})).await;
        if answer.status != 200 {
            break answer;
        }
    };
    assert_eq!((refused.status, &refused.body["error_code"]), (429, &json!("AUTH_006")));
    assert!(refused.head.contains("retry-after: "), "{}", refused.head);
    simulator.semaswift().pass(Duration::from_secs(60));
    assert_eq!(post(&simulator, "/realtime/token", json!({})).await.status, 200);
    simulator.stop().await;
}

#[tokio::test]
async fn anything_can_be_answered_instead_of_the_truth() {
    let simulator = simulate(2, Options::default()).await;
    let handle = simulator.semaswift();
    let busy = HttpAnswer { status: 429, body: "{}".to_owned(), retry_after: Some(Duration::from_secs(7)) };
    handle.answer_http(Surface::Tokens, busy);
    let answer = post(&simulator, "/realtime/token", json!({})).await;
    assert!(answer.status == 429 && answer.head.contains("retry-after: 7"), "{}", answer.head);
    get(&simulator, "/voice/agents").await;
    let page = HttpAnswer { status: 200, body: "<html>Sign in</html>".to_owned(), retry_after: None };
    handle.answer_http(Surface::Rest, page);
    let answer = ask(&simulator, "GET", "/voice/agents", "", &Value::Null).await;
    assert!(answer.head.contains("text/html"), "{}", answer.head);
    handle.answer_truly(Surface::Rest);
    handle.answer_truly(Surface::Tokens);
    assert_eq!(post(&simulator, "/realtime/token", json!({})).await.status, 200);
    simulator.stop().await;
}

async fn open(simulator: &Simulator) -> Result<WebSocketStream<TcpStream>, Error> {
    let stream = TcpStream::connect(host(simulator)).await.unwrap();
    let url = simulator.addresses()[0].settings["realtime_url"].as_str().unwrap();
    Ok(client_async(url, stream).await?.0)
}

/// The close code and reason that come, whatever comes before.
async fn closed(stream: &mut WebSocketStream<TcpStream>) -> (u16, String) {
    let close = async {
        loop {
            if let Message::Close(close) = stream.next().await.unwrap().unwrap() {
                let close = close.unwrap();
                return (close.code.into(), close.reason.to_string());
            }
        }
    };
    tokio::time::timeout(NEVER, close).await.expect("it closes")
}

#[tokio::test]
async fn odd_frames_close_the_websocket_with_their_codes() {
    let simulator = simulate(2, Options::default()).await;
    for (frame, code) in [
        (Message::text("not json"), 3501),
        (Message::binary(vec![1, 2, 3]), 3501),
        (Message::text("x".repeat(65 * 1024)), 1009),
    ] {
        let mut stream = open(&simulator).await.unwrap();
        stream.send(frame).await.unwrap();
        assert_eq!(closed(&mut stream).await.0, code);
    }
    let simulator = simulate(2, Options { connect_within: Duration::ZERO, ..Options::default() }).await;
    let mut stream = open(&simulator).await.unwrap();
    assert_eq!(closed(&mut stream).await, (3502, "stale".to_owned()));
    simulator.stop().await;
}

#[tokio::test]
async fn a_foreign_origin_is_forbidden() {
    let allowed_origins = Some(vec!["https://app.example.com".to_owned()]);
    let simulator = simulate(2, Options { allowed_origins, ..Options::default() }).await;
    assert!(open(&simulator).await.is_ok(), "a program has no origin");
    let request = "GET /connection/websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\n\
        Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Origin: tauri://localhost\r\n\r\n";
    let mut stream = TcpStream::connect(host(&simulator)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert!(text.starts_with("HTTP/1.1 403 "), "{text}");
    simulator.stop().await;
}

#[tokio::test]
async fn who_never_reads_is_dropped_and_nobody_else() {
    let simulator = simulate(2, Options { most_waiting: 64 * 1024, ..Options::default() }).await;
    let handle = simulator.semaswift();
    let token = handle.connection_token(Duration::from_secs(60));
    let hello = format!(
        "{{\"id\":1,\"connect\":{{\"token\":\"{token}\"}}}}\n{{\"id\":2,\"subscribe\":{{\"channel\":\"plain:a\"}}}}"
    );
    let mut reads = open(&simulator).await.unwrap();
    let mut never = open(&simulator).await.unwrap();
    for stream in [&mut reads, &mut never] {
        stream.send(Message::text(hello.clone())).await.unwrap();
    }
    handle.watch(|handle| handle.subscribers("plain:a") == 2).await;
    let data = json!("x".repeat(32 * 1024));
    let mut published = 0_usize;
    while handle.subscribers("plain:a") == 2 {
        assert!(published < 10_000, "nobody is too slow");
        handle.publish("plain:a", &data);
        published += 1;
        let mut heard = 0;
        while heard == 0 {
            let frame = reads.next().await.unwrap().unwrap();
            heard += frame.to_text().unwrap().matches("\"pub\"").count();
        }
    }
    assert_eq!(handle.subscribers("plain:a"), 1);
    simulator.stop().await;
}

#[tokio::test]
async fn stopping_frees_the_port_and_closes_what_is_open() {
    let simulator = simulate(2, Options::default()).await;
    let address = host(&simulator);
    let mut stream = open(&simulator).await.unwrap();
    simulator.stop().await;
    let ended = tokio::time::timeout(NEVER, stream.next()).await.expect("it ends");
    assert!(matches!(ended, None | Some(Err(_))), "{ended:?}");
    assert!(TcpStream::connect(address).await.is_err());
}
