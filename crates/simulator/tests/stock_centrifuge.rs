//! The npm Centrifugo client, which nobody here wrote, is the judge of the simulated Semaswift.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/peer.rs"]
mod peer;

use std::io::Write;
use std::time::Duration;

use peer::Peer;
use serde_json::{Value, json};
use simulator::Simulator;
use simulator::semaswift::{Disconnect, Handle, HttpAnswer, Method, Options, Refusal, Surface};

const CALLS: &str = "voice:calls";
const ONLINE: &str = "presence:online";

async fn simulate(semaswift: Options) -> Simulator {
    let options =
        simulator::Options { people: 3, vendors: &["semaswift"], semaswift, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

/// The stock client.
struct Client(Peer);

impl Client {
    /// With its tokens from REST.
    fn start(simulator: &Simulator, more: &[&str]) -> Client {
        let addresses = &simulator.addresses()[0];
        let setting = |name: &str| addresses.settings[name].as_str().unwrap().to_owned();
        let (url, api) = (setting("realtime_url"), setting("api_url"));
        let bearer = addresses.secret["access_token"].as_str().unwrap();
        let mut arguments = vec!["--url", &url, "--api", &api, "--bearer", bearer];
        arguments.extend(more);
        Client(Peer::start("centrifuge-client.mjs", &arguments))
    }

    /// Subscribed to a channel.
    async fn on(simulator: &Simulator, channel: &str, more: &[&str]) -> Client {
        let mut arguments = vec!["--channel", channel];
        arguments.extend(more);
        let mut client = Client::start(simulator, &arguments);
        client.until("subscribed", json!({"channel": channel})).await;
        client
    }

    fn tell(&mut self, command: &Value) {
        writeln!(self.0.stdin, "{command}").unwrap();
    }

    async fn report(&mut self) -> Value {
        serde_json::from_str(&self.0.line().await).unwrap()
    }

    /// The next report of this kind that has at least these fields.
    async fn until(&mut self, event: &str, fields: Value) -> Value {
        self.all_until(event, fields).await.pop().unwrap()
    }

    /// Its next publication on a channel.
    async fn publication(&mut self, channel: &str) -> Value {
        self.until("publication", json!({"channel": channel})).await["ctx"]["data"].take()
    }

    /// Everything from here to such a report.
    async fn all_until(&mut self, event: &str, fields: Value) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        let is_such = |report: &Value| report["event"] == event && contains(report, &fields);
        let reports = async {
            while !all.last().is_some_and(is_such) {
                all.push(self.report().await);
            }
        };
        // Pings come for ever.
        tokio::time::timeout(peer::NEVER, reports).await.unwrap_or_else(|_| panic!("no {event} {fields}"));
        all
    }
}

fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(key, part)| whole.get(key).is_some_and(|whole| contains(whole, part)))
        }
        (whole, part) => whole == part,
    }
}

fn events<'a>(all: &'a [Value], event: &str) -> Vec<&'a Value> {
    all.iter().filter(|report| report["event"] == event).collect()
}

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

