//! As GitLab's report on code quality, which is shown in merge requests.
//!
//! Format: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use proofmark::{Record, Result};

use super::{ComparisonReport, CompatReport, FindingReport, line, unread_line};
use crate::class::Level;
use crate::lock;

#[derive(Record)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: String,
    location: Location,
}

#[derive(Record)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Record)]
struct Lines {
    begin: u64,
}

/// A report as JSON for GitLab.
///
/// # Errors
/// Does not fail on what a gate found.
pub fn gitlab(report: &CompatReport) -> Result<String> {
    let mut issues: Vec<Issue> =
        report.findings().map(|(comparison, finding)| of_finding(report, comparison, finding)).collect();
    for record in &report.removed {
        issues.push(of_record(report, record, "gone", format!("{record} is gone"), true));
    }
    for unread in &report.unread {
        issues.push(of_record(report, &unread.record, "unread", unread_line(unread), unread.fails));
    }
    proofmark::json::to_string(&issues)
}

fn of_finding(report: &CompatReport, comparison: &ComparisonReport, finding: &FindingReport) -> Issue {
    let severity = match (finding.fails, finding.level) {
        (_, _) if !finding.accepted.is_unset() => "info",
        (_, Level::Silent) => "blocker",
        (true, Level::Breaking) => "critical",
        (true, _) => "major",
        (false, _) => "minor",
    };
    Issue {
        description: line(comparison, finding),
        check_name: finding.rule.clone(),
        // One change may be found against several releases.
        fingerprint: format!("{}-{}", finding.fingerprint, comparison.against),
        severity: severity.to_owned(),
        location: location(report, &comparison.record, finding.line),
    }
}

/// An issue about a record as a whole.
fn of_record(report: &CompatReport, record: &str, check: &str, told: String, fails: bool) -> Issue {
    Issue {
        fingerprint: format!("{check}-{told}"),
        description: told,
        check_name: check.to_owned(),
        severity: (if fails { "critical" } else { "minor" }).to_owned(),
        location: location(report, record, 1),
    }
}

fn location(report: &CompatReport, record: &str, begin: u64) -> Location {
    Location { path: format!("{}/{}", report.locks, lock::file_name(record)), lines: Lines { begin } }
}
