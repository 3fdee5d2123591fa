//! The session: tokens, then events, then the snapshot from REST.

mod actions;
mod pusher;
mod resync;
mod sign_in;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use model::{CallFact, Event, Time};
use protocols::{Fault, FetchId, Input, Instant, Machine, Output, Request, Response, sockjs};

use super::{
    api::{Api, Grant},
    calls::Calls,
    config::{self, Config, Credentials},
    event_map::EventMap,
    events::{Heard, Reading},
    people::People,
};
use crate::{Action, ActionId, Capabilities, Failure, Opening, Report, Session, SettingsFault};
use resync::Resync;
use sign_in::Tokens;

/// Requests below this number are the SockJS client's.
const FIRST_FETCH: u64 = 1 << 32;
/// Memory for more events than this is not kept from one message to the next.
const KEPT: usize = 16;

/// ```text
///                    refused, can be renewed
///             ┌──────────────────────────────┐
///             ▼                              │ first event, or 0.5 s
///  Fresh ──► SigningIn ──► Connecting ───────┴──► Live ──► Over
///             a token         `o`, authenticate     ▲ │
///                                                   └─┘ token renewed on the open socket
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    /// A token is asked for.
    SigningIn,
    /// The socket is opened, or has been shown the token and has not said no.
    Connecting,
    Live,
    Leaving,
    Over,
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Grant(Grant),
    Me,
    /// The snapshot of this number in the map.
    Rows(usize),
    PickUp(ActionId),
}

/// An NGUC account.
pub(super) struct Nguc {
    config: Config,
    map: Arc<EventMap>,
    api: Api,
    random: fastrand::Rng,
    now: Instant,
    /// The same moment on both clocks.
    began: (Instant, Time),
    phase: Phase,
    out: VecDeque<Output<Report, Failure>>,
    asked: BTreeMap<FetchId, Purpose>,
    next_fetch: u64,
    credentials: Credentials,
    tokens: Tokens,
    client: Option<sockjs::Client>,
    client_wait: Option<Instant>,
    transport: &'static str,
    /// The server has been shown the token; unless it says no by then, it is live.
    settles_at: Option<Instant>,
    /// A close up to then may be about the token.
    proving_until: Option<Instant>,
    people: People,
    calls: Calls,
    /// What an earlier session left open, until this one is live.
    left_open: Vec<CallFact>,
    resync: Resync,
    /// Kept for its memory.
    heard: Vec<Result<Heard, &'static str>>,
}

