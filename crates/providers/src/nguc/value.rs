//! JSON as NGUC writes it: ids, counts and booleans come as numbers or as text.

use std::borrow::Cow;

use model::Time;

use super::zone::Zone;

/// A value that is no list, object or `null`, borrowed from what came in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar<'a> {
    Bool(bool),
    Whole(i64),
    Real(f64),
    /// Trimmed, not empty.
    Text(Cow<'a, str>),
}

impl Scalar<'_> {
    /// As text; a whole number is written out.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Whole(number) => Some(Cow::Owned(number.to_string())),
            Self::Bool(_) | Self::Real(_) => None,
        }
    }

    /// As a word of a value table: small letters.
    pub(super) fn word(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) if text.chars().any(char::is_uppercase) => Cow::Owned(text.to_lowercase()),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Whole(number) => Cow::Owned(number.to_string()),
            Self::Real(number) => Cow::Owned(number.to_string()),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
        }
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            Self::Whole(number) => Some(*number != 0),
            Self::Real(_) => None,
            Self::Text(_) => match &*self.word() {
                "true" | "1" | "yes" | "on" => Some(true),
                "false" | "0" | "no" | "off" => Some(false),
                _ => None,
            },
        }
    }

    /// A moment: with an offset, in local time, or as seconds or milliseconds since 1970.
    pub(super) fn time(&self, zone: &Zone) -> Option<Time> {
        match self {
            Self::Text(text) => match text.parse::<i64>() {
                Ok(number) => since_1970(number),
                // No offset has room after the seconds, and a failed parse is the slower one.
                Err(_) if text.len() <= "2026-11-21 10:00:00".len() => zone.local(text),
                Err(_) => text.parse().ok().or_else(|| zone.local(text)),
            },
            Self::Whole(number) => since_1970(*number),
            Self::Bool(_) | Self::Real(_) => None,
        }
    }
}

fn since_1970(number: i64) -> Option<Time> {
    match number {
        1_000_000_000..100_000_000_000 => Some(Time::from_millis(number * 1000)),
        1_000_000_000_000..100_000_000_000_000 => Some(Time::from_millis(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_truths_come_as_text_too() {
        assert_eq!(Scalar::Whole(42).text().as_deref(), Some("42"));
        assert_eq!(Scalar::Text("Busy".into()).word(), "busy");
        for (scalar, truth) in [
            (Scalar::Text("1".into()), Some(true)),
            (Scalar::Text("False".into()), Some(false)),
            (Scalar::Whole(0), Some(false)),
            (Scalar::Bool(true), Some(true)),
            (Scalar::Text("maybe".into()), None),
            (Scalar::Real(1.0), None),
        ] {
            assert_eq!(scalar.truth(), truth);
        }
    }

    #[test]
    fn times_come_in_every_form() {
        let zone = Zone::parse("Europe/Stockholm").unwrap();
        for text in [
            "2026-11-21 10:00:00",
            "2026-11-21T09:00:00Z",
            "2026-11-21 10:00:00.000",
            "1795251600",
            "1795251600000",
        ] {
            let time = Scalar::Text(text.into()).time(&zone).unwrap();
            assert_eq!(time.to_string(), "2026-11-21T09:00:00.000Z", "{text}");
        }
        assert_eq!(Scalar::Text("0000-00-00 00:00:00".into()).time(&zone), None);
        assert_eq!(Scalar::Text("17".into()).time(&zone), None);
        assert_eq!(Scalar::Whole(1_795_251_600).time(&zone).unwrap().as_millis(), 1_795_251_600_000);
    }
}
