use std::time::Duration;

use model::{CallFact, CallState};
use protocols::Instant;

use super::{Ask, Calls, Channel};
use crate::firmafon::events::{self, Heard};

fn at(seconds: u64) -> Instant {
    Instant::at(Duration::from_secs(seconds))
}

#[test]
fn a_call_left_open_by_an_earlier_session_is_asked_about() {
    let mut calls = Calls::new(at(100), "Employee#77".into());
    let left = CallFact { state: Some(CallState::Answered), mine: Some(true), ..CallFact::of("u1") };
    calls.take_over(at(100), &[left]);
    assert_eq!(calls.ask(at(101)), None);
    calls.rows(at(102), at(101), &[]);
    assert_eq!(calls.ask(at(102)), Some(Ask::Call("u1".into())));
}

#[test]
fn an_answer_told_twice_was_given_once() {
    let mut calls = Calls::new(at(100), "Employee#77".into());
    let mut answer = |second: u8| {
        let json = format!(
            r#"{{"name":"call.answer","data":{{"call_uuid":"u1","endpoint":"Employee#77","answered_at":"2026-11-21T09:00:{second}Z"}}}}"#
        );
        let Heard::Call(event) = events::parse("/call2/employee/77", &json) else { panic!("{json}") };
        calls.heard(at(101), &event, Channel::Mine).remove(0).answered_at
    };
    assert!(answer(10).is_some());
    assert_eq!(answer(20), None);
}
