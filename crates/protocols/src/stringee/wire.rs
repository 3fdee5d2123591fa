//! A message of the socket: `{"service":102,"body":{…}}`.

use std::borrow::Cow;

use serde::Deserialize;

use super::{loose::Loose, said::Said};

/// A message by its service.
pub(super) enum Packet<'a> {
    Ping,
    SignedIn(Box<Said<'a>>),
    Changed(Box<Said<'a>>),
    Published(Box<Said<'a>>),
    Invited(Box<Said<'a>>),
    /// Over, as the server says.
    Over(Box<Said<'a>>),
    Turned(Box<Said<'a>>),
    OtherDevice(Box<Said<'a>>),
    /// Understood, and of no use here.
    Passed,
    Unknown(i64),
}

#[derive(Deserialize)]
struct Frame<'a> {
    #[serde(borrow, default)]
    service: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
}

/// Reads a message; or says what is wrong with it, without a word of what it holds.
pub(super) fn parse(text: &str) -> Result<Packet<'_>, Cow<'static, str>> {
    let frame: Frame<'_> = serde_json::from_str(text).map_err(|_| "message that cannot be read")?;
    let Some(service) = frame.service.number().filter(|service| *service != 0) else {
        return Err("message without service".into());
    };
    let body = frame.body.said();
    Ok(match service {
        1 => Packet::Ping,
        2 => Packet::SignedIn(body),
        103 => Packet::Changed(body),
        102 => Packet::Published(body),
        33 | 129 => Packet::Invited(body),
        30 | 130 | 133 => Packet::Over(body),
        32 | 134 => Packet::Turned(body),
        38 => Packet::OtherDevice(body),
        104 => Packet::Passed,
        other => Packet::Unknown(other),
    })
}
