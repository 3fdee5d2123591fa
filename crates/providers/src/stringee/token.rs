//! Tokens, as far as a client may look into them: the payload is read and not verified, which only the server can.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::Time;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

/// What the organisation gave.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) client: SecretString,
    pub(super) claims: Claims,
    pub(super) rest: Option<SecretString>,
    pub(super) relay: Option<SecretString>,
}

/// What a client token says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Claims {
    pub(super) user: Option<String>,
    pub(super) expires_at: Option<Time>,
    topics: Vec<String>,
    /// An attribute and the topic it is published to.
    attributes: Vec<(String, String)>,
}

/// Why a token is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfit {
    #[error("This is no Stringee token; a client token has three parts with dots between them.")]
    NoToken,
    #[error(
        "This token is a REST token (`rest_api`), which could place paid calls; use a client token with a `userId`."
    )]
    Rest,
}

impl Tokens {
    /// Reads what a token address answered: JSON with `access_token`, or nothing but a token.
    pub(super) fn parse(body: &str) -> Result<Self, Unfit> {
        let parsed = serde_json::from_str::<Value>(body).unwrap_or_else(|_| Value::from(body.trim()));
        let field = |names: &[&str]| {
            let found = names.iter().find_map(|name| parsed.get(name)?.as_str());
            found.map(str::trim).filter(|text| is_plain(text)).map(SecretString::from)
        };
        let client = match &parsed {
            Value::String(text) => Some(SecretString::from(text.trim())),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                field(&["access_token", "accessToken", "token"])
            }
        };
        let client = client.ok_or(Unfit::NoToken)?;
        Ok(Self {
            claims: Claims::parse(client.expose_secret())?,
            client,
            rest: field(&["rest_token"]),
            relay: field(&["relay_token"]),
        })
    }
}

impl Claims {
    pub(super) fn parse(token: &str) -> Result<Self, Unfit> {
        let mut parts = token.split('.');
        let (Some(_), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Unfit::NoToken);
        };
        if signature.is_empty() || !is_plain(token) {
            return Err(Unfit::NoToken);
        }
        let decoded = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).map_err(|_| Unfit::NoToken)?;
        let payload: Value = serde_json::from_slice(&decoded).map_err(|_| Unfit::NoToken)?;
        if !payload.is_object() {
            return Err(Unfit::NoToken);
        }
        if payload.get("rest_api").is_some_and(is_true) {
            return Err(Unfit::Rest);
        }
        let user = match payload.get("userId") {
            Some(Value::String(user)) if !user.is_empty() => Some(user.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let subscribe = payload.get("subscribe").and_then(Value::as_str).unwrap_or_default();
        Ok(Self {
            user,
            expires_at: payload
                .get("exp")
                .and_then(seconds)
                .map(|at| Time::from_millis(at.saturating_mul(1000))),
            topics: subscribe
                .split(',')
                .map(str::trim)
                .filter(|topic| !topic.is_empty())
                .map(Into::into)
                .collect(),
            attributes: payload.get("attributes").map(attributes).unwrap_or_default(),
        })
    }

    /// Whether a change of one's own attribute comes back by a topic.
    pub(super) fn hears_own(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|(name, topic)| name == attribute && self.topics.contains(topic))
    }

    /// Whether anything is subscribed to.
    pub(super) fn hears_anything(&self) -> bool {
        !self.topics.is_empty()
    }
}

/// A list, or a list as JSON text: tokens of the vendor's own have both.
fn attributes(value: &Value) -> Vec<(String, String)> {
    let inner;
    let list = match value {
        Value::String(text) => {
            inner = serde_json::from_str::<Value>(text).unwrap_or_default();
            &inner
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value,
    };
    let rows = list.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter()
        .filter_map(|row| {
            let text = |name| row.get(name)?.as_str().map(str::to_owned);
            Some((text("attribute")?, text("topic")?))
        })
        .collect()
}

/// Issuers write `true`, `1`, `"1"` and `"true"`.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => {
            !matches!(text.trim().to_ascii_lowercase().as_str(), "" | "0" | "false" | "no")
        }
        Value::Array(_) | Value::Object(_) => true,
    }
}

fn seconds(value: &Value) -> Option<i64> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "a time beyond all years is clamped")]
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|at| at as i64)),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether it can stand in a header and in a frame.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn token(payload: &Value) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload.to_string()))
    }

    #[test]
    fn a_client_token_tells_who_until_when_and_what_it_hears() {
        let list = json!([{"attribute": "manual_status", "topic": "agents"}, {"attribute": "call"}, 7]);
        for attributes in [list.clone(), Value::from(list.to_string())] {
            let claims = Claims::parse(&token(&json!({
                "userId": "agent_1", "exp": 1_763_719_200, "icc_api": true,
                "subscribe": "ALL_CALL_STATUS, agents,", "attributes": attributes,
            })))
            .unwrap();
            assert_eq!(claims.user.as_deref(), Some("agent_1"));
            assert_eq!(claims.expires_at, Some(Time::from_millis(1_763_719_200_000)));
            assert!(claims.hears_own("manual_status") && !claims.hears_own("call"));
            assert!(claims.hears_anything());
        }
        assert!(!Claims::parse(&token(&json!({"userId": "u"}))).unwrap().hears_anything());
    }

    #[test]
    fn a_rest_token_is_no_client_token() {
        for rest in [json!(true), json!(1), json!("1"), json!("true"), json!([])] {
            assert_eq!(Claims::parse(&token(&json!({"userId": "u", "rest_api": rest}))), Err(Unfit::Rest));
        }
        for client in [json!(false), json!(0), json!("0"), json!(null), json!("")] {
            assert!(Claims::parse(&token(&json!({"userId": "u", "rest_api": client}))).is_ok());
        }
    }

    #[test]
    fn what_is_no_token_is_none() {
        for text in ["", "abc", "a.b", "a.b.c.d", "e30.!!.c2ln", "e30.MQ.c2ln", "e30.e30.", "e3 0.e30.c2ln"] {
            assert_eq!(Claims::parse(text), Err(Unfit::NoToken), "{text}");
        }
    }

    #[test]
    fn a_token_address_may_answer_in_several_ways() {
        let good = token(&json!({"userId": "u"}));
        for body in [
            json!({"access_token": good, "rest_token": "r.e.s", "relay_token": "x"}).to_string(),
            json!({"accessToken": good, "rest_token": "r.e.s", "relay_token": "x"}).to_string(),
        ] {
            let tokens = Tokens::parse(&body).unwrap();
            assert_eq!(tokens.client.expose_secret(), good);
            assert_eq!(tokens.rest.unwrap().expose_secret(), "r.e.s");
            assert_eq!(tokens.relay.unwrap().expose_secret(), "x");
        }
        assert!(Tokens::parse(&format!("{good}\n")).is_ok());
        assert!(Tokens::parse(&format!("\"{good}\"")).is_ok());
        assert_eq!(Tokens::parse("<html>").unwrap_err(), Unfit::NoToken);
        assert_eq!(Tokens::parse("{\"access_token\":7}").unwrap_err(), Unfit::NoToken);
    }
}
