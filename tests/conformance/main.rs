//! Judges a Firmafon account, from the socket to what is known, over real connections: by the stock npm Faye
//! server, which nobody here wrote, and by our simulator, so that the two are held against each other.
//!
//! Every case of [`cases`] runs against every server of [`server`]; what came of it is one line, and all lines
//! together must be exactly those of `verdicts.txt`. A line that changed is shown; if the change is meant, write it
//! there. Nothing sleeps: each wait is for an event, under the one deadline [`subject::DEADLINE`].
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a case that cannot be set up ends the test")]

mod cases;
mod npm;
mod server;
mod simulated;
mod subject;

use futures_util::{StreamExt, stream};
use server::Kind;

/// So many cases run at a time: they mostly wait, but each npm server is a process.
const AT_A_TIME: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_npm_server_finds_what_verdicts_txt_says() {
    judge(Kind::Npm).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_simulator_finds_what_verdicts_txt_says() {
    judge(Kind::Simulated).await;
}

async fn judge(kind: Kind) {
    let found: Vec<String> = stream::iter(cases::ALL)
        .map(|(name, case)| async move {
            let verdict = case(kind).await.unwrap_or_else(|failure| format!("FAILED: {failure}"));
            let name = name.replace('_', " ").replace('"', "").replace("At::", "").replace("Upgrade::", "");
            format!("{} | {name} | {verdict}", kind.name())
        })
        .buffered(AT_A_TIME)
        .collect()
        .await;
    let wanted: Vec<&str> = include_str!("verdicts.txt")
        .lines()
        .filter(|line| line.starts_with(kind.name()) && line.contains(" | "))
        .collect();
    let differing: Vec<&String> = found.iter().filter(|line| !wanted.contains(&line.as_str())).collect();
    assert_eq!(found, wanted, "\nlines that are not in verdicts.txt:\n{differing:#?}\n");
}
