//! What crosses the control socket to a face that follows: the view once, then what changed.

use std::{collections::BTreeMap, sync::Arc};

use model::{Person, PersonId, View};
use serde::{Deserialize, Serialize};

use crate::Window;

/// One message to a face.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Update {
    /// Everything; the first message, and again after the face fell behind.
    View {
        /// What there is.
        view: Arc<View>,
    },
    /// What changed since.
    Patch(Patch),
    /// Show this window.
    Open {
        /// Which one.
        window: Window,
    },
    /// The connection to the resident program is gone; what was shown is old.
    Detached,
}

/// The difference between two views.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Patch {
    /// People who are new or different.
    pub people: Vec<Arc<Person>>,
    /// People who left.
    pub gone: Vec<PersonId>,
    /// Everything but the people, whose list is empty here; `None` if it is as before.
    pub rest: Option<Box<View>>,
}

impl Patch {
    /// What turns `old` into `new`; `None` if nothing does.
    pub fn between(old: &View, new: &View) -> Option<Self> {
        let mut before: BTreeMap<&PersonId, &Arc<Person>> =
            old.people.iter().map(|person| (&person.id, person)).collect();
        let people: Vec<_> = new
            .people
            .iter()
            .filter(|person| {
                !before.remove(&person.id).is_some_and(|old| Arc::ptr_eq(old, person) || old == *person)
            })
            .cloned()
            .collect();
        let gone: Vec<_> = before.into_keys().cloned().collect();
        let rest = without_people(new);
        let rest = (rest != without_people(old)).then(|| Box::new(rest));
        (!people.is_empty() || !gone.is_empty() || rest.is_some()).then_some(Self { people, gone, rest })
    }

    /// Turns `view` into what the sender has.
    pub fn apply(self, view: &mut View) {
        let mut people: BTreeMap<PersonId, Arc<Person>> =
            std::mem::take(&mut view.people).into_iter().map(|person| (person.id.clone(), person)).collect();
        for id in &self.gone {
            people.remove(id);
        }
        people.extend(self.people.into_iter().map(|person| (person.id.clone(), person)));
        if let Some(rest) = self.rest {
            *view = *rest;
        }
        view.people = people.into_values().collect();
    }
}

fn without_people(view: &View) -> View {
    View {
        people: Vec::new(),
        accounts: view.accounts.clone(),
        calls: view.calls.clone(),
        recent: view.recent.clone(),
        missed: view.missed,
        alerts: view.alerts.clone(),
        notes: view.notes.clone(),
        discretion: view.discretion,
        quiet_callers: view.quiet_callers.clone(),
        dnd: view.dnd.clone(),
        address_books: view.address_books.clone(),
        problems: view.problems.clone(),
        hindered: view.hindered,
        checked: view.checked.clone(),
        favourites: view.favourites.clone(),
        awaited: view.awaited.clone(),
        look: view.look,
    }
}
