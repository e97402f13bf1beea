//! Types, and what reading one as the other does, both ways.

use arrow_schema::DataType::{self, *};
use arrow_schema::{Field, IntervalUnit, TimeUnit};
use proofmark_arrow::drift::{Verdict, compare};

use super::one;
use super::variants::{fields, item, map, types, zoned};

fn local(unit: TimeUnit) -> DataType {
    Timestamp(unit, None)
}

/// The rule and the verdict of each direction: `a` read as `b`, then `b` read as `a`.
fn both(a: &DataType, b: &DataType) -> [String; 2] {
    [(b, a), (a, b)].map(|(table, file)| {
        let [drift] = &compare(&one(table), &one(file))[..] else { panic!("{table} <- {file}: one finding") };
        format!("{} {}", drift.rule, drift.verdict)
    })
}

#[test]
fn each_pair_of_types_has_its_rule_and_verdicts() {
    use TimeUnit::{Microsecond, Millisecond, Nanosecond, Second};
    let pairs = [
        // Whole numbers.
        (Int32, Int64, ["T3 ok", "T4 cond"]),
        (UInt8, Int16, ["T3 ok", "T4 cond"]),
        (UInt32, Int32, ["C4 cond", "C4 cond"]),
        (Int64, UInt64, ["C4 cond", "C4 cond"]),
        // Floats.
        (Int32, Float64, ["T1 ok", "T2 SILENT"]),
        (Int64, Float64, ["T1 SILENT", "T2 SILENT"]),
        (Float32, Float64, ["T3 ok", "T4 SILENT"]),
        (Float16, Float32, ["C2 ok", "C1 SILENT"]),
        // Decimals.
        (Decimal128(10, 2), Decimal128(12, 2), ["C2 ok", "C1 cond"]),
        (Decimal128(10, 2), Decimal256(12, 4), ["C5 ok", "C5 SILENT"]),
        (Decimal128(10, 2), Decimal128(10, 4), ["C5 cond", "C5 SILENT"]),
        (Decimal128(9, 0), Int64, ["T5 ok", "T5 cond"]),
        (Decimal128(10, 2), Int64, ["T5 SILENT", "T5 cond"]),
        (Decimal128(10, 2), Float64, ["T5 ok", "T11 SILENT"]),
        (Decimal128(38, 10), Float64, ["T5 SILENT", "T11 SILENT"]),
        // Times.
        (local(Millisecond), local(Microsecond), ["C2 ok", "C1 SILENT"]),
        (local(Second), local(Millisecond), ["C2 ok", "C1 SILENT"]),
        // Nanoseconds end in 2262, and tables have 9999-12-31.
        (local(Microsecond), local(Nanosecond), ["C2 cond", "C1 SILENT"]),
        (zoned(Microsecond), zoned(Nanosecond), ["C2 cond", "C1 SILENT"]),
        (local(Microsecond), zoned(Microsecond), ["T16 SILENT", "T16 SILENT"]),
        (local(Microsecond), zoned(Nanosecond), ["T16 SILENT", "T16 SILENT"]),
        (zoned(Microsecond), Timestamp(Microsecond, Some("Europe/Paris".into())), ["C3 ok", "C3 ok"]),
        (Date32, Date64, ["C2 ok", "C1 SILENT"]),
        (Date32, local(Microsecond), ["T5 ok", "T5 SILENT"]),
        (Time32(Second), Time64(Microsecond), ["C2 ok", "C1 SILENT"]),
        (Duration(Second), Duration(Millisecond), ["C2 ok", "C1 SILENT"]),
        (Interval(IntervalUnit::YearMonth), Interval(IntervalUnit::MonthDayNano), ["T5 ok", "T5 no"]),
        // Text and bytes.
        (Int32, Utf8, ["T5 ok", "T5 SILENT"]),
        (Boolean, Utf8, ["T5 ok", "T5 SILENT"]),
        (Date32, Utf8, ["T3 ok", "T10 SILENT"]),
        (Utf8, Binary, ["T6 ok", "T7 cond"]),
        (FixedSizeBinary(8), Binary, ["T3 ok", "T4 cond"]),
        (FixedSizeBinary(8), FixedSizeBinary(16), ["T5 no", "T5 no"]),
        // What can be cast and is something else.
        (Boolean, Int32, ["T5 SILENT", "T5 SILENT"]),
        (Int32, Date32, ["T5 SILENT", "T5 SILENT"]),
        (Int64, local(Microsecond), ["T5 SILENT", "T5 SILENT"]),
        (Int64, Duration(Second), ["T5 SILENT", "T5 SILENT"]),
        (Boolean, Date32, ["T5 no", "T5 no"]),
        // A column of nulls.
        (Null, Int32, ["T5 ok", "T5 no"]),
        (Null, List(item(Int32)), ["T5 ok", "T5 no"]),
        (Null, fields(&[("a", Int32)]), ["T5 ok", "T5 no"]),
        // Containers.
        (List(item(Int32)), List(item(Int64)), ["T3 ok", "T4 cond"]),
        (List(item(Int32)), FixedSizeList(item(Int32), 2), ["T15 cond", "T15 ok"]),
        (FixedSizeList(item(Int32), 2), FixedSizeList(item(Int32), 3), ["T5 no", "T5 no"]),
        (List(Field::new("item", Int32, false).into()), List(item(Int64)), ["T3 ok", "T4 no"]),
        (Int32, List(item(Int32)), ["T5 SILENT", "T5 no"]),
        (map(Utf8, Int32), map(Utf8, Int64), ["T3 ok", "T4 cond"]),
        (map(Utf8, Int32), map(Int32, Int32), ["T17 SILENT", "T17 ok"]),
        (map(Date32, Int32), map(Date64, Int32), ["C2 ok", "C1 SILENT"]),
        (fields(&[("a", Int32)]), map(Utf8, Int32), ["T13 no", "T13 no"]),
        (fields(&[("a", Int32)]), Int32, ["T5 no", "T5 no"]),
    ];
    let found: Vec<_> =
        pairs.iter().map(|(a, b, _)| format!("{a} / {b}: {}", both(a, b).join(", "))).collect();
    let expected: Vec<_> =
        pairs.iter().map(|(a, b, both)| format!("{a} / {b}: {}", both.join(", "))).collect();
    pretty(&found, &expected);
}

