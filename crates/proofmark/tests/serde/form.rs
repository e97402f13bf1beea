//! The forms of serde's data model: those of `rmp_serde::to_vec_named` and `serde_json`, byte for byte.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use proofmark::serde::{from_value, json, msgpack, to_value};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A value is written as the peers write it, and read back from either.
#[track_caller]
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
    let text = serde_json::to_string(&value).unwrap();
    assert_eq!(json::to_string(&value).unwrap(), text);
    assert_eq!(json::from_str::<T>(&text).unwrap(), value);
    let bytes = rmp_serde::to_vec_named(&value).unwrap();
    assert_eq!(msgpack::to_vec(&value).unwrap(), bytes, "{text}");
    assert_eq!(msgpack::from_slice::<T>(&bytes).unwrap(), value);
    assert_eq!(from_value::<T>(&to_value(&value).unwrap()).unwrap(), value);
}

#[derive(Serialize, Deserialize, PartialEq, Debug, Clone)]
struct Unit;

#[derive(Serialize, Deserialize, PartialEq, Debug, Clone)]
struct Newtype(u32);

#[derive(Serialize, Deserialize, PartialEq, Debug, Clone)]
struct Tuple(u32, String);

#[derive(Serialize, Deserialize, PartialEq, Debug, Clone)]
struct Struct {
    z: Option<Newtype>,
    a: Vec<Tuple>,
    #[serde(rename = "the unit")]
    unit: Unit,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    skipped: Option<u8>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug, Clone)]
enum Enum {
    Unit,
    Newtype(Box<Self>),
    NewtypeUnit(()),
    Tuple(u8, Option<Unit>),
    Empty(),
    Struct { b: u8, a: Vec<Self> },
}

fn structure() -> Struct {
    Struct {
        z: Some(Newtype(70_000)),
        a: vec![Tuple(1, "é\n".into()), Tuple(u32::MAX, String::new())],
        unit: Unit,
        skipped: None,
    }
}

#[test]
fn scalars() {
    for value in [0, 1, -1, 127, 128, -32, -33, 255, 256, i64::MIN, i64::MAX, -32769, 65536, 1 << 32] {
        check(value);
    }
    check((i8::MIN, i16::MIN, i32::MIN, u8::MAX, u16::MAX, u32::MAX, u64::MAX));
    check((true, 'é', "text".to_owned(), ()));
    check((0.1, -0.0, 123456.75, 5e-324));
    check((Some(1), None::<u8>, Some(Some(0))));
}

#[test]
fn structs() {
    check(Unit);
    check(Newtype(1));
    check(Tuple(1, "a".into()));
    check(structure());
    check(Struct { z: None, a: vec![], unit: Unit, skipped: Some(3) });
    check(vec![structure(); 20]);
}

#[test]
fn enums() {
    check(Enum::Unit);
    check(Enum::Newtype(Box::new(Enum::Newtype(Box::new(Enum::Unit)))));
    check(Enum::NewtypeUnit(()));
    check(Enum::Tuple(1, None));
    check(Enum::Empty());
    check(Enum::Struct { b: 1, a: vec![Enum::Unit, Enum::Struct { b: 2, a: vec![] }] });
    check(vec![Some(Enum::Unit), None]);
}

#[test]
fn maps_and_sets() {
    check(BTreeMap::from([("b".to_owned(), vec![1u8]), ("a".to_owned(), vec![])]));
    check(BTreeMap::from([(-1, 'a'), (3, 'b')]));
    check(BTreeMap::from([(u64::MAX, ())]));
    check(BTreeSet::from(["x".to_owned(), "y".to_owned()]));
    check(BTreeMap::from([(Newtype2("k".into()), Enum::Unit)]));
    check(BTreeMap::from([(Plain::B, 1), (Plain::A, 2)]));
}

#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Newtype2(String);

#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Plain {
    A,
    B,
}

