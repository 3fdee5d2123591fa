//! What an organisation's relay adds, and what its failures cost.

use std::time::Duration;

use model::CallState;
use providers::{Action, DndChange};
use simulator::stringee::{
    AttributeChange, CallKind, Caller, Handle, HttpAnswer, Identity, Options, Surface, Told,
};

use crate::{
    Verdict, cases,
    subject::{Subject, services, simulate, word},
};

cases!(
    people_by_the_relay,
    calls_that_go_on_by_the_relay,
    a_colleagues_call_by_the_relay,
    a_call_on_socket_and_relay_is_one,
    a_call_that_a_colleague_takes_as_the_relay_tells,
    a_call_that_ended_during_a_cut,
    do_not_disturb_over_the_relay,
    do_not_disturb_that_the_relay_cannot_set,
    a_relay_with_tokens_of_its_own,
    a_relay_that_is_down,
    a_relay_that_is_restarted,
    a_relay_that_refuses_the_token,
);

fn with_relay() -> Options {
    Options { identity: Identity::Observer, ..Options::default() }
}

/// Live, and past the relay's snapshot, which what is told meanwhile is not overwritten by.
async fn settled(subject: &mut Subject, handle: &Handle) -> Result<(), String> {
    subject.live().await?;
    handle.until(|asked| asked.relay.contains_key("GET /v1/events")).await;
    Ok(())
}

fn number() -> Caller {
    Caller::Number("84901234567".to_owned())
}

async fn people_by_the_relay() -> Verdict {
    let simulator = simulate(with_relay()).await;
    let handle = simulator.stringee();
    let users = handle.users();
    let (me, away) = (users.first().unwrap(), users.get(1).unwrap());
    handle.set_softphone(away, false);
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let mine = subject.person_is(me, |person| person.me && person.name.is_some()).await?;
    let gone = subject.person_is(away, |person| person.name.is_some()).await?.availability;
    handle.set_softphone(away, true);
    let back = subject.person_is(away, |person| person.availability != gone).await?.availability;
    Ok(format!(
        "me is {}, {}; a colleague {} and then {}",
        mine.name.as_deref().unwrap_or_default(),
        word(&mine.availability),
        word(&gone),
        word(&back)
    ))
}

async fn calls_that_go_on_by_the_relay() -> Verdict {
    let simulator = simulate(with_relay()).await;
    let handle = simulator.stringee();
    let call = handle.incoming_call(CallKind::Voice, &[&handle.me()], &number());
    let mut subject = Subject::start(&simulator);
    let known = subject.call_is(&call, |call| call.mine == Some(true)).await?;
    handle.end(&call, Told::Stopped);
    Ok(format!("rings me as {}, then {}", word(&known.peer.number), subject.call_ends(&call).await?))
}

async fn a_colleagues_call_by_the_relay() -> Verdict {
    let simulator = simulate(with_relay()).await;
    let handle = simulator.stringee();
    let colleague = handle.users().swap_remove(1);
    let mut subject = Subject::start(&simulator);
    settled(&mut subject, handle).await?;
    let call = handle.incoming_call(CallKind::Voice, &[&colleague], &number());
    let known = subject.call_is(&call, |call| call.mine.is_some()).await?;
    handle.answer(&call, &colleague);
    handle.end(&call, Told::Stopped);
    Ok(format!("mine: {}; {}", word(&known.mine), subject.call_ends(&call).await?))
}

async fn a_call_on_socket_and_relay_is_one() -> Verdict {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    settled(&mut subject, handle).await?;
    let call = handle.incoming_call(CallKind::Voice, &[&handle.me()], &number());
    subject.call_is(&call, |call| call.mine == Some(true)).await?;
    handle.answer(&call, &handle.me());
    subject.call_is(&call, |call| call.state == CallState::Answered).await?;
    handle.end(&call, Told::Stopped);
    Ok(format!(
        "rings me, then {}; {} call in all; {}",
        subject.call_ends(&call).await?,
        subject.calls(),
        services(handle)
    ))
}

