//! The npm Centrifugo client, which nobody here wrote, is the judge of the simulated Semaswift.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod client;
#[path = "../support/peer.rs"]
mod peer;
mod refused;

use std::time::Duration;

use client::{Client, events, simulate};
use peer::Peer;
use serde_json::{Value, json};
use simulator::semaswift::{Handle, HttpAnswer, Method, Options, Surface};

const CALLS: &str = "voice:calls";
const ONLINE: &str = "presence:online";

#[tokio::test(flavor = "multi_thread")]
async fn calls_agents_and_tickets_are_heard() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &["--channel", "voice:agents"]).await;
    handle.until_subscribed("voice:agents").await;
    let call = handle.incoming_call(Some("queue_10"), None, Some("+1-555-123-4567"));
    let started = client.publication(CALLS).await;
    assert_eq!(started["type"], "call.started");
    assert_eq!(started["data"]["queue_id"], "queue_10");
    assert!(handle.answer(&call, handle.me()));
    let change = client.publication("voice:agents").await;
    assert_eq!(change["data"]["new_status"], "on_call");
    assert_eq!(client.publication(CALLS).await["type"], "call.answered");
    assert!(handle.hang_up(&call));
    assert_eq!(client.publication(CALLS).await["type"], "call.ended");

    client.tell(&json!({"do": "subscribe", "channel": "tickets:mine"}));
    client.until("subscribed", json!({"channel": "tickets:mine"})).await;
    handle.ticket("ticket.updated", "tkt_1", &json!({"status": {"from": "open", "to": "pending"}}), true);
    assert_eq!(client.publication("tickets:mine").await["data"]["ticket_id"], "tkt_1");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_online_is_seen_and_counted() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, ONLINE, &[]).await;
    client.until("join", json!({"ctx": {"info": {"user": "usr_77"}}})).await;
    let tabs = handle.come_online(&["usr_101", "usr_101"]);
    for tab in &tabs {
        let joined = client.until("join", json!({"ctx": {"info": {"client": tab}}})).await;
        assert_eq!(joined["ctx"]["info"]["connInfo"]["agent_id"], "agent_101");
    }
    client.tell(&json!({"do": "presenceStats", "channel": ONLINE}));
    let stats = client.until("result", json!({"do": "presenceStats"})).await;
    assert_eq!(stats["value"], json!({"numUsers": 2, "numClients": 3}));
    client.tell(&json!({"do": "presence", "channel": ONLINE}));
    let present = client.until("result", json!({"do": "presence"})).await;
    assert_eq!(present["value"]["clients"].as_object().unwrap().len(), 3);
    handle.go_offline(&tabs[..1]);
    client.until("leave", json!({"ctx": {"info": {"client": tabs[0]}}})).await;
    assert_eq!(handle.present(ONLINE).len(), 2);

    for (name, channel, code) in [("presence", "voice:calls", 108), ("presence", "org:org_1234:inbox", 103)] {
        client.tell(&json!({"do": name, "channel": channel}));
        client.until("refused", json!({"do": name, "code": code})).await;
    }
    client.tell(&json!({"do": "unsubscribe", "channel": ONLINE}));
    handle.watch(|handle| handle.present(ONLINE).len() == 1).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_are_online_and_five_hundred_leave_at_once() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let users: Vec<String> = (0..10_000).map(|n| format!("usr_{}", 1000 + n)).collect();
    let clients = handle.come_online(&users.iter().map(String::as_str).collect::<Vec<_>>());
    let mut client = Client::on(&simulator, ONLINE, &[]).await;
    client.tell(&json!({"do": "presence", "channel": ONLINE}));
    let present = client.until("result", json!({"do": "presence"})).await;
    assert_eq!(present["value"]["clients"].as_object().unwrap().len(), 10_001);
    assert_eq!(handle.go_offline(&clients[..500]), 500);
    let last = client.all_until("leave", json!({"ctx": {"info": {"client": clients[499]}}})).await;
    assert_eq!(events(&last, "leave").len(), 500);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn history_is_told_from_where_it_is_asked() {
    let simulator = simulate(Options { kept: 5, ..Options::default() }).await;
    let mut client = Client::on(&simulator, CALLS, &[]).await;
    for n in 1..=7 {
        simulator.semaswift().publish(CALLS, &json!({ "n": n }));
    }
    let mut past = async |options: Value| {
        client.tell(&json!({"do": "history", "channel": CALLS, "options": options}));
        let report = client.report_of("history").await;
        let offsets = report["value"]["publications"].as_array();
        offsets.map(|all| all.iter().map(|one| one["offset"].as_u64().unwrap()).collect::<Vec<u64>>())
    };
    assert_eq!(past(json!({"limit": -1})).await.unwrap(), [3, 4, 5, 6, 7]);
    assert_eq!(past(json!({"limit": 2, "reverse": true})).await.unwrap(), [7, 6]);
    assert_eq!(past(json!({"limit": 0})).await.unwrap(), [0; 0]);
    assert_eq!(past(json!({"limit": 9, "since": {"offset": 5, "epoch": ""}})).await.unwrap(), [6, 7]);
    assert_eq!(past(json!({"limit": 9, "since": {"offset": 5, "epoch": "zzzz"}})).await, None);
    simulator.stop().await;
}

