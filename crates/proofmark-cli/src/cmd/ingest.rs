//! `proofmark ingest`: loose rows of other programs as typed events.

mod files;
mod kept;
#[cfg(not(feature = "tables"))]
mod no_tables;
mod records;
mod sink;
#[cfg(feature = "tables")]
mod tables;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;
use proofmark_artifacts::diagnostics::intake::{Intake, IntakeCounts, ROW_BYTES_MAX, RowLayout, RowReader};
use proofmark_artifacts::{Codec, DiagnosticEvent};

use crate::failure::{Failure, Result, Verdict};
use crate::render::text::{escape, plural};
use crate::screen::Screen;
use crate::suggest;
use kept::Kept;
use sink::{Format, Sink};

/// Takes loose rows for typed events, and keeps aside what is none
///
/// Rows are read leniently: "7" is a number where one is wanted, and an event without a time gets the time at which it came.
/// A row that is no event is kept whole, with what is wrong with it, beside the events. Without --output rows are checked
/// and counted, and nothing is written. Ends with 100 when rows were rejected.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark ingest rows.ndjson                      check and count
  proofmark ingest a.ndjson b.msgpack -o events.msgpack
  kubectl logs job | proofmark ingest - --type run_event -o events.ndjson --max-rejected 10
  proofmark ingest rows.ndjson -o tables --format parquet --run-id nightly-17
  proofmark ingest rows.ndjson -o lake --format delta")]
pub(crate) struct Args {
    /// Files of rows: JSON lines, a JSON array, or MessagePack; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The type of rows that tell none, such as `run_event`
    #[arg(long = "type", value_name = "TYPE")]
    event_type: Option<String>,
    /// How the rows follow each other, where their first bytes do not tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Layout>,
    /// Write the events to this file, `-` is standard output; or tables to this directory
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// The format to write, where the name of the file does not tell
    #[arg(long, value_enum, value_name = "FORMAT", requires = "output")]
    format: Option<Format>,
    /// Write the rejected rows to this file [default: FILE.rejected.ENDING beside the events]
    #[arg(long, value_name = "FILE", requires = "output")]
    rejected: Option<PathBuf>,
    /// So many rejected rows are fine; with more no file is written
    #[arg(long, value_name = "N")]
    max_rejected: Option<u64>,
    /// What the column `run_id` of tables holds [default: the name of the first file]
    #[arg(long, value_name = "ID", requires = "output")]
    run_id: Option<String>,
    /// Overwrite files; tables are always replaced
    #[arg(long)]
    force: bool,
    /// Print the counts and the rejected rows as a record
    #[arg(long)]
    json: bool,
}

/// How rows follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// JSON, a row per line
    Ndjson,
    /// JSON, an array of rows
    Json,
    /// MessagePack
    Msgpack,
}

impl From<Layout> for RowLayout {
    fn from(layout: Layout) -> Self {
        match layout {
            Layout::Ndjson => Self::JsonLines,
            Layout::Json => Self::JsonArray,
            Layout::Msgpack => Self::MessagePack,
        }
    }
}

