//! Findings for people.

use anstyle::{AnsiColor, Style};
use proofmark_contract::class::{Direction, Level, Verdict};
use proofmark_contract::compat::{Comparison, Judged, Outcome};
use proofmark_contract::rules;
use proofmark_contract::verdict::{Judgement, Witness};
use proofmark_contract::{Codec, Use};

use crate::failure::Result;
use crate::render::paint::{BAD, DIM, DOUBTFUL, GOOD, TITLE};
use crate::render::span::Line;
use crate::render::text::escape;
use crate::screen::Screen;

const SILENT: Style = AnsiColor::Magenta.on_default().bold();

pub(super) fn print(outcome: &Outcome, screen: &mut Screen) -> Result<()> {
    for comparison in &outcome.comparisons {
        print_record(comparison, screen)?;
    }
    for record in &outcome.added {
        line(screen, Line::of(GOOD, format!("{record} is new")))?;
    }
    for record in &outcome.removed {
        line(screen, Line::of(BAD, format!("{record} is gone: what it wrote is read by nobody")))?;
    }
    for unread in &outcome.unread {
        let told = format!("{} is not read: {}: {}", unread.record, unread.place, unread.error);
        line(screen, Line::of(BAD, escape(&told)))?;
    }
    let mut summary = Line::of(TITLE, summary(outcome));
    if outcome.fails() {
        summary.push(DIM, "   (ends with 100)");
    }
    line(screen, summary)
}

fn line(screen: &mut Screen, line: Line) -> Result<()> {
    let painted = line.paint(screen.paint());
    screen.print(&format!("{painted}\n"))
}

fn print_record(comparison: &Comparison, screen: &mut Screen) -> Result<()> {
    let mut head = Line::of(TITLE, comparison.record.clone());
    let policy = policy(comparison.new.used_as);
    head.push(DIM, format!("  against {}   {policy}", escape(&comparison.against)));
    line(screen, head)?;
    for judged in &comparison.findings {
        print_finding(comparison, judged, screen)?;
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

fn print_finding(comparison: &Comparison, judged: &Judged, screen: &mut Screen) -> Result<()> {
    let finding = &judged.finding;
    let rule = rules::rule(finding.rule);
    let mut head = Line::of(TITLE, format!("  {:<4}", finding.rule));
    head.push(style(finding.level), loud(finding.level));
    head.push(Style::new(), format!("  {}", escape(&finding.change.place)));
    head.push(Style::new(), format!("  {}", escape(&finding.change.summary(&comparison.old))));
    head.push(DIM, format!("  [{}]", judged.fingerprint));
    line(screen, head)?;
    line(screen, Line::of(DIM, format!("       {}", rule.map_or("", |rule| &*rule.title))))?;
    if let Some(replayed) = &finding.judgement {
        print_verdicts(replayed, screen)?;
    }
    if let Some(hits) = judged.hits {
        let style = if hits.affected == 0 { GOOD } else { BAD };
        let told = format!("       stored records hit: {} of {}", hits.affected, hits.of);
        line(screen, Line::of(style, told))?;
    }
    if let Some(accepted) = &judged.accepted {
        let until = accepted.until.as_ref().map_or_else(String::new, |until| format!(", until {until}"));
        return line(screen, Line::of(GOOD, format!("       accepted: {}{until}", escape(&accepted.reason))));
    }
    let fix = rule.map_or("", |rule| &*rule.fix);
    line(screen, Line::of(Style::new(), format!("       fix: {fix}")))
}

fn print_verdicts(replayed: &Judgement, screen: &mut Screen) -> Result<()> {
    for (codec, verdicts) in &replayed.verdicts {
        let mut text = Line::of(Style::new(), format!("       {:<8}", codec.name()));
        for direction in Direction::ALL {
            text.push(DIM, format!(" {} ", direction.name()));
            let verdict = verdicts.of(direction);
            text.push(verdict_style(verdict), format!("{verdict:<7}"));
        }
        line(screen, text)?;
        for witness in shown(replayed, *codec) {
            let mut text = Line::of(DIM, format!("         {} ", witness.direction.name()));
            text.push(Style::new(), escape(&witness.outcome.to_string()).into_owned());
            line(screen, text)?;
            let text = Line::of(DIM, format!("                  {}", escape(&witness.text())));
            let room = screen.width();
            line(screen, text.clip(room))?;
        }
    }
    Ok(())
}

/// The witnesses of a format.
fn shown(replayed: &Judgement, codec: Codec) -> impl Iterator<Item = &Witness> {
    replayed.witnesses.iter().filter(move |witness| witness.codec == codec)
}

fn summary(outcome: &Outcome) -> String {
    let count = |level| outcome.judged().filter(|judged| judged.finding.level == level).count();
    let levels = Level::ALL.into_iter().rev().map(|level| (count(level), level));
    let mut told: Vec<_> =
        levels.filter(|(count, _)| *count > 0).map(|(count, level)| format!("{count} {level}")).collect();
    for (count, what) in [(outcome.removed.len(), "gone"), (outcome.unread.len(), "not read")] {
        told.extend((count > 0).then(|| format!("{count} {what}")));
    }
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
