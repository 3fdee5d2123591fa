//! Judges a Stringee account, from the socket to what is known, over real connections, by our simulator, which the
//! vendor's own SDK judges (`crates/simulator/tests/stringee/sdk.rs`).
//!
//! What came of each case is one line, and all lines together must be exactly those of `verdicts.txt`. A line that
//! changed is shown; if the change is meant, write it there. Nothing sleeps: each wait is for an event, under the one
//! deadline [`subject::DEADLINE`].
#![expect(clippy::unwrap_used, reason = "a case that cannot be set up ends the test")]

mod calls;
mod connecting;
mod relay;
mod states;
mod subject;

use std::{future::Future, pin::Pin};

use futures_util::{StreamExt, stream};

/// So many cases run at a time: they mostly wait.
const AT_A_TIME: usize = 16;

type Verdict = Result<String, String>;
type Case = fn() -> Pin<Box<dyn Future<Output = Verdict> + Send>>;

/// A list of cases with their names.
macro_rules! cases {
    ($($name:ident $(($($with:expr),+))?),+ $(,)?) => {
        pub const ALL: &[(&str, $crate::Case)] = &[
            $((stringify!($name $(($($with),+))?), || Box::pin($name($($($with),+)?)))),+
        ];
    };
}
use cases;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_simulator_finds_what_verdicts_txt_says() {
    let all = [connecting::ALL, states::ALL, calls::ALL, relay::ALL].concat();
    let found: Vec<String> = stream::iter(all)
        .map(|(name, case)| async move {
            let verdict = case().await.unwrap_or_else(|failure| format!("FAILED: {failure}"));
            let words = ["Identity::", "CallKind::", "Entrance::"];
            let name = words.iter().fold(name.replace('_', " "), |name, word| name.replace(word, ""));
            format!("{name} | {verdict}")
        })
        .buffered(AT_A_TIME)
        .collect()
        .await;
    let wanted: Vec<&str> =
        include_str!("verdicts.txt").lines().filter(|line| !line.starts_with('#')).collect();
    let differing: Vec<&String> = found.iter().filter(|line| !wanted.contains(&line.as_str())).collect();
    assert_eq!(found, wanted, "\nlines that are not in verdicts.txt:\n{differing:#?}\n");
}
