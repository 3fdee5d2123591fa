//! The relay over HTTP, as `docs/relay.md` has it.

use std::time::Duration;

use serde_json::{Value, json};
use simulator::stringee::{
    AttributeChange, CallKind, Caller, Handle, HttpAnswer, Identity, Options, Surface, Told, sign_webhook,
};

use crate::rig::{Answer, ask, simulate};

fn bearer(token: &str) -> Vec<String> {
    vec![format!("Authorization: Bearer {token}")]
}

async fn get(handle: &Handle, path: &str) -> Answer {
    ask(handle, "GET", &format!("/relay{path}"), &bearer(&handle.token()), b"").await
}

async fn post_event(handle: &Handle, body: &Value, signature: Option<&str>) -> Answer {
    let headers: Vec<String> =
        signature.map(|text| format!("X-STRINGEE-SIGNATURE: {text}")).into_iter().collect();
    ask(handle, "POST", "/relay/stringee/event", &headers, body.to_string().as_bytes()).await
}

async fn tell(handle: &Handle, body: &Value) {
    let signature = sign_webhook(body.to_string().as_bytes());
    let answer = post_event(handle, body, Some(&signature)).await;
    assert_eq!((answer.status, &answer.body), (200, &json!({"r": 0})));
}

fn event(id: u64, status: &str, to: &str) -> Value {
    json!({
        "event_id": format!("e{id}"), "serial": id, "call_id": "call-1", "call_status": status,
        "timestamp_ms": 1_763_715_600_000_u64 + id, "from": {"number": "84901234567", "type": "external"},
        "to": {"number": to, "alias": "842473082686", "type": "internal"},
    })
}

#[tokio::test]
async fn a_snapshot_has_everybody_with_names_and_the_calls_that_go_on() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let (me, users) = (handle.me(), handle.users());
    handle.set_softphone(&users[1], false);
    let call = handle.incoming_call(CallKind::Voice, &[&me], &Caller::Number("84901234567".to_owned()));
    let over = handle.incoming_call(CallKind::Voice, &[&users[2]], &Caller::Hidden);
    handle.end(&over, Told::Stopped);
    let snapshot = get(handle, "/v1/snapshot").await;
    assert_eq!(snapshot.status, 200, "{}", snapshot.head);
    let body = snapshot.body;
    assert_eq!((&body["v"], &body["me"], &body["complete"]), (&json!(1), &json!(me), &json!(true)));
    let person = |id: &str| {
        let people = body["people"].as_array().unwrap();
        people.iter().find(|person| person["id"] == id).unwrap().clone()
    };
    assert_eq!(body["people"].as_array().unwrap().len(), 5);
    assert_eq!((&person(&me)["name"], &person(&me)["online"]), (&json!("Åse Ærø"), &json!(true)));
    assert_eq!(
        person(&me)["attributes"],
        json!({"onlineStatus": "online", "call": "Ringing", "manual_status": "AVAILABLE"})
    );
    assert_eq!(person(&users[1])["online"], false);
    let calls = body["calls"].as_array().unwrap();
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!((&calls[0]["id"], &calls[0]["state"]), (&json!(call), &json!("ringing")));
    let ended = body["ended"].as_array().unwrap();
    assert_eq!((ended.len(), &ended[0]["id"], &ended[0]["state"]), (1, &json!(over), &json!("ended")));
    assert_eq!(calls[0]["from"], json!({"number": "84901234567", "alias": "84901234567", "user": null}));
    assert_eq!((&calls[0]["people"], &calls[0]["direction"]), (&json!([me]), &json!("incoming")));
    assert_eq!(calls[0]["line"], json!({"id": handle.line(), "name": "Hovednummer"}));
    simulator.stop().await;
}

