//! What must hold on the way and in the end.

use std::time::Duration;

use model::{Call, CallId, CallState, ConnectionState, Direction, Outcome, View};

use super::{Line, Seat, World};
use crate::{
    AlertKind, Popups,
    core::proof::{
        history::Row,
        truth::{Missed, Next, Phase, Truth, Whose},
    },
    tray::Tray,
};

/// Whose do-not-disturb is that an account shows first is judged after this.
const SETTLES_WITHIN: Duration = Duration::from_secs(2);

fn number(id: &CallId) -> usize {
    id.local().trim_start_matches(char::is_alphabetic).parse().unwrap()
}

impl World {
    /// Nothing is before the person that no live account has said.
    pub(super) fn check_on_the_way(&self) -> Result<(), String> {
        let mut seen = std::collections::BTreeSet::new();
        for (id, kind) in &self.desk.shown {
            let call = number(id);
            if !seen.insert(call) {
                return Err(format!("two alerts for one call, {id} the second"));
            }
            let fine = match kind {
                AlertKind::Incoming => self.may_ring(call),
                // Nobody waits for a colleague in these worlds.
                AlertKind::Free => false,
                AlertKind::Missed => self.missed.get(&call).is_some_and(|missed| *missed != Missed::No),
            };
            if !fine {
                return Err(format!("{kind:?} is shown for {id}, of which that is not known"));
            }
        }
        Ok(())
    }

    fn live(&self, seat: usize) -> bool {
        self.seats[seat].configured && self.seats[seat].line == Line::Live
    }

    /// Whether somebody said that it rings, nobody live that it is over, and an account that is live and would tell of
    /// its end lets it be shown.
    fn may_ring(&self, call: usize) -> bool {
        let told = || {
            let of_call = self.told.range((call, 0)..=(call, usize::MAX));
            of_call.filter(|&(&(_, seat), _)| self.live(seat)).map(|(&(_, seat), &said)| (seat, said))
        };
        let said = || self.told.range((call, 0)..=(call, usize::MAX)).map(|(_, said)| said);
        let mine = self.left_as_mine.contains(&call) || said().any(|said| said.1 == Whose::Me);
        let over = told().any(|(_, (phase, _))| matches!(phase, Phase::Ended(_)));
        let rings = self.left_ringing.contains(&call) || said().any(|said| said.0 == Phase::Ringing);
        let quiet = self.quiet();
        let heeds = |seat: usize| {
            let Seat { told_dnd, is_ours, live_at, .. } = &self.seats[seat];
            let settled = *live_at + SETTLES_WITHIN <= self.now;
            told_dnd.is_some() && !is_ours && settled || quiet[seat]
        };
        let let_through = told().any(|(seat, _)| self.permits(seat, mine) && !heeds(seat));
        self.calls[call].direction == Direction::Incoming
            && rings
            && !over
            && let_through
            && !self.silenced.contains(&call)
    }

    fn permits(&self, seat: usize, mine: bool) -> bool {
        match self.seats[seat].popups {
            Popups::Mine => mine,
            Popups::All => true,
            Popups::None => false,
        }
    }

    /// Green is only what every account has proven.
    pub(super) fn check_tray(&self, view: &View) -> Result<(), String> {
        let tray = Tray::of(view);
        let proven = |seat: &Seat| !seat.configured || seat.line == Line::Live;
        if tray.layers.contains(&"available") && !self.seats.iter().all(proven) {
            return Err(format!("the tray is green ({:?}) while an account is not live", tray.layers));
        }
        Ok(())
    }

    /// Everything is told, and then everything ends.
    pub(super) fn end(mut self) -> Result<(), String> {
        self.tell_all()?;
        self.check_view()?;
        for call in 0..self.calls.len() {
            let choice = u8::try_from(call).unwrap_or_default();
            if self.calls[call].go(Next::End(choice), self.wall) {
                self.happened(call, true)?;
            }
        }
        self.settle()?;
        self.check_on_the_way()?;
        self.check_view()?;
        self.check_nothing_rings()?;
        self.core.missed_seen();
        self.desk.carry_out(&mut self.core)?;
        self.end_of_dnd()?;
        if self.desk.shown.is_empty() && self.core.view().missed == 0 {
            Ok(())
        } else {
            Err(format!("what was looked at is still shown: {:?}", self.desk.shown))
        }
    }

    /// Every connection goes, and nothing is heard of any more.
    pub(super) fn end_out_of_sight(mut self) -> Result<(), String> {
        for seat in 0..self.seats.len() {
            if self.seats[seat].configured {
                self.disconnect(seat, ConnectionState::Waiting)?;
            }
        }
        self.settle()?;
        self.check_on_the_way()?;
        self.pass(Duration::from_secs(120))?;
        self.settle()?;
        self.check_on_the_way()?;
        self.check_nothing_rings()
    }

    fn tell_all(&mut self) -> Result<(), String> {
        for seat in 0..self.seats.len() {
            self.deliver(seat, usize::MAX)?;
            self.connect(seat, 0)?;
            self.settle()?;
            self.check_on_the_way()?;
        }
        self.pass(Duration::from_secs(5))?;
        self.settle()
    }

    fn check_nothing_rings(&self) -> Result<(), String> {
        let rings = self.core.view().calls.iter().find(|call| call.state == CallState::Ringing).cloned();
        if let Some(call) = rings {
            return Err(format!("{} rings for ever", call.id));
        }
        match self.desk.shown.iter().find(|(_, kind)| **kind == AlertKind::Incoming) {
            Some((id, _)) => Err(format!("the alert of {id} stays for ever")),
            None => Ok(()),
        }
    }

