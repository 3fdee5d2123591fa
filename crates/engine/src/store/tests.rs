mod beside;
mod same;

use std::{fs, path::Path, sync::Arc};

use model::{
    AccountId, Call, CallFact, CallState, Change, Direction, Event, Gap, Outcome, Peer, PhoneNumber,
    Snapshot, Time,
};
use tokio::sync::{mpsc, oneshot};

use super::{Job, Keeping, Loaded, Mark, Store, Write, schema};
use crate::{
    Incoming, Reply,
    history::{Erase, Page, PastCall, Query},
};

const NOON: Time = Time::from_millis(1_795_000_000_000);

/// A history that is opened and closed by hand.
struct Desk {
    folder: tempfile::TempDir,
    store: Store,
    loaded: Loaded,
    told: mpsc::Receiver<Incoming>,
}

impl Desk {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Self::opened(folder).await;
        desk.store.write(NOON, Write::Account("work".into(), minutes(-600)));
        desk
    }

    async fn opened(folder: tempfile::TempDir) -> Self {
        let (out, told) = mpsc::channel(16);
        let (store, loaded) = Store::open(Some(folder.path().to_owned()), out);
        Self { folder, store, loaded: loaded.await.unwrap(), told }
    }

    /// The program ends and is started again.
    async fn again(self) -> Self {
        self.store.close().await;
        Self::opened(self.folder).await
    }

    fn write(&self, call: Call) {
        self.store.write(NOON, Write::Call(Arc::new(call)));
    }

    async fn mark(&self, mark: Mark) -> Reply {
        let (reply, done) = oneshot::channel();
        self.store.mark(NOON, mark, reply);
        done.await.unwrap()
    }

    async fn page(&self, query: Query) -> Page {
        self.store.page(query).await.unwrap()
    }

    async fn all(&self) -> Vec<PastCall> {
        self.page(Query::default()).await.calls
    }

    /// The ids that a search finds.
    async fn found(&self, search: &str) -> Vec<String> {
        let query = Query { search: Some(search.to_owned()), ..Query::default() };
        self.page(query).await.calls.iter().map(|past| past.call.id.local().to_owned()).collect()
    }

    /// The problem that is told first.
    async fn problem(&mut self) -> String {
        loop {
            if let Incoming::Part("history", Some(problem)) = self.told.recv().await.unwrap() {
                return problem.text;
            }
        }
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("history.db")
    }
}

fn minutes(after_noon: i64) -> Time {
    Time::from_millis(NOON.as_millis() + after_noon * 60_000)
}

/// A call that rang me for a minute.
fn ended(id: &str, began: i64, outcome: Outcome) -> Call {
    let fact = CallFact {
        state: Some(CallState::Ended),
        direction: Some(Direction::Incoming),
        mine: Some(true),
        started_at: Some(minutes(began)),
        ended_at: Some(minutes(began + 1)),
        outcome: Some(outcome),
        ..CallFact::of(id)
    };
    let changes = Snapshot::default().apply(&AccountId::from("work"), NOON, Event::from(fact));
    let [Change::Call { call, .. }] = changes.as_slice() else { panic!("{changes:?}") };
    Call::clone(call)
}

fn from(call: Call, name: Option<&str>, number: &str) -> Call {
    let peer = Peer {
        number: PhoneNumber::international(number),
        raw: Some(number.to_owned()),
        name: name.map(str::to_owned),
        hidden: false,
        contact: None,
    };
    Call { peer, ..call }
}

#[tokio::test]
async fn history_wrong_or_duplicated_one_call_is_one_row_however_often_it_is_told() {
    let desk = Desk::new().await;
    let call = from(ended("u1", -30, Outcome::Answered), Some("Anna"), "+4511223344");
    desk.write(Call { state: CallState::Ringing, outcome: None, ended_at: None, ..call.clone() });
    desk.write(call.clone());
    desk.write(call.clone());
    let desk = desk.again().await;
    // A provider that tells of it again, with less, takes nothing away.
    desk.write(ended("u1", -30, Outcome::Answered));
    let all = desk.all().await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].call, call);
    assert_eq!(all[0].seen, None);
}

