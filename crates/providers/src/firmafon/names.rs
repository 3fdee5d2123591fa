//! Names of callers, asked for once per number.

use std::collections::{BTreeMap, VecDeque};

use model::PhoneNumber;

const KNOWN: usize = 500;

/// What is known of the names behind numbers; the oldest are forgotten.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: BTreeMap<PhoneNumber, Name>,
    order: VecDeque<PhoneNumber>,
}

#[derive(Debug)]
enum Name {
    /// The calls that wait for it.
    Asked(Vec<String>),
    /// `None`: there is no contact with this number.
    Known(Option<String>),
}

/// What [`Names::of`] knows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lookup<'a> {
    Known(Option<&'a str>),
    /// Ask for it; the call is told when it is known.
    Ask,
    /// It has been asked for; the call is told when it is known.
    Wait,
}

impl Names {
    /// The name behind `number`, which the call `uuid` wants to know.
    pub(super) fn of(&mut self, number: &PhoneNumber, uuid: &str) -> Lookup<'_> {
        if !self.known.contains_key(number) {
            self.insert(number, Name::Asked(vec![uuid.to_owned()]));
            return Lookup::Ask;
        }
        match self.known.get_mut(number) {
            Some(Name::Known(name)) => Lookup::Known(name.as_deref()),
            Some(Name::Asked(calls)) => {
                if !calls.iter().any(|call| call == uuid) {
                    calls.push(uuid.to_owned());
                }
                Lookup::Wait
            }
            None => Lookup::Wait,
        }
    }

    /// The name behind `number` has become known; gives the calls that waited for it.
    pub(super) fn learn(&mut self, number: &PhoneNumber, name: Option<String>) -> Vec<String> {
        match self.known.insert(number.clone(), Name::Known(name)) {
            Some(Name::Asked(calls)) => calls,
            Some(Name::Known(_)) => Vec::new(),
            None => {
                self.remember(number);
                Vec::new()
            }
        }
    }

    /// There was no answer; the next call may ask again.
    pub(super) fn forget(&mut self, number: &PhoneNumber) {
        self.known.remove(number);
        self.order.retain(|known| known != number);
    }

    fn insert(&mut self, number: &PhoneNumber, name: Name) {
        self.known.insert(number.clone(), name);
        self.remember(number);
    }

    fn remember(&mut self, number: &PhoneNumber) {
        self.order.push_back(number.clone());
        if self.order.len() > KNOWN
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_asked_for_once_and_all_its_calls_are_told() {
        let number = PhoneNumber::international("4511223344").unwrap();
        let mut names = Names::default();
        assert_eq!(names.of(&number, "u1"), Lookup::Ask);
        assert_eq!(names.of(&number, "u2"), Lookup::Wait);
        assert_eq!(names.learn(&number, Some("Kim".to_owned())), ["u1", "u2"]);
        assert_eq!(names.of(&number, "u3"), Lookup::Known(Some("Kim")));
    }

    #[test]
    fn only_so_many_names_are_kept() {
        let mut names = Names::default();
        for n in 0..2 * KNOWN {
            names.learn(&PhoneNumber::international(&format!("45{:08}", n)).unwrap(), None);
        }
        assert_eq!((names.known.len(), names.order.len()), (KNOWN, KNOWN));
    }
}
