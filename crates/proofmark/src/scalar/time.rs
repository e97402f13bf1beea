//! Times of day: `HH:MM:SS[.fraction][offset]`.

use std::fmt;
use std::str::FromStr;

use jiff::tz::Offset;
use jiff::{SignedDuration, civil};

use super::digits::{pair, parse_pair};
use super::error::ScalarError;
use super::fraction::{self, Precision};
use super::offset;

/// A time of day with microseconds, and with or without a UTC offset: Python's `time`.
///
/// For a time that never has an offset use [`jiff::civil::Time`].
///
/// # Examples
/// ```
/// use proofmark::scalar::Time;
/// let time = Time::parse(b"03:04:05.5+01:00")?;
/// assert_eq!(time.civil(), jiff::civil::time(3, 4, 5, 500_000_000));
/// assert_eq!(time.to_string(), "03:04:05.500000+01:00");
/// assert!(Time::parse(b"03:04").is_err());
/// # Ok::<(), proofmark::scalar::ScalarError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    civil: civil::Time,
    offset: Option<Offset>,
}

impl Time {
    /// Builds a time, rounded half up to microseconds. What rounds up to midnight is midnight.
    ///
    /// # Errors
    /// Fails when the offset is a day or more.
    pub fn new(civil: civil::Time, offset: Option<Offset>) -> Result<Time, ScalarError> {
        offset::check(offset)?;
        Ok(Time { civil: round(civil).0, offset })
    }

    /// A value that keeps the nanoseconds of another type, on its way to an encoder.
    pub(crate) const fn exact(civil: civil::Time) -> Time {
        Time { civil, offset: None }
    }

    /// The time on the clock.
    pub const fn civil(self) -> civil::Time {
        self.civil
    }

    /// The offset from UTC, if the time has one.
    pub const fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// Reads `HH:MM:SS`, a fraction of any length rounded half up to microseconds, and an optional `Z` or
    /// `+HH:MM`.
    ///
    /// # Errors
    /// Fails when `text` is anything else; the seconds end at 59, the hours at 23.
    pub fn parse(text: &[u8]) -> Result<Time, ScalarError> {
        parse(text, Precision::Microseconds)
    }

    /// Appends the text form.
    pub fn write(self, out: &mut Vec<u8>) {
        write(self.civil, self.offset, out);
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::with_capacity(21);
        self.write(&mut out);
        f.pad(&String::from_utf8_lossy(&out))
    }
}

impl FromStr for Time {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Time, ScalarError> {
        Time::parse(text.as_bytes())
    }
}

/// Reads a time without offset, to the nanosecond.
pub(crate) fn parse_civil(text: &[u8]) -> Result<civil::Time, ScalarError> {
    match parse(text, Precision::Nanoseconds)? {
        Time { civil, offset: None } => Ok(civil),
        Time { offset: Some(_), .. } => Err(ScalarError::TimeWithOffset),
    }
}

fn parse(text: &[u8], precision: Precision) -> Result<Time, ScalarError> {
    let parsed =
        parse_clock(text, precision).and_then(|(civil, _, rest)| Some((civil, offset::parse(rest)?)));
    parsed.map(|(civil, offset)| Time { civil, offset }).ok_or(ScalarError::InvalidTime)
}

/// Reads the clock at the start of `text`: the time, whether it rounded up to the next midnight, and the
/// rest.
pub(super) fn parse_clock(text: &[u8], precision: Precision) -> Option<(civil::Time, bool, &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else { return None };
    let (hour, minute) = (parse_pair(*h1, *h2)?, parse_pair(*m1, *m2)?);
    let second = parse_pair(*s1, *s2)?;
    // jiff takes a leap second for the one before it; here it is no time.
    if second > 59 {
        return None;
    }
    let (nanosecond, rest) = fraction::parse(rest, precision)?;
    if nanosecond < fraction::SECOND {
        return Some((civil::Time::new(hour, minute, second, nanosecond as i32).ok()?, false, rest));
    }
    let time = civil::Time::new(hour, minute, second, 0).ok()?.wrapping_add(SignedDuration::from_secs(1));
    Some((time, time == civil::Time::midnight(), rest))
}

/// Rounds half up to microseconds, and tells whether that went past midnight.
pub(super) fn round(time: civil::Time) -> (civil::Time, bool) {
    let nanosecond = time.subsec_nanosecond();
    let ahead = Precision::Microseconds.round(nanosecond.unsigned_abs()) as i32 - nanosecond;
    let rounded = time.wrapping_add(SignedDuration::from_nanos(i64::from(ahead)));
    (rounded, ahead > 0 && rounded < time)
}

