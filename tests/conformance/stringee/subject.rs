//! The account that is judged, and the server it connects to.

use std::{
    future::{Future, ready},
    pin::Pin,
    sync::{Arc, LazyLock},
    time::Duration,
};

use engine::{Incoming, Link, Network, Order, Reach, SecretFault, Secrets, Settings, SystemClock};
use model::{
    AccountId, Call, CallId, CallState, Connection, ConnectionState, Event, Person, Problem, Snapshot, Time,
};
use providers::{Action, ActionId};
use secrecy::SecretString;
use simulator::{
    Simulator,
    stringee::{Handle, Identity, Options},
};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

/// No wait is longer, and none should come near it.
pub const DEADLINE: Duration = Duration::from_secs(45);

static REACH: LazyLock<Arc<Reach>> = LazyLock::new(|| {
    let reach = Reach::new(&Network::default());
    Arc::new(reach.unwrap_or_else(|problem| panic!("{}", problem.text)))
});

/// What a case begins with: the organisation has no relay and gives out no REST token.
pub fn plain() -> Options {
    Options { relay: false, ..Options::default() }
}

pub fn observer() -> Options {
    Options { identity: Identity::Observer, ..plain() }
}

pub async fn simulate(stringee: Options) -> Simulator {
    let options =
        simulator::Options { people: 4, vendors: &["stringee"], stringee, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

/// An account with its link, connecting to a server.
pub struct Subject {
    orders: mpsc::Sender<Order>,
    incoming: mpsc::Receiver<Incoming>,
    link: JoinHandle<()>,
    account: AccountId,
    /// What is known by now.
    known: Snapshot,
    /// How the connection went, the latest last.
    went: Vec<Connection>,
    /// So many of these were looked at.
    seen: usize,
    live_since: Option<Time>,
    done: Vec<(ActionId, Result<(), Problem>)>,
    actions: u64,
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.link.abort();
    }
}

impl Subject {
    /// One that signs in as the simulator's addresses say.
    pub fn start(simulator: &Simulator) -> Self {
        let addresses = simulator.addresses().first().unwrap();
        Self::start_with(simulator, addresses.secret.clone(), "")
    }

    /// One with this secret and more keys.
    pub fn start_with(simulator: &Simulator, secret: serde_json::Value, keys: &str) -> Self {
        let settings = Settings::parse(&format!("{}{keys}\n", simulator.settings()));
        assert_eq!(settings.faults, []);
        let (orders, orders_taken) = mpsc::channel(16);
        let (out, incoming) = mpsc::channel(1024);
        let account = settings.accounts.into_iter().next().unwrap();
        let id = account.id.clone();
        let link = Link {
            account,
            reach: Arc::clone(&REACH),
            clock: Arc::new(SystemClock),
            secrets: Arc::new(OneSecret(secret.to_string())),
            orders: orders_taken,
            out,
            seed: 7,
            open_calls: Vec::new(),
            heard_until: None,
            recorder: None,
        };
        Self {
            orders,
            incoming,
            link: tokio::spawn(link.run()),
            account: id,
            known: Snapshot::default(),
            went: Vec::new(),
            seen: 0,
            live_since: None,
            done: Vec::new(),
            actions: 0,
        }
    }

    /// Takes in what comes next; `false` at the end.
    async fn hear(&mut self) -> bool {
        match self.incoming.recv().await {
            None => return false,
            Some(Incoming::Report { events, at, .. }) => {
                for event in events {
                    if let Event::Connection(connection) = &event {
                        self.went.push(connection.clone());
                    }
                    self.known.apply(&self.account, at, event);
                }
            }
            Some(Incoming::Done(id, result)) => self.done.push((id, result)),
            Some(_) => {}
        }
        true
    }

    /// Waits until `found` finds something in what is known.
    pub async fn until<T>(
        &mut self,
        what: &str,
        mut found: impl FnMut(&mut Self) -> Option<T>,
    ) -> Result<T, String> {
        let search = async {
            loop {
                if let Some(found) = found(self) {
                    return Ok(found);
                }
                if !self.hear().await {
                    return Err(format!("ended before {what}"));
                }
            }
        };
        timeout(DEADLINE, search).await.unwrap_or_else(|_| Err(format!("no {what} in time")))
    }

    async fn connection(&mut self, states: &[ConnectionState]) -> Result<Connection, String> {
        self.until(&format!("{states:?}"), |subject| {
            while let Some(connection) = subject.went.get(subject.seen) {
                subject.seen += 1;
                if states.contains(&connection.state) {
                    return Some(connection.clone());
                }
            }
            None
        })
        .await
    }

    /// Waits until it is live, again if it was before; over which transport.
    pub async fn live(&mut self) -> Result<String, String> {
        let wanted = [ConnectionState::Live, ConnectionState::SignIn, ConnectionState::Stopped];
        let mut connection = self.connection(&wanted).await?;
        while self.live_since == Some(connection.since) {
            connection = self.connection(&wanted).await?;
        }
        self.live_since = Some(connection.since);
        connection.transport.clone().ok_or_else(|| format!("not live but {}", show(&connection)))
    }

    /// Waits until it rests: a person must act, or nothing can be done.
    pub async fn at_rest(&mut self) -> Result<String, String> {
        let connection = self.connection(&[ConnectionState::SignIn, ConnectionState::Stopped]).await?;
        Ok(show(&connection))
    }

    /// As [`Subject::at_rest`], with what a person is told.
    pub async fn at_rest_saying(&mut self) -> Result<(String, String), String> {
        let connection = self.connection(&[ConnectionState::SignIn, ConnectionState::Stopped]).await?;
        let text = connection.problem.as_ref().map_or_else(String::new, |problem| problem.text.clone());
        Ok((show(&connection), text))
    }

    /// Waits until it pauses before another attempt.
    pub async fn waiting(&mut self) -> Result<Connection, String> {
        self.connection(&[ConnectionState::Waiting]).await
    }

    /// What is known of a call.
    pub fn call(&self, id: &str) -> Option<&Arc<Call>> {
        self.known.find_call(&CallId::new(&self.account, id))
    }

    /// How many calls are known.
    pub fn calls(&self) -> usize {
        self.known.open_calls().count() + self.known.ended_calls().count()
    }

    /// Whether a call rings me.
    pub fn rings_me(&self) -> bool {
        self.known.open_calls().any(|call| call.mine == Some(true) && call.state == CallState::Ringing)
    }

    /// How many calls have ended.
    pub fn ended(&self) -> usize {
        self.known.ended_calls().count()
    }

    /// Waits until a call is as wanted.
    pub async fn call_is(&mut self, id: &str, wanted: impl Fn(&Call) -> bool) -> Result<Arc<Call>, String> {
        let what = format!("call as wanted, {id}");
        let found =
            self.until(&what, |subject| subject.call(id).filter(|call| wanted(call)).map(Arc::clone)).await;
        found.map_err(|error| format!("{error}: {:?}", self.call(id)))
    }

    /// How a call ended, when it has.
    pub async fn call_ends(&mut self, id: &str) -> Result<String, String> {
        let call = self.call_is(id, |call| call.outcome.is_some()).await?;
        Ok(word(&call.outcome))
    }

    /// What is known of a person.
    pub fn person(&self, id: &str) -> Option<&Arc<Person>> {
        let (_, facts) = self.known.accounts().find(|(account, _)| **account == self.account)?;
        facts.people.get(id)
    }

    /// Waits until a person is as wanted.
    pub async fn person_is(
        &mut self,
        id: &str,
        wanted: impl Fn(&Person) -> bool,
    ) -> Result<Arc<Person>, String> {
        let what = format!("person as wanted, {id}");
        let found = self
            .until(&what, |subject| subject.person(id).filter(|person| wanted(person)).map(Arc::clone))
            .await;
        found.map_err(|error| format!("{error}: {:?}", self.person(id)))
    }

    /// How often something was skipped, by name.
    pub fn skipped(&self) -> Vec<String> {
        let facts = self.known.accounts().find(|(account, _)| **account == self.account);
        facts.map(|(_, facts)| facts.unknown.keys().cloned().collect()).unwrap_or_default()
    }

    /// The gaps that were told.
    pub fn gaps(&self) -> usize {
        let facts = self.known.accounts().find(|(account, _)| **account == self.account);
        facts.map_or(0, |(_, facts)| facts.gaps.len())
    }

    /// Does something; how it went.
    pub async fn act(&mut self, action: Action) -> Result<String, String> {
        self.actions += 1;
        let id = ActionId(self.actions);
        self.order(Order::Act(id, action)).await;
        self.until("the end of an action", |subject| {
            let (_, result) = subject.done.iter().find(|(done, _)| *done == id)?;
            Some(match result {
                Ok(()) => "done".to_owned(),
                Err(problem) => format!("refused ({})", word(&problem.code)),
            })
        })
        .await
    }

    pub async fn order(&self, order: Order) {
        self.orders.send(order).await.unwrap();
    }

    /// Asks it to leave and waits until it has.
    pub async fn stop(&mut self) -> Result<(), String> {
        self.order(Order::Stop).await;
        let rest = async { while self.hear().await {} };
        timeout(DEADLINE, rest).await.map_err(|_| "does not leave".to_owned())
    }
}

/// The state and why.
pub fn show(connection: &Connection) -> String {
    let state = word(&connection.state);
    match &connection.problem {
        Some(problem) => format!("{state} ({})", word(&problem.code)),
        None => state,
    }
}

/// A value as its JSON text, a text without quotes.
pub fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap();
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The services that clients have sent.
pub fn services(handle: &Handle) -> String {
    let services: Vec<String> = handle.requests().services.keys().map(ToString::to_string).collect();
    format!("services sent: {}", services.join(", "))
}

/// A keyring with one secret in it.
struct OneSecret(String);

type Read<T> = Pin<Box<dyn Future<Output = Result<T, SecretFault>> + Send>>;

impl Secrets for OneSecret {
    fn read(&self, _: &AccountId) -> Read<SecretString> {
        Box::pin(ready(Ok(SecretString::from(self.0.clone()))))
    }

    fn write(&self, _: &AccountId, _: SecretString) -> Read<()> {
        Box::pin(ready(Ok(())))
    }

    fn delete(&self, _: &AccountId) -> Read<()> {
        Box::pin(ready(Ok(())))
    }
}
