//! Where `--output` puts the last result.

use std::path::PathBuf;
use std::str::FromStr;

use proofmark_datafusion::{ParquetFile, Sink};

/// A place for the last result of a run.
#[derive(Clone, Debug)]
pub(super) enum Output {
    /// A Parquet file, which is replaced.
    Parquet(PathBuf),
    /// A Delta table, which grows.
    #[cfg(feature = "delta")]
    Delta(PathBuf),
}

impl FromStr for Output {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(dir) = text.strip_prefix("delta:") {
            return delta(dir);
        }
        match text.to_ascii_lowercase().ends_with(".parquet") {
            true => Ok(Self::Parquet(PathBuf::from(text))),
            false => Err("write FILE.parquet for a Parquet file, or delta:DIR for a Delta table"),
        }
    }
}

#[cfg(feature = "delta")]
fn delta(dir: &str) -> Result<Output, &'static str> {
    match dir {
        "" => Err("the directory of the table is missing: delta:DIR"),
        dir => Ok(Output::Delta(PathBuf::from(dir))),
    }
}

#[cfg(not(feature = "delta"))]
fn delta(_: &str) -> Result<Output, &'static str> {
    Err("this build does not write Delta tables: build with `--features delta`")
}

impl Output {
    pub(super) fn sink(&self) -> Box<dyn Sink> {
        match self {
            Self::Parquet(path) => Box::new(ParquetFile::new(path)),
            #[cfg(feature = "delta")]
            Self::Delta(path) => Box::new(proofmark_datafusion::DeltaSink::new(path)),
        }
    }
}