#[tokio::test]
async fn history_wrong_or_duplicated_the_providers_own_history_corrects_what_was_lost_sight_of() {
    let desk = Desk::new().await;
    desk.write(ended("lost", -30, Outcome::Lost));
    let ringing = ended("open", -20, Outcome::Lost);
    desk.write(Call { state: CallState::Ringing, outcome: None, ended_at: None, ..ringing });
    let desk = desk.again().await;
    let all = desk.all().await;
    assert_eq!(all[0].call.outcome, Some(Outcome::Lost), "what was open when the program ended is not open");
    desk.write(ended("lost", -30, Outcome::AnsweredElsewhere));
    desk.write(ended("open", -20, Outcome::Missed));
    // Whoever loses sight of a call later does not know better.
    desk.write(ended("lost", -30, Outcome::Lost));
    let all = desk.all().await;
    let outcomes: Vec<_> = all.iter().map(|past| (past.call.outcome.unwrap(), past.seen)).collect();
    assert_eq!(outcomes, [(Outcome::Missed, Some(false)), (Outcome::AnsweredElsewhere, None)]);
}

#[tokio::test]
async fn a_storm_of_calls_is_kept_whole_whatever_is_told_between_two_words_of_one_call() {
    let desk = Desk::new().await;
    for n in 0..3_000 {
        let call = from(ended(&format!("u{n}"), -(n % 500), Outcome::Missed), Some("Anna"), "+4511223344");
        let ringing = Call { state: CallState::Ringing, outcome: None, ended_at: None, ..call.clone() };
        desk.write(Call { peer: Peer::default(), ..ringing.clone() });
        desk.write(ringing);
        if n == 1_500 {
            // Looking at the missed calls up to here looks at no call that rings yet.
            desk.store.write(NOON, Write::Seen(None));
        }
        desk.write(call);
        if n % 500 == 0 {
            desk.page(Query { limit: 1, ..Query::default() }).await;
        }
    }
    let missed = Query { missed: true, count: true, search: Some("anna".to_owned()), ..Query::default() };
    let page = desk.page(missed).await;
    assert_eq!((page.total, page.unseen), (Some(3_000), 1_500));
}

#[tokio::test]
async fn missed_call_leaves_no_trace_but_here_it_survives_a_restart_and_is_news_once() {
    let desk = Desk::new().await;
    desk.write(ended("u1", -30, Outcome::Missed));
    let desk = desk.again().await;
    assert_eq!(desk.loaded.remembered.unseen, ["work/u1".into()]);
    desk.store.write(NOON, Write::Seen(None));
    let desk = desk.again().await;
    assert!(desk.loaded.remembered.unseen.is_empty());
    // The provider's history tells of it again, and of one that nobody was here for.
    desk.write(ended("u1", -30, Outcome::Missed));
    desk.write(ended("u2", -10, Outcome::Voicemail));
    let page = desk.page(Query { unseen: true, ..Query::default() }).await;
    assert_eq!((page.calls.len(), page.calls[0].call.id.local(), page.unseen), (1, "u2", 1));
    assert_eq!(desk.page(Query { missed: true, ..Query::default() }).await.calls.len(), 2);
}

#[tokio::test]
async fn calls_from_before_an_account_was_added_are_no_news() {
    let desk = Desk::new().await;
    desk.write(ended("old", -700, Outcome::Missed));
    assert_eq!(desk.page(Query { unseen: true, ..Query::default() }).await.calls, []);
    assert_eq!(desk.all().await[0].seen, Some(true));
}

