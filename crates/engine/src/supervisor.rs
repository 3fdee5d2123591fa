//! When an account connects again: pure, on a clock that is handed in.

use std::{collections::VecDeque, time::Duration};

use protocols::Instant;
use providers::Verdict;

/// After a live connection was cut, the first new attempt follows within this time.
const QUICK: Duration = Duration::from_millis(250);

/// A connection that was live for this long proves the provider well: the next outage is a new one.
const STABLE_FOR: Duration = Duration::from_secs(10);

/// The most that the pauses last while access is refused, each drawn between half of this and this; the last one again
/// and again: what refuses for a moment is found out soon, and what refuses for good is not pressed.
const REFUSED: [Duration; 4] = [
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(10 * 60),
];

/// The most that the early pauses of an outage last, each drawn between half of this and this: so a pause is never
/// much longer than the outage so far, and a short outage costs a short time more.
const EARLY: [Duration; 5] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(32),
];

/// After the early pauses, one attempt is made somewhere in each stretch of this length since the outage began,
/// so that those whom one outage hit at one moment come back evenly spread.
const STRETCH: Duration = Duration::from_secs(60);

/// Not even a provider that accepts and cuts at once sees more attempts than this within [`WINDOW`].
const MOST: usize = 6;
const WINDOW: Duration = Duration::from_secs(60);

/// While nobody answers at the door, somebody knocks this often in the first minute of an outage, and as soon as it is
/// opened an attempt follows within [`OPENED`]. Later those whom one outage hit come back by [`STRETCH`] alone: were
/// the door told to all of them within a second, all would come in that second.
const KNOCK_EVERY: Duration = Duration::from_millis(1_000);
const KNOCK_FOR: Duration = Duration::from_secs(60);
const OPENED: Duration = Duration::from_millis(250);

/// The early pauses while somebody knocks: attempts tell no more than a knock, so they are spared for when it is opened;
/// and one that hangs would go on hanging after the server is well again.
const KNOCKING: [Duration; 2] = [Duration::from_secs(12), Duration::from_secs(24)];

/// After sleep or a change of network, those of one office come back spread over this time.
const HURRY: Duration = Duration::from_secs(1);

/// How often a keyring that cannot be read is asked again.
const KEYRING: Duration = Duration::from_secs(30);

/// A provider that asks for a longer pause than this is not believed.
const LONGEST_WISH: Duration = Duration::from_secs(60 * 60);

/// ```text
///  At ──(begin, live)──► failed ──► At …
///                           ├─────► SignIn  ──(retry)──► At
///                           └─────► Stopped ──(retry)──► At
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Connect at this moment.
    At(Instant),
    /// A person must sign in.
    SignIn,
    /// Nothing happens by itself any more.
    Stopped,
}

/// Whether somebody answered where it was tried to connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DoorIs {
    /// Somebody did, whatever was said then.
    Open,
    /// Nobody did.
    Shut,
}

/// Decides when one account connects again.
#[derive(Debug)]
pub(crate) struct Supervisor {
    rng: fastrand::Rng,
    next: Next,
    live_at: Option<Instant>,
    /// When the first failure of this outage was.
    outage_at: Option<Instant>,
    /// How many of [`EARLY`] this outage has used.
    early: usize,
    /// How many of [`REFUSED`] this outage has used.
    refused: usize,
    /// Whether this outage may still use [`QUICK`].
    quick: bool,
    /// The provider's wish.
    not_before: Instant,
    /// The last [`MOST`] attempts, oldest first.
    attempts: VecDeque<Instant>,
}

impl Supervisor {
    /// Wants to connect at `now`; `seed` is for the jitter.
    pub(crate) fn new(now: Instant, seed: u64) -> Self {
        Self {
            rng: fastrand::Rng::with_seed(seed),
            next: Next::At(now),
            live_at: None,
            outage_at: None,
            early: 0,
            refused: 0,
            quick: true,
            not_before: now,
            attempts: VecDeque::with_capacity(MOST),
        }
    }

    /// What comes next.
    pub(crate) fn next(&self) -> Next {
        self.next
    }

    /// An attempt begins.
    pub(crate) fn begin(&mut self, now: Instant) {
        self.live_at = None;
        self.count(now);
    }

    /// The session was cut and tries once more by itself: an attempt like any other, and the quick one of this outage.
    pub(crate) fn interrupted(&mut self, now: Instant) {
        if self.live_at.take().is_some_and(|at| now - at >= STABLE_FOR) {
            self.forget_outage();
        }
        self.outage_at.get_or_insert(now);
        self.quick = false;
        self.count(now);
    }

    fn count(&mut self, now: Instant) {
        if self.attempts.len() == MOST {
            self.attempts.pop_front();
        }
        self.attempts.push_back(now);
    }

    /// The attempt has succeeded.
    pub(crate) fn live(&mut self, now: Instant) {
        self.live_at.get_or_insert(now);
    }

