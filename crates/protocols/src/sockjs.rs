//! SockJS as a client: one session over a websocket, or over held HTTP requests (`xhr`) where no websocket can be had.
//!
//! [`Client`] opens a session, keeps it proven alive, tells the messages that come in and sends others; [`read`]
//! takes the events out of a message. A session that is lost cannot be resumed, for SockJS numbers nothing: every
//! loss ends the client with an [`Error`], and whatever matters must then be asked for by other means.
//!
//! Frames are read as leniently as any server is known to write them; a bad one is left out and told as
//! [`Event::Skipped`], and never ends a session.
//! Verified against the npm server `sockjs` 0.3.24.

mod error;
mod events;
mod frame;
mod ids;
mod polling;
mod socket;

use std::{collections::VecDeque, time::Duration};

pub use error::Error;
pub use events::{Reader, read};
use frame::Frame;
use ids::Ids;
use polling::Polling;
use socket::Vital;

use crate::{Input, Instant, Machine, Output};

/// A larger frame holds no event of interest.
const LONGEST_FRAME: usize = 1 << 20;

/// How a [`Client`] connects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where the server is: `https://host/prefix`, or `http://` to loopback; the ids and the transport are added.
    pub url: String,
    /// Which transports may be used.
    pub transports: Transports,
    /// Where the ids of the sessions come from: any number, another one for each client.
    pub seed: u64,
    /// The limit for opening the websocket; by default 6 s.
    pub open_within: Duration,
    /// The limit for the server's `o`; by default 10 s.
    pub greeting_within: Duration,
    /// A ping goes out after this time without any frame, and again; by default 28 s, so that a server with
    /// heartbeats every 25 s is never asked.
    pub ping_every: Duration,
    /// Without anything heard for this time the session is dead; by default 65 s. By held requests that is a frame,
    /// since whatever is on the way may answer them.
    pub dead_after: Duration,
}

impl Options {
    /// The defaults for this address.
    pub fn new(url: impl Into<String>, seed: u64) -> Self {
        Self {
            url: url.into(),
            transports: Transports::Auto,
            seed,
            open_within: Duration::from_secs(6),
            greeting_within: Duration::from_secs(10),
            ping_every: Duration::from_secs(28),
            dead_after: Duration::from_secs(65),
        }
    }
}

/// Which transports a [`Client`] may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transports {
    /// A websocket; held HTTP requests if it is refused or swallowed.
    Auto,
    /// A websocket or nothing.
    WebSocket,
    /// Held HTTP requests only.
    LongPolling,
}

/// What a session runs over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named by what it is")]
pub enum Transport {
    WebSocket,
    LongPolling,
}

impl Transport {
    /// `websocket` or `long-polling`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WebSocket => "websocket",
            Self::LongPolling => "long-polling",
        }
    }
}

/// What a [`Client`] tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// `o`: the session is open. A server that wants to know who is there waits only seconds for it.
    Opened {
        /// What it runs over.
        transport: Transport,
    },
    /// A message: what a string of an `a` or `m` frame says, or the JSON of an element that is no string.
    /// [`read`] takes the events out of it.
    Message(String),
    /// `h`, or an `a` frame with nothing in it.
    Heartbeat,
    /// A sign of life below SockJS: a ping, a pong.
    Heard,
    /// Something that came in was left out: what was wrong with it, never what it held.
    Skipped(&'static str),
}

/// A SockJS client for one address.
pub struct Client {
    options: Options,
    ids: Ids,
    state: State,
    way: Way,
    /// Why there is no websocket, where there might have been one.
    no_socket: Option<Error>,
    last_fetch: u64,
    outputs: VecDeque<Output<Event, Error>>,
}

/// ```text
///        Start            opened             `o`
///  Idle ───────► Opening ────────► Greeting ─────► Open
///                   │                 ▲  │           │
///                   │ no websocket,   │  │ silence   │ `c`, silence, a second `o`
///                   └─────────────────┘  ▼           ▼
///                     so by polling    Over ◄────────┘
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    /// The websocket is asked for.
    Opening {
        until: Instant,
    },
    /// The server's `o` is awaited.
    Greeting {
        until: Instant,
    },
    Open,
    Over,
}

/// How the session goes.
#[derive(Debug)]
enum Way {
    None,
    Socket(Vital),
    Polling(Polling),
}

/// What a frame was good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Brought {
    /// It was none.
    Nothing,
    /// Knowing that the server is there.
    Life,
    Message,
}

impl Client {
    /// A client that connects when it gets [`Input::Start`].
    pub fn new(options: Options) -> Self {
        Self {
            ids: Ids::new(options.seed),
            options,
            state: State::Idle,
            way: Way::None,
            no_socket: None,
            last_fetch: 0,
            outputs: VecDeque::new(),
        }
    }

    /// Sends a message, if the session is open.
    pub fn send(&mut self, message: &str) {
        if self.state != State::Open {
            return;
        }
        let text = serde_json::Value::from(vec![message]).to_string();
        match &mut self.way {
            Way::Socket(_) => self.outputs.push_back(Output::Send(text)),
            Way::Polling(polling) => {
                polling.keep(text);
                self.post();
            }
            Way::None => {}
        }
    }

