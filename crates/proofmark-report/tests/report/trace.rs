//! Runs as traces for Perfetto.

use proofmark_report::{Trace, TraceEvent};

use crate::fixture::{Fixture, everything};

fn trace() -> Trace {
    let fixture = Fixture::new();
    let id = fixture.run(412_000_000, everything);
    let trace = Trace::of(&fixture.recorded(&id));
    // What is looked at is what a viewer reads.
    proofmark::json::from_str(&trace.to_json().unwrap()).unwrap()
}

fn slices(trace: &Trace, category: &str) -> Vec<(String, f64, f64)> {
    let slices = trace.trace_events.iter().filter_map(|event| match event {
        TraceEvent::Slice { name, cat, ts, dur, .. } if cat == category => Some((name.clone(), *ts, *dur)),
        _ => None,
    });
    slices.collect()
}

#[test]
fn the_run_its_statements_and_their_operators_are_slices() {
    let trace = trace();
    assert_eq!(slices(&trace, "run"), [("pipeline.sql".to_owned(), 0.0, 412_000.0)]);
    assert!(!slices(&trace, "statement").is_empty());
    assert!(slices(&trace, "operator").iter().any(|(name, ..)| name == "HashJoinExec"));
}

#[test]
fn phases_lie_within_their_statements() {
    let trace = trace();
    let statements = slices(&trace, "statement");
    for (name, start, length) in slices(&trace, "phase") {
        let is_within =
            |(_, from, of): &(String, f64, f64)| *from <= start && start + length <= from + of + 0.001;
        assert!(statements.iter().any(is_within), "{name}");
    }
}

#[test]
fn every_track_with_slices_has_a_name() {
    let trace = trace();
    let names = trace.trace_events.iter().filter_map(|event| match event {
        TraceEvent::Name { name, pid, tid, .. } if name == "thread_name" => Some((*pid, *tid)),
        _ => None,
    });
    let names: Vec<_> = names.collect();
    for event in &trace.trace_events {
        if let TraceEvent::Slice { name, pid, tid, .. } = event {
            assert!(names.contains(&(*pid, *tid)), "{name} lies on a track without a name");
        }
    }
}

#[test]
fn a_run_without_events_is_a_trace_of_one_slice() {
    let fixture = Fixture::new();
    let trace = Trace::of(&fixture.recorded(&fixture.run(5_000, |_| ())));
    assert_eq!(slices(&trace, "run").len() + slices(&trace, "statement").len(), 1);
}
