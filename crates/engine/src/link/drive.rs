mod socket;

use std::{
    collections::BTreeMap,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::{
    FutureExt, StreamExt,
    future::{AbortHandle, Aborted, abortable},
    stream::FuturesUnordered,
};
use protocols::{Fault, FetchId, Input, Instant, Output, Request, Response};
use providers::{Failure, Report, Session};
use tokio::{task::JoinSet, time::Sleep};
use tokio_tungstenite::tungstenite::Message;

use super::{LOOK_EVERY, Leaving, Runner};
use crate::{
    Order,
    network::{Socket, Wire},
    recording::Recorded,
};

/// How long a socket may take to say goodbye, and a session to end when asked to.
const GOODBYE: Duration = Duration::from_secs(1);

/// How a session ended.
pub(super) enum End {
    /// By itself.
    Failed(Failure),
    /// It was asked to.
    Stopped,
    /// A person wants a new one.
    Again,
    /// Nobody listens any more.
    Unheard,
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Fetched = (FetchId, Result<Result<Response, Fault>, Aborted>);

/// One session with its socket, its requests and its timer.
pub(super) struct Drive<'a> {
    link: &'a mut Runner,
    session: Box<dyn Session>,
    recorded: Option<Recorded>,
    wire: Wire,
    opening: Option<Boxed<Result<Socket, Fault>>>,
    socket: Option<Socket>,
    /// The socket has something to write.
    unflushed: bool,
    /// Writing to the socket failed.
    broken: Option<String>,
    goodbyes: JoinSet<()>,
    fetches: FuturesUnordered<Boxed<Fetched>>,
    fetching: BTreeMap<FetchId, AbortHandle>,
    /// What the session waits for.
    alarm: Option<Instant>,
    timer: Pin<Box<Sleep>>,
    /// For when the timer is set.
    timer_at: Option<Instant>,
    look_at: Instant,
    end: Option<End>,
}

impl<'a> Drive<'a> {
    pub(super) fn new(
        link: &'a mut Runner,
        session: Box<dyn Session>,
        recorded: Option<Recorded>,
        wire: Wire,
    ) -> Self {
        link.watch.looked_at = link.clock.now();
        let look_at = link.watch.looked_at + LOOK_EVERY;
        Self {
            link,
            session,
            recorded,
            wire,
            opening: None,
            socket: None,
            unflushed: false,
            broken: None,
            goodbyes: JoinSet::new(),
            fetches: FuturesUnordered::new(),
            fetching: BTreeMap::new(),
            alarm: None,
            timer: Box::pin(tokio::time::sleep(LOOK_EVERY)),
            timer_at: None,
            look_at,
            end: None,
        }
    }

    /// Runs the session to its end.
    pub(super) async fn run(mut self) -> End {
        self.feed(self.link.clock.now(), Input::Start);
        let end = loop {
            if self.link.outbox.flush().await.is_err() {
                break End::Unheard;
            }
            if let Some(end) = self.end.take() {
                break end;
            }
            poll_fn(|cx| self.poll_work(cx)).await;
        };
        match end {
            End::Failed(_) => self.goodbyes.detach_all(),
            End::Stopped | End::Again | End::Unheard => while self.goodbyes.join_next().await.is_some() {},
        }
        end
    }

    /// Feeds the session with all that is ready; ready itself when there is something to hand over.
    fn poll_work(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let now = self.link.clock.now();
            let mut busy = self.poll_time(now);
            busy |= self.poll_orders(now, cx);
            busy |= self.poll_opening(now, cx);
            busy |= self.poll_fetches(now, cx);
            busy |= self.poll_socket(now, cx);
            self.link.outbox.capable(self.session.capabilities());
            if self.end.is_some() || self.link.outbox.is_full() {
                return Poll::Ready(());
            }
            if !busy && self.poll_timer(now, cx).is_pending() {
                break;
            }
        }
        if self.link.outbox.is_empty() { Poll::Pending } else { Poll::Ready(()) }
    }

    /// What the clock says by itself.
    fn poll_time(&mut self, now: Instant) -> bool {
        let mut busy = false;
        if self.link.watch.look(now) {
            tracing::info!(account = %self.link.account.id, "time was lost, probing");
            self.probe(now);
            busy = true;
        }
        if self.look_at <= now {
            self.look_at = now + LOOK_EVERY;
        }
        if self.alarm.is_some_and(|at| at <= now) {
            self.feed(now, Input::Timeout);
            // A session that wants to be called again at once takes turns with everybody else.
            busy |= self.alarm.is_none_or(|at| at > now);
        }
        if let Some(leaving) = &self.link.leaving
            && leaving.by <= now
        {
            self.end.get_or_insert(leaving.end());
        }
        busy
    }

    /// Sets the one timer for what comes next and waits for it.
    fn poll_timer(&mut self, now: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let at = [self.alarm, self.link.leaving.as_ref().map(|leaving| leaving.by)]
            .into_iter()
            .flatten()
            .fold(self.look_at, Instant::min);
        if self.timer_at != Some(at) {
            self.timer_at = Some(at);
            self.timer.as_mut().reset(tokio::time::Instant::now() + (at - now));
        }
        let fired = self.timer.as_mut().poll(cx);
        if fired.is_ready() {
            // The clock may be behind the timer; it is set again for what is left.
            self.timer_at = None;
        }
        fired
    }

    fn poll_orders(&mut self, now: Instant, cx: &mut Context<'_>) -> bool {
        let mut busy = false;
        // Orders that come after the end are for the pause that follows; after a stop there are none.
        while self.end.is_none()
            && self.link.leaving.as_ref().is_none_or(|leaving| leaving.again)
            && let Poll::Ready(order) = self.link.orders.poll_recv(cx)
        {
            busy = true;
            match order {
                Some(Order::Act(id, action)) => {
                    self.link.outbox.acting(id);
                    self.session.act(now, id, action);
                    self.drain(now);
                }
                Some(Order::Attend(attention)) => {
                    self.link.attention = attention;
                    self.session.attend(now, attention);
                    self.drain(now);
                }
                Some(Order::Probe) => self.probe(now),
                Some(Order::Prove(reply)) => {
                    self.link.outbox.prove(now, reply);
                    self.probe(now);
                }
                Some(Order::Retry) => self.leave(now, true),
                Some(Order::Stop) | None => self.leave(now, false),
            }
        }
        busy
    }

    fn leave(&mut self, now: Instant, again: bool) {
        if !again {
            // Told before the goodbye, so that it cannot come after what a successor tells.
            self.link.outbox.stopped();
        }
        match &mut self.link.leaving {
            Some(leaving) => leaving.again &= again,
            None => {
                self.link.leaving = Some(Leaving { by: now + GOODBYE, again });
                self.feed(now, Input::Stop);
            }
        }
    }

    fn probe(&mut self, now: Instant) {
        // Kept HTTP connections may be dead without knowing; further requests use fresh ones.
        if let Ok(wire) = self.link.reach.renew(&self.wire) {
            self.wire = wire;
        }
        self.feed(now, Input::Probe);
    }

    fn poll_opening(&mut self, now: Instant, cx: &mut Context<'_>) -> bool {
        let Some(opening) = &mut self.opening else { return false };
        let Poll::Ready(opened) = opening.poll_unpin(cx) else { return false };
        self.opening = None;
        match opened {
            Ok(socket) => {
                self.heard(now);
                self.socket = Some(socket);
                self.broken = None;
                self.feed(now, Input::Opened);
            }
            Err(fault) => {
                tracing::debug!(account = %self.link.account.id, ?fault, "no websocket");
                self.socket = None;
                self.feed(now, Input::OpenFailed(&fault));
            }
        }
        true
    }

    fn poll_fetches(&mut self, now: Instant, cx: &mut Context<'_>) -> bool {
        let mut busy = false;
        while let Poll::Ready(Some((id, fetched))) = self.fetches.poll_next_unpin(cx) {
            busy = true;
            let Ok(result) = fetched else { continue };
            self.fetching.remove(&id);
            match &result {
                Ok(response) => {
                    tracing::debug!(account = %self.link.account.id, ?id, response.status, "fetched");
                    // An answer by REST says nothing of a socket.
                    match self.socket {
                        Some(_) => self.link.outbox.heard(now),
                        None => self.heard(now),
                    }
                }
                Err(fault) => {
                    tracing::debug!(account = %self.link.account.id, ?id, ?fault, "not fetched");
                    if self.socket.is_none() {
                        self.link.outbox.lost(now);
                    }
                }
            }
            self.feed(now, Input::Fetched(id, result.as_ref()));
        }
        busy
    }

    fn heard(&mut self, now: Instant) {
        self.link.outbox.heard(now);
        if self.link.outbox.proves() {
            self.link.outbox.proven(now, self.wire.skew());
        }
    }

    fn feed(&mut self, now: Instant, input: Input<'_>) {
        if let Some(recorded) = &self.recorded {
            recorded.input(now, &input);
        }
        self.session.handle(now, input);
        self.drain(now);
    }

    /// Does what the session wants, until it waits.
    fn drain(&mut self, now: Instant) {
        loop {
            let output = self.session.poll();
            if let Some(recorded) = &self.recorded {
                recorded.output(now, &output);
            }
            match output {
                Output::Open(open) => {
                    if !open.keeps_former {
                        self.socket = None;
                        self.broken = None;
                    }
                    let wire = self.wire.clone();
                    self.opening = Some(Box::pin(async move { wire.open(&open).await }));
                }
                Output::Send(text) => self.send(Message::text(text)),
                Output::Ping => self.send(Message::Ping(bytes::Bytes::new())),
                Output::Close(code) => self.close(code),
                Output::Fetch(id, request) => self.fetch(id, request),
                Output::Cancel(id) => {
                    if let Some(fetch) = self.fetching.remove(&id) {
                        fetch.abort();
                    }
                }
                Output::Event(report) => self.report(now, report),
                Output::Failed(failure) => {
                    let asked = self.link.leaving.as_ref().map(Leaving::end);
                    self.end = Some(asked.unwrap_or(End::Failed(failure)));
                    return;
                }
                Output::Ended => {
                    self.end = Some(self.link.leaving.as_ref().map_or(End::Stopped, Leaving::end));
                    return;
                }
                Output::Wait(alarm) => {
                    self.alarm = alarm;
                    return;
                }
            }
        }
    }

    fn fetch(&mut self, id: FetchId, request: Request) {
        let wire = self.wire.clone();
        let (fetch, handle) = abortable(async move { wire.fetch(request).await });
        if let Some(former) = self.fetching.insert(id, handle) {
            former.abort();
        }
        self.fetches.push(Box::pin(fetch.map(move |result| (id, result))));
    }

    fn report(&mut self, now: Instant, report: Report) {
        if let Report::Live { transport } = &report {
            if self.link.leaving.is_some() {
                return;
            }
            tracing::info!(account = %self.link.account.id, transport, "live");
            self.link.supervisor.live(now);
        }
        if matches!(report, Report::Interrupted) {
            self.link.supervisor.interrupted(now);
        }
        if let Some(secret) = self.link.outbox.report(now, report) {
            self.link.secret.renew(&self.link.account.id, secret);
        }
    }
}
