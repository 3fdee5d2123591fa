//! What three bytes of a story mean.

use std::time::Duration;

use model::{Availability, CallFact, CallState, ConnectionState, Event, Time};

use super::{Line, Mail, World};
use crate::{
    HostEvent, Popups,
    core::proof::truth::{Missed, Next, Phase, Truth, Whose},
};

/// How many accounts, their popups, which of them are not connected at first, and how it ends.
pub(in crate::core::proof) const HEADER: usize = 4;
/// What, to whom, how.
pub(in crate::core::proof) const STEP: usize = 3;

const OPEN_AT_MOST: usize = 6;

#[derive(Debug, Clone, Copy)]
enum Step {
    Call {
        seats: u8,
        choice: u8,
    },
    Next {
        call: u8,
        next: Next,
        at_once: bool,
    },
    Presence {
        seat: u8,
        number: u8,
        availability: Availability,
    },
    Dnd {
        seat: u8,
        on: bool,
        until: bool,
    },
    /// A person switches it at this computer or the other one.
    Switch {
        there: bool,
        choice: u8,
    },
    Disconnect {
        seat: u8,
        state: ConnectionState,
    },
    Connect {
        seat: u8,
        choice: u8,
    },
    Deliver {
        seat: u8,
        facts: u8,
    },
    Again {
        seat: u8,
    },
    LateRing {
        seat: u8,
        call: u8,
    },
    Pass {
        seconds: u16,
    },
    ClockJumps {
        days: i8,
    },
    Sleep {
        seconds: u16,
    },
    Silence {
        call: u8,
    },
    MissedSeen,
    Configure {
        seat: u8,
    },
    Popups {
        seat: u8,
        popups: Popups,
    },
    Noise {
        seat: u8,
        choice: u8,
    },
    Restart,
}

impl Step {
    fn of([what, whom, how]: [u8; STEP]) -> Self {
        let next = |next| Self::Next { call: whom & 0x3f, next, at_once: whom & 0xc0 != 0 };
        match what % 32 {
            0..=5 => Self::Call { seats: whom, choice: how },
            6 | 7 => next(Next::Answer(Whose::Me)),
            8 | 9 => next(Next::Answer(Whose::Colleague)),
            10 => next(Next::Hold),
            11 => next(Next::Resume),
            12 => next(Next::Transfer),
            13 => next(Next::PassOn),
            14 => next(Next::RingColleague),
            15 => next(Next::RingMe),
            16..=19 => next(Next::End(how)),
            20 => Self::Presence {
                seat: whom,
                number: how % 3,
                availability: [
                    Availability::Available,
                    Availability::Busy,
                    Availability::Away,
                    Availability::Offline,
                ][usize::from(how / 3) % 4],
            },
            21 if how & 0x80 != 0 => Self::Switch { there: whom % 2 == 1, choice: how },
            21 => Self::Dnd { seat: whom, on: how % 2 == 0, until: how % 4 < 2 },
            22 => Self::Disconnect {
                seat: whom,
                state: [
                    ConnectionState::Connecting,
                    ConnectionState::Waiting,
                    ConnectionState::SignIn,
                    ConnectionState::Stopped,
                ][usize::from(how) % 4],
            },
            23 => Self::Connect { seat: whom, choice: how },
            24 => Self::Deliver { seat: whom, facts: how % 4 + 1 },
            25 => Self::Again { seat: whom },
            26 => Self::LateRing { seat: whom, call: how },
            27 => Self::Pass { seconds: [1, 5, 60, 119, 120, 200, 600, 3600][usize::from(how) % 8] },
            28 if how % 4 == 0 => Self::ClockJumps { days: if how % 8 == 0 { 1 } else { -1 } },
            28 => Self::Sleep { seconds: if how % 2 == 0 { 30 } else { 28_800 } },
            29 if how % 3 == 0 => Self::MissedSeen,
            29 => Self::Silence { call: whom },
            30 if how % 2 == 0 => Self::Configure { seat: whom },
            30 => Self::Popups {
                seat: whom,
                popups: [Popups::Mine, Popups::All, Popups::None][usize::from(how / 2) % 3],
            },
            _ if how % 8 == 0 => Self::Restart,
            _ => Self::Noise { seat: whom, choice: how },
        }
    }
}

/// A story in words, a line a step.
pub(in crate::core::proof) fn words(story: &[u8]) -> Vec<String> {
    let Some((header, steps)) = story.split_first_chunk::<HEADER>() else { return Vec::new() };
    let begins = format!(
        "{} account(s), popups {}, not connected {:03b}, {}",
        header[0] % 3 + 1,
        header[1],
        header[2] & 7,
        if header[3] % 4 == 0 { "ends out of sight" } else { "ends in sight" }
    );
    let steps = steps.as_chunks::<STEP>().0.iter().map(|step| format!("{:?}", Step::of(*step)));
    std::iter::once(begins).chain(steps).collect()
}

