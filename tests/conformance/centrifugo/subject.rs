//! The account that is judged.

use std::{
    collections::{BTreeMap, VecDeque},
    future::{Future, ready},
    pin::Pin,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use engine::{Incoming, Link, Network, Order, Reach, SecretFault, Secrets, Settings, SystemClock};
use model::{AccountId, Availability, Connection, ConnectionState, Event, Gap, PersonFact, Time};
use secrecy::{ExposeSecret, SecretString};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

use crate::server::Server;

/// No wait is longer, and none should come near it.
pub const DEADLINE: Duration = Duration::from_secs(45);

/// The personal token that is good.
pub const PERSONAL: &str = r#"{"access_token":"pat_live_good-token"}"#;
/// The password that is good.
pub const PASSWORD: &str = r#"{"email":"aase@example.com","password":"good-password"}"#;

static REACH: LazyLock<Arc<Reach>> = LazyLock::new(|| {
    let reach = Reach::new(&Network::default());
    Arc::new(reach.unwrap_or_else(|problem| panic!("{}", problem.text)))
});

/// An account with its link, connecting to a server.
pub struct Subject {
    orders: mpsc::Sender<Order>,
    incoming: mpsc::Receiver<Incoming>,
    events: VecDeque<Event>,
    link: JoinHandle<()>,
    /// Since when it was live last; what a live account lacks is told with its connection too.
    live_since: Option<Time>,
    people: BTreeMap<String, Option<Availability>>,
    calls: Vec<String>,
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.link.abort();
    }
}

impl Subject {
    pub fn start(server: &Server) -> Self {
        Self::with(server, "", PERSONAL)
    }

    /// With more keys in its settings, and this secret.
    pub fn with(server: &Server, keys: &str, secret: &str) -> Self {
        let text = format!(
            "version = 1\n[[account]]\nid = \"work\"\nprovider = \"semaswift\"\n{}{keys}\n",
            server.keys()
        );
        let settings = Settings::parse(&text);
        assert_eq!(settings.faults, []);
        let (orders, orders_taken) = mpsc::channel(16);
        let (out, incoming) = mpsc::channel(1024);
        let link = Link {
            account: settings.accounts.into_iter().next().unwrap(),
            reach: Arc::clone(&REACH),
            clock: Arc::new(SystemClock),
            secrets: Arc::new(OneSecret(Arc::new(Mutex::new(secret.to_owned())))),
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
            events: VecDeque::new(),
            link: tokio::spawn(link.run()),
            live_since: None,
            people: BTreeMap::new(),
            calls: Vec::new(),
        }
    }

