use std::time::Duration;

use crate::{Fault, FaultKind};

/// Why a client ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No socket and no HTTP answer.
    #[error("no connection: {}", .0.detail)]
    Unreachable(Fault),
    /// An open socket was closed or broke, and could not be had back at once.
    #[error("the connection was closed ({})", words(*code, reason))]
    Dropped {
        /// The close code of RFC 6455, if there was one.
        code: Option<u16>,
        /// The peer's words, or what broke.
        reason: String,
    },
    /// The connection went silent.
    #[error("the connection went silent")]
    Silent,
    /// User name, password or domain are not accepted.
    #[error("the login was refused (HTTP {0})")]
    LoginRefused(u16),
    /// The socket refuses a token that was given a moment before.
    #[error("the socket refuses a fresh token")]
    TokenRefused,
    /// Another HTTP status than expected.
    #[error("{to} was answered by HTTP {status}")]
    Status {
        /// What was asked for.
        to: &'static str,
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
    /// From a request or an upgrade that failed.
    pub(super) fn of(fault: &Fault, to: &'static str) -> Self {
        match fault.kind {
            FaultKind::Status { status, retry_after } => Self::Status { to, status, retry_after },
            FaultKind::Unreachable
            | FaultKind::TimedOut
            | FaultKind::Tls
            | FaultKind::Proxy
            | FaultKind::Malformed => Self::Unreachable(fault.clone()),
        }
    }
}

fn words(code: Option<u16>, reason: &str) -> String {
    let code = code.map_or_else(String::new, |code| code.to_string());
    format!("{code} {reason}").trim().to_owned()
}
