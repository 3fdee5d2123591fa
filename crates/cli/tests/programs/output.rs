//! What becomes of output that cannot be written: it is a failure, unless whoever reads has gone away.

use std::{
    fs::File,
    process::{Command, Stdio},
};

use crate::desk::{Desk, Done};

fn onto(mut command: Command, stdout: impl Into<Stdio>) -> Done {
    Done::of(&command.stdout(stdout).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap())
}

/// It fails with one sentence on a full disk, and ends in silence where nobody reads.
fn is_told(what: impl Fn() -> Command) {
    let command = format!("{:?}", what().get_args());
    let full = onto(what(), File::options().write(true).open("/dev/full").unwrap());
    assert_eq!(full.exit, Some(1), "{command}: {full:?}");
    let complaint: Vec<&str> = full.complaint.lines().filter(|line| line.contains("not complete")).collect();
    assert_eq!(complaint.len(), 1, "{command}: {full:?}");
    assert!(!full.complaint.contains("panicked"), "{command}: {full:?}");

    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let unread = onto(what(), writer);
    assert_eq!(unread.exit, Some(0), "{command}: {unread:?}");
    assert!(!unread.complaint.contains("not complete"), "{command}: {unread:?}");
}

#[test]
fn what_is_printed_onto_a_full_disk_is_a_failure() {
    let desk = Desk::set_up();
    let mut agent = desk.agent();
    desk.until("calls have come and gone", |view| !view["recent"].as_array().unwrap().is_empty());
    for arguments in [
        &["calls", "--export", "csv"][..],
        &["calls", "--export", "json"],
        &["calls", "--json"],
        &["calls"],
        &["status", "--json"],
        &["settings", "schema"],
        &["completions", "bash"],
    ] {
        is_told(|| desk.ringside(arguments));
    }
    desk.quit();
    agent.ends();
}

#[test]
fn what_is_watched_or_replayed_onto_a_full_disk_is_a_failure() {
    let desk = Desk::set_up();
    let recording = desk.record(5).file;
    for format in [&["--json"][..], &[]] {
        is_told(|| {
            let mut command = desk.ringside(&["watch"]);
            command.args(format).args(desk.sources());
            command
        });
        is_told(|| {
            let mut command = desk.ringside(&["replay"]);
            command.args(format).arg(&recording);
            command
        });
    }
}
