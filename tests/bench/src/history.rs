//! What it costs to keep a million calls, and to find one of them.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use engine::{
    history::Query,
    queue,
    store::{Store, Write},
};
use model::{
    AccountId, CallFact, CallState, Change, Direction, Event, Line, Outcome, Peer, PhoneNumber, Snapshot,
    Time,
};

use crate::report::{Row, percentile};

const CALLS: u32 = 1_000_000;
/// As many are told before the answer to a question is waited for.
const TOGETHER: u32 = 1_000;
const ALONE: u32 = 200;
/// The last of a million calls, one every half minute.
const NOW: Time = Time::from_millis(1_795_000_000_000);

const FIRST: [&str; 20] = [
    "Anna", "Åse", "Bo", "Birgitte", "Carl", "Dorthe", "Emil", "Freja", "Gustav", "Hanne", "Ida", "Jens",
    "Karen", "Lars", "Mette", "Niels", "Olga", "Per", "Rasmus", "Søren",
];
const LAST: [&str; 10] = [
    "Andersen",
    "Bjørnholm",
    "Christensen",
    "Dahl",
    "Eriksson",
    "Frandsen",
    "Gustafsson",
    "Hansen",
    "Iversen",
    "Ørsted",
];

/// From what is typed first to what is found nowhere.
const SEARCHES: [&str; 14] = [
    "a",
    "an",
    "ann",
    "anna",
    "anna hansen",
    "åse ørsted",
    "+45",
    "20 00 12 34",
    "070-20001234",
    "reception",
    "reception søren dahl",
    "45200",
    "zebra",
    "andersen eriksson",
];

/// Writes a million calls, then looks for some.
pub async fn measure() -> Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    // Nobody reads what the store tells; it does not wait for that.
    let (out, _told) = queue();
    let (store, loaded) = Store::open(Some(folder.path().to_owned()), out);
    loaded.await.context("the store did not begin")?;
    store.write(NOW, Write::Account(AccountId::from("work"), NOW));
    let began = Instant::now();
    for n in 0..CALLS {
        store.write(NOW, Write::Call(call(n)?));
        if n % TOGETHER == TOGETHER - 1 {
            settled(&store).await?;
        }
        if n % 100_000 == 0 {
            crate::say(&format!("  {n} calls after {:?}", began.elapsed()));
        }
    }
    let total = store.page(Query { count: true, limit: 1, ..Query::default() }).await.map_err(text)?.total;
    ensure!(total == Some(CALLS), "{total:?} calls were kept");
    let each = began.elapsed().as_secs_f64() * 1e3 / f64::from(CALLS);
    let mut alone = Vec::new();
    for n in CALLS..CALLS + ALONE {
        let began = Instant::now();
        store.write(NOW, Write::Call(call(n)?));
        settled(&store).await?;
        alone.push(millis(began.elapsed()));
    }
    alone.sort_by(f64::total_cmp);
    let mut slowest = ("", 0.0);
    for search in SEARCHES {
        let query = Query { search: Some(search.to_owned()), ..Query::default() };
        let began = Instant::now();
        let page = store.page(query).await.map_err(text)?;
        let took = millis(began.elapsed());
        crate::say(&format!("  `{search}`: {took:.1} ms, {} found", page.calls.len()));
        if took > slowest.1 {
            slowest = (search, took);
        }
    }
    let size = fs::metadata(folder.path().join("history.db"))?.len();
    store.close().await;
    let (search, took) = slowest;
    Ok(vec![
        Row::at_most(format!("history of {CALLS} calls, keeping one, {TOGETHER} at a time"), each, 1.0, "ms"),
        Row::told(
            "the same, one alone until it is on the disk, p99",
            format!("{:.2} ms", percentile(&alone, 99)?),
        ),
        Row::at_most(
            format!("the same, the slowest of {} searches (`{search}`)", SEARCHES.len()),
            took,
            50.0,
            "ms",
        ),
        Row::told("the same, file", format!("{} MB", size / 1_000_000)),
    ])
}

/// Waits until all that was written is on the disk.
async fn settled(store: &Store) -> Result<()> {
    store.page(Query { limit: 1, ..Query::default() }).await.map_err(text)?;
    Ok(())
}

fn text(problem: model::Problem) -> anyhow::Error {
    anyhow::anyhow!(problem.text)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn call(n: u32) -> Result<Arc<model::Call>> {
    let began = Time::from_millis(NOW.as_millis() - i64::from(CALLS + ALONE - n) * 30_000);
    let mixed = n.wrapping_mul(2_654_435_761);
    let (first, last) = (FIRST.get(mixed as usize % 20), LAST.get((mixed >> 8) as usize % 10));
    let number = format!("+45{}", 20_000_000 + mixed % 50_000);
    let fact = CallFact {
        state: Some(CallState::Ended),
        direction: Some(if mixed.is_multiple_of(3) { Direction::Outgoing } else { Direction::Incoming }),
        mine: Some(mixed.is_multiple_of(2)),
        peer: Some(Peer {
            number: PhoneNumber::international(&number),
            raw: Some(number),
            name: first.zip(last).map(|(first, last)| format!("{first} {last}")),
            ..Peer::default()
        }),
        line: Some(Line {
            id: format!("Reception#{}", mixed % 7),
            name: Some(format!("Reception {}", mixed % 7)),
        }),
        started_at: Some(began),
        answered_at: Some(began.plus(Duration::from_secs(7))),
        ended_at: Some(began.plus(Duration::from_secs(200))),
        outcome: Some(if mixed.is_multiple_of(5) { Outcome::Missed } else { Outcome::Answered }),
        ..CallFact::of(format!("{n:08x}-4f1e-4b0a-9c1d-{mixed:012x}"))
    };
    let changes = Snapshot::default().apply(&AccountId::from("work"), began, Event::from(fact));
    changes
        .into_iter()
        .find_map(|change| if let Change::Call { call, .. } = change { Some(call) } else { None })
        .context("a call is a change")
}
