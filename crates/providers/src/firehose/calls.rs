//! Legs to calls, and to what everybody does.
//!
//! The switch tells of legs: one for each phone that rings, one for the caller, more for forwards and transfers.
//! Which of them are one call follows from who rings for whom and who is joined to whom; what the call is to a
//! person follows from that person's own legs. Events may come late, twice, in another order or not at all, so
//! nothing relies on having heard the one before, and whatever has no end gets one by time.
//!
//! The rules are those of Kazoo's own agent application and presence publisher (`acdc_agent_handler.erl`), which
//! read a leg's direction and owner likewise.

mod group;
mod leg;
mod peer;
mod place;
pub(super) mod presence;
mod reconcile;
mod shown;
mod update;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use group::{GRACE, Group};
use leg::{Cause, Leg};
use model::{CallFact, CallState, Event, Outcome, PhoneNumber, Time};
use presence::{Doing, People};
use protocols::{Instant, kazoo::ChannelEvent};
use shown::{Shown, Standing};

use super::me::{Directory, Me, Part};

/// More groups than this are not kept, the oldest go first; nor are more of calls that are over.
const GROUPS: usize = 20_000;
const FINISHED: usize = 512;
/// A longer id is none.
const LONGEST_ID: usize = 512;
/// A phone that rings this soon after a number was dialled from here rings for that.
const DIALLED: Duration = Duration::from_secs(30);
/// An event's own time is not believed if it is this far from the present.
const PLAUSIBLE: Duration = Duration::from_secs(24 * 60 * 60);
/// So many phones answered or ended without ever having rung mean that ringing is not told of.
const UNRUNG: u32 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct GroupId(u64);

/// All legs that were heard of.
#[derive(Debug, Default)]
pub(super) struct Calls {
    pub(super) me: Me,
    pub(super) directory: Directory,
    pub(super) people: People,
    /// The account whose channels can be asked for.
    account: Option<String>,
    /// The accounts that are listened to; none if all there are.
    accounts: Vec<String>,
    /// Boxed, so that a node of the map is no large allocation.
    groups: BTreeMap<GroupId, Box<Group>>,
    next_group: u64,
    /// Events heard: they order what comes within one instant.
    heard: u64,
    /// Every leg's id, and every id that was spoken of.
    names: HashMap<Arc<str>, GroupId>,
    interactions: HashMap<Arc<str>, GroupId>,
    due: BTreeSet<(Instant, GroupId)>,
    /// Oldest first.
    finished: VecDeque<GroupId>,
    dialled: VecDeque<(Instant, Box<str>)>,
    /// What an earlier session left open, and until when it is believed to be.
    left_open: BTreeMap<String, (CallFact, Instant)>,
    /// The earliest of these.
    left_open_until: Option<Instant>,
    rang: bool,
    unrung: u32,
    out: Vec<Event>,
}

impl Calls {
    pub(super) fn new(me: Me, accounts: Vec<String>) -> Self {
        let mut people = People::default();
        people.set_me(me.owner.clone());
        Self { me, people, accounts, ..Self::default() }
    }

    /// Whose account it is was found out.
    pub(super) fn set_identity(
        &mut self,
        now: Instant,
        wall: Time,
        owner: Option<&str>,
        account: Option<&str>,
    ) {
        if account.is_some() {
            self.account = account.map(str::to_owned);
        }
        let Some(owner) = owner.filter(|_| self.me.owner.is_none()) else { return };
        let owner: Arc<str> = owner.into();
        self.me.owner = Some(Arc::clone(&owner));
        self.people.set_me(Some(Arc::clone(&owner)));
        let mut mine = Vec::new();
        for (id, group) in &mut self.groups {
            for leg in &mut group.legs {
                if leg.part == Part::Theirs && leg.owner.as_ref() == Some(&owner) {
                    leg.part = Part::Mine;
                    mine.push(*id);
                }
            }
        }
        for id in mine {
            self.settle(id, now, wall);
        }
    }

