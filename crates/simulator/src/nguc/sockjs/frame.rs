//! Messages and frames as they are on the wire.

use serde::Serialize;
use serde_json::value::RawValue;

/// One message, as the JSON it is inside a frame, so that even half a surrogate pair comes back as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::nguc) struct Message(String);

/// What a client sent is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::nguc) struct Broken;

impl Message {
    /// A message of this text.
    pub(in crate::nguc) fn of(text: &str) -> Message {
        Message(escape(&serde_json::Value::from(text).to_string()))
    }

    /// Its text, unless it is none or is no Unicode.
    pub(in crate::nguc) fn text(&self) -> Option<String> {
        serde_json::from_str(&self.0).ok()
    }

    /// As a string in JSON, whatever it is.
    fn quoted(&self) -> String {
        if self.0.starts_with('"') { self.0.clone() } else { Message::of(&self.0).0 }
    }

    /// As raw websockets carry it.
    pub(super) fn unframed(&self) -> String {
        self.text().unwrap_or_else(|| self.0.clone())
    }

    fn raw(json: &RawValue) -> Message {
        Message(escape(json.get()))
    }
}

/// What a websocket's text holds: an array of messages, one message, or nothing.
pub(super) fn parse(text: &str) -> Result<Vec<Message>, Broken> {
    if text.is_empty() {
        Ok(Vec::new())
    } else if text.starts_with('[') {
        parse_array(text)
    } else {
        serde_json::from_str::<&RawValue>(text).map(|one| vec![Message::raw(one)]).map_err(|_| Broken)
    }
}

/// What an array holds.
pub(super) fn parse_array(text: &str) -> Result<Vec<Message>, Broken> {
    let several: Vec<&RawValue> = serde_json::from_str(text).map_err(|_| Broken)?;
    Ok(several.into_iter().map(Message::raw).collect())
}

/// `a["…","…"]`.
pub(super) fn of_messages(messages: &[Message]) -> String {
    let quoted: Vec<String> = messages.iter().map(Message::quoted).collect();
    format!("a[{}]", quoted.join(","))
}

/// `c[3000,"Go away!"]`.
pub(in crate::nguc) fn of_close(code: u16, reason: &str) -> String {
    #[derive(Serialize)]
    struct Why<'a>(u16, &'a str);
    let why = serde_json::to_string(&Why(code, reason)).unwrap_or_default();
    format!("c{why}")
}

/// What old browsers mangle is escaped, as the npm server does.
fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{200c}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fff0}'..='\u{ffff}'
            | '\u{10000}'.. => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_surrogate_comes_back_as_it_was() {
        let messages = parse(r#"["\ud83d","a\udc00b"]"#).unwrap();
        assert_eq!(of_messages(&messages), r#"a["\ud83d","a\udc00b"]"#);
        assert_eq!(messages.first().unwrap().text(), None);
    }

    #[test]
    fn a_frame_is_an_array_one_message_or_nothing() {
        assert_eq!(parse(""), Ok(vec![]));
        assert_eq!(parse("[]"), Ok(vec![]));
        assert_eq!(parse(r#""one""#), Ok(vec![Message::of("one")]));
        assert_eq!(parse("[\"one\",\"two\"]\r\n"), Ok(vec![Message::of("one"), Message::of("two")]));
        assert_eq!(parse(r#"["a"#), Err(Broken));
        assert_eq!(parse("one"), Err(Broken));
    }

    #[test]
    fn what_the_npm_server_escapes_is_escaped() {
        let message = Message::of("Åsa 😀 \u{2028} \u{301} \u{0}\"\\");
        let frame = "a[\"Åsa \\ud83d\\ude00 \\u2028 \u{301} \\u0000\\\"\\\\\"]";
        assert_eq!(of_messages(&[message]), frame);
        assert_eq!(of_close(3000, "Go \"away\"!"), r#"c[3000,"Go \"away\"!"]"#);
    }

    #[test]
    fn a_message_that_is_no_string_has_no_text() {
        let messages = parse(r#"["authenticate",{"a":1}]"#).unwrap();
        assert_eq!(
            messages.iter().map(Message::text).collect::<Vec<_>>(),
            [Some("authenticate".to_owned()), None]
        );
        assert_eq!(of_messages(&messages), r#"a["authenticate","{\"a\":1}"]"#);
    }
}
