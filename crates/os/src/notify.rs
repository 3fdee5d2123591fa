//! Native notifications over one connection: the first surface of every call, so nothing here waits for anything else.

mod daemon;
mod desk;
mod left;
mod portal;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use engine::{Alert, Face, Incoming};
use futures_util::{
    StreamExt,
    future::{self, BoxFuture},
    stream::{FuturesUnordered, Select, select},
};
use model::{CallId, Problem, ProblemCode};
use tokio::sync::{mpsc, oneshot};
use tracing::{debug, warn};
use zbus::{Connection, Message, MessageStream};

use self::{
    daemon::{Abilities, Signal},
    desk::{Daemon, Desk, Epoch, Sending},
    left::{Left, Service},
};
use crate::{Activation, Bus, bus, part::Part};

const NO_DAEMON: &str = "No notification daemon answers, so calls do not pop up; start one (such as dunst).";
const NO_BUS: &str =
    "There is no session bus, so calls do not pop up; start Ringside within a desktop session.";
/// A daemon that ends sooner than this after it was started for us is not started again at once.
const STARTED_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// Alerts as native notifications. A cheap handle: what takes time is done by a task, which ends, taking away what
/// still rings, when the last handle is dropped.
#[derive(Clone)]
pub struct Notifications {
    orders: mpsc::UnboundedSender<Order>,
}

enum Order {
    Show(Box<Alert>),
    Withdraw(CallId),
    WithdrawIncoming(oneshot::Sender<()>),
}

impl Notifications {
    /// Starts the task on the current tokio runtime. Pressed buttons and [`Incoming::Part`] `"notifications"` go to
    /// `incoming`; a click's leave to raise a window goes to `activation` before its button goes to `incoming`.
    pub fn new(bus: Bus, incoming: mpsc::Sender<Incoming>, activation: Activation) -> Self {
        Self::start(bus, incoming, activation, None)
    }

    /// The same, and what rings is noted in this file: were the program killed, the next run takes it away.
    pub fn noting(bus: Bus, incoming: mpsc::Sender<Incoming>, activation: Activation, file: PathBuf) -> Self {
        Self::start(bus, incoming, activation, Some(file))
    }

    fn start(
        bus: Bus,
        incoming: mpsc::Sender<Incoming>,
        activation: Activation,
        file: Option<PathBuf>,
    ) -> Self {
        let (orders, queue) = mpsc::unbounded_channel();
        let part = Part::new("notifications", incoming.clone());
        let (desk, left) = (Desk::default(), Left::new(file));
        let task = Task { bus, queue, incoming, activation, part, desk, left, waiting: Vec::new() };
        tokio::spawn(task.run());
        Self { orders }
    }

    /// Takes away all alerts that would stay on the screen for ever; returns when that is done, or after `deadline`.
    pub async fn close_all(&self, deadline: Duration) {
        let (done, is_done) = oneshot::channel();
        self.give(Order::WithdrawIncoming(done));
        if tokio::time::timeout(deadline, is_done).await.is_err() {
            warn!("the notification daemon did not take away its notifications in time");
        }
    }

    /// Whether a notification daemon answers on this bus, for a check without alerts.
    ///
    /// # Errors
    ///
    /// One sentence that says what to do.
    pub async fn probe(bus: &Bus) -> Result<(), Problem> {
        let problem = |text| Problem::new(ProblemCode::Desktop, text);
        let connection = bus.connect().await.map_err(|_| problem(NO_BUS))?;
        daemon::ask(connection).await.map(drop).map_err(|_| problem(NO_DAEMON))
    }

    fn give(&self, order: Order) {
        if self.orders.send(order).is_err() {
            debug!("notifications have ended");
        }
    }
}

impl Face for Notifications {
    fn show(&mut self, alert: &Alert) {
        self.give(Order::Show(Box::new(alert.clone())));
    }

    fn withdraw(&mut self, call: &CallId) {
        self.give(Order::Withdraw(call.clone()));
    }
}

