//! The rows of an answer of the REST API, as the event map says where they are.

use std::{borrow::Cow, collections::BTreeMap};

use protocols::sockjs::Reader as _;
use serde_json::value::RawValue;

use super::events::{Heard, Reading};

/// More rows than this are not read.
const MOST: usize = 20_000;

/// The rows, read.
#[derive(Debug, PartialEq)]
pub(super) struct Rows {
    pub(super) heard: Vec<Heard>,
    /// Whether these are all that there are, as far as the answer says.
    pub(super) are_all: bool,
}

/// Reads the first list that is found at one of the paths, each row as an event of that name; an empty path is the
/// answer itself. `None` if there is none.
pub(super) fn rows(body: &str, lists: &[String], event: &str, reading: &Reading<'_>) -> Option<Rows> {
    let list = lists.iter().find_map(|path| list(body, path))?;
    let are_all = list.len() <= MOST && count(body).is_none_or(|count| count <= list.len());
    let heard = list.into_iter().take(MOST).map(|row| {
        let mut from = serde_json::Deserializer::from_str(row.get());
        reading.read(event, &mut from).unwrap_or_else(|_| Heard::Skipped(format!("row of {event}")))
    });
    Some(Rows { heard: heard.collect(), are_all })
}

/// The text at one of the paths in a JSON answer.
pub(super) fn text(body: &str, paths: &[String]) -> Option<String> {
    paths.iter().find_map(|path| {
        let raw = at(body, path)?;
        match serde_json::from_str(raw).ok()? {
            serde_json::Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Array(_)
            | serde_json::Value::Object(_) => None,
        }
    })
}

fn list<'a>(body: &'a str, path: &str) -> Option<Vec<&'a RawValue>> {
    serde_json::from_str(at(body, path)?).ok()
}

fn at<'a>(body: &'a str, path: &str) -> Option<&'a str> {
    path.split('.').filter(|key| !key.is_empty()).try_fold(body, |here, key| {
        let fields: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(here).ok()?;
        fields.get(key).map(|raw| raw.get())
    })
}

/// What lists that come in parts say of their whole length.
fn count(body: &str) -> Option<usize> {
    text(body, &["count".to_owned()])?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nguc::{event_map::EventMap, zone::Zone};

    fn read(body: &str) -> Option<(usize, bool)> {
        let map = EventMap::standard().unwrap();
        let reading = Reading { map: &map, zone: &Zone::parse("Europe/Stockholm").unwrap() };
        let lists = ["data.users".to_owned(), "users".to_owned(), String::new()];
        rows(body, &lists, "User", &reading).map(|rows| (rows.heard.len(), rows.are_all))
    }

    #[test]
    fn rows_are_found_wherever_the_map_says() {
        assert_eq!(read(r#"{"data":{"users":[{"id":1}]}}"#), Some((1, true)));
        assert_eq!(read(r#"{"count":"2","users":[{"id":1},{}]}"#), Some((2, true)));
        assert_eq!(read(r#"[{"id":1},7,null]"#), Some((3, true)));
        for none in ["", "{}", "7", r#"{"users":{}}"#, "<html>"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn a_list_that_comes_in_parts_is_not_all_there_is() {
        assert_eq!(read(r#"{"count":"157","limit":"20","users":[{"id":1}]}"#), Some((1, false)));
    }
}
