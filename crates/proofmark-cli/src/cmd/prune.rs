//! `proofmark prune`: removes old runs.

use std::collections::BTreeMap;

use anstyle::Style;
use jiff::SignedDuration;
use proofmark::Maybe;
use proofmark_artifacts::{OutdatedReason, OutdatedRun, Retention, RunId};

use crate::args::Cursors;
use crate::failure::{Failure, Result, Verdict};
use crate::render::paint;
use crate::render::quantity;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::{escape, plural};
use crate::screen::Screen;

/// Removes old runs
///
/// A run goes when one of the limits says so. The latest run stays, and so do runs that are being written, and those that
/// a cursor names as the one that moved it. A run is taken out of sight before it is removed: nobody sees half of it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark prune --keep 200 --keep-days 30 --dry-run
  proofmark prune --max-bytes 1GB")]
pub(crate) struct Args {
    /// Keep so many runs
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
    /// Keep the runs of so many days
    #[arg(long, value_name = "D", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    keep_days: Option<u32>,
    /// Keep so many bytes of the latest runs: `500MB`, `1GB`
    #[arg(long, value_name = "B", value_parser = parse_bytes)]
    max_bytes: Option<u64>,
    /// Say what would go, and remove nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    cursors: Cursors,
}

fn parse_bytes(text: &str) -> Result<u64, String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let scale: u64 = match text[end..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "tb" => 1_000_000_000_000,
        unit => return Err(format!("`{unit}` is no unit: B, kB, MB, GB, TB")),
    };
    let number: u64 = text[..end].parse().map_err(|_| "expected a number, such as `500MB`".to_owned())?;
    number.checked_mul(scale).ok_or_else(|| "it is too large".to_owned())
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let retention = self.retention()?;
        let store = self.cursors.runs.open()?;
        let mut outdated = store.outdated(&retention, &self.pinned()?)?;
        if !self.dry_run {
            for run in outdated.iter_mut().filter(|run| run.pinned.is_none()) {
                if !store.remove(&run.id)? {
                    run.pinned = Some("somebody else removed it".to_owned());
                }
            }
        }
        self.print(&outdated, screen)?;
        Ok(Verdict::Clean)
    }

    fn retention(&self) -> Result<Retention> {
        if (self.keep, self.keep_days, self.max_bytes) == (None, None, None) {
            let failure = Failure::usage("nothing says what is to go");
            return Err(failure.with_help("give a limit: --keep N, --keep-days D or --max-bytes B"));
        }
        Ok(Retention {
            runs_max: self.keep.map(|keep| keep as usize),
            age_max: self.keep_days.map(|days| SignedDuration::from_hours(24 * i64::from(days))),
            bytes_max: self.max_bytes,
        })
    }

    /// The runs that cursors name. A cursor that cannot be read might name any: then nothing goes.
    fn pinned(&self) -> Result<BTreeMap<RunId, String>> {
        let mut pinned = BTreeMap::new();
        for position in self.cursors.open()?.read_all()? {
            let position = position?;
            let cursor = position.cursor();
            if let Maybe::Set(run_id) = &cursor.run_id
                && let Some(id) = RunId::parse(run_id)
            {
                pinned.insert(id, format!("the cursor of `{}` names it", cursor.dataset_name));
            }
        }
        Ok(pinned)
    }

    fn print(&self, outdated: &[OutdatedRun], screen: &mut Screen) -> Result<()> {
        let mut table = Table::new(["RUN", "", ">SIZE", "WHY"]);
        for run in outdated {
            table.push(self.row(run));
        }
        if !outdated.is_empty() {
            screen.print(&table.print("  ", screen.paint()))?;
        }
        let gone: Vec<_> = outdated.iter().filter(|run| run.pinned.is_none()).collect();
        let bytes = gone.iter().map(|run| run.bytes).fold(0, u64::saturating_add);
        let what = if self.dry_run { "would go" } else { "removed" };
        let runs = plural(gone.len(), "run", "runs");
        screen.print(&format!("{runs} {what}, {}\n", quantity::bytes(bytes)))
    }

    fn row(&self, run: &OutdatedRun) -> Vec<Line> {
        let why = match run.reason {
            OutdatedReason::Count => format!("beyond the latest {}", self.keep.unwrap_or_default()),
            OutdatedReason::Age => {
                format!("older than {}", plural(self.keep_days.unwrap_or_default() as usize, "day", "days"))
            }
            OutdatedReason::Bytes => {
                format!("later runs fill {}", quantity::bytes(self.max_bytes.unwrap_or_default()))
            }
        };
        let (what, why) = match &run.pinned {
            Some(pinned) => (Line::of(paint::GOOD, "kept"), format!("{why}, but {}", escape(pinned))),
            None if self.dry_run => (Line::of(paint::DOUBTFUL, "would go"), why),
            None => (Line::of(paint::DOUBTFUL, "removed"), why),
        };
        let size = Line::of(Style::new(), quantity::bytes(run.bytes));
        vec![Line::of(paint::TITLE, run.id.as_str()), what, size, Line::of(paint::DIM, why)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        for (text, bytes) in [("0", 0), ("12", 12), ("3 kB", 3_000), ("1gb", 1_000_000_000)] {
            assert_eq!(parse_bytes(text), Ok(bytes), "{text}");
        }
        for text in ["", "x", "1.5GB", "1KiB", "-1", "99999999999999TB"] {
            assert!(parse_bytes(text).is_err(), "{text}");
        }
    }
}
