//! "Tell me when Anna is free": who is waited for, until when, and when to say so. Time is handed in.
//!
//! A colleague who is free between two calls of a queue is not free for long: only who stays free for a while is
//! told of. What is not known (a connection that is gone) is never free. Nothing of this outlasts the program.

use std::{collections::BTreeMap, time::Duration};

use model::{AccountId, Availability, Awaited, CallId, Person, PersonId, Problem, ProblemCode, Time};
use protocols::Instant;

use crate::{Alert, AlertAction, AlertKind, Reply};

/// For how long somebody must have been free.
const HOLDS: Duration = Duration::from_secs(4);
const USUAL: u32 = 60;
const LONGEST: u32 = 12 * 60;
/// More colleagues than this nobody waits for.
const MOST: usize = 50;
/// What is before the account in the id of such an alert, which no account's name can be.
const PREFIX: &str = "free:";

/// Who is waited for.
#[derive(Debug, Default)]
pub(crate) struct Camps {
    waiting: BTreeMap<PersonId, Camp>,
    /// Those whose alert is before the person, and true.
    told: BTreeMap<PersonId, Instant>,
}

#[derive(Debug)]
struct Camp {
    until: Instant,
    until_at: Time,
    asked_at: Time,
    free_since: Option<Instant>,
}

/// What is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// Put this before the person.
    Show(Alert),
    /// It is no longer true.
    Withdraw(CallId),
}

impl Camps {
    /// Waits for somebody; asked again, from now on anew.
    ///
    /// # Errors
    /// If they are free already, or the length makes no sense.
    pub(crate) fn wait(&mut self, now: Instant, wall: Time, person: &Person, minutes: Option<u32>) -> Reply {
        let problem = |text: &str| Err(Problem::new(ProblemCode::Settings, text));
        let minutes = minutes.unwrap_or(USUAL);
        if !(1..=LONGEST).contains(&minutes) {
            return problem("One can wait for a colleague for at most 12 hours; choose a shorter time.");
        }
        if person.me {
            return problem("This is yourself; choose a colleague.");
        }
        if is_free(person) {
            return problem("This colleague is free now; call them.");
        }
        if self.waiting.len() >= MOST && !self.waiting.contains_key(&person.id) {
            return problem("You wait for 50 colleagues already; cancel one of them first.");
        }
        let length = Duration::from_secs(u64::from(minutes) * 60);
        let camp =
            Camp { until: now + length, until_at: wall.plus(length), asked_at: wall, free_since: None };
        self.waiting.insert(person.id.clone(), camp);
        Ok(())
    }

    /// Waits no longer; nothing if nobody did.
    pub(crate) fn stop(&mut self, person: &PersonId) {
        self.waiting.remove(person);
    }

    /// Waits no longer for anybody of an account that is gone.
    pub(crate) fn forget(&mut self, account: &AccountId) {
        let stays = |id: &PersonId| id.as_str().split_once('/').is_none_or(|(of, _)| of != account.as_str());
        self.waiting.retain(|id, _| stays(id));
        self.told.retain(|id, _| stays(id));
    }

    /// Somebody changed.
    pub(crate) fn heard(&mut self, now: Instant, person: &Person) -> Option<Told> {
        let free = is_free(person);
        if let Some(camp) = self.waiting.get_mut(&person.id) {
            camp.free_since = free.then(|| camp.free_since.unwrap_or(now));
        }
        (!free && self.told.remove(&person.id).is_some()).then(|| Told::Withdraw(alert_id(&person.id)))
    }

    /// Whoever has been free for long enough, and whoever was not free in time. `quiet`: the person is not to be
    /// disturbed, so that those who are free are waited for on.
    pub(crate) fn due<'a>(
        &mut self,
        now: Instant,
        quiet: bool,
        person: impl Fn(&PersonId) -> Option<&'a Person>,
    ) -> Vec<Told> {
        let mut told = Vec::new();
        self.waiting.retain(|id, camp| {
            let long_enough = camp.free_since.is_some_and(|since| since + HOLDS <= now);
            let Some(somebody) = person(id) else { return camp.until > now };
            if long_enough && !quiet {
                if self.told.len() >= MOST {
                    self.told.pop_first();
                }
                self.told.insert(id.clone(), now);
                told.push(Told::Show(free(somebody, camp.asked_at)));
                return false;
            }
            if camp.until <= now && !quiet {
                told.push(Told::Show(not_free(somebody, camp.asked_at)));
            }
            camp.until > now
        });
        told
    }

    /// As views show it.
    pub(crate) fn awaited(&self) -> Vec<Awaited> {
        let awaited = |(id, camp): (&PersonId, &Camp)| Awaited { person: id.clone(), until: camp.until_at };
        self.waiting.iter().map(awaited).collect()
    }
}

/// Whether somebody can be called now, as far as that is known to be true.
fn is_free(person: &Person) -> bool {
    person.availability == Availability::Available && !person.stale && !person.dnd
}

fn alert_id(person: &PersonId) -> CallId {
    CallId::from(format!("{PREFIX}{person}").as_str())
}

/// The colleague that an alert of this id is about.
pub(crate) fn person_of(alert: &CallId) -> PersonId {
    let id = alert.as_str();
    PersonId::from(id.strip_prefix(PREFIX).unwrap_or(id))
}

