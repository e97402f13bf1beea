//! `proofmark verify`: whether a run's record is whole and honest.

use std::time::Instant;

use anstyle::Style;
use clap::ValueEnum;
use proofmark_artifacts::Codec;
use proofmark_artifacts::verify::{PresenceCount, Tally, VerifyReport, verify_run};

use crate::args::Runs;
use crate::failure::{Failure, Result, Verdict};
use crate::reference::bundle;
use crate::render::paint;
use crate::render::quantity;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::{escape, plural};
use crate::screen::Screen;

/// Checks that a run's record is whole and honest
///
/// Types and versions are known, files and contents are what was digested, what one artifact says of another is so, no
/// field is unknown. Ends with 100 when something is wrong, and with 101 when a run cannot be opened at all.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark verify                  the latest run
  proofmark verify k3f9 latest~1 --presence
  proofmark verify some/bundle --format json")]
pub(crate) struct Args {
    /// The runs: `latest`, `latest~N`, the start of an id, the directory of a bundle, or an archive of one
    #[arg(value_name = "RUN", default_value = "latest")]
    run: Vec<String>,
    #[command(flatten)]
    runs: Runs,
    /// List each optional field: how often it was absent, null, and there
    #[arg(long)]
    presence: bool,
    /// How to say it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// A record per run
    Json,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let store = self.runs.open()?;
        let mut verdict = Verdict::Clean;
        for name in &self.run {
            let begin = Instant::now();
            let opened = bundle(&store, name)?;
            let mut report = verify_run(&opened);
            report.findings.iter_mut().for_each(|finding| finding.message = opened.told(&finding.message));
            if !report.is_clean() {
                verdict = Verdict::Findings;
            }
            if self.json || self.format == Format::Json {
                let json =
                    Codec::Json.encode(&report).map_err(|error| Failure::incomplete(error.to_string()))?;
                screen.print_json(&json)?;
            } else {
                self.print(&report, begin, screen)?;
            }
        }
        Ok(verdict)
    }

    fn print(&self, report: &VerifyReport, begin: Instant, screen: &mut Screen) -> Result<()> {
        let paint = screen.paint();
        screen.print(&format!("{}\n", paint.in_style(paint::TITLE, report.run_id.as_str())))?;
        let mut counts = Line::of(Style::new(), "  ");
        tally("types", report.schema_ids, &mut counts);
        tally("digests", report.digests, &mut counts);
        tally("references", report.references, &mut counts);
        let style = if report.unknown_fields == 0 { paint::GOOD } else { paint::BAD };
        counts.push(style, format!("unknown fields {}", report.unknown_fields));
        screen.print(&format!("{}\n", counts.paint(paint)))?;
        screen.print(&format!("  {}\n", paint.in_style(paint::DIM, &presence(&report.presence))))?;
        if self.presence {
            screen.print(&ledger(&report.presence).print("    ", paint))?;
        }
        for finding in &report.findings {
            let path = finding.path.as_ref().into_option().map_or("", String::as_str);
            let place = paint.in_style(paint::KEY, &format!("{}{}", escape(&finding.artifact), escape(path)));
            let check = paint.bad(finding.check.name());
            screen.print(&format!("  {check}  {place}  {}\n", escape(&finding.message)))?;
        }
        let elapsed = u64::try_from(begin.elapsed().as_nanos()).unwrap_or(u64::MAX);
        screen.note(&format!("verified in {}", quantity::duration(elapsed)));
        Ok(())
    }
}

fn tally(name: &str, Tally { checked, failed }: Tally, line: &mut Line) {
    let style = if failed == 0 { paint::GOOD } else { paint::BAD };
    line.push(style, format!("{name} {}/{checked}", checked - failed.min(checked)));
    line.push(Style::new(), "    ");
}

/// All counts in one line.
fn presence(counts: &[PresenceCount]) -> String {
    let sum = |of: fn(&PresenceCount) -> u64| counts.iter().map(of).sum::<u64>();
    let (absent, null, value) = (sum(|c| c.absent), sum(|c| c.null), sum(|c| c.value));
    let fields = plural(counts.len(), "optional field", "optional fields");
    format!("presence: {fields}, {absent} times absent, {null} null, {value} there")
}

fn ledger(counts: &[PresenceCount]) -> Table {
    let mut table = Table::new(["FIELD", ">ABSENT", ">NULL", ">THERE"]);
    let number =
        |number: u64| Line::of(if number == 0 { paint::DIM } else { Style::new() }, number.to_string());
    for count in counts {
        let field = Line::of(paint::KEY, escape(&format!("{}.{}", count.record, count.field)));
        table.push(vec![field, number(count.absent), number(count.null), number(count.value)]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_all_fields_are_added_up() {
        let count = |absent, null, value| PresenceCount {
            record: "R".to_owned(),
            field: "f".to_owned(),
            absent,
            null,
            value,
        };
        assert_eq!(
            presence(&[count(1, 2, 3), count(10, 20, 30)]),
            "presence: 2 optional fields, 11 times absent, 22 null, 33 there"
        );
    }
}
