use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher as _, RandomState},
};

use super::{
    key::About,
    vocabulary::{is_known, words},
};

/// More people and ids than this are in no recording that anybody reads.
const MOST: usize = 100_000;
/// Numbers with so many digits or fewer say nothing.
const SHORT: usize = 3;

const CONSONANTS: &[char] = &['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v'];
const VOWELS: &[char] = &['a', 'e', 'i', 'o', 'u'];

/// Replacements of the same shape: the same for the same, another key in each recording.
#[derive(Default)]
pub(super) struct Shapes {
    key: RandomState,
    known: HashMap<String, String>,
    used: HashSet<String>,
}

impl Shapes {
    pub(super) fn is_full(&self) -> bool {
        self.known.len() >= MOST
    }

    /// In place of a secret.
    pub(super) fn removed(&mut self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        format!("removed-{}", self.replaced(&format!("secret {text}"), "000000"))
    }

    /// In place of an IP address: one of those that are nobody's (RFC 5737).
    pub(super) fn address(&mut self, text: &str) -> String {
        let number = self.replaced(text, "100");
        format!("192.0.2.{}", number.parse::<u16>().unwrap_or(0) % 255)
    }

    /// A text of words and numbers; what its key says decides on the words.
    pub(super) fn plain(&mut self, text: &str, about: About) -> String {
        let words_stay = match about {
            About::Name => {
                let joined = text.contains(['.', '_', ':', '#', '/']) || !text.contains(char::is_lowercase);
                joined && words(text).all(is_known)
            }
            About::Secret => false,
            About::Secretless | About::Time | About::Measure | About::OwnId | About::Words | About::Key => {
                true
            }
        };
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let taken = if let Some(length) = phone(rest, out.chars().next_back()) {
                let (number, _) = rest.split_at(length);
                out.push_str(&self.digits(number));
                length
            } else if first.is_alphanumeric() {
                let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                let (token, _) = rest.split_at(length);
                out.push_str(&self.token(token, words_stay));
                length
            } else {
                out.push(first);
                first.len_utf8()
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        out
    }

    /// A number in any spelling, with its digits replaced as one.
    pub(super) fn digits(&mut self, number: &str) -> String {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if digits.len() <= SHORT {
            return number.to_owned();
        }
        let replaced = self.replaced(&digits, &digits);
        let mut replaced = replaced.chars();
        number.chars().map(|c| if c.is_ascii_digit() { replaced.next().unwrap_or('0') } else { c }).collect()
    }

    fn token(&mut self, token: &str, words_stay: bool) -> String {
        let digits = token.chars().filter(|c| !c.is_alphabetic()).count();
        let mut words = words(token).peekable();
        let stays = if words.peek().is_none() {
            digits <= SHORT
        } else {
            digits <= SHORT && words_stay && words.all(is_known)
        };
        if stays {
            return token.to_owned();
        }
        let small = token.to_lowercase();
        let replaced = self.replaced(&small, &small);
        // The case is the token's own, letter by letter.
        let mut replaced = replaced.chars();
        token
            .chars()
            .map(|c| {
                let put = replaced.next().unwrap_or('x');
                if c.is_uppercase() { put.to_ascii_uppercase() } else { put }
            })
            .collect()
    }

    /// What stands for `what`, in the shape of `like`.
    fn replaced(&mut self, what: &str, like: &str) -> String {
        if let Some(known) = self.known.get(what) {
            return known.clone();
        }
        let hex = like.len() >= 6
            && like.chars().any(|c| c.is_ascii_digit())
            && like.chars().all(|c| c.is_ascii_hexdigit());
        let mut made = String::new();
        for salt in 0_u32..64 {
            let mut random = fastrand::Rng::with_seed(self.key.hash_one((salt, what)));
            made = like
                .chars()
                .enumerate()
                .map(|(at, c)| match c {
                    '0' if at == 0 => '0',
                    _ if c.is_ascii_digit() => random.char(if at == 0 { '1'..='9' } else { '0'..='9' }),
                    _ if hex => random.char('a'..='f'),
                    _ => {
                        let letters: &[char] = if at % 2 == 0 { CONSONANTS } else { VOWELS };
                        random.choice(letters).copied().unwrap_or('x')
                    }
                })
                .collect();
            if made != what && !self.used.contains(&made) {
                break;
            }
        }
        self.used.insert(made.clone());
        self.known.insert(what.to_owned(), made.clone());
        made
    }
}

/// How long the telephone number at the beginning is: five digits and more, with what people put between them.
fn phone(text: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(char::is_alphanumeric)
        || !text.starts_with(|c: char| c == '+' || c == '(' || c.is_ascii_digit())
    {
        return None;
    }
    let run = text
        .find(|c: char| !matches!(c, '0'..='9' | '+' | ' ' | '(' | ')' | '.' | '/' | '-'))
        .unwrap_or(text.len());
    let (run, after) = text.split_at(run);
    let mut end = run.rfind(|c: char| c.is_ascii_digit())? + 1;
    if end == run.len() && after.starts_with(char::is_alphanumeric) {
        // The last digits are of the word that follows.
        end = run.trim_end_matches(|c: char| c.is_ascii_digit()).rfind(|c: char| c.is_ascii_digit())? + 1;
    }
    let digits = run.get(..end)?.chars().filter(char::is_ascii_digit).count();
    (digits > 4).then_some(end)
}
