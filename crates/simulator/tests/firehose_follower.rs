//! There is no vendor client: npm's `ws`, which nobody here wrote, is the judge of what Firehose's socket sends.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use simulator::Simulator;
use simulator::firehose::{AtExpiry, Framing, Handle, Options, Quirks, Shape, Target, TokenForm};
use tokio::sync::mpsc;

/// Far beyond what anything here takes: reached only when something never comes.
const NEVER: Duration = Duration::from_secs(30);

/// `tests/peers/kazoo-follow.mjs`, ended with the test.
struct Follower {
    child: Child,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Follower {
    fn start(simulator: &Simulator, token_in: &str, more: &Value) -> Follower {
        let peers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/peers");
        assert!(peers.join("node_modules/ws").exists(), "run `npm ci` in tests/peers (./dev test does)");
        let addresses = &simulator.addresses()[0];
        let mut child = Command::new("node")
            .arg(peers.join("kazoo-follow.mjs"))
            .args(["--url", addresses.settings["url"].as_str().unwrap(), "--token-in", token_in])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is installed (./dev test does it)");
        let mut login = addresses.secret.clone();
        let fields = login.as_object_mut().unwrap();
        fields.insert("domain".to_owned(), addresses.settings["domain"].clone());
        fields.extend(more.as_object().unwrap().clone());
        writeln!(child.stdin.as_mut().unwrap(), "{login}").unwrap();
        let (sender, lines) = mpsc::unbounded_channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Follower { child, lines }
    }

    /// Logged in and open.
    async fn on(simulator: &Simulator, more: &Value) -> Follower {
        let mut follower = Follower::start(simulator, "header", more);
        assert_eq!(follower.report().await["status"], 200);
        assert_eq!(follower.report().await["event"], "open");
        follower
    }

    async fn report(&mut self) -> Value {
        let line =
            tokio::time::timeout(NEVER, self.lines.recv()).await.expect("it answers").expect("it runs on");
        serde_json::from_str(&line).unwrap()
    }

    async fn frame(&mut self) -> Value {
        let report = self.report().await;
        assert_eq!(report["event"], "frame", "{report}");
        serde_json::from_str(report["text"].as_str().unwrap()).unwrap()
    }

    async fn frames(&mut self, count: usize) -> Vec<Value> {
        let mut frames = Vec::new();
        while frames.len() < count {
            frames.push(self.frame().await);
        }
        frames
    }
}

async fn simulate(firehose: Options) -> Simulator {
    let options =
        simulator::Options { people: 6, vendors: &["firehose"], firehose, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

/// Somebody calls me, I answer, they hang up: nine events.
fn call_me(handle: &Handle) {
    let me = handle.me();
    let call = handle.incoming_call(&Target::User(me.clone()), Some("+46701234567"));
    assert!(handle.answer(&call, &me) && handle.hang_up(&call));
}

const NINE: [&str; 9] = [
    "CHANNEL_CREATE",
    "CHANNEL_CREATE",
    "CHANNEL_CREATE",
    "CHANNEL_ANSWER",
    "CHANNEL_ANSWER",
    "CHANNEL_BRIDGE",
    "CHANNEL_DESTROY",
    "CHANNEL_DESTROY",
    "CHANNEL_DESTROY",
];

fn names(events: &[Value], key: &str) -> Vec<String> {
    events.iter().map(|event| event[key].as_str().unwrap().to_uppercase()).collect()
}

#[tokio::test]
async fn a_listener_sees_the_three_claims_and_a_call_over_header_and_query() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.firehose();
    for token_in in ["header", "query"] {
        let mut follower = Follower::start(&simulator, token_in, &json!({}));
        let login = follower.report().await;
        let claims = login["claims"].as_object().unwrap();
        assert_eq!(claims.keys().collect::<Vec<_>>(), ["exp", "identity", "type"]);
        assert_eq!(claims["identity"], format!("{}:Kontoret", handle.accounts()[0]));
        assert_eq!((&login["keys"], &claims["type"]), (&json!(["access_token"]), &json!("access")));
        assert_eq!(follower.report().await["event"], "open");
        call_me(handle);
        assert_eq!(names(&follower.frames(9).await, "Event-Name"), NINE);
    }
    assert_eq!(handle.requests().upgrades_by_query, 1);
    simulator.stop().await;
}

#[tokio::test]
async fn every_shape_tells_the_same_call() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.firehose();
    let mut follower = Follower::on(&simulator, &json!({})).await;
    for shape in Shape::ALL {
        handle.set_shape(shape);
        call_me(handle);
        let events = follower.frames(9).await;
        let (name, inner, leg, owner) = match shape {
            Shape::Raw => ("Event-Name", "", "/Call-ID", "/Custom-Channel-Vars/Owner-ID"),
            Shape::Blackhole => ("name", "/data", "/call_id", "/custom_channel_vars/owner_id"),
            Shape::BlackholeArguments => ("name", "/args", "/Call-ID", "/Custom-Channel-Vars/Owner-ID"),
            Shape::Webhook => ("hook_event", "", "/call_id", "/owner_id"),
            Shape::Camel => ("eventName", "", "/callId", "/customChannelVars/ownerId"),
        };
        assert_eq!(names(&events, name), NINE, "{shape:?}");
        assert!(events[1].pointer(&format!("{inner}{leg}")).is_some_and(Value::is_string), "{shape:?}");
        assert_eq!(events[1].pointer(&format!("{inner}{owner}")), Some(&json!(handle.me())), "{shape:?}");
        assert_eq!(events[0].pointer(&format!("{inner}{owner}")), None, "{shape:?}");
    }
    handle.set_shape(Shape::Raw);
    handle.set_framing(Framing::List);
    call_me(handle);
    let lists = follower.frames(3).await;
    let sizes: Vec<usize> = lists.iter().map(|list| list.as_array().unwrap().len()).collect();
    assert_eq!(sizes, [3, 4, 2]);
    simulator.stop().await;
}

#[tokio::test]
async fn filters_let_through_what_was_asked_for_at_login() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.firehose();
    let (accounts, child) = (handle.accounts(), handle.users_of_child()[0].clone());
    let mut all = Follower::on(&simulator, &json!({})).await;
    let mut ends = Follower::on(&simulator, &json!({"events": ["CHANNEL_DESTROY"]})).await;
    let mut branch = Follower::on(&simulator, &json!({"accounts": [accounts[1]]})).await;
    call_me(handle);
    let call = handle.incoming_call(&Target::User(child), None);
    handle.hang_up(&call);
    assert_eq!(all.frames(13).await.len(), 13);
    assert_eq!(names(&ends.frames(5).await, "Event-Name"), ["CHANNEL_DESTROY"; 5]);
    for event in branch.frames(4).await {
        assert_eq!(event["Custom-Channel-Vars"]["Account-ID"], accounts[1].as_str());
    }
    simulator.stop().await;
}

