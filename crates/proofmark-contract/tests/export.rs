//! Exports of every kind of type: Python that reads and writes what the types do, TypeScript that compiles.
//!
//! `UPDATE_GOLDENS=1 cargo test -p proofmark-contract --test export` writes `export/odd.py` and `export/odd.ts` anew.

#![allow(dead_code, reason = "types of tests are read and written, not used")]

mod odd;
mod tool;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use proofmark::scalar::{Decimal, Time};
use proofmark::{Decode, Encode, ErrorKind, Ext, Maybe, Record, Result, Value, json, msgpack};
use proofmark_contract::{Codec, Registry, Use, export};
use uuid::Uuid;

use tool::Case;

/// Names that Python, TypeScript or both keep for themselves.
#[derive(Record)]
struct Names {
    #[field(rename = "class")]
    class: u8,
    #[field(rename = "from", default = 7)]
    from: u8,
    #[field(rename = "content-type", default)]
    content_type: Option<String>,
    #[field(rename = "content_type")]
    other_content_type: String,
    #[field(rename = "__init__")]
    init: bool,
    #[field(rename = "größe")]
    size: i64,
    #[field(rename = "self", default)]
    own: Vec<u8>,
    #[field(rename = "Optional")]
    word: String,
    #[field(rename = "Point")]
    hides_a_type: String,
    point: Point,
    bytes: u64,
    int: i16,
    list: Vec<i64>,
    str: String,
    dict: BTreeMap<String, i32>,
    after_bytes: Vec<u8>,
    msgspec: Maybe<Option<u32>>,
}

mod left {
    use proofmark::Record;

    #[derive(Record)]
    pub(super) struct Side {
        pub(super) left: bool,
    }
}

mod right {
    use proofmark::Record;

    #[derive(Record)]
    #[record(tag = 7, tag_field = "kind")]
    pub(super) struct Side {
        pub(super) right: bool,
    }
}

#[derive(Record)]
struct Pair<A, B> {
    first: A,
    second: B,
}

/// Several types of one name.
#[derive(Record)]
#[record(allow_unknown)]
struct Namesakes {
    left: left::Side,
    right: right::Side,
    numbers: Pair<u8, u64>,
    words: Pair<String, Option<bool>>,
}

#[derive(Record, PartialEq, Eq, PartialOrd, Ord, Clone, Debug)]
#[record(positional)]
struct Point {
    x: i32,
    y: i32,
    #[field(default = 1)]
    z: i32,
}

#[derive(Record, PartialEq, Eq, PartialOrd, Ord, Clone, Debug)]
#[record(rename_all = "snake")]
enum Color {
    None,
    #[variant(alias = "scarlet")]
    DeepRed,
    #[variant(rename = "bl ue")]
    Name,
}

#[derive(Record, PartialEq, Clone, Copy, Debug)]
#[record(int)]
enum Level {
    Low = -3,
    High = 10,
}

#[derive(Record, PartialEq, Debug)]
enum Kind {
    Table,
    #[variant(fallback)]
    Other(String),
}

#[derive(Record)]
#[record(tag_field = "op")]
enum Tree {
    Leaf { value: f64 },
    Node { children: Vec<Tree> },
    Nothing,
}

/// A union that holds itself with nothing in between.
#[derive(Record)]
enum Nested {
    Number(u64),
    Text(String),
    Many(Vec<Nested>),
    Point(Marked),
}

#[derive(Record)]
#[record(tag = "marked")]
struct Marked {
    at: Box<Nested>,
}

