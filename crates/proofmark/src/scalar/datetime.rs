//! Dates with times: `YYYY-MM-DDTHH:MM:SS[.fraction][offset]`.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, civil};

use super::epoch::Epoch;
use super::error::ScalarError;
use super::fraction::Precision;
use super::{date, offset, time};

/// A date and time with microseconds, and with or without a UTC offset: Python's `datetime`.
///
/// Use [`jiff::Timestamp`] for an instant and [`jiff::civil::DateTime`] for a local time; both keep
/// nanoseconds. This type keeps the offset that was written, and tells "no offset" from "UTC".
///
/// Two values are equal when the local time and the offset are. They are ordered by instant within those that
/// have an offset, and by local time within those that have none; the latter come first.
///
/// # Examples
/// ```
/// use proofmark::scalar::DateTime;
/// let meeting = DateTime::parse(b"2026-03-01t09:30:00+0530")?;
/// assert_eq!(meeting.to_string(), "2026-03-01T09:30:00+05:30");
/// assert_eq!(meeting.to_timestamp()?.to_string(), "2026-03-01T04:00:00Z");
///
/// assert!(DateTime::parse(b"2026-03-01").is_err());
/// # Ok::<(), proofmark::scalar::ScalarError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    civil: civil::DateTime,
    offset: Option<Offset>,
}

impl DateTime {
    /// Builds a date and time, rounded half up to microseconds.
    ///
    /// # Errors
    /// Fails when the year is not in 1 to 9999, or the offset is a day or more.
    pub fn new(civil: civil::DateTime, offset: Option<Offset>) -> Result<DateTime, ScalarError> {
        date::check(civil.date())?;
        offset::check(offset)?;
        let (time, carry) = time::round(civil.time());
        let civil = attach(civil.date(), time, carry).ok_or(ScalarError::YearOutOfRange)?;
        Ok(DateTime { civil, offset })
    }

    /// A value that keeps the nanoseconds of another type, on its way to or from an encoder. The year must be
    /// in 1 to 9999 and the offset shorter than a day.
    pub(crate) const fn exact(civil: civil::DateTime, offset: Option<Offset>) -> DateTime {
        DateTime { civil, offset }
    }

    /// The instant in UTC, with its nanoseconds.
    pub(crate) fn exact_from_timestamp(timestamp: Timestamp) -> Result<DateTime, ScalarError> {
        Ok(DateTime::exact(Epoch::from_timestamp(timestamp).to_civil()?, Some(Offset::UTC)))
    }

    /// The date and the time on the clock.
    pub const fn civil(self) -> civil::DateTime {
        self.civil
    }

    /// The offset from UTC, if the value has one.
    pub const fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// The instant.
    ///
    /// # Errors
    /// Fails when there is no offset, or in the last day of the year 9999, where `jiff`'s range ends early.
    pub fn to_timestamp(self) -> Result<Timestamp, ScalarError> {
        self.to_epoch()?.to_timestamp()
    }

    /// Reads RFC 3339, a little relaxed: the separator is `T`, `t` or a space; the fraction has any length
    /// and is rounded half up to microseconds; the offset is `Z`, `z`, `+HH:MM` or `+HHMM`, or missing.
    ///
    /// # Errors
    /// Fails when `text` is anything else, or no date of the calendar's years 1 to 9999.
    pub fn parse(text: &[u8]) -> Result<DateTime, ScalarError> {
        parse(text, Precision::Microseconds)
    }

    /// Appends the text form: a `T`, six fraction digits or none, `Z` for UTC.
    pub fn write(self, out: &mut Vec<u8>) {
        write(self.civil, self.offset, out);
    }

    /// The instant as MessagePack holds it.
    pub(crate) fn to_epoch(self) -> Result<Epoch, ScalarError> {
        let offset = self.offset.ok_or(ScalarError::DateTimeWithoutOffset)?;
        Epoch::from_civil(self.civil, offset)
    }

    /// The date and time in UTC, rounded half up to microseconds.
    pub(crate) fn from_epoch(epoch: Epoch) -> Result<DateTime, ScalarError> {
        // What is out of range stays so, also where rounding would bring it back.
        epoch.check_range()?;
        let civil = epoch.round(Precision::Microseconds)?.to_civil()?;
        Ok(DateTime { civil, offset: Some(Offset::UTC) })
    }

