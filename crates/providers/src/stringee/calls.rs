//! Calls, as the socket, topics and the relay tell of them: by one id, one call.

mod nameless;
mod outcome;

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use model::{CallFact, CallState, Direction, Outcome};
use protocols::{
    Instant,
    stringee::{Invite, Place, PublishedCall, Turn},
};

use super::{
    ends::{line, peer, user},
    relay::{self, Way},
};

/// A call that rings me is given up when nothing was heard of it for this long: its end may never be told.
const RINGS_FOR: Duration = Duration::from_secs(90);
/// Any other may wait in a queue, of which nothing is told; a relay ends it after two hours by itself, …
const WAITS_FOR: Duration = Duration::from_secs(125 * 60);
/// … and where only a topic told of it, nobody does.
const WAITS_UNKEPT_FOR: Duration = Duration::from_secs(15 * 60);
const SPOKEN_FOR: Duration = Duration::from_secs(12 * 60 * 60);
/// The end of a call that was answered in an earlier session may have been missed.
const LEFT_SPOKEN_FOR: Duration = Duration::from_secs(4 * 60 * 60);
/// A call that stopped ringing here is missed, unless the relay says within this time that somebody else took it.
const SETTLES_FOR: Duration = Duration::from_secs(3);
/// The number of calls that are followed at once; of more, the one to be given up next is, mine after all others.
const OPEN: usize = 1_000;
/// More people than this are not told of a call, but I am.
const PEOPLE: usize = 50;
/// The number of ended calls whose late messages are told from new calls.
const ENDED: usize = 1_000;

/// The calls that have not ended.
#[derive(Debug)]
pub(super) struct Calls {
    me: String,
    open: BTreeMap<String, Open>,
    ended: VecDeque<String>,
    /// The call of which is known only that it rings or occupies my phone.
    nameless: Option<String>,
    nameless_count: u64,
}

/// Whether a relay tells of calls too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Watch {
    Tells,
    Silent,
}

#[derive(Debug)]
struct Open {
    /// As it was told, which differs for a call that was nameless at first.
    told_as: String,
    answered: bool,
    direction: Option<Direction>,
    /// The socket said so, which nobody gainsays while it rings.
    invited: bool,
    /// The relay or a topic told of it, which know more than the socket.
    described: bool,
    /// The socket said that it no longer rings here.
    stopped: bool,
    /// It rang me at some time.
    rang_me: bool,
    mine: Option<bool>,
    heard_at: Instant,
    give_up_at: Instant,
}

impl Calls {
    pub(super) fn new(me: String) -> Self {
        Self { me, open: BTreeMap::new(), ended: VecDeque::new(), nameless: None, nameless_count: 0 }
    }

    /// The person is found to be this one.
    pub(super) fn belong_to(&mut self, me: &str) {
        me.clone_into(&mut self.me);
    }

    /// Goes on with the calls of an earlier session, whose end may have been missed.
    pub(super) fn take_over(&mut self, now: Instant, left: &[CallFact]) {
        for fact in left {
            if self.open.contains_key(&fact.id) {
                continue;
            }
            let open = self.begin(now, &fact.id);
            open.answered = matches!(fact.state, Some(CallState::Answered | CallState::Held));
            open.direction = fact.direction;
            open.mine = fact.mine;
            open.rang_me = fact.mine == Some(true);
            (open.described, open.heard_at) = (true, Instant::default());
            if open.answered {
                open.give_up_at = now + LEFT_SPOKEN_FOR;
            } else if fact.state == Some(CallState::Ringing) && fact.mine != Some(true) {
                open.give_up_at = now + WAITS_UNKEPT_FOR;
            }
        }
    }

    /// The call rings this user.
    pub(super) fn invited(&mut self, now: Instant, invite: &Invite) -> Option<CallFact> {
        let id = &*invite.call;
        if self.has_ended(id) {
            return None;
        }
        self.adopt_nameless(id);
        let open = self.begin(now, id);
        if open.answered {
            return None;
        }
        (open.invited, open.stopped, open.rang_me, open.mine) = (true, false, true, Some(true));
        open.direction = Some(Direction::Incoming);
        open.give_up_at = now + RINGS_FOR;
        let described = open.described;
        let fact = CallFact {
            direction: Some(Direction::Incoming),
            state: Some(CallState::Ringing),
            mine: Some(true),
            ..self.fact(id)
        };
        if described {
            return Some(fact);
        }
        Some(CallFact {
            peer: peer(&invite.from),
            line: line(&invite.to),
            people: vec![self.me.clone()],
            ..fact
        })
    }

