//! NGUC's REST API and the faults that can be switched on, seen from the outside byte by byte.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::time::Duration;

use serde_json::{Value, json};
use simulator::Simulator;
use simulator::nguc::{Callee, HttpAnswer, Options, RefreshGrant, Surface, Websocket};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Far beyond what anything here takes: reached only when something never comes.
const NEVER: Duration = Duration::from_secs(30);

async fn simulate(nguc: Options) -> Simulator {
    let options = simulator::Options { people: 4, vendors: &["nguc"], nguc, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

async fn open(simulator: &Simulator) -> TcpStream {
    let url = simulator.addresses()[0].settings["event_url"].as_str().unwrap();
    TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap()
}

/// The head and the body of the answer, after which the connection ends.
async fn ask(simulator: &Simulator, method: &str, path: &str, headers: &str, body: &str) -> (String, String) {
    let mut stream = open(simulator).await;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::time::timeout(NEVER, stream.read_to_string(&mut answer)).await.expect("it ends").unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

/// The status and the JSON of the answer.
async fn rest(simulator: &Simulator, method: &str, path: &str, token: &str) -> (u16, Value) {
    let headers = format!("Authorization: Bearer {token}\r\n");
    let (head, body) = ask(simulator, method, &format!("/api{path}"), &headers, "").await;
    (status(&head), serde_json::from_str(&body).unwrap())
}

async fn sign_in(simulator: &Simulator, fields: &Value) -> (u16, Value) {
    let headers = "Content-Type: application/json\r\n";
    let body = fields.to_string();
    let (head, body) = ask(simulator, "POST", "/api/oauth2/user-credentials", headers, &body).await;
    (status(&head), serde_json::from_str(&body).unwrap())
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

fn password(password: &str, tfa: &str) -> Value {
    json!({"grant_type": "password", "client_id": "external.ringside", "username": "ase",
        "password": password, "tfa": tfa})
}

#[tokio::test]
async fn signing_in_wants_the_password_and_then_the_code() {
    let simulator = simulate(Options { tfa: Some("123456".to_owned()), ..Options::default() }).await;
    assert_eq!(sign_in(&simulator, &password("wrong", "123456")).await.0, 401);
    assert_eq!(sign_in(&simulator, &password("good-password", "")).await.0, 402);
    let (status, tokens) = sign_in(&simulator, &password("good-password", "123456")).await;
    assert_eq!((status, &tokens["expires_in"]), (200, &json!(3600)));
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(rest(&simulator, "GET", "/user/me", token).await.0, 200);
    let requests = simulator.nguc().requests();
    assert_eq!((requests.sign_ins, requests.refused_sign_ins), (1, 2));
    assert_eq!(requests.rest("POST /oauth2/user-credentials"), 3);
    simulator.stop().await;
}

#[tokio::test]
async fn a_refresh_token_works_once_and_outlives_access_tokens() {
    let refresh_grant = RefreshGrant::RefreshToken;
    let simulator = simulate(Options { refresh_grant, ..Options::default() }).await;
    simulator.nguc().expire_tokens();
    assert_eq!(
        rest(&simulator, "GET", "/user/me", "good-token").await,
        (401, json!({"error": "invalid_token"}))
    );
    let refresh = |grant: &str| json!({"grant_type": grant, "client_id": "external.ringside", "refresh_token": "good-refresh-token"});
    assert_eq!(sign_in(&simulator, &refresh("password")).await.0, 400);
    let (status, tokens) = sign_in(&simulator, &refresh("refresh_token")).await;
    assert_eq!(status, 200);
    assert_eq!(sign_in(&simulator, &refresh("refresh_token")).await.0, 401);
    assert_eq!(rest(&simulator, "GET", "/user/me", tokens["access_token"].as_str().unwrap()).await.0, 200);
    simulator.nguc().revoke_tokens();
    assert_eq!(rest(&simulator, "GET", "/user/me", tokens["access_token"].as_str().unwrap()).await.0, 401);
    simulator.stop().await;
}

#[tokio::test]
async fn a_waiting_caller_is_listed_and_picked_up() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.nguc();
    let guid = handle.incoming_call(Callee::Queue(42), Some("46701234567"), &[]);
    let (_, queues) = rest(&simulator, "GET", "/company/queues", "good-token").await;
    let caller = &queues["queues"][0]["callers"][0];
    assert_eq!(caller["call_guid"], json!(guid));
    let path = format!("/queue/42/caller/{}/pickup", caller["id"].as_str().unwrap());
    assert_eq!(rest(&simulator, "POST", &path, "good-token").await.0, 200);
    assert!(handle.is_answered(&guid) && handle.waiting(42).is_empty());
    assert_eq!(rest(&simulator, "POST", &path, "good-token").await.0, 404);
    let (_, users) = rest(&simulator, "GET", "/company/users", "good-token").await;
    assert_eq!((&users["count"], &users["users"][0]["status"]), (&json!("4"), &json!("busy")));
    simulator.stop().await;
}

#[tokio::test]
async fn sockjs_answers_as_the_npm_server_does() {
    let simulator = simulate(Options::default()).await;
    let text = "Content-Type: text/plain\r\n";
    for (method, path, body, status_wanted, answer) in [
        ("GET", "/", "", 200, "Welcome to SockJS!\n"),
        ("GET", "/0/0/websocket", "", 400, "Not a valid websocket request"),
        ("GET", "/123/abc.def/websocket", "", 404, "404 Error: Page not found\n"),
        ("GET", "/disabled_websocket_echo/0/0/websocket", "", 404, "404 Error: Page not found\n"),
        ("GET", "/000/s/xhr", "", 405, ""),
        ("POST", "/000/s/xhr", "", 200, "o\n"),
        ("POST", "/000/s/xhr_send", "", 500, "Payload expected."),
        ("POST", "/000/s/xhr_send", "[\"x", 500, "Broken JSON encoding."),
        ("POST", "/000/unknown/xhr_send", "[\"x\"]", 404, "404 Error: Page not found\n"),
        ("POST", "/000/s/xhr_send", "[]", 204, ""),
    ] {
        let (head, found) = ask(&simulator, method, path, text, body).await;
        assert_eq!((status(&head), &*found), (status_wanted, answer), "{method} {path}");
    }
    let (head, info) = ask(&simulator, "GET", "/info", "", "").await;
    assert!(head.contains("access-control-allow-origin: *") && head.contains("no-store"), "{head}");
    let info: Value = serde_json::from_str(&info).unwrap();
    assert_eq!((&info["websocket"], &info["origins"]), (&json!(true), &json!(["*:*"])));
    simulator.nguc().set_websocket(Websocket::Disabled);
    assert!(ask(&simulator, "GET", "/info", "", "").await.1.contains(r#""websocket":false"#));
    simulator.stop().await;
}

#[tokio::test]
async fn a_poll_whose_connection_ends_costs_its_session() {
    let simulator = simulate(Options::default()).await;
    ask(&simulator, "POST", "/000/s/xhr", "", "").await;
    let mut held = open(&simulator).await;
    held.write_all(b"POST /000/s/xhr HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    simulator.nguc().until(|requests| requests.polls == 2).await;
    drop(held);
    let gone = simulator.nguc().until(|requests| requests.sessions == 0);
    tokio::time::timeout(NEVER, gone).await.expect("it ends");
    simulator.stop().await;
}

#[tokio::test]
async fn anything_can_be_answered_instead_of_the_truth() {
    let simulator = simulate(Options::default()).await;
    let down = HttpAnswer { status: 502, body: "<html>bad gateway</html>".to_owned(), retry_after: None };
    simulator.nguc().answer_http(Surface::Events, down);
    let busy = HttpAnswer { status: 429, body: "{}".to_owned(), retry_after: Some(Duration::from_secs(7)) };
    simulator.nguc().answer_http(Surface::Rest, busy);
    let (head, body) = ask(&simulator, "POST", "/000/s/xhr", "", "").await;
    assert!(head.starts_with("HTTP/1.1 502 ") && head.contains("text/html"), "{head}");
    assert_eq!(body, "<html>bad gateway</html>");
    let (head, _) = ask(&simulator, "GET", "/api/user/me", "", "").await;
    assert!(head.starts_with("HTTP/1.1 429 ") && head.contains("retry-after: 7"), "{head}");
    simulator.nguc().answer_truly(Surface::Rest);
    simulator.nguc().answer_truly(Surface::Events);
    assert_eq!(rest(&simulator, "GET", "/user/me", "good-token").await.0, 200);
    assert_eq!(ask(&simulator, "POST", "/000/s/xhr", "", "").await.1, "o\n");
    simulator.stop().await;
}
