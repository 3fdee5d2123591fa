//! The zone of times that are written without one.

use jiff::{civil::DateTime, tz::TimeZone};
use model::Time;

/// What the vendor's zone is on a computer without a zone database: the European Union's rule for Central European
/// Time.
const STOCKHOLM: (&str, &str) = ("Europe/Stockholm", "CET-1CEST,M3.5.0,M10.5.0/3");

/// A time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Zone(TimeZone);

impl Zone {
    /// From a name of the zone database, or from a rule in the form of POSIX. The database is the system's; where
    /// there is none, rules and the vendor's own zone are still known.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (stockholm, rule) = STOCKHOLM;
        let zone = TimeZone::get(name)
            .or_else(|_| TimeZone::posix(if name == stockholm { rule } else { name }))
            .ok()?;
        Some(Self(zone))
    }

    /// The moment of a local time such as `2026-11-21 10:00:00`; of the two moments of an hour that comes twice,
    /// the first.
    pub(super) fn local(&self, text: &str) -> Option<Time> {
        let local: DateTime = text.parse().ok()?;
        self.0.to_timestamp(local).ok().map(Time::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rule_is_that_of_the_database() {
        let rule = Zone(TimeZone::posix(STOCKHOLM.1).unwrap());
        for (local, wanted) in [
            ("2026-01-15 12:00:00", "2026-01-15T11:00:00.000Z"),
            ("2026-03-29 01:59:59", "2026-03-29T00:59:59.000Z"),
            ("2026-03-29 03:00:00", "2026-03-29T01:00:00.000Z"),
            ("2026-07-15 12:00:00", "2026-07-15T10:00:00.000Z"),
            ("2026-10-25 02:30:00", "2026-10-25T00:30:00.000Z"),
            ("2026-10-25 03:00:00", "2026-10-25T02:00:00.000Z"),
        ] {
            assert_eq!(rule.local(local).unwrap().to_string(), wanted);
            assert_eq!(Zone::parse(STOCKHOLM.0).unwrap().local(local).unwrap().to_string(), wanted);
        }
        assert_eq!(rule.local("soon"), None);
    }

    #[test]
    fn a_zone_may_be_a_rule_and_is_refused_if_it_is_neither() {
        let zone = Zone::parse("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
        assert_eq!(zone.local("2026-01-15 12:00").unwrap().to_string(), "2026-01-15T10:00:00.000Z");
        assert_eq!(Zone::parse("Middle/Earth"), None);
        assert_eq!(Zone::parse(""), None);
    }
}