    /// A call of this user's moved on; `relay` says whether the relay will tell more.
    pub(super) fn turned(
        &mut self,
        now: Instant,
        id: &str,
        (turn, place): (Turn, Place),
        relay: Watch,
    ) -> Option<CallFact> {
        let me = self.me.clone();
        let open = self.open.get_mut(id)?;
        match turn {
            Turn::Over if relay == Watch::Tells && place == Place::Call && !open.answered => {
                (open.invited, open.stopped, open.mine) = (false, true, None);
                open.give_up_at = now + SETTLES_FOR;
                Some(CallFact { passed_on: true, ..self.fact(id) })
            }
            Turn::Proceeds => {
                if !open.answered {
                    open.give_up_at = now + RINGS_FOR;
                }
                None
            }
            Turn::Answered => {
                (open.answered, open.mine) = (true, Some(true));
                open.give_up_at = now + SPOKEN_FOR;
                let fact = self.fact(id);
                Some(CallFact {
                    state: Some(CallState::Answered),
                    mine: Some(true),
                    people: vec![me],
                    ..fact
                })
            }
            Turn::Declined | Turn::Failed(_) | Turn::Over => {
                let outcome = outcome::of_turn(open.answered, open.direction, turn, place);
                self.end(id, outcome)
            }
        }
    }

