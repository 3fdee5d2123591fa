use std::{borrow::Cow, sync::OnceLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use model::Language;

use crate::sentence::Sentence;

type Bundle = FluentBundle<FluentResource>;

/// How deep a sentence may be told within another.
const DEEPEST: u8 = 4;

/// Which files a text is looked up in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shelf {
    /// Whole sentences, with names in them that are never taken for words.
    Sentences,
    /// Those, and words that stand alone.
    Phrases,
    /// What `--help` says, and what is said of a wrong command line; nothing else, so that a program that stays does not
    /// hold it.
    Help,
}

/// The catalogues of the programs; `window.ftl` is the windows' own.
struct Files {
    sentences: [&'static str; 5],
    phrases: [&'static str; 2],
    help: &'static str,
}

macro_rules! file {
    ($language:literal, $name:literal) => {
        include_str!(concat!("../../../locales/", $language, "/", $name, ".ftl"))
    };
}

macro_rules! files {
    ($language:literal) => {
        Files {
            sentences: [
                file!($language, "sentences"),
                file!($language, "problems"),
                file!($language, "faults"),
                file!($language, "checks"),
                file!($language, "desk"),
            ],
            phrases: [file!($language, "forms"), file!($language, "terminal")],
            help: file!($language, "help"),
        }
    };
}

impl Files {
    fn of(language: Language) -> Self {
        match language {
            Language::En => files!("en"),
            Language::Da => files!("da"),
            Language::Sv => files!("sv"),
            Language::Vi => files!("vi"),
            Language::De => files!("de"),
            Language::Fr => files!("fr"),
        }
    }
}

impl Shelf {
    fn resources(self, language: Language) -> impl Iterator<Item = FluentResource> {
        let Files { sentences, phrases, help } = Files::of(language);
        let files = match self {
            Self::Sentences => sentences.to_vec(),
            Self::Phrases => [&sentences[..], &phrases[..]].concat(),
            Self::Help => vec![help],
        };
        // What cannot be read is left out, and stays English; a test holds that there is none.
        files
            .into_iter()
            .map(|file| FluentResource::try_new(file.to_owned()).unwrap_or_else(|(read, _)| read))
    }

    fn in_english(self) -> &'static [Sentence] {
        static SENTENCES: OnceLock<Vec<Sentence>> = OnceLock::new();
        static PHRASES: OnceLock<Vec<Sentence>> = OnceLock::new();
        static HELP: OnceLock<Vec<Sentence>> = OnceLock::new();
        let shelf = match self {
            Self::Sentences => &SENTENCES,
            Self::Phrases => &PHRASES,
            Self::Help => &HELP,
        };
        shelf.get_or_init(|| Sentence::all(self.resources(Language::En)))
    }

    fn bundle(self, language: Language) -> &'static Bundle {
        static SENTENCES: [OnceLock<Bundle>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        static PHRASES: [OnceLock<Bundle>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        static HELP: [OnceLock<Bundle>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        static NONE: OnceLock<Bundle> = OnceLock::new();
        let shelf = match self {
            Self::Sentences => &SENTENCES,
            Self::Phrases => &PHRASES,
            Self::Help => &HELP,
        };
        let place = Language::ALL.iter().position(|one| *one == language);
        place.and_then(|place| shelf.get(place)).unwrap_or(&NONE).get_or_init(|| self.read(language))
    }

    fn read(self, language: Language) -> Bundle {
        let mut bundle = Bundle::new_concurrent(language.code().parse().into_iter().collect());
        // The marks of Unicode that keep directions apart are squares in a terminal.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::En => grouped::<','>,
            Language::Da | Language::Vi | Language::De => grouped::<'.'>,
            Language::Sv => grouped::<'\u{a0}'>,
            Language::Fr => grouped::<'\u{202f}'>,
        }));
        for resource in self.resources(language) {
            bundle.add_resource_overriding(resource);
        }
        bundle
    }
}

