//! The table: on the screen, and in the README.

use std::{fmt::Write as _, fs};

use anyhow::{Context as _, Result};

const BEGIN: &str = "<!-- bench:begin -->\n";
const END: &str = "<!-- bench:end -->";

/// One line of the table.
pub struct Row {
    what: String,
    figure: String,
    bar: String,
    met: Option<bool>,
    peer: String,
}

impl Row {
    /// A figure that is only told.
    pub fn told(what: impl Into<String>, figure: impl Into<String>) -> Self {
        Self { what: what.into(), figure: figure.into(), bar: String::new(), met: None, peer: String::new() }
    }

    /// A figure that must not be above the bar, both in `unit`.
    pub fn at_most(what: impl Into<String>, figure: f64, bar: f64, unit: &str) -> Self {
        let row = Self::told(what, quantity(figure, unit));
        Self { bar: format!("≤ {bar} {unit}"), met: Some(figure <= bar), ..row }
    }

    /// A cost that must not be above this share of the peer's, both in `unit`.
    pub fn share(what: impl Into<String>, figure: f64, peer: f64, share: f64, unit: &str) -> Self {
        let row = Self::told(what, format!("{}, ratio {:.2}", quantity(figure, unit), figure / peer));
        let bar = format!("ratio ≤ {share}");
        Self { bar, met: Some(figure / peer <= share), peer: quantity(peer, unit), ..row }
    }

    /// Beside what this peer needs.
    #[must_use]
    pub fn beside(self, peer: impl Into<String>) -> Self {
        Self { peer: peer.into(), ..self }
    }

    /// Whether it missed its bar.
    pub fn missed(&self) -> bool {
        self.met == Some(false)
    }
}

/// With three digits that count.
pub fn quantity(figure: f64, unit: &str) -> String {
    let digits = match figure {
        _ if figure.fract() == 0.0 => 0,
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{figure:.digits$} {unit}")
}

/// The value in the middle.
pub fn median(mut figures: Vec<f64>) -> Result<f64> {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().context("nothing was measured")
}

/// The value that this share of all are not above.
pub fn percentile(sorted: &[f64], percent: usize) -> Result<f64> {
    let index = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(index).copied().context("nothing was measured")
}

/// Markdown.
pub fn table(rows: &[Row]) -> String {
    let mut table = "| what | figure | bar | met | peer |\n|---|---|---|---|---|\n".to_owned();
    for Row { what, figure, bar, met, peer } in rows {
        let met = match met {
            Some(true) => "yes",
            Some(false) => "**missed**",
            None => "",
        };
        // Writing to a string does not fail.
        writeln!(table, "| {what} | {figure} | {bar} | {met} | {peer} |").ok();
    }
    table
}

/// When and on what it was measured, as read before measuring.
pub fn circumstances() -> Result<String> {
    let cpu = fs::read_to_string("/proc/cpuinfo")?;
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown CPU");
    let load = fs::read_to_string("/proc/loadavg")?;
    Ok(format!(
        "Measured by `./dev bench` on {} with {} cores of {}; the load was {} before.\n",
        jiff::Zoned::now().date(),
        std::thread::available_parallelism()?,
        model.trim_start_matches([' ', '\t', ':']),
        load.split(' ').next().unwrap_or_default(),
    ))
}

/// Puts this between the README's marks.
pub fn write(text: &str) -> Result<()> {
    let path = crate::root().join("README.md");
    let readme = fs::read_to_string(&path)?;
    let (before, rest) = readme.split_once(BEGIN).context("the README has no mark for the figures' begin")?;
    let (_, after) = rest.split_once(END).context("the README has no mark for the figures' end")?;
    Ok(fs::write(path, format!("{before}{BEGIN}{text}{END}{after}"))?)
}
