//! An invented office: who works there, and what happens in it all day.
//!
//! Pure: time is moved by hand, the same seed gives the same people and the same day, however coarsely the time is
//! moved. It knows no vendor: a vendor's simulator gives people its own ids and acts out the happenings.

mod names;
mod people;
mod stories;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

pub(crate) use people::{ContactCard, LineCard, Person};

/// A person, by place in [`Office::people`]. Number 0 is the one whose token the vendor gives out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who(pub(crate) usize);

/// The person whose token the vendor gives out.
pub(crate) const ME: Who = Who(0);

/// A telephone line shared by several people, by place in [`Office::lines`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line(pub(crate) usize);

/// A call, from its first happening to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CallId(pub(crate) u64);

/// Who a call from outside is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Callee {
    Person(Who),
    /// A line, and whose phones it makes ring.
    Line(Line, Vec<Who>),
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    HungUp,
    Missed,
    Voicemail,
}

/// Somebody's do-not-disturb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quiet {
    Off,
    On,
    /// Ends by itself after this long.
    For(Duration),
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// Somebody calls from outside; no number is a withheld one.
    CallCame {
        call: CallId,
        to: Callee,
        from: Option<String>,
    },
    CallMade {
        call: CallId,
        by: Who,
        to_number: String,
    },
    /// For an outgoing call `by` is who made it.
    CallAnswered {
        call: CallId,
        by: Who,
    },
    CallTransferred {
        call: CallId,
        to: Who,
    },
    CallEnded {
        call: CallId,
        how: Ending,
    },
    QuietChanged {
        who: Who,
        quiet: Quiet,
    },
}

/// How large and lively an office is.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) people: usize,
    /// Happenings per second; 0 = none by itself.
    pub(crate) rate: f64,
    pub(crate) seed: u64,
}

/// What is due at some time.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody else's next call or change.
    Story,
    /// The next call to me or my line.
    CallMe,
    Answer(CallId, Who),
    Transfer(CallId),
    End(CallId, Ending),
    QuietOver(Who),
}

#[derive(Debug)]
pub(crate) struct Office {
    random: fastrand::Rng,
    rate: f64,
    people: Vec<Person>,
    departments: Vec<String>,
    lines: Vec<LineCard>,
    contacts: Vec<ContactCard>,
    agenda: BTreeMap<(Duration, u64), Step>,
    steps: u64,
    calls: u64,
    /// Who is kept busy by which call.
    engaged: BTreeMap<CallId, Vec<Who>>,
    occupied: Vec<bool>,
    quiet: Vec<bool>,
    called_me: bool,
}

impl Office {
    pub(crate) fn new(plan: &Plan) -> Office {
        let mut random = fastrand::Rng::with_seed(plan.seed);
        let departments = people::departments(plan.people);
        let people = people::people(plan.people, departments.len(), &mut random);
        let lines = people::lines(&departments, &mut random);
        let contacts = people::contacts(plan.people, &mut random);
        let mut office = Office {
            random,
            rate: plan.rate,
            occupied: vec![false; people.len()],
            quiet: vec![false; people.len()],
            people,
            departments,
            lines,
            contacts,
            agenda: BTreeMap::new(),
            steps: 0,
            calls: 0,
            engaged: BTreeMap::new(),
            called_me: false,
        };
        if office.rate > 0.0 {
            office.plan(Duration::ZERO, Step::Story);
            let first = office.between(3.0, 6.0);
            office.plan(first, Step::CallMe);
        }
        office
    }

    pub(crate) fn people(&self) -> &[Person] {
        &self.people
    }

    pub(crate) fn departments(&self) -> &[String] {
        &self.departments
    }

    pub(crate) fn lines(&self) -> &[LineCard] {
        &self.lines
    }

    pub(crate) fn contacts(&self) -> &[ContactCard] {
        &self.contacts
    }

    /// Whether anything happens here by itself.
    pub(crate) fn is_lively(&self) -> bool {
        self.rate > 0.0
    }

    /// When something is due, counted from the office's opening.
    pub(crate) fn next_at(&self) -> Option<Duration> {
        self.agenda.keys().next().map(|(at, _)| *at)
    }

    /// Somebody has begun to look: the next call to me is soon.
    pub(crate) fn watched(&mut self, now: Duration) {
        if !self.is_lively() {
            return;
        }
        let mine = self.engaged.iter().find(|(_, who)| who.contains(&ME)).map(|(call, _)| *call);
        self.agenda.retain(|_, step| match step {
            Step::CallMe => false,
            Step::Answer(call, _) | Step::Transfer(call) | Step::End(call, _) => Some(*call) != mine,
            Step::Story | Step::QuietOver(_) => true,
        });
        // Whoever begins to look sees a call from its beginning.
        if let Some(mine) = mine {
            self.plan(now + Duration::from_secs(1), Step::End(mine, Ending::HungUp));
        }
        let soon = now + self.between(3.0, 6.0);
        self.called_me = false;
        self.plan(soon, Step::CallMe);
    }