#[tokio::test]
async fn only_known_tokens_are_answered() {
    let simulator = simulate(Options { relay_token: true, ..Options::default() }).await;
    let handle = simulator.stringee();
    let status =
        async |headers: &[String]| ask(handle, "GET", "/relay/v1/snapshot", headers, b"").await.status;
    assert_eq!(status(&[]).await, 401);
    assert_eq!(status(&bearer(&handle.rest_token())).await, 401);
    assert_eq!(status(&bearer("x.y.z")).await, 401);
    assert_eq!(status(&bearer("relay-token")).await, 200);
    let old = handle.token();
    assert_eq!(status(&bearer(&old)).await, 200);
    handle.expire_tokens();
    assert_eq!(status(&bearer(&old)).await, 401);
    handle.set_identity(Identity::Observer);
    let observer = get(handle, "/v1/snapshot").await.body;
    assert_eq!(observer["me"], handle.me(), "whom it watches for");
    assert_eq!(get(handle, "/v1/other").await.status, 404);
    assert_eq!(ask(handle, "POST", "/relay/v1/snapshot", &bearer("relay-token"), b"").await.status, 405);
    assert_eq!(ask(handle, "GET", "/relay/stringee/event", &[], b"").await.status, 405);
    simulator.stop().await;
}

#[tokio::test]
async fn what_is_not_signed_is_refused_and_counted_and_does_nothing() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let body = event(1, "started", "a");
    let good = sign_webhook(body.to_string().as_bytes());
    let other = sign_webhook(b"another body");
    let cut = good.get(..8).unwrap();
    for bad in [None, Some(""), Some("?"), Some(other.as_str()), Some(cut), Some("AAAA")] {
        let answer = post_event(handle, &body, bad).await;
        assert_eq!((answer.status, &answer.body["error"]), (401, &json!("unauthorized")), "{bad:?}");
    }
    assert_eq!(handle.requests().bad_signatures, 6);
    assert_eq!(get(handle, "/v1/snapshot").await.body["calls"], json!([]));
    assert_eq!(post_event(handle, &body, Some(&good)).await.status, 200);
    assert_eq!(get(handle, "/v1/snapshot").await.body["calls"].as_array().unwrap().len(), 1);
    let long = json!({"call_id": "x".repeat(64 * 1024)});
    let signature = sign_webhook(long.to_string().as_bytes());
    assert_eq!(post_event(handle, &long, Some(&signature)).await.status, 413);
    for odd in [json!([]), json!({}), json!({"call_id": 1, "call_status": {}}), json!("text")] {
        tell(handle, &odd).await;
    }
    simulator.stop().await;
}

#[tokio::test]
async fn events_come_in_order_once_and_whole() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let n = get(handle, "/v1/snapshot").await.body["n"].as_u64().unwrap();
    assert_eq!(get(handle, &format!("/v1/events?after={n}")).await.body, json!({"n": n, "events": []}));
    for (id, status) in [(1, "started"), (3, "answered"), (3, "answered"), (2, "ringing"), (4, "ended")] {
        tell(handle, &event(id, status, "agent_1")).await;
    }
    let answer = get(handle, &format!("/v1/events?after={n}")).await.body;
    let events = answer["events"].as_array().unwrap();
    let states: Vec<&Value> = events.iter().map(|event| &event["call"]["state"]).collect();
    assert_eq!(states, ["ringing", "answered", "ended"], "{events:?}");
    assert_eq!(answer["n"], json!(n + 3));
    let last = &events[2]["call"];
    assert_eq!((&last["people"], &last["to"]["user"]), (&json!(["agent_1"]), &json!("agent_1")));
    assert_eq!(
        (&last["started_at"], &last["ended_at"]),
        (&json!("2025-11-21T09:00:00.001Z"), &json!("2025-11-21T09:00:00.004Z"))
    );
    let part = get(handle, &format!("/v1/events?after={}", n + 2)).await.body;
    assert_eq!(part["events"].as_array().unwrap(), &events[2..]);
    assert_eq!(get(handle, &format!("/v1/events?after={}", n + 4)).await.status, 410);
    assert_eq!(get(handle, &format!("/v1/events?after={}", n - 100)).await.status, 410);
    assert_eq!(get(handle, "/v1/events").await.status, 400);
    handle.restart_relay();
    let begun = get(handle, "/v1/snapshot").await.body["n"].as_u64().unwrap();
    assert!(begun >= n, "numbers grow");
    simulator.stop().await;
}

