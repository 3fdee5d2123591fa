//! What a token says of itself; whether it is true is for the server to judge.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

use super::wire::Word;

/// The claims of interest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Claims {
    /// The user.
    pub(super) sub: Option<String>,
    /// The end, in seconds since 1970.
    pub(super) exp: Option<i64>,
}

/// The claims of a JWT; none of any other token.
pub(super) fn claims(token: &str) -> Claims {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        sub: Word<'a>,
        exp: Option<f64>,
    }
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Claims::default();
    };
    let json = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('='));
    let Ok(json) = json else { return Claims::default() };
    let Ok(wire) = serde_json::from_slice::<Wire<'_>>(&json) else { return Claims::default() };
    #[expect(clippy::cast_possible_truncation, reason = "seconds of any token fit")]
    Claims { sub: wire.sub.clean(), exp: wire.exp.map(|exp| exp as i64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jwt_tells_its_user_and_its_end() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfNzciLCJleHAiOjE3OTUyNTI4ODB9.sig";
        assert_eq!(claims(token), Claims { sub: Some("usr_77".into()), exp: Some(1_795_252_880) });
        for other in ["pat_live_abc", "", "a.b.c", "a.!.c", "a.e30.c", "a.e30.c.d", "a.W10.c"] {
            assert_eq!(claims(other), Claims::default(), "{other}");
        }
    }
}
