//! What goes wrong between an account and its provider, done on purpose: five vendors × every fault, over real sockets
//! and through a proxy of our own, and what is seen of it by whoever looks at the whole engine from outside.
//!
//! It must never reach into the engine: accounts are started as programs start them, and judged by what they show.
//! Start reading at [`matrix::FAULTS`] and [`matrix::play`]; `./dev faults` prints the table, the quick selection of
//! `tests/conformance/tests/faults.rs` runs on a clock that is moved.

pub mod clock;
pub mod killed;
pub mod matrix;
pub mod names;
pub mod program;
pub mod proxy;
pub mod report;
pub mod soak;
pub mod stage;
pub mod storm;
pub mod subject;
pub mod tls;

/// All vendors, as the settings name them.
pub const VENDORS: [&str; 5] = ["firmafon", "semaswift", "stringee", "firehose", "nguc"];
