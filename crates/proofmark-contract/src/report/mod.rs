//! What was found, for other programs: three records of our own, and what is rendered from them.
//!
//! The records have locks like any other: [`catalogue`] lists them.

mod compat;
mod gate;
mod github;
mod gitlab;
mod junit;
mod lint;
mod markdown;
mod sarif;

pub use compat::{
    AcceptedReport, ComparisonReport, CompatReport, FindingReport, HitsReport, UnreadReport, VerdictReport,
    WitnessReport,
};
pub use gate::{DecisionReport, GateReport};
pub use github::github;
pub use gitlab::gitlab;
pub use junit::junit;
pub use lint::{FaultReport, LintReport};
pub use markdown::markdown;
pub use sarif::sarif;

use proofmark::Describe;

use crate::code::Code;
use crate::codec::Codec;
use crate::registry::{Entry, Registry};
use crate::usage::Use;

/// The records that this crate writes.
///
/// # Examples
/// ```
/// use proofmark_contract::report;
///
/// let names: Vec<_> = report::catalogue().entries().iter().map(|entry| entry.name).collect();
/// assert_eq!(names, ["compat_report", "gate_report", "lint_report"]);
/// ```
pub fn catalogue() -> Registry {
    let entry = |name, shape, code| {
        // Build servers lag behind, and read the JSON that was piped to them.
        Entry { name, version: 1, used_as: Use::Event, codecs: &[Codec::Json], shape, code: Some(code) }
    };
    Registry::new()
        .entry(entry("compat_report", CompatReport::shape, Code::of::<CompatReport>()))
        .entry(entry("gate_report", GateReport::shape, Code::of::<GateReport>()))
        .entry(entry("lint_report", LintReport::shape, Code::of::<LintReport>()))
}

/// One line that says it all.
fn line(comparison: &ComparisonReport, finding: &FindingReport) -> String {
    let FindingReport { place, level, title, change, .. } = finding;
    format!("{} {place} {level}: {title} ({change}), against {}", comparison.record, comparison.against)
}

/// One line about a stored record that is not read.
fn unread_line(unread: &UnreadReport) -> String {
    format!("{} is not read: {}: {}", unread.record, unread.place, unread.error)
}
