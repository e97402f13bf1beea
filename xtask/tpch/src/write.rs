//! Writes one table to its file.

use std::fs::File;
use std::path::Path;

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::Result as ParquetResult;
use parquet::file::properties::WriterProperties;
use tpchgen_arrow::arrow::record_batch::RecordBatchReader;

use crate::error::Error;
use crate::partial::Partial;
use crate::scale::Scale;
use crate::table::Table;

/// A fifth of `lineitem` at scale 0.1: small data has enough groups for pruning to show.
const ROW_GROUP_ROWS: usize = 131_072;

/// What a finished table holds.
#[derive(Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
}

/// Writes `table` to `<dir>/<name>.parquet`, and tells `progress` the rows so far after each batch.
pub(crate) fn table(
    table: Table,
    scale: Scale,
    dir: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<Written, Error> {
    let name = format!("{}.parquet", table.name());
    let path = dir.join(&name);
    let (partial, file) = Partial::create(dir, &name).map_err(|cause| Error::new("create", &path, cause))?;
    let (file, written) =
        stream(table.reader(scale), file, progress).map_err(|cause| Error::new("write", &path, cause))?;
    partial.commit(file).map_err(|cause| Error::new("finish", &path, cause))?;
    Ok(written)
}

fn stream(
    reader: Box<dyn RecordBatchReader>,
    file: File,
    progress: &mut dyn FnMut(u64),
) -> ParquetResult<(File, Written)> {
    let mut writer = ArrowWriter::try_new(file, reader.schema(), Some(properties()?))?;
    let mut rows = 0;
    for batch in reader {
        let batch = batch?;
        writer.write(&batch)?;
        rows += batch.num_rows() as u64;
        progress(rows);
    }
    let file = writer.into_inner()?;
    let bytes = file.metadata()?.len();
    Ok((file, Written { rows, bytes }))
}

fn properties() -> ParquetResult<WriterProperties> {
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(chosen: Table, dir: &Path) -> (Result<Written, Error>, Vec<u64>) {
        let mut seen = Vec::new();
        let written = table(chosen, "0.001".parse().unwrap(), dir, &mut |rows| seen.push(rows));
        (written, seen)
    }

    #[test]
    fn written_counts_are_those_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let (written, seen) = write(Table::Supplier, dir.path());
        let bytes = std::fs::metadata(dir.path().join("supplier.parquet")).unwrap().len();
        assert_eq!(written.unwrap(), Written { rows: 10, bytes });
        assert_eq!(seen, [10]);
    }

    #[test]
    fn missing_directory_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("missing");
        let error = write(Table::Region, &missing).0.unwrap_err().to_string();
        let expected = format!("cannot create {}: ", missing.join("region.parquet").display());
        assert!(error.starts_with(&expected), "{error}");
    }

    #[test]
    fn directory_in_place_of_the_file_is_named_and_nothing_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let taken = dir.path().join("region.parquet");
        std::fs::create_dir(&taken).unwrap();
        let error = write(Table::Region, dir.path()).0.unwrap_err().to_string();
        assert!(error.starts_with(&format!("cannot finish {}: ", taken.display())), "{error}");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
