//! What goes over the wire: messages in, parsed once and borrowed; messages out, as text.

use std::{borrow::Cow, fmt::Write as _};

use serde::{Deserialize, Deserializer, de::IgnoredAny};
use serde_json::value::RawValue;

use super::Transport;

/// As much of a message as matters, borrowed from the text it came in.
#[derive(Deserialize)]
pub(super) struct Message<'a> {
    #[serde(borrow, default)]
    pub(super) channel: Cow<'a, str>,
    /// `None` only if there is no `data` at all.
    #[serde(borrow, default, deserialize_with = "present")]
    pub(super) data: Option<&'a RawValue>,
    pub(super) successful: Option<bool>,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow, rename = "clientId")]
    pub(super) client_id: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) advice: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) error: Option<&'a RawValue>,
    #[serde(borrow, rename = "supportedConnectionTypes")]
    types: Option<&'a RawValue>,
}

fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(from).map(Some)
}

impl Message<'_> {
    /// The `id`, if it can be one of ours.
    pub(super) fn id(&self) -> Option<u64> {
        self.id?.get().trim_matches('"').parse().ok()
    }

    /// Whether a handshake answer lets a transport be used; a list that is missing or unreadable lets all.
    pub(super) fn offers(&self, transport: Transport) -> bool {
        self.types
            .and_then(|types| serde_json::from_str::<Vec<Cow<'_, str>>>(types.get()).ok())
            .is_none_or(|types| types.iter().any(|name| name == transport.name()))
    }
}

/// The messages of a frame or an HTTP body: an array of them, or a single one.
///
/// One bad element does not cost the others; broken JSON costs only what comes after it.
pub(super) struct Messages<'a> {
    rest: &'a str,
    place: Place,
}

enum Place {
    Begin,
    InArray,
    End,
}

impl<'a> Messages<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text, place: Place::Begin }
    }

    fn element(&mut self) -> Result<Message<'a>, &'static str> {
        let parsed = self.take::<Message<'a>>();
        if parsed.is_none() && self.take::<IgnoredAny>().is_none() {
            self.place = Place::End;
            return Err("not JSON");
        }
        self.rest = self.rest.trim_start();
        match self.place {
            Place::InArray => {
                if let Some(rest) = self.rest.strip_prefix(',') {
                    self.rest = rest;
                } else if !self.rest.starts_with(']') {
                    self.place = Place::End;
                }
            }
            Place::Begin | Place::End => self.place = Place::End,
        }
        parsed.ok_or("not a Bayeux message")
    }

    fn take<T: Deserialize<'a>>(&mut self) -> Option<T> {
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<T>();
        let value = values.next()?.ok()?;
        self.rest = self.rest.get(values.byte_offset()..)?;
        Some(value)
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = Result<Message<'a>, &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.place, Place::Begin)
            && let Some(rest) = self.rest.trim_start().strip_prefix('[')
        {
            self.rest = rest;
            self.place = Place::InArray;
        }
        if matches!(self.place, Place::End)
            || (matches!(self.place, Place::InArray) && self.rest.trim_start().starts_with(']'))
        {
            return None;
        }
        Some(self.element())
    }
}

/// What the client asks of the server.
pub(super) enum Ask<'a> {
    Handshake {
        types: &'a [Transport],
    },
    Connect {
        client_id: &'a RawValue,
        over: Transport,
        /// How long the server shall hold its answer back, in milliseconds, if not as long as it likes.
        hold: Option<u128>,
    },
    Subscribe {
        client_id: &'a RawValue,
        channel: &'a str,
    },
    Unsubscribe {
        client_id: &'a RawValue,
        channel: &'a str,
    },
    Disconnect {
        client_id: &'a RawValue,
    },
}

