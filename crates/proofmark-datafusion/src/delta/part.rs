//! The rows of one run in a Delta table of many runs.

use std::path::Path;
use std::sync::Arc;

use datafusion::execution::options::ParquetReadOptions;
use datafusion::logical_expr::{col, lit};
use datafusion::prelude::DataFrame;
use deltalake::delta_datafusion::create_session;
use deltalake::operations::write::SchemaMode;
use deltalake::protocol::SaveMode;
use deltalake::{DeltaTable, DeltaTableBuilder, DeltaTableError};

use super::{failed, open, url_of};
use crate::error::{Error, ErrorKind, Result};
use crate::recorder::runtime;
use crate::table::location_of;

/// How often a part is written anew because others committed meanwhile.
const ATTEMPTS_MAX: usize = 8;

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
            let mut attempts = 0;
            loop {
                attempts += 1;
                match self.write(rows).await? {
                    Ok(version) => return Ok(version),
                    Err(DeltaTableError::Transaction { .. }) if attempts < ATTEMPTS_MAX => {}
                    Err(error) => return Err(self.failed(error)),
                }
            }
        })
    }

    /// One attempt.
    async fn write(&self, rows: &Path) -> Result<std::result::Result<u64, DeltaTableError>> {
        let (state, plan) = self.read(rows).await?.into_parts();
        let (table, mode) = self.open().await?;
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

    /// The table, and how it is written to.
    async fn open(&self) -> Result<(DeltaTable, SaveMode)> {
        if crate::table::is_delta(self.table) {
            return Ok((open(self.table).await?, SaveMode::Overwrite));
        }
        let io =
            |error| Error::io(format_args!("cannot make the directory `{}`", self.table.display()), &error);
        std::fs::create_dir_all(self.table).map_err(io)?;
        if std::fs::read_dir(self.table).map_err(io)?.next().is_some() {
            let message = format!("`{}` has files already and is no Delta table", self.table.display());
            return Err(Error::new(ErrorKind::Sink, message));
        }
        let table = DeltaTableBuilder::from_url(url_of(self.table)?).and_then(DeltaTableBuilder::build);
        Ok((table.map_err(|error| self.failed(error))?, SaveMode::Append))
    }

    fn failed(&self, error: DeltaTableError) -> Error {
        Error::new(ErrorKind::Sink, failed("write to", self.table, error).message().to_owned())
    }
}
