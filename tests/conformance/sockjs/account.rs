//! An NGUC account with its link, and the simulated NGUC it is at.

use std::{
    collections::VecDeque,
    future::ready,
    pin::Pin,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use engine::{Incoming, Link, Network, Order, Reach, SecretFault, Secrets, Settings, SystemClock};
use model::{
    AccountId, Availability, CallFact, Connection, ConnectionState, Event, PersonFact, Problem, Queue, Time,
};
use providers::{Action, ActionId};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use simulator::{Simulator, nguc};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

/// No wait is longer, and none should come near it.
const DEADLINE: Duration = Duration::from_secs(45);

/// Signs in with the password that is good.
pub const PASSWORD: &str = r#"{"username":"ase","password":"good-password"}"#;

static REACH: LazyLock<Arc<Reach>> = LazyLock::new(|| {
    let reach = Reach::new(&Network::default());
    Arc::new(reach.unwrap_or_else(|problem| panic!("{}", problem.text)))
});

/// An account that is connecting.
pub struct Account {
    pub simulator: Simulator,
    secret: Arc<Kept>,
    orders: mpsc::Sender<Order>,
    incoming: mpsc::Receiver<Incoming>,
    events: VecDeque<Event>,
    done: VecDeque<Result<(), Problem>>,
    link: JoinHandle<()>,
    live_since: Option<Time>,
    /// Since it was live last, it has told who its owner is.
    knows_me: bool,
}

impl Drop for Account {
    fn drop(&mut self) {
        self.link.abort();
    }
}

/// An NGUC that is heard of often, as its clients only then know at once that they are accepted.
pub fn options() -> nguc::Options {
    nguc::Options { heartbeat: nguc::Heartbeat::Text(Duration::from_millis(500)), ..nguc::Options::default() }
}

/// An NGUC with two colleagues.
pub async fn simulate(nguc: nguc::Options) -> Simulator {
    let options = simulator::Options { people: 3, vendors: &["nguc"], nguc, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

impl Account {
    /// At an NGUC of its own, with the password.
    pub async fn start(nguc: nguc::Options) -> Self {
        Self::at(simulate(nguc).await, PASSWORD, "")
    }

    /// With this secret and further lines of settings.
    pub fn at(simulator: Simulator, secret: &str, more: &str) -> Self {
        let settings = Settings::parse(&format!("{}{more}\n", simulator.settings()));
        assert_eq!(settings.faults, []);
        let secret = Arc::new(Kept(Mutex::new(SecretString::from(secret))));
        let (orders, orders_taken) = mpsc::channel(16);
        let (out, incoming) = mpsc::channel(1024);
        let link = Link {
            account: settings.accounts.into_iter().next().unwrap(),
            reach: Arc::clone(&REACH),
            clock: Arc::new(SystemClock),
            secrets: Arc::<Kept>::clone(&secret),
            orders: orders_taken,
            out,
            seed: 7,
            open_calls: Vec::new(),
            heard_until: None,
            recorder: None,
        };
        Self {
            simulator,
            secret,
            orders,
            incoming,
            events: VecDeque::new(),
            done: VecDeque::new(),
            link: tokio::spawn(link.run()),
            live_since: None,
            knows_me: false,
        }
    }

    pub fn nguc(&self) -> &nguc::Handle {
        self.simulator.nguc()
    }

    /// What the keyring holds by now.
    pub fn secret(&self) -> Value {
        serde_json::from_str(self.secret.0.lock().unwrap().expose_secret()).unwrap()
    }

    /// Takes in what the link tells next.
    async fn take(&mut self) -> Option<()> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "of all that can happen, a link tells these")]
        match self.incoming.recv().await? {
            Incoming::Report { events, .. } => self.events.extend(events),
            Incoming::Done(_, result) => self.done.push_back(result),
            _ => {}
        }
        Some(())
    }

    /// The first event that `wanted` takes.
    pub async fn until<T>(
        &mut self,
        what: &str,
        mut wanted: impl FnMut(&Event) -> Option<T>,
    ) -> Result<T, String> {
        let search = async {
            loop {
                while let Some(event) = self.events.pop_front() {
                    self.knows_me |= names_me(&event);
                    if let Some(found) = wanted(&event) {
                        return Ok(found);
                    }
                }
                self.take().await.ok_or_else(|| format!("ended before {what}"))?;
            }
        };
        timeout(DEADLINE, search).await.unwrap_or_else(|_| Err(format!("no {what} in time")))
    }

    async fn connection(&mut self, states: &[ConnectionState]) -> Result<Connection, String> {
        let wanted = |event: &Event| {
            let Event::Connection(connection) = event else { return None };
            states.contains(&connection.state).then(|| connection.clone())
        };
        self.until(&format!("{states:?}"), wanted).await
    }

    /// Waits until it is live, again if it was before; over which transport.
    pub async fn live(&mut self) -> Result<String, String> {
        let wanted = [ConnectionState::Live, ConnectionState::SignIn, ConnectionState::Stopped];
        let mut connection = self.connection(&wanted).await?;
        while self.live_since == Some(connection.since) {
            connection = self.connection(&wanted).await?;
        }
        self.live_since = Some(connection.since);
        self.knows_me = false;
        connection.transport.clone().ok_or_else(|| format!("not live but {}", show(&connection)))
    }

    /// Waits until it rests: a person must act, or nothing can be done.
    pub async fn at_rest(&mut self) -> Result<String, String> {
        let connection = self.connection(&[ConnectionState::SignIn, ConnectionState::Stopped]).await?;
        Ok(show(&connection))
    }

    /// Waits until it pauses before another attempt, or rests; why.
    pub async fn waiting(&mut self) -> Result<String, String> {
        let wanted = [ConnectionState::Waiting, ConnectionState::SignIn, ConnectionState::Stopped];
        Ok(show(&self.connection(&wanted).await?))
    }

    /// Lets a call ring me, once it is known who I am, and waits until it is heard of.
    pub async fn hears_a_call(&mut self) -> Result<String, String> {
        if !self.knows_me {
            self.until("the owner", |event| names_me(event).then_some(())).await?;
        }
        let guid = self.nguc().incoming_call(nguc::Callee::User(77), Some("46701234567"), &[]);
        let fact = self.until("call", |event| call(event, &guid).cloned()).await?;
        let number = fact.peer.and_then(|peer| peer.number).map(|number| number.to_string());
        Ok(format!("hears a call of {}, mine: {:?}", number.unwrap_or_default(), fact.mine))
    }

    /// Waits until so many wait in a queue; their ids.
    pub async fn queue(&mut self, id: &str, count: usize) -> Result<Vec<String>, String> {
        let wanted = |event: &Event| {
            let queue = queue(event, id).filter(|queue| queue.waiting.len() == count)?;
            Some(queue.waiting.iter().filter_map(|waiting| waiting.id.clone()).collect())
        };
        self.until(&format!("{count} in queue {id}"), wanted).await
    }

    /// Does something; what came of it.
    pub async fn act(&mut self, action: Action) -> Result<String, String> {
        self.order(Order::Act(ActionId(1), action)).await;
        let done = async {
            while self.done.is_empty() {
                self.take().await?;
            }
            self.done.pop_front()
        };
        match timeout(DEADLINE, done).await {
            Ok(Some(Ok(()))) => Ok("done".to_owned()),
            Ok(Some(Err(problem))) => Ok(format!("not done ({})", code(&problem))),
            Ok(None) | Err(_) => Err("no answer".to_owned()),
        }
    }

    pub async fn order(&self, order: Order) {
        self.orders.send(order).await.unwrap();
    }

    /// Asks it to leave and waits until it has.
    pub async fn stop(&mut self) -> Result<(), String> {
        self.order(Order::Stop).await;
        let left = async { while self.take().await.is_some() {} };
        timeout(DEADLINE, left).await.map_err(|_| "it does not leave".to_owned())
    }
}

