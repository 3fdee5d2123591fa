use std::error::Error as _;

use clap::{
    builder::{StyledStr, Styles, styling::Style},
    error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind},
};
use words::Words;

use super::{said, usage};

/// What is wrong with a command line, laid out as clap does it.
pub struct Complaint;

impl ErrorFormatter for Complaint {
    fn format_error(error: &Error<Self>) -> StyledStr {
        complaint(error, words::spoken())
    }
}

pub fn complaint(error: &Error<Complaint>, words: Words) -> StyledStr {
    let styles = Styles::styled();
    let wrong = styles.get_error();
    // What is not known here stays in clap's few English words.
    let what = what(error, &styles, words).unwrap_or_else(|| error.kind().to_string());
    let mut text = format!("{wrong}{}{wrong:#} {what}", said(words, "error:", &[]));
    if let Some(values) = shown(error, ContextKind::ValidValue, styles.get_valid()) {
        text += &format!("\n  {}", said(words, "[possible values: {0}]", &[&values]));
    }
    if let Some(names) = shown(error, ContextKind::ValidSubcommand, styles.get_valid()) {
        text += &format!("\n  {}", said(words, "[subcommands: {0}]", &[&names]));
    }
    let tips = tips(error, &styles, words);
    if !tips.is_empty() {
        text += "\n";
    }
    let tip = styles.get_valid();
    for what in tips {
        text += &format!("\n  {tip}{}{tip:#} {what}", said(words, "tip:", &[]));
    }
    if let Some(ContextValue::StyledStr(english)) = error.get(ContextKind::Usage) {
        text += &format!("\n\n{}", usage(english, words));
    }
    let help = styled("--help", styles.get_literal());
    text += &format!("\n\n{}\n", said(words, "For more information, try '{0}'.", &[&help]));
    text.into()
}

/// One sentence; `None` if clap does not tell what it takes to say it.
fn what(error: &Error<Complaint>, styles: &Styles, words: Words) -> Option<String> {
    let invalid = |kind| shown(error, kind, styles.get_invalid());
    let argument = || shown(error, ContextKind::InvalidArg, styles.get_literal());
    Some(match error.kind() {
        ErrorKind::ArgumentConflict => {
            let one = invalid(ContextKind::InvalidArg).or_else(|| invalid(ContextKind::InvalidSubcommand))?;
            let other = invalid(ContextKind::PriorArg)?;
            if one == other {
                said(words, "the argument '{0}' cannot be used multiple times", &[&one])
            } else {
                said(words, "'{0}' cannot be used with '{1}'", &[&one, &other])
            }
        }
        ErrorKind::InvalidValue => match invalid(ContextKind::InvalidValue) {
            Some(value) => said(words, "invalid value '{0}' for '{1}'", &[&value, &argument()?]),
            None => said(words, "a value is required for '{0}' but none was supplied", &[&argument()?]),
        },
        ErrorKind::ValueValidation => {
            let value = invalid(ContextKind::InvalidValue)?;
            let reason = error.source()?.to_string();
            let values: [&str; 3] = [&value, &argument()?, &words.help(&reason)];
            said(words, "invalid value '{0}' for '{1}': {2}", &values)
        }
        ErrorKind::TooManyValues => {
            let value = invalid(ContextKind::InvalidValue)?;
            said(
                words,
                "unexpected value '{0}' for '{1}' found; no more were expected",
                &[&value, &argument()?],
            )
        }
        ErrorKind::UnknownArgument => {
            said(words, "unexpected argument '{0}' found", &[&invalid(ContextKind::InvalidArg)?])
        }
        ErrorKind::InvalidSubcommand => {
            said(words, "unrecognized subcommand '{0}'", &[&invalid(ContextKind::InvalidSubcommand)?])
        }
        ErrorKind::MissingSubcommand => {
            let command = invalid(ContextKind::InvalidSubcommand)?;
            said(words, "'{0}' requires a subcommand but one was not provided", &[&command])
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = shown(error, ContextKind::InvalidArg, styles.get_valid())?;
            said(words, "the following required arguments were not provided: {0}", &[&missing])
        }
        ErrorKind::InvalidUtf8 => said(words, "invalid UTF-8 was detected in one or more arguments", &[]),
        ErrorKind::NoEquals
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion
        | ErrorKind::Io
        | ErrorKind::Format
        | _ => return None,
    })
}

/// What to do instead.
fn tips(error: &Error<Complaint>, styles: &Styles, words: Words) -> Vec<String> {
    let similar = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let mut tips = Vec::new();
    for value in similar.into_iter().filter_map(|kind| error.get(kind)) {
        let names = names(value).into_iter().map(|name| format!("'{}'", styled(name, styles.get_valid())));
        let names: Vec<String> = names.collect();
        tips.push(said(words, "did you mean {0}?", &[&names.join(", ")]));
    }
    if let Some(ContextValue::StyledStrs(others)) = error.get(ContextKind::Suggested) {
        tips.extend(others.iter().map(|tip| words.help(&tip.to_string()).into_owned()));
    }
    tips
}

fn names(value: &ContextValue) -> Vec<&str> {
    if let ContextValue::String(name) = value {
        vec![name]
    } else if let ContextValue::Strings(names) = value {
        names.iter().map(String::as_str).collect()
    } else {
        Vec::new()
    }
}

/// What clap tells of this kind, if it is anything.
fn shown(error: &Error<Complaint>, kind: ContextKind, style: &Style) -> Option<String> {
    let text = error.get(kind)?.to_string();
    (!text.is_empty()).then(|| styled(&text, style))
}

fn styled(text: &str, style: &Style) -> String {
    format!("{style}{text}{style:#}")
}
