//! Null, absence and zero are three things: none of them becomes another in silence.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proofmark::{Decode, ErrorKind, Maybe, Record, Value, from_value, json, msgpack, scalar::Decimal};

fn kinds<T: for<'de> Decode<'de>>(text: &str) -> [Option<ErrorKind>; 3] {
    let value: Value = json::from_str(text).unwrap();
    [
        json::from_str::<T>(text).err().map(|error| error.kind()),
        msgpack::from_slice::<T>(&msgpack::to_vec(&value).unwrap()).err().map(|error| error.kind()),
        from_value::<T>(&value).err().map(|error| error.kind()),
    ]
}

#[track_caller]
fn refuse_null<T: for<'de> Decode<'de>>() {
    for text in ["null", "[null]", r#"{"a":null}"#] {
        let found = match text.as_bytes()[0] {
            b'[' => kinds::<Vec<T>>(text),
            b'{' => kinds::<BTreeMap<String, T>>(text),
            _ => kinds::<T>(text),
        };
        assert_eq!(found, [Some(ErrorKind::Type); 3], "{} from {text}", std::any::type_name::<T>());
    }
}

#[test]
fn null_is_no_value_of_any_other_type() {
    refuse_null::<bool>();
    refuse_null::<u64>();
    refuse_null::<i8>();
    refuse_null::<i128>();
    refuse_null::<f64>();
    refuse_null::<f32>();
    refuse_null::<char>();
    refuse_null::<String>();
    refuse_null::<Vec<u64>>();
    refuse_null::<Vec<u8>>();
    refuse_null::<[u8; 2]>();
    refuse_null::<[u16; 0]>();
    refuse_null::<(u8,)>();
    refuse_null::<BTreeSet<u8>>();
    refuse_null::<HashMap<String, u8>>();
    refuse_null::<Decimal>();
    refuse_null::<uuid::Uuid>();
    refuse_null::<jiff::Timestamp>();
    refuse_null::<jiff::SignedDuration>();
    refuse_null::<Fields>();
    refuse_null::<Positional>();
    refuse_null::<Plain>();
    refuse_null::<Maybe<u8>>();
    refuse_null::<Box<u8>>();
}

#[derive(Record, Debug, PartialEq)]
enum Plain {
    One,
}

#[derive(Record, Debug, PartialEq)]
#[record(positional)]
struct Positional {
    a: u8,
    #[field(default)]
    b: Option<u8>,
}

#[derive(Record, Debug, PartialEq, Default)]
struct Fields {
    required: Option<u8>,
    #[field(default)]
    number: u8,
    #[field(default)]
    optional: Option<u8>,
    #[field(default = Some(7))]
    seven: Option<u8>,
    maybe: Maybe<u8>,
    both: Maybe<Option<u8>>,
}

#[track_caller]
fn check(text: &str, expected: Result<Fields, ErrorKind>) {
    let value: Value = json::from_str(text).unwrap();
    let found = [
        json::from_str::<Fields>(text),
        msgpack::from_slice(&msgpack::to_vec(&value).unwrap()),
        from_value(&value),
    ];
    for found in found {
        assert_eq!(
            found.as_ref().map_err(|error| error.kind()),
            expected.as_ref().map_err(|kind| *kind),
            "{text}"
        );
    }
    if let Ok(fields) = expected {
        assert_eq!(json::from_slice::<Fields>(&json::to_vec(&fields).unwrap()).unwrap(), fields);
        assert_eq!(msgpack::from_slice::<Fields>(&msgpack::to_vec(&fields).unwrap()).unwrap(), fields);
    }
}

fn absent() -> Fields {
    Fields { seven: Some(7), ..Fields::default() }
}

#[test]
fn absent_null_and_zero_are_told_apart_field_by_field() {
    check("{}", Err(ErrorKind::MissingField));
    check(r#"{"required":null}"#, Ok(absent()));
    check(r#"{"required":0}"#, Ok(Fields { required: Some(0), ..absent() }));
    check(r#"{"required":null,"number":null}"#, Err(ErrorKind::Type));
    check(r#"{"required":null,"optional":null}"#, Ok(absent()));
    check(r#"{"required":null,"optional":0}"#, Ok(Fields { optional: Some(0), ..absent() }));
    check(r#"{"required":null,"seven":null}"#, Ok(Fields { seven: None, ..absent() }));
    check(r#"{"required":null,"seven":0}"#, Ok(Fields { seven: Some(0), ..absent() }));
    check(r#"{"required":null,"maybe":null}"#, Err(ErrorKind::Type));
    check(r#"{"required":null,"maybe":0}"#, Ok(Fields { maybe: Maybe::Set(0), ..absent() }));
    check(r#"{"required":null,"both":null}"#, Ok(Fields { both: Maybe::Set(None), ..absent() }));
    check(r#"{"required":null,"both":0}"#, Ok(Fields { both: Maybe::Set(Some(0)), ..absent() }));
}

#[test]
fn what_is_empty_is_not_absent() {
    for text in ["\"\"", "[]", "{}", "0", "false"] {
        assert_ne!(kinds::<()>(text), [None; 3], "{text}");
        assert_ne!(kinds::<Option<Plain>>(text), [None; 3], "{text}");
    }
    assert_eq!(kinds::<Positional>("[]"), [Some(ErrorKind::Length); 3]);
    assert_eq!(kinds::<Positional>("[1]"), [None; 3]);
    assert_eq!(kinds::<Positional>("[1,null]"), [None; 3]);
    assert_eq!(kinds::<Positional>("[null,1]"), [Some(ErrorKind::Type); 3]);
}
