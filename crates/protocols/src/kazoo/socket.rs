//! Whether the socket lives.

use std::time::Duration;

use crate::Instant;

/// How long a probe waits for a sign of life.
const PROBE_WITHIN: Duration = Duration::from_secs(3);
/// No event for this long is a moment in which the socket may be opened anew.
const QUIET: Duration = Duration::from_secs(3);

/// ```text
///  Fine ──quiet, ping──► Doubted ──► dead
///    ▲        heard         │
///    └──────────────────────┘
/// ```
#[derive(Debug, Default)]
pub(super) struct Socket {
    pub(super) opened_at: Instant,
    /// It does not open if it is not open by then.
    pub(super) opens_by: Option<Instant>,
    heard_at: Instant,
    spoke_at: Instant,
    /// To be looked at again then.
    look_at: Option<Instant>,
    /// Asked for a sign of life, which must come by then.
    dead_at: Option<Instant>,
}

/// What a socket needs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Need {
    Nothing,
    Ping,
    Burial,
}

impl Socket {
    pub(super) fn open(&mut self, now: Instant, ping_every: Duration) {
        *self = Self {
            opened_at: now,
            heard_at: now,
            spoke_at: now,
            look_at: Some(now + ping_every),
            ..Self::default()
        };
    }

    pub(super) fn close(&mut self) {
        *self = Self::default();
    }

    pub(super) fn heard(&mut self, now: Instant, ping_every: Duration) {
        self.heard_at = now;
        if self.dead_at.take().is_some() {
            self.look_at = Some(now + ping_every);
        }
    }

    /// An event came.
    pub(super) fn spoke(&mut self, now: Instant) {
        self.spoke_at = now;
    }

    /// From when on it may be opened anew if nothing more comes.
    pub(super) fn quiet_at(&self) -> Instant {
        self.spoke_at + QUIET
    }

    pub(super) fn wait(&self) -> Option<Instant> {
        [self.opens_by, self.look_at, self.dead_at].into_iter().flatten().min()
    }

    pub(super) fn look(&mut self, now: Instant, ping_every: Duration, dead_after: Duration) -> Need {
        if self.dead_at.is_some_and(|at| at <= now) {
            return Need::Burial;
        }
        if self.look_at.is_none_or(|at| at > now) {
            return Need::Nothing;
        }
        if self.heard_at + ping_every > now {
            self.look_at = Some(self.heard_at + ping_every);
            return Need::Nothing;
        }
        self.look_at = None;
        self.dead_at = Some(now + dead_after);
        Need::Ping
    }

    /// Asks for a sign of life at once.
    pub(super) fn doubt(&mut self, now: Instant) {
        let by = now + PROBE_WITHIN;
        self.look_at = None;
        self.dead_at = Some(self.dead_at.map_or(by, |at| at.min(by)));
    }

    /// Whether it was asked for a sign of life and has not given any.
    pub(super) fn is_doubted(&self) -> bool {
        self.dead_at.is_some()
    }

    pub(super) fn hurry(&mut self, now: Instant) {
        self.opens_by = self.opens_by.map(|at| at.min(now + PROBE_WITHIN));
    }
}
