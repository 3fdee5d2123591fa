//! `--help`, and what is said of a wrong command line, in the language of the person.
//!
//! Clap speaks English. When it has something to say, and only then, the tree of commands is made once more with the
//! words of the catalogue in it and reads the same arguments again.

mod complaint;
#[cfg(test)]
mod tests;

use clap::{
    Arg, Command, CommandFactory as _,
    builder::{PossibleValue, StyledStr},
};
use engine::Settings;
use model::Language;
use words::Words;

use crate::{
    args::{Args, Completions},
    print,
};
use complaint::Complaint;

/// Prints what clap has to say and ends the program, with clap's exit code.
pub fn explain(english: &clap::Error) -> ! {
    // The settings that the command line names, if any, are not known.
    if let Ok((settings, _)) = Settings::load(None) {
        words::speak(settings.language());
    }
    let words = words::spoken();
    if words == Words::of(Language::En) {
        english.exit();
    }
    match told(Args::command(), words).try_get_matches() {
        Err(error) => error.apply::<Complaint>().exit(),
        Ok(_) => english.exit(),
    }
}

/// Prints the completions of a shell.
pub fn completions(args: &Completions) {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "ringside", &mut script);
    print::raw(&String::from_utf8_lossy(&script));
}

/// The commands with everything of theirs that people read in `words`, what clap adds to them too.
fn told(mut command: Command, words: Words) -> Command {
    command.build();
    branch(command, words)
}

fn branch(command: Command, words: Words) -> Command {
    let mut command = command
        .mut_args(|arg| argument(arg, words))
        .mut_subcommands(|subcommand| branch(subcommand, words))
        .subcommand_value_name(said(words, "COMMAND", &[]));
    let [about, long_about] = [command.get_about(), command.get_long_about()]
        .map(|text| text.map(|text| said(words, &text.to_string(), &[])));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    let template = template(&mut command, words);
    command.help_template(template)
}

/// Clap writes its notes in English only, so they become a part of the text.
fn argument(arg: Arg, words: Words) -> Arg {
    let notes = notes(&arg, words);
    let noted = |text: Option<&StyledStr>, between| {
        let text = text.map(|text| said(words, &text.to_string(), &[]));
        text.into_iter().chain(notes.iter().cloned()).collect::<Vec<_>>().join(between)
    };
    let help = noted(arg.get_help(), " ");
    let long_help = arg.get_long_help().map(|text| noted(Some(text), "\n\n"));
    let names = arg.get_value_names().unwrap_or_default().iter().map(|name| said(words, name, &[]));
    let names: Vec<String> = names.collect();
    let mut arg = arg.help(help).hide_env(true).hide_default_value(true).hide_possible_values(true);
    if let Some(help) = long_help {
        arg = arg.long_help(help);
    }
    if arg.get_action().takes_values() { arg.value_names(names) } else { arg }
}

fn notes(arg: &Arg, words: Words) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(name) = arg.get_env().filter(|_| !arg.is_hide_env_set()) {
        notes.push(said(words, "[env: {0}]", &[&name.to_string_lossy()]));
    }
    let has_value = arg.get_action().takes_values();
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if has_value && !defaults.is_empty() && !arg.is_hide_default_value_set() {
        notes.push(said(words, "[default: {0}]", &[&defaults.join(" ")]));
    }
    let values = arg.get_possible_values();
    let values: Vec<_> =
        values.iter().filter(|value| !value.is_hide_set()).map(PossibleValue::get_name).collect();
    if !values.is_empty() && !arg.is_hide_possible_values_set() {
        notes.push(said(words, "[possible values: {0}]", &[&values.join(", ")]));
    }
    notes
}

/// Clap's own template, whose headings are English.
fn template(command: &mut Command, words: Words) -> String {
    let usage = usage(&command.render_usage(), words);
    let header = command.get_styles().get_header();
    let (positionals, options): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().filter(|arg| !arg.is_hide_set()).partition(|arg| arg.is_positional());
    let has_commands = command.get_subcommands().any(|subcommand| !subcommand.is_hide_set());
    let mut template = format!("{{about-with-newline}}\n{usage}");
    for (is_there, heading, tag) in [
        (has_commands, said(words, "Commands:", &[]), "{subcommands}"),
        (!positionals.is_empty(), said(words, "Arguments:", &[]), "{positionals}"),
        (!options.is_empty(), said(words, "Options:", &[]), "{options}"),
    ] {
        if is_there {
            template += &format!("\n\n{header}{heading}{header:#}\n{tag}");
        }
    }
    template
}

/// `Usage: ringside dial [OPTIONS] <NUMBER>` with clap's two words of it told, and further lines below the first.
fn usage(english: &StyledStr, words: Words) -> String {
    let heading = said(words, "Usage:", &[]);
    let further = format!("\n{:width$}", "", width = heading.chars().count() + 1);
    english
        .ansi()
        .to_string()
        .replace("\n       ", &further)
        .replace("Usage:", &heading)
        .replace("[OPTIONS]", &said(words, "[OPTIONS]", &[]))
}

/// What is said in English, with these values in the places of `{0}`, `{1}`, `{2}`. They come in after the look-up, as
/// they may hold anything, the first at last, as it is what a person wrote.
fn said(words: Words, english: &str, values: &[&str]) -> String {
    let mut text = words.help(english).into_owned();
    for (at, value) in values.iter().enumerate().rev() {
        text = text.replace(&format!("{{{at}}}"), value);
    }
    text
}
