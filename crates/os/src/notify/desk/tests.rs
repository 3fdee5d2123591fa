use super::*;

fn alert(call: &str, kind: AlertKind, title: &str) -> Alert {
    Alert {
        call: call.into(),
        kind,
        title: title.into(),
        body: String::new(),
        actions: vec![AlertAction::Open],
        crm_host: None,
        sound: None,
    }
}

fn ringing(title: &str) -> Alert {
    alert("a/1", AlertKind::Incoming, title)
}

fn missed() -> Alert {
    alert("a/1", AlertKind::Missed, "missed")
}

fn up() -> Desk {
    let mut desk = Desk::default();
    desk.up();
    desk
}

fn sent(desk: &mut Desk) -> Vec<String> {
    std::iter::from_fn(|| desk.poll())
        .map(|sending| match sending {
            Sending::Notify { replaces, alert, .. } => format!("show {} over {replaces}", alert.title),
            Sending::Close { id } => format!("close {id}"),
        })
        .collect()
}

fn answer(desk: &mut Desk, id: u32) -> Vec<(CallId, AlertAction)> {
    desk.notified(desk.epoch(), &"a/1".into(), Some(id))
}

#[test]
fn a_changed_alert_replaces_the_shown_one() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    desk.show(&ringing("+45"));
    assert_eq!(sent(&mut desk), ["show +45 over 0"]);
    desk.show(&ringing("Anna"));
    assert!(sent(&mut desk).is_empty(), "the id is not known yet");
    answer(&mut desk, 7);
    assert_eq!(sent(&mut desk), ["show Anna over 7"]);
    answer(&mut desk, 7);
    desk.show(&ringing("Anna"));
    assert!(sent(&mut desk).is_empty());
}

#[test]
fn a_call_that_ends_before_its_id_is_known_is_closed_all_the_same() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    desk.withdraw(&"a/1".into());
    assert_eq!(sent(&mut desk), ["show +45 over 0"]);
    answer(&mut desk, 7);
    assert_eq!(sent(&mut desk), ["close 7"]);
    assert!(desk.alerts.is_empty());
}

#[test]
fn a_dismissed_ring_does_not_come_back_but_its_missed_call_does() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    answer(&mut desk, 7);
    desk.heard(7, Heard::Closed);
    desk.show(&ringing("Anna"));
    assert_eq!(sent(&mut desk), ["show +45 over 0"]);
    desk.show(&missed());
    assert_eq!(sent(&mut desk), ["show missed over 0"]);
}

#[test]
fn a_ring_after_the_dismissed_one_is_shown() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    answer(&mut desk, 7);
    desk.heard(7, Heard::Closed);
    desk.withdraw(&"a/1".into());
    desk.show(&ringing("again"));
    assert_eq!(sent(&mut desk), ["show +45 over 0", "show again over 0"]);
}

#[test]
fn a_button_pressed_before_the_id_is_known_counts() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    assert_eq!(desk.heard(7, Heard::Invoked("default".into())), None);
    assert_eq!(desk.heard(8, Heard::Invoked("default".into())), None);
    assert_eq!(answer(&mut desk, 7), [("a/1".into(), AlertAction::Open)]);
    assert!(desk.early.is_empty());
}

#[test]
fn a_later_daemon_shows_what_still_rings_and_nothing_else() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    desk.show(&alert("a/2", AlertKind::Missed, "old"));
    sent(&mut desk);
    let before = desk.epoch();
    desk.lost();
    desk.missing();
    desk.show(&alert("a/3", AlertKind::Missed, "unseen"));
    assert!(desk.is_waiting());
    desk.up();
    assert_eq!(sent(&mut desk), ["show +45 over 0"]);
    desk.notified(before, &"a/1".into(), Some(3));
    assert!(desk.is_sending(), "an answer of the former daemon names nothing here");
}

