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
    fn written(self) -> [u8; 24] {
        let at = jiff::tz::TimeZone::UTC.to_datetime(self.timestamp());
        // A year before 0 or after 9999 is nobody's call: it is shown as the nearest that can be written.
        let year = at.year().clamp(0, 9999);
        let digit = |number: i16, unit: i16| b'0' + (number / unit % 10) as u8;
        let [mo, d, h, mi, s] = [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(i16::from);
        let ms = at.millisecond();
        [
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(mo, 10),
            digit(mo, 1),
            b'-',
            digit(d, 10),
            digit(d, 1),
            b'T',
            digit(h, 10),
            digit(h, 1),
            b':',
            digit(mi, 10),
            digit(mi, 1),
            b':',
            digit(s, 10),
            digit(s, 1),
            b'.',
            digit(ms, 100),
            digit(ms, 10),
            digit(ms, 1),
            b'Z',
        ]
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
        f.write_str(std::str::from_utf8(&self.written()).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = self.written();
        serializer.serialize_str(std::str::from_utf8(&written).map_err(serde::ser::Error::custom)?)
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
