use std::sync::Arc;

use model::{
    AccountView, Connection, Discretion, Dnd, Line, Party, Peer, Person, Problem, ProblemCode, Time,
};

use super::*;

fn view(state: ConnectionState, availability: Availability) -> View {
    let connection = Connection {
        state,
        since: Time::from_millis(0),
        retry_at: None,
        problem: None,
        last_heard_at: None,
        transport: None,
    };
    let me = Person {
        id: "work/Employee#77".into(),
        name: Some("Åse".into()),
        number: None,
        department: None,
        me: true,
        availability,
        since: None,
        dnd: false,
        dnd_until: None,
        status: None,
        stale: false,
    };
    let account = AccountView {
        id: "work".into(),
        provider: "firmafon".into(),
        connection: Some(connection),
        me: Some(Arc::new(me)),
        can_dnd: true,
        can_dial: true,
        can_pick_up: false,
        queues: Vec::new(),
        gaps: Vec::new(),
        unknown: Vec::new(),
    };
    View { accounts: vec![account], ..View::default() }
}

fn call(state: CallState, outcome: Option<Outcome>) -> Arc<Call> {
    Arc::new(Call {
        id: "work/u1".into(),
        account: "work".into(),
        direction: Direction::Incoming,
        state,
        mine: Some(true),
        peer: Peer { name: Some("Kim Kontakt".into()), ..Peer::default() },
        line: Some(Line { id: "Reception#10".into(), name: None }),
        people: vec![Party { id: "work/Employee#77".into(), name: None }],
        started_at: None,
        answered_at: None,
        ended_at: None,
        outcome,
    })
}

fn labels(items: &[Item]) -> Vec<&str> {
    items
        .iter()
        .map(|item| match item {
            Item::Text(label) | Item::Act { label, .. } | Item::Menu { label, .. } => label.as_str(),
            Item::Separator => "-",
        })
        .collect()
}

#[test]
fn the_tray_speaks_the_language_of_the_view_and_changes_no_name() {
    let look = model::Look { language: model::Language::Da, ..model::Look::default() };
    let tray = Tray::of(&View { look, missed: 3, ..View::default() });
    assert_eq!(tray.tooltip, "Ingen konto endnu: åbn Ringside for at tilføje en\n3 ubesvarede opkald");
    let quit = tray.menu.last();
    assert!(matches!(quit, Some(Item::Act { label, .. }) if label == "Afslut"), "{quit:?}");
}

#[test]
fn free_and_proven_is_the_only_green() {
    let tray = Tray::of(&view(ConnectionState::Live, Availability::Available));
    assert_eq!((tray.layers.as_slice(), tray.attention), (["available"].as_slice(), false));
    assert_eq!(tray.tooltip, "You are available");
    for state in [
        ConnectionState::Connecting,
        ConnectionState::Waiting,
        ConnectionState::SignIn,
        ConnectionState::Stopped,
    ] {
        let tray = Tray::of(&view(state, Availability::Available));
        assert_eq!(tray.layers, ["unproven", "trouble"], "{state:?}");
    }
    let mut lacking = view(ConnectionState::Live, Availability::Available);
    let problem = Problem::new(ProblemCode::Forbidden, "Your own calls cannot be heard.");
    lacking.accounts[0].connection.as_mut().unwrap().problem = Some(problem);
    assert_eq!(Tray::of(&lacking).layers, ["unproven", "trouble"]);
    assert_eq!(Tray::of(&View::default()).layers, ["unproven", "trouble"]);
}

#[test]
fn a_ringing_call_asks_for_attention_and_is_named() {
    let mut view = view(ConnectionState::Live, Availability::Ringing);
    view.calls.push(call(CallState::Ringing, None));
    let tray = Tray::of(&view);
    assert_eq!((tray.layers.as_slice(), tray.attention), (["ringing"].as_slice(), true));
    view.missed = 1;
    assert_eq!(Tray::of(&view).layers, ["ringing"], "the count would cover the bell");
    assert_eq!(tray.tooltip, "Your phone rings\nKim Kontakt is calling");
    view.discretion.hides_names = true;
    assert_eq!(Tray::of(&view).tooltip, "Your phone rings\nSomebody is calling\n1 missed call");
}

#[test]
fn missed_calls_are_counted_listed_and_can_be_marked_as_seen() {
    let mut view = view(ConnectionState::Live, Availability::Available);
    view.missed = 2;
    view.recent.push(call(CallState::Ended, Some(Outcome::Missed)));
    let tray = Tray::of(&view);
    assert_eq!(tray.layers, ["available", "missed-2"]);
    assert_eq!(
        labels(&tray.menu),
        [
            "You are available",
            "2 missed calls",
            "-",
            "Do not disturb for 30 minutes",
            "Do not disturb for 1 hour",
            "Do not disturb until",
            "Do not disturb until tomorrow",
            "Do not disturb until I turn it off",
            "-",
            "Recent calls",
            "Mark missed calls as seen",
            "-",
            "I am sharing my screen",
            "Check the connections",
            "Open Ringside",
            "Quit",
        ]
    );
}

