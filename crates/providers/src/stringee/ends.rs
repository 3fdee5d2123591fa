//! The two ends of a call, as a person sees them.

use model::{Line, Peer, PhoneNumber};
use protocols::stringee::End;

use crate::text::clean;

/// What telephone networks write for a number that is withheld.
const WITHHELD: &[&str] = &["anonymous", "unknown", "private", "restricted", "withheld", "unavailable"];

/// The user at this end, if it is one: said to be, or not a telephone number.
pub(super) fn user(end: &End) -> Option<&str> {
    let number = end.number.as_deref()?;
    let is_user = end.internal.unwrap_or_else(|| number.chars().any(char::is_alphabetic));
    is_user.then_some(number)
}

/// The other end of a call, if anything is said of it.
pub(super) fn peer(end: &End) -> Option<Peer> {
    let raw = clean(end.number.as_deref().or(end.alias.as_deref())?)?;
    if WITHHELD.contains(&raw.to_ascii_lowercase().as_str()) {
        return Some(Peer { hidden: true, ..Peer::default() });
    }
    let internal = user(end).is_some();
    let name = end
        .alias
        .as_deref()
        .and_then(clean)
        .filter(|alias| *alias != raw && alias.chars().any(char::is_alphabetic));
    let number = if internal { None } else { PhoneNumber::international(&raw) };
    Some(Peer { number, raw: Some(raw), name, ..Peer::default() })
}

/// The organisation's number a call came through: the alias of the end that is ours, if it is a number of its own.
pub(super) fn line(end: &End) -> Option<Line> {
    let alias = clean(end.alias.as_deref()?)?;
    let is_own = end.number.as_deref() != Some(&*alias) && !alias.chars().any(char::is_alphabetic);
    is_own.then_some(Line { id: alias, name: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(number: &str, alias: &str, internal: Option<bool>) -> End {
        let text = |text: &str| (!text.is_empty()).then(|| text.into());
        End { number: text(number), alias: text(alias), internal }
    }

    #[test]
    fn a_caller_is_a_number_or_a_colleague() {
        let caller = peer(&end("84901234567", "84901234567", Some(false))).unwrap();
        assert_eq!(caller.number.unwrap().as_str(), "+84901234567");
        assert_eq!(caller.name, None);
        let colleague = peer(&end("user_2", "User Two", None)).unwrap();
        assert_eq!((colleague.number, colleague.name.as_deref()), (None, Some("User Two")));
        let digits = peer(&end("84901234567", "", Some(true))).unwrap();
        assert_eq!((digits.number, digits.raw.as_deref()), (None, Some("84901234567")));
        assert!(peer(&end("Anonymous", "x", None)).unwrap().hidden);
        assert_eq!(peer(&end("", "", None)), None);
    }

    #[test]
    fn a_line_is_a_number_of_our_own() {
        assert_eq!(line(&end("agent_1", "842473082686", None)).unwrap().id, "842473082686");
        assert_eq!(line(&end("agent_1", "agent_1", None)), None);
        assert_eq!(line(&end("agent_1", "Agent One", None)), None);
    }
}
