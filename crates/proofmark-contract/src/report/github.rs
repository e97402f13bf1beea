//! As commands of GitHub's workflows, which show findings beside a change.

use super::{ComparisonReport, CompatReport, FindingReport, UnreadReport, line, unread_line};

/// A line per finding, per record that is gone, and per stored record that is not read.
pub fn github(report: &CompatReport) -> String {
    let findings = report.findings().map(|(comparison, finding)| of_finding(comparison, finding));
    let gone = report.removed.iter().map(|record| command("error", "gone", &format!("{record} is gone")));
    findings.chain(gone).chain(report.unread.iter().map(of_unread)).collect()
}

fn of_finding(comparison: &ComparisonReport, finding: &FindingReport) -> String {
    let kind = match (finding.fails, finding.accepted.is_unset()) {
        (true, _) => "error",
        (false, true) => "warning",
        (false, false) => "notice",
    };
    command(kind, &format!("{} {}", finding.rule, finding.level), &line(comparison, finding))
}

fn of_unread(unread: &UnreadReport) -> String {
    command(if unread.fails { "error" } else { "warning" }, "not read", &unread_line(unread))
}

fn command(kind: &str, title: &str, message: &str) -> String {
    format!("::{kind} title={}::{}\n", property(title), data(message))
}

/// The escapes of a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a property, which ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
