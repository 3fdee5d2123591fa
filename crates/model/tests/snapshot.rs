//! What the reducer promises, whatever comes in whatever order.

use model::{
    AccountId, Availability, CallFact, CallState, Change, Connection, ConnectionState, Direction, Event, Gap,
    Outcome, Peer, PersonFact, PhoneNumber, Problem, ProblemCode, Snapshot, Time, View,
};
use proptest::prelude::*;

const AT: Time = Time::from_millis(1_000);

fn work() -> AccountId {
    AccountId::from("work")
}

fn call(state: CallState) -> CallFact {
    CallFact { state: Some(state), ..CallFact::of("u1") }
}

fn person(availability: Availability) -> PersonFact {
    PersonFact { availability: Some(availability), ..PersonFact::of("Employee#77") }
}

#[test]
fn what_is_known_is_no_change() {
    let mut snapshot = Snapshot::default();
    assert_eq!(snapshot.apply(&work(), AT, Event::from(call(CallState::Ringing))).len(), 1);
    assert_eq!(snapshot.apply(&work(), AT, Event::from(call(CallState::Ringing))), []);
    assert_eq!(snapshot.apply(&work(), AT, Event::Person(person(Availability::Busy))).len(), 1);
    assert_eq!(snapshot.apply(&work(), AT, Event::Person(person(Availability::Busy))), []);
}

#[test]
fn ended_is_final_and_comes_once() {
    let mut snapshot = Snapshot::default();
    snapshot.apply(&work(), AT, Event::from(call(CallState::Ringing)));
    let ended = CallFact { outcome: Some(Outcome::Missed), ..call(CallState::Ended) };
    assert_eq!(snapshot.apply(&work(), AT, Event::from(ended.clone())).len(), 1);
    for late in [ended, call(CallState::Ringing), call(CallState::Answered)] {
        assert_eq!(snapshot.apply(&work(), AT, Event::from(late)), []);
    }
    assert_eq!(snapshot.open_calls().count(), 0);
}

#[test]
fn a_late_ringing_does_not_undo_an_answer() {
    let mut snapshot = Snapshot::default();
    snapshot.apply(&work(), AT, Event::from(call(CallState::Answered)));
    let named = CallFact {
        peer: Some(Peer { name: Some("Kim".into()), ..Peer::default() }),
        direction: Some(Direction::Incoming),
        ..call(CallState::Ringing)
    };
    snapshot.apply(&work(), AT, Event::from(named));
    let call = snapshot.open_calls().next().unwrap();
    assert_eq!((call.state, call.peer.name.as_deref()), (CallState::Answered, Some("Kim")));
}

#[test]
fn one_call_seen_by_two_accounts_is_one_call() {
    let mut snapshot = Snapshot::default();
    let seen = |mine| CallFact { key: Some("vendor:u1".into()), mine, ..call(CallState::Ringing) };
    snapshot.apply(&work(), AT, Event::from(seen(None)));
    snapshot.apply(&AccountId::from("home"), AT, Event::from(seen(Some(true))));
    let calls: Vec<_> = snapshot.open_calls().collect();
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].id.as_str(), calls[0].mine), ("work/u1", Some(true)));
    let ended = CallFact { key: Some("vendor:u1".into()), ..call(CallState::Ended) };
    snapshot.apply(&AccountId::from("home"), AT, Event::from(ended.clone()));
    assert_eq!(snapshot.apply(&work(), AT, Event::from(ended)), []);
}

#[test]
fn a_call_that_is_transferred_loses_the_name_of_who_it_was_with() {
    let mut snapshot = Snapshot::default();
    let mut told = |number: &str, name: Option<&str>| {
        let (raw, name) = (Some(number.to_owned()), name.map(str::to_owned));
        let number = PhoneNumber::international(number);
        let peer = Some(Peer { number, raw, name, ..Peer::default() });
        snapshot.apply(&work(), AT, Event::from(CallFact { peer, ..call(CallState::Answered) }));
        let peer = &snapshot.open_calls().next().unwrap().peer;
        (peer.number.as_ref().map(ToString::to_string), peer.name.clone())
    };
    let bengt = Some("Bengt".to_owned());
    assert_eq!(told("1002", Some("Bengt")), (None, bengt.clone()));
    assert_eq!(told("1002", None), (None, bengt));
    assert_eq!(told("+46701234567", None), (Some("+46701234567".to_owned()), None));
    assert_eq!(told("0701234567", Some("Stina")).1.as_deref(), Some("Stina"));
    assert_eq!(told("+46701234567", None).1.as_deref(), Some("Stina"), "the same number, written otherwise");
    assert_eq!(told("+4511223344", None), (Some("+4511223344".to_owned()), None));
}

#[test]
fn who_is_not_listed_has_left() {
    let mut snapshot = Snapshot::default();
    snapshot.apply(&work(), AT, Event::People(vec![PersonFact::of("a"), PersonFact::of("b")]));
    let changes = snapshot.apply(&work(), AT, Event::People(vec![PersonFact::of("b")]));
    assert!(matches!(&changes[..], [Change::PersonLeft { person, .. }] if person.id.as_str() == "work/a"));
}

