//! Python's decimal grammar.

use std::borrow::Cow;

use super::{ADJUSTED_EXPONENT_MAX, Coefficient, Decimal, EXPONENT_MIN, Kind};
use crate::scalar::ScalarError;

/// Reads a decimal that fills `text`.
pub(super) fn parse(text: &str) -> Result<Decimal, ScalarError> {
    parse_plain(to_plain(text)?.as_bytes())
}

/// Cuts spaces off both ends, drops underscores, and replaces digits of other scripts.
fn to_plain(text: &str) -> Result<Cow<'_, str>, ScalarError> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    if text.bytes().all(is_plain) {
        return Ok(Cow::Borrowed(text));
    }
    let characters = text.trim_matches(is_space).chars().filter(|character| *character != '_');
    characters.map(to_ascii).collect::<Option<String>>().map(Cow::Owned).ok_or(ScalarError::InvalidDecimal)
}

/// What Python's `str.strip` removes: Unicode's white space and four separators of ASCII.
fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// ASCII as it is, and the ASCII digit for a digit of another script.
fn to_ascii(character: char) -> Option<char> {
    if character.is_ascii() {
        return Some(character);
    }
    let at = DIGIT_ZEROS.partition_point(|zero| *zero <= character);
    let zero = DIGIT_ZEROS[..at].last()?;
    char::from_digit(character as u32 - *zero as u32, 10)
}

/// The zero of each script that has decimal digits, in code point order; one to nine follow each (Unicode
/// 15).
#[rustfmt::skip]
const DIGIT_ZEROS: [char; 67] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
    '\u{c66}', '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}',
    '\u{17e0}', '\u{1810}', '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}', '\u{1b50}', '\u{1bb0}',
    '\u{1c40}', '\u{1c50}', '\u{a620}', '\u{a8d0}', '\u{a900}', '\u{a9d0}', '\u{a9f0}', '\u{aa50}',
    '\u{abf0}', '\u{ff10}', '\u{104a0}', '\u{10d30}', '\u{11066}', '\u{110f0}', '\u{11136}', '\u{111d0}',
    '\u{112f0}', '\u{11450}', '\u{114d0}', '\u{11650}', '\u{116c0}', '\u{11730}', '\u{118e0}', '\u{11950}',
    '\u{11c50}', '\u{11d50}', '\u{11da0}', '\u{11f50}', '\u{16a60}', '\u{16ac0}', '\u{16b50}', '\u{1d7ce}',
    '\u{1d7d8}', '\u{1d7e2}', '\u{1d7ec}', '\u{1d7f6}', '\u{1e140}', '\u{1e2f0}', '\u{1e4f0}', '\u{1e950}',
    '\u{1fbf0}',
];

/// Reads a decimal of ASCII letters, digits, signs and points.
pub(super) fn parse_plain(text: &[u8]) -> Result<Decimal, ScalarError> {
    let (negative, text) = split_sign(text);
    let kind = if text.first().is_some_and(u8::is_ascii_alphabetic) {
        parse_word(text)
    } else {
        parse_finite(text)
    }?;
    Ok(Decimal { negative, kind })
}

fn split_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

