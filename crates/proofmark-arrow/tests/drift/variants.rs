//! One type of each variant, and how each is told from the others.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_schema::DataType::*;
use arrow_schema::{DataType, Field, FieldRef, IntervalUnit, TimeUnit, UnionFields, UnionMode};
use proofmark_arrow::drift::compare;

use super::one;

pub(crate) fn item(data_type: DataType) -> FieldRef {
    Arc::new(Field::new("item", data_type, true))
}

pub(crate) fn map(key: DataType, value: DataType) -> DataType {
    let parts = vec![Field::new("key", key, false), Field::new("value", value, true)];
    Map(Arc::new(Field::new("entries", Struct(parts.into()), false)), false)
}

pub(crate) fn fields(fields: &[(&str, DataType)]) -> DataType {
    Struct(fields.iter().map(|(name, of)| Field::new(*name, of.clone(), true)).collect())
}

fn union(mode: UnionMode) -> DataType {
    let members = [(0, item(Int32)), (1, Arc::new(Field::new("text", Utf8, true)))];
    Union(members.into_iter().collect::<UnionFields>(), mode)
}

pub(crate) fn zoned(unit: TimeUnit) -> DataType {
    Timestamp(unit, Some("UTC".into()))
}

/// Types that differ in what they hold, with those that hold the same.
pub(crate) fn types() -> Vec<Vec<DataType>> {
    let units = [TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond];
    let dictionary = |values| Dictionary(Box::new(Int32), Box::new(values));
    let runs = |values| RunEndEncoded(Arc::new(Field::new("run_ends", Int32, false)), item(values));
    let mut types = vec![
        vec![Null],
        vec![Boolean],
        vec![Int8],
        vec![Int16],
        vec![Int32],
        vec![Int64, dictionary(Int64), runs(Int64)],
        vec![UInt8],
        vec![UInt16],
        vec![UInt32],
        vec![UInt64],
        vec![Float16],
        vec![Float32],
        vec![Float64],
        vec![Date32],
        vec![Date64],
        vec![Time32(TimeUnit::Second)],
        vec![Time32(TimeUnit::Millisecond)],
        vec![Time64(TimeUnit::Microsecond)],
        vec![Time64(TimeUnit::Nanosecond)],
        vec![Interval(IntervalUnit::YearMonth)],
        vec![Interval(IntervalUnit::DayTime)],
        vec![Interval(IntervalUnit::MonthDayNano)],
        vec![Binary, LargeBinary, BinaryView],
        vec![FixedSizeBinary(8)],
        vec![FixedSizeBinary(16)],
        vec![Utf8, LargeUtf8, Utf8View, dictionary(Utf8), runs(Utf8View)],
        vec![Decimal32(9, 2), Decimal64(9, 2), Decimal128(9, 2), Decimal256(9, 2)],
        vec![Decimal128(9, 3)],
        vec![Decimal128(10, 2)],
        vec![Decimal128(9, 0)],
        vec![Decimal128(9, -2)],
        vec![Decimal128(3, 5)],
        vec![Decimal128(5, 5)],
        vec![
            List(item(Int32)),
            LargeList(item(Int32)),
            ListView(item(Int32)),
            LargeListView(item(Int32)),
            List(Arc::new(Field::new("element", Int32, true))),
        ],
        vec![List(item(Int64))],
        vec![FixedSizeList(item(Int32), 2)],
        vec![FixedSizeList(item(Int32), 3)],
        vec![fields(&[("a", Int32)])],
        vec![fields(&[("a", Int64)])],
        vec![fields(&[("b", Int32)])],
        vec![fields(&[("a", Int32), ("b", Int32)])],
        vec![union(UnionMode::Sparse), union(UnionMode::Dense)],
        vec![map(Utf8, Int32)],
        vec![map(Utf8, Int64)],
        vec![map(Int32, Int32)],
        vec![map(Date32, Int32)],
    ];
    for unit in units {
        types.push(vec![Duration(unit)]);
        types.push(vec![Timestamp(unit, None)]);
        types.push(vec![zoned(unit)]);
        types.push(vec![Timestamp(unit, Some("Europe/Paris".into()))]);
    }
    types
}

/// Every variant of [`DataType`]: one that is new does not compile here.
fn variant(data_type: &DataType) -> &'static str {
    macro_rules! names {
        ($($name:ident)*) => {
            match data_type { $($name { .. } => stringify!($name),)* }
        };
    }
    names! {
        Null Boolean Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 Float16 Float32 Float64 Timestamp Date32 Date64
        Time32 Time64 Duration Interval Binary FixedSizeBinary LargeBinary BinaryView Utf8 LargeUtf8 Utf8View List
        ListView FixedSizeList LargeList LargeListView Struct Union Dictionary Decimal32 Decimal64 Decimal128 Decimal256
        Map RunEndEncoded
    }
}

#[test]
fn every_variant_is_among_the_types() {
    let found: BTreeSet<_> = types().iter().flatten().map(variant).collect();
    assert_eq!(found.len(), 41, "{found:?}");
}

#[test]
fn types_that_hold_the_same_are_one() {
    for alike in types() {
        for (file, table) in alike.iter().flat_map(|a| alike.iter().map(move |b| (a, b))) {
            assert_eq!(compare(&one(table), &one(file)), [], "{table} <- {file}");
        }
    }
}

#[test]
fn types_that_hold_something_else_are_told_apart() {
    let types: Vec<_> = types().into_iter().map(|alike| alike[0].clone()).collect();
    for (at, table) in types.iter().enumerate() {
        for file in types.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, file)| file) {
            let found = compare(&one(table), &one(file));
            assert!(!found.is_empty(), "{table} <- {file}");
            assert!(found.iter().all(|drift| !drift.fix.is_empty() && drift.column == "c"), "{found:?}");
        }
    }
}

/// Types that no engine has, and that a file may claim.
fn odd() -> Vec<DataType> {
    let list = |len| FixedSizeList(item(Int32), len);
    vec![
        Decimal128(0, 0),
        Decimal128(200, 3),
        Decimal128(38, 127),
        Decimal128(38, -128),
        Decimal256(76, 76),
        Decimal256(76, -128),
        Decimal32(9, 9),
        FixedSizeBinary(-1),
        FixedSizeBinary(0),
        FixedSizeBinary(i32::MAX),
        list(-1),
        list(0),
        list(i32::MAX),
        Time32(TimeUnit::Nanosecond),
        Time64(TimeUnit::Second),
        Timestamp(TimeUnit::Second, Some("".into())),
        Timestamp(TimeUnit::Second, Some("]$(\\".repeat(1_000).into())),
        fields(&[]),
        fields(&[("", Int32)]),
        Map(item(Int32), true),
        Map(item(fields(&[])), true),
        Union(UnionFields::empty(), UnionMode::Dense),
        Dictionary(Box::new(Utf8), Box::new(Null)),
    ]
}

#[test]
fn odd_types_are_judged_as_well() {
    let all: Vec<_> = types().into_iter().map(|alike| alike[0].clone()).chain(odd()).collect();
    for odd in &odd() {
        for other in &all {
            for (table, file) in [(odd, other), (other, odd)] {
                let found = compare(&one(table), &one(file));
                assert!(table != file || found.is_empty(), "{table} <- {file}: {found:?}");
            }
        }
    }
}
