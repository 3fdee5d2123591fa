//! What is kept of clients: sessions, how they can be reached, and the requests that wait for an answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{mpsc, oneshot};

use super::reply::Reply;
use super::{Push, SocketId};

#[derive(Debug)]
pub(super) struct Session {
    pub(super) expires_at: Instant,
    /// The socket the handshake came over.
    pub(super) home: Option<SocketId>,
    pub(super) subscriptions: BTreeSet<String>,
    pub(super) queue: Vec<Arc<str>>,
    pub(super) connection: Option<Connection>,
    /// Gone for every question, though its connection still runs out in its own time.
    pub(super) forgotten: bool,
}

#[derive(Debug, Default)]
pub(super) struct Connection {
    pub(super) socket: Option<SocketId>,
    pub(super) waiting: Option<(u64, Reply)>,
    pub(super) inbox: Vec<Arc<str>>,
    pub(super) answer_at: Option<Instant>,
}

#[derive(Debug)]
pub(super) struct Socket {
    pub(super) pushes: mpsc::UnboundedSender<Push>,
    pub(super) session: Option<String>,
}

/// The messages of one request, until all are answered.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) awaited: usize,
    pub(super) answers: Vec<Arc<str>>,
    pub(super) sink: Sink,
}

#[derive(Debug)]
pub(super) enum Sink {
    Http(oneshot::Sender<String>),
    Socket(SocketId),
}

impl Session {
    /// Sends what is queued, or puts it where the next answer takes it along.
    pub(super) fn deliver(&mut self, now: Instant, sockets: &BTreeMap<SocketId, Socket>) {
        let Some(connection) = self.connection.as_mut() else { return };
        if self.queue.is_empty() {
            return;
        }
        let queued = std::mem::take(&mut self.queue);
        match connection.socket {
            Some(socket) => {
                for event in queued {
                    push(sockets, socket, Push::Text(format!("[{event}]")));
                }
            }
            None => {
                connection.inbox.extend(queued);
                connection.answer_at = Some(now);
            }
        }
    }
}

/// Hands something to a websocket, if it is still there.
pub(super) fn push(sockets: &BTreeMap<SocketId, Socket>, socket: SocketId, what: Push) {
    if let Some(socket) = sockets.get(&socket) {
        // An error only means that the websocket's task has ended.
        drop(socket.pushes.send(what));
    }
}
