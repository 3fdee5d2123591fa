//! A generated world: what happens, what accounts tell of it, late, twice or not at all, and what must be shown.

mod check;
mod quiet;
mod step;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::LazyLock,
    time::Duration,
};

use model::{
    AccountId, CallFact, CallId, CallState, Connection, ConnectionState, Event, Gap, Outcome, Problem,
    ProblemCode, Time,
};
use protocols::Instant;

use quiet::Other;
pub(super) use step::{HEADER, STEP, words};

use super::{
    desk::Desk,
    truth::{Missed, Phase, Somebody, Truth, Whose},
};
use crate::{Popups, Settings, core::Core};

/// What a world may be made to say that is not so, for the proof of the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lie {
    /// No account tells of an end, and nothing is asked for afterwards.
    EndsAreNotTold,
    /// A colleague's answer is told as a missed call.
    ElsewhereIsMissed,
    /// Faces take no alert away.
    AlertsStay,
    /// One account's calls are told as calls of their own.
    KeysDiffer,
    /// Time passes for calls that ring out of sight, and nobody looks.
    NobodyLooks,
}

pub(super) const LIES: &[Lie] =
    &[Lie::EndsAreNotTold, Lie::ElsewhereIsMissed, Lie::AlertsStay, Lie::KeysDiffer, Lie::NobodyLooks];

/// An account, and the session that tells of it.
#[derive(Debug)]
struct Seat {
    id: AccountId,
    popups: Popups,
    configured: bool,
    line: Line,
    /// The calls whose end the session would find out.
    known: BTreeSet<usize>,
    mail: VecDeque<Mail>,
    people: [Somebody; 3],
    told_dnd: Option<Option<Time>>,
    /// Whether it was one of the two computers that set its do-not-disturb last.
    is_ours: bool,
    /// What is shown within moments of it may be from before.
    live_at: Instant,
    last: Option<Mail>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Unheard,
    Live,
    Away(Instant),
}

/// A fact on its way.
#[derive(Debug, Clone)]
enum Mail {
    Call { number: usize, fact: Box<CallFact>, phase: Phase, whose: Whose },
    Person { number: usize, somebody: Somebody },
}

#[derive(Debug)]
pub(super) struct World {
    core: Core,
    /// Where there is do-not-disturb of one's own, it is so on two computers.
    other: Option<Other>,
    desk: Desk,
    now: Instant,
    wall: Time,
    /// When the program was started first, and when last.
    came_at: Time,
    started_at: Time,
    seats: Vec<Seat>,
    calls: Vec<Truth>,
    /// What each account has told of each call last.
    told: BTreeMap<(usize, usize), (Phase, Whose)>,
    /// Which account has ever told of which call as open.
    seen_open: BTreeSet<(usize, usize)>,
    /// Calls whose end was told in this run of the program.
    ended: BTreeSet<usize>,
    /// Calls whose end was ever told, by whether I have missed them and not looked.
    missed: BTreeMap<usize, Missed>,
    silenced: BTreeSet<usize>,
    /// Calls that are mine by the word of an account that was removed, and that others still tell of.
    left_as_mine: BTreeSet<usize>,
    /// The same of calls that rang.
    left_ringing: BTreeSet<usize>,
    /// The same of calls that were answered.
    left_answered: BTreeSet<usize>,
    /// Calls that rang for two minutes with nobody live to say so.
    may_be_lost: BTreeSet<usize>,
    gaps: i64,
}

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let account = |id| format!("[[account]]\nid = \"{id}\"\nprovider = \"firmafon\"\n");
    Settings::parse(&["one", "two", "three"].map(account).concat())
});

impl World {
    /// Plays a story to its end.
    pub(super) fn play(story: &[u8]) -> Result<(), String> {
        Self::play_with(story, None)
    }

    pub(super) fn play_with(story: &[u8], lie: Option<Lie>) -> Result<(), String> {
        let Some((header, steps)) = story.split_first_chunk::<HEADER>() else { return Ok(()) };
        let mut world = Self::new(*header, lie);
        world.configure()?;
        for seat in 0..world.seats.len() {
            if header[2] & 1 << seat == 0 {
                world.connect(seat, 0)?;
            }
        }
        for step in steps.as_chunks::<STEP>().0 {
            world.step(*step)?;
            world.settle()?;
            world.check_on_the_way()?;
        }
        if header[3] % 4 == 0 { world.end_out_of_sight() } else { world.end() }
    }

