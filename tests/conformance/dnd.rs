//! Do-not-disturb through the running program at all vendors at once: set, read back, refused, changed elsewhere,
//! ended, and remembered over a restart.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use engine::{
    Clock, Command, DndLength, FixedSecrets, Handle, HostEvent, Incoming, Parts, Settings, SystemClock,
    control::Control as _,
};
use model::{DndBy, DndState, ProblemCode, Time, View};
use protocols::Instant;
use simulator::{Options, Simulator, semaswift, stringee};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

/// No wait is longer, and none should come near it.
const DEADLINE: Duration = Duration::from_secs(60);
/// Those whose do-not-disturb can be switched from here.
const ABLE: [&str; 4] = ["firehose", "firmafon", "semaswift", "stringee"];

/// The system's clocks, put forward by hand: as if the computer had slept.
#[derive(Default)]
struct Sleeper(AtomicU64);

impl Sleeper {
    fn slept(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

impl Clock for Sleeper {
    fn now(&self) -> Instant {
        SystemClock.now() + self.slept()
    }

    fn wall(&self) -> Time {
        SystemClock.wall().plus(self.slept())
    }
}

struct Agent {
    handle: Handle,
    queue: mpsc::Sender<Incoming>,
    running: JoinHandle<()>,
}

impl Agent {
    fn start(office: &Simulator, clock: &Arc<Sleeper>, folder: &Path) -> Self {
        let secrets: Vec<_> =
            office.secrets().map(|(account, secret)| (account.into(), secret.into())).collect();
        let parts = Parts {
            clock: Arc::<Sleeper>::clone(clock),
            secrets: Arc::new(FixedSecrets::new(secrets)),
            state_folder: Some(folder.to_owned()),
            ..Parts::default()
        };
        let queue = engine::queue();
        let sender = queue.0.clone();
        let (handle, running) = engine::start(Settings::parse(&office.settings()), parts, queue);
        Self { handle, queue: sender, running }
    }

    async fn until(&self, what: &str, enough: impl Fn(&View) -> bool) {
        let mut views = self.handle.views();
        let found =
            timeout(DEADLINE, views.wait_for(|view| enough(view))).await.map(|view| drop(view.unwrap()));
        assert!(found.is_ok(), "not in time: {what}; {:#?}", self.handle.views().borrow().dnd);
    }

    async fn act(&self, command: Command) -> engine::Reply {
        timeout(DEADLINE, self.handle.act(command)).await.unwrap()
    }

    async fn sleep(&self, clock: &Sleeper, seconds: u64) {
        clock.0.fetch_add(seconds, Ordering::SeqCst);
        self.queue.send(Incoming::Host(HostEvent::Woken)).await.unwrap();
    }

    async fn quit(self) {
        self.act(Command::Quit).await.unwrap();
        timeout(DEADLINE, self.running).await.unwrap().unwrap();
    }
}

fn state<'a>(view: &'a View, account: &str) -> &'a DndState {
    view.dnd.states.iter().find(|state| state.account.as_str() == account).unwrap()
}

fn is_everywhere(view: &View, on: bool) -> bool {
    ABLE.iter().all(|account| state(view, account).is == Some(on))
}

fn is_ready(view: &View) -> bool {
    view.dnd.states.len() == ABLE.len() + 1
        && ABLE.iter().all(|account| state(view, account).able && state(view, account).is.is_some())
}

async fn office() -> Simulator {
    Simulator::start(Options { people: 4, ..Options::default() }).await.unwrap()
}

