//! What depends on time, in time that a test moves.

use std::{sync::Arc, time::Duration};

use engine::{Order, SecretFault};
use model::{Event, ProblemCode};
use serde_json::json;

use crate::{
    CONNECTING, LIVE, STOPPED, WAITING,
    rig::{Keyring, Rig, TestClock},
    vendor::account,
};

#[tokio::test(start_paused = true)]
async fn a_locked_keyring_is_asked_again_after_half_a_minute() {
    let keyring = Keyring::with([
        Err(SecretFault::Locked),
        Err(SecretFault::Unreachable("no bus".to_owned())),
        Ok("s3cret"),
    ]);
    let mut rig = Rig::with(account(json!({ "mode": "live" })), keyring, TestClock::new());
    rig.patience = Duration::from_secs(60);
    for _ in 0..2 {
        rig.connection(CONNECTING).await;
        let waiting = rig.connection(WAITING).await;
        assert_eq!(waiting.problem.unwrap().code, ProblemCode::Keyring);
        assert_eq!(waiting.retry_at.unwrap().since(waiting.since), Duration::from_secs(30));
    }
    rig.turns(&[CONNECTING, LIVE]).await;
}

#[tokio::test(start_paused = true)]
async fn a_session_that_does_not_stop_is_left_after_a_second() {
    for nobody_orders in [false, true] {
        let keys = json!({ "mode": "live, deaf" });
        let mut rig = Rig::with(account(keys), Keyring::with([Ok("s3cret")]), TestClock::new());
        rig.turns(&[CONNECTING, LIVE]).await;
        let before = tokio::time::Instant::now();
        if nobody_orders {
            rig.orders = tokio::sync::mpsc::channel(1).0;
        } else {
            rig.order(Order::Stop).await;
        }
        rig.connection(STOPPED).await;
        assert!(rig.end().await.is_empty());
        assert!(before.elapsed() <= Duration::from_secs(2));
    }
}

#[tokio::test(start_paused = true)]
async fn time_lost_to_sleep_is_noticed_and_the_connection_proven() {
    let clock = TestClock::new();
    let keyring = Keyring::with([Ok("s3cret")]);
    let mut rig = Rig::with(account(json!({ "mode": "live" })), keyring, clock.clone());
    rig.turns(&[CONNECTING, LIVE]).await;
    let before = tokio::time::Instant::now();
    clock.lose(3600);
    rig.person("probed").await;
    assert!(before.elapsed() <= Duration::from_secs(5), "{:?}", before.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_keyring_that_is_unlocked_is_read_at_once() {
    let clock = TestClock::new();
    let keyring = Keyring::with([Err(SecretFault::Locked), Ok("s3cret")]);
    let unlocked = Arc::clone(&keyring.unlocked);
    let mut rig = Rig::with(account(json!({ "mode": "live" })), keyring, clock.clone());
    rig.turns(&[CONNECTING, WAITING]).await;
    let before = tokio::time::Instant::now();
    unlocked.notify_one();
    rig.turns(&[CONNECTING, LIVE]).await;
    assert!(before.elapsed() <= Duration::from_secs(2), "{:?}", before.elapsed());
}

#[tokio::test(start_paused = true)]
async fn waking_up_cuts_the_pause_short() {
    let clock = TestClock::new();
    let keyring = Keyring::with([Err(SecretFault::Locked), Ok("s3cret")]);
    let mut rig = Rig::with(account(json!({ "mode": "live" })), keyring, clock.clone());
    rig.turns(&[CONNECTING, WAITING]).await;
    let before = tokio::time::Instant::now();
    rig.order(Order::Probe).await;
    let waiting = rig.connection(WAITING).await;
    assert!(waiting.retry_at.unwrap().since(waiting.since) <= Duration::from_secs(1));
    rig.turns(&[CONNECTING, LIVE]).await;
    assert!(before.elapsed() <= Duration::from_secs(2), "{:?}", before.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_is_away_is_asked_six_times_in_the_first_minute_at_most_and_then_once_a_minute() {
    let clock = TestClock::new();
    let keyring = Keyring::with([Ok("s3cret")]);
    let mut rig = Rig::with(account(json!({ "mode": "unreachable" })), keyring, clock);
    rig.patience = Duration::from_secs(180);
    let (first, _) = rig.event().await.unwrap();
    let mut attempts = vec![Duration::ZERO];
    while attempts.last().unwrap() < &Duration::from_secs(600) {
        if let Some((_, Event::Connection(connection))) = rig.event().await
            && connection.state == CONNECTING
        {
            attempts.push(connection.since.since(first));
        }
    }
    let within = |most: u64| attempts.iter().filter(|at| **at < Duration::from_secs(most)).count();
    assert!((3..=6).contains(&within(60)), "{attempts:?}");
    assert_eq!(within(600) - within(60), 9, "{attempts:?}");
}
