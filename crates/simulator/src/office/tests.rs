use super::*;

fn office(people: usize, rate: f64, seed: u64) -> Office {
    Office::new(&Plan { people, rate, seed })
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// A whole day in steps of this many seconds.
fn day(office: &mut Office, step: u64) -> Vec<Happening> {
    (0..=3600 / step).flat_map(|at| office.next(seconds(at * step))).collect()
}

fn calls_me(happening: &Happening) -> bool {
    match happening {
        Happening::CallCame { to: Callee::Person(who), .. } => *who == ME,
        Happening::CallCame { to: Callee::Line(_, rung), .. } => rung.contains(&ME),
        Happening::CallMade { .. }
        | Happening::CallAnswered { .. }
        | Happening::CallTransferred { .. }
        | Happening::CallEnded { .. }
        | Happening::QuietChanged { .. } => false,
    }
}

#[test]
fn the_same_seed_is_the_same_day_however_coarse_the_steps() {
    let fine = day(&mut office(40, 2.0, 7), 1);
    assert!(fine.len() > 3000, "{}", fine.len());
    assert_eq!(fine, day(&mut office(40, 2.0, 7), 60));
    assert_ne!(fine, day(&mut office(40, 2.0, 8), 60));
}

#[test]
fn nothing_happens_by_itself_at_rate_zero() {
    let mut office = office(10, 0.0, 1);
    office.watched(seconds(1));
    assert_eq!(office.next_at(), None);
    assert_eq!(day(&mut office, 60), []);
}

#[test]
fn a_call_to_me_comes_within_eight_seconds_of_being_watched_and_then_regularly() {
    for seed in 0..20 {
        let mut office = office(12, 0.5, seed);
        office.next(seconds(1000));
        office.watched(seconds(1000));
        let mut last = None;
        for at in 1000..2000 {
            if office.next(seconds(at)).iter().any(calls_me) {
                match last {
                    None => assert!(at <= 1008, "seed {seed}: first after {}", at - 1000),
                    Some(before) => {
                        assert!((19..=70).contains(&(at - before)), "seed {seed}: gap {}", at - before);
                    }
                }
                last = Some(at);
            }
        }
    }
}

#[test]
fn every_call_begins_once_and_ends_once_and_nobody_is_in_two() {
    let mut office = office(30, 5.0, 3);
    let mut going: BTreeMap<CallId, Vec<Who>> = BTreeMap::new();
    let busy =
        |going: &BTreeMap<CallId, Vec<Who>>, who: Who| going.values().flatten().any(|other| *other == who);
    for happening in day(&mut office, 1) {
        match happening {
            Happening::CallCame { call, to, .. } => {
                let rung = match to {
                    Callee::Person(who) => vec![who],
                    Callee::Line(_, rung) => rung,
                };
                assert!(rung.iter().all(|who| !busy(&going, *who)));
                assert_eq!(going.insert(call, rung), None);
            }
            Happening::CallMade { call, by, .. } => {
                assert!(!busy(&going, by));
                assert_eq!(going.insert(call, vec![by]), None);
            }
            Happening::CallAnswered { call, by } => {
                let rung = going.insert(call, vec![by]).expect("it rings");
                assert!(rung.contains(&by));
            }
            Happening::CallTransferred { call, to } => {
                assert!(!busy(&going, to));
                going.insert(call, vec![to]).expect("it goes on");
            }
            Happening::CallEnded { call, .. } => {
                going.remove(&call).expect("it goes on");
            }
            Happening::QuietChanged { .. } => {}
        }
    }
    assert!(going.len() < 30);
}

#[test]
fn ten_thousand_people_have_names_of_their_own() {
    let office = office(10_000, 0.0, 1);
    let names: std::collections::BTreeSet<&str> =
        office.people().iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names.len(), 10_000);
    assert!(office.departments().len() > 800);
    let of_home = office
        .people()
        .iter()
        .all(|person| person.departments.iter().all(|at| *at < office.departments().len()));
    assert!(of_home);
}

#[test]
fn an_adopted_call_goes_on_by_itself() {
    let mut office = office(5, 0.0, 1);
    let call = office.adopt(seconds(1), ME);
    let last = day(&mut office, 60).into_iter().next_back();
    assert!(matches!(last, Some(Happening::CallEnded { call: ended, .. }) if ended == call), "{last:?}");
}
