//! Calls and their legs, and the events they make.
//!
//! ```text
//! new → ringing ─┬─ answered ── hung up      (transfers add legs, the call stays answered)
//!                └─ missed | voicemail | orphaned
//! ```
//!
//! A call through a reception is heard on the company's channel and names the reception only; whose phone rings
//! shows in presence and in the call's nodes. Firmafon's events for transfers are not known: none are made.

use jiff::Timestamp;

use super::{COMPANY, Caller, Company, Endpoint, Leg, Unanswered};
use crate::firmafon::wire::{self, CallAnswer, CallHangup, CallNew, CallRinging, Envelope};

/// How many ended calls `GET /calls` remembers.
const REMEMBERED: usize = 2_000;
const SWITCH: &str = "b15";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::firmafon) enum Status {
    Ringing,
    Answered,
    Unanswered(Unanswered),
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Status::Ringing => "ringing",
            Status::Answered => "answered",
            Status::Unanswered(Unanswered::Missed) => "missed",
            Status::Unanswered(Unanswered::Voicemail) => "voicemail",
            Status::Unanswered(Unanswered::Orphaned) => "orphaned",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Incoming,
    Outgoing,
}

impl Direction {
    pub(super) fn word(self) -> &'static str {
        match self {
            Direction::Incoming => "incoming",
            Direction::Outgoing => "outgoing",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) uuid: String,
    pub(super) employee: u64,
    pub(super) started_at: Timestamp,
    pub(super) answered_at: Option<Timestamp>,
    pub(super) ended_at: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(in crate::firmafon) struct Call {
    pub(super) uuid: String,
    pub(super) endpoint: Endpoint,
    pub(super) from_number: Option<String>,
    pub(super) to_number: Option<String>,
    pub(super) direction: Direction,
    pub(super) status: Status,
    pub(super) nodes: Vec<Node>,
    pub(super) started_at: Timestamp,
    pub(super) answered_at: Option<Timestamp>,
    pub(super) answered_by: Option<u64>,
    pub(super) ended_at: Option<Timestamp>,
}

impl Call {
    fn channel(&self) -> String {
        match self.endpoint {
            Endpoint::Employee(id) => format!("/call2/employee/{id}"),
            Endpoint::Reception(_) => format!("/call2/company/{COMPANY}"),
        }
    }

    /// Those whose legs are not over.
    fn present(&self) -> Vec<u64> {
        self.nodes.iter().filter(|node| node.ended_at.is_none()).map(|node| node.employee).collect()
    }

    fn end_nodes(&mut self, now: Timestamp, but: Option<u64>) {
        for node in self.nodes.iter_mut().filter(|node| node.ended_at.is_none() && Some(node.employee) != but)
        {
            node.ended_at = Some(now);
        }
    }
}

impl Company {
    /// A call comes in and rings; nobody with do-not-disturb is rung by a reception. Returns its uuid.
    pub(in crate::firmafon) fn incoming(
        &mut self,
        now: Timestamp,
        to: Endpoint,
        from: &Caller,
        rings: &[u64],
    ) -> String {
        let from_number = match from {
            Caller::Number(number) => Some(number.clone()),
            Caller::Hidden => None,
        };
        let to_number = self.number_of(to).map(str::to_owned);
        let uuid = self.begin(now, to, Direction::Incoming, from_number, to_number);
        match to {
            Endpoint::Employee(id) => self.ring(now, &uuid, &[id]),
            Endpoint::Reception(_) => self.ring(now, &uuid, rings),
        };
        uuid
    }

    /// An employee calls somebody outside. Returns the call's uuid.
    pub(in crate::firmafon) fn outgoing(&mut self, now: Timestamp, by: u64, to_number: &str) -> String {
        let from = Endpoint::Employee(by);
        let from_number = self.number_of(from).map(str::to_owned);
        let uuid = self.begin(now, from, Direction::Outgoing, from_number, Some(to_number.to_owned()));
        self.add_node(now, &uuid, by, Leg::Talking);
        self.announce_ringing(now, &uuid);
        uuid
    }