impl Client {
    /// The outcome of what was asked, good or bad.
    async fn report_of(&mut self, asked: &str) -> Value {
        loop {
            let report = self.report().await;
            if report["do"] == asked {
                return report;
            }
        }
    }
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
async fn a_token_of_rest_that_is_refused_ends_it() {
    let simulator = simulate(Options::default()).await;
    simulator.semaswift().revoke_tokens();
    let mut client = Client::start(&simulator, &[]);
    client.until("not-fetched", json!({"status": 401})).await;
    client.until("disconnected", json!({"ctx": {"code": 1, "reason": "unauthorized"}})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_have_tokens_of_their_own_that_may_be_refused_or_late() {
    let simulator = simulate(Options { needs_subscription_tokens: true, ..Options::default() }).await;
    let handle = simulator.semaswift();
    handle.withhold_token("tickets:mine");
    let more = ["--channel", "tickets:mine", "--channel-tokens", "yes"];
    let mut client = Client::on(&simulator, CALLS, &more).await;
    handle.refuse(Method::Subscribe, Some("user:usr_77"), Refusal::token_expired());
    client.tell(&json!({"do": "subscribe", "channel": "user:usr_77"}));
    client.until("error", json!({"channel": "user:usr_77", "ctx": {"error": {"code": 109}}})).await;
    handle.answer_commands();
    client.until("fetched", json!({"of": "user:usr_77"})).await;
    client.until("subscribed", json!({"channel": "user:usr_77"})).await;
    handle.publish(CALLS, &json!({"type": "x"}));
    client.publication(CALLS).await;
    assert_eq!(handle.subscribers("tickets:mine"), 0);
    simulator.stop().await;

    let simulator = simulate(Options { needs_subscription_tokens: true, ..Options::default() }).await;
    let mut client = Client::start(&simulator, &["--channel", CALLS]);
    client.until("unsubscribed", json!({"channel": CALLS, "ctx": {"code": 103}})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_unsubscribing_is_final_below_2500_only() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &[]).await;
    for (code, reason) in
        [(2500, "insufficient state"), (2501, "subscription expired"), (2502, "state invalidated")]
    {
        handle.unsubscribe(CALLS, code, reason);
        client.until("subscribing", json!({"channel": CALLS, "ctx": {"code": code}})).await;
        client.until("subscribed", json!({"channel": CALLS})).await;
    }
    handle.unsubscribe(CALLS, 2000, "server unsubscribe");
    client.until("unsubscribed", json!({"ctx": {"code": 2000, "reason": "server unsubscribe"}})).await;
    assert_eq!(handle.subscribers(CALLS), 0);

    handle.subscribe("user:usr_77");
    client.until("subscribed", json!({"ctx": {"channel": "user:usr_77"}})).await;
    handle.publish("user:usr_77", &json!({"hello": 1}));
    client.until("publication", json!({"ctx": {"channel": "user:usr_77"}})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn close_codes_decide_who_comes_back() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &[]).await;
    let custom = |code: u16, reason: &str| Disconnect { code, reason: reason.to_owned() };
    let all = Disconnect::all().into_iter().chain([custom(4000, "moved"), custom(4501, "gone")]);
    for why in all {
        handle.disconnect(&why);
        let ctx = json!({"ctx": {"code": why.code, "reason": why.reason}});
        let is_final = matches!(why.code, 3500..4000 | 4500..5000);
        if is_final {
            client.until("disconnected", ctx).await;
            client.tell(&json!({"do": "connect"}));
        } else {
            client.until("connecting", ctx).await;
        }
        client.until("subscribed", json!({"channel": CALLS})).await;
    }
    // The same without the socket's end.
    handle.send_text(r#"{"push":{"disconnect":{"code":3503,"reason":"force disconnect"}}}"#);
    client.until("disconnected", json!({"ctx": {"code": 3503}})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_commands_are_tried_again_only_if_that_may_help() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let mut client = Client::start(&simulator, &[]);
    client.until("connected", json!({})).await;
    for refusal in Refusal::all() {
        let channel = format!("plain:{}", refusal.code);
        handle.refuse(Method::Subscribe, Some(&channel), refusal.clone());
        client.tell(&json!({"do": "subscribe", "channel": channel}));
        let error =
            json!({"channel": channel, "ctx": {"error": {"code": refusal.code, "message": refusal.message}}});
        if refusal.temporary {
            client.until("error", error).await;
            handle.answer_commands();
            client.until("subscribed", json!({"channel": channel})).await;
        } else if refusal.code == 109 {
            // It has nowhere to get another token from.
            client.until("unsubscribed", json!({"channel": channel, "ctx": {"code": 1}})).await;
        } else {
            client.until("unsubscribed", json!({"channel": channel, "ctx": {"code": refusal.code}})).await;
        }
    }
    client.tell(&json!({"do": "rpc"}));
    client.until("refused", json!({"do": "rpc", "code": 108})).await;
    client.tell(&json!({"do": "publish", "channel": CALLS, "data": {}}));
    client.until("refused", json!({"do": "publish", "code": 103})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unanswered_command_ends_the_connection() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    handle.ignore(Method::Subscribe, Some(CALLS));
    let mut client = Client::start(&simulator, &["--timeout", "200", "--channel", CALLS]);
    client.until("connecting", json!({"ctx": {"code": 3, "reason": "subscribe timeout"}})).await;
    handle.answer_commands();
    client.until("subscribed", json!({"channel": CALLS})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pings_are_answered_and_their_absence_is_noticed() {
    let options = Options {
        ping: Duration::from_secs(1),
        pong_within: Duration::from_millis(700),
        ..Options::default()
    };
    let simulator = simulate(options).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &["--ping-delay", "300"]).await;
    handle.until(|asked| asked.commands(Method::Pong) >= 2).await;
    handle.publish(CALLS, &json!({}));
    let all = client.all_until("publication", json!({})).await;
    assert!(events(&all, "connecting").is_empty(), "{all:?}");
    handle.freeze(true);
    client.until("connecting", json!({"ctx": {"code": 2, "reason": "no ping"}})).await;
    handle.freeze(false);
    client.until("subscribed", json!({"channel": CALLS})).await;
    // What the frozen connection never answered ends it here, too.
    handle.until(|asked| asked.connected == 1).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_called_a_frame_is_survived() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let mut client = Client::on(&simulator, CALLS, &[]).await;
    for harmless in
        ["\n", "\n\n{\"push\":{\"channel\":\"voice:never\",\"pub\":{\"data\":1}}}\n", r#"{"push":{"new":1}}"#]
    {
        handle.send_text(harmless);
    }
    handle.publish(CALLS, &json!({}));
    client.publication(CALLS).await;
    handle.send_text("<html>Please sign in to the hotel's network</html>");
    client.until("connecting", json!({})).await;
    client.until("subscribed", json!({"channel": CALLS})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_and_an_outage_are_waited_out() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.semaswift();
    let portal = HttpAnswer { status: 200, body: "<html>Sign in</html>".to_owned(), retry_after: None };
    handle.answer_http(Surface::Realtime, portal);
    let mut client = Client::start(&simulator, &["--channel", CALLS]);
    handle.until(|asked| asked.upgrades >= 2).await;
    handle.answer_truly(Surface::Realtime);
    client.until("subscribed", json!({"channel": CALLS})).await;
    handle.shut_down();
    client.until("connecting", json!({"ctx": {"code": 3001}})).await;
    let tried = handle.requests().upgrades;
    handle.until(|asked| asked.upgrades >= tried + 2).await;
    handle.start_up();
    client.until("subscribed", json!({"channel": CALLS})).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_secret_is_invalid_for_good() {
    let simulator = simulate(Options::default()).await;
    let token = simulator.semaswift().connection_token(Duration::from_secs(60));
    simulator.semaswift().change_hmac_secret("another");
    let url = simulator.addresses()[0].settings["realtime_url"].as_str().unwrap().to_owned();
    let mut client = Client(Peer::start("centrifuge-client.mjs", &["--url", &url, "--token", &token]));
    client.until("disconnected", json!({"ctx": {"code": 3500, "reason": "invalid token"}})).await;
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
    let simulator = simulate(Options { ping: Duration::from_secs(5), ..Options::default() }).await;
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
    let named: Vec<String> =
        came.iter().map(|frame| frame.replace(id, "CLIENT").replace(epoch, "EPOCH")).collect();
    assert_eq!(
        named,
        [
            r#"{"id":1,"connect":{"client":"CLIENT","version":"0.0.0 OSS","expires":true,"ttl":3600,"ping":5,"pong":true}}"#,
            r#"{"id":2,"subscribe":{"recoverable":true,"epoch":"EPOCH","positioned":true}}"#,
            r#"{"id":3,"subscribe":{}}"#,
            r#"{"push":{"channel":"presence:online","join":{"info":{"user":"usr_77","client":"CLIENT","conn_info":{"agent_id":"agent_77","name":"Åse Ærø"}}}}}"#,
        ]
    );
    simulator.stop().await;
}