    fn new(header: [u8; HEADER], lie: Option<Lie>) -> Self {
        let popups = |seat: u32| match header[1] / 5_u8.pow(seat) % 5 {
            0..=2 => Popups::Mine,
            3 => Popups::All,
            _ => Popups::None,
        };
        let seat = |(number, id)| Seat {
            id,
            popups: popups(number),
            configured: true,
            line: Line::Unheard,
            known: BTreeSet::new(),
            mail: VecDeque::new(),
            people: [Somebody::NEW; 3],
            told_dnd: None,
            live_at: Instant::default(),
            is_ours: false,
            last: None,
        };
        let ids = SETTINGS.accounts.iter().map(|account| account.id.clone());
        let (now, wall) = (Instant::at(Duration::from_secs(1_000)), Time::from_millis(1_800_000_000_000));
        let seats: Vec<Seat> = (0..).zip(ids).take(usize::from(header[0] % 3) + 1).map(seat).collect();
        Self {
            core: Core::new(Settings::default(), wall, true),
            other: (header[2] & 0x38 == 0x08).then(|| Other::new(seats.len(), now, wall)),
            desk: Desk::new(lie, wall),
            now,
            wall,
            came_at: wall,
            started_at: wall,
            seats,
            calls: Vec::new(),
            told: BTreeMap::new(),
            seen_open: BTreeSet::new(),
            ended: BTreeSet::new(),
            missed: BTreeMap::new(),
            silenced: BTreeSet::new(),
            left_as_mine: BTreeSet::new(),
            left_ringing: BTreeSet::new(),
            left_answered: BTreeSet::new(),
            may_be_lost: BTreeSet::new(),
            gaps: 0,
        }
    }

    fn configure(&mut self) -> Result<(), String> {
        let mut settings = SETTINGS.clone();
        settings.accounts.retain(|account| self.seat_of(&account.id).is_some_and(|seat| seat.configured));
        for account in &mut settings.accounts {
            if let Some(seat) = self.seat_of(&account.id) {
                account.popups = seat.popups;
            }
        }
        self.core.replace_settings(settings);
        self.desk.carry_out(&mut self.core)
    }