    fn begin(
        &mut self,
        now: Timestamp,
        endpoint: Endpoint,
        direction: Direction,
        from_number: Option<String>,
        to_number: Option<String>,
    ) -> String {
        let uuid = self.uuid();
        let call = Call {
            uuid: uuid.clone(),
            endpoint,
            from_number,
            to_number,
            direction,
            status: Status::Ringing,
            nodes: Vec::new(),
            started_at: now,
            answered_at: None,
            answered_by: None,
            ended_at: None,
        };
        let leg = self.uuid();
        let event = CallNew {
            call_uuid: &uuid,
            company_id: COMPANY.to_string(),
            endpoint: endpoint.to_string(),
            started_at: wire::seconds(now),
            from_number: call.from_number.as_deref(),
            to_number: call.to_number.as_deref(),
            direction: direction.word(),
            status: "new",
            from_number_hidden: if call.from_number.is_none() { "true" } else { "false" },
            endpoint_name: self.name_of(endpoint),
            switch: SWITCH,
            a_leg_session_uuid: &leg,
        };
        let event = serde_json::value::to_raw_value(&Envelope::of("call-event", "call.new", now, &event));
        if let Ok(data) = event {
            self.outbox.push(super::Publication { channel: call.channel(), data });
        }
        self.calls.insert(uuid.clone(), call);
        self.call_order.push_back(uuid.clone());
        self.forget_old();
        uuid
    }

    fn forget_old(&mut self) {
        while self.call_order.len() > REMEMBERED {
            let ended = |uuid: &String| self.calls.get(uuid).is_none_or(|call| call.ended_at.is_some());
            let Some(at) = self.call_order.iter().take(REMEMBERED).position(ended) else { return };
            if let Some(uuid) = self.call_order.remove(at) {
                self.calls.remove(&uuid);
            }
        }
    }

    /// More phones ring for a call that nobody has answered. False when there is no such call.
    pub(in crate::firmafon) fn ring(&mut self, now: Timestamp, uuid: &str, employees: &[u64]) -> bool {
        let Some(call) = self.going(uuid).filter(|call| call.status == Status::Ringing) else { return false };
        let spares_dnd = matches!(call.endpoint, Endpoint::Reception(_));
        for &id in employees {
            let quiet = self.employees.get(&id).is_none_or(|employee| employee.dnd != super::Dnd::Off);
            if !(spares_dnd && quiet) {
                self.add_node(now, uuid, id, Leg::Ringing);
            }
        }
        self.announce_ringing(now, uuid);
        true
    }

    fn announce_ringing(&mut self, now: Timestamp, uuid: &str) {
        self.tell(now, uuid, "call.ringing", |call| CallRinging {
            call_uuid: &call.uuid,
            company_id: COMPANY.to_string(),
            endpoint: call.endpoint.to_string(),
            status: "ringing",
            switch: SWITCH,
            ringing_at: wire::seconds(now),
        });
    }

    /// Somebody takes the call; the other phones fall silent. False when there is no such call or employee.
    pub(in crate::firmafon) fn answer(&mut self, now: Timestamp, uuid: &str, by: u64) -> bool {
        let Some(call) = self.going(uuid).filter(|_| self.employees.contains_key(&by)) else { return false };
        let (first, others) = (call.answered_at.is_none(), call.present());
        self.add_node(now, uuid, by, Leg::Talking);
        let Some(call) = self.calls.get_mut(uuid) else { return false };
        call.end_nodes(now, Some(by));
        for node in call.nodes.iter_mut().filter(|node| node.employee == by && node.ended_at.is_none()) {
            node.answered_at.get_or_insert(now);
        }
        call.answered_at.get_or_insert(now);
        call.status = Status::Answered;
        call.answered_by = Some(by);
        if first {
            self.tell(now, uuid, "call.answer", |call| CallAnswer {
                call_uuid: &call.uuid,
                company_id: COMPANY.to_string(),
                endpoint: call.endpoint.to_string(),
                answered_at: wire::seconds(now),
                ended_at: None,
                direction: call.direction.word(),
                status: "answered",
                switch: SWITCH,
                hangup_cause: None,
            });
        }
        for other in others.into_iter().filter(|other| *other != by) {
            self.set_leg(now, other, uuid, None);
        }
        true
    }

    /// An answered call goes on with somebody else, whose phone rings until [`Company::answer`]. False when there is
    /// no such call or employee.
    pub(in crate::firmafon) fn transfer(&mut self, now: Timestamp, uuid: &str, to: u64) -> bool {
        let known = self.employees.contains_key(&to);
        let Some(call) = self.going(uuid).filter(|call| known && call.status == Status::Answered) else {
            return false;
        };
        let present = call.present();
        if let Some(call) = self.calls.get_mut(uuid) {
            call.end_nodes(now, None);
        }
        for id in present {
            self.set_leg(now, id, uuid, None);
        }
        self.add_node(now, uuid, to, Leg::Ringing);
        true
    }