fn free(person: &Person, asked_at: Time) -> Alert {
    let mut actions = vec![AlertAction::Open];
    if person.number.is_some() {
        actions.push(AlertAction::Call);
    }
    Alert { actions, ..notice(person, asked_at, "is free") }
}

fn not_free(person: &Person, asked_at: Time) -> Alert {
    notice(person, asked_at, "has not become free")
}

fn notice(person: &Person, asked_at: Time, what: &str) -> Alert {
    let name = person.name.as_deref().or(person.number.as_deref()).unwrap_or_else(|| person.id.local());
    let clock = asked_at.timestamp().to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string();
    let account = person.id.as_str().split_once('/').map_or("", |(account, _)| account);
    Alert {
        call: alert_id(&person.id),
        kind: AlertKind::Free,
        title: format!("{name} {what}"),
        body: format!("You asked at {clock} to be told · {account}"),
        actions: vec![AlertAction::Open],
        crm_host: None,
        sound: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna(availability: Availability) -> Person {
        Person {
            id: "work/7".into(),
            name: Some("Anna".into()),
            number: Some("17".into()),
            department: None,
            me: false,
            availability,
            since: None,
            status: None,
            dnd: false,
            dnd_until: None,
            stale: false,
        }
    }

    struct Desk {
        camps: Camps,
        anna: Person,
        now: Instant,
    }

    impl Desk {
        fn waiting(minutes: u32) -> Self {
            let (anna, now) = (anna(Availability::Busy), Instant::at(Duration::from_secs(100)));
            let mut camps = Camps::default();
            camps.wait(now, Time::from_millis(0), &anna, Some(minutes)).unwrap();
            Self { camps, anna, now }
        }

        fn becomes(&mut self, availability: Availability) -> Vec<String> {
            self.anna.availability = availability;
            words(self.camps.heard(self.now, &self.anna))
        }

        fn after(&mut self, seconds: u64, quiet: bool) -> Vec<String> {
            self.now = self.now + Duration::from_secs(seconds);
            let anna = self.anna.clone();
            words(self.camps.due(self.now, quiet, |_| Some(&anna)))
        }
    }

    fn words(told: impl IntoIterator<Item = Told>) -> Vec<String> {
        told.into_iter()
            .map(|told| match told {
                Told::Show(alert) => alert.title,
                Told::Withdraw(call) => format!("withdraw {call}"),
            })
            .collect()
    }

    const NOTHING: [&str; 0] = [];

    #[test]
    fn who_stays_free_is_told_of_once_and_taken_back_when_it_is_no_longer_true() {
        let mut desk = Desk::waiting(10);
        assert_eq!(desk.becomes(Availability::Available), NOTHING);
        assert_eq!(desk.after(3, false), NOTHING);
        assert_eq!(desk.after(2, false), ["Anna is free"]);
        assert_eq!(desk.after(60, false), NOTHING);
        assert_eq!(desk.becomes(Availability::Busy), ["withdraw free:work/7"]);
        assert_eq!(desk.camps.awaited(), []);
    }

    #[test]
    fn a_moment_between_two_calls_is_not_free() {
        let mut desk = Desk::waiting(10);
        desk.becomes(Availability::Available);
        desk.after(2, false);
        desk.becomes(Availability::Ringing);
        assert_eq!(desk.after(10, false), NOTHING);
        desk.becomes(Availability::Available);
        assert_eq!(desk.after(3, false), NOTHING);
        assert_eq!(desk.after(1, false), ["Anna is free"]);
    }

    #[test]
    fn what_was_true_before_the_connection_went_is_not_free() {
        let mut desk = Desk::waiting(10);
        desk.becomes(Availability::Available);
        desk.anna.stale = true;
        desk.becomes(Availability::Available);
        assert_eq!(desk.after(30, false), NOTHING);
    }

    #[test]
    fn waiting_ends_with_a_word_when_nobody_became_free() {
        let mut desk = Desk::waiting(1);
        assert_eq!(desk.after(59, false), NOTHING);
        assert_eq!(desk.after(1, false), ["Anna has not become free"]);
        assert_eq!(desk.after(60, false), NOTHING);
    }

    #[test]
    fn nobody_is_told_while_not_to_be_disturbed_but_afterwards() {
        let mut desk = Desk::waiting(10);
        desk.becomes(Availability::Available);
        assert_eq!(desk.after(30, true), NOTHING);
        assert_eq!(desk.after(1, false), ["Anna is free"]);
    }

    #[test]
    fn nobody_waits_for_who_is_free_for_oneself_or_for_a_day() {
        let (now, wall) = (Instant::at(Duration::ZERO), Time::from_millis(0));
        let mut camps = Camps::default();
        assert!(camps.wait(now, wall, &anna(Availability::Available), None).is_err());
        assert!(camps.wait(now, wall, &Person { me: true, ..anna(Availability::Busy) }, None).is_err());
        for minutes in [0, LONGEST + 1] {
            assert!(camps.wait(now, wall, &anna(Availability::Busy), Some(minutes)).is_err());
        }
        assert!(camps.wait(now, wall, &anna(Availability::Busy), None).is_ok());
        camps.forget(&AccountId::from("home"));
        assert_eq!(camps.awaited().len(), 1);
        camps.forget(&AccountId::from("work"));
        assert_eq!(camps.awaited(), []);
    }

    #[test]
    fn a_button_of_the_alert_calls_the_colleague() {
        assert_eq!(person_of(&alert_id(&"work/Employee#7".into())), "work/Employee#7".into());
    }
}
