//! Every failure says what, where and what to do, and leaves a bundle.

use expect_test::{Expect, expect};
use proofmark_datafusion::artifacts::{DiagnosticEvent, FailureStage, Maybe, RunStatus};
use proofmark_datafusion::{ErrorKind, RunOptions, TableSpec};

use crate::fixture::{Fixture, Ran, names};

/// A failed run: its stage and kind, its message with the data directory left out, and a bundle that says the same.
#[track_caller]
fn check(fixture: &Fixture, ran: &Ran, stage: FailureStage, kind: ErrorKind, expected: Expect) {
    let (found_stage, error) = ran.outcome.failure.as_ref().expect("the run failed");
    let directory = fixture.path("").to_string_lossy().into_owned();
    let text = error.to_string().replace(&directory, "DIR/").replace(directory.trim_matches('/'), "DIR");
    expected.assert_eq(&text);
    assert_eq!((*found_stage, error.kind()), (stage, kind));
    assert_eq!(ran.outcome.status, RunStatus::Failed);
    let manifest = ran.manifest();
    assert_eq!(manifest.status, RunStatus::Failed);
    let Maybe::Set(failure) = manifest.failure else { panic!("the manifest has the failure") };
    assert_eq!(failure.stage, stage);
    assert!(failure.message.contains(error.message()));
    assert!(ran.bundle().verify().is_empty());
}

#[test]
fn malformed_sql() {
    let fixture = Fixture::new();
    let ran = fixture.run("SELECT 1;\nSELECT id FORM orders");
    check(
        &fixture,
        &ran,
        FailureStage::Parse,
        ErrorKind::Parse,
        expect!["Expected: end of statement, found: orders at line 2, column 16"],
    );
    assert_eq!(ran.outcome.statements.len(), 0, "nothing runs when the text is not SQL");
    let events = ran.diagnostics().events;
    let found = events.iter().find_map(|event| match event {
        DiagnosticEvent::ParseError(error) => Some((error.line, error.column)),
        _ => None,
    });
    assert_eq!(found, Some((Maybe::Set(2), Maybe::Set(16))));
}

#[test]
fn unterminated_string() {
    let fixture = Fixture::new();
    let ran = fixture.run("SELECT\n  'abc");
    check(
        &fixture,
        &ran,
        FailureStage::Parse,
        ErrorKind::Parse,
        expect!["Unterminated string literal at line 2, column 3"],
    );
}

#[test]
fn unknown_table() {
    let fixture = Fixture::new();
    let ran = fixture.run("SELECT 1; SELECT * FROM nowhere");
    check(
        &fixture,
        &ran,
        FailureStage::Plan,
        ErrorKind::Plan,
        expect![
            "table 'datafusion.public.nowhere' not found at line 1, column 25; name it with `CREATE EXTERNAL TABLE` or `--table NAME=PATH`"
        ],
    );
    assert_eq!(ran.outcome.statements.len(), 2);
    assert_eq!(ran.manifest().statements[0].status, RunStatus::Ok);
}

#[test]
fn unknown_column() {
    let fixture = Fixture::new();
    let ran = fixture.run("SELECT id,\n  amuont FROM orders");
    check(
        &fixture,
        &ran,
        FailureStage::Plan,
        ErrorKind::Plan,
        expect![
            "No field named amuont. Did you mean 'orders.amount'? Valid fields are orders.id, orders.customer, orders.amount at line 2, column 3"
        ],
    );
}

#[test]
fn division_by_zero_while_running() {
    let fixture = Fixture::new();
    let ran = fixture.run("SELECT id / (id - 5) FROM orders");
    check(
        &fixture,
        &ran,
        FailureStage::Execute,
        ErrorKind::Execution,
        expect!["Divide by zero error at line 1, column 1"],
    );
    assert_eq!(ran.manifest().statements[0].rows, Maybe::Unset);
    assert!(ran.plan().statements[0].physical != Maybe::Unset, "the plan of a failed statement is kept");
}

#[test]
fn cast_error_while_running() {
    let fixture = Fixture::new();
    let ran = fixture.run("SELECT CAST(name AS INT) FROM customers");
    check(
        &fixture,
        &ran,
        FailureStage::Execute,
        ErrorKind::Execution,
        expect!["Cast error: Cannot cast string 'customer 0' to value of Int32 type at line 1, column 1"],
    );
}

#[test]
fn missing_file_behind_a_table() {
    let fixture = Fixture::new();
    let mut options = fixture.options();
    options.tables.push(fixture.table("t", "no.parquet"));
    let ran = Ran::new(options, "SELECT 1");
    check(
        &fixture,
        &ran,
        FailureStage::Input,
        ErrorKind::NotFound,
        expect!["table `t`: there is no file or directory `DIR/no.parquet`"],
    );
}

#[test]
fn missing_file_in_sql() {
    let fixture = Fixture::new();
    let sql = format!(
        "SELECT 1;\nCREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION '{}'",
        fixture.path("no/").display()
    );
    let ran = fixture.run(&sql);
    check(
        &fixture,
        &ran,
        FailureStage::Input,
        ErrorKind::NotFound,
        expect!["table `t`: there is no file or directory `DIR/no/` at line 2, column 1"],
    );
}

#[test]
fn parquet_file_cut_in_half() {
    let fixture = Fixture::new();
    let whole = std::fs::read(fixture.path("orders.parquet")).unwrap();
    std::fs::write(fixture.path("half.parquet"), &whole[..whole.len() / 2]).unwrap();
    let mut options = fixture.options();
    options.tables = vec![fixture.table("half", "half.parquet")];
    let ran = Ran::new(options, "SELECT * FROM half");
    check(
        &fixture,
        &ran,
        FailureStage::Input,
        ErrorKind::Data,
        expect![[
            r#"table `half`: `DIR/half.parquet` is not a whole Parquet file: it must end in `PAR1`, found `\xf3\xf4\xf5\xf6`; the file is damaged or incomplete: write it again, or leave it out"#
        ]],
    );
}

