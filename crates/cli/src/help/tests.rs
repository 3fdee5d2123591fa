use std::{collections::BTreeSet, error::Error as _, ffi::OsString, os::unix::ffi::OsStringExt as _};

use clap::error::{ContextKind, ContextValue, Error};

use super::*;
use crate::help::complaint::complaint;

/// What stands for a value within a message.
const VALUE: char = '\u{e000}';

/// Command lines that are wrong, one for each thing that clap says of one.
const WRONG: [&[&str]; 27] = [
    &["nonsense"],
    &["statu"],
    &["status", "--jsn"],
    &["-x"],
    &["--json", "status"],
    &["dial", "1", "--x"],
    &["dial", "1", "2"],
    &["dial"],
    &["note"],
    &["calls", "erase"],
    &["dnd", "on", "--for", "30m", "--until", "17:00"],
    &["calls", "--json", "seen"],
    &["status", "--json", "--json"],
    &["status", "--json=3"],
    &["completions", "nonsense"],
    &["calls", "--export"],
    &["calls", "--limit", "x"],
    &["calls", "--limit", ""],
    &["calls", "--limit", "99999999999"],
    &["simulate", "--people", "99999999999999999999999"],
    &["simulate", "--rate", "x"],
    &["simulate", "--rate", ""],
    &["demo", "--speed", "0"],
    &["simulate", "--listen", "x"],
    &["contacts", "--config", "x"],
    &["dial", "1", "--", "status"],
    &["--", "status"],
];

fn others() -> impl Iterator<Item = Words> {
    Language::ALL.into_iter().filter(|language| *language != Language::En).map(Words::of)
}

/// The messages of the English file, with [`VALUE`] for each variable.
fn messages() -> BTreeSet<String> {
    let file = include_str!("../../../../locales/en/help.ftl");
    let texts = file.lines().filter_map(|line| line.split_once(" = ")).map(|(_, text)| {
        let mut pieces = text.split("{ $");
        let first = pieces.next().unwrap().to_owned();
        pieces.fold(first, |text, piece| format!("{text}{VALUE}{}", piece.split_once(" }").unwrap().1))
    });
    texts.collect()
}

/// All that people read of a command and of those below it.
fn texts(command: &Command, texts: &mut BTreeSet<String>) {
    let mut add = |text: Option<String>| {
        texts.extend(
            text.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty()).map(str::to_owned),
        );
    };
    for text in [
        command.get_about(),
        command.get_long_about(),
        command.get_before_help(),
        command.get_before_long_help(),
        command.get_after_help(),
        command.get_after_long_help(),
    ] {
        add(text.map(StyledStr::to_string));
    }
    add(command.get_subcommand_help_heading().map(str::to_owned));
    add(command.get_subcommand_value_name().map(str::to_owned));
    for arg in command.get_arguments() {
        add(arg.get_help().map(StyledStr::to_string));
        add(arg.get_long_help().map(StyledStr::to_string));
        add(arg.get_help_heading().map(str::to_owned));
        for name in arg.get_value_names().filter(|_| arg.get_action().takes_values()).unwrap_or_default() {
            add(Some(name.to_string()));
        }
        for value in arg.get_possible_values() {
            add(value.get_help().map(StyledStr::to_string));
        }
    }
    command.get_subcommands().for_each(|subcommand| self::texts(subcommand, texts));
}

fn english() -> Command {
    let mut command = Args::command();
    command.build();
    command
}

/// A help as a terminal without an end at its right would show it, command by command, in pieces between marks and gaps.
fn pieces(mut command: Command, is_long: bool) -> Vec<BTreeSet<String>> {
    fn add(command: &mut Command, is_long: bool, all: &mut Vec<BTreeSet<String>>) {
        let help = if is_long { command.render_long_help() } else { command.render_help() };
        let help = help.to_string().replace(['[', ']', '\n'], "  ");
        all.push(help.split("  ").map(|piece| piece.trim().to_owned()).collect());
        for subcommand in command.get_subcommands_mut() {
            add(subcommand, is_long, all);
        }
    }
    command = command.term_width(0);
    command.build();
    let mut all = Vec::new();
    add(&mut command, is_long, &mut all);
    all
}

fn error<A: Clone + Into<OsString>>(command: Command, arguments: &[A]) -> Error<Complaint> {
    let arguments = arguments.iter().cloned().map(Into::into);
    command
        .try_get_matches_from([OsString::from("ringside")].into_iter().chain(arguments))
        .unwrap_err()
        .apply()
}

/// What clap says of it in words that it has from elsewhere.
fn foreign(error: &Error<Complaint>) -> Vec<String> {
    let reason = error.source().map(ToString::to_string);
    let tips = match error.get(ContextKind::Suggested) {
        Some(ContextValue::StyledStrs(tips)) => tips.iter().map(StyledStr::to_string).collect(),
        _ => Vec::new(),
    };
    reason.into_iter().chain(tips).collect()
}

