//! What is refused, closed, cut or garbled.

use std::time::Duration;

use serde_json::json;
use simulator::semaswift::{Disconnect, HttpAnswer, Method, Options, Refusal, Surface};

use crate::CALLS;
use crate::client::{Client, events, simulate};
use crate::peer::Peer;

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
