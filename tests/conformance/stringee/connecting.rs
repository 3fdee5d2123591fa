//! Signing in, staying signed in and coming back.

use std::time::{Duration, Instant};

use engine::Order;
use serde_json::json;
use simulator::stringee::{Entrance, Entry, HttpAnswer, Identity, Options, Ping, Surface};

use crate::{
    Verdict, cases,
    subject::{Subject, plain, services, show, simulate},
};

cases!(
    a_session_and_its_goodbye(Identity::Same),
    a_session_and_its_goodbye(Identity::Observer),
    a_session_with_odd_envelopes_and_attributes_in_a_text,
    a_pasted_token,
    a_pasted_token_that_expires,
    a_pasted_token_for_rest,
    a_token_endpoint_that_gives_a_token_for_rest,
    a_token_endpoint_that_refuses(401),
    a_token_endpoint_that_refuses(403),
    a_token_endpoint_that_is_busy,
    a_token_is_renewed_before_its_end,
    a_token_that_expires_before_a_cut,
    a_token_that_is_expired_at_the_lookup_once,
    a_token_that_is_expired_at_sign_in_once,
    a_token_that_is_always_expired,
    a_sign_in_that_is_refused(1),
    a_sign_in_that_is_refused(2),
    a_sign_in_that_is_refused(3),
    a_sign_in_that_is_refused(4),
    a_sign_in_that_is_refused(5),
    a_sign_in_that_is_refused(7),
    a_sign_in_that_is_refused(8),
    a_sign_in_that_is_refused(9),
    a_sign_in_that_is_refused(10),
    a_sign_in_that_is_refused(11),
    a_sign_in_that_is_refused(12),
    a_redirect,
    a_redirect_without_an_address,
    a_redirect_to_somebody_else("wss://evil.example/"),
    a_redirect_to_somebody_else("ws://v2.stringee.com/"),
    a_redirect_in_a_circle,
    a_lookup_that_fails_at_first,
    a_first_server_that_refuses(Entrance::Refused),
    a_first_server_that_refuses(Entrance::ClosesAtOnce),
    a_first_server_that_refuses(Entrance::ClosesAtAuthen),
    a_first_server_that_never_answers,
    servers_that_accept_and_close,
    a_cut,
    a_dead_peer,
    a_frozen_link_that_is_probed,
    questions_whether_it_is_there,
    leaving_during_a_pause,
);

fn answer(status: u16, body: &str, retry_after: Option<u64>) -> HttpAnswer {
    HttpAnswer { status, body: body.to_owned(), retry_after: retry_after.map(Duration::from_secs) }
}

async fn a_session_and_its_goodbye(identity: Identity) -> Verdict {
    let simulator = simulate(Options { identity, ..plain() }).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    let over = subject.live().await?;
    let client = handle.clients().into_iter().next().unwrap();
    subject.stop().await?;
    handle.watch(|handle| handle.clients().is_empty()).await;
    let asked = handle.requests();
    Ok(format!(
        "live over {over} as {}, says it is {}; {} token, {} lookup, {} socket; {}",
        client.user,
        client.device_name.split(['/', ' ']).next().unwrap_or_default(),
        asked.tokens,
        asked.lookups,
        asked.sockets(),
        services(handle)
    ))
}

async fn a_session_with_odd_envelopes_and_attributes_in_a_text() -> Verdict {
    let simulator = simulate(Options { attributes_as_text: true, ..plain() }).await;
    simulator.stringee().set_odd_envelope(true);
    let mut subject = Subject::start(&simulator);
    Ok(format!("live over {}", subject.live().await?))
}

async fn a_pasted_token() -> Verdict {
    let simulator = simulate(plain()).await;
    let token = simulator.stringee().token();
    let mut subject = Subject::start_with(&simulator, json!({"token": token}), "");
    let over = subject.live().await?;
    Ok(format!("live over {over}; {} tokens asked for", simulator.stringee().requests().tokens))
}

async fn a_pasted_token_that_expires() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start_with(&simulator, json!({"token": handle.token()}), "");
    subject.live().await?;
    handle.expire_tokens();
    handle.drop_connections();
    let rest = subject.at_rest().await?;
    Ok(format!("{rest}; AUTHEN answered with 6: {}", handle.requests().authens(6)))
}

async fn a_pasted_token_for_rest() -> Verdict {
    let simulator = simulate(plain()).await;
    let token = simulator.stringee().rest_token();
    let mut subject = Subject::start_with(&simulator, json!({"token": token}), "");
    let (rest, text) = subject.at_rest_saying().await?;
    let asked = simulator.stringee().requests();
    Ok(format!("{rest}, says why: {}; {} sockets", text.contains("rest_api"), asked.sockets()))
}

async fn a_token_endpoint_that_gives_a_token_for_rest() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let body = json!({"access_token": handle.rest_token()}).to_string();
    handle.answer_http(Surface::Token, answer(200, &body, None));
    let mut subject = Subject::start(&simulator);
    let (rest, text) = subject.at_rest_saying().await?;
    Ok(format!("{rest}, says why: {}; {} sockets", text.contains("rest_api"), handle.requests().sockets()))
}

