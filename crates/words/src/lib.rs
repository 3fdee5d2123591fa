//! What Ringside says to people, in their language.
//!
//! Inside, everything is said in English: so it stays in logs, in JSON and over the control socket, and so every test
//! reads it. Whoever puts a sentence before a person asks [`Words::sentence`] for it; the windows do the same with the
//! same files of `locales/`. What is in no catalogue, such as a provider's own words, stays as it is.
//!
//! A program speaks English until it is told otherwise, as a C program does before `setlocale`: [`follow_system`] takes
//! the desktop's language, [`speak`] the chosen one.
//!
//! Never: deciding what to say. Start reading at [`Words`].

mod catalogue;
mod sentence;
mod spoken;

use std::borrow::Cow;

use catalogue::Shelf;
use model::Language;

pub use spoken::{choose, follow_system, speak, spoken};

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(Language);

impl Words {
    /// Those of `language`; its catalogue is read when the first sentence is asked for.
    pub fn of(language: Language) -> Self {
        Self(language)
    }

    /// What was made in English, in this language; what is in no catalogue as it is.
    pub fn sentence(self, english: &str) -> Cow<'_, str> {
        self.translated(Shelf::Sentences, english)
    }

    /// The same of text that is the program's own to the last word: a title, a state, a line of the terminal. A name
    /// could be mistaken for one.
    pub fn phrase(self, english: &str) -> Cow<'_, str> {
        self.translated(Shelf::Phrases, english)
    }

    /// What `--help` says, and what is said of a wrong command line; a catalogue of its own.
    pub fn help(self, english: &str) -> Cow<'_, str> {
        self.translated(Shelf::Help, english)
    }

    fn translated(self, shelf: Shelf, english: &str) -> Cow<'_, str> {
        match self.0 {
            Language::En => Cow::Borrowed(english),
            Language::Da | Language::Sv | Language::Vi | Language::De | Language::Fr => {
                catalogue::translated(shelf, self.0, english)
            }
        }
    }
}
