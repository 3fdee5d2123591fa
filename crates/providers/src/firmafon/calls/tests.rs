use std::time::Duration;

use model::{CallFact, CallState};
use protocols::Instant;

use super::{Ask, Calls};

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
