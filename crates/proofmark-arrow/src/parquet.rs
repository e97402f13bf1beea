//! Tables in Parquet files.

use std::io::Write;

use arrow_array::RecordBatch;
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
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(concat!("proofmark ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut writer = ArrowWriter::try_new(writer, first.schema(), Some(properties)).map_err(from_parquet)?;
    batches.iter().try_for_each(|batch| writer.write(batch)).map_err(from_parquet)?;
    writer.close().map_err(from_parquet)?;
    Ok(())
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
