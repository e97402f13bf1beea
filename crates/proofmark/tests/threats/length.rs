//! Limits on the bytes of an input and the length of a collection: exact, and the same on every way.

use proofmark::{ErrorKind, Format, Limits, Record, Value, json, msgpack};

use crate::way::{FORMATS, Verdict, WAYS, decode};

const TOO_LONG: Verdict = Verdict::Refused(ErrorKind::Limit);

fn in_json(len: usize, [open, item, close]: [&str; 3]) -> Vec<u8> {
    [open, &vec![item; len].join(","), close].concat().into_bytes()
}

fn in_msgpack(len: usize, header: u8, item: &[u8]) -> Vec<u8> {
    [&[header + len as u8][..], &item.repeat(len)].concat()
}

/// Collections of `len` elements or entries, alone and inside others.
fn collections(format: Format, len: usize) -> Vec<Vec<u8>> {
    match format {
        Format::Json => vec![
            in_json(len, ["[", "1", "]"]),
            in_json(len, ["[ ", "[]", " ]"]),
            in_json(len, ["{", r#""a":1"#, "}"]),
            in_json(len, ["{ ", r#""\u0061": {}"#, " }"]),
            in_json(len, ["[[", "1", "]]"]),
            in_json(len, [r#"{"a":[[],{"b":{"#, r#""a":"""#, "}}]}"]),
        ],
        Format::MsgPack => vec![
            in_msgpack(len, 0x90, b"\x01"),
            in_msgpack(len, 0x90, b"\x90"),
            in_msgpack(len, 0x80, b"\xa1a\x01"),
            in_msgpack(len, 0x80, b"\xa1a\x80"),
            [b"\x91", &in_msgpack(len, 0x90, b"\xc0")[..]].concat(),
            [b"\x81\xa1a\x92\x90\x81\xa1b", &in_msgpack(len, 0x80, b"\xa1a\xa0")[..]].concat(),
        ],
    }
}

#[test]
fn length_is_limited_to_the_element_on_every_way() {
    for format in FORMATS {
        // Two, for so many entries stand around the value.
        for limit in [2, 3, 7] {
            let mut limits = Limits::DEFAULT;
            limits.collection_len_max = limit;
            for (len, verdict) in
                [(limit - 1, Verdict::Accepted), (limit, Verdict::Accepted), (limit + 1, TOO_LONG)]
            {
                for (way, value) in WAYS
                    .iter()
                    .flat_map(|way| collections(format, len).into_iter().map(move |value| (way, value)))
                {
                    let found = way.verdict_within(format, &value, limits);
                    assert_eq!(found, verdict, "{}: limit {limit}, {}", way.name, value.escape_ascii());
                }
            }
        }
    }
}

#[test]
fn size_is_limited_to_the_byte_on_every_way() {
    for (format, value) in [(Format::Json, &b"[1,\"22\",{}]"[..]), (Format::MsgPack, b"\x93\x01\xa222\x80")] {
        for way in WAYS {
            let mut limits = Limits::DEFAULT;
            let check = |limits, verdict| {
                assert_eq!(way.verdict_within(format, value, limits), verdict, "{}: {format:?}", way.name);
            };
            limits.input_bytes_max = way.len_around(format) + value.len() + 1;
            check(limits, Verdict::Accepted);
            limits.input_bytes_max -= 1;
            check(limits, Verdict::Accepted);
            limits.input_bytes_max -= 1;
            check(limits, TOO_LONG);
            limits.input_bytes_max = 0;
            check(limits, TOO_LONG);
            limits.input_bytes_max = usize::MAX;
            check(limits, Verdict::Accepted);
        }
    }
}

#[derive(Record)]
#[record(tag = "t", allow_unknown)]
#[allow(dead_code)]
struct Three {
    a: u8,
    #[field(default)]
    b: u8,
    #[field(default)]
    c: u8,
}

#[test]
fn entries_of_a_record_count_whether_known_unknown_repeated_or_the_tag() {
    for (text, len) in [
        (r#"{"a":1}"#, 1),
        (r#"{"type":"t","a":1}"#, 2),
        (r#"{"a":1,"b":2,"c":3}"#, 3),
        (r#"{"c":1,"b":2,"a":3}"#, 3),
        (r#"{"a":1,"a":2,"a":3}"#, 3),
        (r#"{"type":"t","a":1,"b":2,"c":3}"#, 4),
        (r#"{"a":1,"x":[],"y":{},"type":"t"}"#, 4),
        (r#"{"type":"t","type":"t","a":1,"x":0,"x":0}"#, 5),
    ] {
        for (limit, fits) in [(len - 1, false), (len, true), (len + 1, true)] {
            let mut limits = Limits::DEFAULT;
            limits.collection_len_max = limit;
            let kind = |read: proofmark::Result<Three>| read.err().map(|error| error.kind());
            let refused = (!fits).then_some(ErrorKind::Limit);
            assert_eq!(kind(decode(Format::Json, text.as_bytes(), limits)), refused, "{text}: {limit}");
            assert_eq!(kind(decode(Format::MsgPack, &packed(text, len), limits)), refused, "{text}: {limit}");
        }
    }
}

/// The same entries in MessagePack, repeated ones too.
fn packed(text: &str, len: usize) -> Vec<u8> {
    let entries = text[1..text.len() - 1].split(',').flat_map(|entry| {
        let (key, value) = entry.split_once(':').unwrap();
        [key, value].map(|part| msgpack::to_vec(&json::from_str::<Value>(part).unwrap()).unwrap()).concat()
    });
    [0x80 | len as u8].into_iter().chain(entries).collect()
}
