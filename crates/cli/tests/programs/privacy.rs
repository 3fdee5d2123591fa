//! Tokens are nowhere but where they belong, names and numbers are in no log and in no recording, and nothing is
//! connected to but what the settings name.

use std::{fs, os::unix::fs::MetadataExt as _};

use serde_json::json;

use crate::{desk::Desk, marks::Marks, trace};

/// Enough happens in the office until so many calls have been seen.
const CALLS: usize = 12;

#[test]
fn what_is_private_stays_where_it_belongs_and_nothing_else_is_connected_to() {
    let desk = Desk::set_up();
    let mut agent = desk.agent();
    desk.until("every account is live", |view| {
        let accounts = view["accounts"].as_array().unwrap();
        accounts.len() == 5 && accounts.iter().all(|account| account["connection"]["state"] == "live")
    });
    let view =
        desk.until("calls have come and gone", |view| view["recent"].as_array().unwrap().len() >= CALLS);
    let marks = Marks::of(&desk, &view);
    assert!(
        marks.tokens.len() >= 5 && marks.personal.len() > 20,
        "{} and {} marks",
        marks.tokens.len(),
        marks.personal.len()
    );

    let said: Vec<(String, String)> = [
        &["status"][..],
        &["status", "--json"],
        &["people", "--json"],
        &["calls", "--json"],
        &["dnd", "on", "--for", "30m"],
        &["dnd", "status", "--json"],
        &["dnd", "off"],
        &["dial", "+4570123456"],
        &["account", "list", "--json"],
        &["doctor", "--json"],
        &["doctor"],
        &["doctor", "--bundle", "bundle.txt"],
        &["calls", "--export", "csv"],
        &["calls", "--export", "json"],
        &["settings", "list"],
    ]
    .into_iter()
    .map(|arguments| {
        let done = desk.run(arguments);
        assert!([Some(0), Some(1)].contains(&done.exit), "{arguments:?}: {done:?}");
        (arguments.join(" "), format!("{}\n{}", done.said, done.complaint))
    })
    .collect();
    for (asked, answer) in &said {
        marks.no_token(&format!("what `{asked}` says"), answer);
    }
    let answers = desk.traffic();
    marks.no_token("what a window is told", &answers);
    marks.no_token("the settings as a window has them", &desk.ask(&json!({"ask": "settings"})).to_string());

    for process in agent.processes() {
        let of = |what: &str| {
            String::from_utf8_lossy(&fs::read(format!("/proc/{process}/{what}")).unwrap()).replace('\0', " ")
        };
        marks.no_token("the agent's arguments", &of("cmdline"));
        marks.nobody("the agent's arguments", &of("cmdline"));
        // A core dump holds the environment.
        marks.no_token("the agent's environment", &of("environ"));
    }

    let bundle = desk.folder().join("bundle.txt");
    assert_eq!(fs::metadata(&bundle).unwrap().mode() & 0o777, 0o600, "the bundle can be read by others");
    let bundle = fs::read_to_string(bundle).unwrap();
    marks.no_token("doctor's bundle", &bundle);
    marks.nobody("doctor's bundle", &bundle);

    let recording = desk.record(40);
    let heard = fs::read_to_string(&recording.file).unwrap();
    marks.no_token("a recording", &heard);
    marks.nobody("a recording", &heard);
    marks.no_token("what `watch` says", &recording.said);
    marks.no_token("the log of `watch`", &recording.log);
    marks.nobody("the log of `watch`, above debug", &above_debug(&recording.log));

    desk.quit();
    agent.ends();
    let log = fs::read_to_string(desk.log()).unwrap();
    assert!(log.contains("DEBUG"), "nothing is in the log at debug level");
    marks.no_token("the log at debug level", &log);
    marks.nobody("the log above debug", &above_debug(&log));
    desk.each_file(|path, bytes| {
        let mode = fs::metadata(path).unwrap().mode();
        // The settings are the person's own file, and the test's here.
        let own = path == desk.settings();
        assert!(own || mode & 0o077 == 0, "{} can be read by others: {mode:o}", path.display());
        let text = String::from_utf8_lossy(bytes);
        let what = path.display().to_string();
        marks.no_token(&what, &text);
        // What a person can look up is there to name people; nothing else is.
        if !what.contains("history") && !what.ends_with("view.json") {
            marks.nobody(&what, &text);
        }
    });
    match trace::connects(&desk.trace()) {
        Some(connects) => {
            assert!(connects.len() >= 5, "{connects:?}");
            let strange: Vec<_> = connects.iter().filter(|to| !desk.may_be_reached(to)).collect();
            assert!(strange.is_empty(), "connected to {strange:?}");
        }
        None => {
            eprintln!("NOT CHECKED: strace cannot be used here, so what is connected to was not looked at");
        }
    }
}

/// Lines of a log that a person would have without asking for more.
fn above_debug(log: &str) -> String {
    log.lines()
        .filter(|line| !line.contains("DEBUG") && !line.contains("TRACE"))
        .collect::<Vec<_>>()
        .join("\n")
}
