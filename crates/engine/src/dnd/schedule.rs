use jiff::{ToSpan as _, civil, tz::TimeZone};
use model::Time;

/// Two days are looked at on either side of the longest time that a schedule can be on without a break.
const DAYS_BEFORE: i32 = 9;
const DAYS_AFTER: i32 = 10;
/// More lines than this nobody reads.
const MOST: usize = 32;
const MINUTES_A_DAY: usize = 24 * 60;

/// The days of the week, Monday in the lowest bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days(u8);

impl Days {
    pub(super) const ALL: Self = Self(0b111_1111);

    /// From `mon-fri`, `sat,sun` and the like; a range may go over the weekend.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut days = 0_u8;
        for part in text.split(',') {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (from, to) = (day(from)?, day(to)?);
            let mut at = from;
            days |= 1 << at;
            while at != to {
                at = (at + 1) % 7;
                days |= 1 << at;
            }
        }
        Some(Self(days))
    }

    pub(super) fn has(self, day: civil::Weekday) -> bool {
        self.0 & 1 << day.to_monday_zero_offset() != 0
    }
}

fn day(text: &str) -> Option<u8> {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = days.iter().position(|day| text.trim().eq_ignore_ascii_case(day))?;
    u8::try_from(at).ok()
}

/// A line of the schedule: `mon-fri 17:00-08:00`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    days: Days,
    from: civil::Time,
    to: civil::Time,
}

impl Line {
    fn parse(text: &str) -> Option<Self> {
        let (days, times) = text.trim().split_once(' ')?;
        let (from, to) = times.trim().split_once('-')?;
        let to = if to.trim() == "24:00" { civil::Time::midnight() } else { clock(to)? };
        Some(Self { days: Days::parse(days)?, from: clock(from)?, to })
    }

    /// When it is on for the day `date`: until the same time or earlier is until the next day.
    fn on(&self, date: civil::Date, zone: &TimeZone) -> Option<Period> {
        let end = if self.to > self.from { date } else { date.tomorrow().ok()? };
        let moment = |date: civil::Date, time| {
            zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok().map(|at| at.timestamp().into())
        };
        Some(Period { from: moment(date, self.from)?, to: moment(end, self.to)? })
    }
}

/// A time of day, such as 17:00.
pub(super) fn clock(text: &str) -> Option<civil::Time> {
    civil::Time::strptime("%H:%M", text.trim()).ok()
}

/// When do-not-disturb is on by itself, by the clock on the wall.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Schedule(Vec<Line>);

/// A time in which the schedule is on, without a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: Time,
    pub(super) to: Time,
}

/// A time in which the schedule does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    from: Time,
    /// Its next edge; `None`: it has none.
    pub(super) to: Option<Time>,
    /// It is on.
    pub(super) period: Option<Period>,
}

impl Stretch {
    pub(super) fn has(&self, wall: Time) -> bool {
        self.from <= wall && self.to.is_none_or(|to| wall < to)
    }
}

