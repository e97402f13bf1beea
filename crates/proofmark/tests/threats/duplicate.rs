//! Keys that are there twice: which one counts, and that many of them take no more time than they should.

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

use indexmap::IndexMap;
use proofmark::{ErrorKind, Format, Limits, Record, Value, decode::DecodeOwned};

use crate::way::decode;

#[derive(Record, Debug, PartialEq)]
struct Pair {
    a: u8,
    #[field(default)]
    b: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(allow_unknown)]
enum Tagged {
    One { a: u8 },
    Two { a: u8 },
}

/// The same entries in both formats: single letters and `type` with small numbers or `One` and `Two`.
fn documents(text: &str) -> [(Format, Vec<u8>); 2] {
    let mut packed = vec![0x80 | text.matches(':').count() as u8];
    let parts = text.trim_matches(['{', '}']).split([':', ',']);
    for part in parts {
        match part.parse::<u8>() {
            Ok(number) => packed.push(number),
            Err(_) => packed.extend(proofmark::msgpack::to_vec(part.trim_matches('"')).unwrap()),
        }
    }
    [(Format::Json, text.as_bytes().to_vec()), (Format::MsgPack, packed)]
}

#[track_caller]
fn check<T: DecodeOwned + PartialEq + std::fmt::Debug>(text: &str, expected: Result<T, ErrorKind>) {
    for (format, document) in documents(text) {
        let found = decode::<T>(format, &document, Limits::DEFAULT).map_err(|error| error.kind());
        assert_eq!(found, expected, "{format:?}: {text}");
    }
}

