//! Who is at the other end.

use model::{Direction, Peer, PhoneNumber};

use super::{group::Group, leg::Leg};
use crate::{
    firehose::me::{Part, Way},
    text::clean,
};

/// A number and a name, as some leg has them.
type Named<'g> = (Option<&'g str>, Option<&'g str>);

/// The other end of the call of which the legs that `is_subject` says are our side.
pub(super) fn of(group: &Group, direction: Direction, is_subject: impl Fn(&Leg) -> bool) -> Named<'_> {
    match direction {
        Direction::Outgoing => called(group, is_subject),
        Direction::Incoming => caller(group, is_subject),
    }
}

fn called(group: &Group, is_subject: impl Fn(&Leg) -> bool) -> Named<'_> {
    let Some(caller) = group.legs.iter().find(|leg| is_subject(leg) && leg.calls()) else {
        return (None, None);
    };
    let name = group
        .legs
        .iter()
        .filter(|leg| leg.parent.as_ref() == Some(&caller.id))
        .find_map(|leg| leg.callee.name.as_deref());
    let number = if caller.click {
        // The leg to one's own phone carries as its caller who is to be called.
        caller.caller.number.as_deref()
    } else {
        caller.dialled.as_deref().or(caller.callee.number.as_deref())
    };
    (number, name.or_else(|| caller.callee.name.as_deref().filter(|_| !caller.click)))
}

fn caller(group: &Group, is_subject: impl Fn(&Leg) -> bool) -> Named<'_> {
    let mut phones = group.legs.iter().filter(|leg| is_subject(leg) && !leg.calls());
    let phone = phones.clone().find(|leg| leg.is_alive()).or_else(|| phones.next());
    // After a transfer the phone is joined to somebody else than who called it.
    let joined = phone
        .filter(|phone| phone.is_up())
        .and_then(|phone| {
            group.leg(phone.partner.as_deref()?).filter(|other| phone.parent.as_ref() != Some(&other.id))
        })
        .filter(|other| other.way == Some(Way::Inbound) && other.part != Part::Mine);
    let first = group.legs.iter().find(|leg| leg.way == Some(Way::Inbound) && !is_subject(leg));
    [joined, phone, first]
        .into_iter()
        .flatten()
        .map(|leg| &leg.caller)
        .find(|named| named.number.is_some())
        .map_or((None, None), |named| (named.number.as_deref(), named.name.as_deref()))
}

/// As Kazoo writes numbers and names.
pub(super) fn parse(number: Option<&str>, name: Option<&str>) -> Peer {
    let number =
        number.map(|number| protocols::kazoo::user(number).trim()).filter(|number| !number.is_empty());
    let hidden = number.is_some_and(is_hidden) || (number.is_none() && name.is_some_and(is_hidden));
    if hidden {
        return Peer { hidden, ..Peer::default() };
    }
    Peer {
        number: number.and_then(international),
        raw: number.and_then(clean),
        name: name
            .filter(|name| Some(*name) != number && name.chars().any(char::is_alphabetic))
            .and_then(clean),
        ..Peer::default()
    }
}

fn is_hidden(text: &str) -> bool {
    ["anonymous", "restricted", "private", "unknown", "unavailable", "withheld", "blocked"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// Only what cannot be a number within one country: with `+` or `00`, or as North America writes all of it.
fn international(number: &str) -> Option<PhoneNumber> {
    let north_american = number.len() == 11 && number.starts_with('1');
    if number.starts_with('+') || number.starts_with("00") || north_american {
        PhoneNumber::international(number)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_international_only_if_they_say_so() {
        let read = |number| parse(Some(number), None).number.map(|number| number.to_string());
        assert_eq!(read("+46701234567").as_deref(), Some("+46701234567"));
        assert_eq!(read("0046701234567").as_deref(), Some("+46701234567"));
        assert_eq!(read("15145551234@acme.example.com").as_deref(), Some("+15145551234"));
        for national in ["1001", "0701234567", "5145551234", "*3101", "sip:anna", ""] {
            assert_eq!(read(national), None, "{national}");
        }
    }

    #[test]
    fn a_number_that_is_withheld_is_hidden_and_not_a_name() {
        for word in ["anonymous", "Restricted", "UNKNOWN"] {
            assert!(parse(Some(word), Some(word)).hidden, "{word}");
        }
        let peer = parse(Some("1001"), Some("Anna"));
        assert_eq!(
            (peer.raw.as_deref(), peer.name.as_deref(), peer.hidden),
            (Some("1001"), Some("Anna"), false)
        );
        assert_eq!(parse(Some("1001"), Some("1001")).name, None);
        assert_eq!(parse(None, None), Peer::default());
    }
}
