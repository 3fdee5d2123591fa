//! What a pub/sub message says, as a pure function of its bytes.
//!
//! Call events come in an envelope with an inner `data`; presence is documented without one, but no consumer of
//! that channel was ever seen, so both shapes are read on both channels.

use model::{Availability, Direction, Peer, PersonFact, PhoneNumber, Time};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::wire::{Endpoint, Loose};
use crate::text::clean;

/// One message, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Heard {
    Presence(Presence),
    /// A group's presence, which is sent along with every member's and says nothing of its own.
    Group,
    Call(CallEvent),
    /// Skipped, and why: never its content.
    Unknown(String),
}

/// What a person does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Presence {
    pub(super) fact: PersonFact,
    /// A presence that is not known, by its name.
    pub(super) odd: Option<String>,
}

/// A step in the life of a call; only `call.new` carries numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CallEvent {
    pub(super) uuid: String,
    pub(super) step: Step,
    pub(super) endpoint: Option<Endpoint>,
    pub(super) endpoint_name: Option<String>,
    pub(super) direction: Option<Direction>,
    pub(super) status: Option<Status>,
    /// A status that is not known.
    pub(super) odd_status: Option<String>,
    pub(super) peer: Option<Peer>,
    pub(super) started_at: Option<Time>,
    pub(super) answered_at: Option<Time>,
    pub(super) ended_at: Option<Time>,
    /// FreeSWITCH's name for why it ended.
    pub(super) hangup_cause: Option<String>,
}

/// What happened to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    New,
    Ringing,
    Answer,
    Hangup,
}

/// Where a call stands. A hangup without one was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    New,
    Ringing,
    Answered,
    Missed,
    Voicemail,
    /// A reception's call that nobody took.
    Orphaned,
}

impl Status {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "new" => Self::New,
            "ringing" => Self::Ringing,
            "answered" | "answer" => Self::Answered,
            "missed" => Self::Missed,
            "voicemail" => Self::Voicemail,
            "orphaned" => Self::Orphaned,
            _ => return None,
        })
    }
}

/// Reads a message of `channel`.
pub(super) fn parse(channel: &str, json: &str) -> Heard {
    if channel.starts_with("/presence/") {
        presence(json)
    } else if channel.starts_with("/call2/") {
        call(json)
    } else {
        Heard::Unknown("message on a channel not subscribed to".to_owned())
    }
}

#[derive(Deserialize)]
struct PresenceWire<'a> {
    #[serde(borrow, default)]
    endpoint: Loose<'a>,
    #[serde(borrow, default)]
    live_presence: Loose<'a>,
    #[serde(borrow, default)]
    busy_since: Loose<'a>,
    #[serde(borrow, default)]
    do_not_disturb: Loose<'a>,
    #[serde(borrow, default)]
    dnd_timeout_at: Loose<'a>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

fn presence(json: &str) -> Heard {
    let Ok(mut wire) = serde_json::from_str::<PresenceWire<'_>>(json) else {
        return Heard::Unknown("presence that is no object".to_owned());
    };
    if let (false, Some(inner)) = (wire.endpoint.is_given(), wire.data) {
        match serde_json::from_str(inner.get()) {
            Ok(inner) => wire = inner,
            Err(_) => return Heard::Unknown("presence that is no object".to_owned()),
        }
    }
    let Some(endpoint) = wire.endpoint.text() else {
        return Heard::Unknown("presence without endpoint".to_owned());
    };
    let id = match Endpoint::parse(&endpoint) {
        Endpoint::Employee(id) => id,
        Endpoint::Group(_) => return Heard::Group,
        Endpoint::Reception(_) | Endpoint::Other(_) => {
            return Heard::Unknown("presence of something else than an employee".to_owned());
        }
    };
    let live = wire.live_presence.text();
    let (availability, dnd) =
        availability(live.as_deref(), wire.do_not_disturb.truth(), &wire.dnd_timeout_at);
    if availability.is_none() && dnd.is_none() {
        return Heard::Unknown("presence without live_presence".to_owned());
    }
    Heard::Presence(Presence {
        odd: live
            .filter(|live| availability == Some(Availability::Unknown) && live != "unknown")
            .map(|live| format!("presence {}", name(&live))),
        fact: PersonFact { availability, since: wire.busy_since.time(), dnd, ..PersonFact::of(id) },
    })
}

/// What is seen of a person and what is known of their do-not-disturb, in events and in REST alike.
pub(super) fn availability(
    live_presence: Option<&str>,
    do_not_disturb: Option<bool>,
    dnd_timeout_at: &Loose<'_>,
) -> (Option<Availability>, Option<Option<Option<Time>>>) {
    let seen = live_presence.map(|live| match live {
        "available" => Availability::Available,
        "ringing" => Availability::Ringing,
        "busy" => Availability::Busy,
        "do_not_disturb" => Availability::Dnd,
        _ => Availability::Unknown,
    });
    let on = match (seen, do_not_disturb) {
        (Some(Availability::Dnd), _) => Some(true),
        (_, Some(flag)) => Some(flag),
        // Somebody who is free does not have it on, even where the event leaves the flag out.
        (Some(Availability::Available), None) => Some(false),
        (_, None) => None,
    };
    let seen = match (seen, on) {
        (Some(Availability::Available) | None, Some(true)) => Some(Availability::Dnd),
        (seen, _) => seen,
    };
    (seen, on.map(|on| on.then(|| dnd_timeout_at.time())))
}

