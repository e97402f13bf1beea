//! What scans skipped, one event per scan that looked for something to skip.

use jiff::Timestamp;
use proofmark_artifacts::diagnostics::FilePruningEvent;
use proofmark_artifacts::{Maybe, ScanPruning, ScanTelemetry};

/// The scans with a filter, or whose files were skipped without one.
pub(crate) fn events(scans: &[ScanTelemetry]) -> Vec<FilePruningEvent> {
    let asked = |scan: &&ScanTelemetry| scan.predicate.is_some() || scan.pruning != ScanPruning::default();
    scans.iter().filter(asked).map(event).collect()
}

fn event(scan: &ScanTelemetry) -> FilePruningEvent {
    FilePruningEvent {
        event_time: Maybe::Set(Timestamp::now()),
        statement: scan.statement,
        operator: scan.operator,
        dataset: scan.dataset.clone().into(),
        predicate: scan.predicate.clone().into(),
        pruning: scan.pruning.clone(),
    }
}
