//! What is written down: to stderr, and never what a library would print of a frame or a panic of a name.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::{IsTerminal as _, Write as _},
    panic::PanicHookInfo,
};

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
    std::panic::set_hook(Box::new(tell));
    let wanted = std::env::var("RINGSIDE_LOG");
    let level = wanted.as_deref().unwrap_or(level).parse().unwrap_or(LevelFilter::WARN);
    // Not an `EnvFilter`, whose regular expressions would stay in memory all day.
    let filter = Targets::new().with_default(LevelFilter::WARN).with_targets(OURS.map(|name| (name, level)));
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    registry().with(filter).with(lines).init();
}

/// Says where it was. What a panic says is shown only if it is a text of the program's own: one that was put together
/// may quote what came from outside, as that of a string cut within a letter does.
fn tell(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let own =
        panic.payload().downcast_ref::<&'static str>().map(|text| format!(": {text}")).unwrap_or_default();
    let trace = Backtrace::capture();
    let trace =
        if trace.status() == BacktraceStatus::Captured { format!("\n{trace}") } else { String::new() };
    // There is nobody to tell who could do more about it.
    writeln!(std::io::stderr(), "Ringside panicked at {place}{own}; please report this.{trace}").ok();
}
