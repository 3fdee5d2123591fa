use super::*;

fn told(outbox: Outbox) -> Vec<Event> {
    let mut told = Vec::new();
    for incoming in outbox.waiting {
        if let Incoming::Report { events, .. } = incoming {
            told.extend(events);
        }
    }
    told
}

#[test]
fn what_a_live_connection_lacks_is_told_with_it_until_it_lacks_nothing() {
    let (out, _) = mpsc::channel(1);
    let mut outbox = Outbox::new("work".into(), Arc::new(crate::SystemClock), out, Vec::new(), None);
    let now = outbox.clock.now();
    let lacking = Problem::new(ProblemCode::Forbidden, "no recent calls");
    outbox.live(now, "websocket");
    outbox.resynced(Err(lacking.clone()));
    outbox.resynced(Err(lacking.clone()));
    outbox.live(now, "long-polling");
    outbox.resynced(Ok(()));
    outbox.resynced(Err(lacking));
    outbox.interrupted(now);
    outbox.interrupted(now);
    outbox.live(now, "websocket");
    let told: Vec<_> = told(outbox)
        .into_iter()
        .filter_map(|event| {
            let Event::Connection(told) = event else { return None };
            Some((told.state, told.problem.is_some()))
        })
        .collect();
    let live = ConnectionState::Live;
    let connecting = (ConnectionState::Connecting, false);
    assert_eq!(
        told,
        [(live, false), (live, true), (live, true), (live, false), (live, true), connecting, (live, false)]
    );
}

#[test]
fn what_is_lost_for_good_is_told_with_its_gap_and_not_with_the_connection() {
    let (out, _) = mpsc::channel(1);
    let mut outbox = Outbox::new("work".into(), Arc::new(crate::SystemClock), out, Vec::new(), None);
    let now = outbox.clock.now();
    let missed = |what: &str| Report::Missed(what.to_owned());
    outbox.live(now, "websocket");
    outbox.report(now, missed("no gap was there"));
    outbox.resynced(Ok(()));
    outbox.interrupted(now);
    outbox.live(now, "websocket");
    outbox.report(now, missed("calls"));
    outbox.resynced(Err(Problem::new(ProblemCode::Protocol, "people")));
    outbox.resynced(Ok(()));
    outbox.report(now, missed("a channel"));
    outbox.interrupted(now);
    outbox.live(now, "websocket");
    outbox.resynced(Ok(()));
    let (mut gaps, mut problems) = (Vec::new(), 0);
    for event in told(outbox) {
        if let Event::Gap(gap) = event {
            gaps.push((gap.filled, gap.note.unwrap_or_default()));
        } else if let Event::Connection(connection) = event {
            problems += usize::from(connection.problem.is_some());
        }
    }
    let gaps: Vec<_> = gaps.iter().map(|(filled, note)| (*filled, note.as_str())).collect();
    assert_eq!(gaps, [(false, "calls people"), (false, "calls"), (false, "a channel"), (true, "")]);
    assert_eq!(problems, 1);
}

#[test]
fn a_gap_that_could_not_be_filled_at_first_is_told_again_when_it_is() {
    let (out, _) = mpsc::channel(1);
    let mut outbox = Outbox::new("work".into(), Arc::new(crate::SystemClock), out, Vec::new(), None);
    let now = outbox.clock.now();
    outbox.live(now, "websocket");
    outbox.lost(now);
    let lacking = Problem::new(ProblemCode::Protocol, "recent calls");
    outbox.resynced(Err(lacking.clone()));
    outbox.resynced(Err(lacking));
    outbox.resynced(Ok(()));
    outbox.resynced(Ok(()));
    let gaps: Vec<_> = told(outbox)
        .into_iter()
        .filter_map(|event| {
            let Event::Gap(gap) = event else { return None };
            Some((gap.filled, gap.note))
        })
        .collect();
    assert_eq!(gaps, [(false, Some("recent calls".to_owned())), (true, None)]);
}

#[test]
fn a_gap_goes_on_until_it_is_live_again_whatever_is_answered_meanwhile() {
    let (out, _) = mpsc::channel(1);
    let mut outbox = Outbox::new("work".into(), Arc::new(crate::SystemClock), out, Vec::new(), None);
    let now = outbox.clock.now();
    outbox.live(now, "websocket");
    outbox.resynced(Ok(()));
    outbox.interrupted(now);
    outbox.resynced(Ok(()));
    outbox.left(None);
    outbox.connecting();
    outbox.live(now, "long-polling");
    outbox.resynced(Ok(()));
    let told = told(outbox);
    let place = |wanted: fn(&Event) -> bool| told.iter().rposition(wanted);
    let live = place(|event| matches!(event, Event::Connection(it) if it.state == ConnectionState::Live));
    let gaps = told.iter().filter(|event| matches!(event, Event::Gap(_))).count();
    assert!(gaps == 1 && place(|event| matches!(event, Event::Gap(_))) > live, "{told:?}");
}

#[test]
fn nobody_waits_in_a_queue_that_a_new_session_knows_nothing_of() {
    let (out, _) = mpsc::channel(1);
    let mut outbox = Outbox::new("work".into(), Arc::new(crate::SystemClock), out, Vec::new(), None);
    let now = outbox.clock.now();
    let queue = |id: &str, waits: bool| {
        let waiting = model::Waiting { id: Some("c1".to_owned()), number: None, since: None };
        let waiting = if waits { vec![waiting] } else { Vec::new() };
        Event::Queue(Queue { id: id.to_owned(), name: Some("Sales".to_owned()), waiting })
    };
    outbox.live(now, "websocket");
    outbox.push(queue("q1", true));
    outbox.push(queue("q2", true));
    outbox.push(queue("q3", true));
    outbox.push(queue("q3", false));
    outbox.resynced(Ok(()));
    outbox.left(None);
    outbox.connecting();
    outbox.live(now, "websocket");
    outbox.push(queue("q2", true));
    outbox.resynced(Ok(()));
    let emptied: Vec<Event> = told(outbox).into_iter().filter(|event| *event == queue("q1", false)).collect();
    assert_eq!(emptied.len(), 1);
}

#[test]
fn an_open_call_is_handed_to_the_next_session_with_its_line_and_key() {
    let (out, _) = mpsc::channel(1);
    let mut outbox = Outbox::new("work".into(), Arc::new(crate::SystemClock), out, Vec::new(), None);
    let line = model::Line { id: "q1".to_owned(), name: None };
    let first = CallFact {
        key: Some("pbx:1".to_owned()),
        state: Some(CallState::Ringing),
        line: Some(line.clone()),
        ..CallFact::of("c1")
    };
    outbox.push(Event::from(first));
    outbox.push(Event::from(CallFact { mine: Some(true), ..CallFact::of("c1") }));
    let open = outbox.open_calls();
    assert_eq!(
        (open[0].key.as_deref(), &open[0].line, open[0].mine),
        (Some("pbx:1"), &Some(line), Some(true))
    );
}
