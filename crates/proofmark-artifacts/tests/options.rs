//! Options out of layers: what wins, what text stands for, and what is said of a fault.

use std::collections::{BTreeMap, BTreeSet};

use proofmark::{Maybe, Record, Value};
use proofmark_artifacts::options::{FILE_BYTES_MAX, KEYS_MAX, Layers, OPTIONS_DEPTH_MAX, TEXT_BYTES_MAX};

/// One field of each kind that text can stand for.
#[derive(Record, Clone, Debug, PartialEq, Default)]
struct Options {
    #[field(default)]
    name: String,
    #[field(default, ge = 0, le = 64, alias = "parallelism")]
    threads: i64,
    #[field(default)]
    ratio: f64,
    #[field(default)]
    quiet: bool,
    #[field(default)]
    columns: Vec<String>,
    #[field(default)]
    sizes: BTreeSet<u32>,
    #[field(default, null = "no limit")]
    memory: Option<u64>,
    #[field(default, null = "no title")]
    title: Option<String>,
    #[field(absent = "of any mode")]
    mode: Maybe<Mode>,
    #[field(default)]
    scan: Scan,
    #[field(default)]
    settings: BTreeMap<String, u32>,
    #[field(default)]
    steps: Vec<Step>,
    #[field(absent = "any day")]
    day: Maybe<jiff::civil::Date>,
    #[field(absent = "any time")]
    since: Maybe<jiff::Timestamp>,
    #[field(default)]
    huge: u128,
}

#[derive(Record, Clone, Debug, PartialEq, Default)]
struct Scan {
    #[field(default = 8192, ge = 1)]
    batch_size: u32,
    #[field(default)]
    pruning: bool,
}

#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(rename_all = "snake")]
enum Mode {
    ReadOnly,
    ReadWrite,
}

#[derive(Record, Clone, Debug, PartialEq)]
enum Step {
    Filter { column: String },
    Limit { rows: u64 },
}

