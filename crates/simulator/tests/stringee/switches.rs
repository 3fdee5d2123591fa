//! REST, tokens and the faults that can be switched on, seen from the outside frame by frame.

use std::time::Duration;

use serde_json::{Value, json};
use simulator::stringee::{
    AttributeChange, CallKind, Caller, Entrance, Entry, HttpAnswer, Options, Ping, Surface,
};
use tokio_tungstenite::tungstenite::Error;

use crate::rig::{Answer, Socket, ask, simulate};

fn rest_auth(token: &str) -> Vec<String> {
    vec![format!("X-STRINGEE-AUTH: {token}")]
}

async fn get(handle: &simulator::stringee::Handle, path: &str, headers: &[String]) -> Answer {
    ask(handle, "GET", path, headers, b"").await
}

#[tokio::test]
async fn rest_tells_and_changes_users() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let auth = rest_auth(&handle.rest_token());
    let me = handle.me();
    assert_eq!(me, "aase.aeroe");
    let user = get(handle, "/v1/users/aase%2Eaeroe", &auth).await.body;
    assert_eq!((&user["userId"], &user["chatCustomer"]), (&json!(me), &json!(false)));
    assert!(user["loginTime"].is_i64() && user.get("r").is_none(), "{user}");
    assert_eq!(
        user["attributes"],
        json!([
            {"attribute": "onlineStatus", "value": "online"}, {"attribute": "call"},
            {"attribute": "manual_status", "value": "AVAILABLE"},
        ])
    );
    let body = json!([{"attribute": "x", "value": {"any": [1]}}, {"attribute": "manual_status"}]).to_string();
    let path = format!("/v1/users/{me}/attributes");
    let changed = ask(handle, "PUT", &path, &auth, body.as_bytes()).await;
    assert_eq!(changed.status, 200);
    assert_eq!(changed.body["attributes"][2], json!({"attribute": "x", "value": {"any": [1]}}));
    assert_eq!(changed.body["attributes"].as_array().unwrap().len(), 3);
    assert_eq!(get(handle, "/v1/users/nobody", &auth).await.status, 404);
    assert_eq!(ask(handle, "PUT", &path, &auth, b"{}").await.status, 400);
    let asked = handle.requests();
    assert_eq!(asked.rest[&format!("PUT {path}")], 2);
    simulator.stop().await;
}

#[tokio::test]
async fn only_who_is_online_is_listed_by_pages_and_attributes() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let auth = rest_auth(&handle.rest_token());
    let users = handle.users();
    handle.set_softphone(&users[1], false);
    let all = get(handle, "/v1/users?page=1&limit=100", &auth).await.body;
    assert_eq!((&all["count"], &all["pageSize"]), (&json!(4), &json!(100)));
    let ids = |body: &Value| -> Vec<String> {
        let rows = body["users"].as_array().unwrap();
        rows.iter().map(|row| row["userId"].as_str().unwrap().to_owned()).collect()
    };
    assert!(!ids(&all).contains(&users[1]), "{all}");
    let (first, second) = (
        get(handle, "/v1/users?page=1&limit=3", &auth).await.body,
        get(handle, "/v1/users?page=2&limit=3", &auth).await.body,
    );
    assert_eq!([ids(&first), ids(&second)].concat(), ids(&all));
    handle.set_attribute(&users[2], "manual_status", Some("LUNCH BREAK".into()));
    let lunch = get(handle, "/v1/users?manual_status=LUNCH+BREAK", &auth).await.body;
    assert_eq!(ids(&lunch), [users[2].as_str()]);
    let one = get(handle, &format!("/v1/users?userId={}", users[3]), &auth).await.body;
    assert_eq!(ids(&one), [users[3].as_str()]);
    simulator.stop().await;
}

#[tokio::test]
async fn rest_refuses_whatever_is_no_rest_token_and_keys_of_another_region() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let rest = handle.rest_token();
    let refused = get(handle, "/v1/users", &rest_auth(&handle.token())).await;
    assert_eq!((refused.status, &refused.body["r"]), (403, &json!(7)));
    let refused = get(handle, "/v1/users", &[]).await;
    assert_eq!((refused.status, &refused.body["r"]), (403, &json!(1)));
    assert_eq!(get(handle, &format!("/v1/users?access_token={rest}"), &[]).await.status, 200);
    handle.set_other_region(true);
    let refused = get(handle, "/v1/users", &rest_auth(&rest)).await;
    assert_eq!((refused.status, refused.body), (403, json!({"r": 5, "message": "keySid invalid"})));
    handle.set_odd_envelope(true);
    let refused = get(handle, "/v1/users", &rest_auth(&rest)).await;
    assert_eq!(refused.body, json!({"r": "5", "msg": "keySid invalid"}));
    handle.set_other_region(false);
    handle.expire_tokens();
    assert_eq!(get(handle, "/v1/users", &rest_auth(&rest)).await.body["r"], "6");
    simulator.stop().await;
}