impl World {
    pub(super) fn step(&mut self, bytes: [u8; STEP]) -> Result<(), String> {
        let seats = self.seats.len();
        let which = |seat: u8| usize::from(seat) % seats;
        match Step::of(bytes) {
            Step::Call { seats, choice } => {
                if self.calls.iter().filter(|call| call.open()).count() >= OPEN_AT_MOST {
                    return Ok(());
                }
                let mut by: Vec<usize> =
                    (0..self.seats.len()).filter(|seat| seats & 1 << seat != 0).collect();
                if by.is_empty() {
                    by.push(usize::from(seats) % self.seats.len());
                }
                self.calls.push(Truth::new(self.calls.len(), by, choice));
                self.happened(self.calls.len() - 1, seats & 0xc0 != 0)
            }
            Step::Next { call, next, at_once } => {
                let open: Vec<usize> =
                    (0..self.calls.len()).filter(|&number| self.calls[number].open()).collect();
                let Some(&number) = open.get(usize::from(call) % open.len().max(1)) else { return Ok(()) };
                let wall = self.wall;
                if self.calls[number].go(next, wall) { self.happened(number, at_once) } else { Ok(()) }
            }
            Step::Presence { seat, number, availability } => {
                let (seat, number) = (which(seat), usize::from(number));
                self.seats[seat].people[number].availability = availability;
                self.person(seat, number)
            }
            Step::Dnd { seat, on, until } => {
                let seat = which(seat);
                let until = until.then_some(Time::from_millis(1_900_000_000_000));
                let dnd = on.then_some(until);
                // What is so already nobody can tell from what it was.
                self.seats[seat].is_ours &= self.seats[seat].people[0].dnd == dnd;
                self.seats[seat].people[0].dnd = dnd;
                self.person(seat, 0)
            }
            Step::Switch { there, choice } => {
                self.switch_dnd(there, choice);
                Ok(())
            }
            Step::Disconnect { seat, state } => {
                let seat = which(seat);
                if self.seats[seat].configured { self.disconnect(seat, state) } else { Ok(()) }
            }
            Step::Connect { seat, choice } => self.connect(which(seat), choice),
            Step::Deliver { seat, facts } => self.deliver(which(seat), usize::from(facts)),
            Step::Again { seat } => {
                let seat = which(seat);
                match self.seats[seat].last.clone() {
                    Some(mail) if self.seats[seat].line == Line::Live => self.hand_over(seat, mail),
                    _ => Ok(()),
                }
            }
            Step::LateRing { seat, call } => self.late_ring(which(seat), call),
            Step::Pass { seconds } => self.pass(Duration::from_secs(seconds.into())),
            Step::ClockJumps { days } => {
                self.wall = Time::from_millis(self.wall.as_millis() + i64::from(days) * 86_400_000);
                self.pass(Duration::ZERO)
            }
            Step::Sleep { seconds } => {
                self.core.host(HostEvent::Sleeping);
                self.pass(Duration::from_secs(seconds.into()))?;
                self.core.host(HostEvent::Woken);
                self.desk.carry_out(&mut self.core)
            }
            Step::Silence { call } => {
                let number = usize::from(call) % self.calls.len().max(1);
                let open = self.calls.get(number).is_some_and(Truth::open);
                if let Some(id) = open.then(|| self.id_of(number)).flatten() {
                    self.silenced.insert(number);
                    self.core.silence(id);
                }
                self.desk.carry_out(&mut self.core)
            }
            Step::MissedSeen => {
                self.missed.values_mut().for_each(|missed| *missed = Missed::No);
                self.core.missed_seen();
                self.desk.carry_out(&mut self.core)
            }
            Step::Configure { seat } => {
                let seat = which(seat);
                self.seats[seat].configured ^= true;
                if !self.seats[seat].configured {
                    self.seats[seat].line = Line::Unheard;
                    self.seats[seat].mail.clear();
                    self.seats[seat].known.clear();
                    // Nobody here can switch it off any more.
                    self.seats[seat].is_ours = false;
                    (self.seats[seat].last, self.seats[seat].told_dnd) = (None, None);
                    for (&(call, _), said) in self.told.iter().filter(|((_, by), _)| *by == seat) {
                        if said.1 == Whose::Me {
                            self.left_as_mine.insert(call);
                        }
                        if said.0 == Phase::Ringing {
                            self.left_ringing.insert(call);
                        } else {
                            self.left_answered.insert(call);
                        }
                    }
                    self.told.retain(|&(_, by), _| by != seat);
                }
                self.configure()
            }
            Step::Popups { seat, popups } => {
                self.seats[which(seat)].popups = popups;
                self.configure()
            }
            Step::Noise { seat, choice } => self.noise(which(seat), choice),
            Step::Restart => self.restart(),
        }
    }

    pub(super) fn person(&mut self, seat: usize, number: usize) -> Result<(), String> {
        if number == 0 {
            self.tell_other(seat);
        }
        let somebody = self.seats[seat].people[number];
        if self.seats[seat].line != Line::Live {
            return Ok(());
        }
        self.seats[seat].mail.push_back(Mail::Person { number, somebody });
        self.deliver(seat, usize::MAX)
    }

    /// An old report of a ring, of a call that was answered or has ended.
    fn late_ring(&mut self, seat: usize, call: u8) -> Result<(), String> {
        let number = usize::from(call) % self.calls.len().max(1);
        let late = self.calls.get(number).is_some_and(|call| {
            call.seats.contains(&seat) && CallState::Ringing < call.state().0 && self.ended.contains(&number)
        });
        if !late || self.seats[seat].line != Line::Live {
            return Ok(());
        }
        let truth = &self.calls[number];
        let fact = CallFact {
            state: Some(CallState::Ringing),
            key: truth.facts().swap_remove(0).key,
            mine: Some(true),
            ..CallFact::of(truth.id.as_str())
        };
        self.hear(seat, vec![Event::from(fact)])
    }

    fn noise(&mut self, seat: usize, choice: u8) -> Result<(), String> {
        if self.seats[seat].line != Line::Live {
            return Ok(());
        }
        self.hear(
            seat,
            vec![match choice % 3 {
                0 => Event::Heard,
                1 => Event::Unknown { name: format!("thing {}", choice / 16) },
                _ => Event::Queue(model::Queue { id: "7".to_owned(), name: None, waiting: Vec::new() }),
            }],
        )
    }
}
