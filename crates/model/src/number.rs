use std::fmt;

use serde::{Deserialize, Serialize};

/// A phone number in E.164: `+` and 7 to 15 digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[serde(transparent)]
pub struct PhoneNumber(Box<str>);

impl PhoneNumber {
    /// From digits that begin with a country code, with or without `+` or `00`; spaces, dots, dashes and
    /// brackets are ignored. `None` for anything else: short internal numbers, words, SIP addresses.
    pub fn international(text: &str) -> Option<Self> {
        let mut digits = String::with_capacity(16);
        digits.push('+');
        for c in text.trim().chars() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if digits.len() == 1 => {}
                ' ' | '\u{a0}' | '.' | '-' | '(' | ')' | '/' => {}
                _ => return None,
            }
        }
        if let Some(rest) = digits.strip_prefix("+00") {
            digits = format!("+{rest}");
        }
        ((8..=16).contains(&digits.len()) && !digits.starts_with("+0")).then(|| Self(digits.into()))
    }

    /// With the leading `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The last two digits only: numbers reach no log in full.
impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tail: String = self.0.chars().skip(self.0.chars().count().saturating_sub(2)).collect();
        write!(f, "+…{tail}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_providers_and_people_write() {
        let read = |text| PhoneNumber::international(text).map(|n| n.to_string());
        assert_eq!(read("4511223344").as_deref(), Some("+4511223344"));
        assert_eq!(read("+45 11 22 33 44").as_deref(), Some("+4511223344"));
        assert_eq!(read("0045-11223344").as_deref(), Some("+4511223344"));
        assert_eq!(read("17"), None);
        assert_eq!(read("anonymous"), None);
        assert_eq!(read("sip:a@b"), None);
        assert_eq!(read(""), None);
    }
}
