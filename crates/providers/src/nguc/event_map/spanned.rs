//! TOML with the line of everything, however it is written.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike};

use super::MapFault;

/// A value and its line.
#[derive(Debug)]
pub(super) struct Spanned {
    pub(super) line: usize,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Truth(bool),
    List(Vec<Spanned>),
    Table(Table),
    /// A date, a fraction.
    Other,
}

impl Value {
    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Whole(_) | Self::Truth(_) | Self::List(_) | Self::Table(_) | Self::Other => None,
        }
    }

    pub(super) fn into_table(self) -> Option<Table> {
        match self {
            Self::Table(table) => Some(table),
            Self::Text(_) | Self::Whole(_) | Self::Truth(_) | Self::List(_) | Self::Other => None,
        }
    }

    /// The list, or what is none.
    pub(super) fn into_list(self) -> Result<Vec<Spanned>, Self> {
        match self {
            Self::List(list) => Ok(list),
            one @ (Self::Text(_) | Self::Whole(_) | Self::Truth(_) | Self::Table(_) | Self::Other) => {
                Err(one)
            }
        }
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Truth(truth) => Some(*truth),
            Self::Text(_) | Self::Whole(_) | Self::List(_) | Self::Table(_) | Self::Other => None,
        }
    }
}

/// In the order of the file.
pub(super) type Table = Vec<(String, Spanned)>;

/// Reads a file.
///
/// # Errors
/// If it is not TOML.
pub(super) fn parse(text: &str) -> Result<Table, MapFault> {
    let lines = Lines(text);
    match Document::parse(text) {
        Ok(document) => Ok(lines.table(document.as_table())),
        Err(error) => {
            let what = error.message().lines().next().unwrap_or("it cannot be read").to_owned();
            let text = format!("this is not TOML: {what}; mend the line.");
            Err(MapFault { line: lines.of(error.span()), path: String::new(), text })
        }
    }
}

struct Lines<'a>(&'a str);

impl Lines<'_> {
    fn of(&self, span: Option<Range<usize>>) -> usize {
        let before = span.and_then(|span| self.0.get(..span.start)).unwrap_or("");
        before.matches('\n').count() + 1
    }

    fn table(&self, table: &dyn TableLike) -> Table {
        let entries = table.iter().map(|(key, item)| {
            let span = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
            (key.to_owned(), Spanned { line: self.of(span), value: self.item(item) })
        });
        entries.collect()
    }

    fn item(&self, item: &Item) -> Value {
        if let Some(tables) = item.as_array_of_tables() {
            let tables = tables
                .iter()
                .map(|table| Spanned { line: self.of(table.span()), value: Value::Table(self.table(table)) });
            Value::List(tables.collect())
        } else if let Some(table) = item.as_table_like() {
            Value::Table(self.table(table))
        } else {
            item.as_value().map_or(Value::Other, |value| self.value(value))
        }
    }

    fn value(&self, value: &toml_edit::Value) -> Value {
        match value {
            toml_edit::Value::String(text) => Value::Text(text.value().clone()),
            toml_edit::Value::Integer(number) => Value::Whole(*number.value()),
            toml_edit::Value::Boolean(truth) => Value::Truth(*truth.value()),
            toml_edit::Value::Float(_) | toml_edit::Value::Datetime(_) => Value::Other,
            toml_edit::Value::Array(list) => Value::List(
                list.iter()
                    .map(|value| Spanned { line: self.of(value.span()), value: self.value(value) })
                    .collect(),
            ),
            toml_edit::Value::InlineTable(table) => Value::Table(self.table(table)),
        }
    }
}
