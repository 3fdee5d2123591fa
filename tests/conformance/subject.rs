//! The account that is judged.

use std::{
    collections::VecDeque,
    future::{Future, ready},
    pin::Pin,
    sync::{Arc, LazyLock},
    time::Duration,
};

use engine::{Incoming, Link, Network, Order, Reach, SecretFault, Secrets, Settings, SystemClock};
use model::{AccountId, Connection, ConnectionState, Event, Time};
use secrecy::SecretString;
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

use crate::server::Server;

/// No wait is longer, and none should come near it.
pub const DEADLINE: Duration = Duration::from_secs(45);

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
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.link.abort();
    }
}

impl Subject {
    pub fn start(server: &Server, transport: &str) -> Self {
        let keys = server.keys();
        let text = format!(
            "version = 1\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\ntransport = \"{transport}\"\n{keys}\n"
        );
        let settings = Settings::parse(&text);
        assert_eq!(settings.faults, []);
        let (orders, orders_taken) = mpsc::channel(16);
        let (out, incoming) = mpsc::channel(1024);
        let link = Link {
            account: settings.accounts.into_iter().next().unwrap(),
            reach: Arc::clone(&REACH),
            clock: Arc::new(SystemClock),
            secrets: Arc::new(OneSecret),
            orders: orders_taken,
            out,
            seed: 7,
            open_calls: Vec::new(),
            heard_until: None,
            recorder: None,
        };
        Self { orders, incoming, events: VecDeque::new(), link: tokio::spawn(link.run()), live_since: None }
    }

    async fn event(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            if let Incoming::Report { events, .. } = self.incoming.recv().await? {
                self.events.extend(events);
            }
        }
    }

    /// The first event that `wanted` takes.
    async fn until<T>(
        &mut self,
        what: &str,
        mut wanted: impl FnMut(&Event) -> Option<T>,
    ) -> Result<T, String> {
        let search = async {
            while let Some(event) = self.event().await {
                if let Some(found) = wanted(&event) {
                    return Ok(found);
                }
            }
            Err(format!("ended before {what}"))
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
        connection.transport.clone().ok_or_else(|| format!("not live but {}", show(&connection)))
    }

    /// Waits until it rests: a person must act, or nothing can be done.
    pub async fn at_rest(&mut self) -> Result<String, String> {
        let connection = self.connection(&[ConnectionState::SignIn, ConnectionState::Stopped]).await?;
        Ok(show(&connection))
    }

    /// Waits until it pauses before another attempt.
    pub async fn waiting(&mut self) -> Result<Connection, String> {
        self.connection(&[ConnectionState::Waiting]).await
    }

    /// Waits until it has heard of this call.
    pub async fn hears(&mut self, uuid: &str) -> Result<(), String> {
        let wanted = |event: &Event| matches!(event, Event::Call(fact) if fact.id == uuid).then_some(());
        self.until(&format!("call {uuid}"), wanted).await
    }

    /// The next new call it hears of.
    pub async fn next_call(&mut self) -> Result<String, String> {
        let wanted = |event: &Event| {
            let Event::Call(fact) = event else { return None };
            Some(fact.id.clone())
        };
        self.until("call", wanted).await
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
struct OneSecret;

type Read<T> = Pin<Box<dyn Future<Output = Result<T, SecretFault>> + Send>>;

impl Secrets for OneSecret {
    fn read(&self, _: &AccountId) -> Read<SecretString> {
        Box::pin(ready(Ok(SecretString::from(r#"{"access_token":"good-token"}"#))))
    }

    fn write(&self, _: &AccountId, _: SecretString) -> Read<()> {
        Box::pin(ready(Ok(())))
    }

    fn delete(&self, _: &AccountId) -> Read<()> {
        Box::pin(ready(Ok(())))
    }
}
