//! Kazoo's REST interface: sign-in, users, devices, what is registered, active calls, do-not-disturb, quickcall.
//!
//! Paths, envelope and errors as in Kazoo's `applications/crossbar`; whether fonoUC lets anybody reach it is not
//! known.

mod lists;

use std::collections::BTreeMap;

use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use super::people::{CHILD, ME, OWN, Seat, User};
use super::{State, gate};

/// One request: the path is below `/v2`.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) parameters: &'a [(String, String)],
    pub(super) token: Option<&'a str>,
    pub(super) body: &'a Value,
}

impl Question<'_> {
    /// Method and path without the account: `GET /users`.
    pub(super) fn name(&self) -> String {
        let rest = self.path.strip_prefix("/accounts/").and_then(|rest| rest.split_once('/'));
        match rest {
            Some((_, rest)) => format!("{} /{rest}", self.method),
            None => format!("{} {}", self.method, self.path),
        }
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// HTTP status and JSON body.
pub(super) type Answer = (u16, Value);

/// Who is signed in.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    /// Tokens, with the Unix second each ends.
    tokens: BTreeMap<String, i64>,
    issued: u64,
}

impl Sessions {
    /// Every token is taken back.
    pub(super) fn forget(&mut self) {
        self.tokens.clear();
    }
}

/// Answers one request.
pub(super) fn ask(state: &mut State, now: i64, question: &Question<'_>) -> Answer {
    let seconds = now.div_euclid(1_000_000);
    let words: Vec<&str> = question.path.split('/').filter(|word| !word.is_empty()).collect();
    if let ("PUT", ["user_auth"]) = (question.method, words.as_slice()) {
        return sign_in(state, seconds, question);
    }
    let token = question.token.unwrap_or_default();
    let is_good = !state.gate.is_shut && state.sessions.tokens.get(token).is_some_and(|end| *end > seconds);
    if !is_good {
        return failure(401, "invalid_credentials");
    }
    let (status, mut value) = match (question.method, words.as_slice()) {
        ("GET", ["token_auth"]) => success(signed_in(state)),
        ("DELETE", ["token_auth"]) => {
            state.sessions.tokens.remove(token);
            success(json!({}))
        }
        (_, ["accounts", account, rest @ ..]) => {
            let own = state.switch.directory.accounts.iter().take(CHILD + 1);
            match own.into_iter().position(|own| own.id == *account) {
                Some(account) => in_account(state, now, account, rest, question),
                None => failure(403, "forbidden"),
            }
        }
        (_, _) => not_found(question.path),
    };
    if let Some(envelope) = value.as_object_mut() {
        envelope.insert("auth_token".to_owned(), token.into());
    }
    (status, value)
}

/// The credentials are the MD5 of the user's name in lower case, a colon and the password.
fn sign_in(state: &mut State, seconds: i64, question: &Question<'_>) -> Answer {
    let data = question.body.get("data").unwrap_or(&Value::Null);
    let text = |key: &str| data.get(key).and_then(Value::as_str);
    let Some(credentials) = text("credentials") else {
        return (
            400,
            envelope_of_error(400, "invalid data", json!({ "credentials": { "required": "missing" } })),
        );
    };
    let account = state.switch.directory.account(OWN);
    let names_account = text("account_realm") == Some(&state.gate.domain)
        || text("account_name")
            .is_some_and(|name| account.is_some_and(|own| own.name.eq_ignore_ascii_case(name)));
    let plain = format!("{}:{}", state.gate.username.to_lowercase(), state.gate.password);
    let wanted: String = Md5::digest(plain).iter().map(|byte| format!("{byte:02x}")).collect();
    let by_md5 = text("method").is_none_or(|method| method == "md5");
    if !(names_account && by_md5 && credentials == wanted) {
        return failure(401, "invalid_credentials");
    }
    state.sessions.issued += 1;
    let lifetime = i64::try_from(state.options.token_lifetime.as_secs()).unwrap_or(i64::MAX / 4);
    let expires_at = seconds.saturating_add(lifetime);
    let claims = json!({ "iss": "kazoo", "identity_sig": state.sessions.issued, "exp": expires_at });
    let token = gate::sign(&claims);
    state.sessions.tokens.retain(|_, end| *end > seconds);
    state.sessions.tokens.insert(token.clone(), expires_at);
    let (_, mut value) = success(signed_in(state));
    if let Some(envelope) = value.as_object_mut() {
        envelope.insert("auth_token".to_owned(), token.into());
    }
    (201, value)
}

fn signed_in(state: &State) -> Value {
    let directory = &state.switch.directory;
    let account = directory.account(OWN);
    json!({
        "account_id": account.map(|account| &account.id),
        "account_name": account.map(|account| &account.name),
        "owner_id": directory.user(ME).map(|user| &user.id),
        "reseller_id": directory.accounts.last().map(|account| &account.id),
        "is_reseller": false,
        "language": "en-us",
        "apps": [],
    })
}

