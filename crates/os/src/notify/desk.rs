//! Which notifications should be on the screen and which are: decides what to send, without a bus.

use std::collections::{BTreeMap, VecDeque};

use engine::{Alert, AlertAction, AlertKind};
use model::CallId;

/// Entries beyond this many push out the first missed call; the notification itself stays where it is.
const MOST: usize = 200;
const MOST_EARLY: usize = 32;

/// ```text
///  asking ──► up ──► asking …
///    └──► missing ──► asking …
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Daemon {
    #[default]
    Asking,
    Up,
    Missing,
}

/// What to send to the notification daemon.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sending {
    /// Its answer goes to [`Desk::notified`].
    Notify {
        epoch: Epoch,
        replaces: u32,
        alert: Alert,
        noise: Noise,
    },
    Close {
        id: u32,
    },
}

/// Whether an alert may be heard: only when it comes, not when it is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noise {
    Heard,
    Silent,
}

/// Which daemon it was: ids of a former one mean nothing to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Epoch(u64);

/// What the daemon says about a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    Closed,
    Invoked(String),
}

#[derive(Default)]
pub(super) struct Desk {
    alerts: BTreeMap<CallId, Entry>,
    daemon: Daemon,
    epoch: Epoch,
    /// Signals may overtake the answer that names their notification.
    early: VecDeque<(u32, Heard)>,
    out: VecDeque<Sending>,
}

#[derive(Default)]
struct Entry {
    wanted: Option<Alert>,
    shown: Option<Alert>,
    /// 0 = none.
    id: u32,
    is_sending: bool,
    /// The person closed it while the call rang.
    was_dismissed: bool,
}

impl Desk {
    pub(super) fn daemon(&self) -> Daemon {
        self.daemon
    }

    pub(super) fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Whether an answer is awaited.
    pub(super) fn is_sending(&self) -> bool {
        self.alerts.values().any(|entry| entry.is_sending)
    }

    pub(super) fn poll(&mut self) -> Option<Sending> {
        self.out.pop_front()
    }

    pub(super) fn show(&mut self, alert: &Alert) {
        if self.alerts.len() >= MOST && !self.alerts.contains_key(&alert.call) {
            let missed = self
                .alerts
                .iter()
                .find(|(_, entry)| !entry.is_sending && kind(entry).is_some_and(may_go))
                .map(|(call, _)| call.clone());
            if let Some(call) = missed {
                self.alerts.remove(&call);
            }
        }
        let entry = self.alerts.entry(alert.call.clone()).or_default();
        if entry.was_dismissed && alert.kind == AlertKind::Incoming {
            return;
        }
        entry.was_dismissed = false;
        let has_place = self.daemon != Daemon::Missing || !may_go(alert.kind);
        entry.wanted = has_place.then(|| alert.clone());
        self.settle(&alert.call);
    }

    pub(super) fn withdraw(&mut self, call: &CallId) {
        if let Some(entry) = self.alerts.get_mut(call) {
            entry.wanted = None;
            entry.was_dismissed = false;
            self.settle(call);
        }
    }

    /// Takes away all that would stay on the screen for ever.
    pub(super) fn withdraw_incoming(&mut self) {
        for call in self.calls() {
            let entry = self.alerts.get(&call);
            if entry.is_some_and(|entry| kind(entry) == Some(AlertKind::Incoming)) {
                self.withdraw(&call);
            }
        }
    }

    /// The answer to [`Sending::Notify`]: the id, or `None` if the daemon did not take it.
    pub(super) fn notified(
        &mut self,
        epoch: Epoch,
        call: &CallId,
        id: Option<u32>,
    ) -> Vec<(CallId, AlertAction)> {
        if epoch != self.epoch {
            return Vec::new();
        }
        if let Some(entry) = self.alerts.get_mut(call) {
            entry.is_sending = false;
            match id {
                Some(id) => entry.id = id,
                // What it should replace may be a ring that would stay for ever.
                None if entry.id != 0 && kind(entry).is_some_and(may_go) => entry.wanted = None,
                None => {}
            }
        }
        let (now, later) =
            std::mem::take(&mut self.early).into_iter().partition(|(early, _)| Some(*early) == id);
        self.early = if self.is_sending() { later } else { VecDeque::new() };
        let now: VecDeque<_> = now;
        let pressed = now.into_iter().filter_map(|(id, heard)| self.heard(id, heard)).collect();
        self.settle(call);
        pressed
    }

