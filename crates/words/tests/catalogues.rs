//! That every language says everything, with the same variables and all its plural forms, and that nothing is said in
//! vain. What a provider writes in its own words is not looked for.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use model::Language;
use words::Words;

const FILES: [&str; 9] =
    ["window", "sentences", "problems", "faults", "checks", "forms", "desk", "terminal", "help"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a message asks of its translators.
#[derive(Default)]
struct Message {
    variables: BTreeSet<String>,
    /// The plural forms of each choice between them.
    plurals: Vec<BTreeSet<String>>,
}

fn catalogue(language: Language, file: &str) -> BTreeMap<String, Message> {
    let path = root().join(format!("locales/{}/{file}.ftl", language.code()));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let resource = FluentResource::try_new(text)
        .unwrap_or_else(|(_, errors)| panic!("{} cannot be read: {errors:?}", path.display()));
    let mut messages = BTreeMap::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else { continue };
        let mut seen = Message::default();
        read(message.value.as_ref().unwrap(), &mut seen);
        let former = messages.insert(message.id.name.to_owned(), seen);
        assert!(former.is_none(), "{}: `{}` is there twice", path.display(), message.id.name);
    }
    messages
}

fn read(pattern: &Pattern<&str>, seen: &mut Message) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => variable(inline, seen),
            Expression::Select { selector, variants } => {
                variable(selector, seen);
                let forms = variants.iter().map(|variant| match variant.key {
                    VariantKey::Identifier { name } => name.to_owned(),
                    VariantKey::NumberLiteral { value } => value.to_owned(),
                });
                seen.plurals.push(forms.collect());
                variants.iter().for_each(|variant| read(&variant.value, seen));
            }
        }
    }
}

fn variable(inline: &InlineExpression<&str>, seen: &mut Message) {
    if let InlineExpression::VariableReference { id } = inline {
        seen.variables.insert(id.name.to_owned());
    }
}

/// The plural forms of whole numbers, by CLDR 48.
fn forms(language: Language) -> BTreeSet<String> {
    let forms: &[&str] = match language {
        Language::En | Language::Da | Language::Sv | Language::De => &["one", "other"],
        Language::Vi => &["other"],
        Language::Fr => &["one", "many", "other"],
    };
    forms.iter().map(|&form| form.to_owned()).collect()
}

