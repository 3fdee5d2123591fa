use super::*;

fn at(seconds: f64) -> Instant {
    Instant::at(Duration::from_secs_f64(seconds))
}

fn when(next: Next) -> Instant {
    match next {
        Next::At(at) => at,
        Next::SignIn | Next::Stopped => panic!("{next:?}"),
    }
}

/// Runs attempts that each end `live_for` after they began, until `until`; gives when they began.
fn attempts(
    supervisor: &mut Supervisor,
    until: Instant,
    live_for: Option<Duration>,
    wish: Option<Duration>,
) -> Vec<Instant> {
    let mut begun = Vec::new();
    loop {
        let now = when(supervisor.next());
        if now >= until {
            return begun;
        }
        begun.push(now);
        supervisor.begin(now);
        let mut end = now;
        if let Some(live_for) = live_for {
            supervisor.live(now);
            end = now + live_for;
        }
        supervisor.failed(end, Verdict::Retry, wish, DoorIs::Open);
    }
}

#[test]
fn connects_at_once_in_the_beginning() {
    assert_eq!(Supervisor::new(at(5.0), 1).next(), Next::At(at(5.0)));
}

#[test]
fn comes_back_within_a_quarter_of_a_second_after_a_cut() {
    for seed in 0..1000 {
        let mut supervisor = Supervisor::new(at(0.0), seed);
        supervisor.begin(at(0.0));
        supervisor.live(at(1.0));
        let next = when(supervisor.failed(at(3.0), Verdict::Retry, None, DoorIs::Open));
        assert!(next >= at(3.0) && next <= at(3.25), "seed {seed}: {next:?}");
    }
}

#[test]
fn comes_back_at_once_after_every_cut_of_a_proven_connection() {
    let mut supervisor = Supervisor::new(at(0.0), 7);
    for hour in 0..10 {
        let now = at(f64::from(hour) * 3600.0);
        supervisor.begin(now);
        supervisor.live(now);
        let cut = now + Duration::from_secs(40);
        assert!(when(supervisor.failed(cut, Verdict::Retry, None, DoorIs::Open)) <= cut + QUICK);
    }
}

#[test]
fn a_line_that_is_cut_again_and_again_is_back_each_time() {
    for every in [12.0, 20.0, 29.0] {
        let mut supervisor = Supervisor::new(at(0.0), 7);
        let mut now = at(0.0);
        for _ in 0..50 {
            supervisor.begin(now);
            supervisor.live(now);
            let cut = now + Duration::from_secs_f64(every);
            now = when(supervisor.failed(cut, Verdict::Retry, None, DoorIs::Open));
            assert!(now <= cut + QUICK, "cut every {every} s: back after {:?}", now - cut);
        }
    }
}

#[test]
fn makes_at_most_six_attempts_in_the_first_minute_whatever_the_server_does() {
    for seed in 0..2000 {
        for live_for in
            [None, Some(Duration::ZERO), Some(Duration::from_secs(2)), Some(Duration::from_secs(9))]
        {
            let mut supervisor = Supervisor::new(at(0.0), seed);
            let begun = attempts(&mut supervisor, at(600.0), live_for, None);
            let first_minute = begun.iter().filter(|&&begun| begun < at(60.0)).count();
            assert!((3..=6).contains(&first_minute), "seed {seed}: {begun:?}");
            assert!(begun.windows(7).all(|seven| seven[6] - seven[0] >= WINDOW), "seed {seed}: {begun:?}");
            assert!(
                begun.windows(2).all(|two| two[1] - two[0] <= STRETCH * 2 + Duration::from_secs(2)),
                "seed {seed}: {begun:?}"
            );
        }
    }
}

#[test]
fn a_short_outage_costs_a_short_time_more() {
    for seed in 0..2000 {
        for down_for in [1.0, 3.0, 6.0, 12.0, 25.0] {
            let mut supervisor = Supervisor::new(at(0.0), seed);
            supervisor.begin(at(0.0));
            supervisor.live(at(0.0));
            supervisor.failed(at(100.0), Verdict::Retry, None, DoorIs::Open);
            let begun = attempts(&mut supervisor, at(300.0), None, None);
            let back =
                begun.iter().map(|&begun| begun - at(100.0)).find(|begun| begun.as_secs_f64() >= down_for);
            let late = back.unwrap().as_secs_f64() - down_for;
            assert!(late <= 1.5 * down_for + 2.0, "seed {seed}: down for {down_for} s, {late} s late");
        }
    }
}

#[test]
fn no_pause_in_the_first_minute_is_much_longer_than_the_outage_so_far() {
    for seed in 0..2000 {
        let mut supervisor = Supervisor::new(at(0.0), seed);
        let begun = attempts(&mut supervisor, at(61.0), Some(Duration::ZERO), None);
        for two in begun.windows(2) {
            let (so_far, pause) = ((two[0] - at(0.0)).as_secs_f64(), (two[1] - two[0]).as_secs_f64());
            assert!(pause <= 2.0 * so_far + 2.0, "seed {seed}: {begun:?}");
        }
    }
}

