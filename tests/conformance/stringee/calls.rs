//! Calls that ring me, and how they end.

use std::time::{Duration, Instant};

use model::{CallState, Direction};
use serde_json::json;
use simulator::stringee::{CallKind, Caller, Handle, Options, Told};

use crate::{
    Verdict, cases,
    subject::{Subject, observer, plain, services, simulate, word},
};

cases!(
    a_call_and_every_end_of_it(CallKind::Voice),
    a_call_and_every_end_of_it(CallKind::Video),
    a_call_that_goes_on_ringing(CallKind::Voice),
    a_call_that_goes_on_ringing(CallKind::Video),
    a_call_that_a_colleague_takes,
    a_call_that_is_passed_on,
    a_call_with_a_hidden_number,
    a_call_that_is_told_twice,
    a_call_that_rings_through_a_cut,
    a_colleagues_call_by_topics,
    a_call_for_an_observer,
    a_day_of_the_office,
);

fn number() -> Caller {
    Caller::Number("84901234567".to_owned())
}

/// A call that is known to ring me.
async fn rung(subject: &mut Subject, handle: &Handle, kind: CallKind) -> Result<String, String> {
    let call = handle.incoming_call(kind, &[&handle.me()], &number());
    let known = subject.call_is(&call, |call| call.mine == Some(true)).await?;
    assert_eq!((known.state, known.direction), (CallState::Ringing, Direction::Incoming));
    assert_eq!(known.peer.number.as_ref().map(ToString::to_string).as_deref(), Some("+84901234567"));
    Ok(call)
}

async fn a_call_and_every_end_of_it(kind: CallKind) -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let me = handle.me();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let mut ends = Vec::new();
    for (what, told) in [
        ("stopped", Told::Stopped),
        ("487", Told::State(487)),
        ("486", Told::State(486)),
        ("ended elsewhere", Told::EndedElsewhere),
        ("486 elsewhere", Told::Elsewhere(486)),
        ("603 elsewhere", Told::Elsewhere(603)),
    ] {
        let call = rung(&mut subject, handle, kind).await?;
        handle.end(&call, told);
        ends.push(format!("{what}: {}", subject.call_ends(&call).await?));
    }
    let call = rung(&mut subject, handle, kind).await?;
    handle.answer(&call, &me);
    let state = subject.call_is(&call, |call| call.state != CallState::Ringing).await?.state;
    handle.end(&call, Told::Stopped);
    ends.push(format!("200 elsewhere: {}, then {}", word(&state), subject.call_ends(&call).await?));
    Ok(format!("rings me with its number; {}; {}", ends.join("; "), services(handle)))
}

async fn a_call_that_goes_on_ringing(kind: CallKind) -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let call = rung(&mut subject, handle, kind).await?;
    for code in [180, 183] {
        handle.call_state(&call, code);
    }
    // What comes afterwards has been preceded by those.
    let next = rung(&mut subject, handle, kind).await?;
    let state = subject.call(&call).map(|call| call.state);
    handle.end(&next, Told::Stopped);
    handle.end(&call, Told::Stopped);
    Ok(format!("{}, then {}", word(&state), subject.call_ends(&call).await?))
}

async fn a_call_that_a_colleague_takes() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let (me, colleague) = (handle.me(), handle.users().swap_remove(1));
    let call = handle.incoming_call(CallKind::Voice, &[&me, &colleague], &number());
    subject.call_is(&call, |call| call.mine == Some(true)).await?;
    handle.answer(&call, &colleague);
    let known = subject.call_is(&call, |call| call.state != CallState::Ringing).await?;
    Ok(format!("{} ({})", word(&known.state), word(&known.outcome)))
}

async fn a_call_that_is_passed_on() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let (me, colleague) = (handle.me(), handle.users().swap_remove(1));
    let call = handle.incoming_call(CallKind::Voice, &[&colleague], &number());
    handle.answer(&call, &colleague);
    handle.transfer(&call, &me);
    subject.call_is(&call, |call| call.mine == Some(true) && call.state == CallState::Ringing).await?;
    handle.end(&call, Told::Stopped);
    Ok(format!("rings me, then {}", subject.call_ends(&call).await?))
}

async fn a_call_with_a_hidden_number() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let call = handle.incoming_call(CallKind::Voice, &[&handle.me()], &Caller::Hidden);
    let known = subject.call_is(&call, |call| call.mine == Some(true)).await?;
    Ok(format!("hidden: {}, number: {}", known.peer.hidden, word(&known.peer.number)))
}

async fn a_call_that_is_told_twice() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let call = rung(&mut subject, handle, CallKind::Voice).await?;
    handle.ring(&call, &handle.me());
    handle.end(&call, Told::Stopped);
    subject.call_ends(&call).await?;
    handle.send(30, &json!({"callId": call}));
    handle.send(30, &json!({"callId": "no-such-call"}));
    let next = rung(&mut subject, handle, CallKind::Voice).await?;
    let ghost = subject.call("no-such-call").is_some();
    handle.end(&next, Told::Stopped);
    Ok(format!(
        "ends once as {}; an end of an unknown call begins one: {ghost}",
        subject.call_ends(&next).await?
    ))
}

async fn a_call_that_rings_through_a_cut() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let call = rung(&mut subject, handle, CallKind::Voice).await?;
    handle.drop_connections();
    subject.live().await?;
    handle.end(&call, Told::Stopped);
    Ok(format!("its end is heard after the cut: {}", subject.call_ends(&call).await?))
}

async fn a_colleagues_call_by_topics() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let colleague = handle.users().swap_remove(1);
    let call = handle.outgoing_call(&colleague, "84901234567");
    let busy =
        subject.person_is(&colleague, |person| person.availability != model::Availability::Unknown).await?;
    handle.answer(&call, &colleague);
    let known = subject.call(&call).is_some();
    Ok(format!("{}; its call is known: {known}", word(&busy.availability)))
}

async fn a_call_for_an_observer() -> Verdict {
    let simulator = simulate(Options { relay: true, ..observer() }).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let call = handle.incoming_call(CallKind::Voice, &[&handle.me()], &number());
    let known = subject.call_is(&call, |call| call.mine == Some(true) && call.peer.number.is_some()).await?;
    handle.end(&call, Told::Stopped);
    Ok(format!(
        "by the relay: rings me as {}, line {}, then {}",
        word(&known.peer.number),
        word(&known.line.as_ref().and_then(|line| line.name.clone())),
        subject.call_ends(&call).await?
    ))
}

async fn a_day_of_the_office() -> Verdict {
    let options =
        simulator::Options { people: 20, rate: 5.0, vendors: &["stringee"], ..simulator::Options::default() };
    let simulator = simulator::Simulator::start(options).await.unwrap();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let began = Instant::now();
    subject.until("a call that rings me", |subject| subject.rings_me().then_some(())).await?;
    let soon = began.elapsed() < Duration::from_secs(20);
    subject.until("calls of colleagues that ended", |subject| (subject.ended() > 9).then_some(())).await?;
    Ok(format!("rings me within 20 s: {soon}; ten calls end; skipped: {}", subject.skipped().len()))
}