#[test]
fn people_of_a_lost_connection_are_stale_until_they_are_told_of_again() {
    let mut snapshot = Snapshot::default();
    let turned = |state, problem| {
        let (since, retry_at, last_heard_at, transport) = (AT, None, None, None);
        Event::Connection(Connection { state, since, retry_at, problem, last_heard_at, transport })
    };
    let is_stale = |snapshot: &Snapshot| View::of(snapshot).people[0].stale;
    let told = || Event::Person(person(Availability::Available));
    let gap = || Event::Gap(Gap { from: AT, to: AT, filled: false, note: None, fetched: None });
    let lacking = Problem::new(ProblemCode::Unreachable, "The people cannot be had.");
    snapshot.apply(&work(), AT, turned(ConnectionState::Live, None));
    snapshot.apply(&work(), AT, told());
    assert!(!is_stale(&snapshot));
    snapshot.apply(&work(), AT, turned(ConnectionState::Waiting, None));
    assert!(is_stale(&snapshot));
    snapshot.apply(&work(), AT, turned(ConnectionState::Live, None));
    assert!(is_stale(&snapshot), "nothing was told since");
    assert_eq!(snapshot.apply(&work(), AT, told()).len(), 1);
    assert!(!is_stale(&snapshot));

    // Who is told of before the connection is live need not be told of again.
    snapshot.apply(&work(), AT, turned(ConnectionState::Connecting, None));
    snapshot.apply(&work(), AT, told());
    assert!(is_stale(&snapshot));
    snapshot.apply(&work(), AT, turned(ConnectionState::Live, None));
    assert!(!is_stale(&snapshot));

    // What was missed has been asked for, and there was nothing.
    snapshot.apply(&work(), AT, turned(ConnectionState::Waiting, None));
    snapshot.apply(&work(), AT, turned(ConnectionState::Live, Some(lacking)));
    snapshot.apply(&work(), AT, gap());
    assert!(is_stale(&snapshot), "it could not be had");
    snapshot.apply(&work(), AT, turned(ConnectionState::Live, None));
    snapshot.apply(&work(), AT, gap());
    assert!(!is_stale(&snapshot));
}

#[test]
fn a_million_calls_leave_no_more_behind_than_a_thousand() {
    let mut snapshot = Snapshot::default();
    for n in 0..5_000 {
        let ring = CallFact {
            key: Some(format!("k{n}")),
            state: Some(CallState::Ringing),
            ..CallFact::of(n.to_string())
        };
        snapshot.apply(&work(), AT, Event::from(ring.clone()));
        snapshot.apply(&work(), AT, Event::from(CallFact { state: Some(CallState::Ended), ..ring }));
    }
    assert_eq!((snapshot.open_calls().count(), snapshot.ended_calls().count()), (0, 1_000));
}

#[test]
fn a_call_that_rings_on_without_me_is_not_mine_until_it_is_again() {
    let mut snapshot = Snapshot::default();
    snapshot.apply(&work(), AT, Event::from(CallFact { mine: Some(true), ..call(CallState::Ringing) }));
    let passed_on = CallFact { passed_on: true, ..call(CallState::Ringing) };
    snapshot.apply(&work(), AT, Event::from(passed_on.clone()));
    assert_eq!(snapshot.open_calls().next().unwrap().mine, None);
    snapshot.apply(&work(), AT, Event::from(CallFact { mine: Some(true), ..call(CallState::Answered) }));
    assert_eq!(snapshot.apply(&work(), AT, Event::from(passed_on)), []);
}

#[test]
fn a_call_transferred_to_me_rings_again() {
    let mut snapshot = Snapshot::default();
    snapshot.apply(&work(), AT, Event::from(CallFact { mine: Some(false), ..call(CallState::Answered) }));
    let rings_me = CallFact { mine: Some(true), ..call(CallState::Ringing) };
    snapshot.apply(&work(), AT, Event::from(rings_me.clone()));
    assert_eq!(snapshot.open_calls().next().unwrap().state, CallState::Ringing);
    snapshot.apply(&work(), AT, Event::from(call(CallState::Answered)));
    assert_eq!(snapshot.apply(&work(), AT, Event::from(rings_me)), [], "a late ringing of what I answered");
}

#[test]
fn a_provider_that_never_ends_a_call_fills_no_memory() {
    let mut snapshot = Snapshot::default();
    for n in 0..6_000 {
        let started_at = Some(Time::from_millis(n));
        let ring = CallFact { state: Some(CallState::Ringing), started_at, ..CallFact::of(n.to_string()) };
        snapshot.apply(&work(), AT, Event::from(ring));
    }
    assert_eq!(snapshot.open_calls().count(), 5_000);
    assert!(snapshot.ended_calls().all(|call| call.outcome == Some(Outcome::Lost)));
}

fn any_call() -> impl Strategy<Value = Event> {
    const STATES: &[CallState] =
        &[CallState::Ringing, CallState::Answered, CallState::Held, CallState::Ended];
    (0..4_u8, prop::sample::select(STATES), any::<Option<bool>>(), any::<bool>()).prop_map(
        |(id, state, mine, keyed)| {
            Event::from(CallFact {
                state: Some(state),
                mine,
                key: keyed.then(|| format!("key{id}")),
                ..CallFact::of(id.to_string())
            })
        },
    )
}

proptest! {
    #[test]
    fn every_call_ends_once_and_has_an_outcome_exactly_then(
        events in prop::collection::vec((any_call(), any::<bool>()), 1..80)
    ) {
        let mut snapshot = Snapshot::default();
        let mut ended = std::collections::BTreeSet::new();
        for (event, home) in events {
            let account = AccountId::from(if home { "home" } else { "work" });
            for change in snapshot.apply(&account, AT, event) {
                if let Change::Call { before, was_mine, call, .. } = change {
                    prop_assert!(!ended.contains(&call.id), "{} spoke after its end", call.id);
                    prop_assert_eq!(call.outcome.is_some(), call.state == CallState::Ended);
                    let rings_again = before >= Some(CallState::Answered) && call.state == CallState::Ringing;
                    prop_assert!(!rings_again || (was_mine != Some(true) && call.mine == Some(true)));
                    if call.state == CallState::Ended {
                        ended.insert(call.id.clone());
                    }
                }
            }
        }
        prop_assert!(snapshot.open_calls().all(|call| !ended.contains(&call.id)));
    }
}
