//! The text of floats.
//!
//! The writer is `zmij`'s: its shortest digits and its rule when to write an exponent (below 1e-5, and from
//! 1e16 on) are the ones msgspec uses, as the recorded rows of the test show. Only the `+` of `1e+16` is left
//! out.

use super::error::ScalarError;
use crate::buffer;

/// The largest magnitude up to which every whole number is a float of its own: 2⁵³.
const EXACT_MAX: f64 = 9_007_199_254_740_992.0;

/// From here on numbers are written with an exponent.
const EXPONENT_MIN: f64 = 1e16;

/// Appends the shortest text that reads back as `value`, which is finite.
pub(crate) fn write(value: f64, out: &mut Vec<u8>) {
    debug_assert!(value.is_finite(), "the caller has a word for {value}");
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(value);
    match if value.abs() >= EXPONENT_MIN { text.split_once('+') } else { None } {
        Some((digits, exponent)) => {
            out.extend_from_slice(digits.as_bytes());
            out.extend_from_slice(exponent.as_bytes());
        }
        None => buffer::put_slice(out, text.as_bytes()),
    }
}

/// The word for a float that is not finite: `nan`, `inf`, `-inf`.
pub(crate) fn word(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("nan"),
        f64::INFINITY => Some("inf"),
        f64::NEG_INFINITY => Some("-inf"),
        _ => None,
    }
}

/// Reads a JSON number that fills `text`. Minus zero without a point is a whole number, and so plain zero.
#[cfg(test)]
pub(crate) fn parse(text: &[u8]) -> Result<f64, ScalarError> {
    super::number::Number::parse(text).map(super::number::Number::to_f64)
}

/// Reads one of the words `nan`, `inf` and `infinity`, in any case, with or without a minus.
pub(crate) fn parse_word(text: &[u8]) -> Option<f64> {
    let (sign, word) = match text.strip_prefix(b"-") {
        Some(word) => (-1.0, word),
        None => (1.0, text),
    };
    let is = |name: &[u8]| word.eq_ignore_ascii_case(name);
    let magnitude = if is(b"nan") {
        f64::NAN
    } else if is(b"inf") || is(b"infinity") {
        f64::INFINITY
    } else {
        return None;
    };
    Some(magnitude.copysign(sign))
}

/// Reads text that is known to be a JSON number, correctly rounded.
pub(crate) fn parse_scanned(text: &[u8]) -> Result<f64, ScalarError> {
    let value: f64 = fast_float2::parse(text).map_err(|_| ScalarError::InvalidNumber)?;
    if value.is_finite() { Ok(value) } else { Err(ScalarError::NumberOutOfRange) }
}

/// As [`parse_scanned`], rounded to 32 bits, and not first to 64.
///
/// Inlined so that it is compiled where it is called: beside [`parse_scanned`] the two would share the scan of the
/// digits, and neither have it inlined (4 % of the instructions of decoding records of floats).
#[inline]
pub(crate) fn parse_scanned_f32(text: &[u8]) -> Result<f32, ScalarError> {
    let value: f32 = fast_float2::parse(text).map_err(|_| ScalarError::InvalidNumber)?;
    if value.is_finite() { Ok(value) } else { Err(ScalarError::NumberOutOfRange) }
}

/// The whole number that a float stands for in lenient mode: no fraction, and at most 2⁵³ either way.
pub(crate) fn to_integer(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() <= EXACT_MAX).then_some(value as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{parse, parse_word, to_integer, word, write};
    use crate::scalar::ScalarError;

    fn text(value: f64) -> String {
        let mut out = Vec::new();
        write(value, &mut out);
        String::from_utf8(out).unwrap()
    }

    /// Bits and text as recorded from msgspec.
    const RECORDED: &str = include_str!("../../testdata/floats.tsv");

    #[test]
    fn recorded_texts_are_written_and_read_back() {
        for row in RECORDED.lines() {
            let (bits, expected) = row.split_once('\t').unwrap();
            let value = f64::from_bits(u64::from_str_radix(bits, 16).unwrap());
            assert_eq!(text(value), expected);
            assert_eq!(parse(expected.as_bytes()).map(f64::to_bits), Ok(value.to_bits()), "{expected}");
        }
    }

    #[test]
    fn floats_that_are_not_finite_have_words() {
        for (value, name) in [
            (f64::NAN, Some("nan")),
            (-f64::NAN, Some("nan")),
            (f64::INFINITY, Some("inf")),
            (f64::NEG_INFINITY, Some("-inf")),
            (f64::MAX, None),
        ] {
            assert_eq!(word(value), name, "{value}");
        }
    }

    #[test]
    fn words_are_read_in_any_case() {
        for (text, bits) in [
            ("nan", 0x7ff8_0000_0000_0000),
            ("-NaN", 0xfff8_0000_0000_0000),
            ("inf", 0x7ff0_0000_0000_0000),
            ("-INFINITY", 0xfff0_0000_0000_0000_u64),
            ("iNfInItY", 0x7ff0_0000_0000_0000),
        ] {
            assert_eq!(parse_word(text.as_bytes()).map(f64::to_bits), Some(bits), "{text}");
            assert_eq!(parse(text.as_bytes()), Err(ScalarError::InvalidNumber), "{text}");
        }
        for text in ["", "-", "+inf", "+nan", "infinit", "nan ", "--inf", "nan(1)", "null"] {
            assert_eq!(parse_word(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_correctly_rounded() {
        for (text, value) in [
            ("0", 0.0),
            ("5", 5.0),
            ("-2.5", -2.5),
            ("1e23", 1e23),
            ("9007199254740993", 9_007_199_254_740_992.0),
            ("9007199254740993.00000000000000000000000000000000001", 9_007_199_254_740_994.0),
            ("2.4703282292062327208e-324", 0.0),
            ("2.4703282292062328e-324", 5e-324),
            ("1.7976931348623158e308", f64::MAX),
            ("0e999999", 0.0),
            ("18446744073709551616", 18_446_744_073_709_551_616.0),
            ("99999999999999999999999999999999999999999999", 1e44),
        ] {
            assert_eq!(parse(text.as_bytes()).map(f64::to_bits), Ok(value.to_bits()), "{text}");
        }
    }

    #[test]
    fn zero_keeps_its_sign_only_as_a_float() {
        for (text, bits) in [("-0", 0.0_f64), ("-0.0", -0.0), ("-1e-400", -0.0), ("1e-400", 0.0)] {
            assert_eq!(parse(text.as_bytes()).map(f64::to_bits), Ok(bits.to_bits()), "{text}");
        }
    }

    #[test]
    fn overflow_is_out_of_range() {
        let long = "9".repeat(310);
        for text in ["1e309", "-1e309", "1.7976931348623159e308", "1e99999999999999999999", &long] {
            assert_eq!(parse(text.as_bytes()), Err(ScalarError::NumberOutOfRange), "{text}");
        }
    }

    #[test]
    fn whole_floats_up_to_two_to_the_53_are_integers() {
        for (value, integer) in [
            (1.0, Some(1)),
            (-0.0, Some(0)),
            (9_007_199_254_740_992.0, Some(9_007_199_254_740_992)),
            (-9_007_199_254_740_992.0, Some(-9_007_199_254_740_992)),
            (9_007_199_254_740_994.0, None),
            (0.5, None),
            (1e300, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(to_integer(value), integer, "{value}");
        }
    }

    proptest! {
        #[test]
        fn every_finite_float_reads_back(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(parse(text(value).as_bytes()).map(f64::to_bits), Ok(value.to_bits()));
        }
    }
}
