use std::collections::BTreeMap;

use model::{Connection, Dnd, Gap, Problem, ProblemCode, Unknown};

use super::*;
use crate::check::Proof;

const WALL: i64 = 1_800_000_000_000;

fn settings() -> Settings {
    Settings::parse("version = 1\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\n")
}

fn account(state: ConnectionState) -> AccountView {
    AccountView {
        id: "work".into(),
        provider: "firmafon".into(),
        connection: Some(Connection {
            state,
            since: Time::from_millis(WALL - 60_000),
            retry_at: None,
            problem: None,
            last_heard_at: Some(Time::from_millis(WALL - 4_000)),
            transport: Some("websocket".into()),
        }),
        me: None,
        can_dnd: true,
        can_dial: true,
        can_pick_up: false,
        queues: Vec::new(),
        gaps: Vec::new(),
        unknown: Vec::new(),
    }
}

fn proven(skew: Option<i64>) -> Measured {
    let proof = Proof { answered_within: Duration::from_millis(23), skew_seconds: skew };
    let measurement = Measurement { secret: None, proof: Some(proof) };
    Measured { accounts: BTreeMap::from([("work".into(), measurement)]), ..Measured::default() }
}

fn judged(view: &View, measured: &Measured) -> Vec<Finding> {
    findings(view, &settings(), measured, None, Time::from_millis(WALL))
}

fn of<'a>(found: &'a [Finding], check: &str) -> &'a Finding {
    found.iter().find(|finding| finding.check == check).unwrap_or_else(|| panic!("{check} in {found:?}"))
}

fn view(account: AccountView) -> View {
    View { accounts: vec![account], ..View::default() }
}

#[test]
fn a_proven_account_is_good_all_along_and_says_how_it_is_proven() {
    let me = model::Person {
        id: "work/1".into(),
        name: Some("Åse".into()),
        number: None,
        department: None,
        me: true,
        availability: model::Availability::Available,
        since: None,
        dnd: false,
        dnd_until: None,
        status: None,
        stale: false,
    };
    let account = AccountView { me: Some(me.into()), ..account(ConnectionState::Live) };
    let found = judged(&view(account), &proven(Some(1)));
    let bad: Vec<_> = found.iter().filter(|finding| finding.verdict != Grade::Ok).collect();
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!(of(&found, "answer").text, "A probe was answered within 23 ms.");
    assert_eq!(of(&found, "connection").text, "Connected by websocket, last heard 4 s ago.");
    assert!(of(&found, "subscription").text.ends_with("the server has confirmed the subscriptions."));
    assert!(!format!("{found:?}").contains("Åse"), "a check names nobody");
    let told = outcome(&Checked { at: Time::from_millis(WALL), findings: found });
    assert_eq!(told.title, "Calls will reach you");
}

#[test]
fn a_live_connection_that_answers_nothing_is_a_failure() {
    let found = judged(&view(account(ConnectionState::Live)), &Measured::default());
    assert_eq!(of(&found, "answer").verdict, Grade::Fail);
    let told = outcome(&Checked { at: Time::from_millis(WALL), findings: found });
    assert_eq!(told.title, "Calls may not reach you");
    assert!(told.body.contains("work: A probe was not answered. Ringside connects again"), "{}", told.body);
}

#[test]
fn what_is_not_connected_says_what_to_do_and_claims_no_subscription() {
    let mut away = account(ConnectionState::SignIn);
    let problem = Problem::new(ProblemCode::RefusedToken, "Make a new token and sign in again.");
    away.connection.as_mut().unwrap().problem = Some(problem);
    let found = judged(&view(away), &Measured::default());
    let connection = of(&found, "connection");
    assert_eq!(connection.verdict, Grade::Fail);
    assert_eq!(connection.remedy.as_deref(), Some("Make a new token and sign in again."));
    assert!(!found.iter().any(|finding| finding.check == "subscription" || finding.check == "answer"));
}

