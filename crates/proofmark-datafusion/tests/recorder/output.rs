//! Results kept as files.

use proofmark_datafusion::artifacts::{Maybe, RunStatus};
use proofmark_datafusion::{Discard, ErrorKind, ParquetFile, Recorder};

use crate::fixture::{Fixture, ORDERS, names};

#[test]
fn last_result_is_written_and_recorded() {
    let fixture = Fixture::new();
    let path = fixture.path("result.parquet");
    let outcome = Recorder::new(fixture.options()).run(
        "SELECT 1; SELECT * FROM orders",
        &mut ParquetFile::new(&path),
        &mut Discard,
    );
    assert_eq!(outcome.status, RunStatus::Ok, "{outcome:?}");
    let bundle = proofmark_datafusion::artifacts::Bundle::open(&outcome.bundle.unwrap().path).unwrap();
    let stored = bundle.read("manifest").unwrap();
    let manifest: proofmark_datafusion::artifacts::Manifest = stored.decode().unwrap();
    let output = manifest.outputs.last().unwrap();
    assert_eq!((output.name.as_str(), output.rows, output.statement), ("result", ORDERS, 1));
    assert_eq!(output.bytes, Maybe::Set(std::fs::metadata(&path).unwrap().len()));
    assert_eq!(manifest.lineage.last().unwrap().inputs, ["orders"]);

    let mut options = fixture.options();
    options.tables = vec![fixture.table("result", "result.parquet")];
    let again = crate::fixture::Ran::new(options, "SELECT * FROM result");
    assert_eq!(again.outcome.statements[0].rows, Some(ORDERS));
}

#[test]
fn failed_query_leaves_the_old_file() {
    let fixture = Fixture::new();
    let path = fixture.path("result.parquet");
    std::fs::write(&path, "old").unwrap();
    let before = names(&fixture.path(""));
    let outcome = Recorder::new(fixture.options()).run(
        "SELECT id / (id - 5) FROM orders",
        &mut ParquetFile::new(&path),
        &mut Discard,
    );
    assert_eq!(outcome.status, RunStatus::Failed);
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
    let mut after = names(&fixture.path(""));
    after.retain(|name| name != "runs");
    assert_eq!(after, before);
}

#[test]
fn place_that_cannot_be_written_fails_the_run() {
    let fixture = Fixture::new();
    let mut sink = ParquetFile::new(fixture.path("no/result.parquet"));
    let outcome = Recorder::new(fixture.options()).run("SELECT 1", &mut sink, &mut Discard);
    let (_, error) = outcome.failure.unwrap();
    assert_eq!(error.kind(), ErrorKind::Sink, "{error}");
    assert!(outcome.bundle.is_some());
}
