//! The values of interest, tolerant of their kind.

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::kazoo::time;

/// Passes over what is left of a list.
pub(super) fn rest<'a, A: SeqAccess<'a>>(mut list: A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// A text, or a number or truth value written where a text belongs; `None` of anything else, and of an empty text.
pub(super) struct Text<'a>(pub(super) Option<Cow<'a, str>>);

impl<'a> Deserialize<'a> for Text<'a> {
    fn deserialize<D: Deserializer<'a>>(from: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'a> Visitor<'a> for Visit {
            type Value = Text<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Text<'a>, E> {
                Ok(Text((!text.is_empty()).then_some(Cow::Borrowed(text))))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'a>, E> {
                Ok(Text((!text.is_empty()).then(|| Cow::Owned(text.to_owned()))))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Text<'a>, E> {
                Ok(Text(Some(Cow::Borrowed(if value { "true" } else { "false" }))))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Text<'a>, E> {
                Ok(Text(Some(Cow::Owned(number.to_string()))))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Text<'a>, E> {
                Ok(Text(Some(Cow::Owned(number.to_string()))))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Text<'a>, E> {
                Ok(Text(Some(Cow::Owned(number.to_string()))))
            }

            fn visit_unit<E>(self) -> Result<Text<'a>, E> {
                Ok(Text(None))
            }

            fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Text<'a>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Text(None))
            }

            fn visit_seq<A: SeqAccess<'a>>(self, list: A) -> Result<Text<'a>, A::Error> {
                rest(list)?;
                Ok(Text(None))
            }
        }
        from.deserialize_any(Visit)
    }
}

/// A time in microseconds since 1970, written as a number or as a text.
pub(super) struct Moment(pub(super) Option<i64>);

impl<'a> Deserialize<'a> for Moment {
    fn deserialize<D: Deserializer<'a>>(from: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'a> Visitor<'a> for Visit {
            type Value = Moment;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time")
            }

            #[expect(clippy::cast_precision_loss, reason = "times of these days are below 2^53 microseconds")]
            fn visit_u64<E>(self, number: u64) -> Result<Moment, E> {
                Ok(Moment(time::micros(number as f64)))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Moment, E> {
                Ok(Moment(None))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Moment, E> {
                Ok(Moment(time::micros(number)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Moment, E> {
                Ok(Moment(text.trim().parse().ok().and_then(time::micros)))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Moment, E> {
                Ok(Moment(None))
            }

            fn visit_unit<E>(self) -> Result<Moment, E> {
                Ok(Moment(None))
            }

            fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Moment, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Moment(None))
            }

            fn visit_seq<A: SeqAccess<'a>>(self, list: A) -> Result<Moment, A::Error> {
                rest(list)?;
                Ok(Moment(None))
            }
        }
        from.deserialize_any(Visit)
    }
}
