//! A Delta table that takes the result of a run.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::record_batch::RecordBatch;
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties};
use deltalake::kernel::{Action, Add, StructType, Transaction};
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::writer::{DeltaWriter, RecordBatchWriter};
use deltalake::{DeltaTable, DeltaTableBuilder, DeltaTableError, TableProperty};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::source::facts;
use super::{failed, open, url_of};
use crate::error::{Error, ErrorKind, Result};
use crate::kind::returns_rows;
use crate::sink::{Claim, Landing, Sink, SinkOutput, StatementHead};

/// Appends the last result of a run to a Delta table, which is made if it is not there, with its change feed on.
///
/// Rows are written to files while they come; the table shows them when the whole run has ended well, in one commit that
/// also says which changes of which source they account for.
///
/// # Examples
/// ```
/// use proofmark_datafusion::{DeltaSink, Discard, Recorder, RunOptions};
/// # let dir = tempfile::tempdir()?;
///
/// let mut sink = DeltaSink::new(dir.path().join("out"));
/// let options = RunOptions::new(dir.path().join("runs"));
/// let outcome = Recorder::new(options).run("select 1 as one", &mut sink, &mut Discard);
/// assert!(outcome.failure.is_none());
/// assert!(dir.path().join("out/_delta_log").exists());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct DeltaSink {
    path: PathBuf,
    table: Option<DeltaTable>,
    writer: Option<RecordBatchWriter>,
    staged: Option<Vec<Add>>,
}

impl DeltaSink {
    /// A sink that appends to the table in the directory `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), table: None, writer: None, staged: None }
    }

    /// The table as it was when the run first asked for it: commits of others after that are seen as conflicts.
    fn existing(&mut self) -> Result<Option<&DeltaTable>> {
        if self.table.is_none() && self.path.join("_delta_log").is_dir() {
            self.table = Some(wait(open(&self.path))?);
        }
        Ok(self.table.as_ref())
    }

    fn table_for(&mut self, schema: &Schema) -> Result<DeltaTable> {
        if let Some(table) = self.existing()? {
            return Ok(table.clone());
        }
        let table = wait(create(&self.path, schema))?;
        Ok(self.table.insert(table).clone())
    }

    /// Commits rows and claims. A commit of others is no conflict, unless it claims the same changes.
    async fn publish(&self, table: &DeltaTable, adds: Vec<Add>, claims: &[Claim]) -> Result<u64> {
        let transaction = |claim: &Claim| Transaction::new(claim.application.clone(), claim.version as i64);
        let properties = CommitProperties::default()
            .with_application_transactions(claims.iter().map(transaction).collect());
        let operation = DeltaOperation::Write { mode: SaveMode::Append, partition_by: None, predicate: None };
        let snapshot = table.snapshot().map_err(|error| self.failed(error))?;
        let commit = CommitBuilder::from(properties)
            .with_actions(adds.into_iter().map(Action::Add).collect())
            .build(Some(snapshot), table.log_store(), operation);
        Ok(commit.await.map_err(|error| self.failed(error))?.version())
    }

    fn failed(&self, error: DeltaTableError) -> Error {
        Error::new(ErrorKind::Sink, failed("write to", &self.path, error).message().to_owned())
    }
}

impl Sink for DeltaSink {
    fn begin(&mut self, statement: &StatementHead<'_>, schema: &SchemaRef) -> Result<()> {
        if !returns_rows(statement.kind) {
            return Ok(());
        }
        self.staged = None;
        let table = self.table_for(schema)?;
        self.writer = Some(RecordBatchWriter::for_table(&table).map_err(|error| self.failed(error))?);
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<()> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let batch = fitted(batch, &writer.arrow_schema())?;
        let written = wait(writer.write(batch));
        written.map_err(|error| self.failed(error))
    }

    fn end(&mut self) -> Result<()> {
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        self.staged = Some(wait(writer.flush()).map_err(|error| self.failed(error))?);
        Ok(())
    }

    fn output(&self) -> Option<SinkOutput> {
        let bytes = self.staged.as_ref()?.iter().map(|file| file.size.max(0) as u64).sum();
        Some(SinkOutput { path: Some(self.path.clone()), format: "delta".to_owned(), bytes: Some(bytes) })
    }

