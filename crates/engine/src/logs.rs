//! What is written down: to stderr, and never what a library would print of a frame.

use std::io::IsTerminal as _;

use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    fmt,
    layer::SubscriberExt as _,
    registry,
    util::SubscriberInitExt as _,
};

const OURS: [&str; 7] =
    ["ringside", "ringside_desktop", "engine", "os", "providers", "protocols", "simulator"];

/// Logs from `level` on, or as `RINGSIDE_LOG` says; libraries are held at `warn` whatever it says, since at
/// `trace` they print headers and frames, and with them tokens.
pub fn begin(level: &str) {
    let wanted = std::env::var("RINGSIDE_LOG");
    let level = wanted.as_deref().unwrap_or(level).parse().unwrap_or(LevelFilter::WARN);
    // Not an `EnvFilter`, whose regular expressions would stay in memory all day.
    let filter = Targets::new().with_default(LevelFilter::WARN).with_targets(OURS.map(|name| (name, level)));
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    registry().with(filter).with(lines).init();
}
