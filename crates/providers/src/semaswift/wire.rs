//! JSON read leniently: numbers stand for texts, and what is not there or of another shape is nothing.

use std::{borrow::Cow, fmt};

use model::Time;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::text::clean;

/// A text that says something, or a number or truth value as text; anything else is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Word<'a>(Option<Cow<'a, str>>);

impl<'a> Word<'a> {
    pub(super) fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// As it may be shown and used as an id.
    pub(super) fn clean(&self) -> Option<String> {
        clean(self.text()?)
    }

    pub(super) fn time(&self) -> Option<Time> {
        self.text()?.parse().ok()
    }

    pub(super) fn or(self, other: Self) -> Self {
        if self.0.is_some() { self } else { other }
    }

    fn of(text: Cow<'a, str>) -> Self {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            Self(None)
        } else if trimmed.len() == text.len() {
            Self(Some(text))
        } else {
            Self(Some(trimmed.to_owned().into()))
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Word<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Word<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Word(None))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Word(Some(truth.to_string().into())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Word(Some(number.to_string().into())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Word(Some(number.to_string().into())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Word(Some(number.to_string().into())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Word::of(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Word::of(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Word(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Word(None))
    }
}

/// Reads a part, or nothing of a part of another shape.
pub(super) fn read<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_says_something_is_a_text() {
        let read = |json| serde_json::from_str::<Word<'_>>(json).unwrap().text().map(str::to_owned);
        assert_eq!(read(r#"" a ""#).as_deref(), Some("a"));
        assert_eq!(read(r#""\u00e5""#).as_deref(), Some("å"));
        assert_eq!(read("7").as_deref(), Some("7"));
        assert_eq!(read("-1.5").as_deref(), Some("-1.5"));
        assert_eq!(read("true").as_deref(), Some("true"));
        for nothing in ["null", r#""  ""#, "[1,[2]]", r#"{"a":{"b":1}}"#] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }
}
