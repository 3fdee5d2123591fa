//! Judges our SockJS client over real connections: by the stock npm SockJS server, which nobody here wrote, and by
//! our simulator, so that the two are held against each other; and then NGUC accounts by the simulator, since no
//! other server of that kind is to be had.
//!
//! What came of a case is one line, and all lines together must be exactly those of `verdicts.txt`; a SockJS case
//! has the same line whichever server it met. Nothing sleeps: each wait is for an event, under one deadline.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a case that cannot be set up ends the test")]

mod cases;
mod drive;
mod server;

use futures_util::{StreamExt, stream};
use server::Kind;

/// So many cases run at a time: they mostly wait, but each npm server is a process.
const AT_A_TIME: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_npm_server_finds_what_verdicts_txt_says() {
    compare("sockjs", found(Kind::Npm).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_simulator_finds_what_verdicts_txt_says() {
    compare("sockjs", found(Kind::Simulated).await);
}

async fn found(kind: Kind) -> Vec<String> {
    let judged =
        stream::iter(cases::ALL).map(|(name, case)| async move { line("sockjs", name, case(kind).await) });
    judged.buffered(AT_A_TIME).collect().await
}

fn line(suite: &str, name: &str, verdict: Result<String, String>) -> String {
    let name = name.replace('_', " ").replace('"', "").replace("Upgrade::", "");
    let verdict = verdict.unwrap_or_else(|failure| format!("FAILED: {failure}"));
    format!("{suite} | {name} | {verdict}")
}

fn compare(suite: &str, found: Vec<String>) {
    let of_suite = |line: &&str| line.split(" | ").next() == Some(suite);
    let wanted: Vec<&str> = include_str!("verdicts.txt").lines().filter(of_suite).collect();
    let differing: Vec<&String> = found.iter().filter(|line| !wanted.contains(&line.as_str())).collect();
    assert_eq!(found, wanted, "\nlines that are not in verdicts.txt:\n{differing:#?}\n");
}
