//! A sink that keeps a run's result as a Parquet file.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::properties::WriterProperties;

use crate::error::{Error, ErrorKind, Result};
use crate::kind::returns_rows;
use crate::sink::{Sink, SinkOutput, StatementHead};

/// Writes the rows of the last query of a run to one Parquet file.
///
/// The file is written under a temporary name beside its place and renamed when the query has ended, so
/// that a failed run leaves what was there before. Statements that return no result of their own, such
/// as `INSERT` and `EXPLAIN`, write nothing.
///
/// # Examples
/// ```
/// use proofmark_datafusion::{Discard, ParquetFile, Recorder, RunOptions};
/// # let dir = tempfile::tempdir()?;
///
/// let path = dir.path().join("one.parquet");
/// let mut sink = ParquetFile::new(&path);
/// Recorder::new(RunOptions::new(dir.path().join("runs"))).run("select 1 as one", &mut sink, &mut Discard);
/// assert!(path.exists());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct ParquetFile {
    path: PathBuf,
    writing: Option<Writing>,
    written_bytes: Option<u64>,
}

/// A file that is not yet in its place; dropped unfinished, it is removed.
struct Writing {
    temporary: PathBuf,
    writer: Option<ArrowWriter<File>>,
}

impl ParquetFile {
    /// A sink that writes to `path`, replacing what is there.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), writing: None, written_bytes: None }
    }
}

impl Sink for ParquetFile {
    fn begin(&mut self, statement: &StatementHead<'_>, schema: &SchemaRef) -> Result<()> {
        self.written_bytes = None;
        self.writing = match returns_rows(statement.kind) {
            true => Some(Writing::create(&self.path, schema)?),
            false => None,
        };
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<()> {
        match self.writing.as_mut().and_then(|writing| writing.writer.as_mut()) {
            Some(writer) => writer.write(batch).map_err(|error| refused(&self.path, error)),
            None => Ok(()),
        }
    }

    fn end(&mut self) -> Result<()> {
        if let Some(writing) = self.writing.take() {
            self.written_bytes = Some(writing.finish(&self.path)?);
        }
        Ok(())
    }

    fn output(&self) -> Option<SinkOutput> {
        let bytes = self.written_bytes?;
        Some(SinkOutput { path: Some(self.path.clone()), format: "parquet".to_owned(), bytes: Some(bytes) })
    }
}

impl Writing {
    fn create(path: &Path, schema: &SchemaRef) -> Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary).map_err(|error| unwritable(path, &error))?;
        let mut writing = Self { temporary, writer: None };
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
        let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties.build()));
        writing.writer = Some(writer.map_err(|error| refused(path, error))?);
        Ok(writing)
    }

    /// Puts the file in its place and answers its size.
    fn finish(mut self, path: &Path) -> Result<u64> {
        let Some(writer) = self.writer.take() else { return Ok(0) };
        let file = writer.into_inner().map_err(|error| refused(path, error))?;
        let published = file.sync_all().and_then(|()| std::fs::rename(&self.temporary, path));
        published
            .and_then(|()| file.metadata())
            .map(|metadata| metadata.len())
            .map_err(|error| unwritable(path, &error))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // After a rename there is nothing under this name; what cannot be removed is named `.tmp`.
        let _ = std::fs::remove_file(&self.temporary);
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Sink, format!("cannot write `{}`: {error}", path.display()))
}

fn refused(path: &Path, error: ParquetError) -> Error {
    Error::new(ErrorKind::Sink, format!("cannot write `{}` as Parquet: {error}", path.display()))
}
