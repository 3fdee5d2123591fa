//! What is on disk outlasts the program, however it ends.

mod engine_again;
mod killed;
