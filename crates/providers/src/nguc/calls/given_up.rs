//! Calls that were told to be lost, though the vendor never told their end: whoever is told holds that for final, so
//! that one that rings after all is shown by another name.

use std::collections::VecDeque;

const MOST: usize = 1_000;
/// Stands in a name between the vendor's own and how often the call was shown again.
const AGAIN: &str = " again ";

/// The calls that were given up, and how often each was shown again before.
#[derive(Debug, Default)]
pub(super) struct GivenUp {
    /// Newest last.
    calls: VecDeque<(String, u32)>,
}

impl GivenUp {
    pub(super) fn add(&mut self, id: String, again: u32) {
        if self.calls.len() >= MOST {
            self.calls.pop_front();
        }
        self.calls.push_back((id, again));
    }

    /// How often it was shown again before, if it was given up.
    pub(super) fn again(&self, id: &str) -> Option<u32> {
        self.calls.iter().find(|(known, _)| known == id).map(|(_, again)| *again)
    }

    pub(super) fn forget(&mut self, id: &str) {
        self.calls.retain(|(known, _)| known != id);
    }
}

/// What a call is shown as that the vendor calls so.
pub(super) fn shown_as(name: &str, again: u32) -> String {
    if again == 0 { name.to_owned() } else { format!("{name}{AGAIN}{again}") }
}

/// What the vendor calls a call that is shown so, and how often it was shown again.
pub(super) fn known_as(shown: &str) -> (&str, u32) {
    let parts = shown.rsplit_once(AGAIN).and_then(|(name, again)| Some((name, again.parse().ok()?)));
    parts.unwrap_or((shown, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_how_often_its_call_was_shown_again() {
        for (name, again) in [("g1", 0), ("g1", 1), ("g again x", 12), ("", 1)] {
            assert_eq!(known_as(&shown_as(name, again)), (name, again));
        }
        assert_eq!(known_as("g again x"), ("g again x", 0));
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let mut given_up = GivenUp::default();
        for n in 0..=MOST {
            given_up.add(n.to_string(), 0);
        }
        assert_eq!((given_up.again("0"), given_up.again("1")), (None, Some(0)));
        given_up.forget("1");
        assert_eq!(given_up.again("1"), None);
    }
}
