//! Numbers that do not fit, are of another kind, or have more digits than any word: refused or kept, never changed.

use std::{
    collections::BTreeSet,
    fmt::Debug,
    time::{Duration, Instant},
};

use proofmark::{ErrorKind, Format, Record, Value, decode::DecodeOwned, json, msgpack, scalar::Decimal};

use crate::way::{Verdict, WAYS};

#[track_caller]
fn refuse<T: DecodeOwned + Debug>(text: &str, kind: ErrorKind) {
    let error = json::from_str::<T>(text).unwrap_err();
    assert_eq!(error.kind(), kind, "{text}");
    if let Ok(packed) = json::from_str::<Value>(text).and_then(|value| msgpack::to_vec(&value)) {
        assert_eq!(msgpack::from_slice::<T>(&packed).unwrap_err().kind(), kind, "{text}");
    }
}

#[test]
fn numbers_that_do_not_fit_are_refused() {
    for text in ["256", "-1", "18446744073709551616", "1000000000000000000000000"] {
        refuse::<Holder8>(&format!("{{\"x\":{text}}}"), ErrorKind::Range);
    }
    refuse::<i64>("9223372036854775808", ErrorKind::Range);
    refuse::<i64>("-9223372036854775809", ErrorKind::Range);
    refuse::<u64>("18446744073709551616", ErrorKind::Range);
    refuse::<u64>("-1", ErrorKind::Range);
    refuse::<i128>("170141183460469231731687303715884105728", ErrorKind::Range);
    refuse::<u128>("340282366920938463463374607431768211456", ErrorKind::Range);
    refuse::<f64>("1e309", ErrorKind::Range);
    refuse::<f64>("-1.8e308", ErrorKind::Range);
    refuse::<f64>(&"9".repeat(400), ErrorKind::Range);
    refuse::<f32>("3.5e38", ErrorKind::Range);
    refuse::<f32>("1e300", ErrorKind::Range);
    refuse::<Value>("1e999999999", ErrorKind::Range);
}

#[derive(Record, Debug)]
#[allow(dead_code)]
struct Holder8 {
    x: u8,
}

#[test]
fn a_float_is_no_integer_and_nothing_else_is_a_number() {
    for text in ["1.0", "1e0", "1e6", "-0.0", "1E2", "0.0e0"] {
        refuse::<u64>(text, ErrorKind::Type);
        refuse::<i8>(text, ErrorKind::Type);
        refuse::<i128>(text, ErrorKind::Type);
    }
    for text in ["true", "false", "null", "\"1\"", "\"\"", "[]", "[1]", "{}"] {
        refuse::<u64>(text, ErrorKind::Type);
        refuse::<f64>(text, ErrorKind::Type);
        refuse::<f32>(text, ErrorKind::Type);
        refuse::<Decimal>(text, if text.starts_with('"') { continue } else { ErrorKind::Type });
    }
    refuse::<bool>("0", ErrorKind::Type);
    refuse::<bool>("1", ErrorKind::Type);
    refuse::<String>("1", ErrorKind::Type);
}

#[test]
fn the_ends_of_every_integer_are_taken() {
    fn check<T: DecodeOwned + proofmark::Encode + PartialEq + Debug>(values: [T; 2]) {
        for value in values {
            assert_eq!(json::from_slice::<T>(&json::to_vec(&value).unwrap()).unwrap(), value);
            if let Ok(packed) = msgpack::to_vec(&value) {
                assert_eq!(msgpack::from_slice::<T>(&packed).unwrap(), value);
            }
        }
    }
    check([i8::MIN, i8::MAX]);
    check([i16::MIN, i16::MAX]);
    check([i32::MIN, i32::MAX]);
    check([i64::MIN, i64::MAX]);
    check([i128::MIN, i128::MAX]);
    check([u16::MIN, u16::MAX]);
    check([u32::MIN, u32::MAX]);
    check([u64::MIN, u64::MAX]);
    check([u128::MIN, u128::MAX]);
}

#[test]
fn an_integer_beyond_every_word_keeps_its_digits_untyped() {
    for text in
        ["18446744073709551616", "-9223372036854775809", &"7".repeat(1000), &format!("-{}", "1".repeat(5000))]
    {
        let value: Value = json::from_str(text).unwrap();
        assert_eq!(json::to_string(&value).unwrap(), text);
        assert_eq!(value.as_f64().map(|_| ()), None, "no float in silence");
        assert_eq!(msgpack::to_vec(&value).unwrap_err().kind(), ErrorKind::Unsupported);
    }
}

#[test]
fn a_number_of_a_million_digits_takes_no_quadratic_time() {
    let start = Instant::now();
    let digits = "7".repeat(1_000_000);
    for (text, float) in [
        (digits.clone(), None),
        (format!("0.{digits}"), Some(7.0 / 9.0)),
        (format!("1e{}", digits.replace('7', "0")), Some(1.0)),
    ] {
        // As typed, numbers have 128 bits at most.
        for way in WAYS.iter().filter(|way| way.name != "typed") {
            assert_eq!(way.verdict(Format::Json, text.as_bytes()), Verdict::Accepted, "{}", way.name);
        }
        assert_eq!(json::from_str::<f64>(&text).ok(), float);
        assert!(json::from_str::<u64>(&text).is_err());
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn decimals_of_far_exponents_are_compared_and_written_at_once() {
    let start = Instant::now();
    let texts = [
        "1E+999999999999999999",
        "-1E+999999999999999999",
        "1E-999999999999999999",
        "1.5E+99999999",
        "0E+999999999999999999",
    ];
    let decimals: Vec<Decimal> =
        texts.iter().map(|text| json::from_str(&format!("\"{text}\"")).unwrap()).collect();
    assert_eq!(decimals.iter().collect::<BTreeSet<_>>().len(), texts.len());
    for (decimal, text) in decimals.iter().zip(texts) {
        assert_eq!(json::to_string(decimal).unwrap(), format!("\"{text}\""));
        assert_eq!(decimal.to_f64().is_finite(), decimal.to_f64() == 0.0);
        assert_eq!(json::from_str::<Decimal>(text).unwrap(), *decimal);
    }
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}
