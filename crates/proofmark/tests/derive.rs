//! The derive: what it takes, what it refuses and in which words.
//!
//! Every attribute has a case in `derive/pass`, one in `derive/fail` and an entry in the guide, all of its name.

#[path = "derive/hygiene.rs"]
mod hygiene;
#[path = "derive/pass/mod.rs"]
mod pass;

use std::fs;

use proofmark::{Decode, Encode, Order, Value, convert, json, msgpack};

/// A value is written as `text`, and read back from it and from MessagePack.
#[track_caller]
fn check<T: Encode + for<'de> Decode<'de> + PartialEq + std::fmt::Debug>(value: &T, text: &str) {
    assert_eq!(json::to_string(value).unwrap(), text);
    assert_eq!(&json::from_str::<T>(text).unwrap(), value);
    let packed = msgpack::to_vec(value).unwrap();
    assert_eq!(&msgpack::from_slice::<T>(&packed).unwrap(), value);
    assert_eq!(&convert::convert::<T>(value).unwrap(), value);
}

/// `text` reads as a value, in every format.
#[track_caller]
fn read<T: for<'de> Decode<'de> + PartialEq + std::fmt::Debug>(text: &str, value: &T) {
    assert_eq!(&json::from_str::<T>(text).unwrap(), value);
    let tree: Value = json::from_str(text).unwrap();
    assert_eq!(&convert::from_value::<T>(&tree).unwrap(), value);
    let packed = msgpack::Encoder::new().order(Order::Declared).to_vec(&tree).unwrap();
    assert_eq!(&msgpack::from_slice::<T>(&packed).unwrap(), value);
}

#[track_caller]
fn refuse<T: for<'de> Decode<'de>>(text: &str, message: &str) {
    let error = json::from_str::<T>(text).err().expect("refused");
    assert_eq!(error.to_string(), message);
    // All errors at once begin with the same one.
    let errors = json::decode_all_errors::<T>(text.as_bytes()).err().expect("refused");
    let first = errors.into_first();
    assert_eq!((first.to_string(), first.offset()), (error.to_string(), error.offset()));
}

#[test]
fn refusals_point_at_their_cause() {
    trybuild::TestCases::new().compile_fail("tests/derive/fail/*.rs");
}

/// The words of an attribute, as the derive itself lists them to a user who wrote another one.
fn words(attribute: &str) -> Vec<String> {
    let told = fs::read_to_string(format!("tests/derive/fail/unknown_{attribute}.stderr")).unwrap();
    let list = told.lines().find_map(|line| line.split("allowed are: ").nth(1)).unwrap();
    list.split(", ").map(str::to_owned).collect()
}

#[test]
fn every_attribute_has_its_cases_and_its_entry() {
    let guide = include_str!("../src/docs/derive.md");
    let refused: Vec<_> = fs::read_dir("tests/derive/fail")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for attribute in ["record", "field", "variant"] {
        for word in words(attribute) {
            let name = format!("{attribute}_{word}");
            let passes =
                include_str!("derive/pass/mod.rs").lines().any(|line| line == format!("mod {name};"));
            assert!(passes, "no pass case {name}");
            assert!(refused.iter().any(|file| file.starts_with(&name)), "no fail case {name}");
            let heading = format!("`#[{attribute}({word}");
            assert!(
                guide.lines().any(|line| line.starts_with("### ") && line.contains(&heading)),
                "no entry {name}"
            );
        }
    }
}
