//! Whether what came is what is written.

use std::collections::BTreeMap;

use serde_json::Value;

/// What the names stand for.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<String, Value>);

impl Names {
    /// `text` with every `"$name"` replaced.
    pub(crate) fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("\"{name}\""), &value.to_string())
        })
    }

    /// Whether `got` is JSON as `wanted` says, or the same text if `wanted` is not JSON.
    pub(crate) fn same_json(&mut self, wanted: &str, got: &str) -> bool {
        match (serde_json::from_str(wanted), serde_json::from_str(got)) {
            (Ok(wanted), Ok(got)) => self.same_value(&wanted, &got),
            (Err(_), _) => same_text(wanted, got),
            (Ok(_), Err(_)) => false,
        }
    }

    fn same_value(&mut self, wanted: &Value, got: &Value) -> bool {
        match (wanted, got) {
            (Value::String(text), _) if text == "*" => true,
            (Value::String(name), _) if name.starts_with('$') => {
                self.0.entry(name.clone()).or_insert_with(|| got.clone()) == got
            }
            (Value::Array(wanted), Value::Array(got)) => {
                wanted.len() == got.len()
                    && wanted.iter().zip(got).all(|(wanted, got)| self.same_value(wanted, got))
            }
            (Value::Object(wanted), Value::Object(got)) => {
                let further = wanted.contains_key("...");
                got.keys().all(|key| further || wanted.contains_key(key))
                    && wanted
                        .iter()
                        .filter(|(key, _)| *key != "...")
                        .all(|(key, wanted)| got.get(key).is_some_and(|got| self.same_value(wanted, got)))
            }
            _ => wanted == got,
        }
    }
}

/// Whether `got` is `wanted`, where `*` in `wanted` stands for any characters.
pub(crate) fn same_text(wanted: &str, got: &str) -> bool {
    let Some((before, after)) = wanted.split_once('*') else {
        return wanted == got;
    };
    let Some(rest) = got.strip_prefix(before) else {
        return false;
    };
    rest.char_indices()
        .map(|(at, _)| at)
        .chain([rest.len()])
        .any(|at| rest.get(at..).is_some_and(|rest| same_text(after, rest)))
}

#[cfg(test)]
mod tests {
    use super::{Names, same_text};

    #[test]
    fn a_name_stands_for_one_value() {
        let mut names = Names::default();
        assert!(names.same_json(r#"[{"id":"$a","x":"*"}]"#, r#"[{"id":"7","x":[1]}]"#));
        assert!(!names.same_json(r#"{"id":"$a"}"#, r#"{"id":"8"}"#));
        assert!(names.same_json(r#"{"id":"$a","...":"*"}"#, r#"{"id":"7","more":1}"#));
        assert!(!names.same_json(r#"{"id":"$a"}"#, r#"{"id":"7","more":1}"#));
        assert_eq!(names.fill(r#"{"id":"$a"}"#), r#"{"id":"7"}"#);
    }

    #[test]
    fn a_star_stands_for_any_characters() {
        assert!(same_text("a*c", "abbc") && same_text("*", "") && same_text("x", "x"));
        assert!(!same_text("a*c", "abb") && !same_text("x", "xy"));
    }
}
