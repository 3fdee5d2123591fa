//! `complaint_10`: users' complaint of a do-not-disturb that is forgotten, or not the same as presence.

use super::*;

const NOON: &str = "2026-11-18T12:00:00+01:00";
const NIGHTS: &str = "[dnd]\nschedule = [\"mon-fri 17:00-08:00\"]\n";
const HOUR: u64 = 60 * 60;

fn minutes(minutes: u32) -> DndLength {
    DndLength::For { minutes }
}

#[test]
fn complaint_10_a_length_ends_everywhere_also_where_the_provider_has_no_end() {
    let mut world = World::new("", NOON);
    world.on(minutes(30));
    assert_eq!(world.acts(), ["ends on", "plain on"]);
    let view = world.dnd.view();
    assert_eq!((view.on, view.accounts.len()), (true, 3), "the account without one is quiet as well");
    world.pass(29 * 60);
    assert!(world.is_on("plain") && world.is_on("ends"));
    world.pass(60);
    assert!(!world.is_on("plain") && !world.is_on("ends"));
    assert!(!world.dnd.view().on);
}

#[test]
fn complaint_10_one_without_an_end_asks_again_until_it_is_answered() {
    let mut world = World::new("", NOON);
    world.on(DndLength::Open);
    world.pass(8 * HOUR - 60);
    assert_eq!((world.questions, world.dnd.view().asking), (0, false));
    world.pass(60);
    assert_eq!((world.questions, world.dnd.view().asking), (1, true));
    world.pass(2 * HOUR);
    assert_eq!(world.questions, 3);
    assert!(world.is_on("plain"), "unanswered, it stays on");
    world.dnd.keep(world.moment);
    world.run();
    assert!(!world.dnd.view().asking);
    world.pass(8 * HOUR);
    assert_eq!(world.questions, 4);
    world.off();
    assert!(!world.is_on("plain") && !world.dnd.view().asking);
}

#[test]
fn complaint_10_elementary_11_a_schedule_that_begins_and_ends_does_not_end_a_manual_one() {
    let mut world = World::new(NIGHTS, "2026-11-18T16:00:00+01:00");
    world.on(DndLength::Until { until: "2026-11-19T10:00:00+01:00".parse().unwrap() });
    world.acts();
    world.pass(17 * HOUR);
    assert_eq!((world.wall().as_str(), world.acts().len()), ("Thu 09:00", 0));
    assert!(world.is_on("plain"));
    world.pass(HOUR);
    assert!(!world.is_on("plain"));
}

#[test]
fn a_manual_one_that_ends_in_the_schedule_leaves_the_schedule_on() {
    let mut world = World::new(NIGHTS, "2026-11-18T16:30:00+01:00");
    world.on(minutes(60));
    world.pass(70 * 60);
    let view = world.dnd.view();
    assert_eq!(view.origin, Some(model::DndOrigin::Schedule));
    assert!(world.is_on("plain") && world.is_on("ends"));
    assert_eq!(world.servers["ends"].on.flatten(), view.until, "its end is the schedule's there too");
    world.pass(15 * HOUR);
    assert!(!world.is_on("plain") && !world.is_on("ends"));
}

#[test]
fn off_during_the_schedule_holds_until_its_next_edge() {
    let mut world = World::new(NIGHTS, "2026-11-18T17:30:00+01:00");
    assert!(world.is_on("plain"));
    world.off();
    assert!(!world.is_on("plain") && !world.dnd.view().on);
    world.pass(14 * HOUR);
    assert!(!world.is_on("plain"));
    assert!(world.dnd.view().held_off_until.is_some());
    world.pass(10 * HOUR);
    assert_eq!(world.wall(), "Thu 17:30");
    assert!(world.is_on("plain"), "the next night it is on again");
}

#[test]
fn complaint_10_nethserver_7144_a_disagreement_is_shown_and_never_fought_over() {
    let mut world = World::new("", NOON);
    world.on(minutes(60));
    world.acts();
    world.pass(120);
    world.elsewhere("plain", None);
    let state = world.state("plain");
    assert_eq!((state.wanted, state.is, state.by), (false, Some(false), Some(model::DndBy::Elsewhere)));
    assert_eq!(state.since, Some(world.moment.wall));
    let view = world.dnd.view();
    assert!(view.on && !view.accounts.contains(&"plain".into()), "{view:?}");
    world.pass(30 * 60);
    assert_eq!(world.acts(), [""; 0], "it is not switched on again");
    world.on(minutes(60));
    assert!(world.is_on("plain"), "a person here may say so again");
}

