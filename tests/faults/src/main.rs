//! `./dev faults`: plays every fault at every vendor in real time and prints the table for the README.
//! `--soak [MINUTES]` lets the agent run with all vendors under faults instead. It must never be part of what is shipped.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use faults::{
    VENDORS,
    clock::{Pace, at_pace},
    killed,
    matrix::{self, FAULTS},
    report::{self, Part, Row},
    soak, storm,
};
use futures_util::{StreamExt as _, stream};

/// So many cells are played at a time: they mostly wait.
const AT_A_TIME: usize = 35;

/// For a machine that has other things to do.
const STEPPED: Pace = Pace::Steps(Duration::from_millis(5));

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => at_pace(Pace::Real, whole("")),
        ["--soak"] => at_pace(Pace::Real, soaked(10.0, beside()?)),
        ["--soak", minutes] => at_pace(Pace::Real, soaked(minutes.parse().context("minutes")?, beside()?)),
        ["--soak", minutes, program] => {
            at_pace(Pace::Real, soaked(minutes.parse().context("minutes")?, program.into()))
        }
        [killed::VICTIM, folder] => at_pace(Pace::Real, killed::victim(Path::new(folder))),
        ["--stepped"] => at_pace(STEPPED, whole("on a clock that stands still while the machine is busy ")),
        ["--only", part] => at_pace(Pace::Real, some(part)),
        ["--stepped", "--only", part] => at_pace(STEPPED, some(part)),
        _ => bail!("Usage: ./dev faults [--stepped] [--only PART-OF-A-NAME] | --soak [MINUTES [RINGSIDE]]"),
    }
}

async fn rows(only: &str) -> Vec<Row> {
    let wanted = FAULTS.iter().filter(|(name, _)| name.contains(only));
    let cells = wanted.clone().flat_map(|(name, cause)| VENDORS.map(|vendor| (*name, *cause, vendor)));
    let played: Vec<_> = stream::iter(cells)
        .map(async |(name, cause, vendor)| {
            let cell = matrix::play(vendor, cause).await.map_err(|error| format!("{error:#}"));
            say(&format!("{name}, {vendor}: {cell:?}"));
            (name, vendor, cell)
        })
        .buffered(AT_A_TIME)
        .collect()
        .await;
    let of = |wanted: &str| {
        let cells = played.iter().filter(|(name, ..)| *name == wanted);
        cells.map(|(_, vendor, cell)| (*vendor, cell.clone())).collect()
    };
    wanted.map(|(name, cause)| Row { name, cause: *cause, cells: of(name) }).collect()
}

async fn some(only: &str) -> Result<()> {
    print(&report::table(&rows(only).await))
}

async fn whole(clock: &str) -> Result<()> {
    let circumstances = report::circumstances(clock)?;
    let rows = rows("").await;
    let mut text = format!("{circumstances}\n\n{}", report::table(&rows));
    let vendor = "firmafon";
    let back = storm::play(vendor, Duration::from_secs(10)).await?;
    text.push_str(&format!(
        "\n{} accounts that one outage of 10 s hits: all live again {:.1} s after it, spread over {:.1} s; at most {} requests in one second.\n",
        storm::ALL,
        back.last.as_secs_f64(),
        back.spread.as_secs_f64(),
        back.busiest
    ));
    print(&text)?;
    report::write(Part::Matrix, &text)?;
    let missed: usize = rows.iter().map(Row::missed).sum();
    say(&format!("{missed} cells of {} miss a bar.", rows.len() * VENDORS.len()));
    Ok(())
}

/// `ringside` where this program lies.
fn beside() -> Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name("ringside"))
}

async fn soaked(minutes: f64, ringside: PathBuf) -> Result<()> {
    let circumstances = report::circumstances("")?;
    let soaked = soak::play(&ringside, Duration::from_secs_f64(minutes * 60.0), say).await?;
    let text = format!("{circumstances}\n\n{}", report::soak(&soaked)?);
    print(&text)?;
    report::write(Part::Soak, &text)
}

fn print(text: &str) -> Result<()> {
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

/// Tells how far it is.
fn say(text: &str) {
    // A closed terminal is no reason to end.
    writeln!(std::io::stderr(), "{text}").ok();
}
