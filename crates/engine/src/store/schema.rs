//! The file's shape, and its ways from one version to the next.

use std::{fs, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use super::StoreFault;

/// "RING", so that no other program's file is taken for ours.
pub(super) const APPLICATION: i32 = 0x5249_4e47;

/// Whoever looks into the file with another program may hold it for a moment.
const BUSY_FOR: Duration = Duration::from_secs(2);

/// Each leads from the version before it; `user_version` counts how many were done. None may ever be changed.
///
/// A call's `seq` is when it began, in milliseconds, times 1000, plus a number that tells calls of one millisecond
/// apart: the order of the calls, the pages' cursor and the order of the full text are the same thing.
/// The text index keeps no copy of the text.
/// A call's key is what makes it the same call in another account; those of erased calls stay as long as their ids.
/// What is in `call_same` is another account's report of the call `of`, which is shown for both.
pub(super) const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE call (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      account TEXT NOT NULL,
      direction TEXT NOT NULL,
      state TEXT NOT NULL,
      mine INTEGER,
      number TEXT,
      raw TEXT,
      name TEXT,
      hidden INTEGER NOT NULL,
      line_id TEXT,
      line_name TEXT,
      people TEXT,
      started_at INTEGER,
      answered_at INTEGER,
      ended_at INTEGER,
      outcome TEXT,
      missed INTEGER NOT NULL,
      unseen INTEGER NOT NULL DEFAULT 0,
      shown INTEGER,
      why TEXT,
      note TEXT,
      remind_at INTEGER,
      private INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX call_missed ON call (seq) WHERE missed = 1;
    CREATE INDEX call_unseen ON call (seq) WHERE unseen = 1;
    CREATE INDEX call_open ON call (seq) WHERE state <> 'ended';
    CREATE INDEX call_note ON call (seq) WHERE note IS NOT NULL OR remind_at IS NOT NULL;
    CREATE VIRTUAL TABLE call_text USING fts5(
      text, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1'
    );
    CREATE TABLE account (
      id TEXT PRIMARY KEY,
      since INTEGER NOT NULL,
      alive_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE gap (
      account TEXT NOT NULL,
      from_at INTEGER NOT NULL,
      to_at INTEGER NOT NULL,
      filled INTEGER NOT NULL,
      fetched INTEGER,
      note TEXT,
      PRIMARY KEY (account, from_at)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE erased (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE call_key (
      key TEXT PRIMARY KEY,
      call TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX call_key_call ON call_key (call);
",
    "
    CREATE TABLE call_same (
      call TEXT PRIMARY KEY,
      of TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX call_same_of ON call_same (of);
",
];

/// Opens the file, readable for its owner only, and makes it what this version needs.
pub(super) fn open(path: &Path) -> Result<Connection, StoreFault> {
    if let Some(folder) = path.parent() {
        crate::file::private_folder(folder).map_err(|_| StoreFault::Unwritable)?;
    }
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|_| StoreFault::Unwritable)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepare(Connection::open_with_flags(path, flags)?)
}

/// The same file, for looking only; it must have been opened before.
pub(super) fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(BUSY_FOR)?;
    db.execute_batch("PRAGMA cache_size = -512; PRAGMA temp_store = MEMORY;")?;
    Ok(db)
}

/// The same in memory.
pub(super) fn in_memory() -> Result<Connection, StoreFault> {
    prepare(Connection::open_in_memory()?)
}

fn prepare(mut db: Connection) -> Result<Connection, StoreFault> {
    db.busy_timeout(BUSY_FOR)?;
    let application: i32 = db.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let empty: bool =
        db.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?;
    let version = version as usize;
    if version > MIGRATIONS.len() {
        return Err(StoreFault::Newer);
    }
    if application != APPLICATION && !empty {
        return Err(StoreFault::Broken);
    }
    // FULL: what was acknowledged outlasts a power cut too. What is erased is overwritten.
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA cache_size = -512; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 1048576;",
    )?;
    for (done, migration) in MIGRATIONS.iter().enumerate().skip(version) {
        let step = db.transaction()?;
        step.execute_batch(migration)?;
        step.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}",
            done + 1
        ))?;
        step.commit()?;
    }
    db.set_prepared_statement_cache_capacity(16);
    Ok(db)
}
