//! Runs over the changes of Delta tables: each change lands once, and what cannot be read is refused.

mod lake;
mod part;
mod refused;

use datafusion::arrow::datatypes::{DataType, Field, Schema};
use proofmark_datafusion::artifacts::diagnostics::ChangeCounts;
use proofmark_datafusion::artifacts::{CdfCursor, Manifest, Maybe, RunStatus};
use proofmark_datafusion::{
    Claim, DeltaSink, Landing, Recorder, RunOptions, Sink, StatementHead, StatementKind, TableSpec,
    datafusion,
};

use self::lake::{COPY, Lake, event};
use crate::fixture::Ran;

fn ok(outcome: &proofmark_datafusion::RunOutcome) {
    assert_eq!(outcome.status, RunStatus::Ok, "{:?} {:?}", outcome.failure, outcome.warnings);
}

#[test]
fn a_run_reads_what_changed_since_the_last_one() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    let first = lake.run(COPY);
    ok(&first);
    lake.update(2);
    lake.delete(3);
    let second = lake.run(COPY);
    ok(&second);

    assert_eq!(event(&first).changes, ChangeCounts { inserted: 3, updated: 0, deleted: 0 });
    let found = event(&second);
    assert_eq!(found.changes, ChangeCounts { inserted: 0, updated: 1, deleted: 1 });
    assert_eq!((found.before, found.first, found.last, found.moved), (Maybe::Set(1), Maybe::Set(2), 3, true));
    assert_eq!(lake.position(), Some(3));
    let expected = [
        "1 1 insert",
        "2 1 insert",
        "2 2 update_postimage",
        "2 2 update_preimage",
        "3 1 insert",
        "3 3 delete",
    ];
    assert_eq!(lake.out("id, version, kind"), expected);
}

#[test]
fn without_changes_nothing_lands_and_the_cursor_stays() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    ok(&lake.run(COPY));
    let version = lake.open("out").version();
    let again =
        lake.run("SELECT count(*) AS id, 0.0 AS amount, 'none' AS kind, 0 AS version FROM orders_changes");
    ok(&again);
    assert_eq!(lake.open("out").version(), version);
    assert_eq!((event(&again).first, event(&again).moved), (Maybe::Unset, false));
}

#[test]
fn changes_can_be_sorted_joined_and_counted() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    lake.update(1);
    let sqls = [
        "SELECT id, amount, _change_type AS kind, _commit_version AS version FROM orders_changes ORDER BY id, kind",
        "SELECT _change_type, count(*) FROM orders_changes GROUP BY 1 ORDER BY 1",
        "SELECT c.id FROM orders_changes c JOIN orders o ON c.id = o.id ORDER BY c.id",
        "SELECT id FROM orders_changes WHERE _commit_version > 1 ORDER BY id LIMIT 1",
    ];
    for sql in sqls {
        let outcome = Recorder::new(lake.options()).run(
            sql,
            &mut proofmark_datafusion::Discard,
            &mut proofmark_datafusion::Discard,
        );
        ok(&outcome);
        std::fs::remove_dir_all(lake.path("cursors")).unwrap();
    }
}

#[test]
fn a_run_that_died_after_its_commit_is_not_repeated() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    ok(&lake.run(COPY));
    // As if the process had ended between the commit of the sink and the move of the cursor.
    std::fs::remove_dir_all(lake.path("cursors")).unwrap();
    lake.insert(4..6);
    let outcome = lake.run(COPY);
    ok(&outcome);
    let found = event(&outcome);
    assert_eq!(
        (found.before, found.landed, found.first, found.last),
        (Maybe::Unset, Maybe::Set(1), Maybe::Set(2), 2)
    );
    assert_eq!(lake.out("id"), ["1", "2", "3", "4", "5"]);
    assert_eq!(lake.position(), Some(2));
}

#[test]
fn a_run_that_died_with_nothing_left_to_do_moves_its_cursor() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    ok(&lake.run(COPY));
    std::fs::remove_dir_all(lake.path("cursors")).unwrap();
    let outcome = lake.run(COPY);
    ok(&outcome);
    assert_eq!((event(&outcome).landed, event(&outcome).moved), (Maybe::Set(1), true));
    assert_eq!(lake.position(), Some(1));
    assert_eq!(lake.out("id"), ["1", "2", "3"]);
}

#[test]
fn what_the_sink_holds_of_a_table_says_nothing_of_the_one_that_took_its_place() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    ok(&lake.run(COPY));
    std::fs::remove_dir_all(lake.path("orders")).unwrap();
    lake.create("orders", true);
    lake.insert(4..6);
    std::fs::remove_dir_all(lake.path("cursors")).unwrap();
    let outcome = lake.run(COPY);
    ok(&outcome);
    assert_eq!((event(&outcome).landed, event(&outcome).first), (Maybe::Unset, Maybe::Set(0)));
    assert_eq!(lake.out("id"), ["1", "2", "3", "4", "5"]);
}

