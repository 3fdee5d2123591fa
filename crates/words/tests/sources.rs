//! That whatever the programs say is in the catalogues, and nothing else is: every text of their sources is looked at.
//! One that is not found is either to be translated, or nobody reads it, and then it belongs into `unspoken.txt`.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What may speak to a person; protocols and the simulator do not.
const SOURCES: [&str; 6] =
    ["crates/model", "crates/providers", "crates/engine", "crates/os", "crates/cli", "src-tauri"];
const CATALOGUES: [&str; 7] = ["sentences", "problems", "faults", "checks", "forms", "desk", "terminal"];
/// What says what is in `help.ftl`. Documentation comments and clap say most of that; the command line's own tests look
/// at those.
const HELP: [&str; 3] = ["crates/cli/src/args.rs", "crates/cli/src/help.rs", "crates/cli/src/help/"];
/// Macros whose texts are for developers.
const FOR_DEVELOPERS: [&str; 15] = [
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "debug_span",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "unreachable",
    "matches",
    "json",
    "include_str",
    "concat",
];
/// Put together of texts that say less each.
const IN_PIECES: [&str; 2] = ["settings-of-organisation", "tray-state-dnd-until"];
/// What stands for a value within a text.
const VALUE: char = '\u{e000}';

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The texts of these English catalogues by their ids.
fn messages(files: impl IntoIterator<Item = &'static str>) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(root().join(format!("locales/en/{file}.ftl"))).unwrap();
        let resource = FluentResource::try_new(text).unwrap();
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let elements = &message.value.as_ref().unwrap().elements;
            let text = elements.iter().map(|element| match element {
                PatternElement::TextElement { value } => (*value).to_owned(),
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::StringLiteral { value }),
                } => (*value).to_owned(),
                PatternElement::Placeable { .. } => VALUE.to_string(),
            });
            let former = messages.insert(message.id.name.to_owned(), text.collect());
            assert!(former.is_none(), "`{}` is there twice", message.id.name);
        }
    }
    messages
}

/// A text of the sources.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    text: String,
    /// Handed to what translates it: speech, be it a single word.
    is_said: bool,
}

/// The texts of the sources with their files.
fn texts() -> BTreeSet<(String, Text)> {
    let mut files = Vec::new();
    for folder in SOURCES {
        gather(&root().join(folder).join("src"), &mut files);
    }
    let mut texts = BTreeSet::new();
    for file in files {
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        let tokens: TokenStream = fs::read_to_string(&file).unwrap().parse().unwrap();
        let mut found = Vec::new();
        read(tokens, false, &mut found);
        texts.extend(found.into_iter().map(|text| (name.clone(), text)));
    }
    texts
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.contains("test") || name == "proof" || name == "proof.rs" {
            continue;
        }
        if path.is_dir() {
            gather(&path, files);
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
}

/// The texts in the program itself: neither those of tests, nor of documentation, nor of what goes to the log.
fn read(tokens: TokenStream, is_said: bool, texts: &mut Vec<Text>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if matches!(tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!') {
                    tokens.next();
                }
                let Some(TokenTree::Group(attribute)) = tokens.next() else { continue };
                let text = attribute.stream().to_string();
                if text.replace(' ', "") == "cfg(test)" {
                    // The item that it is about ends with its body or a semicolon.
                    for token in tokens.by_ref() {
                        match token {
                            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break,
                            TokenTree::Punct(mark) if mark.as_char() == ';' => break,
                            TokenTree::Group(_)
                            | TokenTree::Ident(_)
                            | TokenTree::Punct(_)
                            | TokenTree::Literal(_) => {}
                        }
                    }
                } else if text.starts_with("error") {
                    read(attribute.stream(), is_said, texts);
                }
            }
            TokenTree::Ident(name) => {
                let is_macro = matches!(tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                if is_macro && FOR_DEVELOPERS.contains(&name.to_string().as_str()) {
                    tokens.next();
                    tokens.next_if(|token| matches!(token, TokenTree::Group(_)));
                }
                if name == "said"
                    && let Some(TokenTree::Group(group)) = tokens.peek()
                {
                    read(group.stream(), true, texts);
                    tokens.next();
                }
            }
            TokenTree::Group(group) => read(group.stream(), is_said, texts),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse2::<syn::LitStr>(TokenTree::Literal(literal).into()) {
                    texts.push(Text { text: text.value(), is_said });
                }
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// A format string with its places as [`VALUE`].
fn without_values(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' if letters.peek() == Some(&letter) => {
                letters.next();
                plain.push(letter);
            }
            '{' => {
                letters.by_ref().take_while(|letter| *letter != '}').for_each(drop);
                plain.push(VALUE);
            }
            letter => plain.push(letter),
        }
    }
    plain
}

/// Whether people could read it: at least a word, and something beside it.
fn is_speech(text: &str) -> bool {
    let text = text.trim_matches([VALUE, ' ', '\n']);
    let is_sql = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "PRAGMA ", "CREATE "]
        .iter()
        .any(|word| text.starts_with(word));
    has_word(text) && text.contains(' ') && !is_sql
}