    /// A topic told of a call, of whatever user; `Err` if it did not say where it stands.
    pub(super) fn published(
        &mut self,
        now: Instant,
        call: &PublishedCall,
    ) -> Result<Option<CallFact>, &'static str> {
        let id = &*call.id;
        let status = call.status.as_deref().map(str::to_ascii_lowercase);
        let state = match status.as_deref() {
            Some("created" | "started" | "calling" | "ringing") => CallState::Ringing,
            Some("answered") => CallState::Answered,
            Some("ended" | "end") => CallState::Ended,
            Some(_) => return Err("call of a topic with an unknown status"),
            None => return Err("call of a topic without a status"),
        };
        let (from, to) = (user(&call.from), user(&call.to));
        let way = match (from, to) {
            (Some(_), Some(_)) => Way::Internal,
            (Some(_), None) if call.to.number.is_some() => Way::Out,
            (None, Some(_)) if call.from.number.is_some() => Way::In,
            _ => Way::Unknown,
        };
        let people = from.into_iter().chain(to).map(str::to_owned).collect();
        let told = relay::Call {
            id: id.to_owned(),
            state,
            way,
            from: call.from.clone(),
            to: call.to.clone(),
            line: None,
            people,
            started_at: None,
            answered_at: None,
            ended_at: None,
            code: None,
        };
        Ok(self.hear(now, &told, WAITS_UNKEPT_FOR))
    }

    /// The relay tells of a call.
    pub(super) fn told(&mut self, now: Instant, call: &relay::Call) -> Option<CallFact> {
        self.hear(now, call, WAITS_FOR)
    }

    /// Takes a call as it was told; one that rings somebody else is kept for `waits_for`.
    fn hear(&mut self, now: Instant, call: &relay::Call, waits_for: Duration) -> Option<CallFact> {
        let id = call.id.as_str();
        if self.has_ended(id) {
            return None;
        }
        let i_call = user(&call.from) == Some(&*self.me);
        let direction = match call.way {
            Way::In => Some(Direction::Incoming),
            Way::Out => Some(Direction::Outgoing),
            Way::Internal if i_call => Some(Direction::Outgoing),
            Way::Internal => Some(Direction::Incoming),
            Way::Unknown => None,
        };
        let concerns_me = i_call || user(&call.to) == Some(&*self.me) || call.people.contains(&self.me);
        if concerns_me && call.state == CallState::Ringing && !i_call {
            self.adopt_nameless(id);
        }
        let heard = if concerns_me { Some(true) } else { (!call.people.is_empty()).then_some(false) };
        let mut people = call.people.clone();
        if people.len() > PEOPLE {
            people.sort_by_key(|id| *id != self.me);
            people.truncate(PEOPLE);
        }
        let open = self.begin(now, id);
        (open.described, open.heard_at) = (true, now);
        // Topics and relay may be later than the socket, and what was answered does not ring again.
        let rings = call.state == CallState::Ringing;
        if rings && open.answered {
            return None;
        }
        let state = if rings && call.answered_at.is_some() { CallState::Answered } else { call.state };
        open.direction = open.direction.or(direction);
        let passed_on = state == CallState::Ringing
            && !open.answered
            && !open.invited
            && open.mine == Some(true)
            && !concerns_me;
        let mine = match (open.mine, heard) {
            (Some(true), _) if open.invited && state == CallState::Ringing => Some(true),
            (_, _) if state == CallState::Ended && open.rang_me && !open.answered => Some(true),
            // The relay may be later than the socket.
            _ if passed_on || (open.stopped && state == CallState::Ringing) => None,
            (known, heard) => heard.or(known),
        };
        open.mine = mine;
        open.rang_me |= mine == Some(true) && state == CallState::Ringing;
        open.answered |= state == CallState::Answered || call.answered_at.is_some();
        open.give_up_at = match (open.answered, open.stopped) {
            (true, _) => now + SPOKEN_FOR,
            (false, true) => open.give_up_at,
            (false, false) if mine == Some(true) => now + RINGS_FOR,
            (false, false) => now + waits_for,
        };
        let outcome = outcome::of_code(open.answered, open.rang_me, open.mine, open.direction, call.code);
        let direction = open.direction;
        let (theirs, ours) = if direction == Some(Direction::Outgoing) {
            (&call.to, &call.from)
        } else {
            (&call.from, &call.to)
        };
        let fact = CallFact {
            direction,
            state: Some(state),
            mine,
            passed_on,
            peer: peer(theirs),
            line: match &call.line {
                Some((id, name)) => Some(model::Line { id: id.clone(), name: name.clone() }),
                None => line(ours),
            },
            people,
            started_at: call.started_at,
            answered_at: call.answered_at,
            ended_at: call.ended_at,
            ..self.fact(id)
        };
        if state == CallState::Ended {
            let ended = self.end(id, outcome)?;
            return Some(CallFact { outcome: ended.outcome, ..fact });
        }
        Some(fact)
    }

    /// The relay's list of calls as it was asked for at `asked_at`: what was known before and is not in it has ended
    /// out of sight.
    pub(super) fn settle(&mut self, asked_at: Instant, listed: &[relay::Call]) -> Vec<CallFact> {
        let is_gone = |(id, open): &(&String, &Open)| {
            open.described && open.heard_at < asked_at && !listed.iter().any(|call| call.id == **id)
        };
        let gone: Vec<String> = self.open.iter().filter(is_gone).map(|(id, _)| id.clone()).collect();
        gone.iter().filter_map(|id| self.end(id, Outcome::Lost)).collect()
    }

    /// Gives up what nothing was heard of.
    pub(super) fn due(&mut self, now: Instant) -> Vec<CallFact> {
        let gone = self.open.iter().filter(|(_, open)| open.give_up_at <= now);
        let gone: Vec<(String, bool)> = gone.map(|(id, open)| (id.clone(), open.stopped)).collect();
        let mut facts = Vec::with_capacity(gone.len());
        for (id, stopped) in gone {
            let outcome = if stopped { Outcome::Missed } else { Outcome::Lost };
            let mine = stopped.then_some(true);
            facts.extend(self.end(&id, outcome).map(|fact| CallFact { mine, ..fact }));
        }
        while self.open.len() > OPEN {
            let last = |(_, open): &(&String, &Open)| (open.mine == Some(true), open.give_up_at);
            let Some(id) = self.open.iter().min_by_key(last).map(|(id, _)| id.clone()) else { break };
            facts.extend(self.end(&id, Outcome::Lost));
        }
        facts
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        self.open.values().map(|open| open.give_up_at).min()
    }

    fn has_ended(&self, id: &str) -> bool {
        self.ended.iter().rev().any(|ended| ended == id)
    }

    fn begin(&mut self, now: Instant, id: &str) -> &mut Open {
        self.open.entry(id.to_owned()).or_insert_with(|| Open {
            told_as: id.to_owned(),
            answered: false,
            direction: None,
            invited: false,
            described: false,
            stopped: false,
            rang_me: false,
            mine: None,
            heard_at: now,
            give_up_at: now + RINGS_FOR,
        })
    }

    fn fact(&self, id: &str) -> CallFact {
        let told_as = self.open.get(id).map_or(id, |open| &open.told_as);
        CallFact { key: Some(format!("stringee:{id}")), ..CallFact::of(told_as) }
    }

    fn end(&mut self, id: &str, outcome: Outcome) -> Option<CallFact> {
        let fact = self.fact(id);
        self.open.remove(id)?;
        if self.nameless.as_deref() == Some(id) {
            self.nameless = None;
        }
        if self.ended.len() >= ENDED {
            self.ended.pop_front();
        }
        self.ended.push_back(id.to_owned());
        Some(CallFact { state: Some(CallState::Ended), outcome: Some(outcome), ..fact })
    }
}

#[cfg(test)]
mod tests;
