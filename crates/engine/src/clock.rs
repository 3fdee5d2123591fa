use std::time::Duration;

use model::Time;
use protocols::Instant;

/// Where the time comes from; tests move theirs by hand.
pub trait Clock: Send + Sync {
    /// The steady clock, which counts sleep.
    fn now(&self) -> Instant;

    /// The wall clock.
    fn wall(&self) -> Time;
}

/// The operating system's clocks.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn now(&self) -> Instant {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        let (seconds, nanos) = (u64::try_from(time.tv_sec), u32::try_from(time.tv_nsec));
        Instant::at(Duration::new(seconds.unwrap_or(0), nanos.unwrap_or(0)))
    }

    /// Outside Linux the standard clock counts sleep by itself.
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    fn now(&self) -> Instant {
        static START: std::sync::LazyLock<std::time::Instant> =
            std::sync::LazyLock::new(std::time::Instant::now);
        Instant::at(START.elapsed())
    }

    fn wall(&self) -> Time {
        jiff::Timestamp::now().into()
    }
}
