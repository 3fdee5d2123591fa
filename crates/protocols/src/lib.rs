//! Wire protocols as pure state machines: bytes and time in, bytes and events out.
//!
//! Nothing here opens a socket, reads a clock, or knows a vendor; the engine's link drives every machine
//! through the one trait [`Machine`], and tests drive it by hand.
//! Start reading at [`Machine`], then at [`bayeux`].
//!
//! **The driving rule: after every call of [`Machine::handle`], call [`Machine::poll`] until it returns
//! [`Output::Wait`].** Then sleep until that instant or until something comes in.

pub mod bayeux;
pub mod centrifugo;
mod http;
mod instant;
pub mod kazoo;
pub mod sockjs;
pub mod stringee;

pub use http::{Body, Fault, FaultKind, Method, Request, Response};
pub use instant::Instant;

/// A protocol, or a vendor's session on top of one, as a state machine without I/O.
pub trait Machine {
    /// What it has to tell.
    type Event;
    /// Why it ended; after [`Output::Failed`] it only ever waits.
    type Error;

    /// Takes one input. `now` never goes backwards between calls.
    fn handle(&mut self, now: Instant, input: Input<'_>);

    /// Gives the next output; [`Output::Wait`] says that there is none for the time being.
    fn poll(&mut self) -> Output<Self::Event, Self::Error>;
}

/// Everything that can happen to a [`Machine`].
#[derive(Debug)]
pub enum Input<'a> {
    /// The first input: begin to connect.
    Start,
    /// The instant of the last [`Output::Wait`] has come.
    Timeout,
    /// The socket asked for by [`Output::Open`] is open.
    Opened,
    /// The socket asked for by [`Output::Open`] could not be opened.
    OpenFailed(&'a Fault),
    /// A whole text message came in.
    Text(&'a str),
    /// A sign of life that carries nothing: a ping (already answered), a pong, a binary or oversized message.
    Heard,
    /// The socket is gone, by the peer or by a broken connection. Never follows our own [`Output::Close`].
    Closed {
        /// The close code of RFC 6455, if the peer said goodbye.
        code: Option<u16>,
        /// The peer's words, or what broke.
        reason: &'a str,
    },
    /// The answer to [`Output::Fetch`].
    Fetched(FetchId, Result<&'a Response, &'a Fault>),
    /// The world changed under us (sleep, another network): prove the connection or drop it, at once.
    Probe,
    /// Leave politely; answered by [`Output::Ended`] within a second.
    Stop,
}

/// What a [`Machine`] wants done.
pub enum Output<E, F> {
    /// Open the one socket; a former one is dropped without further input, at once or as [`Open::keeps_former`] says.
    Open(Open),
    /// Send a text message over the socket.
    Send(String),
    /// Send a ping frame.
    Ping,
    /// Close the socket with this code; nothing more is heard of it.
    Close(u16),
    /// Do an HTTP request; exactly one [`Input::Fetched`] with this id follows, unless cancelled.
    Fetch(FetchId, Request),
    /// Forget a request.
    Cancel(FetchId),
    /// Something to tell.
    Event(E),
    /// The end, by failure.
    Failed(F),
    /// The end, as asked for by [`Input::Stop`].
    Ended,
    /// Nothing more to do until this instant (or, if `None`, until an input).
    Wait(Option<Instant>),
}

impl<E: std::fmt::Debug, F: std::fmt::Debug> std::fmt::Debug for Output<E, F> {
    /// Of a message to send only its length, since it may hold a token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Open(open) => f.debug_tuple("Open").field(open).finish(),
            Self::Send(text) => write!(f, "Send([{} bytes])", text.len()),
            Self::Ping => f.write_str("Ping"),
            Self::Close(code) => f.debug_tuple("Close").field(code).finish(),
            Self::Fetch(id, request) => f.debug_tuple("Fetch").field(id).field(request).finish(),
            Self::Cancel(id) => f.debug_tuple("Cancel").field(id).finish(),
            Self::Event(event) => f.debug_tuple("Event").field(event).finish(),
            Self::Failed(error) => f.debug_tuple("Failed").field(error).finish(),
            Self::Ended => f.write_str("Ended"),
            Self::Wait(until) => f.debug_tuple("Wait").field(until).finish(),
        }
    }
}

/// The number of an HTTP request, unique within one [`Machine`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FetchId(pub u64);

/// A websocket to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// `wss://…`, or `ws://…` to loopback; never holds a token.
    pub url: String,
    /// What is added to the query on the wire only, already encoded: `token=…`.
    pub secret_query: Option<secret::Text>,
    /// Further request headers; never logged.
    pub headers: Vec<(&'static str, secret::Text)>,
    /// Give up after this time, proxy and TLS included.
    pub within: std::time::Duration,
    /// What comes over a former socket is still given until this one is open, so that nothing is missed in between.
    pub keeps_former: bool,
}

impl Open {
    /// A websocket without further headers.
    pub fn new(url: impl Into<String>, within: std::time::Duration) -> Self {
        Self { url: url.into(), secret_query: None, headers: Vec::new(), within, keeps_former: false }
    }

    /// With `Authorization: Bearer …`.
    #[must_use]
    pub fn bearer(mut self, token: &str) -> Self {
        self.headers.push(("authorization", secret::Text::new(format!("Bearer {token}"))));
        self
    }

    /// With this at the end of the query, on the wire only; see [`Open::secret_query`].
    #[must_use]
    pub fn with_secret_query(mut self, query: impl Into<String>) -> Self {
        self.secret_query = Some(secret::Text::new(query));
        self
    }
}

pub mod secret {
    //! Text that is never shown.

    /// A header value or body that may hold a token: `Debug` shows its length only.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Text(String);

    impl Text {
        /// Wraps what must not be shown.
        pub fn new(text: impl Into<String>) -> Self {
            Self(text.into())
        }

        /// The text itself, for the wire.
        pub fn expose(&self) -> &str {
            &self.0
        }
    }

    impl std::fmt::Debug for Text {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "[{} bytes]", self.0.len())
        }
    }
}
