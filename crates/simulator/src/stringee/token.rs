//! The project's tokens: JSON Web Tokens signed with HS256 by the organisation, looked at by Stringee.

use std::collections::{BTreeSet, VecDeque};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;

use super::frames::set;

/// The project's API key.
pub(super) const KEY_SID: &str = "SKsimulatedKey";
/// So many revoked secrets are remembered.
const MOST_REVOKED: usize = 16;

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Missing,
    Undecodable,
    BadFormat,
    NotHs256,
    UnknownKey,
    Expired,
    BadPayload,
    BadSignature,
}

impl Refusal {
    /// The `r` of the answer.
    pub(super) fn code(self) -> u64 {
        match self {
            Refusal::Missing => 1,
            Refusal::Undecodable => 2,
            Refusal::BadFormat => 3,
            Refusal::NotHs256 => 4,
            Refusal::UnknownKey => 5,
            Refusal::Expired => 6,
            Refusal::BadPayload => 7,
            Refusal::BadSignature => 10,
        }
    }
}

/// What an answer with this `r` says.
pub(super) fn message(r: u64) -> &'static str {
    match r {
        0 => "SUCCESS",
        1 => "Access token is missing",
        2 => "Access token can not be decoded",
        3 => "Access token has a wrong format",
        4 => "Access token is not signed with HS256",
        5 => "keySid invalid",
        6 => "Access token expired or invalid",
        7 => "Access token payload is invalid",
        8 => "Project not found",
        10 => "Signature is invalid",
        11 => "Account is expired",
        12 => "Account is deactivated",
        15 => "CURRENT_SERVER_IS_SLAVE",
        _ => "Authentication failed",
    }
}

/// What a client token says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) user: String,
    pub(super) subscribe: BTreeSet<String>,
    /// Attribute and the topic its changes go to.
    pub(super) attributes: Vec<(String, String)>,
}

/// The secret of the project's API key, and those that were replaced.
#[derive(Debug)]
pub(super) struct Keys {
    secret: String,
    replaced: VecDeque<String>,
    replacements: u64,
}

impl Keys {
    pub(super) fn new() -> Keys {
        Keys { secret: secret(0), replaced: VecDeque::new(), replacements: 0 }
    }

    /// What was signed until now is expired.
    pub(super) fn expire_all(&mut self) {
        self.replacements += 1;
        self.replaced.push_back(std::mem::replace(&mut self.secret, secret(self.replacements)));
        if self.replaced.len() > MOST_REVOKED {
            self.replaced.pop_front();
        }
    }

    /// A token with this payload.
    pub(super) fn sign(&self, payload: &Value) -> String {
        let header = json!({"typ": "JWT", "alg": "HS256", "cty": "stringee-api;v=1"});
        encode(&header, payload, &self.secret)
    }

    /// A token that lets a client in.
    pub(super) fn client_token(&self, claims: &Claims, expires_at: Timestamp, as_text: bool) -> String {
        let pair = |(attribute, topic): &(String, String)| json!({"attribute": attribute, "topic": topic});
        let attributes = Value::from_iter(claims.attributes.iter().map(pair));
        let mut payload = self.payload(expires_at);
        set(&mut payload, "userId", claims.user.clone());
        if !claims.subscribe.is_empty() {
            let topics: Vec<&str> = claims.subscribe.iter().map(String::as_str).collect();
            set(&mut payload, "subscribe", topics.join(","));
        }
        if !claims.attributes.is_empty() {
            let attributes = if as_text { attributes.to_string().into() } else { attributes };
            set(&mut payload, "attributes", attributes);
        }
        self.sign(&payload)
    }

    /// A token for REST, which may do everything in the project.
    pub(super) fn rest_token(&self, expires_at: Timestamp) -> String {
        let mut payload = self.payload(expires_at);
        set(&mut payload, "rest_api", true);
        self.sign(&payload)
    }

    fn payload(&self, expires_at: Timestamp) -> Value {
        let made_at = Timestamp::now().as_second();
        json!({"jti": format!("{KEY_SID}-{made_at}"), "iss": KEY_SID, "exp": expires_at.as_second()})
    }

    /// Reads a token for a client.
    pub(super) fn client(&self, token: &str, now: Timestamp) -> Result<Claims, Refusal> {
        let payload = self.verify(token, now)?;
        if is_rest(&payload) {
            return Err(Refusal::BadPayload);
        }
        claims(&payload).ok_or(Refusal::BadPayload)
    }

    /// Whether REST takes a token.
    pub(super) fn rest(&self, token: &str, now: Timestamp) -> Result<(), Refusal> {
        let payload = self.verify(token, now)?;
        if is_rest(&payload) { Ok(()) } else { Err(Refusal::BadPayload) }
    }

    fn verify(&self, token: &str, now: Timestamp) -> Result<Value, Refusal> {
        if token.is_empty() {
            return Err(Refusal::Missing);
        }
        let parts: Vec<&str> = token.split('.').collect();
        let [header, payload, signature] = parts.as_slice() else { return Err(Refusal::BadFormat) };
        let signed =
            token.strip_suffix(signature).and_then(|text| text.strip_suffix('.')).unwrap_or_default();
        let (header, payload) = (object(header)?, object(payload)?);
        if header.get("alg") != Some(&json!("HS256")) {
            return Err(Refusal::NotHs256);
        }
        // Reported of the real service: a token without `cty` is answered as if its key were not known.
        if header.get("cty") != Some(&json!("stringee-api;v=1"))
            || payload.get("iss") != Some(&json!(KEY_SID))
        {
            return Err(Refusal::UnknownKey);
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refusal::Undecodable)?;
        let is_by = |secret: &String| mac(secret, signed).verify_slice(&signature).is_ok();
        if !is_by(&self.secret) {
            let is_old = self.replaced.iter().any(is_by);
            return Err(if is_old { Refusal::Expired } else { Refusal::BadSignature });
        }
        let expires_at = payload.get("exp").and_then(Value::as_i64).ok_or(Refusal::BadPayload)?;
        if expires_at <= now.as_second() {
            return Err(Refusal::Expired);
        }
        Ok(payload)
    }
}

