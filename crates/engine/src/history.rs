//! Calls of the past, as faces and the command line ask for them. What keeps them is the store.

mod export;

use model::{AccountId, Call, CallId, Direction, PhoneNumber, Time};
use serde::{Deserialize, Serialize};

pub use export::{Format, Saved, save};

/// The most calls on one [`Page`].
pub const LONGEST_PAGE: u32 = 500;
/// More of a note is not kept.
pub const LONGEST_NOTE: usize = 2_000;

/// Which calls are wanted; what is left out does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default)]
pub struct Query {
    /// Parts of name, number (however it is written), line or note, separated by spaces; all of them must be there.
    /// Parts of one or two letters are looked for where words begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Only calls that I missed.
    pub missed: bool,
    /// Only calls that I missed and have not looked at.
    pub unseen: bool,
    /// Only this account's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Only these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Only calls that began then or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Time>,
    /// Only calls that began earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Time>,
    /// [`Page::next`] of the page before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cursor>,
    /// Only this call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<CallId>,
    /// How many at most: 1 to [`LONGEST_PAGE`], 0 = 50.
    pub limit: u32,
    /// Whether [`Page::total`] is wanted; it may cost more than the page.
    pub count: bool,
}

/// A place in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "number"))]
#[serde(transparent)]
pub struct Cursor(pub(crate) i64);

/// Some calls, newest first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Page {
    /// Newest first, by when they began.
    pub calls: Vec<PastCall>,
    /// Where the next page begins; `None`: this is the last.
    pub next: Option<Cursor>,
    /// How many calls there are in all that match, if it was asked for.
    pub total: Option<u32>,
    /// How many missed calls nobody has looked at, whatever was asked for.
    pub unseen: u32,
}

/// A call as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PastCall {
    /// The call; open ones are here too.
    #[serde(flatten)]
    pub call: Call,
    /// What was decided about it last; `None`: nothing was to be decided.
    pub alert: Option<Decided>,
    /// Whether a missed call has been looked at; `None` for calls that I did not miss.
    pub seen: Option<bool>,
    /// What a person wrote about it.
    pub note: Option<String>,
    /// When to be reminded of calling back.
    pub remind_at: Option<Time>,
    /// Kept without the other end.
    pub private: bool,
}

/// What was decided about a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Decided {
    /// Whether an alert was shown.
    pub shown: bool,
    /// The reason.
    pub why: String,
}

/// What is to be forgotten for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Erase {
    /// One call.
    Call {
        /// Which one.
        call: CallId,
    },
    /// All calls with a number, however it is written.
    Number {
        /// Which number.
        number: String,
    },
    /// All calls that began earlier than this.
    Before {
        /// When.
        before: Time,
    },
    /// All calls.
    All,
}

impl Erase {
    /// Whether this call is to be forgotten.
    pub(crate) fn concerns(&self, call: &Call) -> bool {
        match self {
            Self::Call { call: id } => call.id == *id,
            Self::Number { number } => dialled_digits(number).is_some_and(|digits| {
                let number = call.peer.number.as_ref().map(PhoneNumber::as_str);
                [number, call.peer.raw.as_deref()].iter().flatten().any(|known| is_number(known, &digits))
            }),
            Self::Before { before } => call.started_at.is_some_and(|at| at < *before),
            Self::All => true,
        }
    }
}

/// Fewer digits than this do not end another number, such as one with its country code.
const WHOLE_NUMBER: usize = 7;

/// Whether `number`, however it is written, is the one with these digits.
pub(crate) fn is_number(number: &str, digits: &str) -> bool {
    let same = |known: String| known == digits || digits.len() >= WHOLE_NUMBER && known.ends_with(digits);
    dialled_digits(number).is_some_and(same)
}

/// A time to call somebody back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reminder {
    pub(crate) call: CallId,
    pub(crate) at: Time,
    /// Who it was, in words.
    pub(crate) title: String,
    pub(crate) number: Option<PhoneNumber>,
    pub(crate) note: Option<String>,
}

/// The digits of a number that is part of a search, without what only says how it is dialled: `+`, `00`, `0`.
/// `None` if it is no number.
pub(crate) fn dialled_digits(text: &str) -> Option<String> {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' | ' ' | '\u{a0}' | '.' | '-' | '(' | ')' | '/' => {}
            _ => return None,
        }
    }
    let digits = digits.trim_start_matches('0');
    (!digits.is_empty()).then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_number_however_it_is_dialled() {
        let digits = |text| dialled_digits(text);
        assert_eq!(digits("+45 11 22 33 44").as_deref(), Some("4511223344"));
        assert_eq!(digits("0045-11223344").as_deref(), Some("4511223344"));
        assert_eq!(digits("(070) 123 45 67").as_deref(), Some("701234567"));
        assert_eq!(digits("Anna 2"), None);
        assert_eq!(digits("00"), None);
    }

    #[test]
    fn a_query_needs_nothing_and_a_past_call_is_a_call_with_more() {
        assert_eq!(serde_json::from_str::<Query>("{}").unwrap(), Query::default());
        let erase = serde_json::from_str::<Erase>(r#"{"what":"number","number":"17"}"#).unwrap();
        assert_eq!(erase, Erase::Number { number: "17".to_owned() });
    }
}
