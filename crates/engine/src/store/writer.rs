//! The thread that owns the file.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::Duration,
};

use model::{AccountId, CallId, Gap, Problem, Time};
use rusqlite::Connection;
use tokio::sync::{mpsc::error::TrySendError, oneshot};

use super::{
    Job, Keeping, Loaded, Mark, Remembered, StoreFault, TOGETHER, Write,
    erase::Sweep,
    reader::{Question, Reader},
    row, schema,
    write::{self, Touched},
};
use crate::{Incoming, Reply, history::Reminder};

/// What comes together is written together.
const BATCH: usize = 2 * TOGETHER;
/// After facts were written none are for so long, unless they are many or somebody waits: a storm of calls is some
/// transactions, and a call that comes alone is on the disk at once.
const REST: Duration = Duration::from_millis(250);
/// So much is kept while it cannot be written; what is older is lost.
const UNWRITTEN: usize = 10_000;
/// How often what could not be written or told is tried again.
const AGAIN_EVERY: Duration = Duration::from_secs(5);
/// Whoever asks mostly asks again, a letter later.
const READER_STAYS_FOR: Duration = Duration::from_secs(30);
const SOON: Duration = Duration::from_millis(50);
/// So many calls are kept in memory where there is no file.
const IN_MEMORY: u32 = 5_000;

pub(super) struct Writer {
    db: Connection,
    /// `None`: in memory.
    path: Option<PathBuf>,
    /// The file that it is or should be, for people.
    place: Option<PathBuf>,
    out: tokio::sync::mpsc::Sender<Incoming>,
    keeping: Keeping,
    wall: Time,
    unwritten: VecDeque<(Time, Write)>,
    sweeps: VecDeque<(Sweep, Option<oneshot::Sender<Reply>>)>,
    /// Whether the loop has not been told yet what changed.
    untold: bool,
    told: Remembered,
    fault: Option<StoreFault>,
    problem_told: Option<StoreFault>,
    reader: Option<Reader>,
}

impl Writer {
    /// Opens the file, or memory in its place; `None` if not even that is to be had.
    pub(super) fn begin(
        path: Option<PathBuf>,
        out: tokio::sync::mpsc::Sender<Incoming>,
        tell: oneshot::Sender<Loaded>,
    ) -> Option<Self> {
        let opened = match &path {
            Some(path) => schema::open(path).and_then(|db| Ok((load(&db)?, db))).inspect_err(|fault| {
                tracing::warn!("no call history: {fault}");
            }),
            None => schema::in_memory().map(|db| (Loaded::default(), db)),
        };
        let (loaded, db, fault) = match opened {
            Ok((loaded, db)) => (loaded, db, None),
            Err(fault) => (Loaded::default(), schema::in_memory().ok()?, Some(fault)),
        };
        let told = loaded.remembered.clone();
        let mut writer = Self {
            db,
            place: path.clone(),
            path: path.filter(|_| fault.is_none()),
            out,
            keeping: Keeping::default(),
            wall: Time::from_millis(0),
            unwritten: VecDeque::new(),
            sweeps: VecDeque::new(),
            untold: false,
            told,
            fault,
            problem_told: None,
            reader: None,
        };
        // Whoever waits for this reads the queue afterwards; who waits no longer is told what can still be told.
        if tell.send(loaded).is_err() {
            (writer.told, writer.untold) = (Remembered::default(), true);
        }
        writer.tell();
        Some(writer)
    }