#[test]
fn a_type_has_one_form_for_people_and_one_for_machines() {
    check(IpAddr::V4(Ipv4Addr::LOCALHOST));
    check(Ipv6Addr::LOCALHOST);
    check(BTreeMap::from([("at".to_owned(), Ipv4Addr::BROADCAST)]));
    check(Duration::new(3, 500));
    assert_eq!(json::to_string(&Ipv4Addr::LOCALHOST).unwrap(), r#""127.0.0.1""#);
    assert_eq!(msgpack::to_vec(&Ipv4Addr::LOCALHOST).unwrap(), b"\x94\x7f\0\0\x01");
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(tag = "kind")]
enum Tagged {
    Scan { rows: u64 },
    Stop,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    List(Vec<Self>),
    Record { x: f64 },
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    One(u8),
    Two { a: u8 },
}

#[test]
fn other_taggings() {
    check(vec![Tagged::Scan { rows: 7 }, Tagged::Stop]);
    check(vec![
        Untagged::Number(-7),
        Untagged::Text("a".into()),
        Untagged::List(vec![Untagged::Number(1)]),
        Untagged::Record { x: 0.5 },
    ]);
    check(vec![Adjacent::One(1), Adjacent::Two { a: 2 }]);
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Flat {
    id: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, Vec<Option<u8>>>,
}

#[test]
fn a_map_of_unknown_length_is_collected_first() {
    check(Flat { id: 1, rest: BTreeMap::from([("x".into(), vec![Some(1), None])]) });
}

/// Bytes, which serde types have to ask for.
#[derive(PartialEq, Debug)]
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Bytes;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Bytes, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    bytes.push(byte);
                }
                Ok(Bytes(bytes))
            }
        }
        deserializer.deserialize_bytes(Visitor)
    }
}

#[test]
fn bytes_are_bin_and_base64() {
    let bytes = Bytes(vec![1, 2, 255]);
    assert_eq!(msgpack::to_vec(&bytes).unwrap(), rmp_serde::to_vec_named(&bytes).unwrap());
    assert_eq!(json::to_string(&bytes).unwrap(), r#""AQL/""#);
    assert_eq!(json::from_str::<Bytes>(r#""AQL/""#).unwrap(), bytes);
    assert_eq!(json::from_str::<Bytes>("[1,2,255]").unwrap(), bytes);
    assert_eq!(msgpack::from_slice::<Bytes>(b"\xc4\x03\x01\x02\xff").unwrap(), bytes);
    assert_eq!(from_value::<Bytes>(&to_value(&bytes).unwrap()).unwrap(), bytes);
    // A plain list of `u8` is a sequence to serde.
    assert_eq!(msgpack::to_vec(&[1u8, 2]).unwrap(), b"\x92\x01\x02");
}

#[test]
fn the_codec_has_its_own_way_with_short_floats_and_long_integers() {
    assert_eq!(msgpack::to_vec(&0.5f32).unwrap(), b"\xcb\x3f\xe0\0\0\0\0\0\0");
    assert_eq!(msgpack::from_slice::<f32>(&rmp_serde::to_vec(&0.1f32).unwrap()).unwrap(), 0.1);
    assert_eq!(json::to_string(&0.1f32).unwrap(), "0.1");
    assert_eq!(json::to_string(&u128::MAX).unwrap(), u128::MAX.to_string());
    assert_eq!(json::from_str::<u128>(&u128::MAX.to_string()).unwrap(), u128::MAX);
    assert_eq!(msgpack::to_vec(&7i128).unwrap(), b"\x07");
    assert!(msgpack::to_vec(&u128::MAX).is_err());
    assert_eq!(json::to_string(&f64::NAN).unwrap(), "null");
}

#[test]
fn text_is_borrowed_where_it_can_be() {
    let borrowed: &str = json::from_str(r#""plain""#).unwrap();
    assert_eq!(borrowed, "plain");
    assert_eq!(json::from_str::<Cow<'_, str>>(r#""a\nb""#).unwrap(), "a\nb");
    assert!(json::from_str::<&str>(r#""a\nb""#).is_err());
    let bytes: &[u8] = msgpack::from_slice(b"\xc4\x01\x07").unwrap();
    assert_eq!(bytes, [7]);
}

#[test]
fn structs_are_read_from_sequences_and_units_from_null() {
    assert_eq!(json::from_str::<Struct>(r#"[null,[[1,"a"]],null,4]"#).unwrap().skipped, Some(4));
    assert_eq!(json::from_str::<Unit>("null").unwrap(), Unit);
    assert_eq!(msgpack::from_slice::<Unit>(b"\xc0").unwrap(), Unit);
    assert_eq!(json::from_str::<Enum>(r#"{"Unit":null}"#).unwrap(), Enum::Unit);
}
