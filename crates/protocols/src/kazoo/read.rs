//! Text to events, in one pass and without copies: a message is some 1.7 kB, most of it of no interest.

mod keys;
mod leaf;

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    event::{ChannelEvent, Folded, Kind, Named, Texts, named},
    time,
};
pub(super) use keys::Keys;
use keys::{Field, Key};
use leaf::{Moment, Text, rest};

/// An envelope in an envelope in an envelope is none.
const DEEPEST: u8 = 4;
/// A longer name of an event is none.
const LONGEST_NAME: usize = 40;

/// What was found in a message.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "events are most of what there is, and are moved once")]
pub(super) enum Found<'a> {
    Event {
        event: ChannelEvent<'a>,
        /// The message id, by which a second delivery is told from the first.
        message_id: Option<Cow<'a, str>>,
    },
    /// What was left out: its name or what is wrong with it, never what it holds.
    Skipped(Cow<'a, str>),
}

/// Gives every event of `text` to `sink`.
pub(super) fn read<'a>(text: &'a str, keys: &mut Keys, sink: &mut dyn FnMut(Found<'a>)) {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut to = Sink { keys, found: sink };
    let whole = Frame { to: &mut to, depth: 0 }.deserialize(&mut json).and_then(|()| json.end());
    if whole.is_err() {
        to.skip("a message that is not JSON");
    }
}

/// Where everything goes that is found.
struct Sink<'s, 'a> {
    keys: &'s mut Keys,
    found: &'s mut dyn FnMut(Found<'a>),
}

impl Sink<'_, '_> {
    fn skip(&mut self, what: &'static str) {
        (self.found)(Found::Skipped(Cow::Borrowed(what)));
    }
}

/// What becomes of a number, a truth value or nothing where a structure belongs.
macro_rules! scalars {
    ($what:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            $what(self)
        }

        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            $what(self)
        }

        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            $what(self)
        }

        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            $what(self)
        }

        fn visit_unit<E>(self) -> Result<(), E> {
            $what(self)
        }
    };
}

/// An event, a list of them, or an envelope around either.
struct Frame<'t, 's, 'a> {
    to: &'t mut Sink<'s, 'a>,
    depth: u8,
}

impl<'a> DeserializeSeed<'a> for Frame<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        if self.depth >= DEEPEST {
            IgnoredAny::deserialize(from)?;
            return self.none();
        }
        from.deserialize_any(self)
    }
}

impl Frame<'_, '_, '_> {
    fn none<E>(self) -> Result<(), E> {
        self.to.skip("a message that is no event");
        Ok(())
    }
}

impl<'a> Visitor<'a> for Frame<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let mut draft = Draft::default();
        draft.read(&mut map, self.to, self.depth)?;
        draft.finish(self.to);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Frame { to: &mut *self.to, depth: self.depth + 1 })?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.none()
    }

    scalars!(Self::none);
}

/// An event as far as it was read.
#[derive(Default)]
struct Draft<'a> {
    texts: Texts<'a>,
    /// The best of what may be its name, and how good that is.
    name: Option<(u8, Cow<'a, str>)>,
    message_id: Option<Cow<'a, str>>,
    at: Option<i64>,
    /// It is only an envelope: what was in it has been told.
    told: bool,
    /// An answer to a question of nobody here, or a greeting.
    idle: bool,
}

