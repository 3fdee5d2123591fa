//! Alerts over several accounts, who may see them, and rules; the numbers are rows of the table of users' complaints.

use std::time::Duration;

use model::{
    AccountId, CallFact, CallState, Connection, ConnectionState, Direction, Event, Line, Outcome, Peer,
    PhoneNumber, Reason, Time,
};
use protocols::Instant;
use providers::Capabilities;

use super::{Core, Effect, Observed};
use crate::{AlertAction, Possible, Settings, Surroundings, store::Write};

/// A core with two accounts, driven by hand; what it does is read as words.
struct Office {
    core: Core,
    now: Instant,
    wall: Time,
}

fn settings(more: &str) -> Settings {
    let settings = Settings::parse(&format!(
        "{more}\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\n[[account]]\nid = \"home\"\nprovider = \"semaswift\"\n"
    ));
    assert_eq!(settings.faults, []);
    settings
}

impl Office {
    fn new(more: &str) -> Self {
        let wall = Time::from_millis(1_763_712_000_000);
        let mut core = Core::new(Settings::default(), wall, true);
        core.replace_settings(settings(more));
        core.possible(Possible { copies: true, browses: true });
        let all = Capabilities { dial: true, pick_up: true, ..Capabilities::default() };
        core.able("work".into(), all);
        core.able("home".into(), Capabilities::default());
        Self { core, now: Instant::at(Duration::from_secs(1_000)), wall }
    }

    fn hear(&mut self, account: &str, event: Event) -> Vec<String> {
        self.now = self.now + Duration::from_millis(100);
        self.core.report(self.now, &AccountId::from(account), self.wall, vec![event]);
        self.words()
    }

    fn call(&mut self, id: &str, state: CallState, change: impl FnOnce(&mut CallFact)) -> Vec<String> {
        let (account, local) = id.split_once('/').unwrap();
        let mut fact = CallFact {
            state: Some(state),
            direction: Some(Direction::Incoming),
            mine: Some(true),
            peer: Some(Peer {
                number: PhoneNumber::international("+4511223344"),
                name: Some("Bo Berg".to_owned()),
                ..Peer::default()
            }),
            line: Some(Line { id: "Reception#1".to_owned(), name: Some("Sales".to_owned()) }),
            ..CallFact::of(local)
        };
        change(&mut fact);
        self.hear(account, Event::from(fact))
    }

    fn rings(&mut self, id: &str) -> Vec<String> {
        self.call(id, CallState::Ringing, |_| {})
    }

    fn ends(&mut self, id: &str, outcome: Outcome) -> Vec<String> {
        self.call(id, CallState::Ended, |fact| fact.outcome = Some(outcome))
    }

    fn connection(&mut self, account: &str, state: ConnectionState) -> Vec<String> {
        let since = Time::from_millis(1);
        let (retry_at, problem, last_heard_at, transport) = (None, None, None, None);
        self.hear(
            account,
            Event::Connection(Connection { state, since, retry_at, problem, last_heard_at, transport }),
        )
    }

    fn surroundings(&mut self, locked: bool, inhibited: bool) -> Vec<String> {
        self.core.surroundings(Surroundings { locked, inhibited });
        self.words()
    }

    fn words(&mut self) -> Vec<String> {
        self.core
            .effects()
            .filter_map(|effect| match effect {
                Effect::Show(alert) => Some(format!("show {} {}", alert.call, alert.title)),
                Effect::PopUp(_) => Some("pop up".to_owned()),
                Effect::Withdraw(call) => Some(format!("withdraw {call}")),
                Effect::Observed(Observed::Decided { call, decided }) => {
                    Some(format!("{call} {}: {}", decided.shown, decided.why))
                }
                Effect::Keep(Write::Same(call, of)) => Some(format!("{call} is {of}")),
                Effect::Order(..)
                | Effect::Keep(_)
                | Effect::Remember(_)
                | Effect::Tell(_)
                | Effect::TakeBack(_)
                | Effect::Observed(Observed::Change(_) | Observed::Skipped { .. }) => None,
            })
            .collect()
    }

    /// The last alert shown, whole.
    fn alert(&mut self, id: &str) -> crate::Alert {
        let (account, local) = id.split_once('/').unwrap();
        let number = PhoneNumber::international("+4511223344");
        let fact = CallFact {
            state: Some(CallState::Ringing),
            mine: Some(true),
            peer: Some(Peer { number, ..Peer::default() }),
            ..CallFact::of(local)
        };
        self.core.report(self.now, &account.into(), self.wall, vec![Event::from(fact)]);
        let shown = |effect| if let Effect::Show(alert) = effect { Some(alert) } else { None };
        self.core.effects().filter_map(shown).next_back().unwrap()
    }

