//! The only place that writes to the terminal.

use std::io::Write as _;

use serde::Serialize;

/// One line for a person, in their language.
pub fn line(text: impl std::fmt::Display) {
    // Whoever reads may have gone away (`| head`); that is no reason to panic.
    drop(writeln!(std::io::stdout(), "{}", words::spoken().sentence(&text.to_string())));
}

/// Text that has its own line ends.
pub fn raw(text: &str) {
    drop(std::io::stdout().write_all(text.as_bytes()));
}

/// One object, as one line, for a program.
pub fn json(object: &impl Serialize) {
    if let Ok(text) = serde_json::to_string(object) {
        drop(writeln!(std::io::stdout(), "{text}"));
    }
}

/// One sentence on stderr, in the language of the person.
pub fn error(text: &str) {
    drop(writeln!(std::io::stderr(), "ringside: {}", words::spoken().sentence(text)));
}

/// The same, with the version of its shape.
pub fn versioned(object: &impl Serialize) {
    #[derive(Serialize)]
    struct Versioned<'a, T> {
        v: u8,
        #[serde(flatten)]
        object: &'a T,
    }
    json(&Versioned { v: 1, object });
}
