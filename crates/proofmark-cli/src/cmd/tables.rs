//! `proofmark tables`: what runs recorded, as tables for a query engine.

use std::path::{Path, PathBuf};

use proofmark_arrow::{Table, Tables, write_parquet};
use proofmark_artifacts::{Bundle, DiagnosticsArtifact, TelemetryArtifact, path_part};
use tempfile::NamedTempFile;

use crate::args::Runs;
use crate::failure::{Failure, Result, Verdict};
use crate::reference::bundle;
use crate::render::text::{escape, plural};
use crate::screen::Screen;

/// The table of scans, which are positional and have no tag to be called by.
const SCANS: &str = "scan_telemetry";

/// The file of one run in a table.
pub(super) const PART_FILE: &str = "rows.parquet";

/// Writes what runs recorded as Parquet tables
///
/// A table per type of event, and one of scans: `DIR/memory_event.v1/run_id=RUN/rows.parquet`. Query engines take a directory
/// as one table over all runs, with the column `run_id`. A file that is there already is replaced.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark tables -o tables                 the latest run
  proofmark tables latest latest~1 k3f9 -o tables
  proofmark run -t memory=tables/memory_event.v1 -c 'SELECT statement, max(bytes_peak) FROM memory GROUP BY 1'")]
pub(crate) struct Args {
    /// The runs: `latest`, `latest~N`, the start of an id, the directory of a bundle, or an archive of one
    #[arg(value_name = "RUN", default_value = "latest")]
    run: Vec<String>,
    /// The directory of the tables
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    runs: Runs,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let store = self.runs.open()?;
        let (mut files, mut rows) = (0, 0);
        for name in &self.run {
            let bundle = bundle(&store, name)?;
            for table in tables(&bundle)? {
                self.write(&bundle, &table)?;
                (files, rows) = (files + 1, rows + table.batch.num_rows());
            }
        }
        let (files, rows) = (plural(files, "file", "files"), plural(rows, "row", "rows"));
        screen.note(&format!("wrote {files}, {rows}, to {}", escape(&self.output.to_string_lossy())));
        Ok(Verdict::Clean)
    }

    /// Written under another name and renamed: nobody reads half a table.
    fn write(&self, bundle: &Bundle, table: &Table) -> Result<()> {
        let dir = part_dir(&self.output, &table.name, bundle.index().run_id.as_str());
        let failed = |error: std::io::Error| Failure::io("write", &dir, &error);
        std::fs::create_dir_all(&dir).map_err(failed)?;
        let mut file = NamedTempFile::new_in(&dir).map_err(failed)?;
        write_parquet(std::slice::from_ref(&table.batch), &mut file)
            .map_err(|error| not_a_table(&table.name, &error))?;
        readable(file.path()).map_err(failed)?;
        file.persist(dir.join(PART_FILE)).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// The tables of one run; an artifact that it does not have gives none.
fn tables(bundle: &Bundle) -> Result<Vec<Table>> {
    let has = |name: &str| bundle.index().entry(name).is_some();
    let mut tables = Vec::new();
    if has("diagnostics") {
        let stored = bundle.read("diagnostics")?;
        let events = stored.decode::<DiagnosticsArtifact>()?.events;
        tables = Tables::default().tables(&events).map_err(|error| not_a_table("diagnostics", &error))?;
    }
    if has("telemetry") {
        let scans = bundle.read("telemetry")?.decode::<TelemetryArtifact>()?.scans;
        if !scans.is_empty() {
            let batch = proofmark_arrow::batch(&scans).map_err(|error| not_a_table(SCANS, &error))?;
            tables.push(Table { name: SCANS.to_owned(), batch });
        }
    }
    Ok(tables)
}

/// Where the rows of one run lie in a table.
pub(super) fn part_dir(output: &Path, table: &str, run_id: &str) -> PathBuf {
    output.join(path_part(table)).join(format!("run_id={}", path_part(run_id)))
}

pub(super) fn not_a_table(name: &str, error: &proofmark::Error) -> Failure {
    Failure::incomplete(format!("`{}` cannot be a table: {error}", escape(name)))
}

/// A temporary file is its owner's alone; a table is for whoever may read what is made.
#[cfg(unix)]
pub(super) fn readable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}
