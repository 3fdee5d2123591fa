//! The npm SockJS client, which nobody here wrote, is the judge of the simulated NGUC; where it matters, the npm
//! SockJS server gets the same, and the client has to see the same.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "stock_sockjs/by_hand.rs"]
mod by_hand;
#[path = "support/peer.rs"]
mod peer;

use std::io::Write;
use std::time::Duration;

use peer::{NEVER, Peer};
use serde_json::{Value, json};
use simulator::Simulator;
use simulator::nguc::{Callee, Closing, Handle, Heartbeat, Options, Websocket};

const TRANSPORTS: [&str; 2] = ["websocket", "xhr-polling"];

async fn simulate(nguc: Options) -> (Simulator, String) {
    let options = simulator::Options { people: 3, vendors: &["nguc"], nguc, ..simulator::Options::default() };
    let simulator = Simulator::start(options).await.unwrap();
    let url = simulator.addresses()[0].settings["event_url"].as_str().unwrap().to_owned();
    (simulator, url)
}

/// The npm server, and its url.
async fn original() -> (Peer, String) {
    let mut server = Peer::start("sockjs-server.mjs", &[]);
    let ready = server.line().await;
    let url = format!("http://127.0.0.1:{}", ready.split(' ').nth(1).unwrap());
    (server, url)
}

/// The stock client.
struct Client(Peer);

impl Client {
    fn connect(url: &str, transport: &str) -> Client {
        Client(Peer::start("sockjs-client.mjs", &["--url", url, "--transport", transport]))
    }

    /// One that has said its token.
    async fn authenticated(url: &str, transport: &str, token: &str) -> Client {
        let mut client = Client::connect(url, transport);
        assert_eq!(client.report().await, json!({"event": "open", "transport": transport}));
        client.authenticate(token);
        client
    }

    fn authenticate(&mut self, token: &str) {
        let message = json!(["authenticate", {"authorization": format!("Bearer {token}")}]).to_string();
        self.tell(&json!({"do": "send", "data": message}));
    }

    fn tell(&mut self, command: &Value) {
        writeln!(self.0.stdin, "{command}").unwrap();
    }

    async fn report(&mut self) -> Value {
        serde_json::from_str(&self.0.line().await).unwrap()
    }

    /// The next message, as the event it is.
    async fn event(&mut self) -> Value {
        let report = self.report().await;
        assert_eq!(report["event"], "message", "{report}");
        serde_json::from_str(report["data"].as_str().unwrap()).unwrap()
    }

    async fn closes(&mut self, code: u16, reason: &str) {
        let wanted = json!({"event": "close", "code": code, "reason": reason, "clean": true});
        assert_eq!(self.report().await, wanted);
    }
}

async fn listened_to(handle: &Handle) {
    tokio::time::timeout(NEVER, handle.until_listened_to()).await.expect("it authenticates");
}

