//! Dates: exactly `YYYY-MM-DD`, years 1 to 9999.

use jiff::civil::Date;

use super::digits::{pair, parse_pair};
use super::error::ScalarError;

/// Reads a date that fills `text`.
pub(crate) fn parse(text: &[u8]) -> Result<Date, ScalarError> {
    parse_fields(text).ok_or(ScalarError::InvalidDate)
}

/// The same, for a caller with another error.
pub(super) fn parse_fields(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let year = i16::from(parse_pair(y1, y2)?) * 100 + i16::from(parse_pair(y3, y4)?);
    if year == 0 {
        return None;
    }
    Date::new(year, parse_pair(m1, m2)?, parse_pair(d1, d2)?).ok()
}

/// Accepts the years that four digits hold, without the year 0 that Python does not know.
pub(crate) fn check(date: Date) -> Result<(), ScalarError> {
    if date.year() < 1 { Err(ScalarError::YearOutOfRange) } else { Ok(()) }
}

/// Appends the ten bytes of a date that [`check`] accepts.
pub(crate) fn write(date: Date, out: &mut Vec<u8>) {
    debug_assert!(check(date).is_ok(), "the caller checks the year of {date}");
    let year = date.year().unsigned_abs();
    let ([y1, y2], [y3, y4]) = (pair((year / 100) as u8), pair((year % 100) as u8));
    let ([m1, m2], [d1, d2]) = (pair(date.month() as u8), pair(date.day() as u8));
    out.extend_from_slice(&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]);
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::{check, parse, write};
    use crate::scalar::ScalarError;

    fn text(date: Date) -> String {
        let mut out = Vec::new();
        write(date, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn real_dates_are_read_and_written() {
        for (bytes, value) in [
            ("2020-01-02", date(2020, 1, 2)),
            ("2020-02-29", date(2020, 2, 29)),
            ("2000-02-29", date(2000, 2, 29)),
            ("0001-01-01", date(1, 1, 1)),
            ("9999-12-31", date(9999, 12, 31)),
        ] {
            assert_eq!(parse(bytes.as_bytes()), Ok(value));
            assert_eq!(text(value), bytes);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "2020-1-2",
            "20200102",
            "2020/01/02",
            "2020-01-02 ",
            " 2020-01-02",
            "2020-01-02T00:00:00",
            "2020-00-01",
            "2020-13-01",
            "2020-01-00",
            "2020-01-32",
            "2020-04-31",
            "2019-02-29",
            "2100-02-29",
            "1900-02-29",
            "0000-01-01",
            "-001-01-01",
            "+020-01-02",
            "12020-01-02",
            "2020-0a-01",
            "٢20-01-02",
            "2020-01-0\u{b2}",
        ] {
            assert_eq!(parse(text.as_bytes()), Err(ScalarError::InvalidDate), "{text}");
        }
    }

    #[test]
    fn years_before_one_cannot_be_written() {
        assert_eq!(check(date(1, 1, 1)), Ok(()));
        assert_eq!(check(date(0, 12, 31)), Err(ScalarError::YearOutOfRange));
        assert_eq!(check(date(-9999, 1, 1)), Err(ScalarError::YearOutOfRange));
    }

    proptest! {
        #[test]
        fn every_date_reads_back(year in 1..=9999i16, month in 1..=12i8, day in 1..=28i8) {
            let value = date(year, month, day);
            prop_assert_eq!(parse(text(value).as_bytes()), Ok(value));
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..14)) {
            let _ = parse(&bytes);
        }
    }
}
