//! The account that is judged, and the server it is at.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
    time::Duration,
};

use engine::{FixedSecrets, Incoming, Link, Network, Order, Reach, Settings, SystemClock};
use model::{AccountFacts, AccountId, Call, CallState, Connection, ConnectionState, Problem, Snapshot};
use providers::{Action, ActionId};
use secrecy::SecretString;
use serde_json::json;
use simulator::{
    Options, Simulator,
    firehose::{self, Handle},
};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

/// No wait is longer, and none should come near it.
pub const DEADLINE: Duration = Duration::from_secs(45);

/// What the simulator sends when everything before is to be known.
const MARK: &str = "MARK";

static REACH: LazyLock<Arc<Reach>> = LazyLock::new(|| {
    let reach = Reach::new(&Network::default());
    Arc::new(reach.unwrap_or_else(|problem| panic!("{}", problem.text)))
});

/// A server, an account at it, and what the account has told so far.
pub struct Subject {
    pub simulator: Simulator,
    account: AccountId,
    orders: mpsc::Sender<Order>,
    incoming: mpsc::Receiver<Incoming>,
    link: JoinHandle<()>,
    known: Snapshot,
    done: BTreeMap<ActionId, Result<(), Problem>>,
    marks: u64,
    acts: u64,
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.link.abort();
    }
}

impl Subject {
    /// A server with so many people, and an account with these settings beside its addresses.
    pub async fn start(people: usize, options: firehose::Options, more: &str) -> Self {
        let simulator = serve(people, options).await;
        Self::join(simulator, more)
    }

    /// An account at a server that runs.
    pub fn join(simulator: Simulator, more: &str) -> Self {
        let text = format!("{}{more}\n", simulator.settings());
        let settings = Settings::parse(&text);
        assert_eq!(settings.faults, []);
        let secrets =
            simulator.secrets().map(|(account, secret)| (account.into(), SecretString::from(secret)));
        let (orders, orders_taken) = mpsc::channel(16);
        let (out, incoming) = mpsc::channel(1024);
        let account = settings.accounts.into_iter().next().unwrap();
        let id = account.id.clone();
        let link = Link {
            account,
            reach: Arc::clone(&REACH),
            clock: Arc::new(SystemClock),
            secrets: Arc::new(FixedSecrets::new(secrets)),
            orders: orders_taken,
            out,
            seed: 7,
            open_calls: Vec::new(),
            heard_until: None,
            recorder: None,
        };
        Self {
            simulator,
            account: id,
            orders,
            incoming,
            link: tokio::spawn(link.run()),
            known: Snapshot::default(),
            done: BTreeMap::new(),
            marks: 0,
            acts: 0,
        }
    }

    pub fn server(&self) -> &Handle {
        self.simulator.firehose()
    }

    async fn take(&mut self) -> Option<()> {
        match self.incoming.recv().await? {
            Incoming::Report { account, at, events } => {
                for event in events {
                    self.known.apply(&account, at, event);
                }
            }
            Incoming::Done(id, result) => {
                self.done.insert(id, result);
            }
            Incoming::Capabilities(..)
            | Incoming::Command(..)
            | Incoming::Pressed(..)
            | Incoming::Host(_)
            | Incoming::Surroundings(_)
            | Incoming::Part(..)
            | Incoming::Hotkey(_)
            | Incoming::Measured(_)
            | Incoming::Look(_)
            | Incoming::LookAtSettings(_)
            | Incoming::Followed
            | Incoming::Remembered(_)
            | Incoming::Contacts(_)
            | Incoming::SettingsChanged => {}
        }
        Some(())
    }

