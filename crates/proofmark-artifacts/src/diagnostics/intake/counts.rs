//! How many rows came, and what became of them.

use std::collections::BTreeMap;

use proofmark::Record;

use super::RejectedRow;

/// Refused rows that a report holds; more are counted alone.
pub const REPORTED_ROWS_MAX: usize = 1_000;

/// What became of the rows of an intake: `rows` is `accepted` and `rejected` together.
#[derive(Record, Clone, Debug, Default, PartialEq, Eq)]
pub struct IntakeCounts {
    /// Rows that came.
    #[field(default)]
    pub rows: u64,
    /// Rows that became events.
    #[field(default)]
    pub accepted: u64,
    /// Rows that did not.
    #[field(default)]
    pub rejected: u64,
    /// Events whose time was filled in.
    #[field(default)]
    pub times_filled: u64,
    /// Events by type.
    #[field(default)]
    pub events: BTreeMap<String, u64>,
}

impl IntakeCounts {
    pub(super) fn accept(&mut self, event_type: &str, is_filled: bool) {
        self.accepted += 1;
        self.times_filled += u64::from(is_filled);
        match self.events.get_mut(event_type) {
            Some(count) => *count += 1,
            None => drop(self.events.insert(event_type.to_owned(), 1)),
        }
    }
}

/// What an intake took in and what it refused.
///
/// # Examples
/// ```
/// use proofmark_artifacts::diagnostics::intake::Intake;
///
/// let mut intake = Intake::new(jiff::Timestamp::now);
/// let refused: Vec<_> = intake.json_lines(b"{}\n[]\n").filter_map(|row| row.err().map(|row| *row)).collect();
/// let report = intake.report(refused);
/// assert_eq!((report.counts.rejected, report.rejected.len()), (2, 2));
/// ```
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "intake_report.v1")]
pub struct IntakeReport {
    /// How many rows came, and what became of them.
    pub counts: IntakeCounts,
    /// The rows that were refused, the first ones if there are many.
    #[field(default)]
    pub rejected: Vec<RejectedRow>,
}