struct Task {
    bus: Bus,
    queue: mpsc::UnboundedReceiver<Order>,
    incoming: mpsc::Sender<Incoming>,
    activation: Activation,
    part: Part,
    desk: Desk,
    left: Left,
    waiting: Vec<oneshot::Sender<()>>,
}

/// What an answer was about.
enum Done {
    Asked(Epoch, zbus::Result<Abilities>),
    Notified(Epoch, CallId, zbus::Result<u32>),
    Closed(zbus::Result<()>),
}

struct Link {
    connection: Connection,
    owners: Select<MessageStream, MessageStream>,
    signals: Select<MessageStream, MessageStream>,
    calls: FuturesUnordered<BoxFuture<'static, Done>>,
    abilities: Abilities,
    asked_at: Instant,
}

impl Link {
    async fn open(bus: &Bus) -> zbus::Result<Self> {
        let connection = bus.connect().await?;
        Ok(Self {
            owners: select(
                bus::owner_changes(&connection, daemon::NAME).await?,
                bus::owner_changes(&connection, portal::NAME).await?,
            ),
            signals: select(daemon::signals(&connection).await?, portal::signals(&connection).await?),
            calls: FuturesUnordered::new(),
            abilities: Abilities::default(),
            asked_at: Instant::now(),
            connection,
        })
    }

    fn ask(&mut self, epoch: Epoch) {
        self.asked_at = Instant::now();
        let asking = daemon::ask(self.connection.clone());
        self.calls.push(Box::pin(async move { Done::Asked(epoch, asking.await) }));
    }

    fn service(&self) -> Service {
        Service { bus: self.connection.server_guid().to_string(), owner: self.abilities.owner.clone() }
    }

    /// Takes away what a former run has left; a service that does not answer holds this up for one deadline.
    async fn clear(&mut self, ids: Vec<u32>) {
        let closing = |id| daemon::close(self.connection.clone(), self.abilities.clone(), id);
        for error in future::join_all(ids.into_iter().map(closing)).await.into_iter().filter_map(Result::err)
        {
            debug!(%error, "a notification of a former run was not closed");
        }
    }

    fn send(&self, sending: Sending) {
        let connection = self.connection.clone();
        let call: BoxFuture<'static, Done> = match sending {
            Sending::Notify { epoch, replaces, alert, noise } => {
                let call = alert.call.clone();
                let notifying = daemon::notify(connection, self.abilities.clone(), replaces, alert, noise);
                Box::pin(async move { Done::Notified(epoch, call, notifying.await) })
            }
            Sending::Close { id } => {
                let abilities = self.abilities.clone();
                Box::pin(async move { Done::Closed(daemon::close(connection, abilities, id).await) })
            }
        };
        self.calls.push(call);
    }
}

impl Task {
    async fn run(mut self) {
        loop {
            match Link::open(&self.bus).await {
                Ok(link) => {
                    if self.serve(link).await.is_some() {
                        return;
                    }
                    self.desk.lost();
                    self.waiting.clear();
                }
                Err(error) => debug!(%error, "no session bus"),
            }
            self.desk.missing();
            self.part.fails(NO_BUS).await;
            // A bus does not say that it has come, so the next alert tries again.
            loop {
                match self.queue.recv().await {
                    Some(order @ Order::Show(_)) => {
                        self.order(order);
                        break;
                    }
                    Some(order @ (Order::Withdraw(_) | Order::WithdrawIncoming(_))) => {
                        self.order(order);
                        self.waiting.clear();
                    }
                    None => return,
                }
            }
            self.desk.asking();
        }
    }

