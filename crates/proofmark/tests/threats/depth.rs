//! Nesting: a limit that is exact, and the same on every way; no input takes the stack.

use proofmark::{ErrorKind, Format, Limits, Raw, Record, Value, json, msgpack, schema};

use crate::way::{Verdict, WAYS, decode};

const TOO_DEEP: Verdict = Verdict::Refused(ErrorKind::Limit);
/// As many levels as no stack holds.
const DEEP: usize = 100_000;

/// How values nest: what opens a level, what stands inside the last, what closes a level.
struct Nest {
    format: Format,
    open: &'static [u8],
    inner: &'static [u8],
    close: &'static [u8],
}

const NESTS: [Nest; 8] = [
    Nest { format: Format::Json, open: b"[", inner: b"1", close: b"]" },
    Nest { format: Format::Json, open: b"[", inner: b"[]", close: b"]" },
    Nest { format: Format::Json, open: br#"{"a":"#, inner: b"{}", close: b"}" },
    Nest { format: Format::Json, open: b" [\n", inner: b"\t", close: b" ] " },
    Nest { format: Format::MsgPack, open: b"\x91", inner: b"\x01", close: b"" },
    Nest { format: Format::MsgPack, open: b"\x91", inner: b"\x90", close: b"" },
    Nest { format: Format::MsgPack, open: b"\x81\xa1a", inner: b"\x80", close: b"" },
    Nest { format: Format::MsgPack, open: b"\xdd\0\0\0\x01", inner: b"\xc0", close: b"" },
];

impl Nest {
    /// A value of so many levels.
    fn value(&self, depth: usize) -> Vec<u8> {
        let depth = depth - usize::from(matches!(self.inner, b"[]" | b"{}" | b"\x90" | b"\x80"));
        [&self.open.repeat(depth), self.inner, &self.close.repeat(depth)].concat()
    }
}

/// Runs `test` on threads with little stack, and with as much as programs have.
fn on_stacks(test: fn()) {
    for stack_bytes in [256 << 10, 8 << 20] {
        std::thread::Builder::new().stack_size(stack_bytes).spawn(test).unwrap().join().unwrap();
    }
}

#[test]
fn depth_is_limited_to_the_level_on_every_way() {
    on_stacks(|| {
        for (way, nest) in WAYS.iter().flat_map(|way| NESTS.iter().map(move |nest| (way, nest))) {
            for limit in [1, 2, 60, Limits::DEPTH_MAX] {
                let check = |depth, verdict| {
                    let found = way.verdict_within(nest.format, &nest.value(depth), Limits::depth(limit));
                    assert_eq!(found, verdict, "{}: {depth} of {limit} levels of {:?}", way.name, nest.open);
                };
                let limit = limit as usize;
                check(limit, Verdict::Accepted);
                check(limit + 1, TOO_DEEP);
                if limit > 1 {
                    check(limit - 1, Verdict::Accepted);
                }
            }
        }
    });
}

#[test]
fn bottomless_values_are_refused_on_every_way_whatever_the_stack() {
    on_stacks(|| {
        for (way, nest) in WAYS.iter().flat_map(|way| NESTS.iter().map(move |nest| (way, nest))) {
            let (whole, cut) = (nest.value(DEEP), nest.open.repeat(DEEP));
            assert_eq!(way.verdict(nest.format, &whole), TOO_DEEP, "{}: {:?}", way.name, nest.open);
            assert_eq!(way.verdict_of_cut(nest.format, &cut), TOO_DEEP, "{}: {:?}", way.name, nest.open);
        }
    });
}

#[test]
fn keys_inside_keys_are_levels_too() {
    on_stacks(|| {
        for (depth, fits) in
            [(Limits::DEPTH_MAX as usize, true), (Limits::DEPTH_MAX as usize + 1, false), (DEEP, false)]
        {
            // A map whose key is a map whose key is a map.
            let value = [&b"\x81".repeat(depth)[..], b"\xc0", &b"\xc0".repeat(depth)].concat();
            let refused = (!fits).then_some(ErrorKind::Limit);
            let kind = |error: proofmark::Error| error.kind();
            let read = decode::<Value>(Format::MsgPack, &value, Limits::DEFAULT);
            assert_eq!(read.err().map(kind), refused, "{depth}");
            assert_eq!(Raw::new(Format::MsgPack, value).err().map(kind), refused, "{depth}");
        }
    });
}

#[test]
fn the_deepest_value_is_cloned_compared_shown_and_written() {
    on_stacks(|| {
        for nest in NESTS {
            let input = nest.value(Limits::DEPTH_MAX as usize);
            let value: Value = decode(nest.format, &input, Limits::DEFAULT).unwrap();
            assert_eq!(value.clone(), value);
            assert!(value.to_string().len() > Limits::DEPTH_MAX as usize);
            assert!(format!("{value:?}").len() > Limits::DEPTH_MAX as usize);
            assert_eq!(msgpack::from_slice::<Value>(&msgpack::to_vec(&value).unwrap()).unwrap(), value);
            assert_eq!(json::from_slice::<Value>(&json::to_vec_pretty(&value).unwrap()).unwrap(), value);
            assert_eq!(proofmark::to_value(&value).unwrap(), value);
        }
    });
}

#[test]
fn a_value_built_too_deep_is_shown_in_part_refused_and_dropped() {
    on_stacks(|| {
        let in_array = (0..DEEP).fold(Value::Null, |value, _| Value::from_iter([value]));
        let in_map = (0..DEEP).fold(Value::Null, |value, _| Value::from_iter([("a", value)]));
        for value in [in_array, in_map] {
            assert_eq!(json::to_vec(&value).unwrap_err().kind(), ErrorKind::Limit);
            assert_eq!(msgpack::to_vec(&value).unwrap_err().kind(), ErrorKind::Limit);
            assert_eq!(proofmark::to_value(&value).unwrap_err().kind(), ErrorKind::Limit);
            assert_eq!(proofmark::from_value::<Value>(&value).unwrap_err().kind(), ErrorKind::Limit);
            assert!((128..4096).contains(&value.to_string().len()));
            assert!((128..4096).contains(&format!("{value:?}").len()));
            assert!((128..1 << 20).contains(&format!("{value:#?}").len()));
        }
    });
}

#[derive(Record, PartialEq)]
struct Tree {
    #[field(default)]
    left: Option<Box<Tree>>,
    #[field(default)]
    children: Vec<Tree>,
}

#[test]
fn the_schema_of_a_type_inside_itself_ends() {
    let text = schema::json_schema::<Tree>().unwrap();
    assert_eq!(text.matches("\"#/$defs/Tree\"").count(), 3, "{text}");
}
