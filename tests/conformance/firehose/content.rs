//! What comes over a connection that works, or is asked for over it.

use engine::Order;
use model::{Call, ConnectionState, Outcome, PhoneNumber};
use providers::{Action, DndChange};
use simulator::firehose::{HttpAnswer, Options, Quirks, Surface, Target};

use crate::{
    cases::{Verdict, hears_a_call, live, logins},
    subject::{Subject, in_words, serve, serve_day},
};

pub async fn a_filter_that_hides_ringing() -> Verdict {
    let mut subject = live(Options::default(), r#"events = ["CHANNEL_ANSWER", "CHANNEL_DESTROY"]"#).await?;
    subject.until("problem", |subject| subject.problem().is_some()).await?;
    let said = subject.problem().unwrap_or_default().to_owned();
    let me = subject.server().me();
    let call = subject.server().incoming_call(&Target::User(me.clone()), Some("+46701234567"));
    subject.server().answer(&call, &me);
    subject.settled().await?;
    let heard = subject.mine();
    subject.server().hang_up(&call);
    subject.until("end of the call", |subject| subject.open_calls().next().is_none()).await?;
    Ok(format!("{}: {said} — {heard}", subject.connection()))
}

pub async fn a_stream_without_ringing() -> Verdict {
    let quirks = Quirks { lost: ["CHANNEL_CREATE".to_owned()].into(), ..Quirks::default() };
    let mut subject = live(Options { quirks, ..Options::default() }, "").await?;
    let me = subject.server().me();
    for _ in 0..3 {
        let call = subject.server().incoming_call(&Target::User(me.clone()), Some("+46701234567"));
        subject.server().answer(&call, &me);
        subject.server().hang_up(&call);
    }
    subject.until("problem", |subject| subject.problem().is_some()).await?;
    Ok(format!("{}: {}", subject.connection(), subject.problem().unwrap_or_default()))
}

pub async fn a_filter_by_account() -> Verdict {
    let simulator = serve(6, Options::default()).await;
    let own = simulator.firehose().accounts().into_iter().next().unwrap_or_default();
    let mut subject = Subject::join(simulator, &format!("accounts = [\"{own}\"]"));
    subject.live().await?;
    let child = subject.server().users_of_child();
    let child = child.first().ok_or("nobody there")?.clone();
    let call = subject.server().incoming_call(&Target::User(child), None);
    subject.settled().await?;
    let before = subject.open_calls().count();
    subject.server().hang_up(&call);
    hears_a_call(&mut subject).await?;
    Ok(format!("{before} calls of the child's, hears a call"))
}

pub async fn a_destroy_that_is_lost() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    let me = subject.server().me();
    let call = subject.server().incoming_call(&Target::User(me.clone()), Some("+46701234567"));
    subject.server().answer(&call, &me);
    let lost = Quirks { lost: ["CHANNEL_DESTROY".to_owned()].into(), ..Quirks::default() };
    subject.server().set_quirks(lost);
    subject.server().hang_up(&call);
    subject.settled().await?;
    let before = format!("{}, I {}", subject.mine(), subject.availability(&me));
    subject.order(Order::Probe).await;
    subject.until("end of the call", |subject| subject.open_calls().next().is_none()).await?;
    let outcome = subject.ended_calls().last().map(|call| in_words(call));
    Ok(format!(
        "{before}; once Crossbar is asked {}, I {}",
        outcome.unwrap_or_default(),
        subject.availability(&me)
    ))
}

pub async fn bad_input() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    let server = subject.server().clone();
    for text in [
        "",
        "no json",
        "[]",
        "{}",
        "null",
        "7",
        "[[[[[[]]]]]]",
        "\"text\"",
        r#"{"Event-Name":"CHANNEL_CREATE"}"#,
    ] {
        server.send_text(text);
    }
    for text in [
        r#"{"Event-Name":"CHANNEL_CREATE","Call-ID":7,"Call-Direction":[]}"#,
        r#"{"Event-Name":"CHANNEL_BRIDGE","Call-ID":"x","Other-Leg-Call-ID":"x","Custom-Channel-Vars":{"Bridge-ID":"x"}}"#,
        r#"{"Event-Name":"CHANNEL_BRIDGE","Call-ID":"y","Other-Leg-Call-ID":"z"}"#,
        r#"{"Event-Name":"CHANNEL_BRIDGE","Call-ID":"z","Other-Leg-Call-ID":"y"}"#,
        r#"{"Event-Name":"CHANNEL_DESTROY","Call-ID":"never seen","Hangup-Cause":{"a":1}}"#,
        r#"{"Event-Name":"SOMETHING_NEW","Call-ID":"x"}"#,
    ] {
        server.send_text(text);
    }
    server.send_text(&format!(r#"{{"Event-Name":"CHANNEL_CREATE","Call-ID":"{}"}}"#, "x".repeat(100_000)));
    subject.settled().await?;
    let mine = subject.mine();
    hears_a_call(&mut subject).await?;
    let unknown = subject.facts().map(|facts| facts.unknown.clone()).unwrap_or_default();
    let counted: Vec<String> = unknown
        .iter()
        .filter(|(name, _)| *name != "MARK")
        .map(|(name, count)| format!("{count} × {name}"))
        .collect();
    let asked = server.requests();
    Ok(format!("{mine}; counted {}; hears a call; {}", counted.join(", "), logins(&asked)))
}

pub async fn do_not_disturb() -> Verdict {
    let mut subject = live(Options { admin: false, ..Options::default() }, "").await?;
    let me = subject.server().me();
    let mut seen = Vec::new();
    for change in [DndChange::On { until: None }, DndChange::Off] {
        let done = subject.act(Action::SetDnd(change)).await?;
        let kept = subject.server().do_not_disturb(&me);
        seen.push(format!("{done:?}, the server has {kept:?}, I am {}", subject.availability(&me)));
    }
    let asked = subject.server().requests();
    let patches = asked.crossbar(&format!("PATCH /users/{me}"));
    // Somebody else does it, at the portal; users are asked for after every cut.
    subject.server().set_do_not_disturb(&me, true);
    subject.server().drop_connections();
    let is_quiet = |subject: &Subject| subject.availability(&me) == "dnd";
    subject.until("do not disturb from elsewhere", is_quiet).await?;
    Ok(format!("{}; {patches} patches; then on from elsewhere", seen.join("; ")))
}

pub async fn a_call_from_here() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    let me = subject.server().me();
    let number = PhoneNumber::international("+46812345678").ok_or("no number")?;
    let done = subject.act(Action::Dial(number)).await?;
    subject.settled().await?;
    let mine = subject.mine();
    let asked = subject.server().requests();
    let names: Vec<&String> = asked.crossbar.keys().filter(|name| name.contains("quickcall")).collect();
    let shape: Vec<String> = names.iter().map(|name| name.replace(&me, "me")).collect();
    Ok(format!("{done:?} by {}; {mine}", shape.join(", ")))
}

