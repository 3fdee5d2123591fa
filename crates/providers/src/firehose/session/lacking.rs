//! What an account lacks while it is live, in words for people.

use std::collections::BTreeMap;

use model::{Problem, ProblemCode};

use crate::{Failure, FailureKind};

/// What a filter must let through, and what cannot be seen without it.
const NEEDED: [(&[&str], &str); 3] = [
    (&["CHANNEL_CREATE"], "ringing"),
    (&["CHANNEL_ANSWER", "CHANNEL_BRIDGE"], "who answers"),
    (&["CHANNEL_DESTROY"], "the end of calls"),
];

#[derive(Debug, Default)]
pub(super) struct Lacking {
    /// What the account's own filter hides.
    filtered: Option<String>,
    /// The provider's stream has no ringing in it.
    hides_ringing: bool,
    /// Nothing says whose account it is.
    pub(super) nobody: bool,
    /// What Crossbar did not tell, and why.
    pub(super) unread: BTreeMap<&'static str, FailureKind>,
    /// Why Crossbar cannot be had at all.
    pub(super) crossbar: Option<&'static str>,
}

impl Lacking {
    pub(super) fn new(events: &[String]) -> Self {
        let lets = |name: &&str| events.iter().any(|event| event == name);
        let hidden: Vec<_> = NEEDED.iter().filter(|(names, _)| !names.iter().any(lets)).collect();
        let filtered = (!events.is_empty() && !hidden.is_empty()).then(|| {
            let names: Vec<&str> = hidden.iter().filter_map(|(names, _)| names.first().copied()).collect();
            let what: Vec<&str> = hidden.iter().map(|(_, what)| *what).collect();
            format!(
                "`events` leaves out {}, so {} cannot be seen; add it to `events`, or remove `events`.",
                list(&names),
                list(&what)
            )
        });
        Self { filtered, ..Self::default() }
    }

    /// Notes whether ringing is seen; `true` if that is another than before.
    pub(super) fn hides_ringing(&mut self, hides: bool) -> bool {
        std::mem::replace(&mut self.hides_ringing, hides) != hides
    }

    /// What to tell of it; `None` if there is nothing.
    pub(super) fn problem(&self) -> Option<Problem> {
        let mut told: Vec<(ProblemCode, String)> = Vec::new();
        if let Some(text) = &self.filtered {
            told.push((ProblemCode::Settings, text.clone()));
        } else if self.hides_ringing {
            let text =
                "The provider tells of answers but never of ringing; ask it for CHANNEL_CREATE events.";
            told.push((ProblemCode::Forbidden, text.to_owned()));
        }
        if self.nobody {
            let text = "Which calls are yours is not known; set `me = { extension = \"…\" }` in the account's settings.";
            told.push((ProblemCode::Settings, text.to_owned()));
        }
        if let Some(text) = self.crossbar {
            told.push((ProblemCode::Forbidden, text.to_owned()));
        }
        let (failed, forbidden): (Vec<_>, Vec<_>) =
            self.unread.iter().partition(|(_, kind)| may_pass(**kind));
        if !forbidden.is_empty() {
            let what = list(&forbidden.iter().map(|(what, _)| **what).collect::<Vec<_>>());
            let text = format!("Crossbar does not let this account have {what}; ask your administrator.");
            told.push((ProblemCode::Forbidden, text));
        }
        if let Some((_, kind)) = failed.first() {
            let what = list(&failed.iter().map(|(what, _)| **what).collect::<Vec<_>>());
            let text = format!("Crossbar did not tell {what}; Ringside keeps asking.");
            told.push((Failure::new(**kind, "").problem().code, text));
        }
        let code = told.first()?.0;
        Some(Problem::new(code, told.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ")))
    }
}

/// Whether asking again may help.
pub(super) fn may_pass(kind: FailureKind) -> bool {
    !matches!(kind, FailureKind::Forbidden | FailureKind::RefusedToken | FailureKind::CodeNeeded)
}

/// `a`, `a and b`, `a, b and c`.
fn list(what: &[&str]) -> String {
    match what {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => what.concat(),
    }
}
