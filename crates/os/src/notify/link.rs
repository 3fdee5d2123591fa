//! The connection to the notification service, and what it is asked for.

use std::time::{Duration, Instant};

use futures_util::{
    StreamExt,
    future::{self, BoxFuture},
    stream::{FuturesUnordered, Select, select},
};
use model::CallId;
use tracing::debug;
use zbus::{Connection, Message, MessageStream};

use super::{
    daemon::{self, Abilities},
    desk::{Epoch, Sending},
    left::Service,
    portal,
};
use crate::{Bus, bus};

/// Late answers beyond this many are not waited for.
const MOST_LATE: usize = 64;

/// What an answer was about.
pub(super) enum Done {
    Asked(Epoch, zbus::Result<Abilities>),
    Notified(Notified),
    Late(Late),
    Closed(zbus::Result<()>),
}

/// Whether an alert was taken.
pub(super) struct Notified {
    pub(super) epoch: Epoch,
    pub(super) by: Abilities,
    pub(super) call: CallId,
    pub(super) id: zbus::Result<u32>,
}

/// An alert that the service has not taken within the deadline. It may still do so, and then it is on the screen.
pub(super) struct Late {
    epoch: Epoch,
    by: Abilities,
    call: CallId,
    answer: BoxFuture<'static, zbus::Result<u32>>,
}

impl Late {
    async fn wait(self) -> Notified {
        Notified { epoch: self.epoch, by: self.by, call: self.call, id: self.answer.await }
    }

    fn give_up(self) -> Notified {
        let id = Err(zbus::Error::InputOutput(std::sync::Arc::new(std::io::ErrorKind::TimedOut.into())));
        Notified { epoch: self.epoch, by: self.by, call: self.call, id }
    }
}

/// The late answers that are waited for, so many and no more.
#[derive(Default)]
pub(super) struct Lates(FuturesUnordered<BoxFuture<'static, Notified>>);

impl Lates {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives back, as one that was not taken, what has no place.
    pub(super) fn push(&self, late: Late) -> Option<Notified> {
        if self.0.len() >= MOST_LATE {
            return Some(late.give_up());
        }
        self.0.push(Box::pin(late.wait()));
        None
    }

    /// `None` where none is waited for.
    pub(super) async fn next(&mut self) -> Option<Notified> {
        self.0.next().await
    }
}

pub(super) struct Link {
    connection: Connection,
    answers_within: Duration,
    pub(super) owners: Select<MessageStream, MessageStream>,
    pub(super) signals: Select<MessageStream, MessageStream>,
    pub(super) calls: FuturesUnordered<BoxFuture<'static, Done>>,
    pub(super) late: Lates,
    pub(super) abilities: Abilities,
    asking: Option<Epoch>,
    pub(super) asked_at: Instant,
}

impl Link {
    pub(super) async fn open(bus: &Bus) -> zbus::Result<Self> {
        let connection = bus.connect().await?;
        Ok(Self {
            answers_within: bus.answers_within(),
            owners: select(
                bus::owner_changes(&connection, daemon::NAME).await?,
                bus::owner_changes(&connection, portal::NAME).await?,
            ),
            signals: select(daemon::signals(&connection).await?, portal::signals(&connection).await?),
            calls: FuturesUnordered::new(),
            late: Lates::default(),
            abilities: Abilities::default(),
            asking: None,
            asked_at: Instant::now(),
            connection,
        })
    }

    /// Asks what the service can do; once, however often it is wanted before the answer.
    pub(super) fn ask(&mut self, epoch: Epoch) {
        if self.asking == Some(epoch) {
            return;
        }
        self.asking = Some(epoch);
        self.asked_at = Instant::now();
        let asking = daemon::ask(self.connection.clone());
        self.calls.push(Box::pin(async move { Done::Asked(epoch, asking.await) }));
    }

    pub(super) fn answered(&mut self, epoch: Epoch) {
        self.asking.take_if(|asking| *asking == epoch);
    }

    /// Whether the service that is spoken to says this: another one's ids mean others' notifications.
    pub(super) fn is_by_service(&self, message: &Message) -> bool {
        message.header().sender().is_some_and(|sender| sender.as_str() == self.abilities.owner)
    }

    /// Whether a service has answered on this connection.
    pub(super) fn is_known(&self) -> bool {
        !self.abilities.owner.is_empty()
    }

    pub(super) fn service(&self) -> Service {
        Service { bus: self.connection.server_guid().to_string(), owner: self.abilities.owner.clone() }
    }

    /// Takes away what a former run has left; a service that does not answer holds this up for one deadline.
    pub(super) async fn clear(&mut self, ids: Vec<u32>) {
        let closing = |id| daemon::close(self.connection.clone(), self.abilities.clone(), id);
        for error in future::join_all(ids.into_iter().map(closing)).await.into_iter().filter_map(Result::err)
        {
            debug!(%error, "a notification of a former run was not closed");
        }
    }

    pub(super) fn send(&self, sending: Sending) {
        match sending {
            Sending::Notify { epoch, replaces, alert, noise } => {
                let (call, by) = (alert.call.clone(), self.abilities.clone());
                let notifying = daemon::notify(self.connection.clone(), by.clone(), replaces, alert, noise);
                let mut answer: BoxFuture<'static, _> = Box::pin(notifying);
                let answers_within = self.answers_within;
                self.calls.push(Box::pin(async move {
                    match tokio::time::timeout(answers_within, &mut answer).await {
                        Ok(id) => Done::Notified(Notified { epoch, by, call, id }),
                        Err(_) => Done::Late(Late { epoch, by, call, answer }),
                    }
                }));
            }
            Sending::Close { id } => self.close(self.abilities.clone(), id),
        }
    }

    /// Takes a notification away, at the service that shows it.
    pub(super) fn close(&self, by: Abilities, id: u32) {
        let closing = daemon::close(self.connection.clone(), by, id);
        self.calls.push(Box::pin(async move { Done::Closed(closing.await) }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_daemon_that_swallows_alerts_is_waited_for_by_so_many_and_no_more() {
        let lates = Lates::default();
        let taken = (0..2 * MOST_LATE).filter(|number| {
            let late = Late {
                epoch: Epoch::default(),
                by: Abilities::default(),
                call: format!("a/{number}").as_str().into(),
                answer: Box::pin(future::pending()),
            };
            lates.push(late).is_none()
        });
        assert_eq!(taken.count(), MOST_LATE);
    }
}
