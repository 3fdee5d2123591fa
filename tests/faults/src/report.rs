//! The table: on the screen, and in the README.

use std::{fmt::Write as _, fs, path::Path, time::Duration};

use anyhow::{Context as _, Result};

use crate::matrix::{Cause, Figures};

const BEGIN: &str = "<!-- faults:begin -->\n";
const END: &str = "<!-- faults:end -->";

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
pub fn circumstances() -> Result<String> {
    let load = fs::read_to_string("/proc/loadavg")?;
    Ok(format!(
        "Measured by `./dev faults` on {} with {} cores; the load was {} before.",
        jiff::Zoned::now().date(),
        std::thread::available_parallelism()?,
        load.split(' ').next().unwrap_or_default(),
    ))
}

/// Puts this between the README's marks.
///
/// # Errors
/// If the README has no marks or cannot be written.
pub fn write(text: &str) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("the workspace")?;
    let path = root.join("README.md");
    let readme = fs::read_to_string(&path)?;
    let (before, rest) = readme.split_once(BEGIN).context("the README has no mark for the faults' begin")?;
    let (_, after) = rest.split_once(END).context("the README has no mark for the faults' end")?;
    Ok(fs::write(path, format!("{before}{BEGIN}{text}{END}{after}"))?)
}
