//! `proofmark lint`: what is wrong with types before anyone changes them.

use anstyle::Style;
use proofmark_contract::lint::{Severity, checks};
use proofmark_contract::report::{FaultReport, LintReport};

use crate::args::{Now, Output};
use crate::failure::{Result, Verdict};
use crate::render::paint::{BAD, DIM, DOUBTFUL, TITLE};
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::{escape, plural};
use crate::screen::Screen;

/// Checks the record types themselves: S1 to S13
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    now: Now,

    /// Tell notes too
    #[arg(long)]
    notes: bool,

    /// List the checks
    #[arg(long, conflicts_with = "notes")]
    checks: bool,

    /// How to say it; the record is `lint_report`, and has the notes too
    #[arg(long, value_enum, default_value_t)]
    format: Output,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        if self.checks {
            return list(screen).map(|()| Verdict::Clean);
        }
        let today = jiff::Zoned::now().date().to_string();
        let report = LintReport::of(&self.now.locks()?, &today);
        match self.format {
            Output::Text => self.print(&report, screen)?,
            Output::Json => screen.print_record(&report)?,
        }
        Ok(if report.fails { Verdict::Findings } else { Verdict::Clean })
    }

    fn print(&self, report: &LintReport, screen: &mut Screen) -> Result<()> {
        let told = report.faults.iter().filter(|fault| self.notes || fault.severity > Severity::Note);
        told.into_iter().try_for_each(|fault| print(fault, screen))?;
        let count = |severity, one, many| plural(report.count(severity), one, many);
        let (errors, warnings, notes) = (
            count(Severity::Error, "error", "errors"),
            count(Severity::Warning, "warning", "warnings"),
            count(Severity::Note, "note", "notes"),
        );
        let types = plural(usize::try_from(report.types).unwrap_or(usize::MAX), "type", "types");
        screen.print(&format!("{errors}, {warnings}, {notes} in {types}\n"))
    }
}

fn print(fault: &FaultReport, screen: &mut Screen) -> Result<()> {
    let style = match fault.severity {
        Severity::Error => BAD,
        Severity::Warning => DOUBTFUL,
        Severity::Note => DIM,
    };
    let mut head = Line::of(style, format!("{}[{}]", fault.severity, fault.check));
    head.push(TITLE, format!("  {}", escape(&fault.place)));
    head.push(Style::new(), format!("  {}", escape(&fault.message)));
    let (head, paint) = (head.paint(screen.paint()), screen.paint());
    screen.print(&format!("{head}\n  {} {}\n", paint.in_style(DIM, "help:"), fault.help))
}

fn list(screen: &mut Screen) -> Result<()> {
    let mut table = Table::new(["CHECK", "LOOKS FOR", "HOLDS BECAUSE"]);
    for check in checks() {
        let cell = |text: &str| Line::of(Style::new(), text);
        let reason = check.holds_by_codec().unwrap_or_default();
        table.push(vec![Line::of(TITLE, check.id), cell(check.title), cell(reason)]);
    }
    screen.print(&table.print("  ", screen.paint()))
}
