//! One call through two accounts.

use super::*;

#[test]
fn complaint_2_one_call_through_two_accounts_rings_once_and_ends_once() {
    let mut office = Office::new("");
    assert_eq!(office.rings("work/1"), ["show work/1 Bo Berg", "work/1 true: rings me"]);
    assert_eq!(office.rings("home/9"), ["home/9 false: the same call as work/1"]);
    assert_eq!(office.core.same_call(&"home/9".into()), Some(&"work/1".into()));
    assert_eq!(office.core.decision(&"home/9".into()).unwrap().same_as, Some("work/1".into()));
    assert_eq!(office.call("home/9", CallState::Answered, |_| {}), ["withdraw work/1"]);
    assert_eq!(office.ends("work/1", Outcome::Missed), NOTHING);
    assert_eq!(office.ends("home/9", Outcome::Answered), ["work/1 is home/9"]);
    assert_eq!(office.core.view().missed, 0, "answered through one account is not missed by the other");
}

#[test]
fn complaint_2_whoever_ends_first_the_alert_stays_while_another_account_still_rings() {
    for (first, second) in [("work/1", "home/9"), ("home/9", "work/1")] {
        let mut office = Office::new("");
        office.rings("work/1");
        office.rings("home/9");
        let words = office.ends(first, Outcome::Missed);
        assert!(words.iter().all(|word| !word.starts_with("withdraw")), "{words:?}");
        let words = office.ends(second, Outcome::Missed);
        // The one that is counted is the one that the history shows.
        assert!(words.contains(&format!("{second} is {first}")), "{words:?}");
        assert_eq!(words.first().map(String::as_str), Some("show work/1 Missed call: Bo Berg"));
        assert_eq!(words.iter().filter(|word| word.starts_with("show")).count(), 1);
        assert_eq!(office.core.view().missed, 1, "it was missed once");
        office.core.missed_seen();
        assert_eq!(office.words(), ["withdraw work/1"]);
    }
}

#[test]
fn complaint_2_answered_elsewhere_in_one_account_takes_it_away_for_both() {
    let mut office = Office::new("");
    office.rings("work/1");
    office.rings("home/9");
    let words = office.ends("work/1", Outcome::AnsweredElsewhere);
    assert_eq!(words.first().map(String::as_str), Some("withdraw work/1"));
    assert_eq!(office.ends("home/9", Outcome::Missed), ["home/9 is work/1"]);
    assert_eq!(office.core.view().missed, 0);
}

#[test]
fn complaint_2_an_account_that_is_cut_off_leaves_the_alert_to_the_other() {
    let mut office = Office::new("");
    office.connection("work", ConnectionState::Live);
    office.connection("home", ConnectionState::Live);
    office.rings("work/1");
    office.rings("home/9");
    let words = office.connection("work", ConnectionState::Waiting);
    assert!(words.iter().all(|word| !word.starts_with("withdraw")), "{words:?}");
    assert_eq!(office.reason("home/9"), (true, Reason::RingsMe));
    let words = office.connection("home", ConnectionState::Waiting);
    assert_eq!(words.first().map(String::as_str), Some("withdraw work/1"));
    assert_eq!(office.reason("work/1"), (false, Reason::OutOfSight));
}

#[test]
fn a_call_that_a_colleague_answered_through_two_accounts_and_passed_on_to_me_rings_again() {
    let mut office = Office::new("");
    office.rings("work/1");
    office.rings("home/9");
    let theirs = |fact: &mut CallFact| fact.mine = Some(false);
    assert_eq!(office.call("work/1", CallState::Answered, theirs), ["withdraw work/1"]);
    office.ends("home/9", Outcome::AnsweredElsewhere);
    assert_eq!(office.rings("work/1"), ["show work/1 Bo Berg"]);
    office.ends("work/1", Outcome::Missed);
    assert_eq!(office.reason("work/1"), (true, Reason::Missed));
    assert_eq!(office.core.view().missed, 1);
}

#[test]
fn an_account_that_is_removed_while_its_call_rings_leaves_no_alert_behind() {
    let without = |ids: &[&str]| {
        let one = |id: &&str| format!("[[account]]\nid = \"{id}\"\nprovider = \"firmafon\"\n");
        Settings::parse(&ids.iter().map(one).collect::<String>())
    };
    let mut office = Office::new("");
    office.rings("work/1");
    office.rings("home/9");
    office.core.replace_settings(without(&["home"]));
    let words = office.words();
    let shown = |words: &[String]| {
        let count = |what: &str| words.iter().filter(|word| word.starts_with(what)).count();
        (count("show home/9"), count("show work/1") <= count("withdraw work/1"))
    };
    assert_eq!(shown(&words), (1, true), "{words:?}");
    office.core.replace_settings(without(&[]));
    assert!(office.words().contains(&"withdraw home/9".to_owned()));
}

#[test]
fn what_was_answered_in_one_account_is_not_counted_as_missed_in_the_other_while_one_talks() {
    let seen = |office: &mut Office| -> Vec<String> {
        let seen =
            |effect| if let Effect::Keep(Write::Seen(Some(call))) = effect { Some(call) } else { None };
        office.core.effects().filter_map(seen).map(|call| call.to_string()).collect()
    };
    let hear = |office: &mut Office, account: &str, fact: CallFact| {
        office.core.report(office.now, &account.into(), office.wall, vec![Event::from(fact)]);
    };
    let missed =
        || CallFact { state: Some(CallState::Ended), outcome: Some(Outcome::Missed), ..CallFact::of("1") };
    let answered = || CallFact { state: Some(CallState::Answered), ..CallFact::of("9") };
    for answered_first in [true, false] {
        let mut office = Office::new("");
        office.rings("work/1");
        office.rings("home/9");
        if answered_first {
            hear(&mut office, "home", answered());
            hear(&mut office, "work", missed());
        } else {
            hear(&mut office, "work", missed());
            let unseen = vec!["work/1".into()];
            office.core.remember(crate::store::Remembered { unseen, ..Default::default() });
            assert_eq!(office.core.view().missed, 0, "it rings on");
            hear(&mut office, "home", answered());
        }
        assert_eq!(seen(&mut office), ["work/1"]);
    }
}

#[test]
fn a_missed_call_of_two_accounts_is_seen_by_the_name_under_which_it_is_shown() {
    let mut office = Office::new("");
    office.rings("work/1");
    office.rings("home/9");
    office.ends("home/9", Outcome::Missed);
    office.ends("work/1", Outcome::Missed);
    assert_eq!(office.core.view().missed, 1);
    office.core.missed_call_seen(&"work/1".into());
    assert_eq!(office.core.view().missed, 0);
    assert_eq!(office.words(), ["withdraw work/1"]);
}
