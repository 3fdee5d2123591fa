//! What `watch` prints: the lines that contract version 1 promises, and the same for people.

use std::borrow::Cow;

use engine::{Observed, peer_title};
use jiff::Zoned;
use model::{AccountId, Call, Change, Connection, Gap, Person, Queue, Ticket, Time, Unknown};
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use crate::print::{heard, said};

/// One line of `--json`.
#[derive(Debug)]
pub struct Line<'a> {
    at: Time,
    event: &'static str,
    account: Option<&'a AccountId>,
    what: What<'a>,
}

#[derive(Debug)]
enum What<'a> {
    Connection(&'a Connection),
    Call(&'a Call),
    Presence(&'a Person),
    Left(&'a Person),
    Queue(&'a Queue),
    Ticket(&'a Ticket),
    Gap(&'a Gap),
    Unknown(&'a Unknown),
    Alert(AlertLine<'a>),
    Skipped(Skipped),
}

/// By hand: `serde(flatten)` costs as much as all the rest of the line.
impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("v", &1)?;
        line.serialize_entry("at", &self.at)?;
        line.serialize_entry("event", self.event)?;
        if let Some(account) = self.account {
            line.serialize_entry("account", account)?;
        }
        match &self.what {
            What::Connection(connection) => line.serialize_entry("connection", connection)?,
            What::Call(call) => line.serialize_entry("call", call)?,
            What::Presence(person) => line.serialize_entry("person", person)?,
            What::Left(person) => line.serialize_entry("person", &Left { person, gone: true })?,
            What::Queue(queue) => line.serialize_entry("queue", queue)?,
            What::Ticket(ticket) => line.serialize_entry("ticket", ticket)?,
            What::Gap(gap) => line.serialize_entry("gap", gap)?,
            What::Unknown(unknown) => line.serialize_entry("unknown", unknown)?,
            What::Alert(alert) => line.serialize_entry("alert", alert)?,
            What::Skipped(skipped) => line.serialize_entry("skipped", skipped)?,
        }
        line.end()
    }
}

#[derive(Debug, Serialize)]
struct Left<'a> {
    #[serde(flatten)]
    person: &'a Person,
    gone: bool,
}

#[derive(Debug, Serialize)]
struct Skipped {
    count: u64,
}

#[derive(Debug, Serialize)]
struct AlertLine<'a> {
    call: &'a model::CallId,
    #[serde(flatten)]
    decided: &'a model::Alerted,
}

impl<'a> Line<'a> {
    /// The line of something observed at `at`.
    pub fn of(at: Time, observed: &'a Observed) -> Self {
        let (event, account, what) = match observed {
            Observed::Decided { call, decided } => ("alert", None, What::Alert(AlertLine { call, decided })),
            Observed::Skipped { count } => ("skipped", None, What::Skipped(Skipped { count: *count })),
            Observed::Change(change) => match change {
                Change::Connection { account, connection } => {
                    ("connection", Some(account), What::Connection(connection))
                }
                Change::Call { account, call, .. } => ("call", Some(account), What::Call(call)),
                Change::Corrected { account, call } => ("corrected", Some(account), What::Call(call)),
                Change::Person { account, person } => ("presence", Some(account), What::Presence(person)),
                Change::PersonLeft { account, person } => ("presence", Some(account), What::Left(person)),
                Change::Queue { account, queue } => ("queue", Some(account), What::Queue(queue)),
                Change::Ticket { account, ticket } => ("ticket", Some(account), What::Ticket(ticket)),
                Change::Gap { account, gap } => ("gap", Some(account), What::Gap(gap)),
                Change::Unknown { account, unknown } => ("unknown", Some(account), What::Unknown(unknown)),
            },
        };
        Self { at, event, account, what }
    }
}

/// The same for a person; `None` for what they need not read.
pub fn words(at: Time, observed: &Observed) -> Option<String> {
    let text = match observed {
        Observed::Decided { .. } => return None,
        Observed::Skipped { count } => {
            said(&format!("{count} lines are left out here: nothing was read for a while")).into_owned()
        }
        Observed::Change(change) => match change {
            Change::Connection { account, connection } => match &connection.problem {
                Some(problem) => {
                    format!("{account}: {}: {}", connection_words(connection), heard(&problem.text))
                }
                None => format!("{account}: {}", connection_words(connection)),
            },
            Change::Call { call, .. } | Change::Corrected { call, .. } => call_words(call),
            Change::Person { person, .. } => person_words(person),
            Change::PersonLeft { person, .. } => said(&format!("{} left", person_name(person))).into_owned(),
            Change::Queue { queue, .. } => queue_words(queue),
            Change::Ticket { ticket, .. } => said(&format!("ticket {} changed", ticket.id)).into_owned(),
            Change::Gap { account, gap } => format!("{account}: {}", gap_words(gap)),
            Change::Unknown { account, unknown } => {
                let skipped = format!("skipped {} ({} so far)", unknown.name, unknown.count);
                format!("{account}: {}", said(&skipped))
            }
        },
    };
    Some(format!("{} {text}", clock(at)))
}

/// A time in which nothing was heard, and what became of what happened then.
pub fn gap_words(gap: &Gap) -> String {
    format!("{}; {}", offline_words(gap.from, gap.to), fetched_words(gap))
}

/// A time in which nothing was heard.
pub fn offline_words(from: Time, to: Time) -> String {
    format!("{} {}–{}", said("offline"), clock(from), clock(to))
}

/// What became of what happened in a gap.
pub fn fetched_words(gap: &Gap) -> String {
    let count = match gap.fetched {
        Some(0) | None => None,
        Some(1) => Some(said("1 call fetched afterwards").into_owned()),
        Some(calls) => Some(said(&format!("{calls} calls fetched afterwards")).into_owned()),
    };
    let note = gap.note.as_ref().map_or_else(String::new, |note| format!(" ({})", heard(note)));
    match (count, gap.filled) {
        (Some(count), true) => count,
        (None, true) if gap.fetched.is_some() => said("no call was missed").into_owned(),
        (None, true) => said("what happened was fetched afterwards").into_owned(),
        (Some(count), false) => format!("{count}, {}{note}", said("the rest cannot be fetched")),
        (None, false) => format!("{}{note}", said("cannot be fetched")),
    }
}

/// The time of day, by this computer's time zone, with its day if that is still to come.
pub fn clock(at: Time) -> String {
    clock_at(at, &Zoned::now())
}

fn clock_at(at: Time, now: &Zoned) -> String {
    let at = at.timestamp().to_zoned(now.time_zone().clone());
    let format = match now.date().until(at.date()).map_or(0, |span| span.get_days()) {
        ..=0 => "%H:%M:%S",
        1..=6 => "%a %H:%M:%S",
        7.. => "%Y-%m-%d %H:%M:%S",
    };
    at.strftime(format).to_string()
}

/// A connection's state in words.
pub fn connection_words(connection: &Connection) -> Cow<'static, str> {
    said(match connection.state {
        model::ConnectionState::Connecting => "connecting",
        model::ConnectionState::Live => "live",
        model::ConnectionState::Waiting => "waiting to connect again",
        model::ConnectionState::SignIn => "sign-in needed",
        model::ConnectionState::Stopped => "stopped",
    })
}

/// A call in one line.
pub fn call_words(call: &Call) -> String {
    let whose = said(match (call.mine, call.direction) {
        (Some(true), model::Direction::Incoming) => "my call from",
        (Some(true), model::Direction::Outgoing) => "my call to",
        (Some(false), model::Direction::Incoming) => "a colleague's call from",
        (Some(false), model::Direction::Outgoing) => "a colleague's call to",
        (None, model::Direction::Incoming) => "a line's call from",
        (None, model::Direction::Outgoing) => "a line's call to",
    });
    let line = call
        .line
        .as_ref()
        .and_then(|line| line.name.as_deref())
        .map_or_else(String::new, |line| format!(" · {line}"));
    format!("{whose} {}{line}: {}", heard(&peer_title(call)), state_words(call))
}

/// How a call stands or ended, in words.
pub fn state_words(call: &Call) -> Cow<'static, str> {
    said(match (call.state, call.outcome) {
        (model::CallState::Ringing, _) => "ringing",
        (model::CallState::Answered, _) => "answered",
        (model::CallState::Held, _) => "on hold",
        (model::CallState::Ended, Some(model::Outcome::Missed))
            if call.direction == model::Direction::Outgoing =>
        {
            "no answer"
        }
        (model::CallState::Ended, Some(model::Outcome::Answered)) => "ended",
        (model::CallState::Ended, Some(model::Outcome::Missed)) => "missed",
        (model::CallState::Ended, Some(model::Outcome::Voicemail)) => "went to voicemail",
        (model::CallState::Ended, Some(model::Outcome::AnsweredElsewhere)) => "answered by a colleague",
        (model::CallState::Ended, Some(model::Outcome::Declined)) => "declined",
        (model::CallState::Ended, Some(model::Outcome::Busy)) => "busy",
        (model::CallState::Ended, Some(model::Outcome::Transferred)) => "transferred",
        (model::CallState::Ended, Some(model::Outcome::Failed)) => "failed",
        (model::CallState::Ended, Some(model::Outcome::Lost) | None) => "ended out of sight",
    })
}

/// A queue and how many wait in it.
pub fn queue_words(queue: &Queue) -> String {
    let waiting = format!("{} waiting", queue.waiting.len());
    format!("{}: {}", queue.name.as_deref().unwrap_or(&queue.id), said(&waiting))
}

/// A person's name, else their id.
pub fn person_name(person: &Person) -> &str {
    person.name.as_deref().unwrap_or_else(|| person.id.local())
}

/// A person and their state in one line.
pub fn person_words(person: &Person) -> String {
    let until = person
        .dnd_until
        .filter(|_| person.dnd)
        .map_or_else(String::new, |until| format!(" {}", until_words(until)));
    let is = standing_words(person);
    let status = person.status.as_deref().map_or_else(String::new, |status| format!(" ({status})"));
    format!("{}: {is}{until}{status}", person_name(person))
}

/// What a person does, or did when that was known last.
pub fn standing_words(person: &Person) -> String {
    let is = availability_words(person.availability);
    if person.stale { said(&format!("not connected, was {is}")).into_owned() } else { is.into_owned() }
}

/// Until when.
pub fn until_words(until: Time) -> String {
    said(&format!("until {}", clock(until))).into_owned()
}

/// A state in words.
pub fn availability_words(availability: model::Availability) -> Cow<'static, str> {
    said(match availability {
        model::Availability::Available => "available",
        model::Availability::Ringing => "ringing",
        model::Availability::Busy => "busy",
        model::Availability::Dnd => "not to be disturbed",
        model::Availability::Away => "away",
        model::Availability::Offline => "offline",
        model::Availability::Unknown => "unknown",
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::{Event, PersonFact, Snapshot};

    use super::*;

    fn written(at: Time, change: Change) -> String {
        serde_json::to_string(&Line::of(at, &Observed::Change(change))).unwrap()
    }

    #[test]
    fn a_time_that_is_not_today_says_its_day() {
        let now: Zoned = "2026-11-21T23:50[Europe/Copenhagen]".parse().unwrap();
        for (at, expected) in [
            ("2026-11-21T22:55:00Z", "23:55:00"),
            ("2026-11-21T08:00:00Z", "09:00:00"),
            ("2026-11-20T23:30:00Z", "00:30:00"),
            ("2026-11-22T05:00:00Z", "Sun 06:00:00"),
            ("2026-11-27T05:00:00Z", "Fri 06:00:00"),
            ("2026-11-28T05:00:00Z", "2026-11-28 06:00:00"),
        ] {
            assert_eq!(clock_at(at.parse().unwrap(), &now), expected, "{at}");
        }
    }

    #[test]
    fn lines_are_as_the_contract_says() {
        let (account, at) = (AccountId::from("work"), Time::from_millis(1_763_712_000_123));
        let mut snapshot = Snapshot::default();
        let fact = PersonFact { name: Some(Arc::from("Anna")), ..PersonFact::of("Employee#77") };
        let mut changes = snapshot.apply(&account, at, Event::Person(fact));
        let person = r#""id":"work/Employee#77","name":"Anna","number":null,"me":false,"availability":"unknown","since":null,"dnd":false,"dnd_until":null,"stale":false"#;
        let line = r#"{"v":1,"at":"2025-11-21T08:00:00.123Z","event":"presence","account":"work","person":{"#;
        assert_eq!(written(at, changes.pop().unwrap()), format!("{line}{person}}}}}"));
        let mut changes = snapshot.apply(&account, at, Event::People(Vec::new()));
        assert_eq!(written(at, changes.pop().unwrap()), format!(r#"{line}{person},"gone":true}}}}"#));
        let decided = model::Alerted {
            shown: false,
            reason: model::Reason::SameCall,
            why: "the same call as home/7".into(),
            same_as: Some("home/7".into()),
        };
        let decided = Observed::Decided { call: "work/u1".into(), decided };
        assert_eq!(
            serde_json::to_string(&Line::of(at, &decided)).unwrap(),
            r#"{"v":1,"at":"2025-11-21T08:00:00.123Z","event":"alert","alert":{"call":"work/u1","shown":false,"reason":"same_call","why":"the same call as home/7","same_as":"home/7"}}"#
        );
    }
}
