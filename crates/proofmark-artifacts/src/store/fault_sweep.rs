//! Every step of every operation is made to fail, and every step is made the last: what must hold afterwards, holds.

use std::path::Path;

use jiff::Timestamp;

use super::disk::fault::{self, Fault};
use super::{Committed, CursorStore, RunStore, StoreError};
use crate::{CdfCursor, RunStatus, RunSummary};

/// More steps than any operation takes.
const STEPS_MAX: u32 = 100;

fn record(store: &RunStore) -> Result<Committed, StoreError> {
    let mut run = store.begin()?;
    // As a recorder does: an artifact that cannot be written is no reason to stop.
    let _ = run.put_as("first", &CdfCursor::new("orders", 1));
    let _ = run.put_as("second", &CdfCursor::new("orders", 2));
    let _ = run.put_made(|| CdfCursor::new("orders", 3));
    let _ = run.unwritten();
    run.commit(RunSummary::new(RunStatus::Ok, Timestamp::UNIX_EPOCH))
}

/// Runs `operation` in a fresh directory once per step and kind of fault, and `check` after it.
fn sweep<T>(operation: impl Fn(&Path) -> T, check: impl Fn(&Path, T)) {
    for make in [Fault::Once, Fault::Crash] {
        let hits = (0..STEPS_MAX).take_while(|step| {
            let dir = tempfile::tempdir().unwrap();
            let (result, hit) = fault::with(make(*step), || operation(dir.path()));
            check(dir.path(), result);
            hit
        });
        let steps = hits.count();
        assert!(steps >= 5 && steps < STEPS_MAX as usize, "{steps} steps");
    }
}

#[test]
fn a_run_is_there_whole_or_not_at_all_whatever_step_fails() {
    let runs = |dir: &Path| RunStore::new(dir.join("a/runs"));
    sweep(
        |dir| record(&runs(dir)),
        |dir, result| {
            let store = runs(dir);
            let ids = store.ids().unwrap();
            for id in &ids {
                let bundle = store.bundle(id).unwrap();
                assert!(bundle.verify().is_empty(), "{:?}", bundle.verify());
                let index = bundle.index();
                assert_eq!(index.artifacts.len() + index.missing.len(), 3);
                assert_eq!(index.missing.is_empty(), index.summary.status == RunStatus::Ok);
            }
            if let Ok(committed) = result {
                assert_eq!(ids, [committed.index.run_id]);
            }
            let next = record(&store).unwrap();
            assert_eq!(store.resolve("latest").unwrap(), next.index.run_id);
            let left = store.path().read_dir().unwrap().count();
            assert_eq!(left, ids.len() + 1, "the next run clears away what the failed one left");
        },
    );
}

#[test]
fn a_run_that_is_removed_is_there_whole_or_not_at_all_whatever_step_fails() {
    for make in [Fault::Once, Fault::Crash] {
        for step in 0..2 {
            let dir = tempfile::tempdir().unwrap();
            let store = RunStore::new(dir.path());
            let run = record(&store).unwrap();
            let (removed, hit) = fault::with(make(step), || store.remove(&run.index.run_id));
            assert!(hit && removed.is_err());
            for id in store.ids().unwrap() {
                assert!(store.bundle(&id).unwrap().verify().is_empty());
            }
            record(&store).unwrap();
            let left = store.path().read_dir().unwrap().count();
            assert_eq!(left, store.ids().unwrap().len(), "the next run clears away what is left");
        }
    }
}

#[test]
fn a_cursor_is_where_it_was_or_where_it_was_told_whatever_step_fails() {
    let cursors = |dir: &Path| CursorStore::new(dir.join("a/cursors"));
    let advance = |store: &CursorStore, version| {
        let from = store.read("orders")?;
        store.advance(from.as_ref(), &CdfCursor::new("orders", version))
    };
    for before in [0, 1, 20] {
        sweep(
            |dir| {
                let fault = fault::suspend();
                (1..=before).for_each(|version| drop(advance(&cursors(dir), version).unwrap()));
                fault::resume(fault);
                advance(&cursors(dir), before + 1)
            },
            |dir, result| {
                let store = cursors(dir);
                let version = store.read("orders").unwrap().map_or(0, |found| found.cursor().last_version);
                assert!(version == before || version == before + 1, "{version}");
                if result.is_ok() {
                    assert_eq!(version, before + 1, "an acknowledged move is kept");
                }
                let next = advance(&store, before + 2).unwrap();
                assert_eq!(next.cursor().last_version, before + 2);
                let left = store.path().join("orders").read_dir().unwrap().flatten();
                let temporary = left.filter(|entry| entry.file_name().to_string_lossy().starts_with(".tmp-"));
                assert_eq!(temporary.count(), 0, "the next move clears away what the failed one left");
            },
        );
    }
}

#[test]
fn a_move_that_failed_after_it_landed_is_recognised_when_it_is_tried_again() {
    let next = CdfCursor { run_id: proofmark::Maybe::Set("run".to_owned()), ..CdfCursor::new("orders", 1) };
    sweep(
        |dir| CursorStore::new(dir).advance(None, &next).map(drop),
        |dir, _| {
            let position = CursorStore::new(dir).advance(None, &next).unwrap();
            assert_eq!((position.sequence(), position.cursor()), (1, &next));
        },
    );
}
