//! Schemas as locks.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};
use proofmark_arrow::drift::{LEVELS_MAX, compare, lock};
use proofmark_contract::lock::{Definition, from_slice, to_vec};
use proofmark_contract::{Replica, drift};

use super::one;
use super::variants::types;

#[test]
fn the_lock_of_every_type_is_read_back_from_its_file() {
    for data_type in types().into_iter().flatten() {
        let lock = lock(&one(&data_type));
        let text = to_vec(&lock).unwrap_or_else(|error| panic!("{data_type}: {error}"));
        assert_eq!(
            from_slice(&text).unwrap_or_else(|error| panic!("{data_type}: {error}")),
            lock,
            "{data_type}"
        );
        assert_eq!(drift::changes(&lock, &lock), [], "{data_type}");
    }
}

#[test]
fn records_are_read_by_the_lock_of_every_type_but_unions() {
    for data_type in types().into_iter().flatten() {
        // A union's members have no tags, so no reader of records tells them apart.
        let is_union = matches!(data_type, DataType::Union(..));
        let replica = Replica::new(&lock(&one(&data_type)));
        assert_eq!(replica.is_err(), is_union, "{data_type}: {:?}", replica.err());
    }
}

fn nested(levels: usize) -> DataType {
    nested_in(levels, DataType::Int32)
}

fn nested_in(levels: usize, innermost: DataType) -> DataType {
    (0..levels).fold(innermost, |of, _| DataType::List(Arc::new(Field::new("item", of, true))))
}

#[test]
fn types_are_told_to_the_limit_of_levels_and_no_further() {
    let is_cut = |levels: usize| {
        let lock = lock(&one(&nested(levels)));
        assert_eq!(from_slice(&to_vec(&lock).unwrap()).unwrap(), lock);
        let Some(Definition::Record(row)) = lock.definition(&lock.root) else { panic!("a row is a record") };
        row.fields[0].ty.to_string().contains("any")
    };
    // The column and the innermost type are levels too.
    assert!(!is_cut(LEVELS_MAX - 3));
    assert!(!is_cut(LEVELS_MAX - 2));
    assert!(is_cut(LEVELS_MAX - 1));
    assert!(is_cut(10 * LEVELS_MAX));
}

#[test]
fn what_is_below_all_levels_is_judged_as_a_whole() {
    let judged = |levels: usize, table: DataType, file: DataType| {
        let found = compare(&one(&nested_in(levels, table)), &one(&nested_in(levels, file)));
        found.iter().map(|drift| format!("{} {}", drift.rule, drift.verdict)).collect::<Vec<_>>()
    };
    let (narrow, wide) = (DataType::Int32, DataType::Int64);
    assert_eq!(judged(LEVELS_MAX - 2, narrow.clone(), wide.clone()), ["T4 cond"]);
    assert_eq!(judged(LEVELS_MAX - 1, narrow.clone(), wide.clone()), ["T5 cond"]);
    assert_eq!(judged(LEVELS_MAX - 1, wide.clone(), narrow.clone()), <[&str; 0]>::default());
    assert_eq!(judged(LEVELS_MAX - 1, narrow, DataType::Utf8), ["T5 SILENT"]);
}

#[test]
fn columns_of_one_name_do_no_harm() {
    let twice =
        |of: [DataType; 2]| Schema::new(of.map(|data_type| Field::new("c", data_type, true)).to_vec());
    let table = twice([DataType::Date32, DataType::Date64]);
    assert_eq!(super::lines(&table, &table), <[&str; 0]>::default());
}
