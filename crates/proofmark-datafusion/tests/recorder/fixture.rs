//! Small data files, made by the engine itself, and a run over them with its bundle opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proofmark_datafusion::artifacts::{
    AstArtifact, Bundle, DiagnosticsArtifact, Manifest, PlanArtifact, Repro, RuntimeProfileSnapshot, Stored,
    TelemetryArtifact,
};
use proofmark_datafusion::{
    Collect, Discard, Program, Recorder, RunOptions, RunOutcome, Session, TableSpec, built_in_profile,
};

/// Rows of `orders.parquet`, in row groups of [`ORDERS_ROW_GROUP`].
pub(crate) const ORDERS: u64 = 10_000;
pub(crate) const ORDERS_ROW_GROUP: u64 = 1_000;
/// Rows of `customers.csv`.
pub(crate) const CUSTOMERS: u64 = 7;
/// Rows of `events.ndjson`.
pub(crate) const EVENTS: u64 = 100;

/// A directory with the three files, and a directory for bundles.
pub(crate) struct Fixture {
    dir: Arc<tempfile::TempDir>,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let fixture = Self { dir: Arc::new(tempfile::tempdir().unwrap()) };
        let copies = [
            format!(
                "COPY (SELECT value AS id, value % {CUSTOMERS} AS customer, CAST(value AS DOUBLE) / 4 AS amount
                 FROM generate_series(1, {ORDERS})) TO '{}'
                 OPTIONS ('format.max_row_group_size' '{ORDERS_ROW_GROUP}')",
                fixture.path("orders.parquet").display()
            ),
            format!(
                "COPY (SELECT value AS id, 'customer ' || value AS name FROM generate_series(0, {})) TO '{}'
                 STORED AS CSV OPTIONS ('format.has_header' 'true')",
                CUSTOMERS - 1,
                fixture.path("customers.csv").display()
            ),
            format!(
                "COPY (SELECT value AS n, value % 2 = 0 AS even FROM generate_series(1, {EVENTS})) TO '{}'
                 STORED AS JSON",
                fixture.path("events.json").display()
            ),
        ];
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let session = Session::new(built_in_profile("memory_tight").unwrap()).unwrap();
            for copy in copies {
                session.context().sql(&copy).await.unwrap().collect().await.unwrap();
            }
        });
        std::fs::rename(fixture.path("events.json"), fixture.path("events.ndjson")).unwrap();
        fixture
    }

    /// The path of a file in the data directory.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// `NAME=PATH` of a file in the data directory.
    pub(crate) fn table(&self, name: &str, file: &str) -> TableSpec {
        TableSpec { name: name.to_owned(), path: self.path(file) }
    }

    /// Options with the three files as tables.
    pub(crate) fn options(&self) -> RunOptions {
        let mut options = RunOptions::new(self.path("runs"));
        options.tables = vec![
            self.table("orders", "orders.parquet"),
            self.table("customers", "customers.csv"),
            self.table("events", "events.ndjson"),
        ];
        options
    }

    /// Runs `sql` over the three tables.
    pub(crate) fn run(&self, sql: &str) -> Ran {
        Ran { _dir: Some(self.dir.clone()), ..Ran::new(self.options(), sql) }
    }
}

/// A run that has ended.
pub(crate) struct Ran {
    pub(crate) outcome: RunOutcome,
    pub(crate) rows: Collect,
    /// Keeps the bundle for as long as the run is looked at.
    _dir: Option<Arc<tempfile::TempDir>>,
}

impl Ran {
    pub(crate) fn new(options: RunOptions, program: impl Into<Program>) -> Self {
        let mut rows = Collect::default();
        let outcome = Recorder::new(options).run(program, &mut rows, &mut Discard);
        Self { outcome, rows, _dir: None }
    }

    /// The run's bundle.
    pub(crate) fn bundle(&self) -> Bundle {
        let committed = self.outcome.bundle.as_ref();
        let committed = committed.unwrap_or_else(|| panic!("no bundle: {:?}", self.outcome.warnings));
        Bundle::open(&committed.path).unwrap()
    }

    fn stored(&self, name: &str) -> Stored {
        self.bundle().read(name).unwrap()
    }

    pub(crate) fn manifest(&self) -> Manifest {
        self.stored("manifest").decode().unwrap()
    }

    pub(crate) fn repro(&self) -> Repro {
        self.stored("repro").decode().unwrap()
    }

    pub(crate) fn profile(&self) -> RuntimeProfileSnapshot {
        self.stored("profile").decode().unwrap()
    }

    pub(crate) fn plan(&self) -> PlanArtifact {
        self.stored("plan").decode().unwrap()
    }

    pub(crate) fn telemetry(&self) -> TelemetryArtifact {
        self.stored("telemetry").decode().unwrap()
    }

    pub(crate) fn diagnostics(&self) -> DiagnosticsArtifact {
        self.stored("diagnostics").decode().unwrap()
    }

    /// Hands the syntax trees, which borrow from their file, to `look`.
    pub(crate) fn ast<R>(&self, look: impl FnOnce(&AstArtifact<'_>) -> R) -> R {
        let stored = self.stored("ast");
        look(&stored.decode().unwrap())
    }

    /// The run's fingerprint, and that of each artifact.
    pub(crate) fn fingerprints(&self) -> Vec<(String, String)> {
        let index = self.bundle().index().clone();
        let parts = index.artifacts.iter().map(|entry| (entry.name.clone(), entry.fingerprint.to_string()));
        parts.chain([("bundle".to_owned(), index.fingerprint.to_string())]).collect()
    }
}

/// The names of a directory's entries, sorted.
pub(crate) fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
