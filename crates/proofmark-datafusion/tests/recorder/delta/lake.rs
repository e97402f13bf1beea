//! A Delta table that grows commit by commit, and runs over its changes.

use std::path::PathBuf;

use datafusion::prelude::{col, lit};
use deltalake::kernel::{DataType, PrimitiveType, StructField};
use deltalake::{DeltaTable, DeltaTableBuilder, TableProperty};
use proofmark_datafusion::artifacts::diagnostics::IncrementalEvent;
use proofmark_datafusion::artifacts::{CursorStore, DiagnosticEvent};
use proofmark_datafusion::{
    Collect, Cursors, DeltaSink, Discard, Incremental, Recorder, RunOptions, RunOutcome, Sink, TableSpec,
    datafusion,
};
use url::Url;

/// Copies the changes of `orders` as they are.
pub(super) const COPY: &str =
    "SELECT id, amount, _change_type AS kind, _commit_version AS version FROM orders_changes";

/// A directory with a source table `orders`, a sink `out`, cursors and runs.
pub(super) struct Lake {
    dir: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
}

impl Lake {
    /// With an empty `orders` at version 0, its feed on or not.
    pub(super) fn new(feed: bool) -> Self {
        let lake =
            Self { dir: tempfile::tempdir().unwrap(), runtime: tokio::runtime::Runtime::new().unwrap() };
        lake.create("orders", feed);
        lake
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(super) fn create(&self, name: &str, feed: bool) {
        let column = |name: &str, kind| StructField::new(name.to_owned(), DataType::Primitive(kind), true);
        std::fs::create_dir_all(self.path(name)).unwrap();
        let url = Url::from_directory_path(self.path(name)).unwrap();
        let table = DeltaTableBuilder::from_url(url).unwrap().build().unwrap();
        let mut create = table
            .create()
            .with_columns([column("id", PrimitiveType::Long), column("amount", PrimitiveType::Double)]);
        if feed {
            create = create.with_configuration_property(TableProperty::EnableChangeDataFeed, Some("true"));
        }
        self.runtime.block_on(async { create.await.unwrap() });
    }

    pub(super) fn open(&self, name: &str) -> DeltaTable {
        let url = Url::from_directory_path(self.path(name)).unwrap();
        self.runtime.block_on(async { DeltaTableBuilder::from_url(url).unwrap().load().await.unwrap() })
    }

    /// One commit with one row per id.
    pub(super) fn insert(&self, ids: std::ops::Range<i64>) {
        let sql = format!(
            "SELECT value AS id, value / 2.0 AS amount FROM generate_series({}, {})",
            ids.start,
            ids.end - 1
        );
        let mut sink = DeltaSink::new(self.path("orders"));
        let outcome = Recorder::new(RunOptions::new(self.path("others"))).run(&sql, &mut sink, &mut Discard);
        assert!(outcome.failure.is_none(), "{:?}", outcome.failure);
    }

    pub(super) fn update(&self, id: i64) {
        let table = self.open("orders");
        let update = table.update().with_predicate(col("id").eq(lit(id))).with_update("amount", lit(0.0));
        self.runtime.block_on(async { update.await.unwrap() });
    }

    pub(super) fn delete(&self, id: i64) {
        let table = self.open("orders");
        self.runtime.block_on(async { table.delete().with_predicate(col("id").eq(lit(id))).await.unwrap() });
    }

    pub(super) fn switch_feed(&self, on: bool) {
        let table = self.open("orders");
        let value = if on { "true" } else { "false" };
        let set = table
            .set_tbl_properties()
            .with_properties([("delta.enableChangeDataFeed".to_owned(), value.to_owned())].into());
        self.runtime.block_on(async { set.await.unwrap() });
    }

    /// Writes the state at the latest version beside the log, so that earlier commits are not needed to open it.
    pub(super) fn checkpoint(&self, table: &DeltaTable) {
        self.runtime
            .block_on(async { deltalake::checkpoints::create_checkpoint(table, None).await.unwrap() });
    }

    pub(super) fn options(&self) -> RunOptions {
        let mut options = RunOptions::new(self.path("runs"));
        options.tables = vec![TableSpec { name: "orders".to_owned(), path: self.path("orders") }];
        options.incremental = Some(Incremental {
            cursors: Cursors::directory(self.path("cursors")),
            consumer: "nightly".to_owned(),
        });
        options
    }

    /// Runs `sql` over what changed, into `out`.
    pub(super) fn run(&self, sql: &str) -> RunOutcome {
        self.run_into(sql, &mut DeltaSink::new(self.path("out")))
    }

    pub(super) fn run_into(&self, sql: &str, sink: &mut dyn Sink) -> RunOutcome {
        Recorder::new(self.options()).run(sql, sink, &mut Discard)
    }

    pub(super) fn cursors(&self) -> CursorStore {
        CursorStore::new(self.path("cursors"))
    }

    /// Where the cursor stands.
    pub(super) fn position(&self) -> Option<u64> {
        self.cursors().read("nightly/orders").unwrap().map(|position| position.cursor().last_version)
    }

    /// The rows of a query over `out`, one line each, sorted.
    pub(super) fn out(&self, columns: &str) -> Vec<String> {
        let mut options = RunOptions::new(self.path("others"));
        options.tables = vec![TableSpec { name: "out".to_owned(), path: self.path("out") }];
        let mut rows = Collect::default();
        let sql = format!("SELECT concat_ws(' ', {columns}) FROM out ORDER BY 1");
        let outcome = Recorder::new(options).run(&sql, &mut rows, &mut Discard);
        assert!(outcome.failure.is_none(), "{:?}", outcome.failure);
        rows.results.iter().flat_map(|(_, batches)| batches).flat_map(lines).collect()
    }
}

pub(super) fn lines(batch: &datafusion::arrow::record_batch::RecordBatch) -> Vec<String> {
    use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
    let format = ArrayFormatter::try_new(batch.column(0).as_ref(), &FormatOptions::default()).unwrap();
    (0..batch.num_rows()).map(|row| format.value(row).to_string()).collect()
}

/// What the run recorded of its changes.
pub(super) fn event(outcome: &RunOutcome) -> IncrementalEvent {
    let bundle = outcome.bundle.as_ref().expect("the run is recorded");
    let bundle = proofmark_datafusion::artifacts::Bundle::open(&bundle.path).unwrap();
    let stored = bundle.read("diagnostics").unwrap();
    let diagnostics: proofmark_datafusion::artifacts::DiagnosticsArtifact = stored.decode().unwrap();
    let found = diagnostics.events.into_iter().find_map(|event| match event {
        DiagnosticEvent::Incremental(event) => Some(event),
        _ => None,
    });
    found.expect("the run tells what it read")
}
