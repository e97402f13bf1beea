//! Constraints: patterns that are slow for others, lengths in characters, and numbers that are near a bound.

use std::time::{Duration, Instant};

use proofmark::{ErrorKind, Record, Strictness, Value, from_value, json, msgpack, to_value};

#[derive(Record)]
#[record(positional)]
struct Patterns {
    #[field(default, pattern = "^(a+)+$")]
    nested: String,
    #[field(default, pattern = "^(a|aa)+$")]
    ambiguous: String,
    #[field(default, pattern = "^(.*a){12}$")]
    counted: String,
    #[field(default, pattern = r"^([a-z0-9]+[-_.]?)+@([a-z0-9]+\.)+[a-z]{2,}$")]
    mail: String,
}

#[test]
fn no_pattern_blows_up() {
    let start = Instant::now();
    for index in 0..4 {
        let hostile = "a".repeat(2000) + "!";
        let mut fields =
            vec![Value::from("aaaaaaaaaaaa"), "aaa".into(), "aaaaaaaaaaaa".into(), "a@b.cd".into()];
        assert!(from_value::<Patterns>(&fields.clone().into()).is_ok());
        fields[index] = hostile.into();
        let fields = Value::from(fields);
        let error = json::from_slice::<Patterns>(&json::to_vec(&fields).unwrap()).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Constraint);
        assert!(error.to_string().len() < 200, "the text is not in the message: {error}");
        assert!(msgpack::from_slice::<Patterns>(&msgpack::to_vec(&fields).unwrap()).is_err());
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

macro_rules! field {
    ($name:ident: $type:ty, $($constraint:tt)*) => {
        #[derive(Record, PartialEq, Debug)]
        struct $name {
            #[field($($constraint)*)]
            x: $type,
        }
    };
}
field!(ShortText: String, max_len = 3, min_len = 1);
field!(ShortBytes: Vec<u8>, max_len = 3);
field!(ShortList: Vec<u16>, max_len = 3);
field!(ShortMap: std::collections::BTreeMap<String, u8>, max_len = 2);
field!(Tenths: f64, multiple_of = 0.1);
field!(Halves: f64, multiple_of = 0.5);
field!(Sevens: i128, multiple_of = 7);
field!(Between: f64, ge = 0.0, lt = 1.0);
field!(Small: u64, le = 9);

/// In JSON, in MessagePack and out of a value, strict and lenient.
#[track_caller]
fn check<T: for<'de> proofmark::Decode<'de>>(x: impl proofmark::Encode, holds: bool) {
    let document = Value::from_iter([("x", to_value(&x).unwrap())]);
    let (text, packed) = (json::to_vec(&document).unwrap(), msgpack::to_vec(&document).unwrap());
    let kinds = [
        json::from_slice::<T>(&text).err(),
        json::Decoder::new().strictness(Strictness::Lenient).from_slice::<T>(&text).err(),
        msgpack::from_slice::<T>(&packed).err(),
        from_value::<T>(&document).err(),
    ];
    for error in kinds {
        let kind = error.as_ref().map(|error| error.kind());
        assert_eq!(kind, (!holds).then_some(ErrorKind::Constraint), "{}: {error:?}", text.escape_ascii());
    }
}

#[test]
fn text_is_measured_in_characters_and_bytes_in_bytes() {
    check::<ShortText>("😀é\u{301}", true);
    check::<ShortText>("\0\0\0", true);
    check::<ShortText>("aaaa", false);
    check::<ShortText>("e\u{301}e\u{301}", false);
    check::<ShortText>("", false);
    check::<ShortBytes>("é".as_bytes(), true);
    check::<ShortBytes>("éé".as_bytes(), false);
    check::<ShortList>([1_u16, 2, 3], true);
    check::<ShortList>([1_u16, 2, 3, 4], false);
    check::<ShortMap>(Value::from_iter([("a", 1), ("b", 2)]), true);
    check::<ShortMap>(Value::from_iter([("a", 1), ("b", 2), ("c", 3)]), false);
}

#[test]
fn bounds_are_exact() {
    check::<Between>(0.0, true);
    check::<Between>(-0.0, true);
    check::<Between>(1.0_f64.next_down(), true);
    check::<Between>(1.0, false);
    check::<Between>(0.0_f64.next_down(), false);
    check::<Small>(9, true);
    check::<Small>(10, false);
    check::<Sevens>(-(7_i64 << 59), true);
    check::<Sevens>(i64::MAX, true);
    check::<Sevens>(i64::MAX - 1, false);
    check::<Sevens>(i64::MIN, false);
    check::<Halves>(-1e300, true);
    check::<Halves>(0.25, false);
    // A tenth is no tenth in binary; what is no multiple of the float is refused.
    check::<Tenths>(0.1, true);
    check::<Tenths>(0.15, false);
    check::<Tenths>(0.0, true);
}

#[test]
fn what_is_not_a_number_keeps_no_bound() {
    for value in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let packed = msgpack::to_vec(&Value::from_iter([("x", value)])).unwrap();
        assert!(msgpack::from_slice::<Between>(&packed).is_err(), "{value}");
        assert!(msgpack::from_slice::<Halves>(&packed).is_err(), "{value}");
    }
}
