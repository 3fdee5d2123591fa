use providers::{Key, Kind, SettingsFault};
use serde_json::{Map, Value};

use crate::alert::{rules::RULE, wishes::ALERTS};

/// A table of the settings beside the accounts, such as `[dnd]`.
pub struct Section {
    /// What the table is called.
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    /// What may be in it; nothing of it is required.
    pub keys: &'static [Key],
    /// Whether the values are good, each already of its key's kind.
    pub check: fn(&Map<String, Value>) -> Result<(), SettingsFault>,
}

/// All tables beside the accounts. Whoever uses one reads it from [`crate::Settings::section`].
pub static SECTIONS: &[Section] = &[
    ALERTS,
    crate::look::SECTION,
    crate::store::SECTION,
    crate::contacts::CONTACTS,
    crate::dnd::SECTION,
    crate::hotkeys::SECTION,
];

/// All tables that may be there several times, such as `[[rule]]`. Whoever uses one reads it from
/// [`crate::Settings::rows`]; one with a fault in it is left out whole.
pub static REPEATED: &[Section] = &[RULE];

/// What is wrong with a value, as the end of a sentence that begins with the key; `None` if nothing is.
pub(super) fn misfit(key: &Key, value: &Value) -> Option<String> {
    let fits = match key.kind {
        Kind::Text | Kind::Hidden | Kind::File => value.is_string(),
        Kind::Number => value.is_u64(),
        Kind::Switch => value.is_boolean(),
        Kind::List => value.as_array().is_some_and(|list| list.iter().all(Value::is_string)),
        Kind::Table => value.is_object(),
    };
    if !fits {
        return Some(format!("must be {}", kind(key.kind)));
    }
    let chosen = value.as_str().is_none_or(|text| key.choices.is_empty() || key.choices.contains(&text));
    (!chosen).then(|| format!("must be one of {}", key.choices.join(", ")))
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Hidden => "a text in quotes",
        Kind::File => "the path of a file, in quotes",
        Kind::Number => "a whole number, at least 0",
        Kind::Switch => "true or false",
        Kind::List => "a list of texts, such as [\"a\", \"b\"]",
        Kind::Table => "a table, such as { a = 1 }",
    }
}

#[cfg(test)]
mod tests {
    use model::Language;
    use providers::VENDORS;
    use words::Words;

    use super::{super::form, *};

    #[test]
    fn whatever_a_form_shows_can_be_said_in_another_language() {
        /// Said so everywhere.
        const SAME: [&str; 5] = ["Proxy", "Authorization", "E-mail", "Crossbar", "REST"];
        let sections = SECTIONS.iter().chain(REPEATED);
        let titles = sections.clone().map(|section| section.title);
        let ways = VENDORS.iter().flat_map(|vendor| vendor.secret);
        let keys = sections
            .flat_map(|section| section.keys)
            .chain(form::TOP)
            .chain(form::OF_ACCOUNTS)
            .chain(VENDORS.iter().flat_map(|vendor| vendor.keys))
            .chain(ways.clone().flat_map(|way| way.fields));
        let proofs = VENDORS.iter().map(|vendor| vendor.proof);
        let known = |text: &&str| {
            let vietnamese = Words::of(Language::Vi);
            vietnamese.phrase(text) != *text || SAME.contains(text)
        };
        let shown =
            titles.chain(ways.map(|way| way.title)).chain(keys.flat_map(|key| [key.title, key.about]));
        let lacking: Vec<&str> = shown.filter(|text| !known(text)).collect();
        assert_eq!(lacking, Vec::<&str>::new());
        let listening = |proof| format!("Listening since Sat 17:05: {proof}.");
        let unproven: Vec<String> = proofs.map(listening).filter(|text| !known(&text.as_str())).collect();
        assert_eq!(unproven, Vec::<String>::new());
    }
}
