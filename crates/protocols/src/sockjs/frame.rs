//! What a frame says, read in one pass over its bytes.

use std::iter::FusedIterator;

use serde_json::{Value, value::RawValue};

const LONGEST_REASON: usize = 200;
/// Most messages are not longer.
const USUAL: usize = 256;

/// A frame, as far as it can be understood.
pub(super) enum Frame<'a> {
    /// `o`
    Open,
    /// `h`, or the many of them with which streams begin.
    Heartbeat,
    /// `a[…]` or `m…`
    Messages(Messages<'a>),
    /// `c[…]`
    Close { code: Option<u16>, reason: String },
    /// Nothing at all.
    Empty,
    /// Something else: what is wrong with it.
    Odd(&'static str),
}

impl<'a> Frame<'a> {
    pub(super) fn parse(text: &'a str) -> Self {
        let text = text.trim();
        let Some(letter) = text.bytes().next() else { return Self::Empty };
        let rest = text.get(1..).unwrap_or_default().trim_start();
        match letter {
            b'a' => match rest.strip_prefix('[') {
                Some(elements) => Self::Messages(Messages::of_list(rest, elements)),
                None => Self::Odd("an `a` frame without a list"),
            },
            b'o' if rest.is_empty() => Self::Open,
            b'h' if rest.bytes().all(|byte| byte == b'h') => Self::Heartbeat,
            b'm' if rest.starts_with(['"', '[', '{']) => Self::Messages(Messages::single(rest)),
            b'c' if rest.is_empty() || rest.starts_with('[') => close(rest),
            _ => Self::Odd("a frame of an unknown kind"),
        }
    }
}

/// `[]`, `[code]`, `[code,"reason"]`, and whatever else a server may put in there.
fn close(rest: &str) -> Frame<'static> {
    let mut code = None;
    let mut reason = String::new();
    for value in serde_json::from_str::<Vec<Value>>(rest).unwrap_or_default() {
        match value {
            Value::Number(number) if code.is_none() => {
                code = number.as_u64().and_then(|number| u16::try_from(number).ok());
            }
            Value::String(text) if code.is_none() && text.parse::<u16>().is_ok() => code = text.parse().ok(),
            Value::String(text) if reason.is_empty() => {
                reason = text.chars().take(LONGEST_REASON).collect();
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => {}
        }
    }
    Frame::Close { code, reason }
}

/// The messages of a frame, each as text: a string's own, or the JSON of what is no string.
///
/// One bad element does not cost the others; broken JSON costs what comes after it.
pub(super) struct Messages<'a> {
    /// The list with its bracket, until its first element is known to be a message of its own.
    whole: Option<&'a str>,
    rest: &'a str,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    List,
    /// The one value of an `m` frame.
    Single,
    Broken,
    End,
}

impl<'a> Messages<'a> {
    fn of_list(whole: &'a str, elements: &'a str) -> Self {
        Self { whole: Some(whole), rest: elements, place: Place::List }
    }

    fn single(value: &'a str) -> Self {
        Self { whole: None, rest: value, place: Place::Single }
    }

    fn element(&mut self) -> Result<String, &'static str> {
        let whole = self.whole.take();
        let Some(string) = self.rest.strip_prefix('"') else { return self.value() };
        let Some((text, rest)) = unescape(string) else {
            self.place = Place::End;
            return Err("a list that breaks off");
        };
        // `a["Name",{…}]`: an event that is not in a string, as it should be.
        if let Some(whole) = whole
            && !text.starts_with(['[', '{', '"', ' '])
            && is_followed_by_data(rest)
            && let Ok(event) = serde_json::from_str::<&RawValue>(whole)
        {
            self.place = Place::End;
            return Ok(event.get().to_owned());
        }
        self.rest = rest;
        self.go_on();
        Ok(text)
    }

    /// An element that is no string.
    fn value(&mut self) -> Result<String, &'static str> {
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<&RawValue>();
        let Some(Ok(raw)) = values.next() else {
            self.place = Place::End;
            return Err("a list that breaks off");
        };
        self.rest = self.rest.get(values.byte_offset()..).unwrap_or_default();
        self.go_on();
        let json = raw.get();
        if json.starts_with(['[', '{']) { Ok(json.to_owned()) } else { Err("an element that is no message") }
    }

    /// To the next element.
    fn go_on(&mut self) {
        self.rest = self.rest.trim_start();
        if self.place == Place::Single {
            self.place = Place::End;
        } else if let Some(rest) = self.rest.strip_prefix(',') {
            self.rest = rest;
        } else if !self.rest.starts_with(']') {
            self.place = Place::Broken;
        }
    }
}

