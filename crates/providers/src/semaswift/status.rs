//! The vendor's words for what an agent does, and what they mean.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use model::Availability;

/// More words than this are worked out each time.
const MOST_WORDS: usize = 64;

/// A status that agents of this organisation can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
    /// `offline`, `online`, `available` or `paused`.
    pub(super) queue_behavior: Option<String>,
}

/// What is known of this organisation's statuses.
#[derive(Debug, Default)]
pub(super) struct Statuses {
    /// In the vendor's order; empty if it does not list them.
    choices: Vec<Choice>,
    /// The account's own words for do-not-disturb and its end.
    pub(super) dnd: Option<String>,
    pub(super) available: Option<String>,
    /// What words come to that were met.
    met: BTreeMap<Box<str>, Meant>,
}

/// What a word for a status comes to.
#[derive(Debug, Clone)]
pub(super) struct Meant {
    /// What people call it.
    pub(super) name: Arc<str>,
    pub(super) seen: Availability,
}

impl Statuses {
    /// What the organisation lists, in the vendor's order.
    pub(super) fn list(&mut self, choices: Vec<Choice>) {
        self.choices = choices;
        self.met.clear();
    }

    /// Works out once what a word comes to that comes with every event.
    pub(super) fn meet(&mut self, word: &str) {
        if self.met.len() < MOST_WORDS && !self.met.contains_key(word) {
            let meant = self.work_out(word);
            self.met.insert(word.into(), meant);
        }
    }

    /// What a word, an id or a name, comes to.
    pub(super) fn meant(&self, word: &str) -> Meant {
        self.met.get(word).cloned().unwrap_or_else(|| self.work_out(word))
    }

    fn work_out(&self, word: &str) -> Meant {
        let name = self.find(word).map_or(word, |choice| &choice.name).into();
        Meant { name, seen: self.meaning(word) }
    }

    fn find(&self, word: &str) -> Option<&Choice> {
        let word = plain(word);
        self.choices.iter().find(|choice| plain(&choice.id) == word || plain(&choice.name) == word)
    }

    pub(super) fn meaning(&self, word: &str) -> Availability {
        let choice = self.find(word);
        let name = plain(choice.map_or(word, |choice| &choice.name));
        if self.dnd.as_deref().is_some_and(|dnd| self.is_same(dnd, word)) {
            return Availability::Dnd;
        }
        match known(&name) {
            Availability::Unknown => match choice.and_then(|choice| choice.queue_behavior.as_deref()) {
                Some("offline") => Availability::Offline,
                Some("paused") => Availability::Away,
                Some("available" | "online") => Availability::Available,
                Some(_) | None => Availability::Unknown,
            },
            known @ (Availability::Available
            | Availability::Ringing
            | Availability::Busy
            | Availability::Dnd
            | Availability::Away
            | Availability::Offline) => known,
        }
    }

    /// Whether two words, ids or names, are the same status.
    pub(super) fn is_same(&self, one: &str, other: &str) -> bool {
        self.plain_id(one) == self.plain_id(other)
    }

    fn plain_id<'w>(&'w self, word: &'w str) -> Cow<'w, str> {
        plain(self.find(word).map_or(word, |choice| &choice.id))
    }

    /// As it is set.
    pub(super) fn id(&self, word: &str) -> String {
        self.find(word).map_or_else(|| word.to_owned(), |choice| choice.id.clone())
    }

    /// The id of the status for do-not-disturb: the account's own, else the likeliest of the list.
    pub(super) fn dnd_id(&self) -> Option<String> {
        if let Some(word) = &self.dnd {
            return Some(self.id(word));
        }
        let named = |choice: &&Choice| known(&plain(&choice.name)) == Availability::Dnd;
        let paused = |choice: &&Choice| choice.queue_behavior.as_deref() == Some("paused");
        let choice = self.choices.iter().find(named).or_else(|| self.choices.iter().find(paused))?;
        Some(choice.id.clone())
    }

