//! The text of a JSON number, as it also appears in strings in lenient mode.

use super::error::ScalarError;
use super::float;

/// A number as its text means it: whole when it has neither point nor exponent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    /// A whole number, as sign and magnitude. Minus zero is zero.
    Integer { negative: bool, magnitude: u128 },
    /// A number with a point or an exponent, or a whole number too large for 128 bits.
    Float(f64),
}

impl Number {
    /// Reads a JSON number that fills `text`: no spaces, no `+`, no leading zeros.
    pub(crate) fn parse(text: &[u8]) -> Result<Number, ScalarError> {
        match scan(text).ok_or(ScalarError::InvalidNumber)? {
            Form::Integer => Ok(match parse_integer(text) {
                Some(integer) => integer,
                None => Number::Float(float::parse_scanned(text)?),
            }),
            Form::Float => float::parse_scanned(text).map(Number::Float),
        }
    }

    /// The number as a float, correctly rounded.
    pub(crate) fn to_f64(self) -> f64 {
        match self {
            Number::Integer { negative: true, magnitude } => -(magnitude as f64),
            Number::Integer { negative: false, magnitude } => magnitude as f64,
            Number::Float(value) => value,
        }
    }

    /// The number as an integer: a whole number as it is, a float by the rule of [`float::to_integer`].
    pub(crate) fn to_integer(self) -> Option<i128> {
        match self {
            Number::Integer { negative, magnitude } => {
                let magnitude = i128::try_from(magnitude).ok()?;
                Some(if negative { -magnitude } else { magnitude })
            }
            Number::Float(value) => float::to_integer(value).map(i128::from),
        }
    }
}

impl From<i128> for Number {
    fn from(value: i128) -> Number {
        Number::Integer { negative: value < 0, magnitude: value.unsigned_abs() }
    }
}

/// The whole number, or the nearest that 64 bits hold.
pub(crate) fn saturate(negative: bool, magnitude: u128) -> i64 {
    let magnitude = i64::try_from(magnitude).unwrap_or(i64::MAX);
    if negative { -magnitude } else { magnitude }
}

/// Whether a number has a point or an exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Integer,
    Float,
}

/// Checks that `text` is a JSON number.
pub(crate) fn scan(text: &[u8]) -> Option<Form> {
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    let rest = match unsigned {
        [b'0', rest @ ..] => rest,
        _ => skip_digits(unsigned)?,
    };
    let (point, rest) = match rest {
        [b'.', rest @ ..] => (true, skip_digits(rest)?),
        _ => (false, rest),
    };
    let (exponent, rest) = match rest {
        [b'e' | b'E', b'+' | b'-', rest @ ..] | [b'e' | b'E', rest @ ..] => (true, skip_digits(rest)?),
        _ => (false, rest),
    };
    rest.is_empty().then_some(if point || exponent { Form::Float } else { Form::Integer })
}

/// Skips at least one digit.
fn skip_digits(text: &[u8]) -> Option<&[u8]> {
    match text.iter().take_while(|byte| byte.is_ascii_digit()).count() {
        0 => None,
        length => Some(&text[length..]),
    }
}

/// The value of a scanned whole number, if 128 bits hold it.
fn parse_integer(text: &[u8]) -> Option<Number> {
    let (negative, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let add = |value: u128, byte: &u8| value.checked_mul(10)?.checked_add(u128::from(byte - b'0'));
    let magnitude = digits.iter().try_fold(0, add)?;
    Some(Number::Integer { negative: negative && magnitude != 0, magnitude })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Number;
    use crate::scalar::ScalarError;

    #[track_caller]
    fn check(text: &str, number: Number, integer: Option<i128>) {
        let parsed = Number::parse(text.as_bytes()).unwrap();
        assert_eq!(parsed, number, "{text}");
        assert_eq!(parsed.to_integer(), integer, "{text}");
    }

    fn whole(value: i128) -> Number {
        Number::Integer { negative: value < 0, magnitude: value.unsigned_abs() }
    }

    #[test]
    fn whole_numbers_are_exact() {
        check("0", whole(0), Some(0));
        check("-0", whole(0), Some(0));
        check("-1", whole(-1), Some(-1));
        check("18446744073709551616", whole(1 << 64), Some(1 << 64));
        check("-170141183460469231731687303715884105727", whole(-i128::MAX), Some(-i128::MAX));
        let max = Number::Integer { negative: false, magnitude: u128::MAX };
        check("340282366920938463463374607431768211455", max, None);
        check("340282366920938463463374607431768211456", Number::Float(u128::MAX as f64), None);
    }

    #[test]
    fn points_and_exponents_make_floats() {
        check("1.0", Number::Float(1.0), Some(1));
        check("1e2", Number::Float(100.0), Some(100));
        check("-0.0", Number::Float(-0.0), Some(0));
        check("1.5", Number::Float(1.5), None);
        check("9007199254740993.0", Number::Float(9_007_199_254_740_992.0), Some(9_007_199_254_740_992));
        check("9007199254740994.0", Number::Float(9_007_199_254_740_994.0), None);
        check("1e16", Number::Float(1e16), None);
    }

    #[test]
    fn too_large_floats_are_out_of_range() {
        for text in ["1e400", "-1e400", "1.8e308"] {
            assert_eq!(Number::parse(text.as_bytes()), Err(ScalarError::NumberOutOfRange), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "", "-", "+1", "01", "-01", "00", " 1", "1 ", "1_000", ".5", "5.", "1.e5", "1e", "1e+", "1E-",
            "--1", "0x1", "1,0", "nan", "inf", "Infinity", "1\n", "1.5.5", "1e5.5", "\u{661}",
        ] {
            assert_eq!(Number::parse(text.as_bytes()), Err(ScalarError::InvalidNumber), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_integer_reads_back(value in any::<i128>()) {
            prop_assert_eq!(Number::parse(value.to_string().as_bytes()), Ok(whole(value)));
        }

        #[test]
        fn the_form_does_not_change_the_value(value in any::<i64>()) {
            let float = Number::parse(format!("{value}.0").as_bytes()).unwrap();
            prop_assert_eq!(Number::parse(value.to_string().as_bytes()).unwrap().to_f64(), float.to_f64());
        }
    }
}