/// A whole number with a mark between its thousands.
fn grouped<const MARK: char>(value: &FluentValue<'_>, _: &impl Sized) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(MARK);
        }
        text.push(digit);
    }
    Some(text)
}

/// `english` in this language; what is in no file of the shelf as it is.
pub(crate) fn translated(shelf: Shelf, language: Language, english: &str) -> Cow<'_, str> {
    let told = Told { shelf, language };
    if !english.contains('\n') {
        return told.text(english, 0).map_or(Cow::Borrowed(english), Cow::Owned);
    }
    let line = |line| told.text(line, 0).map_or(Cow::Borrowed(line), Cow::Owned);
    Cow::Owned(english.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

#[derive(Clone, Copy)]
struct Told {
    shelf: Shelf,
    language: Language,
}

impl Told {
    /// A sentence or several; `None` if nothing of it is known.
    fn text(self, english: &str, depth: u8) -> Option<String> {
        if depth > DEEPEST || english.is_empty() {
            return None;
        }
        let whole =
            |sentence: &Sentence| if sentence.is_part { None } else { self.said(sentence, english, depth) };
        if let Some(told) = self.shelf.in_english().iter().find_map(whole) {
            return Some(told);
        }
        let (first, rest) = english.split_once(". ")?;
        let first = format!("{first}.");
        match (self.text(&first, depth), self.text(rest, depth)) {
            (None, None) => None,
            (first_told, rest_told) => {
                Some(format!("{} {}", first_told.unwrap_or(first), rest_told.as_deref().unwrap_or(rest)))
            }
        }
    }

    /// A part of a sentence, or several with `and` between; at the beginning of a sentence it is written large.
    fn part(self, english: &str, depth: u8) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        let find = |english: &str| {
            let parts = self.shelf.in_english().iter().filter(|sentence| sentence.is_part);
            parts.into_iter().find_map(|sentence| self.said(sentence, english, depth))
        };
        find(english).or_else(|| {
            let mut small = english.to_owned();
            small.get_mut(..1)?.make_ascii_lowercase();
            find(&small)
        })
    }

    fn said(self, sentence: &Sentence, english: &str, depth: u8) -> Option<String> {
        let values = sentence.values(english)?;
        let bundle = self.shelf.bundle(self.language);
        let pattern = bundle.get_message(&sentence.id)?.value()?;
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in sentence.names.iter().zip(values) {
            arguments.set(name.as_str(), self.argument(name, value, depth)?);
        }
        let said = bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned();
        let is_large = english.chars().next().is_some_and(char::is_uppercase);
        Some(if is_large && begins_with_part(pattern) { large(&said) } else { said })
    }

    /// What a variable stands for is told by what its name begins with: `text` a sentence of its own, `known` a part of
    /// a sentence without which this sentence is another one, `count` a number, `time` a time of day, perhaps after its
    /// weekday; anything else is a name and stays as it is.
    fn argument<'a>(self, name: &str, value: &'a str, depth: u8) -> Option<FluentValue<'a>> {
        let text = || self.text(value, depth + 1).map_or(Cow::Borrowed(value), Cow::Owned);
        Some(if name.starts_with("known") {
            self.part(value, depth + 1)?.into()
        } else if name.starts_with("text") {
            text().into()
        } else if name.starts_with("count") {
            value.parse::<u32>().map_or(value.into(), FluentValue::from)
        } else if name.starts_with("time") {
            let text = text();
            if self.language == Language::Da && is_clock(&text) {
                text.replace(':', ".").into()
            } else {
                text.into()
            }
        } else {
            value.into()
        })
    }
}

/// `17:05` or `17:05:09`.
fn is_clock(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    matches!((text.len(), digits), (5, 4) | (8, 6))
}

fn begins_with_part(pattern: &Pattern<&str>) -> bool {
    matches!(pattern.elements.first(), Some(PatternElement::Placeable {
        expression: Expression::Inline(InlineExpression::VariableReference { id }),
    }) if id.name.starts_with("known"))
}

fn large(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
}