impl Ask<'_> {
    /// One message, without the array around it; `ext` is JSON or empty.
    pub(super) fn encode(&self, id: u64, ext: &str) -> String {
        let mut text = String::with_capacity(200 + ext.len());
        let written = match self {
            Self::Handshake { types } => {
                let names: Vec<&str> = types.iter().map(|transport| transport.name()).collect();
                write!(
                    text,
                    r#"{{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["{}"]"#,
                    names.join(r#"",""#)
                )
            }
            Self::Connect { client_id, over, hold } => {
                let over = over.name();
                let advice = hold.map_or_else(String::new, |ms| format!(r#","advice":{{"timeout":{ms}}}"#));
                write!(
                    text,
                    r#"{{"channel":"/meta/connect","clientId":{client_id},"connectionType":"{over}"{advice}"#
                )
            }
            Self::Subscribe { client_id, channel } => write!(
                text,
                r#"{{"channel":"/meta/subscribe","clientId":{client_id},"subscription":{}"#,
                quoted(channel)
            ),
            Self::Unsubscribe { client_id, channel } => write!(
                text,
                r#"{{"channel":"/meta/unsubscribe","clientId":{client_id},"subscription":{}"#,
                quoted(channel)
            ),
            Self::Disconnect { client_id } => {
                write!(text, r#"{{"channel":"/meta/disconnect","clientId":{client_id}"#)
            }
        };
        let ext = if ext.is_empty() { String::new() } else { format!(r#","ext":{ext}"#) };
        let ended = written.and_then(|()| write!(text, r#","id":"{id}"{ext}}}"#));
        debug_assert!(ended.is_ok(), "writing to a String cannot fail");
        text
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channels(text: &str) -> Vec<Result<String, &'static str>> {
        Messages::of(text).map(|message| message.map(|message| message.channel.into_owned())).collect()
    }

    #[test]
    fn an_array_and_a_single_message_are_both_read() {
        assert_eq!(channels(r#"{"channel":"/a"}"#), [Ok("/a".into())]);
        assert_eq!(
            channels(r#" [ {"channel":"/a"} , {"channel":"/b"} ] "#),
            [Ok("/a".into()), Ok("/b".into())]
        );
        assert_eq!(channels("[]"), []);
    }

    #[test]
    fn a_bad_element_does_not_cost_the_others() {
        let bad = "not a Bayeux message";
        assert_eq!(
            channels(r#"[{"channel":7},[[]],null,1,"x",{"channel":"/b"}]"#),
            [Err(bad), Err(bad), Err(bad), Err(bad), Err(bad), Ok("/b".into())]
        );
    }

    #[test]
    fn broken_json_costs_only_what_comes_after_it() {
        assert_eq!(channels(r#"[{"channel":"/a"},{"chan"#), [Ok("/a".into()), Err("not JSON")]);
        assert_eq!(channels(""), [Err("not JSON")]);
        assert_eq!(channels("<html>"), [Err("not JSON")]);
        assert_eq!(channels(&"[".repeat(100_000)).len(), 1);
        assert_eq!(channels(&format!("[{}]", "[".repeat(100_000))), [Err("not JSON")]);
    }

    #[test]
    fn data_may_be_null_and_nested_deeply() {
        let deep = format!(r#"{{"channel":"/a","data":{}{}}}"#, "[".repeat(50_000), "]".repeat(50_000));
        for text in [r#"{"channel":"/a","data":null}"#, &deep] {
            let message = Messages::of(text).next().unwrap().unwrap();
            assert!(message.data.is_some());
        }
        assert!(Messages::of(r#"{"channel":"/a"}"#).next().unwrap().unwrap().data.is_none());
    }

    #[test]
    fn a_channel_is_quoted_and_ext_goes_along() {
        let client_id = serde_json::value::to_raw_value("c\"1").unwrap();
        let text = Ask::Subscribe { client_id: &client_id, channel: "/a\"b" }.encode(7, r#"{"t":1}"#);
        assert_eq!(
            text,
            r#"{"channel":"/meta/subscribe","clientId":"c\"1","subscription":"/a\"b","id":"7","ext":{"t":1}}"#
        );
    }
}
