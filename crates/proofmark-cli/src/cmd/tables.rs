//! `proofmark tables`: what runs recorded, as tables for a query engine.

#[cfg(feature = "delta")]
mod delta;
#[cfg(not(feature = "delta"))]
mod no_delta;
mod part;

use std::path::PathBuf;

use proofmark_arrow::{Table, Tables};
use proofmark_artifacts::{Bundle, DiagnosticsArtifact, TelemetryArtifact};

use crate::args::Runs;
use crate::failure::{Result, Verdict};
use crate::reference::bundle;
use crate::screen::Screen;
pub(super) use part::{Part, RunParts, TableFormat, not_a_table};

/// The table of scans, which are positional and have no tag to be called by.
const SCANS: &str = "scan_telemetry";

/// Writes what runs recorded as tables: Parquet files, or Delta tables
///
/// A table per type of event, and one of scans: `DIR/memory_event.v1/run_id=RUN/rows.parquet`. Query engines take a directory
/// as one table over all runs, with the column `run_id`. What a run has there already is replaced.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark tables -o tables                 the latest run
  proofmark tables latest latest~1 k3f9 -o tables
  proofmark tables -o lake --format delta
  proofmark run -t memory=tables/memory_event.v1 -c 'SELECT statement, max(bytes_peak) FROM memory GROUP BY 1'")]
pub(crate) struct Args {
    /// The runs: `latest`, `latest~N`, the start of an id, the directory of a bundle, or an archive of one
    #[arg(value_name = "RUN", default_value = "latest")]
    run: Vec<String>,
    /// The directory of the tables
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// How they are kept
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: TableFormat,
    #[command(flatten)]
    runs: Runs,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let to = |run_id: &str| RunParts::new(&self.output, self.format, run_id);
        let total = to("")?;
        let store = self.runs.open()?;
        let (mut count, mut rows) = (0, 0);
        for name in &self.run {
            let bundle = bundle(&store, name)?;
            let parts = to(bundle.index().run_id.as_str())?;
            for table in tables(&bundle, parts.tables())? {
                let mut part = parts.part(&table.name, &table.batch.schema())?;
                part.write(&table)?;
                part.finish()?;
                (count, rows) = (count + 1, rows + table.batch.num_rows());
            }
        }
        screen.note(&total.told(count, rows));
        Ok(Verdict::Clean)
    }
}

/// The tables of one run; an artifact that it does not have gives none.
fn tables(bundle: &Bundle, layout: Tables) -> Result<Vec<Table>> {
    let has = |name: &str| bundle.index().entry(name).is_some();
    let mut tables = Vec::new();
    if has("diagnostics") {
        let stored = bundle.read("diagnostics")?;
        let events = stored.decode::<DiagnosticsArtifact>()?.events;
        tables = layout.tables(&events).map_err(|error| not_a_table("diagnostics", &error))?;
    }
    if has("telemetry") {
        let scans = bundle.read("telemetry")?.decode::<TelemetryArtifact>()?.scans;
        if !scans.is_empty() {
            let batch = layout.batch(&scans).map_err(|error| not_a_table(SCANS, &error))?;
            tables.push(Table { name: SCANS.to_owned(), batch });
        }
    }
    Ok(tables)
}