#[test]
fn a_connection_that_cannot_hear_everything_is_a_failure() {
    let mut lacking = account(ConnectionState::Live);
    let problem = Problem::new(ProblemCode::Forbidden, "Ask for the right to hear calls.");
    lacking.connection.as_mut().unwrap().problem = Some(problem);
    let found = judged(&view(lacking), &proven(None));
    assert_eq!(of(&found, "subscription").verdict, Grade::Fail);
}

#[test]
fn a_secret_that_cannot_be_read_is_worse_before_the_sign_in_than_after_it() {
    let locked = |state| {
        let mut measured = proven(None);
        measured.accounts.get_mut(&"work".into()).unwrap().secret = Some(SecretFault::Locked);
        of(&judged(&view(account(state)), &measured), "secret").verdict
    };
    assert_eq!((locked(ConnectionState::Live), locked(ConnectionState::Waiting)), (Grade::Warn, Grade::Fail));
}

#[test]
fn a_clock_that_is_wrong_is_told_with_its_direction() {
    let text = |skew| of(&judged(&view(account(ConnectionState::Live)), &proven(skew)), "clock").text.clone();
    assert_eq!(text(Some(-600)), "This computer's clock is 10 min behind a server's.");
    assert_eq!(text(Some(7_200)), "This computer's clock is 2 h ahead of a server's.");
    assert_eq!(text(Some(-60)), "This computer's clock agrees with the servers'.");
    assert!(text(None).contains("not compared"));
}

#[test]
fn gaps_are_told_for_a_day_and_only_lost_ones_warn() {
    let gap = |to: i64, filled| Gap {
        from: Time::from_millis(to - 60_000),
        to: Time::from_millis(to),
        filled,
        note: None,
        fetched: None,
    };
    let verdict = |gaps| {
        let account = AccountView { gaps, ..account(ConnectionState::Live) };
        of(&judged(&view(account), &proven(None)), "gaps").verdict
    };
    assert_eq!(verdict(vec![gap(WALL - 1_000, true)]), Grade::Ok);
    assert_eq!(verdict(vec![gap(WALL - 1_000, false), gap(WALL - 500, true)]), Grade::Warn);
    assert_eq!(verdict(vec![gap(WALL - 90_000_000, false)]), Grade::Ok);
}

#[test]
fn what_was_skipped_is_named_and_not_quoted_without_end() {
    let unknown = (0..40).map(|n| Unknown { name: format!("kind{n}"), count: 3 }).collect();
    let account = AccountView { unknown, ..account(ConnectionState::Live) };
    let found = judged(&view(account), &proven(None));
    let text = &of(&found, "skipped").text;
    assert!(text.contains("kind4 and 35 more"), "{text}");
}

#[test]
fn no_account_a_fault_in_the_settings_and_do_not_disturb_are_told() {
    let settings = Settings::parse("version = 1\n[[account]]\nid = \"work\"\nprovider = \"firmafone\"\n");
    let view = View { dnd: Dnd { on: true, ..Dnd::default() }, ..View::default() };
    let found = findings(&view, &settings, &Measured::default(), None, Time::from_millis(WALL));
    assert_eq!(of(&found, "settings").verdict, Grade::Fail);
    assert_eq!(of(&found, "accounts").verdict, Grade::Fail);
    assert_eq!(of(&found, "dnd").verdict, Grade::Warn);
}

#[test]
fn every_finding_that_is_not_good_has_a_remedy() {
    let mut account = account(ConnectionState::Live);
    account.unknown.push(Unknown { name: "x".into(), count: 1 });
    let problem = Problem::new(ProblemCode::Proxy, "Mend the proxy.");
    let view = view(account);
    let found = findings(&view, &settings(), &Measured::default(), Some(&problem), Time::from_millis(WALL));
    assert!(found.len() >= 12, "{}", found.len());
    for finding in found {
        assert_eq!(finding.verdict == Grade::Ok, finding.remedy.is_none(), "{finding:?}");
        assert!(finding.text.ends_with('.'), "{finding:?}");
    }
}
