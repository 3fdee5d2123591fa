//! What comes in, by its service.

use std::time::Duration;

use super::{
    Client, Error, Event, Refusal, State,
    loose::Loose,
    said::Said,
    told::{Invite, Place, Published, Turn},
    wire::Packet,
};
use crate::Instant;

/// As the vendor's README shows it, for a server that says none.
const PING_AFTER: Duration = Duration::from_secs(45);
/// Shorter is noise, longer finds a dead connection too late.
const PING_AFTER_MS: std::ops::RangeInclusive<i64> = 5_000..=600_000;

impl Client {
    pub(super) fn packet(&mut self, now: Instant, packet: Packet<'_>) {
        match packet {
            Packet::Ping => self.pong(),
            Packet::SignedIn(said) => self.sign_in_answered(now, &said),
            Packet::Changed(said) => self.change_answered(&said),
            Packet::Published(said) => match said.message {
                Loose::Object(message) => {
                    self.tell(Event::Published(Published::of(&said.topic, message)));
                }
                Loose::Nothing | Loose::Bool(_) | Loose::Whole(_) | Loose::Text(_) | Loose::Other => {
                    self.skip("topic message that is no object");
                }
            },
            Packet::Invited(said) => match Invite::of(said) {
                Some(invite) => self.tell(Event::Invited(invite)),
                None => self.skip("incoming call without callId"),
            },
            Packet::Over(said) => self.turned(&said.call, Some(Turn::Over), Place::Call),
            Packet::Turned(said) => {
                let turn = said.code.number().and_then(Turn::of);
                self.turned(&said.call, turn, Place::Call);
            }
            Packet::OtherDevice(said) => self.other_device(said),
            Packet::Passed => {}
            Packet::Unknown(service) => self.tell(Event::Skipped(format!("service {service}").into())),
        }
    }

    fn skip(&mut self, what: &'static str) {
        self.tell(Event::Skipped(what.into()));
    }

    fn sign_in_answered(&mut self, now: Instant, said: &Said<'_>) {
        if !matches!(self.state, State::SigningIn { .. }) {
            return self.skip("answer to no sign-in");
        }
        match said.r.number() {
            Some(0) => {
                let ping_after = said
                    .ping_after_ms
                    .number()
                    .map(|ms| ms.clamp(*PING_AFTER_MS.start(), *PING_AFTER_MS.end()))
                    .and_then(|ms| u64::try_from(ms).ok())
                    .map_or(PING_AFTER, Duration::from_millis);
                self.signed_in(said.user.id(), ping_after);
            }
            Some(15) => self.redirected(now, said.change_to_server.text().as_deref()),
            Some(_) => self.refused(refusal(said)),
            None => {
                self.skip("answer to the sign-in without r");
                self.next_server(Error::Protocol("the answer to the sign-in has no result"));
            }
        }
    }

    fn change_answered(&mut self, said: &Said<'_>) {
        let number = said.request_id.number();
        let Some(at) = self
            .changes
            .iter()
            .position(|(id, _)| number.is_some_and(|number| u64::try_from(number) == Ok(id.0)))
        else {
            return self.skip("answer to no change");
        };
        let Some((id, _)) = self.changes.remove(at) else { return };
        let result = if said.r.number() == Some(0) { Ok(()) } else { Err(refusal(said)) };
        self.tell(Event::Changed(id, result));
    }

    fn other_device(&mut self, said: Box<Said<'_>>) {
        let kind = said.kind.id();
        let data = said.data.said();
        let turn = match kind.as_deref() {
            Some("CALL_END" | "CALL2_END") => Some(Turn::Over),
            Some("CALL_STATE" | "CALL2_STATE") => data.code.number().and_then(Turn::of),
            _ => return self.skip("message from another device"),
        };
        self.turned(&data.call, turn, Place::OtherDevice);
    }

    fn turned(&mut self, call: &Loose<'_>, turn: Option<Turn>, place: Place) {
        match (call.id(), turn) {
            (Some(call), Some(turn)) => self.tell(Event::Turned { call, turn, place }),
            (None, _) => self.skip("call state without callId"),
            (_, None) => self.skip("call state without a known code"),
        }
    }
}

fn refusal(said: &Said<'_>) -> Refusal {
    let text = said.message.text().or_else(|| said.msg.text()).unwrap_or_default();
    Refusal { code: said.r.number(), text: text.chars().take(200).collect() }
}
