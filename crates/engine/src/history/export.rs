//! Calls of the past as files that other programs read: CSV for spreadsheets, JSON lines for scripts.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use model::{Problem, ProblemCode, Time};
use serde::{Deserialize, Serialize};

use super::{LONGEST_PAGE, PastCall, Query};
use crate::{control::Control, peer_title};

/// How calls are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A table with named columns, after RFC 4180.
    Csv,
    /// One object a line.
    Json,
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Saved {
    /// Where it lies.
    pub path: PathBuf,
    /// How many calls are in it.
    pub calls: u32,
}

/// So many files of one day are told apart by a number.
const MOST_OF_A_DAY: u32 = 1_000;

const COLUMNS: [&str; 14] = [
    "started_at",
    "answered_at",
    "ended_at",
    "account",
    "direction",
    "outcome",
    "mine",
    "name",
    "number",
    "line",
    "seen",
    "note",
    "shown",
    "why",
];

impl Format {
    /// What stands before the first call.
    pub fn heading(self) -> String {
        match self {
            Self::Csv => csv(&COLUMNS.map(str::to_owned)),
            Self::Json => String::new(),
        }
    }

    /// One call, with the end of its line.
    pub fn encode(self, past: &PastCall) -> String {
        match self {
            Self::Csv => csv(&row(past)),
            Self::Json => serde_json::to_string(past).map(|line| line + "\n").unwrap_or_default(),
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "jsonl",
        }
    }
}

/// Saves all calls that are wanted, newest first, in a file of its own in `folder`, readable for its owner only.
/// Makes the folder if there is none.
///
/// # Errors
/// If the calls are not told or the file cannot be written; there is no such file then.
pub async fn save(
    control: &dyn Control,
    wanted: Query,
    format: Format,
    folder: &Path,
) -> Result<Saved, Problem> {
    save_as(control, wanted, format, folder, &jiff::Zoned::now().date().to_string()).await
}

async fn save_as(
    control: &dyn Control,
    wanted: Query,
    format: Format,
    folder: &Path,
    today: &str,
) -> Result<Saved, Problem> {
    let not_written = |error: io::Error| {
        let text = format!("The calls cannot be saved in {}: {error}.", folder.display());
        Problem::new(ProblemCode::Storage, text)
    };
    let made = fs::create_dir_all(folder).and_then(|()| create(folder, today, format));
    let (file, path) = made.map_err(not_written)?;
    let written = write(control, wanted, format, BufWriter::new(file)).await;
    let failed = match written {
        Ok(calls) => return Ok(Saved { path, calls }),
        Err(Unwritten::Untold(problem)) => problem,
        Err(Unwritten::File(error)) => not_written(error),
    };
    drop(fs::remove_file(path));
    Err(failed)
}

enum Unwritten {
    Untold(Problem),
    File(io::Error),
}

async fn write(
    control: &dyn Control,
    mut wanted: Query,
    format: Format,
    mut file: BufWriter<File>,
) -> Result<u32, Unwritten> {
    let mut calls = 0_u32;
    wanted.limit = LONGEST_PAGE;
    file.write_all(format.heading().as_bytes()).map_err(Unwritten::File)?;
    loop {
        let page = control.calls(wanted.clone()).await.map_err(Unwritten::Untold)?;
        for past in &page.calls {
            file.write_all(format.encode(past).as_bytes()).map_err(Unwritten::File)?;
            calls = calls.saturating_add(1);
        }
        if page.next.is_none() {
            file.flush().map_err(Unwritten::File)?;
            return Ok(calls);
        }
        wanted.after = page.next;
    }
}

/// A file that was not there before.
fn create(folder: &Path, today: &str, format: Format) -> io::Result<(File, PathBuf)> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    for number in 1..=MOST_OF_A_DAY {
        let again = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("ringside-calls-{today}{again}.{}", format.extension()));
        match options.open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn row(past: &PastCall) -> [String; 14] {
    let call = &past.call;
    let time = |at: Option<Time>| at.map(|at| at.to_string()).unwrap_or_default();
    let word = |value: serde_json::Result<serde_json::Value>| match value {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    };
    let yes = |value: Option<bool>| value.map(|value| value.to_string()).unwrap_or_default();
    let number = call.peer.number.as_ref().map(ToString::to_string).or_else(|| call.peer.raw.clone());
    [
        time(call.started_at),
        time(call.answered_at),
        time(call.ended_at),
        call.account.to_string(),
        word(serde_json::to_value(call.direction)),
        word(serde_json::to_value(call.outcome)),
        yes(call.mine),
        call.peer
            .name
            .clone()
            .unwrap_or_else(|| if number.is_none() { peer_title(call) } else { String::new() }),
        number.unwrap_or_default(),
        call.line.as_ref().and_then(|line| line.name.clone()).unwrap_or_default(),
        yes(past.seen),
        past.note.clone().unwrap_or_default(),
        yes(past.alert.as_ref().map(|alert| alert.shown)),
        past.alert.as_ref().map(|alert| alert.why.clone()).unwrap_or_default(),
    ]
}

