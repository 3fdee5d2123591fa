//! Calls that have not ended: whose they are, how they end, and those of which no end is ever told.

mod given_up;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use model::{CallFact, CallState, Outcome};
use protocols::Instant;

use super::events::Call;
use given_up::{GivenUp, known_as, shown_as};

/// A phone does not ring longer without a word …
const RINGS: Duration = Duration::from_secs(2 * 60);
/// … but a caller may wait in a queue for so long, at nobody's phone …
const WAITS: Duration = Duration::from_secs(2 * 60 * 60);
/// … and be offered to the account's owner for so long, for whom an alert stands there all the time.
const OFFERED: Duration = Duration::from_secs(15 * 60);
/// Nobody speaks longer without a word.
const SPEAKS: Duration = Duration::from_secs(4 * 60 * 60);
const MOST: usize = 2_000;
/// More phones than this do not ring at once.
const MOST_PEOPLE: usize = 100;

/// The calls that have not ended.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// By the vendor's ids.
    open: BTreeMap<String, Open>,
    given_up: GivenUp,
    /// Nothing is due before.
    look_at: Option<Instant>,
    knows_me: bool,
}

#[derive(Debug)]
struct Open {
    /// What makes it the same call in another account.
    key: Option<String>,
    /// So often it was given up, and shown again.
    again: u32,
    state: CallState,
    mine: Option<bool>,
    /// Whether it rang the account's owner.
    rang_me: bool,
    /// Whether the account's owner took it.
    was_mine: bool,
    people: Vec<String>,
    /// Whether it came through a queue.
    queued: bool,
    heard_at: Instant,
}

impl Open {
    fn give_up_at(&self) -> Instant {
        let patience = match self.state {
            CallState::Ringing if self.queued && self.mine == Some(true) => OFFERED,
            CallState::Ringing if self.queued => WAITS,
            CallState::Ringing => RINGS,
            CallState::Answered | CallState::Held | CallState::Ended => SPEAKS,
        };
        self.heard_at + patience
    }

    /// With nothing but which call it is.
    fn fact(&self, id: &str) -> CallFact {
        let key = self.key.as_ref().map(|key| shown_as(key, self.again));
        CallFact { key, ..CallFact::of(shown_as(id, self.again)) }
    }

    fn is_taken(&self) -> bool {
        matches!(self.state, CallState::Answered | CallState::Held)
    }
}

impl Calls {
    /// Takes over the calls that an earlier session left open.
    pub(super) fn take_over(&mut self, now: Instant, calls: Vec<CallFact>) {
        for call in calls {
            let (state, mine) = (call.state.unwrap_or(CallState::Ringing), call.mine);
            let is_ringing = state == CallState::Ringing;
            let (id, again) = known_as(&call.id);
            let open = Open {
                key: call.key.map(|key| known_as(&key).0.to_owned()),
                again,
                state,
                mine,
                rang_me: mine == Some(true),
                was_mine: mine == Some(true) && !is_ringing,
                people: call.people,
                queued: call.line.is_some(),
                heard_at: now,
            };
            self.keep(id.to_owned(), open);
        }
    }