fn has_word(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|letter| {
        run = if letter.is_alphabetic() { run + 1 } else { 0 };
        run > 1
    })
}

/// Whether `text` is `pattern` with anything in the places of its values; within it if `anywhere`.
fn fits(pattern: &str, text: &str, anywhere: bool) -> bool {
    let mut pieces = pattern.split(VALUE);
    let (first, rest) = (pieces.next().unwrap_or_default(), pieces.collect::<Vec<_>>());
    let starts = text.match_indices(first).filter(|(at, _)| anywhere || *at == 0);
    starts.filter_map(|(at, _)| text.get(at + first.len()..)).any(|mut left| {
        let Some((last, between)) = rest.split_last() else { return anywhere || left.is_empty() };
        for piece in between {
            let Some((_, after)) = left.split_once(piece) else { return false };
            left = after;
        }
        if anywhere { left.contains(last) } else { left.ends_with(last) }
    })
}

/// Whether a text of the sources is a message, a piece of one, or several of them.
fn is_known(text: &str, messages: &BTreeMap<String, String>) -> bool {
    let text = text.trim_matches([' ', '\n']);
    if messages.values().any(|message| fits(text, message, true) || fits(message, text, false)) {
        return true;
    }
    let parts = text.split_once('\n').or_else(|| {
        let (first, rest) = text.split_once(". ")?;
        Some((text.get(..=first.len())?, rest))
    });
    parts.is_some_and(|(first, rest)| {
        [first, rest].into_iter().all(|part| !is_speech(part) || is_known(part, messages))
    })
}

#[test]
fn whatever_the_programs_say_can_be_translated() {
    let (messages, help) = (messages(CATALOGUES), messages(["help"]));
    let unspoken = fs::read_to_string(root().join("crates/words/tests/unspoken.txt")).unwrap();
    let unspoken: BTreeSet<&str> =
        unspoken.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut needed = BTreeSet::new();
    let mut faults = Vec::new();
    for (file, Text { text, is_said }) in texts() {
        let text = without_values(&text);
        let messages = if HELP.iter().any(|place| file.starts_with(place)) { &help } else { &messages };
        let is_known = if is_said {
            !has_word(&text) || messages.values().any(|message| fits(&text, message, false))
        } else {
            !is_speech(&text) || is_known(&text, messages)
        };
        if is_known {
            continue;
        }
        let line = text.replace(VALUE, "{}").replace('\n', " ");
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match unspoken.get(line.as_str()) {
            Some(known) => drop(needed.insert(*known)),
            None => faults.push(format!("{file}: {line}")),
        }
    }
    faults.extend(unspoken.difference(&needed).map(|line| format!("unspoken.txt, in vain: {line}")));
    assert!(faults.is_empty(), "in no catalogue, and not in unspoken.txt:\n{}", faults.join("\n"));
}

#[test]
fn every_message_is_one_that_the_programs_say() {
    let texts = texts();
    let whole: Vec<String> = texts.iter().map(|(_, Text { text, .. })| without_values(text.trim())).collect();
    let whole: Vec<&String> = whole.iter().filter(|text| is_speech(text)).collect();
    let bare = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let all: String =
        texts.iter().map(|(_, Text { text, .. })| bare(&without_values(text)) + &bare(text)).collect();
    let vain: Vec<_> = messages(CATALOGUES)
        .into_iter()
        // A weekday is written by the clock.
        .filter(|(id, _)| !id.starts_with("day-") && !IN_PIECES.contains(&id.as_str()))
        .filter(|(_, message)| !whole.iter().any(|text| fits(text, message, false)))
        .filter(|(_, message)| !message.split(VALUE).all(|piece| all.contains(&bare(piece))))
        .collect();
    assert!(vain.is_empty(), "nobody says {vain:#?}");
}

#[test]
fn a_text_that_is_new_is_seen() {
    let messages = BTreeMap::from([("one".to_owned(), format!("The file {VALUE} is gone; look for it."))]);
    assert!(is_known("The file \u{e000} is gone; look for it.", &messages));
    assert!(is_known("is gone; look for it.", &messages));
    assert!(!is_known("The file \u{e000} is late; look for it.", &messages));
    assert!(!is_known("The file \u{e000} is gone; look for it. It was blue.", &messages));
    let mut texts = Vec::new();
    let source = r#"
        //! not this
        #[error("this one")] struct A;
        fn f() { tracing::warn!("not this"); say(format!("and {{this}} {one}")); said(match a { _ => "busy" }); }
        #[cfg(test)] mod tests { const NOT: &str = "not this"; }
        const B: &str = "and this";
    "#;
    read(source.parse().unwrap(), false, &mut texts);
    let seen: Vec<_> = texts.iter().map(|Text { text, is_said }| (text.as_str(), *is_said)).collect();
    assert_eq!(
        seen,
        [("this one", false), ("and {{this}} {one}", false), ("busy", true), ("and this", false)]
    );
    assert_eq!(without_values("and {{this}} {one}"), format!("and {{this}} {VALUE}"));
}
