//! As Markdown, for a comment on a change.

use proofmark::Maybe;

use super::{ComparisonReport, CompatReport, FindingReport, VerdictReport, WitnessReport, unread_line};
use crate::class::Level;

/// A heading with the sum, a table of all findings, and the bytes that show them folded away.
pub fn markdown(report: &CompatReport) -> String {
    let gate = if report.fails { "closed" } else { "open" };
    let mut text = format!("### Contract: {}\n\n", report.summary());
    text += &format!(
        "The gate is {gate}; this needs a **{}** release{}.\n",
        report.needs.name(),
        allowed(report)
    );
    if report.findings().next().is_some() {
        text += "\n| | rule | where | change | json | msgpack |\n|---|---|---|---|---|---|\n";
        text.extend(report.findings().map(|(comparison, finding)| row(comparison, finding)));
        text += &witnesses(report);
    }
    let gone = report.removed.iter().map(|record| format!("{record} is gone"));
    let added = report.added.iter().map(|record| format!("{record} is new"));
    let told = gone.chain(report.unread.iter().map(unread_line)).chain(added);
    let told: String = told.map(|told| format!("- {}\n", escape(&told))).collect();
    if told.is_empty() { text } else { format!("{text}\n{told}") }
}

fn allowed(report: &CompatReport) -> String {
    match report.allowed {
        Maybe::Set(allowed) => format!(", and a {} one is meant", allowed.name()),
        Maybe::Unset => String::new(),
    }
}

fn row(comparison: &ComparisonReport, finding: &FindingReport) -> String {
    let sign = match (finding.fails, finding.level) {
        (_, Level::Silent) => "\u{1f7e3}",
        (true, _) => "\u{1f534}",
        (false, _) => "\u{1f7e1}",
    };
    let place = finding.place.replacen('$', &comparison.record, 1);
    let accepted = match &finding.accepted {
        Maybe::Set(accepted) => format!(" (accepted: {})", escape(&accepted.reason)),
        Maybe::Unset => String::new(),
    };
    format!(
        "| {sign} {} | {} {} | {} | {}{accepted} | {} | {} |\n",
        finding.level.name(),
        finding.rule,
        escape(&finding.title),
        code(&place),
        code(&finding.change),
        verdicts(finding, 0),
        verdicts(finding, 1),
    )
}

/// The verdicts of the format at a place of the list.
fn verdicts(finding: &FindingReport, at: usize) -> String {
    let told = |verdicts: &VerdictReport| format!("{} / {}", verdicts.backward, verdicts.forward);
    finding.verdicts.get(at).map_or_else(String::new, told)
}

fn witnesses(report: &CompatReport) -> String {
    let of_finding = |(_, finding): (&ComparisonReport, &FindingReport)| -> String {
        let shown = finding.witnesses.iter().map(witness).collect::<String>();
        if shown.is_empty() {
            shown
        } else {
            format!("\n{} {}\n\n{shown}", finding.rule, code(&finding.place))
        }
    };
    let all: String = report.findings().map(of_finding).collect();
    let columns = "\n<sub>json and msgpack: new reads old / old reads new</sub>\n";
    if all.is_empty() {
        columns.to_owned()
    } else {
        format!("{columns}\n<details><summary>Bytes that show it</summary>\n{all}\n</details>\n")
    }
}

fn witness(witness: &WitnessReport) -> String {
    let (direction, outcome) = (witness.direction.name(), code(&witness.outcome));
    format!("- {} {direction}: {outcome} of {}\n", witness.codec.name(), code(&witness.bytes))
}

/// Text as code, in one line of a table.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|").replace(['\n', '\r'], " ");
    // A fence of more backticks than stand in it.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// Text that is no markup.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => escaped.push(' '),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '@' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}