#[tokio::test]
async fn the_token_endpoint_gives_what_its_organisation_wants_to_whom_it_knows() {
    let options = Options { rest_token: true, relay_token: true, ..Options::default() };
    let simulator = simulate(options).await;
    let handle = simulator.stringee();
    let secret = &simulator.addresses()[0].secret["token_url_authorization"];
    let auth = [format!("Authorization: {}", secret.as_str().unwrap())];
    assert_eq!(get(handle, "/token", &[]).await.status, 401);
    let given = get(handle, "/token", &auth).await;
    assert_eq!(given.status, 200);
    let token = given.body["access_token"].as_str().unwrap();
    let mut socket = Socket::open(handle, Entry::Second).await.unwrap();
    assert_eq!(socket.sign_in(token).await["userId"], json!(handle.me()));
    let rest = given.body["rest_token"].as_str().unwrap();
    assert_eq!(get(handle, "/v1/users", &rest_auth(rest)).await.status, 200);
    assert_eq!(given.body["relay_token"], "relay-token");
    handle.set_authorization(None);
    assert_eq!(get(handle, "/token", &[]).await.status, 200);
    assert_eq!(handle.requests().tokens, 3);
    simulator.stop().await;
}

#[tokio::test]
async fn a_lookup_says_what_is_wrong_with_a_token() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let path = |token: &str| format!("/v2/getStringeeServerAddress?access_token={token}");
    let good = handle.token();
    let found = get(handle, &path(&good), &[]).await.body;
    let rows = &found["data"]["stringeeServerAddrs"]["web"];
    assert_eq!((&found["r"], rows.as_array().unwrap().len()), (&json!(0), 2));
    assert_eq!(
        format!("ws://{}:{}/", rows[1]["ip"].as_str().unwrap(), rows[1]["port"]),
        handle.server(Entry::Second)
    );
    assert_eq!(get(handle, &path("x"), &[]).await.body["r"], 1);
    handle.expire_tokens();
    assert_eq!(get(handle, &path(&good), &[]).await.body["r"], 2);
    let foreign = handle.sign_token(json!({"iss": "SKother", "exp": 4_000_000_000_u64, "userId": "a"}));
    assert_eq!(get(handle, &path(&foreign), &[]).await.body["r"], 5);
    simulator.stop().await;
}

#[tokio::test]
async fn every_entrance_does_what_it_is_told() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let token = handle.token();
    let entry = Entry::Second;
    handle.set_entrance(entry, Entrance::Refused);
    assert!(matches!(Socket::open(handle, entry).await, Err(Error::Http(answer)) if answer.status() == 400));
    handle.set_entrance(entry, Entrance::ClosesAtOnce);
    let mut socket = Socket::open(handle, entry).await.unwrap();
    assert_eq!(socket.message().await, None);
    handle.set_entrance(entry, Entrance::ClosesAtAuthen);
    let mut socket = Socket::open(handle, entry).await.unwrap();
    socket.send_authen(&token).await;
    assert_eq!(socket.message().await, None);
    handle.set_entrance(entry, Entrance::Silent);
    let mut socket = Socket::open(handle, entry).await.unwrap();
    socket.send_authen(&token).await;
    handle.until(|asked| asked.authens(255) == 2).await;
    handle.set_entrance(entry, Entrance::Answers(11));
    let answer = socket.sign_in(&token).await;
    assert_eq!(answer, json!({"r": 11, "requestId": 2, "message": "Account is expired"}));
    handle.set_entrance(entry, Entrance::Redirects(Some("wss://evil.example/".to_owned())));
    assert_eq!(socket.sign_in(&token).await["change_to_server"], "wss://evil.example/");
    handle.set_entrance(entry, Entrance::Redirects(None));
    let answer = socket.sign_in(&token).await;
    assert_eq!((&answer["r"], answer.get("change_to_server")), (&json!(15), None));
    handle.set_entrance(entry, Entrance::Open);
    assert_eq!(socket.sign_in(&token).await["r"], 0);
    let down =
        HttpAnswer { status: 502, body: "<html>".to_owned(), retry_after: Some(Duration::from_secs(7)) };
    handle.answer_http(Surface::Socket, down);
    for entry in [Entry::First, Entry::Second] {
        assert!(
            matches!(Socket::open(handle, entry).await, Err(Error::Http(answer)) if answer.status() == 502)
        );
    }
    handle.answer_truly(Surface::Socket);
    assert_eq!(handle.requests().sockets[&entry], 3);
    simulator.stop().await;
}