impl<'a> Draft<'a> {
    fn read<A: MapAccess<'a>>(
        &mut self,
        map: &mut A,
        to: &mut Sink<'_, 'a>,
        depth: u8,
    ) -> Result<(), A::Error> {
        while let Some(field) = map.next_key_seed(Key(to.keys))? {
            match field {
                Field::Text { slot, .. } => keep(slot(&mut self.texts), map.next_value()?),
                Field::Vars => map.next_value_seed(Vars { texts: &mut self.texts, keys: to.keys })?,
                Field::MessageId => {
                    let Text(text) = map.next_value()?;
                    self.message_id = self.message_id.take().or(text);
                }
                Field::Timestamp => {
                    let Moment(at) = map.next_value()?;
                    self.at = self.at.or(at);
                }
                Field::Name(rank) => self.name(rank, map.next_value()?),
                Field::Action => {
                    let Text(action) = map.next_value()?;
                    self.idle |= action.is_some_and(|action| matches!(&*action, "reply" | "pong"));
                }
                Field::Content => {
                    map.next_value_seed(Content { draft: self, to, depth: depth + 1 })?;
                }
                Field::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn name(&mut self, rank: u8, Text(text): Text<'a>) {
        if let Some(text) = text
            && self.name.as_ref().is_none_or(|(best, _)| rank < *best)
        {
            self.name = Some((rank, text));
        }
    }

    fn finish(mut self, to: &mut Sink<'_, 'a>) {
        let call_id = self.texts.call_id.take();
        let Some((_, name)) = self.name.take() else {
            if !self.told && !self.idle {
                to.skip("an event without a name");
            }
            return;
        };
        let kind = match named(Folded::of(&name).as_bytes()) {
            Named::Known(kind) => kind,
            Named::Idle => return,
            Named::Unknown => {
                if !self.told && !self.idle {
                    (to.found)(Found::Skipped(presentable(name)));
                }
                return;
            }
        };
        let Some(call_id) = call_id else {
            if !self.told {
                to.skip(without_call_id(kind));
            }
            return;
        };
        let at = self.message_id.as_deref().and_then(time::of_message_id).or(self.at);
        let event = ChannelEvent { kind, call_id, at, texts: self.texts };
        (to.found)(Found::Event { event, message_id: self.message_id });
    }
}

/// What is said first counts.
fn keep<'a>(known: &mut Option<Cow<'a, str>>, Text(said): Text<'a>) {
    if known.is_none() {
        *known = said;
    }
}

/// An event's name as it may be shown: a name, and not whatever stands in its place.
fn presentable(name: Cow<'_, str>) -> Cow<'_, str> {
    let fine = name.len() <= LONGEST_NAME
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        && name.bytes().any(|byte| byte.is_ascii_alphabetic());
    if fine { name } else { Cow::Borrowed("an event with an odd name") }
}

fn without_call_id(kind: Kind) -> &'static str {
    match kind {
        Kind::Create => "CHANNEL_CREATE without Call-ID",
        Kind::Answer => "CHANNEL_ANSWER without Call-ID",
        Kind::Bridge => "CHANNEL_BRIDGE without Call-ID",
        Kind::Unbridge => "CHANNEL_UNBRIDGE without Call-ID",
        Kind::Hold => "CHANNEL_HOLD without Call-ID",
        Kind::Unhold => "CHANNEL_UNHOLD without Call-ID",
        Kind::Destroy => "CHANNEL_DESTROY without Call-ID",
        Kind::Parked => "PARK_PARKED without Call-ID",
        Kind::Retrieved => "PARK_RETRIEVED without Call-ID",
        Kind::Abandoned => "PARK_ABANDONED without Call-ID",
    }
}

/// What an envelope holds: the event (whose fields join those of the envelope), a list of events, or a name.
struct Content<'t, 's, 'a> {
    draft: &'t mut Draft<'a>,
    to: &'t mut Sink<'s, 'a>,
    depth: u8,
}

impl<'a> DeserializeSeed<'a> for Content<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        if self.depth >= DEEPEST {
            return IgnoredAny::deserialize(from).map(drop);
        }
        from.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Content<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        self.draft.read(&mut map, self.to, self.depth)
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        self.draft.told = true;
        while list.next_element_seed(Frame { to: &mut *self.to, depth: self.depth })?.is_some() {}
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<(), E> {
        self.draft.name(3, Text(Some(Cow::Borrowed(text))));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.draft.name(3, Text(Some(Cow::Owned(text.to_owned()))));
        Ok(())
    }

    scalars!(|_| Ok(()));
}

/// `Custom-Channel-Vars`, of which some are as good as fields of the event.
struct Vars<'t, 'a> {
    texts: &'t mut Texts<'a>,
    keys: &'t mut Keys,
}

impl<'a> DeserializeSeed<'a> for Vars<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Vars<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("variables")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key_seed(Key(self.keys))? {
            if let Field::Text { slot, is_channel_var: true } = field {
                keep(slot(self.texts), map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, list: A) -> Result<(), A::Error> {
        rest(list)
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    scalars!(|_| Ok(()));
}

#[cfg(test)]
mod tests;
