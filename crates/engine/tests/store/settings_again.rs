//! Settings that cannot be made sense of, while the program runs and when it starts: what was said before holds.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use engine::{
    Clock, Command, Handle, Incoming, Parts, SettingChange, Settings, SystemClock, control::Control as _,
    history::Query, queue, start,
};
use model::{CallFact, CallState, Direction, Event, Outcome, Time, View};
use tokio::{sync::mpsc, task::JoinHandle};

const GOOD: &str =
    "popup_window = true\n[history]\nkeep_days = 3650\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\n";
const A_YEAR: i64 = 365 * 24 * 60 * 60 * 1_000;

struct Run {
    handle: Handle,
    queue: mpsc::Sender<Incoming>,
    running: JoinHandle<()>,
}

/// The system's clock, put forward by hand.
#[derive(Default)]
struct Forward(AtomicU64);

impl Clock for Forward {
    fn now(&self) -> protocols::Instant {
        SystemClock.now() + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn wall(&self) -> Time {
        SystemClock.wall().plus(Duration::from_secs(self.0.load(Ordering::SeqCst)))
    }
}

impl Run {
    fn start(folder: &Path) -> Self {
        Self::by(folder, Arc::new(SystemClock))
    }

    fn by(folder: &Path, clock: Arc<dyn Clock>) -> Self {
        let file = folder.join("settings.toml");
        let settings = Settings::parse(&fs::read_to_string(&file).unwrap());
        let parts = Parts {
            state_folder: Some(folder.to_owned()),
            settings_file: Some(file),
            clock,
            ..Parts::default()
        };
        let (sender, receiver) = queue();
        let (handle, running) = start(settings, parts, (sender.clone(), receiver));
        Self { handle, queue: sender, running }
    }

    /// A call of two years ago.
    async fn hears_of_an_old_call(&self) {
        let now = SystemClock.wall();
        let at = Time::from_millis(now.as_millis() - 2 * A_YEAR);
        let fact = CallFact {
            state: Some(CallState::Ended),
            direction: Some(Direction::Incoming),
            started_at: Some(at),
            ended_at: Some(at),
            outcome: Some(Outcome::Answered),
            ..CallFact::of("u1")
        };
        let report = Incoming::Report { account: "work".into(), at: now, events: vec![Event::from(fact)] };
        self.queue.send(report).await.unwrap();
        // What is asked of the loop is answered after what it was told.
        self.handle.view().await.unwrap();
    }

    /// What is to be seen after the file has been read again.
    async fn reads_again(&self) -> Arc<View> {
        self.queue.send(Incoming::SettingsChanged).await.unwrap();
        self.handle.view().await.unwrap()
    }

    /// How many calls are kept when what is to be forgotten is.
    async fn kept(&self) -> usize {
        // Forgetting begins after the first question is answered.
        self.handle.calls(Query::default()).await.unwrap();
        self.handle.calls(Query::default()).await.unwrap().calls.len()
    }

    async fn end(self) {
        self.handle.act(Command::Quit).await.unwrap();
        self.running.await.unwrap();
    }
}

fn says(view: &View, what: &str) -> bool {
    view.problems.iter().any(|problem| problem.text.contains(what))
}

#[tokio::test]
async fn a_slip_in_the_settings_changes_nothing_and_forgets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    fs::write(&file, GOOD).unwrap();
    let run = Run::start(folder.path());
    run.hears_of_an_old_call().await;
    assert_eq!(run.kept().await, 1);

    let slips = [
        (Some(GOOD.replace("true", "tru").into_bytes()), "not TOML"),
        (Some(GOOD.replace("3650", "-1").into_bytes()), "keep_days"),
        (Some(b"# V\xe4xel\n".to_vec()), "cannot be read"),
        (None, "cannot be read"),
    ];
    for (contents, said) in slips {
        match contents {
            Some(contents) => fs::write(&file, contents).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        let view = run.reads_again().await;
        assert!(says(&view, said), "{said}: {:?}", view.problems);
        assert_eq!((view.accounts.len(), run.kept().await), (1, 1), "{said}");
    }

    fs::write(&file, GOOD.replace("3650", "30")).unwrap();
    let view = run.reads_again().await;
    assert_eq!(view.problems, []);
    assert_eq!((view.accounts.len(), run.kept().await), (1, 0));
    run.end().await;
}

#[tokio::test]
async fn settings_that_are_broken_at_the_start_forget_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    fs::write(&file, GOOD).unwrap();
    let run = Run::start(folder.path());
    run.hears_of_an_old_call().await;
    assert_eq!(run.kept().await, 1);
    run.end().await;

    fs::write(&file, GOOD.replace("true", "tru")).unwrap();
    let run = Run::start(folder.path());
    assert_eq!(run.kept().await, 1);
    fs::write(&file, GOOD).unwrap();
    assert_eq!(run.reads_again().await.problems, []);
    assert_eq!(run.kept().await, 1);
    run.end().await;
}

#[tokio::test]
async fn a_proxy_or_certificates_that_cannot_be_used_are_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    fs::write(&file, GOOD).unwrap();
    let run = Run::start(folder.path());
    for (key, value) in [("proxy", "http://"), ("proxy", "not a url"), ("ca_file", "/nonexistent.pem")] {
        let change =
            SettingChange { group: String::new(), key: key.to_owned(), value: Some(value.to_owned()) };
        let refused = run.handle.act(Command::Set(change)).await.unwrap_err();
        assert!(refused.text.contains(key), "{}", refused.text);
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), GOOD);
    run.end().await;
}

#[tokio::test]
async fn a_shared_screen_is_shared_after_a_restart_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.toml"), GOOD).unwrap();
    for (minutes, is_shared) in [(Some(60), true), (None, false)] {
        let run = Run::start(folder.path());
        run.handle.act(Command::Share { minutes }).await.unwrap();
        run.end().await;
        let run = Run::start(folder.path());
        assert_eq!(run.handle.view().await.unwrap().discretion.sharing, is_shared);
        run.end().await;
    }
}

#[tokio::test]
async fn calls_that_become_too_old_while_the_program_runs_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.toml"), GOOD.replace("3650", "731")).unwrap();
    let clock = Arc::new(Forward::default());
    let run = Run::by(folder.path(), clock.clone());
    run.hears_of_an_old_call().await;
    assert_eq!(run.kept().await, 1);
    clock.0.store(2 * 24 * 60 * 60, Ordering::SeqCst);
    let forgotten = async { while run.kept().await > 0 {} };
    tokio::time::timeout(Duration::from_secs(60), forgotten)
        .await
        .expect("the program looks every few seconds");
    run.end().await;
}
