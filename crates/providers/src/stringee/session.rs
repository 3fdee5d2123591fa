//! The session: a token, then the socket, with the relay or REST behind it.

mod actions;
mod behind;
mod refusal;
mod socket;
mod tokens;

use std::collections::{BTreeMap, VecDeque};

use model::{CallFact, Event, PersonFact, Time};
use protocols::{
    Fault, FetchId, Input, Instant, Machine, Output, Request, Response,
    stringee::{Client, Device},
};

use super::{
    calls::Calls,
    config::{Config, Credential},
    people::People,
    token::Tokens,
};
use crate::{Action, ActionId, Capabilities, Failure, Opening, Report, Session};
use actions::Dnd;
use behind::Behind;

/// Requests below this number are the Stringee client's.
const FIRST_FETCH: u64 = 1 << 32;

/// ```text
///  Fresh ──► GettingToken ──► Connecting ──► Live ──► Over
///                 └──────────────┴───────────────────► Over
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    GettingToken,
    /// The socket is looking for a server or signing in, perhaps with a second token.
    Connecting,
    Live,
    Over,
}

/// What a request was for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Purpose {
    Token,
    Snapshot,
    Events,
    Users { page: usize },
    Me,
    PutDnd,
    ReadDnd,
}

/// A Stringee account.
pub(super) struct Stringee {
    config: Config,
    credential: Credential,
    tokens: Option<Tokens>,
    random: fastrand::Rng,
    now: Instant,
    /// The same moment on both clocks.
    began: (Instant, Time),
    phase: Phase,
    out: VecDeque<Output<Report, Failure>>,
    asked: BTreeMap<FetchId, (Purpose, Instant)>,
    next_fetch: u64,
    refresh_at: Option<Instant>,
    client: Option<Client>,
    client_wait: Option<Instant>,
    /// The person's userId.
    me: String,
    people: People,
    calls: Calls,
    /// What an earlier session left open, until this one is live.
    left_open: Vec<CallFact>,
    behind: Behind,
    dnd: Dnd,
}

impl Stringee {
    pub(super) fn new(opening: &Opening<'_>, config: Config, credential: Credential) -> Self {
        Self {
            people: People::new(config.dnd.clone()),
            config,
            credential,
            tokens: None,
            random: fastrand::Rng::with_seed(opening.seed),
            now: opening.now,
            began: (opening.now, opening.wall),
            phase: Phase::Fresh,
            out: VecDeque::new(),
            asked: BTreeMap::new(),
            next_fetch: FIRST_FETCH,
            refresh_at: None,
            client: None,
            client_wait: None,
            me: String::new(),
            calls: Calls::new(String::new()),
            left_open: opening.open_calls.clone(),
            behind: Behind::default(),
            dnd: Dnd::default(),
        }
    }

    fn wall(&self) -> Time {
        self.began.1.plus(self.now - self.began.0)
    }

    fn tell(&mut self, event: Event) {
        self.out.push_back(Output::Event(Report::Event(event)));
    }

    fn tell_unknown(&mut self, name: impl Into<String>) {
        self.tell(Event::Unknown { name: name.into() });
    }

    fn tell_calls(&mut self, facts: impl IntoIterator<Item = CallFact>) {
        for fact in facts {
            self.tell(Event::from(fact));
        }
    }

    fn tell_person(&mut self, fact: PersonFact) {
        let fact = self.marked(fact);
        self.tell(Event::Person(fact));
    }

    fn marked(&self, fact: PersonFact) -> PersonFact {
        PersonFact { me: Some(fact.id == self.me), ..fact }
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

    fn is_asked(&self, wanted: impl Fn(&Purpose) -> bool) -> bool {
        self.asked.values().any(|(purpose, _)| wanted(purpose))
    }

    fn fail(&mut self, failure: Failure) {
        if self.phase != Phase::Over {
            self.end(Output::Failed(failure));
        }
    }

    fn end(&mut self, last: Output<Report, Failure>) {
        self.cancel(|_| true);
        // The client says what else must be given back; after its own end it says nothing.
        if let Some(mut client) = self.client.take() {
            client.handle(self.now, Input::Stop);
            loop {
                match client.poll() {
                    Output::Close(code) => self.out.push_back(Output::Close(code)),
                    Output::Cancel(id) => self.out.push_back(Output::Cancel(id)),
                    Output::Wait(_) => break,
                    Output::Open(_)
                    | Output::Send(_)
                    | Output::Ping
                    | Output::Fetch(..)
                    | Output::Event(_)
                    | Output::Failed(_)
                    | Output::Ended => {}
                }
            }
        }
        self.client_wait = None;
        self.phase = Phase::Over;
        self.out.push_back(last);
    }

    fn fetched(&mut self, id: FetchId, answer: Result<&Response, &Fault>) {
        let Some((purpose, asked_at)) = self.asked.remove(&id) else { return };
        match purpose {
            Purpose::Token => self.token_came(answer),
            Purpose::Snapshot => self.snapshot_came(answer, asked_at),
            Purpose::Events => self.events_came(answer, asked_at),
            Purpose::Users { page } => self.users_came(answer, page),
            Purpose::Me => self.me_came(answer, asked_at),
            Purpose::PutDnd => self.dnd_put(answer),
            Purpose::ReadDnd => self.dnd_read(answer),
        }
    }

    /// Does whatever is due, and takes what the client has to say.
    fn go_on(&mut self, now: Instant) {
        self.drain();
        self.tokens_due(now);
        if self.phase == Phase::Live {
            self.behind_due(now);
            self.dnd_due(now);
            let facts = self.calls.due(now);
            self.tell_calls(facts);
        }
        self.drain();
    }

    fn wait(&self) -> Option<Instant> {
        if self.phase == Phase::Over {
            return None;
        }
        let live = self.phase == Phase::Live;
        let own = [self.behind.next_at(), self.dnd.next_at(), self.calls.next_at()];
        let own = own.into_iter().flatten().filter(|_| live);
        own.chain(self.client_wait).chain(self.refresh_at).min()
    }

    fn device(&mut self) -> Device {
        let mut uuid = |kind: &str| {
            let (high, low) = (self.random.u64(..), self.random.u64(..));
            let (one, two, three) = (high >> 32, (high >> 16) & 0xffff, high & 0xffff);
            let (four, five) = (low >> 48, low & 0xffff_ffff_ffff);
            format!("{kind}-{one:08x}-{two:04x}-{three:04x}-{four:04x}-{five:012x}")
        };
        Device {
            name: concat!("Ringside/", env!("CARGO_PKG_VERSION")).to_owned(),
            device_id: uuid("web"),
            browser_id: uuid("browser"),
            session_id: uuid("session"),
        }
    }
}

impl Machine for Stringee {
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
                    self.begin();
                }
            }
            Input::Timeout => {
                if self.client_wait.is_some_and(|at| at <= now) {
                    self.pass(input);
                }
            }
            Input::Fetched(id, answer) if id.0 >= FIRST_FETCH => self.fetched(id, answer),
            Input::Opened
            | Input::OpenFailed(_)
            | Input::Text(_)
            | Input::Heard
            | Input::Closed { .. }
            | Input::Fetched(..) => self.pass(input),
            Input::Probe => {
                self.tokens_probed();
                self.behind_probed();
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

impl Session for Stringee {
    fn act(&mut self, now: Instant, id: ActionId, action: Action) {
        self.now = now;
        self.do_action(id, action);
        self.go_on(now);
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { dnd: self.can_set_dnd(), ..Capabilities::default() }
    }
}
