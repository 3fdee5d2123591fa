//! The only place that writes to the terminal.

use std::{borrow::Cow, io::Write as _};

use serde::Serialize;

/// One line of the program's own, for a person, in their language.
pub fn line(text: impl std::fmt::Display) {
    told(said(&text.to_string()));
}

/// One line that is in their language already.
pub fn told(text: impl std::fmt::Display) {
    // Whoever reads may have gone away (`| head`); that is no reason to panic.
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// The program's own words, in the language of the person.
pub fn said(english: &str) -> Cow<'_, str> {
    words::spoken().phrase(english)
}

/// What may be somebody's name, or a sentence that a provider wrote.
pub fn heard(english: &str) -> Cow<'_, str> {
    words::spoken().sentence(english)
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
    drop(writeln!(std::io::stderr(), "ringside: {}", said(text)));
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
