//! The vendor's npm SDK 2.9.3, which nobody here wrote, is the judge of the simulator.

use std::time::Duration;

use serde_json::{Value, json};
use simulator::Simulator;
use simulator::stringee::{CallKind, Caller, Entrance, Entry, Handle, Identity, Options, Ping, Told};

use crate::peer::Peer;
use crate::rig::simulate;

/// The SDK with what it has reported so far.
struct Sdk {
    peer: Peer,
    /// The services it has sent.
    sent: Vec<i64>,
}

impl Sdk {
    /// One that looks up its servers.
    fn start(handle: &Handle, token: &str) -> Sdk {
        Sdk::start_at(handle, token, &[])
    }

    fn start_at(handle: &Handle, token: &str, servers: &[&str]) -> Sdk {
        let base = format!("{}/", handle.base());
        let mut arguments = vec!["--base", &base, "--token", token];
        arguments.extend(servers.iter().flat_map(|server| ["--server", server]));
        Sdk { peer: Peer::start("stringee-client.mjs", &arguments), sent: Vec::new() }
    }

    /// One that is signed in.
    async fn on(simulator: &Simulator) -> Sdk {
        let handle = simulator.stringee();
        let mut sdk = Sdk::start(handle, &handle.token());
        assert_eq!(sdk.until("authen").await["data"]["r"], 0);
        sdk
    }

    async fn report(&mut self) -> Value {
        let report: Value = serde_json::from_str(&self.peer.line().await).unwrap();
        if report["event"] == "out" {
            self.sent.push(report["service"].as_i64().unwrap());
        }
        report
    }

    /// The next report of this kind.
    async fn until(&mut self, event: &str) -> Value {
        loop {
            let report = self.report().await;
            if report["event"] == event {
                return report;
            }
        }
    }
}

