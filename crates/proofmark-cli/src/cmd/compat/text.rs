//! Findings for people.

use anstyle::{AnsiColor, Style};
use proofmark::Maybe;
use proofmark_contract::Use;
use proofmark_contract::class::{Direction, Level, Verdict};
use proofmark_contract::report::{ComparisonReport, CompatReport, FindingReport, WitnessReport};
use proofmark_contract::verdict::Actor;

use crate::failure::Result;
use crate::render::paint::{BAD, DIM, DOUBTFUL, GOOD, TITLE};
use crate::render::span::Line;
use crate::render::text::escape;
use crate::screen::Screen;

const SILENT: Style = AnsiColor::Magenta.on_default().bold();

pub(super) fn print(report: &CompatReport, screen: &mut Screen) -> Result<()> {
    for comparison in &report.comparisons {
        print_record(comparison, screen)?;
    }
    for record in &report.added {
        line(screen, Line::of(GOOD, escape(&format!("{record} is new"))))?;
    }
    for record in &report.removed {
        let told = format!("{record} is gone: what it wrote is read by nobody");
        line(screen, Line::of(BAD, escape(&told)))?;
    }
    for unread in &report.unread {
        let told = format!("{} is not read: {}: {}", unread.record, unread.place, unread.error);
        line(screen, Line::of(BAD, escape(&told)))?;
    }
    let mut summary = Line::of(TITLE, summary(report));
    if report.fails {
        summary.push(DIM, "   (ends with 100)");
    }
    line(screen, summary)
}

fn line(screen: &mut Screen, line: Line) -> Result<()> {
    let painted = line.paint(screen.paint());
    screen.print(&format!("{painted}\n"))
}

fn print_record(comparison: &ComparisonReport, screen: &mut Screen) -> Result<()> {
    let mut head = Line::of(TITLE, escape(&comparison.record));
    let policy = policy(comparison.used_as);
    head.push(DIM, format!("  against {}   {policy}", escape(&comparison.against)));
    line(screen, head)?;
    for finding in &comparison.findings {
        print_finding(finding, screen)?;
    }
    screen.print("\n")
}

const fn policy(used_as: Use) -> &'static str {
    match used_as {
        Use::Cursor => "cursor: both directions, over three releases",
        Use::Manifest => "manifest: what was ever written is read",
        Use::Cache => "cache: another form is a miss",
        Use::Event => "event: both directions, from one release to the next",
    }
}

fn print_finding(finding: &FindingReport, screen: &mut Screen) -> Result<()> {
    let mut head = Line::of(TITLE, format!("  {:<4}", finding.rule));
    head.push(style(finding.level), loud(finding.level));
    head.push(Style::new(), format!("  {}", escape(&finding.place)));
    head.push(Style::new(), format!("  {}", escape(&finding.change)));
    head.push(DIM, format!("  [{}]", finding.fingerprint));
    line(screen, head)?;
    line(screen, Line::of(DIM, format!("       {}", finding.title)))?;
    print_verdicts(finding, screen)?;
    if let Maybe::Set(hits) = finding.hits {
        let style = if hits.affected == 0 { GOOD } else { BAD };
        let told = format!("       stored records hit: {} of {}", hits.affected, hits.of);
        line(screen, Line::of(style, told))?;
    }
    if let Maybe::Set(accepted) = &finding.accepted {
        let until = match &accepted.until {
            Maybe::Set(until) => format!(", until {until}"),
            Maybe::Unset => String::new(),
        };
        return line(screen, Line::of(GOOD, format!("       accepted: {}{until}", escape(&accepted.reason))));
    }
    line(screen, Line::of(Style::new(), format!("       fix: {}", finding.fix)))
}

fn print_verdicts(finding: &FindingReport, screen: &mut Screen) -> Result<()> {
    for verdicts in &finding.verdicts {
        let mut text = Line::of(Style::new(), format!("       {:<8}", verdicts.codec.name()));
        for direction in Direction::ALL {
            text.push(DIM, format!(" {} ", direction.name()));
            let verdict = verdicts.in_direction(direction);
            text.push(verdict_style(verdict), format!("{verdict:<7}"));
        }
        line(screen, text)?;
        for witness in finding.witnesses.iter().filter(|witness| witness.codec == verdicts.codec) {
            print_witness(witness, screen)?;
        }
    }
    Ok(())
}

fn print_witness(witness: &WitnessReport, screen: &mut Screen) -> Result<()> {
    let mut text = Line::of(DIM, format!("         {} ", witness.direction.name()));
    text.push(Style::new(), escape(&witness.outcome));
    if witness.actor == Actor::Code {
        text.push(DIM, "  (its own code)");
    }
    line(screen, text)?;
    let text = Line::of(DIM, format!("                  {}", escape(&witness.bytes)));
    let room = screen.width();
    line(screen, text.clip(room))
}

fn summary(report: &CompatReport) -> String {
    let count = |level| report.findings().filter(|(_, finding)| finding.level == level).count();
    let levels = Level::ALL.into_iter().rev().map(|level| (count(level), level.name()));
    let gone = [(report.removed.len(), "gone"), (report.unread.len(), "not read")];
    let told = levels.chain(gone).filter(|(count, _)| *count > 0);
    let told: Vec<_> = told.map(|(count, what)| format!("{count} {what}")).collect();
    if told.is_empty() { "nothing changed".to_owned() } else { told.join(", ") }
}

/// How a level looks.
const fn style(level: Level) -> Style {
    match level {
        Level::Silent => SILENT,
        Level::Breaking => BAD,
        Level::BackwardOnly | Level::ForwardOnly => DOUBTFUL,
        Level::Compatible => GOOD,
        Level::None | Level::Representation => DIM,
    }
}

const fn verdict_style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Ok => GOOD,
        Verdict::Conditional => DOUBTFUL,
        Verdict::Refused => BAD,
        Verdict::Silent => SILENT,
    }
}

/// The worst level is written in capitals: colour alone says nothing.
fn loud(level: Level) -> String {
    if level == Level::Silent { level.name().to_uppercase() } else { level.name().to_owned() }
}
