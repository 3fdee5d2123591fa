//! Who is who, and what their phones add to what they do.

use std::collections::BTreeMap;

use model::{Availability, PersonFact};

use super::events::{Device, Person};

/// More people than this are not kept; those beyond are shown as the server says, without their phones.
const MOST: usize = 20_000;
/// People with phones that ring or are in use, and phones of each.
const MOST_ACTIVE: (usize, usize) = (5_000, 20);

/// What is known of people beside what is told of them.
#[derive(Debug, Default)]
pub(super) struct People {
    me: Option<String>,
    /// What the account signs in with.
    login: Option<String>,
    /// What each does by their own account, for when their phones are quiet again.
    own: BTreeMap<String, Own>,
    /// Phones that ring or are in use, by their owner.
    active: BTreeMap<String, BTreeMap<String, Availability>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Own {
    availability: Availability,
    /// Whether it was told in words of their own, which the next one takes back.
    has_words: bool,
}

impl People {
    pub(super) fn new(me: Option<String>, login: Option<String>) -> Self {
        Self { me, login, ..Self::default() }
    }

    pub(super) fn me(&self) -> Option<&str> {
        self.me.as_deref()
    }

    /// The account's owner is this person, unless that is known.
    pub(super) fn is_me(&mut self, id: &str) {
        self.me.get_or_insert_with(|| id.to_owned());
    }

    /// Looks whether this is the account's owner.
    pub(super) fn learn_login(&mut self, person: &Person) {
        if self.me.is_none()
            && let (Some(theirs), Some(mine)) = (&person.login, &self.login)
            && theirs.to_lowercase() == mine.to_lowercase()
        {
            self.is_me(&person.fact.id);
        }
    }

    /// What is to be told of a person of whom this was heard.
    pub(super) fn heard(&mut self, person: Person) -> PersonFact {
        self.learn_login(&person);
        let Person { mut fact, .. } = person;
        if let Some(availability) = fact.availability {
            let own = Own { availability, has_words: fact.status.is_some() };
            if let Some(known) = self.own.get_mut(&fact.id) {
                if known.has_words && !own.has_words {
                    fact.status = Some("".into());
                }
                *known = own;
            } else if self.own.len() < MOST {
                self.own.insert(fact.id.clone(), own);
            }
            fact.availability = Some(self.shown(&fact.id));
        }
        fact.me = self.me.as_ref().map(|me| *me == fact.id);
        fact
    }

    /// What is to be told of a phone's owner.
    pub(super) fn device(&mut self, device: Device) -> Option<PersonFact> {
        let before = self.shown(&device.person);
        match device.availability {
            Some(availability @ (Availability::Ringing | Availability::Busy)) => {
                if self.active.len() < MOST_ACTIVE.0 || self.active.contains_key(&device.person) {
                    let phones = self.active.entry(device.person.clone()).or_default();
                    if phones.len() < MOST_ACTIVE.1 || phones.contains_key(&device.id) {
                        phones.insert(device.id, availability);
                    }
                }
            }
            Some(
                Availability::Available
                | Availability::Dnd
                | Availability::Away
                | Availability::Offline
                | Availability::Unknown,
            ) => {
                if let Some(phones) = self.active.get_mut(&device.person) {
                    phones.remove(&device.id);
                    if phones.is_empty() {
                        self.active.remove(&device.person);
                    }
                }
            }
            None => return None,
        }
        let shown = self.shown(&device.person);
        // What an earlier session told of them may no longer be so.
        let is_first = !self.own.contains_key(&device.person);
        if is_first && self.own.len() < MOST {
            self.own.insert(device.person.clone(), Own::default());
        }
        (is_first || shown != before)
            .then(|| PersonFact { availability: Some(shown), ..PersonFact::of(device.person) })
    }

    /// What a person does, their phones included.
    fn shown(&self, id: &str) -> Availability {
        let own = self.own.get(id).copied().unwrap_or_default().availability;
        // In use outweighs ringing, as one cannot take the second call.
        match self.active.get(id).and_then(|phones| phones.values().copied().max()) {
            Some(seen) if !matches!(own, Availability::Ringing | Availability::Busy) => seen,
            Some(_) | None => own,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, availability: Availability) -> Person {
        let fact = PersonFact { availability: Some(availability), ..PersonFact::of(id) };
        Person { fact, login: Some(format!("{id}@example.com")), odd: None }
    }

    fn device(id: &str, availability: Availability) -> Device {
        Device { id: id.into(), person: "7".into(), availability: Some(availability), odd: None }
    }

    #[test]
    fn a_phone_in_use_is_shown_until_it_is_quiet_again() {
        let mut people = People::default();
        let shown = |fact: Option<PersonFact>| fact.and_then(|fact| fact.availability);
        people.heard(person("7", Availability::Away));
        assert_eq!(shown(people.device(device("a", Availability::Ringing))), Some(Availability::Ringing));
        assert_eq!(shown(people.device(device("b", Availability::Ringing))), None);
        assert_eq!(shown(people.device(device("a", Availability::Busy))), Some(Availability::Busy));
        assert_eq!(people.heard(person("7", Availability::Dnd)).availability, Some(Availability::Busy));
        assert_eq!(shown(people.device(device("b", Availability::Available))), None);
        assert_eq!(shown(people.device(device("a", Availability::Offline))), Some(Availability::Dnd));
    }

    #[test]
    fn the_first_word_of_somebodys_phone_is_told_though_it_changes_nothing() {
        let mut people = People::default();
        let mut shown = |availability| people.device(device("a", availability)).map(|fact| fact.availability);
        assert_eq!(shown(Availability::Offline), Some(Some(Availability::Unknown)));
        assert_eq!(shown(Availability::Available), None);
        assert_eq!(shown(Availability::Busy), Some(Some(Availability::Busy)));
    }

    #[test]
    fn one_is_known_by_what_one_signs_in_with() {
        let mut people = People::new(None, Some("7@Example.com".into()));
        assert_eq!(people.heard(person("8", Availability::Busy)).me, None);
        assert_eq!(people.heard(person("7", Availability::Busy)).me, Some(true));
        assert_eq!(people.heard(person("8", Availability::Busy)).me, Some(false));
        people.is_me("8");
        assert_eq!(people.me(), Some("7"));
    }
}
