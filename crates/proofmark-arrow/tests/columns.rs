//! Every kind of column, at its ends; and what is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_schema::DataType;
use jiff::civil::{self, date};
use jiff::{SignedDuration, Timestamp};
use proofmark::decode::DecodeOwned;
use proofmark::scalar::{DateTime, Decimal, Time};
use proofmark::{Encode, Format, Maybe, Raw, Record, Value};
use proofmark_arrow::{Layout, Tables, batch, rows, schema};
use std::fmt::Debug;

const LAYOUTS: [Layout; 2] = [Layout::Exact, Layout::Delta];

/// One record around each value, in both layouts: the column's type, and the same values again.
#[track_caller]
fn check<T: Encode + DecodeOwned + Debug + PartialEq>(values: Vec<T>, types: [&str; 2]) {
    #[derive(Record, Debug, PartialEq)]
    struct Row<T> {
        value: T,
    }
    let values: Vec<_> = values.into_iter().map(|value| Row { value }).collect();
    for (layout, expected) in LAYOUTS.into_iter().zip(types) {
        let batch = Tables::new(layout).batch(&values).unwrap();
        assert_eq!(batch.schema().field(0).data_type().to_string(), expected, "{layout:?}");
        assert_eq!(rows::<Row<T>>(&batch).unwrap(), values, "{layout:?}");
    }
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(rename_all = "snake")]
enum Word {
    First,
    SecondOne,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(int)]
enum Number {
    Low = -1,
    High = 1_000_000,
}

#[derive(Record, Clone, Debug, PartialEq)]
enum Shape {
    Circle { radius: u64 },
    Square { side: u64 },
}

#[derive(Record, Clone, Debug, PartialEq)]
struct Inner {
    a: u8,
    b: Maybe<String>,
    #[field(default = 7)]
    c: u16,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional)]
struct Row3 {
    a: u8,
    b: Option<u64>,
    #[field(default)]
    c: String,
}

fn row3(a: u8, b: Option<u64>, c: &str) -> Row3 {
    Row3 { a, b, c: c.to_owned() }
}

#[derive(Record, Clone, Debug, PartialEq)]
struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[test]
fn numbers_are_exact_at_their_ends() {
    check(vec![true, false], ["Boolean"; 2]);
    check(vec![i8::MIN, i8::MAX], ["Int8"; 2]);
    check(vec![i16::MIN, i16::MAX], ["Int16"; 2]);
    check(vec![i32::MIN, i32::MAX], ["Int32"; 2]);
    check(vec![i64::MIN, i64::MAX, (1 << 53) + 1], ["Int64"; 2]);
    check(vec![0, u8::MAX], ["UInt8", "Int16"]);
    check(vec![0, u16::MAX], ["UInt16", "Int32"]);
    check(vec![0, u32::MAX], ["UInt32", "Int64"]);
    check(vec![0, u64::MAX, (1 << 53) + 1], ["UInt64", "Decimal128(20, 0)"]);
    check(vec![i128::MIN, 0, i128::MAX], ["Decimal256(39, 0)", "Utf8"]);
    check(vec![0, u128::MAX], ["Decimal256(39, 0)", "Utf8"]);
    check(vec![f32::MIN, -0.0, f32::MAX, 0.1], ["Float32"; 2]);
    check(vec![f64::MIN_POSITIVE, -0.0, f64::MAX, f64::INFINITY], ["Float64"; 2]);
}

#[test]
fn text_and_bytes_are_kept() {
    check(vec![String::new(), "é\0\"".to_owned()], ["Utf8"; 2]);
    check(vec![vec![0_u8, 255], vec![]], ["Binary"; 2]);
    check(vec!["12345678901234567890.10".parse::<Decimal>().unwrap()], ["Utf8"; 2]);
    check(vec![Word::First, Word::SecondOne], ["Utf8"; 2]);
    check(vec![Number::Low, Number::High], ["Int64"; 2]);
}

#[test]
fn times_are_exact_where_the_column_can_be() {
    let micros: Timestamp = "2026-11-23T05:30:00.123456Z".parse().unwrap();
    check(vec![micros, Timestamp::UNIX_EPOCH], ["Timestamp(ns, \"UTC\")", "Timestamp(µs, \"UTC\")"]);
    let local = date(1969, 12, 31).at(23, 59, 59, 999_999_000);
    check(vec![local], ["Timestamp(ns)", "Timestamp(µs)"]);
    check(vec![date(1, 1, 1), date(1969, 12, 31), date(9999, 12, 31)], ["Date32"; 2]);
    check(vec![civil::time(23, 59, 59, 999_999_999)], ["Utf8"; 2]);
    check(vec![Time::parse(b"23:59:59.5+01:00").unwrap()], ["Utf8"; 2]);
    check(vec![DateTime::parse(b"2026-11-23T05:30:00.5+05:30").unwrap()], ["Utf8"; 2]);
    check(vec![SignedDuration::new(-1, -1), SignedDuration::from_nanos(i64::MAX)], ["Duration(ns)", "Int64"]);
}

