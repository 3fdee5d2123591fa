//! Judges a Semaswift account, from the socket to what is known, over real connections: by our simulator always, and
//! by a real Centrifugo where `RINGSIDE_CENTRIFUGO` names one as `ADDRESS,HMAC_SECRET`.
//!
//! That one has to have the namespaces `voice` (history, recovery, subscribing allowed), `tickets`, `user` and
//! `presence` (presence, join and leave forced), its HTTP API open on the same address (`http_api.insecure`), and
//! pings every second. It is reached through [`front`], which can cut and freeze; its tokens come from the
//! simulator's REST.
//!
//! Every case of [`cases`] is one line, and all lines together must be exactly those of `verdicts-simulator.txt`, or
//! `verdicts-centrifugo.txt`. A line that changed is shown; if the change is meant, write it there. Nothing sleeps:
//! each wait is for an event, under the one deadline [`subject::DEADLINE`].
#![expect(clippy::unwrap_used, reason = "a case that cannot be set up ends the test")]

mod cases;
mod front;
mod server;
mod subject;

use cases::Scope;
use futures_util::{StreamExt, stream};
use server::Kind;

/// So many cases run at a time: they mostly wait.
const AT_A_TIME: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_simulator_finds_what_its_verdicts_say() {
    let found = judge(Kind::Simulated).await;
    compare(&found, &verdicts(include_str!("verdicts-simulator.txt")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_centrifugo_finds_what_its_verdicts_say_if_there_is_one() {
    let Ok(place) = std::env::var("RINGSIDE_CENTRIFUGO") else { return };
    let (address, secret) = place.split_once(',').expect("RINGSIDE_CENTRIFUGO is ADDRESS,HMAC_SECRET");
    let (address, secret) = (address.to_owned().leak(), secret.to_owned().leak());
    let found = judge(Kind::Real { address, secret }).await;
    compare(&found, &verdicts(include_str!("verdicts-centrifugo.txt")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_centrifugo_elsewhere_is_judged_by_the_same_cases() {
    let mut options =
        simulator::Options { people: 3, vendors: &["semaswift"], ..simulator::Options::default() };
    options.semaswift.ping = std::time::Duration::from_secs(1);
    let secret = options.semaswift.hmac_secret.clone().leak();
    let elsewhere = simulator::Simulator::start(options).await.unwrap();
    let url = elsewhere.addresses().first().unwrap().settings["api_url"].as_str().unwrap().to_owned();
    let address = url.trim_start_matches("http://").to_owned().leak();
    let found = judge(Kind::Real { address, secret }).await;
    let all = verdicts(include_str!("verdicts-simulator.txt"));
    let names: Vec<&str> = found.iter().filter_map(|line| line.split(" | ").next()).collect();
    let is_among = |line: &&str| names.iter().any(|name| line.split(" | ").next() == Some(name));
    compare(&found, &all.into_iter().filter(is_among).collect::<Vec<_>>());
    elsewhere.stop().await;
}

async fn judge(kind: Kind) -> Vec<String> {
    let is_for = |scope: &Scope| *scope == Scope::Any || kind == Kind::Simulated;
    // Cases at one server would hear each other's calls.
    let at_a_time = if kind == Kind::Simulated { AT_A_TIME } else { 1 };
    stream::iter(cases::ALL.iter().filter(|(_, scope, _)| is_for(scope)))
        .map(|(name, _, case)| async move {
            let verdict = case(kind).await.unwrap_or_else(|failure| format!("FAILED: {failure}"));
            format!("{} | {verdict}", name.replace('_', " "))
        })
        .buffered(at_a_time)
        .collect()
        .await
}

fn verdicts(file: &str) -> Vec<&str> {
    file.lines().filter(|line| !line.starts_with('#')).collect()
}

fn compare(found: &[String], wanted: &[&str]) {
    let differing: Vec<&String> = found.iter().filter(|line| !wanted.contains(&line.as_str())).collect();
    assert_eq!(found, wanted, "\nlines that are not in the verdicts:\n{differing:#?}\n");
}