async fn a_token_endpoint_that_refuses(status: u16) -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.answer_http(Surface::Token, answer(status, "{}", None));
    let mut subject = Subject::start(&simulator);
    // What refuses access may stand on the way, and is asked again after a while.
    let rest = if status == 403 { show(&subject.waiting().await?) } else { subject.at_rest().await? };
    Ok(format!("{rest}; asked {} time", handle.requests().tokens))
}

async fn a_token_endpoint_that_is_busy() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.answer_http(Surface::Token, answer(503, "<html>Later</html>", Some(600)));
    let mut subject = Subject::start(&simulator);
    let noticed = subject.waiting().await?;
    let pause = noticed.retry_at.map_or(0, |at| at.as_millis() - noticed.since.as_millis());
    handle.answer_truly(Surface::Token);
    subject.order(Order::Retry).await;
    let over = subject.live().await?;
    Ok(format!("{}, as long as asked: {}; on demand live over {over}", show(&noticed), pause >= 590_000))
}

async fn a_token_is_renewed_before_its_end() -> Verdict {
    let simulator = simulate(Options { token_life: Duration::from_secs(63), ..plain() }).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.set_token_life(Duration::from_secs(3600));
    handle.until(|asked| asked.tokens == 2).await;
    handle.drop_connections();
    subject.live().await?;
    let asked = handle.requests();
    Ok(format!(
        "asks 60 s before; after a cut live with that one; {} tokens, none expired: {}",
        asked.tokens,
        asked.authens(6) == 0
    ))
}

async fn a_token_that_expires_before_a_cut() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.expire_tokens();
    handle.drop_connections();
    subject.live().await?;
    let asked = handle.requests();
    Ok(format!("live again; {} tokens, AUTHEN answered with 6: {}", asked.tokens, asked.authens(6)))
}

async fn a_token_that_is_expired_at_the_lookup_once() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.revoke_next_token();
    let mut subject = Subject::start(&simulator);
    let over = subject.live().await?;
    let asked = handle.requests();
    Ok(format!(
        "live over {over}; {} tokens, {} lookups, {} socket",
        asked.tokens,
        asked.lookups,
        asked.sockets()
    ))
}

/// The SDK opens two or three connections with the new token.
async fn a_token_that_is_expired_at_sign_in_once() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.revoke_next_token();
    let secret = simulator.addresses().first().unwrap().secret.clone();
    let servers = format!("servers = [\"{}\"]", handle.server(Entry::First));
    let mut subject = Subject::start_with(&simulator, secret, &servers);
    let over = subject.live().await?;
    let asked = handle.requests();
    Ok(format!(
        "live over {over}; {} tokens, AUTHEN answered with 6: {}, with 0: {}; {} connected",
        asked.tokens,
        asked.authens(6),
        asked.authens(0),
        asked.clients
    ))
}

async fn a_token_that_is_always_expired() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    for entry in [Entry::First, Entry::Second] {
        handle.set_entrance(entry, Entrance::Answers(6));
    }
    let mut subject = Subject::start(&simulator);
    let rest = subject.at_rest().await?;
    let asked = handle.requests();
    Ok(format!("{rest}; {} tokens, AUTHEN answered with 6: {}", asked.tokens, asked.authens(6)))
}

async fn a_sign_in_that_is_refused(r: u64) -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    for entry in [Entry::First, Entry::Second] {
        handle.set_entrance(entry, Entrance::Answers(r));
    }
    let mut subject = Subject::start(&simulator);
    let rest = subject.at_rest().await?;
    Ok(format!("{rest}; AUTHEN sent: {}", handle.requests().authens(r)))
}

async fn a_redirect() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.set_entrance(Entry::First, Entrance::Redirects(Some(handle.server(Entry::Second))));
    let mut subject = Subject::start(&simulator);
    let over = subject.live().await?;
    let asked = handle.requests();
    Ok(format!(
        "live over {over} at the second server; {} redirect, {} sockets",
        asked.authens(15),
        asked.sockets()
    ))
}

async fn a_redirect_without_an_address() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.set_entrance(Entry::First, Entrance::Redirects(None));
    let mut subject = Subject::start(&simulator);
    handle.until(|asked| asked.authens(15) == 1).await;
    let told = Instant::now();
    handle.set_entrance(Entry::First, Entrance::Open);
    subject.live().await?;
    Ok(format!("live after a pause: {}", told.elapsed() >= Duration::from_millis(1500)))
}

async fn a_redirect_to_somebody_else(address: &str) -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    for entry in [Entry::First, Entry::Second] {
        handle.set_entrance(entry, Entrance::Redirects(Some(address.to_owned())));
    }
    let mut subject = Subject::start(&simulator);
    let noticed = subject.waiting().await?;
    let text = noticed.problem.as_ref().map_or("", |problem| problem.text.as_str());
    let host = address.split('/').nth(2).unwrap_or_default();
    let asked = handle.requests();
    Ok(format!("{}, names the host: {}; {} socket", show(&noticed), text.contains(host), asked.sockets()))
}

