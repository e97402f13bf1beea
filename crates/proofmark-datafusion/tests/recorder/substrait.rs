//! Plans of other programs in place of SQL.

use std::path::{Path, PathBuf};

use proofmark_datafusion::artifacts::policy::SqlPolicy;
use proofmark_datafusion::artifacts::{AstOmission, Digest, Maybe, RunStatus};
use proofmark_datafusion::{
    Collect, Discard, ErrorKind, Program, Recorder, RunOptions, RunOutcome, SUBSTRAIT_BYTES_MAX,
    SubstraitPlan, TableSpec,
};

use crate::fixture::Ran;

/// What `late_carriers.py` asks, as SQL.
const SAME_AS_SQL: &str = "SELECT carrier, count(*) AS flights, max(arr_delay) AS worst FROM flights
    WHERE arr_delay >= 15 GROUP BY carrier ORDER BY flights DESC";

fn flights() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/nyc-flights")
}

/// The plan that Ibis made.
fn plan() -> Vec<u8> {
    std::fs::read(flights().join("late_carriers.substrait")).unwrap()
}

fn options(runs: &Path) -> RunOptions {
    let path = flights().join("data/flights.parquet");
    RunOptions { tables: vec![TableSpec { name: "flights".to_owned(), path }], ..RunOptions::new(runs) }
}

fn program(plan: &[u8]) -> Program {
    let mut program = Program::default();
    program.push_plan(SubstraitPlan::read(plan).unwrap());
    program
}

fn run(options: RunOptions, program: Program) -> (RunOutcome, String) {
    let mut rows = Collect::default();
    let outcome = Recorder::new(options).run(program, &mut rows, &mut Discard);
    let batches: Vec<_> = rows.results.iter().flat_map(|(_, batches)| batches).cloned().collect();
    let shown = proofmark_datafusion::datafusion::arrow::util::pretty::pretty_format_batches(&batches);
    (outcome, shown.unwrap().to_string())
}

#[test]
fn a_plan_of_ibis_gives_the_rows_of_the_same_sql() {
    let runs = tempfile::tempdir().unwrap();
    let (outcome, rows) = run(options(runs.path()), program(&plan()));
    assert_eq!(outcome.status, RunStatus::Ok, "{:?}", outcome.failure);
    let (_, expected) = run(options(runs.path()), Program::from(SAME_AS_SQL));
    assert_eq!(rows, expected);
    assert!(rows.contains("| EV      |"), "{rows}");
}

#[test]
fn the_record_says_where_a_plan_came_from_and_keeps_it() {
    let runs = tempfile::tempdir().unwrap();
    let plan = plan();
    let ran = Ran::new(options(runs.path()), program(&plan));
    let manifest = ran.manifest();
    let Maybe::Set(origin) = &manifest.statements[0].substrait else { panic!("no origin") };
    assert_eq!(origin.producer, Maybe::Set("ibis-substrait".to_owned()));
    assert_eq!(origin.sha256, Digest::of(&plan));
    assert_eq!(manifest.statements[0].sql, format!("-- Substrait plan by ibis-substrait, {}", origin.sha256));
    assert_eq!(manifest.datasets[0].name, "flights");
    assert!(ran.plan().statements[0].physical.as_ref().into_option().is_some());
    assert_eq!(ran.telemetry().scans.len(), 1);
    ran.ast(|ast| {
        assert_eq!(ast.statements[0].omitted, Maybe::Set(AstOmission::SubstraitPlan));
        assert_eq!(ast.statements[0].substrait, Maybe::Set(plan.clone()));
    });
}

#[test]
fn a_plan_stands_between_the_statements_it_was_given_between() {
    let runs = tempfile::tempdir().unwrap();
    let path = flights().join("data/flights.parquet");
    let mut program = Program::default();
    let table =
        format!("CREATE EXTERNAL TABLE flights STORED AS PARQUET LOCATION '{}' -- no end", path.display());
    assert_eq!(program.push_sql(&table), 1);
    assert_eq!(program.push_plan(SubstraitPlan::read(&plan()).unwrap()), 3);
    assert_eq!(program.push_sql("SELECT 1"), 5);
    let manifest = Ran::new(RunOptions::new(runs.path()), program).manifest();
    let kinds: Vec<_> = manifest.statements.iter().map(|statement| statement.kind.as_str()).collect();
    assert_eq!(kinds, ["create_external_table", "query", "query"]);
    assert_eq!(manifest.statements[2].sql, "SELECT 1");
    assert_eq!(manifest.status, RunStatus::Ok);
}