#[tokio::test]
async fn a_call_is_found_by_name_number_line_and_note_however_they_are_written() {
    let desk = Desk::new().await;
    desk.write(from(ended("u1", -30, Outcome::Answered), Some("Åse Bjørn-Hansen"), "+4670 123 45 67"));
    desk.write(from(ended("u2", -20, Outcome::Answered), None, "17"));
    let mut reception = ended("u3", -10, Outcome::Answered);
    reception.line = Some(model::Line { id: "Reception#1".to_owned(), name: Some("Växeln".to_owned()) });
    desk.write(reception);
    desk.mark(Mark::Note("work/u3".into(), "wants \"the\" offer".to_owned())).await.unwrap();
    for (search, found) in [
        ("ase", "u1"),
        ("bjørn", "u1"),
        ("HANSEN ås", "u1"),
        ("070-123 45", "u1"),
        ("+46701234567", "u1"),
        ("0046 70 123", "u1"),
        ("Å", "u1"),
        ("åse b", "u1"),
        ("17", "u2"),
        ("vax", "u3"),
        ("offer", "u3"),
        ("\"the\"", "u3"),
        ("wa\u{301}nts vaxeln", "u3"),
    ] {
        assert_eq!(desk.found(search).await, [found], "{search}");
    }
    for nothing in ["anna", "4671", "NOT", "AND", "\" OR 1", "ansen x", "*", "text:ase"] {
        assert_eq!(desk.found(nothing).await, [""; 0], "{nothing}");
    }
    assert_eq!(desk.found("  ").await, ["u3", "u2", "u1"]);
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_are_counted() {
    let desk = Desk::new().await;
    for n in 0..25 {
        // Five of them began in the same millisecond.
        desk.write(ended(&format!("u{n}"), -i64::from(n.max(4)), Outcome::Answered));
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = desk.page(Query { limit: 7, after, count: true, ..Query::default() }).await;
        assert_eq!(page.total, Some(25));
        seen.extend(page.calls.into_iter().map(|past| past.call));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 25);
    assert!(seen.is_sorted_by_key(|call| std::cmp::Reverse(call.started_at)));
    let some = Query { since: Some(minutes(-10)), before: Some(minutes(-7)), ..Query::default() };
    assert_eq!(desk.page(some).await.calls.len(), 3);
}

#[tokio::test]
async fn odd_names_and_numbers_are_kept_within_bounds() {
    let desk = Desk::new().await;
    let name = format!("Ann\0a\u{7} {}", "x".repeat(10_000));
    desk.write(from(ended("u1", -5, Outcome::Answered), Some(&name), "sip:\0@\u{202e}?"));
    let call = &desk.all().await[0].call;
    assert!(call.peer.name.as_ref().unwrap().starts_with("Anna xxx"));
    assert_eq!(call.peer.name.as_ref().unwrap().chars().count(), 500);
    assert_eq!(desk.found("anna").await, ["u1"]);
    // A time that is nobody's does not order the others.
    desk.write(Call { started_at: Some(Time::from_millis(i64::MAX)), ..ended("u2", 0, Outcome::Answered) });
    desk.write(Call { started_at: Some(Time::from_millis(i64::MIN)), ..ended("u3", 0, Outcome::Answered) });
    assert_eq!(desk.all().await.len(), 2, "what began before anything is kept is not kept");
}

#[tokio::test]
async fn a_private_call_is_kept_without_its_other_end_for_good() {
    let desk = Desk::new().await;
    let call = from(ended("u1", -30, Outcome::Answered), Some("Dr. Lindqvist"), "+4511223344");
    desk.write(call.clone());
    desk.mark(Mark::Private("work/u1".into())).await.unwrap();
    desk.write(call);
    let all = desk.all().await;
    assert_eq!((all[0].private, &all[0].call.peer), (true, &Peer::default()));
    assert_eq!(desk.found("lindqvist").await, [""; 0]);
    assert!(desk.mark(Mark::Private("work/none".into())).await.is_err());
}

#[tokio::test]
async fn erased_calls_are_gone_from_the_file_and_do_not_come_back() {
    let desk = Desk::new().await;
    let call = |id, began| from(ended(id, began, Outcome::Missed), Some("Quentin Zebra"), "+4511223344");
    desk.write(call("u1", -30));
    desk.write(from(ended("u2", -20, Outcome::Missed), Some("Quentin Zebra"), "+4599887766"));
    desk.write(call("u3", -10));
    desk.mark(Mark::Erase(Erase::Number { number: "11 22 33 44".to_owned() })).await.unwrap();
    desk.write(call("u1", -30));
    assert_eq!(desk.found("quentin").await, ["u2"]);
    desk.mark(Mark::Erase(Erase::Before { before: minutes(-15) })).await.unwrap();
    assert_eq!(desk.all().await, []);
    desk.write(from(ended("u4", -5, Outcome::Missed), Some("Xaver"), "+4599887766"));
    desk.mark(Mark::Erase(Erase::Call { call: "work/u4".into() })).await.unwrap();
    desk.write(ended("u5", -4, Outcome::Missed));
    desk.mark(Mark::Erase(Erase::All)).await.unwrap();
    desk.write(ended("u5", -4, Outcome::Missed));
    assert_eq!(desk.all().await, []);
    let desk = desk.again().await;
    for entry in fs::read_dir(desk.folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for trace in ["Quentin", "Zebra", "11223344", "Xaver"] {
            let trace = trace.as_bytes();
            assert!(!bytes.windows(trace.len()).any(|seen| seen.eq_ignore_ascii_case(trace)));
        }
    }
}

#[tokio::test]
async fn what_is_older_than_the_settings_allow_is_forgotten_and_not_taken_in() {
    let desk = Desk::new().await;
    let days = |days: i64| -days * 24 * 60;
    for n in 0..1_200 {
        desk.write(ended(&format!("old{n}"), days(40) + n, Outcome::Answered));
    }
    desk.write(ended("new", days(10), Outcome::Answered));
    desk.store.keep(NOON, Keeping { days: 30 });
    desk.write(ended("late", days(35), Outcome::Answered));
    let left = loop {
        // Each answer comes after another part of the forgetting.
        let page = desk.page(Query { count: true, ..Query::default() }).await;
        if page.total.unwrap() <= 1 {
            break page.calls;
        }
    };
    assert_eq!(left[0].call.id.local(), "new");
    desk.store.keep(NOON, Keeping { days: 0 });
    desk.write(ended("none", -1, Outcome::Answered));
    desk.page(Query::default()).await;
    assert_eq!(desk.all().await, []);
}

#[tokio::test]
async fn notes_and_reminders_are_at_hand_after_a_restart() {
    let desk = Desk::new().await;
    desk.write(from(ended("u1", -30, Outcome::Missed), Some("Anna"), "+4511223344"));
    desk.mark(Mark::Note("work/u1".into(), " about the \n offer ".to_owned())).await.unwrap();
    desk.mark(Mark::Remind("work/u1".into(), Some(minutes(60)))).await.unwrap();
    let desk = desk.again().await;
    let known = &desk.loaded.remembered;
    let number = PhoneNumber::international("+4511223344").unwrap();
    assert_eq!(known.notes.get(&number).unwrap(), "about the \n offer");
    assert_eq!((known.reminders[0].at, known.reminders[0].title.as_str()), (minutes(60), "Anna"));
    desk.store.write(NOON, Write::Reminded("work/u1".into()));
    desk.mark(Mark::Note("work/u1".into(), String::new())).await.unwrap();
    let desk = desk.again().await;
    assert!(desk.loaded.remembered.notes.is_empty() && desk.loaded.remembered.reminders.is_empty());
}

#[tokio::test]
async fn gaps_and_the_last_sign_of_life_outlast_the_program() {
    let desk = Desk::new().await;
    let gap = Gap {
        from: minutes(-9),
        to: minutes(-3),
        filled: false,
        note: Some("queues".to_owned()),
        fetched: Some(2),
    };
    desk.store.write(NOON, Write::Gap("work".into(), gap.clone()));
    desk.store.write(NOON, Write::Gap("work".into(), Gap { filled: true, note: None, ..gap.clone() }));
    desk.store.write(NOON, Write::Alive("work".into(), minutes(-1)));
    let desk = desk.again().await;
    assert_eq!(desk.loaded.gaps, [("work".into(), Gap { filled: true, note: None, ..gap })]);
    assert_eq!(desk.loaded.alive.get(&"work".into()), Some(&minutes(-1)));
}

#[tokio::test]
async fn a_file_of_a_newer_version_or_of_nobody_is_left_as_it_is_and_calls_are_kept_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    schema::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    stays_as_it_is(folder, "newer Ringside").await;

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("history.db"), "no database, but somebody's text ".repeat(99)).unwrap();
    stays_as_it_is(folder, "damaged").await;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE call (x)").unwrap();
    stays_as_it_is(folder, "damaged").await;
}