    /// The sort key: naive values first, then by instant.
    fn key(self) -> (bool, SignedDuration, Option<Offset>) {
        let local = self.civil.duration_since(civil::DateTime::ZERO);
        let ahead = self.offset.map_or(0, |offset| i64::from(offset.seconds()));
        (self.offset.is_some(), local - SignedDuration::from_secs(ahead), self.offset)
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The instant in UTC, rounded half up to microseconds.
impl TryFrom<Timestamp> for DateTime {
    type Error = ScalarError;

    fn try_from(timestamp: Timestamp) -> Result<DateTime, ScalarError> {
        DateTime::from_epoch(Epoch::from_timestamp(timestamp))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::with_capacity(32);
        self.write(&mut out);
        f.pad(&String::from_utf8_lossy(&out))
    }
}

impl FromStr for DateTime {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<DateTime, ScalarError> {
        DateTime::parse(text.as_bytes())
    }
}

/// Reads a date and time. The result holds nanoseconds if `precision` asks for them.
pub(crate) fn parse(text: &[u8], precision: Precision) -> Result<DateTime, ScalarError> {
    parse_fields(text, precision).ok_or(ScalarError::InvalidDateTime)
}

fn parse_fields(text: &[u8], precision: Precision) -> Option<DateTime> {
    let (date, rest) = text.split_at_checked(10)?;
    let (b'T' | b't' | b' ', rest) = rest.split_first()? else { return None };
    let date = date::parse_fields(date)?;
    let (time, carry, rest) = time::parse_clock(rest, precision)?;
    let offset = offset::parse(rest)?;
    Some(DateTime { civil: attach(date, time, carry)?, offset })
}

/// Joins a date and a time that may have been rounded up into the next day.
fn attach(date: civil::Date, time: civil::Time, carry: bool) -> Option<civil::DateTime> {
    let date = if carry { date.tomorrow().ok()? } else { date };
    Some(date.to_datetime(time))
}

/// Appends a date and time with a year in 1 to 9999.
pub(crate) fn write(civil: civil::DateTime, offset: Option<Offset>, out: &mut Vec<u8>) {
    out.reserve("2020-01-02T03:04:05.123456789+01:00".len());
    date::write(civil.date(), out);
    out.push(b'T');
    time::write(civil.time(), offset, out);
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::datetime;
    use jiff::tz::Offset;
    use proptest::prelude::*;

    use super::{DateTime, Precision, parse};
    use crate::scalar::ScalarError;

    fn offset(seconds: i32) -> Option<Offset> {
        Some(Offset::from_seconds(seconds).unwrap())
    }

    /// Reads `text`, writes it back, and gives the offset in seconds.
    #[track_caller]
    fn check(text: &str, written: &str, offset_seconds: Option<i32>) {
        let value = DateTime::parse(text.as_bytes()).unwrap();
        assert_eq!(value.to_string(), written);
        assert_eq!(value.offset().map(Offset::seconds), offset_seconds, "{text}");
        assert_eq!(DateTime::parse(written.as_bytes()), Ok(value));
    }

    #[test]
    fn the_separator_and_the_z_come_in_either_case() {
        check("2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z", Some(0));
        check("2020-01-02t03:04:05z", "2020-01-02T03:04:05Z", Some(0));
        check("2020-01-02 03:04:05", "2020-01-02T03:04:05", None);
    }

    #[test]
    fn offsets_are_kept() {
        check("2020-01-02T03:04:05+00:00", "2020-01-02T03:04:05Z", Some(0));
        check("2020-01-02T03:04:05-00:00", "2020-01-02T03:04:05Z", Some(0));
        check("2020-01-02T03:04:05+0530", "2020-01-02T03:04:05+05:30", Some(19_800));
        check("2020-01-02T03:04:05.5+01:00", "2020-01-02T03:04:05.500000+01:00", Some(3_600));
        check("2020-06-30T23:59:59.000001-08:00", "2020-06-30T23:59:59.000001-08:00", Some(-28_800));
        check("0001-01-01T00:00:00+23:59", "0001-01-01T00:00:00+23:59", Some(86_340));
        check("9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59-23:59", Some(-86_340));
    }

    #[test]
    fn the_seventh_digit_rounds_and_carries() {
        check("2020-01-02T03:04:05.123456", "2020-01-02T03:04:05.123456", None);
        check("2020-01-02T03:04:05.1234565", "2020-01-02T03:04:05.123457", None);
        check("2020-01-02T03:04:05.1234567890123Z", "2020-01-02T03:04:05.123457Z", Some(0));
        check("2020-01-02T03:04:05.00000049999999999999", "2020-01-02T03:04:05", None);
        check("2020-02-28T23:59:59.9999995", "2020-02-29T00:00:00", None);
        check("2020-12-31T23:59:59.9999999+01:00", "2021-01-01T00:00:00+01:00", Some(3_600));
        check("9999-12-31T23:59:59.9999994", "9999-12-31T23:59:59.999999", None);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "a",
            "1",
            "now",
            "2020-01-02",
            "03:04:05Z",
            "2020-01-02T03:04",
            "2020-01-02T03:04Z",
            "2020-01-02T",
            "2020-1-2T03:04:05Z",
            "20200102T030405Z",
            "+2020-01-02T03:04:05Z",
            "2020/01/02T03:04:05Z",
            "2020-01-02X03:04:05Z",
            "2020-01-02_03:04:05",
            "2020-01-02  03:04:05",
            "2020-01-02T03.04.05Z",
            "2020-00-02T03:04:05Z",
            "2020-13-02T03:04:05Z",
            "2020-01-00T00:00:00Z",
            "2020-02-30T03:04:05Z",
            "2019-02-29T03:04:05Z",
            "1900-02-29T00:00:00Z",
            "2020-04-31T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "2020-01-02T24:00:00Z",
            "2020-01-02T23:60:00Z",
            "2020-01-02T23:59:60Z",
            "2020-01-02T03:04:05Zx",
            "2020-01-02T03:04:05ZZ",
            "2020-01-02T03:04:05 Z",
            "2020-01-02T03:04:05+01:00 ",
            "2020-01-02T03:04:05.Z",
            "2020-01-02T03:04:05.",
            "2020-01-02T03:04:05,5Z",
            "2020-01-02T03:04:05+24:00",
            "2020-01-02T03:04:05+05:60",
            "2020-01-02T03:04:05+05",
            "2020-01-02T03:04:05+5:30",
            "9999-12-31T23:59:59.9999995",
            "٢020-01-02T03:04:05Z",
            "2020-01-0é3:04:05Z",
        ] {
            assert_eq!(DateTime::parse(text.as_bytes()), Err(ScalarError::InvalidDateTime), "{text}");
        }
    }

    #[test]
    fn a_built_value_is_rounded_and_checked() {
        let rounded = DateTime::new(datetime(2020, 12, 31, 23, 59, 59, 999_999_500), None).unwrap();
        assert_eq!(rounded.civil(), datetime(2021, 1, 1, 0, 0, 0, 0));
        let midnight = DateTime::new(datetime(2020, 12, 31, 0, 0, 0, 400), None).unwrap();
        assert_eq!(midnight.civil(), datetime(2020, 12, 31, 0, 0, 0, 0));
        for (civil, offset, error) in [
            (datetime(0, 12, 31, 0, 0, 0, 0), None, ScalarError::YearOutOfRange),
            (datetime(-1, 1, 1, 0, 0, 0, 0), None, ScalarError::YearOutOfRange),
            (datetime(9999, 12, 31, 23, 59, 59, 999_999_500), None, ScalarError::YearOutOfRange),
            (datetime(2020, 1, 1, 0, 0, 0, 0), offset(86_400), ScalarError::OffsetOutOfRange),
        ] {
            assert_eq!(DateTime::new(civil, offset), Err(error), "{civil}");
        }
    }

    #[test]
    fn instants_are_converted_both_ways() {
        let timestamp: Timestamp = "2020-01-02T03:04:05.5Z".parse().unwrap();
        let utc = DateTime::try_from(timestamp).unwrap();
        assert_eq!(utc.to_string(), "2020-01-02T03:04:05.500000Z");
        assert_eq!(utc.to_timestamp(), Ok(timestamp));
        let local = DateTime::parse(b"2020-01-02T04:04:05.5+01:00").unwrap();
        assert_eq!(local.to_timestamp(), Ok(timestamp));
        let naive = DateTime::parse(b"2020-01-02T03:04:05").unwrap();
        assert_eq!(naive.to_timestamp(), Err(ScalarError::DateTimeWithoutOffset));
        let last = DateTime::parse(b"9999-12-31T23:59:59Z").unwrap();
        assert_eq!(last.to_timestamp(), Err(ScalarError::TimestampOutOfRange));
        assert_eq!(DateTime::try_from(Timestamp::MIN), Err(ScalarError::TimestampOutOfRange));
    }

    /// Reads an instant to the nanosecond and writes it in UTC.
    #[track_caller]
    fn check_instant(text: &str, expected: Result<&str, ScalarError>) {
        let instant = parse(text.as_bytes(), Precision::Nanoseconds).and_then(DateTime::to_timestamp);
        let written = instant.and_then(DateTime::exact_from_timestamp).map(|value| value.to_string());
        assert_eq!(written, expected.map(str::to_string), "{text}");
    }

    #[test]
    fn instants_keep_nanoseconds_and_round_finer_digits() {
        check_instant("2020-01-02T03:04:05+05:30", Ok("2020-01-01T21:34:05Z"));
        check_instant("2020-01-02T03:04:05.5Z", Ok("2020-01-02T03:04:05.500000Z"));
        check_instant("2020-01-02T03:04:05.123456789Z", Ok("2020-01-02T03:04:05.123456789Z"));
        check_instant("2020-01-02T03:04:05.1234567894Z", Ok("2020-01-02T03:04:05.123456789Z"));
        check_instant("2020-01-02T03:04:05.1234567895Z", Ok("2020-01-02T03:04:05.123456790Z"));
        check_instant("2020-12-31T23:59:59.9999999995Z", Ok("2021-01-01T00:00:00Z"));
        check_instant("1969-12-31T23:59:59.000000001Z", Ok("1969-12-31T23:59:59.000000001Z"));
        check_instant("0001-01-01T00:00:00Z", Ok("0001-01-01T00:00:00Z"));
    }

    #[test]
    fn a_local_time_or_another_range_is_no_instant() {
        check_instant("2020-01-02T03:04:05", Err(ScalarError::DateTimeWithoutOffset));
        check_instant("2020-01-02", Err(ScalarError::InvalidDateTime));
        check_instant("0001-01-01T00:00:00+00:01", Err(ScalarError::TimestampOutOfRange));
        check_instant("9999-12-31T23:59:59Z", Err(ScalarError::TimestampOutOfRange));
        assert_eq!(DateTime::exact_from_timestamp(Timestamp::MIN), Err(ScalarError::TimestampOutOfRange));
    }

    #[test]
    fn order_is_by_instant_and_naive_values_come_first() {
        let sorted: Vec<DateTime> = [
            "2021-01-01T00:00:00",
            "2022-01-01T00:00:00",
            "0001-01-01T00:00:00+23:59",
            "2020-01-01T00:30:00+01:00",
            "2020-01-01T00:00:00Z",
            "2020-01-01T01:00:00+01:00",
            "2020-01-01T00:00:01Z",
            "9999-12-31T23:59:59.999999-23:59",
        ]
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
        assert!(sorted.is_sorted_by(|a, b| a < b));
    }

    prop_compose! {
        fn any_datetime()(
            second in -62_135_596_800..=253_402_300_799i64, micros in 0..1_000_000i32,
            minutes in proptest::option::of(-1439..=1439i32),
        ) -> DateTime {
            let epoch = datetime(1970, 1, 1, 0, 0, 0, micros * 1_000);
            let civil = epoch + jiff::SignedDuration::from_secs(second);
            DateTime::new(civil, minutes.and_then(|m| offset(m * 60))).unwrap()
        }
    }

    proptest! {
        #[test]
        fn every_value_reads_back(value in any_datetime()) {
            prop_assert_eq!(value.to_string().parse(), Ok(value));
        }

        #[test]
        fn every_instant_reads_back(
            second in -62_135_596_800..=253_402_207_199i64, nano in 0..1_000_000_000i32,
        ) {
            let instant = Timestamp::new(second, nano).unwrap();
            let text = DateTime::exact_from_timestamp(instant).unwrap().to_string();
            let read = parse(text.as_bytes(), Precision::Nanoseconds).and_then(DateTime::to_timestamp);
            prop_assert_eq!(read, Ok(instant));
        }

        #[test]
        fn order_agrees_with_equality(a in any_datetime(), b in any_datetime()) {
            prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        }

        #[test]
        fn no_text_panics(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9:.Zz+é-]{0,20}") {
            let _ = DateTime::parse(text.as_bytes());
        }
    }
}
