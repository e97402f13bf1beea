//! Every event as a row: into a batch, into a file, and back, equal to what it was.

#[path = "../../proofmark-artifacts/tests/sample/mod.rs"]
mod sample;

use arrow_array::RecordBatch;
use arrow_schema::DataType;
use proofmark::decode::DecodeOwned;
use proofmark::{Encode, json};
use proofmark_arrow::{Layout, Tables, rows};
use proofmark_artifacts::DiagnosticEvent;
use std::fmt::Debug;

const LAYOUTS: [Layout; 2] = [Layout::Exact, Layout::Delta];

/// A table of the record alone, with it twice, and with none.
#[track_caller]
fn check<T: Encode + DecodeOwned + Clone + Debug + PartialEq>(record: T) {
    for layout in LAYOUTS {
        for count in [1, 2, 0] {
            let records = vec![record.clone(); count];
            let batch = Tables::new(layout).batch(&records).unwrap();
            assert_eq!(batch.num_rows(), count);
            assert_eq!(rows::<T>(&batch).unwrap(), records, "{layout:?}");
            for batch in through_a_file(batch) {
                assert_eq!(rows::<T>(&batch).unwrap(), records, "{layout:?} in a file");
            }
        }
    }
}

fn through_a_file(batch: RecordBatch) -> Vec<RecordBatch> {
    let mut file = Vec::new();
    proofmark_arrow::write_parquet(std::slice::from_ref(&batch), &mut file).unwrap();
    let batches = proofmark_arrow::read_parquet(file).unwrap();
    // An empty table has a file, which has no batch.
    if batch.num_rows() > 0 {
        assert_eq!(batches, [batch]);
    }
    batches
}

#[test]
fn every_event_comes_back() {
    check(sample::run_event());
    check(sample::plan_event());
    check(sample::explain_event());
    check(sample::prepared_statement_event());
    check(sample::parse_error_event());
    check(sample::udf_validation_event());
    check(sample::schema_validation_event());
    check(sample::file_pruning_event());
    check(sample::memory_event());
    check(sample::cache_state_event());
    check(sample::object_store_event());
    check(sample::feature_state_event());
    check(sample::incremental_event());
}

#[test]
fn other_records_come_back_too() {
    sample::telemetry().scans.into_iter().for_each(check);
    check(sample::cdf_cursor());
    check(sample::manifest());
    check(sample::plan());
    check(sample::profile());
    check(sample::run_diff());
}

#[test]
fn events_of_all_types_make_a_table_each() {
    let events = sample::diagnostics().events;
    for layout in LAYOUTS {
        let tables = Tables::new(layout).tables(&events).unwrap();
        let mut read = Vec::new();
        for table in &tables {
            read.extend(rows_of(&table.name, &table.batch));
        }
        let count: usize = tables.iter().map(|table| table.batch.num_rows()).sum();
        assert_eq!(count, events.len());
        assert!(events.iter().all(|event| read.contains(event)));
        let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
        let types: Vec<_> = DiagnosticEvent::types().filter(|name| names.contains(name)).collect();
        assert_eq!(names, types);
    }
}

/// The events of one table: their type is the table's name.
fn rows_of(name: &str, batch: &RecordBatch) -> Vec<DiagnosticEvent> {
    macro_rules! by_name {
        ($($variant:ident $record:ident $name:literal;)*) => {
            match name {
                $($name => {
                    let rows = rows::<proofmark_artifacts::diagnostics::$record>(batch).unwrap();
                    rows.into_iter().map(DiagnosticEvent::$variant).collect()
                })*
                _ => panic!("`{name}` has no row here"),
            }
        };
    }
    by_name! {
        Run RunEvent "run_event.v1";
        Plan PlanEvent "plan_event.v1";
        Explain ExplainEvent "explain_event.v1";
        Prepared PreparedStatementEvent "prepared_statement_event.v1";
        ParseError ParseErrorEvent "parse_error_event.v1";
        UdfValidation UdfValidationEvent "udf_validation_event.v1";
        SchemaValidation SchemaValidationEvent "schema_validation_event.v1";
        FilePruning FilePruningEvent "file_pruning_event.v1";
        Memory MemoryEvent "memory_event.v1";
        CacheState CacheStateEvent "cache_state_event.v1";
        ObjectStore ObjectStoreEvent "object_store_event.v1";
        FeatureState FeatureStateEvent "feature_state_event.v1";
        Incremental IncrementalEvent "incremental_event.v1";
    }
}

#[test]
fn a_batch_of_event_columns_says_what_they_are() {
    let batch = proofmark_arrow::batch(&[sample::run_event()]).unwrap();
    let schema = batch.schema();
    let told: Vec<_> = schema
        .fields()
        .iter()
        .map(|field| {
            let presence = &field.metadata()["proofmark.presence"];
            format!("{} {} {} {presence}", field.name(), field.data_type(), field.is_nullable())
        })
        .collect();
    assert_eq!(
        told,
        [
            "event_time Timestamp(ns, \"UTC\") true maybe",
            "phase Utf8 false required",
            "statement UInt32 true maybe",
            "rows UInt64 true maybe",
            "elapsed_ns UInt64 true maybe",
            "message Utf8 true maybe",
        ]
    );
    assert_eq!(schema.metadata()["proofmark.record"], "run_event.v1");
    assert_eq!(schema.field(3).metadata()["proofmark.absent"], "there is no result");
    assert_eq!(schema.field(4).metadata()["proofmark.volatile"], "measured");
}

#[test]
fn delta_has_no_unsigned_numbers_and_no_nanoseconds() {
    fn is_known(data_type: &DataType) -> bool {
        match data_type {
            DataType::Timestamp(unit, _) => *unit == arrow_schema::TimeUnit::Microsecond,
            DataType::List(item) | DataType::Map(item, _) => is_known(item.data_type()),
            DataType::Struct(fields) => fields.iter().all(|field| is_known(field.data_type())),
            DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64 => false,
            DataType::Duration(_) | DataType::Time64(_) | DataType::Decimal256(..) | DataType::Null => false,
            _ => true,
        }
    }
    for table in Tables::new(Layout::Delta).tables(&sample::diagnostics().events).unwrap() {
        for field in table.batch.schema().fields() {
            assert!(is_known(field.data_type()), "{} {}", table.name, field);
        }
    }
}

#[test]
fn an_absent_default_is_written_out() {
    let event: proofmark_artifacts::diagnostics::ObjectStoreEvent =
        json::from_str(r#"{"url":"file:///"}"#).unwrap();
    let batch = proofmark_arrow::batch(&[event]).unwrap();
    let gets = batch.column_by_name("gets").unwrap();
    assert_eq!((gets.null_count(), gets.data_type()), (0, &DataType::UInt64));
}