    /// A signal about a notification; returns the pressed button, if it was one of ours.
    pub(super) fn heard(&mut self, id: u32, heard: Heard) -> Option<(CallId, AlertAction)> {
        let Some((call, entry)) = self.alerts.iter_mut().find(|(_, entry)| id != 0 && entry.id == id) else {
            if self.is_sending() {
                if self.early.len() >= MOST_EARLY {
                    self.early.pop_front();
                }
                self.early.push_back((id, heard));
            }
            return None;
        };
        let call = call.clone();
        match heard {
            Heard::Invoked(key) => AlertAction::from_key(&key).map(|action| (call, action)),
            Heard::Closed => {
                entry.id = 0;
                entry.shown = None;
                entry.was_dismissed = kind(entry) == Some(AlertKind::Incoming);
                entry.wanted = None;
                self.settle(&call);
                None
            }
        }
    }

    /// A daemon answers.
    pub(super) fn up(&mut self) {
        self.daemon = Daemon::Up;
        for call in self.calls() {
            self.settle(&call);
        }
    }

    /// The daemon went away, and with it all it showed; calls that still ring are shown again by the next one.
    pub(super) fn lost(&mut self) {
        self.daemon = Daemon::Asking;
        self.epoch.0 += 1;
        self.early.clear();
        self.out.clear();
        self.alerts.retain(|_, entry| {
            let was_shown = entry.shown.take().is_some();
            entry.id = 0;
            entry.is_sending = false;
            match kind(entry) {
                Some(AlertKind::Incoming) => true,
                Some(AlertKind::Missed | AlertKind::Free) => !was_shown,
                None => entry.was_dismissed,
            }
        });
    }

    /// Somebody is asked for again.
    pub(super) fn asking(&mut self) {
        self.daemon = Daemon::Asking;
    }

    /// No daemon answers: what rings waits for one, missed calls are in the tray. What is shown keeps its id, since the
    /// daemon may only be slow.
    pub(super) fn missing(&mut self) {
        self.daemon = Daemon::Missing;
        for call in self.calls() {
            let Some(entry) = self.alerts.get_mut(&call) else { continue };
            let waits = !entry.is_sending && entry.shown != entry.wanted;
            if waits && kind(entry).is_some_and(may_go) {
                entry.wanted = None;
                self.settle(&call);
            }
        }
    }

    /// Whether a call that rings waits to be shown.
    pub(super) fn is_waiting(&self) -> bool {
        self.daemon != Daemon::Up
            && self.alerts.values().any(|entry| kind(entry) == Some(AlertKind::Incoming))
    }

    /// The notifications that stay until they are taken away.
    pub(super) fn lasting(&self) -> Vec<u32> {
        let lasts = |entry: &&Entry| {
            entry.id != 0 && entry.shown.as_ref().is_some_and(|shown| shown.kind == AlertKind::Incoming)
        };
        self.alerts.values().filter(lasts).map(|entry| entry.id).collect()
    }

    fn calls(&self) -> Vec<CallId> {
        self.alerts.keys().cloned().collect()
    }

    fn settle(&mut self, call: &CallId) {
        let Some(entry) = self.alerts.get_mut(call) else { return };
        if entry.is_sending {
            // The answer may never come, but what is shown already can be closed.
            if entry.wanted.is_none() && entry.id != 0 {
                self.out.push_back(Sending::Close { id: std::mem::take(&mut entry.id) });
            }
            return;
        }
        match (&entry.wanted, entry.id) {
            (Some(wanted), replaces) => {
                if self.daemon == Daemon::Up && entry.shown.as_ref() != Some(wanted) {
                    let is_new = entry.shown.as_ref().is_none_or(|shown| shown.kind != wanted.kind);
                    let noise = if is_new { Noise::Heard } else { Noise::Silent };
                    let alert = wanted.clone();
                    entry.is_sending = true;
                    entry.shown = Some(alert.clone());
                    self.out.push_back(Sending::Notify { epoch: self.epoch, replaces, alert, noise });
                }
            }
            (None, id) => {
                if id != 0 {
                    self.out.push_back(Sending::Close { id });
                    entry.id = 0;
                    entry.shown = None;
                }
                if !entry.was_dismissed {
                    self.alerts.remove(call);
                }
            }
        }
    }
}

/// Whether an alert says something that is not worth waiting for a daemon, or a place.
fn may_go(kind: AlertKind) -> bool {
    matches!(kind, AlertKind::Missed | AlertKind::Free)
}

fn kind(entry: &Entry) -> Option<AlertKind> {
    entry.wanted.as_ref().map(|alert| alert.kind)
}

#[cfg(test)]
mod tests;
