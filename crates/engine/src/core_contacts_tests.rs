use std::sync::Arc;

use model::{AccountId, CallFact, CallState, Direction, Event, Peer, PhoneNumber, Time};
use protocols::Instant;

use super::Core;
use crate::{
    Settings,
    contacts::{Book, Plan, import},
};

fn ring(core: &mut Core, id: &str, raw: &str, name: Option<&str>) {
    let peer = Peer {
        number: PhoneNumber::international(raw),
        raw: Some(raw.to_owned()),
        name: name.map(str::to_owned),
        ..Peer::default()
    };
    let fact = CallFact {
        state: Some(CallState::Ringing),
        direction: Some(Direction::Incoming),
        peer: Some(peer),
        ..CallFact::of(id)
    };
    let work = AccountId::from("work");
    core.report(Instant::at(std::time::Duration::ZERO), &work, Time::from_millis(5), vec![Event::from(fact)]);
}

fn core() -> Core {
    let settings =
        "[[account]]\nid = \"work\"\nprovider = \"firmafon\"\ncountry = \"dk\"\nstrip_prefixes = [\"L0#\"]\n";
    let settings = Settings::parse(settings);
    assert!(settings.faults.is_empty(), "{:?}", settings.faults);
    let mut core = Core::new(Settings::default(), Time::from_millis(0), false);
    core.replace_settings(settings);
    core
}

fn book(core: &mut Core, cards: &str) {
    let book = Book::new("a.vcf", &Plan::default(), import(cards.as_bytes()).cards);
    core.address_books(Instant::at(std::time::Duration::ZERO), vec![Arc::new(book)], Vec::new());
}

fn titles(core: &Core) -> Vec<(String, Option<String>)> {
    let title = |call: &Arc<model::Call>| {
        let number = call.peer.number.as_ref().map(ToString::to_string).unwrap_or_default();
        (number, call.peer.title().map(str::to_owned))
    };
    core.view().calls.iter().map(title).collect()
}

const ANNA: &str = "BEGIN:VCARD\nFN:Anna\nTEL:+45 20 22 23 24\nEND:VCARD\n";

/// Complaint 9 of the field: +49 here, 0 there, and nobody is found.
#[test]
fn complaint_9_a_callers_name_is_found_however_the_exchange_writes_the_number() {
    let mut core = core();
    book(&mut core, ANNA);
    for (id, raw) in [("1", "20222324"), ("2", "+4520222324"), ("3", "004520222324"), ("4", "L0#20 22 23 24")]
    {
        ring(&mut core, id, raw, None);
    }
    let anna = ("+4520222324".to_owned(), Some("Anna".to_owned()));
    assert_eq!(titles(&core), [anna.clone(), anna.clone(), anna.clone(), anna]);
}

#[test]
fn a_sure_contact_is_shown_before_the_providers_name_and_a_likely_one_after_it() {
    let mut core = core();
    book(
        &mut core,
        &format!("{ANNA}{}", ANNA.replace("Anna", "Bo").replace("+45 20 22 23 24", "030 333 333")),
    );
    ring(&mut core, "1", "20222324", Some("ANNA B"));
    ring(&mut core, "2", "+4930333333", Some("Exchange's name"));
    ring(&mut core, "3", "+4930333333", None);
    let names: Vec<_> = titles(&core).into_iter().filter_map(|(_, name)| name).collect();
    assert_eq!(names, ["Anna", "Exchange's name", "Bo"]);
}

#[test]
fn another_address_book_names_the_call_that_rings() {
    let mut core = core();
    ring(&mut core, "1", "20222324", None);
    assert_eq!(titles(&core), [("+4520222324".to_owned(), None)]);
    book(&mut core, ANNA);
    assert_eq!(titles(&core), [("+4520222324".to_owned(), Some("Anna".to_owned()))]);
    book(&mut core, "");
    assert_eq!(titles(&core), [("+4520222324".to_owned(), None)]);
}
