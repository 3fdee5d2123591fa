//! What is on disk outlasts the program, however it ends.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod engine_again;
mod killed;
mod settings_again;