#[tokio::test]
async fn a_socket_is_closed_with_its_token_or_lives_on_as_chosen() {
    let options = Options {
        token_lifetime: Duration::from_secs(2),
        token_form: TokenForm::Opaque,
        at_expiry: AtExpiry::Closes,
        ping: Some(Duration::from_millis(50)),
        ..Options::default()
    };
    let simulator = simulate(options).await;
    let mut follower = Follower::start(&simulator, "header", &json!({}));
    assert_eq!(follower.report().await["claims"], Value::Null, "it cannot be decoded");
    // A token of whole seconds can be over a second early.
    let mut seen = Vec::new();
    loop {
        let report = follower.report().await;
        let event = report["event"].as_str().unwrap().to_owned();
        seen.push(event.clone());
        match event.as_str() {
            "closed" => {
                assert!([json!(1008), json!(1006)].contains(&report["code"]), "{report}");
                break;
            }
            "refused" => {
                assert_eq!(report["status"], 401);
                break;
            }
            _ => {}
        }
    }
    assert!(seen.contains(&"pinged".to_owned()) || seen.contains(&"refused".to_owned()), "{seen:?}");
    simulator.stop().await;
}

#[tokio::test]
async fn what_is_doubled_reordered_lost_and_oversized_still_is_json() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.firehose();
    let mut follower = Follower::on(&simulator, &json!({})).await;
    handle.set_quirks(Quirks {
        odd_ids: true,
        self_reference: true,
        numbers_as_text: true,
        sdp_bytes: 100_000,
        twice: true,
        reordered: Some(7),
        ..Quirks::default()
    });
    call_me(handle);
    let events = follower.frames(18).await;
    let ids = |event: &Value| event["Msg-ID"].as_str().unwrap().to_owned();
    let mut distinct: Vec<String> = events.iter().map(ids).collect();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 9);
    assert!(events.iter().all(|event| event["Timestamp"].is_string()));
    assert!(events.iter().any(|event| event["Remote-SDP"].as_str().is_some_and(|sdp| sdp.len() >= 100_000)));
    // Each leg's own events keep their order, whether heard for the first or the second time.
    for leg in events.iter().map(|event| &event["Call-ID"]) {
        let mut heard: Vec<String> = Vec::new();
        for id in events.iter().filter(|event| &event["Call-ID"] == leg).map(ids) {
            if !heard.contains(&id) {
                heard.push(id);
            }
        }
        assert!(heard.is_sorted(), "{heard:?}");
    }
    handle.set_quirks(Quirks { lost: ["CHANNEL_DESTROY".to_owned()].into(), ..Quirks::default() });
    call_me(handle);
    handle.send_text("not json");
    assert_eq!(names(&follower.frames(6).await, "Event-Name"), NINE[..6]);
    assert_eq!(follower.report().await["text"], "not json");
    simulator.stop().await;
}

#[tokio::test]
async fn the_benchs_events_have_the_switchs_fields_and_the_size_they_are_said_to_have() {
    let simulator = simulate(Options::default()).await;
    let mut follower = Follower::on(&simulator, &json!({})).await;
    call_me(simulator.firehose());
    let nine = follower.frames(9).await;
    let of_leg: Vec<&Value> = nine.iter().filter(|event| event["Call-ID"] == nine[1]["Call-ID"]).collect();
    let words = [
        ("{CALL}", "374284f3-8029-11ec-823c-dc026180272c"),
        ("{OTHER}", "e26372d397207c577cbc354a@10.26.0.55"),
        ("{OWNER}", "b7b105fb802963f76d8f33e709e6f8d4"),
        ("{DEVICE}", "21c6e13cf940ab6576640a634725e987"),
        ("{EXTENSION}", "1001"),
        ("{INTERACTION}", "fbc5550c"),
        ("{MSG_ID}", "1795271592523287"),
    ];
    let text = include_str!("../../../tests/peers/kazoo-events.jsonl");
    assert_eq!(text.lines().count(), of_leg.len());
    for (line, real) in text.lines().zip(of_leg) {
        let text = words.iter().fold(line.to_owned(), |text, (word, value)| text.replace(word, value));
        let written: Value = serde_json::from_str(&text).unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&written), keys(real));
        assert_eq!(keys(&written["Custom-Channel-Vars"]), keys(&real["Custom-Channel-Vars"]));
        assert!((1_650..1_900).contains(&text.len()), "{}", text.len());
    }
    simulator.stop().await;
}
