//! Numbers, held against the standard library.

use std::{fmt::Display, str::FromStr};

use proofmark::{Decode, Encode, Value, json, msgpack};

/// Numbers in decimal are what the standard library takes them for, and written as it writes them.
pub(crate) fn json_number(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // Blanks may stand around every value.
    let text = text.trim_matches([' ', '\n', '\r', '\t']);
    let is_number = is_number(text);
    let float: f64 = text.parse().unwrap_or(f64::NAN);
    check_float(text, is_number.then_some(float));
    check_single(text, is_number);
    let is_whole = is_number && !text.contains(['.', 'e', 'E']);
    check_whole::<u8>(text, is_whole);
    check_whole::<i8>(text, is_whole);
    check_whole::<u16>(text, is_whole);
    check_whole::<i16>(text, is_whole);
    check_whole::<u32>(text, is_whole);
    check_whole::<i32>(text, is_whole);
    check_whole::<u64>(text, is_whole);
    check_whole::<i64>(text, is_whole);
    check_whole::<u128>(text, is_whole);
    check_whole::<i128>(text, is_whole);
}

/// The grammar of RFC 8259, letter by letter.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let some_digits = |text: &str| !text.is_empty() && digits(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    some_digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(some_digits)
        && exponent.is_none_or(some_digits)
}

fn check_float(text: &str, expected: Option<f64>) {
    let found: Option<f64> = json::from_str(text).ok();
    // A whole zero has no sign.
    let is_zero = |float: f64| float == 0.0;
    let expected = expected.filter(|float| float.is_finite());
    match (found, expected) {
        (Some(found), Some(expected)) if is_zero(expected) && text == "-0" => assert!(is_zero(found)),
        _ => assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{text}"),
    }
    let Some(float) = expected else { return };
    let written = json::to_string(&float).expect("a finite float can be written");
    assert_eq!(written.parse().map(f64::to_bits), Ok(float.to_bits()), "{written}");
    let packed = msgpack::to_vec(&float).expect("a float can be written");
    assert_eq!(msgpack::from_slice(&packed).map(f64::to_bits).ok(), Some(float.to_bits()));
}

fn check_single(text: &str, is_number: bool) {
    let expected = text.parse().ok().filter(|float: &f32| is_number && float.is_finite());
    let found: Option<f32> = json::from_str(text).ok();
    if text != "-0" {
        assert_eq!(found.map(f32::to_bits), expected.map(f32::to_bits), "{text}");
    }
    let Some(float) = expected else { return };
    let written = json::to_string(&float).expect("a finite float can be written");
    assert_eq!(written.parse().map(f32::to_bits), Ok(float.to_bits()), "{written}");
}

fn check_whole<T>(text: &str, is_whole: bool)
where
    T: FromStr + Display + PartialEq + std::fmt::Debug + Encode + for<'de> Decode<'de>,
{
    let expected = if is_whole { text.parse::<T>().ok() } else { None };
    // The standard library has no minus zero of what has no sign.
    let expected = expected.or_else(|| (text == "-0").then(|| "0".parse().ok())?);
    let found: Option<T> = json::from_str(text).ok();
    assert_eq!(found, expected, "{text} as {}", std::any::type_name::<T>());
    let Some(whole) = found else { return };
    assert_eq!(json::to_string(&whole).ok(), Some(whole.to_string()));
    let again: Option<T> = msgpack::to_vec(&whole).ok().and_then(|packed| msgpack::from_slice(&packed).ok());
    if let Some(again) = again {
        assert_eq!(again, whole);
    }
}

/// Numbers in MessagePack fit the same types, whatever header they came under, and come out in the shortest form.
pub(crate) fn msgpack_number(bytes: &[u8]) {
    let Ok(value) = msgpack::from_slice::<Value>(bytes) else { return };
    let whole = match value {
        Value::Int(value) => i128::from(value),
        Value::UInt(value) => i128::from(value),
        Value::Float(float) => return msgpack_float(bytes, float),
        _ => return,
    };
    fits::<u8>(bytes, whole);
    fits::<i8>(bytes, whole);
    fits::<u16>(bytes, whole);
    fits::<i16>(bytes, whole);
    fits::<u32>(bytes, whole);
    fits::<i32>(bytes, whole);
    fits::<u64>(bytes, whole);
    fits::<i64>(bytes, whole);
    fits::<u128>(bytes, whole);
    fits::<i128>(bytes, whole);
    assert_eq!(msgpack::from_slice::<f64>(bytes).ok(), Some(whole as f64));
    assert_eq!(msgpack::from_slice::<f32>(bytes).ok(), Some(whole as f32));
}

fn fits<T: TryFrom<i128> + PartialEq + std::fmt::Debug + Encode + for<'de> Decode<'de>>(
    bytes: &[u8],
    whole: i128,
) {
    let found: Option<T> = msgpack::from_slice(bytes).ok();
    assert_eq!(found, T::try_from(whole).ok());
    let Some(found) = found else { return };
    let packed = msgpack::to_vec(&found).expect("a number of 64 bits can be written");
    assert!(packed.len() <= bytes.len());
    assert_eq!(msgpack::from_slice::<T>(&packed).ok(), Some(found));
}

fn msgpack_float(bytes: &[u8], float: f64) {
    let found = msgpack::from_slice::<f64>(bytes).map(f64::to_bits).ok();
    assert_eq!(found, Some(float.to_bits()));
    assert!(msgpack::from_slice::<u64>(bytes).is_err());
    let packed = msgpack::to_vec(&float).expect("a float can be written");
    assert_eq!(msgpack::from_slice::<f64>(&packed).map(f64::to_bits).ok(), Some(float.to_bits()));
}
