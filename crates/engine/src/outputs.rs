//! From a change to an alert: the rules, as functions without memory.

use model::{Call, CallState, Direction, Outcome};

use crate::{Account, Alert, Popups, dnd::Says};

/// What to put before the person about a call, and why; told by `watch --json` as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Show this.
    Show(Alert),
    /// Show nothing.
    Quiet(&'static str),
}

impl Decision {
    /// The reason.
    pub fn why(&self) -> &'static str {
        match self {
            Self::Show(alert) => alert.why,
            Self::Quiet(why) => why,
        }
    }
}

/// What else a decision depends on.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances {
    /// What do-not-disturb says to it.
    pub dnd: Says,
    /// Whether the person has asked for quiet about this call.
    pub silenced: bool,
    /// Whether this call was seen before it ended, or ended while this program was to see it.
    pub fresh: bool,
}

/// What to do about a call as it is; `None` if there is nothing to decide (it is not incoming, or was answered).
pub fn decide(call: &Call, account: &Account, circumstances: Circumstances) -> Option<Decision> {
    if call.direction != Direction::Incoming {
        return None;
    }
    match (call.state, call.outcome) {
        (CallState::Ringing, _) => Some(ringing(call, account, circumstances)),
        (CallState::Ended, Some(Outcome::Missed | Outcome::Voicemail)) => {
            missed(call, account, circumstances)
        }
        (CallState::Answered | CallState::Held | CallState::Ended, _) => None,
    }
}

fn ringing(call: &Call, account: &Account, circumstances: Circumstances) -> Decision {
    let why = match (account.popups, call.mine) {
        (Popups::None, _) => return Decision::Quiet("popups are switched off for this account"),
        (Popups::Mine, Some(false)) => return Decision::Quiet("rings somebody else"),
        (Popups::Mine, None) => return Decision::Quiet("rings a line, and nothing says that it rings me"),
        (_, Some(true)) => "rings me",
        (Popups::All, _) => "popups are on for all calls",
    };
    if circumstances.silenced {
        return Decision::Quiet("silenced");
    }
    match circumstances.dnd {
        Says::Quiet(why) => Decision::Quiet(why),
        Says::Through(why) => Decision::Show(Alert::incoming(call, account.id.as_str(), why)),
        Says::Nothing => Decision::Show(Alert::incoming(call, account.id.as_str(), why)),
    }
}

fn missed(call: &Call, account: &Account, circumstances: Circumstances) -> Option<Decision> {
    if call.mine != Some(true) {
        return None;
    }
    Some(if !circumstances.fresh {
        Decision::Quiet("it had ended before Ringside was started")
    } else if account.popups == Popups::None {
        Decision::Quiet("popups are switched off for this account")
    } else if let Says::Quiet(why) = circumstances.dnd {
        Decision::Quiet(why)
    } else {
        Decision::Show(Alert::missed(call, account.id.as_str(), "missed"))
    })
}
