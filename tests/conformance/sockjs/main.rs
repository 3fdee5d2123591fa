//! Judges our SockJS client over real connections: by the stock npm SockJS server, which nobody here wrote, and by
//! our simulator, so that the two are held against each other; and then NGUC accounts by the simulator, since no
//! other server of that kind is to be had.
//!
//! What came of a case is one line, and all lines together must be exactly those of `verdicts.txt`; a SockJS case
//! has the same line whichever server it met. Nothing sleeps: each wait is for an event, under one deadline.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a case that cannot be set up ends the test")]

use std::{pin::Pin, time::Duration};

use futures_util::{StreamExt, stream};
use server::Kind;
use tokio::time::timeout;

/// What came of a case; an error is a case that could not be brought to its end.
type Verdict = Result<String, String>;
type Case<T> = fn(T) -> Pin<Box<dyn Future<Output = Verdict> + Send>>;

macro_rules! cases {
    ($input:ty: $($name:ident $(($($with:expr),+))?),+ $(,)?) => {
        /// All of them, with their names.
        pub const ALL: &[(&str, crate::Case<$input>)] = &[
            $((stringify!($name $(($($with),+))?), |input| Box::pin($name(input $($(, $with)+)?)))),+
        ];
    };
}

mod account;
mod accounts;
mod cases;
mod drive;
mod server;

/// No case takes longer, and none should come near it.
const LONGEST: Duration = Duration::from_secs(60);

/// So many cases run at a time: they mostly wait, but each npm server is a process.
const AT_A_TIME: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_npm_server_finds_what_verdicts_txt_says() {
    judge("sockjs", cases::ALL, || Kind::Npm).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_simulator_finds_what_verdicts_txt_says() {
    judge("sockjs", cases::ALL, || Kind::Simulated).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_are_found_as_verdicts_txt_says() {
    judge("nguc", accounts::ALL, account::options).await;
}

async fn judge<T>(suite: &str, cases: &[(&str, Case<T>)], input: impl Fn() -> T) {
    let judged = stream::iter(cases).map(|(name, case)| {
        let verdict = case(input());
        async move {
            let verdict = timeout(LONGEST, verdict).await;
            line(suite, name, verdict.unwrap_or_else(|_| Err("not over in time".to_owned())))
        }
    });
    let found: Vec<String> = judged.buffered(AT_A_TIME).collect().await;
    let of_suite = |line: &&str| line.split(" | ").next() == Some(suite);
    let wanted: Vec<&str> = include_str!("verdicts.txt").lines().filter(of_suite).collect();
    let differing: Vec<&String> = found.iter().filter(|line| !wanted.contains(&line.as_str())).collect();
    assert_eq!(found, wanted, "\nlines that are not in verdicts.txt:\n{differing:#?}\n");
}

fn line(suite: &str, name: &str, verdict: Verdict) -> String {
    let name = name
        .replace('_', " ")
        .replace('"', "")
        .replace("Upgrade::", "")
        .replace("Websocket::", "")
        .replace("Closing::", "");
    let verdict = verdict.unwrap_or_else(|failure| format!("FAILED: {failure}"));
    format!("{suite} | {name} | {verdict}")
}