#[test]
fn nanoseconds_are_kept_by_one_layout_and_cut_off_by_the_other() {
    #[derive(Record, Debug, PartialEq)]
    struct Row {
        at: Timestamp,
    }
    let nanos = |nanos| Row { at: Timestamp::from_nanosecond(nanos).unwrap() };
    let given = [nanos(1_999), nanos(-1)];
    assert_eq!(rows::<Row>(&batch(&given).unwrap()).unwrap(), given);
    let delta = Tables::new(Layout::Delta).batch(&given).unwrap();
    assert_eq!(rows::<Row>(&delta).unwrap(), [nanos(1_000), nanos(-1_000)]);
}

#[test]
fn what_holds_others_is_nested() {
    check(vec![vec![1_u16, 2], vec![]], ["List(non-null UInt16)", "List(non-null Int32)"]);
    check(vec![vec![Some("a".to_owned()), None]], ["List(Utf8)"; 2]);
    check(vec![BTreeSet::from([3_i32, 1])], ["List(non-null Int32)"; 2]);
    check(vec![[1_i8, 2]], ["List(non-null Int8)"; 2]);
    let tuple = "Struct(\"0\": non-null Int8, \"1\": Utf8)";
    check(vec![(1_i8, Some("a".to_owned())), (2, None)], [tuple; 2]);
    let map = "Map(\"entries\": non-null Struct(\"key\": non-null Utf8, \"value\": non-null List(non-null Int64)), unsorted)";
    check(vec![BTreeMap::from([("a".to_owned(), vec![1_i64])]), BTreeMap::new()], [map; 2]);
    let map = "Map(\"entries\": non-null Struct(\"key\": non-null Int32, \"value\": Boolean), unsorted)";
    check(vec![BTreeMap::from([(-1_i32, None), (1, Some(true))])], [map; 2]);
    check(vec![vec![vec![1_i8], vec![]], vec![]], ["List(non-null List(non-null Int8))"; 2]);
}

#[test]
fn records_in_records_are_structs() {
    let inner = |a, b: Maybe<&str>| Inner { a, b: b.map(str::to_owned), c: 7 };
    let values = vec![inner(1, Maybe::Unset), inner(2, Maybe::Set("b"))];
    // Comparing values is enough: the type's text holds all metadata.
    same(values.clone());
    same(vec![Some(inner(1, Maybe::Unset)), None, Some(Inner { c: 8, ..inner(3, Maybe::Set("")) })]);
    same(vec![values, vec![]]);
    same(vec![row3(1, None, ""), row3(2, Some(u64::MAX), "c")]);
    same(vec![BTreeMap::from([("k".to_owned(), Some(row3(1, Some(2), "")))])]);
}

/// As [`check`], without the type.
#[track_caller]
fn same<T: Encode + DecodeOwned + Debug + PartialEq>(values: Vec<T>) {
    #[derive(Record, Debug, PartialEq)]
    struct Row<T> {
        value: T,
    }
    let values: Vec<_> = values.into_iter().map(|value| Row { value }).collect();
    for layout in LAYOUTS {
        let batch = Tables::new(layout).batch(&values).unwrap();
        assert_eq!(rows::<Row<T>>(&batch).unwrap(), values, "{layout:?}");
    }
}

#[test]
fn what_has_no_column_is_json_text() {
    check(vec![Shape::Circle { radius: u64::MAX }, Shape::Square { side: 2 }], ["Utf8"; 2]);
    check(vec![Value::from_iter([("a", 1)]), Value::from(true), Value::Null], ["Utf8"; 2]);
    let raw = |text: &'static str| Raw::new(Format::Json, text.as_bytes()).unwrap();
    let given = [raw("[1]"), raw("null")];
    #[derive(Record)]
    struct Row<'a> {
        value: Raw<'a>,
    }
    let batch = batch(&given.map(|value| Row { value })).unwrap();
    let texts: &StringArray = batch.column(0).as_any().downcast_ref().unwrap();
    assert_eq!(texts.value(0), "[1]");
    assert_eq!(batch.schema().field(0).metadata()["proofmark.json"], "true");
    let leaf = |name: &str| Tree { name: name.to_owned(), children: Vec::new() };
    same(vec![Tree { children: vec![leaf("b"), leaf("c")], ..leaf("a") }]);
    let schema = schema::<Tree>().unwrap();
    let DataType::List(item) = schema.field(1).data_type() else { panic!("children are a list") };
    assert_eq!(item.data_type(), &DataType::Utf8);
}

