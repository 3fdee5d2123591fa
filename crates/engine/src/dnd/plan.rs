use std::{collections::BTreeSet, time::Duration};

use jiff::{civil, tz::TimeZone};
use model::{PhoneNumber, Problem, ProblemCode, Time};
use providers::{Key, SettingsFault};
use serde_json::{Map, Value};

use super::schedule::{Days, Schedule, clock};
use crate::{DndLength, Section};

/// Nobody means to be undisturbed for longer without being asked again.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);
const MINUTE: Duration = Duration::from_secs(60);

/// The settings of do-not-disturb.
pub(crate) const SECTION: Section = Section {
    name: "dnd",
    title: "Do-not-disturb",
    keys: &[
        Key::list("schedule", "Schedule", "When it is on by itself, such as \"mon-fri 17:00-08:00\"."),
        Key::text("morning", "Morning", "The time at which `until tomorrow` ends.").default("06:00"),
        Key::text(
            "working_days",
            "Working days",
            "The days on which `until tomorrow` may end, such as mon-fri.",
        )
        .default("mon-sun"),
        Key::text("ask_again_after", "Ask again after", "When one without an end is asked about.")
            .default("8h"),
        Key::text("toggle_for", "Hotkey's length", "For how long the hotkey switches it on.").default("1h"),
        Key::list(
            "let_through",
            "Let through",
            "Numbers that ring all the same, such as \"+45 11 22 33 44\".",
        ),
        Key::text(
            "second_call_within",
            "Second call",
            "A caller who calls again within this time rings; 0m for never.",
        )
        .default("3m"),
    ],
    check: |values| Plan::of(values).map(drop),
};

/// The settings of do-not-disturb as they are used.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    pub(super) schedule: Schedule,
    morning: civil::Time,
    working_days: Days,
    pub(super) ask_again_after: Duration,
    pub(super) toggle_for: Duration,
    pub(super) let_through: BTreeSet<PhoneNumber>,
    pub(super) second_call_within: Duration,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            schedule: Schedule::default(),
            morning: civil::time(6, 0, 0, 0),
            working_days: Days::ALL,
            ask_again_after: 8 * 60 * MINUTE,
            toggle_for: 60 * MINUTE,
            let_through: BTreeSet::new(),
            second_call_within: 3 * MINUTE,
        }
    }
}

impl Plan {
    /// From the table `[dnd]`, each value of its kind.
    ///
    /// # Errors
    /// The first key with a value that makes no sense.
    pub(super) fn of(values: &Map<String, Value>) -> Result<Self, SettingsFault> {
        let text = |key: &str| values.get(key).and_then(Value::as_str);
        let list = |key: &str| values.get(key).and_then(Value::as_array).into_iter().flatten();
        let mut plan = Self {
            schedule: Schedule::parse(list("schedule").filter_map(Value::as_str))
                .map_err(|text| SettingsFault::in_key("schedule", text))?,
            ..Self::default()
        };
        if let Some(given) = text("morning") {
            plan.morning = clock(given)
                .ok_or_else(|| SettingsFault::in_key("morning", "`morning` must be a time such as 06:00."))?;
        }
        if let Some(given) = text("working_days") {
            plan.working_days = Days::parse(given).ok_or_else(|| {
                SettingsFault::in_key("working_days", "`working_days` must be days such as mon-fri.")
            })?;
        }
        let length = |key: &str, least: Duration, default: Duration| match text(key) {
            Some(given) => length(given).filter(|length| *length >= least).ok_or_else(|| {
                SettingsFault::in_key(
                    key,
                    format!("`{key}` must be a length such as 30m or 8h, at most 7 days."),
                )
            }),
            None => Ok(default),
        };
        plan.ask_again_after = length("ask_again_after", MINUTE, plan.ask_again_after)?;
        plan.toggle_for = length("toggle_for", MINUTE, plan.toggle_for)?;
        plan.second_call_within = length("second_call_within", Duration::ZERO, plan.second_call_within)?;
        for number in list("let_through").filter_map(Value::as_str) {
            plan.let_through.insert(PhoneNumber::international(number).ok_or_else(|| {
                let text = "`let_through` must hold full numbers with country code, such as +45 11 22 33 44.";
                SettingsFault::in_key("let_through", text)
            })?);
        }
        Ok(plan)
    }