    fn seat_of(&self, id: &AccountId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.id == *id)
    }

    fn hear(&mut self, seat: usize, events: Vec<Event>) -> Result<(), String> {
        self.core.report(self.now, &self.seats[seat].id, self.wall, events);
        self.desk.carry_out(&mut self.core)
    }

    fn turn(&mut self, seat: usize, state: ConnectionState) -> Result<(), String> {
        self.hear(seat, vec![Event::Connection(connection(state, self.wall))])?;
        self.check_tray(&self.core.view())
    }

    fn disconnect(&mut self, seat: usize, state: ConnectionState) -> Result<(), String> {
        self.seats[seat].mail.clear();
        // What comes twice comes twice on one connection.
        self.seats[seat].last = None;
        if !matches!(self.seats[seat].line, Line::Away(_)) {
            self.seats[seat].line = Line::Away(self.now);
        }
        self.turn(seat, state)
    }

    /// A new session: it tells who is there, what is open, what became of what was open, and closes the gap.
    fn connect(&mut self, seat: usize, choice: u8) -> Result<(), String> {
        if self.seats[seat].line == Line::Live || !self.seats[seat].configured {
            return Ok(());
        }
        self.turn(seat, ConnectionState::Connecting)?;
        if self.other.is_some() {
            self.core.able(self.seats[seat].id.clone(), quiet::able(seat));
        }
        (self.seats[seat].line, self.seats[seat].live_at) = (Line::Live, self.now);
        self.turn(seat, ConnectionState::Live)?;
        self.told.retain(|&(_, by), _| by != seat);
        let people: Vec<_> = (0..).zip(self.seats[seat].people).map(|(n, who)| who.fact(n)).collect();
        self.seats[seat].told_dnd = self.seats[seat].people[0].dnd;
        self.hear(seat, vec![Event::People(people)])?;
        let history = choice & 1 == 1;
        for number in 0..self.calls.len() {
            let truth = &self.calls[number];
            let known = self.seats[seat].known.contains(&number);
            if truth.seats.contains(&seat) && (truth.open() || known || history) {
                self.tell(seat, number);
            }
        }
        self.deliver(seat, usize::MAX)?;
        self.gaps += 1;
        let gap = Gap {
            from: Time::from_millis(self.gaps),
            to: self.wall,
            filled: choice & 2 == 0,
            note: None,
            fetched: None,
        };
        self.hear(seat, vec![Event::Gap(gap)])
    }

    /// Puts a call as it is into the mail of an account that is live.
    fn tell(&mut self, seat: usize, number: usize) {
        let truth = &self.calls[number];
        if self.seats[seat].line != Line::Live {
            return;
        }
        for mut fact in truth.facts() {
            match self.desk.lie {
                Some(Lie::EndsAreNotTold) if fact.state == Some(CallState::Ended) => continue,
                Some(Lie::ElsewhereIsMissed) if fact.outcome == Some(Outcome::AnsweredElsewhere) => {
                    fact.outcome = Some(Outcome::Missed);
                }
                Some(Lie::KeysDiffer) => fact.key = Some(format!("{seat}:{}", fact.id)),
                _ => {}
            }
            let (phase, whose) = (truth.phase, truth.whose);
            self.seats[seat].mail.push_back(Mail::Call { number, fact: Box::new(fact), phase, whose });
        }
    }

    fn deliver(&mut self, seat: usize, most: usize) -> Result<(), String> {
        for _ in 0..most {
            let Some(mail) = self.seats[seat].mail.pop_front() else { break };
            self.hand_over(seat, mail)?;
        }
        Ok(())
    }

    fn hand_over(&mut self, seat: usize, mail: Mail) -> Result<(), String> {
        self.seats[seat].last = Some(mail.clone());
        let event = match mail {
            Mail::Call { number, fact, phase, whose } => {
                if let Phase::Ended(_) = phase {
                    self.seats[seat].known.remove(&number);
                    let missed = self.missed_by(number);
                    self.missed.entry(number).or_insert(missed);
                    self.ended.insert(number);
                } else {
                    self.seats[seat].known.insert(number);
                    self.seen_open.insert((number, seat));
                }
                self.told.insert((number, seat), (phase, whose));
                Event::Call(fact)
            }
            Mail::Person { number, somebody } => {
                if number == 0 {
                    self.seats[seat].told_dnd = somebody.dnd;
                }
                Event::Person(somebody.fact(number))
            }
        };
        self.hear(seat, vec![event])
    }

    /// Whether a call whose end is told is one that I missed, and news.
    fn missed_by(&self, number: usize) -> Missed {
        let truth = &self.calls[number];
        let since = |begun_at| truth.ended_at.is_some_and(|at| at >= begun_at);
        let seen_open = self.seen_open.iter().any(|&(of, _)| of == number);
        match truth.missed() {
            missed if since(self.came_at) => missed,
            Missed::Yes | Missed::Perhaps if seen_open || since(self.started_at) => Missed::Perhaps,
            Missed::Yes | Missed::Perhaps | Missed::No => Missed::No,
        }
    }

    /// Something happened to a call: every account that sees it has it in the mail.
    fn happened(&mut self, number: usize, at_once: bool) -> Result<(), String> {
        for seat in self.calls[number].seats.clone() {
            if self.seats[seat].configured {
                self.tell(seat, number);
            }
            if at_once {
                self.deliver(seat, usize::MAX)?;
            }
        }
        Ok(())
    }

    fn pass(&mut self, time: Duration) -> Result<(), String> {
        self.now = self.now + time;
        self.wall = self.wall.plus(time);
        if self.desk.lie == Some(Lie::NobodyLooks) {
            return Ok(());
        }
        for number in 0..self.calls.len() {
            let mut tellers = self.told.range((number, 0)..=(number, usize::MAX)).peekable();
            let away = |seat: usize| match self.seats[seat].line {
                Line::Away(since) => since + Duration::from_secs(120) <= self.now,
                Line::Live | Line::Unheard => false,
            };
            if tellers.peek().is_some()
                && tellers.all(|(&(_, seat), _)| !self.seats[seat].configured || away(seat))
            {
                self.may_be_lost.insert(number);
            }
        }
        self.core.tick(self.now, self.wall);
        self.desk.carry_out(&mut self.core)
    }

    /// The program ends, and begins with what is on disk.
    fn restart(&mut self) -> Result<(), String> {
        self.core = Core::new(Settings::default(), self.wall, true);
        self.desk.end();
        self.core.load(self.desk.history.load());
        self.started_at = self.wall;
        for seat in &mut self.seats {
            (seat.line, seat.last, seat.told_dnd) = (Line::Unheard, None, None);
            seat.known.clear();
            seat.mail.clear();
        }
        self.told.clear();
        self.seen_open.clear();
        self.ended.clear();
        self.silenced.clear();
        self.left_as_mine.clear();
        self.left_ringing.clear();
        self.left_answered.clear();
        self.may_be_lost.clear();
        self.configure()?;
        if let Some(text) = self.desk.dnd.clone() {
            self.core.recall_dnd(self.now, self.wall, &text);
        }
        Ok(())
    }

    /// The id under which a call is known, if it is.
    fn id_of(&self, number: usize) -> Option<CallId> {
        let local = self.calls[number].id.as_str();
        let mut ids = self.seats.iter().map(|seat| CallId::new(&seat.id, local));
        ids.find(|id| self.core.call(id).is_some())
    }
}

fn connection(state: ConnectionState, since: Time) -> Connection {
    let waits = state == ConnectionState::Waiting;
    Connection {
        state,
        since,
        retry_at: waits.then_some(since),
        problem: waits.then(|| Problem::new(ProblemCode::Unreachable, "Wait.")),
        last_heard_at: None,
        transport: None,
    }
}
