//! Who is let in, and to which channels: what Firmafon adds to plain Faye.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Which messages are refused when they carry no good token; Firmafon's own choice is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefuseTokenAt {
    /// Tokens are not looked at.
    Nothing,
    /// `/meta/handshake`.
    Handshake,
    /// `/meta/connect`.
    Connect,
    /// `/meta/subscribe`.
    Subscribe,
    /// Every `/meta/…` message.
    All,
}

/// Decides about one message at a time.
#[derive(Debug)]
pub(super) struct Gate {
    /// The good token; `None` once it was revoked.
    pub(super) token: Option<String>,
    pub(super) refuse_at: RefuseTokenAt,
    pub(super) company: u64,
    pub(super) employees: BTreeSet<u64>,
    /// Whether patterns such as `/call2/employee/*` may be subscribed to.
    pub(super) patterns: bool,
}

impl Gate {
    /// Whether REST would take this token.
    pub(super) fn takes(&self, token: Option<&str>) -> bool {
        token.is_some() && token == self.token.as_deref()
    }

    /// The error text for a message that is refused.
    pub(super) fn refusal(&self, message: &Map<String, Value>) -> Option<String> {
        let channel = message.get("channel").and_then(Value::as_str).unwrap_or_default();
        if !channel.starts_with("/meta/") {
            return Some("403::Publishing is not allowed".to_owned());
        }
        let checked = match self.refuse_at {
            RefuseTokenAt::Nothing => false,
            RefuseTokenAt::Handshake => channel == "/meta/handshake",
            RefuseTokenAt::Connect => channel == "/meta/connect",
            RefuseTokenAt::Subscribe => channel == "/meta/subscribe",
            RefuseTokenAt::All => true,
        };
        let token = message.get("ext").and_then(|ext| ext.get("access_token")).and_then(Value::as_str);
        if checked && !self.takes(token) {
            return Some("403::Invalid access token".to_owned());
        }
        if channel != "/meta/subscribe" {
            return None;
        }
        let wanted = match message.get("subscription") {
            Some(Value::Array(several)) => several.iter().collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        wanted
            .into_iter()
            .filter_map(Value::as_str)
            .find(|channel| self.is_foreign(channel))
            .map(|channel| format!("403:{channel}:Forbidden channel"))
    }

    fn is_foreign(&self, channel: &str) -> bool {
        let words: Vec<&str> = channel.split('/').skip(1).collect();
        match words.as_slice() {
            ["presence" | "call2", "company", id] => {
                !self.patterns_cover(id) && id.parse() != Ok(self.company)
            }
            ["call2", "employee", id] => {
                !self.patterns_cover(id) && !id.parse().is_ok_and(|id| self.employees.contains(&id))
            }
            ["presence" | "call2", ..] | ["*" | "**"] => !self.patterns,
            _ => false,
        }
    }

    fn patterns_cover(&self, word: &str) -> bool {
        self.patterns && (word == "*" || word == "**")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(gate: &Gate, message: &Value) -> Option<String> {
        gate.refusal(message.as_object().unwrap())
    }

    #[test]
    fn only_channels_of_the_own_company_are_open() {
        let mut gate = Gate {
            token: Some("t".to_owned()),
            refuse_at: RefuseTokenAt::Nothing,
            company: 1234,
            employees: BTreeSet::from([77]),
            patterns: false,
        };
        let subscribe = |channel: &str| json!({"channel": "/meta/subscribe", "subscription": channel});
        for open in ["/presence/company/1234", "/call2/company/1234", "/call2/employee/77", "/elsewhere"] {
            assert_eq!(refusal(&gate, &subscribe(open)), None, "{open}");
        }
        for closed in ["/presence/company/9", "/call2/employee/78", "/call2/employee/*", "/call2/**", "/**"] {
            assert_eq!(refusal(&gate, &subscribe(closed)), Some(format!("403:{closed}:Forbidden channel")));
        }
        gate.patterns = true;
        for open in ["/call2/employee/*", "/call2/**", "/**"] {
            assert_eq!(refusal(&gate, &subscribe(open)), None, "{open}");
        }
    }

    #[test]
    fn a_bad_token_is_refused_only_where_it_is_looked_at() {
        let mut gate = Gate {
            token: Some("t".to_owned()),
            refuse_at: RefuseTokenAt::Connect,
            company: 1,
            employees: BTreeSet::new(),
            patterns: false,
        };
        let with = |channel: &str, token: &str| json!({"channel": channel, "ext": {"access_token": token}});
        assert_eq!(refusal(&gate, &with("/meta/handshake", "bad")), None);
        assert_eq!(
            refusal(&gate, &with("/meta/connect", "bad")).as_deref(),
            Some("403::Invalid access token")
        );
        assert_eq!(refusal(&gate, &with("/meta/connect", "t")), None);
        gate.token = None;
        assert!(refusal(&gate, &with("/meta/connect", "t")).is_some());
    }
}
