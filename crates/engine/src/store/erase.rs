//! Forgetting, some calls at a time, so that nobody waits for it long.

use model::{Problem, ProblemCode, Time};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::{
    Keeping, StoreFault,
    search::first_seq,
    write::{kept_since, reports_of, shown_as},
};
use crate::history::{Erase, dialled_digits, is_number};

const AT_A_TIME: u32 = 500;
/// An extension has two digits at least.
const SHORTEST_NUMBER: usize = 2;
/// So long a provider may still tell of a call that was erased.
const TOLD_FOR: i64 = 90 * 24 * 60 * 60 * 1_000;

/// A forgetting that is under way.
pub(super) struct Sweep {
    what: What,
    /// Whether a person wants the calls gone for good, also when a provider tells of them again.
    wall: Option<Time>,
}

enum What {
    /// Calls that began before this place; gaps too.
    Below(i64),
    Call(String),
    /// Calls with these digits, from this place down.
    Number {
        digits: String,
        below: i64,
    },
    All,
    Nothing,
}

impl Sweep {
    /// What a person wants.
    ///
    /// # Errors
    /// If nothing can be meant by it.
    pub(super) fn of(what: &Erase, wall: Time) -> Result<Self, Problem> {
        let what = match what {
            Erase::Call { call } => What::Call(call.to_string()),
            Erase::Number { number } => {
                let text = "This is no phone number, so nothing was erased; `ringside calls` shows the callers' numbers.";
                let digits = dialled_digits(number).filter(|digits| digits.len() >= SHORTEST_NUMBER);
                let digits = digits.ok_or_else(|| Problem::new(ProblemCode::Settings, text))?;
                What::Number { digits, below: i64::MAX }
            }
            // Calls of times to come are nobody's to erase.
            Erase::Before { before } => What::Below(first_seq((*before).min(wall))),
            Erase::All => What::All,
        };
        Ok(Self { what, wall: Some(wall) })
    }

    /// What is left of texts that were taken out of calls which stay.
    pub(super) fn of_traces(wall: Time) -> Self {
        Self { what: What::Nothing, wall: Some(wall) }
    }

    /// What the settings say is not to be kept any longer.
    pub(super) fn too_old(keeping: Keeping, wall: Time) -> Self {
        let what =
            if keeping.days == 0 { What::All } else { What::Below(first_seq(kept_since(keeping, wall))) };
        Self { what, wall: None }
    }

    /// Calls that are more than memory has room for.
    pub(super) fn below(seq: i64) -> Self {
        Self { what: What::Below(seq), wall: None }
    }

    /// Forgets some; whether that was all.
    pub(super) fn step(&mut self, db: &mut Connection) -> Result<bool, StoreFault> {
        let step = db.transaction()?;
        let finished = self.some(&step)?;
        if finished {
            step.execute(
                "DELETE FROM call_key WHERE call NOT IN (SELECT id FROM call) AND call NOT IN (SELECT id FROM erased)",
                [],
            )?;
            step.execute("DELETE FROM call_same WHERE call NOT IN (SELECT id FROM call)", [])?;
        }
        step.commit()?;
        if !finished || self.wall.is_none() {
            return Ok(finished);
        }
        // What is left of the texts in the index and in the log is to go as well.
        db.execute("INSERT INTO call_text (call_text) VALUES ('optimize')", [])?;
        let somebody_reads: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(!somebody_reads)
    }

    fn some(&mut self, db: &Transaction<'_>) -> rusqlite::Result<bool> {
        match &mut self.what {
            What::Nothing => Ok(true),
            What::All => {
                db.execute("DELETE FROM call", [])?;
                db.execute("INSERT INTO call_text (call_text) VALUES ('delete-all')", [])?;
                if let Some(wall) = self.wall {
                    erased(db, "", wall, wall)?;
                }
                Ok(true)
            }
            What::Below(below) => {
                let seqs = seqs(db, "SELECT seq FROM call WHERE seq < ?1 ORDER BY seq LIMIT ?2", *below)?;
                for seq in &seqs {
                    forget(db, *seq)?;
                }
                let at = Time::from_millis(*below / super::search::SEQ_A_MILLI);
                if let Some(wall) = self.wall {
                    erased(db, "", at, wall)?;
                } else {
                    db.execute("DELETE FROM gap WHERE to_at < ?", [at.as_millis()])?;
                }
                Ok(seqs.len() < AT_A_TIME as usize)
            }
            What::Call(id) => {
                let shown = shown_as(db, id)?;
                let mut ids = reports_of(db, &shown)?;
                ids.push(shown);
                for id in ids {
                    let seq: Option<i64> = db
                        .query_row("SELECT seq FROM call WHERE id = ?", [id.as_str()], |row| row.get(0))
                        .optional()?;
                    if let Some(seq) = seq {
                        forget(db, seq)?;
                    }
                    if let Some(wall) = self.wall {
                        erased(db, &id, wall, wall)?;
                    }
                }
                Ok(true)
            }
            What::Number { digits, below } => {
                let found = seqs(
                    db,
                    "SELECT seq FROM call WHERE seq < ?1 AND (number IS NOT NULL OR raw IS NOT NULL)
                     ORDER BY seq DESC LIMIT ?2",
                    *below,
                )?;
                for seq in &found {
                    let (id, number, raw): (String, Option<String>, Option<String>) = db
                        .prepare_cached("SELECT id, number, raw FROM call WHERE seq = ?")?
                        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
                    if [number, raw].iter().flatten().any(|known| is_number(known, digits)) {
                        forget(db, *seq)?;
                        if let Some(wall) = self.wall {
                            erased(db, &id, wall, wall)?;
                        }
                    }
                    *below = *seq;
                }
                Ok(found.len() < AT_A_TIME as usize)
            }
        }
    }
}

fn seqs(db: &Transaction<'_>, sql: &str, below: i64) -> rusqlite::Result<Vec<i64>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![below, AT_A_TIME], |row| row.get(0))?;
    rows.collect()
}

fn forget(db: &Transaction<'_>, seq: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM call_text WHERE rowid = ?")?.execute([seq])?;
    db.prepare_cached("DELETE FROM call WHERE seq = ?")?.execute([seq])?;
    Ok(())
}

/// Whatever a provider tells of this call (`''`: of all that began before `at`) is not kept again.
fn erased(db: &Transaction<'_>, id: &str, at: Time, wall: Time) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO erased (id, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
    )?
    .execute(params![id, at.as_millis()])?;
    db.prepare_cached("DELETE FROM erased WHERE id <> '' AND at < ?")?
        .execute([wall.as_millis() - TOLD_FOR])?;
    Ok(())
}