pub async fn without_crossbar() -> Verdict {
    let simulator = serve(6, Options { crossbar: false, ..Options::default() }).await;
    let me = simulator.firehose().me();
    let extension = simulator.firehose().extension(&me).unwrap_or_default();
    let more = format!("me = {{ extension = \"{extension}\" }}");
    let mut subject = Subject::join(simulator, &more);
    subject.live().await?;
    hears_a_call(&mut subject).await?;
    let outcome = subject.ended_calls().last().map(|call| in_words(call));
    Ok(format!("{}; {}", subject.connection(), outcome.unwrap_or_default()))
}

pub async fn crossbar_in_trouble() -> Verdict {
    let simulator = serve(6, Options::default()).await;
    let down = HttpAnswer { status: 502, body: "<html>bad gateway</html>".to_owned(), retry_after: None };
    simulator.firehose().answer_http(Surface::Crossbar, down);
    let mut subject = Subject::join(simulator, "");
    subject
        .until("problem", |subject| subject.is(ConnectionState::Live) && subject.problem().is_some())
        .await?;
    Ok(format!("{}: {}", subject.connection(), subject.problem().unwrap_or_default()))
}

/// Each of two thousand colleagues has a call at the same time.
pub async fn two_thousand_calls() -> Verdict {
    const CALLS: usize = 2_000;
    let mut subject = Subject::start(CALLS + CALLS / 40, Options::default(), "").await;
    subject.live().await?;
    let server = subject.server().clone();
    let users: Vec<String> = server
        .users()
        .into_iter()
        .skip(1)
        .filter(|user| !server.devices(user).is_empty())
        .take(CALLS)
        .collect();
    let mut calls = Vec::new();
    for (turn, user) in users.iter().enumerate() {
        calls.push((server.incoming_call(&Target::User(user.clone()), Some("+46701234567")), user.clone()));
        // The socket is not to be flooded faster than it is read.
        if turn % 100 == 99 {
            subject.settled().await?;
        }
    }
    subject.settled().await?;
    let rings = users.iter().filter(|user| subject.availability(user) == "ringing").count();
    for (call, user) in &calls {
        server.answer(call, user);
    }
    subject.settled().await?;
    let talks = users.iter().filter(|user| subject.availability(user) == "busy").count();
    let open = subject.open_calls().count();
    hears_a_call(&mut subject).await?;
    for (call, _) in &calls {
        server.hang_up(call);
    }
    subject.until("end of all calls", |subject| subject.open_calls().next().is_none()).await?;
    subject.settled().await?;
    let free = users.iter().filter(|user| subject.availability(user) == "available").count();
    Ok(format!(
        "{rings} ring, {talks} talk in {open} calls, one more rings me; {free} free in the end; {}",
        subject.connection()
    ))
}

/// People call, are called, transfer and do not disturb, all by themselves.
pub async fn a_day_at_the_office() -> Verdict {
    const ENOUGH: usize = 100;
    let mut subject = Subject::join(serve_day().await, "");
    subject.live().await?;
    let enough =
        |subject: &Subject| subject.ended_calls().count() >= ENOUGH && subject.ended_calls().any(is_mine);
    subject.until("hundred calls", enough).await?;
    let lost = subject.ended_calls().filter(|call| call.outcome == Some(Outcome::Lost)).count();
    let unknown = subject.facts().map_or(0, |facts| facts.unknown.len());
    Ok(format!("{ENOUGH} calls and more, mine among them; {lost} lost, {unknown} kinds of events unknown"))
}

fn is_mine(call: &std::sync::Arc<Call>) -> bool {
    call.mine == Some(true)
}
