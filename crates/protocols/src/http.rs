use std::time::Duration;

use crate::secret;

/// An HTTP request as a value; the engine's link performs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// `https://…`, or `http://…` to loopback; never holds a token.
    pub url: String,
    /// What is added to the query on the wire only, already encoded: `access_token=…`. For vendors that take a token
    /// nowhere else.
    pub secret_query: Option<secret::Text>,
    /// Request headers.
    pub headers: Vec<(&'static str, secret::Text)>,
    /// What is sent.
    pub body: Body,
    /// Give up after this time.
    pub within: Duration,
}

impl Request {
    /// A `GET` that waits ten seconds at most.
    pub fn get(url: impl Into<String>) -> Self {
        Self::new(Method::Get, url, Body::Empty)
    }

    /// A request that waits ten seconds at most.
    pub fn new(method: Method, url: impl Into<String>, body: Body) -> Self {
        Self {
            method,
            url: url.into(),
            secret_query: None,
            headers: Vec::new(),
            body,
            within: Duration::from_secs(10),
        }
    }

    /// With another header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, secret::Text::new(value)));
        self
    }

    /// With this at the end of the query, on the wire only; see [`Request::secret_query`].
    #[must_use]
    pub fn with_secret_query(mut self, query: impl Into<String>) -> Self {
        self.secret_query = Some(secret::Text::new(query));
        self
    }

    /// With `Authorization: Bearer …`.
    #[must_use]
    pub fn bearer(mut self, token: &str) -> Self {
        self.headers.push(("authorization", secret::Text::new(format!("Bearer {token}"))));
        self
    }

    /// With another time limit.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.within = limit;
        self
    }
}

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named by HTTP")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// What a [`Request`] carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// `application/json`.
    Json(secret::Text),
    /// `application/x-www-form-urlencoded`, already encoded.
    Form(secret::Text),
}

/// An HTTP answer, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// `Retry-After`, as time from when the answer came.
    pub retry_after: Option<Duration>,
    /// The body, at most 16 MiB.
    pub body: String,
}

impl Response {
    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why a socket was not opened or a request got no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong.
    pub kind: FaultKind,
    /// The cause in the library's words, without addresses of people or tokens.
    pub detail: String,
}

/// See [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// No connection: name not found, refused, reset.
    Unreachable,
    /// No answer within the request's limit.
    TimedOut,
    /// The certificate was not accepted.
    Tls,
    /// The proxy refused or is not there.
    Proxy,
    /// A websocket upgrade answered by an ordinary status.
    Status {
        /// The status code.
        status: u16,
        /// `Retry-After`, as time from when the answer came.
        retry_after: Option<Duration>,
    },
    /// The answer was not HTTP, or too large.
    Malformed,
}
