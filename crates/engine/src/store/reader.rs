//! The thread that answers questions, on a connection of its own that can only look.

use std::{
    path::Path,
    sync::mpsc::{Receiver, SyncSender, TrySendError, channel, sync_channel},
    thread::JoinHandle,
};

use model::Problem;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{StoreFault, schema, search};
use crate::history::{Page, Query};

/// Nobody asks so much at once.
const WAITING: usize = 64;

/// Something that is answered without writing.
pub(super) enum Question {
    Page(Box<Query>, oneshot::Sender<Result<Page, Problem>>),
    #[cfg(test)]
    Hold(Receiver<()>),
}

impl Question {
    /// Answers it; `path` is the file it is about, for people.
    pub(super) fn answer(self, db: &Connection, path: Option<&Path>) -> Result<(), StoreFault> {
        match self {
            Self::Page(query, reply) => {
                let page = search::page(db, &query).map_err(StoreFault::from);
                let fault = page.as_ref().err().copied();
                drop(reply.send(page.map_err(|fault| fault.problem(path))));
                fault.map_or(Ok(()), Err)
            }
            #[cfg(test)]
            Self::Hold(until) => {
                until.recv().ok();
                Ok(())
            }
        }
    }
}

/// Ends with its last question when it is dropped.
pub(super) struct Reader {
    questions: Option<SyncSender<Question>>,
    faults: Receiver<StoreFault>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// `None` if the file cannot be opened a second time.
    pub(super) fn begin(path: &Path) -> Option<Self> {
        let db = schema::open_to_read(path)
            .inspect_err(|error| tracing::debug!(%error, "the history cannot be opened a second time"))
            .ok()?;
        let (questions, asked) = sync_channel::<Question>(WAITING);
        let (tell, faults) = channel();
        let path = path.to_owned();
        let answer = move || {
            for question in asked {
                if let Err(fault) = question.answer(&db, Some(&path)) {
                    tell.send(fault).ok();
                }
            }
        };
        let thread = std::thread::Builder::new().name("history-read".to_owned()).spawn(answer).ok()?;
        Some(Self { questions: Some(questions), faults, thread: Some(thread) })
    }

    /// Never waits; gives the question back if too many wait already.
    pub(super) fn ask(&self, question: Question) -> Option<Question> {
        match self.questions.as_ref()?.try_send(question) {
            Ok(()) => None,
            Err(TrySendError::Full(question) | TrySendError::Disconnected(question)) => Some(question),
        }
    }

    /// What went wrong since this was asked last.
    pub(super) fn fault(&self) -> Option<StoreFault> {
        self.faults.try_iter().last()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.questions = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
