//! From a question to SQL.

use model::Time;
use rusqlite::{Connection, params_from_iter, types::Value};

use super::row;
use crate::history::{Cursor, LONGEST_PAGE, Page, Query, dialled_digits};

/// How many calls of one millisecond can be told apart.
pub(super) const SEQ_A_MILLI: i64 = 1_000;
const USUAL_PAGE: u32 = 50;
/// More letters than this nobody searches for.
pub(super) const LONGEST: usize = 200;
/// More words than this nobody searches for.
const MOST_WORDS: usize = 16;

/// The first place in the history of calls that began at `at`.
pub(super) fn first_seq(at: Time) -> i64 {
    at.as_millis().saturating_mul(SEQ_A_MILLI)
}

/// The calls that `query` asks for.
pub(crate) fn page(db: &Connection, query: &Query) -> rusqlite::Result<Page> {
    let limit = match query.limit {
        0 => USUAL_PAGE,
        wanted => wanted.min(LONGEST_PAGE),
    };
    let wanted = Wanted::of(query);
    let mut values = wanted.values.clone();
    let mut conditions = wanted.conditions.clone();
    if let Some(Cursor(after)) = query.after {
        conditions.push(format!("{} < ?", wanted.seq));
        values.push(Value::Integer(after));
    }
    values.push(Value::Integer(i64::from(limit) + 1));
    let sql = format!(
        "SELECT {} FROM {} WHERE {} ORDER BY {} DESC LIMIT ?",
        row::COLUMNS,
        wanted.from,
        conditions.join(" AND "),
        wanted.seq
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), row::read)?;
    let mut calls = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let more = calls.len() > limit as usize;
    calls.truncate(limit as usize);
    let next = calls.last().filter(|_| more).map(|&(seq, _)| Cursor(seq));
    let total = if query.count {
        let sql = format!("SELECT count(*) FROM {} WHERE {}", wanted.from, wanted.conditions.join(" AND "));
        Some(db.prepare_cached(&sql)?.query_row(params_from_iter(wanted.values), |row| row.get(0))?)
    } else {
        None
    };
    let unseen = db
        .prepare_cached("SELECT count(*) FROM call WHERE unseen = 1")?
        .query_row([], |row| row.get::<_, u32>(0))?;
    Ok(Page { calls: calls.into_iter().map(|(_, past)| past).collect(), next, total, unseen })
}

/// A question's SQL, but for the page.
struct Wanted {
    from: &'static str,
    /// The column of the order.
    seq: &'static str,
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Wanted {
    fn of(query: &Query) -> Self {
        let words = query.search.as_deref().and_then(words);
        // The index gives its rows in the calls' order; the join must not be turned round.
        let (from, seq) = match words {
            Some(_) => ("call_text CROSS JOIN call c ON c.seq = call_text.rowid", "call_text.rowid"),
            None => ("call c", "c.seq"),
        };
        let mut wanted = Self { from, seq, conditions: vec!["1".to_owned()], values: Vec::new() };
        if let Some(words) = words {
            wanted.only("call_text MATCH ?", Value::Text(words));
        }
        if let Some(since) = query.since {
            wanted.only(&format!("{seq} >= ?"), Value::Integer(first_seq(since)));
        }
        if let Some(before) = query.before {
            wanted.only(&format!("{seq} < ?"), Value::Integer(first_seq(before)));
        }
        // Of one account, and of one call by its id, what that account said is asked for.
        if query.account.is_none() && query.call.is_none() {
            wanted
                .conditions
                .push("NOT EXISTS (SELECT 1 FROM call_same WHERE call_same.call = c.id)".to_owned());
        }
        if let Some(account) = &query.account {
            wanted.only("c.account = ?", Value::Text(account.to_string()));
        }
        if let Some(direction) = query.direction {
            wanted.only("c.direction = ?", Value::Text(row::written(direction)));
        }
        if let Some(call) = &query.call {
            wanted.only("c.id = ?", Value::Text(call.to_string()));
        }
        if query.missed {
            wanted.conditions.push("c.missed = 1".to_owned());
        }
        if query.unseen {
            wanted.conditions.push("c.unseen = 1".to_owned());
        }
        wanted
    }

    fn only(&mut self, condition: &str, value: Value) {
        self.conditions.push(condition.to_owned());
        self.values.push(value);
    }
}

/// What is searched for, as the text index is asked; `None` if it is nothing.
///
/// The index compares whole words at a cost for each call that has one of them, and steps through the calls of a single
/// part of three letters at a tenth of it. So one telling part of each word is asked for first, with a `NOT` around,
/// for else the index would take all in one: it never finds anything, for no text holds control characters.
fn words(search: &str) -> Option<String> {
    let search = row::kept(search, LONGEST);
    // A number may be written in groups.
    let mut words: Vec<String> = match dialled_digits(&search) {
        Some(digits) => vec![digits],
        None => search.split_whitespace().take(MOST_WORDS).map(str::to_owned).collect(),
    };
    // A letter alone is only found where a name begins; after another word it is looked for as that word's next.
    for at in (1..words.len()).rev() {
        if words.get(at).is_some_and(|word| word.chars().count() == 1) {
            let letter = words.remove(at);
            if let Some(before) = words.get_mut(at - 1) {
                before.push(' ');
                before.push_str(&letter);
            }
        }
    }
    let spaces = |word: &str| " ".repeat(3_usize.saturating_sub(word.chars().count()));
    let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
    let phrases: Vec<String> = words.iter().map(|word| quoted(&format!("{}{word}", spaces(word)))).collect();
    let phrases = Some(phrases.join(" AND ")).filter(|phrases| !phrases.is_empty())?;
    let parts: Vec<String> = words.iter().filter_map(|word| telling(word)).map(quoted).collect();
    if parts.is_empty() {
        return Some(phrases);
    }
    Some(format!("(({}) NOT \"\u{1}\u{1}\u{1}\") AND {phrases}", parts.join(" AND ")))
}

/// Three letters of a word that few others have: names differ where they begin, numbers where they end. What is not
/// ASCII may be fewer letters to the index.
fn telling(word: &str) -> Option<&str> {
    let part =
        |at: usize| word.get(at..at + 3).filter(|part| part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { part(word.len().checked_sub(3)?) } else { (0..word.len()).find_map(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_telling_part_of_each_word_is_asked_for_before_the_words() {
        let asked = |search| words(search).unwrap_or_default().replace('\u{1}', "-");
        assert_eq!(asked("andersen Bjørn"), r#"(("and") NOT "---") AND "andersen" AND "Bjørn""#);
        assert_eq!(asked("070-20 00 12 34"), r#"(("234") NOT "---") AND "7020001234""#);
        assert_eq!(asked("søren"), r#"(("ren") NOT "---") AND "søren""#);
        assert_eq!(asked("å\" b"), r#""å"" b""#);
        assert_eq!(asked(" "), "");
    }
}
