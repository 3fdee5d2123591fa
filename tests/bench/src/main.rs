//! What Ringside costs, measured beside its peers and written into the README: `./dev bench [SECTION…]`.
//!
//! It looks at the built programs from outside, as the kernel, the message bus and the server see them, and links
//! nothing of the workspace but the simulator and, for a million calls, the engine's store. It must never write a figure
//! that it did not measure in this run.
//! Each section is a module with a `measure`.

mod account;
mod bare;
mod burst;
mod desk;
mod faults;
mod five;
mod history;
mod latency;
mod million;
mod popup;
mod process;
mod report;
mod resident;
mod screen;
mod stub;
mod vendors;
mod window;

use std::{io::Write as _, path::Path, pin::Pin};

use anyhow::{Context as _, Result, ensure};

use report::Row;

type Measuring = Pin<Box<dyn Future<Output = Result<Vec<Row>>>>>;
/// By what name it can be asked for.
type Section = (&'static str, fn() -> Measuring);
const SECTIONS: [Section; 8] = [
    ("burst", || Box::pin(burst::measure())),
    ("million", || Box::pin(million::measure())),
    ("latency", || Box::pin(latency::measure())),
    ("resident", || Box::pin(resident::measure())),
    ("window", || Box::pin(window::measure())),
    ("popup", || Box::pin(popup::measure())),
    ("history", || Box::pin(history::measure())),
    ("faults", || Box::pin(faults::measure())),
];

#[tokio::main]
async fn main() -> Result<()> {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    if let [bare, url, count] = chosen.as_slice()
        && bare == "--bare"
    {
        return bare::count(url, count.parse()?).await;
    }
    for name in &chosen {
        ensure!(
            SECTIONS.iter().any(|(section, _)| section == name),
            "there is no section {name}; there are {}",
            SECTIONS.map(|(section, _)| section).join(", ")
        );
    }
    let circumstances = report::circumstances()?;
    let mut rows = Vec::new();
    for (name, measure) in SECTIONS {
        if chosen.is_empty() || chosen.iter().any(|section| section == name) {
            say(&format!("{name} …"));
            rows.extend(measure().await.context(name)?);
        }
    }
    let text = format!("{circumstances}\n{}", report::table(&rows));
    std::io::stdout().write_all(text.as_bytes())?;
    if chosen.is_empty() {
        report::write(&text)?;
        say("Written into README.md.");
    }
    let missed = rows.iter().filter(|row| row.missed()).count();
    if missed > 0 {
        say(&format!("{missed} bars missed."));
    }
    Ok(())
}

/// Tells how far it is.
pub fn say(text: &str) {
    // A closed terminal is no reason to end.
    writeln!(std::io::stderr(), "{text}").ok();
}

/// The workspace's folder.
pub fn root() -> &'static Path {
    let member = Path::new(env!("CARGO_MANIFEST_DIR"));
    member.ancestors().nth(2).unwrap_or(member)
}
