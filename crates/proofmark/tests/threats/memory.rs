//! Memory: what the input merely claims takes none, and what it has takes a small multiple of its size.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    rc::Rc,
};

use indexmap::IndexMap;
use proofmark::{
    Ext, Format, Lazy, Limits, Record, Value, decode::DecodeOwned, scalar::Decimal, serde::AsSerde,
};

use crate::way::{WAYS, decode};

/// What an error takes: its box, its message, the steps of its path.
const ERROR_BYTES_MAX: u64 = 16 << 10;

fn peak(run: impl FnOnce()) -> u64 {
    allocation_counter::measure(run).bytes_max
}

/// Headers that claim more than follows them.
fn lies() -> Vec<Vec<u8>> {
    let headers: [&[u8]; 14] = [
        b"\x9f",
        b"\xdc\xff\xff",
        b"\xdd\xff\xff\xff\xff",
        b"\x8f",
        b"\xde\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xd9\xff",
        b"\xda\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xc7\xff\x05",
        b"\xc9\xff\xff\xff\xff\x05",
        b"\xc9\xff\xff\xff\xff\xff",
        b"\xdd\x7f\xff\xff\xff",
    ];
    // Few values or none: those that are there may take memory.
    let fillers =
        [(b"\x01", 0), (b"\x01", 10), (b"\xc0", 100), (b"\xc1", 100), (b"\xc1", 10_000), (b"\x90", 20)];
    headers
        .iter()
        .flat_map(|header| fillers.map(|(byte, len)| [*header, &byte.repeat(len)[..]].concat()))
        .collect()
}

#[derive(Record)]
#[record(allow_unknown)]
#[allow(dead_code)]
struct Tree {
    #[field(default)]
    name: Option<String>,
    #[field(default)]
    numbers: Option<Vec<u64>>,
    children: Vec<Tree>,
}

#[derive(Record)]
#[record(positional)]
#[allow(dead_code)]
struct Line {
    lines: Vec<Line>,
    numbers: [u64; 4],
}

/// Reads every lie as a `T`, alone and as the last element of honest ones.
fn check<T: DecodeOwned>() {
    for lie in lies() {
        for input in [lie.clone(), [b"\x92\x90", &lie[..]].concat(), [b"\x91\x91\x91", &lie[..]].concat()] {
            let used = peak(|| drop(decode::<T>(Format::MsgPack, &input, Limits::DEFAULT)));
            let allowed = 2 * input.len() as u64 + ERROR_BYTES_MAX;
            let name = std::any::type_name::<T>();
            assert!(
                used <= allowed,
                "{used} bytes for {} of {}.. as {name}",
                input.len(),
                input[..6].escape_ascii()
            );
        }
    }
}

#[test]
fn a_length_that_is_a_lie_takes_no_memory() {
    check::<Value>();
    check::<Lazy<Value>>();
    check::<Vec<u64>>();
    check::<Vec<()>>();
    check::<Vec<u8>>();
    check::<Vec<String>>();
    check::<Vec<[u64; 32]>>();
    check::<Vec<[Decimal; 200]>>();
    check::<[u64; 16_000]>();
    check::<VecDeque<Option<f64>>>();
    check::<Box<[u64]>>();
    check::<Rc<[Vec<u64>]>>();
    check::<(Vec<u64>, Vec<Vec<u64>>)>();
    check::<BTreeSet<u64>>();
    check::<HashSet<u64>>();
    check::<BTreeMap<u64, u64>>();
    check::<HashMap<String, Vec<u64>>>();
    check::<IndexMap<u64, u64>>();
    check::<String>();
    check::<Ext>();
    check::<jiff::Timestamp>();
    check::<Tree>();
    check::<Line>();
    check::<Vec<Tree>>();
    check::<AsSerde<Vec<u64>>>();
    check::<AsSerde<HashMap<u64, u64>>>();
    check::<AsSerde<serde_json::Value>>();
}

#[test]
fn lies_inside_lies_share_what_they_may_claim() {
    let nested: [(&str, Vec<u8>); 3] = [
        ("arrays", b"\xdd\xff\xff\xff\xff".repeat(120)),
        ("records", b"\x81\xa8children\xdd\xff\xff\xff\xff".repeat(60)),
        ("lines", [&b"\x92\xdd\xff\xff\xff\xff".repeat(60)[..], &[0x90; 40]].concat()),
    ];
    for (name, input) in nested {
        let allowed = 2 * input.len() as u64 + ERROR_BYTES_MAX;
        let check =
            |kind, used| assert!(used <= allowed, "{name} as {kind}: {used} bytes for {}", input.len());
        check("value", peak(|| drop(decode::<Value>(Format::MsgPack, &input, Limits::DEFAULT))));
        check("tree", peak(|| drop(decode::<Tree>(Format::MsgPack, &input, Limits::DEFAULT))));
        check("line", peak(|| drop(decode::<Line>(Format::MsgPack, &input, Limits::DEFAULT))));
        check(
            "serde",
            peak(|| drop(decode::<AsSerde<serde_json::Value>>(Format::MsgPack, &input, Limits::DEFAULT))),
        );
    }
}

