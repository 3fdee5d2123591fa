//! The real programs with five vendors' accounts, as a script on this machine would see them.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test ends by a panic, and says what it could not look at"
)]

mod contract;
mod control;
mod desk;
mod help;
mod marks;
mod output;
mod privacy;
mod promises;
mod state;
mod trace;
