//! The only place that writes to the terminal.

use std::{
    borrow::Cow,
    io::{self, ErrorKind, Write as _},
    sync::OnceLock,
};

use serde::Serialize;

use crate::failure::Failure;

/// Why writing failed; nothing is written after that, so that there is no hole in it.
static FAULT: OnceLock<io::Error> = OnceLock::new();

/// One line of the program's own, for a person, in their language.
pub fn line(text: impl std::fmt::Display) {
    told(said(&text.to_string()));
}

/// One line that is in their language already.
pub fn told(text: impl std::fmt::Display) {
    raw(&format!("{text}\n"));
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
    if FAULT.get().is_none() {
        keep(io::stdout().write_all(text.as_bytes()));
    }
}

/// Whether all of it has been written.
///
/// # Errors
///
/// One sentence, if not. Whoever reads may have gone away (`| head`); that is none.
pub fn all_said() -> Result<(), Failure> {
    if FAULT.get().is_none() {
        keep(io::stdout().flush());
    }
    FAULT.get().map_or(Ok(()), unwritten)
}

/// What is said of output that could not be written.
///
/// # Errors
///
/// As of [`all_said`].
pub fn unwritten(error: &io::Error) -> Result<(), Failure> {
    if error.kind() == ErrorKind::BrokenPipe {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "The output is not complete, for writing it failed ({error}); make room or send it elsewhere."
    )))
}

fn keep(written: io::Result<()>) {
    if let Err(error) = written {
        // Only the first one counts.
        FAULT.set(error).ok();
    }
}

/// One object, as one line, for a program.
pub fn json(object: &impl Serialize) {
    if let Ok(text) = serde_json::to_string(object) {
        told(text);
    }
}

/// One sentence on stderr, in the language of the person.
pub fn error(text: &str) {
    drop(writeln!(io::stderr(), "ringside: {}", said(text)));
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
