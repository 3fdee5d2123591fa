//! The engine with a state folder, ended and started again.

use std::{path::Path, time::Duration};

use engine::{
    Command, Handle, Incoming, Parts, Settings, SystemClock,
    control::Control as _,
    history::{Erase, Query},
    queue, start,
};
use model::{CallFact, CallState, Direction, Event, Outcome, Peer, PhoneNumber, Time};
use tokio::{sync::mpsc, task::JoinHandle};

/// An engine whose accounts have no secret, and so tell nothing but what the test makes it tell.
struct Run {
    handle: Handle,
    queue: mpsc::Sender<Incoming>,
    running: JoinHandle<()>,
}

impl Run {
    fn start(folder: &Path) -> Self {
        let account = |id| format!("[[account]]\nid = \"{id}\"\nprovider = \"firmafon\"\n");
        let settings = ["work", "home"].map(account).concat();
        let parts = Parts { state_folder: Some(folder.to_owned()), ..Parts::default() };
        let (sender, receiver) = queue();
        let (handle, running) = start(Settings::parse(&settings), parts, (sender.clone(), receiver));
        Self { handle, queue: sender, running }
    }

    async fn end(self) {
        self.handle.act(Command::Quit).await.unwrap();
        self.running.await.unwrap();
    }

    /// The provider's history tells of a call that I missed.
    async fn missed(&self, id: &str, at: Time) {
        self.tells_of_missed("work", id, at).await;
    }

    async fn tells_of_missed(&self, account: &str, id: &str, at: Time) {
        let fact = CallFact {
            key: Some(format!("pbx:{id}")),
            state: Some(CallState::Ended),
            direction: Some(Direction::Incoming),
            mine: Some(true),
            peer: Some(Peer { number: PhoneNumber::international("+4511223344"), ..Peer::default() }),
            started_at: Some(at),
            ended_at: Some(at),
            outcome: Some(Outcome::Missed),
            ..CallFact::of(id)
        };
        let report = Incoming::Report { account: account.into(), at: now(), events: vec![Event::from(fact)] };
        self.queue.send(report).await.unwrap();
    }

    /// How many missed calls are counted when the history has told of `kept` calls.
    async fn count(&self, kept: usize) -> u32 {
        let counted = tokio::time::timeout(Duration::from_secs(20), self.settled(kept)).await;
        counted.expect("the view and the history say the same")
    }

    async fn settled(&self, kept: usize) -> u32 {
        while self.handle.calls(Query::default()).await.unwrap().calls.len() < kept {}
        // Whatever the history told of them is in the queue before this.
        let mut view = self.handle.view().await.unwrap();
        let unseen = self.handle.calls(Query::default()).await.unwrap().unseen;
        while view.missed != unseen {
            view = self.handle.view().await.unwrap();
        }
        view.missed
    }
}

fn now() -> Time {
    engine::Clock::wall(&SystemClock)
}

#[tokio::test]
async fn missed_call_leaves_no_trace_but_here_it_is_counted_after_a_restart_and_cleared_once_for_all() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::start(folder.path());
    run.missed("u1", now()).await;
    assert_eq!(run.count(1).await, 1);
    run.end().await;

    // The computer was off when this one came.
    let off = now();
    let run = Run::start(folder.path());
    run.missed("u1", off).await;
    run.missed("u2", off).await;
    assert_eq!(run.count(2).await, 2);
    run.handle.act(Command::MissedSeen).await.unwrap();
    assert_eq!(run.count(2).await, 0);
    run.end().await;

    let run = Run::start(folder.path());
    run.missed("u1", off).await;
    run.missed("u2", off).await;
    run.missed("u3", off).await;
    assert_eq!(run.count(3).await, 1);
    run.handle.act(Command::Erase { calls: Erase::All }).await.unwrap();
    assert_eq!(run.count(0).await, 0);
    run.end().await;
}

#[tokio::test]
async fn history_wrong_or_duplicated_a_call_that_two_accounts_tell_of_is_one_also_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::start(folder.path());
    let at = now();
    run.tells_of_missed("work", "u1", at).await;
    assert_eq!(run.count(1).await, 1);
    run.end().await;

    let run = Run::start(folder.path());
    run.tells_of_missed("home", "u1", at).await;
    run.tells_of_missed("home", "u2", now()).await;
    assert_eq!(run.count(2).await, 2);
    let calls = run.handle.calls(Query::default()).await.unwrap().calls;
    let mut ids: Vec<&str> = calls.iter().map(|past| past.call.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["home/u2", "work/u1"]);
    run.end().await;
}

#[tokio::test]
async fn history_in_a_home_that_cannot_be_written_is_kept_in_memory_and_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let run = Run::start(&file.join("state"));
    run.missed("u1", now()).await;
    assert_eq!(run.count(1).await, 1);
    let view = run.handle.view().await.unwrap();
    let said = view.problems.iter().find(|problem| problem.text.contains("call history")).unwrap();
    assert!(said.text.contains("cannot be written") && said.text.contains("memory"), "{}", said.text);
    run.end().await;
    assert_eq!(std::fs::read(&file).unwrap(), b"");
}

#[tokio::test]
async fn what_do_not_disturb_remembers_and_nobody_can_read_is_left_alone_and_said() {
    let state = tempfile::tempdir().unwrap();
    let unreadable = state.path().join("dnd.json");
    std::fs::create_dir(&unreadable).unwrap();
    let run = Run::start(state.path());
    let view = run.handle.view().await.unwrap();
    assert!(view.problems.iter().any(|problem| problem.text.contains("dnd.json")), "{:?}", view.problems);
    run.end().await;
    assert!(unreadable.is_dir());
}
