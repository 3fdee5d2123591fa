use model::{PhoneNumber, QuietCaller, Time};
use serde::{Deserialize, Serialize};

/// Nobody is annoyed by more callers in a day.
const MOST: usize = 200;

/// Callers the person wants quiet about, until the end of the day on which they said so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct QuietCallers(Vec<QuietCaller>);

/// The file they are kept in.
#[derive(Serialize, Deserialize)]
struct Kept {
    v: u32,
    callers: Vec<QuietCaller>,
}

impl QuietCallers {
    /// What was kept; nothing if it is not understood, for it is over by midnight anyway.
    pub(crate) fn parse(text: &str) -> Self {
        let kept = serde_json::from_str::<Kept>(text).ok().filter(|kept| kept.v == 1);
        Self(kept.map(|kept| kept.callers).unwrap_or_default().into_iter().take(MOST).collect())
    }

    /// What is to be kept.
    pub(crate) fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(&Kept { v: 1, callers: self.0.clone() }).unwrap_or_default()
    }

    /// Quiet about this number until the end of the day of `wall`, by the computer's time zone.
    pub(crate) fn add(&mut self, number: PhoneNumber, wall: Time) {
        self.0.retain(|caller| caller.until > wall && caller.number != number);
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(QuietCaller { number, until: midnight_after(wall) });
    }

    /// No longer quiet about this number, or about anybody; whether there was any.
    pub(crate) fn remove(&mut self, number: Option<&PhoneNumber>) -> bool {
        let before = self.0.len();
        self.0.retain(|caller| number.is_some_and(|number| caller.number != *number));
        self.0.len() < before
    }

    pub(crate) fn has(&self, number: Option<&PhoneNumber>, wall: Time) -> bool {
        number
            .is_some_and(|number| self.0.iter().any(|caller| caller.number == *number && caller.until > wall))
    }

    pub(crate) fn all(&self, wall: Time) -> Vec<QuietCaller> {
        self.0.iter().filter(|caller| caller.until > wall).cloned().collect()
    }
}

fn midnight_after(wall: Time) -> Time {
    let local = wall.timestamp().to_zoned(jiff::tz::TimeZone::system());
    local.tomorrow().and_then(|day| day.start_of_day()).map_or_else(
        |_| wall.plus(std::time::Duration::from_secs(24 * 60 * 60)),
        |midnight| midnight.timestamp().into(),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn number(text: &str) -> PhoneNumber {
        PhoneNumber::international(text).unwrap()
    }

    #[test]
    fn a_caller_is_quiet_until_midnight_and_over_a_restart() {
        let wall = Time::from_millis(1_763_712_000_000);
        let mut callers = QuietCallers::default();
        callers.add(number("+4511223344"), wall);
        let kept = QuietCallers::parse(std::str::from_utf8(&callers.encode()).unwrap());
        assert_eq!(kept, callers);
        assert!(kept.has(Some(&number("+4511223344")), wall));
        assert!(!kept.has(Some(&number("+4511223345")), wall) && !kept.has(None, wall));
        let until = kept.all(wall)[0].until;
        let left = until.since(wall);
        assert!(left > Duration::ZERO && left <= Duration::from_secs(25 * 60 * 60), "{left:?}");
        assert!(!kept.has(Some(&number("+4511223344")), until) && kept.all(until).is_empty());
    }

    #[test]
    fn it_can_be_taken_back_for_one_and_for_all() {
        let wall = Time::from_millis(1_763_712_000_000);
        let mut callers = QuietCallers::default();
        callers.add(number("+4511223344"), wall);
        callers.add(number("+4511223345"), wall);
        assert!(
            callers.remove(Some(&number("+4511223344"))) && !callers.remove(Some(&number("+4511223344")))
        );
        assert_eq!(callers.all(wall).len(), 1);
        assert!(callers.remove(None) && callers.all(wall).is_empty());
    }

    #[test]
    fn a_file_that_is_not_understood_is_nobody() {
        for text in ["", "{", "{\"v\":2,\"callers\":[]}", "{\"v\":1,\"callers\":[{\"number\":5}]}"] {
            assert_eq!(QuietCallers::parse(text), QuietCallers::default());
        }
    }

    #[test]
    fn memory_is_bounded() {
        let wall = Time::from_millis(1_763_712_000_000);
        let mut callers = QuietCallers::default();
        for n in 0..1_000 {
            callers.add(number(&format!("+45{}", 10_000_000 + n)), wall);
        }
        assert_eq!(callers.all(wall).len(), MOST);
    }
}
