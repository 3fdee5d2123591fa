//! How a call ended, from what was last said of it.

use model::{Direction, Outcome};
use protocols::stringee::{Place, Turn};

/// From the socket, which tells of this user's calls only.
pub(super) fn of_turn(answered: bool, direction: Option<Direction>, turn: Turn, place: Place) -> Outcome {
    match (answered, turn, place) {
        (true, _, _) => Outcome::Answered,
        (false, Turn::Declined, _) => unreached(direction, Some(603)),
        // What ends a ringing call on another device of mine is me.
        (false, Turn::Over, Place::OtherDevice) => unreached(direction, Some(603)),
        (false, Turn::Failed(code), _) => unreached(direction, Some(code)),
        (false, Turn::Over | Turn::Proceeds | Turn::Answered, _) => unreached(direction, None),
    }
}

/// From the relay or a topic, which tell of everybody's calls.
pub(super) fn of_code(
    answered: bool,
    rang_me: bool,
    mine: Option<bool>,
    direction: Option<Direction>,
    code: Option<u16>,
) -> Outcome {
    match (answered, mine) {
        (true, Some(false)) if rang_me => Outcome::AnsweredElsewhere,
        (true, _) => Outcome::Answered,
        (false, _) => unreached(direction, code),
    }
}

fn unreached(direction: Option<Direction>, code: Option<u16>) -> Outcome {
    let outgoing = direction == Some(Direction::Outgoing);
    match code {
        Some(486 | 600 | 603) if outgoing => Outcome::Busy,
        Some(486 | 600 | 603) => Outcome::Declined,
        None | Some(..300 | 408 | 480 | 487) => Outcome::Missed,
        Some(_) => Outcome::Failed,
    }
}