#[test]
fn a_refused_alert_is_not_sent_for_ever() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    sent(&mut desk);
    desk.notified(desk.epoch(), &"a/1".into(), None);
    assert!(sent(&mut desk).is_empty());
    desk.withdraw(&"a/1".into());
    assert!(sent(&mut desk).is_empty() && desk.alerts.is_empty());
}

#[test]
fn an_alert_is_heard_when_it_comes_and_not_when_it_is_changed() {
    let mut desk = up();
    let mut heard = |alert: &Alert| {
        desk.show(alert);
        let Some(Sending::Notify { noise, .. }) = desk.poll() else { panic!("it is sent") };
        desk.notified(desk.epoch(), &alert.call, Some(7));
        noise == Noise::Heard
    };
    assert!(heard(&ringing("+45")));
    assert!(!heard(&ringing("Anna")));
    assert!(heard(&missed()));
}

#[test]
fn memory_is_bounded() {
    let mut desk = up();
    for call in 0..2 * MOST {
        let alert = alert(&format!("a/{call:04}"), AlertKind::Missed, "missed");
        desk.show(&alert);
        let id = u32::try_from(call).unwrap() + 1;
        desk.notified(desk.epoch(), &alert.call, Some(id));
    }
    assert!(desk.alerts.len() <= MOST);
}

#[test]
fn a_ring_whose_change_failed_is_closed_all_the_same() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    answer(&mut desk, 7);
    desk.show(&ringing("Anna"));
    desk.notified(desk.epoch(), &"a/1".into(), None);
    desk.withdraw(&"a/1".into());
    assert_eq!(sent(&mut desk), ["show +45 over 0", "show Anna over 7", "close 7"]);
}

#[test]
fn a_ring_is_closed_where_the_missed_call_in_its_place_failed() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    answer(&mut desk, 7);
    desk.show(&missed());
    desk.notified(desk.epoch(), &"a/1".into(), None);
    assert_eq!(sent(&mut desk), ["show +45 over 0", "show missed over 7", "close 7"]);
}

#[test]
fn a_ring_whose_number_comes_when_its_daemon_was_given_up_is_closed_with_the_call() {
    for is_missed in [false, true] {
        let mut desk = up();
        desk.show(&ringing("+45"));
        desk.missing();
        if is_missed {
            desk.show(&missed());
        } else {
            desk.withdraw(&"a/1".into());
        }
        assert_eq!(sent(&mut desk), ["show +45 over 0"]);
        answer(&mut desk, 7);
        assert_eq!(sent(&mut desk), ["close 7"]);
        assert!(desk.alerts.is_empty());
    }
}

#[test]
fn a_daemon_that_does_not_answer_keeps_its_numbers() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    answer(&mut desk, 7);
    desk.show(&alert("a/2", AlertKind::Incoming, "Bo"));
    desk.notified(desk.epoch(), &"a/2".into(), Some(8));
    desk.missing();
    desk.show(&missed());
    assert_eq!(sent(&mut desk), ["show +45 over 0", "show Bo over 0", "close 7"]);
    assert_eq!(desk.lasting(), [8]);
    desk.up();
    desk.withdraw(&"a/2".into());
    assert_eq!(sent(&mut desk), ["close 8"]);
}

#[test]
fn a_missed_call_that_waited_for_a_late_number_takes_the_place_of_its_ring() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    desk.show(&missed());
    desk.missing();
    answer(&mut desk, 7);
    desk.up();
    assert_eq!(sent(&mut desk), ["show +45 over 0", "show missed over 7"]);
}

#[test]
fn what_overtakes_an_answer_is_found_behind_much_that_is_others() {
    let mut desk = up();
    desk.show(&ringing("+45"));
    for id in 100..200 {
        desk.heard(id, Heard::Closed);
    }
    desk.heard(7, Heard::Invoked("default".into()));
    assert!(desk.early.len() <= MOST_EARLY);
    assert_eq!(answer(&mut desk, 7), [("a/1".into(), AlertAction::Open)]);
}