impl Iterator for Messages<'_> {
    type Item = Result<String, &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start();
        match self.place {
            Place::List if self.rest.starts_with(']') => {
                self.place = Place::End;
                None
            }
            Place::List | Place::Single => Some(self.element()),
            Place::Broken => {
                self.place = Place::End;
                Some(Err("a list that breaks off"))
            }
            Place::End => None,
        }
    }
}

impl FusedIterator for Messages<'_> {}

fn is_followed_by_data(rest: &str) -> bool {
    rest.trim_start().strip_prefix(',').is_some_and(|rest| rest.trim_start().starts_with(['{', '[']))
}

/// The text of a JSON string whose opening quote is behind us, and what follows its closing one.
///
/// Half a surrogate pair, of which JavaScript thinks nothing, becomes U+FFFD.
fn unescape(string: &str) -> Option<(String, &str)> {
    let mut text = String::with_capacity(string.len().min(USUAL));
    let mut rest = string;
    loop {
        let at = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\'))?;
        let (plain, tail) = rest.split_at_checked(at)?;
        text.push_str(plain);
        let escape = match tail.as_bytes() {
            [b'"', ..] => {
                // A frame may hold very many of them.
                if text.len() < USUAL / 4 {
                    text.shrink_to_fit();
                }
                return Some((text, tail.get(1..)?));
            }
            [_, escape, ..] => *escape,
            _ => return None,
        };
        rest = tail.get(2..)?;
        text.push(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let (c, after) = unicode(rest)?;
                rest = after;
                c
            }
            _ => return None,
        });
    }
}

/// The character whose `\u` is behind us.
fn unicode(rest: &str) -> Option<(char, &str)> {
    let (unit, rest) = hex(rest)?;
    if let 0xd800..=0xdbff = unit
        && let Some((low @ 0xdc00..=0xdfff, after)) = rest.strip_prefix("\\u").and_then(hex)
    {
        let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        return Some((char::from_u32(code)?, after));
    }
    Some((char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER), rest))
}

fn hex(rest: &str) -> Option<(u32, &str)> {
    let (digits, rest) = rest.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some((u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(json: &str) -> Option<String> {
        let (text, rest) = unescape(json.strip_prefix('"').unwrap())?;
        assert_eq!(rest, "");
        Some(text)
    }

    #[test]
    fn what_serde_json_writes_is_read_back() {
        for text in ["", "plain", "\"\\/\n\t\r\u{8}\u{c}\0\u{7f}", "Växel 😀 \u{2028} \u{301}", "[\"a\",{}]"]
        {
            assert_eq!(text_of(&Value::from(text).to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn escapes_are_read_as_javascript_reads_them() {
        assert_eq!(text_of(r#""\u00e5\/\ud83d\uDE00""#).as_deref(), Some("å/😀"));
        assert_eq!(text_of(r#""a\ud83d\u0041\ude00z""#).as_deref(), Some("a\u{fffd}A\u{fffd}z"));
        assert_eq!(text_of(r#""\ud83d""#).as_deref(), Some("\u{fffd}"));
        for broken in [r#""a"#, r#""\"#, r#""\x""#, r#""\u12"#, r#""\u+123""#, r#""\u12æ4""#] {
            assert_eq!(text_of(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_close_is_taken_in_every_form() {
        for (frame, wanted) in [
            ("c", (None, "")),
            ("c[]", (None, "")),
            ("c[4001]", (Some(4001), "")),
            (r#"c[4001,"Invalid access token"]"#, (Some(4001), "Invalid access token")),
            (r#"c["4001","no"]"#, (Some(4001), "no")),
            (r#"c["no"]"#, (None, "no")),
            (r#"c [ 3000 , "Go away!" ] "#, (Some(3000), "Go away!")),
            ("c[-1,null,{}]", (None, "")),
            ("c[4001,", (None, "")),
        ] {
            let Frame::Close { code, reason } = Frame::parse(frame) else { panic!("{frame}") };
            assert_eq!((code, &*reason), wanted, "{frame}");
        }
    }

    #[test]
    fn a_frame_of_many_small_messages_takes_no_more_memory_than_it_must() {
        let frame = format!("a[{}]", vec![r#""x""#; 10_000].join(","));
        let Frame::Messages(messages) = Frame::parse(&frame) else { panic!() };
        let claimed: usize = messages.map(|message| message.unwrap().capacity()).sum();
        assert!(claimed <= frame.len());
    }
}
