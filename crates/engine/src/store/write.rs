//! Facts into rows.

use model::{Call, CallState, Outcome, Problem, ProblemCode, Time};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{
    Keeping, Mark, Write,
    row::{self, COLUMNS},
    search::{SEQ_A_MILLI, first_seq},
};
use crate::{
    Reply,
    history::{LONGEST_NOTE, PastCall},
};

/// What the rest of the program has to be told of.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Missed calls, notes or reminders.
    pub(super) remembered: bool,
}

/// Longer ones are no provider's.
const LONGEST_KEY: usize = 200;
const A_DAY: u64 = 24 * 60 * 60;

/// Calls that began earlier are not kept.
pub(super) fn kept_since(keeping: Keeping, wall: Time) -> Time {
    let kept_for =
        i64::try_from(keeping.days.saturating_mul(A_DAY).saturating_mul(1_000)).unwrap_or(i64::MAX);
    Time::from_millis(wall.as_millis().saturating_sub(kept_for))
}

pub(super) fn write(
    db: &Connection,
    wall: Time,
    keeping: Keeping,
    write: &Write,
    touched: &mut Touched,
) -> rusqlite::Result<()> {
    match write {
        Write::Call(call) => keep(db, wall, keeping, call, touched)?,
        Write::Key(call, key) => {
            db.prepare_cached("INSERT INTO call_key (key, call) VALUES (?, ?) ON CONFLICT DO NOTHING")?
                .execute(params![row::kept(key, LONGEST_KEY), call.as_str()])?;
        }
        Write::Same(call, of) => {
            db.prepare_cached("INSERT OR REPLACE INTO call_same (call, of) VALUES (?, ?)")?
                .execute(params![call.as_str(), of.as_str()])?;
        }
        Write::Decided { call, shown, why } => {
            db.prepare_cached("UPDATE call SET shown = ?2, why = ?3 WHERE id = ?1")?.execute(params![
                call.as_str(),
                shown,
                why
            ])?;
        }
        Write::Account(id, since) => {
            db.prepare_cached("INSERT INTO account (id, since) VALUES (?, ?) ON CONFLICT DO NOTHING")?
                .execute(params![id.as_str(), since.as_millis()])?;
        }
        Write::Alive(id, at) => {
            db.prepare_cached("UPDATE account SET alive_at = ?2 WHERE id = ?1")?
                .execute(params![id.as_str(), at.as_millis()])?;
        }
        Write::Gap(account, gap) => {
            db.prepare_cached(
                "INSERT OR REPLACE INTO gap (account, from_at, to_at, filled, fetched, note)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                account.as_str(),
                gap.from.as_millis(),
                gap.to.as_millis(),
                gap.filled,
                gap.fetched,
                gap.note.as_deref().map(|note| row::kept(note, LONGEST_NOTE)),
            ])?;
        }
        Write::Seen(call) => {
            match call {
                None => db.execute("UPDATE call SET unseen = 0 WHERE unseen = 1", [])?,
                Some(call) => db.execute("UPDATE call SET unseen = 0 WHERE id = ?", [call.as_str()])?,
            };
            touched.remembered = true;
        }
        Write::Reminded(call) => {
            db.prepare_cached("UPDATE call SET remind_at = NULL WHERE id = ?")?.execute([call.as_str()])?;
            touched.remembered = true;
        }
    }
    Ok(())
}

/// What a person wants; an inner error is theirs to hear.
pub(super) fn mark(db: &Connection, mark: &Mark, touched: &mut Touched) -> rusqlite::Result<Reply> {
    touched.remembered = true;
    let id = match mark {
        Mark::Erase(_) => return Ok(Ok(())),
        Mark::Note(call, _) | Mark::Remind(call, _) | Mark::Private(call) => call,
    };
    let id = shown_as(db, id.as_str())?;
    let Some((seq, before)) = find(db, &id)? else {
        let text = "There is no such call in the history; `ringside calls` shows those there are.";
        return Ok(Err(Problem::new(ProblemCode::Settings, text)));
    };
    if matches!(mark, Mark::Private(_)) {
        for report in reports_of(db, &id)? {
            if let Some((seq, before)) = find(db, &report)? {
                let mut past = PastCall { private: true, ..before.clone() };
                row::bound(&mut past);
                put(db, seq, Some(&before), &past)?;
            }
        }
    }
    let mut past = before.clone();
    match mark {
        Mark::Note(_, text) => {
            past.note = Some(row::kept(text.trim(), LONGEST_NOTE)).filter(|text| !text.is_empty());
        }
        Mark::Remind(_, at) => past.remind_at = *at,
        Mark::Private(_) => past.private = true,
        Mark::Erase(_) => {}
    }
    row::bound(&mut past);
    put(db, seq, Some(&before), &past)?;
    Ok(Ok(()))
}

/// The call that stands for this one, if another does.
pub(super) fn shown_as(db: &Connection, id: &str) -> rusqlite::Result<String> {
    let of = db
        .prepare_cached("SELECT of FROM call_same WHERE call = ?")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(of.unwrap_or_else(|| id.to_owned()))
}

/// Other accounts' reports of a call.
pub(super) fn reports_of(db: &Connection, id: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT call FROM call_same WHERE of = ?")?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    rows.collect()
}

fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<(i64, PastCall)>> {
    let sql = format!("SELECT {COLUMNS} FROM call c WHERE c.id = ?");
    db.prepare_cached(&sql)?.query_row([id], row::read).optional()
}