    fn reason(&self, id: &str) -> (bool, Reason) {
        let decided = self.core.decision(&id.into()).unwrap();
        (decided.shown, decided.reason)
    }
}

const NOTHING: [&str; 0] = [];

#[test]
fn silence_is_for_the_call_and_not_for_one_report_of_it() {
    let mut office = Office::new("");
    office.rings("work/1");
    office.rings("home/9");
    office.core.silence("work/1".into());
    let words = office.words();
    assert_eq!(words.first().map(String::as_str), Some("withdraw work/1"));
    assert_eq!(words[1..], ["work/1 false: silenced", "home/9 false: silenced"]);
    assert_eq!(office.ends("work/1", Outcome::Missed), NOTHING);
    assert_eq!(office.call("home/9", CallState::Answered, |_| {}), NOTHING);
}

#[test]
fn two_callers_at_once_are_two_alerts() {
    let mut office = Office::new("");
    office.rings("work/1");
    let other = |fact: &mut CallFact| {
        fact.peer = Some(Peer { number: PhoneNumber::international("+4599887766"), ..Peer::default() });
    };
    assert_eq!(
        office.call("home/9", CallState::Ringing, other),
        ["show home/9 +4599887766", "home/9 true: rings me"]
    );
    assert_eq!(office.core.same_call(&"home/9".into()), None);
}

#[test]
fn complaint_14_a_caller_is_not_named_while_the_screen_is_locked_or_shared() {
    let mut office = Office::new("");
    assert_eq!(office.surroundings(true, false), NOTHING);
    assert_eq!(
        office.rings("work/1"),
        [
            "show work/1 Incoming call",
            "work/1 true: rings me; the screen is locked, so the caller is not named"
        ]
    );
    assert!(office.core.view().discretion.hides_names);
    assert_eq!(office.surroundings(false, false), ["show work/1 Bo Berg", "work/1 true: rings me"]);
    let (now, wall) = (office.now, office.wall);
    office.core.share(now, wall, Some(Duration::from_secs(60)));
    assert_eq!(
        office.words(),
        [
            "show work/1 Incoming call",
            "work/1 true: rings me; the screen is shared, so the caller is not named"
        ],
        "what is shown already is replaced"
    );
    assert_eq!(office.core.view().discretion.sharing_until, Some(wall.plus(Duration::from_secs(60))));
    assert_eq!(
        office.ends("work/1", Outcome::Missed),
        ["show work/1 Missed call", "work/1 true: missed; the screen is shared, so the caller is not named"]
    );
    office.rings("work/2");
    office.core.tick(now + Duration::from_secs(60), wall);
    assert_eq!(office.words(), ["show work/2 Bo Berg", "work/2 true: rings me"], "it ends by itself");
}

#[test]
fn complaint_14_nothing_of_a_discreet_alert_says_who_it_is() {
    let mut office = Office::new("[alerts]\ncrm_url = \"https://crm.example/{number}\"");
    office.surroundings(true, false);
    let alert = office.alert("work/1");
    assert_eq!((alert.title.as_str(), alert.body.as_str()), ("Incoming call", ""));
    assert_eq!(alert.actions, [AlertAction::Open, AlertAction::Silence]);
    assert_eq!(alert.crm_host, None);
}

#[test]
fn missed_calls_without_end_leave_the_newest_alerts_and_a_count_that_ends() {
    let mut office = Office::new("");
    let mut left = std::collections::VecDeque::new();
    for number in 0..1_200 {
        let id = format!("work/{number}");
        office.rings(&id);
        for word in office.ends(&id, Outcome::Missed) {
            match word.split_once(' ') {
                Some(("show", rest)) => left.push_back(rest.split(' ').next().unwrap().to_owned()),
                Some(("withdraw", call)) if call != id => assert_eq!(left.pop_front().as_deref(), Some(call)),
                _ => {}
            }
        }
    }
    assert_eq!((left.len(), left.back().map(String::as_str)), (100, Some("work/1199")));
    assert_eq!(office.core.view().missed, 1_000);
    office.core.missed_seen();
    assert_eq!(office.words().iter().filter(|word| word.starts_with("withdraw ")).count(), 100);
    assert_eq!(office.core.view().missed, 0);
}

#[test]
fn each_kind_of_alert_has_its_own_discretion() {
    let mut office =
        Office::new("[alerts]\non_lock = \"show\"\nmissed_on_lock = \"none\"\nwhile_sharing = \"none\"");
    office.surroundings(true, false);
    assert_eq!(office.rings("work/1"), ["show work/1 Bo Berg", "work/1 true: rings me"]);
    assert_eq!(
        office.ends("work/1", Outcome::Missed),
        ["withdraw work/1", "work/1 false: the screen is locked"]
    );
    assert_eq!(office.core.view().missed, 1, "a call that is not shown is counted all the same");
    let (now, wall) = (office.now, office.wall);
    office.core.share(now, wall, Some(Duration::from_secs(60)));
    assert_eq!(office.rings("work/2"), ["work/2 false: the screen is shared"]);
}

