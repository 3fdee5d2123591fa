//! What an event says, as a pure function of its bytes and the map.

use std::{borrow::Cow, fmt};

use model::{
    Availability, CallState, Direction, Line, Outcome, Peer, PersonFact, PhoneNumber, Queue, Time, Waiting,
};
use protocols::sockjs;
use serde::{
    Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{
    event_map::{EventMap, Field, Found, Kind, Rule},
    value::Scalar,
    zone::Zone,
};
use crate::text::clean;

/// An event's name and its fields' are shown so far.
const LONGEST_NAME: usize = 40;
const MOST_NAMES: usize = 12;
/// What telephone networks write for a number that is withheld.
const WITHHELD: &[&str] =
    &["anonymous", "unknown", "private", "restricted", "withheld", "unavailable", "hemligt", "hidden"];

/// An event, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Heard {
    Person(Person),
    Device(Device),
    Call(Box<Call>),
    Queue(Queue),
    /// The map says that it is of no interest.
    Ignored,
    /// Skipped, and why: names only, never content.
    Skipped(String),
}

/// What a person does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Person {
    pub(super) fact: PersonFact,
    /// What they sign in with.
    pub(super) login: Option<String>,
    /// A value that the map does not know, by its field.
    pub(super) odd: Option<String>,
}

/// What a phone does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Device {
    pub(super) id: String,
    pub(super) person: String,
    pub(super) availability: Option<Availability>,
    pub(super) odd: Option<String>,
}

/// Where a call stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Call {
    pub(super) id: String,
    pub(super) key: Option<String>,
    pub(super) state: Option<CallState>,
    pub(super) outcome: Option<Outcome>,
    pub(super) direction: Option<Direction>,
    pub(super) peer: Option<Peer>,
    pub(super) line: Option<Line>,
    pub(super) people: Vec<String>,
    pub(super) mine: Option<bool>,
    pub(super) started_at: Option<Time>,
    pub(super) answered_at: Option<Time>,
    pub(super) ended_at: Option<Time>,
    pub(super) odd: Option<String>,
}

/// Reads events by a map.
pub(super) struct Reading<'s> {
    pub(super) map: &'s EventMap,
    pub(super) zone: &'s Zone,
}

impl sockjs::Reader for Reading<'_> {
    type Event = Heard;

    fn read<'de, D: Deserializer<'de>>(&self, name: &str, data: D) -> Result<Heard, D::Error> {
        match self.map.rule(name) {
            Some(rule) if rule.kind == Kind::Ignore => {
                <IgnoredAny as serde::Deserialize>::deserialize(data).map(|_| Heard::Ignored)
            }
            Some(rule) => Ok(self.heard(name, rule, &rule.gather(data)?)),
            None => {
                let fields = data.deserialize_any(FieldNames)?;
                Ok(Heard::Skipped(format!("{}{fields}", short(name))))
            }
        }
    }
}

