//! What the built program says when it is asked for help, or wrongly, in the language of the person.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::desk::Done;

/// All that help is made of: commands, arguments, options, defaults, values, several lines of usage.
const ASKED: [&[&str]; 4] =
    [&["--help"], &["calls", "-h"], &["share", "on", "--help"], &["help", "account", "add"]];

fn ringside(home: &Path, locale: &str, arguments: &[&str]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ringside"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("LANG", locale)
        .env("COLUMNS", "80")
        .stdin(Stdio::null());
    Done::of(&command.output().unwrap())
}

fn helps(locale: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let texts = ASKED.iter().map(|arguments| {
        let done = ringside(home.path(), locale, arguments);
        assert_eq!((done.exit, done.complaint.as_str()), (Some(0), ""), "{done:?}");
        format!("$ ringside {}\n{}\n", arguments.join(" "), done.said)
    });
    texts.collect()
}

#[test]
fn help_is_as_it_was_written_where_english_is_spoken() {
    for locale in ["C.UTF-8", "en_GB.UTF-8", "pt_BR.UTF-8"] {
        assert_eq!(helps(locale), include_str!("help/en.txt"), "{locale}");
    }
}

#[test]
fn help_is_in_the_language_of_the_desktop() {
    assert_eq!(helps("da_DK.UTF-8"), include_str!("help/da.txt"));
}

#[test]
fn help_is_in_the_language_that_the_settings_name() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("ringside")).unwrap();
    let settings = "version = 1\n[window]\nlanguage = \"da\"\n";
    fs::write(home.path().join("ringside/settings.toml"), settings).unwrap();
    let done = ringside(home.path(), "de_DE.UTF-8", &["quit", "--help"]);
    assert!(done.said.starts_with("Afslut den agent, der kører\n"), "{done:?}");
}

#[test]
fn what_is_wrong_with_a_command_line_is_said_in_the_language_of_the_desktop_with_the_same_exit_code() {
    let home = tempfile::tempdir().unwrap();
    for (locale, complaint) in [
        (
            "C.UTF-8",
            "error: unexpected argument '--jsn' found\n\n  tip: a similar argument exists: '--json'\n",
        ),
        ("da_DK.UTF-8", "fejl: uventet argument '--jsn'\n\n  tip: mente du '--json'?\n"),
        ("vi_VN.UTF-8", "lỗi: không nhận đối số '--jsn'\n\n  gợi ý: ý bạn là '--json'?\n"),
    ] {
        let done = ringside(home.path(), locale, &["status", "--jsn"]);
        assert_eq!((done.exit, done.said.as_str()), (Some(2), ""), "{done:?}");
        assert!(done.complaint.starts_with(complaint), "{done:?}");
    }
    let bare = ringside(home.path(), "da_DK.UTF-8", &["dnd"]);
    assert_eq!((bare.exit, bare.said.as_str()), (Some(2), ""), "{bare:?}");
    assert!(bare.complaint.starts_with("Slå forstyr ikke til"), "{bare:?}");
}
