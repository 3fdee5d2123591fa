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
    // By place, for finding a column by its name costs as much as the rest of the reading.
    let mut row = InOrder { row, next: 0 };
    let seq = row.take()?;
    let (id, account): (String, String) = (row.take()?, row.take()?);
    let (direction, state): (String, String) = (row.take()?, row.take()?);
    let mine = row.take()?;
    let number: Option<String> = row.take()?;
    let peer = Peer {
        number: number.as_deref().and_then(PhoneNumber::international),
        raw: row.take()?,
        name: row.take()?,
        hidden: row.take()?,
        contact: None,
    };
    let (line, line_name): (Option<String>, Option<String>) = (row.take()?, row.take()?);
    let people: Option<String> = row.take()?;
    let (started_at, answered_at, ended_at) = (row.time()?, row.time()?, row.time()?);
    let outcome: Option<String> = row.take()?;
    let (missed, unseen): (bool, bool) = (row.take()?, row.take()?);
    let (shown, why): (Option<bool>, Option<String>) = (row.take()?, row.take()?);
    let call = Call {
        id: CallId::from(id.as_str()),
        account: AccountId::from(account.as_str()),
        direction: word(&direction).unwrap_or(Direction::Incoming),
        state: word(&state).unwrap_or(CallState::Ended),
        mine,
        peer,
        line: line.map(|id| Line { id, name: line_name }),
        people: people
            .and_then(|people| serde_json::from_str::<Vec<Party>>(&people).ok())
            .unwrap_or_default(),
        started_at,
        answered_at,
        ended_at,
        outcome: outcome.map(|outcome| word(&outcome).unwrap_or(Outcome::Lost)),
    };
    let past = PastCall {
        call,
        alert: shown.map(|shown| Decided { shown, why: why.unwrap_or_default() }),
        seen: missed.then_some(!unseen),
        note: row.take()?,
        remind_at: row.time()?,
        private: row.take()?,
    };
    Ok((seq, past))
}

/// A row, column by column.
struct InOrder<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl InOrder<'_, '_> {
    fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let value = self.row.get(self.next);
        self.next += 1;
        value
    }

    fn time(&mut self) -> rusqlite::Result<Option<Time>> {
        Ok(self.take::<Option<i64>>()?.map(Time::from_millis))
    }
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
