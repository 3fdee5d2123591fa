use std::time::Duration;

use crate::Fault;

/// Why a client ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No socket and no HTTP answer.
    #[error("no connection: {}", .0.detail)]
    Unreachable(Fault),
    /// A live connection was closed or broke, and could not be had back at once.
    #[error("the connection was closed ({code:?}): {reason}")]
    Dropped {
        /// The close code of RFC 6455, if there was one.
        code: Option<u16>,
        /// The peer's words, or what broke.
        reason: String,
    },
    /// The connection went silent.
    #[error("the connection went silent")]
    Silent,
    /// Something was not answered in time: what.
    #[error("{0} was not answered in time")]
    Unanswered(&'static str),
    /// The handshake was refused.
    #[error("the handshake was refused: {0}")]
    RefusedAtHandshake(ServerError),
    /// A connect was refused for another reason than a forgotten session, or again and again.
    #[error("the connect was refused: {0}")]
    RefusedAtConnect(ServerError),
    /// The server advised never to come back.
    #[error("the server wants no further connection")]
    Unwanted(Option<ServerError>),
    /// An HTTP answer other than 200.
    #[error("HTTP {status}")]
    Status {
        /// The status.
        status: u16,
        /// `Retry-After`, as time from the answer.
        retry_after: Option<Duration>,
    },
    /// The server does not speak as expected: how.
    #[error("{0}")]
    Protocol(&'static str),
}

impl Error {
    /// The least time to stay away that the server asked for.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Unreachable(fault) => match fault.kind {
                crate::FaultKind::Status { retry_after, .. } => retry_after,
                crate::FaultKind::Unreachable
                | crate::FaultKind::TimedOut
                | crate::FaultKind::Tls
                | crate::FaultKind::Proxy
                | crate::FaultKind::Malformed => None,
            },
            Self::Status { retry_after, .. } => *retry_after,
            Self::RefusedAtHandshake(error) | Self::RefusedAtConnect(error) => error.retry_after,
            Self::Unwanted(_)
            | Self::Dropped { .. }
            | Self::Silent
            | Self::Unanswered(_)
            | Self::Protocol(_) => None,
        }
    }
}

/// A refusal in the server's words: `403:/channel,other:Forbidden channel`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerError {
    /// The number before the first colon.
    pub code: Option<u16>,
    /// What stands between the colons.
    pub args: String,
    /// What stands after them, or all of it if it has another shape; at most 200 characters.
    pub text: String,
    /// `advice.interval` of the refusing answer, if above zero.
    pub retry_after: Option<Duration>,
}

impl std::fmt::Display for ServerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            Some(code) => write!(f, "{code} {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}