    fn transport(&self) -> Transport {
        match self.way {
            Way::Polling(_) => Transport::LongPolling,
            Way::None | Way::Socket(_) => Transport::WebSocket,
        }
    }

    fn start(&mut self, now: Instant) {
        match self.options.transports {
            Transports::LongPolling => self.begin_polling(now),
            Transports::WebSocket | Transports::Auto => self.open_socket(now),
        }
    }

    /// Takes one frame, however it came.
    fn frame(&mut self, text: &str) -> Brought {
        if text.len() > LONGEST_FRAME {
            self.tell(Event::Skipped("a frame over 1 MiB"));
            return Brought::Nothing;
        }
        match Frame::parse(text) {
            Frame::Messages(messages) => return self.messages(messages),
            Frame::Heartbeat => self.tell(Event::Heartbeat),
            Frame::Empty => self.tell(Event::Heard),
            Frame::Open => match self.state {
                State::Opening { .. } | State::Greeting { .. } => {
                    self.state = State::Open;
                    self.tell(Event::Opened { transport: self.transport() });
                }
                State::Open => self.fail(Error::SessionLost),
                State::Idle | State::Over => {}
            },
            Frame::Close { code, reason } => self.fail(Error::Closed { code, reason }),
            Frame::Odd(what) => {
                self.tell(Event::Skipped(what));
                return Brought::Nothing;
            }
        }
        Brought::Life
    }

    fn messages(&mut self, messages: frame::Messages<'_>) -> Brought {
        let told = self.outputs.len();
        for message in messages {
            self.tell(match message {
                Ok(text) => Event::Message(text),
                Err(what) => Event::Skipped(what),
            });
        }
        if self.outputs.len() == told {
            self.tell(Event::Heartbeat);
            return Brought::Life;
        }
        Brought::Message
    }

    fn tell(&mut self, event: Event) {
        if self.state != State::Over {
            self.outputs.push_back(Output::Event(event));
        }
    }

    fn fail(&mut self, error: Error) {
        if self.state != State::Over {
            self.let_go();
            self.outputs.push_back(Output::Failed(error));
        }
    }

    fn let_go(&mut self) {
        match std::mem::replace(&mut self.way, Way::None) {
            Way::Socket(_) => self.outputs.push_back(Output::Close(1000)),
            Way::Polling(polling) => self.outputs.extend(polling.under_way().map(Output::Cancel)),
            Way::None if matches!(self.state, State::Opening { .. }) => {
                self.outputs.push_back(Output::Close(1000));
            }
            Way::None => {}
        }
        self.state = State::Over;
    }

    fn tick(&mut self, now: Instant) {
        match self.state {
            State::Opening { until } if until <= now => {
                self.outputs.push_back(Output::Close(1000));
                self.do_without_socket(now, Error::Unanswered("the websocket"));
            }
            State::Greeting { until } if until <= now => match self.way {
                Way::Polling(_) => self.polling_failed(Error::Unanswered("the session")),
                Way::Socket(_) | Way::None => {
                    self.close_socket();
                    self.do_without_socket(now, Error::Unanswered("the session"));
                }
            },
            State::Greeting { .. } => self.tick_polling(now),
            State::Open => {
                self.tick_socket(now);
                self.tick_polling(now);
            }
            State::Idle | State::Opening { .. } | State::Over => {}
        }
    }

    fn wait(&self) -> Option<Instant> {
        match self.state {
            State::Idle | State::Over => None,
            State::Opening { until } => Some(until),
            State::Greeting { until } => {
                let own = match &self.way {
                    Way::Polling(polling) => polling.wait(),
                    Way::Socket(_) | Way::None => None,
                };
                own.into_iter().chain([until]).min()
            }
            State::Open => match &self.way {
                Way::Socket(vital) => Some(vital.look_at),
                Way::Polling(polling) => polling.wait(),
                Way::None => None,
            },
        }
    }
}

impl Machine for Client {
    type Event = Event;
    type Error = Error;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        if self.state == State::Over {
            return;
        }
        match input {
            Input::Text(text) => {
                if self.heard(now) {
                    self.frame(text);
                }
            }
            Input::Start if self.state == State::Idle => self.start(now),
            Input::Start => {}
            Input::Timeout => self.tick(now),
            Input::Opened => self.opened(now),
            Input::OpenFailed(fault) => self.open_failed(now, fault),
            Input::Heard => {
                if self.heard(now) {
                    self.tell(Event::Heard);
                }
            }
            Input::Closed { code, reason } => self.closed(now, code, reason),
            Input::Fetched(id, answer) => self.fetched(now, id, answer),
            Input::Probe => self.probe(now),
            Input::Stop => {
                self.let_go();
                self.outputs.push_back(Output::Ended);
            }
        }
    }

    fn poll(&mut self) -> Output<Event, Error> {
        self.outputs.pop_front().unwrap_or_else(|| Output::Wait(self.wait()))
    }
}

impl std::fmt::Debug for Client {
    /// Leaves out what is to be sent, which may hold a token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("options", &self.options)
            .field("state", &self.state)
            .field("transport", &self.transport())
            .finish_non_exhaustive()
    }
}
