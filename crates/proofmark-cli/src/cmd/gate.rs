//! `proofmark gate`: what absence and null mean, field by field.

use anstyle::Style;
use proofmark_contract::report::{DecisionReport, GateReport};

use crate::args::{Now, Output};
use crate::failure::{Result, Verdict};
use crate::render::paint::{BAD, DIM, TITLE};
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::{escape, plural};
use crate::render::wrap::wrap;
use crate::screen::Screen;

/// Lists what absence and null mean, field by field
///
/// Ends with 100 where nobody has said it.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    now: Now,

    /// Those records only: `manifest`
    #[arg(value_name = "RECORD")]
    records: Vec<String>,

    /// List only what is open
    #[arg(long)]
    open: bool,

    /// How to say it; the record is `gate_report`
    #[arg(long, value_enum, default_value_t)]
    format: Output,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let today = jiff::Zoned::now().date().to_string();
        let mut locks = self.now.locks()?;
        locks.retain(|lock| self.records.is_empty() || self.records.contains(&lock.record));
        let report = GateReport::of(&locks, &today);
        match self.format {
            Output::Text => self.print(&report, screen)?,
            Output::Json => screen.print_record(&report)?,
        }
        Ok(if report.fails { Verdict::Findings } else { Verdict::Clean })
    }

    fn print(&self, report: &GateReport, screen: &mut Screen) -> Result<()> {
        let listed: Vec<_> = report.fields.iter().filter(|field| field.open || !self.open).collect();
        let mut table = Table::new(["RECORD", "FIELD", "TYPE", "POLICY", "MEANING"]);
        // How much room the other columns leave for what may be long.
        listed.iter().for_each(|field| table.push(row(field, "")));
        let room = screen.width().saturating_sub(table.width() - "MEANING".len() + INDENT.len());
        let mut table = Table::new(["RECORD", "FIELD", "TYPE", "POLICY", "MEANING"]);
        for field in listed {
            let mut meaning = wrap(&escape(&field.meaning), room.max(MEANING_MIN)).into_iter();
            table.push(row(field, &meaning.next().unwrap_or_default()));
            meaning.for_each(|more| table.push(continued(field, &more)));
        }
        if report.fails || !self.open {
            screen.print(&table.print(INDENT, screen.paint()))?;
        }
        let open = report.fields.iter().filter(|field| field.open).count();
        let fields = plural(report.fields.len(), "optional field", "optional fields");
        screen.print(&format!("{fields}, {open} of them open\n"))
    }
}

/// What stands before each line.
const INDENT: &str = "  ";

/// The columns that a meaning gets at least.
const MEANING_MIN: usize = 24;

fn row(field: &DecisionReport, meaning: &str) -> Vec<Line> {
    vec![
        Line::of(DIM, escape(&field.record)),
        Line::of(TITLE, escape(&format!("{}.{}", field.definition, field.field))),
        Line::of(Style::new(), escape(&field.ty)),
        Line::of(style(field), field.policy.name()),
        Line::of(style(field), meaning),
    ]
}

/// A further line of a meaning.
fn continued(field: &DecisionReport, meaning: &str) -> Vec<Line> {
    let mut cells = vec![Line::default(); 4];
    cells.push(Line::of(style(field), meaning));
    cells
}

const fn style(field: &DecisionReport) -> Style {
    if field.open { BAD } else { Style::new() }
}
