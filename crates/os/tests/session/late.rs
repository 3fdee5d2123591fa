//! Notification daemons that take longer than the deadline, and what is on their screens afterwards.

use engine::{AlertKind, Face as _};

use crate::{
    bus::TestBus,
    notifications::{ALL, Daemon, Desk, alert},
    portal, soon,
};

#[tokio::test]
async fn a_ring_that_is_taken_after_the_deadline_is_taken_away_when_the_call_is_over() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 7).await;
    let mut desk = Desk::hurried(&bus);
    daemon.sleeps().await;
    desk.notifications.show(&alert("a/1", AlertKind::Incoming, "Anna"));
    daemon.notify().await;
    assert!(!desk.works().await);
    desk.notifications.withdraw(&"a/1".into());
    daemon.wakes();
    assert_eq!(daemon.close().await, 7);
    assert!(desk.works().await, "it is spoken to again");
}

#[tokio::test]
async fn a_missed_call_takes_the_place_of_a_ring_that_was_taken_after_the_deadline() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 7).await;
    let mut desk = Desk::hurried(&bus);
    daemon.answers.forget_permits(1000);
    desk.notifications.show(&alert("a/1", AlertKind::Incoming, "Anna"));
    daemon.notify().await;
    soon(daemon.asked.wait_for(|asked| *asked == 2)).await.unwrap();
    desk.notifications.show(&alert("a/1", AlertKind::Missed, "Missed"));
    daemon.answers.add_permits(1);
    let shown = daemon.notify().await;
    assert_eq!((shown.summary.as_str(), shown.replaces), ("Missed", 7));
}

#[tokio::test]
async fn a_ring_that_was_changed_in_vain_is_taken_away_when_the_program_ends() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 7).await;
    let mut desk = Desk::hurried(&bus);
    desk.notifications.show(&alert("a/1", AlertKind::Incoming, "+45"));
    daemon.notify().await;
    desk.knows(&daemon, 7).await;
    daemon.sleeps().await;
    desk.notifications.show(&alert("a/1", AlertKind::Incoming, "Anna"));
    daemon.notify().await;
    assert!(!desk.works().await);
    drop(desk);
    daemon.wakes();
    assert_eq!(daemon.close().await, 7);
}

#[tokio::test]
async fn what_a_daemon_shows_after_the_portal_took_its_place_is_taken_away() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 7).await;
    let mut desk = Desk::hurried(&bus);
    desk.notifications.show(&alert("a/1", AlertKind::Incoming, "Anna"));
    daemon.notify().await;
    desk.knows(&daemon, 7).await;
    let mut portal = portal::Service::start(&bus, 2).await;
    daemon.sleeps().await;
    desk.notifications.show(&alert("a/2", AlertKind::Incoming, "Bo"));
    assert_eq!(daemon.notify().await.id, 8);
    assert_eq!(daemon.close().await, 7, "it does not ring on a screen that nobody minds");
    portal.added().await;
    portal.added().await;
    daemon.wakes();
    assert_eq!(daemon.close().await, 8);
}
