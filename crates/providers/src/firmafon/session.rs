//! The session: who am I, then pub/sub with REST behind it, or REST alone.

mod actions;
mod lacking;
mod pubsub;
mod refusal;
mod resync;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use model::{CallFact, Event, Peer, PersonFact, PhoneNumber, Time};
use protocols::{Fault, FetchId, Input, Instant, Machine, Output, Request, Response, bayeux};
use secrecy::SecretString;

use super::{
    api::{Api, digits},
    calls::{Ask, Calls, Found},
    config::{Config, Transport},
    departments::Departments,
    known::Known,
    names::{Lookup, Names},
    rest::{self, Employee},
};
use crate::{Action, ActionId, Capabilities, Failure, FailureKind, Opening, Report, Session, Verdict};
use actions::Dnd;
use resync::Resync;

/// Requests below this number are the Bayeux client's.
const FIRST_FETCH: u64 = 1 << 32;

/// ```text
///  Fresh ──► SigningIn ──► PubSub ──► Over
///                 │           │ ▲
///                 └────────►Polling ──► Over
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    /// The token's owner is asked for.
    SigningIn,
    /// Pub/sub is connecting, live, or mending itself.
    PubSub,
    /// REST alone, with a try at pub/sub now and then.
    Polling,
    /// Asked to leave.
    Leaving,
    Over,
}

/// What a request was for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Purpose {
    WhoAmI,
    /// Pub/sub refused something: is it the token? If not, the session ends with this, or goes on.
    Verify(Option<Failure>),
    People,
    Groups,
    Legs,
    Rows,
    LiveNodes,
    Call(String),
    Name(PhoneNumber),
    PutDnd,
    ReadDnd,
    Dial(ActionId),
}

/// A Firmafon account.
pub(super) struct Firmafon {
    config: Config,
    token: SecretString,
    api: Api,
    random: fastrand::Rng,
    now: Instant,
    /// The same moment on both clocks.
    began: (Instant, Time),
    phase: Phase,
    out: VecDeque<Output<Report, Failure>>,
    asked: BTreeMap<FetchId, (Purpose, Instant)>,
    next_fetch: u64,
    me: Option<Employee>,
    client: Option<bayeux::Client>,
    client_wait: Option<Instant>,
    pubsub: pubsub::State,
    resync: Resync,
    calls: Calls,
    /// What an earlier session left open, until this one has signed in.
    left_open: Vec<CallFact>,
    names: Names,
    /// Everybody who was listed or heard of.
    known: Known,
    /// Data SIMs among the people, which are never shown.
    unseen: BTreeSet<String>,
    departments: Departments,
    dnd: Dnd,
}