/// The intake, and where it puts what it takes and what it refuses.
struct Desk<'s> {
    intake: Intake<fn() -> Timestamp>,
    sink: Sink,
    kept: Kept,
    cut: u64,
    screen: &'s mut Screen,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let to_stdout = self.output.as_deref() == Some(Path::new("-"));
        if to_stdout && self.json {
            return Err(Failure::usage("the events and the report cannot both go to standard output"));
        }
        let mut desk = self.desk(screen)?;
        for path in &self.files {
            self.take(path, &mut desk)?;
        }
        let written = desk.sink.finish(self.force)?;
        let counts = desk.intake.counts();
        if self.json {
            let report = desk.intake.report(desk.kept.into_rows());
            let json = Codec::Json.encode(&report).map_err(|error| Failure::incomplete(error.to_string()))?;
            screen.print_json(&json)?;
            return Ok(self.verdict(&report.counts));
        }
        let mut told = desk.kept.told(counts);
        if desk.cut > 0 {
            let rows = plural(usize::try_from(desk.cut).unwrap_or(usize::MAX), "row", "rows");
            told.push_str(&format!("kept of {rows} the first {ROW_BYTES_MAX} bytes only\n"));
        }
        told.push_str(&written);
        let verdict = self.verdict(counts);
        if to_stdout {
            screen.flush()?;
            screen.note(told.trim_end());
        } else {
            screen.print(&told)?;
        }
        Ok(verdict)
    }

    fn desk<'s>(&self, screen: &'s mut Screen) -> Result<Desk<'s>> {
        let mut intake: Intake<fn() -> Timestamp> = Intake::new(Timestamp::now);
        if let Some(name) = &self.event_type {
            intake = intake.untyped_as(known(name)?);
        }
        let sink = match &self.output {
            Some(output) => {
                Sink::open(output, self.format, self.rejected.as_deref(), &self.run_id()?, self.force)?
            }
            None => Sink::Nowhere,
        };
        Ok(Desk { intake, sink, kept: Kept::new(self.json), cut: 0, screen })
    }

    fn take(&self, path: &Path, desk: &mut Desk<'_>) -> Result<()> {
        let failed = |error: io::Error| Failure::io("read", path, &error);
        let input = input(path).map_err(failed)?;
        let mut rows = match self.from {
            Some(layout) => RowReader::with_layout(input, layout.into()),
            None => RowReader::new(input).map_err(failed)?,
        };
        let before = desk.intake.counts().rows;
        while let Some(row) = desk.intake.next_of(&mut rows).map_err(failed)? {
            match row {
                Ok(event) => desk.sink.accept(&event, desk.screen)?,
                Err(row) => {
                    desk.kept.add(path, row.row - before, &row);
                    self.check_rejected(desk)?;
                    desk.sink.reject(&row, desk.screen)?;
                }
            }
        }
        desk.cut += rows.cut();
        Ok(())
    }

    /// Whether there are not too many of them by now.
    fn check_rejected(&self, desk: &Desk<'_>) -> Result<()> {
        match self.max_rejected {
            Some(max) if desk.intake.counts().rejected > max => {
                let rows = plural(usize::try_from(max).unwrap_or(usize::MAX), "row", "rows");
                let written = if desk.sink.is_stream() { "" } else { "; nothing was written" };
                let failure = Failure::incomplete(format!("more than {rows} rejected{written}"));
                Err(failure.with_note(desk.kept.listed().trim_end().to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn verdict(&self, counts: &IntakeCounts) -> Verdict {
        match self.max_rejected {
            None if counts.rejected > 0 => Verdict::Findings,
            _ => Verdict::Clean,
        }
    }

    fn run_id(&self) -> Result<String> {
        let first = self.files.first().and_then(|path| path.file_stem());
        let name = self.run_id.clone().or_else(|| Some(first?.to_string_lossy().into_owned()));
        let name = if name.as_deref() == Some("-") { Some("stdin".to_owned()) } else { name };
        name.filter(|name| !name.is_empty()).ok_or_else(|| {
            Failure::usage("nothing tells what the column `run_id` holds").with_help("name it: --run-id ID")
        })
    }
}

/// A type of events by its name, with or without its version.
fn known(name: &str) -> Result<&str> {
    let of = |full: &'static str| full.rsplit_once(".v").map_or(full, |(name, _)| name);
    if DiagnosticEvent::types().any(|full| full == name || of(full) == name) {
        return Ok(name);
    }
    let names: Vec<_> = DiagnosticEvent::types().map(of).collect();
    let failure = Failure::usage(format!("there is no type of events `{}`", escape(name)));
    Err(failure.with_help(suggest::among(name, names.iter().copied())))
}

fn input(path: &Path) -> io::Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    Ok(Box::new(File::open(path)?))
}