#[tokio::test]
async fn a_question_is_held_back_until_something_happens() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let n = get(handle, "/v1/snapshot").await.body["n"].as_u64().unwrap();
    let waits = format!("/v1/events?after={n}&wait=55");
    let me = handle.me();
    let (answer, ()) = tokio::join!(get(handle, &waits), async {
        handle.until(|asked| asked.relay.contains_key("GET /v1/events")).await;
        handle.incoming_call(CallKind::Voice, &[&me], &Caller::Hidden);
    });
    assert!(answer.body["events"][0]["call"]["id"].is_string(), "{}", answer.body);
    let n = answer.body["n"].as_u64().unwrap();
    handle.set_attribute(&me, "manual_status", Some("LUNCH BREAK".into()));
    let answer = get(handle, &format!("/v1/events?after={n}&wait=55")).await;
    let is_lunch = |event: &Value| event["person"]["attributes"]["manual_status"] == "LUNCH BREAK";
    let mut events = answer.body["events"].as_array().unwrap().clone();
    let mut n = answer.body["n"].as_u64().unwrap();
    while !events.iter().any(is_lunch) {
        let answer = get(handle, &format!("/v1/events?after={n}&wait=55")).await;
        events = answer.body["events"].as_array().unwrap().clone();
        n = answer.body["n"].as_u64().unwrap();
    }
    simulator.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_question_held_back_in_vain_is_answered_in_time() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let n = get(handle, "/v1/snapshot").await.body["n"].as_u64().unwrap();
    let asked_at = tokio::time::Instant::now();
    let answer = get(handle, &format!("/v1/events?after={n}&wait=20")).await;
    assert_eq!(answer.body, json!({"n": n, "events": []}));
    assert_eq!(asked_at.elapsed().as_secs(), 20);
    simulator.stop().await;
}

#[tokio::test]
async fn an_attribute_is_set_at_stringee_and_read_back() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let put = async |body: &Value| {
        let body = body.to_string();
        ask(handle, "PUT", "/relay/v1/me/attributes", &bearer(&handle.token()), body.as_bytes()).await
    };
    let n = get(handle, "/v1/snapshot").await.body["n"].as_u64().unwrap();
    let away = json!([{"attribute": "manual_status", "value": "NOT AVAILABLE"}]);
    let person = put(&away).await;
    assert_eq!((person.status, &person.body["attributes"]["manual_status"]), (200, &json!("NOT AVAILABLE")));
    assert_eq!(handle.attribute(&handle.me(), "manual_status"), Some(json!("NOT AVAILABLE")));
    let events = get(handle, &format!("/v1/events?after={n}")).await.body;
    assert_eq!(events["events"][0]["person"], person.body);
    handle.set_attribute_change(AttributeChange::Forgotten);
    let back = put(&json!([{"attribute": "manual_status", "value": "AVAILABLE"}])).await;
    assert_eq!(back.body["attributes"]["manual_status"], "NOT AVAILABLE", "what is read back counts");
    handle.set_attribute_change(AttributeChange::Refused(3));
    assert_eq!(put(&away).await.status, 502);
    assert_eq!(put(&json!([{"attribute": "onlineStatus", "value": "x"}])).await.status, 403);
    assert_eq!(put(&json!([])).await.status, 400);
    assert_eq!(put(&json!({})).await.status, 400);
    assert_eq!(put(&json!([{"attribute": "x", "value": "y".repeat(16 * 1024)}])).await.status, 413);
    simulator.stop().await;
}

#[tokio::test]
async fn who_asks_too_often_has_to_wait_and_outages_are_answered_as_told() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    for _ in 0..30 {
        assert_eq!(get(handle, "/v1/snapshot").await.status, 200);
    }
    let refused = get(handle, "/v1/snapshot").await;
    assert_eq!((refused.status, &refused.body["error"]), (429, &json!("rate_limited")));
    assert!(refused.head.contains("retry-after: 60"), "{}", refused.head);
    let down = HttpAnswer { status: 503, body: "{}".to_owned(), retry_after: Some(Duration::from_secs(5)) };
    handle.answer_http(Surface::Relay, down);
    assert_eq!(get(handle, "/v1/snapshot").await.status, 503);
    tell(handle, &event(1, "started", "a")).await;
    simulator.stop().await;
}