#[test]
fn what_somebody_switched_on_elsewhere_is_shown_kept_quiet_and_left_on() {
    let mut world = World::new("", NOON);
    world.elsewhere("plain", Some(None));
    let view = world.dnd.view();
    assert_eq!((view.origin, view.until), (Some(model::DndOrigin::Elsewhere), None));
    assert_eq!(view.accounts, ["plain".into()]);
    world.on(minutes(30));
    world.pass(31 * 60);
    assert!(world.is_on("plain") && !world.is_on("ends"));
    world.off();
    assert!(!world.is_on("plain"), "a person here has the last word");
}

#[test]
fn an_end_that_somebody_changed_elsewhere_is_theirs() {
    let mut world = World::new("", NOON);
    world.on(minutes(30));
    world.pass(60);
    let later = world.truth.plus(Duration::from_secs(3 * HOUR));
    let server = world.servers.get_mut("ends").unwrap();
    (server.on, server.elsewhere) = (Some(Some(later)), Some(None));
    world.show("ends");
    world.pass(40 * 60);
    assert!(world.is_on("ends") && !world.is_on("plain"));
    assert_eq!(world.dnd.view().until, Some(later));
    world.pass(3 * HOUR);
    assert!(!world.dnd.view().on);
}

#[test]
fn switched_off_in_every_account_it_is_over_here_too() {
    let mut world = World::new("", NOON);
    world.live("none", false);
    world.settings.accounts.retain(|account| account.id.as_str() == "plain");
    let accounts: Vec<AccountId> = world.settings.accounts.iter().map(|account| account.id.clone()).collect();
    world.dnd.settings(world.settings.section("dnd"), accounts.iter());
    world.on(minutes(60));
    world.pass(60);
    world.elsewhere("plain", None);
    assert!(!world.dnd.view().on);
}

#[test]
fn a_refusal_is_told_with_its_reason_and_tried_again_with_pauses_and_at_once_after_a_reconnect() {
    let mut world = World::new("", NOON);
    world.answers("plain", Answers::Refuses);
    world.on(minutes(60));
    assert!(world.is_on("ends"));
    let verdict = world.dnd.verdict(world.moment.now).unwrap();
    let text = verdict.unwrap_err().text;
    assert_eq!(text, "Quiet here, but not everywhere, which is tried again: plain: Not today.");
    let state = world.state("plain");
    assert_eq!((state.wanted, state.is), (true, Some(false)));
    assert_eq!(state.retry_at, Some(world.moment.wall.plus(Duration::from_secs(2))));
    assert!(world.dnd.view().accounts.contains(&"plain".into()), "its calls are quiet here all the same");
    world.pass(20 * 60);
    let tries = world.acts().iter().filter(|act| act.starts_with("plain")).count();
    assert!((8..=12).contains(&tries), "{tries}");
    world.answers("plain", Answers::Truly);
    world.live("plain", false);
    world.live("plain", true);
    world.pass(3);
    assert!(world.is_on("plain"));
    assert_eq!(world.state("plain").trouble, None);
    assert_eq!(world.dnd.verdict(world.moment.now), Some(Ok(())));
}

#[test]
fn what_is_said_to_be_done_and_does_not_show_is_trouble() {
    let mut world = World::new("", NOON);
    world.answers("plain", Answers::Falsely);
    world.on(minutes(60));
    assert_eq!(world.dnd.verdict(world.moment.now), None, "not before it was read back");
    world.pass(11);
    assert!(world.state("plain").trouble.unwrap().text.contains("does not show"));
}

#[test]
fn what_shows_is_believed_without_an_answer() {
    let mut world = World::new("", NOON);
    world.answers("plain", Answers::Silently);
    world.on(minutes(60));
    world.pass(60);
    let state = world.state("plain");
    assert_eq!((state.is, state.settling, state.trouble), (Some(true), false, None));
    world.off();
    world.pass(10);
    world.elsewhere("plain", Some(None));
    world.pass(10 * 60);
    assert!(world.is_on("plain"), "our off was done when it showed; this one is theirs");
}

