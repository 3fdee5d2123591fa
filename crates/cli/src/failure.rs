use std::{fmt::Display, process::ExitCode};

use model::{Problem, ProblemCode};

/// Why a command was not done: one sentence for a person, one number for a script.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    pub text: String,
}

/// The exit codes that scripts may rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Failed = 1,
    Usage = 2,
    NoAgent = 3,
    SignIn = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Failure {
    pub fn new(exit: Exit, text: impl Into<String>) -> Self {
        Self { exit, text: text.into() }
    }

    pub fn failed(error: impl Display) -> Self {
        Self::new(Exit::Failed, error.to_string())
    }

    pub fn usage(text: impl Into<String>) -> Self {
        Self::new(Exit::Usage, text)
    }

    pub fn no_agent() -> Self {
        Self::new(Exit::NoAgent, "No Ringside is running; start `ringside agent`.")
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let exit = match problem.code {
            ProblemCode::RefusedToken | ProblemCode::ExpiredToken => Exit::SignIn,
            ProblemCode::Settings => Exit::Usage,
            ProblemCode::Unreachable
            | ProblemCode::Tls
            | ProblemCode::Proxy
            | ProblemCode::Protocol
            | ProblemCode::RateLimited
            | ProblemCode::Forbidden
            | ProblemCode::Keyring
            | ProblemCode::Desktop
            | ProblemCode::Storage
            | ProblemCode::Internal => Exit::Failed,
        };
        Self::new(exit, problem.text)
    }
}
