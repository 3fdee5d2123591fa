//! A history in memory that is always the same, for what is asked of it by `tests/fuzz`.

use std::sync::Arc;

use model::{
    Call, CallFact, CallState, Change, Direction, Event, Line, Outcome, Peer, PhoneNumber, Snapshot, Time,
};
use rusqlite::Connection;

use super::{
    Keeping, Write, row, schema, search,
    write::{self, Touched},
};
use crate::history::{Query, dialled_digits};

/// Some forty calls of three hours before `noon`.
pub(crate) fn some_history(noon: Time) -> Option<Connection> {
    let db = schema::in_memory().ok()?;
    let names = ["Anna Berg", "Åse", "B", "", "100 % \"quoted\"", "O'Neill AND sons"];
    let outcomes = [Outcome::Missed, Outcome::Answered, Outcome::Voicemail];
    for ((at, name), outcome) in (0_i64..40).zip(names.into_iter().cycle()).zip(outcomes.into_iter().cycle())
    {
        let number = format!("+457012{:04}", at * 7);
        let fact = CallFact {
            state: Some(CallState::Ended),
            direction: Some(if at % 5 == 0 { Direction::Outgoing } else { Direction::Incoming }),
            mine: Some(at % 4 != 0),
            peer: Some(Peer {
                number: PhoneNumber::international(&number),
                raw: Some(number),
                name: (!name.is_empty()).then(|| name.to_owned()),
                ..Peer::default()
            }),
            line: (at % 3 == 0).then(|| Line { id: "10".to_owned(), name: Some("Hovednummer".to_owned()) }),
            started_at: Some(Time::from_millis(noon.as_millis() - at / 3 * 600_000)),
            outcome: Some(outcome),
            ..CallFact::of(format!("c{at}"))
        };
        keep(&db, noon, if at % 2 == 0 { "one" } else { "two" }, fact)?;
    }
    Some(db)
}

/// Whether a call of somebody of this name is found by it; `None` for what is no name. The call is gone afterwards.
pub(crate) fn is_found_by_name(db: &mut Connection, name: &str) -> Option<bool> {
    let letter = |c: char| c.is_ascii_graphic() || c == ' ' || ('à'..='ÿ').contains(&c) && c != '÷';
    // A name that is a number, were it only as far as anybody looks, is looked for as one.
    let is_number = dialled_digits(&row::kept(name, search::LONGEST)).is_some();
    if !name.chars().all(letter) || !name.contains(char::is_alphanumeric) || is_number {
        return None;
    }
    let step = db.transaction().ok()?;
    let fact = CallFact {
        state: Some(CallState::Ended),
        peer: Some(Peer { name: Some(name.to_owned()), ..Peer::default() }),
        outcome: Some(Outcome::Answered),
        ..CallFact::of("new")
    };
    let call = keep(&step, Time::from_millis(0), "one", fact)?;
    let query = Query { search: Some(name.to_owned()), call: Some(call.id.clone()), ..Query::default() };
    Some(search::page(&step, &query).is_ok_and(|page| page.calls.len() == 1))
}

fn keep(db: &Connection, at: Time, account: &str, fact: CallFact) -> Option<Arc<Call>> {
    let changes = Snapshot::default().apply(&account.into(), at, Event::from(fact));
    let Some(Change::Call { call, .. }) = changes.into_iter().next() else { return None };
    let written = Write::Call(Arc::clone(&call));
    write::write(db, at, Keeping::default(), &written, &mut Touched::default()).ok()?;
    Some(call)
}
