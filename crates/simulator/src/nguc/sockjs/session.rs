//! One session: how its client is reached, and what is still to be told.

use std::collections::VecDeque;
use std::time::Instant;

use tokio::sync::{mpsc, oneshot};

use super::frame::{self, Message};
use super::{Application, Framing, Push};

#[derive(Debug)]
pub(super) enum Outgoing {
    Message(Message),
    Frame(String),
}

#[derive(Debug)]
pub(super) enum Carrier {
    Websocket {
        pushes: mpsc::UnboundedSender<Push>,
        framing: Framing,
        pong_by: Option<Instant>,
    },
    Polling {
        key: (Application, String),
        /// The request that waits, by its number.
        poll: Option<(u64, oneshot::Sender<String>)>,
        /// When it ends if no request comes.
        gone_at: Option<Instant>,
    },
}

#[derive(Debug)]
pub(super) struct Session {
    pub(super) application: Application,
    pub(super) carrier: Carrier,
    pub(super) outgoing: VecDeque<Outgoing>,
    /// The `c` frame of a polling session that was closed; later polls get it.
    pub(super) closing: Option<String>,
    pub(super) beat_at: Option<Instant>,
}

impl Session {
    /// Lets out what can go: all of it on a websocket, one frame by a waiting poll, after which the session ends at
    /// `gone_at` unless another comes.
    pub(super) fn flush(&mut self, gone_at: Instant) {
        match &mut self.carrier {
            Carrier::Websocket { pushes, framing, .. } => {
                for one in self.outgoing.drain(..) {
                    let text = match (one, *framing) {
                        (Outgoing::Frame(frame), _) => frame,
                        (Outgoing::Message(message), Framing::SockJs) => frame::of_messages(&[message]),
                        (Outgoing::Message(message), Framing::Raw) => message.unframed(),
                    };
                    // Of a socket that has gone, its task will tell.
                    pushes.send(Push::Text(text)).ok();
                }
            }
            Carrier::Polling { poll, gone_at: ends_at, .. } => {
                let Some(waiting) = poll.take() else { return };
                let Some(frame) = next_frame(&mut self.outgoing).or_else(|| self.closing.clone()) else {
                    *poll = Some(waiting);
                    return;
                };
                waiting.1.send(frame + "\n").ok();
                *ends_at = Some(gone_at);
                self.beat_at = None;
            }
        }
    }

    pub(super) fn next_wake(&self) -> Option<Instant> {
        let of_carrier = match &self.carrier {
            Carrier::Websocket { pong_by, .. } => *pong_by,
            Carrier::Polling { gone_at, .. } => *gone_at,
        };
        self.beat_at.into_iter().chain(of_carrier).min()
    }
}

/// The messages at the front as one frame, or the frame that is there.
fn next_frame(outgoing: &mut VecDeque<Outgoing>) -> Option<String> {
    let mut messages = Vec::new();
    loop {
        match outgoing.pop_front() {
            Some(Outgoing::Message(message)) => messages.push(message),
            Some(Outgoing::Frame(frame)) if messages.is_empty() => return Some(frame),
            Some(frame @ Outgoing::Frame(_)) => {
                outgoing.push_front(frame);
                break;
            }
            None if messages.is_empty() => return None,
            None => break,
        }
    }
    Some(frame::of_messages(&messages))
}