    /// The id of the status for being available again; the vendor's examples call it `available`.
    pub(super) fn available_id(&self) -> String {
        let word = self.available.as_deref().unwrap_or("available");
        let takes_calls = |choice: &&Choice| choice.queue_behavior.as_deref() == Some("available");
        let choice = self
            .find(word)
            .or_else(|| self.choices.iter().find(takes_calls).filter(|_| self.available.is_none()));
        choice.map_or_else(|| word.to_owned(), |choice| choice.id.clone())
    }
}

fn known(name: &str) -> Availability {
    match name {
        "available" | "online" | "ready" | "idle" => Availability::Available,
        "on_call" | "in_call" | "busy" | "talking" => Availability::Busy,
        "ringing" => Availability::Ringing,
        "offline" | "logged_out" => Availability::Offline,
        _ if name.contains("disturb") || name == "dnd" => Availability::Dnd,
        _ if ["away", "lunch", "break", "meeting", "training"].iter().any(|word| name.contains(word)) => {
            Availability::Away
        }
        _ => Availability::Unknown,
    }
}

/// As it is compared: `Lunch break` is `lunch_break`.
fn plain(word: &str) -> Cow<'_, str> {
    let word = word.trim();
    // Ids, which come with every event, are so already.
    if word.bytes().all(|byte| !byte.is_ascii_uppercase() && !matches!(byte, b' ' | b'-')) {
        return word.into();
    }
    word.chars().map(|c| if c == ' ' || c == '-' { '_' } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statuses() -> Statuses {
        let choice = |id: &str, name: &str, behavior: &str| Choice {
            id: id.into(),
            name: name.into(),
            queue_behavior: Some(behavior.into()),
        };
        Statuses {
            choices: vec![
                choice("s1", "Here", "available"),
                choice("s2", "Lunch break", "paused"),
                choice("s3", "Deep work", "paused"),
                choice("s4", "Gone", "offline"),
            ],
            ..Statuses::default()
        }
    }

    #[test]
    fn a_status_means_what_its_name_or_else_its_behaviour_says() {
        let statuses = statuses();
        let means = |word| statuses.meaning(word);
        assert_eq!(means("s1"), Availability::Available);
        assert_eq!(means("LUNCH_BREAK"), Availability::Away);
        assert_eq!(means("Deep work"), Availability::Away);
        assert_eq!(means("s4"), Availability::Offline);
        assert_eq!(means("on_call"), Availability::Busy);
        assert_eq!(means("Do not disturb"), Availability::Dnd);
        assert_eq!(means("odd"), Availability::Unknown);
        assert_eq!(&*statuses.meant("s2").name, "Lunch break");
        assert_eq!(&*statuses.meant("odd").name, "odd");
    }

    #[test]
    fn what_a_word_came_to_is_forgotten_with_the_list_that_said_so() {
        let mut statuses = statuses();
        statuses.meet("s2");
        assert_eq!(
            (&*statuses.meant("s2").name, statuses.meant("s2").seen),
            ("Lunch break", Availability::Away)
        );
        statuses.list(vec![Choice { id: "s2".into(), name: "Busy".into(), queue_behavior: None }]);
        assert_eq!((&*statuses.meant("s2").name, statuses.meant("s2").seen), ("Busy", Availability::Busy));
    }

    #[test]
    fn the_account_says_which_status_is_do_not_disturb_or_the_list_is_searched() {
        let mut statuses = statuses();
        assert_eq!((statuses.dnd_id().as_deref(), &*statuses.available_id()), (Some("s2"), "s1"));
        statuses.dnd = Some("deep-work".into());
        assert_eq!(statuses.dnd_id().as_deref(), Some("s3"));
        assert_eq!(statuses.meaning("s3"), Availability::Dnd);
        assert!(statuses.is_same("s3", "Deep Work") && !statuses.is_same("s3", "s2"));
        let unlisted = Statuses::default();
        assert_eq!((unlisted.dnd_id(), &*unlisted.available_id()), (None, "available"));
    }
}
