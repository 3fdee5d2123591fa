//! The table: on the screen, and in the README.

use std::{fmt::Write as _, fs, path::Path, time::Duration};

use anyhow::{Context as _, Result};

use crate::{
    matrix::{Cause, Figures},
    program::Holdings,
    soak::Soaked,
};

/// What of the README is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The faults one by one.
    Matrix,
    /// All under load for a long time.
    Soak,
}

impl Part {
    fn marks(self) -> [&'static str; 2] {
        match self {
            Self::Matrix => ["<!-- faults:begin -->\n", "<!-- faults:end -->"],
            Self::Soak => ["<!-- soak:begin -->\n", "<!-- soak:end -->"],
        }
    }
}

/// All that was seen of one fault: by vendor.
pub struct Row {
    /// As the table calls it.
    pub name: &'static str,
    /// What it is.
    pub cause: Cause,
    /// What was seen, or why nothing could be.
    pub cells: Vec<(&'static str, Result<Figures, String>)>,
}

impl Row {
    /// How many cells miss a bar.
    pub fn missed(&self) -> usize {
        let missed = |cell: &Result<Figures, String>| {
            cell.as_ref().map_or(true, |figures| !figures.misses(self.cause).is_empty())
        };
        self.cells.iter().filter(|(_, cell)| missed(cell)).count()
    }
}

/// Markdown, one line a fault: the worst of all vendors, and who misses what.
pub fn table(rows: &[Row]) -> String {
    let mut table = "| fault | noticed | live again | calls lost | gap told | attempts, requests, knocks in the first minute | wrong popups | bars |\n|---|---|---|---|---|---|---|---|\n".to_owned();
    for row in rows {
        let good: Vec<&Figures> = row.cells.iter().filter_map(|(_, cell)| cell.as_ref().ok()).collect();
        let most = |of: fn(&Figures) -> usize| good.iter().map(|figures| of(figures)).max().unwrap_or(0);
        let slowest =
            |of: fn(&Figures) -> Option<Duration>| good.iter().filter_map(|figures| of(figures)).max();
        let outages = good.iter().filter(|figures| figures.back.is_some()).count();
        let gaps = good.iter().filter(|figures| figures.gap.is_some()).count();
        let lost: usize = good.iter().map(|figures| figures.lost).sum();
        let by_hand = good.iter().filter(|figures| figures.by_hand).count();
        let wrong: usize =
            good.iter().map(|figures| figures.ghosts + figures.duplicates + figures.unseen).sum();
        let back = slowest(|figures| figures.back).map_or("–".to_owned(), seconds);
        let hand = if by_hand > 0 { format!(" ({by_hand} after Retry)") } else { String::new() };
        // Writing to a string does not fail.
        writeln!(
            table,
            "| {} | {} | {back}{hand} | {lost} of {outages} | {gaps} of {outages} | {}, {}, {} | {wrong} | {} |",
            row.name,
            slowest(|figures| figures.noticed).map_or("–".to_owned(), seconds),
            most(|figures| figures.attempts),
            most(|figures| figures.requests),
            most(|figures| figures.knocks),
            bars(row),
        )
        .ok();
    }
    table
}

/// Markdown: what the program held when it was warm, in the end, and how that grew.
///
/// # Errors
/// If it was never looked at.
pub fn soak(soaked: &Soaked) -> Result<String> {
    let [first, last] = soaked.ends().context("it was too short")?;
    let minute = |at: Duration| format!("{:.1}", at.as_secs_f64() / 60.0);
    let end = soaked.looks.last().map(|(at, _)| *at).unwrap_or_default();
    let mut text = format!(
        "{} events and {} faults in {} min, in which the five accounts were live {} % of the time; calls that are over and ring in the end: {}.\n\n| the agent | after {} min | in the end | grows a minute |\n|---|---|---|---|\n",
        soaked.events,
        soaked.faults,
        minute(end),
        100 * soaked.live.0 / soaked.live.1.max(1),
        soaked.ghosts,
        minute(soaked.warm),
    );
    let mut kilobytes = |name: &str, of: fn(&Holdings) -> i64| {
        writeln!(text, "| {name} | {} | {} | {:+.1} |", of(&first), of(&last), soaked.slope(of))
    };
    kilobytes("memory (RSS), kB", |held| held.memory)?;
    kilobytes("of that its own data, kB", |held| held.own)?;
    writeln!(text, "| descriptors | {} | {} | |", first.descriptors, last.descriptors)?;
    if let (Some(first), Some(last)) = (first.tasks, last.tasks) {
        writeln!(text, "| tasks | {first} | {last} | |")?;
    }
    writeln!(text, "| threads | {} | {} | |", first.threads, last.threads)?;
    Ok(text)
}

fn bars(row: &Row) -> String {
    let mut told = Vec::new();
    for (vendor, cell) in &row.cells {
        match cell {
            Ok(figures) => {
                let misses = figures.misses(row.cause);
                if !misses.is_empty() {
                    told.push(format!("{vendor}: {}", misses.join(", ")));
                }
            }
            Err(why) => told.push(format!("{vendor}: {why}")),
        }
    }
    if told.is_empty() { "met".to_owned() } else { format!("**missed** ({})", told.join("; ")) }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// When and on what it was measured, as read before measuring.
///
/// # Errors
/// Where there is no `/proc`.
pub fn circumstances(clock: &str) -> Result<String> {
    let cores = std::thread::available_parallelism()?.get();
    let load = fs::read_to_string("/proc/loadavg")?;
    let load: f64 = load.split(' ').next().unwrap_or_default().parse()?;
    Ok(format!(
        "Measured by `./dev faults` {clock}on {} with {cores} cores; the load was {load} before{}.",
        jiff::Zoned::now().date(),
        if clock.is_empty() && load > cores as f64 / 2.0 {
            ", so that what takes time took longer than it does alone"
        } else {
            ""
        },
    ))
}

/// Puts this between the README's marks.
///
/// # Errors
/// If the README has no marks or cannot be written.
pub fn write(part: Part, text: &str) -> Result<()> {
    let [begin, end] = part.marks();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("the workspace")?;
    let path = root.join("README.md");
    let readme = fs::read_to_string(&path)?;
    let (before, rest) = readme.split_once(begin).context("the README has no mark for the begin")?;
    let (_, after) = rest.split_once(end).context("the README has no mark for the end")?;
    Ok(fs::write(path, format!("{before}{begin}{text}{end}{after}"))?)
}