fn for_minutes(minutes: u32) -> Command {
    Command::DndOn { length: DndLength::For { minutes } }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_vendor_takes_it_shows_it_and_is_switched_off_after_sleep() {
    let (office, clock, folder) =
        (office().await, Arc::new(Sleeper::default()), tempfile::tempdir().unwrap());
    let agent = Agent::start(&office, &clock, folder.path());
    agent.until("everybody shows it", is_ready).await;
    assert_eq!(agent.act(for_minutes(30)).await, Ok(()));
    let view = agent.handle.view().await.unwrap();
    assert!(is_everywhere(&view, true), "{:#?}", view.dnd);
    assert!(ABLE.iter().all(|account| state(&view, account).by == Some(DndBy::Ringside)));
    let nguc = state(&view, "nguc");
    assert!((nguc.able, nguc.wanted) == (false, true), "quiet here: {nguc:?}");
    assert_eq!(view.dnd.accounts.len(), 5);
    let (semaswift, stringee, firehose) = (office.semaswift(), office.stringee(), office.firehose());
    assert_eq!(semaswift.status(semaswift.me()), Some("do_not_disturb"));
    assert_eq!(stringee.attribute(&stringee.me(), "manual_status").unwrap(), "NOT AVAILABLE");
    assert_eq!(firehose.do_not_disturb(&firehose.me()), Some(true));
    agent.sleep(&clock, 31 * 60).await;
    agent.until("it ends everywhere", |view| !view.dnd.on && is_everywhere(view, false)).await;
    assert_eq!(semaswift.status(semaswift.me()), Some("available"));
    assert_eq!(stringee.attribute(&stringee.me(), "manual_status").unwrap(), "AVAILABLE");
    assert_eq!(firehose.do_not_disturb(&firehose.me()), Some(false));
    agent.quit().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_vendor_refuses_is_told_and_made_up_for_when_it_takes_it() {
    let (office, clock, folder) =
        (office().await, Arc::new(Sleeper::default()), tempfile::tempdir().unwrap());
    let agent = Agent::start(&office, &clock, folder.path());
    agent.until("everybody shows it", is_ready).await;
    let refusal = || ("[]".to_owned(), Some(Duration::from_secs(0)));
    let (body, retry_after) = refusal();
    office
        .semaswift()
        .answer_http(semaswift::Surface::Rest, semaswift::HttpAnswer { status: 503, body, retry_after });
    let (body, retry_after) = refusal();
    office
        .stringee()
        .answer_http(stringee::Surface::Relay, stringee::HttpAnswer { status: 503, body, retry_after });
    let problem = agent.act(for_minutes(30)).await.unwrap_err();
    assert!(
        problem.text.starts_with("Quiet here, but not everywhere, which is tried again: "),
        "{problem:?}"
    );
    let view = agent.handle.view().await.unwrap();
    assert!(view.dnd.on && view.dnd.accounts.len() == 5, "quiet here all the same: {:#?}", view.dnd);
    let bad = state(&view, "semaswift");
    assert!((bad.is, bad.trouble.is_some()) == (Some(false), true), "{bad:?}");
    assert_ne!(bad.trouble.as_ref().unwrap().code, ProblemCode::Internal);
    assert_eq!(state(&view, "firmafon").is, Some(true));
    office.semaswift().answer_truly(semaswift::Surface::Rest);
    office.stringee().answer_truly(stringee::Surface::Relay);
    agent.until("it is made up for", |view| is_everywhere(view, true)).await;
    assert_eq!(agent.act(Command::DndOff).await, Ok(()));
    assert!(is_everywhere(&agent.handle.view().await.unwrap(), false));
    agent.quit().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_does_at_a_vendor_is_shown_within_seconds_and_left_alone() {
    let (office, clock, folder) =
        (office().await, Arc::new(Sleeper::default()), tempfile::tempdir().unwrap());
    let agent = Agent::start(&office, &clock, folder.path());
    agent.until("everybody shows it", is_ready).await;
    assert_eq!(agent.act(for_minutes(30)).await, Ok(()));
    let (firmafon, semaswift, stringee) = (office.firmafon(), office.semaswift(), office.stringee());
    assert!(firmafon.set_dnd(firmafon.me(), simulator::firmafon::Dnd::Off));
    assert!(semaswift.set_status(semaswift.me(), "available"));
    stringee.set_attribute(&stringee.me(), "manual_status", Some("AVAILABLE".into()));
    let told = ["firmafon", "semaswift", "stringee"];
    agent
        .until("off elsewhere", |view| {
            told.iter().all(|account| {
                let state = state(view, account);
                (state.is, state.by, state.wanted) == (Some(false), Some(DndBy::Elsewhere), false)
            })
        })
        .await;
    let view = agent.handle.view().await.unwrap();
    assert_eq!(view.dnd.accounts, ["firehose".into(), "nguc".into()], "the others ring again");
    assert_eq!(semaswift.status(semaswift.me()), Some("available"), "it was not switched on again");
    agent.quit().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_does_while_the_computer_sleeps_is_seen_when_it_wakes() {
    let (office, clock, folder) =
        (office().await, Arc::new(Sleeper::default()), tempfile::tempdir().unwrap());
    let agent = Agent::start(&office, &clock, folder.path());
    agent.until("everybody shows it", is_ready).await;
    let firehose = office.firehose();
    for on in [true, false] {
        assert!(firehose.set_do_not_disturb(&firehose.me(), on));
        agent.sleep(&clock, 60 * 60).await;
        agent
            .until("what was done meanwhile is seen", |view| {
                let state = state(view, "firehose");
                (state.is, state.by) == (Some(on), on.then_some(DndBy::Elsewhere))
            })
            .await;
    }
    agent.quit().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_was_not_running_at_the_end_switches_off_what_it_had_switched_on_and_only_that() {
    let (office, clock, folder) =
        (office().await, Arc::new(Sleeper::default()), tempfile::tempdir().unwrap());
    let stringee = office.stringee();
    stringee.set_attribute(&stringee.me(), "manual_status", Some("NOT AVAILABLE".into()));
    let agent = Agent::start(&office, &clock, folder.path());
    agent
        .until("it is on at Stringee", |view| {
            is_ready(view) && state(view, "stringee").by == Some(DndBy::Elsewhere)
        })
        .await;
    assert_eq!(agent.act(for_minutes(30)).await, Ok(()));
    agent.quit().await;
    let semaswift = office.semaswift();
    assert_eq!(semaswift.status(semaswift.me()), Some("do_not_disturb"));
    clock.0.fetch_add(10 * 60, Ordering::SeqCst);
    let again = Agent::start(&office, &clock, folder.path());
    again.until("it goes on", |view| view.dnd.on && view.dnd.until.is_some() && is_ready(view)).await;
    again.quit().await;
    clock.0.fetch_add(21 * 60, Ordering::SeqCst);
    let late = Agent::start(&office, &clock, folder.path());
    late.until("it is over", |view| {
        is_ready(view)
            && ["firehose", "firmafon", "semaswift"]
                .iter()
                .all(|account| state(view, account).is == Some(false))
    })
    .await;
    assert_eq!(semaswift.status(semaswift.me()), Some("available"));
    assert_eq!(stringee.attribute(&stringee.me(), "manual_status").unwrap(), "NOT AVAILABLE");
    late.quit().await;
    office.stop().await;
}
