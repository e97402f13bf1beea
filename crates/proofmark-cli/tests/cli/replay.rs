//! `proofmark replay`.

use expect_test::expect;
use proofmark_artifacts::{Manifest, Maybe, RunStatus};

use crate::check_in;
use crate::fixture::{Fixture, IDS, sample};

/// A store with a run that was made in its directory.
fn fixture(change: impl FnOnce(&mut Manifest)) -> Fixture {
    let fixture = Fixture::empty();
    let mut manifest = sample::manifest();
    manifest.repro.working_directory = Maybe::Set(fixture.dir().to_string_lossy().into_owned());
    manifest.repro.command = ["proofmark", "run", "p.sql"].map(str::to_owned).into();
    manifest.repro.tables = [("flights".to_owned(), "f.csv".to_owned())].into();
    for statement in &mut manifest.statements {
        statement.substrait = Maybe::Unset;
    }
    change(&mut manifest);
    fixture.run(IDS[0], "datafusion 55.2.0", RunStatus::Ok, |run| {
        run.put(&manifest).unwrap();
        run.put(&sample::profile()).unwrap();
    });
    fixture
}

#[test]
fn what_would_be_run_is_what_was_run() {
    check_in(
        fixture(|_| ()).dir(),
        &["replay", "--dry-run"],
        expect![[r#"
        in [DIR]
        proofmark run --profile default --set datafusion.execution.target_partitions=2 --table flights=f.csv
        SELECT carrier, count(*) FROM flights GROUP BY carrier
        ;
        SELECT avg(delay) FROM flights
        ;

        exit 0
    "#]],
    );
    check_in(
        fixture(|_| ()).dir(),
        &["replay", "--dry-run", "--directory", "."],
        expect![[r#"
        in .
        proofmark run --profile default --set datafusion.execution.target_partitions=2 --table flights=f.csv
        SELECT carrier, count(*) FROM flights GROUP BY carrier
        ;
        SELECT avg(delay) FROM flights
        ;

        exit 0
    "#]],
    );
}

#[test]
fn what_cannot_be_done_again_is_told() {
    let gone = fixture(|manifest| manifest.repro.working_directory = Maybe::Set("/no/such/place".to_owned()));
    check_in(
        gone.dir(),
        &["replay"],
        expect![[r#"
        error: the run was made in `/no/such/place`, which is not here
          help: say where relative paths start: --directory DIR
        exit 101
    "#]],
    );
    let redacted = fixture(|manifest| manifest.notes.push("redacted: paths; digests are new".to_owned()));
    check_in(
        redacted.dir(),
        &["replay"],
        expect![[r#"
        error: the run cannot be done again: redacted: paths; digests are new
          help: replay it from an archive from which nothing was taken out
        exit 101
    "#]],
    );
    let empty = fixture(|manifest| manifest.statements.clear());
    check_in(
        empty.dir(),
        &["replay"],
        expect![[r#"
        error: the run has no statements to do again
        exit 101
    "#]],
    );
    check_in(
        empty.dir(),
        &["replay", "nothing"],
        expect![[r#"
        error: [DIR]/runs: no run `nothing`; the latest of 1: 20261122-134501123-k3f9q2xd
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
}

#[cfg(not(feature = "datafusion"))]
#[test]
fn a_build_without_an_engine_says_so() {
    check_in(
        fixture(|_| ()).dir(),
        &["replay"],
        expect![[r#"
        error: this build of proofmark has no engine to run a pipeline with
          help: build it with its default features: `cargo install proofmark-cli`
        exit 2
    "#]],
    );
}