#[test]
fn a_longer_time_that_is_refused_is_told_and_what_is_on_stays_ours() {
    for answers in [Answers::Refuses, Answers::Falsely] {
        let mut world = World::new("", NOON);
        world.on(DndLength::Open);
        world.answers("ends", answers);
        world.on(minutes(30));
        world.pass(11);
        assert_ne!(world.state("ends").trouble, None, "{answers:?}");
        world.restart(60);
        world.pass(10);
        world.answers("ends", Answers::Truly);
        world.pass(31 * 60);
        assert!(!world.is_on("ends"), "{answers:?}");
    }
}

#[test]
fn what_somebody_switched_off_while_a_new_length_waited_to_be_tried_stays_off() {
    let mut world = World::new("", NOON);
    world.on(DndLength::Clock { hour: 23, minute: 0 });
    world.answers("ends", Answers::Falsely);
    world.off();
    world.pass(30 * 60);
    world.answers("ends", Answers::Refuses);
    world.on(minutes(60));
    world.pass(60);
    world.elsewhere("ends", None);
    world.answers("ends", Answers::Truly);
    world.pass(30 * 60);
    assert!(!world.is_on("ends"));
}

#[test]
fn off_elsewhere_while_a_new_length_is_under_way_is_heard_though_it_is_told_twice() {
    let mut world = World::new("", NOON);
    world.on(DndLength::Clock { hour: 23, minute: 0 });
    world.answers("ends", Answers::Falsely);
    world.on(minutes(60));
    world.elsewhere("ends", None);
    world.show("ends");
    world.answers("ends", Answers::Truly);
    world.pass(10 * 60);
    assert!(!world.is_on("ends"));
}

#[test]
fn what_a_person_asks_for_is_tried_at_once() {
    let mut world = World::new("", NOON);
    world.answers("plain", Answers::Refuses);
    world.on(minutes(60));
    world.pass(20 * 60);
    world.answers("plain", Answers::Truly);
    world.on(minutes(60));
    assert!(world.is_on("plain"));
}

#[test]
fn a_call_that_hides_it_is_waited_for() {
    let mut world = World::new("", NOON);
    let busy = Shown { on: false, until: None, is_busy: true };
    world.dnd.shows(world.moment.now, &"plain".into(), busy);
    world.answers("plain", Answers::Falsely);
    world.on(minutes(60));
    world.pass(30 * 60);
    assert_eq!(world.state("plain").trouble, None);
    world.servers.get_mut("plain").unwrap().on = Some(None);
    world.show("plain");
    world.answers("plain", Answers::Truly);
    world.pass(31 * 60);
    assert!(!world.is_on("plain"));
}

#[test]
fn the_end_comes_after_sleep_and_while_the_account_was_away() {
    let mut world = World::new("", NOON);
    world.on(minutes(30));
    world.live("plain", false);
    world.drift(2 * HOUR);
    world.run();
    assert!(world.is_on("plain"));
    world.live("plain", true);
    world.pass(3);
    assert!(!world.is_on("plain"));
}

#[test]
fn what_was_shown_before_the_connection_was_lost_decides_nothing_after_it() {
    let mut world = World::new("", NOON);
    world.on(minutes(30));
    world.live("ends", false);
    world.drift(2 * HOUR);
    world.run();
    let later = world.truth.plus(Duration::from_secs(4 * HOUR));
    world.elsewhere("ends", None);
    world.elsewhere("ends", Some(Some(later)));
    world.servers.get_mut("ends").unwrap().is_live = true;
    world.dnd.connection(world.moment.now, &"ends".into(), true);
    world.run();
    world.pass(5);
    world.show("ends");
    world.pass(60);
    assert!(world.is_on("ends"));
    assert!(!world.acts().contains(&"ends off".to_owned()));
}

