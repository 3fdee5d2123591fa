//! The session: an access token, then tokens for events, then events with REST behind them.

mod actions;
mod asking;
mod channels;
mod ends;
mod lacking;
mod realtime;
mod resync;
mod sign_in;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use model::{Event, PersonFact, Time};
use protocols::{FetchId, Input, Instant, Machine, Output, centrifugo::Client};

use super::{
    api::Api,
    calls::Calls,
    config::{Config, Secret},
    events::Heard,
    people::People,
};
use crate::{Action, ActionId, Attention, Capabilities, Failure, Opening, Report, Session};
use actions::Dnd;
use asking::Asked;
use channels::Channels;
use resync::Resync;
use sign_in::Access;

/// Requests below this number are the protocol's.
const FIRST_FETCH: u64 = 1 << 32;

/// ```text
///  Fresh ──► SigningIn ──► Realtime ──► Over
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    /// Up to the first token for events.
    SigningIn,
    /// Events are connecting, live, or mending themselves.
    Realtime,
    Over,
}

/// A Semaswift account.
pub(super) struct Semaswift {
    config: Config,
    secret: Secret,
    api: Api,
    now: Instant,
    /// The same moment on both clocks.
    began: (Instant, Time),
    phase: Phase,
    out: VecDeque<Output<Report, Failure>>,
    asked: BTreeMap<FetchId, Asked>,
    next_fetch: u64,
    /// What cannot be asked at the moment.
    waiting: VecDeque<Asked>,
    /// The provider asked to slow down, or could not be reached.
    paused_until: Option<Instant>,
    access: Access,
    client: Option<Client<Heard>>,
    client_wait: Option<Instant>,
    channels: Channels,
    /// Channels whose tokens are to be asked for.
    tokens_wanted: BTreeSet<Arc<str>>,
    live: bool,
    resync: Resync,
    people: People,
    calls: Calls,
    dnd: Dnd,
    attention: Attention,
}

impl Semaswift {
    pub(super) fn new(opening: &Opening<'_>, config: Config, secret: Secret) -> Self {
        let mut people = People::default();
        people.my_agent.clone_from(&config.agent_id);
        people.statuses.dnd.clone_from(&config.dnd_status);
        people.statuses.available.clone_from(&config.available_status);
        let mut calls = Calls::default();
        calls.take_over(opening.now, &opening.open_calls);
        Self {
            api: Api::new(&config),
            access: Access::of(opening.now, opening.wall, &secret),
            config,
            secret,
            now: opening.now,
            began: (opening.now, opening.wall),
            phase: Phase::Fresh,
            out: VecDeque::new(),
            asked: BTreeMap::new(),
            next_fetch: FIRST_FETCH,
            waiting: VecDeque::new(),
            paused_until: None,
            client: None,
            client_wait: None,
            channels: Channels::default(),
            tokens_wanted: BTreeSet::new(),
            live: false,
            resync: Resync::default(),
            people,
            calls,
            dnd: Dnd::default(),
            attention: Attention::Details,
        }
    }

    fn wall(&self) -> Time {
        self.began.1.plus(self.now - self.began.0)
    }

    fn report(&mut self, report: Report) {
        self.out.push_back(Output::Event(report));
    }

    fn tell(&mut self, event: Event) {
        self.report(Report::Event(event));
    }

    fn tell_unknown(&mut self, name: impl Into<String>) {
        self.tell(Event::Unknown { name: name.into() });
    }

    /// Tells of a person, unless everybody is about to be told.
    fn tell_person(&mut self, fact: PersonFact) {
        if !self.resync.holds_people() {
            self.tell(Event::Person(fact));
        }
    }

    fn fail(&mut self, failure: Failure) {
        if self.phase != Phase::Over {
            self.end(Output::Failed(failure));
        }
    }

    fn end(&mut self, last: Output<Report, Failure>) {
        for id in std::mem::take(&mut self.asked).into_keys() {
            self.out.push_back(Output::Cancel(id));
        }
        self.waiting.clear();
        if self.client.take().is_some_and(|mut client| leaves_socket(&mut client, self.now)) {
            self.out.push_back(Output::Close(1000));
        }
        self.client_wait = None;
        self.phase = Phase::Over;
        self.out.push_back(last);
    }

    /// Does whatever is due, and takes what the client has to say.
    fn go_on(&mut self, now: Instant) {
        self.drain();
        if self.phase == Phase::Over {
            return;
        }
        self.asking_due(now);
        if self.phase == Phase::Realtime {
            for event in self.calls.due(now) {
                self.tell(event);
            }
            let (facts, many) = self.people.due(now);
            for fact in facts {
                self.tell_person(fact);
            }
            if many {
                self.tell_everybody();
            }
            self.resync_due(now);
            self.dnd_due(now);
            self.ask_channel_tokens();
        }
        self.drain();
    }

    fn wait(&self) -> Option<Instant> {
        if self.phase == Phase::Over {
            return None;
        }
        let own = [
            self.paused_until,
            self.resync.next_at(),
            self.calls.next_at(),
            self.people.next_at(),
            self.dnd.ends_at().filter(|_| self.live),
        ];
        let own = own.into_iter().flatten().filter(|_| self.phase == Phase::Realtime).min();
        self.client_wait.into_iter().chain(own).min()
    }
}

/// Whether the client, which ends by this, has a socket.
fn leaves_socket(client: &mut Client<Heard>, now: Instant) -> bool {
    client.handle(now, Input::Stop);
    loop {
        match client.poll() {
            Output::Close(_) => return true,
            Output::Wait(_) => return false,
            Output::Open(_)
            | Output::Send(_)
            | Output::Ping
            | Output::Fetch(..)
            | Output::Cancel(_)
            | Output::Event(_)
            | Output::Failed(_)
            | Output::Ended => {}
        }
    }
}

impl Machine for Semaswift {
    type Event = Report;
    type Error = Failure;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        self.now = now;
        if self.phase == Phase::Over {
            return;
        }
        match input {
            Input::Start => {
                if self.phase == Phase::Fresh {
                    self.sign_in();
                }
            }
            Input::Timeout => {
                if self.client_wait.is_some_and(|at| at <= now) {
                    self.pass(input);
                }
            }
            Input::Fetched(id, result) => self.fetched(id, result),
            Input::Opened | Input::OpenFailed(_) | Input::Text(_) | Input::Heard | Input::Closed { .. } => {
                self.pass(input);
            }
            Input::Probe => {
                self.ask_again_at_once();
                self.pass(input);
            }
            Input::Stop => self.end(Output::Ended),
        }
        self.go_on(now);
    }

    fn poll(&mut self) -> Output<Report, Failure> {
        self.out.pop_front().unwrap_or_else(|| Output::Wait(self.wait()))
    }
}

impl Session for Semaswift {
    fn act(&mut self, now: Instant, id: ActionId, action: Action) {
        self.now = now;
        self.do_action(id, action);
        self.go_on(now);
    }

    fn capabilities(&self) -> Capabilities {
        let dnd = self.people.my_agent.is_some() && self.people.statuses.dnd_id().is_some();
        Capabilities { dnd, ..Capabilities::default() }
    }

    fn attend(&mut self, now: Instant, attention: Attention) {
        self.now = now;
        if std::mem::replace(&mut self.attention, attention) != attention {
            self.join_and_leave();
        }
        self.go_on(now);
    }
}