    /// `Some` when all is done and nobody can order more, `None` when the bus is gone.
    async fn serve(&mut self, mut link: Link) -> Option<()> {
        let mut is_ending = false;
        link.ask(self.desk.epoch());
        loop {
            while let Some(sending) = self.desk.poll() {
                link.send(sending);
            }
            if self.desk.daemon() == Daemon::Up {
                self.left.note(&link.service(), self.desk.lasting());
            }
            if link.calls.is_empty() {
                for done in self.waiting.drain(..) {
                    // Who stopped waiting need not know.
                    done.send(()).ok();
                }
                if is_ending {
                    return Some(());
                }
            }
            tokio::select! {
                biased;
                Some(done) = link.calls.next() => self.done(done, &mut link).await,
                message = link.owners.next() => self.owner(&message?.ok()?, &mut link).await,
                message = link.signals.next() => self.signal(&message?.ok()?).await,
                order = self.queue.recv(), if !is_ending => match order {
                    Some(order) => {
                        self.order(order);
                        if self.desk.daemon() == Daemon::Missing && self.desk.is_waiting() {
                            self.ask(&mut link);
                        }
                    }
                    None => {
                        self.desk.withdraw_incoming();
                        is_ending = true;
                    }
                },
            }
        }
    }

    fn order(&mut self, order: Order) {
        match order {
            Order::Show(alert) => self.desk.show(&alert),
            Order::Withdraw(call) => self.desk.withdraw(&call),
            Order::WithdrawIncoming(done) => {
                self.desk.withdraw_incoming();
                self.waiting.push(done);
            }
        }
    }

    fn ask(&mut self, link: &mut Link) {
        self.desk.asking();
        link.ask(self.desk.epoch());
    }

    async fn done(&mut self, done: Done, link: &mut Link) {
        match done {
            Done::Asked(epoch, _) if epoch != self.desk.epoch() => {}
            Done::Asked(_, Ok(abilities)) => {
                link.abilities = abilities;
                link.clear(self.left.take(&link.service())).await;
                self.desk.up();
                self.part.works().await;
            }
            Done::Asked(_, Err(error)) => {
                debug!(%error, "no notification daemon");
                self.desk.lost();
                self.desk.missing();
                self.part.fails(NO_DAEMON).await;
            }
            Done::Notified(epoch, call, id) => {
                if let Err(error) = &id {
                    warn!(%error, "the notification daemon did not take an alert");
                }
                let was_refused = id.is_err();
                for (call, action) in self.desk.notified(epoch, &call, id.ok()) {
                    self.pressed(call, action).await;
                }
                if was_refused {
                    link.ask(self.desk.epoch());
                }
            }
            // Daemons answer an error to the closing of what is closed.
            Done::Closed(result) => {
                if let Err(error) = result {
                    debug!(%error, "a notification was not closed");
                }
            }
        }
    }

    async fn owner(&mut self, message: &Message, link: &mut Link) {
        let Some((name, owner)) = bus::owner_change(message) else { return };
        let spoken_to = if link.abilities.portal.is_some() { portal::NAME } else { daemon::NAME };
        let is_another = name != spoken_to && self.desk.daemon() == Daemon::Up;
        if is_another || owner.as_ref() == Some(&link.abilities.owner) {
            return;
        }
        self.desk.lost();
        if owner.is_some() || link.asked_at.elapsed() > STARTED_AGAIN_AFTER {
            self.ask(link);
        } else {
            self.desk.missing();
            self.part.fails(NO_DAEMON).await;
        }
    }

    async fn signal(&mut self, message: &Message) {
        let signals = daemon::parse(message);
        if signals.is_empty() {
            debug!("skipped a signal of the notification daemon");
        }
        for signal in signals {
            match signal {
                Signal::Token(token) => self.activation.put(token),
                Signal::About(id, heard) => {
                    if let Some((call, action)) = self.desk.heard(id, heard) {
                        self.pressed(call, action).await;
                    }
                }
            }
        }
    }

    async fn pressed(&self, call: CallId, action: engine::AlertAction) {
        // Nobody listens any more only while the program ends.
        self.incoming.send(Incoming::Pressed(call, action)).await.ok();
    }
}
