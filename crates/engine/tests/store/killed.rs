//! A child writes what it can, and is killed in the middle of it, again and again.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};

use engine::{
    history::Query,
    queue,
    store::{Mark, Store, Write},
    write_atomically,
};
use model::{
    AccountId, Call, CallFact, CallId, CallState, Change, Direction, Event, Outcome, Peer, PhoneNumber,
    Snapshot, Time,
};

const CHILD: &str = "RINGSIDE_TEST_WRITES_IN";
/// How often; more by `RINGSIDE_TEST_KILLS`.
const KILLS: u64 = 30;
const NOON: Time = Time::from_millis(1_795_000_000_000);
/// A child that nobody kills ends by itself.
const MOST: u64 = 100_000;

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn whatever_was_acknowledged_outlasts_a_kill_at_any_moment_and_the_files_always_open() {
    if let Some(folder) = std::env::var_os(CHILD) {
        return write_until_killed(&PathBuf::from(folder));
    }
    let kills = std::env::var("RINGSIDE_TEST_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let seed = fastrand::u64(..);
    fastrand::seed(seed);
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut known = 0;
    for round in 0..kills {
        known = known.max(write_and_kill(folder.path(), known));
        let said = format!("round {round}, seed {seed}, {known} acknowledged");
        runtime.block_on(holds(folder.path(), known, &said));
    }
    let db = rusqlite::Connection::open(folder.path().join("history.db")).unwrap();
    let verdict: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    db.execute("INSERT INTO call_text (call_text) VALUES ('integrity-check')", []).unwrap();
}

/// Gives the last number that the child said was written.
fn write_and_kill(folder: &Path, known: u64) -> u64 {
    let mut child = Killed(
        Command::new(std::env::current_exe().unwrap())
            .args(["killed::whatever_was_acknowledged", "--nocapture", "--test-threads=1"])
            .env(CHILD, folder)
            .env("RINGSIDE_TEST_FIRST", (known + 1).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
    let mut acknowledged = known;
    let mut left = fastrand::u64(0..12);
    let read = |line: String| line.strip_prefix("written ").and_then(|number| number.parse().ok());
    while left > 0 {
        let line = lines.next().expect("the child goes on writing").unwrap();
        if let Some(number) = read(line) {
            acknowledged = number;
            left -= 1;
        }
    }
    // Some moment, not only one just after an acknowledgement.
    for _ in 0..fastrand::u32(0..50_000) {
        std::hint::spin_loop();
    }
    child.0.kill().unwrap();
    for line in lines {
        acknowledged = line.ok().and_then(read).unwrap_or(acknowledged);
    }
    acknowledged
}

async fn holds(folder: &Path, known: u64, said: &str) {
    let (out, mut told) = queue();
    let (store, loaded) = Store::open(Some(folder.to_owned()), out);
    loaded.await.unwrap();
    if known > 0 {
        let query = Query { call: Some(id(known)), limit: 1, count: true, ..Query::default() };
        let page = store.page(query).await.unwrap();
        let note = page.calls.first().and_then(|past| past.note.clone());
        assert_eq!(note, Some(format!("note {known}")), "{said}");
        let all = store.page(Query { count: true, limit: 1, ..Query::default() }).await.unwrap();
        assert!(u64::from(all.total.unwrap()) >= known, "{said}: {:?} calls", all.total);
    }
    store.close().await;
    assert!(told.try_recv().is_err(), "{said}: nothing is wrong with the file");
    if let Ok(settings) = fs::read_to_string(folder.join("settings.toml")) {
        let first = settings.lines().next().unwrap();
        assert_eq!(settings, contents(first), "{said}");
        let number: u64 = first.strip_prefix("# ").unwrap().parse().unwrap();
        assert!(number >= known, "{said}: the settings are of {number}");
    } else {
        assert_eq!(known, 0, "{said}: the settings are gone");
    }
}

fn contents(first: &str) -> String {
    format!("{first}\n").repeat(2_000)
}

fn write_until_killed(folder: &Path) {
    let first: u64 = std::env::var("RINGSIDE_TEST_FIRST").unwrap().parse().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (out, _told) = queue();
        let (store, loaded) = Store::open(Some(folder.to_owned()), out);
        loaded.await.unwrap();
        for number in first..first + MOST {
            store.write(NOON, Write::Call(call(number)));
            let (reply, done) = tokio::sync::oneshot::channel();
            store.mark(NOON, Mark::Note(id(number), format!("note {number}")), reply);
            done.await.unwrap().unwrap();
            write_atomically(&folder.join("settings.toml"), contents(&format!("# {number}")).as_bytes())
                .unwrap();
            if writeln!(std::io::stdout(), "written {number}").is_err() {
                return;
            }
        }
    });
}

fn id(number: u64) -> CallId {
    CallId::from(format!("work/{number}").as_str())
}

fn call(number: u64) -> Arc<Call> {
    let fact = CallFact {
        state: Some(CallState::Ended),
        direction: Some(Direction::Incoming),
        mine: Some(true),
        peer: Some(Peer {
            number: PhoneNumber::international(&format!("+45{}", 10_000_000 + number)),
            name: Some(format!("Caller {number}")),
            ..Peer::default()
        }),
        started_at: Some(Time::from_millis(NOON.as_millis() - i64::try_from(number).unwrap() * 1_000)),
        outcome: Some(Outcome::Missed),
        ..CallFact::of(number.to_string())
    };
    let changes = Snapshot::default().apply(&AccountId::from("work"), NOON, Event::from(fact));
    let [Change::Call { call, .. }] = changes.as_slice() else { panic!("{changes:?}") };
    Arc::clone(call)
}