    pub(super) fn run(mut self, inbox: &Receiver<Job>) {
        loop {
            let mut batch = Vec::new();
            match self.wait(inbox) {
                Ok(job) => batch.push(job),
                Err(RecvTimeoutError::Timeout) => self.let_reader_go(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            batch.extend(inbox.try_iter().take(BATCH));
            let wrote = matches!(batch.last(), Some(Job::Write(..)));
            if let Some(closed) = self.work(batch) {
                drop(self);
                drop(closed);
                return;
            }
            if wrote {
                std::thread::park_timeout(REST);
            }
        }
    }

    fn wait(&self, inbox: &Receiver<Job>) -> Result<Job, RecvTimeoutError> {
        if !self.sweeps.is_empty() {
            inbox.recv_timeout(Duration::ZERO)
        } else if self.untold {
            inbox.recv_timeout(SOON)
        } else if !self.unwritten.is_empty() {
            inbox.recv_timeout(AGAIN_EVERY)
        } else if self.reader.is_some() {
            inbox.recv_timeout(READER_STAYS_FOR)
        } else {
            inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
        }
    }

    /// Does it all; gives who waits for the end.
    fn work(&mut self, batch: Vec<Job>) -> Option<oneshot::Sender<()>> {
        let (mut marks, mut reads, mut close) = (Vec::new(), Vec::new(), None);
        let mut newest = HashMap::new();
        for job in batch {
            match job {
                Job::Write(wall, write) => self.take(wall, write, &mut newest),
                Job::Mark(wall, Mark::Erase(what), reply) => match Sweep::of(&what, wall) {
                    Ok(sweep) => self.sweeps.push_back((sweep, Some(reply))),
                    Err(problem) => drop(reply.send(Err(problem))),
                },
                Job::Mark(wall, mark, reply) => marks.push((wall, mark, reply)),
                Job::Read(query, reply) => reads.push(Question::Page(query, reply)),
                #[cfg(test)]
                Job::Hold(until) => reads.push(Question::Hold(until)),
                Job::Keep(wall, keeping) => {
                    (self.wall, self.keeping) = (wall, keeping);
                    if !self.sweeps.iter().any(|(_, reply)| reply.is_none()) {
                        self.sweeps.push_back((Sweep::too_old(keeping, wall), None));
                    }
                }
                #[cfg(test)]
                Job::Allow(pages) => self.allow_pages(pages),
                Job::Close(reply) => close = Some(reply),
            }
        }
        self.commit(marks);
        for question in reads {
            self.answer(question);
        }
        self.sweep();
        if self.unwritten.is_empty() && self.path.is_none() {
            self.bound_memory();
        }
        self.tell();
        close
    }

    /// Puts a fact with those to be written; what is told of one call in a row is one row.
    fn take(&mut self, wall: Time, write: Write, newest: &mut HashMap<CallId, usize>) {
        match &write {
            Write::Call(call) => {
                let known = newest.get(&call.id).and_then(|&at| self.unwritten.get_mut(at));
                if let Some((_, Write::Call(known))) = known {
                    *known = Arc::new(write::merged(known, call));
                    return;
                }
                newest.insert(call.id.clone(), self.unwritten.len());
            }
            // What is news depends on what was told before these.
            Write::Account(..) | Write::Seen(_) => newest.clear(),
            Write::Key(..)
            | Write::Same(..)
            | Write::Decided { .. }
            | Write::Alive(..)
            | Write::Gap(..)
            | Write::Reminded(_) => {}
        }
        self.unwritten.push_back((wall, write));
    }

    /// By the reader, if there is a file that two can have open.
    fn answer(&mut self, question: Question) {
        if let (Some(path), None) = (&self.path, &self.reader) {
            self.reader = Reader::begin(path);
        }
        let left = match &self.reader {
            Some(reader) => reader.ask(question),
            None => Some(question),
        };
        if let Some(question) = left {
            let answered = question.answer(&self.db, self.place.as_deref());
            self.fault = self.fault.or(answered.err());
        }
    }

    fn let_reader_go(&mut self) {
        if let Some(reader) = self.reader.take() {
            self.fault = self.fault.or(reader.fault());
        }
    }

    /// Writes what there is to write, in one transaction.
    fn commit(&mut self, marks: Vec<(Time, Mark, oneshot::Sender<Reply>)>) {
        if self.unwritten.is_empty() && marks.is_empty() {
            return;
        }
        let mut written = self.transact(&marks);
        if let Err(fault) = &written
            && fault.is_lasting()
            && self.path.is_some()
        {
            self.go_on_in_memory(*fault);
            written = self.transact(&marks);
        }
        match written {
            Ok((touched, done)) => {
                self.unwritten.clear();
                self.untold |= touched.remembered;
                if self.path.is_some() {
                    self.fault = None;
                }
                for ((wall, mark, reply), done) in marks.into_iter().zip(done) {
                    if matches!(mark, Mark::Private(_)) && done.is_ok() {
                        self.sweeps.push_back((Sweep::of_traces(wall), Some(reply)));
                    } else {
                        drop(reply.send(done));
                    }
                }
            }
            Err(fault) => {
                let problem = self.failed(fault);
                let surplus = self.unwritten.len().saturating_sub(UNWRITTEN);
                self.unwritten.drain(..surplus);
                for (_, _, reply) in marks {
                    drop(reply.send(Err(problem.clone())));
                }
            }
        }
    }

    fn transact(
        &mut self,
        marks: &[(Time, Mark, oneshot::Sender<Reply>)],
    ) -> Result<(Touched, Vec<Reply>), StoreFault> {
        let mut touched = Touched::default();
        let step = self.db.transaction()?;
        for (wall, write) in &self.unwritten {
            match write::write(&step, *wall, self.keeping, write, &mut touched).map_err(StoreFault::from) {
                Err(StoreFault::Statement(code)) => {
                    tracing::warn!(?code, "something was not kept in the call history");
                }
                done => done?,
            }
        }
        let mut replies = Vec::new();
        for (_, mark, _) in marks {
            replies.push(write::mark(&step, mark, &mut touched)?);
        }
        step.commit()?;
        Ok((touched, replies))
    }

    fn sweep(&mut self) {
        let Some((mut sweep, reply)) = self.sweeps.pop_front() else { return };
        match sweep.step(&mut self.db) {
            Ok(true) => {
                self.untold = true;
                if let Some(reply) = reply {
                    drop(reply.send(Ok(())));
                }
            }
            Ok(false) => self.sweeps.push_front((sweep, reply)),
            Err(fault) => {
                let problem = self.failed(fault);
                if let Some(reply) = reply {
                    drop(reply.send(Err(problem)));
                }
            }
        }
    }

    /// Makes the disk so large.
    #[cfg(test)]
    pub(super) fn allow_pages(&self, pages: u32) {
        self.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    }

    fn bound_memory(&mut self) {
        let oldest: rusqlite::Result<i64> = self
            .db
            .prepare_cached("SELECT seq FROM call ORDER BY seq DESC LIMIT 1 OFFSET ?")
            .and_then(|mut statement| statement.query_row([IN_MEMORY], |row| row.get(0)));
        if let Ok(oldest) = oldest {
            self.sweeps.push_back((Sweep::below(oldest + 1), None));
        }
    }

    fn go_on_in_memory(&mut self, fault: StoreFault) {
        if let Ok(db) = schema::in_memory() {
            (self.db, self.path, self.fault, self.reader) = (db, None, Some(fault), None);
        }
    }

    fn failed(&mut self, fault: StoreFault) -> Problem {
        self.fault.get_or_insert(fault);
        fault.problem(self.place.as_deref())
    }

    /// Tells the loop what it needs to have at hand, without waiting for it.
    fn tell(&mut self) {
        self.fault = self.fault.or(self.reader.as_ref().and_then(Reader::fault));
        if self.fault != self.problem_told {
            let problem = self.fault.map(|fault| fault.problem(self.place.as_deref()));
            if self.passed_on(Incoming::Part("history", problem)) {
                self.problem_told = self.fault;
            }
        }
        if !self.untold {
            return;
        }
        match remembered(&self.db) {
            Ok(known) if known == self.told => self.untold = false,
            Ok(known) => {
                if self.passed_on(Incoming::Remembered(Box::new(known.clone()))) {
                    (self.told, self.untold) = (known, false);
                }
            }
            Err(error) => {
                self.failed(error.into());
                self.untold = false;
            }
        }
    }

    /// `false`: not now.
    fn passed_on(&self, incoming: Incoming) -> bool {
        match self.out.try_send(incoming) {
            Ok(()) | Err(TrySendError::Closed(_)) => true,
            Err(TrySendError::Full(_)) => false,
        }
    }
}

/// What was known when the program ended; calls that were open then have ended out of sight.
fn load(db: &Connection) -> Result<Loaded, StoreFault> {
    db.execute(
        "UPDATE call SET state = 'ended', outcome = 'lost', ended_at = max(
           coalesce(answered_at, started_at, seq / 1000),
           coalesce((SELECT alive_at FROM account WHERE account.id = call.account), 0))
         WHERE state <> 'ended'",
        [],
    )?;
    let mut alive = BTreeMap::new();
    let mut statement = db.prepare("SELECT id, alive_at FROM account WHERE alive_at IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        alive.insert(AccountId::from(id.as_str()), Time::from_millis(row.get(1)?));
    }
    let mut statement = db.prepare(
        "SELECT account, from_at, to_at, filled, fetched, note FROM gap ORDER BY from_at DESC LIMIT 500",
    )?;
    let gaps = statement.query_map([], |row| {
        let account: String = row.get(0)?;
        let gap = Gap {
            from: Time::from_millis(row.get(1)?),
            to: Time::from_millis(row.get(2)?),
            filled: row.get(3)?,
            fetched: row.get(4)?,
            note: row.get(5)?,
        };
        Ok((AccountId::from(account.as_str()), gap))
    })?;
    let mut gaps = gaps.collect::<rusqlite::Result<Vec<_>>>()?;
    gaps.reverse();
    let mut statement = db.prepare(
        "SELECT key, call FROM (SELECT id FROM call ORDER BY seq DESC LIMIT 500) JOIN call_key ON call = id
         UNION ALL
         SELECT key, call FROM (SELECT id FROM erased ORDER BY at DESC LIMIT 500) JOIN call_key ON call = id",
    )?;
    let keys = statement.query_map([], |row| Ok((row.get(0)?, row.get_ref(1)?.as_str()?.into())))?;
    let keys = keys.collect::<rusqlite::Result<_>>()?;
    let mut statement = db.prepare("SELECT id FROM call WHERE missed = 1 ORDER BY seq DESC LIMIT 500")?;
    let missed = statement.query_map([], |row| Ok(row.get_ref(0)?.as_str()?.into()))?;
    let missed = missed.collect::<rusqlite::Result<_>>()?;
    Ok(Loaded { remembered: remembered(db)?, alive, gaps, keys, missed })
}

fn remembered(db: &Connection) -> rusqlite::Result<Remembered> {
    let mut known = Remembered::default();
    let mut statement =
        db.prepare_cached("SELECT id FROM call WHERE unseen = 1 ORDER BY seq DESC LIMIT 1000")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        known.unseen.push(row.get_ref(0)?.as_str()?.into());
    }
    let sql = format!(
        "SELECT {} FROM call c WHERE c.note IS NOT NULL OR c.remind_at IS NOT NULL ORDER BY c.seq DESC LIMIT 5000",
        row::COLUMNS
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (_, past) = row::read(row)?;
        if let Some(at) = past.remind_at
            && known.reminders.len() < 1_000
        {
            known.reminders.push(Reminder {
                call: past.call.id.clone(),
                at,
                title: crate::peer_title(&past.call),
                number: past.call.peer.number.clone(),
                note: past.note.clone(),
            });
        }
        if let (Some(number), Some(note)) = (past.call.peer.number, past.note) {
            known.notes.entry(number).or_insert(note);
        }
    }
    Ok(known)
}
