//! What goes over the wire: replies and pushes in, read once and borrowed; commands out, as text.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};
use serde_json::{error::Category, value::RawValue};

/// The answer to a command if it has an id, else a push, or a ping if it has neither.
#[derive(Deserialize, Default)]
pub(super) struct Reply<'a> {
    #[serde(default)]
    pub(super) id: u64,
    #[serde(borrow)]
    pub(super) push: Option<Push<'a>>,
    #[serde(borrow)]
    pub(super) error: Option<Refusal<'a>>,
    #[serde(borrow)]
    pub(super) connect: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) subscribe: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) presence: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) history: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) refresh: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) sub_refresh: Option<&'a RawValue>,
}

/// A push; exactly one of the fields beside the channel is there, or one that is not known.
///
/// What comes seldom is read only when it came, for all of this is moved with every publication.
#[derive(Deserialize)]
pub(super) struct Push<'a> {
    #[serde(borrow, default)]
    pub(super) channel: Cow<'a, str>,
    #[serde(borrow, rename = "pub")]
    pub(super) publication: Option<Publication<'a>>,
    #[serde(borrow)]
    pub(super) join: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) leave: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) unsubscribe: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) subscribe: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) disconnect: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) refresh: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Publication<'a> {
    #[serde(borrow)]
    pub(super) data: &'a RawValue,
    #[serde(default)]
    pub(super) offset: u64,
    #[serde(borrow, default)]
    pub(super) epoch: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct Presence<'a> {
    #[serde(borrow)]
    pub(super) info: ClientInfo<'a>,
}

#[derive(Deserialize)]
pub(super) struct ClientInfo<'a> {
    #[serde(borrow, default)]
    user: Cow<'a, str>,
    #[serde(borrow)]
    client: Cow<'a, str>,
    #[serde(borrow)]
    conn_info: Option<&'a RawValue>,
    #[serde(borrow)]
    chan_info: Option<&'a RawValue>,
}

impl ClientInfo<'_> {
    pub(super) fn member(&self) -> super::Member {
        super::Member {
            client: self.client.as_ref().into(),
            user: self.user.as_ref().into(),
            about: self.conn_info.or(self.chan_info).map(ToOwned::to_owned),
        }
    }
}

/// The end of a subscription or of the connection, by the server.
#[derive(Deserialize)]
pub(super) struct Parting {
    #[serde(default)]
    pub(super) code: u32,
    #[serde(default)]
    pub(super) reason: String,
}

#[derive(Deserialize)]
pub(super) struct Refusal<'a> {
    #[serde(default)]
    pub(super) code: u32,
    #[serde(borrow, default)]
    pub(super) message: Cow<'a, str>,
    #[serde(default)]
    pub(super) temporary: bool,
}

#[derive(Deserialize)]
pub(super) struct Connected<'a> {
    #[serde(default)]
    expires: bool,
    #[serde(default)]
    ttl: u32,
    /// In seconds; 0 if the server does not ping.
    #[serde(default)]
    pub(super) ping: u32,
    #[serde(default)]
    pub(super) pong: bool,
    #[serde(borrow, default)]
    pub(super) subs: BTreeMap<Box<str>, &'a RawValue>,
}

impl Connected<'_> {
    pub(super) fn expiry(&self) -> Expiry {
        Expiry { expires: self.expires, ttl: self.ttl }
    }
}

#[derive(Deserialize, Default)]
pub(super) struct Subscribed<'a> {
    #[serde(default)]
    expires: bool,
    #[serde(default)]
    ttl: u32,
    #[serde(default)]
    pub(super) recoverable: bool,
    #[serde(borrow, default)]
    pub(super) epoch: Cow<'a, str>,
    /// With `publications`, the offset that was asked for; otherwise that of the last publication.
    #[serde(default)]
    pub(super) offset: u64,
    #[serde(borrow, default)]
    pub(super) publications: Vec<&'a RawValue>,
    #[serde(default)]
    pub(super) recovered: bool,
}

impl Subscribed<'_> {
    pub(super) fn expiry(&self) -> Expiry {
        Expiry { expires: self.expires, ttl: self.ttl }
    }
}

/// When a token ends.
#[derive(Deserialize, Default, Clone, Copy)]
pub(super) struct Expiry {
    #[serde(default)]
    pub(super) expires: bool,
    /// In seconds from now.
    #[serde(default)]
    pub(super) ttl: u32,
}

#[derive(Deserialize)]
pub(super) struct Present<'a> {
    #[serde(borrow, default)]
    pub(super) presence: BTreeMap<Box<str>, &'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Past<'a> {
    #[serde(borrow, default)]
    pub(super) publications: Vec<&'a RawValue>,
}

