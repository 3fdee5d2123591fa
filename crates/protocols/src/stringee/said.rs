//! What a body says, and the objects in it: one set of fields for all services, read in one pass and borrowed from
//! the text it came in.

use serde::{
    Deserialize,
    de::{IgnoredAny, MapAccess},
};

use super::loose::Loose;

/// More names than this of one object are not told.
const NAMES: usize = 8;
const LONGEST_NAME: usize = 40;

/// The fields that mean something to us, in any of the spellings that were seen or may be.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Said<'a> {
    pub(super) r: Loose<'a>,
    pub(super) request_id: Loose<'a>,
    pub(super) message: Loose<'a>,
    pub(super) msg: Loose<'a>,
    pub(super) ping_after_ms: Loose<'a>,
    pub(super) change_to_server: Loose<'a>,
    pub(super) topic: Loose<'a>,
    pub(super) user: Loose<'a>,
    pub(super) attribute: Loose<'a>,
    pub(super) value: Loose<'a>,
    pub(super) call_ended: Loose<'a>,
    pub(super) timestamp: Loose<'a>,
    pub(super) call: Loose<'a>,
    pub(super) status: Loose<'a>,
    pub(super) code: Loose<'a>,
    pub(super) kind: Loose<'a>,
    pub(super) data: Loose<'a>,
    pub(super) from: Loose<'a>,
    pub(super) to: Loose<'a>,
    pub(super) from_number: Loose<'a>,
    pub(super) to_number: Loose<'a>,
    pub(super) from_alias: Loose<'a>,
    pub(super) to_alias: Loose<'a>,
    pub(super) from_internal: Loose<'a>,
    pub(super) to_internal: Loose<'a>,
    pub(super) number: Loose<'a>,
    pub(super) alias: Loose<'a>,
    /// Names that say nothing to us.
    pub(super) strange: Vec<Box<str>>,
}

#[derive(Deserialize)]
#[serde(field_identifier)]
enum Key {
    #[serde(rename = "r")]
    R,
    #[serde(rename = "requestId")]
    RequestId,
    #[serde(rename = "message")]
    Message,
    #[serde(rename = "msg")]
    Msg,
    #[serde(rename = "ping_after_ms")]
    PingAfterMs,
    #[serde(rename = "change_to_server")]
    ChangeToServer,
    #[serde(rename = "topic")]
    Topic,
    #[serde(rename = "userId", alias = "user_id")]
    User,
    #[serde(rename = "attribute")]
    Attribute,
    #[serde(rename = "newValue", alias = "new_value", alias = "value")]
    Value,
    #[serde(rename = "callEnded", alias = "call_ended")]
    CallEnded,
    #[serde(rename = "timestamp", alias = "timestamp_ms")]
    Timestamp,
    #[serde(rename = "callId", alias = "call_id")]
    Call,
    #[serde(rename = "status", alias = "callStatus", alias = "call_status", alias = "state")]
    Status,
    #[serde(rename = "code")]
    Code,
    #[serde(rename = "type")]
    Kind,
    #[serde(rename = "data")]
    Data,
    #[serde(rename = "from")]
    From,
    #[serde(rename = "to")]
    To,
    #[serde(rename = "fromNumber", alias = "from_number")]
    FromNumber,
    #[serde(rename = "toNumber", alias = "to_number")]
    ToNumber,
    #[serde(rename = "fromAlias", alias = "from_alias")]
    FromAlias,
    #[serde(rename = "toAlias", alias = "to_alias")]
    ToAlias,
    #[serde(rename = "fromInternal", alias = "from_internal")]
    FromInternal,
    #[serde(rename = "toInternal", alias = "to_internal")]
    ToInternal,
    #[serde(rename = "number")]
    Number,
    #[serde(rename = "alias")]
    Alias,
    /// Known, and of no use here.
    #[serde(
        rename = "projectId",
        alias = "project_id",
        alias = "connectionId",
        alias = "clientId",
        alias = "browserId",
        alias = "deviceId",
        alias = "clients",
        alias = "ice_servers",
        alias = "iceServers",
        alias = "chatAgent",
        alias = "video",
        alias = "peerToPeerCall",
        alias = "customDataFromYourServer",
        alias = "roomId",
        alias = "roomToken",
        alias = "reason",
        alias = "event_id",
        alias = "serial",
        alias = "account_sid",
        alias = "is_online",
        alias = "oldValue"
    )]
    Passed,
    Other(String),
}

impl<'a> Said<'a> {
    /// Reads an object; of a name that comes twice, the latter counts, as in JavaScript.
    ///
    /// In a box from the start, for there is much of it to be moved.
    pub(super) fn read<A: MapAccess<'a>>(mut object: A) -> Result<Box<Self>, A::Error> {
        let mut said = Box::<Self>::default();
        while let Some(key) = object.next_key::<Key>()? {
            let field = match key {
                Key::R => &mut said.r,
                Key::RequestId => &mut said.request_id,
                Key::Message => &mut said.message,
                Key::Msg => &mut said.msg,
                Key::PingAfterMs => &mut said.ping_after_ms,
                Key::ChangeToServer => &mut said.change_to_server,
                Key::Topic => &mut said.topic,
                Key::User => &mut said.user,
                Key::Attribute => &mut said.attribute,
                Key::Value => &mut said.value,
                Key::CallEnded => &mut said.call_ended,
                Key::Timestamp => &mut said.timestamp,
                Key::Call => &mut said.call,
                Key::Status => &mut said.status,
                Key::Code => &mut said.code,
                Key::Kind => &mut said.kind,
                Key::Data => &mut said.data,
                Key::From => &mut said.from,
                Key::To => &mut said.to,
                Key::FromNumber => &mut said.from_number,
                Key::ToNumber => &mut said.to_number,
                Key::FromAlias => &mut said.from_alias,
                Key::ToAlias => &mut said.to_alias,
                Key::FromInternal => &mut said.from_internal,
                Key::ToInternal => &mut said.to_internal,
                Key::Number => &mut said.number,
                Key::Alias => &mut said.alias,
                Key::Passed => {
                    object.next_value::<IgnoredAny>()?;
                    continue;
                }
                Key::Other(name) => {
                    object.next_value::<IgnoredAny>()?;
                    if said.strange.len() < NAMES {
                        said.strange.push(name.chars().take(LONGEST_NAME).collect::<String>().into());
                    }
                    continue;
                }
            };
            *field = object.next_value()?;
        }
        Ok(said)
    }
}
