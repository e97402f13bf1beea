//! All errors of a document at once: the same in every format, and the first as ever.

use std::collections::{BTreeMap, BTreeSet};

use proofmark::{
    Decode, ErrorKind, Errors, Limits, Maybe, Order, Record, Result, Value, convert,
    json::{self, decode_all_errors},
    msgpack,
};

/// The errors of `text` as a `T`, in all formats; the first is the one that a decoder gives that stops there.
#[track_caller]
fn check<T: for<'de> Decode<'de>>(text: &str, messages: &[&str]) {
    let value: Value = json::from_str(text).unwrap();
    let packed = msgpack::Encoder::new().order(Order::Declared).to_vec(&value).unwrap();
    agree(messages, decode_all_errors::<T>(text.as_bytes()).map(drop), json::from_str::<T>(text).map(drop));
    agree(
        messages,
        msgpack::decode_all_errors::<T>(&packed).map(drop),
        msgpack::from_slice::<T>(&packed).map(drop),
    );
    agree(
        messages,
        convert::decode_all_errors::<T>(&value).map(drop),
        convert::from_value::<T>(&value).map(drop),
    );
}

#[track_caller]
fn agree(messages: &[&str], all: Result<(), Errors>, first: Result<()>) {
    let all = all.err().map(Vec::from_iter).unwrap_or_default();
    let texts: Vec<_> = all.iter().map(ToString::to_string).collect();
    assert_eq!(texts, messages);
    let facts = |error: &proofmark::Error| (error.to_string(), error.path().clone(), error.offset());
    assert_eq!(all.first().map(facts), first.err().as_ref().map(facts));
}

#[derive(Record, Debug)]
struct Row {
    id: u32,
    #[field(max_len = 3)]
    name: String,
    #[field(default)]
    tags: Vec<u8>,
    note: Maybe<Option<bool>>,
}

