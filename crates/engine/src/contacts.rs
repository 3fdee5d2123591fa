//! Who is calling: names for numbers, from address books of the person's own. Nothing of it leaves this computer.
//!
//! Bytes become [`Card`]s (`vcard`, `table`), cards a [`Book`], a book's answer the [`model::Contact`] of a caller.
//! [`Callers`] is the part that the engine's core asks for every call; [`Sources`] reads files and servers.

mod book;
mod callers;
mod carddav;
mod numbers;
mod sources;
mod table;
mod text;
mod vcard;

use model::{PhoneNumber, SkippedPlace};

pub use book::{Book, find};
pub(crate) use callers::Callers;
pub use numbers::{Numbers, Plan, is_country};
pub(crate) use sources::Sources;
pub use sources::{CONTACTS, Loaded, read_files, secret_id};

/// One contact as a source has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// The whole name, at most 200 characters.
    pub name: String,
    /// Where they work.
    pub company: Option<String>,
    /// As written, at most 20.
    pub numbers: Vec<String>,
}

const LONGEST_NAME: usize = 200;
const MOST_NUMBERS: usize = 20;
const LONGEST_NUMBER: usize = 64;
/// So many skipped places are named; the rest are counted.
const NAMED: usize = 1_000;
/// More cards than anybody's address book has.
const MOST_CARDS: usize = 500_000;

impl Card {
    /// Takes in a number as written; what has no digit is left out when the card is taken.
    fn number(&mut self, written: &str) {
        let written = written.trim();
        if !written.is_empty() && written.len() <= LONGEST_NUMBER && self.numbers.len() < MOST_NUMBERS {
            self.numbers.push(written.to_owned());
        }
    }
}

/// What was read of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// Contacts that have a name and a number.
    pub cards: Vec<Card>,
    /// What was not taken, or not whole, in the order of the source; at most 1000.
    pub skipped: Vec<SkippedPlace>,
    /// How many were not taken, or not whole.
    pub skipped_count: usize,
}

impl Import {
    fn skip(&mut self, line: usize, why: &str) {
        self.skipped_count += 1;
        if self.skipped.len() < NAMED {
            self.skipped.push(SkippedPlace { line, why: why.to_owned() });
        }
    }

    fn card(&mut self, line: usize, mut card: Card) {
        let name: String = card.name.split_whitespace().collect::<Vec<_>>().join(" ");
        card.name = name.chars().take(LONGEST_NAME).collect();
        if name.len() > card.name.len() {
            self.skip(line, "the name is longer than 200 characters and was cut");
        }
        card.company = card.company.map(|name| name.trim().chars().take(LONGEST_NAME).collect());
        if card.name.is_empty() {
            card.name = card.company.take().unwrap_or_default();
        }
        let written = card.numbers.len();
        card.numbers.retain(|number| is_number(number));
        let why = match (card.name.is_empty(), card.numbers.is_empty(), written) {
            (true, _, _) => "it has no name",
            (false, true, 0) => "it has no number",
            (false, true, _) => "what is written as its number is none",
            (false, false, _) if self.cards.len() >= MOST_CARDS => "there are more than 500,000 contacts",
            (false, false, _) => {
                if card.numbers.len() < written {
                    self.skip(line, "one of its numbers is none; the others are used");
                }
                self.cards.push(card);
                return;
            }
        };
        self.skip(line, why);
    }
}

/// Reads an address book from the bytes of a file, whatever its kind: vCards, or a table with named columns.
pub fn import(bytes: &[u8]) -> Import {
    let head: String = String::from_utf8_lossy(bytes.get(..4096.min(bytes.len())).unwrap_or_default())
        .chars()
        .filter(|c| *c != '\0')
        .collect();
    if head.to_ascii_uppercase().contains("BEGIN:VCARD") { vcard::read(bytes) } else { table::read(bytes) }
}

fn is_number(written: &str) -> bool {
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    (3..=18).contains(&digits)
}

/// The number that `text` is in `plan`'s country; for what people type and for [`crate::Command::Dial`].
pub fn read_number(text: &str, plan: &Plan) -> Option<PhoneNumber> {
    Numbers::new(plan.clone()).e164(text)
}

#[cfg(test)]
mod tests;
