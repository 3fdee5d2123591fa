//! Do-not-disturb in a world: of this program, of the same person's Ringside on another computer, and of the providers.

use std::time::Duration;

use model::{AccountId, ConnectionState, DndOrigin, Event, Time};
use protocols::Instant;
use providers::{Action, ActionId, Capabilities, DndChange};

use super::{Line, SETTINGS, World, connection};
use crate::{
    DndLength, Order, Settings,
    core::{Core, Effect, proof::truth::Somebody, undisturbed::DndSwitch},
};

/// Two programs that want different things agree before this.
const ROUNDS: usize = 12;
/// Nothing that these worlds switch on here lasts longer.
const A_WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The Ringside on the other computer: it hears of its person, and is never out of sight.
#[derive(Debug)]
pub(super) struct Other {
    core: Core,
}

impl Other {
    pub(super) fn new(seats: usize, now: Instant, wall: Time) -> Self {
        let mut settings = SETTINGS.clone();
        settings.accounts.truncate(seats);
        let ids: Vec<AccountId> = settings.accounts.iter().map(|account| account.id.clone()).collect();
        let mut core = Core::new(Settings::default(), wall, false);
        core.replace_settings(settings);
        for (seat, id) in ids.iter().enumerate() {
            core.able(id.clone(), able(seat));
            let live = Event::Connection(connection(ConnectionState::Live, wall));
            core.report(now, id, wall, vec![live, Event::People(vec![Somebody::NEW.fact(0)])]);
        }
        Self { core }
    }

    fn orders(&mut self, now: Instant, wall: Time) -> Vec<(AccountId, ActionId, DndChange)> {
        self.core.advance(now, wall);
        let order = |effect| {
            let Effect::Order(account, Order::Act(id, Action::SetDnd(change))) = effect else { return None };
            Some((account, id, change))
        };
        self.core.effects().filter_map(order).collect()
    }
}

/// Every second provider ends do-not-disturb by itself.
pub(super) fn able(seat: usize) -> Capabilities {
    Capabilities { dnd: true, dnd_ends: seat.is_multiple_of(2), ..Capabilities::default() }
}

/// What a person does with it.
pub(super) fn switch(choice: u8) -> DndSwitch {
    match choice % 8 {
        0 => DndSwitch::On(DndLength::For { minutes: 1 }),
        1 => DndSwitch::On(DndLength::For { minutes: 30 }),
        2 => DndSwitch::On(DndLength::Clock { hour: 17, minute: 30 }),
        3 => DndSwitch::On(DndLength::Open),
        4 => DndSwitch::Toggle,
        5 => DndSwitch::Keep,
        _ => DndSwitch::Off,
    }
}

impl World {
    /// Somebody switches it at one of the two computers.
    pub(super) fn switch_dnd(&mut self, there: bool, choice: u8) {
        let Some(other) = &mut self.other else { return };
        let core = if there { &mut other.core } else { &mut self.core };
        let switch = switch(choice);
        // Refused only for an end that is too near.
        drop(core.switch_dnd(self.now, self.wall, switch));
        if !there && matches!(switch, DndSwitch::Off | DndSwitch::Toggle) {
            // What was switched on elsewhere is taken over, and no longer heeded before it is off there; but not what
            // has become another one out of sight.
            for seat in self.seats.iter_mut().filter(|seat| seat.configured && seat.told_dnd.is_some()) {
                seat.is_ours |= seat.told_dnd == seat.people[0].dnd;
            }
        }
    }