/// One line as RFC 4180 writes it. What a spreadsheet would take for a formula is made text by an apostrophe;
/// a number in its international spelling is none.
fn csv(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            let number = cell.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
            let guard = if formula { "'" } else { "" };
            if formula || cell.contains([',', '"', '\r', '\n', ';']) {
                format!("\"{guard}{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        })
        .collect();
    cells.join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use std::{pin::Pin, sync::Arc};

    use tokio::sync::mpsc;

    use super::*;
    use crate::{
        Command, Reply,
        history::{Cursor, Page},
        patch::Update,
        settings_form::SettingsForm,
    };

    #[test]
    fn csv_is_quoted_and_runs_nothing() {
        let line = |cells: &[&str]| csv(&cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>());
        assert_eq!(line(&["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(
            line(&["a,b", "say \"hi\"", "two\nlines"]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n"
        );
        assert_eq!(
            line(&["=1+1", "@x", "-2", "+4511223344", "+1;2"]),
            "\"'=1+1\",\"'@x\",\"'-2\",+4511223344,\"'+1;2\"\r\n"
        );
    }

    /// Keeps three calls, a page each, or none that it tells.
    struct Kept(bool);

    impl Control for Kept {
        fn view(&self) -> Pin<Box<dyn Future<Output = Result<Arc<model::View>, Problem>> + Send>> {
            unreachable!()
        }
        fn follow(&self) -> mpsc::Receiver<Update> {
            unreachable!()
        }
        fn calls(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Page, Problem>> + Send>> {
            let at = query.after.map_or(0, |Cursor(at)| at);
            let tells = self.0;
            Box::pin(async move {
                if !tells && at > 0 {
                    return Err(Problem::new(ProblemCode::Storage, "The file is gone."));
                }
                let call = serde_json::json!({
                    "id": format!("work/{at}"), "account": "work", "direction": "incoming", "state": "ended",
                    "mine": true, "peer": { "number": "+4511223344", "raw": null, "name": "=Bo", "hidden": false },
                    "line": null, "people": [], "started_at": "2026-11-21T09:00:00.000Z", "answered_at": null,
                    "ended_at": null, "outcome": "missed", "alert": null, "seen": false, "note": null,
                    "remind_at": null, "private": false,
                });
                let calls = vec![serde_json::from_value(call).unwrap()];
                Ok(Page { calls, next: (at < 2).then_some(Cursor(at + 1)), total: None, unseen: 0 })
            })
        }
        fn settings(&self) -> Pin<Box<dyn Future<Output = Result<SettingsForm, Problem>> + Send>> {
            unreachable!()
        }
        fn act(&self, _: Command) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
            unreachable!()
        }
    }

    #[tokio::test]
    async fn all_pages_are_saved_and_a_second_file_of_the_day_takes_no_others_place() {
        let folder = tempfile::tempdir().unwrap();
        let save =
            async |format| save_as(&Kept(true), Query::default(), format, folder.path(), "2026-11-21").await;
        let first = save(Format::Csv).await.unwrap();
        assert_eq!((first.calls, first.path), (3, folder.path().join("ringside-calls-2026-11-21.csv")));
        let text = fs::read_to_string(folder.path().join("ringside-calls-2026-11-21.csv")).unwrap();
        assert!(text.starts_with("started_at,answered_at,"), "{text}");
        assert_eq!(text.lines().count(), 4);
        assert!(text.ends_with("missed,true,\"'=Bo\",+4511223344,,false,,,\r\n"), "{text}");
        let second = save(Format::Csv).await.unwrap();
        assert_eq!(second.path, folder.path().join("ringside-calls-2026-11-21-2.csv"));
        let json = save(Format::Json).await.unwrap();
        assert_eq!(fs::read_to_string(json.path).unwrap().lines().count(), 3);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nobody_else_can_read_what_was_saved() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let saved =
            save(&Kept(true), Query::default(), Format::Csv, &folder.path().join("deep/er")).await.unwrap();
        assert_eq!(fs::metadata(saved.path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[tokio::test]
    async fn half_a_history_is_not_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let problem = save(&Kept(false), Query::default(), Format::Csv, folder.path()).await.unwrap_err();
        assert_eq!(problem.text, "The file is gone.");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let no_folder = folder.path().join("a file");
        fs::write(&no_folder, "").unwrap();
        let problem = save(&Kept(true), Query::default(), Format::Csv, &no_folder).await.unwrap_err();
        assert!(problem.text.starts_with("The calls cannot be saved in"), "{}", problem.text);
    }
}