/// Reads a part of a reply.
pub(super) fn read<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// The JSON documents of a frame, one a line.
pub(super) struct Replies<'a>(pub(super) &'a str);

/// What is wrong with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is JSON of another shape.
    Odd,
    /// It is no JSON, and what it was cannot be known.
    Broken,
}

impl<'a> Iterator for Replies<'a> {
    type Item = Result<Reply<'a>, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0 = self.0.trim_start();
        let mut documents = serde_json::Deserializer::from_str(self.0).into_iter::<Reply<'a>>();
        match documents.next()? {
            Ok(reply) => {
                self.0 = self.0.get(documents.byte_offset()..).unwrap_or_default();
                Some(Ok(reply))
            }
            Err(error) => {
                let (line, rest) = self.0.split_once('\n').unwrap_or((self.0, ""));
                self.0 = rest;
                let is_json = error.classify() == Category::Data
                    && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
                Some(Err(if is_json { Unread::Odd } else { Unread::Broken }))
            }
        }
    }
}

/// Where a channel's history stands for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) epoch: Box<str>,
    pub(super) offset: u64,
}

/// What the client asks of the server.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Command<'a> {
    Connect {
        token: &'a str,
        name: &'a str,
        version: &'a str,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        subs: BTreeMap<&'a str, Recovery<'a>>,
    },
    Subscribe {
        channel: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        token: Option<&'a str>,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        join_leave: bool,
        #[serde(flatten)]
        recovery: Option<Recovery<'a>>,
    },
    Unsubscribe {
        channel: &'a str,
    },
    Presence {
        channel: &'a str,
    },
    History {
        channel: &'a str,
        limit: u32,
        reverse: bool,
    },
    Refresh {
        token: &'a str,
    },
    SubRefresh {
        channel: &'a str,
        token: &'a str,
    },
}

/// Asks for what was published since.
#[derive(Serialize)]
pub(super) struct Recovery<'a> {
    recover: bool,
    offset: u64,
    epoch: &'a str,
}

impl<'a> Recovery<'a> {
    pub(super) fn since(position: &'a Position) -> Self {
        Self { recover: true, offset: position.offset, epoch: &position.epoch }
    }
}

impl Command<'_> {
    /// Adds the command to the frame.
    pub(super) fn encode(&self, id: u64, frame: &mut String) {
        #[derive(Serialize)]
        struct Numbered<'a> {
            id: u64,
            #[serde(flatten)]
            command: &'a Command<'a>,
        }
        if !frame.is_empty() {
            frame.push('\n');
        }
        let text = serde_json::to_string(&Numbered { id, command: self });
        debug_assert!(text.is_ok(), "a command is always JSON");
        frame.push_str(&text.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(frame: &str) -> Vec<Result<u64, Unread>> {
        Replies(frame).map(|reply| reply.map(|reply| reply.id)).collect()
    }

    #[test]
    fn a_frame_is_taken_apart_at_its_lines_and_blank_ones_are_nothing() {
        assert_eq!(kinds("{\"id\":1,\"x\":[{}]}\n\n \r\n{\"id\":2}\n"), [Ok(1), Ok(2)]);
        assert_eq!(kinds(""), []);
        assert_eq!(kinds("{}"), [Ok(0)]);
    }

    #[test]
    fn a_bad_document_does_not_cost_the_others() {
        assert_eq!(kinds("{\"id\":\"x\"}\n{\"id\":2}"), [Err(Unread::Odd), Ok(2)]);
        assert_eq!(kinds("[1]\n7\n{\"id\":2}"), [Err(Unread::Odd), Err(Unread::Odd), Ok(2)]);
        assert_eq!(kinds("<html>\n{\"id\":2}"), [Err(Unread::Broken), Ok(2)]);
        assert_eq!(kinds("{\"id\":1}\n{\"id\":"), [Ok(1), Err(Unread::Broken)]);
        assert_eq!(kinds(&"[".repeat(100_000)), [Err(Unread::Broken)]);
    }

    #[test]
    fn a_command_is_one_line() {
        let mut frame = String::new();
        let position = Position { epoch: "a\"b".into(), offset: 7 };
        Command::Unsubscribe { channel: "a\nb" }.encode(1, &mut frame);
        Command::Subscribe {
            channel: "c",
            token: None,
            join_leave: true,
            recovery: Some(Recovery::since(&position)),
        }
        .encode(2, &mut frame);
        let expected = r#"{"id":1,"unsubscribe":{"channel":"a\nb"}}
{"id":2,"subscribe":{"channel":"c","join_leave":true,"recover":true,"offset":7,"epoch":"a\"b"}}"#;
        assert_eq!(frame, expected);
    }
}