async fn stays_as_it_is(folder: tempfile::TempDir, says: &str) {
    let path = folder.path().join("history.db");
    let before = fs::read(&path).unwrap();
    let mut desk = Desk::opened(folder).await;
    assert!(desk.problem().await.contains(says));
    desk.write(ended("u1", -1, Outcome::Answered));
    assert_eq!(desk.all().await.len(), 1);
    desk.store.close().await;
    assert!(fs::read(&path).unwrap() == before, "{says}");
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_file_that_is_damaged_later_is_noticed_and_calls_are_kept_in_memory() {
    let desk = Desk::new().await;
    for n in 0..400 {
        desk.write(from(ended(&format!("u{n}"), -n, Outcome::Answered), Some("Anna"), "+4511223344"));
    }
    desk.store.close().await;
    let mut bytes = fs::read(desk.file()).unwrap();
    let length = bytes.len();
    bytes[4_096 * 2..length].fill(0xa5);
    fs::write(desk.file(), &bytes).unwrap();
    let mut desk = Desk::opened(desk.folder).await;
    desk.write(ended("new", 0, Outcome::Answered));
    assert!(desk.problem().await.contains("damaged"));
    assert_eq!(desk.found("").await, ["new"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_said_and_calls_are_kept_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (out, told) = mpsc::channel(16);
    let (store, loaded) = Store::open(Some(file.join("ringside")), out);
    let mut desk = Desk { folder, store, loaded: loaded.await.unwrap(), told };
    assert!(desk.problem().await.contains("cannot be written"));
    desk.write(ended("u1", -1, Outcome::Answered));
    assert_eq!(desk.all().await.len(), 1);
}

#[tokio::test]
async fn a_full_disk_is_said_nothing_is_lost_and_it_is_written_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let (out, told) = mpsc::channel(16);
    let (tell, loaded) = oneshot::channel();
    let writer = super::Writer::begin(Some(path), out, tell).unwrap();
    writer.allow_pages(30);
    let (jobs, inbox) = std::sync::mpsc::sync_channel(4_096);
    let thread = std::thread::spawn(move || writer.run(&inbox));
    let store = Store { jobs, writer: Some(thread.thread().clone()), given: Arc::default() };
    let mut desk = Desk { folder, store, loaded: loaded.await.unwrap(), told };
    let note = "x".repeat(400);
    for n in 0..200 {
        desk.write(from(ended(&format!("u{n}"), -n, Outcome::Answered), Some(&note), "+4511223344"));
    }
    assert!(desk.problem().await.contains("full"));
    assert!(desk.mark(Mark::Note("work/u1".into(), "hello".to_owned())).await.is_err());
    assert!(desk.store.send(Job::Allow(100_000)).is_ok());
    desk.write(ended("last", 0, Outcome::Answered));
    assert_eq!(desk.page(Query { count: true, ..Query::default() }).await.total, Some(201));
    loop {
        if let Incoming::Part("history", None) = desk.told.recv().await.unwrap() {
            break;
        }
    }
    desk.store.close().await;
    thread.join().unwrap();
}

#[test]
fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ringside/history.db");
    let db = schema::open(&path).unwrap();
    db.execute_batch("INSERT INTO account VALUES ('work', 1, 2)").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}
