use serde::{Deserialize, Serialize};

use crate::Time;

/// How an account stands with its provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Connection {
    /// The state.
    pub state: ConnectionState,
    /// When this state began.
    pub since: Time,
    /// In `waiting`: when the next attempt is made.
    pub retry_at: Option<Time>,
    /// Why it is not live.
    pub problem: Option<Problem>,
    /// The last sign of life, to some seconds.
    pub last_heard_at: Option<Time>,
    /// By which way messages come: `websocket`, `long-polling`, `polling`.
    pub transport: Option<String>,
}

/// ```text
///  connecting ──► live ──► waiting ──► connecting …
///       ├──► sign_in     (a person must act)
///       └──► stopped     (asked to, or the provider said never again)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named by the diagram")]
pub enum ConnectionState {
    Connecting,
    Live,
    Waiting,
    SignIn,
    Stopped,
}

/// What went wrong, for a program by `code` and for a person by `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Problem {
    /// What faces match on.
    pub code: ProblemCode,
    /// One sentence that says what to do.
    pub text: String,
}

impl Problem {
    /// A problem with its sentence.
    pub fn new(code: ProblemCode, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The provider does not accept the token.
    RefusedToken,
    /// The token's time is over and it cannot be renewed.
    ExpiredToken,
    /// No connection to the provider.
    Unreachable,
    /// The provider's certificate is not trusted.
    Tls,
    /// The proxy refuses or is not there.
    Proxy,
    /// The provider does not speak as expected.
    Protocol,
    /// The provider asks to slow down.
    RateLimited,
    /// The account may not see this.
    Forbidden,
    /// The settings are wrong.
    Settings,
    /// No secret is stored, or the keyring is locked or missing.
    Keyring,
    /// Something of the desktop is missing: notification service, tray host, windows.
    Desktop,
    /// The call history cannot be read or written.
    Storage,
    /// A fault of ours.
    Internal,
}
