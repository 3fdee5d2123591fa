use std::{fmt, str::FromStr, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment by the wall clock, to the millisecond; written as RFC 3339 in UTC with three decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
pub struct Time(i64);

impl Time {
    /// From milliseconds since 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This moment as jiff has it, clamped to jiff's years -9999 to 9999.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// As RFC 3339 writes it. By hand, for every line of `watch --json` has two or three.
    fn written(self, buffer: &mut [u8; 24]) -> &str {
        let at = jiff::tz::TimeZone::UTC.to_datetime(self.timestamp());
        // A year before 0 or after 9999 is nobody's call: it is shown as the nearest that can be written.
        let fields = [
            (u32::try_from(at.year()).unwrap_or(0).min(9999), 4, b'-'),
            (u32::from(at.month().unsigned_abs()), 2, b'-'),
            (u32::from(at.day().unsigned_abs()), 2, b'T'),
            (u32::from(at.hour().unsigned_abs()), 2, b':'),
            (u32::from(at.minute().unsigned_abs()), 2, b':'),
            (u32::from(at.second().unsigned_abs()), 2, b'.'),
            (u32::from(at.millisecond().unsigned_abs()), 3, b'Z'),
        ];
        let mut places = buffer.iter_mut();
        for (mut number, digits, after) in fields {
            let mut field = [b'0'; 4];
            for place in field.iter_mut().take(digits).rev() {
                *place = b'0' + u8::try_from(number % 10).unwrap_or(0);
                number /= 10;
            }
            for (digit, place) in field.into_iter().take(digits).chain([after]).zip(places.by_ref()) {
                *place = digit;
            }
        }
        std::str::from_utf8(buffer).unwrap_or_default()
    }

    /// The moment this much later.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The time from `earlier` to this moment, zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl From<Timestamp> for Time {
    fn from(at: Timestamp) -> Self {
        Self(at.as_millisecond())
    }
}

impl FromStr for Time {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<Timestamp>().map(Self::from)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written(&mut [0; 24]))
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.written(&mut [0; 24]))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_in_utc_with_three_decimals() {
        let time: Time = "2026-11-21T10:00:00+01:00".parse().unwrap();
        assert_eq!(time.to_string(), "2026-11-21T09:00:00.000Z");
        assert_eq!(Time::from_millis(1_123).to_string(), "1970-01-01T00:00:01.123Z");
        assert_eq!(Time::from_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
        assert_eq!(Time::from_millis(951_827_696_007).to_string(), "2000-02-29T12:34:56.007Z");
        assert_eq!(Time::from_millis(i64::MAX).to_string(), "9999-12-30T22:00:00.999Z");
    }
}