#[test]
fn of_two_runs_over_the_same_changes_one_lands() {
    let lake = Lake::new(true);
    lake.create("out", true);
    let schema = Schema::new(vec![
        Field::new("id", DataType::Int64, true),
        Field::new("amount", DataType::Float64, true),
    ]);
    let batch = datafusion::arrow::record_batch::RecordBatch::new_empty(schema.into());
    let head = StatementHead { index: 0, count: 1, kind: StatementKind::Query, sql: "" };
    let begin = || {
        let mut sink = DeltaSink::new(lake.path("out"));
        assert_eq!(sink.landed("proofmark/nightly/orders").unwrap(), None);
        sink.begin(&head, &batch.schema()).unwrap();
        sink.batch(&batch).unwrap();
        sink.end().unwrap();
        sink
    };
    let claims = |application: &str| [Claim { application: application.to_owned(), version: 4 }];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (mut winner, mut loser, mut other) = (begin(), begin(), begin());
        let landing = winner.commit(&claims("proofmark/nightly/orders")).unwrap();
        assert!(matches!(landing, Landing::Delta(version) if version.version == 1));
        let error = loser.commit(&claims("proofmark/nightly/orders")).unwrap_err();
        assert!(error.message().contains("ransaction"), "{error}");
        // A commit for other changes is no conflict.
        other.commit(&claims("proofmark/hourly/orders")).unwrap();
        let held = DeltaSink::new(lake.path("out")).landed("proofmark/nightly/orders").unwrap();
        assert_eq!(held, Some(4));
    });
}

#[test]
fn a_cursor_that_others_moved_meanwhile_is_told_and_the_result_stays() {
    struct Meddler<'a>(DeltaSink, &'a Lake);
    impl Sink for Meddler<'_> {
        fn begin(
            &mut self,
            head: &StatementHead<'_>,
            schema: &datafusion::arrow::datatypes::SchemaRef,
        ) -> proofmark_datafusion::Result<()> {
            self.0.begin(head, schema)
        }
        fn batch(
            &mut self,
            batch: &datafusion::arrow::record_batch::RecordBatch,
        ) -> proofmark_datafusion::Result<()> {
            self.0.batch(batch)
        }
        fn end(&mut self) -> proofmark_datafusion::Result<()> {
            self.0.end()
        }
        fn commit(&mut self, claims: &[Claim]) -> proofmark_datafusion::Result<Landing> {
            self.1.cursors().advance(None, &CdfCursor::new("nightly/orders", 0)).unwrap();
            self.0.commit(claims)
        }
    }
    let lake = Lake::new(true);
    lake.insert(1..4);
    let outcome = lake.run_into(COPY, &mut Meddler(DeltaSink::new(lake.path("out")), &lake));
    assert!(outcome.failure.is_none());
    assert_eq!(outcome.warnings.len(), 1);
    assert!(outcome.warnings[0].contains("somebody else moved the cursor"), "{}", outcome.warnings[0]);
    assert_eq!(outcome.status, RunStatus::Incomplete);
    assert_eq!(lake.out("id"), ["1", "2", "3"]);
    // The next run takes the place from the sink.
    let next = lake.run(COPY);
    assert_eq!((event(&next).before, event(&next).landed), (Maybe::Set(0), Maybe::Set(1)));
    assert_eq!(lake.out("id"), ["1", "2", "3"]);
}

#[test]
fn the_record_tells_the_versions_that_were_read_and_written() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    let outcome = lake.run(COPY);
    let bundle = proofmark_datafusion::artifacts::Bundle::open(&outcome.bundle.unwrap().path).unwrap();
    let stored = bundle.read("manifest").unwrap();
    let manifest: Manifest = stored.decode().unwrap();
    let orders = manifest.datasets.iter().find(|dataset| dataset.name == "orders").unwrap();
    let Maybe::Set(delta) = &orders.delta else { panic!("orders is a Delta table") };
    assert_eq!(
        (delta.version, orders.rows, orders.format.as_ref()),
        (1, Maybe::Set(3), Maybe::Set(&"delta".to_owned()))
    );
    let Maybe::Set(written) = &manifest.outputs[0].delta else { panic!("the output is a Delta table") };
    assert_eq!((written.version, manifest.outputs[0].rows), (1, 3));
    assert_eq!(manifest.lineage[0].inputs, ["orders_changes"]);
}

#[test]
fn sql_can_declare_a_delta_table() {
    let lake = Lake::new(false);
    lake.insert(1..4);
    for word in ["DELTA", "DELTATABLE"] {
        let sql = format!(
            "CREATE EXTERNAL TABLE o STORED AS {word} LOCATION '{}'; SELECT * FROM o",
            lake.path("orders").display()
        );
        let ran = Ran::new(RunOptions::new(lake.path("runs")), &sql);
        ok(&ran.outcome);
        assert_eq!(ran.outcome.statements[1].rows, Some(3));
    }
}

#[test]
fn files_that_no_commit_names_are_not_read() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    std::fs::write(lake.path("orders").join("part-left-by-a-killed-run.parquet"), b"half a file").unwrap();
    let mut options = RunOptions::new(lake.path("runs"));
    options.tables = vec![TableSpec { name: "orders".to_owned(), path: lake.path("orders") }];
    let ran = Ran::new(options, "SELECT * FROM orders");
    ok(&ran.outcome);
    assert_eq!(ran.outcome.statements[0].rows, Some(3));
}