#[tokio::test]
async fn nobody_is_heard_before_they_are_signed_in() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut socket = Socket::open(handle, Entry::First).await.unwrap();
    socket.send_text("no json").await;
    socket.send(103, json!({"attribute": "manual_status", "value": "X"})).await;
    assert_eq!(socket.sign_in("bad").await["r"], 3);
    socket.send(103, json!({"attribute": "manual_status", "value": "X"})).await;
    assert_eq!(socket.sign_in(&handle.token()).await["r"], 0);
    assert_eq!(handle.attribute(&handle.me(), "manual_status"), Some(json!("AVAILABLE")));
    let asked = handle.requests();
    assert_eq!((asked.service(0), asked.service(103), asked.service(2)), (1, 2, 2));
    simulator.stop().await;
}

#[tokio::test]
async fn a_change_of_an_attribute_can_be_refused_forgotten_or_left_unanswered() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut socket = Socket::signed_in(handle).await;
    let change = json!({"attribute": "manual_status", "value": "X"});
    handle.set_attribute_change(AttributeChange::Refused(4));
    let id = socket.send(103, change.clone()).await;
    assert_eq!(socket.answer(103, id).await["r"], 4);
    handle.set_attribute_change(AttributeChange::Forgotten);
    let id = socket.send(103, change.clone()).await;
    assert_eq!(socket.answer(103, id).await["r"], 0);
    handle.set_attribute_change(AttributeChange::Unanswered);
    socket.send(103, change.clone()).await;
    handle.until(|asked| asked.service(103) == 3).await;
    assert_eq!(handle.attribute(&handle.me(), "manual_status"), Some(json!("AVAILABLE")));
    handle.set_attribute_change(AttributeChange::Taken);
    let id = socket.send(103, change).await;
    assert_eq!(socket.answer(103, id).await["r"], 0, "the next answer is to this one");
    assert_eq!(handle.attribute(&handle.me(), "manual_status"), Some(json!("X")));
    simulator.stop().await;
}

#[tokio::test]
async fn clients_are_asked_whether_they_are_there_until_the_peer_is_dead() {
    let simulator = simulate(Options { ping: Duration::from_millis(20), ..Options::default() }).await;
    let handle = simulator.stringee();
    let mut socket = Socket::signed_in(handle).await;
    assert_eq!(socket.frame().await, json!({"service": 1, "body": {}}));
    handle.set_ping(Ping::NoBody);
    while socket.frame().await.get("body").is_some() {}
    handle.set_ping(Ping::Never);
    handle.send(9999, &json!([]));
    while socket.frame().await != json!({"service": 9999, "body": []}) {}
    simulator.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_client_that_says_nothing_for_too_long_is_gone() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut socket = Socket::signed_in(handle).await;
    let asleep = tokio::time::Instant::now();
    let mut pings = 0;
    while let Some(frame) = socket.message().await {
        assert_eq!(frame, r#"{"body":{},"service":1}"#);
        pings += 1;
    }
    assert_eq!(pings, 1);
    assert!(asleep.elapsed() >= Duration::from_secs(60), "{:?}", asleep.elapsed());
    assert!(handle.clients().is_empty());
    simulator.stop().await;
}

#[tokio::test]
async fn anything_can_be_sent_and_calls_of_odd_callers_come_in() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut socket = Socket::signed_in(handle).await;
    handle.send_text("not json");
    assert_eq!(socket.message().await.as_deref(), Some("not json"));
    let colleague = handle.users()[1].clone();
    handle.incoming_call(CallKind::Voice, &[&handle.me()], &Caller::User(colleague.clone()));
    let call = socket.until(33).await;
    assert_eq!((&call["fromNumber"], &call["fromInternal"]), (&json!(colleague), &json!(true)));
    handle.incoming_call(CallKind::Video, &[&handle.me()], &Caller::Hidden);
    assert_eq!(socket.until(129).await["fromNumber"], "anonymous");
    simulator.stop().await;
}

#[tokio::test]
async fn a_cut_or_frozen_connection_says_nothing_more() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut cut = Socket::signed_in(handle).await;
    handle.drop_connections();
    assert_eq!(cut.message().await, None);
    handle.watch(|handle| handle.clients().is_empty()).await;
    let mut frozen = Socket::signed_in(handle).await;
    handle.freeze(true);
    let id = frozen.send(103, json!({"attribute": "manual_status", "value": "X"})).await;
    handle.freeze(false);
    let mut later = Socket::signed_in(handle).await;
    let other = later.send(103, json!({"attribute": "manual_status", "value": "Y"})).await;
    assert_eq!(later.answer(103, other).await["r"], 0);
    assert_eq!((id, handle.requests().service(103)), (2, 1));
    simulator.stop().await;
}