    fn landed(&mut self, application: &str) -> Result<Option<u64>> {
        let path = self.path.clone();
        let Some(table) = self.existing()? else { return Ok(None) };
        let log = table.log_store();
        let snapshot = table.snapshot().map_err(|error| failed("read", &path, error))?;
        let version = wait(snapshot.transaction_version(log.as_ref(), application));
        Ok(version.map_err(|error| failed("read", &path, error))?.map(|version| version.max(0) as u64))
    }

    fn commit(&mut self, claims: &[Claim]) -> Result<Landing> {
        let (Some(staged), Some(table)) = (self.staged.take(), self.table.take()) else {
            return Ok(Landing::Untold);
        };
        if staged.is_empty() && claims.is_empty() {
            return Ok(Landing::Untold);
        }
        let version = wait(self.publish(&table, staged, claims))?;
        let mut record = facts(&table)?;
        record.version = version;
        Ok(Landing::Delta(record))
    }
}

/// Waits for work of the library on the thread that a run is driven from.
fn wait<T>(work: impl Future<Output = T>) -> T {
    block_in_place(|| Handle::current().block_on(work))
}

/// An empty table for rows of `schema`.
async fn create(path: &Path, schema: &Schema) -> Result<DeltaTable> {
    let io = |error| Error::io(format_args!("cannot make the directory `{}`", path.display()), &error);
    std::fs::create_dir_all(path).map_err(io)?;
    let refused = |error: String| {
        Error::new(ErrorKind::Sink, format!("a Delta table cannot hold this result: {error}"))
            .with_help("cast the column to a type that Delta has")
    };
    let columns: StructType = (&storable(schema))
        .try_into_kernel()
        .map_err(|error: datafusion::arrow::error::ArrowError| refused(error.to_string()))?;
    let table = DeltaTableBuilder::from_url(url_of(path)?).and_then(DeltaTableBuilder::build);
    let table = table.map_err(|error| failed("make", path, error))?;
    let created = table
        .create()
        .with_columns(columns.fields().cloned())
        .with_save_mode(SaveMode::Ignore)
        // So that the next pipeline can go on from what changed.
        .with_configuration_property(TableProperty::EnableChangeDataFeed, Some("true"));
    created.await.map_err(|error| failed("make", path, error))
}

/// The schema in the types that Delta has: plain text and bytes for views of them, signed numbers for unsigned ones.
fn storable(schema: &Schema) -> Schema {
    let field = |field: &Arc<Field>| {
        let data_type = match field.data_type() {
            DataType::Utf8View | DataType::LargeUtf8 => DataType::Utf8,
            DataType::BinaryView | DataType::LargeBinary => DataType::Binary,
            DataType::UInt8 => DataType::Int16,
            DataType::UInt16 => DataType::Int32,
            DataType::UInt32 | DataType::UInt64 => DataType::Int64,
            other => other.clone(),
        };
        Field::new(field.name(), data_type, true)
    };
    Schema::new(schema.fields().iter().map(field).collect::<Vec<_>>())
}

/// The batch with the columns of the table, by name; a value that the table's type cannot hold is an error.
fn fitted(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
    let options = CastOptions { safe: false, ..CastOptions::default() };
    let names: HashMap<_, _> = batch
        .schema_ref()
        .fields()
        .iter()
        .enumerate()
        .map(|(idx, field)| (field.name().clone(), idx))
        .collect();
    let unknown =
        batch.schema_ref().fields().iter().find(|field| schema.field_with_name(field.name()).is_err());
    if let Some(field) = unknown {
        return Err(mismatch(format!(
            "the result has a column `{}` that the table does not have",
            field.name()
        )));
    }
    let mut columns = Vec::with_capacity(schema.fields().len());
    for field in schema.fields() {
        let Some(idx) = names.get(field.name()) else {
            return Err(mismatch(format!(
                "the table has a column `{}` that the result does not have",
                field.name()
            )));
        };
        let column = cast_with_options(batch.column(*idx), field.data_type(), &options);
        columns.push(column.map_err(|error| mismatch(format!("column `{}`: {error}", field.name())))?);
    }
    RecordBatch::try_new(schema.clone(), columns).map_err(|error| mismatch(error.to_string()))
}

fn mismatch(message: String) -> Error {
    Error::new(ErrorKind::Sink, message).with_help("select the columns of the table, in its types")
}
