//! A link with everything around it, and a server to talk to.

use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use engine::{Account, Clock, Incoming, Link, Network, Order, Reach, SecretFault, Secrets, SystemClock};
use futures_util::{SinkExt, StreamExt};
use model::{AccountId, Connection, ConnectionState, Event, Problem, Time};
use protocols::Instant;
use providers::ActionId;
use secrecy::SecretString;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, mpsc},
    task::JoinHandle,
};
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

/// No test waits longer than this for anything, unless it says so.
const PATIENCE: Duration = Duration::from_secs(20);

/// The answers that a keyring gives, one after the other, the last one for ever.
#[derive(Clone)]
pub struct Keyring {
    answers: Arc<Mutex<VecDeque<Result<&'static str, SecretFault>>>>,
    /// Told when somebody unlocks it.
    pub unlocked: Arc<Notify>,
}

impl Keyring {
    pub fn with(answers: impl IntoIterator<Item = Result<&'static str, SecretFault>>) -> Self {
        Self { answers: Arc::new(Mutex::new(answers.into_iter().collect())), unlocked: Arc::default() }
    }
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl Secrets for Keyring {
    fn read(&self, _: &AccountId) -> Boxed<Result<SecretString, SecretFault>> {
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        Box::pin(async move { answer.unwrap().map(SecretString::from) })
    }

    fn unlocked(&self) -> Boxed<()> {
        let unlocked = Arc::clone(&self.unlocked);
        Box::pin(async move { unlocked.notified().await })
    }

    /// As a folder of credentials does.
    fn write(&self, _: &AccountId, _: SecretString) -> Boxed<Result<(), SecretFault>> {
        Box::pin(async { Err(SecretFault::Unreachable("read-only".to_owned())) })
    }

    fn delete(&self, _: &AccountId) -> Boxed<Result<(), SecretFault>> {
        unreachable!()
    }
}

/// Tokio's clock, which stands still and jumps when a test says so, and can lose time.
pub struct TestClock {
    start: tokio::time::Instant,
    lost: AtomicU64,
}

impl TestClock {
    pub fn new() -> Arc<Self> {
        Arc::new(Self { start: tokio::time::Instant::now(), lost: AtomicU64::new(0) })
    }

    /// Time goes by that no timer sees, as in sleep.
    pub fn lose(&self, seconds: u64) {
        self.lost.fetch_add(seconds, Ordering::SeqCst);
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed() + Duration::from_secs(self.lost.load(Ordering::SeqCst))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::at(self.elapsed())
    }

    fn wall(&self) -> Time {
        Time::from_millis(1_800_000_000_000).plus(self.elapsed())
    }
}

pub struct Rig {
    pub orders: mpsc::Sender<Order>,
    incoming: mpsc::Receiver<Incoming>,
    ready: VecDeque<(Time, Event)>,
    pub done: VecDeque<(ActionId, Result<(), Problem>)>,
    /// How many reports came.
    pub reports: usize,
    /// How many signs of life came.
    pub heard: usize,
    /// Nothing takes longer than this.
    pub patience: Duration,
    pub task: JoinHandle<()>,
}

impl Rig {
    /// With the system's clock and a secret in the keyring.
    pub fn start(account: Account) -> Self {
        Self::with(account, Keyring::with([Ok("s3cret")]), Arc::new(SystemClock))
    }

    pub fn with(account: Account, keyring: Keyring, clock: Arc<dyn Clock>) -> Self {
        let (orders, inbox) = mpsc::channel(8);
        let (out, incoming) = mpsc::channel(4);
        let link = Link {
            account,
            reach: Arc::new(Reach::new(&Network::default()).unwrap()),
            clock,
            secrets: Arc::new(keyring),
            orders: inbox,
            out,
            seed: fastrand::u64(..),
            open_calls: Vec::new(),
            heard_until: None,
            recorder: None,
        };
        let (ready, done) = Default::default();
        let task = tokio::spawn(link.run());
        Self { orders, incoming, ready, done, reports: 0, heard: 0, patience: PATIENCE, task }
    }

    pub async fn order(&self, order: Order) {
        self.orders.send(order).await.unwrap();
    }

    /// The next event, signs of life left out; `None` when the link has ended.
    pub async fn event(&mut self) -> Option<(Time, Event)> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if !self.take().await {
                return None;
            }
        }
    }

    /// What became of the next action.
    pub async fn done(&mut self) -> (ActionId, Result<(), Problem>) {
        while self.done.is_empty() {
            assert!(self.take().await);
        }
        self.done.pop_front().unwrap()
    }

    async fn take(&mut self) -> bool {
        let incoming = tokio::time::timeout(self.patience, self.incoming.recv()).await;
        let incoming = incoming.expect("nothing comes");
        match incoming {
            None => return false,
            Some(Incoming::Report { account, at, events }) => {
                assert_eq!(account, super::vendor::id());
                assert!(!events.is_empty());
                self.reports += 1;
                for event in events {
                    if event == Event::Heard {
                        self.heard += 1;
                    } else {
                        self.ready.push_back((at, event));
                    }
                }
            }
            Some(Incoming::Capabilities(_, capabilities)) => assert!(capabilities.dnd),
            Some(Incoming::Done(id, result)) => self.done.push_back((id, result)),
            Some(other) => panic!("{other:?}"),
        }
        true
    }

    /// The next event must be a connection in this state.
    pub async fn connection(&mut self, state: ConnectionState) -> Connection {
        match self.event().await {
            Some((_, Event::Connection(connection))) if connection.state == state => connection,
            other => panic!("{state:?} expected, {other:?} came"),
        }
    }

    /// The next events must be these states.
    pub async fn turns(&mut self, states: &[ConnectionState]) {
        for state in states {
            self.connection(*state).await;
        }
    }

    /// The next event must be this person.
    pub async fn person(&mut self, name: &str) {
        match self.event().await {
            Some((_, Event::Person(person))) if person.id == name => {}
            other => panic!("{name} expected, {other:?} came"),
        }
    }

    /// Everything until the link ends.
    pub async fn end(mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some((_, event)) = self.event().await {
            events.push(event);
        }
        self.task.await.unwrap();
        events
    }
}

pub struct Server {
    listener: TcpListener,
    pub port: u16,
}

impl Server {
    pub async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Self { listener, port }
    }

    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/faye", self.port)
    }

    pub async fn stream(&self) -> TcpStream {
        tokio::time::timeout(PATIENCE, self.listener.accept()).await.expect("nobody connects").unwrap().0
    }

    /// The next websocket, and what it was authorized with.
    #[expect(clippy::result_large_err, reason = "as tungstenite has it")]
    pub async fn socket(&self) -> (Peer, String) {
        use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
        let mut token = String::new();
        let callback = |request: &Request, response: Response| {
            token = request.headers()["authorization"].to_str().unwrap().to_owned();
            Ok(response)
        };
        let stream = self.stream().await;
        (Peer(tokio_tungstenite::accept_hdr_async(stream, callback).await.unwrap()), token)
    }
}

/// The server's end of a websocket.
pub struct Peer(pub WebSocketStream<TcpStream>);

impl Peer {
    pub async fn say(&mut self, text: impl Into<String>) {
        self.0.send(Message::text(text.into())).await.unwrap();
    }

    pub async fn hear(&mut self) -> Option<Message> {
        let message = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("nothing is said");
        message.map(Result::unwrap)
    }
}
