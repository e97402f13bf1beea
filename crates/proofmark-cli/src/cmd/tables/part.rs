//! Tables of many runs, and in them the rows of one, in the making.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use proofmark_arrow::{Layout, ParquetWriter, SchemaRef, Table, Tables};
use proofmark_artifacts::path_part;
use tempfile::NamedTempFile;

#[cfg(feature = "delta")]
use super::delta;
#[cfg(not(feature = "delta"))]
use super::no_delta as delta;
use crate::failure::{Failure, Result};
use crate::render::text::{escape, plural};

/// The column that says whose rows these are.
pub(super) const RUN_ID: &str = "run_id";

/// The file of one run in a table of Parquet files.
const PART_FILE: &str = "rows.parquet";

/// How tables are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// A Parquet file per run
    #[default]
    Parquet,
    /// Delta tables, partitioned by run; instants are cut off to microseconds
    Delta,
}

/// The part of one run in all tables of a directory.
pub(crate) struct RunParts {
    output: PathBuf,
    format: TableFormat,
    run_id: String,
}

impl RunParts {
    pub(crate) fn new(output: &Path, format: TableFormat, run_id: &str) -> Result<Self> {
        if format == TableFormat::Delta {
            delta::check_supported()?;
        }
        Ok(Self { output: output.to_owned(), format, run_id: run_id.to_owned() })
    }

    /// Tables with the types that the format has.
    pub(crate) const fn tables(&self) -> Tables {
        Tables::new(match self.format {
            TableFormat::Parquet => Layout::Exact,
            TableFormat::Delta => Layout::Delta,
        })
    }

    /// A part, with no rows yet.
    pub(crate) fn part(&self, table: &str, schema: &SchemaRef) -> Result<Part> {
        let dir = self.output.join(path_part(table));
        let is_delta = dir.join("_delta_log").exists();
        if is_delta && self.format == TableFormat::Parquet {
            let failure = Failure::usage(format!("`{}` is a Delta table", escape(&dir.to_string_lossy())));
            return Err(failure.with_help("--format delta"));
        }
        let (dir, made_in) = match self.format {
            TableFormat::Parquet => {
                let dir = dir.join(format!("{RUN_ID}={}", path_part(&self.run_id)));
                (dir.clone(), dir)
            }
            TableFormat::Delta => (dir, self.output.clone()),
        };
        let failed = |error: std::io::Error| Failure::io("write", &dir, &error);
        std::fs::create_dir_all(&made_in).map_err(failed)?;
        let file = NamedTempFile::new_in(&made_in).map_err(failed)?;
        let writer = ParquetWriter::new(file, schema.clone()).map_err(|error| not_a_table(table, &error))?;
        Ok(Part { name: table.to_owned(), writer, dir, format: self.format, run_id: self.run_id.clone() })
    }

    /// Tells what was written.
    pub(crate) fn told(&self, parts: usize, rows: usize) -> String {
        let parts = match self.format {
            TableFormat::Parquet => plural(parts, "file", "files"),
            TableFormat::Delta => plural(parts, "part of a Delta table", "parts of Delta tables"),
        };
        format!(
            "wrote {parts}, {}, to {}",
            plural(rows, "row", "rows"),
            escape(&self.output.to_string_lossy())
        )
    }
}

/// The rows of one run in one table, not in place yet.
pub(crate) struct Part {
    name: String,
    writer: ParquetWriter<NamedTempFile>,
    /// The directory of the file, or of the Delta table.
    dir: PathBuf,
    format: TableFormat,
    run_id: String,
}

impl Part {
    pub(crate) fn write(&mut self, table: &Table) -> Result<()> {
        self.writer.write(&table.batch).map_err(|error| not_a_table(&self.name, &error))
    }

    /// Puts the rows in place, instead of those that the run had there. Nobody reads half of them.
    pub(crate) fn finish(self) -> Result<()> {
        let file = self.writer.finish().map_err(|error| not_a_table(&self.name, &error))?;
        if self.format == TableFormat::Delta {
            return delta::replace(&self.dir, &self.run_id, file.path());
        }
        let failed = |error: std::io::Error| Failure::io("write", &self.dir, &error);
        readable(file.path()).map_err(failed)?;
        file.persist(self.dir.join(PART_FILE)).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

pub(crate) fn not_a_table(name: &str, error: &proofmark::Error) -> Failure {
    Failure::incomplete(format!("`{}` cannot be a table: {error}", escape(name)))
}

/// A temporary file is its owner's alone; a table is for whoever may read what is made.
#[cfg(unix)]
fn readable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}
