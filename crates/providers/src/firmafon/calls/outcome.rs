//! How a call ended.

use model::{CallState, Direction, Outcome};

use super::{Open, Taker};
use crate::firmafon::events::{CallEvent, Status};

impl Open {
    /// What the hangup `event` means for this call.
    pub(super) fn outcome_of(&self, event: &CallEvent) -> Outcome {
        let answered = match (self.taker, self.left_me) {
            (Some(Taker::Other), true) => Outcome::AnsweredElsewhere,
            _ => Outcome::Answered,
        };
        match event.status {
            Some(Status::Missed | Status::Orphaned) if self.direction == Direction::Incoming => {
                return Outcome::Missed;
            }
            Some(Status::Voicemail) => return Outcome::Voicemail,
            Some(Status::Answered) => return answered,
            Some(Status::New | Status::Ringing | Status::Missed | Status::Orphaned) | None => {}
        }
        if self.state != CallState::Ringing {
            return answered;
        }
        if self.voicemail {
            return Outcome::Voicemail;
        }
        let cause = event.hangup_cause.as_deref();
        match (self.direction, cause) {
            (_, Some("USER_BUSY")) => Outcome::Busy,
            (_, Some("CALL_REJECTED")) => Outcome::Declined,
            (Direction::Outgoing, Some("NO_ANSWER" | "NO_USER_RESPONSE" | "ORIGINATOR_CANCEL") | None) => {
                Outcome::Missed
            }
            (Direction::Outgoing, _) => Outcome::Failed,
            // A line's call without a status was answered (that is what makes it have none), though its
            // `call.answer` was lost.
            (Direction::Incoming, _)
                if (self.line || self.employee.is_none())
                    && event.status.is_none()
                    && event.odd_status.is_none() =>
            {
                answered
            }
            (Direction::Incoming, _) => Outcome::Missed,
        }
    }
}
