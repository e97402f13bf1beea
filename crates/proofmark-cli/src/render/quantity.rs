//! Sizes, spans of time and instants, as people read them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proofmark_artifacts::display;

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

/// `412 B`, `3.53 kB`, `2.90 GB`.
pub(crate) fn bytes(number: u64) -> String {
    display::bytes(number as f64)
}

/// `412 ns`, `3.14 ms`, `2.07 s`, `3 min 12 s`, `5 h 2 min`.
pub(crate) fn duration(nanoseconds: u64) -> String {
    display::duration(nanoseconds as f64)
}

/// `2026-11-22 13:45` where the user is.
pub(crate) fn minute(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_a_word_of_the_name() {
        assert_eq!(Unit::of_field("memory_bytes_max"), Some(Unit::Bytes));
        assert_eq!(Unit::of_field("elapsed_ns"), Some(Unit::Nanoseconds));
        assert_eq!(Unit::of_field("columns"), None);
    }
}
