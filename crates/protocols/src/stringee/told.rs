//! What is told of people and calls.

use super::{loose::Loose, said::Said};

/// A message to a topic. Its envelope is documented for `onlineStatus` alone; the rest is read as it may come.
#[derive(Clone, PartialEq, Default)]
pub struct Published {
    /// The topic.
    pub topic: Option<Box<str>>,
    /// Whose attribute.
    pub user: Option<Box<str>>,
    /// Which attribute.
    pub attribute: Option<Box<str>>,
    /// What it is from now on.
    pub value: Value,
    /// `callEnded`.
    pub call_ended: Option<bool>,
    /// Milliseconds since 1970.
    pub at_millis: Option<i64>,
    /// The call it tells of, if any.
    pub call: Option<Box<PublishedCall>>,
    /// Names of fields that say nothing to us, at most eight of each object.
    pub strange: Vec<Box<str>>,
}

/// Values may be names or numbers of people.
impl std::fmt::Debug for Published {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Published")
            .field("topic", &self.topic)
            .field("attribute", &self.attribute)
            .field("call", &self.call)
            .field("strange", &self.strange)
            .finish_non_exhaustive()
    }
}

/// A call as a topic tells of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PublishedCall {
    /// Its id.
    pub id: Box<str>,
    /// Where it stands, in the server's words.
    pub status: Option<Box<str>>,
    /// Who calls.
    pub from: End,
    /// Who is called.
    pub to: End,
}

/// An attribute's value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Not there, or `null`.
    #[default]
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Text, trimmed and not empty.
    Text(Box<str>),
    /// An object that says where something stands: its word.
    Status(Box<str>),
    /// Anything else.
    Other,
}

/// One end of a call.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct End {
    /// A number, or a user's id.
    pub number: Option<Box<str>>,
    /// The number or name shown to the other end.
    pub alias: Option<Box<str>>,
    /// Whether it is a user of the project.
    pub internal: Option<bool>,
}

/// Numbers reach no log.
impl std::fmt::Debug for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("End").field("internal", &self.internal).finish_non_exhaustive()
    }
}

/// A call that rings this user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Its id.
    pub call: Box<str>,
    /// Who calls.
    pub from: End,
    /// Who is called.
    pub to: End,
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It goes on ringing: 100 to 199.
    Proceeds,
    /// 200 to 299.
    Answered,
    /// Turned down: 486 or 603.
    Declined,
    /// Any other code from 300 on.
    Failed(u16),
    /// It is over.
    Over,
}

/// Where something was told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Of the call itself.
    Call,
    /// Of another device that the user is signed in with.
    OtherDevice,
}

impl Turn {
    pub(super) fn of(code: i64) -> Option<Self> {
        Some(match u16::try_from(code).ok()? {
            100..200 => Self::Proceeds,
            200..300 => Self::Answered,
            486 | 603 => Self::Declined,
            code @ 300..1000 => Self::Failed(code),
            _ => return None,
        })
    }
}

impl End {
    fn of(whole: Loose<'_>, number: &Loose<'_>, alias: &Loose<'_>, internal: &Loose<'_>) -> Self {
        let plain = whole.id();
        let inner = whole.said();
        let kind = inner.kind.id();
        Self {
            number: number.id().or_else(|| inner.number.id()).or(plain),
            alias: alias.id().or_else(|| inner.alias.id()),
            internal: internal.truth().or(match kind.as_deref() {
                Some("internal") => Some(true),
                Some("external") => Some(false),
                _ => None,
            }),
        }
    }

    fn ends(said: &mut Said<'_>) -> (Self, Self) {
        let (from, to) = (std::mem::take(&mut said.from), std::mem::take(&mut said.to));
        (
            Self::of(from, &said.from_number, &said.from_alias, &said.from_internal),
            Self::of(to, &said.to_number, &said.to_alias, &said.to_internal),
        )
    }
}

impl Invite {
    pub(super) fn of(mut said: Box<Said<'_>>) -> Option<Self> {
        let call = said.call.id()?;
        let (from, to) = End::ends(&mut said);
        Some(Self { call, from, to })
    }
}

impl Published {
    pub(super) fn of(topic: &Loose<'_>, mut outer: Box<Said<'_>>) -> Self {
        let value = std::mem::take(&mut outer.value);
        let (value, inner) = match value {
            Loose::Nothing => (Value::Nothing, None),
            Loose::Bool(truth) => (Value::Bool(truth), None),
            Loose::Whole(number) => (Value::Whole(number), None),
            Loose::Text(text) => match text.trim() {
                "" => (Value::Nothing, None),
                text => (Value::Text(text.into()), None),
            },
            Loose::Object(inner) => (inner.status.id().map_or(Value::Other, Value::Status), Some(inner)),
            Loose::Other => (Value::Other, None),
        };
        let mut strange = std::mem::take(&mut outer.strange);
        if let Some(mut inner) = inner {
            strange.append(&mut inner.strange);
            outer.call = outer.call.or(inner.call);
            outer.status = outer.status.or(inner.status);
            outer.from = outer.from.or(inner.from);
            outer.to = outer.to.or(inner.to);
            outer.from_number = outer.from_number.or(inner.from_number);
            outer.to_number = outer.to_number.or(inner.to_number);
            outer.from_alias = outer.from_alias.or(inner.from_alias);
            outer.to_alias = outer.to_alias.or(inner.to_alias);
            outer.from_internal = outer.from_internal.or(inner.from_internal);
            outer.to_internal = outer.to_internal.or(inner.to_internal);
            outer.call_ended = outer.call_ended.or(inner.call_ended);
            outer.user = outer.user.or(inner.user);
        }
        let call = outer.call.id().map(|id| {
            let status = outer.status.id().or_else(|| match &value {
                Value::Text(text) => Some(text.clone()),
                Value::Nothing | Value::Bool(_) | Value::Whole(_) | Value::Status(_) | Value::Other => None,
            });
            let (from, to) = End::ends(&mut outer);
            Box::new(PublishedCall { id, status, from, to })
        });
        Self {
            topic: topic.id(),
            user: outer.user.id(),
            attribute: outer.attribute.id(),
            call_ended: outer.call_ended.truth(),
            at_millis: outer.timestamp.number(),
            value,
            call,
            strange,
        }
    }
}
