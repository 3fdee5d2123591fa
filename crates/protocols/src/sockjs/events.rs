//! The events in a message: `["Name",{…}]`, and whatever else servers make of that.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, IgnoredAny, SeqAccess, Visitor, value::UnitDeserializer},
};
use serde_json::value::RawValue;

/// Lists in lists are followed so far.
const DEEPEST: u8 = 4;
const LOST: &str = "an event that cannot be read";

/// Makes something of an event.
pub trait Reader {
    /// What it makes.
    type Event;

    /// Takes an event's data, a unit if it has none; an event that turns out broken afterwards is read and dropped.
    ///
    /// # Errors
    /// If the data cannot be read; the event is then told as lost.
    fn read<'de, D: Deserializer<'de>>(&self, name: &str, data: D) -> Result<Self::Event, D::Error>;
}

/// Gives `each` the events in `message`, in their order, and for what could not be read what was wrong with it.
///
/// The usual `["Name",{…}]` is read in one pass. What is not that is taken apart in this order: a list of such
/// events; several of them with commas between, as in the vendor's own example; objects that name their event;
/// an event in a string once more; the leading events of something broken.
pub fn read<R: Reader>(message: &str, reader: &R, mut each: impl FnMut(Result<R::Event, &'static str>)) {
    match event(message, reader) {
        Ok(event) => each(Ok(event)),
        Err(_) => values(message, 0, reader, &mut each),
    }
}

fn event<R: Reader>(json: &str, reader: &R) -> Result<R::Event, serde_json::Error> {
    let mut from = serde_json::Deserializer::from_str(json);
    let event = from.deserialize_seq(Pair(reader))?;
    from.end()?;
    Ok(event)
}

/// `[name, data]`; further elements are passed over.
struct Pair<'r, R>(&'r R);

impl<'de, R: Reader> Visitor<'de> for Pair<'_, R> {
    type Value = R::Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event's name and data")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<R::Event, A::Error> {
        let Name(name) = pair.next_element()?.ok_or_else(|| A::Error::custom("no name"))?;
        let event = match pair.next_element_seed(Data { reader: self.0, name: &name })? {
            Some(event) => event,
            None => self.0.read(&name, UnitDeserializer::new())?,
        };
        while pair.next_element::<IgnoredAny>()?.is_some() {}
        Ok(event)
    }
}

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

struct Data<'r, R> {
    reader: &'r R,
    name: &'r str,
}

impl<'de, R: Reader> DeserializeSeed<'de> for Data<'_, R> {
    type Value = R::Event;

    fn deserialize<D: Deserializer<'de>>(self, data: D) -> Result<R::Event, D::Error> {
        self.reader.read(self.name, data)
    }
}

type Each<'e, E> = &'e mut dyn FnMut(Result<E, &'static str>);

/// All leading complete values of `text`, with or without commas between.
fn values<R: Reader>(text: &str, depth: u8, reader: &R, each: Each<'_, R::Event>) {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let mut found = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        let Some(Ok(raw)) = found.next() else {
            return each(Err("a message that is not JSON"));
        };
        value(raw.get(), depth, reader, each);
        rest = rest.get(found.byte_offset()..).unwrap_or_default();
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
    }
}

fn value<R: Reader>(json: &str, depth: u8, reader: &R, each: Each<'_, R::Event>) {
    if depth > DEEPEST {
        return each(Err("an event nested too deeply"));
    }
    match json.as_bytes().first() {
        Some(b'[') => match json.get(1..).unwrap_or_default().trim_start().as_bytes().first() {
            Some(b'[' | b'{') => match serde_json::from_str::<Vec<&RawValue>>(json) {
                Ok(inner) => inner.into_iter().for_each(|inner| value(inner.get(), depth + 1, reader, each)),
                Err(_) => each(Err(LOST)),
            },
            Some(b']') => {}
            _ => each(event(json, reader).or_else(|_| event(&mended(json), reader)).map_err(|_| LOST)),
        },
        Some(b'{') => each(named(json, reader).or_else(|_| named(&mended(json), reader)).map_err(|_| LOST)),
        Some(b'"') => match serde_json::from_str::<Cow<'_, str>>(json) {
            Ok(text) => values(&text, depth + 1, reader, each),
            Err(_) => each(Err(LOST)),
        },
        _ => each(Err("a message that is no event")),
    }
}

/// `{"event":"Name","data":{…}}`; without data, the object itself is the data.
fn named<R: Reader>(json: &str, reader: &R) -> Result<R::Event, serde_json::Error> {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow)]
        event: Option<Cow<'a, str>>,
        #[serde(borrow)]
        name: Option<Cow<'a, str>>,
        #[serde(borrow, rename = "type")]
        kind: Option<Cow<'a, str>>,
        #[serde(borrow)]
        data: Option<&'a RawValue>,
        #[serde(borrow)]
        payload: Option<&'a RawValue>,
    }
    let wire: Wire<'_> = serde_json::from_str(json)?;
    let name = wire.event.or(wire.name).or(wire.kind).ok_or_else(|| serde_json::Error::custom("no name"))?;
    let data = wire.data.or(wire.payload).map_or(json, RawValue::get);
    reader.read(&name, &mut serde_json::Deserializer::from_str(data))
}

/// `json` with U+FFFD for every half of a surrogate pair, at which serde_json would give up.
fn mended(json: &str) -> String {
    let mut whole = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((plain, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        whole.push_str(plain);
        let unit = |text: &str| {
            let digits = text.strip_prefix("\\u")?.get(..4)?;
            u16::from_str_radix(digits, 16).ok()
        };
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                whole.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (_, _) => 2,
        };
        // Two bytes may end within a character if the JSON is broken, which serde_json then says.
        let Some((kept, after)) = escape.split_at_checked(length) else { break };
        whole.push_str(kept);
        rest = after;
    }
    whole.push_str(rest);
    whole
}