#[test]
fn hurrying_again_and_again_stays_within_six_attempts_a_minute() {
    for seed in 0..500 {
        let mut supervisor = Supervisor::new(at(0.0), seed);
        let mut begun = Vec::new();
        while begun.len() < 20 {
            let now = when(supervisor.next());
            begun.push(now);
            supervisor.begin(now);
            supervisor.failed(now, Verdict::Retry, None, DoorIs::Open);
            supervisor.hurry(now);
        }
        assert!(begun.windows(7).all(|seven| seven[6] - seven[0] >= WINDOW), "seed {seed}: {begun:?}");
    }
}

#[test]
fn one_outage_for_all_brings_them_back_evenly() {
    const ALL: u32 = 100_000;
    let mut per_second = vec![0_u32; 600];
    for seed in 0..ALL {
        let mut supervisor = Supervisor::new(at(0.0), u64::from(seed));
        supervisor.begin(at(0.0));
        supervisor.live(at(0.0));
        supervisor.failed(at(3600.0), Verdict::Retry, None, DoorIs::Open);
        for begun in attempts(&mut supervisor, at(4200.0), None, None) {
            per_second[usize::try_from((begun - at(3600.0)).as_secs()).unwrap()] += 1;
        }
    }
    let busiest = per_second.iter().skip(60).max().unwrap();
    assert!(busiest * 50 <= ALL, "{busiest} of {ALL} in one second: {per_second:?}");
}

/// Like [`attempts`] at a door that nobody answers before `open_at`; gives how often somebody knocked, too.
fn attempts_at_a_shut_door(
    supervisor: &mut Supervisor,
    open_at: Instant,
    until: Instant,
) -> (Vec<Instant>, Vec<Instant>) {
    let (mut begun, mut knocks) = (Vec::new(), Vec::new());
    let mut now = when(supervisor.next());
    loop {
        let next = when(supervisor.next());
        let knock = supervisor.knock_at(now).filter(|at| *at < next);
        now = knock.unwrap_or(next);
        if now >= until {
            return (begun, knocks);
        }
        if knock.is_some() {
            knocks.push(now);
            if now >= open_at {
                supervisor.opened(now);
                begun.push(when(supervisor.next()));
                return (begun, knocks);
            }
        } else {
            begun.push(now);
            if now >= open_at {
                return (begun, knocks);
            }
            supervisor.begin(now);
            supervisor.failed(now, Verdict::Retry, None, DoorIs::Shut);
        }
    }
}

fn cut_at(seconds: f64, seed: u64) -> Supervisor {
    let mut supervisor = Supervisor::new(at(0.0), seed);
    supervisor.begin(at(0.0));
    supervisor.live(at(0.0));
    supervisor.failed(at(seconds), Verdict::Retry, None, DoorIs::Open);
    supervisor
}

#[test]
fn a_door_that_is_opened_within_a_minute_is_gone_through_within_two_seconds() {
    for seed in 0..2000 {
        for open_at in [100.5, 103.0, 110.0, 130.0, 158.0] {
            let open_at = at(open_at);
            let (begun, knocks) = attempts_at_a_shut_door(&mut cut_at(100.0, seed), open_at, at(400.0));
            let back = *begun.last().unwrap();
            assert!(back - open_at <= Duration::from_millis(1_250), "seed {seed}: {begun:?}");
            assert!(begun.len() <= MOST, "seed {seed}: {begun:?}");
            assert!(knocks.windows(2).all(|two| two[1] - two[0] >= KNOCK_EVERY / 2), "seed {seed}");
        }
    }
}

#[test]
fn nobody_knocks_after_a_minute_or_where_a_person_is_waited_for() {
    let mut supervisor = cut_at(100.0, 7);
    let (_, knocks) = attempts_at_a_shut_door(&mut supervisor, at(1e6), at(400.0));
    assert!(*knocks.last().unwrap() <= at(161.0) && knocks.len() <= 120, "{knocks:?}");
    supervisor.failed(at(401.0), Verdict::SignIn, None, DoorIs::Shut);
    assert_eq!(supervisor.knock_at(at(401.0)), None);
}

#[test]
fn one_shut_door_for_all_brings_them_back_evenly() {
    const ALL: u32 = 100_000;
    let mut per_second = vec![0_u32; 600];
    for seed in 0..ALL {
        let mut supervisor = cut_at(3600.0, u64::from(seed));
        for begun in attempts_at_a_shut_door(&mut supervisor, at(1e6), at(4200.0)).0 {
            per_second[usize::try_from((begun - at(3600.0)).as_secs()).unwrap()] += 1;
        }
    }
    let busiest = per_second.iter().skip(60).max().unwrap();
    assert!(busiest * 50 <= ALL, "{busiest} of {ALL} in one second: {per_second:?}");
}

