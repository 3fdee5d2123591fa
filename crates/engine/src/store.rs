//! Calls, gaps and what a person noted about them, on disk: `history.db` in the state folder.
//!
//! One thread of its own owns the only connection that writes. Whoever writes never waits: what comes together goes into
//! one transaction, of which there are at most four a second unless somebody asks or changes something, and what cannot
//! be written now is kept and tried again. Questions are answered a page at a time, on another connection by another
//! thread, which is there while somebody asks: a long search holds up no write.
//! Where there is no folder, or the file cannot be used, the same is kept in memory, and said so;
//! a file that cannot be used is never touched.
//!
//! Start reading at [`Store::open`], then `schema`, then `Writer::commit`.

mod erase;
mod fault;
mod reader;
mod row;
mod sample;
mod schema;
mod search;
mod write;
mod writer;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread::Thread,
    time::Duration,
};

use model::{AccountId, Call, CallId, Gap, PhoneNumber, Problem, ProblemCode, Time};
use providers::Key;
use tokio::sync::oneshot;

use crate::{
    Incoming, Reply, Section, Settings,
    history::{Erase, Page, Query, Reminder},
};

pub(crate) use fault::StoreFault;
pub(crate) use sample::{is_found_by_name, some_history};
pub(crate) use search::page;
use writer::Writer;

/// What waits to be written is memory; so much waits only if the disk stands still.
const QUEUE: usize = 4_096;
/// So many facts are not left lying until the thread has rested.
const TOGETHER: usize = 1_024;
/// Whoever asks does not wait longer for a disk that stands still.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// A fact to be kept.
#[derive(Debug, Clone)]
pub enum Write {
    /// A call as it is.
    Call(Arc<Call>),
    /// What makes it the same call in another account, also in another run of the program.
    Key(CallId, String),
    /// The first is another account's report of the second, which stands for both.
    Same(CallId, CallId),
    /// What was decided about a call.
    Decided {
        /// Which call.
        call: CallId,
        /// Whether an alert is shown.
        shown: bool,
        /// The reason.
        why: String,
    },
    /// The account is in the settings; calls that it missed before then are no news if it is a new one.
    Account(AccountId, Time),
    /// The account was heard of then.
    Alive(AccountId, Time),
    /// A time in which an account was not live.
    Gap(AccountId, Gap),
    /// A missed call has been looked at; `None`: all have.
    Seen(Option<CallId>),
    /// A reminder was shown.
    Reminded(CallId),
}

/// What a person wants to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Write something about a call; an empty text takes it away.
    Note(CallId, String),
    /// Be reminded of calling back; `None`: no longer.
    Remind(CallId, Option<Time>),
    /// Forget the other end of a call.
    Private(CallId),
    /// Forget calls for good.
    Erase(Erase),
}

/// What the rest of the program needs to have at hand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Remembered {
    /// Missed calls nobody has looked at, newest first, at most 1,000.
    pub(crate) unseen: Vec<CallId>,
    /// Calls to be returned, at most 1,000.
    pub(crate) reminders: Vec<Reminder>,
    /// The newest note about each number, at most 5,000.
    pub(crate) notes: BTreeMap<PhoneNumber, String>,
}

/// What was known when the program ended last.
#[derive(Debug, Default)]
pub struct Loaded {
    pub(crate) remembered: Remembered,
    /// The last sign of life of each account.
    pub(crate) alive: BTreeMap<AccountId, Time>,
    /// The newest gaps, oldest first.
    pub(crate) gaps: Vec<(AccountId, Gap)>,
    /// What makes calls of two accounts the same call, of the newest ones.
    pub(crate) keys: Vec<(String, CallId)>,
    /// The newest missed calls, looked at or not: told again, they are no news.
    pub(crate) missed: Vec<CallId>,
}

enum Job {
    Write(Time, Write),
    Mark(Time, Mark, oneshot::Sender<Reply>),
    Read(Box<Query>, oneshot::Sender<Result<Page, Problem>>),
    Keep(Time, Keeping),
    /// The disk is so large.
    #[cfg(test)]
    Allow(u32),
    /// A question that is not answered before this.
    #[cfg(test)]
    Hold(mpsc::Receiver<()>),
    Close(oneshot::Sender<()>),
}

/// What is kept, by the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// For how many days; 0 = no calls at all.
    pub days: u64,
}