/// Whether it says who the account's owner is.
pub fn names_me(event: &Event) -> bool {
    let of_one = |fact: &PersonFact| fact.me == Some(true);
    matches!(event, Event::Person(fact) if of_one(fact))
        || matches!(event, Event::People(people) if people.iter().any(of_one))
}

/// What it says of this call.
pub fn call<'a>(event: &'a Event, guid: &str) -> Option<&'a CallFact> {
    let Event::Call(fact) = event else { return None };
    (fact.id == guid).then_some(fact)
}

/// What it says of this queue.
pub fn queue<'a>(event: &'a Event, id: &str) -> Option<&'a Queue> {
    let Event::Queue(queue) = event else { return None };
    (queue.id == id).then_some(queue)
}

/// What it says of what this person does.
pub fn availability(event: &Event, id: &str) -> Option<Availability> {
    let Event::Person(fact) = event else { return None };
    fact.availability.filter(|_| fact.id == id)
}

/// What it says was skipped.
pub fn skipped(event: &Event) -> Option<&str> {
    let Event::Unknown { name } = event else { return None };
    Some(name)
}

/// The state and why.
fn show(connection: &Connection) -> String {
    let state = serde_json::to_value(connection.state).unwrap();
    match &connection.problem {
        Some(problem) => format!("{} ({})", state.as_str().unwrap(), code(problem)),
        None => state.as_str().unwrap().to_owned(),
    }
}

fn code(problem: &Problem) -> String {
    serde_json::to_value(problem.code).unwrap().as_str().unwrap().to_owned()
}

/// A keyring with one secret in it.
struct Kept(Mutex<SecretString>);

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, SecretFault>> + Send>>;

impl Secrets for Kept {
    fn read(&self, _: &AccountId) -> Answer<SecretString> {
        Box::pin(ready(Ok(self.0.lock().unwrap().clone())))
    }

    fn write(&self, _: &AccountId, secret: SecretString) -> Answer<()> {
        *self.0.lock().unwrap() = secret;
        Box::pin(ready(Ok(())))
    }

    fn delete(&self, _: &AccountId) -> Answer<()> {
        Box::pin(ready(Ok(())))
    }
}