    /// Waits until this is so.
    pub async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) -> Result<(), String> {
        let search = async {
            while !is_so(self) {
                self.take().await.ok_or_else(|| format!("ended before {what}"))?;
            }
            Ok(())
        };
        let late = match timeout(DEADLINE, search).await {
            Ok(found) => return found,
            Err(_) => format!("no {what} in time"),
        };
        Err(format!("{late}, but {}", self.connection()))
    }

    pub fn facts(&self) -> Option<&AccountFacts> {
        self.known.accounts().find(|(id, _)| **id == self.account).map(|(_, facts)| facts)
    }

    fn state(&self) -> Option<&Connection> {
        self.facts()?.connection.as_ref()
    }

    /// The state, and the kind of problem if there is one.
    pub fn connection(&self) -> String {
        let Some(connection) = self.state() else { return "nothing yet".to_owned() };
        let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let state = word(json!(connection.state));
        match &connection.problem {
            Some(problem) => format!("{state} ({})", word(json!(problem.code))),
            None => state,
        }
    }

    /// What the person is told about the connection.
    pub fn problem(&self) -> Option<&str> {
        self.state()?.problem.as_ref().map(|problem| problem.text.as_str())
    }

    pub fn is(&self, state: ConnectionState) -> bool {
        self.state().is_some_and(|connection| connection.state == state)
    }

    /// Waits until it is live and knows all it asks for.
    pub async fn live(&mut self) -> Result<(), String> {
        let asks = self.simulator.addresses().iter().any(|at| at.settings.contains_key("crossbar_url"));
        let people = if asks { self.server().users().len() } else { 0 };
        let is_live = move |subject: &Self| {
            let known = subject.facts().map_or(0, |facts| facts.people.len());
            subject.is(ConnectionState::Live) && known >= people
        };
        self.until("live account", is_live).await
    }

    /// Waits until all that the server has sent so far is known.
    pub async fn settled(&mut self) -> Result<(), String> {
        self.marks += 1;
        let marks = self.marks;
        self.server().send(&json!({ "Event-Name": MARK, "Call-ID": "mark" }));
        self.until("mark", |subject| subject.marks_seen() >= marks).await
    }

    fn marks_seen(&self) -> u64 {
        self.facts().and_then(|facts| facts.unknown.get(MARK)).copied().unwrap_or(0)
    }

    /// Marks were lost with a connection.
    pub fn forget_marks(&mut self) {
        self.marks = self.marks_seen();
    }

    pub fn open_calls(&self) -> impl Iterator<Item = &Arc<Call>> {
        self.known.open_calls()
    }

    pub fn ended_calls(&self) -> impl Iterator<Item = &Arc<Call>> {
        self.known.ended_calls()
    }

    /// My calls that go on, in words: `incoming ringing +46701234567`.
    pub fn mine(&self) -> String {
        let calls = self.open_calls().filter(|call| call.mine == Some(true));
        let mut words: Vec<String> = calls.map(|call| in_words(call)).collect();
        words.sort();
        if words.is_empty() { "no call".to_owned() } else { words.join(" and ") }
    }

    /// What somebody does.
    pub fn availability(&self, person: &str) -> String {
        let person = self.facts().and_then(|facts| facts.people.get(person));
        person.map_or("nobody".to_owned(), |person| {
            json!(person.availability).as_str().unwrap_or_default().to_owned()
        })
    }

    /// Does it, and waits for what came of it.
    pub async fn act(&mut self, action: Action) -> Result<Result<(), Problem>, String> {
        self.acts += 1;
        let id = ActionId(self.acts);
        self.order(Order::Act(id, action)).await;
        self.until("result", |subject| subject.done.contains_key(&id)).await?;
        Ok(self.done.remove(&id).unwrap())
    }

    pub async fn order(&self, order: Order) {
        self.orders.send(order).await.unwrap();
    }

    /// Asks it to leave and waits until it has.
    pub async fn leave(&mut self) -> Result<(), String> {
        self.order(Order::Stop).await;
        let left = async { while self.take().await.is_some() {} };
        timeout(DEADLINE, left).await.map_err(|_| "does not leave".to_owned())
    }
}

/// A server with so many people, at which nothing happens by itself.
pub async fn serve(people: usize, options: firehose::Options) -> Simulator {
    let options = Options { people, vendors: &["firehose"], firehose: options, ..Options::default() };
    Simulator::start(options).await.unwrap()
}

/// A server whose office is busy.
pub async fn serve_day() -> Simulator {
    let options = Options { people: 40, rate: 60.0, vendors: &["firehose"], ..Options::default() };
    Simulator::start(options).await.unwrap()
}

/// `incoming ringing +46701234567`, and of an ended call its outcome instead of the state.
pub fn in_words(call: &Call) -> String {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let state = match (call.state, call.outcome) {
        (CallState::Ended, Some(outcome)) => word(json!(outcome)),
        (state, _) => word(json!(state)),
    };
    let peer = if call.peer.hidden {
        "hidden".to_owned()
    } else {
        let number = call.peer.number.as_ref().map(ToString::to_string);
        number.or_else(|| call.peer.raw.clone()).unwrap_or_else(|| "unknown".to_owned())
    };
    format!("{} {state} {peer}", word(json!(call.direction)))
}