    /// The attempt, or the connection it made, has failed.
    pub(crate) fn failed(
        &mut self,
        now: Instant,
        verdict: Verdict,
        wish: Option<Duration>,
        door: DoorIs,
    ) -> Next {
        let live_at = self.live_at.take();
        if live_at.is_some_and(|at| now - at >= STABLE_FOR) {
            self.forget_outage();
        }
        let outage_at = *self.outage_at.get_or_insert(now);
        self.next = match verdict {
            Verdict::SignIn => Next::SignIn,
            Verdict::Stop => Next::Stopped,
            Verdict::Later => {
                let most = REFUSED.get(self.refused).or(REFUSED.last()).copied().unwrap_or(STRETCH);
                self.refused = self.refused.saturating_add(1);
                let at = now + most / 2 + self.up_to(most / 2);
                self.not_before(now, wish, at)
            }
            Verdict::Retry => {
                let at = if live_at.is_some() && std::mem::take(&mut self.quick) {
                    now + self.up_to(QUICK)
                } else if let Some(most) = self.early_pause(door) {
                    self.early += 1;
                    now + most / 2 + self.up_to(most / 2)
                } else {
                    // By when the attempt began: one that took long does not cost its successor's stretch.
                    let begun = self.attempts.back().copied().unwrap_or(now);
                    let over = (begun - outage_at).as_secs() / STRETCH.as_secs() + 1;
                    let stretch = outage_at + Duration::from_secs(over * STRETCH.as_secs());
                    now.max(stretch + self.up_to(STRETCH))
                };
                self.not_before(now, wish, at)
            }
        };
        self.next
    }

    /// The secret cannot be had for the time being.
    pub(crate) fn keyring_failed(&mut self, now: Instant) -> Next {
        self.next = Next::At(now + KEYRING);
        self.next
    }

    /// When somebody is to knock at a door that was shut at `now`; `None` when not.
    pub(crate) fn knock_at(&mut self, now: Instant) -> Option<Instant> {
        let outage_at = self.outage_at?;
        let knocks = matches!(self.next, Next::At(at) if at > now) && now - outage_at < KNOCK_FOR;
        knocks.then(|| now + KNOCK_EVERY / 2 + self.up_to(KNOCK_EVERY / 2))
    }

    /// The door was shut, and is open again.
    pub(crate) fn opened(&mut self, now: Instant) -> Next {
        if let Next::At(at) = self.next {
            let soon = now.max(self.not_before) + self.up_to(OPENED);
            self.next = Next::At(at.min(self.spaced(soon)));
        }
        self.next
    }

    /// The computer slept, or its network changed: what the pause waited for may be over.
    pub(crate) fn hurry(&mut self, now: Instant) -> Next {
        if let Next::At(at) = self.next {
            self.forget_outage();
            let soon = now.max(self.not_before) + self.up_to(HURRY);
            self.next = Next::At(at.min(self.spaced(soon)));
        }
        self.next
    }

    /// A person asks for it.
    pub(crate) fn retry(&mut self, now: Instant) -> Next {
        self.forget_outage();
        self.not_before = now;
        self.next = Next::At(now);
        self.next
    }

    /// The pauses of one row count in the other, so that neither begins anew within an outage.
    fn early_pause(&self, door: DoorIs) -> Option<Duration> {
        let row: &[Duration] = match door {
            DoorIs::Open => &EARLY,
            DoorIs::Shut => &KNOCKING,
        };
        row.get(self.early).copied()
    }

    fn forget_outage(&mut self) {
        self.outage_at = None;
        self.early = 0;
        self.refused = 0;
        self.quick = true;
    }

    /// At this moment, or later if the provider wishes so or there were too many attempts.
    fn not_before(&mut self, now: Instant, wish: Option<Duration>, at: Instant) -> Next {
        if let Some(wish) = wish {
            let wish = wish.min(LONGEST_WISH);
            self.not_before = now + wish + self.up_to((wish / 10).max(HURRY));
        }
        Next::At(self.spaced(self.saved(at).max(self.not_before)))
    }

    /// The last attempt of a window is not spent at once: made so that neither the pause before it nor the one after it,
    /// which lasts until the window is over, is long beside what went before.
    fn saved(&self, at: Instant) -> Instant {
        let first = self.attempts.len().checked_sub(MOST - 1).and_then(|place| self.attempts.get(place));
        let (Some(&first), Some(&last)) = (first, self.attempts.back()) else { return at };
        let so_far = (last - first).as_secs_f64();
        let between = Duration::from_secs_f64((so_far * WINDOW.as_secs_f64()).sqrt());
        if at >= first + WINDOW { at } else { at.max(first + between) }
    }

    fn spaced(&self, at: Instant) -> Instant {
        match self.attempts.front() {
            Some(&oldest) if self.attempts.len() == MOST => at.max(oldest + WINDOW),
            _ => at,
        }
    }

    fn up_to(&mut self, most: Duration) -> Duration {
        most.mul_f64(self.rng.f64())
    }
}

#[cfg(test)]
mod tests;
