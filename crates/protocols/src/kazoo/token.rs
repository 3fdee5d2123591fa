//! What a token says of itself, read without checking its signature: that is for the server to do.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{event::Folded, time};
use crate::{Instant, secret};

/// A lifetime is taken for this if the token does not say it, or says that it is over: clocks differ.
const USUAL: Duration = Duration::from_secs(60 * 60);
const LONGEST: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// A new token is asked for no sooner than this after the last.
const SOONEST: Duration = Duration::from_secs(20);

/// Whose events these are, as far as the answer to the login or the token says.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The user's id.
    pub owner_id: Option<String>,
    /// The account's id.
    pub account_id: Option<String>,
}

/// Ids are of people.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity")
            .field("owner_id", &self.owner_id.is_some())
            .field("account_id", &self.account_id.is_some())
            .finish()
    }
}

/// A token and how long it is good for.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) text: secret::Text,
    /// When to ask for another …
    pub(super) renew_at: Instant,
    /// … which is then to be in use by this time.
    pub(super) replace_by: Instant,
    pub(super) expires_at: Instant,
}

impl Token {
    /// `wall` is the time since 1970 at `now`.
    fn new(text: &str, claims: &Map<String, Value>, now: Instant, wall: Duration) -> Self {
        let expiry = claims.get("exp").and_then(|exp| match exp {
            Value::Number(number) => time::micros(number.as_f64()?),
            Value::String(text) => time::micros(text.trim().parse().ok()?),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        });
        let life = expiry
            .and_then(|at| Duration::from_micros(u64::try_from(at).ok()?).checked_sub(wall))
            .filter(|life| !life.is_zero())
            .unwrap_or(USUAL)
            .min(LONGEST);
        let margin = (life / 6).min(Duration::from_secs(10 * 60));
        Self {
            text: secret::Text::new(text),
            renew_at: now + (life - margin).max(SOONEST),
            replace_by: now + (life - margin / 4).max(SOONEST),
            expires_at: now + life,
        }
    }
}

/// The answer to a login: the token, and whose it is.
pub(super) fn answer(body: &str, now: Instant, wall: Duration) -> Option<(Token, Identity)> {
    let Ok(Value::Object(answer)) = serde_json::from_str(body) else { return None };
    let inner = ["data", "user"].map(|key| find(&answer, key).and_then(Value::as_object));
    let places = || std::iter::once(&answer).chain(inner.into_iter().flatten());
    let text = |keys: &[&str]| {
        places().find_map(|place| {
            keys.iter().find_map(|key| find(place, key)?.as_str().filter(|text| !text.is_empty()))
        })
    };
    let token = text(&["accesstoken", "token", "authtoken"])?;
    // Anything else could not be put into a header.
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let claims = claims(token).unwrap_or_default();
    let claim = |key: &str| find(&claims, key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let user_id = places().skip(1).find_map(|place| find(place, "id")?.as_str());
    let identity = Identity {
        owner_id: text(&["ownerid", "userid"])
            .or_else(|| claim("ownerid").or_else(|| claim("userid")))
            .or(user_id)
            .map(str::to_owned),
        account_id: text(&["accountid"])
            .or_else(|| claim("accountid"))
            .or_else(|| claim("identity").and_then(account_of))
            .map(str::to_owned),
    };
    Some((Token::new(token, &claims, now, wall), identity))
}

/// `identity` is `<account id>:<name>`.
fn account_of(identity: &str) -> Option<&str> {
    let id = identity.split_once(':').map_or(identity, |(id, _)| id);
    (id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(id)
}

fn claims(token: &str) -> Option<Map<String, Value>> {
    let middle = token.split('.').nth(1)?.trim_end_matches('=');
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(middle).ok()?).ok()
}

fn find<'a>(place: &'a Map<String, Value>, folded: &str) -> Option<&'a Value> {
    place.iter().find(|(key, _)| Folded::of(key).as_bytes() == folded.as_bytes()).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one on the vendor's page.
    const SAMPLE: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpZGVudGl0eSI6IjFiZjc3ZTI3NDYzZGI3YWRlNGNmODlkNmYwMzkxOTZjOkZvbm91YyBUZXN0IiwidHlwZSI6ImFjY2VzcyIsImV4cCI6MTYzNzc4MDA2Nn0.EMmyJ_j5ta1excX2CiAgWtXDfna_XMX7WhCu9_dXg08";
    const EXPIRY: u64 = 1_637_780_066;

    fn read(body: &str, wall: u64) -> Option<(Token, Identity)> {
        answer(body, Instant::default(), Duration::from_secs(wall))
    }

    fn renewal(body: &str, wall: u64) -> u64 {
        (read(body, wall).unwrap().0.renew_at - Instant::default()).as_secs()
    }

    #[test]
    fn the_vendors_sample_says_its_account_and_its_end() {
        let body = format!(r#"{{"access_token":"{SAMPLE}"}}"#);
        assert_eq!(renewal(&body, EXPIRY - 3_600), 3_000);
        let (_, identity) = read(&body, EXPIRY - 3_600).unwrap();
        assert_eq!(identity.account_id.as_deref(), Some("1bf77e27463db7ade4cf89d6f039196c"));
        assert_eq!(identity.owner_id, None);
    }

    #[test]
    fn a_clock_that_is_wrong_and_a_token_that_says_nothing_are_no_reason_to_refuse() {
        let body = format!(r#"{{"access_token":"{SAMPLE}"}}"#);
        assert_eq!(renewal(&body, EXPIRY + 100_000), 3_000);
        assert_eq!(renewal(&body, EXPIRY), 3_000);
        assert_eq!(renewal(&body, EXPIRY - 5), 20, "not again and again");
        assert_eq!(renewal(&body, 0), LONGEST.as_secs() - 600);
        for token in ["opaque", "a.b.c", "a.%%%.c", "a.e30.c", "..", SAMPLE.get(..60).unwrap()] {
            assert_eq!(renewal(&format!(r#"{{"access_token":"{token}"}}"#), EXPIRY), 3_000, "{token}");
        }
    }

    #[test]
    fn an_answer_may_say_who_it_is_in_several_places() {
        let owner = |body: &str| read(body, 0).unwrap().1.owner_id;
        assert_eq!(owner(r#"{"accessToken":"t","owner_id":"u1"}"#).as_deref(), Some("u1"));
        assert_eq!(owner(r#"{"auth_token":"t","data":{"owner_id":"u1","id":"x"}}"#).as_deref(), Some("u1"));
        assert_eq!(owner(r#"{"user":{"id":"u1"},"access_token":"t"}"#).as_deref(), Some("u1"));
        assert_eq!(owner(r#"{"access_token":"t","id":"x"}"#), None);
    }

    #[test]
    fn an_answer_without_a_usable_token_is_none() {
        for body in
            ["", "[]", "{}", r#"{"access_token":""}"#, r#"{"access_token":7}"#, r#"{"access_token":"a b"}"#]
        {
            assert!(read(body, 0).is_none(), "{body}");
        }
    }
}
