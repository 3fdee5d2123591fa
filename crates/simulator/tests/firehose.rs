//! Firehose seen from the outside byte by byte: its login, its socket, Crossbar, and the faults that can be switched
//! on. `firehose_follower.rs` has npm's `ws` look at the socket.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::io::ErrorKind;
use std::time::Duration;

use serde_json::{Value, json};
use simulator::Simulator;
use simulator::firehose::{Channels, Handle, HttpAnswer, Options, Surface, Target};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Far beyond what anything here takes: reached only when something never comes.
const NEVER: Duration = Duration::from_secs(30);

/// Signed in at Firehose and at Crossbar.
struct Guest {
    simulator: Simulator,
    token: String,
    account: String,
}

impl Guest {
    async fn arrive(firehose: Options) -> Guest {
        let simulator = simulate(firehose).await;
        let (status, answer) = ask(&simulator, "PUT", "/v2/user_auth", "", &sign_in()).await;
        assert_eq!(status, 201, "{answer}");
        let token = answer["auth_token"].as_str().unwrap().to_owned();
        let account = answer["data"]["account_id"].as_str().unwrap().to_owned();
        assert_eq!(answer["data"]["owner_id"].as_str().unwrap(), simulator.firehose().me());
        Guest { simulator, token, account }
    }

    fn handle(&self) -> &Handle {
        self.simulator.firehose()
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        ask(&self.simulator, method, &format!("/v2/accounts/{}{path}", self.account), &self.token, body).await
    }

    async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.ask("GET", path, &Value::Null).await;
        assert_eq!((status, &answer["status"]), (200, &json!("success")), "{path}: {answer}");
        answer
    }
}