fn in_account(
    state: &mut State,
    now: i64,
    account: usize,
    words: &[&str],
    question: &Question<'_>,
) -> Answer {
    match (question.method, words) {
        ("GET", ["users"]) => lists::page(state, question, lists::users(state, account)),
        ("GET", ["devices"]) => lists::page(state, question, lists::devices(state, account, None)),
        ("GET", ["devices", "status"]) => success(lists::registrations(state, account)),
        ("GET", ["channels"]) => success(lists::channels(state, now, account, None)),
        (method, ["users", id, rest @ ..]) => {
            let seat = state.switch.directory.seat(id);
            let found = seat.filter(|seat| {
                state.switch.directory.user(*seat).is_some_and(|user| user.account == account)
            });
            match found {
                Some(seat) => of_user(state, now, seat, method, rest, question),
                None => not_found(id),
            }
        }
        (method @ ("GET" | "POST"), ["devices", id, "quickcall", number]) => {
            let has = |(_, user): &(Seat, &User)| user.devices.iter().any(|device| device.id == *id);
            let owner = state.switch.directory.of_account(account).find(has).map(|(seat, _)| seat);
            match owner {
                Some(seat) => quickcall(state, now, seat, method, number),
                None => not_found(id),
            }
        }
        (_, _) => not_found(question.path),
    }
}

fn of_user(
    state: &mut State,
    now: i64,
    seat: Seat,
    method: &str,
    words: &[&str],
    question: &Question<'_>,
) -> Answer {
    let account = state.switch.directory.user(seat).map_or(OWN, |user| user.account);
    match (method, words) {
        ("GET", []) => success(state.switch.directory.user(seat).map_or(Value::Null, document)),
        ("PATCH", []) if !may_change(state, seat) => failure(403, "forbidden"),
        ("PATCH", []) => {
            let wanted = question.body.pointer("/data/do_not_disturb/enabled");
            match wanted.map(Value::as_bool) {
                Some(None) => {
                    let data = json!({ "do_not_disturb.enabled": { "type": { "message": "Value did not match type(s): boolean" } } });
                    return (400, envelope_of_error(400, "invalid data", data));
                }
                Some(Some(on)) => state.switch.set_do_not_disturb(seat, on),
                None => {}
            }
            success(state.switch.directory.user(seat).map_or(Value::Null, document))
        }
        ("GET", ["devices"]) => lists::page(state, question, lists::devices(state, account, Some(seat))),
        ("GET", ["channels"]) => success(lists::channels(state, now, account, Some(seat))),
        ("GET" | "POST", ["quickcall", number]) => quickcall(state, now, seat, method, number),
        (_, _) => not_found(question.path),
    }
}

fn may_change(state: &State, seat: Seat) -> bool {
    seat == ME || state.options.admin
}

/// The user's own phone rings, then the number (`cb_quickcall`): a `GET` is answered before anything rings, a `POST`
/// when a phone does or none can.
fn quickcall(state: &mut State, now: i64, seat: Seat, method: &str, number: &str) -> Answer {
    if !may_change(state, seat) {
        return failure(403, "forbidden");
    }
    let call = state.switch.click_to_call(now, seat, number);
    let rings = call.is_some();
    state.switch.dialled.extend(call.map(|call| (call, seat)));
    let data = json!({ "application_name": "transfer", "application_data": { "route": number } });
    match (method, rings) {
        ("POST", true) => success(data),
        ("POST", false) => failure(500, "quickcall initiation failed"),
        (_, _) => {
            let (_, mut value) = success(data);
            if let Some(envelope) = value.as_object_mut() {
                envelope.insert("message".to_owned(), "quickcall initiated".into());
            }
            (202, value)
        }
    }
}

/// A user as stored.
fn document(user: &User) -> Value {
    json!({
        "id": user.id,
        "username": user.username,
        "email": user.email(),
        "first_name": user.first_name,
        "last_name": user.last_name,
        "priv_level": "user",
        "presence_id": user.extension,
        "timezone": "Europe/Copenhagen",
        "enabled": true,
        "do_not_disturb": { "enabled": user.do_not_disturb },
        "call_forward": { "enabled": user.forwards_to.is_some(), "number": user.forwards_to },
    })
}

fn success(data: Value) -> Answer {
    (
        200,
        json!({ "data": data, "status": "success", "request_id": "5c1b8a7e", "revision": "automatic", "version": "4.3.142", "node": "apps.example.com" }),
    )
}

fn failure(status: u16, message: &str) -> Answer {
    (status, envelope_of_error(status, message, json!({ "message": message })))
}

fn not_found(what: &str) -> Answer {
    (404, envelope_of_error(404, "bad_identifier", json!({ "cause": what })))
}

fn envelope_of_error(status: u16, message: &str, data: Value) -> Value {
    json!({
        "data": data, "error": status.to_string(), "message": message, "status": "error",
        "request_id": "5c1b8a7e", "auth_token": "", "version": "4.3.142", "node": "apps.example.com",
    })
}
