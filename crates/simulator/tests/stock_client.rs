//! The npm Faye client, which nobody here wrote, is the judge of the simulator; where it matters, both the npm Faye
//! server and the simulator get the same script, and the client has to see the same.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/peer.rs"]
mod peer;

use std::io::Write;
use std::time::Duration;

use peer::{NEVER, Peer};
use serde_json::{Value, json};
use simulator::Simulator;
use simulator::firmafon::{Caller, Cookie, Endpoint, Handle, Options, Presence, RefuseTokenAt, Websocket};

const PRESENCE: &str = "/presence/company/1234";
const CALLS: &str = "/call2/company/1234";
const TOKEN: &str = "good-token";

/// The stock client.
struct Client {
    peer: Peer,
    /// All it has reported, client ids replaced by `<client>`.
    reports: Vec<String>,
}

impl Client {
    fn connect(url: &str, token: &str, more: &[&str]) -> Client {
        let mut arguments = vec!["--url", url, "--token", token, "--retry", "0.2"];
        arguments.extend(more);
        Client { peer: Peer::start("faye-client.mjs", &arguments), reports: Vec::new() }
    }

    /// Over websockets as soon as one is open, subscribed to presence and calls.
    async fn on(simulator: &Simulator, more: &[&str]) -> Client {
        let mut arguments = vec!["--channel", PRESENCE, "--channel", CALLS];
        arguments.extend(more);
        let mut client = Client::connect(&url_of(simulator), TOKEN, &arguments);
        // Both at once, and either may be first.
        client.until_event("subscribed").await;
        client.until_event("subscribed").await;
        client
    }

    fn tell(&mut self, command: &Value) {
        writeln!(self.peer.stdin, "{command}").unwrap();
    }

    async fn report(&mut self) -> Value {
        let line = self.peer.line().await;
        let report: Value = serde_json::from_str(&line).unwrap();
        let id = report["message"]["clientId"].as_str();
        self.reports.push(id.map_or(line.clone(), |id| line.replace(id, "<client>")));
        report
    }

    /// The next report of this kind where `pointer` points at `value`.
    async fn until(&mut self, event: &str, pointer: &str, value: impl Into<Value>) -> Value {
        let value = value.into();
        loop {
            let report = self.report().await;
            if report["event"] == event && report.pointer(pointer) == Some(&value) {
                return report;
            }
        }
    }

    async fn until_event(&mut self, event: &str) -> Value {
        self.until(event, "/event", event).await
    }

    /// Until a connect went out over the websocket, if none did before.
    async fn until_on_websocket(&mut self) {
        let connects = r#""connectionType":"websocket""#;
        while !self.reports.iter().any(|line| line.contains(connects)) {
            self.report().await;
        }
    }

