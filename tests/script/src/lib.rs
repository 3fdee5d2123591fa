//! Plays a conversation written as data against a [`Machine`], on a clock moved by hand.
//!
//! A script has one step a line; a line that begins with white space continues the one before, `#` begins a
//! comment. What happens to the machine is written in the past tense, what it asks for in the imperative:
//!
//! | happens to the machine | |
//! |---|---|
//! | `start`, `probe`, `stop` | the input of that name |
//! | `opened` | the socket is open |
//! | `open-failed FAULT` | it is not |
//! | `< TEXT` | a text message comes in |
//! | `heard` | a sign of life comes in |
//! | `closed [CODE [REASON]]` | the socket is gone |
//! | `fetched $NAME STATUS [retry-after TIME] [BODY]` | an HTTP answer |
//! | `fetched $NAME failed FAULT` | an HTTP request without an answer |
//! | `+ TIME` | time passes (`1500ms`, `25s`, `10m`); the machine must have nothing to say before its end |
//! | `! WORDS` | a call of the machine's own, done by the `act` of [`check_with`] |
//!
//! | the machine asks for, or tells | |
//! |---|---|
//! | `open URL` | a socket |
//! | `> JSON` | a text message to send |
//! | `ping`, `close CODE` | the output of that name |
//! | `fetch $NAME METHOD URL [BODY]` | an HTTP request; the name is for `fetched` and `cancel` |
//! | `header NAME VALUE`, `query TEXT` (the secret one), `within TIME` | about the last `open` or `fetch` |
//! | `cancel $NAME` | a request is forgotten |
//! | `= TEXT` | an event, as the test renders it |
//! | `failed TEXT`, `ended` | the end; the error as displayed |
//!
//! `FAULT` is `unreachable`, `timed-out`, `tls`, `proxy`, `malformed` or `status CODE [retry-after TIME]`.
//! After every step the outputs must be exactly those of the following lines, in their order.
//!
//! JSON is compared by structure. In what the machine sends, `"*"` stands for any value, `"$name"` for any value
//! that is the same wherever the name stands, and a key `"..."` for any further keys; in what it gets, `"$name"`
//! is replaced by that value. In other texts, `*` stands for any characters.
//! A line `: KEY VALUE` says something to the test that makes the machine; see [`settings`].

mod compare;
mod parse;
mod play;

use std::collections::BTreeMap;

use protocols::{Instant, Machine};

/// Plays `script` against `machine`; `render` shows an event as text, or `None` for one of no interest.
///
/// # Panics
/// If the machine does anything else than what is written.
pub fn check<M>(machine: M, script: &str, render: impl Fn(&M::Event) -> Option<String>)
where
    M: Machine,
    M::Error: std::fmt::Display,
{
    check_with(machine, script, render, |_, _, words| panic!("nobody here does `! {words}`"));
}

/// Like [`check`], with somebody who does the lines `! WORDS`.
///
/// # Panics
/// If the machine does anything else than what is written.
pub fn check_with<M>(
    machine: M,
    script: &str,
    render: impl Fn(&M::Event) -> Option<String>,
    act: impl FnMut(&mut M, Instant, &str),
) where
    M: Machine,
    M::Error: std::fmt::Display,
{
    play::Play::new(machine, render, act).run(&parse::lines(script));
}

/// What the lines `: KEY VALUE` of a script say.
pub fn settings(script: &str) -> BTreeMap<&str, &str> {
    script
        .lines()
        .filter_map(|line| line.strip_prefix(": ")?.split_once(' '))
        .map(|(key, value)| (key, value.trim()))
        .collect()
}

/// Makes a test of each script in a folder of `tests/scenarios`, and one that every script there is named.
///
/// `scenarios!("bayeux", run: a_cut_socket_is_resumed, …)` calls `run(text)` with the text of
/// `tests/scenarios/bayeux/a_cut_socket_is_resumed.txt`. To be used in a crate two folders below the root.
#[macro_export]
macro_rules! scenarios {
    ($folder:literal, $run:path: $($name:ident),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                $run(include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"), "/../../tests/scenarios/", $folder, "/", stringify!($name), ".txt"
                )));
            }
        )+

        #[test]
        fn every_script_is_played() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/scenarios/", $folder);
            let mut found: Vec<String> = std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            found.sort();
            let mut named = vec![$(concat!(stringify!($name), ".txt")),+];
            named.sort();
            assert_eq!(found, named);
        }
    };
}