fn parse_word(text: &[u8]) -> Result<Kind, ScalarError> {
    if text.eq_ignore_ascii_case(b"inf") || text.eq_ignore_ascii_case(b"infinity") {
        return Ok(Kind::Infinity);
    }
    let (signaling, text) = match text {
        [b's' | b'S', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let [b'n' | b'N', b'a' | b'A', b'n' | b'N', payload @ ..] = text else {
        return Err(ScalarError::InvalidDecimal);
    };
    let (payload, []) = split_digits(payload) else { return Err(ScalarError::InvalidDecimal) };
    Ok(Kind::Nan { signaling, payload: Coefficient::parse(payload, b"")? })
}

fn parse_finite(text: &[u8]) -> Result<Kind, ScalarError> {
    let (whole, rest) = split_digits(text);
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => split_digits(rest),
        _ => (&b""[..], rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(ScalarError::InvalidDecimal);
    }
    let exponent = parse_exponent(rest)?.saturating_sub_unsigned(fraction.len() as u64);
    build(Coefficient::parse(whole, fraction)?, exponent)
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

/// Reads `e5`, or nothing as zero. What an `i64` cannot hold is far out of range, and stays so.
fn parse_exponent(text: &[u8]) -> Result<i64, ScalarError> {
    let [b'e' | b'E', text @ ..] = text else {
        return if text.is_empty() { Ok(0) } else { Err(ScalarError::InvalidDecimal) };
    };
    let (negative, digits) = split_sign(text);
    let (digits, []) = split_digits(digits) else { return Err(ScalarError::InvalidDecimal) };
    if digits.is_empty() {
        return Err(ScalarError::InvalidDecimal);
    }
    let add = |value: i64, byte: &u8| value.saturating_mul(10).saturating_add(i64::from(byte - b'0'));
    let magnitude = digits.iter().fold(0, add);
    Ok(if negative { -magnitude } else { magnitude })
}

fn build(coefficient: Coefficient, exponent: i64) -> Result<Kind, ScalarError> {
    let further_digits = coefficient.digits(&mut itoa::Buffer::new()).len() as u64 - 1;
    let adjusted = exponent.saturating_add_unsigned(further_digits);
    if exponent < EXPONENT_MIN || adjusted > ADJUSTED_EXPONENT_MAX {
        return Err(ScalarError::InvalidDecimal);
    }
    Ok(Kind::Finite { coefficient, exponent })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DIGIT_ZEROS, to_ascii};
    use crate::scalar::{Decimal, ScalarError};

    #[track_caller]
    fn check(text: &str, written: &str) {
        assert_eq!(
            text.parse::<Decimal>().map(|value| value.to_string()),
            Ok(written.to_string()),
            "{text:?}"
        );
    }

    #[test]
    fn points_and_exponents_are_read() {
        check("1", "1");
        check("-1", "-1");
        check("+1", "1");
        check("007", "7");
        check("-0", "-0");
        check("-.0", "-0.0");
        check("1.", "1");
        check(".5", "0.5");
        check("1.50", "1.50");
        check("1.e5", "1E+5");
        check(".5e-3", "0.0005");
        check("1e+0000000000000000000000000005", "1E+5");
        check("10E+999999999999999998", "1.0E+999999999999999999");
        check("0.00E+1000000000000000000", "0E+999999999999999998");
        check(
            "123456789012345678901234567890123456789012345678901234567890.5",
            "123456789012345678901234567890123456789012345678901234567890.5",
        );
    }

    #[test]
    fn words_are_read_in_any_case() {
        check("inf", "Infinity");
        check("-INFINITY", "-Infinity");
        check("+iNf", "Infinity");
        check("nan", "NaN");
        check("-NaN", "-NaN");
        check("NaN0012", "NaN12");
        check("nan000", "NaN");
        check("-sNaN05", "-sNaN5");
    }

    #[test]
    fn spaces_around_and_underscores_are_dropped() {
        check(" 1", "1");
        check("\t1\r\n", "1");
        check("\u{a0}1\u{2003}", "1");
        check("\u{1c}1\u{85}", "1");
        check("1_000", "1000");
        check("_1__._5e_3_", "1.5E+3");
        check("in_f", "Infinity");
        check("-_1", "-1");
    }

    #[test]
    fn digits_of_all_scripts_are_read() {
        check("\u{661}", "1");
        check("1e\u{664}", "1E+4");
        check("\u{967}.\u{ff19}\u{1d7ff}\u{1fbf8}", "1.998");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            " ",
            "_",
            "__",
            "-",
            "+",
            ".",
            "e5",
            "1e",
            "1e+",
            ".e5",
            "+-1",
            "++1",
            "1.2.3",
            "1e5.5",
            "0x1",
            "1,5",
            "1 0",
            "na n",
            "- 1",
            "infinit",
            "infinity1",
            "NaN1.5",
            "nanx",
            "sinf",
            "s1",
            "true",
            "null",
            "\u{2212}1",
            "\u{b2}",
            "\u{bd}",
            "\u{4e00}",
            "1\0",
            "\u{200b}1",
            "\u{feff}1",
            "1f",
            "1E+1000000000000000000",
            "10E+999999999999999999",
            "0E+1000000000000000000",
            "1E-1999999999999999998",
            "0.0E-1999999999999999997",
            "1E+99999999999999999999999",
            "1E-99999999999999999999999",
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap_err(), ScalarError::InvalidDecimal, "{text:?}");
        }
    }

    #[test]
    fn the_exponent_reaches_to_pythons_limits() {
        check("1E+999999999999999999", "1E+999999999999999999");
        check("0E+999999999999999999", "0E+999999999999999999");
        check("1E-1999999999999999997", "1E-1999999999999999997");
    }

    #[test]
    fn long_decimals_are_refused_by_name() {
        let digits = "7".repeat(4_301);
        assert_eq!(digits.parse::<Decimal>().unwrap_err(), ScalarError::DecimalTooLong);
        assert_eq!(format!("nan{digits}").parse::<Decimal>().unwrap_err(), ScalarError::DecimalTooLong);
        assert_eq!(format!("{}1", "0".repeat(9_999)).parse::<Decimal>().unwrap().to_string(), "1");
    }

    #[test]
    fn the_digit_table_is_unicodes() {
        assert!(DIGIT_ZEROS.is_sorted());
        let unicode = regex::Regex::new(r"^\d$").unwrap();
        for zero in DIGIT_ZEROS {
            for value in 0..10 {
                let digit = char::from_u32(zero as u32 + value).unwrap();
                assert_eq!(to_ascii(digit), char::from_digit(value, 10));
                assert!(unicode.is_match(digit.encode_utf8(&mut [0; 4])), "{digit:?}");
            }
        }
    }

    #[test]
    fn what_unicode_calls_no_digit_is_none() {
        let unicode = regex::Regex::new(r"^\d$").unwrap();
        for character in (0x80..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let is_digit = to_ascii(character).is_some();
            assert!(!is_digit || unicode.is_match(character.encode_utf8(&mut [0; 4])), "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn every_decimal_reads_back(
            text in "[+-]?([0-9]{1,50}([.][0-9]{0,50})?|[.][0-9]{1,50})([eE][+-]?[0-9]{1,17})?",
        ) {
            let value: Decimal = text.parse().unwrap();
            let again: Decimal = value.to_string().parse().unwrap();
            prop_assert_eq!(&again, &value);
            prop_assert_eq!(again.to_string(), value.to_string());
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,20}|[0-9eE+._ -]{0,20}") {
            let _ = text.parse::<Decimal>();
        }
    }
}
