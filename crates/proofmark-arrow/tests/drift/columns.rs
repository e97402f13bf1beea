//! Columns that come, go, move, are renamed or may be null otherwise; in tables, and in structs.

use std::sync::Arc;

use arrow_schema::DataType::{self, *};
use arrow_schema::{Field, Schema, TimeUnit};
use proofmark_arrow::drift::{Census, Difference, Judged};

use super::lines;
use super::variants::{fields, map};

/// Columns written as `a:i b:t?`; `?` is for those that may be null.
fn schema(text: &str) -> Schema {
    let column = |text: &str| {
        let (name, of) = text.split_once(':').unwrap();
        Field::new(name, leaf(of.trim_end_matches('?')), text.ends_with('?'))
    };
    Schema::new(text.split_whitespace().map(column).collect::<Vec<_>>())
}

fn leaf(text: &str) -> DataType {
    match text {
        "i" => Int32,
        "l" => Int64,
        "f" => Float64,
        "t" => Utf8,
        "us" => Timestamp(TimeUnit::Microsecond, None),
        "ns" => Timestamp(TimeUnit::Nanosecond, None),
        other => panic!("{other}"),
    }
}

#[track_caller]
fn check(table: &str, file: &str, expected: &[&str]) {
    assert_eq!(lines(&schema(table), &schema(file)), expected, "{table} <- {file}");
}

#[test]
fn columns_that_are_alike_are_not_told() {
    check("a:i b:t?", "a:i b:t?", &[]);
    check("", "", &[]);
}

#[test]
fn a_column_that_the_file_lacks_is_read_as_nulls_if_it_takes_them() {
    check("a:i b:t?", "a:i", &["b missing Utf8 <- -: F4 ok compatible"]);
    check("a:i b:t", "a:i", &["b missing Utf8 <- -: F1 no forward-only"]);
}

#[test]
fn a_column_that_the_table_lacks_is_passed_over() {
    check("a:i", "a:i b:t?", &["b added - <- Utf8: F7 ok compatible"]);
    check("a:i", "a:i b:t", &["b added - <- Utf8: F6 ok backward-only"]);
}

#[test]
fn nulls_are_told_where_the_table_takes_none() {
    check("a:i", "a:i?", &["a nullability not null <- nullable: N2 cond forward-only"]);
    check("a:i?", "a:i", &[]);
    check(
        "a:l",
        "a:i?",
        &[
            "a nullability not null <- nullable: N2 cond forward-only",
            "a retyped Int64 <- Int32: T3 ok backward-only",
        ],
    );
}

#[test]
fn a_column_of_another_name_is_not_found_and_nobody_is_told() {
    check("a:i b:t?", "a:i c:t?", &["b renamed b <- c: F10 SILENT silent"]);
    check("a:i b:t", "a:i c:t", &["b renamed b <- c: F9 no breaking"]);
    check("a:i b:us?", "a:i c:us?", &["b renamed b <- c: F10 SILENT silent"]);
    // What differs in more than its name is another column.
    let expected = ["c added - <- Int32: F7 ok compatible", "b missing Utf8 <- -: F4 ok compatible"];
    check("a:i b:t?", "a:i c:i?", &expected);
    let expected =
        ["c added - <- Timestamp(ns): F7 ok compatible", "b missing Timestamp(µs) <- -: F4 ok compatible"];
    check("a:i b:us?", "a:i c:ns?", &expected);
}

#[test]
fn columns_that_are_spelled_in_another_style_are_told_one_by_one() {
    let expected = [
        "orderId renamed orderId <- order_id: F12 no breaking",
        "netPrice renamed netPrice <- net_price: F12 SILENT silent",
    ];
    check("orderId:i netPrice:f?", "order_id:i net_price:f?", &expected);
}

#[test]
fn another_order_changes_nothing() {
    let expected = [
        "b moved column 0 <- column 1: F13 ok representation",
        "a moved column 1 <- column 0: F13 ok representation",
    ];
    check("b:t a:i c:f", "a:i b:t c:f", &expected);
}

#[test]
fn each_column_of_one_kind_of_change_is_told() {
    let expected = [
        "a retyped Timestamp(µs) <- Timestamp(ns): C1 SILENT silent",
        "b retyped Timestamp(µs) <- Timestamp(ns): C1 SILENT silent",
    ];
    check("a:us b:us", "a:ns b:ns", &expected);
}

#[track_caller]
fn check_type(table: DataType, file: DataType, expected: &[&str]) {
    assert_eq!(lines(&super::one(&table), &super::one(&file)), expected);
}