#[derive(Record, PartialEq, Eq, PartialOrd, Ord, Clone, Debug)]
#[record(transparent)]
struct Code(#[field(min_len = 2, pattern = "^[a-zé]+$")] String);

#[derive(Record, Clone, Debug, PartialEq)]
#[record(transparent)]
struct Percent(#[field(ge = 0, le = 100)] u8);

/// Bounds of every kind, also in more than one place.
#[derive(Record)]
struct Bounded {
    percent: Percent,
    code: Code,
    #[field(gt = 1, multiple_of = 3)]
    whole: i64,
    #[field(gt = 0.5, le = 2.5)]
    real: f64,
    #[field(min_len = 1, max_len = 2)]
    list: Vec<Percent>,
    #[field(max_len = 1)]
    map: BTreeMap<Code, u8>,
    #[field(min_len = 1)]
    bytes: Maybe<Vec<u8>>,
    #[field(ge = 3)]
    maybe: Maybe<Option<u64>>,
    #[field(pattern = r"^\d{2}\b")]
    digits: Option<String>,
    #[field(tz = true)]
    at: proofmark::scalar::DateTime,
}

/// Containers of every kind.
#[derive(Record)]
struct Containers {
    array: [f64; 3],
    digest: [u8; 4],
    tuple: (u8, String, Option<Point>),
    unit: (),
    set: BTreeSet<u32>,
    points: BTreeSet<Point>,
    pairs: BTreeSet<(u8, Vec<u8>)>,
    nested: BTreeMap<String, BTreeMap<String, Vec<Option<i8>>>>,
    colors: Vec<Color>,
    palette: BTreeSet<Color>,
    any: Value,
    ext: Maybe<Vec<Level>>,
    kind: Kind,
}

#[derive(Record)]
struct Times {
    at: Timestamp,
    civil: DateTime,
    date: Date,
    time: Time,
    span: SignedDuration,
    id: Uuid,
    exact: Decimal,
    either: proofmark::scalar::DateTime,
    maybe: Maybe<Date>,
}

/// Defaults of every kind.
#[derive(Record)]
struct Defaults {
    #[field(default)]
    none: Option<String>,
    #[field(default = true)]
    flag: bool,
    #[field(default = 1000)]
    number: u64,
    #[field(default = -0.5)]
    real: f64,
    #[field(default = "hello \"there\"\n")]
    text: String,
    #[field(default)]
    list: Vec<u8>,
    #[field(default = vec!["a".to_owned(), "b".to_owned()])]
    items: Vec<String>,
    #[field(default)]
    set: BTreeSet<String>,
    #[field(default = BTreeSet::from([1, 2]))]
    some: BTreeSet<u16>,
    #[field(default)]
    map: BTreeMap<String, u8>,
    #[field(default = Point { x: 1, y: 2, z: 3 })]
    point: Point,
    #[field(default = Color::DeepRed)]
    color: Color,
    #[field(default = Level::High)]
    level: Level,
    #[field(default = Kind::Table)]
    kind: Kind,
    #[field(default = Code("zz".to_owned()))]
    code: Code,
    #[field(default = Timestamp::UNIX_EPOCH)]
    at: Timestamp,
    #[field(default = (1, Some("x".to_owned())))]
    tuple: (u8, Option<String>),
}

#[derive(Record)]
#[record(encode_defaults)]
struct Written {
    #[field(default = 5)]
    five: u8,
    wide: i128,
    widest: Maybe<u128>,
}

/// Parts that stand in the place of a field.
#[derive(Record)]
struct Flat {
    id: u8,
    #[field(flatten)]
    side: left::Side,
}

fn registry() -> Registry {
    let record = Use::Manifest;
    Registry::new()
        .record::<Names>("names", 1, record)
        .record::<Namesakes>("namesakes", 1, record)
        .record::<Tree>("tree", 1, record)
        .record::<Nested>("nested", 1, record)
        .record::<Bounded>("bounded", 1, record)
        .record::<Containers>("containers", 1, record)
        .record::<Times>("times", 1, record)
        .record::<Defaults>("defaults", 1, record)
        .record::<Written>("written", 1, record)
        .record::<Flat>("flat", 1, record)
        .record::<BTreeMap<String, u64>>("map", 1, record)
}

const NAMES: &str = r#"{"class":1,"content-type":"a","content_type":"b","__init__":true,"größe":-1,"self":"AQ==",
"Optional":"o","Point":"p","point":[1,2],"bytes":18446744073709551615,"int":-5,"list":[1],"str":"s","dict":{"b":1,"a":2},
"after_bytes":"AA==","msgspec":null}"#;
const NAMESAKES: &str = r#"{"left":{"left":true},"right":{"kind":7,"right":true},"numbers":{"first":1,"second":2},
"words":{"first":"a","second":null}}"#;
const TREE: &str =
    r#"{"op":"Node","children":[{"op":"Leaf","value":1.5},{"op":"Nothing"},{"op":"Node","children":[]}]}"#;