#[test]
fn of_a_field_that_is_there_twice_the_last_counts() {
    check(r#"{"a":1,"a":2}"#, Ok(Pair { a: 2, b: 0 }));
    check(r#"{"a":1,"b":3,"a":2}"#, Ok(Pair { a: 2, b: 3 }));
    check(r#"{"b":1,"b":2,"b":3,"a":4}"#, Ok(Pair { a: 4, b: 3 }));
    check::<Pair>(r#"{"b":1,"b":2}"#, Err(ErrorKind::MissingField));
    check::<Pair>(r#"{"a":1,"a":"One"}"#, Err(ErrorKind::Type));
    check::<Pair>(r#"{"a":"One","a":1}"#, Err(ErrorKind::Type));
}

#[test]
fn of_a_key_that_is_there_twice_the_last_counts_in_every_map() {
    let text = r#"{"a":1,"b":2,"a":3}"#;
    check(text, Ok(BTreeMap::from([("a".to_owned(), 3), ("b".to_owned(), 2)])));
    check(text, Ok(HashMap::from([("a".to_owned(), 3), ("b".to_owned(), 2)])));
    check(text, Ok(IndexMap::<String, u8>::from_iter([("a".to_owned(), 3), ("b".to_owned(), 2)])));
    check(text, Ok(Value::from_iter([("a", 3), ("b", 2)])));
}

#[test]
fn a_tag_that_is_there_twice_is_the_same_or_refused() {
    check(r#"{"type":"One","a":1,"type":"One"}"#, Ok(Tagged::One { a: 1 }));
    check(r#"{"a":1,"type":"Two","type":"Two"}"#, Ok(Tagged::Two { a: 1 }));
    check::<Tagged>(r#"{"type":"One","type":"Two","a":1}"#, Err(ErrorKind::InvalidValue));
    check::<Tagged>(r#"{"type":"One","a":1,"type":"Two"}"#, Err(ErrorKind::InvalidValue));
    check::<Tagged>(r#"{"a":1,"type":"One","type":7}"#, Err(ErrorKind::Type));
}

/// Quadratic work on so many keys takes many seconds; what it should take is a tenth of one.
const KEYS: usize = 50_000;
const TIME_MAX: Duration = Duration::from_secs(3);

fn object(key: impl Fn(usize) -> String) -> Vec<u8> {
    let entries = Vec::from_iter((0..KEYS).map(|index| format!("\"{}\":0", key(index))));
    format!("{{{}}}", entries.join(",")).into_bytes()
}

#[track_caller]
fn check_time<T: DecodeOwned>(input: &[u8]) {
    let start = Instant::now();
    decode::<T>(Format::Json, input, Limits::DEFAULT).map(drop).unwrap();
    let packed =
        proofmark::msgpack::to_vec(&decode::<Value>(Format::Json, input, Limits::DEFAULT).unwrap()).unwrap();
    decode::<T>(Format::MsgPack, &packed, Limits::DEFAULT).map(drop).unwrap();
    assert!(start.elapsed() < TIME_MAX, "{} took {:?}", std::any::type_name::<T>(), start.elapsed());
}

#[derive(Record)]
#[record(allow_unknown)]
struct Ignorer {}

#[test]
fn many_keys_take_no_quadratic_time() {
    let inputs = [
        object(|_| "a".to_owned()),
        object(|index| format!("{index:08}")),
        object(|index| format!("{:08}", KEYS - index)),
        // In an order that sorts badly, with a long beginning that all share.
        object(|index| format!("{}{:08}", "a".repeat(64), index * 7919 % KEYS)),
        object(|index| (index % 2).to_string()),
    ];
    for input in inputs {
        check_time::<Value>(&input);
        check_time::<BTreeMap<String, u8>>(&input);
        check_time::<HashMap<String, u8>>(&input);
        check_time::<IndexMap<String, u8>>(&input);
        check_time::<Ignorer>(&input);
        check_time::<proofmark::serde::AsSerde<serde_json::Value>>(&input);
    }
}

#[test]
fn keys_whose_bits_collide_take_no_quadratic_time() {
    // Multiples of powers of two fall into one bucket of a table that takes integers as they are.
    let keys = |shift: u32| object(move |index| ((index as u64) << shift).to_string());
    for shift in [0, 20, 40] {
        let input = keys(shift);
        let start = Instant::now();
        assert_eq!(decode::<HashMap<u64, u8>>(Format::Json, &input, Limits::DEFAULT).unwrap().len(), KEYS);
        assert_eq!(decode::<IndexMap<u64, u8>>(Format::Json, &input, Limits::DEFAULT).unwrap().len(), KEYS);
        assert!(start.elapsed() < TIME_MAX, "{:?}", start.elapsed());
    }
}

/// Below, the work would double at least with each level, if anything were done twice.
const LEVELS: usize = 100;

#[test]
fn maps_as_keys_take_no_time_that_grows_with_a_power_of_their_depth() {
    // Each level is a map with two maps as keys, the deep one before the other and behind it.
    let [map, nil]: [&[u8]; 2] = [b"\x82\x00\xc0\x01\xc0", b"\xc0"];
    let before = [&b"\x82".repeat(LEVELS)[..], map, &[nil, map, nil].concat().repeat(LEVELS)].concat();
    let behind = [&[b"\x82", map, nil].concat().repeat(LEVELS)[..], map, &nil.repeat(LEVELS)].concat();
    let start = Instant::now();
    for packed in [before, behind] {
        let value = decode::<Value>(Format::MsgPack, &packed, Limits::DEFAULT).unwrap();
        assert_eq!(value, decode::<Value>(Format::MsgPack, &packed, Limits::DEFAULT).unwrap());
        proofmark::msgpack::to_vec(&value).unwrap();
    }
    assert!(start.elapsed() < TIME_MAX, "{:?}", start.elapsed());
}

#[test]
fn documents_that_differ_at_the_bottom_are_told_apart_in_no_such_time() {
    let document =
        |inside: &str| format!("{}{inside}{}", r#"{"a":0,"b":"#.repeat(LEVELS), "}".repeat(LEVELS));
    let read = |text: &str| decode::<Value>(Format::Json, text.as_bytes(), Limits::DEFAULT).unwrap();
    let start = Instant::now();
    assert_ne!(read(&document("1")), read(&document("2")));
    let other_order = format!("{}1{}", r#"{"b":"#.repeat(LEVELS), r#","a":0}"#.repeat(LEVELS));
    assert_eq!(read(&document("1")), read(&other_order));
    assert_ne!(read(&document("2")), read(&other_order));
    assert!(start.elapsed() < TIME_MAX, "{:?}", start.elapsed());
}
