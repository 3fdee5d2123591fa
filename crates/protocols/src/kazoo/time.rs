//! Kazoo's times: seconds, milliseconds or microseconds, since the year 0 or since 1970.

/// From the year 0 to 1970, in seconds (`kz_types.hrl` of Kazoo).
const GREGORIAN: f64 = 62_167_219_200.0;

/// Microseconds since 1970 from whatever `number` counts; `None` if it can be no time of these days.
#[expect(clippy::cast_possible_truncation, reason = "far below the limits of i64 in every branch")]
pub(super) fn micros(number: f64) -> Option<i64> {
    let seconds = if (6.2e10..1e11).contains(&number) {
        number - GREGORIAN
    } else if (1e9..1e10).contains(&number) {
        number
    } else if (6.2e13..1e14).contains(&number) {
        number / 1e3 - GREGORIAN
    } else if (1e12..1e13).contains(&number) {
        number / 1e3
    } else if (6.2e16..1e17).contains(&number) {
        number / 1e6 - GREGORIAN
    } else if (1e15..1e16).contains(&number) {
        number / 1e6
    } else {
        return None;
    };
    Some((seconds * 1e6).round() as i64)
}

/// The time that a message id of sixteen digits is; other builds of Kazoo draw it at random.
pub(super) fn of_message_id(id: &str) -> Option<i64> {
    let digits = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_digit());
    let micros: i64 = if digits { id.parse().ok()? } else { return None };
    (1_000_000_000_000_000..10_000_000_000_000_000).contains(&micros).then_some(micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_count_gives_the_same_moment() {
        let moment = 1_443_672_756;
        for number in [
            63_610_891_956.0,
            63_610_891_956e3,
            63_610_891_956e6,
            1_443_672_756.0,
            1_443_672_756e3,
            1_443_672_756e6,
        ] {
            assert_eq!(micros(number).unwrap() / 1_000_000, moment, "{number}");
        }
        assert_eq!(of_message_id("1443672756993309"), Some(1_443_672_756_993_309));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for number in [0.0, -1.0, 7.0, 1e11, 5e11, 1e18, f64::NAN, f64::INFINITY] {
            assert_eq!(micros(number), None, "{number}");
        }
        for id in ["", "123", "a443672756993309", "0443672756993309"] {
            assert_eq!(of_message_id(id), None, "{id}");
        }
    }
}
