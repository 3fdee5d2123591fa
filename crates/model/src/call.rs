use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{AccountId, CallId, PersonId, PhoneNumber, Time};

/// One call as one person sees it, however many legs, channels and accounts report it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Call {
    /// `account/provider's id`.
    pub id: CallId,
    /// The account that saw it first.
    pub account: AccountId,
    /// Seen from our side.
    pub direction: Direction,
    /// Where it stands.
    pub state: CallState,
    /// `true`: it rings or belongs to me; `false`: a colleague's or a line's; `null`: the provider does not say.
    pub mine: Option<bool>,
    /// The other end.
    pub peer: Peer,
    /// The queue, reception or number it came through.
    pub line: Option<Line>,
    /// The colleagues it rings or who speak.
    pub people: Vec<Party>,
    /// When it began to ring or was dialled.
    pub started_at: Option<Time>,
    /// When somebody answered.
    pub answered_at: Option<Time>,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// How it ended; set exactly when the state is `ended`.
    pub outcome: Option<Outcome>,
}

/// ```text
///  ringing ──► answered ◄──► held
///     └───────────┴───────────┴──► ended   (final)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named by the diagram")]
pub enum CallState {
    Ringing,
    Answered,
    Held,
    Ended,
}

/// Who called whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The peer called us.
    Incoming,
    /// We called the peer.
    Outgoing,
}

/// How a call ended, from this person's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Somebody spoke (for a call of mine: I did).
    Answered,
    /// Nobody answered.
    Missed,
    /// The caller was sent to voicemail.
    Voicemail,
    /// It rang me and somebody else took it.
    AnsweredElsewhere,
    /// I turned it down.
    Declined,
    /// The called side was busy.
    Busy,
    /// It went on to somebody else.
    Transferred,
    /// It never got through.
    Failed,
    /// It ended out of our sight.
    Lost,
}

/// The other end of a call.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Peer {
    /// In E.164, if it can be.
    pub number: Option<PhoneNumber>,
    /// As the provider wrote it.
    pub raw: Option<String>,
    /// From the provider's contacts; plain text, never markup.
    pub name: Option<String>,
    /// Whose the number is by the person's own address books.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub contact: Option<Arc<Contact>>,
    /// Whether the caller withheld the number.
    pub hidden: bool,
}

impl Peer {
    /// What people call the other end: by an own address book that is sure of it, else by the provider, else by an own
    /// address book that finds it likely.
    pub fn title(&self) -> Option<&str> {
        let contact = self.contact.as_deref();
        let sure = contact.filter(|contact| contact.confidence == Confidence::Exact);
        sure.map(|contact| contact.name.as_str())
            .or(self.name.as_deref())
            .or(contact.map(|contact| contact.name.as_str()))
    }

    /// What is told of a call's other end, with what was known of it, unless that was somebody else: a call that is
    /// transferred has another one.
    #[must_use]
    pub fn after(self, known: Self) -> Self {
        if known.is_somebody_else(&self) {
            return self;
        }
        let has_number = self.number.is_some();
        Self {
            number: self.number.or(known.number),
            raw: self.raw.or(known.raw),
            name: self.name.or(known.name),
            contact: if has_number { self.contact } else { self.contact.or(known.contact) },
            hidden: self.hidden || known.hidden,
        }
    }

    /// Only what can be no other writing of the same number is somebody else's, and an extension told beside a known
    /// number may be that of who passed the call on.
    fn is_somebody_else(&self, told: &Self) -> bool {
        if let (Some(known), Some(told)) = (&self.number, &told.number) {
            return known != told;
        }
        let digits = |peer: &Self| {
            let number = peer.number.as_ref().map(PhoneNumber::as_str).or(peer.raw.as_deref())?;
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            Some(digits.trim_start_matches('0').to_owned()).filter(|digits| !digits.is_empty())
        };
        let (None, Some(known), Some(told)) = (&self.number, digits(self), digits(told)) else {
            return false;
        };
        !known.ends_with(&told) && !told.ends_with(&known)
    }
}

/// What an own address book says about a number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Contact {
    /// Plain text, at most 200 characters; several names with ` / ` between.
    pub name: String,
    /// Where they work.
    pub company: Option<String>,
    /// Which address book: a file's name or a server's.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Names reach no log.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contact").field("confidence", &self.confidence).finish_non_exhaustive()
    }
}

/// How sure an address book is of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// One contact has exactly this number.
    Exact,
    /// Several contacts have exactly this number.
    Shared,
    /// One contact's number has the same last eight digits, and no other's.
    Ending,
}

/// Names and numbers reach no log.
impl std::fmt::Debug for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Peer")
            .field("number", &self.number)
            .field("hidden", &self.hidden)
            .finish_non_exhaustive()
    }
}

/// What a call came through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Line {
    /// The provider's id, such as `Reception#10`.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
}

/// A colleague in a call.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Party {
    /// Who.
    pub id: PersonId,
    /// Their name, if known.
    pub name: Option<Arc<str>>,
}

impl std::fmt::Debug for Party {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.id)
    }
}
