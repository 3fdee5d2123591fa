use std::{borrow::Cow, sync::OnceLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use model::Language;

use crate::sentence::Sentence;

type Bundle = FluentBundle<FluentResource>;

/// How deep a sentence may be told within another.
const DEEPEST: u8 = 3;

macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../../../locales/", $language, "/sentences.ftl")),
            include_str!(concat!("../../../locales/", $language, "/desk.ftl")),
            include_str!(concat!("../../../locales/", $language, "/terminal.ftl")),
        ]
    };
}

/// The catalogues of the programs; `window.ftl` is the windows' own.
fn resources(language: Language) -> impl Iterator<Item = FluentResource> {
    let files = match language {
        Language::En => files!("en"),
        Language::Da => files!("da"),
        Language::Sv => files!("sv"),
        Language::Vi => files!("vi"),
        Language::De => files!("de"),
        Language::Fr => files!("fr"),
    };
    // What cannot be read is left out, and stays English; a test holds that there is none.
    files.into_iter().map(|file| FluentResource::try_new(file.to_owned()).unwrap_or_else(|(read, _)| read))
}

fn sentences() -> &'static [Sentence] {
    static SENTENCES: OnceLock<Vec<Sentence>> = OnceLock::new();
    SENTENCES.get_or_init(|| Sentence::all(&resources(Language::En).collect::<Vec<_>>()))
}

fn bundle(language: Language) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    static NONE: OnceLock<Bundle> = OnceLock::new();
    let place = Language::ALL.iter().position(|one| *one == language);
    place.and_then(|place| BUNDLES.get(place)).unwrap_or(&NONE).get_or_init(|| read(language))
}

fn read(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(language.code().parse().into_iter().collect());
    // The marks of Unicode that keep directions apart are squares in a terminal.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => grouped::<','>,
        Language::Da | Language::Vi | Language::De => grouped::<'.'>,
        Language::Sv => grouped::<'\u{a0}'>,
        Language::Fr => grouped::<'\u{202f}'>,
    }));
    for resource in resources(language) {
        bundle.add_resource_overriding(resource);
    }
    bundle
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

/// See [`crate::Words::sentence`].
pub(crate) fn translated(language: Language, english: &str) -> Cow<'_, str> {
    if !english.contains('\n') {
        return within(language, english, 0);
    }
    let lines: Vec<_> = english.split('\n').map(|line| within(language, line, 0)).collect();
    Cow::Owned(lines.join("\n"))
}

fn within(language: Language, english: &str, depth: u8) -> Cow<'_, str> {
    if depth > DEEPEST || english.is_empty() {
        return Cow::Borrowed(english);
    }
    let known = sentences().iter().find_map(|sentence| Some((sentence, sentence.values(english)?)));
    if let Some((sentence, values)) = known {
        return said(language, sentence, &values, depth).map_or(Cow::Borrowed(english), Cow::Owned);
    }
    match english.split_once(". ") {
        None => Cow::Borrowed(english),
        Some((first, rest)) => {
            let first = format!("{first}.");
            let (first, rest) = (within(language, &first, depth), within(language, rest, depth));
            Cow::Owned(format!("{first} {rest}"))
        }
    }
}

fn said(language: Language, sentence: &Sentence, values: &[&str], depth: u8) -> Option<String> {
    let bundle = bundle(language);
    let pattern = bundle.get_message(&sentence.id)?.value()?;
    let arguments: FluentArgs<'_> = sentence
        .names
        .iter()
        .zip(values)
        .map(|(name, value)| (name.as_str(), argument(language, name, value, depth)))
        .collect();
    Some(bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
}

/// What a variable stands for is told by what its name begins with: `text` a sentence of its own, `count` a number,
/// `time` a time of day, perhaps after its weekday; anything else is a name and stays as it is.
fn argument<'a>(language: Language, name: &str, value: &'a str, depth: u8) -> FluentValue<'a> {
    if name.starts_with("text") {
        return FluentValue::String(within(language, value, depth + 1));
    }
    if name.starts_with("count") {
        return value.parse::<u32>().map_or(FluentValue::String(Cow::Borrowed(value)), FluentValue::from);
    }
    if name.starts_with("time") {
        let value = within(language, value, depth + 1);
        let is_clock = value.len() == 5 && value.bytes().filter(u8::is_ascii_digit).count() == 4;
        if language == Language::Da && is_clock {
            return FluentValue::String(Cow::Owned(value.replace(':', ".")));
        }
        return FluentValue::String(value);
    }
    FluentValue::String(Cow::Borrowed(value))
}
