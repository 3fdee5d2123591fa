//! Where people work: the groups that they answer for, whose names are asked for when the first of them is met.

use std::{collections::BTreeMap, sync::Arc};

use super::rest::Group;

/// A company has fewer; further ones stay without a name.
const MOST: usize = 10_000;

/// What groups are called, and who waits to be told.
#[derive(Debug, Default)]
pub(super) struct Departments {
    /// By id; `None`: it was asked for and there is no such name.
    names: BTreeMap<String, Option<String>>,
    /// People and their groups' ids, while a name is still to come.
    waiting: BTreeMap<String, Vec<String>>,
}

impl Departments {
    /// Their names may have changed.
    pub(super) fn ask_again(&mut self) {
        self.names.clear();
    }

    /// People are listed anew.
    pub(super) fn forget_people(&mut self) {
        self.waiting.clear();
    }

    /// The department of somebody listed, as colleagues' departments are told: several with commas between, empty for
    /// none. `None`: the list does not say, or it is told when the groups have come.
    pub(super) fn of(&mut self, person: &str, groups: Option<Vec<String>>) -> Option<Arc<str>> {
        let groups = groups?;
        if groups.iter().all(|group| self.names.contains_key(group)) {
            self.called(&groups).map(Arc::from)
        } else {
            self.waiting.insert(person.to_owned(), groups);
            None
        }
    }

    /// Whether the groups are to be asked for.
    pub(super) fn are_wanted(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The groups came, or none of them did; gives the departments of those who waited.
    pub(super) fn learn(&mut self, groups: Vec<Group>) -> Vec<(String, Arc<str>)> {
        for Group { id, name } in groups.into_iter().take(MOST) {
            // Several departments are told with commas between.
            self.names.insert(id, Some(name.replace(',', ";")));
        }
        let waiting = std::mem::take(&mut self.waiting);
        let mut shared: BTreeMap<String, Arc<str>> = BTreeMap::new();
        let mut told = Vec::with_capacity(waiting.len());
        for (person, groups) in waiting {
            for group in &groups {
                if !self.names.contains_key(group) {
                    self.names.insert(group.clone(), None);
                }
            }
            let Some(name) = self.called(&groups) else { continue };
            let name = shared.entry(name).or_insert_with_key(|name| Arc::from(name.as_str()));
            told.push((person, Arc::clone(name)));
        }
        told
    }

    /// `None` if not one name of them is known.
    fn called(&self, groups: &[String]) -> Option<String> {
        let known: Vec<&str> = groups.iter().filter_map(|group| self.names.get(group)?.as_deref()).collect();
        (groups.is_empty() || !known.is_empty()).then(|| known.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, name: &str) -> Group {
        Group { id: id.to_owned(), name: name.to_owned() }
    }

    fn ids(ids: &[&str]) -> Option<Vec<String>> {
        Some(ids.iter().map(|&id| id.to_owned()).collect())
    }

    #[test]
    fn names_are_wanted_once_and_again_for_a_group_that_is_not_known() {
        let mut departments = Departments::default();
        assert_eq!(departments.of("Employee#1", None), None);
        assert!(!departments.are_wanted(), "nobody is said to be in a group");
        assert_eq!(departments.of("Employee#3", ids(&["1", "9"])), None);
        assert!(departments.are_wanted());
        let told = departments.learn(vec![group("1", "Salg, Aarhus")]);
        assert_eq!(told, [("Employee#3".to_owned(), Arc::from("Salg; Aarhus"))]);
        assert_eq!(departments.of("Employee#3", ids(&["1", "9"])).as_deref(), Some("Salg; Aarhus"));
        assert!(!departments.are_wanted(), "group 9 is not there to be asked for");
        departments.of("Employee#1", ids(&["2"]));
        assert!(departments.are_wanted());
    }

    #[test]
    fn who_leaves_the_last_group_has_no_department_and_an_answer_that_fails_takes_none() {
        let mut departments = Departments::default();
        departments.of("Employee#1", ids(&["1", "2"]));
        let told = departments.learn(vec![group("1", "Salg"), group("2", "Support")]);
        assert_eq!(told, [("Employee#1".to_owned(), Arc::from("Salg, Support"))]);
        departments.ask_again();
        departments.of("Employee#1", ids(&["1", "2"]));
        assert_eq!(departments.learn(Vec::new()), []);
        assert_eq!(departments.of("Employee#1", ids(&[])).as_deref(), Some(""));
    }
}
