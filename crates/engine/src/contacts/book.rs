//! All cards of all sources, found by number.

use std::sync::Arc;

use model::{Confidence, Contact, PhoneNumber};

use super::{Card, Numbers, Plan};

/// So many digits at a number's end must agree where its beginning is not known.
const ENDING: u64 = 100_000_000;

/// The cards of one source by number. A number is kept as its digits in a `u64`: E.164 has at most 15 of them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Book {
    source: Box<str>,
    entries: Vec<Entry>,
    /// Whole numbers, sorted.
    whole: Vec<(u64, u32)>,
    /// The last eight digits of every number, sorted.
    endings: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    name: Box<str>,
    company: Option<Box<str>>,
}

impl Book {
    /// Of these cards, whose numbers are read by `plan`; `source` is what people call where they are from.
    pub fn new(source: &str, plan: &Plan, cards: Vec<Card>) -> Self {
        let mut numbers = Numbers::new(plan.clone());
        let mut book = Self { source: source.into(), ..Self::default() };
        for card in cards {
            let Ok(at) = u32::try_from(book.entries.len()) else { break };
            for raw in &card.numbers {
                let number = numbers.e164(raw);
                let written = number.as_ref().map_or_else(|| digits(raw), |number| digits(number.as_str()));
                if number.is_some() {
                    book.whole.push((written, at));
                }
                book.endings.extend(ending(written).map(|ending| (ending, at)));
            }
            let company = card.company.map(String::into_boxed_str);
            book.entries.push(Entry { name: card.name.into(), company });
        }
        book.whole.sort_unstable();
        book.whole.dedup();
        book.endings.sort_unstable();
        book.endings.dedup();
        book.whole.shrink_to_fit();
        book.endings.shrink_to_fit();
        book.entries.shrink_to_fit();
        book
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Who has exactly this number.
    fn exact(&self, number: &PhoneNumber) -> Option<Contact> {
        self.contact(run(&self.whole, digits(number.as_str())), Confidence::Exact)
    }

    /// The only one whose number ends like this one.
    fn alike(&self, number: &PhoneNumber) -> Option<Contact> {
        let contact =
            self.contact(run(&self.endings, ending(digits(number.as_str()))?), Confidence::Ending)?;
        // Two people's endings agree: neither is likely enough to be named.
        (contact.confidence == Confidence::Ending).then_some(contact)
    }

    fn contact<K>(&self, found: &[(K, u32)], sure: Confidence) -> Option<Contact> {
        let entries = found.iter().filter_map(|(_, at)| self.entries.get(usize::try_from(*at).ok()?));
        let mut entries: Vec<&Entry> = entries.collect();
        entries.dedup_by(|one, other| one.name == other.name);
        let (name, confidence) = match entries.as_slice() {
            [one] => (one.name.to_string(), sure),
            [one, other] => (format!("{} / {}", one.name, other.name), Confidence::Shared),
            [one, other, ..] => (format!("{} / {} / …", one.name, other.name), Confidence::Shared),
            [] => return None,
        };
        let company = entries.first().and_then(|entry| entry.company.as_deref()).map(str::to_owned);
        Some(Contact { name, company, source: self.source.to_string(), confidence })
    }
}

/// Who has this number: exactly in any book, else alike in any; an earlier book is asked first.
pub fn find(books: &[Arc<Book>], number: &PhoneNumber) -> Option<Contact> {
    let exact = || books.iter().find_map(|book| book.exact(number));
    exact().or_else(|| books.iter().find_map(|book| book.alike(number)))
}

fn run<K: Ord + Copy>(sorted: &[(K, u32)], key: K) -> &[(K, u32)] {
    let from = sorted.partition_point(|&(one, _)| one < key);
    let to = sorted.partition_point(|&(one, _)| one <= key);
    sorted.get(from..to).unwrap_or_default()
}

fn digits(number: &str) -> u64 {
    let digits = number.bytes().filter(u8::is_ascii_digit).take(18);
    digits.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'))
}

/// `None` for what is too short to be told apart by it.
fn ending(digits: u64) -> Option<u32> {
    (digits >= ENDING / 10).then(|| u32::try_from(digits % ENDING).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(name: &str, numbers: &[&str]) -> Card {
        Card {
            name: name.to_owned(),
            company: None,
            numbers: numbers.iter().map(|&n| n.to_owned()).collect(),
        }
    }

    fn found(books: &[Arc<Book>], number: &str) -> Option<(String, Confidence)> {
        let contact = find(books, &PhoneNumber::international(number).unwrap())?;
        Some((contact.name, contact.confidence))
    }

    fn book(plan: &Plan, cards: Vec<Card>) -> Arc<Book> {
        Arc::new(Book::new("a.vcf", plan, cards))
    }

    fn danish() -> Plan {
        Plan { country: Some("DK".to_owned()), strip: Vec::new() }
    }

    #[test]
    fn a_number_is_found_in_any_spelling() {
        let cards = vec![card("Anna", &["11 22 33 44"]), card("Bo", &["+46 70-123 45 67"])];
        let abroad = vec![card("Cy", &["030/123456"])];
        let books = [book(&danish(), cards), book(&Plan::default(), abroad)];
        assert_eq!(found(&books, "+46701234567"), Some(("Bo".to_owned(), Confidence::Exact)));
        assert_eq!(found(&books, "+4930123456"), Some(("Cy".to_owned(), Confidence::Ending)));
        assert_eq!(found(&books, "+4599999999"), None);
    }

    #[test]
    fn two_people_with_one_number_are_both_named_and_two_with_one_ending_are_not() {
        let cards = vec![
            card("Anna", &["+4520222324"]),
            card("Bo", &["+4520222324"]),
            card("Cy", &["0 20 22 23 25"]),
            card("Di", &["00 20 22 23 25"]),
        ];
        let books = [book(&Plan::default(), cards)];
        assert_eq!(found(&books, "+4520222324"), Some(("Anna / Bo".to_owned(), Confidence::Shared)));
        assert_eq!(found(&books, "+4520222325"), None);
    }

    #[test]
    fn an_exact_number_in_a_later_book_is_surer_than_a_likely_one_in_the_first() {
        let books = [
            book(&Plan::default(), vec![card("Likely", &["020222324"])]),
            book(&danish(), vec![card("Sure", &["20 22 23 24"])]),
        ];
        assert_eq!(found(&books, "+4520222324"), Some(("Sure".to_owned(), Confidence::Exact)));
    }

    #[test]
    fn a_short_number_names_nobody() {
        let books = [book(&danish(), vec![card("Front desk", &["17"])])];
        assert_eq!(found(&books, "+4500000017"), None);
    }
}