async fn a_redirect_in_a_circle() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.set_entrance(Entry::First, Entrance::Redirects(Some(handle.server(Entry::Second))));
    handle.set_entrance(Entry::Second, Entrance::Redirects(Some(handle.server(Entry::First))));
    let mut subject = Subject::start(&simulator);
    let noticed = subject.waiting().await?;
    let hops = handle.requests().authens(15);
    handle.set_entrance(Entry::Second, Entrance::Open);
    subject.live().await?;
    Ok(format!("{} after {hops} sign-ins; then live again", show(&noticed)))
}

async fn a_lookup_that_fails_at_first() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.answer_http(Surface::Lookup, answer(503, "<html>", None));
    handle.answer_http(Surface::Socket, answer(503, "<html>", None));
    let mut subject = Subject::start(&simulator);
    let noticed = subject.waiting().await?;
    handle.answer_truly(Surface::Lookup);
    handle.answer_truly(Surface::Socket);
    let over = subject.live().await?;
    Ok(format!("{}; then by itself live over {over}", show(&noticed)))
}

async fn a_first_server_that_refuses(entrance: Entrance) -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.set_entrance(Entry::First, entrance);
    let mut subject = Subject::start(&simulator);
    let over = subject.live().await?;
    let second = handle.requests().sockets.get(&Entry::Second).copied().unwrap_or(0);
    Ok(format!("live over {over} at the second server: {}", second == 1))
}

async fn a_first_server_that_never_answers() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    handle.set_entrance(Entry::First, Entrance::Silent);
    let began = Instant::now();
    let mut subject = Subject::start(&simulator);
    let over = subject.live().await?;
    Ok(format!(
        "live over {over} at the second server within 20 s: {}",
        began.elapsed() < Duration::from_secs(20)
    ))
}

/// The SDK comes back every 500 ms for ever.
async fn servers_that_accept_and_close() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    for entry in [Entry::First, Entry::Second] {
        handle.set_entrance(entry, Entrance::ClosesAtOnce);
    }
    let before = handle.requests().sockets();
    handle.drop_connections();
    let mut pauses = Vec::new();
    for _ in 0..4 {
        let pause = subject.waiting().await?;
        pauses.push(pause.retry_at.map_or(0, |at| at.as_millis() - pause.since.as_millis()));
    }
    let sockets = handle.requests().sockets() - before;
    let grow = pauses.iter().zip(pauses.iter().skip(1)).all(|(before, after)| before < after);
    for entry in [Entry::First, Entry::Second] {
        handle.set_entrance(entry, Entrance::Open);
    }
    subject.live().await?;
    Ok(format!("pauses grow: {grow}; {sockets} sockets in {} attempts; then live again", pauses.len()))
}

async fn a_cut() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.drop_connections();
    let cut = Instant::now();
    let over = subject.live().await?;
    let soon = cut.elapsed() < Duration::from_secs(10);
    subject.until("gap", |subject| (subject.gaps() > 0).then_some(())).await?;
    Ok(format!("live again over {over}, within 10 s: {soon}; the gap is told"))
}

async fn a_dead_peer() -> Verdict {
    let simulator = simulate(Options { ping: Duration::from_secs(5), ..plain() }).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.until(|asked| asked.service(1) == 1).await;
    handle.set_ping(Ping::Never);
    let last = Instant::now();
    let noticed = subject.waiting().await?;
    let after = last.elapsed().as_secs();
    let over = subject.live().await?;
    Ok(format!(
        "{}, after 15 to 40 s: {}; live again over {over}",
        show(&noticed),
        (15..=40).contains(&after)
    ))
}

async fn a_frozen_link_that_is_probed() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.freeze(true);
    let frozen = Instant::now();
    subject.order(Order::Probe).await;
    let noticed = subject.waiting().await?;
    let in_time = frozen.elapsed() < Duration::from_secs(10);
    handle.freeze(false);
    let over = subject.live().await?;
    Ok(format!("{}, within 10 s: {in_time}; live again over {over}", show(&noticed)))
}

/// The SDK drops a question without a body.
async fn questions_whether_it_is_there() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.ping(&Ping::EmptyBody);
    handle.ping(&Ping::NoBody);
    handle.until(|asked| asked.service(1) == 2).await;
    Ok("answers with and without a body".to_owned())
}

/// The SDK connects once more when it is told to disconnect in a pause.
async fn leaving_during_a_pause() -> Verdict {
    let simulator = simulate(plain()).await;
    let handle = simulator.stringee();
    let mut subject = Subject::start(&simulator);
    subject.live().await?;
    handle.answer_http(Surface::Socket, answer(502, "<html>", None));
    handle.drop_connections();
    subject.waiting().await?;
    subject.waiting().await?;
    handle.answer_truly(Surface::Socket);
    let before = handle.requests().sockets();
    subject.stop().await?;
    Ok(format!("leaves; {} sockets more", handle.requests().sockets() - before))
}
