//! What is read as one text: files, lines on the control socket, addresses.

use clap::Parser as _;
use engine::{
    Settings, contacts,
    control::{Answer, Ask},
    patch::Update,
};
use model::{PhoneNumber, View};

#[path = "../../../src-tauri/src/arguments.rs"]
mod arguments;

pub(crate) fn settings(input: &[u8]) {
    let settings = Settings::parse(&String::from_utf8_lossy(input));
    for fault in &settings.faults {
        assert!(!fault.problem.text.is_empty(), "a fault without a word");
    }
    let ids: std::collections::BTreeSet<_> = settings.accounts.iter().map(|account| &account.id).collect();
    assert_eq!(ids.len(), settings.accounts.len(), "two accounts of one name");
}

pub(crate) fn event_map(input: &[u8]) {
    if let Err(faults) = providers::nguc::event_map::check(&String::from_utf8_lossy(input)) {
        assert!(!faults.is_empty(), "refused without a fault");
    }
}

pub(crate) fn control(input: &[u8]) {
    if let Ok(ask) = serde_json::from_slice::<Ask>(input) {
        let again = |ask: &Ask| serde_json::to_string(ask).unwrap_or_default();
        let read: Option<Ask> = serde_json::from_str(&again(&ask)).ok();
        assert!(read.is_some_and(|read| again(&read) == again(&ask)), "it is asked for something else");
    }
    if let Ok(Answer::Update { update: Update::Patch(patch) }) = serde_json::from_slice(input) {
        patch.apply(&mut View::default());
    }
}

pub(crate) fn recording(input: &[u8]) {
    // What cannot be replayed is said, in words.
    if let Err(problem) = engine::replay(input, &[], |_, _| {}) {
        assert!(!problem.text.is_empty(), "refused without a word");
    }
}

pub(crate) fn address(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if let Some(number) = PhoneNumber::international(&text) {
        let digits = number.as_str().trim_start_matches('+');
        assert!(digits.len() >= 7 && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()));
        assert!(PhoneNumber::international(number.as_str()).as_ref() == Some(&number));
    }
    let Ok(arguments) = arguments::Arguments::try_parse_from(["ringside-desktop", "--", &text]) else {
        return;
    };
    if let Some(number) = arguments.call {
        let dialled = |c: char| c.is_ascii_digit() || "+*#-.() ".contains(c);
        assert!(number.chars().all(dialled), "it would dial something that is no number");
    }
}

pub(crate) fn contacts(input: &[u8]) {
    let plan = contacts::Plan { country: Some("DK".to_owned()), strip: vec!["L0#".to_owned()] };
    let import = contacts::import(input);
    assert!(import.skipped.len() <= import.skipped_count, "more is named than was skipped");
    let lines = input.split(|byte| matches!(byte, b'\n' | b'\r')).count();
    for skipped in &import.skipped {
        assert!(
            (1..=lines).contains(&skipped.line) && !skipped.why.is_empty(),
            "{skipped:?} of {lines} lines"
        );
    }
    let mut numbers = contacts::Numbers::new(plan.clone());
    let mut known = Vec::new();
    for card in &import.cards {
        assert!(!card.name.is_empty() && card.name.chars().count() <= 200, "a name that none can show");
        assert!((1..=20).contains(&card.numbers.len()), "a card with {} numbers", card.numbers.len());
        known.extend(card.numbers.iter().filter_map(|raw| numbers.e164(raw)));
    }
    let book = std::sync::Arc::new(contacts::Book::new("mine", &plan, import.cards));
    for number in known {
        assert!(
            contacts::find(std::slice::from_ref(&book), &number).is_some(),
            "a number in the book is not found"
        );
    }
}
