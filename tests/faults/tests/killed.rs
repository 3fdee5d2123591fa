//! The program is killed while a call rings, and started again, with each vendor.

use std::path::Path;

use faults::{
    VENDORS,
    clock::{Pace, at_pace},
    killed,
    matrix::Cause,
};

#[test]
fn what_a_killed_program_knew_is_not_lost_and_what_it_missed_is_told() {
    let program = Path::new(env!("CARGO_BIN_EXE_faults"));
    let play = VENDORS.map(|vendor| async move {
        let figures = killed::play(program, vendor).await?;
        let mut misses = figures.misses(Cause::Killed);
        // A busy machine starts programs slowly.
        misses.retain(|miss| miss != "live again late");
        anyhow::Ok(misses.into_iter().map(|miss| format!("{vendor}: {miss}")).collect::<Vec<_>>())
    });
    let missed = at_pace(Pace::Real, futures_util::future::try_join_all(play)).unwrap();
    assert_eq!(missed.concat(), Vec::<String>::new());
}
