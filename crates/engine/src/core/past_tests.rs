//! What the history gives to the present, and what is made of it.

use super::*;

fn remembered(desk: &mut Desk, change: impl FnOnce(&mut Remembered)) {
    let mut known = Remembered::default();
    change(&mut known);
    desk.core.remember(known);
}

fn with_number(fact: &mut CallFact) {
    mine(fact);
    let number = PhoneNumber::international("+4511223344");
    fact.peer = Some(model::Peer { number, ..model::Peer::default() });
}

fn reminder(at: i64) -> Reminder {
    Reminder {
        call: "work/old".into(),
        at: Time::from_millis(at),
        title: "Anna".to_owned(),
        number: PhoneNumber::international("+4511223344"),
        note: Some("the offer".to_owned()),
    }
}

#[test]
fn missed_call_leaves_no_trace_but_here_those_of_former_runs_count_until_seen() {
    let mut desk = Desk::new("mine");
    remembered(&mut desk, |known| known.unseen = vec!["work/old".into()]);
    desk.call(CallState::Ringing, mine);
    desk.call(CallState::Ended, |fact| fact.outcome = Some(Outcome::Missed));
    assert_eq!(desk.core.view().missed, 2);
    // The history has heard of it: it is not counted twice.
    remembered(&mut desk, |known| known.unseen = vec!["work/u1".into(), "work/old".into()]);
    assert_eq!(desk.core.view().missed, 2);
    desk.core.missed_call_seen(&"work/old".into());
    assert_eq!(desk.core.view().missed, 1);
    desk.core.missed_seen();
    assert_eq!(desk.words(), ["withdraw work/u1"]);
    assert_eq!(desk.core.view().missed, 0);
}

#[test]
fn a_call_lost_sight_of_is_missed_when_the_provider_says_so_afterwards() {
    let mut desk = Desk::new("mine");
    desk.call(CallState::Ringing, mine);
    desk.connection(ConnectionState::Waiting);
    desk.now = desk.now + Duration::from_secs(121);
    desk.core.tick(desk.now, Time::from_millis(9));
    desk.words();
    assert_eq!(desk.core.view().missed, 0);
    desk.connection(ConnectionState::Live);
    let told = |fact: &mut CallFact| fact.outcome = Some(Outcome::Missed);
    assert_eq!(desk.call(CallState::Ended, told), ["show Missed work/u1", "true: missed"]);
    assert_eq!(desk.core.view().missed, 1);
    assert_eq!(desk.call(CallState::Ended, told), [""; 0]);
    let answered = |fact: &mut CallFact| fact.outcome = Some(Outcome::Answered);
    assert_eq!(desk.call(CallState::Ended, answered), [""; 0], "only what was lost is corrected");
}

#[test]
fn a_note_and_a_call_back_to_make_are_shown_when_the_number_rings_again() {
    let mut desk = Desk::new("mine");
    remembered(&mut desk, |known| {
        known.reminders = vec![reminder(1_000_000)];
        known.notes =
            known.reminders.iter().map(|one| (one.number.clone().unwrap(), "about\nit".into())).collect();
    });
    let mut fact = CallFact { state: Some(CallState::Ringing), ..CallFact::of("u1") };
    with_number(&mut fact);
    desk.core.report(desk.now, &"work".into(), Time::from_millis(5), vec![Event::from(fact)]);
    let bodies: Vec<_> = desk
        .core
        .effects()
        .filter_map(|effect| if let Effect::Show(alert) = effect { Some(alert.body) } else { None })
        .collect();
    assert!(bodies[0].ends_with("Note: about\nYou wanted to call back."), "{bodies:?}");
    let noted = Noted { note: Some("about\nit".to_owned()), call_back: true };
    assert_eq!(desk.core.view().notes, BTreeMap::from([("work/u1".into(), noted)]), "for the popup");

    desk.core.surroundings(Surroundings { locked: true, inhibited: false });
    assert_eq!(desk.core.view().notes, BTreeMap::new(), "a caller who is not named has no note either");
    desk.core.surroundings(Surroundings::default());
    remembered(&mut desk, |known| {
        known.notes =
            PhoneNumber::international("+4511223344").map(|of| (of, "é".repeat(2_000))).into_iter().collect();
    });
    let notes = desk.core.view().notes;
    let cut = format!("{}…", "é".repeat(199));
    assert_eq!(
        notes.values().map(|noted| (noted.note.as_ref(), noted.call_back)).collect::<Vec<_>>(),
        [(Some(&cut), false)]
    );

    desk.core.silence("work/u1".into());
    assert_eq!(desk.core.view().notes, BTreeMap::new(), "nor one whose ringing is not shown");
}