#[test]
fn the_tables_that_a_plan_reads_are_known_before_it_runs() {
    assert_eq!(SubstraitPlan::read(&plan()).unwrap().tables(), ["flights"]);
}

/// A relation inside `levels` filters, as protobuf and as JSON.
fn nested(levels: usize) -> (Vec<u8>, String) {
    let mut bytes = vec![];
    for _ in 0..levels {
        let inner = [&[0x12][..], &length(bytes.len()), &bytes].concat();
        bytes = [&[0x12][..], &length(inner.len()), &inner].concat();
    }
    let relation = [&[0x0a][..], &length(bytes.len()), &bytes].concat();
    let plan = [&[0x1a][..], &length(relation.len()), &relation].concat();
    let json = format!(
        "{{\"relations\":[{{\"rel\":{}{{}}{}}}]}}",
        "{\"filter\":{\"input\":".repeat(levels),
        "}}".repeat(levels)
    );
    (plan, json)
}

fn length(mut bytes: usize) -> Vec<u8> {
    let mut out = vec![];
    while bytes >= 0x80 {
        out.push(bytes as u8 | 0x80);
        bytes >>= 7;
    }
    out.push(bytes as u8);
    out
}

#[test]
fn what_is_no_plan_is_refused() {
    let (deep, deep_json) = nested(10_000);
    let cases: [(&str, Vec<u8>); 7] = [
        ("text", b"select 1".to_vec()),
        ("nothing", vec![]),
        ("JSON that is no plan", b"{\"relations\":[1]}".to_vec()),
        ("a plan of two relations", [plan(), plan()].concat()),
        ("deep", deep),
        ("deep JSON", deep_json.into_bytes()),
        ("large", vec![b' '; SUBSTRAIT_BYTES_MAX + 1]),
    ];
    for (name, bytes) in cases {
        let error = SubstraitPlan::read(&bytes).expect_err(name);
        assert_eq!(error.kind(), ErrorKind::Parse, "{name}: {error}");
    }
    SubstraitPlan::read(&nested(10).0).unwrap();
    SubstraitPlan::read(nested(10).1.as_bytes()).unwrap();
}

#[test]
fn a_damaged_plan_fails_and_leaves_a_record() {
    let runs = tempfile::tempdir().unwrap();
    let whole = plan();
    let mut read = 0;
    // Each place of the plan with another byte, of which some still read.
    for place in (0..whole.len()).step_by(31) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        let Ok(plan) = SubstraitPlan::read(&damaged) else { continue };
        read += 1;
        let mut program = Program::default();
        program.push_plan(plan);
        let (outcome, _) = run(options(runs.path()), program);
        assert!(outcome.bundle.is_some(), "{:?}", outcome.warnings);
    }
    assert!(read > 0);
}

#[test]
fn a_plan_over_another_table_says_so() {
    let runs = tempfile::tempdir().unwrap();
    let (outcome, _) = run(RunOptions::new(runs.path()), program(&plan()));
    let (_, error) = outcome.failure.unwrap();
    assert_eq!(error.kind(), ErrorKind::Plan);
    assert!(error.to_string().contains("No table named 'flights'"), "{error}");
}

#[test]
fn the_policy_holds_for_plans() {
    let runs = tempfile::tempdir().unwrap();
    let mut options = options(runs.path());
    let mut profile = (*options.profile).clone();
    profile.sql_policy = SqlPolicy { statement_bytes_max: Maybe::Set(10), ..SqlPolicy::default() };
    options.profile = profile.into();
    let (outcome, _) = run(options, program(&plan()));
    assert_eq!(outcome.failure.unwrap().1.kind(), ErrorKind::Policy);
}
