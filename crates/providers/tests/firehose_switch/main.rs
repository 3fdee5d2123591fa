//! Firehose against a model of the switch: whatever order its legs' events come in, however often, and whichever
//! are lost, every call ends, none is told twice, what a colleague took is not missed, and everybody is free again.
//!
//! `RINGSIDE_SEQUENCES=1000000 cargo test --release -p providers --test firehose_switch` plays a million;
//! `RINGSIDE_SEED=…` begins with another seed, and a failure names the one that fails.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends by a panic")]

mod account;
mod judge;
mod stories;
mod switch;
mod wire;

use account::Account;
use switch::Story;
use wire::Spelling;

/// How many are played if nobody says how many.
const FEW: u64 = 1_000;

/// How events come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Road {
    /// Each leg's in order, but not in that of the others; some twice.
    Late,
    /// Any order within a third of a second, also of one leg.
    Mixed,
    /// Some never.
    Lossy,
}

#[test]
fn whatever_the_order_every_call_ends_once_and_as_it_was() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (count, first) = (number("RINGSIDE_SEQUENCES").unwrap_or(FEW), number("RINGSIDE_SEED").unwrap_or(1));
    eprintln!("{count} interleavings from seed {first}");
    let mut heard = 0;
    for seed in first..first + count {
        heard += std::panic::catch_unwind(|| play(seed)).unwrap_or_else(|panic| {
            eprintln!("failed: RINGSIDE_SEED={seed} RINGSIDE_SEQUENCES=1");
            std::panic::resume_unwind(panic)
        });
    }
    eprintln!("{heard} events heard");
}

fn play(seed: u64) -> u64 {
    let mut rng = fastrand::Rng::with_seed(seed);
    let road = rng.choice([Road::Late, Road::Late, Road::Mixed, Road::Lossy]).unwrap();
    let spelling = rng.choice([Spelling::Raw, Spelling::Snake, Spelling::Hook]).unwrap();
    let stories: Vec<Story> = (0..rng.usize(1..=3)).map(|number| Story::draw(&mut rng, number)).collect();
    let frames = deliver(&mut rng, road, &stories);
    let mut account = Account::live();
    for frame in &frames {
        let story = &stories[frame.story];
        let happening = &story.happenings[frame.happening];
        account.hear(frame.at, &wire::message(spelling, &story.legs[happening.leg], happening));
    }
    account.pass_minutes(10);
    if !account.is_at_rest() {
        // Whatever was lost is made up for by time.
        account.pass_minutes(6 * 60);
    }
    judge::all(&account, road, &stories, &frames);
    frames.len() as u64
}

/// A message on its way.
#[derive(Debug)]
pub(crate) struct Frame {
    /// When it comes, in milliseconds.
    at: u64,
    pub(crate) story: usize,
    pub(crate) happening: usize,
}

fn deliver(rng: &mut fastrand::Rng, road: Road, stories: &[Story]) -> Vec<Frame> {
    let mut frames = Vec::new();
    for (number, story) in stories.iter().enumerate() {
        let delays: Vec<u64> = story.legs.iter().map(|_| rng.u64(0..1_500)).collect();
        let mut last = vec![0; story.legs.len()];
        for (at, happening) in story.happenings.iter().enumerate() {
            if road == Road::Lossy && rng.u8(0..10) == 0 {
                continue;
            }
            let delay = match road {
                Road::Late | Road::Lossy => delays[happening.leg] + rng.u64(0..200),
                Road::Mixed => rng.u64(0..300),
            };
            let mut comes = happening.at + delay;
            if road != Road::Mixed {
                comes = comes.max(last[happening.leg]);
                last[happening.leg] = comes;
            }
            frames.push(Frame { at: comes, story: number, happening: at });
            if rng.u8(0..8) == 0 {
                frames.push(Frame { at: comes + rng.u64(0..400), story: number, happening: at });
            }
        }
    }
    frames.sort_by_key(|frame| frame.at);
    frames
}
