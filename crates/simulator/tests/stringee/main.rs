//! The simulated Stringee from the outside: judged by the vendor's own SDK, looked at frame by frame, and its relay
//! held to `docs/relay.md`.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod peer;
mod relay;
mod rig;
mod sdk;
mod switches;