    /// What came in, and what the client made of it, without what depends on timing.
    fn seen(&self) -> Vec<String> {
        let dull = [r#"{"event":"out""#, r#"{"event":"transport""#];
        self.reports.iter().filter(|line| !dull.iter().any(|dull| line.starts_with(dull))).cloned().collect()
    }
}

async fn simulate(firmafon: Options) -> Simulator {
    let options = simulator::Options { people: 5, firmafon, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

fn url_of(simulator: &Simulator) -> String {
    simulator.addresses()[0].settings["pubsub_url"].as_str().unwrap().to_owned()
}

/// The npm server: its client's url.
async fn original(auth: &str, timeout: &str) -> (Peer, String) {
    let mut server = Peer::start("faye-server.mjs", &["--auth", auth, "--timeout", timeout]);
    let ready = server.line().await;
    let port = ready.split(' ').nth(1).unwrap();
    let url = format!("http://127.0.0.1:{port}/faye");
    (server, url)
}

fn ring(handle: &Handle) {
    handle.incoming_call(Endpoint::Reception(10), &Caller::Number("4511223344".to_owned()), &[77]);
}

async fn resubscribed(handle: &Handle) {
    let again = handle.until(|requests| requests.handshakes >= 2 && requests.subscribes >= 4);
    tokio::time::timeout(NEVER, again).await.expect("it subscribes anew");
}

async fn gets_a_call(client: &mut Client) {
    let new = client.until("message", "/data/name", "call.new").await;
    assert_eq!(new["data"]["data"]["from_number"], "4511223344");
    client.until("message", "/data/live_presence", "ringing").await;
    client.until("message", "/data/name", "call.ringing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_come_over_a_websocket() {
    let simulator = simulate(Options::default()).await;
    let mut client = Client::on(&simulator, &[]).await;
    ring(simulator.firmafon());
    gets_a_call(&mut client).await;
    assert_eq!(simulator.firmafon().requests().websockets, 1);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_come_over_long_polling() {
    let simulator = simulate(Options::default()).await;
    let mut client = Client::on(&simulator, &["--transport", "long-polling"]).await;
    ring(simulator.firmafon());
    gets_a_call(&mut client).await;
    simulator.firmafon().set_presence(77, Presence::Busy);
    client.until("message", "/data/live_presence", "busy").await;
    assert_eq!(simulator.firmafon().requests().websockets, 0);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_usable_websocket_the_client_stays_with_long_polling() {
    for websocket in [Websocket::Refused, Websocket::Swallowed] {
        let simulator = simulate(Options { websocket, ..Options::default() }).await;
        let mut client = Client::on(&simulator, &[]).await;
        ring(simulator.firmafon());
        gets_a_call(&mut client).await;
        simulator.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_required_cookie_comes_back() {
    let simulator = simulate(Options { cookie: Cookie::Required, ..Options::default() }).await;
    let mut client = Client::on(&simulator, &["--transport", "long-polling"]).await;
    ring(simulator.firmafon());
    gets_a_call(&mut client).await;
    assert_eq!(simulator.firmafon().requests().handshakes, 1);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_the_client_shakes_hands_and_subscribes_anew() {
    let simulator = simulate(Options::default()).await;
    let mut client = Client::on(&simulator, &[]).await;
    client.until_on_websocket().await;
    simulator.firmafon().restart();
    client.until("in", "/message/successful", false).await;
    resubscribed(simulator.firmafon()).await;
    ring(simulator.firmafon());
    gets_a_call(&mut client).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dropped_connections_are_replaced_within_the_same_session() {
    let simulator = simulate(Options::default()).await;
    let mut client = Client::on(&simulator, &[]).await;
    client.until_on_websocket().await;
    simulator.firmafon().drop_connections();
    client.until("transport", "/state", "down").await;
    ring(simulator.firmafon());
    gets_a_call(&mut client).await;
    assert_eq!(simulator.firmafon().requests().handshakes, 1);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_session_is_answered_with_unknown_client() {
    let simulator = simulate(Options { timeout: Duration::from_millis(500), ..Options::default() }).await;
    let mut client = Client::on(&simulator, &["--transport", "long-polling"]).await;
    simulator.firmafon().forget_sessions();
    let refused = client.until("in", "/message/successful", false).await;
    let error = refused["message"]["error"].as_str().unwrap();
    assert!(error.starts_with("401:") && error.ends_with(":Unknown client"), "{error}");
    resubscribed(simulator.firmafon()).await;
    ring(simulator.firmafon());
    gets_a_call(&mut client).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn revoked_tokens_end_a_live_session_at_its_next_connect() {
    let simulator = simulate(Options { timeout: Duration::from_millis(500), ..Options::default() }).await;
    let mut client = Client::on(&simulator, &["--transport", "long-polling"]).await;
    simulator.firmafon().refuse_tokens();
    client.until("in", "/message/error", "403::Invalid access token").await;
    simulator.stop().await;
}

/// Runs one script against a server: subscriptions good and bad, a publication, a disconnect.
async fn whole_session(url: &str) -> Vec<String> {
    let mut client = Client::connect(url, TOKEN, &["--transport", "long-polling", "--channel", PRESENCE]);
    client.until("subscribed", "/channel", PRESENCE).await;
    for bad in ["/presence/company/9999", "/meta/foo", "noslash", "/service/x"] {
        client.tell(&json!({"do": "subscribe", "channel": bad}));
        client.until("refused", "/channel", bad).await;
    }
    client.tell(&json!({"do": "publish", "channel": PRESENCE, "data": {"x": 1}}));
    client.until_event("publish-refused").await;
    client.tell(&json!({"do": "disconnect"}));
    client.until_event("disconnected").await;
    // How many connects there are, and so which numbers the messages have, depends on timing.
    client.seen().into_iter().filter(|line| !line.contains("/meta/connect")).map(without_id).collect()
}

fn without_id(line: String) -> String {
    let Some((before, after)) = line.split_once(r#""id":""#) else { return line };
    let (_, after) = after.split_once('"').unwrap();
    format!(r#"{before}"id":"<id>"{after}"#)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_session_looks_the_same_as_with_the_original_server() {
    let (_server, url) = original("subscribe", "45").await;
    let simulator = simulate(Options::default()).await;
    assert_eq!(whole_session(&url_of(&simulator)).await, whole_session(&url).await);
    simulator.stop().await;
}

/// What the client sees of a refusal, up to where it would go round in circles.
async fn refused_session(url: &str, at: &str) -> Vec<String> {
    let mut client =
        Client::connect(url, "wrong-token", &["--transport", "long-polling", "--channel", PRESENCE]);
    match at {
        "subscribe" => drop(client.until_event("refused").await),
        // The client tries again for ever, faster than it should: three rounds are enough.
        _ => {
            for _ in 0..3 {
                client.until("in", "/message/error", "403::Invalid access token").await;
            }
        }
    }
    client.seen()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_looks_the_same_as_with_the_original_server() {
    for (at, refuse_token_at) in [
        ("handshake", RefuseTokenAt::Handshake),
        ("connect", RefuseTokenAt::Connect),
        ("subscribe", RefuseTokenAt::Subscribe),
        ("all", RefuseTokenAt::All),
    ] {
        let (_server, url) = original(at, "45").await;
        let simulator = simulate(Options { refuse_token_at, ..Options::default() }).await;
        let (ours, theirs) =
            (refused_session(&url_of(&simulator), at).await, refused_session(&url, at).await);
        assert_eq!(ours, theirs, "refused at {at}");
        simulator.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_looked_at_works() {
    let options = Options { refuse_token_at: RefuseTokenAt::Nothing, ..Options::default() };
    let simulator = simulate(options).await;
    let mut client = Client::connect(&url_of(&simulator), "wrong-token", &["--channel", CALLS]);
    client.until("subscribed", "/channel", CALLS).await;
    simulator.stop().await;
}
