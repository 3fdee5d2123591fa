//! The parts of `os` against a session bus of their own, with recording services and a real GNOME Keyring on it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else happens fails the test")]

mod bus;
mod daemons;
mod desktop;
mod discretion;
mod host;
mod hotkeys;
mod keyring;
mod late;
mod notifications;
mod portal;
mod prompts;
mod shell;
mod tray;

use std::{future::Future, time::Duration};

/// What is awaited comes by itself; this only ends a test that has failed.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), what).await.unwrap()
}
