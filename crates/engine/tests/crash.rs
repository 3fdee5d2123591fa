//! What a crash leaves on the terminal or in the journal.
#![expect(clippy::unwrap_used, reason = "a test ends by a panic, and looks at some")]

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::Command,
};

/// In the process that crashes.
const CRASHES: &str = "RINGSIDE_TEST_CRASHES";

const MARKS: [&str; 4] = ["Åse Hemlig", "+4511223344", "t0ken-of-hers", "Hovednummer"];

#[test]
fn a_crash_says_where_it_was_and_quotes_nobody() {
    if std::env::var_os(CRASHES).is_some() {
        crash();
        return;
    }
    let own = ["--exact", "a_crash_says_where_it_was_and_quotes_nobody", "--nocapture"];
    for backtrace in ["0", "full"] {
        let mut program = Command::new(std::env::current_exe().unwrap());
        let done = program.args(own).env(CRASHES, "yes").env("RUST_BACKTRACE", backtrace).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let said = format!("{}{said}", String::from_utf8_lossy(&done.stdout));
        assert_eq!(said.matches("Ringside panicked at ").count(), 5, "{said}");
        assert!(said.contains("a text of the program's own"), "{said}");
        assert_eq!(said.contains("   0: "), backtrace == "full", "{said}");
        for mark in MARKS {
            assert!(!said.contains(mark), "{mark} in {said}");
        }
    }
}

fn crash() {
    engine::logs::begin("trace");
    let [name, number, token, line] = MARKS;
    let crashes: [&dyn Fn(); 5] = [
        // Within the first letter.
        &|| assert!(name.split_at(1).0.is_empty()),
        &|| assert!(number.parse::<u8>().map_err(|_| number).unwrap() > 0),
        &|| assert!(token.parse::<bool>().map_err(|error| (token, error)).unwrap()),
        &|| panic!("{line} is not known"),
        &|| panic!("a text of the program's own"),
    ];
    for crash in crashes {
        assert!(catch_unwind(AssertUnwindSafe(crash)).is_err());
    }
}
