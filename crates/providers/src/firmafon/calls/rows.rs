//! What REST's rows say of calls.

use model::{CallFact, CallState, Outcome};
use protocols::Instant;

use super::{
    Calls, FAILED_CHECK, FAILED_CHECKS, FRESH_FOR, NODES_EVERY, RINGING_CHECK, Taker, UNDECIDED_ROWS, fact_of,
};
use crate::firmafon::{
    events::Status,
    rest::{CallRow, RINGS_AT_MOST, SPOKEN_AT_MOST},
    wire::Endpoint,
};

/// What REST knows of one call.
#[derive(Debug)]
pub(in crate::firmafon) enum Found<'a> {
    Row(&'a CallRow),
    /// There is no such call.
    Gone,
    /// No answer.
    Unasked,
}

impl Calls {
    /// Takes the newest rows of REST (newest first) and doubts every open call of which they say nothing.
    pub(in crate::firmafon) fn rows(
        &mut self,
        now: Instant,
        asked_at: Instant,
        rows: &[CallRow],
    ) -> Vec<CallFact> {
        let facts = rows.iter().rev().filter_map(|row| self.row(now, asked_at, row)).collect();
        for (uuid, call) in &mut self.open {
            let settled = call.checked_at.is_some_and(|at| now - at < FAILED_CHECK);
            if call.heard_at < asked_at && !settled && !rows.iter().any(|row| row.uuid == *uuid) {
                call.check_at = call.check_at.min(now);
                call.doubted = true;
            }
        }
        facts
    }

    /// Takes the answer to [`Ask::Call`].
    pub(in crate::firmafon) fn found(
        &mut self,
        now: Instant,
        asked_at: Instant,
        uuid: &str,
        found: &Found<'_>,
    ) -> Option<CallFact> {
        let call = self.open.get_mut(uuid)?;
        call.checking = false;
        call.checked_at = Some(now);
        let lost = match found {
            Found::Row(row) if row.uuid == uuid => {
                call.failed_checks = 0;
                call.undecided_rows += u32::from(call.is_undecided());
                // By our own clock: a wrong one on the wall would end what rings.
                let open_for_ever = match call.state {
                    CallState::Ringing => now - call.rings_at >= RINGS_AT_MOST,
                    CallState::Answered | CallState::Held | CallState::Ended => {
                        now - call.began_at >= SPOKEN_AT_MOST
                    }
                };
                let state = call.state;
                let is_as_known = Seen::of(row, &self.me).is_none_or(|seen| seen.state == state);
                if !open_for_ever || !is_as_known {
                    return self.row(now, asked_at, row);
                }
                true
            }
            // It is not known whether a call has a row while it lives.
            Found::Gone => {
                let fresh_for = if call.doubted { FRESH_FOR } else { RINGING_CHECK };
                if call.heard_at < asked_at && now - call.heard_at < fresh_for {
                    call.check_at = call.heard_at + fresh_for;
                    return None;
                }
                call.heard_at < asked_at
            }
            Found::Row(_) | Found::Unasked => {
                call.failed_checks += 1;
                call.failed_checks >= FAILED_CHECKS
            }
        };
        if lost {
            self.end(uuid);
            return Some(CallFact {
                state: Some(CallState::Ended),
                outcome: Some(Outcome::Lost),
                ..fact_of(uuid)
            });
        }
        call.schedule(now);
        if call.state == CallState::Ringing {
            call.check_at = now + FAILED_CHECK;
        }
        None
    }

