//! Raw values: nothing is pasted into a document that was not one value before, and nothing it holds breaks out.

use std::collections::BTreeMap;

use proofmark::{ErrorKind, Format, Lazy, Limits, Raw, Record, Value, json, msgpack};

use crate::way::{FORMATS, decode};

#[derive(Record, Debug)]
struct Holder<'a> {
    x: Raw<'a>,
    after: u8,
}

/// What would end the value, begin another one, or close what stands around it.
const JSON_BREAKOUTS: [&str; 20] = [
    "",
    " ",
    "1,2",
    "1}",
    "1]",
    "]",
    "}",
    ",",
    "1,\"admin\":true",
    "\"a\":1",
    "\"a",
    "a\"",
    "[1",
    "{\"a\":1",
    "1\0",
    "1//",
    "\u{feff}1",
    "NaN",
    "\"\n\"",
    "{}{}",
];

const MSGPACK_BREAKOUTS: [&[u8]; 9] =
    [b"", b"\x01\x02", b"\x91", b"\x92\x01", b"\xc1", b"\xa2a", b"\x81\xa1a", b"\xd9", b"\xa1\xff"];

#[test]
fn what_is_not_one_value_is_no_raw_value() {
    for text in JSON_BREAKOUTS {
        assert!(Raw::new(Format::Json, text.as_bytes()).is_err(), "{text:?}");
    }
    for bytes in MSGPACK_BREAKOUTS {
        assert!(Raw::new(Format::MsgPack, bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn what_is_pasted_stays_one_value_in_both_formats() {
    let texts = [
        "1",
        " [1] ",
        "\"\\u0022,\\u007d\"",
        r#"{"a":"}"}"#,
        "\"\u{2028}</script>\"",
        "\n{\n\"a\"\n:\n1\n}\n",
        "-0.0",
        "1e400",
    ];
    for text in texts {
        let holder = Holder { x: Raw::new(Format::Json, text.as_bytes()).unwrap(), after: 7 };
        let written = json::to_vec(&holder).unwrap();
        let read: Holder<'_> = json::from_slice(&written).unwrap();
        assert_eq!((read.x.as_bytes(), read.after), (text.trim().as_bytes(), 7), "{text}");
        // Numbers that no float holds can be pasted and not transcoded.
        if let Ok(packed) = msgpack::to_vec(&holder) {
            let again: Holder<'_> = msgpack::from_slice(&packed).unwrap();
            assert_eq!(again.after, 7, "{text}");
            assert_eq!(again.x.decode::<Value>().unwrap(), json::from_str::<Value>(text).unwrap(), "{text}");
        }
    }
}

#[test]
fn text_from_messagepack_is_escaped_in_json() {
    let hostile = "\",\"admin\":true,\"x\":\"\n\\\0";
    let raw = Raw::encode(Format::MsgPack, &BTreeMap::from([(hostile, hostile)])).unwrap();
    let written = json::to_vec(&Holder { x: raw, after: 7 }).unwrap();
    let value: Value = json::from_slice(&written).unwrap();
    assert_eq!(value.as_map().unwrap().len(), 2);
    assert_eq!(value["x"][hostile], hostile);
}

#[test]
fn a_raw_value_of_many_lines_is_one_line_among_lines() {
    let raw = Raw::new(Format::Json, &b" {\n \"a\" :\r\n [ 1 , \"\\n\" ]\n}\n"[..]).unwrap();
    let lines = json::to_lines([&raw, &raw]).unwrap();
    assert_eq!(lines, b"{\"a\":[1,\"\\n\"]}\n{\"a\":[1,\"\\n\"]}\n");
    let holder = json::to_lines([Holder { x: raw, after: 7 }]).unwrap();
    assert_eq!(holder, b"{\"x\":{\"a\":[1,\"\\n\"]},\"after\":7}\n");
    // What is on one line already stays as it came.
    let raw = Raw::new(Format::Json, &b"[ 1.50 ]"[..]).unwrap();
    assert_eq!(json::to_lines([raw]).unwrap(), b"[ 1.50 ]\n");
}

#[test]
fn a_raw_value_is_not_pasted_where_it_would_be_too_deep_to_be_read() {
    for format in FORMATS {
        let nested = |depth: usize| match format {
            Format::Json => ["[".repeat(depth), "]".repeat(depth)].concat().into_bytes(),
            Format::MsgPack => [&b"\x91".repeat(depth - 1)[..], b"\x90"].concat(),
        };
        for (depth, fits) in [(1, true), (125, true), (126, true), (127, false), (128, false)] {
            let raw = Raw::new(format, nested(depth)).unwrap();
            // Two levels stand around it.
            let document = [Holder { x: raw.clone(), after: 7 }];
            let written = match format {
                Format::Json => json::to_vec(&document),
                Format::MsgPack => msgpack::to_vec(&document),
            };
            let lazy = Lazy::<Value>::from_raw(raw);
            let packed = msgpack::to_vec(&[[&lazy]]);
            assert_eq!(
                packed.map_err(|error| error.kind()).err(),
                (!fits).then_some(ErrorKind::Limit),
                "{depth}"
            );
            match written {
                Ok(written) => {
                    assert!(
                        fits && decode::<Value>(format, &written, Limits::DEFAULT).is_ok(),
                        "{format:?} {depth}"
                    );
                    let read: Vec<Holder<'_>> = decode(format, &written, Limits::DEFAULT).unwrap();
                    assert_eq!(
                        Raw::encode(format, &read[0].x.decode::<Value>().unwrap()).unwrap(),
                        read[0].x
                    );
                }
                Err(error) => {
                    assert_eq!((fits, error.kind()), (false, ErrorKind::Limit), "{format:?} {depth}")
                }
            }
        }
    }
}

#[test]
fn a_raw_value_is_no_key() {
    #[derive(Record, PartialEq, Eq, PartialOrd, Ord, Clone)]
    #[record(transparent)]
    struct Key(String);
    let text = Raw::new(Format::Json, &b"\"a\":1,\"b\""[..]);
    assert!(text.is_err());
    let map = BTreeMap::from([(Key("a\":1,\"b".to_owned()), 1)]);
    let written = json::to_vec(&map).unwrap();
    assert_eq!(json::from_slice::<Value>(&written).unwrap().as_map().unwrap().len(), 1);
}

#[test]
fn a_raw_value_is_checked_for_the_format_it_claims() {
    assert!(Raw::new(Format::Json, &b"\x93\x01\x02\x03"[..]).is_err());
    // Every ASCII byte is a small integer in MessagePack, but only one of them is a value.
    assert!(Raw::new(Format::MsgPack, &b"[1]"[..]).is_err());
    let raw = Raw::new(Format::MsgPack, &b"7"[..]).unwrap();
    assert_eq!(json::to_string(&raw).unwrap(), "55");
}
