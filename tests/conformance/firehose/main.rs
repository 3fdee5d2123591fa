//! Judges a Firehose account, from the socket to what is known, over real connections to our simulator: no other
//! server of that kind is to be had, so nothing here says how a real Firehose behaves. npm's `ws` judges the
//! simulator's side of the same socket (`crates/simulator/tests/firehose_follower.rs`).
//!
//! What came of a case is one line, and all lines together must be exactly those of `verdicts.txt`. Every story is
//! lived through in each spelling and with each oddity of [`stories::WAYS`]; ways that tell it alike share a line.
//! Nothing sleeps: each wait is for an event, under one deadline.
#![expect(clippy::unwrap_used, reason = "a case that cannot be set up ends the test")]

mod cases;
mod content;
mod stage;
mod stories;
mod subject;

use futures_util::{StreamExt, stream};

/// So many cases run at a time: they mostly wait.
const AT_A_TIME: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_are_as_verdicts_txt_says() {
    let found = stream::iter(cases::ALL)
        .map(|(name, case)| async move {
            let verdict = case().await.unwrap_or_else(|failure| format!("FAILED: {failure}"));
            format!("connection | {} | {verdict}", name.replace('_', " ").replace('"', ""))
        })
        .buffered(AT_A_TIME)
        .collect()
        .await;
    compare("connection", found);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_and_colleagues_are_as_verdicts_txt_says() {
    compare("story", stories::all().await);
}

fn compare(suite: &str, found: Vec<String>) {
    let of_suite = |line: &&str| line.split(" | ").next() == Some(suite);
    let wanted: Vec<&str> = include_str!("verdicts.txt").lines().filter(of_suite).collect();
    let differing: Vec<&String> = found.iter().filter(|line| !wanted.contains(&line.as_str())).collect();
    assert_eq!(found, wanted, "\nlines that are not in verdicts.txt:\n{differing:#?}\n");
}