#[test]
fn absent_null_and_a_value_are_told_apart() {
    #[derive(Record, Debug, PartialEq)]
    struct Row {
        null: Option<u8>,
        absent: Maybe<u8>,
        both: Maybe<Option<u8>>,
        nested: Maybe<Option<Inner>>,
        #[field(default = Some(1))]
        default: Option<u8>,
    }
    let inner = Inner { a: 1, b: Maybe::Unset, c: 7 };
    let given = [
        Row { null: None, absent: Maybe::Unset, both: Maybe::Unset, nested: Maybe::Unset, default: Some(1) },
        Row {
            null: Some(0),
            absent: Maybe::Set(0),
            both: Maybe::Set(None),
            nested: Maybe::Set(None),
            default: None,
        },
        Row {
            null: Some(1),
            absent: Maybe::Set(1),
            both: Maybe::Set(Some(1)),
            nested: Maybe::Set(Some(inner)),
            default: Some(2),
        },
    ];
    for layout in LAYOUTS {
        let batch = Tables::new(layout).batch(&given).unwrap();
        assert_eq!(rows::<Row>(&batch).unwrap(), given);
    }
}

#[derive(Record, Debug, PartialEq)]
struct At {
    at: Timestamp,
}

#[derive(Record, Debug, PartialEq)]
struct Long {
    long: SignedDuration,
}

#[test]
fn what_a_column_cannot_hold_is_refused_by_name() {
    let text = |result: proofmark::Result<RecordBatch>| result.unwrap_err().to_string();
    let late = [At { at: "2300-01-01T00:00:00Z".parse().unwrap() }];
    assert_eq!(text(batch(&late)), "The column holds a time of the years 1677 to 2262 - at `$.at`");
    assert!(Tables::new(Layout::Delta).batch(&late).is_ok());
    let long = [Long { long: SignedDuration::from_hours(24 * 365 * 300) }];
    assert_eq!(text(batch(&long)), "The column holds a duration of at most 292 years - at `$.long`");
    assert_eq!(batch(&[1, 2]).unwrap_err().to_string(), "A table has records for rows");
    assert!(schema::<Vec<At>>().is_err());
}

#[derive(Record)]
struct Outer {
    #[field(flatten)]
    at: At,
}

#[test]
fn a_flattened_part_has_no_columns() {
    let error = schema::<Outer>().unwrap_err();
    assert_eq!(error.to_string(), "A flattened part has no columns - at `$.at`");
}

#[test]
fn a_batch_of_others_must_have_the_columns() {
    #[derive(Record, Debug, PartialEq)]
    struct Row {
        a: i64,
        b: Maybe<String>,
    }
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![Some(1), None]));
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["x", "y"]));
    let of = |columns: Vec<(&str, &ArrayRef)>| {
        let columns = columns.into_iter().map(|(name, array)| (name, array.clone()));
        rows::<Row>(&RecordBatch::try_from_iter(columns).unwrap()).map_err(|error| error.to_string())
    };
    let told = of(vec![("a", &numbers), ("b", &texts)]);
    assert_eq!(told, Err("Expected `int`, got `null` - at `$[1].a`".to_owned()));
    assert_eq!(of(vec![("a", &numbers)]), Err("There is no such column - at `$.b`".to_owned()));
    let told = of(vec![("a", &texts), ("b", &texts)]);
    assert_eq!(told, Err("A column of type Utf8 is not that of the record - at `$.a`".to_owned()));
    let one: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let extra: ArrayRef = Arc::new(StringArray::from(vec!["z"]));
    let read = of(vec![("extra", &extra), ("b", &extra), ("a", &one)]);
    assert_eq!(read, Ok(vec![Row { a: 1, b: Maybe::Set("z".to_owned()) }]));
}

#[test]
fn a_file_that_is_none_is_refused() {
    let mut file = Vec::new();
    let rows = batch(&[At { at: Timestamp::UNIX_EPOCH }]).unwrap();
    proofmark_arrow::write_parquet(&[rows], &mut file).unwrap();
    assert!(proofmark_arrow::read_parquet(file.clone()).is_ok());
    for len in [0, 4, file.len() / 2, file.len() - 1] {
        assert!(proofmark_arrow::read_parquet(file[..len].to_vec()).is_err(), "{len}");
    }
    assert!(proofmark_arrow::write_parquet(&[], Vec::new()).is_err());
}
