use std::time::Duration;

use crate::{Fault, FaultKind};

/// Why a client ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No socket and no HTTP answer from any server.
    #[error("no connection: {}", .0.detail)]
    Unreachable(Fault),
    /// The connection was closed or broke.
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
    /// Something was not answered in time: what.
    #[error("{0} was not answered in time")]
    Unanswered(&'static str),
    /// The token or the account is not accepted.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Sent to a host that is not allowed: which, if that can be read.
    #[error("sent to a host that is not allowed")]
    Redirect(Option<String>),
    /// Sent from server to server without end.
    #[error("sent from server to server too often")]
    Redirects,
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

/// A refusal by its number, which the vendor's SDKs know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `r`; `None` if there was no answer in time.
    pub code: Option<i64>,
    /// The server's words, at most 200 characters.
    pub text: String,
}

impl Refusal {
    pub(super) fn unanswered() -> Self {
        Self { code: None, text: "not answered in time".to_owned() }
    }

    /// Whether another token may do.
    pub(super) fn is_expired(&self) -> bool {
        self.code == Some(6)
    }

    /// What the number means to the vendor's Android SDK and documents.
    pub fn reason(&self) -> &'static str {
        match self.code {
            Some(1) => "the token is missing",
            Some(2) => "the token cannot be decoded",
            Some(3) => "the token has the wrong form",
            Some(4) => "the token is not signed with HS256",
            Some(5) => "the token's key is not known here",
            Some(6) => "the token has expired or is not valid",
            Some(7) => "the token's payload is not accepted",
            Some(8) => "the token's project is not known",
            Some(10) => "the token's signature is wrong",
            Some(11) => "the Stringee account has expired",
            Some(12) => "the Stringee account is switched off",
            Some(_) => "the sign-in failed",
            None => "there was no answer",
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            Some(code) => write!(f, "{code} {}", self.reason()),
            None => f.write_str(self.reason()),
        }
    }
}
