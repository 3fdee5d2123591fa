//! The tokens of Centrifugo: JSON web tokens signed with HMAC-SHA256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::Sha256;

/// What a token says; which fields are there makes it a connection's or a subscription's.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Claims {
    /// The user.
    #[serde(default)]
    pub(super) sub: String,
    /// Seconds since 1970; no end without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) exp: Option<i64>,
    /// What others see of the user: `conn_info`, in a subscription's token `chan_info`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) info: Option<Box<RawValue>>,
    /// The one channel of a subscription's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<String>,
    /// Channels the server subscribes a connection to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) channels: Vec<String>,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenFault {
    /// No token, or signed by somebody else.
    Invalid,
    /// Its time is over.
    Expired,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
}

/// The signed token.
pub(super) fn sign(secret: &str, claims: &Claims) -> String {
    let body = serde_json::to_string(claims).unwrap_or_default();
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(body));
    let signature = mac(secret, &signed).map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
    format!("{signed}.{}", signature.unwrap_or_default())
}

/// Reads a token; `now` in seconds since 1970.
pub(super) fn verify(secret: &str, token: &str, now: i64) -> Result<Claims, TokenFault> {
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenFault::Invalid)?;
    let (head, body) = signed.split_once('.').ok_or(TokenFault::Invalid)?;
    let head: Head = decode(head)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenFault::Invalid)?;
    let genuine =
        mac(secret, signed).is_some_and(|mac| head.alg == "HS256" && mac.verify_slice(&signature).is_ok());
    if !genuine {
        return Err(TokenFault::Invalid);
    }
    let claims: Claims = decode(body)?;
    match claims.exp {
        Some(exp) if exp <= now => Err(TokenFault::Expired),
        Some(_) | None => Ok(claims),
    }
}

fn mac(secret: &str, signed: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(signed.as_bytes());
    Some(mac)
}

fn decode<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, TokenFault> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenFault::Invalid)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenFault::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The well-known example of jwt.io.
    const EXAMPLE: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4g\
        RG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";

    #[test]
    fn a_token_signed_elsewhere_is_read() {
        assert_eq!(verify("your-256-bit-secret", EXAMPLE, 0).unwrap().sub, "1234567890");
        assert_eq!(verify("another secret", EXAMPLE, 0).unwrap_err(), TokenFault::Invalid);
    }

    #[test]
    fn a_token_is_good_until_its_second() {
        let claims = Claims { sub: "usr_1".to_owned(), exp: Some(100), ..Claims::default() };
        let token = sign("secret", &claims);
        assert_eq!(verify("secret", &token, 99).unwrap().sub, "usr_1");
        assert_eq!(verify("secret", &token, 100).unwrap_err(), TokenFault::Expired);
        // A forged one is not told that it has expired.
        assert_eq!(verify("other", &token, 100).unwrap_err(), TokenFault::Invalid);
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        for token in
            ["", "a", "a.b", "a.b.c", "ä.ö.ü", EXAMPLE.trim_end_matches('c'), &format!("{none}.e30.")]
        {
            assert_eq!(verify("your-256-bit-secret", token, 0).unwrap_err(), TokenFault::Invalid, "{token}");
        }
    }
}
