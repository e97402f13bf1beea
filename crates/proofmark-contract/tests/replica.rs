//! What a replica reads of every kind of type is what the type's own code reads, and so is what it refuses.

mod odd;

use std::collections::{BTreeMap, BTreeSet};

use proofmark::scalar::{DateTime, Decimal, Time};
use proofmark::{Maybe, Record, Result, Value, json, msgpack};
use proofmark_contract::{Codec, Registry, Replica, Use, View};

/// Each kind of type once, as a value that others differ from in one place.
#[derive(Record)]
#[record(encode_defaults)]
struct Kinds {
    small: (u8, i8, u16, i16, u32, i32),
    large: (u64, i64, u128, i128),
    floats: (f32, f64),
    text: String,
    bytes: Vec<u8>,
    four: [u8; 4],
    moment: DateTime,
    day: jiff::civil::Date,
    time: Time,
    span: jiff::SignedDuration,
    id: uuid::Uuid,
    price: Decimal,
    names: BTreeSet<String>,
    numbers: BTreeSet<i64>,
    spans: BTreeSet<(i64, bool)>,
    by_name: BTreeMap<String, Option<bool>>,
    by_number: BTreeMap<u8, Point>,
    by_color: BTreeMap<Color, u8>,
    any: Value,
    color: Color,
    level: Level,
    open: Open,
    event: Event,
    #[field(ge = 2, le = 9)]
    bound: i64,
    #[field(min_len = 2, pattern = "^[a-z]*$")]
    word: String,
    #[field(lenient)]
    loose: u32,
    #[field(default = 7)]
    step: u8,
    #[field(absent = "not known")]
    until: Maybe<Option<Point>>,
}

#[derive(Record, PartialEq, Eq, PartialOrd, Ord)]
#[record(positional)]
struct Point {
    x: i64,
    #[field(default)]
    y: i64,
}

#[derive(Record, PartialEq, Eq, PartialOrd, Ord)]
enum Color {
    Amber,
    #[variant(alias = "verde")]
    Green,
}

#[derive(Record)]
#[record(int)]
enum Level {
    Low = 1,
    High = 2,
}

#[derive(Record)]
enum Open {
    Known,
    #[variant(fallback)]
    Other(String),
}

#[derive(Record)]
#[record(tag = "moved")]
struct Moved {
    to: Point,
}

#[derive(Record)]
enum Event {
    Moved(Moved),
    Named(String),
    Gone(Option<bool>),
}

const TEXT: &str = r#"{"small":[1,-1,2,-2,3,-3],"large":[4,-4,340282366920938463463374607431768211455,-5],
"floats":[0.1,2.5],"text":"a \"quoted\" word","bytes":"AAEC","four":"AAECAw==","moment":"2026-11-23T05:30:00.5Z",
"day":"2026-11-23","time":"05:30:00","span":"PT90S","id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","price":"1.20",
"names":["b","a","b"],"numbers":[1,2,3],"spans":[[2,true],[1,false]],"by_name":{"b":true,"a":null,"b":false},
"by_number":{"1":[1],"0":[2,3]},"by_color":{"Amber":1,"verde":2},"any":{"z":[1,{"a":null}],"b":1.5},"color":"Green",
"level":2,"open":"else","event":{"to":[1,2],"type":"moved"},"bound":5,"word":"ab","loose":"12","until":null}"#;

fn replica() -> Replica {
    let registry = Registry::new().record::<Kinds>("kinds", 1, Use::Event);
    Replica::new(&registry.entries()[0].lock().expect("a record has a lock")).expect("it can be replayed")
}

/// Checks that a record is read as its own code reads it, or refused in the same words.
#[track_caller]
fn check(replica: &Replica, input: &[u8], codec: Codec) -> bool {
    let own: Result<Kinds> = match codec {
        Codec::Json => json::from_slice(input),
        Codec::MessagePack => msgpack::from_slice(input),
    };
    match (own, replica.read(input, codec)) {
        (Ok(own), Ok(read)) => {
            let value = read.to_value();
            let written = replica.encode(&value, Codec::Json).expect("what was read can be written");
            assert_eq!(String::from_utf8_lossy(&written), json::to_string(&own).unwrap());
            assert_same(read.root(), &value);
            true
        }
        (Err(own), Err(read)) => {
            assert_eq!(read.to_string(), own.to_string());
            false
        }
        (own, read) => panic!("own: {:?}, replica: {read:?}", own.map(|own| json::to_string(&own))),
    }
}

/// A view and the value that it is a view of, as deep as they go.
#[track_caller]
fn assert_same(view: View<'_>, value: &Value) {
    assert_eq!((view.kind(), view.is_null()), (value.kind(), value.is_null()), "{value}");
    assert_eq!((view.as_i64(), view.as_u64()), (value.as_i64(), value.as_u64()));
    assert_eq!((view.as_bool(), view.as_f64()), (value.as_bool(), value.as_f64()));
    assert_eq!((view.as_str(), view.as_bytes()), (value.as_str(), value.as_bytes()));
    assert_eq!(&view.to_value(), value);
    let items = value.as_array().map_or(&[][..], |items| items);
    assert_eq!(view.items().count(), items.len(), "{value}");
    view.items().zip(items).for_each(|(view, item)| assert_same(view, item));
    let entries = value.as_map().map_or(&[][..], |map| map);
    assert_eq!(view.entries().count(), entries.len(), "{value}");
    for ((key, view), (name, item)) in view.entries().zip(entries) {
        assert_same(key, name);
        assert_same(view, item);
    }
    let names = entries.iter().filter_map(|(name, _)| name.as_str());
    names.for_each(|name| assert_eq!(view.get(name).map(View::to_value).as_ref(), value.get(name)));
    assert!(view.get("no such field").is_none());
}

#[test]
fn each_kind_of_type_is_read_as_its_own_code_reads_it() {
    let replica = replica();
    assert!(check(&replica, TEXT.as_bytes(), Codec::Json));
}

#[test]
fn odd_values_are_read_or_refused_as_by_its_own_code() {
    let replica = replica();
    let value: Value = json::from_str(TEXT).unwrap();
    let odd = odd::odd_values(&value);
    let read = odd.iter().filter(|odd| check(&replica, &json::to_vec(odd).unwrap(), Codec::Json)).count();
    assert!((50..odd.len() - 50).contains(&read), "{read} of {} were read", odd.len());
}

#[test]
fn packed_records_are_read_or_refused_as_by_its_own_code() {
    let replica = replica();
    let text = TEXT.replace("340282366920938463463374607431768211455", "18446744073709551615");
    let own: Kinds = json::from_str(&text).unwrap();
    let bytes = msgpack::to_vec(&own).unwrap();
    assert!(check(&replica, &bytes, Codec::MessagePack));
    for at in 0..bytes.len() {
        check(&replica, &bytes[..at], Codec::MessagePack);
        for flip in [0x01, 0x11, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= flip;
            check(&replica, &damaged, Codec::MessagePack);
        }
    }
}
