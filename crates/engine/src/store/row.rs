//! A call as a row, and back.

use model::{AccountId, Call, CallId, CallState, Direction, Line, Outcome, Party, Peer, PhoneNumber, Time};
use rusqlite::{Row, types::FromSql};
use serde::{Serialize, de::DeserializeOwned};

use crate::history::{Decided, PastCall, dialled_digits};

/// The columns that [`read`] reads, in its order.
pub(super) const COLUMNS: &str = "c.seq, c.id, c.account, c.direction, c.state, c.mine, c.number, c.raw, c.name, \
    c.hidden, c.line_id, c.line_name, c.people, c.started_at, c.answered_at, c.ended_at, c.outcome, c.missed, \
    c.unseen, c.shown, c.why, c.note, c.remind_at, c.private";

/// Longer names are somebody's joke or fault; more is neither kept nor searched.
const LONGEST_TEXT: usize = 500;
/// A group call of more rings a whole company.
const MOST_PEOPLE: usize = 50;

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<(i64, PastCall)> {
    let number: Option<String> = row.get("number")?;
    let line: Option<String> = row.get("line_id")?;
    let people: Option<String> = row.get("people")?;
    let shown: Option<bool> = row.get("shown")?;
    let missed: bool = row.get("missed")?;
    let unseen: bool = row.get("unseen")?;
    let state: CallState = word(&text(row, "state")?).unwrap_or(CallState::Ended);
    let outcome: Option<String> = row.get("outcome")?;
    let call = Call {
        id: CallId::from(text(row, "id")?.as_str()),
        account: AccountId::from(text(row, "account")?.as_str()),
        direction: word(&text(row, "direction")?).unwrap_or(Direction::Incoming),
        state,
        mine: row.get("mine")?,
        peer: Peer {
            number: number.as_deref().and_then(PhoneNumber::international),
            raw: row.get("raw")?,
            name: row.get("name")?,
            hidden: row.get("hidden")?,
            contact: None,
        },
        line: match line {
            Some(id) => Some(Line { id, name: row.get("line_name")? }),
            None => None,
        },
        people: people
            .and_then(|people| serde_json::from_str::<Vec<Party>>(&people).ok())
            .unwrap_or_default(),
        started_at: time(row, "started_at")?,
        answered_at: time(row, "answered_at")?,
        ended_at: time(row, "ended_at")?,
        outcome: outcome.map(|outcome| word(&outcome).unwrap_or(Outcome::Lost)),
    };
    let past = PastCall {
        call,
        alert: match shown {
            Some(shown) => {
                Some(Decided { shown, why: row.get::<_, Option<String>>("why")?.unwrap_or_default() })
            }
            None => None,
        },
        seen: missed.then_some(!unseen),
        note: row.get("note")?,
        remind_at: time(row, "remind_at")?,
        private: row.get("private")?,
    };
    Ok((row.get("seq")?, past))
}

fn text(row: &Row<'_>, column: &str) -> rusqlite::Result<String> {
    row.get(column)
}

fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Time>> {
    Ok(Option::<i64>::column_result(row.get_ref(column)?)?.map(Time::from_millis))
}

/// An enum as the contract writes it.
pub(super) fn written(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

pub(super) fn people(call: &Call) -> Option<String> {
    let people = call.people.get(..MOST_PEOPLE).unwrap_or(&call.people);
    if people.is_empty() { None } else { serde_json::to_string(people).ok() }
}

/// So much of a text as is kept; no control characters, for they end texts in other people's programs.
pub(super) fn kept(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').take(most).collect()
}

/// What a search goes through. Words begin with a space and parts with two, so that one or two letters can be looked
/// for where words and names begin.
pub(super) fn searched(past: &PastCall) -> String {
    let call = &past.call;
    let number = call.peer.number.as_ref().and_then(|number| dialled_digits(number.as_str()));
    let raw = call.peer.raw.as_deref().map(|raw| dialled_digits(raw).unwrap_or_else(|| raw.to_owned()));
    let raw = raw.filter(|raw| Some(raw) != number.as_ref() && Some(raw) != call.peer.name.as_ref());
    let line = call.line.as_ref().and_then(|line| line.name.clone());
    let parts = [call.peer.name.clone(), number, raw, line, past.note.clone()];
    let mut text = String::new();
    for part in parts.into_iter().flatten() {
        text.push(' ');
        for word in part.split_whitespace() {
            text.push(' ');
            text.push_str(word);
        }
    }
    text
}

/// Takes what is beyond the bounds away; for what is private, the other end.
pub(super) fn bound(past: &mut PastCall) {
    let peer = &mut past.call.peer;
    if past.private {
        *peer = Peer { hidden: peer.hidden, ..Peer::default() };
    }
    let cut = |text: &mut Option<String>| *text = text.take().map(|text| kept(&text, LONGEST_TEXT));
    cut(&mut peer.raw);
    // As the caller was shown; an address book may be another one when the row is read.
    peer.name = peer.title().map(str::to_owned);
    cut(&mut peer.name);
    if let Some(line) = &mut past.call.line {
        line.id = kept(&line.id, LONGEST_TEXT);
        cut(&mut line.name);
    }
}

/// Whether this is a call that its owner missed.
pub(super) fn is_missed(call: &Call) -> bool {
    call.mine == Some(true)
        && call.direction == Direction::Incoming
        && matches!(call.outcome, Some(Outcome::Missed | Outcome::Voicemail))
}
