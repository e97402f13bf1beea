//! The many encodings MessagePack has for one value, the byte it has for none, and keys that are not text.

use std::collections::BTreeMap;

use proofmark::{ErrorKind, Format, Limits, Record, Value, json, msgpack};

use crate::way::{Verdict, WAYS, decode};

/// A value as JSON text, and every encoding of it; the first is the shortest.
const ENCODINGS: [(&str, &[&[u8]]); 16] = [
    (
        "0",
        &[
            b"\x00",
            b"\xcc\0",
            b"\xcd\0\0",
            b"\xce\0\0\0\0",
            b"\xcf\0\0\0\0\0\0\0\0",
            b"\xd0\0",
            b"\xd1\0\0",
            b"\xd2\0\0\0\0",
            b"\xd3\0\0\0\0\0\0\0\0",
        ],
    ),
    ("127", &[b"\x7f", b"\xcc\x7f", b"\xcd\0\x7f", b"\xd0\x7f", b"\xd3\0\0\0\0\0\0\0\x7f"]),
    ("128", &[b"\xcc\x80", b"\xcd\0\x80", b"\xce\0\0\0\x80", b"\xd1\0\x80", b"\xd2\0\0\0\x80"]),
    ("256", &[b"\xcd\x01\0", b"\xce\0\0\x01\0", b"\xd1\x01\0"]),
    ("65536", &[b"\xce\0\x01\0\0", b"\xcf\0\0\0\0\0\x01\0\0", b"\xd2\0\x01\0\0"]),
    ("4294967296", &[b"\xcf\0\0\0\x01\0\0\0\0", b"\xd3\0\0\0\x01\0\0\0\0"]),
    (
        "-1",
        &[
            b"\xff",
            b"\xd0\xff",
            b"\xd1\xff\xff",
            b"\xd2\xff\xff\xff\xff",
            b"\xd3\xff\xff\xff\xff\xff\xff\xff\xff",
        ],
    ),
    ("-32", &[b"\xe0", b"\xd0\xe0", b"\xd1\xff\xe0"]),
    ("-33", &[b"\xd0\xdf", b"\xd1\xff\xdf", b"\xd2\xff\xff\xff\xdf"]),
    ("-32769", &[b"\xd2\xff\xff\x7f\xff", b"\xd3\xff\xff\xff\xff\xff\xff\x7f\xff"]),
    ("1.5", &[b"\xcb\x3f\xf8\0\0\0\0\0\0", b"\xca\x3f\xc0\0\0"]),
    ("\"a\"", &[b"\xa1a", b"\xd9\x01a", b"\xda\0\x01a", b"\xdb\0\0\0\x01a"]),
    ("\"\"", &[b"\xa0", b"\xd9\0", b"\xda\0\0", b"\xdb\0\0\0\0"]),
    ("[1]", &[b"\x91\x01", b"\xdc\0\x01\x01", b"\xdd\0\0\0\x01\x01"]),
    ("[]", &[b"\x90", b"\xdc\0\0", b"\xdd\0\0\0\0"]),
    (r#"{"a":1}"#, &[b"\x81\xa1a\x01", b"\xde\0\x01\xa1a\x01", b"\xdf\0\0\0\x01\xd9\x01a\xcc\x01"]),
];

#[test]
fn every_encoding_is_the_same_value_and_the_shortest_is_written() {
    for (text, encodings) in ENCODINGS {
        let value: Value = json::from_str(text).unwrap();
        assert_eq!(msgpack::to_vec(&value).unwrap(), encodings[0], "{text}");
        for encoding in encodings {
            assert_eq!(
                msgpack::from_slice::<Value>(encoding).unwrap(),
                value,
                "{text}: {}",
                encoding.escape_ascii()
            );
            for way in WAYS {
                let found = way.verdict(Format::MsgPack, encoding);
                assert_eq!(found, Verdict::Accepted, "{}: {}", way.name, encoding.escape_ascii());
            }
        }
    }
}

#[derive(Record, Debug, PartialEq)]
struct Entry {
    a: i64,
}

#[test]
fn typed_values_are_read_from_every_encoding() {
    for (text, encodings) in ENCODINGS {
        for encoding in encodings {
            let found = |json: bool| match text.as_bytes()[0] {
                _ if text == "1.5" => msgpack::from_slice::<f64>(encoding).map(|value| value.to_string()),
                b'"' => msgpack::from_slice::<String>(encoding).map(|text| format!("\"{text}\"")),
                b'[' => msgpack::from_slice::<Vec<i64>>(encoding).map(|list| json::to_string(&list).unwrap()),
                b'{' if json => {
                    msgpack::from_slice::<Entry>(encoding).map(|entry| json::to_string(&entry).unwrap())
                }
                b'{' => msgpack::from_slice::<BTreeMap<String, i64>>(encoding)
                    .map(|map| json::to_string(&map).unwrap()),
                _ => msgpack::from_slice::<i64>(encoding).map(|value| value.to_string()),
            };
            assert_eq!(found(true).unwrap(), text, "{}", encoding.escape_ascii());
            assert_eq!(found(false).unwrap(), text, "{}", encoding.escape_ascii());
        }
    }
}

#[test]
fn the_byte_that_is_no_value_is_refused_wherever_it_stands() {
    let places: [&[u8]; 9] = [
        b"\xc1",
        b"\x91\xc1",
        b"\x92\x01\xc1",
        b"\x81\xa1a\xc1",
        b"\x81\xc1\x01",
        b"\x82\xa1a\x01\xc1\x01",
        b"\x91\x91\x91\xc1",
        b"\xdd\0\0\0\x01\xc1",
        b"\x81\xa1a\x81\xa1b\xc1",
    ];
    for (way, place) in WAYS.iter().flat_map(|way| places.map(|place| (way, place))) {
        let found = way.verdict(Format::MsgPack, place);
        assert_eq!(found, Verdict::Refused(ErrorKind::Malformed), "{}: {}", way.name, place.escape_ascii());
    }
}

/// Maps with one entry whose key is no text.
const ODD_KEYS: [&[u8]; 9] = [
    b"\x81\x01\x02",
    b"\x81\xff\x02",
    b"\x81\xc0\x02",
    b"\x81\xc3\x02",
    b"\x81\xcb\x7f\xf8\0\0\0\0\0\0\x02",
    b"\x81\x91\x01\x02",
    b"\x81\x81\xa1a\x01\x02",
    b"\x81\xc4\x01a\x02",
    b"\x81\xd4\x05a\x02",
];

#[test]
fn keys_that_are_not_text_are_kept_untyped_and_refused_by_records() {
    for (way, map) in WAYS.iter().flat_map(|way| ODD_KEYS.map(|map| (way, map))) {
        let verdict = if way.name == "typed" { Verdict::Refused(ErrorKind::Type) } else { Verdict::Accepted };
        assert_eq!(way.verdict(Format::MsgPack, map), verdict, "{}: {}", way.name, map.escape_ascii());
    }
    for map in ODD_KEYS {
        let value: Value = msgpack::from_slice(map).unwrap();
        assert_eq!(msgpack::to_vec(&value).unwrap(), map);
        let refused =
            |error: Option<proofmark::Error>| assert_eq!(error.unwrap().kind(), ErrorKind::Type, "{map:?}");
        refused(msgpack::from_slice::<Entry>(map).err());
        refused(msgpack::from_slice::<Ignorer>(map).err());
        refused(msgpack::from_slice::<Tagged>(&[b"\x82", &map[1..], b"\xa4type\xa1A"].concat()).err());
        refused(proofmark::from_value::<Ignorer>(&value).err());
    }
}

#[derive(Record)]
#[record(allow_unknown)]
struct Ignorer {}

#[derive(Record)]
#[record(allow_unknown)]
enum Tagged {
    A {},
    B {},
}

#[test]
fn keys_that_are_not_a_number_are_one_key_and_written_in_one_order() {
    let nan = |payload: u8| [&b"\xcb\x7f\xf8\0\0\0\0\0"[..], &[payload]].concat();
    let map = [&b"\x84"[..], &nan(1), b"\x01", &nan(0), b"\x02", &nan(1), b"\x03\x00\x04"].concat();
    let value: Value = decode(Format::MsgPack, &map, Limits::DEFAULT).unwrap();
    let written = msgpack::to_vec(&value).unwrap();
    assert_eq!(
        msgpack::from_slice::<Value>(&written).unwrap().as_map().map(|map| map.len()),
        Some(value.as_map().unwrap().len())
    );
    assert_eq!(msgpack::to_vec(&msgpack::from_slice::<Value>(&written).unwrap()).unwrap(), written);
    assert!(value.as_map().unwrap().len() <= 3);
}
