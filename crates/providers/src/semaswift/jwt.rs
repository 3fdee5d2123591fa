//! What a token says of itself; whether it is true is for the server to judge.

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
    let Some(json) = decode(payload) else { return Claims::default() };
    let Ok(wire) = serde_json::from_slice::<Wire<'_>>(&json) else { return Claims::default() };
    #[expect(clippy::cast_possible_truncation, reason = "seconds of any token fit")]
    Claims { sub: wire.sub.clean(), exp: wire.exp.map(|exp| exp as i64) }
}

/// Base64 as URLs have it, with or without padding.
fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len()), 0_u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).ok()?);
        }
    }
    Some(bytes)
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
