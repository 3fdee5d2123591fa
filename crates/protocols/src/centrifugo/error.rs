use std::time::Duration;

use serde::Deserialize;

use super::wire::Refusal;
use crate::{Fault, FaultKind};

/// Why a client ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The socket was not opened.
    #[error("no connection: {}", .0.detail)]
    Unreachable(Fault),
    /// The websocket upgrade was answered by an ordinary status.
    #[error("HTTP {status}")]
    Status {
        /// The status.
        status: u16,
        /// `Retry-After`, as time from the answer.
        retry_after: Option<Duration>,
    },
    /// The connection was closed or broke.
    #[error("the connection was closed ({})", words(*code, reason))]
    Closed {
        /// The close code, if there was one; see [`Error::remedy`].
        code: Option<u16>,
        /// The server's words, or what broke.
        reason: String,
        /// What would help.
        remedy: Remedy,
    },
    /// The connection went silent.
    #[error("the connection went silent")]
    Silent,
    /// Something was not answered in time: what.
    #[error("{0} was not answered in time")]
    Unanswered(&'static str),
    /// The connection, or a fresh token for it, was refused.
    #[error("the connection was refused: {0}")]
    Refused(ServerError),
    /// The server does not speak as expected: how.
    #[error("{0}")]
    Protocol(&'static str),
}

/// What would help after an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Another try, later.
    Retry,
    /// Another try with a new token.
    NewToken,
    /// Nothing that a program can do: the server said not to come back.
    Nothing,
}

impl Error {
    /// What would help.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Closed { remedy, .. } => *remedy,
            Self::Refused(error) if error.is_expired() => Remedy::NewToken,
            Self::Refused(error) if error.may_pass() => Remedy::Retry,
            Self::Refused(_) => Remedy::Nothing,
            Self::Unreachable(_)
            | Self::Status { .. }
            | Self::Silent
            | Self::Unanswered(_)
            | Self::Protocol(_) => Remedy::Retry,
        }
    }
}

impl From<&Fault> for Error {
    fn from(fault: &Fault) -> Self {
        match fault.kind {
            FaultKind::Status { status, retry_after } => Self::Status { status, retry_after },
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

/// Connection expired.
pub(super) const CONNECTION_EXPIRED: u16 = 3005;
/// State invalidated: neither tokens nor positions count any longer.
pub(super) const STATE_INVALIDATED: u16 = 3014;
/// Invalid token, be it the connection's or a channel's.
pub(super) const INVALID_TOKEN: u16 = 3500;
const MESSAGE_TOO_BIG: u16 = 1009;

/// What the end of a connection says of the next one. The code decides; only an old server's reason, which is
/// JSON, overrules it.
pub(super) fn remedy(code: Option<u16>, reason: &str) -> Remedy {
    #[derive(Deserialize)]
    struct Old {
        reconnect: bool,
    }
    if let Ok(Old { reconnect }) = serde_json::from_str(reason) {
        return if reconnect { Remedy::Retry } else { Remedy::Nothing };
    }
    match code {
        Some(CONNECTION_EXPIRED | STATE_INVALIDATED) => Remedy::NewToken,
        Some(MESSAGE_TOO_BIG | 3500..=3999 | 4500..=4999) => Remedy::Nothing,
        Some(_) | None => Remedy::Retry,
    }
}

/// An `error` of the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerError {
    /// The server's, from 100 on; below that the client's own.
    pub code: u32,
    /// At most 200 characters.
    pub message: String,
    /// Whether the server itself says that it will pass.
    pub temporary: bool,
}

impl std::fmt::Display for ServerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.message)
    }
}

impl ServerError {
    pub(super) fn of(refusal: &Refusal<'_>) -> Self {
        Self {
            code: refusal.code,
            message: refusal.message.chars().take(200).collect(),
            temporary: refusal.temporary,
        }
    }

    pub(super) fn own(code: u32, message: &str) -> Self {
        Self { code, message: message.to_owned(), temporary: false }
    }

    /// The answer did not come in time.
    pub(super) fn timeout() -> Self {
        Self::own(1, "timeout")
    }

    /// Whether it is about a token whose time is over.
    pub fn is_expired(&self) -> bool {
        self.code == 109
    }

    /// Whether it is about what one may see.
    pub fn is_denied(&self) -> bool {
        matches!(self.code, 101 | 103)
    }

    /// Whether asking again may help.
    pub fn may_pass(&self) -> bool {
        self.code < 100 || self.temporary || self.is_expired()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_close_code_decides_even_without_a_reason() {
        for (code, expected) in [
            (1000, Remedy::Retry),
            (1009, Remedy::Nothing),
            (3000, Remedy::Retry),
            (3005, Remedy::NewToken),
            (3012, Remedy::Retry),
            (3014, Remedy::NewToken),
            (3499, Remedy::Retry),
            (3500, Remedy::Nothing),
            (3999, Remedy::Nothing),
            (4000, Remedy::Retry),
            (4499, Remedy::Retry),
            (4500, Remedy::Nothing),
            (4999, Remedy::Nothing),
            (5000, Remedy::Retry),
        ] {
            assert_eq!(remedy(Some(code), ""), expected, "{code}");
        }
        assert_eq!(remedy(None, "reset"), Remedy::Retry);
    }

    #[test]
    fn an_old_servers_reason_overrules_the_code() {
        assert_eq!(remedy(Some(3500), r#"{"reason":"x","reconnect":true}"#), Remedy::Retry);
        assert_eq!(remedy(Some(1000), r#"{"reason":"x","reconnect":false}"#), Remedy::Nothing);
        assert_eq!(remedy(Some(3503), r#"{"reason":"x"}"#), Remedy::Nothing);
    }
}