fn number() -> Caller {
    Caller::Number("84901234567".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn it_looks_up_a_server_and_signs_in() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut sdk = Sdk::start(handle, &handle.token());
    sdk.until("connect").await;
    let authen = sdk.until("authen").await["data"].clone();
    assert_eq!((&authen["r"], &authen["message"]), (&json!(0), &json!("SUCCESS")));
    assert_eq!(authen["userId"], json!(handle.me()));
    assert_eq!(authen["ping_after_ms"], 45_000);
    assert_eq!(authen["clients"][0]["clientId"], "web-softphone");
    let asked = handle.requests();
    assert_eq!((asked.lookups, asked.sockets(), asked.authens(0), asked.clients), (1, 1, 1, 1));
    let client = &handle.clients()[0];
    assert_eq!((client.platform, client.sdk_version.as_str()), (3, "2.6.0"));
    assert!(client.topics.contains(&"ALL_CALL_STATUS".to_owned()), "{client:?}");
    assert_eq!(sdk.sent, [2]);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_asks_for_a_new_token_when_its_own_has_expired_and_signs_in_with_that() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let old = handle.token();
    handle.expire_tokens();
    let servers = [handle.server(Entry::First)];
    let mut sdk = Sdk::start_at(handle, &old, &[&servers[0]]);
    assert_eq!(sdk.until("authen").await["data"]["r"], 6);
    sdk.until("requestnewtoken").await;
    sdk.until("disconnect").await;
    sdk.peer.tell(&json!({"do": "connect", "token": handle.token()}));
    assert_eq!(sdk.until("authen").await["data"]["r"], 0);
    assert_eq!(handle.requests().authens(6), 1);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_where_it_is_sent() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let leader = handle.server(Entry::Second);
    handle.set_entrance(Entry::First, Entrance::Redirects(Some(leader)));
    let servers = [handle.server(Entry::First)];
    let mut sdk = Sdk::start_at(handle, &handle.token(), &[&servers[0]]);
    assert_eq!(sdk.until("authen").await["data"]["r"], 0);
    let asked = handle.requests();
    assert_eq!((asked.authens(15), asked.sockets[&Entry::Second]), (1, 1));
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_back_by_itself_when_it_is_not_told_where_to_go() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    handle.set_entrance(Entry::First, Entrance::Redirects(None));
    let servers = [handle.server(Entry::First)];
    let mut sdk = Sdk::start_at(handle, &handle.token(), &[&servers[0]]);
    handle.until(|asked| asked.authens(15) == 1).await;
    handle.set_entrance(Entry::First, Entrance::Open);
    assert_eq!(sdk.until("authen").await["data"]["r"], 0);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_hears_what_is_published_to_its_topics() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut sdk = Sdk::on(&simulator).await;
    let colleague = handle.users()[1].clone();
    handle.set_attribute(&colleague, "manual_status", Some("LUNCH BREAK".into()));
    let heard = sdk.until("messagefromtopic").await["data"].clone();
    assert_eq!(heard["topic"], "agent_manual_status");
    let message = &heard["message"];
    assert_eq!((&message["userId"], &message["newValue"]), (&json!(colleague), &json!("LUNCH BREAK")));
    assert_eq!((&message["attribute"], &message["projectId"]), (&json!("manual_status"), &json!(25)));

    handle.set_softphone(&colleague, false);
    let heard = sdk.until("messagefromtopic").await["data"].clone();
    assert_eq!(heard["topic"], "online_status_SIM");
    let message = &heard["message"];
    assert_eq!((&message["newValue"], &message["callEnded"]), (&json!("offline"), &json!(true)));

    let call = handle.incoming_call(CallKind::Voice, &[&colleague], &number());
    let mut topics = Vec::new();
    for _ in 0..2 {
        let heard = sdk.until("messagefromtopic").await["data"].clone();
        assert_eq!(
            (&heard["message"]["newValue"], &heard["message"]["callEnded"]),
            (&json!("Ringing"), &json!(false))
        );
        topics.push(heard["topic"].clone());
    }
    assert_eq!(topics, ["call_SIM", "ALL_CALL_STATUS"]);
    handle.end(&call, Told::Stopped);
    assert_eq!(sdk.until("messagefromtopic").await["data"]["message"]["callEnded"], true);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_change_of_an_attribute_is_taken_answered_and_published() {
    let simulator = simulate(Options { attributes_as_text: true, ..Options::default() }).await;
    let handle = simulator.stringee();
    let mut sdk = Sdk::on(&simulator).await;
    sdk.peer.tell(&json!({"do": "change", "attribute": "manual_status", "value": "NOT AVAILABLE"}));
    let (mut changed, mut published) = (Value::Null, Value::Null);
    while changed.is_null() || published.is_null() {
        let report = sdk.report().await;
        match report["event"].as_str().unwrap() {
            "changed" => changed = report["data"].clone(),
            "messagefromtopic" => published = report["data"].clone(),
            _ => {}
        }
    }
    assert_eq!(changed["r"], 0);
    assert_eq!(published["message"]["newValue"], "NOT AVAILABLE");
    assert_eq!(published["message"]["userId"], json!(handle.me()));
    assert_eq!(handle.attribute(&handle.me(), "manual_status"), Some(json!("NOT AVAILABLE")));
    assert_eq!(sdk.sent, [2, 103]);
    simulator.stop().await;
}

/// A call for me that the SDK has taken up.
async fn rung(sdk: &mut Sdk, handle: &Handle, kind: CallKind) -> String {
    let call = handle.incoming_call(kind, &[&handle.me()], &number());
    let event = match kind {
        CallKind::Voice => "incomingcall",
        CallKind::Video => "incomingcall2",
    };
    let data = sdk.until(event).await["data"].clone();
    assert_eq!((&data["callId"], &data["fromNumber"]), (&json!(call), &json!("84901234567")));
    assert_eq!((&data["toNumber"], &data["toAlias"]), (&json!(handle.me()), &json!(handle.line())));
    call
}

/// What the SDK's call says next.
async fn said(sdk: &mut Sdk, call: &str, event: &str) -> Value {
    loop {
        let report = sdk.until(event).await;
        if report["callId"] == *call {
            return report["data"].clone();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_rung_and_hears_every_end_of_a_call() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut sdk = Sdk::on(&simulator).await;
    for kind in [CallKind::Voice, CallKind::Video] {
        for (told, code) in [(Told::Stopped, 6), (Told::State(487), 6), (Told::State(486), 5)] {
            let call = rung(&mut sdk, handle, kind).await;
            handle.call_state(&call, 180);
            assert_eq!(said(&mut sdk, &call, "signalingstate").await["code"], 2, "it rings");
            assert!(handle.end(&call, told));
            assert_eq!(said(&mut sdk, &call, "signalingstate").await["code"], code, "{kind:?} {told:?}");
        }
        let word = if kind == CallKind::Voice { "CALL_STATE" } else { "CALL2_STATE" };
        let call = rung(&mut sdk, handle, kind).await;
        assert!(handle.answer(&call, &handle.me()));
        assert_eq!(said(&mut sdk, &call, "otherdevice").await, json!({"type": word, "code": 200}));
        handle.end(&call, Told::Stopped);
        let call = rung(&mut sdk, handle, kind).await;
        assert!(handle.decline(&call, &handle.me(), 603));
        assert_eq!(said(&mut sdk, &call, "otherdevice").await, json!({"type": word, "code": 603}));
        handle.end(&call, Told::Nothing);
    }
    // The web SDK knows no CALL2_END, and forgets a video call that was answered elsewhere before 133 comes.
    let call = rung(&mut sdk, handle, CallKind::Voice).await;
    handle.end(&call, Told::EndedElsewhere);
    assert_eq!(said(&mut sdk, &call, "otherdevice").await, json!({"type": "CALL_END"}));
    let call = rung(&mut sdk, handle, CallKind::Video).await;
    handle.send(133, &json!({"callId": call, "code": 200, "reason": "Bye"}));
    assert_eq!(said(&mut sdk, &call, "signalingstate").await["code"], 6);
    assert_eq!(sdk.sent, [2], "it sends nothing about calls by itself");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_a_colleague_takes_is_over_for_it() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut sdk = Sdk::on(&simulator).await;
    let (me, colleague) = (handle.me(), handle.users()[1].clone());
    let call = handle.incoming_call(CallKind::Voice, &[&me, &colleague], &number());
    sdk.until("incomingcall").await;
    handle.answer(&call, &colleague);
    assert_eq!(said(&mut sdk, &call, "signalingstate").await["code"], 6);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_that_it_is_there_when_it_is_asked_with_a_body() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut sdk = Sdk::on(&simulator).await;
    handle.ping(&Ping::NoBody);
    handle.ping(&Ping::EmptyBody);
    handle.until(|asked| asked.service(1) == 1).await;
    assert_eq!(sdk.until("out").await["service"], 1);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_hears_of_other_devices_of_its_user() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut first = Sdk::on(&simulator).await;
    let second = Sdk::on(&simulator).await;
    let came = first.until("otherdeviceauthen").await["data"].clone();
    assert_eq!(came["status"], "connected");
    drop(second);
    let went = first.until("otherdeviceauthen").await["data"].clone();
    assert_eq!((&went["status"], &went["clientId"]), (&json!("disconnected"), &came["clientId"]));
    handle.set_softphone(&handle.me(), false);
    assert_eq!(first.until("otherdeviceauthen").await["data"]["clientId"], "web-softphone");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_observer_hears_topics_and_is_not_rung() {
    let simulator = simulate(Options { identity: Identity::Observer, ..Options::default() }).await;
    let handle = simulator.stringee();
    let mut sdk = Sdk::on(&simulator).await;
    let call = handle.incoming_call(CallKind::Voice, &[&handle.me()], &number());
    handle.end(&call, Told::Stopped);
    let mut heard = Vec::new();
    while heard.len() < 4 {
        let report = sdk.report().await;
        assert!(report["event"] != "incomingcall", "{report}");
        if report["event"] == "messagefromtopic" {
            heard.push(report["data"]["message"]["newValue"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(heard, ["Ringing", "Ringing", "Ended", "Ended"]);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_when_it_is_refused() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let server = handle.server(Entry::First);
    let mut sdk = Sdk::start_at(handle, &handle.rest_token(), &[&server]);
    assert_eq!(sdk.until("authen").await["data"]["r"], 7, "a token for REST");
    for code in [1, 5, 9, 12] {
        handle.set_entrance(Entry::First, Entrance::Answers(code));
        let mut sdk = Sdk::start_at(handle, &handle.token(), &[&server]);
        assert_eq!(sdk.until("authen").await["data"]["r"], code);
        sdk.until("disconnect").await;
    }
    let mut sdk = Sdk::start(handle, "no.such.token");
    assert_eq!(sdk.until("authen").await["data"]["r"], -11, "already at the lookup");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_signs_in_again_after_a_cut() {
    let simulator = simulate(Options { ping: Duration::from_secs(1), ..Options::default() }).await;
    let handle = simulator.stringee();
    let mut sdk = Sdk::on(&simulator).await;
    handle.drop_connections();
    sdk.until("disconnect").await;
    assert_eq!(sdk.until("authen").await["data"]["r"], 0);
    handle.until(|asked| asked.service(1) >= 1).await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_messages_is_counted() {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut burst =
        Peer::start("stringee-burst.mjs", &[&handle.server(Entry::First), &handle.token(), "1000"]);
    assert_eq!(burst.line().await, "READY");
    let colleague = handle.users()[1].clone();
    for number in 0..1000 {
        handle.set_attribute(&colleague, "manual_status", Some(format!("state {number}").into()));
    }
    assert_eq!(burst.line().await, "DONE");
    simulator.stop().await;
}