#[test]
fn every_way_takes_no_memory_for_a_lie() {
    for (way, lie) in WAYS.iter().flat_map(|way| lies().into_iter().map(move |lie| (way, lie))) {
        let used = peak(|| _ = way.verdict_of_cut(Format::MsgPack, &lie));
        // The reader's buffer and the test's own copy come on top.
        let allowed = 6 * lie.len() as u64 + ERROR_BYTES_MAX;
        assert!(used <= allowed, "{}: {used} bytes for {}", way.name, lie.len());
    }
}

#[test]
fn elements_without_a_size_take_no_memory_and_end_with_the_input() {
    let honest = [&b"\xdd\0\x0f\x42\x40"[..], &[0xc0; 1_000_000]].concat();
    let mut len = 0;
    let used = peak(|| len = decode::<Vec<()>>(Format::MsgPack, &honest, Limits::DEFAULT).unwrap().len());
    assert_eq!((len, used), (1_000_000, 0));
    let lie = [&b"\xdd\xff\xff\xff\xff"[..], &[0xc0; 1_000_000]].concat();
    assert!(decode::<Vec<()>>(Format::MsgPack, &lie, Limits::DEFAULT).is_err());
    assert!(decode::<Vec<[(); 0]>>(Format::MsgPack, &lie, Limits::DEFAULT).is_err());
    let json = [&b"["[..], &b"null,".repeat(100_000), b"null]"].concat();
    assert_eq!(decode::<Vec<()>>(Format::Json, &json, Limits::DEFAULT).unwrap().len(), 100_001);
}

/// Inputs whose values are as small as can be on the wire, and what they may take in memory per byte.
fn small_values(len: usize) -> Vec<(Format, &'static str, Vec<u8>)> {
    let json =
        |open: &str, item: &str, close: &str| [open, &vec![item; len].join(","), close].concat().into_bytes();
    let msgpack = |item: &[u8]| [&[0xdd][..], &(len as u32).to_be_bytes(), &item.repeat(len)].concat();
    vec![
        (Format::Json, "zeros", json("[", "0", "]")),
        (Format::Json, "empty lists", json("[", "[]", "]")),
        (Format::Json, "empty objects", json("[", "{}", "]")),
        (Format::Json, "empty strings", json("[", r#""""#, "]")),
        (Format::Json, "small strings", json("[", r#""a""#, "]")),
        (Format::Json, "lists of one", json("[", "[0]", "]")),
        (Format::Json, "objects of one", json("[", r#"{"":0}"#, "]")),
        (Format::Json, "lists of two", json("[", "[[],[]]", "]")),
        (Format::Json, "lists of five", json("[", "[0,0,0,0,0]", "]")),
        (Format::MsgPack, "nils", msgpack(b"\xc0")),
        (Format::MsgPack, "empty lists", msgpack(b"\x90")),
        (Format::MsgPack, "empty strings", msgpack(b"\xa0")),
        (Format::MsgPack, "small strings", msgpack(b"\xa1a")),
        (Format::MsgPack, "lists of one", msgpack(b"\x91\xc0")),
        (Format::MsgPack, "maps of one", msgpack(b"\x81\xa0\xc0")),
        (Format::MsgPack, "lists of five", msgpack(b"\x95\xc0\xc0\xc0\xc0\xc0")),
        (Format::MsgPack, "empty extensions", msgpack(b"\xc7\0\x05")),
    ]
}

/// A value of one byte takes 32 in memory; and while a list of them grows, it is there once, and once more twice as long.
const UNTYPED_TIMES_MAX: u64 = 3 * 32;

#[test]
fn untyped_values_take_a_bounded_multiple_of_the_input() {
    // As many as make the list grow last.
    for (format, name, input) in small_values((1 << 17) + 1) {
        let used = peak(|| drop(decode::<Value>(format, &input, Limits::DEFAULT).unwrap()));
        let times = used / input.len() as u64;
        assert!(times <= UNTYPED_TIMES_MAX, "{format:?} {name}: {times} times");
    }
}
