//! What is kept beside the calls, and who looks into the file beside the one that writes it.

use std::{sync::mpsc, time::Duration};

use model::{CallId, Outcome};
use rusqlite::Connection;

use super::{Desk, NOON, ended};
use crate::{
    history::{Erase, Query},
    store::{Job, Mark, Write, schema},
};

fn keys(desk: &Desk) -> Vec<(&str, &str)> {
    desk.loaded.keys.iter().map(|(key, call)| (key.as_str(), call.as_str())).collect()
}

#[tokio::test]
async fn what_makes_a_call_the_same_in_another_account_outlasts_the_program_and_its_erasure() {
    let desk = Desk::new().await;
    for id in ["u1", "u2", "u3"] {
        desk.write(ended(id, -30, Outcome::Answered));
        desk.store.write(NOON, Write::Key(CallId::from(format!("work/{id}").as_str()), format!("pbx:{id}")));
    }
    let desk = desk.again().await;
    let mut known = keys(&desk);
    known.sort_unstable();
    assert_eq!(known, [("pbx:u1", "work/u1"), ("pbx:u2", "work/u2"), ("pbx:u3", "work/u3")]);
    // Another account that tells of an erased call must not bring it back.
    desk.mark(Mark::Erase(Erase::Call { call: "work/u2".into() })).await.unwrap();
    let desk = desk.again().await;
    assert!(keys(&desk).contains(&("pbx:u2", "work/u2")));
}

#[tokio::test]
async fn keys_of_calls_that_are_too_old_are_forgotten_with_them() {
    let desk = Desk::new().await;
    desk.write(ended("u1", -30, Outcome::Answered));
    desk.store.write(NOON, Write::Key("work/u1".into(), "pbx:u1".to_owned()));
    desk.store.keep(NOON, super::Keeping { days: 0 });
    let desk = desk.again().await;
    assert_eq!(keys(&desk), []);
    let db = Connection::open(desk.file()).unwrap();
    let left: u32 = db.query_row("SELECT count(*) FROM call_key", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_file_of_the_first_version_is_used_with_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let db = Connection::open(folder.path().join("history.db")).unwrap();
    db.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA application_id = {}; PRAGMA user_version = 1; {}
         INSERT INTO call (seq, id, account, direction, state, mine, hidden, outcome, missed)
         VALUES (1795000000000000, 'work/old', 'work', 'incoming', 'ended', 1, 0, 'missed', 1);",
        schema::APPLICATION,
        schema::MIGRATIONS[0],
    ))
    .unwrap();
    drop(db);
    let desk = Desk::opened(folder).await;
    desk.store.write(NOON, Write::Key("work/old".into(), "pbx:old".to_owned()));
    let desk = desk.again().await;
    assert_eq!(keys(&desk), [("pbx:old", "work/old")]);
    assert_eq!(desk.all().await[0].call.id.as_str(), "work/old");
}

#[tokio::test]
async fn a_long_search_holds_up_no_write() {
    let desk = Desk::new().await;
    desk.write(ended("u1", -30, Outcome::Answered));
    let (release, held) = mpsc::channel();
    desk.store.jobs.try_send(Job::Hold(held)).unwrap();
    let note = Mark::Note("work/u1".into(), "written meanwhile".to_owned());
    let noted = tokio::time::timeout(Duration::from_secs(20), desk.mark(note)).await;
    noted.expect("nobody waits for a search").unwrap();
    release.send(()).unwrap();
    let page = desk.page(Query::default()).await;
    assert_eq!(page.calls[0].note.as_deref(), Some("written meanwhile"));
}

#[tokio::test]
async fn a_search_is_answered_from_what_was_written_just_before() {
    let desk = Desk::new().await;
    for number in 0..50_u16 {
        desk.write(ended(&format!("u{number}"), -i64::from(number), Outcome::Answered));
        let page = desk.page(Query { count: true, ..Query::default() }).await;
        assert_eq!(page.total, Some(u32::from(number) + 1));
    }
}

#[tokio::test]
async fn erasing_what_began_before_tomorrow_does_not_erase_what_is_to_come() {
    let desk = Desk::new().await;
    desk.write(ended("u1", -30, Outcome::Answered));
    desk.mark(Mark::Erase(Erase::Before { before: super::minutes(24 * 60) })).await.unwrap();
    assert_eq!(desk.all().await.len(), 0);
    desk.store.write(super::minutes(10), Write::Call(ended("u2", 5, Outcome::Answered).into()));
    let desk = desk.again().await;
    assert_eq!(desk.all().await.len(), 1);
}

#[tokio::test]
async fn what_is_no_number_erases_nothing_and_says_so() {
    let desk = Desk::new().await;
    desk.write(ended("u1", -30, Outcome::Answered));
    for number in ["banana", "", "4", "+"] {
        let erased = desk.mark(Mark::Erase(Erase::Number { number: number.to_owned() })).await;
        assert!(erased.unwrap_err().text.contains("nothing was erased"), "{number}");
    }
    assert_eq!(desk.all().await.len(), 1);
}

#[tokio::test]
async fn a_private_calls_number_is_in_no_file_any_more() {
    let desk = Desk::new().await;
    desk.write(super::from(ended("u1", -30, Outcome::Answered), Some("Anna"), "+4587654321"));
    desk.mark(Mark::Private("work/u1".into())).await.unwrap();
    for end in ["", "-wal"] {
        let file = desk.folder.path().join(format!("history.db{end}"));
        let bytes = std::fs::read(file).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("87654321"), "history.db{end}");
    }
}

#[tokio::test]
async fn what_a_slow_disk_gives_too_late_is_told_all_the_same() {
    let desk = Desk::new().await;
    desk.write(ended("u1", -30, Outcome::Missed));
    desk.store.close().await;
    let (tell, loaded) = tokio::sync::oneshot::channel();
    let (out, mut told) = tokio::sync::mpsc::channel(16);
    drop(loaded);
    let _writer = crate::store::writer::Writer::begin(Some(desk.file()), out, tell);
    let remembered = |incoming| {
        if let crate::Incoming::Remembered(known) = incoming { Some(known.unseen) } else { None }
    };
    let unseen = std::iter::from_fn(|| told.try_recv().ok()).find_map(remembered);
    assert_eq!(unseen, Some(vec![CallId::from("work/u1")]));
}