/// What the client's own cases find.
async fn echo_cases(url: &str, transport: &str) -> Vec<String> {
    let mut peer = Peer::start("sockjs-echo.mjs", &[url, transport]);
    let mut found = Vec::new();
    loop {
        match peer.line().await {
            line if line == "DONE" => return found,
            line => found.push(line),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clients_own_cases_find_what_they_find_at_the_original_server() {
    let (_server, original) = original().await;
    let (simulator, ours) = simulate(Options::default()).await;
    for transport in TRANSPORTS {
        let found = echo_cases(&ours, transport).await;
        assert!(found.len() >= 12 && found.iter().all(|line| line.starts_with("ok ")), "{found:#?}");
        assert_eq!(found, echo_cases(&original, transport).await);
    }
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_come_to_whoever_has_authenticated() {
    for transport in TRANSPORTS {
        let (simulator, url) = simulate(Options::default()).await;
        let mut client = Client::authenticated(&url, transport, "good-token").await;
        listened_to(simulator.nguc()).await;
        simulator.nguc().incoming_call(Callee::Queue(42), Some("46701234567"), &[]);
        let event = client.event().await;
        assert_eq!(event[0], "Queue");
        assert_eq!(event[1]["queue"]["id"], 42);
        assert_eq!(event[1]["callers"][0]["number"], "+46701234567");
        client.authenticate("good-token");
        let again = simulator.nguc().until(|requests| requests.authenticated == 2);
        tokio::time::timeout(NEVER, again).await.expect("it authenticates again");
        simulator.nguc().set_status(77, "away");
        assert_eq!(client.event().await, json!(["User", {"id": 77, "name": "Åse Ærø", "status": "away"}]));
        simulator.nguc().set_device(77, "unregistered");
        let device = json!(["Device", {"id": 1077, "pbx_user_id": 77, "status": "unregistered"}]);
        assert_eq!(client.event().await, device);
        client.tell(&json!({"do": "close", "code": 3001, "reason": "enough"}));
        client.closes(3001, "enough").await;
        simulator.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_token_a_late_one_and_anything_else_are_refused() {
    for transport in TRANSPORTS {
        let authenticate_within = Duration::from_millis(300);
        let (simulator, url) = simulate(Options { authenticate_within, ..Options::default() }).await;
        let mut late = Client::connect(&url, transport);
        late.report().await;
        late.closes(4000, "Authentication timeout").await;
        let mut bad = Client::authenticated(&url, transport, "bad-token").await;
        bad.closes(4001, "Invalid access token").await;
        let mut other = Client::connect(&url, transport);
        other.report().await;
        other.tell(&json!({"do": "send", "data": "hello"}));
        other.closes(4002, "Expected authenticate").await;
        simulator.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ends_closes_unless_a_newer_one_came() {
    let (simulator, url) = simulate(Options::default()).await;
    let mut client = Client::authenticated(&url, "websocket", "good-token").await;
    listened_to(simulator.nguc()).await;
    simulator.nguc().expire_tokens();
    client.closes(4001, "Invalid access token").await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_called_a_frame_reaches_the_client() {
    let (simulator, url) = simulate(Options::default()).await;
    let mut client = Client::authenticated(&url, "websocket", "good-token").await;
    listened_to(simulator.nguc()).await;
    let handle = simulator.nguc();
    for frame in
        ["a[]", "h", "a[\"1\",\"2\"]", "m\"3\"", "a[\"\\ud83d\"]", "x", "", simulator::nguc::VENDOR_SAMPLE]
    {
        handle.send_raw(frame);
    }
    assert_eq!(client.report().await, json!({"event": "heartbeat"}));
    for data in ["1", "2", "3"] {
        assert_eq!(client.report().await, json!({"event": "message", "data": data}));
    }
    // Half a surrogate pair, which JSON can say and Rust cannot.
    assert_eq!(client.0.line().await, r#"{"event":"message","data":"\ud83d"}"#);
    let sample = client.report().await;
    assert!(sample["data"].as_str().unwrap().starts_with(r#"["Event 1 name""#), "{sample}");
    handle.close(3000, "Go away!");
    client.closes(3000, "Go away!").await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_without_words_closes_the_websocket_all_the_same() {
    for closing in [Closing::Code, Closing::Empty] {
        let (simulator, url) = simulate(Options { closing, ..Options::default() }).await;
        let mut client = Client::authenticated(&url, "websocket", "bad-token").await;
        // The client does not understand such a frame and takes the websocket's own code.
        let report = client.report().await;
        assert_eq!((&report["event"], &report["code"]), (&json!("close"), &json!(1000)));
        simulator.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn heartbeats_are_heard_or_answered() {
    let every = Duration::from_millis(50);
    let (simulator, url) =
        simulate(Options { heartbeat: Heartbeat::Text(every), ..Options::default() }).await;
    for transport in TRANSPORTS {
        let mut client = Client::authenticated(&url, transport, "good-token").await;
        for _ in 0..3 {
            assert_eq!(client.report().await, json!({"event": "heartbeat"}));
        }
    }
    simulator.stop().await;

    // Were they not answered, the session would end before the status comes.
    let pinging =
        Options { heartbeat: Heartbeat::Ping(every), pong_within: 20 * every, ..Options::default() };
    let (simulator, url) = simulate(pinging).await;
    let mut client = Client::authenticated(&url, "websocket", "good-token").await;
    listened_to(simulator.nguc()).await;
    let answered = simulator.nguc().until(|requests| requests.pongs >= 25);
    tokio::time::timeout(NEVER, answered).await.expect("it answers pings");
    simulator.nguc().set_status(77, "away");
    assert_eq!(client.event().await[1]["status"], "away");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_usable_websocket_the_client_polls() {
    for websocket in
        [Websocket::Refused, Websocket::Swallowed, Websocket::ClosedAfterUpgrade, Websocket::Disabled]
    {
        let (simulator, url) = simulate(Options { websocket, ..Options::default() }).await;
        let mut client = Client(Peer::start(
            "sockjs-client.mjs",
            &["--url", &url, "--transport", "websocket", "--transport", "xhr-polling"],
        ));
        assert_eq!(
            client.report().await,
            json!({"event": "open", "transport": "xhr-polling"}),
            "{websocket:?}"
        );
        client.authenticate("good-token");
        listened_to(simulator.nguc()).await;
        simulator.nguc().event("Device", &json!({"id": 1}));
        assert_eq!(client.event().await, json!(["Device", {"id": 1}]));
        simulator.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dropped_connections_and_restarts_are_noticed() {
    let (simulator, url) = simulate(Options::default()).await;
    for act in [Handle::drop_connections, Handle::restart] {
        let mut client = Client::authenticated(&url, "websocket", "good-token").await;
        listened_to(simulator.nguc()).await;
        act(simulator.nguc());
        assert_eq!(client.report().await["event"], "close");
        let gone = simulator.nguc().until(|requests| requests.sessions == 0);
        tokio::time::timeout(NEVER, gone).await.expect("its session ends");
    }
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_measured_client_counts_events() {
    let (simulator, url) = simulate(Options::default()).await;
    let mut peer = Peer::start("sockjs-burst.mjs", &[&url, "good-token", "100"]);
    assert_eq!(peer.line().await, "READY");
    listened_to(simulator.nguc()).await;
    for id in 0..100 {
        simulator.nguc().event("User", &json!({"id": id, "status": "busy"}));
    }
    assert_eq!(peer.line().await, "DONE");
    simulator.stop().await;
}
