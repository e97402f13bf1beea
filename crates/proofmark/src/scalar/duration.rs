//! ISO 8601 durations: `P1DT3661.5S`.
//!
//! Days and seconds are what is written; hours and minutes are read too. A day is 24 hours. Years, months and
//! weeks have no fixed length in seconds, or no business here, and are refused by name.

use jiff::SignedDuration;

use super::error::ScalarError;
use super::fraction::Precision;
use super::number::{self, Number};

const DAY: u128 = 86_400;
/// The longest duration has this many days, and one day less a step: Python's `timedelta`.
const DAYS_MAX: u128 = 999_999_999;
/// Digits of a fraction that count; what follows them is cut off.
const FRACTION_DIGITS: usize = 11;
/// The largest amount of any unit, 2⁴⁷: more than there are seconds in the longest duration.
const WHOLE_MAX: u64 = 1 << 47;
/// Steps of 10⁻¹¹ s: a fraction of [`FRACTION_DIGITS`] digits of any unit is a whole number of these.
const TICKS_PER_SECOND: u128 = 10u128.pow(FRACTION_DIGITS as u32);

/// Reads a duration that fills `text`, and rounds it half up, away from zero, to `precision`.
///
/// A sum that leaves the range is reported before what follows it is read.
pub(crate) fn parse(text: &[u8], precision: Precision) -> Result<SignedDuration, ScalarError> {
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let [b'P' | b'p', components @ ..] = text else { return Err(ScalarError::InvalidDuration) };
    let mut text = components;
    let mut sum = Sum { ticks: 0, last: None, in_time: false, has_fraction: false };
    loop {
        text = sum.parse_component(text)?;
        let duration = build(negative, sum.ticks, precision)?;
        if text.is_empty() {
            return Ok(duration);
        }
        if sum.has_fraction {
            return Err(ScalarError::InvalidDuration);
        }
    }
}

/// The components read so far.
struct Sum {
    ticks: u128,
    last: Option<Unit>,
    in_time: bool,
    /// Set by the last component.
    has_fraction: bool,
}

impl Sum {
    /// Adds the component at the start of `text`, with the `T` before it if it has one. Returns the rest.
    fn parse_component<'a>(&mut self, text: &'a [u8]) -> Result<&'a [u8], ScalarError> {
        let text = match text {
            [b'T' | b't', rest @ ..] if !self.in_time => {
                self.in_time = true;
                rest
            }
            _ => text,
        };
        let (amount, rest) = Amount::parse(text)?;
        let (letter, rest) = rest.split_first().ok_or(ScalarError::InvalidDuration)?;
        let unit = Unit::parse(*letter, self.in_time)?;
        if self.last >= Some(unit) {
            return Err(ScalarError::InvalidDuration);
        }
        self.ticks += amount.ticks(unit);
        self.last = Some(unit);
        self.has_fraction = amount.has_fraction;
        Ok(rest)
    }
}

/// The units in the order they are written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Day,
    Hour,
    Minute,
    Second,
}

impl Unit {
    fn parse(letter: u8, in_time: bool) -> Result<Unit, ScalarError> {
        match (letter.to_ascii_uppercase(), in_time) {
            (b'D', false) => Ok(Unit::Day),
            (b'H', true) => Ok(Unit::Hour),
            (b'M', true) => Ok(Unit::Minute),
            (b'S', true) => Ok(Unit::Second),
            (b'Y' | b'W', _) | (b'M', false) => Err(ScalarError::UnsupportedDurationUnit),
            _ => Err(ScalarError::InvalidDuration),
        }
    }

    const fn seconds(self) -> u128 {
        match self {
            Unit::Day => DAY,
            Unit::Hour => 3_600,
            Unit::Minute => 60,
            Unit::Second => 1,
        }
    }
}

/// A number in front of a unit.
struct Amount {
    /// At most [`WHOLE_MAX`].
    whole: u64,
    /// In 10⁻¹¹.
    fraction: u64,
    has_fraction: bool,
}

