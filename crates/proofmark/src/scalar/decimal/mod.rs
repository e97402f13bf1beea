//! Exact decimal numbers.

mod coefficient;
mod compare;
mod parse;
mod write;

use std::fmt;
use std::str::FromStr;

pub use self::coefficient::COEFFICIENT_DIGITS_MAX;
use self::coefficient::Coefficient;
use super::error::ScalarError;
use super::float;

/// The largest exponent of the leading digit: Python's `MAX_EMAX`.
const ADJUSTED_EXPONENT_MAX: i64 = 999_999_999_999_999_999;
/// The smallest exponent of the last digit: Python's `MIN_ETINY`.
const EXPONENT_MIN: i64 = -1_999_999_999_999_999_997;

/// An exact decimal number: a sign, digits and a power of ten; or an infinity, or NaN. Python's `Decimal`.
///
/// It holds what was written, `1.50` with its zero; it does not calculate. Two numbers are equal when their
/// values are, so `1.50 == 1.5`, and they hash alike. NaN equals itself here, and sorts after all numbers, so
/// that decimals can be keys.
///
/// # Examples
/// ```
/// use proofmark::scalar::Decimal;
/// let price: Decimal = "19.90".parse()?;
/// assert_eq!(price.to_string(), "19.90");
/// assert_eq!(price, "1.99E+1".parse()?);
/// assert!(price > Decimal::from(19));
///
/// assert!("19,90".parse::<Decimal>().is_err());
/// # Ok::<(), proofmark::scalar::ScalarError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Decimal {
    negative: bool,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// `coefficient` × 10^`exponent`, within the limits above.
    Finite {
        coefficient: Coefficient,
        exponent: i64,
    },
    Infinity,
    /// A payload of zero is none.
    Nan {
        signaling: bool,
        payload: Coefficient,
    },
}

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal::from_integer(false, 0);

    /// The number `unscaled` / 10^`scale`, as databases store decimals.
    ///
    /// # Examples
    /// ```
    /// use proofmark::scalar::Decimal;
    /// assert_eq!(Decimal::from_scaled(-1990, 2).to_string(), "-19.90");
    /// assert_eq!(Decimal::from_scaled(5, -3).to_string(), "5E+3");
    /// ```
    pub const fn from_scaled(unscaled: i128, scale: i8) -> Decimal {
        let coefficient = Coefficient::Small(unscaled.unsigned_abs());
        Decimal { negative: unscaled < 0, kind: Kind::Finite { coefficient, exponent: -(scale as i64) } }
    }

    /// The number that the shortest text of `value` stands for: 0.1 is `0.1`, and 1.0 is `1.0`.
    ///
    /// # Examples
    /// ```
    /// use proofmark::scalar::Decimal;
    /// assert_eq!(Decimal::from_f64(0.1).to_string(), "0.1");
    /// assert_eq!(Decimal::from_f64(1e22).to_string(), "1E+22");
    /// assert_eq!(Decimal::from_f64(f64::NEG_INFINITY).to_string(), "-Infinity");
    /// ```
    pub fn from_f64(value: f64) -> Decimal {
        if value.is_nan() {
            let kind = Kind::Nan { signaling: false, payload: Coefficient::ZERO };
            return Decimal { negative: false, kind };
        }
        let infinite = Decimal { negative: value.is_sign_negative(), kind: Kind::Infinity };
        if value.is_infinite() {
            return infinite;
        }
        let mut text = Vec::with_capacity(24);
        float::write(value, &mut text);
        parse::parse_plain(&text).unwrap_or(infinite)
    }

    /// The nearest float; infinite when the number is too large, zero when it is too small.
    pub fn to_f64(&self) -> f64 {
        let magnitude = match &self.kind {
            Kind::Finite { .. } => return self.finite_to_f64(),
            Kind::Infinity => f64::INFINITY,
            Kind::Nan { .. } => f64::NAN,
        };
        if self.negative { -magnitude } else { magnitude }
    }

    fn finite_to_f64(&self) -> f64 {
        let mut text = Vec::with_capacity(48);
        self.write(&mut text);
        fast_float2::parse(&text).unwrap_or(f64::NAN)
    }

    /// Whether this is a number, not an infinity and not NaN.
    pub const fn is_finite(&self) -> bool {
        matches!(self.kind, Kind::Finite { .. })
    }

    /// Whether this is NaN, signaling or not.
    pub const fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::Nan { .. })
    }

    /// Whether the sign is a minus; zero and NaN can have one.
    pub const fn is_sign_negative(&self) -> bool {
        self.negative
    }

    /// Reads a decimal by Python's grammar: digits with a point and an exponent, `Infinity`, `NaN` or `sNaN`
    /// with digits, in any case. Spaces around it are cut off, underscores ignored, and digits of all scripts
    /// understood.
    ///
    /// # Errors
    /// Fails when `text` is anything else, has more than [`COEFFICIENT_DIGITS_MAX`] digits, or an exponent
    /// beyond ±10¹⁸.
    pub fn parse(text: &str) -> Result<Decimal, ScalarError> {
        parse::parse(text)
    }

    /// Reads a JSON number. A whole number has no minus zero.
    pub(crate) fn parse_number(text: &[u8]) -> Result<Decimal, ScalarError> {
        let mut number = parse::parse_plain(text)?;
        let whole = text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
        if whole && number.is_zero() {
            number.negative = false;
        }
        Ok(number)
    }

    /// Appends the text form: Python's `str`.
    ///
    /// The exponent shows when the number has zeros that are no digits of it, to the left of the point or
    /// more than five behind it.
    pub fn write(&self, out: &mut Vec<u8>) {
        write::write(self, out);
    }

    pub(crate) const fn from_integer(negative: bool, magnitude: u128) -> Decimal {
        Decimal { negative, kind: Kind::Finite { coefficient: Coefficient::Small(magnitude), exponent: 0 } }
    }

    const fn is_zero(&self) -> bool {
        matches!(self.kind, Kind::Finite { coefficient: Coefficient::Small(0), .. })
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(value: $integer) -> Decimal {
                #[allow(unused_comparisons, reason = "one body for signed and unsigned types")]
                Decimal::from_integer(value < 0, (value as i128).unsigned_abs())
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, i128);

impl From<u128> for Decimal {
    fn from(value: u128) -> Decimal {
        Decimal::from_integer(false, value)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::with_capacity(24);
        self.write(&mut out);
        f.pad(&String::from_utf8_lossy(&out))
    }
}

impl FromStr for Decimal {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Decimal, ScalarError> {
        Decimal::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Decimal;
    use crate::scalar::ScalarError;

    #[test]
    fn integers_are_exact() {
        assert_eq!(Decimal::from(-5i8).to_string(), "-5");
        assert_eq!(Decimal::from(u64::MAX).to_string(), u64::MAX.to_string());
        assert_eq!(Decimal::from(i128::MIN).to_string(), i128::MIN.to_string());
        assert_eq!(Decimal::from(u128::MAX).to_string(), u128::MAX.to_string());
        assert_eq!(Decimal::ZERO.to_string(), "0");
    }

    #[test]
    fn scaled_integers_keep_their_zeros() {
        assert_eq!(Decimal::from_scaled(150, 2).to_string(), "1.50");
        assert_eq!(Decimal::from_scaled(0, 2).to_string(), "0.00");
        assert_eq!(
            Decimal::from_scaled(i128::MAX, 38).to_string(),
            "1.70141183460469231731687303715884105727"
        );
        assert_eq!(Decimal::from_scaled(1, i8::MIN).to_string(), "1E+128");
    }

    #[test]
    fn floats_are_taken_by_their_shortest_text() {
        for (value, text) in [
            (0.1, "0.1"),
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1E+16"),
            (10_000_000_272_564_224.0, "10000000272564224"),
            (1.0000000116860974e-7, "1.0000000116860974E-7"),
            (5e-324, "5E-324"),
            (f64::INFINITY, "Infinity"),
            (f64::NAN, "NaN"),
            (-f64::NAN, "NaN"),
        ] {
            assert_eq!(Decimal::from_f64(value).to_string(), text);
        }
    }

    #[test]
    fn numbers_become_the_nearest_float() {
        for (text, value) in [
            ("0.1", 0.1),
            ("-0.00", -0.0),
            ("9007199254740993", 9_007_199_254_740_992.0),
            ("1E+400", f64::INFINITY),
            ("-1E+400", f64::NEG_INFINITY),
            ("1E-400", 0.0),
            ("1E+999999999999999999", f64::INFINITY),
            ("1E-1999999999999999997", 0.0),
            ("-Infinity", f64::NEG_INFINITY),
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_f64().to_bits(), value.to_bits(), "{text}");
        }
        assert!("sNaN5".parse::<Decimal>().unwrap().to_f64().is_nan());
    }

    #[test]
    fn json_numbers_keep_their_text_but_not_minus_zero() {
        for (text, written) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.0", "-0.0"),
            ("-0e2", "-0E+2"),
            ("1e2", "1E+2"),
            ("1E+2", "1E+2"),
            ("1e400", "1E+400"),
            ("1.50", "1.50"),
            ("0.1e1", "1"),
            ("18446744073709551616", "18446744073709551616"),
        ] {
            assert_eq!(
                Decimal::parse_number(text.as_bytes()).map(|d| d.to_string()),
                Ok(written.to_string())
            );
        }
        for text in ["1e1000000000000000000", "0e99999999999999999999999", "1e-9999999999999999999999"] {
            let error = Decimal::parse_number(text.as_bytes()).unwrap_err();
            assert_eq!(error, ScalarError::InvalidDecimal, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_float_comes_back(value in any::<f64>().prop_filter("NaN", |value| !value.is_nan())) {
            prop_assert_eq!(Decimal::from_f64(value).to_f64().to_bits(), value.to_bits());
        }
    }
}
