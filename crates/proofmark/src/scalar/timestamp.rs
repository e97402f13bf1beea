//! [`jiff::Timestamp`]: an instant, written in UTC with nanoseconds where it has any.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::datetime;
use super::epoch::Epoch;
use super::error::ScalarError;
use super::fraction::Precision;

/// Reads a date and time that has an offset.
pub(crate) fn parse(text: &[u8]) -> Result<Timestamp, ScalarError> {
    let value = datetime::parse(text, Precision::Nanoseconds)?;
    value.to_timestamp()
}

/// Appends the instant in UTC. The year must be in 1 to 9999.
pub(crate) fn write(timestamp: Timestamp, out: &mut Vec<u8>) -> Result<(), ScalarError> {
    let civil = Epoch::from_timestamp(timestamp).to_civil()?;
    datetime::write(civil, Some(Offset::UTC), out);
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::{parse, write};
    use crate::scalar::ScalarError;

    fn text(timestamp: Timestamp) -> Result<String, ScalarError> {
        let mut out = Vec::new();
        write(timestamp, &mut out).map(|()| String::from_utf8(out).unwrap())
    }

    #[track_caller]
    fn check(input: &str, written: &str) {
        assert_eq!(parse(input.as_bytes()).and_then(text), Ok(written.to_string()), "{input}");
    }

    #[test]
    fn instants_are_written_in_utc() {
        check("2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z");
        check("2020-01-02T03:04:05+05:30", "2020-01-01T21:34:05Z");
        check("2020-01-01T00:00:00-00:30", "2020-01-01T00:30:00Z");
        check("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
    }

    #[test]
    fn nanoseconds_are_kept_and_finer_digits_rounded() {
        check("2020-01-02T03:04:05.5Z", "2020-01-02T03:04:05.500000Z");
        check("2020-01-02T03:04:05.123456789Z", "2020-01-02T03:04:05.123456789Z");
        check("2020-01-02T03:04:05.1234567894Z", "2020-01-02T03:04:05.123456789Z");
        check("2020-01-02T03:04:05.1234567895Z", "2020-01-02T03:04:05.123456790Z");
        check("2020-12-31T23:59:59.9999999995Z", "2021-01-01T00:00:00Z");
        check("1969-12-31T23:59:59.000000001Z", "1969-12-31T23:59:59.000000001Z");
    }

    #[test]
    fn a_local_time_is_no_instant() {
        assert_eq!(parse(b"2020-01-02T03:04:05"), Err(ScalarError::DateTimeWithoutOffset));
        assert_eq!(parse(b"2020-01-02"), Err(ScalarError::InvalidDateTime));
    }

    #[test]
    fn instants_outside_the_years_1_to_9999_are_refused() {
        assert_eq!(parse(b"0001-01-01T00:00:00+00:01"), Err(ScalarError::TimestampOutOfRange));
        assert_eq!(parse(b"9999-12-31T23:59:59Z"), Err(ScalarError::TimestampOutOfRange));
        assert_eq!(text(Timestamp::MIN), Err(ScalarError::TimestampOutOfRange));
        assert_eq!(text(Timestamp::MAX), Ok("9999-12-30T22:00:00.999999999Z".to_string()));
    }

    proptest! {
        #[test]
        fn every_instant_reads_back(
            second in -62_135_596_800..=253_402_207_199i64, nano in 0..1_000_000_000i32,
        ) {
            let value = Timestamp::new(second, nano).unwrap();
            prop_assert_eq!(text(value).and_then(|text| parse(text.as_bytes())), Ok(value));
        }
    }
}