/// Loses the connection while three publications are made, and gives the report of the new subscription.
async fn cut(handle: &Handle, client: &mut Client, meanwhile: impl FnOnce(&Handle)) -> Value {
    let outage = HttpAnswer { status: 502, body: "<html>".to_owned(), retry_after: None };
    handle.answer_http(Surface::Realtime, outage);
    handle.drop_connections();
    client.until("connecting", json!({})).await;
    handle.watch(|handle| handle.subscribers(CALLS) == 0).await;
    meanwhile(handle);
    handle.answer_truly(Surface::Realtime);
    client.until("subscribed", json!({"channel": CALLS})).await["ctx"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_in_a_cut_is_recovered_twice_over_without_repeats() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &[]).await;
    let mut next = 0;
    for _ in 0..2 {
        let publish = |handle: &Handle, from: u64| {
            (from..from + 3).for_each(|n| handle.publish(CALLS, &json!({"type": "x", "n": n})));
        };
        publish(handle, next);
        for n in next..next + 3 {
            assert_eq!(client.publication(CALLS).await["n"], n);
        }
        let ctx = cut(handle, &mut client, |handle| publish(handle, next + 3)).await;
        assert_eq!((&ctx["wasRecovering"], &ctx["recovered"]), (&json!(true), &json!(true)));
        for n in next + 3..next + 6 {
            assert_eq!(client.publication(CALLS).await["n"], n);
        }
        next += 6;
    }
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_recovered_is_told_as_a_gap() {
    let simulator = simulate(Options { kept: 2, ..Options::default() }).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &[]).await;
    handle.publish(CALLS, &json!({}));
    client.publication(CALLS).await;
    let gap = |ctx: &Value| ctx["wasRecovering"] == true && ctx["recovered"] == false;
    let three = |handle: &Handle| (0..3).for_each(|_| handle.publish(CALLS, &json!({})));
    assert!(gap(&cut(handle, &mut client, three).await), "more than is kept");
    let forget = |handle: &Handle| {
        handle.publish(CALLS, &json!({}));
        handle.forget_history(CALLS);
    };
    assert!(gap(&cut(handle, &mut client, forget).await), "forgotten");
    handle.restart();
    client.until("connecting", json!({"ctx": {"code": 3001, "reason": "shutdown"}})).await;
    let ctx = client.until("subscribed", json!({"channel": CALLS})).await["ctx"].take();
    assert!(gap(&ctx), "another epoch: {ctx}");
    let simple = simulate(Options { kept: 0, ..Options::default() }).await;
    let mut client = Client::on(&simple, CALLS, &[]).await;
    let ctx = cut(simple.semaswift(), &mut client, |_| {}).await;
    assert_eq!((&ctx["recoverable"], &ctx["wasRecovering"]), (&json!(false), &json!(false)));
    simple.stop().await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_renewed_while_connected() {
    let simulator = simulate(Options { token_for: Duration::from_secs(1), ..Options::default() }).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &["--channel-tokens", "yes"]).await;
    let wanted = |method: Method| handle.until(move |asked| asked.commands(method) >= 2);
    let both = async { tokio::join!(wanted(Method::Refresh), wanted(Method::SubRefresh)) };
    tokio::time::timeout(peer::NEVER, both).await.expect("both are renewed");
    handle.publish(CALLS, &json!({"type": "x"}));
    let all = client.all_until("publication", json!({})).await;
    assert!(events(&all, "connecting").is_empty() && events(&all, "error").is_empty(), "{all:?}");
    assert_eq!(handle.requests().commands(Method::Connect), 1);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_has_expired_is_fetched_anew_at_the_next_connect() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &[]).await;
    // Its token is over and so is the time it has beyond that.
    handle.pass(Duration::from_secs(4000));
    client.until("connecting", json!({"ctx": {"code": 3005, "reason": "connection expired"}})).await;
    client.until("error", json!({"ctx": {"error": {"code": 109, "message": "token expired"}}})).await;
    client.until("fetched", json!({"of": "connection"})).await;
    client.until("subscribed", json!({"channel": CALLS})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_measured_client_counts_publications() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let url = simulator.addresses()[0].settings["realtime_url"].as_str().unwrap().to_owned();
    let token = handle.connection_token(Duration::from_secs(600));
    let mut burst = Peer::start("centrifuge-burst.mjs", &[&url, CALLS, "1000", &token]);
    assert_eq!(burst.line().await, "READY");
    for _ in 0..1000 {
        handle.publish(CALLS, &json!({"type": "call.started", "data": {"call_id": "call_1"}}));
    }
    assert_eq!(burst.line().await, "DONE");
    simulator.stop().await;
}