async fn simulate(firehose: Options) -> Simulator {
    let options =
        simulator::Options { people: 60, vendors: &["firehose"], firehose, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

/// MD5 of `user1001@example.com:good-password`, by md5sum.
fn sign_in() -> Value {
    json!({"data": {"credentials": "88bfa8ea3506b45ddc08ca16f816aed4", "account_realm": "acme.example.com"}})
}

fn log_in(more: &Value) -> Value {
    let mut login = json!({"username": "User1001@example.com", "password": "good-password", "domain": "acme.example.com"});
    login.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    login
}

async fn open(simulator: &Simulator) -> TcpStream {
    let url = simulator.addresses()[0].settings["url"].as_str().unwrap();
    TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap()
}

/// All that comes until the other side closes.
async fn rest_of(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    tokio::time::timeout(NEVER, stream.read_to_end(&mut bytes)).await.expect("it ends").unwrap();
    String::from_utf8(bytes).unwrap()
}

async fn exchange(
    simulator: &Simulator,
    method: &str,
    path: &str,
    token: &str,
    body: &Value,
) -> (String, String) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Auth-Token: {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = open(simulator).await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let answer = rest_of(&mut stream).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

async fn ask(simulator: &Simulator, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
    let (head, body) = exchange(simulator, method, path, token, body).await;
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(&body).unwrap_or(Value::String(body)))
}

/// Asks for a socket; the head of the answer, and the stream.
async fn upgrade(simulator: &Simulator, query: &str, headers: &str) -> (String, TcpStream) {
    let mut stream = open(simulator).await;
    let request = format!(
        "GET /ws/v1/firehose/callEvents{query} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = vec![0; 4096];
    let read = tokio::time::timeout(NEVER, stream.read(&mut bytes)).await.expect("it answers").unwrap();
    bytes.truncate(read);
    (String::from_utf8_lossy(&bytes).into_owned(), stream)
}

async fn token(simulator: &Simulator) -> String {
    let (status, answer) = ask(simulator, "POST", "/ws/v1/firehose/login", "", &log_in(&json!({}))).await;
    assert_eq!(status, 200, "{answer}");
    answer["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_login_gives_a_token_and_nothing_else() {
    let simulator = simulate(Options::default()).await;
    let path = "/ws/v1/firehose/login";
    let (status, answer) =
        ask(&simulator, "POST", path, "", &log_in(&json!({"events": ["CHANNEL_ANSWER"]}))).await;
    assert_eq!(status, 200);
    assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["access_token"]);
    for (status, body) in [
        (401, log_in(&json!({"password": "wrong"}))),
        (401, log_in(&json!({"domain": "elsewhere"}))),
        (400, json!({"username": "user"})),
        (400, Value::Null),
        (403, log_in(&json!({"accounts": ["elsewhere"]}))),
    ] {
        assert_eq!(ask(&simulator, "POST", path, "", &body).await.0, status, "{body}");
    }
    assert_eq!(ask(&simulator, "GET", path, "", &Value::Null).await.0, 400);
    assert_eq!(simulator.firehose().requests().logins, 7);
    simulator.stop().await;
}

#[tokio::test]
async fn a_socket_opens_for_a_token_in_header_or_query_and_for_no_other() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.firehose();
    let good = token(&simulator).await;
    let bearer = |token: &str| format!("Authorization: Bearer {token}\r\n");
    let (head, _first) = upgrade(&simulator, "", &bearer(&good)).await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    // The example of RFC 6455.
    assert!(head.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{head}");
    let (head, _second) = upgrade(&simulator, &format!("?token={good}"), "").await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    for (query, headers) in [("", String::new()), ("?token=x", String::new()), ("", bearer("x"))] {
        assert!(upgrade(&simulator, query, &headers).await.0.starts_with("HTTP/1.1 401 "), "{query}");
    }
    handle.refuse_tokens(true);
    assert!(upgrade(&simulator, "", &bearer(&good)).await.0.starts_with("HTTP/1.1 401 "));
    handle.refuse_tokens(false);
    assert!(upgrade(&simulator, "", &bearer(&good)).await.0.starts_with("HTTP/1.1 101 "));
    handle.forget_tokens();
    assert!(upgrade(&simulator, "", &bearer(&good)).await.0.starts_with("HTTP/1.1 401 "));
    let asked = handle.requests();
    assert_eq!((asked.upgrades, asked.upgrades_by_query, asked.websockets), (8, 2, 3));
    simulator.stop().await;
}

#[tokio::test]
async fn a_token_that_has_expired_is_refused() {
    let simulator = simulate(Options { token_lifetime: Duration::ZERO, ..Options::default() }).await;
    let old = token(&simulator).await;
    let (head, _) = upgrade(&simulator, "", &format!("Authorization: Bearer {old}\r\n")).await;
    assert!(head.starts_with("HTTP/1.1 401 ") && head.contains("Token has expired"), "{head}");
    simulator.stop().await;
}

#[tokio::test]
async fn crossbar_takes_md5_credentials_of_the_lower_case_name_and_refuses_all_others() {
    let guest = Guest::arrive(Options::default()).await;
    let wrong = json!({"data": {"credentials": "0", "account_realm": "acme.example.com"}});
    for (body, status) in [(&wrong, 401), (&json!({"data": {}}), 400)] {
        assert_eq!(ask(&guest.simulator, "PUT", "/v2/user_auth", "", body).await.0, status);
    }
    let mut by_name = sign_in();
    by_name["data"] = json!({"credentials": by_name["data"]["credentials"], "account_name": "kontoret"});
    assert_eq!(ask(&guest.simulator, "PUT", "/v2/user_auth", "", &by_name).await.0, 201);
    let (status, answer) = ask(&guest.simulator, "GET", "/v2/token_auth", "x", &Value::Null).await;
    assert_eq!(
        (status, &answer["error"], &answer["message"]),
        (401, &json!("401"), &json!("invalid_credentials"))
    );
    assert_eq!(ask(&guest.simulator, "GET", "/v2/token_auth", &guest.token, &Value::Null).await.0, 200);
    assert_eq!(ask(&guest.simulator, "DELETE", "/v2/token_auth", &guest.token, &Value::Null).await.0, 200);
    assert_eq!(ask(&guest.simulator, "GET", "/v2/token_auth", &guest.token, &Value::Null).await.0, 401);
    guest.simulator.stop().await;
}

#[tokio::test]
async fn lists_come_in_pages() {
    let guest = Guest::arrive(Options::default()).await;
    let first = guest.get("/users").await;
    assert_eq!(first["page_size"], 50);
    let next = first["next_start_key"].as_str().unwrap();
    let second = guest.get(&format!("/users?start_key={next}")).await;
    assert_eq!((&second["page_size"], second.get("next_start_key")), (&json!(10), None));
    let ids = |answer: &Value| -> Vec<String> {
        answer["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!([ids(&first), ids(&second)].concat(), guest.handle().users());
    assert_eq!(guest.get("/users?paginate=false").await["data"].as_array().unwrap().len(), 60);
    assert_eq!(guest.get("/users?page_size=7").await["data"].as_array().unwrap().len(), 7);
    assert_eq!(guest.ask("GET", "/users?start_key=%3F", &Value::Null).await.0, 400);
    assert_eq!(guest.handle().requests().crossbar("GET /users"), 5);
    guest.simulator.stop().await;
}

#[tokio::test]
async fn devices_belong_to_users_and_only_the_registered_ones_have_a_status() {
    let guest = Guest::arrive(Options::default()).await;
    let me = guest.handle().me();
    let devices = guest.get(&format!("/users/{me}/devices")).await["data"].clone();
    let ids: Vec<&str> =
        devices.as_array().unwrap().iter().map(|device| device["id"].as_str().unwrap()).collect();
    assert_eq!(ids, guest.handle().devices(&me));
    assert!(devices.as_array().unwrap().iter().all(|device| device["owner_id"] == me.as_str()));
    let all = guest.get("/devices?paginate=false").await["data"].as_array().unwrap().len();
    let registered = |answer: Value| answer["data"].as_array().unwrap().len();
    assert_eq!(registered(guest.get("/devices/status").await), all);
    guest.handle().set_registered(&me, false);
    assert_eq!(registered(guest.get("/devices/status").await), all - 2);
    guest.simulator.stop().await;
}

#[tokio::test]
async fn do_not_disturb_is_patched_and_read_back() {
    let guest = Guest::arrive(Options { admin: false, ..Options::default() }).await;
    let me = guest.handle().me();
    let path = format!("/users/{me}");
    let body = json!({"data": {"do_not_disturb": {"enabled": true}}});
    let (status, answer) = guest.ask("PATCH", &path, &body).await;
    assert_eq!((status, &answer["data"]["do_not_disturb"]["enabled"]), (200, &json!(true)));
    assert_eq!(guest.get(&path).await["data"]["do_not_disturb"], json!({"enabled": true}));
    assert_eq!(guest.get("/users").await["data"][0]["features"], json!(["caller_id", "do_not_disturb"]));
    assert_eq!(guest.handle().do_not_disturb(&me), Some(true));
    guest.handle().incoming_call(&Target::User(me.clone()), None);
    assert!(!guest.handle().is_engaged(&me), "it does not ring");
    let wrong = json!({"data": {"do_not_disturb": {"enabled": "yes"}}});
    assert_eq!(guest.ask("PATCH", &path, &wrong).await.0, 400);
    let colleague = guest.handle().users()[1].clone();
    assert_eq!(guest.ask("PATCH", &format!("/users/{colleague}"), &body).await.0, 403);
    assert_eq!(guest.ask("GET", "/users/nobody", &Value::Null).await.0, 404);
    guest.simulator.stop().await;
}

#[tokio::test]
async fn channels_are_the_legs_that_exist() {
    let guest = Guest::arrive(Options::default()).await;
    let handle = guest.handle();
    let me = handle.me();
    let call = handle.incoming_call(&Target::User(me.clone()), Some("+4670"));
    assert_eq!(guest.get("/channels").await["data"].as_array().unwrap().len(), 3);
    assert!(handle.answer(&call, &me));
    let mine = guest.get(&format!("/users/{me}/channels")).await["data"].clone();
    let leg = &mine[0];
    assert_eq!(mine.as_array().unwrap().len(), 1);
    assert_eq!(
        (&leg["direction"], &leg["answered"], &leg["owner_id"], &leg["other_leg"], &leg["bridge_id"]),
        (&json!("outbound"), &json!(true), &json!(me), &json!(call), &json!(call))
    );
    assert_eq!(leg["caller_id_number"], "+4670");
    assert!(leg["timestamp"].as_i64().unwrap() > 63_000_000_000, "Gregorian seconds");
    handle.hang_up(&call);
    assert_eq!(guest.get("/channels").await["data"], json!([]));
    guest.simulator.stop().await;

    let guest = Guest::arrive(Options { channels: Channels::Short, ..Options::default() }).await;
    guest.handle().incoming_call(&Target::User(guest.handle().me()), Some("+4670"));
    assert!(guest.get("/channels").await["data"][0].get("caller_id_number").is_none());
    guest.simulator.stop().await;
}

#[tokio::test]
async fn a_quickcall_is_taken_before_anything_rings_unless_it_is_posted() {
    let guest = Guest::arrive(Options::default()).await;
    let me = guest.handle().me();
    let (status, answer) = guest.ask("GET", &format!("/users/{me}/quickcall/+4670"), &Value::Null).await;
    assert_eq!((status, &answer["message"]), (202, &json!("quickcall initiated")));
    assert!(guest.handle().is_engaged(&me));
    guest.handle().set_registered(&me, false);
    assert_eq!(guest.ask("GET", &format!("/users/{me}/quickcall/+4670"), &Value::Null).await.0, 202);
    assert_eq!(guest.ask("POST", &format!("/users/{me}/quickcall/+4670"), &Value::Null).await.0, 500);
    guest.handle().set_registered(&me, true);
    assert_eq!(guest.ask("POST", &format!("/users/{me}/quickcall/+4670"), &Value::Null).await.0, 200);
    guest.simulator.stop().await;
}

#[tokio::test]
async fn anything_can_be_answered_instead_of_the_truth() {
    let guest = Guest::arrive(Options::default()).await;
    let handle = guest.handle();
    let answer =
        |status| HttpAnswer { status, body: "{}".to_owned(), retry_after: Some(Duration::from_secs(7)) };
    handle.answer_http(Surface::Login, answer(429));
    handle.answer_http(Surface::CallEvents, answer(503));
    handle.answer_http(Surface::Crossbar, answer(502));
    let (head, _) =
        exchange(&guest.simulator, "POST", "/ws/v1/firehose/login", "", &log_in(&json!({}))).await;
    assert!(head.starts_with("HTTP/1.1 429 ") && head.contains("retry-after: 7"), "{head}");
    assert!(upgrade(&guest.simulator, "", "").await.0.starts_with("HTTP/1.1 503 "));
    assert_eq!(guest.ask("GET", "/users", &Value::Null).await.0, 502);
    for surface in [Surface::Login, Surface::CallEvents, Surface::Crossbar] {
        handle.answer_truly(surface);
    }
    token(&guest.simulator).await;
    guest.get("/users").await;
    guest.simulator.stop().await;
}

#[tokio::test]
async fn where_crossbar_cannot_be_reached_there_is_nothing() {
    let simulator = simulate(Options { crossbar: false, ..Options::default() }).await;
    assert_eq!(ask(&simulator, "PUT", "/v2/user_auth", "", &sign_in()).await.0, 404);
    assert!(!simulator.addresses()[0].settings.contains_key("crossbar_url"));
    simulator.stop().await;
}

#[tokio::test]
async fn connections_can_be_reset_or_fall_silent() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.firehose();
    let bearer = format!("Authorization: Bearer {}\r\n", token(&simulator).await);
    let (_, mut stream) = upgrade(&simulator, "", &bearer).await;
    handle.drop_connections();
    let error = tokio::time::timeout(NEVER, stream.read(&mut [0; 16])).await.expect("it ends").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    handle.until(|requests| requests.open == 0).await;
    let (_, mut stream) = upgrade(&simulator, "", &bearer).await;
    handle.freeze(true);
    handle.send(&json!({}));
    handle.freeze(false);
    stream.shutdown().await.unwrap();
    assert_eq!(rest_of(&mut stream).await, "", "nothing came");
    let (_, mut stream) = upgrade(&simulator, "", &bearer).await;
    handle.restart();
    assert_eq!(rest_of(&mut stream).await, "");
    assert!(upgrade(&simulator, "", &bearer).await.0.starts_with("HTTP/1.1 401 "), "tokens are unknown");
    simulator.stop().await;
}
