//! What is written down: to stderr, and never what a library would print of a frame.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

const OURS: [&str; 7] =
    ["ringside", "ringside_desktop", "engine", "os", "providers", "protocols", "simulator"];

/// Logs from `level` on, or as `RINGSIDE_LOG` says; libraries are held at `warn` whatever it says, since at
/// `trace` they print headers and frames, and with them tokens.
pub fn begin(level: &str) {
    let level = std::env::var("RINGSIDE_LOG").unwrap_or_else(|_| level.to_owned());
    let ours = OURS.map(|name| format!("{name}={level}")).join(",");
    let filter = EnvFilter::try_new(format!("warn,{ours}")).unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}
