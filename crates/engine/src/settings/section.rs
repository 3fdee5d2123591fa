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
