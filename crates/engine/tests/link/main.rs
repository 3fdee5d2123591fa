//! A link over real sockets on loopback, with a vendor made for the purpose.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod alone;
mod pauses;
mod rig;
mod vendor;

use std::{
    io::Write,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use engine::{Order, SecretFault, SystemClock};
use futures_util::SinkExt;
use model::{ConnectionState, Event, ProblemCode};
use providers::{Action, ActionId, Attention, DndChange};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::{Message, protocol::frame::coding::CloseCode};

use rig::{Keyring, Rig, Server};
use vendor::{account, code};

const CONNECTING: ConnectionState = ConnectionState::Connecting;
const LIVE: ConnectionState = ConnectionState::Live;
const WAITING: ConnectionState = ConnectionState::Waiting;
const SIGN_IN: ConnectionState = ConnectionState::SignIn;
const STOPPED: ConnectionState = ConnectionState::Stopped;

fn act(number: u64) -> Order {
    Order::Act(ActionId(number), Action::SetDnd(DndChange::Off))
}

async fn live() -> (Server, Rig, rig::Peer) {
    let server = Server::listen().await;
    let mut rig = Rig::start(account(json!({ "url": server.url() })));
    let (peer, _) = server.socket().await;
    rig.turns(&[CONNECTING, LIVE]).await;
    (server, rig, peer)
}

#[tokio::test]
async fn live_is_told_first_then_the_snapshot_then_what_happens() {
    let server = Server::listen().await;
    let fetch = format!("http://127.0.0.1:{}/employees", server.port);
    let mut rig = Rig::start(account(json!({ "url": server.url(), "fetch": fetch })));
    let (mut peer, token) = server.socket().await;
    assert_eq!(token, "Bearer s3cret");
    let mut http = server.stream().await;
    let mut head = vec![0; 4096];
    assert!(http.read(&mut head).await.unwrap() > 0);
    http.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nsnapshot").await.unwrap();

    assert_eq!(rig.connection(CONNECTING).await.problem, None);
    let live = rig.connection(LIVE).await;
    assert_eq!(live.transport.as_deref(), Some("websocket"));
    assert!(live.last_heard_at.is_some() && live.problem.is_none() && live.retry_at.is_none());
    rig.person("snapshot").await;
    peer.say("person anna").await;
    rig.person("anna").await;
}

#[tokio::test]
async fn a_cut_connection_is_live_again_within_a_second_and_tells_the_gap() {
    let (server, mut rig, mut peer) = live().await;
    peer.say("person anna").await;
    rig.person("anna").await;
    let cut = Instant::now();
    drop(peer);
    let waiting = rig.connection(WAITING).await;
    assert_eq!(waiting.problem.unwrap().code, ProblemCode::Unreachable);
    assert!(waiting.retry_at.unwrap().since(waiting.since) <= Duration::from_millis(250));
    let (mut peer, _) = server.socket().await;
    assert!(rig.connection(CONNECTING).await.problem.is_some());
    let live = rig.connection(LIVE).await;
    match rig.event().await {
        Some((_, Event::Gap(gap))) => {
            assert!(gap.from <= waiting.since && gap.to >= live.since, "{gap:?}");
            assert!(gap.filled && gap.note.is_none(), "{gap:?}");
        }
        other => panic!("{other:?}"),
    }
    peer.say("person bo").await;
    rig.person("bo").await;
    assert!(cut.elapsed() < Duration::from_secs(1), "{:?}", cut.elapsed());
}

#[tokio::test]
async fn a_socket_that_the_session_replaces_by_itself_is_not_live_meanwhile() {
    let server = Server::listen().await;
    let mut rig = Rig::start(account(json!({ "url": server.url(), "mode": "mends itself" })));
    let (peer, _) = server.socket().await;
    rig.turns(&[CONNECTING, LIVE]).await;
    drop(peer);
    let _peer = server.socket().await;
    rig.turns(&[CONNECTING, LIVE]).await;
    assert!(matches!(rig.event().await, Some((_, Event::Gap(gap))) if gap.filled));
}

#[tokio::test]
async fn a_session_that_mends_itself_over_the_same_socket_is_not_live_meanwhile() {
    let (_server, mut rig, mut peer) = live().await;
    peer.say("interrupted").await;
    rig.connection(CONNECTING).await;
    peer.say("live").await;
    rig.connection(LIVE).await;
    peer.say("resynced no recent calls").await;
    assert_eq!(rig.connection(LIVE).await.problem.unwrap().text, "no recent calls");
    assert!(matches!(rig.event().await, Some((_, Event::Gap(gap))) if !gap.filled));
    peer.say("resynced").await;
    assert_eq!(rig.connection(LIVE).await.problem, None);
    assert!(matches!(rig.event().await, Some((_, Event::Gap(gap))) if gap.filled));
}

#[tokio::test]
async fn a_goodbye_of_the_server_is_answered_and_counts_as_a_cut() {
    let (_server, mut rig, mut peer) = live().await;
    peer.0.close(None).await.unwrap();
    assert!(matches!(peer.hear().await, None | Some(Message::Close(_))));
    rig.connection(WAITING).await;
}

#[tokio::test]
async fn messages_that_come_at_once_are_told_in_order_and_in_few_batches() {
    let (_server, mut rig, mut peer) = live().await;
    rig.reports = 0;
    let all = 20_000;
    let sending = async {
        for number in 0..all {
            peer.0.feed(Message::text(format!("person {number}"))).await.unwrap();
        }
        peer.0.flush().await.unwrap();
    };
    let reading = async {
        for number in 0..all {
            rig.person(&number.to_string()).await;
        }
    };
    tokio::join!(sending, reading);
    assert!(rig.reports < all / 10, "{} reports", rig.reports);
    assert!((1..10).contains(&rig.heard), "{} signs of life", rig.heard);
}

#[tokio::test]
async fn what_carries_no_text_is_a_sign_of_life_and_closes_nothing() {
    let (_server, mut rig, mut peer) = live().await;
    peer.0.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(peer.hear().await, Some(Message::text("heard")));
    peer.0.send(Message::Ping(vec![7].into())).await.unwrap();
    let answers = [peer.hear().await.unwrap(), peer.hear().await.unwrap()];
    assert!(answers.contains(&Message::Pong(vec![7].into())) && answers.contains(&Message::text("heard")));
    peer.say("x".repeat((4 << 20) + 1)).await;
    assert_eq!(peer.hear().await, Some(Message::text("heard")));
    match rig.event().await {
        Some((_, Event::Unknown { name })) => assert_eq!(name, "oversized message"),
        other => panic!("{other:?}"),
    }
    peer.say("person anna").await;
    rig.person("anna").await;
}

#[tokio::test]
async fn a_refused_token_waits_for_a_person_and_then_uses_the_new_secret() {
    let server = Server::listen().await;
    let keyring = Keyring::with([Ok("old"), Ok("new")]);
    let mut rig = Rig::with(account(json!({ "url": server.url() })), keyring, Arc::new(SystemClock));
    let (mut peer, token) = server.socket().await;
    assert_eq!(token, "Bearer old");
    peer.say("refuse").await;
    rig.turns(&[CONNECTING, LIVE]).await;
    let stuck = rig.connection(SIGN_IN).await;
    assert_eq!((stuck.problem.unwrap().code, stuck.retry_at), (ProblemCode::RefusedToken, None));
    rig.order(Order::Retry).await;
    assert_eq!(server.socket().await.1, "Bearer new");
    rig.turns(&[CONNECTING, LIVE]).await;
}

#[tokio::test]
async fn a_renewed_secret_is_the_next_sessions() {
    let server = Server::listen().await;
    let keyring = Keyring::with([Ok("old"), Ok("old"), Ok("mine")]);
    let mut rig = Rig::with(account(json!({ "url": server.url() })), keyring, Arc::new(SystemClock));
    let (mut peer, token) = server.socket().await;
    assert_eq!(token, "Bearer old");
    peer.say("renew new").await;
    peer.say("person anna").await;
    rig.turns(&[CONNECTING, LIVE]).await;
    rig.person("anna").await;
    rig.order(Order::Retry).await;
    assert_eq!(server.socket().await.1, "Bearer new");
    rig.turns(&[CONNECTING, LIVE]).await;
    rig.order(Order::Retry).await;
    assert_eq!(server.socket().await.1, "Bearer mine");
}

#[tokio::test]
async fn a_session_is_told_when_only_alerts_matter() {
    let server = Server::listen().await;
    let mut rig = Rig::start(account(json!({ "url": server.url() })));
    let (mut peer, _) = server.socket().await;
    rig.turns(&[CONNECTING, LIVE]).await;
    rig.order(Order::Attend(Attention::Alerts)).await;
    assert_eq!(peer.hear().await, Some(Message::text("alerts only")));
}

#[tokio::test]
async fn a_retry_while_live_begins_a_new_session_with_the_secret_of_now() {
    let server = Server::listen().await;
    let keyring = Keyring::with([Ok("old"), Ok("new")]);
    let mut rig = Rig::with(account(json!({ "url": server.url() })), keyring, Arc::new(SystemClock));
    let (mut peer, _) = server.socket().await;
    rig.turns(&[CONNECTING, LIVE]).await;
    rig.order(Order::Retry).await;
    assert!(
        matches!(peer.hear().await, Some(Message::Close(Some(frame))) if frame.code == CloseCode::Normal)
    );
    assert!(peer.hear().await.is_none());
    let (_peer, token) = server.socket().await;
    assert_eq!(token, "Bearer new");
    rig.turns(&[CONNECTING, LIVE]).await;
}

#[tokio::test]
async fn without_a_secret_a_person_must_sign_in() {
    let keyring = Keyring::with([Err(SecretFault::Missing), Ok("s3cret")]);
    let mut rig = Rig::with(account(json!({ "mode": "live" })), keyring, Arc::new(SystemClock));
    rig.connection(CONNECTING).await;
    let stuck = rig.connection(SIGN_IN).await;
    assert!(stuck.problem.unwrap().text.contains("ringside account sign-in work"));
    rig.order(Order::Probe).await;
    rig.order(Order::Retry).await;
    rig.turns(&[CONNECTING, LIVE]).await;
}

#[tokio::test]
async fn settings_or_a_secret_that_the_vendor_refuses_say_who_must_act() {
    let mut rig = Rig::start(account(json!({ "mode": "wrong key" })));
    rig.connection(CONNECTING).await;
    assert_eq!(rig.connection(STOPPED).await.problem.unwrap().code, ProblemCode::Settings);
    let mut rig = Rig::with(account(json!({})), Keyring::with([Ok("")]), Arc::new(SystemClock));
    rig.connection(CONNECTING).await;
    assert_eq!(rig.connection(SIGN_IN).await.problem.unwrap().code, ProblemCode::RefusedToken);
}

#[tokio::test]
async fn a_panic_costs_the_session_and_nothing_else() {
    let (server, mut rig, mut peer) = live().await;
    peer.say("person anna").await;
    peer.say("panic").await;
    rig.person("anna").await;
    let waiting = rig.connection(WAITING).await;
    assert_eq!(waiting.problem.unwrap().code, ProblemCode::Internal);
    let (_peer, _) = server.socket().await;
    rig.turns(&[CONNECTING, LIVE]).await;
}

#[tokio::test]
async fn an_order_to_stop_is_kept_even_if_the_session_ends_by_itself_or_panics() {
    for word in ["refuse", "panic"] {
        let (_server, rig, mut peer) = live().await;
        peer.say(word).await;
        rig.order(Order::Stop).await;
        let events = rig.end().await;
        assert!(
            matches!(events.last(), Some(Event::Connection(last)) if last.state == STOPPED),
            "{events:?}"
        );
    }
    let mut rig = Rig::start(account(json!({ "mode": "live, panics when asked to stop" })));
    rig.turns(&[CONNECTING, LIVE]).await;
    rig.order(Order::Stop).await;
    rig.end().await;
}

#[tokio::test]
async fn a_provider_that_asks_for_a_pause_gets_it() {
    let server = Server::listen().await;
    let mut rig = Rig::start(account(json!({ "url": server.url() })));
    let mut stream = server.stream().await;
    let mut head = vec![0; 4096];
    assert!(stream.read(&mut head).await.unwrap() > 0);
    stream.write_all(b"HTTP/1.1 429 Slow\r\nretry-after: 120\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    rig.connection(CONNECTING).await;
    let waiting = rig.connection(WAITING).await;
    assert_eq!(waiting.problem.unwrap().code, ProblemCode::RateLimited);
    let pause = waiting.retry_at.unwrap().since(waiting.since);
    assert!(pause >= Duration::from_secs(119) && pause <= Duration::from_secs(133), "{pause:?}");
}

#[tokio::test]
async fn an_action_is_done_or_refused_exactly_once() {
    let (_server, mut rig, mut peer) = live().await;
    rig.order(act(1)).await;
    assert_eq!(peer.hear().await, Some(Message::text("acting")));
    peer.say("done").await;
    assert_eq!(rig.done().await, (ActionId(1), vendor::DONE));
    rig.order(act(2)).await;
    assert_eq!(peer.hear().await, Some(Message::text("acting")));
    peer.say("refuse").await;
    let (id, result) = rig.done().await;
    assert_eq!((id, code(&result)), (ActionId(2), ProblemCode::RefusedToken));
    rig.connection(SIGN_IN).await;
    rig.order(act(3)).await;
    let (id, result) = rig.done().await;
    assert_eq!((id, code(&result)), (ActionId(3), ProblemCode::RefusedToken));
    rig.order(Order::Stop).await;
    rig.end().await;
}

#[tokio::test]
async fn a_probe_reaches_the_session_at_once() {
    let (_server, mut rig, _peer) = live().await;
    rig.order(Order::Probe).await;
    rig.person("probed").await;
}

#[tokio::test]
async fn a_session_is_called_when_its_time_has_come() {
    let (_server, mut rig, mut peer) = live().await;
    peer.say("alarm").await;
    rig.person("alarm").await;
}

#[tokio::test]
async fn stopping_says_goodbye_to_the_server_and_ends() {
    let (_server, rig, mut peer) = live().await;
    rig.order(Order::Stop).await;
    assert!(
        matches!(peer.hear().await, Some(Message::Close(Some(frame))) if frame.code == CloseCode::Normal)
    );
    assert!(peer.hear().await.is_none());
    let events = rig.end().await;
    assert!(
        matches!(&events[..], [Event::Connection(last)] if last.state == STOPPED && last.problem.is_none())
    );
}

#[tokio::test]
async fn an_engine_that_is_gone_ends_the_link() {
    let (_server, rig, mut peer) = live().await;
    let Rig { orders, task, .. } = rig;
    drop(orders);
    assert!(matches!(peer.hear().await, Some(Message::Close(_))));
    assert!(peer.hear().await.is_none());
    task.await.unwrap();
}

#[tokio::test]
async fn the_token_reaches_no_log() {
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);
    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let server = Server::listen().await;
    let fetch = format!("http://127.0.0.1:{}/employees", server.port);
    let mut rig = Rig::start(account(json!({ "url": server.url(), "fetch": fetch })));
    let (peer, token) = server.socket().await;
    assert!(token.contains("s3cret"));
    let mut http = server.stream().await;
    let mut head = vec![0; 4096];
    let length = http.read(&mut head).await.unwrap();
    assert!(String::from_utf8_lossy(&head[..length]).contains("s3cret"));
    http.write_all(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\nno").await.unwrap();
    rig.turns(&[CONNECTING, LIVE]).await;
    rig.person("no").await;
    drop(peer);
    rig.connection(WAITING).await;
    rig.order(Order::Stop).await;
    rig.end().await;

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("not connected"), "{log}");
    assert!(!log.contains("s3cret"), "{log}");
}

#[tokio::test]
async fn a_connection_proves_itself_by_the_next_sign_of_life_and_by_nothing_else() {
    let (_server, mut rig, mut peer) = live().await;
    let (reply, mut proof) = tokio::sync::oneshot::channel();
    rig.order(Order::Prove(reply)).await;
    rig.person("probed").await;
    assert!(proof.try_recv().is_err(), "nothing has come since it was asked");
    peer.say("person anna").await;
    rig.person("anna").await;
    assert_eq!(proof.await.unwrap().skew_seconds, None, "no server has told the time");

    let (reply, proof) = tokio::sync::oneshot::channel();
    rig.order(Order::Prove(reply)).await;
    rig.person("probed").await;
    drop(peer);
    rig.connection(WAITING).await;
    assert!(proof.await.is_err(), "a connection that is gone proves nothing");
}

#[tokio::test]
async fn what_is_not_live_is_asked_for_no_proof() {
    let keyring = Keyring::with([Err(SecretFault::Missing)]);
    let mut rig = Rig::with(account(json!({ "mode": "live" })), keyring, Arc::new(SystemClock));
    rig.turns(&[CONNECTING, SIGN_IN]).await;
    let (reply, proof) = tokio::sync::oneshot::channel();
    rig.order(Order::Prove(reply)).await;
    assert!(proof.await.is_err());
}
