//! Native notifications over one connection: the first surface of every call, so nothing here waits for anything else.

mod daemon;
mod desk;
mod left;
mod link;
mod portal;

use std::{path::PathBuf, time::Duration};

use engine::{Alert, Face, Incoming};
use futures_util::StreamExt;
use model::{CallId, Problem, ProblemCode};
use tokio::sync::{mpsc, oneshot};
use tracing::{debug, warn};
use zbus::Message;

use self::{
    daemon::{Abilities, Signal},
    desk::{Daemon, Desk},
    left::Left,
    link::{Done, Link, Notified},
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
            if link.is_known() {
                self.left.note(&link.service(), self.desk.lasting());
            }
            if link.calls.is_empty() {
                if link.late.is_empty() {
                    for done in self.waiting.drain(..) {
                        // Who stopped waiting need not know.
                        done.send(()).ok();
                    }
                }
                if is_ending {
                    return Some(());
                }
            }
            tokio::select! {
                biased;
                Some(done) = link.calls.next() => self.done(done, &mut link).await,
                Some(notified) = link.late.next() => self.notified(notified, &mut link).await,
                message = link.owners.next() => self.owner(&message?.ok()?, &mut link).await,
                message = link.signals.next() => {
                    let message = message?.ok()?;
                    if link.is_by_service(&message) {
                        self.signal(&message).await;
                    }
                }
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
            Done::Asked(epoch, asked) => {
                link.answered(epoch);
                if epoch == self.desk.epoch() {
                    self.asked(asked, link).await;
                }
            }
            Done::Notified(notified) => self.notified(notified, link).await,
            Done::Late(late) => {
                warn!("the notification daemon is slow to take an alert");
                if let Some(given_up) = link.late.push(late) {
                    self.notified(given_up, link).await;
                }
                link.ask(self.desk.epoch());
            }
            // Daemons answer an error to the closing of what is closed.
            Done::Closed(result) => {
                if let Err(error) = result {
                    debug!(%error, "a notification was not closed");
                }
            }
        }
    }

    async fn asked(&mut self, asked: zbus::Result<Abilities>, link: &mut Link) {
        let abilities = match asked {
            Ok(abilities) => abilities,
            Err(error) => {
                debug!(%error, "no notification daemon");
                self.desk.missing();
                return self.part.fails(NO_DAEMON).await;
            }
        };
        if abilities.owner != link.abilities.owner {
            // The former service may still be there, only slow, and what rings there would stay for ever.
            for id in self.desk.lasting() {
                link.close(link.abilities.clone(), id);
            }
            self.desk.lost();
            link.abilities = abilities;
        }
        link.clear(self.left.take(&link.service())).await;
        self.desk.up();
        self.part.works().await;
    }

    async fn notified(&mut self, notified: Notified, link: &mut Link) {
        let Notified { epoch, by, call, id } = notified;
        if epoch != self.desk.epoch() {
            // It is on the screen of a service that is not spoken to any more.
            if let Ok(id) = id {
                link.close(by, id);
            }
            return;
        }
        if let Err(error) = &id {
            warn!(%error, "the notification daemon did not take an alert");
        }
        let may_have_changed = id.is_err() || self.desk.daemon() == Daemon::Missing;
        for (call, action) in self.desk.notified(epoch, &call, id.ok()) {
            self.pressed(call, action).await;
        }
        if may_have_changed {
            link.ask(self.desk.epoch());
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