const NESTED: &str = r#"[1,"a",{"type":"marked","at":[2]}]"#;
const BOUNDED: &str = r#"{"percent":7,"code":"éz","whole":9,"real":2.5,"list":[1,2],"map":{"ab":1},"bytes":"AA==",
"maybe":3,"digits":"12","at":"2026-11-22T10:00:00Z"}"#;
const CONTAINERS: &str = r#"{"array":[1.0,2.5,-3.0],"digest":"AQIDBA==","tuple":[1,"a",[1,2,3]],"unit":null,"set":[1,2,70000],
"points":[[1,2,1],[1,3,4],[-1,0,1]],"pairs":[[1,"AA=="]],"nested":{"a":{"b":[1,null]}},"colors":["none","deep_red","bl ue","scarlet"],"palette":["none","bl ue"],
"any":{"a":[1,null]},"ext":[-3,10],"kind":"View"}"#;
const TIMES: &str = r#"{"at":"2026-11-22T13:45:02.5Z","civil":"2026-11-22T13:45:02","date":"2026-11-22","time":"13:45:02.000001",
"span":"PT1.5S","id":"0b1c6a52-5e1f-4f5e-9a54-0d9a6a1f2b3c","exact":"1.50","either":"2026-11-22T13:45:02"}"#;
const DEFAULTS: &str = r#"{"none":"a","flag":false,"number":1000,"real":-0.5,"text":"hello \"there\"\n","list":"",
"items":["a","b"],"set":["b"],"some":[1,2],"map":{"a":1},"point":[1,2,3],"color":"deep_red","level":10,"kind":"Table",
"code":"zz","at":"1970-01-01T00:00:00Z","tuple":[1,"x"]}"#;
const WRITTEN: &str = r#"{"five":5,"wide":-9223372036854775809,"widest":18446744073709551616}"#;
const FLAT: &str = r#"{"id":1,"left":false}"#;

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    add::<Names>("names", NAMES, &mut cases);
    add::<Namesakes>("namesakes", NAMESAKES, &mut cases);
    add::<Tree>("tree", TREE, &mut cases);
    // Python knows it as any value where it comes back to itself.
    for nested in [
        &b"1"[..],
        b"-1",
        b"null",
        br#"[1,"a",[2]]"#,
        br#"{"type":"marked","at":2}"#,
        br#"{"type":"marked"}"#,
    ] {
        let written = json::from_slice::<Nested>(nested).and_then(|read| json::to_vec(&read));
        push("nested", Codec::Json, nested.into(), written, &mut cases);
    }
    add::<Bounded>("bounded", BOUNDED, &mut cases);
    add::<Containers>("containers", CONTAINERS, &mut cases);
    add::<Times>("times", TIMES, &mut cases);
    add::<Defaults>("defaults", DEFAULTS, &mut cases);
    add::<Written>("written", WRITTEN, &mut cases);
    add::<Flat>("flat", FLAT, &mut cases);
    add::<BTreeMap<String, u64>>("map", r#"{"b":1,"a":2}"#, &mut cases);
    cases
}

/// A document of a type, and everything odd that can be made of it, in both formats.
fn add<T: Encode + for<'de> Decode<'de>>(record: &str, document: &str, cases: &mut Vec<Case>) {
    let typed: T = json::from_str(document).unwrap_or_else(|error| panic!("{record}: {error}"));
    let text: Value = json::from_str(document).expect("it has been read before");
    let texts = odd::odd_values(&text).into_iter().filter_map(|value| json::to_vec(&value).ok());
    for document in texts.chain([document.as_bytes().to_vec()]) {
        let written = json::from_slice::<T>(&document).and_then(|read| json::to_vec(&read));
        push(record, Codec::Json, document, written, cases);
    }
    let Ok(bytes) = msgpack::to_vec(&typed) else { return };
    let value: Value = msgpack::from_slice(&bytes).expect("it has just been written");
    let all = odd::odd_values(&value).into_iter().filter_map(|value| msgpack::to_vec(&value).ok());
    for document in all.chain([bytes]) {
        let written = msgpack::from_slice::<T>(&document).and_then(|read| msgpack::to_vec(&read));
        push(record, Codec::MessagePack, document, written, cases);
    }
}

fn push(record: &str, codec: Codec, document: Vec<u8>, written: Result<Vec<u8>>, cases: &mut Vec<Case>) {
    if !written.as_ref().is_err_and(|error| error.kind() == ErrorKind::Custom) {
        cases.push(Case { record: record.to_owned(), codec, document, written: written.ok() });
    }
}

fn check_golden(file: &str, written: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export").join(file);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, written).expect("the golden can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == written, "{}: kept\n{kept}\nwritten\n{written}", path.display());
}

#[test]
fn each_export_is_as_it_was_reviewed() {
    let locks = registry().locks().unwrap();
    check_golden("odd.py", &export::python(&locks));
    check_golden("odd.ts", &export::typescript(&locks));
}

