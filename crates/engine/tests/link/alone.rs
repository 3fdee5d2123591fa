//! What goes wrong with one account, or with whoever looks on, is not noticed by the other accounts.

use std::{
    future::Future,
    path::Path,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use engine::{
    Account, Alert, Command, Face, FixedSecrets, Handle, Incoming, Names, Observed, Parts, SecretFault,
    Secrets, Settings, SystemClock,
    control::{Client, Control as _, Server as ControlServer},
};
use futures_util::SinkExt as _;
use model::{
    AccountId, CallFact, CallId, CallState, Connection, Direction, Event, PersonFact, ProblemCode, Time, View,
};
use secrecy::SecretString;
use serde_json::json;
use tokio::{
    io::AsyncWriteExt as _,
    net::UnixStream,
    sync::{Notify, mpsc},
    task::JoinHandle,
};
use tokio_tungstenite::tungstenite::Message;

use super::{LIVE, WAITING, rig::Server, vendor::account};

const PATIENCE: Duration = Duration::from_secs(60);

/// A face that tells which calls it was given.
#[derive(Clone, Default)]
struct Shown(Arc<Mutex<Vec<CallId>>>, Arc<Notify>);

impl Face for Shown {
    fn show(&mut self, alert: &Alert) {
        self.0.lock().unwrap().push(alert.call.clone());
        self.1.notify_one();
    }

    fn withdraw(&mut self, _: &CallId) {}
}

struct Office {
    handle: Handle,
    queue: mpsc::Sender<Incoming>,
    shown: Shown,
    running: JoinHandle<()>,
}

impl Office {
    fn start(accounts: Vec<Account>, observer: Option<mpsc::Sender<Vec<(Time, Observed)>>>) -> Self {
        let ids: Vec<AccountId> = accounts.iter().map(|account| account.id.clone()).collect();
        let secrets = FixedSecrets::new(ids.into_iter().map(|id| (id, "s3cret".into())));
        Self::with(accounts, Arc::new(secrets), observer)
    }

    fn with(
        accounts: Vec<Account>,
        secrets: Arc<dyn Secrets>,
        observer: Option<mpsc::Sender<Vec<(Time, Observed)>>>,
    ) -> Self {
        let mut settings = Settings::parse("version = 1\n");
        settings.accounts = accounts;
        let shown = Shown::default();
        let parts = Parts {
            clock: Arc::new(SystemClock),
            names: Names::default(),
            secrets,
            faces: vec![Box::new(shown.clone())],
            windows: None,
            desk: None,
            errands: None,
            observer,
            settings_file: None,
            state_folder: None,
            recorder: None,
        };
        let (queue, taken) = engine::queue();
        let (handle, running) = engine::start(settings, parts, (queue.clone(), taken));
        Self { handle, queue, shown, running }
    }

    async fn report(&self, id: &str, events: Vec<Event>) {
        let at = Time::from_millis(1_800_000_000_000);
        self.queue.send(Incoming::Report { account: id.into(), at, events }).await.unwrap();
    }

    /// A call rings me at this account, and is shown.
    async fn rings_at(&self, id: &str) {
        let fact = CallFact {
            state: Some(CallState::Ringing),
            direction: Some(Direction::Incoming),
            mine: Some(true),
            ..CallFact::of("c1")
        };
        self.report(id, vec![Event::from(fact)]).await;
        let shown = async {
            while self.shown.0.lock().unwrap().is_empty() {
                self.shown.1.notified().await;
            }
        };
        tokio::time::timeout(PATIENCE, shown).await.expect("the call is not shown");
    }

    /// Waits until the view is so.
    async fn until(&self, is_so: impl Fn(&View) -> bool) {
        let mut views = self.handle.views();
        let seen = tokio::time::timeout(PATIENCE, views.wait_for(|view| is_so(view))).await;
        drop(seen.expect("it never is so").unwrap());
    }

    async fn end(self) {
        self.handle.act(Command::Quit).await.unwrap();
        self.running.await.unwrap();
    }
}

fn connection<'a>(view: &'a View, id: &str) -> Option<&'a Connection> {
    view.accounts.iter().find(|account| account.id.as_str() == id)?.connection.as_ref()
}

fn named(id: &str, account: Account) -> Account {
    Account { id: id.into(), ..account }
}

fn person(name: &str) -> Event {
    Event::Person(PersonFact::of(name))
}

#[tokio::test]
async fn a_provider_that_panics_again_and_again_is_nobody_elses_matter() {
    let (bad, good) = (Server::listen().await, Server::listen().await);
    let office = Office::start(
        vec![
            named("bad", account(json!({ "url": bad.url() }))),
            named("broken", account(json!({ "mode": "of a kind that nobody knows" }))),
            account(json!({ "url": good.url() })),
        ],
        None,
    );
    let (mut peer, _) = good.socket().await;
    for _ in 0..2 {
        bad.socket().await.0.say("panic").await;
    }
    let is_told = |view: &View, id: &str| {
        connection(view, id).is_some_and(|connection| {
            let problem = connection.problem.as_ref();
            connection.state == WAITING && problem.is_some_and(|it| it.code == ProblemCode::Internal)
        })
    };
    office.until(|view| is_told(view, "bad") && is_told(view, "broken")).await;
    peer.say("person anna").await;
    office
        .until(|view| {
            let is_live = connection(view, "work").is_some_and(|connection| connection.state == LIVE);
            is_live && view.people.iter().any(|person| person.id.local() == "anna")
        })
        .await;
    office.end().await;
}

