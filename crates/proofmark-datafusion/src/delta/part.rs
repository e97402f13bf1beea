//! The rows of one run in a Delta table of many runs.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use datafusion::execution::options::ParquetReadOptions;
use datafusion::logical_expr::{col, lit};
use datafusion::prelude::DataFrame;
use deltalake::delta_datafusion::create_session;
use deltalake::operations::write::SchemaMode;
use deltalake::protocol::SaveMode;
use deltalake::{DeltaTable, DeltaTableBuilder, DeltaTableError};

use super::{failed, url_of};
use crate::error::{Error, ErrorKind, Result};
use crate::recorder::runtime;
use crate::table::{is_delta, location_of};

/// How often a part is written anew because others committed meanwhile.
const ATTEMPTS_MAX: usize = 8;

/// How long to wait for them.
const PAUSE: Duration = Duration::from_millis(20);

/// The part of a Delta table that is one run's: the rows in which `column`, by which the table is partitioned, is `value`.
///
/// A part is put in place as a whole, in one commit, instead of the rows that were there; who reads meanwhile sees these or
/// those. The table is made when it is not there. Columns that it does not have are added, as Delta's schema evolution does.
///
/// # Examples
/// ```
/// use proofmark_datafusion::DeltaPart;
/// # let dir = tempfile::tempdir()?;
/// # let rows = dir.path().join("rows.parquet");
/// # let sql = format!("COPY (SELECT 7 AS bytes) TO '{}'", rows.display());
/// # let options = proofmark_datafusion::RunOptions::new(dir.path().join("runs"));
/// # let mut nothing = (proofmark_datafusion::Discard, proofmark_datafusion::Discard);
/// # proofmark_datafusion::Recorder::new(options).run(&sql, &mut nothing.0, &mut nothing.1);
///
/// let table = dir.path().join("memory_event.v1");
/// let part = DeltaPart { table: &table, column: "run_id", value: "nightly-17" };
/// assert_eq!(part.replace(&rows)?, 0, "the version that has the rows");
/// assert_eq!(part.replace(&rows)?, 1, "which has them once");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DeltaPart<'a> {
    /// The directory of the table.
    pub table: &'a Path,
    /// The column by which the table is partitioned; the rows do not have it.
    pub column: &'a str,
    /// Whose rows these are.
    pub value: &'a str,
}

impl DeltaPart<'_> {
    /// Puts the rows of a Parquet file in place, and says in which version of the table they are.
    ///
    /// Rows are read while they are written; memory holds a part of them.
    ///
    /// # Errors
    /// Fails when the file or the table cannot be read, the directory has files and is no Delta table, a column has another
    /// type in the table, or others commit without end. The table is as it was then.
    pub fn replace(&self, rows: &Path) -> Result<u64> {
        runtime()?.block_on(async {
            let mut attempts = 1;
            loop {
                match self.write(rows).await? {
                    Ok(version) => return Ok(version),
                    Err(error) if attempts < ATTEMPTS_MAX && is_overtaken(&error) => attempts += 1,
                    Err(error) => return Err(self.failed(error)),
                }
                tokio::time::sleep(PAUSE).await;
            }
        })
    }

    /// One attempt.
    async fn write(&self, rows: &Path) -> Result<std::result::Result<u64, DeltaTableError>> {
        let (state, plan) = self.read(rows).await?.into_parts();
        let (table, mode) = match self.open()? {
            Opening::New(table) => (*table, SaveMode::Append),
            Opening::Known(builder) => match builder.load().await {
                Ok(table) => (table, SaveMode::Overwrite),
                Err(error) => return Ok(Err(error)),
            },
        };
        let mut write = table
            .write([])
            .with_input_plan(plan)
            .with_session_state(Arc::new(state))
            .with_partition_columns([self.column])
            .with_save_mode(mode);
        if mode == SaveMode::Overwrite {
            write = write
                .with_replace_where(col(self.column).eq(lit(self.value)))
                .with_schema_mode(SchemaMode::Merge);
        }
        Ok(write.await.map(|table| table.version().unwrap_or_default()))
    }

    /// The rows with their column, in a session whose planner knows the library's own steps.
    async fn read(&self, rows: &Path) -> Result<DataFrame> {
        let options = ParquetReadOptions { file_extension: "", ..Default::default() };
        let frame = create_session().into_inner().read_parquet(location_of(rows)?, options).await;
        let frame = frame.and_then(|frame| frame.with_column(self.column, lit(self.value)));
        frame.map_err(|error| {
            Error::new(ErrorKind::Data, format!("cannot read `{}`: {error}", rows.display()))
        })
    }

    /// The table, whether it is there or is to be made.
    fn open(&self) -> Result<Opening> {
        let io =
            |error| Error::io(format_args!("cannot make the directory `{}`", self.table.display()), &error);
        std::fs::create_dir_all(self.table).map_err(io)?;
        let builder = DeltaTableBuilder::from_url(url_of(self.table)?).map_err(|error| self.failed(error))?;
        if is_delta(self.table) {
            return Ok(Opening::Known(Box::new(builder)));
        }
        for entry in std::fs::read_dir(self.table).map_err(io)? {
            if !self.is_made_by_a_writer(&entry.map_err(io)?.path()) && !is_delta(self.table) {
                let message = format!("`{}` has files already and is no Delta table", self.table.display());
                return Err(Error::new(ErrorKind::Sink, message));
            }
        }
        Ok(Opening::New(Box::new(builder.build().map_err(|error| self.failed(error))?)))
    }

    /// Whether an entry of the directory is a part that somebody has not committed yet: its files come before the log.
    fn is_made_by_a_writer(&self, entry: &Path) -> bool {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let is_part = name(entry).is_some_and(|name| name.starts_with(&format!("{}=", self.column)));
        let files = || std::fs::read_dir(entry).into_iter().flatten().flatten();
        is_part && files().all(|file| name(&file.path()).is_some_and(|name| name.starts_with("part-")))
    }

    fn failed(&self, error: DeltaTableError) -> Error {
        Error::new(ErrorKind::Sink, failed("write to", self.table, error).message().to_owned())
    }
}

/// A table as a writer finds it.
enum Opening {
    New(Box<DeltaTable>),
    Known(Box<DeltaTableBuilder>),
}

/// Whether others committed meanwhile, or are about to make the table.
fn is_overtaken(error: &DeltaTableError) -> bool {
    use DeltaTableError::{NotATable, Transaction, VersionAlreadyExists};
    matches!(error, Transaction { .. } | VersionAlreadyExists(_) | NotATable(_))
}