impl Amount {
    fn parse(text: &[u8]) -> Result<(Amount, &[u8]), ScalarError> {
        let (digits, rest) = split_digits(text)?;
        let add = |value: u64, byte: &u8| value.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
        let whole = digits.iter().fold(0, add);
        if whole > WHOLE_MAX {
            return Err(ScalarError::DurationOutOfRange);
        }
        let [b'.', rest @ ..] = rest else {
            return Ok((Amount { whole, fraction: 0, has_fraction: false }, rest));
        };
        let (digits, rest) = split_digits(rest)?;
        let digit = |at: usize| digits.get(at).map_or(0, |byte| u64::from(byte - b'0'));
        let fraction = (0..FRACTION_DIGITS).fold(0, |value, at| value * 10 + digit(at));
        Ok((Amount { whole, fraction, has_fraction: true }, rest))
    }

    /// Cannot overflow: 2⁴⁷ days are fewer than 2¹⁰¹ ticks.
    fn ticks(&self, unit: Unit) -> u128 {
        (u128::from(self.whole) * TICKS_PER_SECOND + u128::from(self.fraction)) * unit.seconds()
    }
}

/// Splits at least one digit off.
fn split_digits(text: &[u8]) -> Result<(&[u8], &[u8]), ScalarError> {
    match text.iter().take_while(|byte| byte.is_ascii_digit()).count() {
        0 => Err(ScalarError::InvalidDuration),
        length => Ok(text.split_at(length)),
    }
}

fn build(negative: bool, ticks: u128, precision: Precision) -> Result<SignedDuration, ScalarError> {
    let ticks_per_nanosecond = TICKS_PER_SECOND / 1_000_000_000;
    let ticks_per_step = ticks_per_nanosecond * u128::from(precision.step());
    let steps = (ticks + ticks_per_step / 2) / ticks_per_step;
    let nanoseconds = steps * u128::from(precision.step());
    let (second, nanosecond) = (nanoseconds / 1_000_000_000, (nanoseconds % 1_000_000_000) as i32);
    let second = i64::try_from(second).map_err(|_| ScalarError::DurationOutOfRange)?;
    let magnitude = SignedDuration::new(second, nanosecond);
    let duration = if negative { -magnitude } else { magnitude };
    check(duration)?;
    Ok(duration)
}

/// Accepts what Python's `timedelta` holds: -999,999,999 days up to, not including, 1,000,000,000 days.
pub(crate) fn check(duration: SignedDuration) -> Result<(), ScalarError> {
    let min = SignedDuration::from_secs(-((DAYS_MAX * DAY) as i64));
    let end = SignedDuration::from_secs(((DAYS_MAX + 1) * DAY) as i64);
    if min <= duration && duration < end { Ok(()) } else { Err(ScalarError::DurationOutOfRange) }
}

/// A whole number of seconds.
pub(crate) fn from_second(second: i64) -> Result<SignedDuration, ScalarError> {
    let duration = SignedDuration::from_secs(second);
    check(duration)?;
    Ok(duration)
}

/// A number of seconds; what is finer than a nanosecond is cut off toward zero.
pub(crate) fn from_f64(seconds: f64) -> Result<SignedDuration, ScalarError> {
    // Casts saturate out of range, and turn NaN into zero.
    if seconds.is_nan() {
        return Err(ScalarError::DurationOutOfRange);
    }
    let whole = seconds.trunc();
    let duration = SignedDuration::new(whole as i64, ((seconds - whole) * 1e9) as i32);
    check(duration)?;
    Ok(duration)
}

/// A number of seconds of either form.
pub(crate) fn from_number(seconds: Number) -> Result<SignedDuration, ScalarError> {
    match seconds {
        // What 64 bits cannot hold is out of range, and so is the nearest they can.
        Number::Integer { negative, magnitude } => from_second(number::saturate(negative, magnitude)),
        Number::Float(seconds) => from_f64(seconds),
    }
}

/// Rounds half up, away from zero, to microseconds.
pub(crate) fn round(duration: SignedDuration) -> Result<SignedDuration, ScalarError> {
    let nanosecond = duration.subsec_nanos();
    let rounded = Precision::Microseconds.round(nanosecond.unsigned_abs()) as i32 * nanosecond.signum();
    let duration = SignedDuration::from_secs(duration.as_secs())
        .checked_add(SignedDuration::from_nanos(i64::from(rounded)))
        .ok_or(ScalarError::DurationOutOfRange)?;
    check(duration)?;
    Ok(duration)
}