#[test]
fn a_reminder_comes_once_also_when_its_time_was_slept_through() {
    let mut desk = Desk::new("mine");
    remembered(&mut desk, |known| known.reminders = vec![reminder(60_000)]);
    desk.core.tick(desk.now, Time::from_millis(59_999));
    assert_eq!(desk.words(), [""; 0]);
    desk.core.tick(desk.now, Time::from_millis(9_000_000));
    assert_eq!(desk.words(), ["show Missed work/old"]);
    desk.core.tick(desk.now, Time::from_millis(9_000_001));
    assert_eq!(desk.words(), [""; 0]);
}

#[test]
fn a_reminder_names_nobody_on_a_shared_screen_and_waits_for_the_end_of_do_not_disturb() {
    let mut desk = Desk::new("mine");
    remembered(&mut desk, |known| known.reminders = vec![reminder(60_000)]);
    desk.core.share(desk.now, Time::from_millis(0), Some(Duration::from_secs(3_600)));
    desk.core.tick(desk.now, Time::from_millis(60_000));
    let alert = |effect| if let Effect::Show(alert) = effect { Some(alert) } else { None };
    let shown: Vec<_> = desk.core.effects().filter_map(alert).collect();
    assert_eq!(
        shown.iter().map(|alert| (&*alert.title, &*alert.body)).collect::<Vec<_>>(),
        [("Call back", "")]
    );

    let mut desk = quiet("");
    remembered(&mut desk, |known| known.reminders = vec![reminder(60_000)]);
    desk.core.tick(desk.now, Time::from_millis(60_000));
    assert_eq!(desk.words(), [""; 0]);
    desk.core.switch_dnd(desk.now, Time::from_millis(61_000), super::super::DndSwitch::Off).unwrap();
    desk.core.advance(desk.now, Time::from_millis(61_000));
    desk.core.tick(desk.now, Time::from_millis(61_000));
    assert_eq!(desk.words(), ["show Missed work/old"]);
}

#[test]
fn a_call_that_is_forwarded_is_no_second_call_to_do_not_disturb() {
    let rings_again_after = |seconds: u64| {
        let mut desk = quiet("");
        let caller = from("+4511223344");
        desk.call(CallState::Ringing, &caller);
        desk.now = desk.now + Duration::from_secs(20);
        desk.call(CallState::Ended, |fact| fact.outcome = Some(Outcome::Busy));
        desk.now = desk.now + Duration::from_secs(seconds);
        desk.call(CallState::Ringing, |fact| {
            caller(fact);
            fact.id = "u2".to_owned();
        })
    };
    assert_eq!(rings_again_after(2), ["false: do not disturb is on"]);
    assert_eq!(rings_again_after(30)[0], "show Incoming work/u2");
}

#[test]
fn what_is_erased_or_private_is_shown_nowhere() {
    let mut desk = Desk::new("mine");
    desk.call(CallState::Ringing, with_number);
    desk.core.marked(&Mark::Private("work/u1".into()));
    assert_eq!(desk.core.view().calls[0].peer, model::Peer::default());
    desk.call(CallState::Ended, |fact| fact.outcome = Some(Outcome::Missed));
    desk.core.marked(&Mark::Erase(crate::history::Erase::All));
    assert_eq!(desk.words(), ["withdraw work/u1"]);
    assert_eq!((desk.core.view().recent.len(), desk.core.view().missed), (0, 0));
    assert_eq!(desk.call(CallState::Ended, |fact| fact.outcome = Some(Outcome::Missed)), [""; 0]);
}

#[test]
fn how_long_nobody_heard_is_known_from_what_was_noted_while_live() {
    let mut desk = Desk::new("mine");
    desk.core.load(Loaded { alive: [("work".into(), Time::from_millis(7))].into(), ..Loaded::default() });
    assert_eq!(desk.core.heard_until(&"work".into()), Some(Time::from_millis(7)));
    desk.connection(ConnectionState::Live);
    desk.hear(Event::Heard);
    assert_eq!(desk.core.heard_until(&"work".into()), Some(Time::from_millis(5)));
    desk.core.tick(desk.now, Time::from_millis(9));
    let kept: Vec<_> =
        desk.core.effects().filter(|effect| matches!(effect, Effect::Keep(Write::Alive(..)))).collect();
    assert_eq!(kept.len(), 1);
    desk.core.tick(desk.now + Duration::from_secs(59), Time::from_millis(9));
    assert_eq!(desk.core.effects().count(), 0);
}
