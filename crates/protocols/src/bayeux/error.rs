use std::time::Duration;

use serde_json::value::RawValue;

use crate::{Fault, FaultKind};

/// Why a client ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No socket and no HTTP answer.
    #[error("no connection: {}", .0.detail)]
    Unreachable(Fault),
    /// A live connection was closed or broke, and could not be had back at once.
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
    /// The handshake was refused.
    #[error("the handshake was refused: {0}")]
    RefusedAtHandshake(ServerError),
    /// A connect was refused for another reason than a forgotten session, or again and again.
    #[error("the connect was refused: {0}")]
    RefusedAtConnect(ServerError),
    /// The server advised never to come back.
    #[error("the server wants no further connection")]
    Unwanted(Option<ServerError>),
    /// An HTTP answer other than 200, to a request or to a websocket upgrade.
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
            Self::Status { retry_after, .. } => *retry_after,
            Self::RefusedAtHandshake(error) | Self::RefusedAtConnect(error) => error.retry_after,
            Self::Unreachable(_)
            | Self::Dropped { .. }
            | Self::Silent
            | Self::Unanswered(_)
            | Self::Unwanted(_)
            | Self::Protocol(_) => None,
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

impl ServerError {
    /// From the `error` of an answer that was not successful.
    pub(super) fn of(error: Option<&RawValue>, retry_after: Option<Duration>) -> Self {
        let raw = error.map_or("\"no reason given\"", RawValue::get);
        let text = serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned());
        let short = |text: &str| text.chars().take(200).collect::<String>();
        if let Some((code, rest)) = text.split_once(':')
            && let Ok(code) = code.trim().parse()
        {
            let (args, text) = rest.split_once(':').unwrap_or(("", rest));
            return Self { code: Some(code), args: short(args), text: short(text.trim()), retry_after };
        }
        Self { code: None, args: String::new(), text: short(&text), retry_after }
    }

    /// Whether the server does not know the session, so that a new one will do.
    ///
    /// Faye says `401:<client id>:Unknown client`, CometD 402, Salesforce 403 with the same words.
    pub fn is_unknown_client(&self) -> bool {
        let says_so = self.text.to_ascii_lowercase().contains("unknown client");
        match self.code {
            Some(401) => says_so || !self.args.is_empty(),
            Some(402 | 403) | None => says_so,
            Some(_) => false,
        }
    }

    /// Whether it is about who asks rather than what for, so that asking again is of no use.
    pub fn refuses_access(&self) -> bool {
        let text = self.text.to_ascii_lowercase();
        !self.is_unknown_client()
            && (matches!(self.code, Some(401 | 403)) || text.contains("token") || text.contains("unauthori"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> ServerError {
        ServerError::of(Some(&RawValue::from_string(text.into()).unwrap()), None)
    }

    #[test]
    fn a_refusal_is_taken_apart() {
        let error = of(r#""403:/presence/company/9999:Forbidden channel""#);
        assert_eq!((error.code, &*error.args), (Some(403), "/presence/company/9999"));
        assert_eq!(error.to_string(), "403 Forbidden channel");
        assert_eq!(of(r#""Sorry: no""#).text, "Sorry: no");
        assert_eq!(of(r#"{"odd":1}"#).text, r#"{"odd":1}"#);
        assert_eq!(of(&format!("\"{}\"", "æ".repeat(300))).text.chars().count(), 200);
    }

    #[test]
    fn a_forgotten_session_is_told_from_a_refused_token() {
        for gone in ["401:abc:Unknown client", "402::Unknown client", "403::Unknown client"] {
            let error = of(&format!("\"{gone}\""));
            assert!(error.is_unknown_client() && !error.refuses_access(), "{gone}");
        }
        for refused in
            ["403::Invalid access token", "401::Unauthorized", "Bad token", "403:/a:Forbidden channel"]
        {
            let error = of(&format!("\"{refused}\""));
            assert!(error.refuses_access() && !error.is_unknown_client(), "{refused}");
        }
        assert!(!of("\"500::Internal server error\"").refuses_access());
    }
}
