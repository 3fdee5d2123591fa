//! JSON read as leniently as it may come.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::said::Said;

/// Any JSON value; lists are passed over.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Loose<'a> {
    /// The field is not there, or `null`.
    #[default]
    Nothing,
    Bool(bool),
    Whole(i64),
    Text(Cow<'a, str>),
    Object(Box<Said<'a>>),
    /// A list, a fraction, or a number out of range.
    Other,
}

/// Longer names and ids are none.
const LONGEST: usize = 256;

impl<'a> Loose<'a> {
    /// Text that says something, trimmed; whole numbers are written out.
    pub(super) fn text(&self) -> Option<Box<str>> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Box::from),
            Self::Whole(number) => Some(number.to_string().into()),
            Self::Nothing | Self::Bool(_) | Self::Object(_) | Self::Other => None,
        }
    }

    /// Text that can be a name or an id.
    pub(super) fn id(&self) -> Option<Box<str>> {
        self.text().filter(|text| text.len() <= LONGEST)
    }

    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Nothing | Self::Bool(_) | Self::Object(_) | Self::Other => None,
        }
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            Self::Whole(number) => Some(*number != 0),
            Self::Text(text) => match text.trim() {
                "true" | "True" | "TRUE" | "1" => Some(true),
                "false" | "False" | "FALSE" | "0" => Some(false),
                _ => None,
            },
            Self::Nothing | Self::Object(_) | Self::Other => None,
        }
    }

    /// What an object says; of anything else, nothing.
    pub(super) fn said(self) -> Box<Said<'a>> {
        match self {
            Self::Object(said) => said,
            Self::Nothing | Self::Bool(_) | Self::Whole(_) | Self::Text(_) | Self::Other => Box::default(),
        }
    }

    /// Whether something is said, be it understood or not.
    pub(super) fn is_given(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// This, or else the other.
    pub(super) fn or(self, other: Self) -> Self {
        if self.is_given() { self } else { other }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Loose::Nothing)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Loose::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Loose::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Loose::Other, Loose::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        #[expect(clippy::cast_possible_truncation, reason = "only what is whole and exact is taken")]
        let whole = number as i64;
        let is_whole = number.fract() == 0.0 && number.abs() < 9.0e15;
        Ok(if is_whole { Loose::Whole(whole) } else { Loose::Other })
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Loose::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        Said::read(object).map(Loose::Object)
    }
}
