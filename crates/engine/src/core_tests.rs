use std::{collections::BTreeMap, time::Duration};

use model::{
    AccountId, CallFact, CallState, Connection, ConnectionState, Direction, Event, Noted, Outcome,
    PersonFact, PhoneNumber, Time,
};
use protocols::Instant;

use super::{Core, Effect, Observed};
use crate::{
    Settings, Surroundings,
    history::Reminder,
    store::{Loaded, Mark, Remembered, Write},
};

/// A core with one account, driven by hand; what it does is read as words.
struct Desk {
    core: Core,
    now: Instant,
}

impl Desk {
    fn new(popups: &str) -> Self {
        let settings =
            format!("[[account]]\nid = \"work\"\nprovider = \"firmafon\"\npopups = \"{popups}\"\n");
        let mut core = Core::new(Settings::default(), Time::from_millis(0), true);
        core.replace_settings(Settings::parse(&settings));
        Self { core, now: Instant::at(Duration::from_secs(1_000)) }
    }

    fn hear(&mut self, event: Event) -> Vec<String> {
        self.core.report(self.now, &AccountId::from("work"), Time::from_millis(5), vec![event]);
        self.words()
    }

    fn words(&mut self) -> Vec<String> {
        self.core
            .effects()
            .filter_map(|effect| match effect {
                Effect::Show(alert) => Some(format!("show {:?} {}", alert.kind, alert.call)),
                Effect::PopUp(_) => Some("pop up".to_owned()),
                Effect::Tell(notice) => Some(format!("tell {}", notice.key)),
                Effect::TakeBack(key) => Some(format!("take back {key}")),
                Effect::Withdraw(call) => Some(format!("withdraw {call}")),
                Effect::Order(account, order) => Some(format!("{account} {order:?}")),
                Effect::Observed(Observed::Decided { decided, .. }) => {
                    Some(format!("{}: {}", decided.shown, decided.why))
                }
                Effect::Observed(Observed::Change(_) | Observed::Skipped { .. })
                | Effect::Keep(_)
                | Effect::Remember(_) => None,
            })
            .collect()
    }

    fn call(&mut self, state: CallState, change: impl FnOnce(&mut CallFact)) -> Vec<String> {
        let mut fact =
            CallFact { state: Some(state), direction: Some(Direction::Incoming), ..CallFact::of("u1") };
        change(&mut fact);
        self.hear(Event::from(fact))
    }

    fn connection(&mut self, state: ConnectionState) -> Vec<String> {
        self.hear(Event::Connection(Connection {
            state,
            since: Time::from_millis(1),
            retry_at: None,
            problem: None,
            last_heard_at: None,
            transport: None,
        }))
    }

    fn me(&mut self, dnd: Option<Option<Option<Time>>>) -> Vec<String> {
        self.hear(Event::Person(PersonFact { me: Some(true), dnd, ..PersonFact::of("Employee#77") }))
    }
}

fn mine(fact: &mut CallFact) {
    fact.mine = Some(true);
}

#[test]
fn a_call_that_rings_me_is_shown_once_and_withdrawn_when_answered() {
    let mut desk = Desk::new("mine");
    assert_eq!(desk.call(CallState::Ringing, mine), ["show Incoming work/u1", "true: rings me"]);
    assert_eq!(desk.call(CallState::Ringing, mine), [""; 0]);
    assert_eq!(desk.call(CallState::Answered, mine), ["withdraw work/u1"]);
}

#[test]
fn a_call_answered_elsewhere_is_withdrawn_and_never_missed() {
    let mut desk = Desk::new("mine");
    desk.call(CallState::Ringing, mine);
    let ended = desk.call(CallState::Ended, |fact| fact.outcome = Some(Outcome::AnsweredElsewhere));
    assert_eq!(ended, ["withdraw work/u1"]);
    assert_eq!(desk.core.view().missed, 0);
}

#[test]
fn a_missed_call_takes_the_place_of_the_ringing_alert_and_counts_until_seen() {
    let mut desk = Desk::new("mine");
    desk.call(CallState::Ringing, mine);
    let ended = desk.call(CallState::Ended, |fact| fact.outcome = Some(Outcome::Missed));
    assert_eq!(ended, ["show Missed work/u1", "true: missed"]);
    assert_eq!(desk.core.view().missed, 1);
    desk.core.missed_seen();
    assert_eq!(desk.words(), ["withdraw work/u1"]);
    assert_eq!(desk.core.view().missed, 0);
}

#[test]
fn a_line_that_may_not_ring_me_is_quiet_until_something_says_it_does() {
    let mut desk = Desk::new("mine");
    assert_eq!(
        desk.call(CallState::Ringing, |_| {}),
        ["false: rings a line, and nothing says that it rings me"]
    );
    assert_eq!(desk.call(CallState::Ringing, mine), ["show Incoming work/u1", "true: rings me"]);
}

