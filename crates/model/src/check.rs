use serde::{Deserialize, Serialize};

use crate::Time;

/// What a look at everything that a call has to pass on its way to the person has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Checked {
    /// When it was done.
    pub at: Time,
    /// One for each thing that was looked at, in the order of a call's way.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// The worst of the grades; good if nothing was looked at.
    pub fn worst(&self) -> Grade {
        self.findings.iter().map(|finding| finding.verdict).max().unwrap_or(Grade::Ok)
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Finding {
    /// What was looked at, for a program: `notifications`, `secret`, `answer`.
    pub check: String,
    /// Of which account; `None` for what is of this computer.
    pub account: Option<String>,
    /// How it is.
    pub verdict: Grade,
    /// What was seen, as a sentence.
    pub text: String,
    /// What to do about it, as a sentence; `None` where there is nothing to do.
    pub remedy: Option<String>,
}

/// How good something is, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// As it should be.
    Ok,
    /// Calls are shown, with less than there could be, or this cannot be known.
    Warn,
    /// Calls may go unseen until a person does something.
    Fail,
}

impl Finding {
    /// As it should be.
    pub fn ok(check: &str, text: impl Into<String>) -> Self {
        Self { check: check.to_owned(), account: None, verdict: Grade::Ok, text: text.into(), remedy: None }
    }

    /// Works with less, and what to do about it.
    pub fn warn(check: &str, text: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { verdict: Grade::Warn, remedy: Some(remedy.into()), ..Self::ok(check, text) }
    }

    /// Does not work, and what to do about it.
    pub fn fail(check: &str, text: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { verdict: Grade::Fail, remedy: Some(remedy.into()), ..Self::ok(check, text) }
    }

    /// The same of an account.
    #[must_use]
    pub fn of(self, account: &str) -> Self {
        Self { account: Some(account.to_owned()), ..self }
    }
}
