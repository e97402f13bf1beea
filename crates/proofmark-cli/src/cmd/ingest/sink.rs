//! Where events and rejected rows go.

use std::path::Path;

use clap::ValueEnum;
use proofmark_artifacts::diagnostics::intake::RejectedRow;
use proofmark_artifacts::{Codec, DiagnosticEvent};

use super::files::Files;
#[cfg(not(feature = "tables"))]
use super::no_tables as tables;
#[cfg(feature = "tables")]
use super::tables;
use crate::failure::{Failure, Result};
use crate::render::text::escape;
use crate::screen::Screen;
use tables::EventTables;

/// How events are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// JSON, an event per line
    Ndjson,
    /// MessagePack, one event behind the other
    Msgpack,
    /// Parquet, a table per type, as `proofmark tables` writes them
    Parquet,
    /// Delta tables, as `proofmark tables` writes them
    Delta,
}

impl Format {
    /// The format that a file's name tells.
    pub(super) fn of(path: &Path) -> Option<Self> {
        if path == Path::new("-") {
            return Some(Self::Ndjson);
        }
        match path.extension()?.to_str()? {
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "msgpack" => Some(Self::Msgpack),
            _ => None,
        }
    }

    /// What records are written in; tables are not.
    pub(super) const fn codec(self) -> Option<Codec> {
        match self {
            Self::Ndjson => Some(Codec::Json),
            Self::Msgpack => Some(Codec::MessagePack),
            Self::Parquet | Self::Delta => None,
        }
    }
}

/// Where events and rejected rows go.
pub(super) enum Sink {
    /// They are counted alone.
    Nowhere,
    /// Files of records.
    Files(Box<Files>),
    /// Tables.
    Tables(Box<EventTables>),
}

impl Sink {
    pub(super) fn open(
        output: &Path,
        format: Option<Format>,
        rejected: Option<&Path>,
        run_id: &str,
        force: bool,
    ) -> Result<Self> {
        let format = format.or_else(|| Format::of(output)).ok_or_else(|| unknown_format(output))?;
        match (format.codec(), rejected) {
            (Some(codec), _) => Ok(Self::Files(Box::new(Files::open(output, codec, rejected, force)?))),
            (None, Some(_)) => Err(Failure::usage("rejected rows are a table too, beside those of events")),
            (None, None) => Ok(Self::Tables(Box::new(EventTables::new(output, format, run_id)?))),
        }
    }

    /// Whether events are gone as soon as they are written.
    pub(super) const fn is_stream(&self) -> bool {
        matches!(self, Self::Files(files) if files.is_stream())
    }

    pub(super) fn accept(&mut self, event: &DiagnosticEvent, screen: &mut Screen) -> Result<()> {
        match self {
            Self::Nowhere => Ok(()),
            Self::Files(files) => files.accept(event, screen),
            Self::Tables(tables) => tables.accept(event),
        }
    }

    pub(super) fn reject(&mut self, row: &RejectedRow, screen: &mut Screen) -> Result<()> {
        match self {
            Self::Nowhere => Ok(()),
            Self::Files(files) => files.reject(row, screen),
            Self::Tables(tables) => tables.reject(row),
        }
    }

    /// Puts in place what was written, and tells what that is.
    pub(super) fn finish(self, force: bool) -> Result<String> {
        match self {
            Self::Nowhere => Ok(String::new()),
            Self::Files(files) => files.finish(force),
            Self::Tables(tables) => tables.finish(),
        }
    }
}

fn unknown_format(output: &Path) -> Failure {
    let name = output.to_string_lossy();
    let failure = Failure::usage(format!("cannot tell the format of `{}` by its name", escape(&name)));
    failure.with_help("end it in .ndjson or .msgpack, or give the format: --format parquet")
}
