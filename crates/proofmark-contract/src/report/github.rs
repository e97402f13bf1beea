//! As commands of GitHub's workflows, which show findings beside a change.

use super::{ComparisonReport, CompatReport, FindingReport, UnreadReport, line, unread_line};
use crate::lock;

/// A line per finding, per record that is gone, and per stored record that is not read.
pub fn github(report: &CompatReport) -> String {
    let findings = report.findings().map(|(comparison, finding)| of_finding(report, comparison, finding));
    let gone =
        report.removed.iter().map(|record| command("error", "title=gone", &format!("{record} is gone")));
    findings.chain(gone).chain(report.unread.iter().map(of_unread)).collect()
}

fn of_finding(report: &CompatReport, comparison: &ComparisonReport, finding: &FindingReport) -> String {
    let kind = match (finding.fails, finding.accepted.is_unset()) {
        (true, _) => "error",
        (false, true) => "warning",
        (false, false) => "notice",
    };
    let file = property(&format!("{}/{}", report.locks, lock::file_name(&comparison.record)));
    let title = property(&format!("{} {}", finding.rule, finding.level));
    let properties = format!("file={file},line={},title={title}", finding.line);
    command(kind, &properties, &line(comparison, finding))
}

fn of_unread(unread: &UnreadReport) -> String {
    command(if unread.fails { "error" } else { "warning" }, "title=not read", &unread_line(unread))
}

fn command(kind: &str, properties: &str, message: &str) -> String {
    format!("::{kind} {properties}::{}\n", data(message))
}

/// The escapes of a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a property, which ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