#[test]
fn an_account_that_the_settings_lose_and_find_again_is_switched_off_in_time() {
    let mut world = World::new("", NOON);
    world.on(minutes(30));
    let accounts = std::mem::take(&mut world.settings.accounts);
    world.dnd.settings(&serde_json::Map::new(), std::iter::empty());
    world.run();
    world.restart(60);
    world.settings.accounts = accounts;
    assert!(world.is_on("plain"));
    world.restart(2 * HOUR);
    world.pass(10);
    assert!(!world.is_on("plain"));
}

#[test]
fn after_a_restart_only_what_was_switched_on_here_is_switched_off() {
    let mut world = World::new("", NOON);
    world.elsewhere("plain", Some(None));
    world.on(minutes(30));
    world.restart(2 * HOUR);
    world.pass(10);
    assert!(world.is_on("plain"), "somebody else's");
    let mut world = World::new("", NOON);
    world.on(DndLength::Open);
    world.off();
    world.on(minutes(30));
    world.restart(2 * HOUR);
    world.pass(10);
    assert!(!world.is_on("plain"), "ours");
}

#[test]
fn a_restart_within_its_time_goes_on_with_it_and_sets_nothing_again() {
    let mut world = World::new("", NOON);
    world.on(minutes(30));
    world.acts();
    world.restart(5 * 60);
    world.pass(10);
    assert_eq!(world.acts(), [""; 0]);
    let view = world.dnd.view();
    assert_eq!(
        (view.on, view.until),
        (true, Some(NOON.parse::<Time>().unwrap().plus(Duration::from_secs(30 * 60 + 5))))
    );
    world.pass(25 * 60);
    assert!(!world.is_on("plain"));
}

#[test]
fn switched_off_elsewhere_while_the_program_was_not_running_it_stays_off() {
    let mut world = World::new("", NOON);
    world.on(minutes(60));
    world.pass(60);
    world.servers.get_mut("plain").unwrap().on = None;
    world.acts();
    world.restart(60);
    world.pass(10);
    assert_eq!(world.acts(), [""; 0]);
    assert_eq!(world.state("plain").by, Some(model::DndBy::Elsewhere));
}

#[test]
fn a_length_goes_by_the_steady_clock_and_a_time_of_day_by_the_one_on_the_wall() {
    for by in [24 * 60 * 60, -24 * 60 * 60] {
        let mut world = World::new("", NOON);
        world.on(minutes(30));
        world.jump(by);
        let end = world.dnd.view().until.unwrap();
        assert_eq!(end.since(world.moment.wall).as_secs(), 30 * 60);
        world.pass(29 * 60);
        assert!(world.is_on("plain"));
        world.pass(60);
        assert!(!world.is_on("plain"));
    }
    let mut world = World::new("", NOON);
    world.on(DndLength::Clock { hour: 17, minute: 0 });
    world.jump(5 * 60 * 60 - 60);
    assert!(world.is_on("plain"));
    world.jump(60);
    assert!(!world.is_on("plain"));
}

#[test]
fn no_length_becomes_longer_by_a_clock_that_was_put_back_while_nothing_ran() {
    let mut world = World::new("", NOON);
    world.on(minutes(30));
    world.moment.wall = Time::from_millis(world.moment.wall.as_millis() - 24 * 60 * 60 * 1_000);
    world.restart(0);
    world.pass(30 * 60);
    assert!(!world.is_on("plain"));
}

#[test]
fn the_hotkey_switches_it_on_for_an_hour_and_off() {
    let mut world = World::new("", NOON);
    world.dnd.toggle(world.moment).unwrap();
    world.run();
    assert_eq!(world.dnd.view().until, Some(world.moment.wall.plus(Duration::from_secs(HOUR))));
    world.dnd.toggle(world.moment).unwrap();
    world.run();
    assert!(!world.dnd.view().on && !world.is_on("plain"));
}

#[test]
fn what_cannot_be_understood_is_left_alone_and_said() {
    let mut dnd = Dnd::default();
    let moment = World::new("", NOON).moment;
    for text in ["", "{", r#"{"version":2,"manual":null,"held_off_until":null,"accounts":{}}"#] {
        assert!(dnd.recall(moment, text.as_bytes()).unwrap_err().text.contains("dnd.json"), "{text}");
    }
    let mut world = World::new("", NOON);
    world.on(minutes(30));
    dnd.recall(moment, &world.kept.unwrap()).unwrap();
}