impl Reading<'_> {
    fn heard(&self, name: &str, rule: &Rule, found: &Found<'_>) -> Heard {
        let heard = match rule.kind {
            Kind::Person => self.person(name, rule, found).map(Heard::Person),
            Kind::Device => self.device(name, rule, found).map(Heard::Device),
            Kind::Call => self.call(name, rule, found).map(|call| Heard::Call(Box::new(call))),
            Kind::Queue => self.queue(found).map(Heard::Queue),
            Kind::Ignore => Ok(Heard::Ignored),
        };
        heard.unwrap_or_else(|field| Heard::Skipped(format!("{} without {field}", short(name))))
    }

    /// # Errors
    /// The field that is missing.
    fn person(&self, event: &str, rule: &Rule, found: &Found<'_>) -> Result<Person, &'static str> {
        let id = id(found, Field::Id).ok_or("id")?;
        let (mut availability, odd) = self.availability(event, rule, found);
        let mut status = found.text(Field::Status).and_then(|text| clean(&text));
        // A word that the map does not know may still mean something to a person.
        if odd.is_some() && status.is_none() {
            status = found.text(Field::Availability).and_then(|text| clean(&text));
        }
        let flag = found.get(Field::Dnd).and_then(Scalar::truth);
        let on = match (availability, flag) {
            (_, Some(flag)) => Some(flag),
            (Some(Availability::Dnd), None) => Some(true),
            (Some(Availability::Available | Availability::Away | Availability::Offline), None) => Some(false),
            (Some(Availability::Ringing | Availability::Busy | Availability::Unknown) | None, None) => None,
        };
        if on == Some(true) && matches!(availability, Some(Availability::Available) | None) {
            availability = Some(Availability::Dnd);
        }
        let fact = PersonFact {
            name: found.text(Field::Name).and_then(|name| clean(&name)).map(Into::into),
            number: found.text(Field::Number).and_then(|number| clean(&number)).map(Into::into),
            department: found.text(Field::Department).and_then(|text| clean(&text)).map(Into::into),
            availability,
            since: self.time(found, Field::Since),
            dnd: on.map(|on| on.then(|| self.time(found, Field::DndUntil))),
            status: status.map(Into::into),
            ..PersonFact::of(id)
        };
        let login = found.text(Field::Login).map(Cow::into_owned);
        Ok(Person { fact, login, odd })
    }

    fn device(&self, event: &str, rule: &Rule, found: &Found<'_>) -> Result<Device, &'static str> {
        let (availability, odd) = self.availability(event, rule, found);
        Ok(Device {
            id: id(found, Field::Id).ok_or("id")?,
            person: id(found, Field::Person).ok_or("person")?,
            availability,
            odd,
        })
    }

    fn call(&self, event: &str, rule: &Rule, found: &Found<'_>) -> Result<Call, &'static str> {
        let mut odd = None;
        let state = found.get(Field::State).and_then(|value| self.map.state(rule, value));
        if found.get(Field::State).is_some() && state.is_none() {
            odd = Some(unknown_value(event, "state"));
        }
        let outcome = found.get(Field::Outcome).and_then(|value| self.map.outcome(rule, value));
        let direction = found.get(Field::Direction).and_then(|value| self.map.direction(rule, value));
        if found.get(Field::Direction).is_some() && direction.is_none() {
            odd = Some(unknown_value(event, "direction"));
        }
        let direction = rule.always.direction.or(direction);
        let state = rule.always.state.or(state);
        let mut people: Vec<String> = found.all(Field::People).filter_map(id_of).collect();
        people.dedup();
        Ok(Call {
            id: id(found, Field::Id).ok_or("id")?,
            key: id(found, Field::Key),
            state,
            outcome: rule.always.outcome.or(outcome),
            direction,
            peer: self.peer(direction, found),
            line: id(found, Field::Line)
                .map(|id| Line { id, name: found.text(Field::LineName).and_then(|name| clean(&name)) }),
            people,
            mine: found.get(Field::Mine).and_then(Scalar::truth),
            started_at: self.time(found, Field::StartedAt),
            answered_at: self.time(found, Field::AnsweredAt),
            ended_at: self.time(found, Field::EndedAt),
            odd,
        })
    }

    fn queue(&self, found: &Found<'_>) -> Result<Queue, &'static str> {
        // Without the list there is no telling an empty queue from one that is not spoken of.
        let callers = found.callers().ok_or("callers")?;
        let named_by_caller = || callers.first().and_then(|caller| id(caller, Field::Line));
        Ok(Queue {
            id: id(found, Field::Id).or_else(named_by_caller).ok_or("id")?,
            name: found.text(Field::Name).and_then(|name| clean(&name)),
            waiting: callers
                .iter()
                .map(|caller| Waiting {
                    id: id(caller, Field::Id),
                    number: caller.text(Field::Number).and_then(|number| self.number(&number)),
                    since: self.time(caller, Field::Since),
                })
                .collect(),
        })
    }

    fn availability(
        &self,
        event: &str,
        rule: &Rule,
        found: &Found<'_>,
    ) -> (Option<Availability>, Option<String>) {
        if rule.always.availability.is_some() {
            return (rule.always.availability, None);
        }
        match found.get(Field::Availability) {
            None => (None, None),
            Some(value) => match self.map.availability(rule, value) {
                Some(known) => (Some(known), None),
                None => (Some(Availability::Unknown), Some(unknown_value(event, "availability"))),
            },
        }
    }

    /// The other end, if anything is said of it. Who withholds a number is not shown, even if it was sent.
    fn peer(&self, direction: Option<Direction>, found: &Found<'_>) -> Option<Peer> {
        let outgoing = direction == Some(Direction::Outgoing);
        let (number, name) =
            if outgoing { (Field::To, Field::ToName) } else { (Field::From, Field::FromName) };
        let number = found.text(Field::Peer).or_else(|| found.text(number)).and_then(|number| clean(&number));
        let hidden = !outgoing
            && (found.get(Field::Hidden).and_then(Scalar::truth) == Some(true)
                || number.as_ref().is_some_and(|raw| WITHHELD.contains(&&*raw.to_lowercase())));
        if hidden {
            return Some(Peer { hidden: true, ..Peer::default() });
        }
        let name = found.text(Field::PeerName).or_else(|| found.text(name)).and_then(|name| clean(&name));
        if number.is_none() && name.is_none() {
            return None;
        }
        Some(Peer {
            number: number.as_ref().and_then(|raw| self.number(raw)),
            raw: number,
            name,
            hidden,
            contact: None,
        })
    }

    /// A number in E.164; one that begins with a single 0 is within the map's country.
    fn number(&self, text: &str) -> Option<PhoneNumber> {
        let within = text.strip_prefix('0').filter(|rest| !rest.starts_with('0'));
        match (within, self.map.country_code()) {
            (Some(rest), Some(country)) => PhoneNumber::international(&format!("+{country}{rest}")),
            _ => PhoneNumber::international(text),
        }
    }

    fn time(&self, found: &Found<'_>, field: Field) -> Option<Time> {
        found.get(field).and_then(|value| value.time(self.zone))
    }
}

fn id(found: &Found<'_>, field: Field) -> Option<String> {
    found.get(field).and_then(id_of)
}

fn id_of(value: &Scalar<'_>) -> Option<String> {
    clean(&value.text()?)
}

fn unknown_value(event: &str, field: &str) -> String {
    format!("{}: a value of {field} that the map does not know", short(event))
}

/// A name that came from outside, short enough for a list.
pub(super) fn short(name: &str) -> String {
    clean(name).unwrap_or_default().chars().take(LONGEST_NAME).collect()
}

/// The names of an object's fields, as `(id,status)`; nothing of what they hold.
struct FieldNames;

impl<'de> Visitor<'de> for FieldNames {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_bool<E>(self, _: bool) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_i64<E>(self, _: i64) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_u64<E>(self, _: u64) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_f64<E>(self, _: f64) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_str<E>(self, _: &str) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<String, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok("[]".to_owned())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<String, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = object.next_key::<Cow<'de, str>>()? {
            object.next_value::<IgnoredAny>()?;
            // What is no word may be somebody's number rather than a field's name.
            let is_word = name.len() <= LONGEST_NAME
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
                && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            if names.len() < MOST_NAMES {
                names.push(if is_word { name.into_owned() } else { "?".to_owned() });
            }
        }
        names.sort_unstable();
        names.dedup();
        Ok(format!("({})", names.join(",")))
    }
}

#[cfg(test)]
mod tests;
