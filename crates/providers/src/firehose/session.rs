//! The session: the stream of events, with Crossbar beside it where there is one.

mod actions;
mod lacking;
mod resync;
mod stream;

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use model::{Event, Time};
use protocols::{
    Fault, FetchId, Input, Instant, Machine, Output, Request, Response,
    kazoo::{self, Credentials},
};
use secrecy::SecretString;

use super::{
    calls::Calls,
    config::Config,
    crossbar::{AccountBy, Crossbar},
};
use crate::{Action, ActionId, Capabilities, Failure, Opening, Report, Session};
use actions::Dnd;
use lacking::Lacking;
use resync::Resync;

/// Requests below this number are the stream's.
const FIRST_FETCH: u64 = 1 << 32;

/// ```text
///  Fresh ──► Connecting ──► Live ◄──► Mending
///                │           │           │
///                ▼           ▼           ▼
///              Over ◄────────────────────┘
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    Connecting,
    Live,
    /// The stream was live, and gets itself another socket.
    Mending,
    Over,
}

/// What a request was for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Purpose {
    SignIn(AccountBy),
    Users,
    Devices,
    Channels,
    Me,
    PutDnd,
    ReadDnd,
    /// Whether somebody changed it elsewhere.
    LookAtDnd,
    Dial(ActionId, model::PhoneNumber),
    /// Where a `POST` is not known.
    DialPlainly(ActionId),
}

/// A Firehose account.
pub(super) struct Firehose {
    credentials: Credentials,
    client: kazoo::Client,
    client_wait: Option<Instant>,
    crossbar: Option<Crossbar>,
    random: fastrand::Rng,
    now: Instant,
    /// The same moment on both clocks.
    began: (Instant, Time),
    phase: Phase,
    out: VecDeque<Output<Report, Failure>>,
    asked: BTreeMap<FetchId, (Purpose, Instant)>,
    next_fetch: u64,
    calls: Calls,
    resync: Resync,
    lacking: Lacking,
    dnd: Dnd,
}

impl Firehose {
    pub(super) fn new(opening: &Opening<'_>, config: Config, login: (SecretString, SecretString)) -> Self {
        let (username, password) = login;
        let credentials = Credentials { username, password, domain: config.domain };
        let mut options = kazoo::Options::new(config.url, credentials.clone());
        options.accounts.clone_from(&config.accounts);
        options.token_in = if config.token_in_query { kazoo::TokenIn::Query } else { kazoo::TokenIn::Header };
        let mut calls = Calls::new(config.me, config.accounts);
        let lacking = Lacking::new(&config.events);
        calls.take_over(opening.now, opening.open_calls.clone());
        options.events = config.events;
        let wall = Duration::from_millis(u64::try_from(opening.wall.as_millis()).unwrap_or(0));
        Self {
            credentials,
            client: kazoo::Client::new(options, opening.now, wall),
            client_wait: None,
            crossbar: config.crossbar_url.map(Crossbar::new),
            random: fastrand::Rng::with_seed(opening.seed),
            now: opening.now,
            began: (opening.now, opening.wall),
            phase: Phase::Fresh,
            out: VecDeque::new(),
            asked: BTreeMap::new(),
            next_fetch: FIRST_FETCH,
            calls,
            resync: Resync::default(),
            lacking,
            dnd: Dnd::default(),
        }
    }

    fn wall(&self) -> Time {
        self.began.1.plus(self.now - self.began.0)
    }

    fn tell(&mut self, event: Event) {
        self.out.push_back(Output::Event(Report::Event(event)));
    }

    fn report(&mut self, report: Report) {
        self.out.push_back(Output::Event(report));
    }

    fn ask(&mut self, purpose: Purpose, request: Request) {
        let id = FetchId(self.next_fetch);
        self.next_fetch += 1;
        self.asked.insert(id, (purpose, self.now));
        self.out.push_back(Output::Fetch(id, request));
    }

    /// Forgets the requests that `unwanted` says.
    fn cancel(&mut self, unwanted: impl Fn(&Purpose) -> bool) {
        let ids: Vec<FetchId> =
            self.asked.iter().filter(|(_, (purpose, _))| unwanted(purpose)).map(|(id, _)| *id).collect();
        for id in ids {
            self.asked.remove(&id);
            self.out.push_back(Output::Cancel(id));
        }
    }

    fn end(&mut self, last: Output<Report, Failure>) {
        if self.phase != Phase::Over {
            self.cancel(|_| true);
            self.client_wait = None;
            self.phase = Phase::Over;
            self.out.push_back(last);
        }
    }

