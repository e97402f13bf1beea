//! Where results go, and who is told how far a run is.

use std::time::Duration;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use proofmark_artifacts::DeltaRecord;
use proofmark_artifacts::policy::StatementKind;

use crate::error::Result;
use crate::statement::Statement;

/// Takes the rows of each statement that has some, batch by batch.
///
/// A run holds two batches at most; a sink that wants the whole result keeps it itself. An error
/// from a sink ends the run as a failed one.
pub trait Sink: Send {
    /// The rows of `statement` follow; they have this schema.
    fn begin(&mut self, statement: &StatementHead<'_>, schema: &SchemaRef) -> Result<()>;

    /// The next rows.
    fn batch(&mut self, batch: &RecordBatch) -> Result<()>;

    /// No rows follow. Not called when the statement failed.
    fn end(&mut self) -> Result<()>;

    /// What became of the rows, asked after `end`.
    fn output(&self) -> Option<SinkOutput> {
        None
    }

    /// The version up to which the sink already holds the changes that `application` accounts for; asked before
    /// anything is read. A sink that cannot tell answers `None`, and a crash may make it take changes twice.
    fn landed(&mut self, application: &str) -> Result<Option<u64>> {
        let _ = application;
        Ok(None)
    }

    /// All statements ended well: publishes the last result together with what it accounts for, or neither.
    fn commit(&mut self, claims: &[Claim]) -> Result<Landing> {
        let _ = claims;
        Ok(Landing::Untold)
    }
}

/// What a result accounts for: all changes of one source up to a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who takes the changes, and from where.
    pub application: String,
    /// The last version whose changes are in the result.
    pub version: u64,
}

/// Where a commit put the result.
#[derive(Clone, Debug, PartialEq)]
pub enum Landing {
    /// The sink has no versions, or had nothing to publish.
    Untold,
    /// A version of a Delta table.
    Delta(DeltaRecord),
}

/// What a sink made of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinkOutput {
    /// The file it wrote; `None` when it showed the rows.
    pub path: Option<std::path::PathBuf>,
    /// `table`, `csv`, `json`, `ndjson` or `parquet`.
    pub format: String,
    /// The size of the file.
    pub bytes: Option<u64>,
}

/// Which statement something is about.
#[derive(Clone, Copy, Debug)]
pub struct StatementHead<'a> {
    /// Position in the run, from zero.
    pub index: usize,
    /// How many statements the run has.
    pub count: usize,
    /// What it does.
    pub kind: StatementKind,
    /// The text as written.
    pub sql: &'a str,
}

impl<'a> StatementHead<'a> {
    pub(crate) fn new(index: usize, count: usize, statement: &'a Statement) -> Self {
        Self { index, count, kind: statement.kind, sql: &statement.sql }
    }
}

/// How far a statement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Time since it started.
    pub elapsed: Duration,
    /// Rows of the result so far.
    pub rows: u64,
    /// Rows that scans have read so far.
    pub rows_scanned: u64,
    /// Rows that scans are expected to read, where every scan has an estimate.
    pub rows_to_scan: Option<u64>,
}

/// Is told how far a run is; every method may stay empty.
pub trait Observer: Send {
    /// A statement starts.
    fn started(&mut self, statement: &StatementHead<'_>) {
        let _ = statement;
    }

    /// It is this far; called a few times a second.
    fn progress(&mut self, statement: &StatementHead<'_>, progress: &Progress) {
        let _ = (statement, progress);
    }

    /// It ended, well or not.
    fn finished(&mut self, statement: &StatementHead<'_>, outcome: &crate::StatementOutcome) {
        let _ = (statement, outcome);
    }

    /// Something could not be recorded; the run goes on.
    fn warning(&mut self, message: &str) {
        let _ = message;
    }
}

/// Throws rows away and listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Discard;

impl Sink for Discard {
    fn begin(&mut self, _: &StatementHead<'_>, _: &SchemaRef) -> Result<()> {
        Ok(())
    }

    fn batch(&mut self, _: &RecordBatch) -> Result<()> {
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        Ok(())
    }
}

impl Observer for Discard {}

/// Keeps the rows of every statement in memory, for tests and small results.
#[derive(Clone, Debug, Default)]
pub struct Collect {
    /// One entry per statement with rows: its schema and batches.
    pub results: Vec<(SchemaRef, Vec<RecordBatch>)>,
}

impl Sink for Collect {
    fn begin(&mut self, _: &StatementHead<'_>, schema: &SchemaRef) -> Result<()> {
        self.results.push((schema.clone(), Vec::new()));
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<()> {
        if let Some((_, batches)) = self.results.last_mut() {
            batches.push(batch.clone());
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        Ok(())
    }
}