#[test]
fn complaint_14_the_desktops_own_do_not_disturb_keeps_popup_and_sound_away() {
    let mut office = Office::new("popup_window = true\n[alerts]\nsound = true");
    office.surroundings(false, true);
    assert_eq!(
        office.rings("work/1"),
        ["show work/1 Bo Berg", "work/1 true: rings me; the desktop's own do-not-disturb is on"]
    );
    assert_eq!(office.alert("work/2").sound, None);
    office.surroundings(false, false);
    assert_eq!(office.alert("work/3").sound, Some("phone-incoming-call"));
}

#[test]
fn complaint_19_alerts_can_be_switched_off_by_line_number_account_and_kind() {
    let rules = "
        [[rule]]
        number = \"+45112233*\"
        kind = \"missed\"
        alert = \"quiet\"
        [[rule]]
        line = \"sales\"
        account = \"work\"
        alert = \"quiet\"
        [[rule]]
        number = \"hidden\"
        alert = \"show\"
        popup = true
        [[rule]]
        number = \"+4599887766\"
        sound = true
        popup = true";
    let mut office = Office::new(rules);
    assert_eq!(office.rings("work/1"), ["work/1 false: rule 2 keeps it quiet"]);
    assert_eq!(office.ends("work/1", Outcome::Declined), NOTHING);
    assert_eq!(office.rings("home/1"), ["show home/1 Bo Berg", "home/1 true: rings me"]);
    let hidden = |fact: &mut CallFact| {
        fact.mine = Some(false);
        fact.peer = Some(Peer { hidden: true, ..Peer::default() });
    };
    assert_eq!(
        office.call("home/2", CallState::Ringing, hidden),
        ["show home/2 Hidden number", "pop up", "home/2 true: rule 3 shows it"],
        "a rule that shows does so whoever it rings"
    );
    let louder = |fact: &mut CallFact| {
        fact.peer = Some(Peer { number: PhoneNumber::international("+4599887766"), ..Peer::default() });
    };
    assert_eq!(
        office.call("home/3", CallState::Ringing, louder),
        ["show home/3 +4599887766", "pop up", "home/3 true: rings me"],
        "a rule that says only how does not say whether"
    );
    assert_eq!(
        office.ends("home/1", Outcome::Missed),
        ["withdraw home/1", "home/1 false: rule 1 keeps it quiet"]
    );
    assert_eq!(office.core.view().missed, 1);
}

#[test]
fn settings_that_change_while_it_rings_count_at_once() {
    let mut office = Office::new("");
    office.rings("work/1");
    office.core.replace_settings(settings("[[rule]]\nline = \"Sales\"\nalert = \"quiet\""));
    assert_eq!(office.words(), ["withdraw work/1", "work/1 false: rule 1 keeps it quiet"]);
}

#[test]
fn a_caller_can_be_quiet_for_today_and_loud_again() {
    let mut office = Office::new("");
    office.rings("work/1");
    let (number, wall) = (PhoneNumber::international("+4511223344").unwrap(), office.wall);
    office.core.quiet_caller(number.clone(), wall);
    assert_eq!(office.words(), ["withdraw work/1", "work/1 false: this caller is to be quiet for today"]);
    assert_eq!(office.rings("home/9"), ["home/9 false: this caller is to be quiet for today"]);
    let mut next_run = Office::new("");
    next_run.core.use_quiet_callers(std::str::from_utf8(&office.core.quiet_callers_to_keep()).unwrap());
    assert_eq!(next_run.rings("work/1"), ["work/1 false: this caller is to be quiet for today"]);
    assert_eq!(next_run.core.view().quiet_callers.len(), 1);
    assert!(next_run.core.allow_caller(Some(&number)));
    assert_eq!(next_run.words(), ["show work/1 Bo Berg", "work/1 true: rings me"]);
    next_run.core.quiet_caller(number, wall);
    next_run.words();
    next_run.wall = wall.plus(Duration::from_secs(26 * 60 * 60));
    assert_eq!(next_run.rings("work/2"), ["show work/2 Bo Berg", "work/2 true: rings me"], "the day is over");
}

#[test]
fn complaint_5_an_alert_offers_what_can_be_done_and_nothing_else() {
    let mut office = Office::new("[alerts]\ncrm_url = \"https://crm.example/{number}\"");
    let alert = office.alert("work/1");
    use AlertAction::{CopyNumber, Open, OpenCrm, QuietCaller, Silence};
    assert_eq!(alert.actions, [Open, Silence, OpenCrm, QuietCaller, CopyNumber]);
    assert_eq!(alert.label(OpenCrm), "Look up at crm.example");
    assert_eq!(
        office.core.crm_address(&"work/1".into()).as_deref(),
        Some("https://crm.example/%2B4511223344")
    );

    let mut bare = Office::new("");
    bare.core.possible(Possible::default());
    assert_eq!(bare.alert("home/1").actions, [Open, Silence, QuietCaller]);
}

