//! The scripts of `tests/scenarios/<vendor>`: the vendor's wire on one side, what the reducer makes of it on the
//! other. Each vendor has a module, which says how its accounts begin and lists its scripts.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends by a panic")]

mod firehose;
mod firmafon;
mod nguc;
mod play;
mod semaswift;
mod stringee;
