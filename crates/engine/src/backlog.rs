//! What waits for whoever hears of every change. They may be slow; when they hear nothing at all, calls go on.

use std::time::Duration;

use model::Time;
use tokio::{
    sync::mpsc::{self, error::TrySendError},
    time::Instant as Alarm,
};

use crate::Observed;

/// So much waits before anything waits for the observer.
const MOST: usize = 20_000;
/// An observer that takes nothing for so long while so much waits is no longer waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// In order.
pub(crate) type Batch = Vec<(Time, Observed)>;

/// ```text
///  Following ──full──► Full ──5 s──► Skipping
///      ▲  ▲             │              │
///      │  └────room─────┘              │
///      └───────────────room────────────┘  how much was skipped is told
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Following,
    Full { until: Alarm },
    Skipping { skipped: u64, since: Time },
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Backlog {
    waiting: Batch,
    state: State,
}

/// The observer has gone.
#[derive(Debug)]
pub(crate) struct Gone;

impl Default for Backlog {
    fn default() -> Self {
        Self { waiting: Batch::new(), state: State::Following }
    }
}

impl Backlog {
    /// Hands over what there is, or keeps it until there is room.
    pub(crate) fn tell(&mut self, to: &mpsc::Sender<Batch>, mut batch: Batch) -> Result<(), Gone> {
        if let State::Skipping { skipped, .. } = &mut self.state {
            *skipped = skipped.saturating_add(u64::try_from(batch.len()).unwrap_or(u64::MAX));
            return Ok(());
        }
        if self.waiting.is_empty() {
            match to.try_send(batch) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Closed(_)) => return Err(Gone),
                Err(TrySendError::Full(back)) => batch = back,
            }
        }
        self.waiting.append(&mut batch);
        if self.waiting.len() >= MOST && self.state == State::Following {
            self.state = State::Full { until: Alarm::now() + PATIENCE };
        }
        Ok(())
    }

    /// Whether something waits for room.
    pub(crate) fn is_behind(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Until when nothing more is to be taken in, for want of room.
    pub(crate) fn holds_up_until(&self) -> Option<Alarm> {
        match self.state {
            State::Full { until } => Some(until),
            State::Following | State::Skipping { .. } => None,
        }
    }

    /// The patience is over.
    pub(crate) fn give_up(&mut self, wall: Time) {
        if let State::Full { .. } = self.state {
            tracing::warn!("whoever watches reads nothing; what happens meanwhile is left out");
            self.state = State::Skipping { skipped: 0, since: wall };
        }
    }

    /// There is room: gives what waited, and how much was left out after it.
    pub(crate) fn take(&mut self) -> Batch {
        let mut batch = std::mem::take(&mut self.waiting);
        if let State::Skipping { skipped: count @ 1.., since } = self.state {
            batch.push((since, Observed::Skipped { count }));
        }
        self.state = State::Following;
        batch
    }

    /// Hands over what there is; whoever does not take it within this time has chosen so.
    pub(crate) async fn end(&mut self, to: Option<&mpsc::Sender<Batch>>, within: Duration) {
        if let (true, Some(to)) = (self.is_behind(), to) {
            tokio::time::timeout(within, to.send(self.take())).await.ok();
        }
    }
}

/// Room for one more batch; `None` when the observer has gone.
pub(crate) async fn room(to: Option<&mpsc::Sender<Batch>>) -> Option<mpsc::Permit<'_, Batch>> {
    to?.reserve().await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact() -> (Time, Observed) {
        (Time::from_millis(0), Observed::Skipped { count: 0 })
    }

    #[tokio::test]
    async fn a_slow_observer_gets_everything_in_the_end() {
        let (to, mut read) = mpsc::channel(1);
        let mut backlog = Backlog::default();
        for _ in 0..100 {
            backlog.tell(&to, vec![fact(); 3]).unwrap();
        }
        assert_eq!(read.recv().await.unwrap().len(), 3);
        assert_eq!((backlog.take().len(), backlog.is_behind()), (297, false));
    }

    #[tokio::test]
    async fn an_observer_that_never_reads_costs_a_bounded_memory_and_is_told_what_it_missed() {
        let (to, _read) = mpsc::channel(1);
        let mut backlog = Backlog::default();
        while backlog.holds_up_until().is_none() {
            backlog.tell(&to, vec![fact(); 100]).unwrap();
        }
        backlog.give_up(Time::from_millis(7));
        for _ in 0..50 {
            backlog.tell(&to, vec![fact(); 10_000]).unwrap();
        }
        assert!(backlog.holds_up_until().is_none() && backlog.waiting.len() <= MOST);
        let batch = backlog.take();
        assert_eq!(batch.last(), Some(&(Time::from_millis(7), Observed::Skipped { count: 500_000 })));
        backlog.tell(&to, vec![fact()]).unwrap();
        assert_eq!(backlog.waiting.len(), 1, "from here on nothing is left out");
    }

    #[tokio::test]
    async fn an_observer_that_has_gone_is_noticed() {
        let (to, read) = mpsc::channel(1);
        drop(read);
        assert!(Backlog::default().tell(&to, vec![fact()]).is_err());
    }
}