#[test]
fn fields_of_one_record_are_all_told() {
    check::<Row>(r#"{"id":1,"name":"a"}"#, &[]);
    check::<Row>(
        r#"{"id":-1,"name":"long","note":7}"#,
        &[
            "Expected `int` >= 0 - at `$.id`",
            "Expected `str` of length <= 3 - at `$.name`",
            "Expected `bool | null`, got `int` - at `$.note`",
        ],
    );
}

#[test]
fn fields_in_another_order_are_all_told() {
    check::<Row>(
        r#"{"name":1,"id":"x"}"#,
        &["Expected `str`, got `int` - at `$.name`", "Expected `int`, got `str` - at `$.id`"],
    );
}

#[test]
fn unknown_fields_are_told_and_passed_and_missing_ones_told_last() {
    check::<Vec<Row>>(
        r#"[{"idd":{"x":[1]},"nome":2,"note":3},{"id":2,"name":"b"},{}]"#,
        &[
            "Object contains unknown field `idd` - at `$[0]`",
            "Object contains unknown field `nome` - at `$[0]`",
            "Expected `bool | null`, got `int` - at `$[0].note`",
            "Object missing required field `id` - at `$[0]`",
            "Object missing required field `name` - at `$[0]`",
            "Object missing required field `id` - at `$[2]`",
            "Object missing required field `name` - at `$[2]`",
        ],
    );
}

#[test]
fn containers_are_read_to_their_end() {
    check::<BTreeMap<String, Vec<Option<u8>>>>(
        r#"{"a":[1,"x"],"b":"AQ==","c":[]}"#,
        &["Expected `int | null`, got `str` - at `$[...][1]`", "Expected `array`, got `str` - at `$[...]`"],
    );
    check::<BTreeSet<u16>>(
        "[1,-1,true,2]",
        &["Expected `int` >= 0 - at `$[1]`", "Expected `int`, got `bool` - at `$[2]`"],
    );
    check::<(u16, String, bool)>(
        "[\"a\",2,3]",
        &[
            "Expected `int`, got `str` - at `$[0]`",
            "Expected `str`, got `int` - at `$[1]`",
            "Expected `bool`, got `int` - at `$[2]`",
        ],
    );
    check::<[u16; 3]>("[1,-2,-3]", &["Expected `int` >= 0 - at `$[1]`", "Expected `int` >= 0 - at `$[2]`"]);
    check::<[u16; 3]>("[1]", &["Expected `array` of length 3, got 1"]);
    check::<(u16, u16)>("[1]", &["Expected `array` of length 2, got 1"]);
}

#[test]
fn keys_at_fault_are_told_with_the_values_behind_them() {
    #[derive(Record, PartialEq, Eq, PartialOrd, Ord)]
    enum Color {
        Red,
        Blue,
    }
    check::<BTreeMap<Color, u16>>(
        r#"{"Red":1,"Rod":[1],"Blue":"x","Bloe":2}"#,
        &[
            "Invalid enum value 'Rod' - at `key` in `$`",
            "Expected `int`, got `str` - at `$[...]`",
            "Invalid enum value 'Bloe' - at `key` in `$`",
        ],
    );
}

#[derive(Record, Debug)]
#[record(positional)]
struct Scan {
    files: u16,
    rows: u16,
    #[field(default)]
    bytes: Option<u16>,
}

#[test]
fn positions_are_all_told() {
    check::<Vec<Scan>>(
        r#"[["a",-1,true],[1,2],[1]]"#,
        &[
            "Expected `int`, got `str` - at `$[0][0]`",
            "Expected `int` >= 0 - at `$[0][1]`",
            "Expected `int | null`, got `bool` - at `$[0][2]`",
            "Expected `array` of at least length 2, got 1 - at `$[2]`",
        ],
    );
}

#[derive(Record, Debug)]
enum Event {
    Open { id: u16 },
    Close { id: u16, code: i8 },
}

#[test]
fn members_of_unions_are_read_to_their_end() {
    check::<Vec<Event>>(
        r#"[{"type":"Close","id":-1,"code":300},{"type":"Shut","id":1},{"id":1,"type":"Open"},{"id":1},7]"#,
        &[
            "Expected `int` >= 0 - at `$[0].id`",
            "Expected `int` <= 127 - at `$[0].code`",
            "Invalid value 'Shut' - at `$[1].type`",
            "Object missing required field `type` - at `$[3]`",
            "Expected `object`, got `int` - at `$[4]`",
        ],
    );
}

fn ordered(interval: &Interval) -> Result<(), &'static str> {
    if interval.lo <= interval.hi { Ok(()) } else { Err("lo is above hi") }
}

#[derive(Record, Debug)]
#[record(check = ordered)]
struct Interval {
    lo: i16,
    hi: i16,
}

#[test]
fn checks_of_records_are_told_beside_the_rest() {
    check::<BTreeMap<String, Vec<Interval>>>(
        r#"{"a":[{"lo":2,"hi":1},{"lo":"x","hi":"y"}],"b":[{"lo":4,"hi":3}]}"#,
        &[
            "lo is above hi - at `$[...][0]`",
            "Expected `int`, got `str` - at `$[...][1].lo`",
            "Expected `int`, got `str` - at `$[...][1].hi`",
            "lo is above hi - at `$[...][0]`",
        ],
    );
}

#[test]
fn offsets_are_those_of_the_values() {
    let errors = decode_all_errors::<Vec<u16>>(b"[1, -2, 3, true]").unwrap_err();
    assert_eq!(errors.iter().map(proofmark::Error::offset).collect::<Vec<_>>(), [Some(4), Some(11)]);
    assert!(errors.is_complete());
}

