//! JSON read as leniently as the vendor writes it: numbers and booleans come as strings, fields go missing, times
//! are sometimes none.

use std::{borrow::Cow, fmt};

use model::Time;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// Any JSON value; lists and objects are passed over.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Loose<'a> {
    /// The field is not there.
    #[default]
    Absent,
    Null,
    Bool(bool),
    Whole(i64),
    Text(Cow<'a, str>),
    /// A list, an object, a fraction.
    Other,
}

impl Loose<'_> {
    /// Text that says something, trimmed; whole numbers are written out.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed),
            Self::Whole(number) => Some(Cow::Owned(number.to_string())),
            Self::Absent | Self::Null | Self::Bool(_) | Self::Other => None,
        }
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            Self::Whole(number) => Some(*number != 0),
            Self::Text(text) => match text.trim() {
                "true" | "True" | "TRUE" | "1" | "yes" => Some(true),
                "false" | "False" | "FALSE" | "0" | "no" => Some(false),
                _ => None,
            },
            Self::Absent | Self::Null | Self::Other => None,
        }
    }

    /// A moment with an offset; `None` for anything that is not one.
    pub(super) fn time(&self) -> Option<Time> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Absent | Self::Null | Self::Bool(_) | Self::Whole(_) | Self::Other => None,
        }
    }

    /// Whether something is said, be it understood or not.
    pub(super) fn is_given(&self) -> bool {
        !matches!(self, Self::Absent | Self::Null)
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
        Ok(Loose::Null)
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

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Loose::Other)
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

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Loose::Other)
    }
}

/// Whom an event or a row is about, such as `Employee#77`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Endpoint {
    /// With the whole id, as people are called in the model.
    Employee(String),
    Group(String),
    Reception(String),
    /// A kind that is not known.
    Other(String),
}

impl Endpoint {
    pub(super) fn parse(text: &str) -> Self {
        let whole = text.to_owned();
        match text.split_once('#') {
            Some(("Employee", number)) if !number.is_empty() => Self::Employee(whole),
            Some(("EmployeeGroup", _)) => Self::Group(whole),
            Some(("Reception", _)) => Self::Reception(whole),
            _ => Self::Other(whole),
        }
    }

    /// The employee's whole id.
    pub(super) fn employee(&self) -> Option<&str> {
        match self {
            Self::Employee(id) => Some(id),
            Self::Group(_) | Self::Reception(_) | Self::Other(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Row<'a> {
        #[serde(borrow, default)]
        x: Loose<'a>,
    }

    fn x(json: &str) -> Loose<'_> {
        serde_json::from_str::<Row<'_>>(json).unwrap().x
    }

    #[test]
    fn strings_numbers_and_booleans_stand_for_each_other() {
        assert_eq!(x(r#"{"x":1234}"#).text().as_deref(), Some("1234"));
        assert_eq!(x(r#"{"x":" 1234 "}"#).text().as_deref(), Some("1234"));
        assert_eq!(x(r#"{"x":"true"}"#).truth(), Some(true));
        assert_eq!(x(r#"{"x":false}"#).truth(), Some(false));
        assert_eq!(x(r#"{"x":0}"#).truth(), Some(false));
        assert_eq!(x(r#"{"x":[1,{"y":2}]}"#), Loose::Other);
        assert_eq!(x(r#"{"x":{"y":[]}}"#), Loose::Other);
        assert_eq!(x(r#"{"x":1.5}"#), Loose::Other);
        assert_eq!(x("{}"), Loose::Absent);
        assert_eq!(x(r#"{"x":"\u00e5"}"#).text().as_deref(), Some("å"));
    }

    #[test]
    fn a_time_is_a_moment_or_nothing() {
        let read = |text: &str| Loose::Text(text.into()).time().map(|time| time.to_string());
        assert_eq!(read("2017-12-29T02:12:05Z").as_deref(), Some("2017-12-29T02:12:05.000Z"));
        assert_eq!(read("2017-12-29T02:12:05.656+00:00").as_deref(), Some("2017-12-29T02:12:05.656Z"));
        assert_eq!(read("2013-12-16T17:12:26+01:00").as_deref(), Some("2013-12-16T16:12:26.000Z"));
        assert_eq!(read("2016-09-27T00:00.000Z"), None);
        assert_eq!(read("tomorrow"), None);
    }

    #[test]
    fn a_group_is_no_employee() {
        assert_eq!(Endpoint::parse("Employee#77").employee(), Some("Employee#77"));
        assert_eq!(Endpoint::parse("EmployeeGroup#77").employee(), None);
        assert_eq!(Endpoint::parse("Employee#").employee(), None);
    }
}
