//! Who is in a call, counted by the legs of their phones.

use std::{collections::BTreeMap, sync::Arc};

use model::{Availability, Event, PersonFact, Time};

use crate::text::clean;

/// More people than this are in no company.
const PEOPLE: usize = 20_000;

/// What somebody does by one leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Ringing,
    Busy,
}

/// Everybody who was listed or heard of.
#[derive(Debug, Default)]
pub(in crate::firehose) struct People {
    all: BTreeMap<Arc<str>, Person>,
    /// What is said of who has no leg: nothing, until all channels are known.
    complete: bool,
    me: Option<Arc<str>>,
}

#[derive(Debug, Default)]
struct Person {
    name: Option<Arc<str>>,
    number: Option<Arc<str>>,
    /// By the list of users, in which it is on without an end.
    dnd: Option<Option<Option<Time>>>,
    listed: bool,
    ringing: u32,
    busy: u32,
    /// A leg of theirs was heard of, so that what they do is known.
    seen: bool,
    told: Option<Availability>,
}

/// A user as a list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::firehose) struct Listed {
    pub(in crate::firehose) id: String,
    pub(in crate::firehose) name: Option<String>,
    pub(in crate::firehose) number: Option<String>,
    pub(in crate::firehose) dnd: Option<Option<Option<Time>>>,
}

impl People {
    pub(in crate::firehose) fn set_me(&mut self, me: Option<Arc<str>>) {
        self.me = me;
    }

    fn is_me(&self, id: &str) -> bool {
        self.me.as_deref() == Some(id)
    }

    /// A leg of `owner` is another than it was.
    pub(super) fn shift(
        &mut self,
        owner: &Arc<str>,
        before: Option<Doing>,
        after: Option<Doing>,
        at: Time,
        out: &mut Vec<Event>,
    ) {
        self.heard(owner, (before, after), (None, None), at, out);
    }

    /// A leg of `owner` is another than it was, and may tell a name and a number of somebody of whom none is known.
    pub(super) fn heard(
        &mut self,
        owner: &Arc<str>,
        (before, after): (Option<Doing>, Option<Doing>),
        (name, number): (Option<&str>, Option<&str>),
        at: Time,
        out: &mut Vec<Event>,
    ) {
        if before == after && name.is_none() && number.is_none() {
            return;
        }
        let me = self.is_me(owner);
        let full = self.all.len() >= PEOPLE;
        let person = match self.all.get_mut(owner) {
            Some(person) => person,
            None if full || before == after => return,
            None => self.all.entry(Arc::clone(owner)).or_default(),
        };
        let learnt = person.learn(name, number);
        if before != after {
            person.seen = true;
        }
        for (doing, by) in [(before, -1), (after, 1)] {
            let count = match doing {
                None => continue,
                Some(Doing::Ringing) => &mut person.ringing,
                Some(Doing::Busy) => &mut person.busy,
            };
            *count = count.saturating_add_signed(by);
        }
        let availability = person.availability(self.complete);
        let changed = person.told != Some(availability);
        let first = person.told.is_none();
        if changed || learnt {
            person.told = Some(availability);
            out.push(Event::Person(PersonFact {
                name: person.name.clone().filter(|_| first || learnt),
                number: person.number.clone().filter(|_| first || learnt),
                me: Some(me),
                availability: Some(availability).filter(|_| changed),
                since: Some(at).filter(|_| changed),
                ..PersonFact::of(&**owner)
            }));
        }
    }

    pub(super) fn lacks(&self, owner: &str) -> bool {
        self.all.get(owner).is_none_or(|person| person.name.is_none() || person.number.is_none())
    }

    /// Takes the list of users: who is not in it and in no call is gone.
    pub(in crate::firehose) fn list(&mut self, users: Vec<Listed>) {
        for person in self.all.values_mut() {
            person.listed = false;
        }
        for user in users.into_iter().take(PEOPLE) {
            let person = self.all.entry(user.id.as_str().into()).or_default();
            person.listed = true;
            person.name = user.name.as_deref().and_then(clean).map(Into::into).or(person.name.take());
            person.number = user.number.as_deref().and_then(clean).map(Into::into).or(person.number.take());
            person.dnd = user.dnd;
        }
        self.all.retain(|_, person| person.listed || person.ringing + person.busy > 0);
    }

    /// Whether all legs there are were listed.
    pub(in crate::firehose) fn is_complete(&mut self, complete: bool) {
        self.complete |= complete;
    }

    /// Everybody there is.
    pub(in crate::firehose) fn tell_all(&mut self) -> Event {
        let me = self.me.clone();
        if let Some(me) = &me {
            self.all.entry(Arc::clone(me)).or_default();
        }
        let complete = self.complete;
        let facts = self.all.iter_mut().map(|(id, person)| {
            let availability = person.availability(complete);
            person.told = Some(availability);
            PersonFact {
                name: person.name.clone(),
                number: person.number.clone(),
                me: Some(me.as_ref() == Some(id)),
                availability: Some(availability),
                dnd: person.dnd,
                ..PersonFact::of(&**id)
            }
        });
        Event::People(facts.collect())
    }

    /// What the owner's document says of do-not-disturb.
    pub(in crate::firehose) fn set_dnd(&mut self, id: &Arc<str>, dnd: Option<Option<Time>>) -> Event {
        let me = self.is_me(id);
        let complete = self.complete;
        let person = self.all.entry(Arc::clone(id)).or_default();
        person.dnd = Some(dnd);
        let availability = person.availability(complete);
        person.told = Some(availability);
        Event::Person(PersonFact {
            me: Some(me),
            availability: Some(availability),
            dnd: Some(dnd),
            ..PersonFact::of(&**id)
        })
    }
}

impl Person {
    /// Takes a name and a number if there is none; whether there was none.
    fn learn(&mut self, name: Option<&str>, number: Option<&str>) -> bool {
        let name = name.filter(|name| self.name.is_none() && is_name(name)).and_then(clean);
        let number = number.filter(|_| self.number.is_none()).and_then(clean);
        let learnt = name.is_some() || number.is_some();
        self.name = self.name.take().or_else(|| name.map(Into::into));
        self.number = self.number.take().or_else(|| number.map(Into::into));
        learnt
    }

    fn availability(&self, complete: bool) -> Availability {
        if self.busy > 0 {
            Availability::Busy
        } else if self.ringing > 0 {
            Availability::Ringing
        } else if !self.seen && !complete {
            Availability::Unknown
        } else if matches!(self.dnd, Some(Some(_))) {
            Availability::Dnd
        } else {
            Availability::Available
        }
    }
}

/// Where nobody gave a name, the number stands in its place.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}
