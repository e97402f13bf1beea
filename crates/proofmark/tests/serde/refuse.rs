//! What is refused, and where.

use std::{collections::BTreeMap, fmt::Debug};

use proofmark::{
    Limits,
    serde::{AsSerde, AsSerdeRef, from_value, json, msgpack, to_value},
};
use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned, ser::SerializeSeq};

/// JSON text is refused with a message; so are the same values in MessagePack and in memory.
#[track_caller]
fn refuse<T: DeserializeOwned + Debug>(text: &str, message: &str) {
    assert_eq!(json::from_str::<T>(text).unwrap_err().to_string(), message);
    if let Ok(value) = proofmark::json::from_str::<proofmark::Value>(text) {
        assert_eq!(from_value::<T>(&value).unwrap_err().to_string(), message);
        let packed = proofmark::msgpack::to_vec(&value).unwrap();
        assert_eq!(msgpack::from_slice::<T>(&packed).unwrap_err().to_string(), message);
    }
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Strict {
    id: u8,
    names: Vec<String>,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
enum Enum {
    Unit,
    Newtype(u8),
    Tuple(u8, u8),
    Struct { x: Option<Box<Self>> },
}

#[test]
fn faults_of_records_are_told_as_ours_are() {
    refuse::<Strict>(r#"{"id":1}"#, "Object missing required field `names`");
    refuse::<Strict>(r#"{"id":1,"nam":[]}"#, "Object contains unknown field `nam`");
    refuse::<Vec<Strict>>(r#"[{"id":256,"names":[]}]"#, "Expected `int` <= 255 - at `$[0].id`");
    refuse::<Strict>(r#"{"id":1.0,"names":[]}"#, "Expected `int`, got `float` - at `$.id`");
    refuse::<Strict>(r#"{"id":1,"names":["a",null]}"#, "Expected `str`, got `null` - at `$.names[1]`");
    refuse::<Strict>("7", "Expected `object`, got `int`");
    refuse::<BTreeMap<String, bool>>(r#"{"a":1}"#, "Expected `bool`, got `int` - at `$[...]`");
    refuse::<Strict>(r#"{"id":1,"names":[],}"#, "JSON is malformed: trailing comma in object (byte 19)");
    refuse::<Strict>(r#"{"id":1,"names":["#, "Input data was truncated");
    refuse::<u8>("1 2", "JSON is malformed: trailing characters (byte 3)");
}

#[test]
fn faults_of_enums_are_told() {
    refuse::<Enum>(r#""Other""#, "Invalid enum value 'Other'");
    refuse::<Enum>(r#"{"Other":1}"#, "Invalid enum value 'Other'");
    refuse::<Enum>("7", "Expected `str | object`, got `int`");
    refuse::<Enum>("{}", "invalid length 0, expected one variant");
    refuse::<Enum>(r#"{"Newtype":1,"Unit":null}"#, "invalid length 2, expected one variant");
    refuse::<Enum>(r#"{"Newtype":"a"}"#, "Expected `int`, got `str` - at `$.Newtype`");
    refuse::<Enum>(
        r#"{"Tuple":[1]}"#,
        "invalid length 1, expected tuple variant Enum::Tuple with 2 elements - at `$.Tuple`",
    );
    refuse::<Enum>(r#"{"Tuple":[1,2,3]}"#, "invalid length 3, expected 2 elements - at `$.Tuple`");
    refuse::<Enum>(r#"{"Struct":{"x":{"Newtype":-1}}}"#, "Expected `int` >= 0 - at `$.Struct.x.Newtype`");
    refuse::<Enum>(r#""Newtype""#, "invalid type: unit variant, expected newtype variant");
    refuse::<Enum>(r#"{"Unit":1}"#, "Expected `null`, got `int` - at `$.Unit`");
}

#[test]
fn tuples_have_their_length() {
    refuse::<(u8, u8)>("[1]", "invalid length 1, expected a tuple of size 2");
    refuse::<(u8, u8)>("[1,2,3]", "invalid length 3, expected 2 elements");
}

#[test]
fn keys_are_told_from_values() {
    let text = r#"{"x":1}"#;
    let error = json::from_str::<BTreeMap<u8, u8>>(text).unwrap_err();
    assert_eq!(error.to_string(), "Expected `int`, got `str` - at `key` in `$`");
    let error = json::from_str::<BTreeMap<u8, u8>>(r#"{"256":1}"#).unwrap_err();
    assert!(error.to_string().ends_with("expected u8 - at `key` in `$`"), "{error}");
    assert_eq!(json::from_str::<BTreeMap<u8, u8>>(r#"{"7":1}"#).unwrap(), BTreeMap::from([(7, 1)]));
    assert!(msgpack::from_slice::<BTreeMap<u8, u8>>(b"\x81\xa17\x01").is_err());
    let error = json::to_vec(&BTreeMap::from([(None::<u8>, 1)])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Only dicts with str-like or number-like keys are supported - at `key` in `$`"
    );
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Chain {
    next: Option<Box<Self>>,
}

fn chain(len: u32) -> Chain {
    (1..len).fold(Chain { next: None }, |next, _| Chain { next: Some(Box::new(next)) })
}

#[test]
fn nesting_is_limited_both_ways() {
    let deepest = chain(Limits::DEPTH_MAX);
    let too_deep = chain(Limits::DEPTH_MAX + 1);
    let text = json::to_string(&deepest).unwrap();
    assert_eq!(json::from_str::<Chain>(&text).unwrap(), deepest);
    assert_eq!(msgpack::from_slice::<Chain>(&msgpack::to_vec(&deepest).unwrap()).unwrap(), deepest);
    assert_eq!(from_value::<Chain>(&to_value(&deepest).unwrap()).unwrap(), deepest);
    for error in [
        json::to_vec(&too_deep).unwrap_err(),
        msgpack::to_vec(&too_deep).unwrap_err(),
        to_value(&too_deep).unwrap_err(),
        json::from_str::<Chain>(&format!(r#"{{"next":{text}}}"#)).unwrap_err(),
    ] {
        assert!(error.to_string().starts_with("Nesting is deeper than 128 levels"), "{error}");
    }
    let deeper = proofmark::json::Encoder::new().limits(Limits::depth(Limits::DEPTH_MAX + 1));
    let text = deeper.to_vec(&AsSerdeRef::new(&too_deep)).unwrap();
    let deeper = proofmark::json::Decoder::new().limits(Limits::depth(Limits::DEPTH_MAX + 1));
    assert_eq!(deeper.from_slice::<AsSerde<Chain>>(&text).unwrap().0, too_deep);
}

/// Code that serde derives takes several times the stack of ours where it is not optimised.
const STACK_BYTES: usize = 1 << 20;

#[test]
fn hostile_input_is_refused() {
    let test = || {
        for text in ["[".repeat(100_000), r#"{"next":"#.repeat(100_000), r#"{"Struct":{"x":"#.repeat(100_000)]
        {
            assert!(json::from_str::<Chain>(&text).is_err());
            assert!(json::from_str::<Enum>(&text).is_err());
            assert!(json::from_str::<serde_json::Value>(&text).is_err());
            assert!(json::from_str::<serde::de::IgnoredAny>(&text).is_err());
        }
        for bytes in [
            &[0x91; 100_000][..],
            b"\xdd\xff\xff\xff\xff",
            b"\xdf\xff\xff\xff\xff\xa1a",
            b"\xdb\xff\xff\xff\xff",
        ] {
            assert!(msgpack::from_slice::<serde_json::Value>(bytes).is_err());
            assert!(msgpack::from_slice::<Vec<[u64; 32]>>(bytes).is_err());
        }
    };
    std::thread::Builder::new().stack_size(STACK_BYTES).spawn(test).unwrap().join().unwrap();
}

/// A type that announces one element and writes as many as it likes.
struct Miscounting(usize);

impl Serialize for Miscounting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(1))?;
        for item in 0..self.0 {
            seq.serialize_element(&item)?;
        }
        seq.end()
    }
}

#[test]
fn a_type_that_miscounts_is_refused() {
    assert_eq!(msgpack::to_vec(&Miscounting(1)).unwrap(), b"\x91\0");
    for count in [0, 2] {
        let message = format!("announced 1 elements and wrote {count}");
        assert_eq!(msgpack::to_vec(&Miscounting(count)).unwrap_err().to_string(), message);
        assert_eq!(json::to_vec(&Miscounting(count)).unwrap_err().to_string(), message);
    }
}

/// A type whose own code fails.
struct Failing;

impl Serialize for Failing {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no"))
    }
}

#[derive(Serialize)]
enum Holder {
    Some { items: (u8, BTreeMap<u8, Failing>) },
}

#[test]
fn faults_of_types_carry_their_path_out() {
    let holder = Holder::Some { items: (1, BTreeMap::from([(1, Failing)])) };
    assert_eq!(json::to_vec(&holder).unwrap_err().to_string(), "no - at `$.Some.items[1][...]`");
}

#[test]
fn extension_values_are_refused() {
    let error = msgpack::from_slice::<serde_json::Value>(b"\xd4\x05\x01").unwrap_err();
    assert_eq!(error.to_string(), "Extension values have no place in serde's data model");
}