#[test]
fn complaint_5_a_caller_who_waits_in_a_queue_can_be_picked_up_from_the_alert() {
    let mut office = Office::new("[[rule]]\nline = \"Support\"\nalert = \"show\"");
    let waiting = vec![model::Waiting {
        id: Some("c1".to_owned()),
        number: PhoneNumber::international("+4511223344"),
        since: None,
    }];
    office.hear(
        "work",
        Event::Queue(model::Queue { id: "42".to_owned(), name: Some("Support".to_owned()), waiting }),
    );
    let in_queue = |fact: &mut CallFact| {
        fact.mine = None;
        fact.line = Some(Line { id: "42".to_owned(), name: Some("Support".to_owned()) });
    };
    assert_eq!(
        office.call("work/1", CallState::Ringing, in_queue),
        ["show work/1 Bo Berg", "work/1 true: rule 1 shows it"]
    );
    let pick_up = crate::Command::PickUp { queue: "work/42".to_owned(), caller: Some("c1".to_owned()) };
    assert_eq!(office.core.meaning("work/1".into(), AlertAction::PickUp), Some(pick_up));
    office.hear(
        "work",
        Event::Queue(model::Queue {
            id: "42".to_owned(),
            name: Some("Support".to_owned()),
            waiting: Vec::new(),
        }),
    );
    assert_eq!(office.core.meaning("work/1".into(), AlertAction::PickUp), None, "somebody else has taken it");
}

#[test]
fn every_incoming_call_in_a_view_says_why() {
    let mut office = Office::new("");
    office.rings("work/1");
    office.call("work/2", CallState::Ringing, |fact| fact.mine = Some(false));
    office.call("work/3", CallState::Ringing, |fact| fact.mine = None);
    office.call("work/4", CallState::Answered, |_| {});
    office.call("work/5", CallState::Ringing, |fact| fact.direction = Some(Direction::Outgoing));
    office.ends("work/2", Outcome::Answered);
    let view = office.core.view();
    let reasons: Vec<_> = view.alerts.iter().map(|(call, decided)| (call.as_str(), decided.reason)).collect();
    assert_eq!(
        reasons,
        [
            ("work/1", Reason::RingsMe),
            ("work/2", Reason::SomebodyElse),
            ("work/3", Reason::ProviderSilent),
            ("work/4", Reason::NeverRang),
        ]
    );
}

#[test]
fn who_waits_in_a_queue_over_an_outage_of_minutes_is_shown_when_the_call_reaches_me() {
    let mut office = Office::new("");
    office.connection("work", ConnectionState::Live);
    office.call("work/1", CallState::Ringing, |fact| fact.mine = None);
    office.rings("work/2");
    office.connection("work", ConnectionState::Waiting);
    office.words();
    office.now = office.now + Duration::from_secs(300);
    office.core.tick(office.now, office.wall);
    office.connection("work", ConnectionState::Live);
    office.words();
    assert_eq!(office.rings("work/1")[0], "show work/1 Bo Berg");
    assert_eq!(office.rings("work/2"), NOTHING, "nothing rings a person for so long");

    office.call("work/3", CallState::Ringing, |fact| fact.mine = None);
    office.connection("work", ConnectionState::Waiting);
    office.now = office.now + Duration::from_secs(3_600);
    office.core.tick(office.now, office.wall);
    assert_eq!(office.core.call(&"work/3".into()).unwrap().outcome, Some(Outcome::Lost));
}

#[test]
fn who_is_put_into_a_queue_while_it_rings_can_be_picked_up() {
    let mut office = Office::new("");
    office.rings("work/1");
    let waiting = model::Waiting { id: Some("1".to_owned()), number: None, since: None };
    let queue = |waiting| {
        Event::Queue(model::Queue { id: "sales".to_owned(), name: Some("Sales".to_owned()), waiting })
    };
    office.core.report(office.now, &"work".into(), office.wall, vec![queue(vec![waiting])]);
    let offers = |office: &mut Office| {
        let shown = |effect| if let Effect::Show(alert) = effect { Some(alert.actions) } else { None };
        office
            .core
            .effects()
            .filter_map(shown)
            .next_back()
            .map(|actions| actions.contains(&AlertAction::PickUp))
    };
    assert_eq!(offers(&mut office), Some(true));
    office.core.report(office.now, &"work".into(), office.wall, vec![queue(Vec::new())]);
    assert_eq!(offers(&mut office), Some(false));
}

#[path = "two_accounts_tests.rs"]
mod two_accounts;
