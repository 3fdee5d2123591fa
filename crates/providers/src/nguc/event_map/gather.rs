//! Finding what a rule asks for in one pass over an event's data, without building it up first.

use std::{borrow::Cow, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::fields::Field;
use crate::nguc::value::Scalar;

/// More callers or people in one event are not believed.
const MOST: usize = 5_000;

/// So many fields are found in most events.
const USUAL: usize = 12;

/// Where fields are found, as a tree of the keys that lead to them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::nguc) struct Paths {
    /// What is found here, and as which of its alternatives.
    fields: Vec<(Field, u8)>,
    /// Whether the list of callers is found here, and as which of its alternatives.
    callers: Option<u8>,
    /// By key, sorted; in a list, by its number.
    keys: Vec<(Box<str>, Paths)>,
    /// `*`: each of a list.
    each: Option<Box<Paths>>,
}

impl Paths {
    /// Looks for `field` at `path`, unless a better alternative is found.
    pub(super) fn add(&mut self, path: &str, field: Field, rank: u8) {
        self.at(path).fields.push((field, rank));
    }

    pub(super) fn add_callers(&mut self, path: &str, rank: u8) {
        let callers = &mut self.at(path).callers;
        *callers = callers.or(Some(rank));
    }

    fn at(&mut self, path: &str) -> &mut Self {
        let mut here = self;
        for key in path.split('.').filter(|key| !key.is_empty()) {
            here = if key == "*" {
                here.each.get_or_insert_default()
            } else {
                let at = match here.keys.binary_search_by(|(known, _)| (**known).cmp(key)) {
                    Ok(at) => at,
                    Err(at) => {
                        here.keys.insert(at, (key.into(), Self::default()));
                        at
                    }
                };
                #[expect(clippy::indexing_slicing, reason = "found or put there")]
                &mut here.keys[at].1
            };
        }
        here
    }

    fn key(&self, key: &str) -> Option<&Self> {
        let at = self.keys.binary_search_by(|(known, _)| (**known).cmp(key)).ok()?;
        self.keys.get(at).map(|(_, paths)| paths)
    }

    fn leads_into_lists(&self) -> bool {
        self.each.is_some() || self.keys.iter().any(|(key, _)| key.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(in crate::nguc) struct Found<'a> {
    values: Vec<(Field, u8, Scalar<'a>)>,
    callers: Option<(u8, Vec<Found<'a>>)>,
}

impl<'a> Found<'a> {
    pub(in crate::nguc) fn get(&self, field: Field) -> Option<&Scalar<'a>> {
        self.all(field).next()
    }

    /// All values of a field that may have several.
    pub(in crate::nguc) fn all(&self, field: Field) -> impl Iterator<Item = &Scalar<'a>> {
        self.values.iter().filter(move |(known, ..)| *known == field).map(|(.., value)| value)
    }

    pub(in crate::nguc) fn text(&self, field: Field) -> Option<Cow<'_, str>> {
        self.get(field)?.text()
    }

    /// The list of callers, if there is one.
    pub(in crate::nguc) fn callers(&self) -> Option<&[Found<'a>]> {
        self.callers.as_ref().map(|(_, callers)| &**callers)
    }

    fn offer(&mut self, paths: &Paths, value: &Scalar<'a>) {
        for &(field, rank) in &paths.fields {
            let known = self.values.iter().find(|(known, ..)| *known == field).map(|(_, rank, _)| *rank);
            let is_one_more = field == Field::People && known == Some(rank) && self.values.len() < MOST;
            if known.is_some_and(|known| known <= rank) && !is_one_more {
                continue;
            }
            if known.is_some_and(|known| known > rank) {
                self.values.retain(|(known, ..)| *known != field);
            }
            if self.values.is_empty() {
                self.values.reserve(USUAL);
            }
            self.values.push((field, rank, value.clone()));
        }
    }
}

/// Reads `data` by the `paths` of its fields, and the callers in it by theirs.
///
/// # Errors
/// If it is no JSON.
pub(super) fn gather<'de, D: Deserializer<'de>>(
    paths: &Paths,
    callers: &Paths,
    data: D,
) -> Result<Found<'de>, D::Error> {
    let mut found = Found::default();
    Walk { paths, callers, found: &mut found }.deserialize(data)?;
    Ok(found)
}

struct Walk<'p, 'f, 'de> {
    paths: &'p Paths,
    callers: &'p Paths,
    found: &'f mut Found<'de>,
}

impl<'p, 'de> Walk<'p, '_, 'de> {
    fn down(&mut self, paths: &'p Paths) -> Walk<'p, '_, 'de> {
        Walk { paths, callers: self.callers, found: self.found }
    }

    fn offer(self, value: Scalar<'de>) {
        self.found.offer(self.paths, &value);
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, data: D) -> Result<(), D::Error> {
        data.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, truth: bool) -> Result<(), E> {
        self.offer(Scalar::Bool(truth));
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.offer(Scalar::Whole(number));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.offer(match i64::try_from(number) {
            Ok(number) => Scalar::Whole(number),
            Err(_) => Scalar::Text(Cow::Owned(number.to_string())),
        });
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.offer(Scalar::Real(number));
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        let text = text.trim();
        if !text.is_empty() {
            self.offer(Scalar::Text(Cow::Borrowed(text)));
        }
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        let text = text.trim();
        if !text.is_empty() && !self.paths.fields.is_empty() {
            self.offer(Scalar::Text(Cow::Owned(text.to_owned())));
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        if let Some(rank) = self.paths.callers {
            let mut callers = Vec::new();
            let mut more = true;
            while more && callers.len() < MOST {
                let mut caller = Found::default();
                let walk = Walk { paths: self.callers, callers: self.callers, found: &mut caller };
                more = list.next_element_seed(walk)?.is_some();
                if more {
                    callers.push(caller);
                }
            }
            if self.found.callers.as_ref().is_none_or(|(known, _)| rank < *known) {
                self.found.callers = Some((rank, callers));
            }
        } else if self.paths.leads_into_lists() {
            for at in 0..MOST {
                let paths = self.paths.key(&at.to_string()).or(self.paths.each.as_deref());
                let more = match paths {
                    Some(paths) => list.next_element_seed(self.down(paths))?.is_some(),
                    None => list.next_element::<IgnoredAny>()?.is_some(),
                };
                if !more {
                    return Ok(());
                }
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<(), A::Error> {
        while let Some(next) = object.next_key_seed(Step(self.paths))? {
            match next {
                Some(paths) => object.next_value_seed(self.down(paths))?,
                None => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A key, and where it leads.
struct Step<'p>(&'p Paths);

impl<'de, 'p> DeserializeSeed<'de> for Step<'p> {
    type Value = Option<&'p Paths>;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Self::Value, D::Error> {
        key.deserialize_str(self)
    }
}

impl<'p> Visitor<'_> for Step<'p> {
    type Value = Option<&'p Paths>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.key(key))
    }
}
