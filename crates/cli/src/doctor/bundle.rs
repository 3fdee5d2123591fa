//! What a person sends to whoever helps them: what was found, without whom or what it is about.

use std::{fmt::Write as _, fs::OpenOptions, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use engine::Settings;
use model::{Finding, View};

use crate::failure::Failure;

/// A longer run of digits may be a number of somebody's.
const MOST_DIGITS: usize = 4;

/// Writes it, readable for its owner only.
///
/// # Errors
/// If there is such a file already, or it cannot be written.
pub fn write(file: &Path, settings: &Settings, view: &View, findings: &[Finding]) -> Result<(), Failure> {
    let text = text(settings, view, findings);
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    written.and_then(|mut written| written.write_all(text.as_bytes())).map_err(|error| {
        Failure::failed(format!("{} cannot be written: {error}; name a new file.", file.display()))
    })
}

fn text(settings: &Settings, view: &View, findings: &[Finding]) -> String {
    let mut text = format!("Ringside {} on {}\n", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    for name in ["XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"] {
        line(&mut text, format_args!("{name}: {}", harmless(&std::env::var(name).unwrap_or_default(), &[])));
    }
    let ids: Vec<&str> = settings.accounts.iter().map(|account| account.id.as_str()).collect();
    for (number, account) in (1..).zip(&settings.accounts) {
        let keys: Vec<&str> = account.keys.keys().map(String::as_str).collect();
        line(&mut text, format_args!("account {number}: {}, keys {}", account.vendor.name, keys.join(" ")));
        let Some(seen) = view.accounts.iter().find(|seen| seen.id == account.id) else { continue };
        if let Some(connection) = &seen.connection {
            let by = connection.transport.as_deref().unwrap_or("-");
            line(&mut text, format_args!("  {:?} since {} by {by}", connection.state, connection.since));
        }
        for gap in &seen.gaps {
            line(&mut text, format_args!("  gap {} to {}, filled {}", gap.from, gap.to, gap.filled));
        }
        for unknown in &seen.unknown {
            line(&mut text, format_args!("  skipped {} of {}", unknown.count, harmless(&unknown.name, &ids)));
        }
    }
    line(
        &mut text,
        format_args!("{} people, {} calls, {} missed", view.people.len(), view.calls.len(), view.missed),
    );
    for finding in findings {
        let account = finding.account.as_deref().and_then(|id| ids.iter().position(|other| *other == id));
        let of = account.map_or_else(String::new, |index| format!(" of account {}", index + 1));
        // What is wrong in a file is told by quoting it.
        let quotes = finding.check == "settings" || finding.text.contains('/');
        let says = if quotes { "(in your own words)".to_owned() } else { harmless(&finding.text, &ids) };
        line(&mut text, format_args!("{:?} {}{of}: {says}", finding.verdict, harmless(&finding.check, &ids)));
    }
    text
}

fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    writeln!(text, "{words}").ok();
}

/// The same without accounts' names and without numbers that may be somebody's.
fn harmless(text: &str, ids: &[&str]) -> String {
    let mut text = text.to_owned();
    for (number, id) in (1..).zip(ids) {
        text = text.replace(id, &format!("account {number}"));
    }
    let mut safe = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(std::iter::once('\n')) {
        if c.is_numeric() {
            digits.push(c);
            continue;
        }
        let run = std::mem::take(&mut digits);
        safe.push_str(if run.chars().count() > MOST_DIGITS { "#" } else { &run });
        if !c.is_control() {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::{AccountView, Unknown};

    use super::*;

    #[test]
    fn a_bundle_holds_no_name_no_number_no_account_and_no_address() {
        let settings = Settings::parse(
            "version = 1\n[[account]]\nid = \"anna-jensen\"\nprovider = \"firmafon\"\napi_url = \"https://hemlig.example\"\n",
        );
        let person = model::Person {
            id: "anna-jensen/77".into(),
            name: Some("Åse Hemlig".into()),
            number: None,
            department: None,
            me: true,
            availability: model::Availability::Busy,
            since: None,
            dnd: false,
            dnd_until: None,
            status: None,
            stale: false,
        };
        let account = AccountView {
            id: "anna-jensen".into(),
            provider: "firmafon".into(),
            connection: None,
            me: Some(Arc::new(person.clone())),
            can_dnd: true,
            can_dial: true,
            can_pick_up: false,
            queues: Vec::new(),
            gaps: Vec::new(),
            unknown: vec![Unknown { name: "call 4511223344 anna-jensen".into(), count: 7 }],
        };
        let view = View { accounts: vec![account], people: vec![Arc::new(person)], ..View::default() };
        let findings = [
            Finding::fail("settings", "`api_url` = hemlig.example is wrong.", "Ask Åse.").of("anna-jensen"),
            Finding::fail("state_folder", "Nothing can be written to /home/hemlig.", "Ask Åse."),
            Finding::warn("skipped", "Not understood: ring +4511223344.", "Ask Åse.").of("anna-jensen"),
            Finding::ok("answer", "A probe was answered within 23 ms.").of("anna-jensen"),
        ];
        let text = text(&settings, &view, &findings);
        for private in ["Åse", "hemlig", "Hemlig", "anna", "11223344", "4511"] {
            assert!(!text.contains(private), "{private} in {text}");
        }
        assert!(text.contains("skipped 7 of call # account 1"), "{text}");
        assert!(text.contains("Ok answer of account 1: A probe was answered within 23 ms."), "{text}");
    }

    #[test]
    fn a_file_that_is_there_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bundle.txt");
        write(&file, &Settings::default(), &View::default(), &[]).unwrap();
        assert!(write(&file, &Settings::default(), &View::default(), &[]).is_err());
    }
}
