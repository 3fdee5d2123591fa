//! What a key means.

use std::{
    collections::HashMap,
    fmt,
    hash::{BuildHasherDefault, Hasher},
};

use serde::de::{DeserializeSeed, Deserializer, Visitor};

use crate::kazoo::event::{Folded, Slot, is_channel_var, slot};

/// Kazoo has fewer keys, in all its spellings; further ones are read each time.
const MOST: usize = 512;
/// A longer key is none.
const LONGEST: usize = 64;

/// What a key says of its value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    /// One of an event's texts.
    Text {
        slot: Slot,
        /// It is the event's own in `Custom-Channel-Vars` too.
        is_channel_var: bool,
    },
    Vars,
    MessageId,
    Timestamp,
    /// The event's name, and how good a place for it that is.
    Name(u8),
    Action,
    /// What an envelope holds.
    Content,
    Other,
}

impl Field {
    fn of(key: &str) -> Self {
        let folded = Folded::of(key);
        let folded = folded.as_bytes();
        if let Some(slot) = slot(folded) {
            return Self::Text { slot, is_channel_var: is_channel_var(folded) };
        }
        match folded {
            b"customchannelvars" => Self::Vars,
            b"msgid" | b"messageid" => Self::MessageId,
            b"timestamp" => Self::Timestamp,
            b"eventname" => Self::Name(0),
            b"hookevent" => Self::Name(1),
            b"name" => Self::Name(2),
            b"type" => Self::Name(4),
            b"action" => Self::Action,
            b"data" | b"args" | b"payload" | b"event" => Self::Content,
            _ => Self::Other,
        }
    }
}

/// Keys that were read, as they are written: every message has the same few dozen.
#[derive(Debug, Default)]
pub(in crate::kazoo) struct Keys(HashMap<Box<str>, Field, BuildHasherDefault<Brief>>);

impl Keys {
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    fn field(&mut self, key: &str) -> Field {
        if let Some(field) = self.0.get(key) {
            return *field;
        }
        let field = Field::of(key);
        if self.0.len() < MOST && key.len() <= LONGEST {
            self.0.insert(key.into(), field);
        }
        field
    }
}

/// Reads a key.
pub(super) struct Key<'k>(pub(super) &'k mut Keys);

impl<'a> DeserializeSeed<'a> for Key<'_> {
    type Value = Field;

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<Field, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, text: &str) -> Result<Field, E> {
        Ok(self.0.field(text))
    }
}

/// Takes a key's ends and length for the whole of it: there are too few for collisions to matter.
#[derive(Debug, Default)]
pub(in crate::kazoo) struct Brief(u64);

impl Hasher for Brief {
    fn write(&mut self, bytes: &[u8]) {
        let word = |eight: &[u8; 8]| u64::from_le_bytes(*eight);
        let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => (word(first), word(last)),
            _ => (bytes.iter().fold(0, |all, byte| (all << 8) | u64::from(*byte)), 0),
        };
        self.0 ^= first ^ last.rotate_left(29) ^ (bytes.len() as u64).rotate_left(58);
    }

    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        // The table takes its place from the lowest bits and its tag from the highest.
        let mixed = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    }
}