#[test]
fn python_reads_and_refuses_what_each_type_does_and_writes_the_same_bytes() {
    let locks = registry().locks().unwrap();
    tool::check_python(&export::python(&locks), cases);
}

#[test]
fn typescript_of_each_type_compiles_and_takes_its_document() {
    let locks = registry().locks().unwrap();
    let mut program = String::from("import type { Records } from \"./records.js\";\n");
    for (name, document) in [
        ("namesakes", NAMESAKES),
        ("tree", TREE),
        ("nested", NESTED),
        ("times", TIMES),
        ("flat", FLAT),
        ("map", r#"{"a":1}"#),
    ] {
        program.push_str(&format!("export const {name}: Records[\"{name}\"] = {document};\n"));
    }
    tool::check_typescript(&export::typescript(&locks), &program);
}

#[test]
fn what_two_locks_define_alike_stands_once() {
    let [names, containers] = ["names", "containers"].map(|name| {
        let registry = registry();
        let entry = registry.find(name).unwrap();
        entry.lock().unwrap()
    });
    let module = export::python(&[names.clone(), containers.clone(), names]);
    assert_eq!(module.matches("class Point(").count(), 1);
    assert_eq!(module.matches("class Names(").count(), 1);
    let module = export::typescript(&[containers]);
    assert_eq!(module.matches("export type Point =").count(), 1);
}

#[test]
fn what_two_locks_define_differently_has_a_number() {
    use proofmark_contract::lock::Definition;
    let old = registry().entries()[0].lock().unwrap();
    let mut new = old.clone();
    new.version = 2;
    if let Some(Definition::Record(point)) = new.types.get_mut("Point") {
        point.fields.pop();
    }
    let module = export::python(&[old.clone(), new.clone()]);
    for text in
        ["class Point(", "class Point2(", "class Names2(", "names.v1\": Names,", "names.v2\": Names2,"]
    {
        assert_eq!(module.matches(text).count(), 1, "{text}");
    }
    let module = export::typescript(&[old, new]);
    assert_eq!(module.matches("  point: Point2;").count(), 1);
}

#[test]
fn a_lock_that_contradicts_itself_is_exported_all_the_same() {
    use proofmark_contract::lock::{Bounds, Definition, NewtypeLock, Type};
    let mut lock = registry().entries()[0].lock().unwrap();
    let newtype = |of| Definition::Newtype(NewtypeLock { of, bounds: Bounds::default() });
    lock.types.insert("Ring".to_owned(), newtype(Type::Named("Gnir".to_owned())));
    lock.types.insert("Gnir".to_owned(), newtype(Type::Named("Ring".to_owned())));
    lock.types.insert("Lost".to_owned(), newtype(Type::Named("Nowhere".to_owned())));
    let module = export::python(&[lock.clone()]);
    assert!(module.contains("\nRing = Any\n") && module.contains("\nLost = Any\n"), "{module}");
    assert!(export::typescript(&[lock]).contains("export type Lost = unknown;\n"));
}

fn any(_: &Loose) -> Result<()> {
    Ok(())
}

/// What no language but Rust has a word for.
#[derive(Record)]
#[record(tag = "loose.v2", tag_alias = "loose.v1", check = any)]
struct Loose {
    #[field(pattern = r"\b{start}a")]
    starts_a_word: String,
    #[field(alias = "old", absent = "nobody */ asked")]
    new: Maybe<u8>,
    #[field(lenient, volatile = "time")]
    text: u8,
    #[field(skip_encode)]
    secret: String,
    by_number: BTreeMap<u8, u8>,
    ext: Ext,
    event: Event,
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Record)]
enum Event {
    Open(Open),
    Shut(Shut),
    #[variant(fallback)]
    Other(Value),
}

#[derive(Record)]
#[record(tag = "open")]
struct Open {}

#[derive(Record)]
#[record(tag = "shut")]
struct Shut {}

#[test]
fn what_a_language_has_no_word_for_stands_in_comments() {
    let locks = Registry::new().record::<Loose>("loose", 1, Use::Manifest).locks().unwrap();
    check_golden("loose.py", &export::python(&locks));
    check_golden("loose.ts", &export::typescript(&locks));
    tool::check_python(&export::python(&locks), Vec::new);
    tool::check_typescript(&export::typescript(&locks), "import type { Records } from \"./records.js\";\n");
}
