//! The UTC offset at the end of a date and time, or of a time: `Z`, `+05:30`, `-0800`, or nothing.

use jiff::tz::Offset;

use super::digits::{pair, parse_pair};
use super::error::ScalarError;

/// One day in seconds: offsets are smaller than this, either way.
const DAY: i32 = 86_400;

/// Reads an offset that fills `text`. `None` is a syntax error, `Some(None)` is empty text.
pub(super) fn parse(text: &[u8]) -> Option<Option<Offset>> {
    match *text {
        [] => Some(None),
        [b'Z' | b'z'] => Some(Some(Offset::UTC)),
        [sign, h1, h2, b':', m1, m2] | [sign, h1, h2, m1, m2] => {
            parse_signed(sign, parse_pair(h1, h2)?, parse_pair(m1, m2)?).map(Some)
        }
        _ => None,
    }
}

fn parse_signed(sign: u8, hours: i8, minutes: i8) -> Option<Offset> {
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i32::from(hours) * 3_600 + i32::from(minutes) * 60;
    match sign {
        b'+' => Offset::from_seconds(seconds).ok(),
        b'-' => Offset::from_seconds(-seconds).ok(),
        _ => None,
    }
}

/// Accepts offsets of less than a day, the ones the text form can hold.
pub(super) fn check(offset: Option<Offset>) -> Result<(), ScalarError> {
    match offset {
        Some(offset) if offset.seconds().abs() >= DAY => Err(ScalarError::OffsetOutOfRange),
        _ => Ok(()),
    }
}

/// Appends the offset, rounded to minutes: nothing, `Z`, or `+HH:MM`.
///
/// Half a minute rounds down. What rounds to a whole day is written as `Z`, as msgspec does, since `24:00`
/// would not read back. No text holds an offset with seconds; only values built in memory have one.
pub(super) fn write(offset: Option<Offset>, out: &mut Vec<u8>) {
    let Some(offset) = offset else { return };
    let minutes = (offset.seconds().unsigned_abs() + 29) / 60 % (24 * 60);
    if minutes == 0 {
        return out.push(b'Z');
    }
    let sign = if offset.is_negative() { b'-' } else { b'+' };
    let ([h1, h2], [m1, m2]) = (pair((minutes / 60) as u8), pair((minutes % 60) as u8));
    out.extend_from_slice(&[sign, h1, h2, b':', m1, m2]);
}

#[cfg(test)]
mod tests {
    use jiff::tz::Offset;

    use super::{check, parse, write};

    fn offset(seconds: i32) -> Offset {
        Offset::from_seconds(seconds).unwrap()
    }

    #[test]
    fn offsets_are_read() {
        for (text, seconds) in [
            ("Z", 0),
            ("z", 0),
            ("+00:00", 0),
            ("-00:00", 0),
            ("+0530", 19_800),
            ("+05:30", 19_800),
            ("-23:59", -86_340),
            ("+23:59", 86_340),
        ] {
            assert_eq!(parse(text.as_bytes()), Some(Some(offset(seconds))), "{text}");
        }
        assert_eq!(parse(b""), Some(None));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "ZZ",
            "Zx",
            "x",
            "+",
            "+05",
            "+053",
            "+05:3",
            "+5:30",
            "+24:00",
            "+05:60",
            "+0560",
            "05:30",
            "+05-30",
            "+05:30 ",
            " +05:30",
            "+05:30:00",
            "\u{2212}05:30",
            "+0a:00",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn seconds_round_to_the_nearest_minute_and_half_down() {
        for (seconds, text) in [
            (0, "Z"),
            (30, "Z"),
            (31, "+00:01"),
            (-30, "Z"),
            (-31, "-00:01"),
            (90, "+00:01"),
            (91, "+00:02"),
            (3_629, "+01:00"),
            (-3_631, "-01:01"),
            (86_370, "+23:59"),
            (86_371, "Z"),
            (-86_371, "Z"),
        ] {
            let mut out = Vec::new();
            write(Some(offset(seconds)), &mut out);
            assert_eq!(out, text.as_bytes(), "{seconds}");
        }
    }

    #[test]
    fn an_offset_is_shorter_than_a_day() {
        for (seconds, accepted) in [(86_399, true), (86_400, false), (-86_399, true), (-86_400, false)] {
            assert_eq!(check(Some(offset(seconds))).is_ok(), accepted, "{seconds}");
        }
    }
}