    async fn event(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                self.note(&event);
                return Some(event);
            }
            if let Incoming::Report { events, .. } = self.incoming.recv().await? {
                self.events.extend(events);
            }
        }
    }

    fn note(&mut self, event: &Event) {
        let one = |fact: &PersonFact| (fact.id.clone(), fact.availability);
        match event {
            Event::People(all) => self.people = all.iter().map(one).collect(),
            Event::Person(fact) => self.people.extend([one(fact)]),
            Event::Call(fact) if !self.calls.contains(&fact.id) => self.calls.push(fact.id.clone()),
            Event::Call(_)
            | Event::Connection(_)
            | Event::Heard
            | Event::Queue(_)
            | Event::Ticket(_)
            | Event::Gap(_)
            | Event::Unknown { .. } => {}
        }
    }

    /// The first event that `wanted` takes.
    async fn until<T>(
        &mut self,
        what: &str,
        mut wanted: impl FnMut(&Self, &Event) -> Option<T>,
    ) -> Result<T, String> {
        let search = async {
            while let Some(event) = self.event().await {
                if let Some(found) = wanted(self, &event) {
                    return Ok(found);
                }
            }
            Err(format!("ended before {what}"))
        };
        timeout(DEADLINE, search).await.unwrap_or_else(|_| Err(format!("no {what} in time")))
    }

    async fn connection(
        &mut self,
        what: &str,
        wanted: impl Fn(&Connection) -> bool,
    ) -> Result<Connection, String> {
        self.until(what, |_, event| {
            let Event::Connection(connection) = event else { return None };
            wanted(connection).then(|| connection.clone())
        })
        .await
    }

    /// Waits until it is live, again if it was before.
    pub async fn live(&mut self) -> Result<(), String> {
        let before = self.live_since;
        let connection = self
            .connection("live", |connection| match connection.state {
                ConnectionState::Live => before != Some(connection.since),
                ConnectionState::SignIn | ConnectionState::Stopped => true,
                ConnectionState::Connecting | ConnectionState::Waiting => false,
            })
            .await?;
        if connection.state != ConnectionState::Live {
            return Err(format!("not live but {}", show(&connection)));
        }
        self.live_since = Some(connection.since);
        Ok(())
    }

    /// Waits until it is live and lacks something; what kind of thing.
    pub async fn lacks(&mut self) -> Result<String, String> {
        let lacks = |connection: &Connection| {
            connection.state == ConnectionState::Live && connection.problem.is_some()
        };
        self.connection("lack", lacks).await.map(|connection| {
            let text = connection.problem.as_ref().map_or("", |problem| &problem.text);
            let first = text.split(". ").next().unwrap_or_default().trim_end_matches('.');
            format!("{}: {first}", show(&connection))
        })
    }

    /// Waits until it rests: a person must act, or nothing can be done.
    pub async fn at_rest(&mut self) -> Result<String, String> {
        let rests = |connection: &Connection| {
            matches!(connection.state, ConnectionState::SignIn | ConnectionState::Stopped)
        };
        self.connection("rest", rests).await.map(|connection| show(&connection))
    }

    /// Waits until it is no longer live.
    pub async fn interrupted(&mut self) -> Result<(), String> {
        let is_it = |connection: &Connection| connection.state != ConnectionState::Live;
        self.connection("interruption", is_it).await.map(drop)
    }

    /// Waits until it pauses before another attempt.
    pub async fn waiting(&mut self) -> Result<Connection, String> {
        self.connection("pause", |connection| connection.state == ConnectionState::Waiting).await
    }

    /// Waits until it has heard of this call.
    pub async fn hears(&mut self, id: &str) -> Result<(), String> {
        if self.calls.iter().any(|known| known == id) {
            return Ok(());
        }
        self.until(&format!("call {id}"), |subject, _| {
            subject.calls.iter().any(|known| known == id).then_some(())
        })
        .await
    }

    /// The calls heard of, in their order.
    pub fn calls(&self) -> &[String] {
        &self.calls
    }

    /// Waits until a time in which nothing was heard has ended.
    pub async fn gap(&mut self) -> Result<Gap, String> {
        self.until("gap", |_, event| match event {
            Event::Gap(gap) => Some(gap.clone()),
            Event::Connection(_)
            | Event::Heard
            | Event::People(_)
            | Event::Person(_)
            | Event::Call(_)
            | Event::Queue(_)
            | Event::Ticket(_)
            | Event::Unknown { .. } => None,
        })
        .await
    }

    /// Waits until so many of these people are gone, and the others here.
    pub async fn gone(&mut self, users: &[String], count: usize) -> Result<(), String> {
        let here = |subject: &Self| {
            let shown = |user: &String| subject.people.get(user).copied().flatten();
            users.iter().filter(|user| shown(user) == Some(Availability::Available)).count()
        };
        let wanted = users.len() - count;
        // Not after each of thousands.
        let is_it = |subject: &Self| subject.events.is_empty() && here(subject) == wanted;
        if is_it(self) {
            return Ok(());
        }
        let what = format!("{wanted} of {} people", users.len());
        let found = self.until(&what, |subject, _| is_it(subject).then_some(())).await;
        found.map_err(|failure| format!("{failure}, but {}", here(self)))
    }

    pub async fn order(&self, order: Order) {
        self.orders.send(order).await.unwrap();
    }

    /// Asks it to leave and waits until it has.
    pub async fn stop(mut self) -> Result<(), String> {
        self.order(Order::Stop).await;
        while self.event().await.is_some() {}
        Ok(())
    }
}

/// The state and why.
pub fn show(connection: &Connection) -> String {
    let state = serde_json::to_value(connection.state).unwrap();
    match &connection.problem {
        Some(problem) => {
            let code = serde_json::to_value(problem.code).unwrap();
            format!("{} ({})", state.as_str().unwrap(), code.as_str().unwrap())
        }
        None => state.as_str().unwrap().to_owned(),
    }
}

/// A keyring with one secret in it.
struct OneSecret(Arc<Mutex<String>>);

type Done<T> = Pin<Box<dyn Future<Output = Result<T, SecretFault>> + Send>>;

impl Secrets for OneSecret {
    fn read(&self, _: &AccountId) -> Done<SecretString> {
        Box::pin(ready(Ok(SecretString::from(self.0.lock().unwrap().clone()))))
    }

    fn write(&self, _: &AccountId, secret: SecretString) -> Done<()> {
        secret.expose_secret().clone_into(&mut self.0.lock().unwrap());
        Box::pin(ready(Ok(())))
    }

    fn delete(&self, _: &AccountId) -> Done<()> {
        Box::pin(ready(Ok(())))
    }
}
