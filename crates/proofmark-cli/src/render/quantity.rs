//! Sizes, spans of time and instants, as people read them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What the digits of an integer count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Bytes.
    Bytes,
    /// Nanoseconds.
    Nanoseconds,
}

impl Unit {
    /// The unit that a field's name tells: `elapsed_ns`, `memory_bytes_max`.
    pub(crate) fn of_field(name: &str) -> Option<Self> {
        name.split('_').find_map(|word| match word {
            "bytes" => Some(Self::Bytes),
            "ns" => Some(Self::Nanoseconds),
            _ => None,
        })
    }

    /// A number of this unit.
    pub(crate) fn show(self, number: u64) -> String {
        match self {
            Self::Bytes => bytes(number),
            Self::Nanoseconds => duration(number),
        }
    }
}

/// `412 B`, `3.5 kB`, `2.9 GB`: three digits, thousands of 1,000.
pub(crate) fn bytes(number: u64) -> String {
    const UNITS: [&str; 6] = ["B", "kB", "MB", "GB", "TB", "PB"];
    scaled(number as f64, 1_000.0, &UNITS)
}

/// `412 ns`, `3.14 ms`, `2.07 s`, `3 min 12 s`, `5 h 2 min`.
pub(crate) fn duration(nanoseconds: u64) -> String {
    const UNITS: [&str; 4] = ["ns", "µs", "ms", "s"];
    let seconds = nanoseconds / 1_000_000_000;
    match seconds {
        0..60 => scaled(nanoseconds as f64, 1_000.0, &UNITS),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

/// `2026-11-22 13:45` where the user is.
pub(crate) fn minute(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

fn scaled(number: f64, step: f64, units: &[&str]) -> String {
    let mut number = number;
    let mut idx = 0;
    // 999.5 would be shown as 1000 with three digits.
    while number >= step - 0.5 && idx + 1 < units.len() {
        number /= step;
        idx += 1;
    }
    let digits = match (idx, number) {
        (0, _) => 0,
        (_, ..9.995) => 2,
        (_, ..99.95) => 1,
        _ => 0,
    };
    format!("{number:.digits$} {}", units[idx])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_digits() {
        let sizes =
            [0, 1, 999, 1_000, 3_534, 9_994, 9_995, 99_949, 99_950, 999_499, 999_500, u64::MAX].map(bytes);
        assert_eq!(
            sizes,
            [
                "0 B", "1 B", "999 B", "1.00 kB", "3.53 kB", "9.99 kB", "10.0 kB", "99.9 kB", "100 kB",
                "999 kB", "1.00 MB", "18447 PB"
            ]
        );
    }

    #[test]
    fn spans_of_time_have_two_units_at_most() {
        let spans = [0, 412, 3_141_592, 59_994_000_000, 192_000_000_000, 18_120_000_000_000].map(duration);
        assert_eq!(spans, ["0 ns", "412 ns", "3.14 ms", "60.0 s", "3 min 12 s", "5 h 2 min"]);
    }

    #[test]
    fn a_unit_is_a_word_of_the_name() {
        assert_eq!(Unit::of_field("memory_bytes_max"), Some(Unit::Bytes));
        assert_eq!(Unit::of_field("elapsed_ns"), Some(Unit::Nanoseconds));
        assert_eq!(Unit::of_field("columns"), None);
    }
}