    /// What there is to tell, oldest first.
    pub(super) fn take_events(&mut self) -> std::vec::Drain<'_, Event> {
        self.out.drain(..)
    }

    /// A number was dialled from here: the owner's phone will ring for it.
    pub(super) fn dialled(&mut self, now: Instant, number: &PhoneNumber) {
        let digits = number.as_str().trim_start_matches('+').into();
        self.dialled.retain(|(at, _)| *at + DIALLED > now);
        self.dialled.push_back((now, digits));
    }

    /// Phones are answered that were never heard to ring.
    pub(super) fn hides_ringing(&self) -> bool {
        !self.rang && self.unrung >= UNRUNG
    }

    /// Takes an event.
    pub(super) fn hear(&mut self, now: Instant, wall: Time, event: &ChannelEvent<'_>) {
        if event.call_id.len() > LONGEST_ID {
            let name = "a Call-ID over 512 bytes".to_owned();
            return self.out.push(Event::Unknown { name });
        }
        let at = event
            .at
            .map(|micros| Time::from_millis(micros / 1_000))
            .filter(|at| at.since(wall).max(wall.since(*at)) < PLAUSIBLE)
            .unwrap_or(wall);
        self.heard += 1;
        let (id, is_new) = self.place(now, at, event);
        self.update(id, is_new, now, at, event);
        self.settle(id, now, at);
    }

    /// Tells what is different, and sets when to look again.
    fn settle(&mut self, id: GroupId, now: Instant, at: Time) {
        let Some(group) = self.groups.get_mut(&id) else { return };
        expire(group, now, at, &mut self.people, &mut self.out);
        group.reopen_at = group.reopen_at.filter(|at| *at > now);
        let known = self.me.is_known();
        // A call that ended may leave legs that are another.
        for _ in 0..2 {
            if group.shown.is_none() {
                let Some(first) = group.opener(now) else { break };
                let root = first
                    .parent
                    .as_ref()
                    .filter(|parent| !group.root_used && self.names.get(&***parent) == Some(&id));
                let call = Arc::clone(root.unwrap_or(&first.id));
                self.left_open.remove(&*call);
                group.shown = Some(Box::new(Shown::new(call, first)));
                group.root_used = true;
                group.reopen_at = None;
            }
            let Some(mut shown) = group.shown.take() else { break };
            if !shown.mine
                && let Some(first) =
                    group.legs.iter().find(|leg| leg.is_mine() && !leg.past && leg.is_alive())
            {
                shown.becomes_mine(first);
            }
            let standing = shown.stand(group, now);
            self.out.extend(shown.fact(group, standing, known, at).map(Event::from));
            if !matches!(standing, Standing::Over(_)) {
                group.shown = Some(shown);
                break;
            }
            for leg in &mut group.legs {
                leg.past |= !leg.is_alive();
            }
            group.reopen_at = Some(now + GRACE);
            group.last_past = self.heard;
        }
        self.close_left_open(id, at);
        self.arm(id, now);
    }

    /// A call of an earlier session has ended, of which this one has heard nothing but that.
    fn close_left_open(&mut self, id: GroupId, at: Time) {
        if self.left_open.is_empty() {
            return;
        }
        let Some(group) = self.groups.get_mut(&id).filter(|group| group.shown.is_none()) else { return };
        for leg in &mut group.legs {
            let Some(cause) = leg.cause() else { continue };
            let names = [Some(Arc::clone(&leg.id)), leg.parent.clone().filter(|_| leg.counts())];
            for name in names.iter().flatten() {
                let Some((fact, _)) = self.left_open.get(&**name) else { continue };
                let answered = matches!(fact.state, Some(CallState::Answered | CallState::Held));
                let outcome = match cause {
                    Cause::Elsewhere if answered => continue,
                    Cause::Transferred => Outcome::Transferred,
                    _ if answered => Outcome::Answered,
                    Cause::Elsewhere => Outcome::AnsweredElsewhere,
                    Cause::Busy => Outcome::Busy,
                    Cause::Rejected => Outcome::Declined,
                    Cause::Lost => Outcome::Lost,
                    Cause::Unanswered | Cause::Normal | Cause::Failed => Outcome::Missed,
                };
                self.out.push(Event::from(ended(name, outcome, Some(at))));
                self.left_open.remove(&**name);
                leg.past = true;
                break;
            }
        }
    }

    fn arm(&mut self, id: GroupId, now: Instant) {
        let Some(group) = self.groups.get_mut(&id) else { return };
        let alive = group.shown.is_some() || group.legs.iter().any(Leg::is_alive);
        if alive {
            group.finished = None;
        } else if group.finished.is_none() {
            group.finished = Some(now);
            self.finished.push_back(id);
        }
        for name in group.thin_out(now) {
            self.names.remove(&name);
        }
        let next = group.next_at();
        if group.is_old(now) {
            self.forget(id);
        } else if let Some(at) = next.filter(|at| group.armed.is_none_or(|armed| *at < armed)) {
            // A later instant is found out at the earlier one.
            if let Some(armed) = group.armed.replace(at) {
                self.due.remove(&(armed, id));
            }
            self.due.insert((at, id));
        }
        while self.finished.len() > FINISHED {
            let Some(oldest) = self.finished.pop_front() else { break };
            if self.groups.get(&oldest).is_some_and(|group| group.finished.is_some()) {
                self.forget(oldest);
            }
        }
        if self.groups.len() > GROUPS
            && let Some((&oldest, _)) = self.groups.first_key_value()
        {
            self.lose(oldest, now);
        }
    }

    /// Ends everything in a group, for there are too many.
    fn lose(&mut self, id: GroupId, now: Instant) {
        let Some(group) = self.groups.get_mut(&id) else { return };
        let at = group.legs.first().map_or(Time::from_millis(0), |leg| leg.began_at);
        for leg in &mut group.legs {
            let (before, owner) = (leg.doing(), leg.owner.clone());
            leg.end(now, at, Cause::Lost);
            if let Some(owner) = owner {
                self.people.shift(&owner, before, None, at, &mut self.out);
            }
        }
        if let Some(mut shown) = group.shown.take() {
            let fact = shown.fact(group, Standing::Over(Outcome::Lost), self.me.is_known(), at);
            self.out.extend(fact.map(Event::from));
        }
        self.forget(id);
    }

    fn forget(&mut self, id: GroupId) {
        let Some(group) = self.groups.remove(&id) else { return };
        if let Some(at) = group.armed {
            self.due.remove(&(at, id));
        }
        for name in group.legs.iter().map(|leg| &leg.id).chain(&group.anchors) {
            if self.names.get(name) == Some(&id) {
                self.names.remove(name);
            }
        }
        if let Some(interaction) = &group.interaction {
            self.interactions.remove(interaction);
        }
    }

    /// When something is to be done if nothing is heard.
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.due.first().map(|(at, _)| *at).into_iter().chain(self.left_open_until).min()
    }

    /// Does what time alone brings.
    pub(super) fn due(&mut self, now: Instant, wall: Time) {
        while let Some(&(at, id)) = self.due.first().filter(|(at, _)| *at <= now) {
            self.due.remove(&(at, id));
            if let Some(group) = self.groups.get_mut(&id) {
                group.armed = None;
            }
            self.settle(id, now, wall);
        }
        self.left_open_due(now);
    }
}

/// Ends the legs whose time is over.
fn expire(group: &mut Group, now: Instant, at: Time, people: &mut People, out: &mut Vec<Event>) {
    if group.fates().all(|(_, when, _)| when > now) {
        return;
    }
    let over: Vec<(usize, Cause)> =
        group.fates().filter(|(_, when, _)| *when <= now).map(|(leg, _, cause)| (leg, cause)).collect();
    for (leg, cause) in over {
        let Some(leg) = group.legs.get_mut(leg) else { continue };
        let before = leg.doing();
        leg.end(now, at, cause);
        if let Some(owner) = leg.owner.clone() {
            people.shift(&owner, before, None::<Doing>, at, out);
        }
    }
}

fn ended(id: &str, outcome: Outcome, at: Option<Time>) -> CallFact {
    CallFact {
        key: Some(format!("firehose:{id}")),
        state: Some(CallState::Ended),
        outcome: Some(outcome),
        ended_at: at,
        ..CallFact::of(id)
    }
}
