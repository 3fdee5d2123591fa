use std::time::Duration;

use model::{Problem, ProblemCode};
use protocols::{Fault, FaultKind};

/// A provider that asks for a longer pause than this is not believed: somebody waits for calls.
const LONGEST_WISH: Duration = Duration::from_secs(60 * 60);

/// Why a session ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind:?}: {detail}")]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// The provider's wish, as time from this failure.
    pub retry_after: Option<Duration>,
    /// The cause for logs: never a token, number or name.
    pub detail: String,
    /// For a person, where there is more to say than the kind does: one sentence that says what to do.
    pub advice: Option<String>,
}

/// See [`Failure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// No connection: name not found, refused, reset, no answer.
    Unreachable,
    /// A live connection was closed by the other side or broke.
    Dropped,
    /// A live connection went silent.
    Silent,
    /// The certificate was not accepted.
    Tls,
    /// The proxy refused or is not there.
    Proxy,
    /// The provider does not speak as expected.
    Protocol,
    /// The token is not accepted.
    RefusedToken,
    /// The token's time is over.
    ExpiredToken,
    /// The sign-in needs the code of a second factor.
    CodeNeeded,
    /// Access is refused; by whom, and whether for good, is not known.
    Forbidden,
    /// The provider itself said that the account may not see what it asked for.
    Denied,
    /// Too many requests.
    RateLimited,
    /// The provider said never to come back.
    Unwanted,
    /// The account's settings are wrong.
    Settings,
    /// A fault of ours.
    Internal,
}

/// What to do about a [`Failure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Try again, after a pause.
    Retry,
    /// Access is refused, and whether for good or by something on the way cannot be told: try again, after minutes.
    Later,
    /// A person must sign in; trying again is of no use.
    SignIn,
    /// Nothing can be done until the settings change or a person asks for another try.
    Stop,
}

impl Failure {
    /// A failure without the provider's word on when to come back.
    pub fn new(kind: FailureKind, detail: impl Into<String>) -> Self {
        Self { kind, retry_after: None, detail: detail.into(), advice: None }
    }

    /// With this sentence for a person in place of the usual one.
    #[must_use]
    pub fn saying(self, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }

    /// What to do about it.
    pub fn verdict(&self) -> Verdict {
        match self.kind {
            FailureKind::Unreachable
            | FailureKind::Dropped
            | FailureKind::Silent
            | FailureKind::Tls
            | FailureKind::Proxy
            | FailureKind::Protocol
            | FailureKind::RateLimited
            | FailureKind::Internal => Verdict::Retry,
            FailureKind::RefusedToken | FailureKind::ExpiredToken | FailureKind::CodeNeeded => {
                Verdict::SignIn
            }
            FailureKind::Forbidden => Verdict::Later,
            FailureKind::Denied | FailureKind::Unwanted | FailureKind::Settings => Verdict::Stop,
        }
    }

    /// For a person: what is wrong and what to do.
    pub fn problem(&self) -> Problem {
        let (code, text) = match self.kind {
            FailureKind::Unreachable => (
                ProblemCode::Unreachable,
                "The provider cannot be reached; check the network, or wait: Ringside keeps trying.",
            ),
            FailureKind::Dropped => {
                (ProblemCode::Unreachable, "The connection was cut; Ringside is connecting again.")
            }
            FailureKind::Silent => {
                (ProblemCode::Unreachable, "The connection went silent; Ringside is connecting again.")
            }
            FailureKind::Tls => (
                ProblemCode::Tls,
                "The provider's certificate is not trusted; if your company inspects traffic, set `ca_file` in the settings.",
            ),
            FailureKind::Proxy => (
                ProblemCode::Proxy,
                "The proxy did not let the connection through; check `proxy` in the settings.",
            ),
            FailureKind::Protocol => (
                ProblemCode::Protocol,
                "The provider answered in an unexpected way; check the account's addresses in the settings.",
            ),
            FailureKind::RefusedToken => (
                ProblemCode::RefusedToken,
                "The provider does not accept this account's token; sign in again with a new one.",
            ),
            FailureKind::ExpiredToken => {
                (ProblemCode::ExpiredToken, "The account's token has expired; sign in again.")
            }
            FailureKind::CodeNeeded => (
                ProblemCode::RefusedToken,
                "The provider wants the code of your second factor; sign in again and give the code it shows now.",
            ),
            FailureKind::Forbidden => (
                ProblemCode::Forbidden,
                "Access is refused, and Ringside asks again every few minutes; if it stays so, ask your administrator for access.",
            ),
            FailureKind::Denied => (
                ProblemCode::Forbidden,
                "The account may not see its company's events; ask your administrator for access.",
            ),
            FailureKind::RateLimited => (
                ProblemCode::RateLimited,
                "The provider asks to slow down; Ringside waits as long as it said.",
            ),
            FailureKind::Unwanted => (
                ProblemCode::Protocol,
                "The provider asked this program not to connect again; choose Retry to try once more.",
            ),
            FailureKind::Settings => (
                ProblemCode::Settings,
                "The account's settings are wrong; run `ringside doctor` to see which.",
            ),
            FailureKind::Internal => (
                ProblemCode::Internal,
                "Ringside made a mistake in this account and starts it again; please report it.",
            ),
        };
        Problem::new(code, self.advice.as_deref().unwrap_or(text))
    }

