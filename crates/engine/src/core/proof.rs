//! Generated worlds against the [`Core`]: what is true of any of them must be what is shown in the end, and nothing
//! that is shown on the way may be more than what was told.
//!
//! A story is a few bytes, so that it can be cut down by leaving some out, kept as a line of text, and read by any
//! generator; its own is a seeded one.
//! `RINGSIDE_SEED` names one, `RINGSIDE_WORLDS` how many from there on; `./dev fuzz model` sets them.

mod desk;
mod history;
mod truth;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use world::World;

const WORLDS: u64 = 100_000;
const LONGEST: usize = 36;

/// What went wrong in a story, if anything did.
fn fault(story: &[u8]) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| World::play(story))) {
        Ok(Ok(())) => None,
        Ok(Err(fault)) => Some(fault),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            Some(format!("panicked: {}", words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?")))
        }
    }
}

fn story(seed: u64) -> Vec<u8> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let steps = rng.usize(4..LONGEST);
    (0..world::HEADER + steps * world::STEP).map(|_| rng.u8(..)).collect()
}

/// The story without the steps that it goes wrong without.
fn shrunk(mut story: Vec<u8>) -> Vec<u8> {
    let mut chunk = story.len() / world::STEP;
    while chunk > 0 {
        let mut from = world::HEADER;
        while from < story.len() {
            let mut shorter = story.clone();
            shorter.drain(from..(from + chunk * world::STEP).min(story.len()));
            if fault(&shorter).is_some() {
                story = shorter;
            } else {
                from += chunk * world::STEP;
            }
        }
        chunk /= 2;
    }
    story
}

fn hex(story: &[u8]) -> String {
    story.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(line: &str) -> Vec<u8> {
    (0..line.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(line.get(at..at + 2).unwrap(), 16).unwrap())
        .collect()
}

fn told(seed: Option<u64>, story: Vec<u8>) -> String {
    let story = shrunk(story);
    let why = fault(&story).unwrap_or_default();
    let seed = seed.map_or_else(String::new, |seed| format!("seed {seed}, "));
    let steps = world::words(&story).join("\n  ");
    format!("{why}\n  {steps}\n{seed}for regressions.txt: {}", hex(&story))
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn any_world_is_shown_as_it_is_in_the_end_and_nothing_untold_is_shown_on_the_way() {
    let first = number("RINGSIDE_SEED");
    let all = number("RINGSIDE_WORLDS").unwrap_or(if first.is_some() { 1 } else { WORLDS });
    let seeds = first.unwrap_or(0)..first.unwrap_or(0) + all;
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let share = (seeds.end - seeds.start).div_ceil(threads);
    let found = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..threads)
            .map(|thread| {
                let from = seeds.start + thread * share;
                let until = (from + share).min(seeds.end);
                scope.spawn(move || (from..until).find(|&seed| fault(&story(seed)).is_some()))
            })
            .collect();
        runs.into_iter().find_map(|run| run.join().unwrap())
    });
    if let Some(seed) = found {
        panic!("of {all} worlds one is wrong: {}", told(Some(seed), story(seed)));
    }
}

#[test]
fn stories_that_once_went_wrong_go_right() {
    for line in include_str!("proof/regressions.txt").lines().filter(|line| !line.starts_with('#')) {
        let (bytes, what) = line.split_once(' ').unwrap_or((line, ""));
        let story = unhex(bytes);
        assert!(fault(&story).is_none(), "{what}: {}", told(None, story));
    }
}

/// A proof that finds nothing proves nothing: each of these lies is found out.
#[test]
fn a_lie_is_found_out() {
    for lie in world::LIES {
        let found = (0..2_000).any(|seed| World::play_with(&story(seed), Some(*lie)).is_err());
        assert!(found, "{lie:?} went unnoticed");
    }
}