/// Where a layer is from.
enum Layer<'a> {
    Toml(&'a str),
    Variable(&'a str, &'a str),
    Pair(&'a str),
    Map(Value),
}
use Layer::{Map, Pair, Toml, Variable};

fn layers(all: &[Layer<'_>]) -> Result<Layers, String> {
    let mut layers = Layers::new();
    for layer in all {
        match layer {
            Toml(document) => layers.toml("a.toml", document),
            Variable(name, value) => layers.variables("APP_", [(name, value)]),
            Pair(pair) => layers.pair(pair),
            Map(map) => layers.map("notebook", map),
        }
        .map_err(|error| error.to_string())?;
    }
    Ok(layers)
}

/// What the layers come to, as JSON, or what is wrong with them.
#[track_caller]
fn check(all: &[Layer<'_>], expected: &str) {
    let decoded = layers(all)
        .and_then(|layers| layers.decode::<Options>().map_err(|error| error.to_string()))
        .map(|options| proofmark::json::to_string(&options).unwrap());
    assert_eq!(decoded.unwrap_or_else(|error| error), expected);
}

#[test]
fn a_later_layer_wins_and_tables_are_merged_key_by_key() {
    check(&[], "{}");
    check(&[Toml("threads = 1"), Toml("threads = 2")], r#"{"threads":2}"#);
    check(&[Toml("threads = 1"), Variable("APP_THREADS", "2"), Pair("threads=3")], r#"{"threads":3}"#);
    check(
        &[Toml("[scan]\nbatch_size = 1"), Pair("scan.pruning=true")],
        r#"{"scan":{"batch_size":1,"pruning":true}}"#,
    );
    check(&[Toml("settings = { a = 1, b = 2 }"), Pair("settings.b=3")], r#"{"settings":{"a":1,"b":3}}"#);
    check(&[Toml("columns = ['a', 'b']"), Pair("columns=c")], r#"{"columns":["c"]}"#);
    check(&[Toml("threads = 1"), Map(Value::from_iter([("threads", 2)]))], r#"{"threads":2}"#);
    check(&[Toml("scan = { batch_size = 2 }"), Map(Value::from_iter([("scan", ())]))], FAULT_NULL);
}

const FAULT_NULL: &str = "$.scan (notebook): expected `object`, found null";

#[test]
fn records_are_layers_too() {
    let mut layers = Layers::new();
    layers.defaults(&Options { threads: 1, quiet: true, ..Options::default() }).unwrap();
    layers.toml("a.toml", "threads = 2").unwrap();
    let set = Options { scan: Scan { batch_size: 7, ..Scan::default() }, ..Options::default() };
    layers.record("command line", &set).unwrap();
    let options: Options = layers.decode().unwrap();
    assert_eq!(
        (options.threads, options.quiet, options.scan.batch_size, options.scan.pruning),
        (2, true, 7, false)
    );
    let origin = |path| layers.origin(path).map(ToString::to_string);
    assert_eq!(origin("threads").as_deref(), Some("a.toml:1"));
    assert_eq!(origin("quiet").as_deref(), Some("default"));
    assert_eq!(origin("scan.batch_size").as_deref(), Some("command line"));
    assert_eq!(origin("scan.pruning"), None);
    assert_eq!(origin("scan..pruning"), None);
}

#[test]
fn text_is_what_the_type_makes_of_it() {
    check(&[Pair("name=7")], r#"{"name":"7"}"#);
    check(&[Pair("threads=7")], r#"{"threads":7}"#);
    check(&[Pair("parallelism=7")], r#"{"threads":7}"#);
    check(&[Pair("ratio=1e-3")], r#"{"ratio":0.001}"#);
    check(&[Pair("quiet=TRUE")], r#"{"quiet":true}"#);
    check(&[Pair("quiet=1")], r#"{"quiet":true}"#);
    check(&[Pair("columns=a, b,,c")], r#"{"columns":["a","b","","c"]}"#);
    check(&[Pair("columns=")], "{}");
    check(&[Pair(r#"columns=["a,b", "c"]"#)], r#"{"columns":["a,b","c"]}"#);
    check(&[Pair("sizes=3,1")], r#"{"sizes":[1,3]}"#);
    check(&[Pair("memory=9"), Pair("memory=null")], "{}");
    check(&[Pair("title=null")], r#"{"title":"null"}"#);
    check(&[Pair("mode=read_only")], r#"{"mode":"read_only"}"#);
    check(&[Pair(r#"settings={"a": 1}"#)], r#"{"settings":{"a":1}}"#);
    check(&[Pair(r#"settings."a.b"=1"#)], r#"{"settings":{"a.b":1}}"#);
    check(&[Variable("APP_SETTINGS__A", "1")], r#"{"settings":{"a":1}}"#);
    check(&[Pair(r#"steps=[{"type":"Limit","rows":1}]"#)], r#"{"steps":[{"type":"Limit","rows":1}]}"#);
    check(&[Pair("day=2026-11-23")], r#"{"day":"2026-11-23"}"#);
    check(
        &[Pair("huge=340282366920938463463374607431768211455")],
        r#"{"huge":340282366920938463463374607431768211455}"#,
    );
    check(&[Variable("OTHER_THREADS", "x"), Variable("APP_NAME", "a=b")], r#"{"name":"a=b"}"#);
}

#[test]
fn a_file_has_types_of_its_own() {
    check(&[Toml("huge = 0xff\nratio = 2.5\nquiet = true")], r#"{"ratio":2.5,"quiet":true,"huge":255}"#);
    check(&[Toml("day = 2026-11-23")], r#"{"day":"2026-11-23"}"#);
    check(&[Toml("since = 2026-11-23T05:30:00.123456789Z")], r#"{"since":"2026-11-23T05:30:00.123456789Z"}"#);
    check(&[Toml("name = 2026-11-23")], "$.name (a.toml:1): expected `str`, found \"2026-11-23\"");
    check(&[Toml("\nthreads = '7'")], "$.threads (a.toml:2): expected `int`, found \"7\"");
    check(&[Toml("quiet = 1")], "$.quiet (a.toml:1): expected `bool`, found 1");
    check(&[Toml("columns = 'a,b'")], "$.columns (a.toml:1): expected `array`, found \"a,b\"");
}

#[test]
fn a_fault_says_where_what_was_expected_and_what_was_found() {
    check(&[Pair("threads=many")], "$.threads (argument threads): expected `int`, found \"many\"");
    check(
        &[Variable("APP_THREADS", "65")],
        "$.threads (variable APP_THREADS): expected `int` <= 64, found 65",
    );
    check(&[Toml("parallelism = 65")], "$.parallelism (a.toml:1): expected `int` <= 64, found 65");
    check(
        &[Toml("threads = 65"), Pair("quiet=maybe")],
        "$.quiet (argument quiet): expected `bool`, found \"maybe\"\n\
         $.threads (a.toml:1): expected `int` <= 64, found 65",
    );
    check(&[Toml("sizes = [1,\n  -2,\n]")], "$.sizes[1] (a.toml:2): expected `int` >= 0, found -2");
    check(
        &[Toml("mode = 'read_onyl'")],
        "$.mode (a.toml:1): expected `read_only` or `read_write`, found \"read_onyl\"; did you mean `read_only`?",
    );
    check(
        &[Toml("[[steps]]\ntype = 'Limit'\nrows = -1\n[[steps]]\ntype = 'Filter'\nrows = 1")],
        "$.steps[0].rows (a.toml:3): expected `int` >= 0, found -1\n\
         $.steps[1].rows (a.toml:6): expected `column`, found an unknown key\n\
         $.steps[1] (a.toml:4): expected a key `column`, found none",
    );
    let long = "x".repeat(100);
    check(
        &[Pair(&format!("threads={long}"))],
        &format!("$.threads (argument threads): expected `int`, found \"{}…", "x".repeat(59)),
    );
}

#[test]
fn of_a_map_the_key_at_fault_is_named() {
    check(
        &[Toml("[settings]\na = 1\n'b.c' = -2\nd = 3\ne = -4"), Pair("settings.f=x"), Pair("settings.g=-2")],
        "$.settings[\"b.c\"] (a.toml:3): expected `int` >= 0, found -2\n\
         $.settings.e (a.toml:5): expected `int` >= 0, found -4\n\
         $.settings.f (argument settings.f): expected `int`, found \"x\"\n\
         $.settings.g (argument settings.g): expected `int` >= 0, found -2",
    );
}

#[test]
fn an_unknown_key_is_named_with_a_suggestion() {
    check(
        &[Toml("[scan]\nbatch_sise = 1")],
        "$.scan.batch_sise (a.toml:2): expected `batch_size` or `pruning`, found an unknown key; \
         did you mean `batch_size`?",
    );
    check(
        &[Variable("APP_SCAN__COLOUR", "1")],
        "$.scan.colour (variable APP_SCAN__COLOUR): expected `batch_size` or `pruning`, found an unknown key",
    );
    let error = layers(&[Pair("thread=1")]).unwrap().decode::<Options>().unwrap_err();
    assert_eq!(error.faults()[0].suggestion.as_deref(), Some("threads"));
}

#[test]
fn what_cannot_be_read_is_said_at_once() {
    check(
        &[Toml("a = 1\nb =")],
        "$ (a.toml:2): expected TOML, found string values must be quoted, expected literal string",
    );
    check(&[Toml("a = 1\na = 2")], "$ (a.toml:2): expected TOML, found duplicate key");
    check(&[Pair("threads")], "$ (argument threads): expected `key=value`, found no such text");
    check(&[Pair("=1")], "$ (argument ): expected a key, found none");
    check(&[Pair("a..b=1")], "$ (argument a..b): expected a key, found none");
    check(&[Pair("\"a=1")], "$ (argument \"a=1): expected `key=value`, found no such text");
    check(&[Variable("APP_", "1")], "$ (variable APP_): expected a key, found none");
    check(&[Variable("APP_A____B", "1")], "$ (variable APP_A____B): expected a key, found none");
    check(&[Map(Value::from_iter([1]))], "$ (notebook): expected a table, found `array`");
    check(
        &[Toml("huge = 999999999999999999999999999999999999999999")],
        "$ (a.toml:1): expected a number or date within range, found 999999999999999999999999999999999999999999",
    );
    let error = Layers::new().toml_file("no/such.toml").unwrap_err().to_string();
    assert!(error.starts_with("$ (no/such.toml:1): expected a file of UTF-8 text, found "), "{error}");
}

#[test]
fn a_file_is_read_from_a_disk() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.toml");
    std::fs::write(&path, "threads = 4").unwrap();
    let mut layers = Layers::new();
    layers.toml_file(&path).unwrap();
    assert_eq!(layers.decode::<Options>().unwrap().threads, 4);
    std::fs::write(&path, b"name = '\xff'").unwrap();
    assert!(layers.toml_file(&path).is_err());
    let large = "#".repeat(FILE_BYTES_MAX + 1);
    std::fs::write(&path, large).unwrap();
    let error = layers.toml_file(&path).unwrap_err().to_string();
    assert!(error.contains("expected at most 1048576 bytes, found 1048577 bytes"), "{error}");
}

/// At the limit it is taken, one beyond it is not.
#[track_caller]
fn check_limit(limit: usize, add: impl Fn(&mut Layers, usize) -> bool) {
    for (size, is_taken) in [(limit - 1, true), (limit, true), (limit + 1, false)] {
        assert_eq!(add(&mut Layers::new(), size), is_taken, "{size}");
    }
}

#[test]
fn limits_are_held() {
    check_limit(FILE_BYTES_MAX, |layers, size| layers.toml("a.toml", &"#".repeat(size)).is_ok());
    check_limit(KEYS_MAX, |layers, size| {
        let text = (0..size).map(|key| format!("k{key} = 1\n")).collect::<String>();
        layers.toml("a.toml", &text).is_ok()
    });
    check_limit(KEYS_MAX, |layers, size| {
        let (half, rest) = (size / 2, size - size / 2);
        let map =
            |name: char, len| Value::from_iter((0..len).map(|key| (format!("{name}{key}"), key as u64)));
        layers.map("a", &map('a', half)).is_ok() && layers.map("b", &map('b', rest)).is_ok()
    });
    check_limit(OPTIONS_DEPTH_MAX, |layers, size| {
        layers.toml("a.toml", &format!("a = {}{}", "[".repeat(size - 1), "]".repeat(size - 1))).is_ok()
    });
    check_limit(OPTIONS_DEPTH_MAX, |layers, size| {
        layers.pair(&format!("{}=1", vec!["a"; size].join("."))).is_ok()
    });
    check_limit(TEXT_BYTES_MAX, |layers, size| layers.pair(&format!("a={}", "x".repeat(size - 1))).is_ok());
}

#[test]
fn values_are_told_with_their_origins() {
    let layers = layers(&[
        Toml("threads = 1\ncolumns = ['a']\n[scan]\nbatch_size = 2\n[settings]"),
        Variable("APP_SCAN__PRUNING", "yes"),
    ])
    .unwrap();
    let told: Vec<_> =
        layers.values().map(|(path, value, origin)| format!("{path}={value} {origin}")).collect();
    assert_eq!(
        told,
        [
            r#"$.columns=["a"] a.toml:2"#,
            "$.scan.batch_size=2 a.toml:4",
            r#"$.scan.pruning="yes" variable APP_SCAN__PRUNING"#,
            "$.settings={} a.toml:5",
            "$.threads=1 a.toml:1",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_refused_if_it_is_ours() {
    use std::os::unix::ffi::OsStrExt;
    let bytes = std::ffi::OsStr::from_bytes(b"\xff");
    let other = std::ffi::OsStr::new("OTHER");
    assert!(Layers::new().variables("APP_", [(other, bytes)]).is_ok());
    let ours = std::ffi::OsStr::new("APP_NAME");
    let error = Layers::new().variables("APP_", [(ours, bytes)]).unwrap_err();
    assert_eq!(error.to_string(), "$ (variable APP_NAME): expected UTF-8 text, found other bytes");
}
