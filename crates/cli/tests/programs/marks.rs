//! What must not be found: tokens and passwords, names and numbers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::desk::Desk;

/// Shorter ones are in any text.
const SHORTEST: usize = 6;

pub(crate) struct Marks {
    pub(crate) tokens: BTreeSet<String>,
    pub(crate) personal: BTreeSet<String>,
}

impl Marks {
    /// The secrets of the accounts and what was made of them, and everybody in the view.
    pub(crate) fn of(desk: &Desk, view: &Value) -> Self {
        let mut tokens = BTreeSet::new();
        for (account, secret) in desk.secrets() {
            let fields = secret.as_object().unwrap().iter();
            let private = fields.filter(|(name, _)| !["username", "email"].contains(&name.as_str()));
            let values: Vec<&str> = private.filter_map(|(_, value)| value.as_str()).collect();
            assert!(values.iter().any(|value| value.len() >= SHORTEST), "{account} has nothing to hide");
            tokens.extend(values.into_iter().map(str::to_owned));
        }
        tokens.extend(crate::trace::bearers(&desk.trace()));
        tokens.retain(|token| token.len() >= SHORTEST);
        let mut personal = BTreeSet::new();
        for person in view["people"].as_array().unwrap() {
            personal
                .extend(["name", "number"].iter().filter_map(|key| person[key].as_str()).map(str::to_owned));
        }
        for list in ["calls", "recent"] {
            for call in view[list].as_array().unwrap() {
                let peer = &call["peer"];
                personal.extend(
                    ["name", "number", "raw"].iter().filter_map(|key| peer[key].as_str()).map(str::to_owned),
                );
            }
        }
        let bare: Vec<String> =
            personal.iter().filter_map(|mark| mark.strip_prefix('+')).map(str::to_owned).collect();
        personal.extend(bare);
        personal.retain(|mark| mark.chars().count() >= SHORTEST);
        Self { tokens, personal }
    }

    pub(crate) fn no_token(&self, what: &str, text: &str) {
        if let Some(token) = self.tokens.iter().find(|token| text.contains(token.as_str())) {
            panic!("a token is in {what}: …{}", around(text, token));
        }
    }

    pub(crate) fn nobody(&self, what: &str, text: &str) {
        if let Some(mark) = self.personal.iter().find(|mark| text.contains(mark.as_str())) {
            panic!("{mark} is in {what}: …{}", around(text, mark));
        }
    }
}

fn around(text: &str, mark: &str) -> String {
    text.lines().find(|line| line.contains(mark)).unwrap_or_default().chars().take(400).collect()
}
