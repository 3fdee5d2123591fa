//! The time of an account under test: tokio's, which may stand still and be moved, with sleep and wrong clocks on top.

use std::{
    future::Future,
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Duration,
};

use engine::Clock;
use model::Time;
use protocols::Instant;

/// See the module.
pub struct MovedClock {
    start: tokio::time::Instant,
    wall: Time,
    lost_millis: AtomicU64,
    wall_wrong_millis: AtomicI64,
}

impl Default for MovedClock {
    fn default() -> Self {
        Self {
            start: tokio::time::Instant::now(),
            wall: jiff::Timestamp::now().into(),
            lost_millis: AtomicU64::new(0),
            wall_wrong_millis: AtomicI64::new(0),
        }
    }
}

impl MovedClock {
    /// Time goes by that no timer sees, as in sleep.
    pub fn lose(&self, time: Duration) {
        self.lost_millis.fetch_add(u64::try_from(time.as_millis()).unwrap_or(0), Ordering::SeqCst);
    }

    /// Somebody sets the wall clock.
    pub fn set_wall_ahead(&self, hours: i64) {
        self.wall_wrong_millis.fetch_add(hours * 3_600_000, Ordering::SeqCst);
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed() + Duration::from_millis(self.lost_millis.load(Ordering::SeqCst))
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        Instant::at(Duration::from_secs(1_000_000) + self.elapsed())
    }

    fn wall(&self) -> Time {
        let wall = self.wall.plus(self.elapsed()).as_millis();
        Time::from_millis(wall + self.wall_wrong_millis.load(Ordering::SeqCst))
    }
}

/// How fast time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As it does.
    Real,
    /// In steps of this, each taken when everything that was ready has had its turn: a busy machine is a slower
    /// clock, not a missed deadline.
    Steps(Duration),
}

/// Runs everything on one thread at this pace.
///
/// # Errors
/// Those of `run`, and of a runtime that cannot be had.
pub fn at_pace<T>(pace: Pace, run: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let Pace::Steps(step) = pace else {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        return runtime.block_on(run);
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?;
    runtime.block_on(async {
        let (done, waits) = std::sync::mpsc::channel::<()>();
        // While this thread is busy tokio does not move its clock by itself, which it would do whenever a socket has
        // nothing for us at this very moment.
        let holds = tokio::task::spawn_blocking(move || waits.recv().is_ok());
        let (tick, mut ticks) = tokio::sync::mpsc::channel(1);
        let ticking = std::thread::spawn(move || {
            while tick.blocking_send(()).is_ok() {
                std::thread::sleep(Duration::from_micros(300));
            }
        });
        let moving = tokio::spawn(async move {
            while ticks.recv().await.is_some() {
                tokio::time::advance(step).await;
            }
        });
        let result = run.await;
        moving.abort();
        drop(moving.await);
        drop(done);
        holds.await?;
        drop(ticking.join());
        result
    })
}
