//! Plans in protobuf, read by those they are for.

use std::path::Path;

use proofmark_datafusion::artifacts::{Maybe, StatementPlan};
use proofmark_datafusion::datafusion::arrow::util::pretty::pretty_format_batches;
use proofmark_datafusion::datafusion::physical_plan::collect;
use proofmark_datafusion::datafusion::prelude::SessionContext;
use proofmark_datafusion::{Collect, Discard, Program, Recorder, RunOptions, SubstraitPlan, TableSpec};

use crate::fixture::Ran;

const SQL: &str = "SELECT carrier, count(*) AS flights, max(arr_delay) AS worst FROM flights
    WHERE arr_delay >= 15 GROUP BY carrier ORDER BY flights DESC, upper(carrier)";

fn options(runs: &Path) -> RunOptions {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/nyc-flights/data/flights.parquet");
    RunOptions { tables: vec![TableSpec { name: "flights".to_owned(), path }], ..RunOptions::new(runs) }
}

fn recorded(sql: &str) -> StatementPlan {
    let runs = tempfile::tempdir().unwrap();
    Ran::new(options(runs.path()), Program::from(sql)).plan().statements.remove(0)
}

fn rows(program: impl Into<Program>) -> String {
    let runs = tempfile::tempdir().unwrap();
    let mut rows = Collect::default();
    let outcome = Recorder::new(options(runs.path())).run(program, &mut rows, &mut Discard);
    assert!(outcome.failure.is_none(), "{:?}", outcome.failure);
    let batches: Vec<_> = rows.results.iter().flat_map(|(_, batches)| batches).cloned().collect();
    pretty_format_batches(&batches).unwrap().to_string()
}

#[test]
fn a_recorded_substrait_plan_gives_the_rows_of_the_sql() {
    let Maybe::Set(bytes) = recorded(SQL).substrait else { panic!("no plan") };
    let mut program = Program::default();
    program.push_plan(SubstraitPlan::read(&bytes).unwrap());
    assert_eq!(rows(program), rows(SQL));
}

#[test]
fn a_recorded_plan_of_the_engine_gives_the_rows_of_the_sql() {
    let Maybe::Set(bytes) = recorded(SQL).engine else { panic!("no plan") };
    let context = SessionContext::new().task_ctx();
    let plan = datafusion_proto::bytes::physical_plan_from_bytes(&bytes, &context).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let batches = runtime.block_on(collect(plan, context)).unwrap();
    assert_eq!(pretty_format_batches(&batches).unwrap().to_string(), rows(SQL));
}

#[test]
fn the_same_sql_has_the_same_substrait_plan() {
    let first = recorded(SQL).substrait;
    assert!((0..5).all(|_| recorded(SQL).substrait == first));
}

#[test]
fn a_plan_that_cannot_be_said_in_protobuf_is_recorded_without() {
    let plan = recorded("EXPLAIN ANALYZE SELECT 1");
    assert_eq!(plan.substrait, Maybe::Unset);
    assert!(plan.physical.as_ref().into_option().is_some());
}
