use model::Time;
use protocols::stringee::End;

use super::*;
use crate::stringee::people::Phone;

fn at(seconds: u64) -> Instant {
    Instant::at(Duration::from_secs(1_000 + seconds))
}

fn calls() -> Calls {
    Calls::new("me".to_owned())
}

fn end(number: &str, internal: bool) -> End {
    End { number: Some(number.into()), alias: None, internal: Some(internal) }
}

fn invite(id: &str) -> Invite {
    Invite { call: id.into(), from: end("4511223344", false), to: end("me", true) }
}

fn told(state: CallState, people: &[&str]) -> relay::Call {
    relay::Call {
        id: "c".to_owned(),
        state,
        way: Way::In,
        from: end("4511223344", false),
        to: End::default(),
        line: None,
        people: people.iter().map(|&id| id.to_owned()).collect(),
        started_at: None,
        answered_at: None,
        ended_at: None,
        code: None,
    }
}

fn outcome(fact: Option<CallFact>) -> Option<Outcome> {
    let fact = fact.unwrap();
    assert_eq!(fact.state, Some(CallState::Ended));
    fact.outcome
}

#[test]
fn a_ringing_call_whose_end_never_comes_is_lost_after_ninety_seconds() {
    let mut calls = calls();
    calls.invited(at(0), &invite("c"));
    assert_eq!(calls.next_at(), Some(at(90)));
    assert!(calls.turned(at(60), "c", (Turn::Proceeds, Place::Call), Watch::Silent).is_none());
    assert!(calls.due(at(149)).is_empty());
    assert_eq!(outcome(calls.due(at(150)).pop()), Some(Outcome::Lost));
    assert!(calls.invited(at(151), &invite("c")).is_none(), "what has ended does not ring again");
    assert_eq!(calls.next_at(), None);
}

#[test]
fn how_it_ends_is_told_from_its_last_turn() {
    for (turn, place, expected) in [
        (Turn::Over, Place::Call, Outcome::Missed),
        (Turn::Over, Place::OtherDevice, Outcome::Declined),
        (Turn::Declined, Place::OtherDevice, Outcome::Declined),
        (Turn::Failed(487), Place::Call, Outcome::Missed),
        (Turn::Failed(500), Place::Call, Outcome::Failed),
    ] {
        let mut calls = calls();
        calls.invited(at(0), &invite("c"));
        assert_eq!(
            outcome(calls.turned(at(1), "c", (turn, place), Watch::Silent)),
            Some(expected),
            "{turn:?} {place:?}"
        );
        let mut calls = self::calls();
        calls.invited(at(0), &invite("c"));
        calls.turned(at(1), "c", (Turn::Answered, Place::OtherDevice), Watch::Silent).unwrap();
        assert_eq!(outcome(calls.turned(at(2), "c", (turn, place), Watch::Silent)), Some(Outcome::Answered));
    }
    assert_eq!(calls().turned(at(0), "unheard of", (Turn::Over, Place::Call), Watch::Silent), None);
}

#[test]
fn a_colleague_who_takes_the_call_answers_elsewhere() {
    let mut calls = calls();
    calls.told(at(0), &told(CallState::Ringing, &["me", "a"])).unwrap();
    let fact = calls.told(at(1), &told(CallState::Answered, &["a"])).unwrap();
    assert_eq!((fact.state, fact.mine), (Some(CallState::Answered), Some(false)));
    let ended = calls.told(at(2), &told(CallState::Ended, &["a"]));
    assert_eq!(outcome(ended), Some(Outcome::AnsweredElsewhere));
}

