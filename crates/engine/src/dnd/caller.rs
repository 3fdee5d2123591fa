//! What do-not-disturb says to a call.

use std::{collections::VecDeque, time::Duration};

use model::{Call, CallId, PhoneNumber};
use protocols::Instant;

/// So many calls are remembered for telling a second one from the same number.
const MOST: usize = 200;

/// A call that is forwarded rings elsewhere at once; somebody who calls again needs longer to hang up and dial.
const FORWARDED_WITHIN: Duration = Duration::from_secs(5);

/// Whether a call is kept quiet, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// Nothing: it is off for this call's account.
    Nothing,
    /// Keep quiet about it.
    Quiet(&'static str),
    /// It is on, and this call is put before the person all the same.
    Through(&'static str),
}

/// The calls that rang last, oldest first.
#[derive(Debug, Default)]
pub(super) struct Rung(VecDeque<Rang>);

#[derive(Debug)]
struct Rang {
    call: CallId,
    number: PhoneNumber,
    at: Instant,
    over_at: Option<Instant>,
    /// An earlier one from the same number was over by then.
    again: Option<Duration>,
}

impl Rung {
    /// A call rings; one that is known already is not another one.
    pub(super) fn rang(&mut self, now: Instant, call: &Call, is_open: impl Fn(&CallId) -> bool) {
        let Some(number) = call.peer.number.clone() else { return };
        if self.0.iter().any(|rang| rang.call == call.id) {
            return;
        }
        // What still rings is the same call by another way.
        let is_over = |rang: &Rang| rang.over_at.is_none_or(|at| now - at > FORWARDED_WITHIN);
        let is_earlier = |rang: &&Rang| rang.number == number && !is_open(&rang.call) && is_over(rang);
        let earlier = self.0.iter().rev().find(is_earlier);
        let again = earlier.map(|rang| now - rang.at);
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(Rang { call: call.id.clone(), number, at: now, over_at: None, again });
    }

    /// A call has ended.
    pub(super) fn over(&mut self, now: Instant, call: &CallId) {
        if let Some(rang) = self.0.iter_mut().rev().find(|rang| rang.call == *call) {
            rang.over_at.get_or_insert(now);
        }
    }

    /// Whether this call is a second one from its number within this time.
    pub(super) fn is_again(&self, call: &CallId, within: Duration) -> bool {
        let rang = self.0.iter().rev().find(|rang| rang.call == *call);
        rang.and_then(|rang| rang.again).is_some_and(|again| again <= within && !within.is_zero())
    }
}