/// The frames of one session as they were recorded from a real server, with its ids and epochs named.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_looks_as_recorded_from_a_real_server() {
    let simulator = simulate(Options::default()).await;
    let mut client = Client::start(&simulator, &["--channel", CALLS, "--channel", ONLINE]);
    let all = client.all_until("join", json!({"channel": ONLINE})).await;
    let frames = |name: &str| -> Vec<String> {
        let lines = events(&all, name).into_iter().map(|report| report["frame"].as_str().unwrap().to_owned());
        lines.flat_map(|frame| frame.split('\n').map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    assert_eq!(
        frames("out"),
        [
            r#"{"connect":{"token":"<token>","name":"js"},"id":1}"#,
            r#"{"subscribe":{"channel":"voice:calls","flag":1},"id":2}"#,
            r#"{"subscribe":{"channel":"presence:online","flag":1},"id":3}"#,
        ]
    );
    let came = frames("in");
    let first: Value = serde_json::from_str(&came[0]).unwrap();
    let id = first["connect"]["client"].as_str().unwrap();
    let second: Value = serde_json::from_str(&came[1]).unwrap();
    let epoch = second["subscribe"]["epoch"].as_str().unwrap();
    assert_eq!((id.len(), epoch.len()), (36, 8));
    // A second may have passed since the token was made.
    let named: Vec<String> = came
        .iter()
        .map(|frame| frame.replace(id, "CLIENT").replace(epoch, "EPOCH").replace("3599", "3600"))
        .collect();
    assert_eq!(
        named,
        [
            r#"{"id":1,"connect":{"client":"CLIENT","version":"0.0.0 OSS","expires":true,"ttl":3600,"ping":25,"pong":true}}"#,
            r#"{"id":2,"subscribe":{"recoverable":true,"epoch":"EPOCH","positioned":true}}"#,
            r#"{"id":3,"subscribe":{}}"#,
            r#"{"push":{"channel":"presence:online","join":{"info":{"user":"usr_77","client":"CLIENT","conn_info":{"agent_id":"agent_77","name":"Åse Ærø"}}}}}"#,
        ]
    );
    simulator.stop().await;
}