#[test]
fn damaged_file_in_a_directory_is_named() {
    let fixture = Fixture::new();
    std::fs::create_dir(fixture.path("many")).unwrap();
    std::fs::copy(fixture.path("orders.parquet"), fixture.path("many/a.parquet")).unwrap();
    std::fs::write(fixture.path("many/b.parquet"), "PAR1 and no more after it PAR1").unwrap();
    let sql =
        format!("CREATE EXTERNAL TABLE many STORED AS PARQUET LOCATION '{}'", fixture.path("many").display());
    let ran = fixture.run(&sql);
    check(
        &fixture,
        &ran,
        FailureStage::Input,
        ErrorKind::Data,
        expect![
            "table `many`: `DIR/many/b.parquet` is not a whole Parquet file: its metadata claims 544500000 bytes, the file has 30 at line 1, column 1; the file is damaged or incomplete: write it again, or leave it out"
        ],
    );
}

#[test]
fn parquet_file_with_damaged_pages() {
    let fixture = Fixture::new();
    let mut bytes = std::fs::read(fixture.path("orders.parquet")).unwrap();
    bytes[4..2000].fill(0xff);
    std::fs::write(fixture.path("bad.parquet"), &bytes).unwrap();
    let mut options = fixture.options();
    options.tables = vec![fixture.table("bad", "bad.parquet")];
    let ran = Ran::new(options, "SELECT sum(id) FROM bad");
    assert_eq!(ran.outcome.status, RunStatus::Failed);
    let (_, error) = ran.outcome.failure.as_ref().unwrap();
    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
    assert!(error.message().contains(&fixture.path("").to_string_lossy().into_owned()), "{error}");
}

#[test]
fn csv_with_a_short_line() {
    let fixture = Fixture::new();
    std::fs::write(fixture.path("short.csv"), "a,b\n1,2\n3\n").unwrap();
    let mut options = fixture.options();
    options.tables = vec![fixture.table("short", "short.csv")];
    let ran = Ran::new(options, "SELECT * FROM short");
    assert_eq!(ran.outcome.status, RunStatus::Failed);
    let (_, error) = ran.outcome.failure.as_ref().unwrap();
    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
    assert!(error.message().contains(&fixture.path("").to_string_lossy().into_owned()), "{error}");
}

#[test]
fn unknown_extension() {
    let fixture = Fixture::new();
    std::fs::write(fixture.path("data.xlsx"), "").unwrap();
    let mut options = fixture.options();
    options.tables = vec![fixture.table("t", "data.xlsx")];
    let ran = Ran::new(options, "SELECT 1");
    check(
        &fixture,
        &ran,
        FailureStage::Input,
        ErrorKind::Usage,
        expect![
            "table `t`: the extension of `DIR/data.xlsx` names no known format; use .parquet, .csv, .tsv, .ndjson, .jsonl or .json, or `CREATE EXTERNAL TABLE ... STORED AS`"
        ],
    );
}

#[test]
fn unknown_setting() {
    let fixture = Fixture::new();
    let ran = fixture.run("SET datafusion.execution.bach_size = 1");
    check(
        &fixture,
        &ran,
        FailureStage::Execute,
        ErrorKind::Configuration,
        expect![[
            r#"Error setting config datafusion.execution.bach_size caused by Config value "bach_size" not found on ExecutionOptions at line 1, column 1"#
        ]],
    );
}

#[test]
fn memory_that_runs_out() {
    let fixture = Fixture::new();
    let ran = fixture.run(
        "SET datafusion.runtime.memory_limit = '100K'; SELECT a.id, b.id FROM orders a, orders b ORDER BY a.amount, b.amount",
    );
    let (stage, error) = ran.outcome.failure.as_ref().unwrap();
    assert_eq!((*stage, error.kind()), (FailureStage::Execute, ErrorKind::Resources), "{error}");
    assert!(error.help().is_some());
}

#[test]
fn table_named_like_a_path_is_a_name() {
    let fixture = Fixture::new();
    let spec: TableSpec = format!("../../x={}", fixture.path("orders.parquet").display()).parse().unwrap();
    let mut options = fixture.options();
    options.tables = vec![spec];
    let before = names(&fixture.path(""));
    let ran = Ran::new(options, "SELECT count(*) FROM \"../../x\"");
    assert_eq!(ran.outcome.status, RunStatus::Ok, "{:?}", ran.outcome);
    assert_eq!(ran.manifest().datasets[0].name, "../../x");
    let mut after = names(&fixture.path(""));
    after.retain(|name| name != "runs");
    assert_eq!(after, before);
}

#[test]
fn bundles_that_cannot_be_written_do_not_fail_the_run() {
    let fixture = Fixture::new();
    std::fs::write(fixture.path("taken"), "a file").unwrap();
    let mut options: RunOptions = fixture.options();
    options.runs = fixture.path("taken");
    let ran = Ran::new(options, "SELECT count(*) FROM orders");
    assert_eq!(ran.outcome.status, RunStatus::Incomplete);
    assert!(ran.outcome.failure.is_none() && ran.outcome.bundle.is_none());
    assert_eq!(ran.rows.results.len(), 1, "the result is there");
    assert!(ran.outcome.warnings[0].starts_with("this run is not recorded: "), "{:?}", ran.outcome.warnings);
}
