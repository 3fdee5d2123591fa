//! REST and the faults that can be switched on, seen from the outside byte by byte.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::io::ErrorKind;
use std::time::Duration;

use serde_json::{Value, json};
use simulator::Simulator;
use simulator::firmafon::{
    Caller, Endpoint, HttpAnswer, Options, Presence, RefuseTokenAt, Surface, Websocket,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Far beyond what anything here takes: reached only when something never comes.
const NEVER: Duration = Duration::from_secs(30);
const UPGRADE: &str = "GET /faye HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

async fn simulate(firmafon: Options) -> Simulator {
    let options = simulator::Options { people: 60, firmafon, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

async fn open(simulator: &Simulator) -> TcpStream {
    let url = simulator.addresses()[0].settings["api_url"].as_str().unwrap();
    let host = url.strip_prefix("http://").unwrap().split('/').next().unwrap();
    TcpStream::connect(host).await.unwrap()
}

/// All that comes until the other side closes.
async fn rest_of(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    tokio::time::timeout(NEVER, stream.read_to_end(&mut bytes)).await.expect("it ends").unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The first bytes that come.
async fn next_of(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 4096];
    let read = tokio::time::timeout(NEVER, stream.read(&mut bytes)).await.expect("it answers").unwrap();
    bytes.truncate(read);
    String::from_utf8(bytes).unwrap()
}

fn request(method: &str, path: &str, token: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn ask(simulator: &Simulator, request: &str) -> (String, String) {
    let mut stream = open(simulator).await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let answer = rest_of(&mut stream).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

async fn get(simulator: &Simulator, path: &str) -> Value {
    let (head, body) = ask(simulator, &request("GET", &format!("/api/v2{path}"), "good-token", "")).await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{path}: {head}");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn every_documented_path_answers_with_and_without_json() {
    let simulator = simulate(Options::default()).await;
    let me = get(&simulator, "/employee.json").await["employee"].clone();
    let fields: Vec<&str> = me.as_object().unwrap().keys().map(String::as_str).collect();
    let documented = [
        "admin",
        "cloak_reception",
        "company_id",
        "dnd_timeout_at",
        "do_not_disturb",
        "employee_group_ids",
        "endpoint",
        "features",
        "id",
        "live_presence",
        "name",
        "number",
        "number_formatted",
        "speed_dial",
    ];
    assert_eq!(fields, documented);
    assert_eq!((&me["id"], &me["company_id"], &me["name"]), (&json!(77), &json!(1234), &json!("Åse Ærø")));
    let employees = get(&simulator, "/employees").await["employees"].as_array().unwrap().clone();
    assert_eq!(employees.len(), 60);
    assert!(employees.iter().any(|employee| employee["number"].is_null()), "a data subscription");
    assert_eq!(get(&simulator, "/employees/77.json").await["employee"], me);
    assert_eq!(get(&simulator, "/employee_groups").await["employee_groups"].as_array().unwrap().len(), 5);
    assert_eq!(get(&simulator, "/receptions").await["receptions"][0]["endpoint"], "Reception#10");
    assert_eq!(get(&simulator, "/calls?limit=100").await["calls"], json!([]));
    assert_eq!(get(&simulator, "/call_nodes/live").await["call_nodes"], json!([]));

    let handle = simulator.firmafon();
    let uuid = handle.incoming_call(Endpoint::Employee(77), &Caller::Hidden, &[]);
    assert_eq!(get(&simulator, "/employee").await["employee"]["live_presence"], "ringing");
    assert_eq!(get(&simulator, "/call_nodes/live").await["call_nodes"][0]["call_uuid"], json!(uuid));
    assert_eq!(get(&simulator, &format!("/calls/{uuid}.json")).await["call"]["status"], "ringing");
    assert_eq!(handle.requests().rest("GET /employee"), 2);
    simulator.stop().await;
}

#[tokio::test]
async fn tokens_are_taken_from_header_or_query_and_refused_as_in_the_samples() {
    let simulator = simulate(Options::default()).await;
    let query =
        "GET /api/v2/employee?access_token=good-token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert!(ask(&simulator, query).await.0.starts_with("HTTP/1.1 200 "));
    let good = request("GET", "/api/v2/employee", "good-token", "");
    simulator.firmafon().refuse_tokens();
    let (head, body) = ask(&simulator, &good).await;
    assert!(head.starts_with("HTTP/1.1 401 "), "{head}");
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body, json!({"status": "failure", "message": "401 Unauthorized"}));
    simulator.firmafon().accept_token("another", RefuseTokenAt::Handshake);
    assert!(
        ask(&simulator, &request("GET", "/api/v2/employee", "another", ""))
            .await
            .0
            .starts_with("HTTP/1.1 200 ")
    );
    simulator.stop().await;
}

#[tokio::test]
async fn do_not_disturb_ends_at_its_time() {
    let simulator = simulate(Options::default()).await;
    let soon = jiff::Timestamp::now() + Duration::from_millis(50);
    let body = json!({"employee": {"do_not_disturb": true, "dnd_timeout_at": soon.to_string()}}).to_string();
    let (head, answer) = ask(&simulator, &request("PUT", "/api/v2/employee", "good-token", &body)).await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(answer.contains(r#""do_not_disturb":true"#), "{answer}");
    let over = async {
        while get(&simulator, "/employee").await["employee"]["do_not_disturb"] == true {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(NEVER, over).await.expect("it ends");
    simulator.stop().await;
}

#[tokio::test]
async fn anything_can_be_answered_instead_of_the_truth() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.firmafon();
    let down = HttpAnswer { status: 502, body: "<html>bad gateway</html>".to_owned(), retry_after: None };
    handle.answer_http(Surface::Faye, down);
    let busy = HttpAnswer { status: 429, body: "{}".to_owned(), retry_after: Some(Duration::from_secs(7)) };
    handle.answer_http(Surface::Rest, busy);
    let (head, body) = ask(&simulator, &request("POST", "/faye", "", "[]")).await;
    assert!(head.starts_with("HTTP/1.1 502 ") && head.contains("text/html"), "{head}");
    assert_eq!(body, "<html>bad gateway</html>");
    let (head, _) =
        ask(&simulator, &UPGRADE.replace("Connection: Upgrade", "Connection: Upgrade, close")).await;
    assert!(head.starts_with("HTTP/1.1 502 "), "{head}");
    let (head, _) = ask(&simulator, &request("GET", "/api/v2/employee", "good-token", "")).await;
    assert!(head.starts_with("HTTP/1.1 429 ") && head.contains("retry-after: 7"), "{head}");
    assert_eq!(handle.requests().faye_requests, 2);
    handle.answer_truly(Surface::Rest);
    handle.answer_truly(Surface::Faye);
    get(&simulator, "/employee").await;
    assert_eq!(ask(&simulator, &request("POST", "/faye", "", "[]")).await.1, "[]");
    assert_eq!(ask(&simulator, &request("POST", "/faye", "", "{not json")).await.1, "Bad request");
    simulator.stop().await;
}

#[tokio::test]
async fn a_frozen_connection_swallows_everything_and_stays_silent() {
    let simulator = simulate(Options::default()).await;
    let mut before = open(&simulator).await;
    simulator.firmafon().until(|requests| requests.connections == 1).await;
    simulator.firmafon().freeze(true);
    let mut during = open(&simulator).await;
    simulator.firmafon().until(|requests| requests.connections == 2).await;
    simulator.firmafon().freeze(false);
    get(&simulator, "/employee").await;
    for stream in [&mut before, &mut during] {
        stream.write_all(request("GET", "/api/v2/employee", "good-token", "").as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        assert_eq!(rest_of(stream).await, "");
    }
    assert_eq!(simulator.firmafon().requests().rest("GET /employee"), 1);
    simulator.stop().await;
}

#[tokio::test]
async fn dropped_connections_are_reset() {
    let simulator = simulate(Options::default()).await;
    let mut stream = open(&simulator).await;
    stream.write_all(UPGRADE.as_bytes()).await.unwrap();
    assert!(next_of(&mut stream).await.starts_with("HTTP/1.1 101 "));
    simulator.firmafon().drop_connections();
    let error = tokio::time::timeout(NEVER, stream.read(&mut [0; 16])).await.expect("it ends").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    simulator.stop().await;
}

#[tokio::test]
async fn websockets_can_be_refused_or_closed_at_once() {
    let simulator = simulate(Options { websocket: Websocket::Refused, ..Options::default() }).await;
    let mut stream = open(&simulator).await;
    stream.write_all(UPGRADE.as_bytes()).await.unwrap();
    assert!(next_of(&mut stream).await.starts_with("HTTP/1.1 400 "));

    simulator.firmafon().set_websocket(Websocket::ClosedAfterUpgrade);
    let mut stream = open(&simulator).await;
    stream.write_all(UPGRADE.as_bytes()).await.unwrap();
    let all = rest_of(&mut stream).await;
    assert!(all.starts_with("HTTP/1.1 101 ") && all.ends_with("\r\n\r\n"), "{all}");
    // The example of RFC 6455.
    assert!(all.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{all}");
    simulator.stop().await;
}

#[tokio::test]
async fn stopping_frees_the_port_and_closes_what_is_open() {
    let simulator = simulate(Options { websocket: Websocket::Swallowed, ..Options::default() }).await;
    let mut stream = open(&simulator).await;
    stream.write_all(UPGRADE.as_bytes()).await.unwrap();
    simulator.firmafon().set_presence(77, Presence::Busy);
    let address = stream.peer_addr().unwrap();
    simulator.firmafon().until(|requests| requests.connections == 1).await;
    simulator.stop().await;
    let ended = tokio::time::timeout(NEVER, stream.read(&mut [0; 16])).await.expect("it ends");
    assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}");
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn callback_polling_answers_as_javascript() {
    let simulator = simulate(Options::default()).await;
    let url = "/faye?message=%5B%5D&jsonp=cb";
    let (head, body) = ask(&simulator, &request("GET", url, "", "")).await;
    assert!(head.contains("text/javascript"), "{head}");
    assert_eq!(body, "/**/cb([]);");
    simulator.stop().await;
}