impl Keeping {
    /// As the settings say; `None` if what they say is not known: what is forgotten then would be gone for good.
    pub(crate) fn of(settings: &Settings) -> Option<Self> {
        if settings.is_illegible || settings.is_bad(SECTION.name) {
            return None;
        }
        let days = settings.section(SECTION.name).get("keep_days").and_then(serde_json::Value::as_u64);
        Some(days.map_or_else(Self::default, |days| Self { days }))
    }
}

/// `[history]` in the settings.
pub(crate) const SECTION: Section = Section {
    name: "history",
    title: "Call history",
    keys: &[Key::number("keep_days", "Keep calls for", "Days that calls are kept for; 0 keeps none")
        .default("365")],
    check: |_| Ok(()),
};

impl Default for Keeping {
    fn default() -> Self {
        Self { days: 365 }
    }
}

/// The way to the thread that keeps it all. Clones lead to the same one.
#[derive(Clone)]
pub struct Store {
    jobs: mpsc::SyncSender<Job>,
    /// `None`: there is none.
    writer: Option<Thread>,
    /// How many facts were given, over and over from 0.
    given: Arc<AtomicUsize>,
}

impl Store {
    /// Opens, or makes, the history in `folder`, or in memory if there is none. What was known comes when it is read;
    /// what changes in [`Remembered`], and what goes wrong, is told through `out`.
    pub fn open(
        folder: Option<PathBuf>,
        out: tokio::sync::mpsc::Sender<Incoming>,
    ) -> (Self, oneshot::Receiver<Loaded>) {
        let (jobs, inbox) = mpsc::sync_channel(QUEUE);
        let (tell, loaded) = oneshot::channel();
        let path = folder.map(|folder| folder.join("history.db"));
        let begun = std::thread::Builder::new().name("history".to_owned()).spawn(move || {
            if let Some(writer) = Writer::begin(path, out, tell) {
                writer.run(&inbox);
            }
        });
        let begun = begun.inspect_err(|error| tracing::error!(%error, "there is no thread for the history"));
        let writer = begun.ok().map(|begun| begun.thread().clone());
        (Self { jobs, writer, given: Arc::default() }, loaded)
    }

    /// Keeps a fact of this moment; never waits.
    pub fn write(&self, wall: Time, write: Write) {
        if self.jobs.try_send(Job::Write(wall, write)).is_err() {
            tracing::warn!("the history's disk stands still; something was not kept");
        }
        if self.given.fetch_add(1, Ordering::Relaxed) % TOGETHER == TOGETHER - 1 {
            self.wake();
        }
    }

    /// Gives the thread something that somebody waits for.
    fn send(&self, job: Job) -> Result<(), mpsc::TrySendError<Job>> {
        self.jobs.try_send(job)?;
        self.wake();
        Ok(())
    }

    /// Ends the thread's rest.
    fn wake(&self) {
        self.writer.iter().for_each(Thread::unpark);
    }

    /// What is kept from here on; what is beyond is forgotten.
    pub fn keep(&self, wall: Time, keeping: Keeping) {
        drop(self.send(Job::Keep(wall, keeping)));
    }

    /// Changes what a person wants changed; replied to when it is on the disk.
    pub fn mark(&self, wall: Time, mark: Mark, reply: oneshot::Sender<Reply>) {
        if let Err(mpsc::TrySendError::Full(job) | mpsc::TrySendError::Disconnected(job)) =
            self.send(Job::Mark(wall, mark, reply))
            && let Job::Mark(_, _, reply) = job
        {
            drop(reply.send(Err(silent())));
        }
    }

    /// Some calls of the past, everything that was written before included.
    ///
    /// # Errors
    /// What keeps the history from being read.
    pub async fn page(&self, query: Query) -> Result<Page, Problem> {
        let (reply, page) = oneshot::channel();
        self.send(Job::Read(Box::new(query), reply)).map_err(|_| silent())?;
        match tokio::time::timeout(ANSWER_WITHIN, page).await {
            Ok(Ok(page)) => page,
            Ok(Err(_)) | Err(_) => Err(silent()),
        }
    }

    /// Ends the thread when all is written.
    pub async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.send(Job::Close(reply)).is_ok() {
            drop(closed.await);
        }
    }
}

fn silent() -> Problem {
    Problem::new(ProblemCode::Storage, "The call history does not answer; look whether the disk is full.")
}

#[cfg(test)]
mod tests;