fn keep(
    db: &Connection,
    wall: Time,
    keeping: Keeping,
    call: &Call,
    touched: &mut Touched,
) -> rusqlite::Result<()> {
    if keeping.days == 0 {
        return Ok(());
    }
    let began = call.started_at.or(call.answered_at).or(call.ended_at).unwrap_or(wall).min(wall);
    let known = find(db, call.id.as_str())?;
    let (seq, mut past) = match &known {
        Some((seq, known)) => (*seq, PastCall { call: merged(&known.call, call), ..known.clone() }),
        None => {
            if began < kept_since(keeping, wall) || is_erased(db, call, began)? {
                return Ok(());
            }
            let past = PastCall {
                call: call.clone(),
                alert: None,
                seen: None,
                note: None,
                remind_at: None,
                private: false,
            };
            (free_seq(db, began)?, past)
        }
    };
    let before = known.map(|(_, before)| before);
    past.seen = match (row::is_missed(&past.call), before.as_ref().and_then(|before| before.seen)) {
        (false, _) => None,
        (true, Some(seen)) => Some(seen),
        // Calls from before the account was here are not news.
        (true, None) => Some(past.call.ended_at.unwrap_or(began) < here_since(db, &past.call)?),
    };
    row::bound(&mut past);
    if before.as_ref() != Some(&past) {
        touched.remembered |=
            past.seen.is_some() || before.as_ref().is_some_and(|before| before.seen.is_some());
        put(db, seq, before.as_ref(), &past)?;
    }
    Ok(())
}

/// What is known of a call, with what is told of it: the telling wins, but for what it leaves out.
pub(super) fn merged(known: &Call, told: &Call) -> Call {
    let mut call = told.clone();
    let lost = call.outcome == Some(Outcome::Lost);
    // Whoever lost sight of a call does not know better how it ended.
    if lost && known.state == CallState::Ended {
        (call.state, call.outcome) = (known.state, known.outcome);
    }
    if call.outcome == known.outcome && known.state == CallState::Ended {
        call.ended_at = known.ended_at.or(call.ended_at);
    }
    call.peer = std::mem::take(&mut call.peer).after(known.peer.clone());
    call.line = call.line.or_else(|| known.line.clone());
    call.mine = call.mine.or(known.mine);
    if call.people.is_empty() {
        call.people.clone_from(&known.people);
    }
    call.started_at = match (known.started_at, call.started_at) {
        (Some(known), Some(told)) => Some(known.min(told)),
        (known, told) => known.or(told),
    };
    call.answered_at = call.answered_at.or(known.answered_at);
    call
}

fn is_erased(db: &Connection, call: &Call, began: Time) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM erased WHERE id = ?1 OR (id = '' AND at > ?2))")?
        .query_row(params![call.id.as_str(), began.as_millis()], |row| row.get(0))
}

fn here_since(db: &Connection, call: &Call) -> rusqlite::Result<Time> {
    let since: Option<i64> = db
        .prepare_cached("SELECT since FROM account WHERE id = ?")?
        .query_row([call.account.as_str()], |row| row.get(0))
        .optional()?;
    Ok(Time::from_millis(since.unwrap_or(0)))
}

fn free_seq(db: &Connection, began: Time) -> rusqlite::Result<i64> {
    let first = first_seq(began);
    let last: Option<i64> = db
        .prepare_cached("SELECT max(seq) FROM call WHERE seq >= ?1 AND seq < ?2")?
        .query_row([first, first.saturating_add(SEQ_A_MILLI)], |row| row.get(0))?;
    Ok(last.map_or(first, |last| last.saturating_add(1)))
}

fn put(db: &Connection, seq: i64, before: Option<&PastCall>, past: &PastCall) -> rusqlite::Result<()> {
    let call = &past.call;
    let line = call.line.as_ref();
    let millis = |at: Option<Time>| at.map(Time::as_millis);
    // To be able to replace, SQLite keeps a journal of its own for each row.
    let insert = if before.is_some() { "INSERT OR REPLACE" } else { "INSERT" };
    db.prepare_cached(&format!(
        "{insert} INTO call (seq, id, account, direction, state, mine, number, raw, name, hidden, line_id,
           line_name, people, started_at, answered_at, ended_at, outcome, missed, unseen, shown, why, note, remind_at,
           private)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ))?
    .execute(params![
        seq,
        call.id.as_str(),
        call.account.as_str(),
        row::written(call.direction),
        row::written(call.state),
        call.mine,
        call.peer.number.as_ref().map(model::PhoneNumber::as_str),
        call.peer.raw,
        call.peer.name,
        call.peer.hidden,
        line.map(|line| line.id.as_str()),
        line.and_then(|line| line.name.as_deref()),
        row::people(call),
        millis(call.started_at),
        millis(call.answered_at),
        millis(call.ended_at),
        call.outcome.map(row::written),
        past.seen.is_some(),
        past.seen == Some(false),
        past.alert.as_ref().map(|alert| alert.shown),
        past.alert.as_ref().map(|alert| alert.why.as_str()),
        past.note,
        millis(past.remind_at),
        past.private,
    ])?;
    let text = row::searched(past);
    let known = before.map(row::searched);
    if known.as_ref() != Some(&text) {
        if known.is_some() {
            db.prepare_cached("DELETE FROM call_text WHERE rowid = ?")?.execute([seq])?;
        }
        db.prepare_cached("INSERT INTO call_text (rowid, text) VALUES (?, ?)")?
            .execute(params![seq, text])?;
    }
    Ok(())
}