    /// What is to be told of a call of which this was heard.
    ///
    /// A call that rings several people may be told person by person, so while it rings they add up. Of one that was
    /// given up nothing is told but its end, until it rings the account's owner.
    pub(super) fn heard(&mut self, now: Instant, call: Call, me: Option<&str>) -> Option<CallFact> {
        let known = self.open.remove(&call.id);
        let named = me.filter(|_| !call.people.is_empty()).map(|me| call.people.iter().any(|id| id == me));
        let heard = call.mine.or(named);
        let given_up = self.given_up.again(&call.id).filter(|_| known.is_none());
        let again = match (&known, given_up, call.state) {
            (Some(known), _, _) => known.again,
            (None, None, _) => 0,
            (None, Some(again), Some(CallState::Ended)) => again,
            (None, Some(again), Some(CallState::Ringing)) if heard == Some(true) => again.saturating_add(1),
            (None, Some(_), _) => return None,
        };
        if given_up.is_some() {
            self.given_up.forget(&call.id);
        }
        let before = known.as_ref().map(|known| known.state);
        let mut state = call.state.or(before).unwrap_or(CallState::Ringing);
        let was_taken = known.as_ref().is_some_and(Open::is_taken);
        let mut people = call.people;
        let mut mine = heard.or(known.as_ref().and_then(|known| known.mine));
        if let Some(known) = &known {
            if state == CallState::Ringing && !was_taken {
                let others = known.people.iter().filter(|id| !people.contains(id));
                let others: Vec<String> = others.take(MOST_PEOPLE).cloned().collect();
                people.splice(0..0, others);
                if known.mine == Some(true) {
                    mine = Some(true);
                }
            } else if state == CallState::Ringing && heard != Some(true) {
                // It was passed on: it goes on for others, whose phones ring.
                state = CallState::Answered;
            }
        }
        let taken_by_me = mine == Some(true) && matches!(state, CallState::Answered | CallState::Held);
        let key = call.key.map(|key| format!("nguc:{key}"));
        let key = key.or_else(|| known.as_ref().and_then(|known| known.key.clone()));
        let open = Open {
            key,
            again,
            state,
            mine,
            rang_me: known.as_ref().is_some_and(|known| known.rang_me)
                || (mine == Some(true) && state == CallState::Ringing),
            was_mine: known.as_ref().is_some_and(|known| known.was_mine) || taken_by_me,
            people: people.clone(),
            queued: call.line.is_some() || known.as_ref().is_some_and(|known| known.queued),
            heard_at: now,
        };
        let outcome = (state == CallState::Ended)
            .then(|| outcome(&open, call.outcome, was_taken || call.answered_at.is_some(), before));
        let fact = CallFact {
            direction: call.direction,
            state: Some(state),
            mine,
            peer: call.peer,
            line: call.line,
            people,
            started_at: call.started_at,
            answered_at: call.answered_at,
            ended_at: call.ended_at,
            outcome,
            ..open.fact(&call.id)
        };
        if state != CallState::Ended {
            self.keep(call.id, open);
        }
        Some(fact)
    }

    /// Takes note of who the account's owner is, and tells of the calls that are thereby known to be theirs or not.
    pub(super) fn owner_is(&mut self, me: &str) -> Vec<CallFact> {
        if std::mem::replace(&mut self.knows_me, true) {
            return Vec::new();
        }
        let open = self.open.iter_mut().filter(|(_, open)| open.mine.is_none() && !open.people.is_empty());
        open.map(|(id, open)| {
            let mine = open.people.iter().any(|id| id == me);
            open.mine = Some(mine);
            open.rang_me |= mine && open.state == CallState::Ringing;
            open.was_mine |= mine && open.is_taken();
            CallFact { mine: open.mine, ..open.fact(id) }
        })
        .collect()
    }

    fn keep(&mut self, id: String, open: Open) {
        if self.open.len() < MOST {
            self.look_at = self.look_at.into_iter().chain([open.give_up_at()]).min();
            self.open.insert(id, open);
        }
    }

    /// Whether something was heard of a call since.
    pub(super) fn is_newer(&self, id: &str, asked_at: Instant) -> bool {
        self.open.get(id).is_some_and(|open| open.heard_at > asked_at)
    }

    /// Ends the calls that are not among all those there were at `asked_at`.
    pub(super) fn all_are(&mut self, asked_at: Instant, ids: &BTreeSet<String>) -> Vec<CallFact> {
        self.give_up(|id, open| open.heard_at <= asked_at && !ids.contains(id))
    }

    /// Ends the calls of which nothing is heard any more.
    pub(super) fn due(&mut self, now: Instant) -> Vec<CallFact> {
        if self.look_at.is_none_or(|at| at > now) {
            return Vec::new();
        }
        let over = self.give_up(|_, open| open.give_up_at() <= now);
        self.look_at = self.open.values().map(Open::give_up_at).min();
        over
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        self.look_at
    }

    fn give_up(&mut self, is_over: impl Fn(&str, &Open) -> bool) -> Vec<CallFact> {
        let mut facts = Vec::new();
        for (id, open) in self.open.extract_if(.., |id, open| is_over(id, open)) {
            facts.push(CallFact {
                state: Some(CallState::Ended),
                outcome: Some(Outcome::Lost),
                ..open.fact(&id)
            });
            self.given_up.add(id, open.again);
        }
        facts
    }
}

/// How a call ended for the account's owner, who is not spoken of by what the server calls its outcome.
fn outcome(call: &Open, said: Option<Outcome>, was_taken: bool, before: Option<CallState>) -> Outcome {
    let said = said.unwrap_or(match before {
        _ if was_taken => Outcome::Answered,
        Some(CallState::Ringing) => Outcome::Missed,
        Some(CallState::Answered | CallState::Held | CallState::Ended) | None => Outcome::Lost,
    });
    if said != Outcome::Answered || call.mine != Some(false) {
        said
    } else if call.was_mine {
        Outcome::Transferred
    } else if call.rang_me {
        Outcome::AnsweredElsewhere
    } else {
        Outcome::Answered
    }
}

