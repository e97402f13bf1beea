//! What scans skipped.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

use crate::ScanPruning;

/// What one scan skipped, at each level: the row of the telemetry that is asked about most.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "file_pruning_event.v1")]
pub struct FilePruningEvent {
    /// When the scan ended. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// The statement's position in the run.
    pub statement: u32,
    /// The scan's position in the plan.
    pub operator: u32,
    /// Name of the table.
    #[field(absent = "the scan reads files that have no table")]
    pub dataset: Maybe<String>,
    /// The filter that the scan was given.
    #[field(absent = "it reads everything")]
    pub predicate: Maybe<String>,
    /// What was skipped and what was kept. Volatile: a filter found while running may come early or late.
    #[field(volatile = "race")]
    pub pruning: ScanPruning,
}
