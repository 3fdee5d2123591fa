use model::{Peer, Time};

use super::*;

fn call(id: &str, number: &str) -> Call {
    let id = CallId::from(id);
    Call {
        account: id.as_str().split_once('/').map(|(account, _)| account).unwrap().into(),
        id,
        direction: Direction::Incoming,
        state: CallState::Ringing,
        mine: Some(true),
        peer: Peer { number: PhoneNumber::international(number), ..Peer::default() },
        line: None,
        people: Vec::new(),
        started_at: Some(Time::from_millis(0)),
        answered_at: None,
        ended_at: None,
        outcome: None,
    }
}

fn at(millis: u64) -> Instant {
    Instant::at(Duration::from_millis(1_000_000 + millis))
}

fn links(same: &SameCalls, call: &str) -> Option<String> {
    same.link(&call.into()).map(ToString::to_string)
}

#[test]
fn one_caller_who_rings_two_accounts_within_seconds_is_one_call() {
    let mut same = SameCalls::default();
    same.heard(at(0), &call("work/1", "+4511223344"));
    same.heard(at(4_900), &call("home/9", "+4511223344"));
    assert_eq!(links(&same, "home/9").as_deref(), Some("work/1"));
    same.heard(at(5_000), &call("third/2", "+4511223344"));
    assert_eq!(links(&same, "third/2").as_deref(), Some("work/1"));
    assert_eq!(same.group(&"third/2".into()).unwrap().members.len(), 3);
}

#[test]
fn what_differs_in_number_time_owner_or_direction_is_another_call() {
    type Other = (u64, fn(&mut Call));
    let others: [Other; 5] = [
        (100, |call| call.peer.number = PhoneNumber::international("+4511223345")),
        (5_100, |_| {}),
        (100, |call| call.mine = None),
        (100, |call| call.direction = Direction::Outgoing),
        (100, |call| call.peer.hidden = true),
    ];
    for (later, change) in others {
        let mut same = SameCalls::default();
        same.heard(at(0), &call("work/1", "+4511223344"));
        let mut other = call("home/9", "+4511223344");
        change(&mut other);
        same.heard(at(later), &other);
        assert_eq!(links(&same, "home/9"), None, "{other:?}");
    }
}

#[test]
fn a_call_that_has_ended_is_not_the_one_that_begins() {
    let mut same = SameCalls::default();
    let mut first = call("work/1", "+4511223344");
    same.heard(at(0), &first);
    first.state = CallState::Ended;
    first.outcome = Some(Outcome::Missed);
    same.heard(at(1_000), &first);
    same.heard(at(2_000), &call("home/9", "+4511223344"));
    assert_eq!(links(&same, "home/9"), None);
}

#[test]
fn two_real_calls_from_one_number_at_one_account_are_never_merged() {
    let mut same = SameCalls::default();
    for (later, id) in [(0, "work/1"), (100, "work/2"), (200, "home/8"), (300, "home/9")] {
        same.heard(at(later), &call(id, "+4511223344"));
    }
    assert!(["work/1", "work/2", "home/8", "home/9"].iter().all(|id| links(&same, id).is_none()));

    let mut same = SameCalls::default();
    for (later, id) in [(0, "work/1"), (100, "home/8"), (200, "work/2"), (300, "home/9")] {
        same.heard(at(later), &call(id, "+4511223344"));
    }
    assert_eq!(links(&same, "home/8").as_deref(), Some("work/1"));
    assert_eq!(links(&same, "home/9").as_deref(), Some("work/2"));
}

#[test]
fn what_becomes_of_it_is_gathered_from_all_who_report_it() {
    let mut same = SameCalls::default();
    let (mut one, mut other) = (call("work/1", "+4511223344"), call("home/9", "+4511223344"));
    same.heard(at(0), &one);
    same.heard(at(1), &other);
    other.state = CallState::Ended;
    other.outcome = Some(Outcome::Missed);
    same.heard(at(2), &other);
    let group = same.group(&"work/1".into()).unwrap();
    assert!(!group.is_answered && group.unanswered == ["home/9".into()]);
    one.state = CallState::Answered;
    same.heard(at(3), &one);
    assert!(same.group(&"work/1".into()).unwrap().is_answered);
    same.over(&"work/1".into());
    assert!(same.group(&"home/9".into()).is_none());
    assert_eq!(links(&same, "home/9").as_deref(), Some("work/1"), "the link outlasts the call");
}

#[test]
fn memory_is_bounded() {
    let mut same = SameCalls::default();
    for n in 0..3_000 {
        let number = format!("+45{:08}", 10_000_000 + n);
        for account in ["work", "home"] {
            let mut call = call(&format!("{account}/{n}"), &number);
            same.heard(at(0), &call);
            call.state = CallState::Ended;
            same.heard(at(0), &call);
        }
    }
    assert!(same.ringing.is_empty() && same.links.len() <= LINKS && same.linked.len() <= LINKS);
}