#[test]
fn popups_for_all_show_the_calls_of_others_and_popups_none_show_nothing() {
    let mut all = Desk::new("all");
    let theirs = |fact: &mut CallFact| fact.mine = Some(false);
    assert_eq!(
        all.call(CallState::Ringing, theirs),
        ["show Incoming work/u1", "true: popups are on for all calls"]
    );
    let mut none = Desk::new("none");
    assert_eq!(none.call(CallState::Ringing, mine), ["false: popups are switched off for this account"]);
}

#[test]
fn do_not_disturb_switched_on_while_it_rings_takes_the_alert_away() {
    let mut desk = Desk::new("mine");
    desk.me(None);
    desk.call(CallState::Ringing, mine);
    assert_eq!(
        desk.me(Some(Some(None))),
        ["withdraw work/u1", "false: do not disturb was switched on at the provider"]
    );
    assert_eq!(desk.me(Some(None)), ["show Incoming work/u1", "true: rings me"]);
}

fn quiet(dnd: &str) -> Desk {
    let mut desk = Desk::new("mine");
    let settings = format!("[dnd]\n{dnd}\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\n");
    let settings = Settings::parse(&settings);
    assert_eq!(settings.faults, []);
    desk.core.replace_settings(settings);
    let length = crate::DndLength::For { minutes: 30 };
    desk.core.switch_dnd(desk.now, Time::from_millis(5), super::DndSwitch::On(length)).unwrap();
    desk.core.advance(desk.now, Time::from_millis(5));
    desk
}

fn from(number: &str) -> impl Fn(&mut CallFact) {
    let number = PhoneNumber::international(number);
    move |fact| {
        mine(fact);
        fact.peer = Some(model::Peer { number: number.clone(), ..model::Peer::default() });
    }
}

#[test]
fn do_not_disturb_is_quiet_at_once_also_for_an_account_that_is_not_connected() {
    let mut desk = quiet("");
    assert_eq!(desk.call(CallState::Ringing, mine), ["false: do not disturb is on"]);
    let ended = desk.call(CallState::Ended, |fact| fact.outcome = Some(Outcome::Missed));
    assert_eq!((ended, desk.core.view().missed), (Vec::new(), 1), "it is counted");
}

#[test]
fn a_chosen_number_rings_through_however_it_is_written() {
    let mut desk = quiet("let_through = [\"+45 11 22 33 44\"]");
    let shown = desk.call(CallState::Ringing, from("4511223344"));
    assert_eq!(shown, ["show Incoming work/u1", "true: do not disturb lets this number through"]);
}

#[test]
fn who_calls_a_second_time_within_three_minutes_rings_through() {
    let again = |wait: u64, first_is_over: bool| {
        let mut desk = quiet("");
        desk.call(CallState::Ringing, from("4511223344"));
        if first_is_over {
            desk.call(CallState::Ended, |fact| fact.outcome = Some(Outcome::Missed));
        }
        desk.now = desk.now + Duration::from_secs(wait);
        desk.call(CallState::Ringing, |fact| {
            from("+4511223344")(fact);
            fact.id = "u2".to_owned();
        })
    };
    assert_eq!(again(180, true), ["show Incoming work/u2", "true: the same number calls a second time"]);
    assert_eq!(again(181, true), ["false: do not disturb is on"]);
    assert_eq!(again(5, false), ["false: do not disturb is on"], "the same call by another way");
}

#[test]
fn a_question_that_is_answered_elsewhere_is_taken_back() {
    for answer in [super::DndSwitch::Keep, super::DndSwitch::Off] {
        let mut desk = quiet("");
        let pass = |desk: &mut Desk, seconds: u64| {
            desk.now = desk.now + Duration::from_secs(seconds);
            let since_start = desk.now - Instant::at(Duration::from_secs(1_000));
            let wall = Time::from_millis(5).plus(since_start);
            desk.core.advance(desk.now, wall);
            (wall, desk.words())
        };
        let (wall, _) = pass(&mut desk, 1);
        let open = super::DndSwitch::On(crate::DndLength::Open);
        desk.core.switch_dnd(desk.now, wall, open).unwrap();
        assert_eq!(pass(&mut desk, 1).1, [""; 0]);
        let (wall, told) = pass(&mut desk, 8 * 60 * 60);
        assert_eq!(told, ["tell dnd"]);
        desk.core.switch_dnd(desk.now, wall, answer).unwrap();
        assert_eq!(pass(&mut desk, 1).1, ["take back dnd"]);
        assert_eq!(pass(&mut desk, 1).1, [""; 0], "once");
    }
}

/// Users' complaint: a desk-phone user's popups stay off, whoever calls and however often.
#[test]
fn complaint_19_nethserver_7881_who_is_let_through_does_not_pop_up_where_popups_are_off() {
    let mut desk = Desk::new("none");
    let settings = "[dnd]\nlet_through = [\"+4511223344\"]\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\npopups = \"none\"\n";
    desk.core.replace_settings(Settings::parse(settings));
    let quiet = desk.call(CallState::Ringing, from("4511223344"));
    assert_eq!(quiet, ["false: popups are switched off for this account"]);
}

