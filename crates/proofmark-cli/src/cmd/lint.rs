//! `proofmark lint`: what is wrong with types before anyone changes them.

use std::collections::BTreeSet;

use anstyle::Style;
use proofmark_contract::lint::{Fault, Severity, checks, faults};

use crate::args::Now;
use crate::failure::{Result, Verdict};
use crate::render::paint::{BAD, DIM, DOUBTFUL, TITLE};
use crate::render::span::Line;
use crate::render::table::Table;
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
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        if self.checks {
            return list(screen).map(|()| Verdict::Clean);
        }
        let today = jiff::Zoned::now().date().to_string();
        let locks = self.now.locks()?;
        let types: usize = locks.iter().map(|lock| lock.types.len()).sum();
        // A definition that several records share is told once.
        let mut told = BTreeSet::new();
        let mut all: Vec<Fault> = locks.iter().flat_map(|lock| faults(lock, &today)).collect();
        all.retain(|fault| told.insert((fault.check, fault.place.clone())));
        all.sort_by_key(|fault| std::cmp::Reverse(fault.severity));
        for fault in all.iter().filter(|fault| self.notes || fault.severity > Severity::Note) {
            print(fault, screen)?;
        }
        let count = |severity| all.iter().filter(|fault| fault.severity == severity).count();
        let (errors, warnings, notes) =
            (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        screen.print(&format!("{errors} errors, {warnings} warnings, {notes} notes in {types} types\n"))?;
        Ok(if errors == 0 { Verdict::Clean } else { Verdict::Findings })
    }
}

fn print(fault: &Fault, screen: &mut Screen) -> Result<()> {
    let style = match fault.severity {
        Severity::Error => BAD,
        Severity::Warning => DOUBTFUL,
        Severity::Note => DIM,
    };
    let mut head = Line::of(style, format!("{}[{}]", fault.severity, fault.check));
    head.push(TITLE, format!("  {}", fault.place));
    head.push(Style::new(), format!("  {}", fault.message));
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