#[cfg(test)]
mod tests {
    use model::Line;

    use super::*;

    fn heard(calls: &mut Calls, state: CallState, people: &[&str]) -> CallFact {
        let people = people.iter().map(|&id| id.to_owned()).collect();
        let call = Call { id: "c".into(), state: Some(state), people, ..Call::default() };
        calls.heard(Instant::default(), call, Some("7")).unwrap()
    }

    #[test]
    fn a_call_told_person_by_person_rings_all_of_them() {
        let mut calls = Calls::default();
        heard(&mut calls, CallState::Ringing, &["7"]);
        let fact = heard(&mut calls, CallState::Ringing, &["8"]);
        assert_eq!((fact.mine, fact.people), (Some(true), vec!["7".to_owned(), "8".to_owned()]));
        let fact = heard(&mut calls, CallState::Answered, &["8"]);
        assert_eq!((fact.mine, fact.people), (Some(false), vec!["8".to_owned()]));
        assert_eq!(heard(&mut calls, CallState::Ended, &["8"]).outcome, Some(Outcome::AnsweredElsewhere));
    }

    #[test]
    fn whatever_is_told_of_a_call_says_what_makes_it_the_same_in_another_account() {
        let keyed = |id: &str, state| Call {
            id: id.into(),
            key: Some(id.into()),
            state,
            people: vec!["7".into()],
            ..Call::default()
        };
        let keys = |facts: Vec<CallFact>| facts.into_iter().map(|fact| fact.key).collect::<Vec<_>>();
        let (key, now) = (|id| Some(format!("nguc:{id}")), Instant::default());
        let mut calls = Calls::default();
        let left = CallFact { key: key("left"), people: vec!["7".into()], ..CallFact::of("left") };
        calls.take_over(now, vec![left]);
        calls.heard(now, keyed("g", Some(CallState::Ringing)), None);
        assert_eq!(keys(calls.owner_is("7")), [key("g"), key("left")]);
        let later = Call { key: None, ..keyed("g", Some(CallState::Answered)) };
        assert_eq!(calls.heard(now, later, None).unwrap().key, key("g"));
        assert_eq!(keys(calls.all_are(now, &BTreeSet::from(["g".to_owned()]))), [key("left")]);
        assert_eq!(keys(calls.due(Instant::at(SPEAKS))), [key("g")]);
    }

    #[test]
    fn a_call_passed_on_is_no_longer_mine_and_one_passed_to_me_is() {
        let mut calls = Calls::default();
        heard(&mut calls, CallState::Ringing, &["7"]);
        heard(&mut calls, CallState::Answered, &["7"]);
        let fact = heard(&mut calls, CallState::Ringing, &["8"]);
        assert_eq!((fact.state, fact.mine), (Some(CallState::Answered), Some(false)));
        let fact = heard(&mut calls, CallState::Ringing, &["7"]);
        assert_eq!((fact.state, fact.mine), (Some(CallState::Ringing), Some(true)));
        heard(&mut calls, CallState::Answered, &["8"]);
        assert_eq!(heard(&mut calls, CallState::Ended, &[]).outcome, Some(Outcome::Transferred));
    }

    #[test]
    fn a_call_of_which_nothing_more_is_heard_ends_as_lost() {
        let mut calls = Calls::default();
        heard(&mut calls, CallState::Ringing, &[]);
        assert_eq!(calls.next_at(), Some(Instant::at(RINGS)));
        heard(&mut calls, CallState::Answered, &[]);
        assert_eq!(calls.due(Instant::at(RINGS)), []);
        assert_eq!(calls.next_at(), Some(Instant::at(SPEAKS)));
        assert_eq!(calls.due(Instant::at(SPEAKS))[0].outcome, Some(Outcome::Lost));
        assert_eq!(calls.next_at(), None);
    }

    #[test]
    fn a_caller_may_wait_in_a_queue_for_long() {
        let mut calls = Calls::default();
        let line = Some(Line { id: "42".into(), name: None });
        calls.heard(Instant::default(), Call { id: "c".into(), line, ..Call::default() }, None);
        heard(&mut calls, CallState::Ringing, &["8"]);
        assert_eq!(calls.next_at(), Some(Instant::at(WAITS)));
        heard(&mut calls, CallState::Ringing, &["7"]);
        assert_eq!(calls.due(Instant::at(OFFERED)).len(), 1);
    }
}
