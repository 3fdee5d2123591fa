//! Whether what was told is what was true.

use model::Outcome;

use crate::{
    Frame, Road,
    account::{Account, Told},
    switch::Story,
};

pub(crate) fn all(account: &Account, road: Road, stories: &[Story], frames: &[Frame]) {
    assert_eq!(account.open_calls(), 0, "a ghost: {:#?}", account.calls);
    assert_eq!(account.not_free(), [], "not free at the end");
    for (id, told) in &account.calls {
        assert_eq!(told.ended, 1, "{id} ended not once");
        assert!(stories.iter().any(|story| story.legs.iter().any(|leg| leg.id == *id)), "{id} is no leg's");
    }
    for (number, story) in stories.iter().enumerate() {
        let mine: Vec<&Told> = story
            .legs
            .iter()
            .filter_map(|leg| account.calls.get(&leg.id))
            .filter(|told| told.was_mine)
            .collect();
        let heard = |leg: usize, name: &str| {
            frames.iter().filter(|frame| frame.story == number).any(|frame| {
                let happening = &story.happenings[frame.happening];
                happening.leg == leg && happening.name == name
            })
        };
        match road {
            Road::Late => exactly(story, &mine),
            Road::Mixed => {}
            Road::Lossy => {
                // A phone that was heard to have lost the race is proof that somebody took the call.
                let lost = story.happenings.iter().any(|happening| {
                    happening.cause == Some("LOSE_RACE")
                        && story.legs[happening.leg].is_mine()
                        && heard(happening.leg, "CHANNEL_DESTROY")
                });
                let missed = mine.iter().any(|told| told.last.outcome == Some(Outcome::Missed));
                let only = story.mine.iter().all(|outcomes| !outcomes.contains(&Outcome::Missed));
                assert!(!(lost && missed && only), "{}: taken, and told as missed: {mine:#?}", story.title);
            }
        }
        for told in &mine {
            assert!(told.rang <= 1 + repeats(story), "{} rang {} times", story.title, told.rang);
        }
    }
}

/// How often one call may ring me again: a queue tries everybody once, a transfer may come back.
fn repeats(story: &Story) -> u32 {
    u32::from(story.title.contains("transfer"))
}

fn exactly(story: &Story, mine: &[&Told]) {
    let told: Vec<Option<Outcome>> = mine.iter().map(|told| told.last.outcome).collect();
    let fits = told.len() == story.mine.len()
        && story.mine.iter().all(|wanted| {
            let count =
                |of: &dyn Fn(&Outcome) -> bool| told.iter().flatten().filter(|outcome| of(outcome)).count();
            count(&|outcome| wanted.contains(outcome))
                >= story.mine.iter().filter(|other| other == &wanted).count()
        });
    assert!(
        fits,
        "{}: told {told:?} instead of {:?}\n{:#?}\n{:#?}",
        story.title, story.mine, story.happenings, mine
    );
}