#[test]
fn a_broken_document_ends_the_search() {
    let cases = [
        (r#"[{"id":-1,"name":"a"},{"id":-2,"nam"#, ErrorKind::Truncated),
        (r#"[{"id":-1,"name":"a"},{"id":-2 "name":"b"}]"#, ErrorKind::Malformed),
        ("[{\"id\":-1,\"name\":\"a\"},{\"id\":-2,\"name\":\"\u{1}\"}]", ErrorKind::Malformed),
    ];
    for (text, kind) in cases {
        let errors = decode_all_errors::<Vec<Row>>(text.as_bytes()).unwrap_err();
        assert!(!errors.is_complete(), "{text}");
        let kinds: Vec<_> = errors.iter().map(proofmark::Error::kind).collect();
        assert_eq!(kinds, [ErrorKind::Range, ErrorKind::Range, kind], "{text}: {errors}");
    }
    let errors = decode_all_errors::<Vec<u16>>(b"[-1] x").unwrap_err();
    assert_eq!(
        errors.to_string(),
        "Expected `int` >= 0 - at `$[0]`\nJSON is malformed: trailing characters (byte 6)"
    );
    let errors = decode_all_errors::<u16>(b"[[1]").unwrap_err();
    assert_eq!(errors.to_string(), "Expected `int`, got `array`\nInput data was truncated");
    let errors = msgpack::decode_all_errors::<Vec<u16>>(b"\x93\xff\xc3").unwrap_err();
    assert_eq!(
        errors.to_string(),
        "Expected `int` >= 0 - at `$[0]`\nExpected `int`, got `bool` - at `$[1]`\nInput data was truncated"
    );
}

#[test]
fn a_thousand_bad_rows_are_a_thousand_errors_and_the_limit_holds() {
    let rows = vec![r#"{"id":-1,"name":"a"}"#; 1_000].join(",");
    let text = format!("[{rows}]");
    let errors = decode_all_errors::<Vec<Row>>(text.as_bytes()).unwrap_err();
    assert_eq!((errors.as_slice().len(), errors.is_complete()), (1_000, true));
    assert_eq!(errors.as_slice()[999].path().to_string(), "$[999].id");
    for errors_max in [1, 2, 999, 1_000, 1_001] {
        let mut limits = Limits::DEFAULT;
        limits.errors_max = errors_max;
        let decoder = json::Decoder::new().limits(limits);
        let errors = decoder.decode_all_errors::<Vec<Row>>(text.as_bytes()).unwrap_err();
        assert_eq!(errors.as_slice().len(), errors_max.min(1_000));
        assert_eq!(errors.is_complete(), errors_max > 1_000);
    }
}

#[test]
fn deep_faults_cost_no_more_than_one_further_look() {
    // Every level is at fault, and none passes what the one inside has passed.
    #[derive(Record, Debug)]
    struct Tree {
        id: u16,
        inner: Option<Box<Self>>,
    }
    let text = format!("{}null{}", r#"{"id":-1,"inner":"#.repeat(100), "}".repeat(100));
    let errors = decode_all_errors::<Tree>(text.as_bytes()).unwrap_err();
    assert_eq!(errors.as_slice().len(), 100);
    assert_eq!(errors.as_slice()[1].path().to_string(), "$.inner.id");
}

#[test]
fn errors_say_what_was_expected_and_found() {
    #[track_caller]
    fn facts<T: for<'de> Decode<'de>>(text: &str, expected: Option<&str>, found: Option<&str>) {
        let error = json::from_str::<T>(text).err().unwrap();
        assert_eq!((error.expected().as_deref(), error.found()), (expected, found), "{error}");
    }
    facts::<Option<bool>>("7", Some("bool | null"), Some("int"));
    facts::<u16>("70000", Some("`int` <= 65535"), None);
    facts::<[u16; 2]>("[1]", Some("length 2"), Some("1"));
    facts::<Row>("{}", Some("id"), None);
    facts::<Row>(r#"{"x":1}"#, None, Some("x"));
    facts::<Row>(r#"{"id":1,"name":"long"}"#, Some("`str` of length <= 3"), None);
    facts::<Event>(r#"{"type":"Shut"}"#, None, Some("'Shut'"));
    facts::<Interval>(r#"{"lo":2,"hi":1}"#, None, None);
    facts::<u8>("x", None, None);
}