    /// A call that somebody of the office started without the office: it goes on by itself from here.
    pub(crate) fn adopt(&mut self, now: Duration, by: Who) -> CallId {
        let call = self.engage(vec![by]);
        self.plan_outgoing(now, call, by);
        call
    }

    /// All that has happened until `now`, in order.
    pub(crate) fn next(&mut self, now: Duration) -> Vec<Happening> {
        let mut happenings = Vec::new();
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= now) {
            let ((at, _), step) = entry.remove_entry();
            self.take(at, step, &mut happenings);
        }
        happenings
    }

    fn take(&mut self, at: Duration, step: Step, happenings: &mut Vec<Happening>) {
        match step {
            Step::Story => {
                happenings.extend(self.story(at));
                // A story is some three happenings.
                let gap = -(1.0 - self.random.f64()).ln() * 3.0 / self.rate;
                self.plan(at + Duration::from_secs_f64(gap.clamp(0.000_1, 86_400.0)), Step::Story);
            }
            Step::CallMe => self.call_me(at, happenings),
            Step::Answer(call, by) => {
                let others = self.engaged.insert(call, vec![by]).unwrap_or_default();
                self.release(others.into_iter().filter(|who| *who != by));
                happenings.push(Happening::CallAnswered { call, by });
            }
            Step::Transfer(call) => {
                if let Some(to) = self.somebody() {
                    self.occupy(to);
                    let before = self.engaged.insert(call, vec![to]).unwrap_or_default();
                    self.release(before.into_iter());
                    happenings.push(Happening::CallTransferred { call, to });
                    let answer = at + self.between(2.0, 4.0);
                    self.plan(answer, Step::Answer(call, to));
                    let end = answer + self.between(10.0, 40.0);
                    self.plan(end, Step::End(call, Ending::HungUp));
                } else {
                    self.plan(at, Step::End(call, Ending::HungUp));
                }
            }
            Step::End(call, how) => {
                let engaged = self.engaged.remove(&call).unwrap_or_default();
                self.release(engaged.into_iter());
                happenings.push(Happening::CallEnded { call, how });
            }
            Step::QuietOver(who) => {
                self.set_quiet(who, false);
                happenings.push(Happening::QuietChanged { who, quiet: Quiet::Off });
            }
        }
    }

    fn plan(&mut self, at: Duration, step: Step) {
        self.steps += 1;
        self.agenda.insert((at, self.steps), step);
    }

    fn engage(&mut self, who: Vec<Who>) -> CallId {
        for &one in &who {
            self.occupy(one);
        }
        self.next_call(who)
    }

    fn next_call(&mut self, who: Vec<Who>) -> CallId {
        self.calls += 1;
        let call = CallId(self.calls);
        self.engaged.insert(call, who);
        call
    }

    fn occupy(&mut self, who: Who) {
        if let Some(occupied) = self.occupied.get_mut(who.0) {
            *occupied = true;
        }
    }

    fn release(&mut self, people: impl Iterator<Item = Who>) {
        for who in people {
            if let Some(occupied) = self.occupied.get_mut(who.0) {
                *occupied = false;
            }
        }
    }

    fn is_occupied(&self, who: Who) -> bool {
        self.occupied.get(who.0).is_some_and(|occupied| *occupied)
    }

    fn is_quiet(&self, who: Who) -> bool {
        self.quiet.get(who.0).is_some_and(|quiet| *quiet)
    }

    fn set_quiet(&mut self, who: Who, on: bool) {
        if let Some(quiet) = self.quiet.get_mut(who.0) {
            *quiet = on;
        }
    }

    /// Some person with a phone, not me, not in a call.
    fn somebody(&mut self) -> Option<Who> {
        let tries = 24;
        (0..tries).find_map(|_| {
            let who = Who(self.random.usize(0..self.people.len().max(1)));
            let has_phone = self.people.get(who.0).is_some_and(|person| person.number.is_some());
            (who != ME && has_phone && !self.is_occupied(who)).then_some(who)
        })
    }

    fn between(&mut self, from: f64, to: f64) -> Duration {
        let millis = (from + self.random.f64() * (to - from)) * 1000.0;
        Duration::from_secs_f64(millis.round() / 1000.0)
    }
}