impl Firmafon {
    pub(super) fn new(opening: &Opening<'_>, config: Config, token: SecretString) -> Self {
        Self {
            api: Api::new(config.api_url.clone(), token.clone()),
            config,
            token,
            random: fastrand::Rng::with_seed(opening.seed),
            now: opening.now,
            began: (opening.now, opening.wall),
            phase: Phase::Fresh,
            out: VecDeque::new(),
            asked: BTreeMap::new(),
            next_fetch: FIRST_FETCH,
            me: None,
            client: None,
            client_wait: None,
            pubsub: pubsub::State::default(),
            resync: Resync::default(),
            calls: Calls::new(opening.now, String::new()),
            left_open: opening.open_calls.clone(),
            names: Names::default(),
            known: Known::default(),
            unseen: BTreeSet::new(),
            departments: Departments::default(),
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

    /// Tells of a call, with the caller's name if it is known, else asks for it.
    fn tell_call(&mut self, mut fact: CallFact) {
        let mut unnamed = None;
        if let Some(Peer { number: Some(number), name, .. }) = &mut fact.peer {
            if let Some(name) = name {
                self.names.learn(number, Some(name.clone()));
            } else if self.calls.concerns_me(&fact.id) {
                match self.names.of(number, &fact.id) {
                    Lookup::Known(known) => *name = known.map(str::to_owned),
                    Lookup::Wait => {}
                    Lookup::Ask => unnamed = Some(number.clone()),
                }
            }
        }
        self.tell(Event::from(fact));
        if let Some(number) = unnamed {
            let request = self.api.contact(digits(&number));
            self.ask(Purpose::Name(number), request);
        }
    }

    fn tell_calls(&mut self, facts: impl IntoIterator<Item = CallFact>) {
        for fact in facts {
            self.tell_call(fact);
        }
    }

    fn tell_person(&mut self, mut fact: PersonFact) {
        fact.me = Some(self.is_me(&fact.id));
        self.tell(Event::Person(fact));
    }

    /// Tells of the owner, more recently than any answer that is still to come.
    fn tell_me(&mut self, fact: PersonFact) {
        self.resync.touch(&fact.id);
        self.tell_person(fact);
    }

    fn is_me(&self, id: &str) -> bool {
        self.me.as_ref().is_some_and(|me| me.fact.id == id)
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
        self.client = None;
        self.client_wait = None;
        self.phase = Phase::Over;
        self.out.push_back(last);
    }

    fn sign_in(&mut self) {
        self.phase = Phase::SigningIn;
        let request = self.api.employee();
        self.ask(Purpose::WhoAmI, request);
    }

    fn signed_in(&mut self, me: Employee) {
        self.calls = Calls::new(self.now, me.fact.id.clone());
        self.calls.take_over(self.now, &std::mem::take(&mut self.left_open));
        self.me = Some(me);
        if self.config.transport == Transport::Polling {
            self.begin_polling(None);
        } else {
            self.phase = Phase::PubSub;
            self.begin_pubsub();
        }
    }

    fn fetched(&mut self, id: FetchId, result: Result<&Response, &Fault>) {
        let Some((purpose, asked_at)) = self.asked.remove(&id) else { return };
        let body = match result {
            Ok(response) => rest::body(response),
            Err(fault) => Err(Failure::from(fault)),
        };
        let status = result.map_or(0, |response| response.status);
        let doubtful = match (&body, &purpose) {
            (_, Purpose::WhoAmI | Purpose::Verify(_)) | (Ok(_), _) => false,
            (Err(failure), _) => failure.kind == FailureKind::RefusedToken,
        };
        match purpose {
            Purpose::WhoAmI => match body.and_then(rest::employee) {
                Ok(me) => self.signed_in(me),
                Err(_) if status == 404 && self.api.try_suffix() => self.sign_in(),
                Err(failure) => self.fail(failure),
            },
            Purpose::Verify(otherwise) => match (body, otherwise) {
                (Err(failure), None) if failure.kind == FailureKind::RefusedToken => self.fail(failure),
                (_, None) => {}
                // A question that was not answered proves nothing, and the next session begins with it.
                (Err(failure), Some(_)) if failure.verdict() == Verdict::Retry => self.fail(failure),
                (Err(failure), Some(_)) if failure.kind == FailureKind::RefusedToken => self.fail(failure),
                (_, Some(otherwise)) => self.fail(otherwise),
            },
            Purpose::People => self.people_came(body.and_then(rest::employees)),
            Purpose::Groups => self.groups_came(body.and_then(rest::groups)),
            Purpose::Legs => self.legs_came(body.and_then(rest::live_nodes)),
            Purpose::Rows => self.rows_came(body.and_then(rest::calls)),
            Purpose::LiveNodes => match body.and_then(rest::live_nodes) {
                Ok(nodes) => {
                    let facts = self.calls.live_nodes(self.now, asked_at, &nodes.rows);
                    self.tell_calls(facts);
                }
                Err(_) => {
                    let fact = self.calls.no_live_nodes(self.now);
                    self.tell_calls(fact);
                }
            },
            Purpose::Call(uuid) => {
                let row = body.and_then(rest::call);
                let found = match &row {
                    Ok(row) => Found::Row(row),
                    Err(_) if matches!(status, 404 | 410) => Found::Gone,
                    Err(_) => Found::Unasked,
                };
                let fact = self.calls.found(self.now, asked_at, &uuid, &found);
                self.tell_calls(fact);
            }
            Purpose::Name(number) => self.name_came(&number, status, body),
            Purpose::PutDnd => self.dnd_put(body),
            Purpose::ReadDnd => self.dnd_read(body),
            Purpose::Dial(id) => self.dialled(id, status, body),
        }
        if doubtful
            && self.phase != Phase::Over
            && !self.is_asked(|purpose| matches!(purpose, Purpose::Verify(_)))
        {
            self.verify(None);
        }
    }

    fn name_came(&mut self, number: &PhoneNumber, status: u16, body: Result<&str, Failure>) {
        let name = match body {
            Ok(body) => rest::contact(body),
            Err(_) if status == 404 => None,
            Err(_) => return self.names.forget(number),
        };
        let calls = self.names.learn(number, name.clone());
        let Some(name) = name else { return };
        for uuid in calls {
            // A call that has ended meanwhile is history, which looks names up for itself.
            if self.calls.is_open(&uuid) {
                self.tell(Event::from(CallFact {
                    key: Some(format!("firmafon:{uuid}")),
                    peer: Some(Peer { name: Some(name.clone()), ..Peer::default() }),
                    ..CallFact::of(uuid)
                }));
            }
        }
    }

    /// Does whatever is due, and takes what the Bayeux client has to say.
    fn go_on(&mut self, now: Instant) {
        self.drain();
        if !matches!(self.phase, Phase::PubSub | Phase::Polling) {
            return;
        }
        self.resync_due(now);
        self.refused_due(now);
        let facts = self.calls.due(now);
        self.tell_calls(facts);
        while let Some(ask) = self.calls.ask(now) {
            match ask {
                Ask::LiveNodes => {
                    let request = self.api.live_nodes();
                    self.ask(Purpose::LiveNodes, request);
                }
                Ask::Call(uuid) => {
                    let request = self.api.call(&uuid);
                    self.ask(Purpose::Call(uuid), request);
                }
            }
        }
        self.drain();
    }

    fn wait(&self) -> Option<Instant> {
        let own = if matches!(self.phase, Phase::PubSub | Phase::Polling) {
            [self.resync.next_at(), self.calls.next_at(), self.pubsub.next_at()].into_iter().flatten().min()
        } else {
            None
        };
        self.client_wait.into_iter().chain(own).min()
    }

    /// Give or take a tenth, so that a company's programs do not ask all at once.
    fn jittered(&mut self, pause: Duration) -> Duration {
        let tenth = u64::try_from(pause.as_millis() / 10).unwrap_or(u64::MAX / 2);
        pause.saturating_sub(Duration::from_millis(tenth))
            + Duration::from_millis(self.random.u64(0..=2 * tenth))
    }
}

impl Machine for Firmafon {
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
            Input::Fetched(id, result) if id.0 >= FIRST_FETCH => self.fetched(id, result),
            Input::Opened
            | Input::OpenFailed(_)
            | Input::Text(_)
            | Input::Heard
            | Input::Closed { .. }
            | Input::Fetched(..) => self.pass(input),
            Input::Probe => {
                match self.phase {
                    Phase::SigningIn => {
                        self.cancel(|_| true);
                        self.sign_in();
                    }
                    Phase::Polling => self.poll_now(),
                    Phase::Fresh | Phase::PubSub | Phase::Leaving | Phase::Over => {}
                }
                self.pass(input);
            }
            Input::Stop => {
                self.cancel(|_| true);
                if self.client.is_some() && self.phase != Phase::Leaving {
                    self.phase = Phase::Leaving;
                    self.pass(input);
                } else if self.client.is_none() {
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

impl Session for Firmafon {
    fn act(&mut self, now: Instant, id: ActionId, action: Action) {
        self.now = now;
        self.do_action(id, action);
        self.go_on(now);
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { dnd: true, dnd_ends: true, dial: true, pick_up: false }
    }
}