fn pretty(found: &[String], expected: &[String]) {
    let wrong = found.iter().zip(expected).filter(|(found, expected)| found != expected);
    let wrong: Vec<_> = wrong.map(|(found, expected)| format!("{found}\n  not {expected}")).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whole numbers of all widths and signs, from a generator with a fixed seed.
fn numbers() -> Vec<i64> {
    let mut state = 29_u64;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state as i64) >> (state >> 58)
    };
    (0..2_000).map(next).collect()
}

/// Why structs in maps are judged otherwise than structs elsewhere, which the engine reads by itself.
#[test]
fn kernel_takes_fields_of_other_names_by_place() {
    use arrow_array::cast::AsArray;
    use arrow_array::{ArrayRef, Int64Array, StructArray};
    let one: ArrayRef = std::sync::Arc::new(Int64Array::from(vec![1]));
    let written = StructArray::from(vec![(item(Int64).as_ref().clone().with_name("b").into(), one.clone())]);
    let read = arrow_cast::cast(&written, &fields(&[("a", Int64)])).unwrap();
    assert_eq!(read.as_struct().column(0), &one);
    assert!(arrow_cast::cast(&written, &fields(&[("b", Int64), ("a", Int64)])).is_err());
}

/// What is said to be read as it is comes back from Arrow's kernel as it was, whatever the value.
#[test]
fn what_is_ok_is_cast_and_comes_back_as_it_was() {
    use arrow_array::Int64Array;
    use arrow_cast::{CastOptions, cast, cast_with_options};
    let strict = CastOptions { safe: false, ..CastOptions::default() };
    let counts = Int64Array::from(numbers());
    let types: Vec<_> = types().into_iter().map(|alike| alike[0].clone()).collect();
    let mut tried = 0;
    for (file, table) in types.iter().flat_map(|file| types.iter().map(move |table| (file, table))) {
        let is_ok = compare(&one(table), &one(file)).iter().all(|drift| drift.verdict == Verdict::Ok);
        // Columns of numbers that fit, as values of the file's type.
        let Some(values) = file.is_integer().then(|| cast(&counts, file).unwrap()) else { continue };
        if !is_ok || matches!(table, List(_) | FixedSizeList(..)) {
            continue;
        }
        let read =
            cast_with_options(&values, table, &strict).unwrap_or_else(|e| panic!("{table} <- {file}: {e}"));
        let back =
            cast_with_options(&read, file, &strict).unwrap_or_else(|e| panic!("{table} <- {file}: {e}"));
        assert_eq!(*back, *values, "{table} <- {file}");
        tried += 1;
    }
    assert!(tried > 30, "{tried} pairs");
}