    /// Whatever the two computers want of the providers is done, until they want nothing more.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        if self.other.is_none() {
            return Ok(());
        }
        for _ in 0..ROUNDS {
            self.end_by_itself()?;
            self.core.advance(self.now, self.wall);
            self.desk.carry_out(&mut self.core)?;
            let own = std::mem::take(&mut self.desk.orders);
            let theirs = self.other.iter_mut().flat_map(|other| other.orders(self.now, self.wall));
            let theirs: Vec<_> = theirs.collect();
            if own.is_empty() && theirs.is_empty() {
                return Ok(());
            }
            for (account, id, change) in own {
                if self.set(&account, change, false)? {
                    self.core.done(self.now, id, &Ok(()));
                }
            }
            for (account, id, change) in theirs {
                self.set(&account, change, true)?;
                if let Some(other) = &mut self.other {
                    other.core.done(self.now, id, &Ok(()));
                }
            }
        }
        Err("two computers never agree about do-not-disturb".to_owned())
    }

    /// The provider does as it is told, if it can be reached.
    fn set(&mut self, account: &AccountId, change: DndChange, from_there: bool) -> Result<bool, String> {
        let Some(seat) = self.seats.iter().position(|seat| seat.id == *account) else { return Ok(false) };
        if !from_there && self.seats[seat].line != Line::Live {
            return Ok(false);
        }
        self.seats[seat].people[0].dnd = match change {
            DndChange::On { until } => Some(until),
            DndChange::Off => None,
        };
        self.seats[seat].is_ours = true;
        self.person(seat, 0)?;
        Ok(true)
    }

    /// Providers that know an end keep it.
    fn end_by_itself(&mut self) -> Result<(), String> {
        for seat in 0..self.seats.len() {
            let until = self.seats[seat].people[0].dnd.flatten();
            if able(seat).dnd_ends && until.is_some_and(|until| until <= self.wall) {
                self.seats[seat].people[0].dnd = None;
                self.person(seat, 0)?;
            }
        }
        Ok(())
    }

    /// The other computer hears what an account's owner shows.
    pub(super) fn tell_other(&mut self, seat: usize) {
        if let Some(other) = &mut self.other {
            let me = self.seats[seat].people[0].fact(0);
            other.core.report(self.now, &self.seats[seat].id, self.wall, vec![Event::Person(me)]);
        }
    }

    /// Whatever was switched on at one of the two computers ends at both, and at every provider.
    pub(super) fn end_of_dnd(&mut self) -> Result<(), String> {
        let Some(other) = &mut self.other else { return Ok(()) };
        for core in [&mut self.core, &mut other.core] {
            // One without an end asks for it.
            if core.dnd.view().asks_again_at.is_some() {
                drop(core.switch_dnd(self.now, self.wall, DndSwitch::Off));
            }
        }
        self.settle()?;
        let end = self.now + A_WEEK;
        loop {
            let due = |core: &Core| core.due_in(self.now).map(|wait| self.now + wait);
            let ends = self.seats.iter().filter_map(|seat| seat.people[0].dnd.flatten());
            let ends = ends.map(|until| self.now + until.since(self.wall));
            let dues = [Some(&self.core), self.other.as_ref().map(|other| &other.core)];
            let next = dues.into_iter().flatten().filter_map(due).chain(ends).min();
            let Some(next) = next.filter(|next| *next <= end) else { break };
            self.pass((next - self.now).max(Duration::from_secs(1)))?;
            self.settle()?;
        }
        let on = |core: &Core| !matches!(core.dnd.view().origin, None | Some(DndOrigin::Elsewhere));
        if on(&self.core) || self.other.as_ref().is_some_and(|other| on(&other.core)) {
            return Err("do-not-disturb does not end".to_owned());
        }
        let left = self.seats.iter().find(|seat| seat.is_ours && seat.people[0].dnd.is_some());
        left.map_or(Ok(()), |seat| Err(format!("do-not-disturb was left on at {}", seat.id)))
    }

    /// Whether an account's calls are kept quiet by this program.
    pub(super) fn quiet(&self) -> Vec<bool> {
        if self.other.is_none() {
            return vec![false; self.seats.len()];
        }
        let quiet = self.core.dnd.view().accounts;
        self.seats.iter().map(|seat| quiet.contains(&seat.id)).collect()
    }
}