#[test]
fn the_relay_says_who_took_a_call_that_stopped_ringing_here() {
    let stop = |calls: &mut Calls| {
        calls.invited(at(0), &invite("c"));
        calls.turned(at(1), "c", (Turn::Over, Place::Call), Watch::Tells).unwrap()
    };
    let mut calls = calls();
    let fact = stop(&mut calls);
    assert!(fact.passed_on && fact.state.is_none());
    let fact = calls.told(at(2), &told(CallState::Answered, &["a"])).unwrap();
    assert_eq!((fact.state, fact.mine), (Some(CallState::Answered), Some(false)));
    let ended = calls.told(at(9), &told(CallState::Ended, &["a"]));
    assert_eq!(outcome(ended), Some(Outcome::AnsweredElsewhere));

    let mut calls = self::calls();
    stop(&mut calls);
    let fact = calls.told(at(2), &told(CallState::Ended, &[])).unwrap();
    assert_eq!((fact.outcome, fact.mine), (Some(Outcome::Missed), Some(true)));

    let mut calls = self::calls();
    stop(&mut calls);
    let late = calls.told(at(2), &told(CallState::Ringing, &["me"])).unwrap();
    assert_eq!(late.mine, None, "it does not ring here again");
    let fact = calls.due(at(4)).pop().unwrap();
    assert_eq!((fact.outcome, fact.mine), (Some(Outcome::Missed), Some(true)));
}

#[test]
fn what_the_relay_told_first_is_not_overwritten_by_the_socket() {
    let mut calls = calls();
    calls.told(at(0), &told(CallState::Ringing, &["me", "a"])).unwrap();
    let fact = calls.invited(at(0), &invite("c")).unwrap();
    assert_eq!((fact.mine, fact.people.len(), fact.line), (Some(true), 0, None));
}

#[test]
fn a_call_that_rings_on_without_me_is_passed_on_unless_the_socket_says_otherwise() {
    let mut calls = calls();
    calls.told(at(0), &told(CallState::Ringing, &["me"])).unwrap();
    let fact = calls.told(at(1), &told(CallState::Ringing, &["a"])).unwrap();
    assert!(fact.passed_on && fact.mine.is_none());
    let mut calls = self::calls();
    calls.invited(at(0), &invite("c"));
    let fact = calls.told(at(1), &told(CallState::Ringing, &[])).unwrap();
    assert!(!fact.passed_on && fact.mine == Some(true));
}

#[test]
fn what_was_answered_does_not_ring_again_by_a_late_word() {
    let mut calls = calls();
    calls.told(at(0), &told(CallState::Answered, &["other"])).unwrap();
    assert_eq!(calls.told(at(1), &told(CallState::Ringing, &["me"])), None);
    let at_once = relay::Call {
        id: "d".to_owned(),
        answered_at: Some(Time::from_millis(0)),
        ..told(CallState::Ringing, &["me"])
    };
    assert_eq!(calls.told(at(1), &at_once).unwrap().state, Some(CallState::Answered));
}

#[test]
fn whose_a_call_is_stays_open_if_nobody_is_named() {
    let mut calls = calls();
    assert_eq!(calls.told(at(0), &told(CallState::Ringing, &[])).unwrap().mine, None);
    assert_eq!(calls.told(at(0), &told(CallState::Ringing, &["a"])).unwrap().mine, Some(false));
}

#[test]
fn a_nameless_call_gets_its_name_and_stays_one_call() {
    let mut calls = calls();
    let nameless = calls.phone(at(0), Phone::Ringing).unwrap();
    assert_eq!((nameless.mine, nameless.state), (Some(true), Some(CallState::Ringing)));
    assert!(calls.phone(at(0), Phone::Ringing).is_none());
    let named = calls.told(at(1), &told(CallState::Ringing, &["me"])).unwrap();
    assert_eq!((&named.id, named.key.as_deref()), (&nameless.id, Some("stringee:c")));
    assert!(calls.phone(at(2), Phone::Ringing).is_none(), "it is the one that is known");
    let ended = calls.told(at(3), &told(CallState::Ended, &["me"])).unwrap();
    assert_eq!((ended.id, ended.outcome), (nameless.id, Some(Outcome::Missed)));
}