    /// The call ends: hung up when it was answered, missed otherwise. False when there is no such call.
    pub(in crate::firmafon) fn hang_up(&mut self, now: Timestamp, uuid: &str) -> bool {
        self.end(now, uuid, Unanswered::Missed, "ORIGINATOR_CANCEL")
    }

    /// The call ends without anybody having taken it. False when there is no such unanswered call.
    pub(in crate::firmafon) fn end_unanswered(
        &mut self,
        now: Timestamp,
        uuid: &str,
        how: Unanswered,
    ) -> bool {
        let rings = self.going(uuid).is_some_and(|call| call.status == Status::Ringing);
        rings && self.end(now, uuid, how, "NO_ANSWER")
    }

    fn end(&mut self, now: Timestamp, uuid: &str, how: Unanswered, cause: &'static str) -> bool {
        let Some(call) = self.going(uuid) else { return false };
        let present = call.present();
        let answered = call.status == Status::Answered;
        let Some(call) = self.calls.get_mut(uuid) else { return false };
        call.end_nodes(now, None);
        call.ended_at = Some(now);
        if !answered {
            call.status = Status::Unanswered(how);
        }
        self.tell(now, uuid, "call.hangup", |call| CallHangup {
            call_uuid: &call.uuid,
            company_id: COMPANY.to_string(),
            endpoint: call.endpoint.to_string(),
            ended_at: wire::seconds(now),
            direction: call.direction.word(),
            status: (!answered).then(|| call.status.word()),
            switch: SWITCH,
            duration: now.as_second() - call.started_at.as_second(),
            hangup_cause: if answered { "NORMAL_CLEARING" } else { cause },
        });
        for id in present {
            self.set_leg(now, id, uuid, None);
        }
        true
    }

    /// How many calls still go on.
    #[cfg(test)]
    pub(in crate::firmafon) fn calls_going(&self) -> usize {
        self.calls.values().filter(|call| call.ended_at.is_none()).count()
    }

    /// How often this employee's phone has rung.
    #[cfg(test)]
    pub(in crate::firmafon) fn rung_at(&self, employee: u64) -> usize {
        self.calls.values().flat_map(|call| &call.nodes).filter(|node| node.employee == employee).count()
    }

    /// The call, if it still goes on.
    fn going(&self, uuid: &str) -> Option<&Call> {
        self.calls.get(uuid).filter(|call| call.ended_at.is_none())
    }

    /// The call whose leg has this uuid, if both still go on.
    pub(super) fn going_by_node(&self, node: &str) -> Option<&Call> {
        let has = |call: &&Call| call.nodes.iter().any(|leg| leg.uuid == node && leg.ended_at.is_none());
        self.calls.values().filter(|call| call.ended_at.is_none()).find(has)
    }

    fn add_node(&mut self, now: Timestamp, uuid: &str, employee: u64, leg: Leg) {
        let node = Node { uuid: self.uuid(), employee, started_at: now, answered_at: None, ended_at: None };
        let Some(call) = self.calls.get_mut(uuid) else { return };
        if !self.employees.contains_key(&employee) {
            return;
        }
        if !call.present().contains(&employee) {
            call.nodes.push(node);
        }
        self.set_leg(now, employee, uuid, Some(leg));
    }

    fn tell<'a, T: serde::Serialize>(
        &'a mut self,
        now: Timestamp,
        uuid: &str,
        name: &'static str,
        event: impl FnOnce(&'a Call) -> T,
    ) {
        let Company { calls, outbox, .. } = self;
        let Some(call) = calls.get(uuid) else { return };
        let event = event(call);
        if let Ok(data) = serde_json::value::to_raw_value(&Envelope::of("call-event", name, now, &event)) {
            outbox.push(super::Publication { channel: call.channel(), data });
        }
    }

    fn uuid(&mut self) -> String {
        let (high, low) = (self.random.u64(..), self.random.u64(..));
        format!(
            "{:08x}-{:04x}-11f1-{:04x}-{:012x}",
            high >> 32,
            high & 0xffff,
            0x8000 | (low >> 50),
            low & 0xffff_ffff_ffff
        )
    }
}
