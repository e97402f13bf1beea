//! Generated SQL that nests deeply neither aborts the process nor spoils the bundle.

use proofmark_datafusion::ErrorKind;
use proofmark_datafusion::artifacts::RunStatus;

use crate::fixture::{EVENTS, Fixture};

fn joined(term: &str, count: usize, operator: &str) -> String {
    vec![term; count].join(operator)
}

/// The planner takes minutes for 5,000 terms in a debug build; a view is planned, but not optimised.
#[test]
fn sum_of_500_terms_is_planned() {
    let fixture = Fixture::new();
    let ran = fixture.run(&format!("CREATE VIEW v AS SELECT {} AS s FROM events", joined("n", 500, " + ")));
    assert_eq!(ran.outcome.status, RunStatus::Ok, "{:?}", ran.outcome.failure);
    assert!(ran.bundle().verify().is_empty());
    assert_eq!(ran.plan().statements.len(), 1);
}

#[test]
fn sum_of_5000_terms_that_fails_is_recorded() {
    let fixture = Fixture::new();
    let ran = fixture.run(&format!("SELECT {} FROM nowhere", joined("n", 5_000, " + ")));
    assert_eq!(ran.outcome.failure.as_ref().unwrap().1.kind(), ErrorKind::Plan);
    assert!(ran.bundle().verify().is_empty());
}

#[test]
fn sum_of_200_terms_is_run() {
    let fixture = Fixture::new();
    let ran = fixture.run(&format!("SELECT {} FROM events", joined("n", 200, " + ")));
    assert_eq!(ran.outcome.statements[0].rows, Some(EVENTS), "{:?}", ran.outcome.failure);
    assert!(ran.bundle().verify().is_empty());
}

#[test]
fn union_of_300_queries() {
    let fixture = Fixture::new();
    let ran = fixture.run(&joined("SELECT 1", 300, " UNION ALL "));
    assert_eq!(ran.outcome.statements[0].rows, Some(300), "{:?}", ran.outcome.failure);
    assert!(ran.bundle().verify().is_empty());
}

#[test]
fn subqueries_within_each_other_are_refused_beyond_the_limit() {
    let fixture = Fixture::new();
    let nested = |depth: usize| {
        let (open, close) = ("SELECT * FROM (".repeat(depth), ") AS t".repeat(depth));
        format!("{open}SELECT 1{close}")
    };
    assert_eq!(fixture.run(&nested(20)).outcome.status, RunStatus::Ok);
    let ran = fixture.run(&nested(10_000));
    let (_, error) = ran.outcome.failure.as_ref().expect("it is refused");
    assert_eq!(error.kind(), ErrorKind::Parse, "{error}");
    assert!(ran.bundle().verify().is_empty());
}
