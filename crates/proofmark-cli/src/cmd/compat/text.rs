//! Findings for people.

use anstyle::{AnsiColor, Style};
use proofmark::Maybe;
use proofmark_contract::Use;
use proofmark_contract::class::{Direction, Level, Verdict};
use proofmark_contract::compat::Bump;
use proofmark_contract::report::{ComparisonReport, CompatReport, FindingReport, WitnessReport};
use proofmark_contract::verdict::Actor;

use crate::failure::Result;
use crate::render::paint::{BAD, DIM, DOUBTFUL, GOOD, TITLE};
use crate::render::span::Line;
use crate::render::text::{clip, escape};
use crate::render::wrap::wrap;
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
    let mut summary = Line::of(TITLE, report.summary());
    summary.push(Style::new(), needs(report));
    if report.fails {
        summary.push(DIM, "   (ends with 100)");
    }
    line(screen, summary)
}

/// What the changes ask of the next version.
fn needs(report: &CompatReport) -> String {
    let needs = report.needs.name();
    match report.allowed {
        Maybe::Set(allowed) => format!(", needs {needs}, {} is meant", allowed.name()),
        Maybe::Unset if report.needs == Bump::Patch => String::new(),
        Maybe::Unset => format!(", needs {needs}"),
    }
}

/// Prints text that may be long in as many lines as it takes, after what stands before it.
fn paragraph(screen: &mut Screen, head: Line, style: Style, text: &str) -> Result<()> {
    let indent = head.width();
    let mut next = head;
    for part in wrap(&escape(text), screen.width().saturating_sub(indent)) {
        next.push(style, part);
        line(screen, next)?;
        next = Line::of(Style::new(), " ".repeat(indent));
    }
    Ok(())
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
    print_head(finding, screen)?;
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
        let head = Line::of(GOOD, "       accepted: ");
        return paragraph(screen, head, GOOD, &format!("{}{until}", accepted.reason));
    }
    paragraph(screen, Line::of(Style::new(), "       fix: "), Style::new(), &finding.fix)
}

/// The rule, where, and what changed: on one line if it fits.
fn print_head(finding: &FindingReport, screen: &mut Screen) -> Result<()> {
    let mut head = Line::of(TITLE, format!("  {:<4}", finding.rule));
    head.push(style(finding.level), loud(finding.level));
    head.push(Style::new(), format!("  {}", escape(&finding.place)));
    let change = Line::of(Style::new(), format!("  {}", escape(&finding.change)));
    let fingerprint = Line::of(DIM, format!("  [{}]", finding.fingerprint));
    if head.width() + change.width() + fingerprint.width() <= screen.width() {
        head.extend(change);
        head.extend(fingerprint);
        return line(screen, head);
    }
    head.extend(fingerprint);
    line(screen, head)?;
    paragraph(screen, Line::of(Style::new(), "       "), Style::new(), &finding.change)
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

/// The lines of bytes that are shown.
const WITNESS_LINES_MAX: usize = 4;

fn print_witness(witness: &WitnessReport, screen: &mut Screen) -> Result<()> {
    let mut told = witness.outcome.clone();
    if witness.actor == Actor::Code {
        told.push_str("  (its own code)");
    }
    let head = Line::of(DIM, format!("         {} ", witness.direction.name()));
    paragraph(screen, head, Style::new(), &told)?;
    let indent = " ".repeat(18);
    let room = screen.width().saturating_sub(indent.len());
    let mut lines = wrap(&escape(&witness.bytes), room);
    if lines.len() > WITNESS_LINES_MAX {
        lines.truncate(WITNESS_LINES_MAX);
        let last = lines.pop().unwrap_or_default();
        lines.push(clip(&format!("{last}…"), room).into_owned());
    }
    lines.iter().try_for_each(|text| line(screen, Line::of(DIM, format!("{indent}{text}"))))
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
