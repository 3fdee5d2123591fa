//! The shapes of Firmafon's events, with the keys in the order its captures have them.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde::Serialize;

use super::company::Presence;

/// `2017-12-29T02:12:05Z`, as in call events.
pub(super) fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2016-09-27T00:00:00.000Z`, as in presence events.
pub(super) fn millis(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// `2013-12-16T17:12:26+01:00`, as REST gives the end of do-not-disturb.
pub(super) fn with_offset(at: Timestamp) -> String {
    let zone = TimeZone::fixed(Offset::constant(1));
    at.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// What call events come in.
#[derive(Serialize)]
pub(super) struct Envelope<'a, T> {
    r#type: &'static str,
    name: &'static str,
    timestamp: String,
    data: &'a T,
    published_at: String,
}

impl<'a, T: Serialize> Envelope<'a, T> {
    pub(super) fn of(kind: &'static str, name: &'static str, at: Timestamp, data: &'a T) -> Self {
        let published_at = at.strftime("%Y-%m-%dT%H:%M:%S%.3f+00:00").to_string();
        Envelope { r#type: kind, name, timestamp: seconds(at), data, published_at }
    }
}

#[derive(Serialize)]
pub(super) struct EmployeePresence {
    pub(super) endpoint: String,
    pub(super) live_presence: Presence,
    pub(super) busy_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) do_not_disturb: Option<bool>,
    /// Present, though perhaps null, with do-not-disturb only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dnd_timeout_at: Option<Option<String>>,
}

#[derive(Serialize)]
pub(super) struct GroupPresence {
    pub(super) endpoint: String,
    pub(super) live_presence: Presence,
}

/// `call.new`: the only event that tells numbers and names.
#[derive(Serialize)]
pub(super) struct CallNew<'a> {
    pub(super) call_uuid: &'a str,
    pub(super) company_id: String,
    pub(super) endpoint: String,
    pub(super) started_at: String,
    pub(super) from_number: Option<&'a str>,
    pub(super) to_number: Option<&'a str>,
    pub(super) direction: &'static str,
    pub(super) status: &'static str,
    pub(super) from_number_hidden: &'static str,
    pub(super) endpoint_name: Option<&'a str>,
    pub(super) switch: &'static str,
    pub(super) a_leg_session_uuid: &'a str,
}

/// `call.ringing`: it has no direction.
#[derive(Serialize)]
pub(super) struct CallRinging<'a> {
    pub(super) call_uuid: &'a str,
    pub(super) company_id: String,
    pub(super) endpoint: String,
    pub(super) status: &'static str,
    pub(super) switch: &'static str,
    pub(super) ringing_at: String,
}

/// `call.answer`.
#[derive(Serialize)]
pub(super) struct CallAnswer<'a> {
    pub(super) call_uuid: &'a str,
    pub(super) company_id: String,
    pub(super) endpoint: String,
    pub(super) answered_at: String,
    pub(super) ended_at: Option<String>,
    pub(super) direction: &'static str,
    pub(super) status: &'static str,
    pub(super) switch: &'static str,
    pub(super) hangup_cause: Option<&'static str>,
}

/// `call.hangup`: `status` is missing for a call that was answered, and `duration` counts the ringing too.
#[derive(Serialize)]
pub(super) struct CallHangup<'a> {
    pub(super) call_uuid: &'a str,
    pub(super) company_id: String,
    pub(super) endpoint: String,
    pub(super) ended_at: String,
    pub(super) direction: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<&'static str>,
    pub(super) switch: &'static str,
    pub(super) duration: i64,
    pub(super) hangup_cause: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_in_the_captures() {
        let at: Timestamp = "2017-12-29T02:12:05.656Z".parse().unwrap();
        assert_eq!(seconds(at), "2017-12-29T02:12:05Z");
        assert_eq!(millis(at), "2017-12-29T02:12:05.656Z");
        assert_eq!(with_offset(at), "2017-12-29T03:12:05+01:00");
        let whole: Timestamp = "2017-12-29T02:12:05Z".parse().unwrap();
        assert_eq!(millis(whole), "2017-12-29T02:12:05.000Z");
    }
}