    fn check_view(&self) -> Result<(), String> {
        let view = self.core.view();
        self.check_people(&view)?;
        self.check_tray(&view)?;
        for (call, truth) in self.calls.iter().enumerate() {
            let seen = truth.seats.iter().any(|&seat| self.seats[seat].configured);
            let open: Vec<&Call> =
                view.calls.iter().map(AsRef::as_ref).filter(|shown| number(&shown.id) == call).collect();
            let ended: Vec<&Call> =
                view.recent.iter().map(AsRef::as_ref).filter(|shown| number(&shown.id) == call).collect();
            self.check_call(call, truth, seen, &open, &ended)
                .map_err(|fault| format!("c{call} is {:?} of {:?}: {fault}", truth.phase, truth.whose))?;
        }
        self.check_missed(&view)
    }

    fn check_call(
        &self,
        call: usize,
        truth: &Truth,
        seen: bool,
        open: &[&Call],
        ended: &[&Call],
    ) -> Result<(), String> {
        let may_be_lost = self.may_be_lost.contains(&call);
        if open.len() + ended.len() > 1 {
            return Err(format!("it is shown {} times", open.len() + ended.len()));
        }
        let rows: Vec<_> = self.desk.history.rows.iter().filter(|(id, _)| number(id) == call).collect();
        // Another run of the program may have seen its end.
        let tells = |row: &Row, shown: &Call| {
            row.outcome == shown.outcome || row.outcome.is_some() && shown.outcome == Some(Outcome::Lost)
        };
        let as_shown = |shown: &&Call| rows.iter().all(|(id, row)| **id == shown.id && tells(row, shown));
        if rows.len() > 1 || !open.iter().chain(ended).all(as_shown) {
            return Err(format!("the history has {rows:?}"));
        }
        if let (true, [shown]) = (may_be_lost, ended)
            && shown.outcome == Some(Outcome::Lost)
        {
            return Ok(());
        }
        match truth.phase {
            Phase::Ended(outcome) => match (open, ended, self.ended.contains(&call)) {
                ([], [], false) => Ok(()),
                ([], [shown], true) if shown.outcome == Some(outcome) => Ok(()),
                _ => Err(format!("open {open:?}, ended {ended:?}")),
            },
            Phase::Ringing | Phase::Answered | Phase::Held if !seen => {
                if open.is_empty() {
                    Ok(())
                } else {
                    Err("nobody sees it any more".to_owned())
                }
            }
            Phase::Ringing | Phase::Answered | Phase::Held => {
                let [shown] = open else {
                    return Err(format!("it is not shown as open, but ended {ended:?}"));
                };
                let (state, mine) = truth.state();
                // Who was removed may have been behind.
                let by_left = match shown.state {
                    CallState::Ringing => self.left_ringing.contains(&call),
                    CallState::Answered => self.left_answered.contains(&call) && shown.mine == mine,
                    CallState::Held | CallState::Ended => false,
                };
                if (shown.state, shown.mine) != (state, mine) && !by_left {
                    return Err(format!("it is shown as {:?}, mine {:?}", shown.state, shown.mine));
                }
                if shown.peer.raw != Some(truth.number()) || shown.direction != truth.direction {
                    return Err("its other end is another".to_owned());
                }
                self.check_alert(call, truth, shown)
            }
        }
    }

    fn check_alert(&self, call: usize, truth: &Truth, shown: &Call) -> Result<(), String> {
        let told: Vec<usize> = truth.seats.iter().copied().filter(|&seat| self.live(seat)).collect();
        let quiet = self.quiet();
        let lets = |seat| self.permits(seat, truth.whose == Whose::Me) && !quiet[seat];
        let all_let_it = told.iter().all(|&seat| lets(seat) && self.seats[seat].told_dnd.is_none());
        let alert = self.desk.shown.get(&shown.id);
        if truth.rings_me() && all_let_it && !self.silenced.contains(&call) && alert.is_none() {
            return Err("it rings me, and no alert is shown".to_owned());
        }
        Ok(())
    }

    fn check_missed(&self, view: &View) -> Result<(), String> {
        let count = |wanted: &dyn Fn(usize, Missed) -> bool| {
            self.missed.iter().filter(|(call, missed)| wanted(**call, **missed)).count()
        };
        let sure = count(&|call, missed| missed == Missed::Yes && !self.may_be_lost.contains(&call));
        let all = count(&|_, missed| missed != Missed::No);
        let shown = view.missed as usize;
        if (sure..=all).contains(&shown) {
            return Ok(());
        }
        Err(format!("{shown} calls are shown as missed, and {sure} to {all} were"))
    }

    fn check_people(&self, view: &View) -> Result<(), String> {
        for seat in self.seats.iter().filter(|seat| seat.configured) {
            let of_seat: Vec<_> = view
                .people
                .iter()
                .filter(|person| person.id.as_str().starts_with(&format!("{}/", seat.id)))
                .collect();
            let as_told = seat.people.iter().enumerate().all(|(number, somebody)| {
                of_seat.iter().any(|person| {
                    person.id.local() == format!("p{number}")
                        && person.availability == somebody.availability
                        && person.dnd == somebody.dnd.is_some()
                        && person.dnd_until == somebody.dnd.flatten()
                        && person.me == (number == 0)
                        && !person.stale
                })
            });
            if of_seat.len() != seat.people.len() || !as_told {
                return Err(format!("the people of {} are not as they are", seat.id));
            }
        }
        let seats = self.seats.iter().filter(|seat| seat.configured).count();
        if view.accounts.len() == seats { Ok(()) } else { Err("an account is not shown".to_owned()) }
    }
}
