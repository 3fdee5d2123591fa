//! One connection, as the server knows it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use jiff::Timestamp;
use serde_json::value::RawValue;
use tokio::sync::mpsc;

use super::wire::Disconnect;

/// What a websocket is told to do.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::semaswift) enum Push {
    Text(Arc<str>),
    /// A frame that is no text, which Centrifugo's JSON never is.
    Binary(Vec<u8>),
    Close(Disconnect),
}

/// What waits to be written to one websocket.
#[derive(Debug)]
pub(in crate::semaswift) struct Inbox {
    pub(in crate::semaswift) pushes: mpsc::UnboundedReceiver<Push>,
    backlog: Arc<Backlog>,
}

#[derive(Debug, Default)]
struct Backlog {
    bytes: AtomicUsize,
    too_slow: AtomicBool,
}

impl Inbox {
    /// These bytes are on their way.
    pub(in crate::semaswift) fn written(&self, bytes: usize) {
        self.backlog.bytes.fetch_sub(bytes, Ordering::SeqCst);
    }

    /// The connection is being closed for what it has not read: that is not written any more.
    pub(in crate::semaswift) fn is_too_slow(&self) -> bool {
        self.backlog.too_slow.load(Ordering::SeqCst)
    }
}

#[derive(Debug)]
pub(super) struct Outbox {
    pushes: mpsc::UnboundedSender<Push>,
    backlog: Arc<Backlog>,
}

pub(super) fn outbox() -> (Outbox, Inbox) {
    let (sender, pushes) = mpsc::unbounded_channel();
    let backlog = Arc::new(Backlog::default());
    (Outbox { pushes: sender, backlog: Arc::clone(&backlog) }, Inbox { pushes, backlog })
}

impl Outbox {
    pub(super) fn send(&self, push: Push) {
        let bytes = match &push {
            Push::Text(text) => text.len(),
            Push::Binary(bytes) => bytes.len(),
            Push::Close(disconnect) => {
                let is_slow = *disconnect == Disconnect::slow();
                self.backlog.too_slow.store(is_slow, Ordering::SeqCst);
                0
            }
        };
        self.backlog.bytes.fetch_add(bytes, Ordering::SeqCst);
        if self.pushes.send(push).is_err() {
            tracing::debug!("a websocket ended before it was told so");
        }
    }

    pub(super) fn backlog(&self) -> usize {
        self.backlog.bytes.load(Ordering::SeqCst)
    }
}

/// ```text
/// opened ──connect──► connected ──close code, silence, or the socket's end──► gone
///    └── no connect in time: 3502
/// ```
#[derive(Debug)]
pub(super) struct Client {
    pub(super) outbox: Outbox,
    pub(super) stage: Stage,
}

#[derive(Debug)]
pub(super) enum Stage {
    Opened { stale_at: Instant },
    Connected(Connected),
}

#[derive(Debug)]
pub(super) struct Connected {
    /// The id that others see.
    pub(super) id: String,
    pub(super) user: String,
    pub(super) info: Option<Box<RawValue>>,
    /// Closed then unless its token was refreshed.
    pub(super) closes_at: Option<Timestamp>,
    pub(super) ping_at: Option<Instant>,
    /// A pong is awaited until then.
    pub(super) pong_by: Option<Instant>,
    pub(super) subscriptions: BTreeMap<String, Subscription>,
}

#[derive(Debug)]
pub(super) struct Subscription {
    /// Ended then unless its token was refreshed.
    pub(super) ends_at: Option<Timestamp>,
    /// What others see of it, as JSON.
    pub(super) who: Arc<RawValue>,
}

impl Client {
    pub(super) fn connected(&self) -> Option<&Connected> {
        match &self.stage {
            Stage::Opened { .. } => None,
            Stage::Connected(connected) => Some(connected),
        }
    }

    pub(super) fn connected_mut(&mut self) -> Option<&mut Connected> {
        match &mut self.stage {
            Stage::Opened { .. } => None,
            Stage::Connected(connected) => Some(connected),
        }
    }
}