fn secret(number: u64) -> String {
    format!("c2ltdWxhdGVkIHNlY3JldA{number}")
}

fn encode(header: &Value, payload: &Value, secret: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(payload));
    let signature = URL_SAFE_NO_PAD.encode(mac(secret, &signed).finalize().into_bytes());
    format!("{signed}.{signature}")
}

fn mac(secret: &str, signed: &str) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(signed.as_bytes());
    mac
}

fn object(part: &str) -> Result<Value, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::Undecodable)?;
    serde_json::from_slice(&bytes).ok().filter(Value::is_object).ok_or(Refusal::Undecodable)
}

/// Some issuers write 1 for true.
fn is_rest(payload: &Value) -> bool {
    match payload.get("rest_api") {
        Some(Value::Bool(is)) => *is,
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        Some(Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_)) | None => false,
    }
}

fn claims(payload: &Value) -> Option<Claims> {
    let user = payload.get("userId")?.as_str().filter(|user| !user.is_empty())?.to_owned();
    let topics = payload.get("subscribe").and_then(Value::as_str).unwrap_or_default();
    let subscribe = topics.split(',').map(str::trim).filter(|topic| !topic.is_empty());
    let parsed = payload.get("attributes").and_then(Value::as_str).map(serde_json::from_str::<Value>);
    let attributes = match &parsed {
        Some(parsed) => parsed.as_ref().ok(),
        None => payload.get("attributes"),
    };
    let pair = |value: &Value| {
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Some((text("attribute")?, text("topic")?))
    };
    let attributes = attributes.and_then(Value::as_array).into_iter().flatten().filter_map(pair);
    Some(Claims { user, subscribe: subscribe.map(str::to_owned).collect(), attributes: attributes.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn some() -> Claims {
        Claims {
            user: "agent_1".to_owned(),
            subscribe: ["ALL_CALL_STATUS".to_owned(), "online_status_X".to_owned()].into(),
            attributes: vec![("onlineStatus".to_owned(), "online_status_X".to_owned())],
        }
    }

    #[test]
    fn a_token_is_read_as_it_was_made_whether_attributes_are_an_array_or_text() {
        let keys = Keys::new();
        for as_text in [false, true] {
            let token = keys.client_token(&some(), at(2000), as_text);
            assert_eq!(keys.client(&token, at(1999)), Ok(some()), "{as_text}");
            assert_eq!(keys.client(&token, at(2000)), Err(Refusal::Expired));
            assert_eq!(keys.rest(&token, at(1999)), Err(Refusal::BadPayload));
        }
    }

    #[test]
    fn the_signature_is_the_one_that_node_makes() {
        let key = "0123";
        let token = encode(&json!({"alg": "HS256"}), &json!({"a": 1}), key);
        // By `createHmac("sha256", "0123")` of Node's `crypto`.
        assert_eq!(token, "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.cxgK7C-EOVTquYpmCupV4gC2SUBfUBI557x3CiQqRDk");
    }

    #[test]
    fn tokens_for_rest_do_not_let_clients_in() {
        let keys = Keys::new();
        let token = keys.rest_token(at(2000));
        assert_eq!(keys.rest(&token, at(1000)), Ok(()));
        assert_eq!(keys.client(&token, at(1000)), Err(Refusal::BadPayload));
        let both = json!({"iss": KEY_SID, "exp": 2000, "userId": "a", "rest_api": 1});
        assert_eq!(keys.client(&keys.sign(&both), at(1000)), Err(Refusal::BadPayload));
    }

    #[test]
    fn whatever_is_wrong_with_a_token_has_its_code() {
        let keys = Keys::new();
        let good = json!({"typ": "JWT", "alg": "HS256", "cty": "stringee-api;v=1"});
        let payload = json!({"iss": KEY_SID, "exp": 2000, "userId": "a"});
        let code = |token: &str| keys.client(token, at(1000)).unwrap_err().code();
        let signed = |header: &Value, payload: &Value| code(&encode(header, payload, &keys.secret));
        assert_eq!(code(""), 1);
        assert_eq!(code("no.token.?"), 2);
        assert_eq!(code("none"), 3);
        assert_eq!(signed(&json!({"alg": "none", "cty": "stringee-api;v=1"}), &payload), 4);
        assert_eq!(signed(&json!({"alg": "HS256"}), &payload), 5);
        assert_eq!(signed(&good, &json!({"iss": "SKother", "exp": 2000, "userId": "a"})), 5);
        assert_eq!(signed(&good, &json!({"iss": KEY_SID, "exp": 999, "userId": "a"})), 6);
        assert_eq!(signed(&good, &json!({"iss": KEY_SID, "exp": 2000})), 7);
        assert_eq!(code(&encode(&good, &payload, "another secret")), 10);
    }

    #[test]
    fn what_was_signed_before_expires_at_once() {
        let mut keys = Keys::new();
        let before = keys.client_token(&some(), at(2000), false);
        keys.expire_all();
        assert_eq!(keys.client(&before, at(1000)), Err(Refusal::Expired));
        let since = keys.client_token(&some(), at(2000), false);
        assert!(keys.client(&since, at(1000)).is_ok());
    }
}
