//! The project's calls: who is rung, who takes them, how they end, and who is told what.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{ALL_CALLS, CALL, PROJECT, Project};
use crate::stringee::frames::{self, Invitation};
use crate::stringee::{CallKind, Caller, Told};

/// A user's part of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leg {
    Ringing,
    Talking,
}

/// One end, as the webhook has it.
#[derive(Clone, Debug)]
struct End {
    number: String,
    alias: String,
    internal: bool,
}

/// A call that goes on.
#[derive(Debug)]
pub(super) struct Call {
    kind: CallKind,
    from: End,
    /// The line that it came in by, or what was called.
    to: End,
    legs: BTreeMap<String, Leg>,
    answered: bool,
    started_at: Timestamp,
    serial: u64,
    reason: &'static str,
}

/// What an agent's phone says of its call, in the documents' words.
#[derive(Clone, Copy)]
enum Word {
    Calling,
    Ringing,
    Answered,
    Ended,
}

impl Word {
    fn text(self) -> &'static str {
        match self {
            Word::Calling => "Calling",
            Word::Ringing => "Ringing",
            Word::Answered => "Answered",
            Word::Ended => "Ended",
        }
    }
}

impl Project {
    /// Somebody calls one of the organisation's lines, which rings these users. Returns the call's id.
    pub(in crate::stringee) fn incoming(
        &mut self,
        now: Timestamp,
        kind: CallKind,
        to: &[String],
        from: &Caller,
        line: &str,
    ) -> String {
        let id = format!("call-sim-1-{PROJECT}-{}", self.next());
        let from = match from {
            Caller::Number(number) => End { number: number.clone(), alias: number.clone(), internal: false },
            Caller::Hidden => End { number: "anonymous".to_owned(), alias: String::new(), internal: false },
            Caller::User(user) => {
                let alias = self.users.get(user).map(|user| user.name.clone()).unwrap_or_default();
                End { number: user.clone(), alias, internal: true }
            }
        };
        let reason = if from.internal { "CLIENT_MAKE_CALL" } else { "EXTERNAL_CALL_IN" };
        let to_line = End { number: line.to_owned(), alias: line.to_owned(), internal: false };
        let call = Call {
            kind,
            from,
            to: to_line,
            legs: BTreeMap::new(),
            answered: false,
            started_at: now,
            serial: 0,
            reason,
        };
        self.calls.insert(id.clone(), call);
        self.tell(now, &id, "created", None, &json!({}));
        for user in to {
            self.ring(now, &id, user);
        }
        id
    }

    /// Somebody of the office calls a number. Returns the call's id.
    pub(in crate::stringee) fn outgoing(
        &mut self,
        now: Timestamp,
        by: &str,
        number: &str,
        line: &str,
    ) -> String {
        let id = format!("call-sim-1-{PROJECT}-{}", self.next());
        let call = Call {
            kind: CallKind::Voice,
            from: End { number: by.to_owned(), alias: line.to_owned(), internal: true },
            to: End { number: number.to_owned(), alias: number.to_owned(), internal: false },
            legs: BTreeMap::from([(by.to_owned(), Leg::Talking)]),
            answered: false,
            started_at: now,
            serial: 0,
            reason: "CLIENT_MAKE_CALL",
        };
        self.calls.insert(id.clone(), call);
        self.tell(now, &id, "started", None, &json!({}));
        self.show(now, by, Word::Calling);
        id
    }

    /// One more user is rung.
    pub(in crate::stringee) fn ring(&mut self, now: Timestamp, id: &str, user: &str) -> bool {
        if !self.users.contains_key(user) {
            return false;
        }
        let Some(call) = self.calls.get_mut(id) else { return false };
        call.legs.insert(user.to_owned(), Leg::Ringing);
        let invitation = Invitation {
            call_id: id,
            kind: call.kind,
            from_number: &call.from.number,
            from_alias: &call.from.alias,
            from_internal: call.from.internal,
            to_number: user,
            to_alias: &call.to.alias,
            custom: "",
        };
        let frame = invitation.frame();
        self.send(user, &frame);
        self.tell(now, id, "ringing", Some(user), &json!({}));
        self.show(now, user, Word::Ringing);
        true
    }

