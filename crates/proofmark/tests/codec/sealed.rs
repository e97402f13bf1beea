//! Frozen records as keys.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
};

use proofmark::{Limits, Record, Sealed, convert, json, msgpack};

#[derive(Record, Debug)]
struct Settings {
    tolerance: f64,
    options: HashMap<String, u8>,
}

fn sealed(tolerance: f64, options: &[&str]) -> Sealed<Settings> {
    let options = options.iter().map(|&name| (name.to_owned(), 1)).collect();
    Sealed::new(Settings { tolerance, options }).unwrap()
}

#[test]
fn equal_content_is_one_key() {
    let hasher = RandomState::new();
    let (a, b) = (sealed(0.5, &["x", "y", "z"]), sealed(0.5, &["z", "y", "x"]));
    assert_eq!(a, b);
    assert_eq!(hasher.hash_one(&a), hasher.hash_one(&b));
    assert_eq!(a.as_bytes(), b.as_bytes());
    assert_eq!(HashSet::from([a.clone(), b, a]).len(), 1);
}

#[test]
fn other_content_is_another_key() {
    let keys = HashSet::from([
        sealed(0.5, &["x"]),
        sealed(0.25, &["x"]),
        sealed(0.5, &["y"]),
        sealed(0.0, &[]),
        sealed(-0.0, &[]),
        sealed(f64::NAN, &[]),
        sealed(f64::NAN, &[]),
    ]);
    assert_eq!(keys.len(), 6, "NaN equals itself here");
}

#[test]
fn canonical_bytes_are_messagepack_with_sorted_keys() {
    let bytes = b"\x82\xa7options\x82\xa1a\x01\xa1b\x01\xa9tolerance\xcb\x3f\xe0\0\0\0\0\0\0";
    assert_eq!(sealed(0.5, &["b", "a"]).as_bytes(), bytes);
}

#[test]
fn the_value_shows_through() {
    let settings = sealed(0.5, &["x"]);
    assert_eq!(settings.tolerance, 0.5);
    assert!(format!("{settings:?}").starts_with("Settings {"));
    let clone = settings.clone();
    let settings = settings.try_into_inner().unwrap_err();
    drop(clone);
    assert_eq!(settings.try_into_inner().unwrap().options.len(), 1);
}

#[test]
fn it_is_read_and_written_as_the_value() {
    let settings = sealed(0.5, &["x"]);
    let text = json::to_string(&settings).unwrap();
    assert_eq!(text, r#"{"tolerance":0.5,"options":{"x":1}}"#);
    assert_eq!(json::from_str::<Sealed<Settings>>(&text).unwrap(), settings);
    let packed = msgpack::to_vec(&settings).unwrap();
    assert_eq!(msgpack::from_slice::<Sealed<Settings>>(&packed).unwrap(), settings);
    assert_eq!(convert::<Sealed<Settings>>(&settings).unwrap(), settings);
}

#[test]
fn what_has_no_canonical_bytes_cannot_be_sealed() {
    let error = Sealed::new(vec![u128::MAX]).unwrap_err();
    assert_eq!(error.to_string(), "can't serialize ints < -2**63 or > 2**64 - 1 - at `$[0]`");
    assert!(json::from_str::<Sealed<Vec<u128>>>("[18446744073709551616]").is_err());
}

#[derive(Record, Debug, PartialEq)]
struct Chain {
    #[field(default)]
    next: Option<Box<Self>>,
}

#[test]
fn what_was_decoded_can_be_sealed() {
    let depth = Limits::DEPTH_MAX as usize + 1;
    let text = format!("{}null{}", r#"{"next":"#.repeat(depth), "}".repeat(depth));
    let deep = json::Decoder::new().limits(Limits::depth(depth as u32));
    assert!(deep.from_slice::<Sealed<Chain>>(text.as_bytes()).is_ok());
    assert!(Sealed::new(deep.from_slice::<Chain>(text.as_bytes()).unwrap()).is_err());
}