#[test]
fn do_not_disturb_is_shown_with_its_end_and_can_be_switched_off() {
    let mut view = view(ConnectionState::Live, Availability::Dnd);
    view.dnd = Dnd { on: true, until: Some(Time::from_millis(0)), ..Dnd::default() };
    let tray = Tray::of(&view);
    assert_eq!(tray.layers, ["dnd"]);
    assert!(tray.tooltip.starts_with("Do not disturb is on until "), "{}", tray.tooltip);
    assert!(labels(&tray.menu).contains(&"Switch do not disturb off"));
}

#[test]
fn complaint_14_a_shared_screen_is_told_of_and_ended_where_it_was_said() {
    let mut view = view(ConnectionState::Live, Availability::Available);
    let entry = |view: &View| {
        let items = Tray::of(view).menu;
        let is_it =
            |item: &Item| matches!(item, Item::Act { label, .. } if label == "I am sharing my screen");
        items.into_iter().find(is_it).unwrap()
    };
    let label = "I am sharing my screen".to_owned();
    let on = Command::Share { minutes: Some(120) };
    assert_eq!(entry(&view), Item::Act { label: label.clone(), command: on, checked: false });
    view.discretion = Discretion {
        sharing: true,
        sharing_until: Some(Time::from_millis(0)),
        hides_names: true,
        ..Discretion::default()
    };
    let off = Command::Share { minutes: None };
    assert_eq!(entry(&view), Item::Act { label, command: off, checked: true });
    let tooltip = Tray::of(&view).tooltip;
    assert!(tooltip.contains("\nYour screen is shared until "), "{tooltip}");
    assert!(tooltip.ends_with(", callers are not named"), "{tooltip}");
}

/// Every state that a tray can show, a line each; `RINGSIDE_BLESS=1` writes them down as they are.
#[test]
fn every_state_is_shown_as_written_down() {
    use Availability::{Available, Away, Busy, Dnd as Undisturbed, Offline, Ringing, Unknown};
    use ConnectionState::{Connecting, Live, SignIn, Stopped, Waiting};
    let mut table = String::new();
    let mut line = |words: String, view: &View| {
        let tray = Tray::of(view);
        let status = if tray.attention { "NeedsAttention" } else { "Active" };
        let tooltip = tray.tooltip.replace('\n', " / ");
        table += &format!("{words:<52}  {:<24} {status:<14}  {tooltip}\n", tray.layers.join("+"));
    };
    line("no account".to_owned(), &View::default());
    for connection in [Live, Connecting, Waiting, SignIn, Stopped] {
        for own in [Available, Ringing, Busy, Undisturbed, Away, Offline, Unknown] {
            for (ringing, missed, dnd) in
                [(0, 0, 0), (1, 0, 0), (0, 3, 0), (0, 0, 1), (1, 3, 0), (1, 0, 1), (0, 12, 1), (1, 12, 1)]
            {
                let mut view = view(connection, own);
                let mut words = format!("{connection:?} {own:?}");
                if ringing == 1 {
                    view.calls.push(call(CallState::Ringing, None));
                    words += " ringing";
                }
                if missed > 0 {
                    view.missed = missed;
                    words += &format!(" missed:{missed}");
                }
                if dnd == 1 {
                    view.dnd = Dnd { on: true, ..Dnd::default() };
                    words += " dnd";
                }
                line(words, &view);
            }
        }
    }
    let mut lacking = view(Live, Available);
    let problem = Problem::new(ProblemCode::Forbidden, "Your own calls cannot be heard.");
    lacking.accounts[0].connection.as_mut().unwrap().problem = Some(problem);
    line("Live but not everything".to_owned(), &lacking);
    line("not tried yet".to_owned(), &{
        let mut view = view(Live, Available);
        view.accounts[0].connection = None;
        view
    });
    for (words, hides_names) in
        [("Live Available sharing", true), ("Live Available sharing, callers named", false)]
    {
        let discretion = Discretion { sharing: true, hides_names, ..Discretion::default() };
        line(words.to_owned(), &View { discretion, ..view(Live, Available) });
    }
    line("hindered".to_owned(), &View { hindered: true, ..view(Live, Available) });

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tray_states.txt");
    if std::env::var_os("RINGSIDE_BLESS").is_some() {
        std::fs::write(path, &table).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let differ = table.lines().zip(written.lines()).find(|(is, was)| is != was);
    assert_eq!(differ, None, "look at it, then RINGSIDE_BLESS=1");
    assert!(table == written, "look at the difference, then RINGSIDE_BLESS=1");
    let green = table.lines().filter(|line| line.contains("  available"));
    assert!(green.clone().all(|line| line.starts_with("Live Available")), "green is only what is proven");
    assert_eq!(green.count(), 4, "and only where nothing rings and nobody wants to be left alone");
}