/// A keyring that is locked at first, and fails whoever waits for it to be unlocked.
#[derive(Default)]
struct Treacherous(AtomicBool);

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl Secrets for Treacherous {
    fn read(&self, _: &AccountId) -> Boxed<Result<SecretString, SecretFault>> {
        let was_asked = self.0.swap(true, Ordering::SeqCst);
        Box::pin(async move { if was_asked { Ok("s3cret".into()) } else { Err(SecretFault::Locked) } })
    }

    fn unlocked(&self) -> Boxed<()> {
        panic!("as told")
    }

    fn write(&self, _: &AccountId, _: SecretString) -> Boxed<Result<(), SecretFault>> {
        unreachable!()
    }

    fn delete(&self, _: &AccountId) -> Boxed<Result<(), SecretFault>> {
        unreachable!()
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_whose_link_has_died_is_not_deaf_for_long() {
    let office =
        Office::with(vec![account(json!({ "mode": "live" }))], Arc::new(Treacherous::default()), None);
    office.until(|view| connection(view, "work").is_some_and(|it| it.state == WAITING)).await;
    let died_at = tokio::time::Instant::now();
    office.until(|view| connection(view, "work").is_some_and(|it| it.state == LIVE)).await;
    assert!(died_at.elapsed() <= Duration::from_secs(40));
    office.end().await;
}

#[tokio::test]
async fn an_account_that_is_flooded_does_not_hold_up_the_others() {
    let (flooded, calm) = (Server::listen().await, Server::listen().await);
    let office = Office::start(
        vec![
            named("flooded", account(json!({ "url": flooded.url() }))),
            account(json!({ "url": calm.url() })),
        ],
        None,
    );
    let (mut peer, _) = calm.socket().await;
    let (mut flood, _) = flooded.socket().await;
    let flooding = tokio::spawn(async move {
        for number in 0_u64.. {
            if flood.0.feed(Message::text(format!("person {}", number % 50))).await.is_err() {
                break;
            }
        }
    });
    for name in ["anna", "bo", "cia"] {
        peer.say(format!("person {name}")).await;
        office.until(|view| view.people.iter().any(|person| person.id.local() == name)).await;
    }
    flooding.abort();
    office.end().await;
}

#[tokio::test]
async fn an_observer_that_never_reads_keeps_no_call_from_being_shown() {
    let (observer, unread) = mpsc::channel(1);
    let office = Office::start(vec![account(json!({ "mode": "live" }))], Some(observer));
    for batch in 0..400 {
        let events = (0..64).map(|number| person(&format!("{batch}-{number}"))).collect();
        office.report("work", events).await;
    }
    office.rings_at("work").await;
    drop(unread);
    office.running.await.unwrap();
}

async fn follower(socket: &Path) -> UnixStream {
    let mut stream = UnixStream::connect(socket).await.unwrap();
    stream.write_all(b"{\"ask\":\"follow\"}\n").await.unwrap();
    stream
}

#[tokio::test]
async fn followers_that_never_read_keep_no_call_from_being_shown() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("control.sock");
    let office = Office::start(vec![account(json!({ "mode": "live" }))], None);
    let server = ControlServer::bind(&socket).unwrap().serve(Arc::new(office.handle.clone()));
    let mut followers = Vec::new();
    for _ in 0..3 {
        followers.push(follower(&socket).await);
    }
    for batch in 0..100 {
        let events = (0..64).map(|number| person(&format!("{batch}-{number}"))).collect();
        office.report("work", events).await;
    }
    office.rings_at("work").await;
    let client = Client::connect(socket).await.unwrap();
    let view = tokio::time::timeout(PATIENCE, client.view()).await.expect("no answer").unwrap();
    assert_eq!((view.people.len(), view.calls.len()), (6400, 1));
    drop((followers, server));
    office.end().await;
}

#[tokio::test(start_paused = true)]
async fn clients_that_say_nothing_give_their_places_to_others_and_those_who_have_asked_keep_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("control.sock");
    let office = Office::start(vec![account(json!({ "mode": "live" }))], None);
    let server = ControlServer::bind(&socket).unwrap().serve(Arc::new(office.handle.clone()));
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(UnixStream::connect(&socket).await.unwrap());
    }
    let client = Client::connect(socket).await.unwrap();
    client.view().await.unwrap();
    let mut following = Vec::new();
    for _ in 0..64 {
        let mut updates = client.follow();
        updates.recv().await.unwrap();
        following.push(updates);
    }
    let refused = client.view().await.unwrap_err();
    assert!(refused.text.contains("not running"), "it is told of another version: {}", refused.text);
    drop(following);
    let let_in = async { while client.view().await.is_err() {} };
    tokio::time::timeout(Duration::from_secs(60), let_in).await.unwrap();
    drop((silent, server));
    office.end().await;
}
