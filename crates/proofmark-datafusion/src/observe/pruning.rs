//! What scans skipped, one event per scan that could skip something.

use jiff::Timestamp;
use proofmark_artifacts::diagnostics::FilePruningEvent;
use proofmark_artifacts::{Maybe, ScanTelemetry};

/// The scans of files with statistics, and those with a filter.
///
/// Not those that did skip something: whether they do may follow a filter that was found while running, and the number
/// of events is content.
pub(crate) fn events(scans: &[ScanTelemetry]) -> Vec<FilePruningEvent> {
    let could = |scan: &&ScanTelemetry| scan.predicate.is_some() || scan.format == "parquet";
    scans.iter().filter(could).map(event).collect()
}

fn event(scan: &ScanTelemetry) -> FilePruningEvent {
    FilePruningEvent {
        event_time: Maybe::Set(Timestamp::now()),
        statement: scan.statement,
        operator: scan.operator,
        dataset: scan.dataset.clone().into(),
        predicate: scan.predicate.clone().into(),
        pruning: scan.pruning,
    }
}