/// Appends the shortest text: days, and seconds with the fraction they need.
pub(crate) fn write(duration: SignedDuration, out: &mut Vec<u8>) {
    let magnitude = duration.unsigned_abs();
    let (day, second) = (magnitude.as_secs() / DAY as u64, magnitude.as_secs() % DAY as u64);
    let nanosecond = magnitude.subsec_nanos();
    if duration.is_negative() {
        out.push(b'-');
    }
    out.push(b'P');
    if day > 0 || magnitude.is_zero() {
        write_amount(day, 0, b'D', out);
    }
    if second > 0 || nanosecond > 0 {
        out.push(b'T');
        write_amount(second, nanosecond, b'S', out);
    }
}

fn write_amount(whole: u64, nanosecond: u32, unit: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
    let start = out.len();
    super::fraction::write(nanosecond, out);
    while out.len() > start && out.last() == Some(&b'0') {
        out.pop();
    }
    out.push(unit);
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::{Precision, check as check_range, from_f64, from_second, parse, round, write};
    use crate::scalar::ScalarError;

    fn text(duration: SignedDuration) -> String {
        let mut out = Vec::new();
        write(duration, &mut out);
        String::from_utf8(out).unwrap()
    }

    /// Reads `input` to the microsecond and compares with its number of microseconds.
    #[track_caller]
    fn check(input: &str, expected: Result<i128, ScalarError>) {
        let value = parse(input.as_bytes(), Precision::Microseconds);
        assert_eq!(value.map(|value| value.as_micros()), expected, "{input}");
    }

    #[test]
    fn every_unit_is_read() {
        check("P0D", Ok(0));
        check("PT0S", Ok(0));
        check("P1D", Ok(86_400_000_000));
        check("PT1H", Ok(3_600_000_000));
        check("PT1M", Ok(60_000_000));
        check("PT1S", Ok(1_000_000));
        check("P1DT1H1M1S", Ok(90_061_000_000));
        check("P001D", Ok(86_400_000_000));
        check("PT1H60M60S", Ok(7_260_000_000));
        check("P1DT24H", Ok(172_800_000_000));
    }

    #[test]
    fn sign_and_case_are_free() {
        check("-P1D", Ok(-86_400_000_000));
        check("+p1dt1h", Ok(90_000_000_000));
        check("-PT0S", Ok(0));
        check("-P1DT0.000001S", Ok(-86_400_000_001));
    }

    #[test]
    fn the_last_unit_may_have_a_fraction() {
        check("PT1.5S", Ok(1_500_000));
        check("PT1.5M", Ok(90_000_000));
        check("PT1.5H", Ok(5_400_000_000));
        check("P1.5D", Ok(129_600_000_000));
        check("PT1H1.5S", Ok(3_601_500_000));
        for text in ["PT1.5H1S", "P1.5DT1S", "PT1.5M1S", "PT1.5HT"] {
            check(text, Err(ScalarError::InvalidDuration));
        }
    }

    #[test]
    fn fractions_are_cut_after_11_digits_and_round_half_up() {
        check("PT0.0000005S", Ok(1));
        check("PT0.00000049S", Ok(0));
        check("-PT0.0000015S", Ok(-2));
        check("PT0.1234567890123S", Ok(123_457));
        check("P0.00000000001D", Ok(1));
        check("P0.000000001999D", Ok(172));
        check("PT0.33333333333333333333H", Ok(1_200_000_000));
        check("P0.123456789012345678901D", Ok(10_666_666_570));
        check("P10675199DT2H48M5.4775807S", Ok(922_337_203_685_477_581));
    }

    #[test]
    fn the_range_is_a_billion_days() {
        check("P999999999D", Ok(86_399_999_913_600_000_000));
        check("P999999999DT23H59M59.999999S", Ok(86_399_999_999_999_999_999));
        check("P999999999DT86399.9999994S", Ok(86_399_999_999_999_999_999));
        check("-P999999999D", Ok(-86_399_999_913_600_000_000));
        check("-P999999999DT0.0000004S", Ok(-86_399_999_913_600_000_000));
        for text in [
            "P1000000000D",
            "P999999999DT24H",
            "P999999999DT86399.9999995S",
            "-P999999999DT0.0000005S",
            "-P1000000000D",
            "PT86400000000000S",
            "PT99999999999999999999999999999999999999S",
            "PT18446744073709551616H",
        ] {
            check(text, Err(ScalarError::DurationOutOfRange));
        }
    }

    #[test]
    fn the_range_is_checked_before_what_follows() {
        for text in ["P1000000000DX", "PT24000000000H1", "PT140737488355329", "P140737488355329Y"] {
            check(text, Err(ScalarError::DurationOutOfRange));
        }
        check("P140737488355328Y", Err(ScalarError::UnsupportedDurationUnit));
        check("P999999999DX", Err(ScalarError::InvalidDuration));
    }

    #[test]
    fn years_months_and_weeks_are_refused_by_name() {
        for text in ["P1W", "P1Y", "P1M", "P1w", "P1.5W", "PT1W", "P1DT1Y", "P1Y1M", "P1M1D", "P1000000000W"]
        {
            check(text, Err(ScalarError::UnsupportedDurationUnit));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "P",
            "-P",
            "+",
            "PT",
            "P1DT",
            "T1S",
            "1D",
            "P1",
            "PT1",
            "P1T1S",
            "PW",
            "P1.D",
            "PT1.S",
            "PT.5S",
            "PT1,5S",
            "PT1D",
            "P1H",
            "P1S",
            "PT1S1M",
            "PT1M1H",
            "P1D1D",
            "PT1H1H",
            "PT1S ",
            " PT1S",
            "P 1D",
            "P1 D",
            "P-1D",
            "P+1D",
            "--P1D",
            "P1DT1HT1M",
            "PTT1S",
            "PT1S0",
            "P1DX",
            "P１D",
            "1",
            "P1.W",
            "P1D1H",
        ] {
            check(text, Err(ScalarError::InvalidDuration));
        }
    }

    #[test]
    fn days_and_seconds_are_written() {
        for (micros, written) in [
            (0, "P0D"),
            (1_500_000, "PT1.5S"),
            (3_661_500_000, "PT3661.5S"),
            (86_400_000_000, "P1D"),
            (-86_400_000_000, "-P1D"),
            (-1, "-PT0.000001S"),
            (86_401_000_001, "P1DT1.000001S"),
            (-172_794_900_000, "-P1DT86394.9S"),
        ] {
            assert_eq!(text(SignedDuration::from_micros(micros)), written);
        }
        assert_eq!(text(SignedDuration::from_nanos(10)), "PT0.00000001S");
        assert_eq!(text(SignedDuration::MIN), "-P106751991167300DT55808.999999999S");
    }

    #[test]
    fn numbers_are_seconds() {
        assert_eq!(from_second(-1), Ok(SignedDuration::from_secs(-1)));
        assert_eq!(from_second(86_400_000_000_000), Err(ScalarError::DurationOutOfRange));
        assert_eq!(from_second(i64::MIN), Err(ScalarError::DurationOutOfRange));
        for (seconds, micros) in [
            (0.0, 0),
            (1.0, 1_000_000),
            (-0.5, -500_000),
            (1.0000015, 1_000_001),
            (-0.0000015, -2),
            (0.0000005, 1),
            (1e12, 1_000_000_000_000_000_000),
        ] {
            let value = from_f64(seconds).and_then(round).map(|value| value.as_micros());
            assert_eq!(value, Ok(micros), "{seconds}");
        }
        for seconds in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308, 86_400_000_000_000.0, 9e18]
        {
            assert_eq!(from_f64(seconds), Err(ScalarError::DurationOutOfRange), "{seconds}");
        }
    }

    proptest! {
        #[test]
        fn every_duration_reads_back(
            second in -86_399_999_913_599..=86_399_999_999_999i64, nano in 0..1_000_000_000i32,
        ) {
            let value = SignedDuration::new(second, nano * second.signum() as i32);
            prop_assert_eq!(check_range(value), Ok(()));
            prop_assert_eq!(parse(text(value).as_bytes(), Precision::Nanoseconds), Ok(value));
        }

        #[test]
        fn no_text_or_float_panics(
            text in "[+-]?[Pp]?([0-9]{0,40}[.]?[0-9]{0,3}[DHMSTWYdhmst]){0,5}", seconds in any::<f64>(),
        ) {
            let _ = parse(text.as_bytes(), Precision::Microseconds);
            let _ = from_f64(seconds).and_then(round);
        }
    }
}
