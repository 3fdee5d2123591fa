//! What cannot be had, in words for people.

use model::{Problem, ProblemCode};

use super::channels::{Kind, Refusal};
use crate::{Failure, FailureKind};

/// What an account lacks while it is live.
#[derive(Debug, Default)]
pub(super) struct Lacking {
    pub(super) refused: Vec<(Kind, Refusal)>,
    /// Why the list of colleagues could not be read.
    pub(super) unread: Option<FailureKind>,
}

impl Lacking {
    /// What to tell of it; `None` if there is nothing.
    pub(super) fn problem(self) -> Option<Problem> {
        let mut told: Vec<(ProblemCode, String)> = Vec::new();
        let named = |wanted: Refusal| {
            let of = self.refused.iter().filter(move |(_, refusal)| *refusal == wanted);
            of.map(|(kind, _)| name(*kind)).collect::<Vec<_>>()
        };
        let for_good = named(Refusal::ForGood);
        if !for_good.is_empty() {
            let what = list(&for_good);
            let text =
                format!("{what} cannot be heard: Semaswift refuses the channel; ask your administrator.");
            told.push((ProblemCode::Forbidden, text));
        }
        let for_now = named(Refusal::ForNow);
        if !for_now.is_empty() {
            let what = list(&for_now);
            let text = format!("{what} cannot be heard for the moment; Ringside keeps asking.");
            told.push((ProblemCode::Unreachable, text));
        }
        match self.unread {
            Some(FailureKind::Forbidden) => {
                let text = "Colleagues may not be fetched by this account; ask your administrator.";
                told.push((ProblemCode::Forbidden, text.to_owned()));
            }
            Some(kind) => {
                let text = "Colleagues could not be fetched; Ringside keeps asking.";
                told.push((Failure::new(kind, "").problem().code, text.to_owned()));
            }
            None => {}
        }
        let code = told.first()?.0;
        Some(Problem::new(code, told.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ")))
    }
}

/// What people call what a channel tells of.
pub(super) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Calls => "calls",
        Kind::Agents => "colleagues' states",
        Kind::Queue => "a queue's calls",
        Kind::Tickets => "tickets",
        Kind::Personal => "your own notifications",
        Kind::Presence => "who is online",
        Kind::Other => "a channel of your own",
    }
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