#[test]
fn every_text_of_the_commands_is_in_the_catalogue() {
    let mut needed = BTreeSet::new();
    texts(&english(), &mut needed);
    assert!(
        needed.contains("By this account") && needed.contains("Print version") && needed.contains("NUMBER")
    );
    let lacking: Vec<_> = needed.difference(&messages()).cloned().collect();
    assert!(lacking.is_empty(), "no message of locales/*/help.ftl says: {lacking:#?}");
}

#[test]
fn no_help_has_english_left_in_it_in_another_language() {
    let commands = commands();
    for is_long in [false, true] {
        let english = pieces(Args::command(), is_long);
        for words in others() {
            let told = pieces(told(Args::command(), words), is_long);
            assert_eq!(told.len(), english.len());
            for (told, english) in told.iter().zip(&english) {
                let same: Vec<_> =
                    told.intersection(english).filter(|piece| is_text(piece, &commands)).collect();
                assert!(same.is_empty(), "{words:?}: {same:?}");
            }
        }
    }
}

/// Whether it is neither a flag nor the name of a command nor a value.
fn is_text(piece: &str, commands: &BTreeSet<String>) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_lowercase);
    let mut words = piece.split(|letter: char| !letter.is_alphabetic());
    !piece.starts_with('-')
        && !commands.contains(piece)
        && words.any(|word| is_word(word) && !commands.contains(word))
}

/// The names of all of them.
fn commands() -> BTreeSet<String> {
    fn add(command: &Command, names: &mut BTreeSet<String>) {
        names.insert(command.get_name().to_owned());
        command.get_subcommands().for_each(|subcommand| add(subcommand, names));
    }
    let mut names = BTreeSet::new();
    add(&english(), &mut names);
    names
}

#[test]
fn every_complaint_is_told_line_by_line() {
    let commands = commands();
    for arguments in WRONG {
        let english = complaint(&error(Args::command(), arguments), Words::of(Language::En)).to_string();
        for words in others() {
            let told = complaint(&error(told(Args::command(), words), arguments), words).to_string();
            let same: Vec<_> = told
                .lines()
                .filter(|line| english.lines().any(|other| other == *line) && is_text(line, &commands))
                .collect();
            assert!(same.is_empty(), "{words:?}: {same:?} in {told}");
            for text in foreign(&error(Args::command(), arguments)) {
                assert!(!told.contains(&text), "{words:?}: {text:?} in {told}");
            }
        }
    }
}

#[test]
fn a_complaint_repeats_whatever_was_written_as_it_was() {
    for written in ["{1}", "a. B", "two\nlines", "'", "é"] {
        let words = Words::of(Language::Da);
        let error = error(told(Args::command(), words), &["completions", written]);
        let told = complaint(&error, words).to_string();
        assert!(told.starts_with(&format!("fejl: ugyldig værdi '{written}' for '<SHELL>'\n")), "{told}");
    }
}

#[test]
fn arguments_that_are_no_text_are_told_of() {
    let words = Words::of(Language::Da);
    let broken = OsString::from_vec(vec![0xff]);
    let error = error(told(Args::command(), words), &["dial".into(), broken]);
    let told = complaint(&error, words).to_string();
    assert!(told.starts_with("fejl: et eller flere argumenter er ikke gyldig UTF-8\n"), "{told}");
}

#[test]
fn every_message_of_the_catalogue_is_said() {
    let mut said = BTreeSet::new();
    texts(&english(), &mut said);
    said.extend(WRONG.iter().flat_map(|arguments| foreign(&error(Args::command(), arguments))));
    let sources = concat!(include_str!("../help.rs"), include_str!("complaint.rs"));
    let vain: Vec<_> = messages()
        .into_iter()
        .filter(|message| !said.iter().any(|text| fits(message, text)))
        .filter(|message| {
            let numbered =
                (0..3).fold(message.clone(), |text, at| text.replacen(VALUE, &format!("{{{at}}}"), 1));
            !sources.contains(&format!("\"{numbered}\""))
        })
        .collect();
    assert!(vain.is_empty(), "nobody says {vain:#?}");
}

/// Whether `text` is `message` with anything in the places of its values.
fn fits(message: &str, text: &str) -> bool {
    let mut pieces = message.split(VALUE);
    let Some(mut left) = text.strip_prefix(pieces.next().unwrap()) else { return false };
    for piece in pieces {
        let Some((_, after)) = (if piece.is_empty() { Some(("", "")) } else { left.split_once(piece) })
        else {
            return false;
        };
        left = after;
    }
    left.is_empty()
}
