//! People's states and do-not-disturb.

use providers::{Action, DndChange};
use serde_json::json;
use simulator::stringee::{AttributeChange, CallKind, Caller, Options, Told};

use crate::{
    Verdict, cases,
    subject::{Subject, observer, plain, services, simulate, word},
};

cases!(
    a_colleague_by_topics,
    a_colleague_in_words_of_their_own,
    odd_messages_of_topics,
    do_not_disturb_over_the_socket,
    do_not_disturb_over_the_socket_that_is_refused,
    do_not_disturb_over_rest,
    do_not_disturb_over_rest_that_is_forgotten,
    do_not_disturb_of_an_observer_without_any_way,
);

const ON: Action = Action::SetDnd(DndChange::On { until: None });
const OFF: Action = Action::SetDnd(DndChange::Off);

async fn a_colleague_by_topics() -> Verdict {
    let simulator = simulate(observer()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let colleague = handle.users().swap_remove(1);
    let mut states = Vec::new();
    handle.set_attribute(&colleague, "onlineStatus", Some("online".into()));
    states.push(subject.person_is(&colleague, |_| true).await?.availability);
    let call = handle.incoming_call(CallKind::Voice, &[&colleague], &Caller::Hidden);
    let mut last = states.last().copied();
    for step in 0..3 {
        match step {
            0 => {}
            1 => drop(handle.answer(&call, &colleague)),
            _ => drop(handle.end(&call, Told::Stopped)),
        }
        let now = subject.person_is(&colleague, |person| Some(person.availability) != last).await?;
        last = Some(now.availability);
        states.push(now.availability);
    }
    handle.set_softphone(&colleague, false);
    let now = subject.person_is(&colleague, |person| Some(person.availability) != last).await?;
    states.push(now.availability);
    Ok(states.iter().map(word).collect::<Vec<_>>().join(", "))
}

async fn a_colleague_in_words_of_their_own() -> Verdict {
    let simulator = simulate(observer()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let colleague = handle.users().swap_remove(1);
    let mut seen = Vec::new();
    for status in ["NOT AVAILABLE", "LUNCH BREAK", "AVAILABLE"] {
        handle.set_attribute(&colleague, "onlineStatus", Some("online".into()));
        handle.set_attribute(&colleague, "manual_status", Some(status.into()));
        let known = |person: &model::Person| (person.availability, person.dnd, person.status.clone());
        let wanted = |person: &model::Person| match status {
            "AVAILABLE" => !person.dnd && person.status.as_deref().is_none_or(|said| said != "LUNCH BREAK"),
            "NOT AVAILABLE" => person.dnd,
            _ => person.status.as_deref() == Some(status),
        };
        let (availability, dnd, said) = known(&*subject.person_is(&colleague, wanted).await?);
        seen.push(format!("{status}: {}, dnd {dnd}, says {:?}", word(&availability), said.as_deref()));
    }
    Ok(seen.join("; "))
}

async fn odd_messages_of_topics() -> Verdict {
    let simulator = simulate(observer()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    for text in
        ["no json", "[]", "7", r#"{"service":"x"}"#, r#"{"service":102}"#, r#"{"service":102,"body":7}"#]
    {
        handle.send_text(text);
    }
    for service in [0, 5, 33, 38, 129, 4711] {
        handle.send(service, &json!({"callId": [], "code": {}, "type": 7, "data": "x"}));
    }
    for message in [json!("text"), json!(null), json!({"userId": 7, "attribute": [], "newValue": {"a": {}}})]
    {
        handle.publish("ALL_CALL_STATUS", &message);
    }
    let colleague = handle.users().swap_remove(1);
    handle.set_attribute(&colleague, "onlineStatus", Some("online".into()));
    subject.person_is(&colleague, |_| true).await?;
    let asked = handle.requests();
    Ok(format!("{} kinds skipped, goes on with {} socket", subject.skipped().len(), asked.sockets()))
}

async fn do_not_disturb_over_the_socket() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let me = handle.me();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let on = subject.act(ON).await?;
    let stored = handle.attribute(&me, "manual_status");
    subject.person_is(&me, |person| person.dnd).await?;
    let off = subject.act(OFF).await?;
    subject.person_is(&me, |person| !person.dnd).await?;
    let services = services(handle);
    Ok(format!("{on}, stored as {}, seen; {off}, seen; {services}", stored.unwrap_or_default()))
}

async fn do_not_disturb_over_the_socket_that_is_refused() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.set_attribute_change(AttributeChange::Refused(4));
    let refused = subject.act(ON).await?;
    handle.set_attribute_change(AttributeChange::Forgotten);
    let forgotten = subject.act(ON).await?;
    handle.set_attribute_change(AttributeChange::Unanswered);
    let unanswered = subject.act(ON).await?;
    Ok(format!("refused: {refused}; taken but never published: {forgotten}; unanswered: {unanswered}"))
}

async fn do_not_disturb_over_rest() -> Verdict {
    let simulator = simulate(Options { rest_token: true, ..observer() }).await;
    let handle = simulator.stringee();
    let me = handle.me();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    let on = subject.act(ON).await?;
    let stored = handle.attribute(&me, "manual_status");
    subject.person_is(&me, |person| person.dnd).await?;
    let off = subject.act(OFF).await?;
    subject.person_is(&me, |person| !person.dnd).await?;
    let asked = handle.requests();
    let put = asked.rest.keys().filter(|path| path.starts_with("PUT")).count();
    Ok(format!(
        "{on}, stored as {}, seen; {off}, seen; {put} path; {}",
        stored.unwrap_or_default(),
        services(handle)
    ))
}

async fn do_not_disturb_over_rest_that_is_forgotten() -> Verdict {
    let simulator = simulate(Options { rest_token: true, ..observer() }).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.set_attribute_change(AttributeChange::Forgotten);
    let forgotten = subject.act(ON).await?;
    handle.set_attribute_change(AttributeChange::Refused(3));
    Ok(format!("forgotten: {forgotten}; refused: {}", subject.act(ON).await?))
}

async fn do_not_disturb_of_an_observer_without_any_way() -> Verdict {
    let simulator = simulate(observer()).await;
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    Ok(format!("{}; {}", subject.act(ON).await?, services(simulator.stringee())))
}
