//! Tables in Parquet files.

use std::io::Write;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use proofmark::{Error, Result};

use crate::build::from_arrow;

/// Bytes of a Parquet file that is read into memory.
pub const PARQUET_BYTES_MAX: usize = 1 << 30;

/// Bytes of rows that a writer keeps before it writes them.
const ROW_GROUP_BYTES_MAX: usize = 64 << 20;

/// Writes batches of one schema as a Parquet file, compressed by Zstandard.
///
/// Arrow's schema is kept in the file, so that [`read_parquet`] gives the same types, metadata included.
///
/// # Errors
/// Fails when a batch has another schema than the first, there is none, or the writer fails.
///
/// # Examples
/// ```
/// use proofmark_arrow::{batch, read_parquet, rows, write_parquet};
/// # #[derive(proofmark::Record, Debug, PartialEq)] struct Row { bytes: u64 }
///
/// let mut file = Vec::new();
/// write_parquet(&[batch(&[Row { bytes: u64::MAX }])?], &mut file)?;
/// let batches = read_parquet(file)?;
/// assert_eq!(rows::<Row>(&batches[0])?, [Row { bytes: u64::MAX }]);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn write_parquet<W: Write + Send>(batches: &[RecordBatch], writer: W) -> Result<()> {
    let Some(first) = batches.first() else {
        return Err(Error::unsupported("A file has at least one batch"));
    };
    let mut writer = ParquetWriter::new(writer, first.schema())?;
    batches.iter().try_for_each(|batch| writer.write(batch))?;
    writer.finish().map(drop)
}

/// Writes a Parquet file batch by batch, for more rows than memory holds.
///
/// Rows are kept until they are as many, or as large, as a part of a file that is read at once, and then written.
///
/// # Examples
/// ```
/// use proofmark_arrow::{ParquetWriter, batch, read_parquet, schema};
/// # #[derive(proofmark::Record, Debug, PartialEq)] struct Row { bytes: u64 }
///
/// let mut writer = ParquetWriter::new(Vec::new(), schema::<Row>()?)?;
/// for bytes in 0..3 {
///     writer.write(&batch(&[Row { bytes }])?)?;
/// }
/// let batches = read_parquet(writer.finish()?)?;
/// assert_eq!(batches.iter().map(|batch| batch.num_rows()).sum::<usize>(), 3);
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Debug)]
pub struct ParquetWriter<W: Write + Send> {
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// A file of batches with this schema.
    ///
    /// # Errors
    /// Fails when the writer does, or a column has a type that Parquet has no word for.
    pub fn new(writer: W, schema: SchemaRef) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("proofmark ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = ArrowWriter::try_new(writer, schema, Some(properties)).map_err(from_parquet)?;
        Ok(Self { writer })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// Fails when the batch has another schema, or the writer fails.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.writer.write(batch).map_err(from_parquet)?;
        if self.writer.memory_size() > ROW_GROUP_BYTES_MAX {
            self.writer.flush().map_err(from_parquet)?;
        }
        Ok(())
    }

    /// Ends the file; without it, what was written is none.
    ///
    /// # Errors
    /// Fails when the writer does.
    pub fn finish(self) -> Result<W> {
        self.writer.into_inner().map_err(from_parquet)
    }
}

/// Reads a Parquet file.
///
/// # Errors
/// Fails when it is no such file, damaged, or longer than [`PARQUET_BYTES_MAX`].
pub fn read_parquet(file: impl Into<Bytes>) -> Result<Vec<RecordBatch>> {
    let file = file.into();
    if file.len() > PARQUET_BYTES_MAX {
        return Err(Error::range(format!("Expected a file of at most {PARQUET_BYTES_MAX} bytes")));
    }
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(from_parquet)?;
    // The reader's batches have the fields' metadata, and not the schema's.
    let schema = builder.schema().clone();
    let reader = builder.build().map_err(from_parquet)?;
    let batch = |batch: RecordBatch| batch.with_schema(schema.clone());
    reader.map(|read| read.and_then(batch).map_err(from_arrow)).collect()
}

fn from_parquet(error: ParquetError) -> Error {
    Error::custom(error)
}