    /// When a length that begins now ends by the wall clock; `None`: a person is asked again.
    ///
    /// # Errors
    /// For an end in the past or too far away.
    pub(super) fn end(
        &self,
        length: DndLength,
        wall: Time,
        zone: &TimeZone,
    ) -> Result<Option<Time>, Problem> {
        let settings = |text: &str| Err(Problem::new(ProblemCode::Settings, text));
        let until = match length {
            DndLength::For { minutes } => wall.plus(Duration::from_secs(u64::from(minutes) * 60)),
            DndLength::Until { until } => until,
            DndLength::Clock { hour, minute } => match time_of_day(hour, minute) {
                Some(time) => next(wall, zone, time, |_| true),
                None => return settings("This is not a time of day; choose one such as 17:00."),
            },
            DndLength::Tomorrow => {
                let today = zone.to_datetime(wall.timestamp()).date();
                next(wall, zone, self.morning, |day| day != today && self.working_days.has(day.weekday()))
            }
            DndLength::Open => return Ok(None),
        };
        if until <= wall || until.since(wall) > LONGEST {
            return settings("Do not disturb must end within seven days; choose a nearer end.");
        }
        Ok(Some(until))
    }
}

/// The next moment at which the clock on the wall shows `time`, on a day that will do.
fn next(wall: Time, zone: &TimeZone, time: civil::Time, will_do: impl Fn(civil::Date) -> bool) -> Time {
    let today = zone.to_datetime(wall.timestamp()).date();
    today
        .series(jiff::ToSpan::days(1))
        .take(9)
        .filter(|day| will_do(*day))
        .filter_map(|day| zone.to_ambiguous_zoned(day.to_datetime(time)).compatible().ok())
        .map(|at| Time::from(at.timestamp()))
        .find(|at| *at > wall)
        .unwrap_or(wall)
}

fn time_of_day(hour: u8, minute: u8) -> Option<civil::Time> {
    civil::Time::new(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0).ok()
}

/// From `30m`, `8h` and the like.
fn length(text: &str) -> Option<Duration> {
    let length: jiff::SignedDuration = text.trim().parse().ok()?;
    Duration::try_from(length).ok().filter(|length| *length <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;

    fn end(settings: &str, length: DndLength, wall: &str) -> Result<String, String> {
        let settings = Settings::parse(settings);
        assert_eq!(settings.faults, []);
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let end = Plan::of(settings.section("dnd")).unwrap().end(length, wall.parse().unwrap(), &zone);
        let shown = |at: Time| at.timestamp().to_zoned(zone).strftime("%a %d %H:%M").to_string();
        end.map(|end| end.map_or_else(|| "open".to_owned(), shown)).map_err(|problem| problem.text)
    }

    #[test]
    fn tomorrow_ends_in_the_morning_of_the_next_working_day() {
        let friday = "2026-11-20T15:00:00+01:00";
        assert_eq!(end("", DndLength::Tomorrow, friday).unwrap(), "Sat 21 06:00");
        let working = "[dnd]\nmorning = \"07:30\"\nworking_days = \"mon-fri\"\n";
        assert_eq!(end(working, DndLength::Tomorrow, friday).unwrap(), "Mon 23 07:30");
        // After midnight it is the morning of the day after, for this day has begun.
        assert_eq!(end("", DndLength::Tomorrow, "2026-11-20T00:10:00+01:00").unwrap(), "Sat 21 06:00");
    }

    #[test]
    fn a_time_of_day_is_the_next_one_on_the_clock() {
        let at = |hour, wall| end("", DndLength::Clock { hour, minute: 0 }, wall);
        assert_eq!(at(17, "2026-11-20T15:00:00+01:00").unwrap(), "Fri 20 17:00");
        assert_eq!(at(14, "2026-11-20T15:00:00+01:00").unwrap(), "Sat 21 14:00");
        assert_eq!(at(17, "2026-10-24T18:00:00+02:00").unwrap(), "Sun 25 17:00");
        assert!(at(25, "2026-11-20T15:00:00+01:00").unwrap_err().contains("17:00"));
    }

    #[test]
    fn an_end_in_the_past_or_after_seven_days_is_refused() {
        let wall = "2026-11-20T15:00:00+01:00";
        let past = DndLength::Until { until: "2026-11-20T14:59:00+01:00".parse().unwrap() };
        assert!(end("", past, wall).unwrap_err().contains("within seven days"));
        assert!(end("", DndLength::For { minutes: 7 * 24 * 60 + 1 }, wall).is_err());
        assert!(end("", DndLength::For { minutes: 0 }, wall).is_err());
    }

    #[test]
    fn a_value_that_makes_no_sense_is_named_with_its_line_and_the_rest_is_used() {
        let settings = Settings::parse(
            "[dnd]\nmorning = \"six\"\nask_again_after = \"4h\"\nlet_through = [\"17\"]\nschedule = [\"always\"]\n",
        );
        let lines: Vec<usize> = settings.faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines.iter().sum::<usize>(), 2 + 4 + 5, "{:?}", settings.faults);
        let plan = Plan::of(settings.section("dnd")).unwrap();
        assert_eq!(
            (plan.ask_again_after, plan.morning),
            (Duration::from_secs(4 * 60 * 60), civil::time(6, 0, 0, 0))
        );
    }
}
