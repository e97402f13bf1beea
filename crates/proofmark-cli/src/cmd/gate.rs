//! `proofmark gate`: what absence and null mean, field by field.

use anstyle::Style;
use proofmark_contract::presence::{Decision, decisions};

use crate::args::Now;
use crate::failure::{Result, Verdict};
use crate::render::paint::{BAD, DIM, TITLE};
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::escape;
use crate::screen::Screen;

/// Lists what absence and null mean for each optional field, and ends with 100 where nobody has said it
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
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let today = jiff::Zoned::now().date().to_string();
        let mut table = Table::new(["RECORD", "FIELD", "TYPE", "POLICY", "MEANING"]);
        let (mut total, mut open) = (0, 0);
        for lock in self.now.locks()? {
            if !self.records.is_empty() && !self.records.contains(&lock.record) {
                continue;
            }
            for decision in decisions(&lock) {
                let is_open = decision.policy.is_open(&today);
                total += 1;
                open += usize::from(is_open);
                if is_open || !self.open {
                    table.push(row(&lock.record, &decision, is_open));
                }
            }
        }
        if open > 0 || !self.open {
            screen.print(&table.print("  ", screen.paint()))?;
        }
        screen.print(&format!("{total} optional fields, {open} of them open\n"))?;
        Ok(if open == 0 { Verdict::Clean } else { Verdict::Findings })
    }
}

fn row(record: &str, decision: &Decision, is_open: bool) -> Vec<Line> {
    let style = if is_open { BAD } else { Style::new() };
    vec![
        Line::of(DIM, record),
        Line::of(TITLE, format!("{}.{}", decision.definition, decision.field)),
        Line::of(Style::new(), decision.ty.clone()),
        Line::of(style, decision.policy.name()),
        Line::of(style, escape(&decision.policy.to_string())),
    ]
}
