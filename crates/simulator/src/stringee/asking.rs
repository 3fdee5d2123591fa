//! Requests to the relay, over HTTP.

use std::time::Duration;

use ::http::Method;
use ::http::header::{AUTHORIZATION, HeaderValue, RETRY_AFTER};
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::http::{Asked, Reply, reply_instead, reply_json};
use super::relay::{Answer, Relay};
use super::{Now, Shared, State, Surface};

/// The relay's own token of the office's first person.
pub(super) const RELAY_TOKEN: &str = "relay-token";
/// A request is held back this long at most.
const LONGEST_WAIT: Duration = Duration::from_secs(55);
/// A request that changes attributes may be this long, and change so many.
const MOST_CHANGE_BYTES: usize = 16 * 1024;
const MOST_CHANGES: usize = 8;
/// Stringee sets these itself.
const OWN_ATTRIBUTES: [&str; 2] = ["onlineStatus", "call"];

/// Answers a request; `path` is what follows the relay's base.
pub(super) async fn relay(shared: &Shared, path: &str, asked: &Asked) -> Reply {
    let instead = shared.with(|state, _| {
        *state.asked.relay.entry(format!("{} {path}", asked.method)).or_default() += 1;
        state.instead.get(&Surface::Relay).filter(|_| path.starts_with("/v1/")).cloned()
    });
    if let Some(instead) = instead {
        return reply_instead(instead);
    }
    let answer = match path {
        _ if !shared.lock().options.relay => not_found(),
        "/stringee/event" if asked.method == Method::POST => {
            shared.with(|state, now| webhook(state, now, asked))
        }
        "/stringee/event" => wrong_method(),
        _ => match person(shared, asked) {
            None => Answer::error(401, "unauthorized", "The token is not accepted."),
            Some(user) => ask(shared, path, asked, &user).await,
        },
    };
    let mut reply = reply_json((answer.status, answer.body));
    if let Some(seconds) = answer.retry_after {
        reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    reply
}

fn not_found() -> Answer {
    Answer::error(404, "not_found", "There is nothing here.")
}

fn wrong_method() -> Answer {
    Answer::error(405, "method_not_allowed", "This cannot be done here.")
}

fn too_large() -> Answer {
    Answer::error(413, "too_large", "The body is too large.")
}

fn bad_request(text: &str) -> Answer {
    Answer::error(400, "bad_request", text)
}

fn webhook(state: &mut State, now: Now, asked: &Asked) -> Answer {
    let Some(body) = &asked.body else { return too_large() };
    let signature = asked.headers.get("x-stringee-signature").and_then(|value| value.to_str().ok());
    state.relay.webhook(now, signature, body)
}

/// Whom a Bearer token belongs to.
fn person(shared: &Shared, asked: &Asked) -> Option<String> {
    let token = asked.header(AUTHORIZATION.as_str()).strip_prefix("Bearer ")?;
    let state = shared.lock();
    let own = state.relay.owner(token).cloned();
    own.or_else(|| {
        let claims = state.keys.client(token, Now::read().at).ok()?;
        Some(state.relay.person_of(&claims.user).to_owned())
    })
}

async fn ask(shared: &Shared, path: &str, asked: &Asked, user: &str) -> Answer {
    match (path, &asked.method) {
        ("/v1/snapshot", &Method::GET) => {
            shared.with(|state, now| match state.relay.admit(now, user, false) {
                Ok(()) => {
                    state.read_people(now);
                    state.relay.snapshot(user)
                }
                Err(refusal) => refusal,
            })
        }
        ("/v1/events", &Method::GET) => events(shared, asked, user).await,
        ("/v1/me/attributes", &Method::PUT) => shared.with(|state, now| {
            state
                .relay
                .admit(now, user, false)
                .map_or_else(|refusal| refusal, |()| change(state, now, asked, user))
        }),
        ("/v1/snapshot" | "/v1/events" | "/v1/me/attributes", _) => wrong_method(),
        _ => not_found(),
    }
}

/// Held back until something happens, or for as long as asked.
async fn events(shared: &Shared, asked: &Asked, user: &str) -> Answer {
    let number = |name: &str| asked.parameter(name).map(str::parse::<u64>);
    let Some(Ok(after)) = number("after") else { return bad_request("after is missing or no number.") };
    let Ok(wait) = number("wait").unwrap_or(Ok(0)) else { return bad_request("wait is no number.") };
    if let Err(refusal) = shared.with(|state, now| state.relay.admit(now, user, wait > 0)) {
        return refusal;
    }
    let until = Instant::now() + Duration::from_secs(wait).min(LONGEST_WAIT);
    let held = Held { shared, user, number: shared.lock().relay.hold(user) };
    let mut moves = shared.moved.subscribe();
    loop {
        let answered = {
            let state = shared.lock();
            let is_held = state.relay.is_held(user, held.number);
            state.relay.events(after).or_else(|| (!is_held).then(|| Relay::nothing_after(after)))
        };
        if let Some(answer) = answered {
            return answer;
        }
        tokio::select! {
            moved = moves.changed() => if moved.is_err() { return Relay::nothing_after(after) },
            () = sleep_until(until) => return Relay::nothing_after(after),
        }
    }
}

/// A request that is held back, until it is answered or its connection is gone.
struct Held<'a> {
    shared: &'a Shared,
    user: &'a str,
    number: u64,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.shared.lock().relay.release(self.user, self.number);
    }
}

/// Sets attributes at Stringee and answers with what can be read back.
fn change(state: &mut State, now: Now, asked: &Asked, user: &str) -> Answer {
    let Some(body) = asked.body.as_ref().filter(|body| body.len() <= MOST_CHANGE_BYTES) else {
        return too_large();
    };
    let Ok(Value::Array(changes)) = serde_json::from_slice(body) else {
        return bad_request("The body is no list of attributes.");
    };
    let names: Option<Vec<&str>> = changes.iter().map(|change| change.get("attribute")?.as_str()).collect();
    let Some(names) = names.filter(|names| (1..=MOST_CHANGES).contains(&names.len())) else {
        return bad_request("One to eight attributes can be set.");
    };
    if names.iter().any(|name| OWN_ATTRIBUTES.contains(name)) {
        return Answer::error(403, "forbidden", "This attribute is Stringee's own.");
    }
    let refused = || Answer::error(502, "upstream", "Stringee did not take it.");
    if state.instead.contains_key(&Surface::Rest) || state.other_region {
        return refused();
    }
    if state.project.put_attributes(now.at, user, &Value::from(changes.clone())).0 != 200 {
        return refused();
    }
    let (_, read) = state.project.user_answer(user);
    state.relay.person_read(now, &read).map_or_else(refused, Answer::ok)
}