    fn fetched(&mut self, id: FetchId, result: Result<&Response, &Fault>) {
        let Some((purpose, asked_at)) = self.asked.remove(&id) else { return };
        match purpose {
            Purpose::SignIn(by) => self.signed_in(by, result),
            Purpose::Users | Purpose::Devices | Purpose::Channels | Purpose::Me => {
                self.row_came(&purpose, asked_at, result);
            }
            Purpose::PutDnd => self.dnd_put(body(result)),
            Purpose::ReadDnd => self.dnd_read(body(result)),
            Purpose::LookAtDnd => self.dnd_looked_at(body(result)),
            Purpose::Dial(id, number) => self.dialled(id, Some(&number), result),
            Purpose::DialPlainly(id) => self.dialled(id, None, result),
        }
    }

    /// Does whatever is due, and tells what came of it.
    fn go_on(&mut self, now: Instant) {
        self.drain();
        if self.phase == Phase::Over {
            return;
        }
        let wall = self.wall();
        if self.calls.next_at().is_some_and(|at| at <= now) {
            self.calls.due(now, wall);
        }
        self.resync_due(now);
        self.dnd_due(wall);
        self.look_at_dnd_due(now);
        self.tell_calls();
        self.drain();
    }

    fn tell_calls(&mut self) {
        self.out.extend(self.calls.take_events().map(|event| Output::Event(Report::Event(event))));
        if self.lacking.hides_ringing(self.calls.hides_ringing()) && self.phase == Phase::Live {
            self.tell_resynced();
        }
    }

    fn wait(&self) -> Option<Instant> {
        if self.phase == Phase::Over {
            return None;
        }
        let dnd = self.dnd.until().map(|until| self.now + until.since(self.wall()));
        // While the stream is mended, those have to wait, however long they have been due.
        let live = [self.resync.next_at(), dnd].into_iter().filter(|_| self.phase == Phase::Live);
        let always = [self.client_wait, self.calls.next_at(), self.dnd.look_at()];
        always.into_iter().chain(live).flatten().min()
    }

    /// Give or take a tenth, so that a company's programs do not ask all at once.
    fn jittered(&mut self, pause: Duration) -> Duration {
        let tenth = u64::try_from(pause.as_millis() / 10).unwrap_or(u64::MAX / 2);
        pause.saturating_sub(Duration::from_millis(tenth))
            + Duration::from_millis(self.random.u64(0..=2 * tenth))
    }
}

/// The body of an answer that is a success.
fn body<'a>(result: Result<&'a Response, &Fault>) -> Result<&'a str, Failure> {
    match result {
        Ok(response) if response.is_success() => Ok(&response.body),
        Ok(response) => Err(Failure::from_status(response.status, response.retry_after)),
        Err(fault) => Err(Failure::from(fault)),
    }
}

impl Machine for Firehose {
    type Event = Report;
    type Error = Failure;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        self.now = now;
        if self.phase == Phase::Over {
            return;
        }
        match input {
            Input::Start if self.phase == Phase::Fresh => {
                self.phase = Phase::Connecting;
                self.client.handle(now, input);
            }
            Input::Start => {}
            Input::Text(text) => self.hear(text),
            Input::Timeout => {
                if self.client_wait.is_some_and(|at| at <= now) {
                    self.client.handle(now, input);
                }
            }
            Input::Fetched(id, result) if id.0 >= FIRST_FETCH => self.fetched(id, result),
            Input::Opened
            | Input::OpenFailed(_)
            | Input::Heard
            | Input::Closed { .. }
            | Input::Fetched(..) => self.client.handle(now, input),
            Input::Probe => {
                self.client.handle(now, input);
                self.resync_now();
            }
            Input::Stop => {
                self.cancel(|_| true);
                self.client.handle(now, input);
            }
        }
        self.go_on(now);
    }

    fn poll(&mut self) -> Output<Report, Failure> {
        self.out.pop_front().unwrap_or_else(|| Output::Wait(self.wait()))
    }
}

impl Session for Firehose {
    fn act(&mut self, now: Instant, id: ActionId, action: Action) {
        self.now = now;
        self.do_action(id, action);
        self.go_on(now);
    }

    fn capabilities(&self) -> Capabilities {
        let able = self.crossbar.as_ref().is_some_and(Crossbar::knows_user);
        Capabilities { dnd: able, dial: able, ..Capabilities::default() }
    }
}