async fn a_call_that_a_colleague_takes_as_the_relay_tells() -> Verdict {
    let simulator = simulate(with_relay()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    settled(&mut subject, handle).await?;
    let (me, colleague) = (handle.me(), handle.users().swap_remove(1));
    let call = handle.incoming_call(CallKind::Voice, &[&me, &colleague], &number());
    subject.call_is(&call, |call| call.mine == Some(true) && call.people.len() == 2).await?;
    handle.answer(&call, &colleague);
    let known = subject.call_is(&call, |call| call.state != CallState::Ringing).await?;
    let seen = format!("{}, mine: {}", word(&known.state), word(&known.mine));
    handle.end(&call, Told::Stopped);
    Ok(format!("{seen}, then {}", subject.call_ends(&call).await?))
}

async fn a_call_that_ended_during_a_cut() -> Verdict {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    settled(&mut subject, handle).await?;
    let call = handle.incoming_call(CallKind::Voice, &[&handle.me()], &number());
    subject.call_is(&call, |call| call.mine == Some(true)).await?;
    handle.answer_http(
        Surface::Socket,
        HttpAnswer { status: 502, body: "<html>".to_owned(), retry_after: None },
    );
    handle.drop_connections();
    subject.waiting().await?;
    handle.end(&call, Told::Stopped);
    handle.answer_truly(Surface::Socket);
    subject.call_ends(&call).await
}

async fn do_not_disturb_over_the_relay() -> Verdict {
    let simulator = simulate(with_relay()).await;
    let handle = simulator.stringee();
    let me = handle.me();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let on = subject.act(Action::SetDnd(DndChange::On { until: None })).await?;
    let stored = handle.attribute(&me, "manual_status").unwrap_or_default();
    subject.person_is(&me, |person| person.dnd).await?;
    let off = subject.act(Action::SetDnd(DndChange::Off)).await?;
    subject.person_is(&me, |person| !person.dnd).await?;
    Ok(format!("{on}, stored as {stored}, seen; {off}, seen; {}", services(handle)))
}

async fn do_not_disturb_that_the_relay_cannot_set() -> Verdict {
    let simulator = simulate(Options { relay_token: true, ..with_relay() }).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let on = Action::SetDnd(DndChange::On { until: None });
    handle.set_attribute_change(AttributeChange::Forgotten);
    let forgotten = subject.act(on.clone()).await?;
    handle.set_attribute_change(AttributeChange::Refused(3));
    Ok(format!("forgotten: {forgotten}; refused: {}", subject.act(on).await?))
}

async fn a_relay_with_tokens_of_its_own() -> Verdict {
    let simulator = simulate(Options { relay_token: true, ..with_relay() }).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let me = subject.person_is(&handle.me(), |person| person.name.is_some()).await?;
    Ok(format!("me: {}", me.me))
}

async fn a_relay_that_is_down() -> Verdict {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let down =
        HttpAnswer { status: 503, body: "<html>".to_owned(), retry_after: Some(Duration::from_secs(1)) };
    handle.answer_http(Surface::Relay, down);
    let mut subject = Subject::start(&simulator);
    let over = subject.live().await?;
    let call = handle.incoming_call(CallKind::Voice, &[&handle.me()], &number());
    subject.call_is(&call, |call| call.mine == Some(true)).await?;
    handle.answer_truly(Surface::Relay);
    let me = handle.me();
    subject.person_is(&me, |person| person.name.as_deref() == Some("Åse Ærø")).await?;
    Ok(format!("live over {over}, rings me; once it is back, it tells my name"))
}

async fn a_relay_that_is_restarted() -> Verdict {
    let simulator = simulate(with_relay()).await;
    let handle = simulator.stringee();
    let colleague = handle.users().swap_remove(1);
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    subject.person_is(&colleague, |person| person.name.is_some()).await?;
    handle.restart_relay();
    subject.live().await?;
    let call = handle.incoming_call(CallKind::Voice, &[&colleague], &number());
    subject.call_is(&call, |_| true).await?;
    Ok("goes on with a new snapshot".to_owned())
}

async fn a_relay_that_refuses_the_token() -> Verdict {
    let simulator = simulate(Options::default()).await;
    let handle = simulator.stringee();
    let no = HttpAnswer { status: 401, body: r#"{"error":"unauthorized"}"#.to_owned(), retry_after: None };
    handle.answer_http(Surface::Relay, no);
    let mut subject = Subject::start(&simulator);
    let over = subject.live().await?;
    let call = handle.incoming_call(CallKind::Voice, &[&handle.me()], &number());
    subject.call_is(&call, |call| call.mine == Some(true)).await?;
    Ok(format!("live over {over}, rings me"))
}
