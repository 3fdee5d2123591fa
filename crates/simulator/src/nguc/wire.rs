//! The shapes of NGUC's events.
//!
//! `Queue` has the fields that public clients read. `User`, `Call` and `Device` are invented, names and fields: what
//! NGUC sends for them is not known. Where the REST API has a word for something, it is used.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Serialize, Serializer};

/// `2026-11-21 10:00:00`, as the clock on a Swedish wall shows it.
pub(super) fn local(at: Timestamp) -> String {
    // Written out, for a machine need not have a database of zones.
    let sweden = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC);
    at.to_zoned(sweden).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A moment in an event, as [`local`] has it.
#[derive(Clone, Copy)]
pub(super) struct Local(pub(super) Timestamp);

impl Serialize for Local {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&local(self.0))
    }
}

/// `Queue`: who waits there, all of them.
#[derive(Serialize)]
pub(super) struct Queue<'a> {
    pub(super) queue: QueueName<'a>,
    pub(super) callers: Vec<Caller<'a>>,
}

#[derive(Serialize)]
pub(super) struct QueueName<'a> {
    pub(super) id: u64,
    pub(super) name: &'a str,
}

#[derive(Serialize)]
pub(super) struct Caller<'a> {
    pub(super) id: u64,
    pub(super) call_guid: &'a str,
    pub(super) number: Option<&'a str>,
    pub(super) added: Local,
    pub(super) pbx_queue_id: u64,
}

/// `User`: what somebody does.
#[derive(Serialize)]
pub(super) struct User<'a> {
    pub(super) id: u64,
    pub(super) name: &'a str,
    pub(super) status: &'a str,
}

/// `Device`: a telephone.
#[derive(Serialize)]
pub(super) struct Device<'a> {
    pub(super) id: u64,
    pub(super) pbx_user_id: u64,
    pub(super) status: &'a str,
}

/// `Call`: a call that concerns somebody, whole at every change.
#[derive(Serialize)]
pub(super) struct Call<'a> {
    pub(super) call_guid: &'a str,
    pub(super) direction: &'static str,
    pub(super) state: &'static str,
    pub(super) src_callerid: Option<String>,
    pub(super) src_name: Option<&'a str>,
    pub(super) dst_callerid: Option<String>,
    pub(super) dst_name: Option<&'a str>,
    /// Whose telephone it is about.
    pub(super) pbx_user_id: u64,
    pub(super) pbx_queue_id: Option<u64>,
    pub(super) added: Local,
    pub(super) answered: Option<Local>,
    pub(super) ended: Option<Local>,
    /// How it ended.
    pub(super) result: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_sweden_in_winter_and_summer() {
        let at = |text: &str| local(text.parse().unwrap());
        assert_eq!(at("2026-11-21T09:00:05Z"), "2026-11-21 10:00:05");
        assert_eq!(at("2026-07-21T09:00:05Z"), "2026-07-21 11:00:05");
        assert_eq!(at("2026-10-25T00:59:59Z"), "2026-10-25 02:59:59");
        assert_eq!(at("2026-10-25T01:00:00Z"), "2026-10-25 02:00:00");
    }
}