#[test]
fn every_language_has_every_message_with_its_variables_and_plural_forms() {
    let mut faults = Vec::new();
    for file in FILES {
        let english = catalogue(Language::En, file);
        for language in Language::ALL {
            let other = catalogue(language, file);
            let place = format!("{}/{file}.ftl", language.code());
            for (id, message) in &english {
                let Some(translated) = other.get(id) else {
                    faults.push(format!("{place} lacks `{id}`"));
                    continue;
                };
                if translated.variables != message.variables {
                    faults.push(format!("{place}: `{id}` has other variables: {:?}", translated.variables));
                }
                for plural in &translated.plurals {
                    if *plural != forms(language) {
                        faults.push(format!("{place}: `{id}` has the plural forms {plural:?}"));
                    }
                }
                let counts = message.plurals.is_empty() || forms(language).len() == 1;
                if !counts && translated.plurals.is_empty() && !invariable(language, id) {
                    faults.push(format!("{place}: `{id}` has one form for all numbers"));
                }
            }
            let vain = other.keys().filter(|id| !english.contains_key(*id));
            faults.extend(vain.map(|id| format!("{place}: `{id}` is not in English")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_message_of_the_windows_is_called_as_one_of_the_programs() {
    let windows = catalogue(Language::En, "window");
    let programs = FILES.into_iter().filter(|file| *file != "window");
    let twice: Vec<_> = programs
        .flat_map(|file| catalogue(Language::En, file).into_keys())
        .filter(|id| windows.contains_key(id))
        .collect();
    assert!(twice.is_empty(), "a page cannot tell these apart: {twice:?}");
}

#[test]
fn a_button_is_called_by_what_is_written_on_it() {
    // Whoever steers by voice says what they see.
    let buttons = [
        ("remove", "remove-account"),
        ("silence", "silence-call"),
        ("pick-up", "pick-up-from"),
        ("retry", "retry-account"),
        ("sign-in", "sign-in-to"),
    ];
    for language in Language::ALL {
        let path = root().join(format!("locales/{}/window.ftl", language.code()));
        let file = fs::read_to_string(path).unwrap();
        let lines: BTreeMap<&str, &str> = file.lines().filter_map(|line| line.split_once(" = ")).collect();
        for (seen, called) in buttons {
            let is_within = lines[called].to_lowercase().contains(&lines[seen].to_lowercase());
            assert!(is_within, "{language:?}: `{}` is called `{}`", lines[seen], lines[called]);
        }
    }
}

/// Where a language needs no other form, though English does.
fn invariable(_: Language, _: &str) -> bool {
    false
}

/// What is between double quotes anywhere in these folders.
fn quoted(folders: &[&str], ends: &[&str]) -> (BTreeSet<String>, String) {
    let mut text = String::new();
    for folder in folders {
        gather(&root().join(folder), ends, &mut text);
    }
    let strings = text.split('"').map(str::to_owned).collect();
    (strings, text)
}

fn gather(folder: &Path, ends: &[&str], text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            gather(&path, ends, text);
        } else if ends.iter().any(|end| name.ends_with(end)) && !name.contains("test") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_windows_say_every_message_of_theirs_and_no_other() {
    let (strings, text) = quoted(&["ui/src"], &[".ts", ".svelte"]);
    let messages = catalogue(Language::En, "window");
    let vain: Vec<_> = messages.keys().filter(|id| !strings.contains(*id)).collect();
    assert!(vain.is_empty(), "nobody says {vain:?}");
    let said = text.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next());
    // `worded({ name: "id" })`
    let worded = text.split("worded({").skip(1).filter_map(|rest| rest.split('}').next());
    let named = worded.flat_map(|members| members.split('"').skip(1).step_by(2));
    let unknown: BTreeSet<_> = said.chain(named).filter(|id| !messages.contains_key(*id)).collect();
    assert!(unknown.is_empty(), "no catalogue has {unknown:?}");
}

#[test]
fn what_is_in_no_catalogue_stays_as_it_is() {
    for language in Language::ALL {
        let words = Words::of(language);
        assert_eq!(words.sentence("Anna Holm"), "Anna Holm");
        assert_eq!(words.sentence(""), "");
        assert_eq!(words.sentence("Tjek din router."), "Tjek din router.");
    }
}

#[test]
fn numbers_names_times_and_sentences_within_come_through() {
    let say = |language, text| Words::of(language).sentence(text).into_owned();
    assert_eq!(say(Language::Da, "1 missed call"), "1 ubesvaret opkald");
    assert_eq!(say(Language::Da, "12345 missed calls"), "12.345 ubesvarede opkald");
    assert_eq!(say(Language::Fr, "12345 missed calls"), "12\u{202f}345 appels manqués");
    assert_eq!(say(Language::Vi, "3 missed calls"), "3 cuộc gọi nhỡ");
    assert_eq!(say(Language::De, "Missed call: Unknown caller"), "Verpasster Anruf: Unbekannter Anrufer");
    assert_eq!(say(Language::Sv, "Missed call: Åse Öberg"), "Missat samtal: Åse Öberg");
    assert_eq!(
        say(Language::Da, "You are in a call · do not disturb until Sat 17:05"),
        "Du er i et opkald · forstyr ikke indtil lør. 17.05"
    );
    assert_eq!(say(Language::De, "Incoming call\n+4511223344"), "Eingehender Anruf\n+4511223344");
}

#[test]
fn lists_of_what_is_lacking_are_told_part_by_part() {
    let say = |language, text| Words::of(language).sentence(text).into_owned();
    let lacking = "Colleagues' presence, your own calls and the receptions' calls cannot be heard: the provider refuses \
                   those channels; ask your administrator. Recent calls could not be fetched; Ringside keeps asking.";
    assert_eq!(
        say(Language::Da, lacking),
        "Kollegers tilstedeværelse, dine egne opkald og receptionernes opkald kan ikke høres: udbyderen nægter de \
         kanaler; spørg din administrator. Seneste opkald kunne ikke hentes; Ringside bliver ved med at spørge."
    );
    let misfit = "Settings, line 7: `theme` must be one of light, dark; the default is used.";
    assert_eq!(
        say(Language::De, misfit),
        "Einstellungen, Zeile 7: `theme` muss eines von light, dark sein; der Standardwert gilt."
    );
    let foreign =
        "Marks and Spencer cannot be heard: the provider refuses those channels; ask your administrator.";
    assert_eq!(say(Language::Da, foreign), foreign);
}

#[test]
fn names_are_never_taken_for_titles_or_parts() {
    for name in ["Windows", "calls", "tickets", "Sound", "Marks and Spencer", "off"] {
        let missed = format!("Missed call: {name}");
        let told = Words::of(Language::Sv).sentence(&missed).into_owned();
        assert_eq!(told, format!("Missat samtal: {name}"));
    }
    assert_eq!(Words::of(Language::Sv).phrase("Windows"), "Fönster");
}
