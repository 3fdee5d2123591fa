//! The frames that Stringee sends: a service number and a body.
//!
//! Field names are those that the web SDK 2.9.3 reads; what the real service puts into them is known from its
//! documents only in part.

use serde_json::{Value, json};

use super::CallKind;

/// Service numbers, in the words of the SDK.
pub(super) mod service {
    pub(in crate::stringee) const PING: i64 = 1;
    pub(in crate::stringee) const AUTHEN: i64 = 2;
    pub(in crate::stringee) const CALL_STOP: i64 = 28;
    pub(in crate::stringee) const CALL_STOP_FROM_SERVER: i64 = 30;
    pub(in crate::stringee) const CALL_STATE: i64 = 31;
    pub(in crate::stringee) const CALL_STATE_FROM_SERVER: i64 = 32;
    pub(in crate::stringee) const CALL_START_FROM_SERVER: i64 = 33;
    pub(in crate::stringee) const MSG_FROM_OTHER_DEVICE: i64 = 38;
    pub(in crate::stringee) const SUBSCRIBE_FROM_SERVER: i64 = 102;
    pub(in crate::stringee) const CHANGE_ATTRIBUTE: i64 = 103;
    pub(in crate::stringee) const OTHER_DEVICE_AUTHEN: i64 = 104;
    pub(in crate::stringee) const CALL2_INVITE: i64 = 129;
    pub(in crate::stringee) const CALL2_INVITE_CANCEL: i64 = 130;
    pub(in crate::stringee) const CALL2_ENDED: i64 = 133;
    pub(in crate::stringee) const CALL2_STATE: i64 = 134;
}

/// A frame as it goes over the wire.
pub(super) fn frame(service: i64, body: &Value) -> String {
    json!({"service": service, "body": body}).to_string()
}

/// Puts a field into an object.
pub(super) fn set(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value.into());
    }
}

/// The body of an answer: what was asked, and how it went.
pub(super) fn answer(request: &Value, mut body: Value) -> Value {
    if let Some(id) = request.get("requestId") {
        set(&mut body, "requestId", id.clone());
    }
    body
}

/// One of a user's clients, as the others hear of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Device {
    pub(super) client_id: String,
    pub(super) browser_id: String,
    pub(super) name: String,
    pub(super) platform: i64,
}

impl Device {
    pub(super) fn listed(&self) -> Value {
        json!({
            "clientId": self.client_id, "browserId": self.browser_id,
            "deviceName": self.name, "platform": self.platform,
        })
    }

    pub(super) fn came_or_went(&self, status: &str) -> Value {
        json!({"clientId": self.client_id, "browserId": self.browser_id, "status": status})
    }
}

/// What a call that comes in says about itself.
#[derive(Clone, Debug)]
pub(super) struct Invitation<'a> {
    pub(super) call_id: &'a str,
    pub(super) kind: CallKind,
    pub(super) from_number: &'a str,
    pub(super) from_alias: &'a str,
    pub(super) from_internal: bool,
    pub(super) to_number: &'a str,
    pub(super) to_alias: &'a str,
    pub(super) custom: &'a str,
}

impl Invitation<'_> {
    /// Service and body.
    pub(super) fn frame(&self) -> String {
        let mut body = json!({
            "callId": self.call_id, "fromNumber": self.from_number, "toNumber": self.to_number,
            "fromAlias": self.from_alias, "toAlias": self.to_alias, "fromInternal": self.from_internal,
            "customDataFromYourServer": self.custom,
        });
        let (service, more) = match self.kind {
            CallKind::Voice => (
                service::CALL_START_FROM_SERVER,
                json!({"video": false, "peerToPeerCall": false, "iceServers": []}),
            ),
            CallKind::Video => {
                (service::CALL2_INVITE, json!({"video": true, "roomId": "room-sim-1", "roomToken": "none"}))
            }
        };
        if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
            body.extend(more);
        }
        frame(service, &body)
    }
}

/// A message to the subscribers of a topic.
pub(super) fn topic(topic: &str, message: &Value) -> String {
    frame(service::SUBSCRIBE_FROM_SERVER, &json!({"topic": topic, "message": message}))
}

/// What happened to a call on another of the user's devices: `code` is what it answered with, none when it ended.
pub(super) fn elsewhere(kind: CallKind, call_id: &str, code: Option<u16>) -> String {
    let word = match (kind, code) {
        (CallKind::Voice, Some(_)) => "CALL_STATE",
        (CallKind::Voice, None) => "CALL_END",
        (CallKind::Video, Some(_)) => "CALL2_STATE",
        (CallKind::Video, None) => "CALL2_END",
    };
    let mut data = json!({"callId": call_id});
    if let Some(code) = code {
        set(&mut data, "code", code);
    }
    frame(service::MSG_FROM_OTHER_DEVICE, &json!({"type": word, "data": data}))
}

/// A call's state in the manner of SIP.
pub(super) fn state(kind: CallKind, call_id: &str, code: u16) -> String {
    let reason = match code {
        180 => "Ringing",
        200 => "OK",
        486 => "Busy Here",
        487 => "Request Terminated",
        603 => "Decline",
        _ => "",
    };
    let service = match kind {
        CallKind::Voice => service::CALL_STATE_FROM_SERVER,
        CallKind::Video => service::CALL2_STATE,
    };
    frame(service, &json!({"callId": call_id, "code": code, "reason": reason, "deviceId": "web-softphone"}))
}

/// The other side has gone; a video call that nobody took has a frame of its own for that.
pub(super) fn stopped(kind: CallKind, call_id: &str, was_answered: bool) -> String {
    match (kind, was_answered) {
        (CallKind::Voice, _) => frame(service::CALL_STOP_FROM_SERVER, &json!({"callId": call_id})),
        (CallKind::Video, false) => frame(
            service::CALL2_INVITE_CANCEL,
            &json!({"callId": call_id, "code": 487, "reason": "Request Terminated"}),
        ),
        (CallKind::Video, true) => {
            frame(service::CALL2_ENDED, &json!({"callId": call_id, "code": 200, "reason": "Bye"}))
        }
    }
}