    /// A user's softphone takes the call, or the other side an outgoing one: who else is rung is not any more.
    pub(in crate::stringee) fn answer(&mut self, now: Timestamp, id: &str, by: &str) -> bool {
        let Some(call) = self.calls.get_mut(id).filter(|call| call.legs.contains_key(by)) else {
            return false;
        };
        let (kind, was_ringing) =
            (call.kind, call.legs.insert(by.to_owned(), Leg::Talking) == Some(Leg::Ringing));
        call.answered = true;
        let legs = std::mem::take(&mut call.legs);
        let (mine, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            legs.into_iter().partition(|(user, _)| user == by);
        call.legs = mine;
        if was_ringing {
            self.send(by, &frames::elsewhere(kind, id, Some(200)));
        }
        self.tell(now, id, "answered", was_ringing.then_some(by), &json!({}));
        for user in others.keys() {
            self.send(user, &frames::stopped(kind, id, false));
            self.show(now, user, Word::Ended);
        }
        self.show(now, by, Word::Answered);
        true
    }

    /// A user's softphone says no with this code; the call lives on.
    pub(in crate::stringee) fn decline(&mut self, now: Timestamp, id: &str, user: &str, code: u16) -> bool {
        let Some(call) = self.calls.get_mut(id) else { return false };
        let kind = call.kind;
        if call.legs.remove(user).is_none() {
            return false;
        }
        self.send(user, &frames::elsewhere(kind, id, Some(code)));
        self.tell(now, id, "agentEnded", Some(user), &json!({"actor": user}));
        self.show(now, user, Word::Ended);
        true
    }

    /// An answered call moves on: the other user is rung until they answer.
    pub(in crate::stringee) fn transfer(&mut self, now: Timestamp, id: &str, to: &str) -> bool {
        let Some(call) = self.calls.get_mut(id) else { return false };
        let kind = call.kind;
        for user in std::mem::take(&mut call.legs).into_keys() {
            self.send(&user, &frames::stopped(kind, id, true));
            self.show(now, &user, Word::Ended);
        }
        self.ring(now, id, to)
    }

    /// The call ends; `told` is how its clients hear of it.
    pub(in crate::stringee) fn end(&mut self, now: Timestamp, id: &str, told: Told) -> bool {
        let Some(call) = self.calls.get(id) else { return false };
        let (kind, answered) = (call.kind, call.answered);
        let frame = match told {
            Told::Stopped => Some(frames::stopped(kind, id, answered)),
            Told::State(code) => Some(frames::state(kind, id, code)),
            Told::Elsewhere(code) => Some(frames::elsewhere(kind, id, Some(code))),
            Told::EndedElsewhere => Some(frames::elsewhere(kind, id, None)),
            Told::Nothing => None,
        };
        let users: Vec<String> = call.legs.keys().cloned().collect();
        let cause = if answered { "USER_END_CALL" } else { "487 Request Terminated" };
        let seconds = now.as_second() - call.started_at.as_second();
        let more = json!({
            "endCallCause": cause, "endedBy": "user_1", "callType": "CALL", "duration": seconds,
            "answerDuration": if answered { seconds } else { 0 },
        });
        self.tell(now, id, "ended", None, &more);
        self.calls.remove(id);
        for user in &users {
            if let Some(frame) = &frame {
                self.send(user, frame);
            }
            self.show(now, user, Word::Ended);
        }
        true
    }

    /// Sends any frame about a call to those whom it rings.
    pub(in crate::stringee) fn call_state(&mut self, id: &str, code: u16) -> bool {
        let Some(call) = self.calls.get(id) else { return false };
        let frame = frames::state(call.kind, id, code);
        call.legs.keys().for_each(|user| self.send(user, &frame));
        true
    }

    /// How many calls go on.
    #[cfg(test)]
    pub(in crate::stringee) fn calls_going(&self) -> usize {
        self.calls.len()
    }

    pub(super) fn is_in_call(&self, user: &str) -> bool {
        self.calls.values().any(|call| call.legs.contains_key(user))
    }

    /// A user's `call` attribute changes, and everybody who watches calls hears of it.
    fn show(&mut self, now: Timestamp, user: &str, word: Word) {
        let value = Value::from(word.text());
        let stays = !matches!(word, Word::Ended);
        let Some(found) = self.users.get_mut(user) else { return };
        if stays {
            found.attributes.insert(CALL.to_owned(), value.clone());
        } else {
            found.attributes.remove(CALL);
        }
        self.publish_attribute(now, user, CALL, Some(&value));
        let message = self.change_message(now, user, CALL, Some(&value));
        self.publish(ALL_CALLS, &message);
    }

    /// What the organisation's `event_url` is called with.
    fn tell(&mut self, now: Timestamp, id: &str, status: &str, user: Option<&str>, more: &Value) {
        let event = self.next();
        let Some(call) = self.calls.get_mut(id) else { return };
        call.serial += 1;
        let end = |end: &End| {
            json!({
                "number": end.number, "alias": end.alias, "is_online": end.internal,
                "type": if end.internal { "internal" } else { "external" },
            })
        };
        let to = user.map_or_else(
            || end(&call.to),
            |user| end(&End { number: user.to_owned(), alias: call.to.alias.clone(), internal: true }),
        );
        let mut body = json!({
            "type": "stringee_call", "event_id": format!("event-{event}"), "serial": call.serial,
            "call_id": id, "call_status": status, "project_id": PROJECT, "account_sid": "ACsimulated",
            "request_from_user_id": if call.from.internal { call.from.number.as_str() } else { "" },
            "timestamp_ms": now.as_millisecond(), "from": end(&call.from), "to": to,
            "callCreatedReason": call.reason, "clientCustomData": "",
        });
        if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
            body.extend(more.clone());
        }
        self.webhooks.push(body);
    }
}