impl Nguc {
    pub(super) fn new(opening: Opening<'_>) -> Result<Self, SettingsFault> {
        let config = Config::parse(opening.settings)?;
        let credentials = Credentials::parse(opening.secret)?;
        if config.client_id.is_empty() && credentials.access.is_none() {
            let text = "Set `client_id` to what NGUC gave you: `external.` and your company's name.";
            return Err(SettingsFault::in_key("client_id", text));
        }
        let me = config.me.clone().or_else(|| credentials.user_id.clone());
        Ok(Self {
            map: config::event_map(opening.files)?,
            api: Api::new(config.api_url.clone(), config.client_id.clone()),
            config,
            random: fastrand::Rng::with_seed(opening.seed),
            now: opening.now,
            began: (opening.now, opening.wall),
            phase: Phase::Fresh,
            out: VecDeque::new(),
            asked: BTreeMap::new(),
            next_fetch: FIRST_FETCH,
            people: People::new(me, credentials.username.clone()),
            credentials,
            tokens: Tokens::default(),
            client: None,
            client_wait: None,
            transport: "websocket",
            settles_at: None,
            proving_until: None,
            calls: Calls::default(),
            left_open: opening.open_calls,
            resync: Resync::default(),
            heard: Vec::new(),
        })
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

    fn ask(&mut self, purpose: Purpose, request: Request) {
        let id = FetchId(self.next_fetch);
        self.next_fetch += 1;
        self.asked.insert(id, purpose);
        self.out.push_back(Output::Fetch(id, request));
    }

    /// Forgets the requests that `unwanted` says.
    fn cancel(&mut self, unwanted: impl Fn(Purpose) -> bool) {
        for (id, _) in self.asked.extract_if(.., |_, purpose| unwanted(*purpose)) {
            self.out.push_back(Output::Cancel(id));
        }
    }

    fn fail(&mut self, failure: Failure) {
        if self.phase != Phase::Over {
            self.end(Output::Failed(failure));
        }
    }

    fn end(&mut self, last: Output<Report, Failure>) {
        self.cancel(|_| true);
        if let Some(mut client) = self.client.take() {
            client.handle(self.now, Input::Stop);
            loop {
                match client.poll() {
                    Output::Wait(_) => break,
                    Output::Close(code) => self.out.push_back(Output::Close(code)),
                    Output::Cancel(id) => self.out.push_back(Output::Cancel(id)),
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
        let Some(purpose) = self.asked.remove(&id) else { return };
        match purpose {
            Purpose::Grant(grant) => self.granted(grant, answer),
            Purpose::Me => self.me_came(answer),
            Purpose::Rows(at) => self.rows_came(at, answer),
            Purpose::PickUp(id) => self.picked_up(id, answer),
        }
    }

    /// Reads a message, and tells or holds back what it says.
    fn message(&mut self, text: &str) {
        let mut all = std::mem::take(&mut self.heard);
        sockjs::read(text, &Reading { map: &self.map, zone: &self.config.zone }, |heard| all.push(heard));
        for heard in all.drain(..) {
            match heard {
                Ok(heard) => self.hear(heard),
                Err(what) => self.tell_unknown(what),
            }
        }
        if all.capacity() <= KEPT {
            self.heard = all;
        }
    }

    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Call(_) | Heard::Ignored | Heard::Skipped(_) => self.tell_heard(heard),
            // What a snapshot is on its way for is told after it.
            Heard::Person(_) | Heard::Device(_) | Heard::Queue(_) => {
                if let Some(heard) = self.hold_back(heard) {
                    self.tell_heard(heard);
                }
            }
        }
    }

    fn tell_heard(&mut self, heard: Heard) {
        match heard {
            Heard::Person(mut person) => {
                if let Some(odd) = person.odd.take() {
                    self.tell_unknown(odd);
                }
                let fact = self.people.heard(person);
                self.tell(Event::Person(fact));
                self.tell_what_is_mine();
            }
            Heard::Device(mut device) => {
                if let Some(odd) = device.odd.take() {
                    self.tell_unknown(odd);
                }
                if let Some(fact) = self.people.device(device) {
                    self.tell(Event::Person(fact));
                }
            }
            Heard::Call(mut call) => {
                if let Some(odd) = call.odd.take() {
                    self.tell_unknown(odd);
                }
                if let Some(fact) = self.calls.heard(self.now, *call, self.people.me()) {
                    self.tell(Event::from(fact));
                }
            }
            Heard::Queue(queue) => self.tell(Event::Queue(queue)),
            Heard::Ignored => {}
            Heard::Skipped(what) => self.tell_unknown(what),
        }
    }

    /// Once it is known who the account's owner is, calls that were told before are known to be theirs or not.
    fn tell_what_is_mine(&mut self) {
        if let Some(me) = self.people.me() {
            let facts = self.calls.owner_is(me);
            self.tell_calls(facts);
        }
    }

    fn tell_calls(&mut self, facts: Vec<CallFact>) {
        for fact in facts {
            self.tell(Event::from(fact));
        }
    }

    /// Does whatever is due, and takes what the SockJS client has to say.
    fn go_on(&mut self, now: Instant) {
        self.drain();
        self.end_due(now);
        if self.proving_until.is_some_and(|at| at <= now) {
            self.proven();
        }
        if self.settles_at.is_some_and(|at| at <= now) {
            self.live();
        }
        if matches!(self.phase, Phase::Connecting | Phase::Live) {
            self.tokens_due(now);
        }
        if self.phase == Phase::Live {
            self.resync_due(now);
            let over = self.calls.due(now);
            self.tell_calls(over);
        }
        self.drain();
    }

    fn wait(&self) -> Option<Instant> {
        let own = match self.phase {
            Phase::Connecting => [self.tokens.next_at(), None, None],
            Phase::Live => [self.tokens.next_at(), self.resync.next_at(), self.calls.next_at()],
            Phase::Fresh | Phase::SigningIn | Phase::Leaving | Phase::Over => [None; 3],
        };
        own.into_iter()
            .flatten()
            .chain(self.client_wait)
            .chain(self.settles_at)
            .chain(self.proving_until)
            .chain(self.tokens.ends_at())
            .min()
    }

    /// Give or take a tenth, so that a company's programs do not ask all at once.
    fn jittered(&mut self, pause: Duration) -> Duration {
        let tenth = u64::try_from(pause.as_millis() / 10).unwrap_or(u64::MAX / 2);
        pause.saturating_sub(Duration::from_millis(tenth))
            + Duration::from_millis(self.random.u64(0..=2 * tenth))
    }
}

impl Machine for Nguc {
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
            Input::Fetched(id, answer) if id.0 >= FIRST_FETCH => self.fetched(id, answer),
            Input::Opened
            | Input::OpenFailed(_)
            | Input::Text(_)
            | Input::Heard
            | Input::Closed { .. }
            | Input::Fetched(..)
            | Input::Probe => self.pass(input),
            Input::Stop => {
                self.cancel(|_| true);
                if self.client.is_some() {
                    self.phase = Phase::Leaving;
                    self.pass(input);
                } else {
                    self.end(Output::Ended);
                }
            }
        }
        self.go_on(now);
    }

    fn poll(&mut self) -> Output<Report, Failure> {
        self.out.pop_front().unwrap_or_else(|| Output::Wait(self.wait()))
    }
}

impl Session for Nguc {
    fn act(&mut self, now: Instant, id: ActionId, action: Action) {
        self.now = now;
        self.do_action(id, action);
        self.go_on(now);
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { pick_up: true, ..Capabilities::default() }
    }
}