impl Schedule {
    /// # Errors
    /// What to change.
    pub(super) fn parse<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut parsed = Vec::new();
        for text in lines {
            let line = Line::parse(text).ok_or_else(|| {
                format!("`{text}` in `schedule` is not days and times; write such as mon-fri 17:00-08:00.")
            })?;
            parsed.push(line);
        }
        let schedule = Self(parsed);
        if schedule.0.len() > MOST || schedule.is_endless() {
            return Err("`schedule` must leave some time without do-not-disturb; shorten it.".to_owned());
        }
        Ok(schedule)
    }

    /// Whether no minute of the week is left out.
    fn is_endless(&self) -> bool {
        let mut free = vec![true; 7 * MINUTES_A_DAY];
        for line in &self.0 {
            let minute = |time: civil::Time| time.hour() as usize * 60 + time.minute() as usize;
            let (from, to) = (minute(line.from), minute(line.to));
            let long = if to > from { to - from } else { MINUTES_A_DAY - from + to };
            for day in (0..7).filter(|day| line.days.0 & 1 << day != 0) {
                for minute in 0..long {
                    let at = (day * MINUTES_A_DAY + from + minute) % (7 * MINUTES_A_DAY);
                    if let Some(free) = free.get_mut(at) {
                        *free = false;
                    }
                }
            }
        }
        !free.contains(&true)
    }

    /// What it is at `wall`.
    pub(super) fn at(&self, wall: Time, zone: &TimeZone) -> Stretch {
        let periods = self.periods(wall, zone);
        let period = periods.iter().find(|period| period.from <= wall && wall < period.to).copied();
        let begins = periods.iter().map(|period| period.from).find(|from| *from > wall);
        Stretch { from: wall, to: period.map(|period| period.to).or(begins), period }
    }

    /// Those around `wall`, in order, none touching another.
    fn periods(&self, wall: Time, zone: &TimeZone) -> Vec<Period> {
        let today = zone.to_datetime(wall.timestamp()).date();
        let mut all: Vec<Period> = Vec::new();
        for line in &self.0 {
            for offset in -DAYS_BEFORE..=DAYS_AFTER {
                let Ok(date) = today.checked_add(offset.days()) else { continue };
                if line.days.has(date.weekday()) {
                    all.extend(line.on(date, zone).filter(|period| period.from < period.to));
                }
            }
        }
        all.sort_by_key(|period| period.from);
        let mut merged: Vec<Period> = Vec::with_capacity(all.len());
        for period in all {
            match merged.last_mut() {
                Some(last) if period.from <= last.to => last.to = last.to.max(period.to),
                Some(_) | None => merged.push(period),
            }
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
    }

    fn period(lines: &[&str], wall: &str) -> Option<(String, String)> {
        let schedule = Schedule::parse(lines.iter().copied()).unwrap();
        let shown = |at: Time| at.timestamp().to_zoned(zone()).strftime("%a %d %H:%M").to_string();
        let period = schedule.at(wall.parse().unwrap(), &zone()).period?;
        Some((shown(period.from), shown(period.to)))
    }

    fn is(from: &str, to: &str) -> Option<(String, String)> {
        Some((from.to_owned(), to.to_owned()))
    }

    #[test]
    fn the_nights_of_working_days_go_over_midnight() {
        let nights = ["mon-fri 17:00-08:00"];
        assert_eq!(period(&nights, "2026-11-20T16:00:00+01:00"), None);
        assert_eq!(period(&nights, "2026-11-20T17:00:00+01:00"), is("Fri 20 17:00", "Sat 21 08:00"));
        assert_eq!(period(&nights, "2026-11-21T07:59:59+01:00"), is("Fri 20 17:00", "Sat 21 08:00"));
        assert_eq!(period(&nights, "2026-11-21T08:00:00+01:00"), None);
    }

    #[test]
    fn what_touches_is_one_period_with_one_end() {
        let lines = ["mon-fri 17:00-08:00", "sat-sun 00:00-24:00", "sun 18:00-08:00"];
        assert_eq!(period(&lines, "2026-11-22T12:00:00+01:00"), is("Fri 20 17:00", "Mon 23 08:00"));
    }

    #[test]
    fn it_follows_the_clock_on_the_wall_when_summer_begins_and_ends() {
        let night = ["sat 22:00-06:00"];
        let hours = |wall: &str| {
            let schedule = Schedule::parse(night.into_iter()).unwrap();
            let period = schedule.at(wall.parse().unwrap(), &zone()).period.unwrap();
            period.to.since(period.from).as_secs() / 3600
        };
        assert_eq!(hours("2026-03-28T23:00:00+01:00"), 7);
        assert_eq!(hours("2026-10-24T23:00:00+02:00"), 9);
        // A time that the clock leaves out is the first after it; one that it shows twice is the earlier.
        assert_eq!(
            period(&["sun 02:30-05:00"], "2026-03-29T03:45:00+02:00"),
            is("Sun 29 03:30", "Sun 29 05:00")
        );
        assert_eq!(
            period(&["sun 01:00-02:30"], "2026-10-25T02:15:00+02:00"),
            is("Sun 25 01:00", "Sun 25 02:30")
        );
        assert_eq!(period(&["sun 01:00-02:30"], "2026-10-25T02:15:00+01:00"), None);
    }

    #[test]
    fn a_schedule_without_an_end_and_what_is_no_schedule_are_refused() {
        let refused = |lines: &[&str]| Schedule::parse(lines.iter().copied()).unwrap_err();
        assert!(refused(&["mon-sun 00:00-24:00"]).contains("leave some time"));
        assert!(refused(&["mon-sun 12:00-12:00"]).contains("leave some time"));
        for bad in ["weekdays 17:00-08:00", "mon 25:00-08:00", "mon", "", "mon 08:00"] {
            assert!(refused(&[bad]).contains("mon-fri 17:00-08:00"), "{bad}");
        }
    }

    #[test]
    fn days_are_named_singly_and_in_ranges() {
        let days = Days::parse("fri-mon,wed").unwrap();
        let has: Vec<bool> =
            civil::Weekday::Monday.cycle_forward().take(7).map(|day| days.has(day)).collect();
        assert_eq!(has, [true, false, true, false, true, true, true]);
        assert_eq!(Days::parse("mon-funday"), None);
    }
}