/// Appends a time and its offset.
pub(crate) fn write(time: civil::Time, offset: Option<Offset>, out: &mut Vec<u8>) {
    let ([h1, h2], [m1, m2]) = (pair(time.hour() as u8), pair(time.minute() as u8));
    let [s1, s2] = pair(time.second() as u8);
    out.extend_from_slice(&[h1, h2, b':', m1, m2, b':', s1, s2]);
    fraction::write(time.subsec_nanosecond().unsigned_abs(), out);
    offset::write(offset, out);
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use jiff::tz::Offset;
    use proptest::prelude::*;

    use super::{Time, parse_civil};
    use crate::scalar::ScalarError;

    fn offset(seconds: i32) -> Option<Offset> {
        Some(Offset::from_seconds(seconds).unwrap())
    }

    #[track_caller]
    fn check(text: &str, civil: jiff::civil::Time, offset: Option<Offset>, written: &str) {
        let value = Time::parse(text.as_bytes()).unwrap();
        assert_eq!((value.civil(), value.offset()), (civil, offset), "{text}");
        assert_eq!(value.to_string(), written);
    }

    #[test]
    fn times_are_read_and_written() {
        check("03:04:05", time(3, 4, 5, 0), None, "03:04:05");
        check("03:04:05Z", time(3, 4, 5, 0), offset(0), "03:04:05Z");
        check("03:04:05z", time(3, 4, 5, 0), offset(0), "03:04:05Z");
        check("03:04:05.1", time(3, 4, 5, 100_000_000), None, "03:04:05.100000");
        check("03:04:05.1234565", time(3, 4, 5, 123_457_000), None, "03:04:05.123457");
        check("03:04:05+0100", time(3, 4, 5, 0), offset(3_600), "03:04:05+01:00");
        check("03:04:05-23:59", time(3, 4, 5, 0), offset(-86_340), "03:04:05-23:59");
        check("00:00:00.000001", time(0, 0, 0, 1_000), None, "00:00:00.000001");
    }

    #[test]
    fn rounding_carries_and_wraps_at_midnight() {
        check("03:04:59.9999995", time(3, 5, 0, 0), None, "03:05:00");
        check("23:59:59.9999995", time(0, 0, 0, 0), None, "00:00:00");
        check("23:59:59.9999994", time(23, 59, 59, 999_999_000), None, "23:59:59.999999");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "03:04",
            "03:04Z",
            "3:04:05",
            "24:00:00",
            "23:60:00",
            "23:59:60",
            "03:04:05.",
            "03:04:05.Z",
            "03:04:05x",
            "T03:04:05",
            "03-04-05",
            "030405",
            "03:04:05 Z",
            " 03:04:05",
            "03:04:05,5",
            "-3:04:05",
            "03:04:05+24:00",
            "2020-01-02T03:04:05",
            "03:04:05ZZ",
        ] {
            assert_eq!(Time::parse(text.as_bytes()), Err(ScalarError::InvalidTime), "{text}");
        }
    }

    #[test]
    fn a_civil_time_keeps_nanoseconds_and_refuses_an_offset() {
        assert_eq!(parse_civil(b"03:04:05.123456789"), Ok(time(3, 4, 5, 123_456_789)));
        assert_eq!(parse_civil(b"03:04:05.1234567896"), Ok(time(3, 4, 5, 123_456_790)));
        assert_eq!(parse_civil(b"03:04:05Z"), Err(ScalarError::TimeWithOffset));
        assert_eq!(parse_civil(b"03:04:05x"), Err(ScalarError::InvalidTime));
    }

    #[test]
    fn a_built_time_is_rounded_to_microseconds() {
        assert_eq!(Time::new(time(1, 2, 3, 1_500), None).unwrap().civil(), time(1, 2, 3, 2_000));
        assert_eq!(Time::new(time(23, 59, 59, 999_999_500), None).unwrap().civil(), time(0, 0, 0, 0));
        assert_eq!(Time::new(time(1, 2, 3, 0), offset(86_400)), Err(ScalarError::OffsetOutOfRange));
    }

    proptest! {
        #[test]
        fn every_time_reads_back(
            h in 0..24i8, m in 0..60i8, s in 0..60i8, micros in 0..1_000_000i32,
            minutes in proptest::option::of(-1439..=1439i32),
        ) {
            let civil = time(h, m, s, micros * 1_000);
            let value = Time::new(civil, minutes.and_then(|m| offset(m * 60))).unwrap();
            prop_assert_eq!(value.to_string().parse(), Ok(value));
        }

        #[test]
        fn no_bytes_panic(bytes in "[0-9:.+Zz-]{0,20}") {
            let _ = Time::parse(bytes.as_bytes());
        }
    }
}
