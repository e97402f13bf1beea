//! A cancelled run stops soon and leaves a bundle that says so.

use std::time::{Duration, Instant};

use proofmark_datafusion::artifacts::{Bundle, Manifest, Maybe, RunStatus};
use proofmark_datafusion::{Cancel, Discard, Observer, Progress, Recorder, StatementHead};

use crate::fixture::Fixture;

/// A scan of a series that would take days.
const ENDLESS: &str = "SELECT count(*) FROM generate_series(1, 1000000000000) WHERE value % 2 = 3";

/// Cancels at the first sign of progress.
struct CancelAtProgress(Cancel);

impl Observer for CancelAtProgress {
    fn progress(&mut self, _: &StatementHead<'_>, _: &Progress) {
        self.0.cancel();
    }
}

#[test]
fn running_query_is_stopped() {
    let fixture = Fixture::new();
    let recorder = Recorder::new(fixture.options());
    let mut observer = CancelAtProgress(recorder.cancel());
    let begin = Instant::now();
    let outcome = recorder.run(&format!("SELECT 1; {ENDLESS}; SELECT 2"), &mut Discard, &mut observer);
    assert!(begin.elapsed() < Duration::from_secs(60));
    assert_eq!(outcome.status, RunStatus::Cancelled);
    assert_eq!(outcome.statements.len(), 2, "the third statement is not started");
    let stored = Bundle::open(&outcome.bundle.unwrap().path).unwrap().read("manifest").unwrap();
    let manifest: Manifest = stored.decode().unwrap();
    assert_eq!(manifest.status, RunStatus::Cancelled);
    let statuses: Vec<_> = manifest.statements.iter().map(|statement| statement.status).collect();
    assert_eq!(statuses, [RunStatus::Ok, RunStatus::Cancelled]);
    assert_eq!(manifest.statements[1].rows, Maybe::Unset);
}

#[test]
fn run_cancelled_before_it_starts_runs_nothing() {
    let fixture = Fixture::new();
    let recorder = Recorder::new(fixture.options());
    recorder.cancel().cancel();
    let outcome = recorder.run("SELECT 1", &mut Discard, &mut Discard);
    assert_eq!((outcome.status, outcome.statements.len()), (RunStatus::Cancelled, 0));
    assert!(outcome.bundle.is_some());
}
