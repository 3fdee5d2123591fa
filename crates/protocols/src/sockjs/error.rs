use std::time::Duration;

use crate::{Fault, FaultKind};

/// Why a client ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No socket and no HTTP answer.
    #[error("no connection: {}", .0.detail)]
    Unreachable(Fault),
    /// The connection was closed without a word of SockJS, or broke.
    #[error("the connection was closed ({})", words(*code, reason))]
    Dropped {
        /// The close code of RFC 6455, if there was one.
        code: Option<u16>,
        /// The peer's words, or what broke.
        reason: String,
    },
    /// A `c` frame: the server closes the session.
    #[error("the server closed the session ({})", words(*code, reason))]
    Closed {
        /// The code, if it gave one.
        code: Option<u16>,
        /// The reason, or an empty text; at most 200 characters.
        reason: String,
    },
    /// The server knows the session no longer.
    #[error("the server lost the session")]
    SessionLost,
    /// The connection went silent.
    #[error("the connection went silent")]
    Silent,
    /// Something was not answered in time: what.
    #[error("{0} was not answered in time")]
    Unanswered(&'static str),
    /// An HTTP answer other than 200, to a request or to a websocket upgrade.
    #[error("HTTP {status}")]
    Status {
        /// The status.
        status: u16,
        /// `Retry-After`, as time from the answer.
        retry_after: Option<Duration>,
    },
}

impl Error {
    /// Whether held HTTP requests may do where a websocket ended so before the session was open.
    pub(super) fn leaves_polling(&self) -> bool {
        match self {
            Self::Unreachable(fault) => fault.kind != FaultKind::Tls,
            Self::Status { status, .. } => !matches!(status, 429 | 503),
            Self::Dropped { .. } | Self::Unanswered(_) => true,
            Self::Closed { .. } | Self::SessionLost | Self::Silent => false,
        }
    }
}

fn words(code: Option<u16>, reason: &str) -> String {
    let code = code.map_or_else(String::new, |code| code.to_string());
    format!("{code} {reason}").trim().to_owned()
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