#[test]
fn waits_at_least_as_long_as_the_provider_wishes_and_not_much_longer() {
    for seed in 0..1000 {
        let mut supervisor = Supervisor::new(at(0.0), seed);
        supervisor.begin(at(0.0));
        let next =
            when(supervisor.failed(at(0.0), Verdict::Retry, Some(Duration::from_secs(300)), DoorIs::Open));
        assert!(next >= at(300.0) && next <= at(330.0), "seed {seed}: {next:?}");
        assert!(when(supervisor.hurry(at(10.0))) >= at(300.0), "seed {seed}");
        assert_eq!(supervisor.retry(at(20.0)), Next::At(at(20.0)), "a person is not held back");
    }
}

#[test]
fn does_not_believe_a_wish_of_years() {
    let mut supervisor = Supervisor::new(at(0.0), 1);
    supervisor.begin(at(0.0));
    let next = when(supervisor.failed(at(0.0), Verdict::Retry, Some(Duration::MAX), DoorIs::Open));
    assert!(next <= at(4000.0), "{next:?}");
}

#[test]
fn waking_up_drops_what_is_left_of_the_pause() {
    for seed in 0..1000 {
        let mut supervisor = Supervisor::new(at(0.0), seed);
        attempts(&mut supervisor, at(500.0), None, None);
        let woken = at(500.0);
        let next = when(supervisor.hurry(woken));
        assert!(next <= woken + HURRY, "seed {seed}: {next:?}");
    }
}

#[test]
fn waits_for_a_person_after_a_refused_token() {
    let mut supervisor = Supervisor::new(at(0.0), 1);
    supervisor.begin(at(0.0));
    assert_eq!(supervisor.failed(at(1.0), Verdict::SignIn, None, DoorIs::Open), Next::SignIn);
    assert_eq!(supervisor.hurry(at(2.0)), Next::SignIn);
    assert_eq!(supervisor.retry(at(3.0)), Next::At(at(3.0)));
}

#[test]
fn stays_stopped_until_a_person_asks() {
    let mut supervisor = Supervisor::new(at(0.0), 1);
    supervisor.begin(at(0.0));
    assert_eq!(supervisor.failed(at(1.0), Verdict::Stop, None, DoorIs::Open), Next::Stopped);
    assert_eq!(supervisor.hurry(at(2.0)), Next::Stopped);
    assert_eq!(supervisor.retry(at(3.0)), Next::At(at(3.0)));
}

#[test]
fn asks_a_closed_keyring_again_after_half_a_minute() {
    let mut supervisor = Supervisor::new(at(0.0), 1);
    supervisor.begin(at(0.0));
    assert_eq!(supervisor.keyring_failed(at(1.0)), Next::At(at(31.0)));
}

#[test]
fn asks_again_after_minutes_where_access_is_refused_and_never_presses() {
    for seed in 0..1000 {
        let mut supervisor = Supervisor::new(at(0.0), seed);
        let mut begun = Vec::new();
        loop {
            let now = when(supervisor.next());
            if now > at(3600.0) {
                break;
            }
            begun.push(now);
            supervisor.begin(now);
            supervisor.failed(now, Verdict::Later, None, DoorIs::Open);
        }
        let within = |time: f64| begun.iter().filter(|&&begun| begun < at(time)).count();
        assert!(within(30.5) == 2 && within(60.0) == 2, "seed {seed}: {begun:?}");
        assert!((7..=14).contains(&begun.len()), "seed {seed}: {begun:?}");
        assert!(when(supervisor.hurry(at(3600.0))) <= at(3600.0) + HURRY, "another network may not refuse");
    }
}

#[test]
fn what_a_session_tries_by_itself_counts_among_six_attempts_a_minute() {
    for seed in 0..500 {
        let mut supervisor = Supervisor::new(at(0.0), seed);
        let mut begun = Vec::new();
        while begun.len() < 30 {
            let now = when(supervisor.next());
            supervisor.begin(now);
            supervisor.live(now);
            supervisor.interrupted(now);
            begun.extend([now, now]);
            supervisor.failed(now, Verdict::Retry, None, DoorIs::Open);
        }
        assert!(begun.windows(7).all(|seven| seven[6] - seven[0] >= WINDOW), "seed {seed}: {begun:?}");
    }
}

#[test]
fn a_session_that_tried_by_itself_leaves_attempts_for_later_in_the_minute() {
    for seed in 0..2000 {
        let mut supervisor = Supervisor::new(at(0.0), seed);
        supervisor.begin(at(0.0));
        supervisor.live(at(0.0));
        supervisor.interrupted(at(1.0));
        supervisor.failed(at(1.0), Verdict::Retry, None, DoorIs::Open);
        let begun = attempts(&mut supervisor, at(100.0), None, None);
        assert!(begun[0] >= at(2.0), "the quick attempt was the session's own: {begun:?}");
        let back = begun.iter().find(|&&begun| begun >= at(11.0)).unwrap();
        assert!(*back <= at(31.0), "seed {seed}: {begun:?}");
    }
}