#[derive(Deserialize)]
struct CallWire<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    timestamp: Loose<'a>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
    #[serde(borrow, default)]
    call_uuid: Loose<'a>,
    #[serde(borrow, default)]
    endpoint: Loose<'a>,
    #[serde(borrow, default)]
    endpoint_name: Loose<'a>,
    #[serde(borrow, default)]
    direction: Loose<'a>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    #[serde(borrow, default)]
    from_number: Loose<'a>,
    #[serde(borrow, default)]
    to_number: Loose<'a>,
    #[serde(borrow, default)]
    from_number_hidden: Loose<'a>,
    #[serde(borrow, default)]
    started_at: Loose<'a>,
    #[serde(borrow, default)]
    answered_at: Loose<'a>,
    #[serde(borrow, default)]
    ended_at: Loose<'a>,
    #[serde(borrow, default)]
    hangup_cause: Loose<'a>,
}

fn call(json: &str) -> Heard {
    let no_object = || Heard::Unknown("call event that is no object".to_owned());
    let Ok(mut wire) = serde_json::from_str::<CallWire<'_>>(json) else { return no_object() };
    let happened_at = wire.timestamp.time();
    if let (false, Some(inner)) = (wire.call_uuid.is_given(), wire.data) {
        let Ok(inner) = serde_json::from_str::<CallWire<'_>>(inner.get()) else { return no_object() };
        wire = CallWire { name: wire.name.or(inner.name), ..inner };
    }
    let said = wire.status.text();
    let status = said.as_deref().and_then(Status::parse);
    let step = match wire.name.text() {
        Some(text) => match text.strip_prefix("call.").unwrap_or(&text) {
            "new" => Step::New,
            "ringing" => Step::Ringing,
            "answer" | "answered" => Step::Answer,
            "hangup" => Step::Hangup,
            _ => return Heard::Unknown(name(&text)),
        },
        None if wire.ended_at.is_given() => Step::Hangup,
        None => match status {
            Some(Status::New) => Step::New,
            Some(Status::Ringing) => Step::Ringing,
            Some(Status::Answered) => Step::Answer,
            Some(Status::Missed | Status::Voicemail | Status::Orphaned) => Step::Hangup,
            None => return Heard::Unknown("call event without name".to_owned()),
        },
    };
    let Some(uuid) = wire.call_uuid.text().and_then(|uuid| clean(&uuid)) else {
        return Heard::Unknown("call event without call_uuid".to_owned());
    };
    let direction = direction(&wire.direction);
    Heard::Call(CallEvent {
        uuid,
        step,
        endpoint: wire.endpoint.text().map(|text| Endpoint::parse(&text)),
        endpoint_name: wire.endpoint_name.text().and_then(|name| clean(&name)),
        direction,
        status,
        odd_status: said.filter(|_| status.is_none()).map(|status| name(&status)),
        peer: peer(direction, &wire.from_number, &wire.to_number, &wire.from_number_hidden),
        started_at: wire.started_at.time().or(happened_at.filter(|_| step == Step::New)),
        answered_at: wire.answered_at.time().or(happened_at.filter(|_| step == Step::Answer)),
        ended_at: wire.ended_at.time().or(happened_at.filter(|_| step == Step::Hangup)),
        hangup_cause: wire.hangup_cause.text().map(|cause| name(&cause)),
    })
}

pub(super) fn direction(wire: &Loose<'_>) -> Option<Direction> {
    match wire.text().as_deref() {
        Some("incoming") => Some(Direction::Incoming),
        Some("outgoing") => Some(Direction::Outgoing),
        _ => None,
    }
}

/// What telephone networks write for a number that is withheld.
const WITHHELD: &[&str] = &["anonymous", "unknown", "private", "restricted", "withheld", "unavailable"];

/// The other end, if the message says anything of it. Who withholds a number is not shown, even if it was sent.
pub(super) fn peer(
    direction: Option<Direction>,
    from: &Loose<'_>,
    to: &Loose<'_>,
    from_hidden: &Loose<'_>,
) -> Option<Peer> {
    let outgoing = direction == Some(Direction::Outgoing);
    if !outgoing && from_hidden.truth() == Some(true) {
        return Some(Peer { hidden: true, ..Peer::default() });
    }
    let raw = clean(&if outgoing { to } else { from }.text()?)?;
    if !outgoing && WITHHELD.contains(&raw.to_ascii_lowercase().as_str()) {
        return Some(Peer { hidden: true, ..Peer::default() });
    }
    Some(Peer { number: PhoneNumber::international(&raw), raw: Some(raw), ..Peer::default() })
}

/// What something unknown called itself, short enough for a list.
fn name(text: &str) -> String {
    clean(text).unwrap_or_default().chars().take(60).collect()
}

#[cfg(test)]
mod tests;
