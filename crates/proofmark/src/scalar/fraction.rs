//! The fraction of a second in dates and times: `.123456`.

/// One second in nanoseconds.
pub(super) const SECOND: u32 = 1_000_000_000;

/// The finest step a type can hold. Text with more digits is rounded half up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// Six digits: Python's types, and so [`DateTime`](super::DateTime), [`Time`](super::Time) and
    /// [`TimeDelta`](super::TimeDelta).
    Microseconds,
    /// Nine digits: the types of `jiff`, `chrono` and `std`.
    Nanoseconds,
}

impl Precision {
    /// The nanoseconds of one step.
    pub(super) const fn step(self) -> u32 {
        match self {
            Self::Microseconds => 1_000,
            Self::Nanoseconds => 1,
        }
    }

    /// Rounds `nanosecond` half up to a whole step. The result may be a whole [`SECOND`].
    pub(super) const fn round(self, nanosecond: u32) -> u32 {
        (nanosecond + self.step() / 2) / self.step() * self.step()
    }
}

/// Reads a fraction if there is one. Returns nanoseconds, at most a whole [`SECOND`], and the rest of the
/// text.
pub(super) fn parse(text: &[u8], precision: Precision) -> Option<(u32, &[u8])> {
    let Some((b'.', digits)) = text.split_first() else { return Some((0, text)) };
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 0 {
        return None;
    }
    let (digits, rest) = digits.split_at(length);
    let nanosecond = (0..9).fold(0, |value, at| value * 10 + digit(digits, at));
    // The tenth digit decides for nanoseconds; for microseconds it cannot change the answer.
    let round_up = u32::from(precision == Precision::Nanoseconds && digit(digits, 9) >= 5);
    Some((precision.round(nanosecond + round_up), rest))
}

fn digit(digits: &[u8], at: usize) -> u32 {
    digits.get(at).map_or(0, |byte| u32::from(byte - b'0'))
}

/// Appends the fraction: nothing for a whole second, else six digits, or nine if six cannot hold it.
pub(super) fn write(nanosecond: u32, out: &mut Vec<u8>) {
    if nanosecond == 0 {
        return;
    }
    let mut text = *b".000000000";
    let mut value = nanosecond;
    for digit in text[1..].iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.extend_from_slice(if nanosecond.is_multiple_of(1_000) { &text[..7] } else { &text });
}

#[cfg(test)]
mod tests {
    use super::{Precision, parse, write};

    #[track_caller]
    fn check(text: &str, microseconds: u32, nanoseconds: u32) {
        let rest: &[u8] = b"";
        assert_eq!(parse(text.as_bytes(), Precision::Microseconds), Some((microseconds, rest)), "{text}");
        assert_eq!(parse(text.as_bytes(), Precision::Nanoseconds), Some((nanoseconds, rest)), "{text}");
    }

    #[test]
    fn digits_beyond_the_precision_round_half_up() {
        check("", 0, 0);
        check(".1", 100_000_000, 100_000_000);
        check(".123456", 123_456_000, 123_456_000);
        check(".1234564", 123_456_000, 123_456_400);
        check(".1234565", 123_457_000, 123_456_500);
        check(".12345649999999999999", 123_456_000, 123_456_500);
        check(".123456789", 123_457_000, 123_456_789);
        check(".1234567894", 123_457_000, 123_456_789);
        check(".1234567895", 123_457_000, 123_456_790);
        check(".0000000000000000000001", 0, 0);
    }

    #[test]
    fn rounding_may_reach_a_whole_second() {
        check(".9999995", 1_000_000_000, 999_999_500);
        check(".9999999995", 1_000_000_000, 1_000_000_000);
    }

    #[test]
    fn a_point_needs_a_digit() {
        for text in [".", ".Z", "..1", ".-1", ".\u{661}"] {
            assert_eq!(parse(text.as_bytes(), Precision::Nanoseconds), None, "{text}");
        }
    }

    #[test]
    fn what_follows_the_digits_is_left() {
        assert_eq!(parse(b".5Z", Precision::Microseconds), Some((500_000_000, &b"Z"[..])));
        assert_eq!(parse(b"+01:00", Precision::Microseconds), Some((0, &b"+01:00"[..])));
    }

    #[test]
    fn six_digits_or_nine_or_none_are_written() {
        for (nanosecond, text) in [
            (0, ""),
            (1_000, ".000001"),
            (500_000_000, ".500000"),
            (1, ".000000001"),
            (123_456_789, ".123456789"),
        ] {
            let mut out = Vec::new();
            write(nanosecond, &mut out);
            assert_eq!(out, text.as_bytes());
        }
    }
}
