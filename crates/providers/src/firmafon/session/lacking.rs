//! What cannot be had, in words for people.

use std::collections::BTreeMap;

use model::{Problem, ProblemCode};

use crate::{Failure, FailureKind};

pub(super) const PRESENCE: &str = "colleagues' presence";
pub(super) const OWN_CALLS: &str = "your own calls";
pub(super) const RECEPTIONS: &str = "the receptions' calls";

/// What an account lacks while it is live.
#[derive(Debug, Default)]
pub(super) struct Lacking {
    /// Channels that the provider refuses.
    pub(super) refused: Vec<&'static str>,
    /// Channels that a fault of the provider's keeps from us, which are asked for again.
    pub(super) refused_for_now: Vec<&'static str>,
    /// What REST did not tell, and why.
    pub(super) unread: BTreeMap<&'static str, FailureKind>,
    /// The provider wants nobody to listen.
    pub(super) pubsub_off: bool,
}

impl Lacking {
    /// What to tell of it; `None` if there is nothing.
    pub(super) fn problem(self) -> Option<Problem> {
        let mut told: Vec<(ProblemCode, String)> = Vec::new();
        if !self.refused.is_empty() {
            let channels = if self.refused.len() == 1 { "that channel" } else { "those channels" };
            let what = list(&self.refused);
            let text =
                format!("{what} cannot be heard: the provider refuses {channels}; ask your administrator.");
            told.push((ProblemCode::Forbidden, text));
        }
        if !self.refused_for_now.is_empty() {
            let what = list(&self.refused_for_now);
            let text = format!("{what} cannot be heard for the moment; Ringside keeps asking.");
            told.push((ProblemCode::Unreachable, text));
        }
        let (failed, forbidden): (Vec<_>, Vec<_>) =
            self.unread.into_iter().partition(|(_, kind)| may_pass(*kind));
        if !forbidden.is_empty() {
            let what = list(&forbidden.iter().map(|(what, _)| *what).collect::<Vec<_>>());
            let text = format!("{what} may not be fetched by this account; ask your administrator.");
            told.push((ProblemCode::Forbidden, text));
        }
        if let Some((_, kind)) = failed.first() {
            let what = list(&failed.iter().map(|(what, _)| *what).collect::<Vec<_>>());
            let text = format!("{what} could not be fetched; Ringside keeps asking.");
            told.push((Failure::new(*kind, "").problem().code, text));
        }
        if self.pubsub_off {
            let text = "Pub/sub is switched off by the provider; calls are asked for every 5 s.";
            told.push((ProblemCode::Protocol, text.to_owned()));
        }
        let code = told.first()?.0;
        Some(Problem::new(code, told.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ")))
    }
}

/// Whether asking again may help: what an account may not see it will not see soon.
pub(super) fn may_pass(kind: FailureKind) -> bool {
    !matches!(kind, FailureKind::Forbidden | FailureKind::RefusedToken)
}

/// The beginning of a sentence: `A`, `A and b`, `A, b and c`.
fn list(what: &[&str]) -> String {
    let mut text = match what {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => what.concat(),
    };
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
