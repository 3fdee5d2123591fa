//! What the server advises about coming back.

use std::{borrow::Cow, time::Duration};

use serde::Deserialize;
use serde_json::value::RawValue;

/// The longest interval and timeout that are believed.
const LONGEST: Duration = Duration::from_secs(3600);

/// The advice so far: a field that an answer leaves out keeps its former value.
#[derive(Debug, Clone)]
pub(super) struct Advice {
    pub(super) reconnect: Reconnect,
    /// The least time between an answer to a connect and the next one.
    pub(super) interval: Duration,
    /// How long the server holds a connect.
    pub(super) timeout: Duration,
}

/// What to do after a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reconnect {
    Retry,
    Handshake,
    Never,
}

impl Default for Advice {
    fn default() -> Self {
        Self { reconnect: Reconnect::Retry, interval: Duration::ZERO, timeout: Duration::from_secs(60) }
    }
}

impl Advice {
    pub(super) fn merge(&mut self, raw: &RawValue) {
        #[derive(Deserialize)]
        struct Wire<'a> {
            #[serde(borrow)]
            reconnect: Option<Cow<'a, str>>,
            interval: Option<f64>,
            timeout: Option<f64>,
        }
        let Ok(wire) = serde_json::from_str::<Wire<'_>>(raw.get()) else {
            return;
        };
        match wire.reconnect.as_deref() {
            Some("retry") => self.reconnect = Reconnect::Retry,
            Some("handshake") => self.reconnect = Reconnect::Handshake,
            Some("none") => self.reconnect = Reconnect::Never,
            Some(_) | None => {}
        }
        match wire.interval {
            Some(ms) if ms < 0.0 => self.reconnect = Reconnect::Never,
            Some(ms) => self.interval = milliseconds(ms),
            None => {}
        }
        if let Some(ms) = wire.timeout {
            self.timeout = milliseconds(ms);
        }
    }

    /// The interval, if there is one to wait for.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        Some(self.interval).filter(|interval| !interval.is_zero())
    }
}

fn milliseconds(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1000.0).map_or(LONGEST, |time| time.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_field_keeps_its_former_value() {
        let mut advice = Advice::default();
        for text in
            [r#"{"reconnect":"handshake","interval":2000,"timeout":3e3}"#, "7", r#"{"timeout":"x"}"#, "{}"]
        {
            advice.merge(&RawValue::from_string(text.into()).unwrap());
        }
        assert_eq!(advice.reconnect, Reconnect::Handshake);
        assert_eq!(advice.interval, Duration::from_secs(2));
        assert_eq!(advice.timeout, Duration::from_secs(3));
    }

    #[test]
    fn a_negative_interval_means_never_and_a_huge_one_an_hour() {
        let mut advice = Advice::default();
        advice.merge(&RawValue::from_string(r#"{"interval":1e300}"#.into()).unwrap());
        assert_eq!(advice.interval, LONGEST);
        advice.merge(&RawValue::from_string(r#"{"interval":-1}"#.into()).unwrap());
        assert_eq!(advice.reconnect, Reconnect::Never);
    }
}