#[test]
fn a_nameless_call_ends_with_the_phones_being_busy() {
    let mut calls = calls();
    calls.phone(at(0), Phone::Ringing).unwrap();
    assert_eq!(calls.phone(at(1), Phone::Busy).unwrap().state, Some(CallState::Answered));
    assert_eq!(outcome(calls.phone(at(2), Phone::Idle)), Some(Outcome::Answered));
    assert!(calls.phone(at(3), Phone::Busy).is_none(), "a call of mine that never rang here is not shown");
    assert!(calls.phone(at(4), Phone::Idle).is_none());
}

#[test]
fn there_is_an_end_to_open_calls() {
    let mut calls = calls();
    for number in 0..OPEN as u64 + 5 {
        calls.invited(at(number / 100), &invite(&number.to_string()));
    }
    assert_eq!(calls.due(at(20)).len(), 5);
    assert_eq!(calls.open.len(), OPEN);
}

#[test]
fn a_call_that_rings_a_whole_company_rings_me_too() {
    let everybody: Vec<String> =
        (0..200).map(|number| format!("agent_{number}")).chain(["me".into()]).collect();
    let call =
        serde_json::json!({"id": "c", "state": "ringing", "direction": "incoming", "people": everybody});
    let events = relay::events(&serde_json::json!({"n": 1, "events": [{"call": call}]})).unwrap().events;
    let Some(relay::Happening::Call(call)) = events.first() else { panic!() };
    let fact = calls().told(at(0), call).unwrap();
    assert_eq!((fact.mine, fact.people.len()), (Some(true), PEOPLE));
    assert!(fact.people.contains(&"me".to_owned()));
}

#[test]
fn of_too_many_calls_those_of_others_are_given_up_first() {
    let mut calls = calls();
    calls.invited(at(0), &invite("mine"));
    for number in 0..OPEN as u64 {
        calls.told(at(1), &relay::Call { id: number.to_string(), ..told(CallState::Ringing, &[]) });
    }
    let lost = calls.due(at(2));
    assert_eq!(lost.len(), 1);
    assert_ne!(lost[0].id, "mine");
}

#[test]
fn a_caller_of_whom_a_topic_told_waits_for_a_quarter_of_an_hour() {
    let mut calls = calls();
    let status = Some("started".into());
    let call = PublishedCall { id: "c".into(), status, from: end("4511223344", false), to: End::default() };
    calls.published(at(0), &call).unwrap().unwrap();
    assert!(calls.due(at(899)).is_empty());
    assert_eq!(calls.invited(at(899), &invite("c")).unwrap().mine, Some(true));
    calls.published(at(900), &PublishedCall { id: "d".into(), ..call }).unwrap().unwrap();
    assert_eq!(calls.due(at(1_800)).len(), 2);
}

#[test]
fn a_call_of_an_earlier_session_is_kept_by_what_it_was() {
    let left = |state, mine| CallFact { state: Some(state), mine, ..CallFact::of("c") };
    for (left, minutes) in [
        (left(CallState::Answered, Some(true)), 240),
        (left(CallState::Held, Some(true)), 240),
        (left(CallState::Ringing, None), 15),
    ] {
        let mut calls = calls();
        calls.take_over(at(0), &[left]);
        assert_eq!(calls.next_at(), Some(at(minutes * 60)));
    }
    let mut calls = calls();
    calls.take_over(at(0), &[left(CallState::Ringing, Some(true))]);
    assert_eq!(calls.next_at(), Some(at(90)));
}

#[test]
fn a_call_of_an_earlier_session_is_settled_by_the_relays_list() {
    let left = [CallFact { mine: Some(true), ..CallFact::of("gone") }, CallFact::of("c")];
    let mut calls = calls();
    calls.take_over(at(0), &left);
    calls.invited(at(1), &invite("only the socket knows"));
    let lost = calls.settle(at(2), &[told(CallState::Ringing, &[])]);
    assert_eq!(lost.len(), 1);
    assert_eq!((&*lost[0].id, lost[0].outcome), ("gone", Some(Outcome::Lost)));
}
