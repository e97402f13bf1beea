//! What the gate found, for other programs.

mod github;
mod json;
mod junit;
mod sarif;

pub use github::github;
pub use json::{FindingRecord, HitsRecord, ReportRecord, VerdictRecord, WitnessRecord, json};
pub use junit::junit;
pub use sarif::sarif;

use crate::compat::{Comparison, Judged};
use crate::rules;

/// The title of a finding's rule.
fn title(judged: &Judged) -> &'static str {
    rules::rule(judged.finding.rule).map_or("", |rule| &rule.title)
}

/// One line that says it all.
fn line(comparison: &Comparison, judged: &Judged) -> String {
    let finding = &judged.finding;
    let summary = finding.change.summary(&comparison.old);
    format!(
        "{} {} {}: {} ({summary}), against {}",
        comparison.record,
        finding.change.place,
        finding.level,
        title(judged),
        comparison.against,
    )
}
