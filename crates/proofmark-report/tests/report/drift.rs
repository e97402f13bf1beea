//! What a page says of the drift of a run's types, and of what its fields hold.

use proofmark_artifacts::Maybe;
use proofmark_report::{Drift, DriftBasis, DriftFinding, DriftLevel, page};

use crate::fixture::{Fixture, everything, sample};

fn drift(basis: DriftBasis, level: DriftLevel) -> Drift {
    let finding = DriftFinding {
        record: "plan".to_owned(),
        rule: "A5".to_owned(),
        title: "positions swapped".to_owned(),
        change: "rows_read <-> rows_matched".to_owned(),
        level,
        ..DriftFinding::default()
    };
    let findings = if level == DriftLevel::None { Vec::new() } else { vec![finding] };
    Drift { findings, ..Drift::new("proofmark 0.0.9", basis) }
}

#[track_caller]
fn check(drift: Option<Drift>, expected: &[&str]) {
    let fixture = Fixture::new();
    let id = fixture.run(1, everything);
    let recorded = fixture.recorded(&id);
    let html = match drift {
        Some(drift) => page(&recorded.with_drift(drift)),
        None => page(&recorded),
    };
    crate::truth::check(&fixture.store, &html);
    for part in expected {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn the_badge_says_how_far_types_have_drifted() {
    let locks = || DriftBasis::Locks;
    check(Some(drift(locks(), DriftLevel::None)), &["no drift", "are as proofmark 0.0.9 had them"]);
    check(
        Some(drift(locks(), DriftLevel::Compatible)),
        &["compatible drift", "rows_read &lt;-&gt; rows_matched"],
    );
    check(Some(drift(locks(), DriftLevel::Breaking)), &["breaking drift", "not every record of this run"]);
    check(Some(drift(locks(), DriftLevel::Silent)), &["silent drift", "means something else"]);
    check(
        Some(drift(DriftBasis::SameRelease, DriftLevel::None)),
        &["no drift", "the release of the program"],
    );
}

#[test]
fn what_nobody_knows_is_said_to_be_unknown() {
    let nothing = DriftBasis::Nothing("its locks are <not> here".to_owned());
    check(Some(drift(nothing, DriftLevel::Silent)), &["drift not known", "its locks are &lt;not&gt; here"]);
}

#[test]
fn what_is_let_pass_says_why_and_until_when() {
    let mut accepted = drift(DriftBasis::Locks, DriftLevel::Breaking);
    accepted.findings[0].accepted = Some(("nobody rolls back".to_owned(), Some("2026-12-01".to_owned())));
    check(Some(accepted), &["compatible drift", "nobody rolls back", "until 2026-12-01"]);
}

#[test]
fn a_page_without_locks_says_nothing_of_drift() {
    let fixture = Fixture::new();
    let html = fixture.page(&fixture.run(1, everything));
    assert!(!html.contains("href=\"#drift\""));
}

#[test]
fn absences_are_counted_and_what_is_left_out_is_told() {
    let fixture = Fixture::new();
    let id = fixture.run(1, |run| {
        let mut manifest = sample::manifest();
        manifest.elapsed_ns = Maybe::Unset;
        run.put(&manifest).unwrap();
        run.put(&sample::ast()).unwrap();
        run.missing("profile", "no space left on device");
    });
    let html = fixture.page(&id);
    let omitted = sample::ast().statements.iter().filter(|it| !it.omitted.is_unset()).count();
    assert_eq!(html.matches("the tree of statement").count(), omitted);
    assert!(html.contains("as a whole: no space left on device"));
    assert!(html.contains("Manifest.elapsed_ns") && html.contains("proofmark verify --presence"));
}
