use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Logs go to stderr: for the agent from `info`, for commands from `warn`, or as `RINGSIDE_LOG` says.
///
/// Libraries are held at `warn` whatever it says: at `trace` they would print headers and frames.
pub fn begin(agent: bool) {
    let level =
        std::env::var("RINGSIDE_LOG").unwrap_or_else(|_| if agent { "info" } else { "warn" }.to_owned());
    let ours = ["ringside", "engine", "os", "providers", "protocols", "simulator"]
        .map(|name| format!("{name}={level}"))
        .join(",");
    let filter = EnvFilter::try_new(format!("warn,{ours}")).unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}