#[test]
fn fields_of_structs_are_judged_as_columns_are() {
    check_type(
        fields(&[("x", Int64), ("y", Utf8)]),
        fields(&[("x", Int32), ("z", Float64)]),
        &[
            "c.z added - <- Float64: F7 ok compatible",
            "c.y missing Utf8 <- -: F4 ok compatible",
            "c.x retyped Int64 <- Int32: T3 ok backward-only",
        ],
    );
    check_type(
        fields(&[("k", Utf8), ("x", Int64)]),
        fields(&[("k", Utf8), ("y", Int64)]),
        &["c.x renamed x <- y: F10 SILENT silent"],
    );
    let list = |of| List(Arc::new(Field::new("item", of, true)));
    check_type(
        list(fields(&[("at", Date32)])),
        list(fields(&[("at", Date64)])),
        &["c[].at retyped Date32 <- Date64: C1 SILENT silent"],
    );
    check_map(
        fields(&[("n", Int32)]),
        fields(&[("n", Int64)]),
        &["c{}.n retyped Int32 <- Int64: T4 cond forward-only"],
    );
}

#[track_caller]
fn check_map(table: DataType, file: DataType, expected: &[&str]) {
    check_type(map(Utf8, table), map(Utf8, file), expected);
}

#[test]
fn structs_of_which_no_field_is_found_are_refused() {
    check_type(fields(&[("x", Int64)]), fields(&[("y", Int64)]), &["c.x renamed x <- y: F10 no breaking"]);
    let expected = ["c.y added - <- Utf8: F7 no breaking", "c.x missing Int64 <- -: F4 no breaking"];
    check_type(fields(&[("x", Int64)]), fields(&[("y", Utf8)]), &expected);
}

/// The engine leaves maps to Arrow's kernel, which finds fields by place if it does not find all names.
#[test]
fn structs_in_maps_are_read_by_place() {
    let expected = ["c{}.a renamed a <- b: F10 SILENT silent"];
    check_map(fields(&[("a", Int64)]), fields(&[("b", Int64)]), &expected);
    let expected = ["c{}.b missing Int64 <- -: F4 no breaking"];
    check_map(fields(&[("a", Int64), ("b", Int64)]), fields(&[("a", Int64)]), &expected);
    let expected = [
        "c{}.b moved column 0 <- column 1: F13 ok representation",
        "c{}.a moved column 1 <- column 0: F13 ok representation",
    ];
    let (ab, ba) = ([("a", Int64), ("b", Utf8)], [("b", Utf8), ("a", Int64)]);
    check_map(fields(&ba), fields(&ab), &expected);
}

#[test]
fn nulls_inside_a_column_are_refused_before_there_is_one() {
    let list = |nullable| List(Arc::new(Field::new("item", Int32, nullable)));
    let expected = format!("c retyped {} <- {}: N2 no forward-only", list(false), list(true));
    check_type(list(false), list(true), &[&expected]);
    check_type(list(true), list(false), &[]);
    let record = |nullable| Struct(vec![Field::new("n", Int32, nullable)].into());
    let expected = ["c.n nullability not null <- nullable: N2 no forward-only"];
    check_type(record(false), record(true), &expected);
    // But not in maps.
    let expected = ["c{}.n nullability not null <- nullable: N2 cond forward-only"];
    check_map(record(false), record(true), &expected);
}

#[test]
fn a_wide_table_is_compared_in_little_time() {
    let wide = |of: &str| schema(&(0..500).map(|n| format!("column_{n}:{of} ")).collect::<String>());
    let begun = std::time::Instant::now();
    assert_eq!(lines(&wide("i"), &wide("i")).len(), 0);
    assert_eq!(super::compare(&schema("a:i"), &wide("i?")).len(), 501);
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn files_of_several_schemas_that_differ_alike_are_counted_together() {
    let mut census = Census::default();
    for (place, text) in [("d", "a:l b:t?"), ("c", "a:i? b:t?"), ("b", "a:l"), ("a", "a:i b:t?")] {
        census.add(&schema(text), place);
    }
    let judged = census.judge(&schema("a:i b:t?"));
    let told = |it: &Difference| format!("{} {} {} {}", it.drift.column, it.drift.rule, it.files, it.example);
    let told: Vec<_> = judged.differences.iter().map(told).collect();
    assert_eq!((judged.files, judged.differing), (4, 3));
    assert_eq!(told, ["a T4 2 b", "a N2 1 c", "b F4 1 b"]);
    assert_eq!(Census::default().judge(&schema("a:i")), Judged::default());
}