    /// One row of REST; an event newer than the question wins over it.
    fn row(&mut self, now: Instant, asked_at: Instant, row: &CallRow) -> Option<CallFact> {
        let uuid = row.uuid.as_str();
        if self.has_ended(uuid) {
            return None;
        }
        let known = self.open.contains_key(uuid);
        let newer = self.open.get(uuid).is_some_and(|call| known && call.heard_at > asked_at);
        let Some(seen) = Seen::of(row, &self.me) else {
            self.open.get_mut(uuid)?.schedule(now);
            return None;
        };
        let mut fact = CallFact {
            direction: row.direction,
            mine: seen.mine,
            peer: row.peer.clone(),
            line: row.line.clone().map(|line| self.named(line)),
            people: seen.people.clone(),
            started_at: row.started_at,
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            ..fact_of(uuid)
        };
        let ended = seen.state == CallState::Ended;
        if ended && !newer {
            let open = self.open.get(uuid);
            let rang_me = open.is_some_and(|call| call.mine == Some(true) || call.left_me);
            self.end(uuid);
            let elsewhere = seen.outcome == Outcome::Answered && rang_me && seen.taker == Some(Taker::Other);
            let outcome = if elsewhere { Outcome::AnsweredElsewhere } else { seen.outcome };
            let missed = rang_me && matches!(outcome, Outcome::Missed | Outcome::Voicemail);
            fact.mine = if missed { Some(true) } else { fact.mine.filter(|mine| *mine || !rang_me) };
            return Some(CallFact { state: Some(CallState::Ended), outcome: Some(outcome), ..fact });
        }
        if ended {
            // The hangup is on its way, or the row is of another leg; the numbers still count.
            return Some(CallFact { mine: None, people: Vec::new(), ended_at: None, ..fact });
        }
        let rings = self.phone.rings;
        let call = self.open_call(now, uuid);
        call.direction = row.direction.unwrap_or(call.direction);
        call.line |= row.line.is_some();
        if let Some(employee) = row.endpoint.as_ref().and_then(Endpoint::employee) {
            call.employee.get_or_insert_with(|| employee.to_owned());
        }
        if !newer && seen.state == CallState::Answered {
            call.answer(rings);
        }
        if call.state == CallState::Answered && seen.state == CallState::Answered {
            call.taker = seen.taker.or(call.taker);
            call.left_me |= call.taker == Some(Taker::Other) && call.mine == Some(true);
        }
        call.mine = match (call.mine, seen.mine) {
            (Some(true), Some(false)) if seen.taker != Some(Taker::Other) => Some(true),
            (known, heard) => heard.or(known),
        };
        fact.mine = call.mine;
        fact.state = Some(call.state);
        call.schedule(now);
        if call.is_undecided() && call.state == CallState::Answered && call.undecided_rows < UNDECIDED_ROWS {
            call.check_at = now + NODES_EVERY * 2;
        }
        Some(fact)
    }
}

/// What a row of REST means for the owner.
struct Seen {
    state: CallState,
    outcome: Outcome,
    mine: Option<bool>,
    taker: Option<Taker>,
    people: Vec<String>,
}

impl Seen {
    /// `None` for a row with neither a known status nor an answer nor an end.
    fn of(row: &CallRow, me: &str) -> Option<Self> {
        let employee = row.endpoint.as_ref().and_then(Endpoint::employee);
        let my_node = row
            .nodes
            .iter()
            .flatten()
            .find(|node| node.endpoint.as_ref().and_then(Endpoint::employee) == Some(me));
        let answered = row.status == Some(Status::Answered) || row.answered_at.is_some();
        let taker = match (&row.answered_by, employee) {
            _ if my_node.is_some_and(|node| node.answered) => Some(Taker::Me),
            (Some(id), _) if id == me => Some(Taker::Me),
            (Some(_), _) => Some(Taker::Other),
            (None, Some(id)) if answered => Some(if id == me { Taker::Me } else { Taker::Other }),
            (None, _) => None,
        };
        let state = match row.status {
            _ if row.ended_at.is_some() => CallState::Ended,
            Some(Status::Missed | Status::Voicemail | Status::Orphaned) => CallState::Ended,
            Some(Status::Answered) => CallState::Answered,
            Some(Status::New | Status::Ringing) | None if answered => CallState::Answered,
            Some(Status::New | Status::Ringing) => CallState::Ringing,
            None => return None,
        };
        let mine = match (taker, employee) {
            (_, Some(id)) if id == me => Some(true),
            (Some(taker), _) => Some(taker == Taker::Me),
            (None, _) if my_node.is_some() => Some(true),
            (None, Some(_)) => Some(false),
            // Who has legs and none of them mine was not rung; a live call may still come to ring me.
            (None, None)
                if state == CallState::Ended && row.nodes.as_ref().is_some_and(|n| !n.is_empty()) =>
            {
                Some(false)
            }
            (None, None) => None,
        };
        let rang_me = employee != Some(me) && my_node.is_some();
        let outcome = match row.status {
            Some(Status::Voicemail) => Outcome::Voicemail,
            _ if answered && rang_me && taker == Some(Taker::Other) => Outcome::AnsweredElsewhere,
            _ if answered => Outcome::Answered,
            Some(Status::Missed | Status::Orphaned | Status::New | Status::Ringing) => Outcome::Missed,
            Some(Status::Answered) | None => Outcome::Lost,
        };
        let people = match (&row.answered_by, employee) {
            (Some(id), _) => vec![id.clone()],
            (None, Some(id)) => vec![id.to_owned()],
            (None, None) if mine == Some(true) => vec![me.to_owned()],
            (None, None) => Vec::new(),
        };
        Some(Self { state, outcome, mine, taker, people })
    }
}