#[test]
fn a_lost_connection_takes_alerts_away_and_what_still_rings_after_the_gap_comes_back() {
    let mut desk = Desk::new("mine");
    desk.connection(ConnectionState::Live);
    desk.me(None);
    desk.call(CallState::Ringing, mine);
    assert_eq!(
        desk.connection(ConnectionState::Waiting),
        ["withdraw work/u1", "false: the connection is lost"]
    );
    assert_eq!(desk.connection(ConnectionState::Live), [""; 0]);
    let gap = model::Gap {
        from: Time::from_millis(1),
        to: Time::from_millis(2),
        filled: true,
        note: None,
        fetched: None,
    };
    assert_eq!(desk.hear(Event::Gap(gap)), ["show Incoming work/u1", "true: rings me"]);
}

#[test]
fn a_call_that_rang_when_the_connection_went_is_let_go_after_two_minutes() {
    let mut desk = Desk::new("mine");
    desk.connection(ConnectionState::Live);
    desk.call(CallState::Ringing, mine);
    desk.connection(ConnectionState::Waiting);
    desk.core.tick(desk.now + Duration::from_secs(119), Time::from_millis(9));
    assert_eq!(desk.core.view().calls.len(), 1);
    desk.core.tick(desk.now + Duration::from_secs(120), Time::from_millis(9));
    let view = desk.core.view();
    assert_eq!((view.calls.len(), view.recent[0].outcome), (0, Some(Outcome::Lost)));
}

#[test]
fn silence_is_for_one_call() {
    let mut desk = Desk::new("mine");
    desk.call(CallState::Ringing, mine);
    desk.core.silence(model::CallId::from("work/u1"));
    assert_eq!(desk.words(), ["withdraw work/u1", "false: silenced"]);
    let other = CallFact { state: Some(CallState::Ringing), mine: Some(true), ..CallFact::of("u2") };
    assert_eq!(desk.hear(Event::from(other)), ["show Incoming work/u2", "true: rings me"]);
}

#[test]
fn after_sleep_every_connection_is_put_to_the_proof() {
    let mut desk = Desk::new("mine");
    desk.core.host(crate::HostEvent::Woken);
    assert_eq!(desk.words(), ["work Probe"]);
}

#[test]
fn an_account_that_was_removed_has_nothing_more_to_say() {
    let mut desk = Desk::new("mine");
    desk.call(CallState::Ringing, mine);
    desk.core.replace_settings(Settings::default());
    assert_eq!(desk.words(), ["withdraw work/u1", "false: the connection is lost"]);
    desk.hear(Event::Person(PersonFact::of("Employee#1")));
    assert_eq!(desk.core.view(), model::View::default());
}

#[test]
fn a_call_that_has_not_ended_is_handed_to_the_next_session() {
    let mut desk = Desk::new("mine");
    desk.call(CallState::Answered, mine);
    let left = desk.core.open_calls(&AccountId::from("work"));
    assert_eq!(
        (left[0].id.as_str(), left[0].state, left[0].mine),
        ("u1", Some(CallState::Answered), Some(true))
    );
}

#[test]
fn the_popup_window_opens_once_for_a_call_if_it_is_wanted() {
    let mut desk = Desk::new("mine");
    let settings = Settings { popup_window: true, ..desk.core.settings().clone() };
    desk.core.replace_settings(settings);
    assert_eq!(desk.call(CallState::Ringing, mine), ["show Incoming work/u1", "pop up", "true: rings me"]);
    let named = |fact: &mut CallFact| {
        fact.peer = Some(model::Peer { name: Some("Kim".into()), ..model::Peer::default() });
    };
    assert_eq!(desk.call(CallState::Ringing, named), ["show Incoming work/u1"]);
}

#[test]
fn a_call_missed_while_the_connection_was_away_is_told_of_and_one_of_yesterday_is_not() {
    let mut desk = Desk::new("mine");
    let missed = |ended_at| {
        move |fact: &mut CallFact| {
            fact.mine = Some(true);
            fact.outcome = Some(Outcome::Missed);
            fact.ended_at = Some(Time::from_millis(ended_at));
        }
    };
    assert_eq!(desk.call(CallState::Ended, missed(3)), ["show Missed work/u1", "true: missed"]);
    let mut later = Desk::new("mine");
    assert_eq!(later.call(CallState::Ended, missed(-3)), ["false: it had ended before Ringside was started"]);
}

#[test]
fn a_queue_is_found_by_the_id_that_is_shown() {
    let mut desk = Desk::new("mine");
    let waiting = vec![model::Waiting { id: Some("c1".to_owned()), number: None, since: None }];
    desk.hear(Event::Queue(model::Queue { id: "42".to_owned(), name: None, waiting }));
    let view = desk.core.view();
    let shown = &view.accounts[0].queues[0].id;
    assert_eq!(shown, "work/42");
    let (account, queue) = desk.core.queue(shown).unwrap();
    assert_eq!((account.as_str(), queue.waiting.len()), ("work", 1));
    assert!(desk.core.queue("42").is_none());
}

#[path = "core/past_tests.rs"]
mod past_tests;