    /// For a person who asked for something, a call for example, that is not asked for again by itself.
    pub fn of_action(&self) -> Problem {
        let problem = self.problem();
        if problem.code == ProblemCode::Unreachable {
            Problem::new(problem.code, NOT_CONFIRMED)
        } else if problem.code == ProblemCode::RateLimited {
            Problem::new(problem.code, SLOW_DOWN)
        } else {
            problem
        }
    }
}

/// Nobody asks again by itself for what a person asked for once.
const NOT_CONFIRMED: &str =
    "The provider did not confirm it, so it may not have been done; look, and try again if it was not.";
const SLOW_DOWN: &str = "The provider asks to slow down, so it was not done; try again in a minute.";

const SERVER_FAULT: &str =
    "The provider's server answers that it has a fault; there is nothing to do here: Ringside keeps trying.";

impl From<&Fault> for Failure {
    fn from(fault: &Fault) -> Self {
        let (kind, retry_after) = match fault.kind {
            FaultKind::Unreachable | FaultKind::TimedOut => (FailureKind::Unreachable, None),
            FaultKind::Tls => (FailureKind::Tls, None),
            FaultKind::Proxy => (FailureKind::Proxy, None),
            FaultKind::Malformed => (FailureKind::Protocol, None),
            FaultKind::Status { status, retry_after } => return Self::from_status(status, retry_after),
        };
        Self { kind, retry_after, detail: fault.detail.clone(), advice: None }
    }
}

impl Failure {
    /// From an HTTP status that is not a success.
    pub fn from_status(status: u16, retry_after: Option<Duration>) -> Self {
        let kind = match status {
            401 => FailureKind::RefusedToken,
            403 => FailureKind::Forbidden,
            429 => FailureKind::RateLimited,
            500.. => FailureKind::Unreachable,
            _ => FailureKind::Protocol,
        };
        let retry_after = retry_after.map(|wish| wish.min(LONGEST_WISH));
        let failure = Self { kind, retry_after, detail: format!("HTTP {status}"), advice: None };
        // Somebody answered, so that looking for a fault in one's own network would be in vain.
        if status >= 500 { failure.saying(SERVER_FAULT) } else { failure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_server_sends_nobody_to_look_for_one_in_the_network() {
        let said = |status| Failure::from_status(status, None).problem().text;
        assert_eq!([500, 503, 599].map(said), [SERVER_FAULT; 3].map(str::to_owned));
        assert_ne!(said(403), SERVER_FAULT);
    }

    #[test]
    fn a_wish_to_wait_for_longer_than_an_hour_is_not_believed() {
        let wish = |seconds| Failure::from_status(503, Some(Duration::from_secs(seconds))).retry_after;
        assert_eq!([0, 60, 86_400].map(wish), [0, 60, 3_600].map(|s| Some(Duration::from_secs(s))));
        assert_eq!(Failure::from_status(503, None).retry_after, None);
    }

    #[test]
    fn what_was_asked_for_once_is_not_said_to_be_tried_again() {
        let asked = |status| Failure::from_status(status, None).of_action().text;
        assert_eq!(asked(500), NOT_CONFIRMED);
        assert_eq!(asked(429), SLOW_DOWN);
        assert_eq!(asked(401), Failure::from_status(401, None).problem().text);
    }
}
