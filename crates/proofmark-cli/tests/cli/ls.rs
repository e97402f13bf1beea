//! `proofmark ls`.

use expect_test::expect;

use crate::fixture::{Fixture, IDS};
use crate::{check_in, proofmark, transcript};

#[test]
fn runs_are_listed_latest_first_by_their_shortest_names() {
    check_in(
        Fixture::new().dir(),
        &["ls"],
        expect![[r#"
              RUN    STARTED           ENGINE             STATUS  ARTIFACTS     SIZE  NOTE
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed          5  10.6 kB  latest, pipeline.sql, 412 ms
              k3f9z  2026-11-21 06:00  datafusion 55.2.0  ok              2  1.45 kB  pipeline.sql, 412 ms
              a7b2   2026-11-20 06:00  datafusion 54.0.0  ok              1    308 B  pipeline.sql, 412 ms
              3 runs
            exit 0
        "#]],
    );
}

#[test]
fn a_replay_names_the_run_that_it_repeats() {
    let fixture = Fixture::new();
    fixture.mark_replay(IDS[1], IDS[2]);
    check_in(
        fixture.dir(),
        &["ls"],
        expect![[r#"
              RUN    STARTED           ENGINE             STATUS  ARTIFACTS     SIZE  NOTE
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed          5  10.6 kB  latest, pipeline.sql, 412 ms
              k3f9z  2026-11-21 06:00  datafusion 55.2.0  ok              2  1.45 kB  replay of a7b2c9de, pipeline.sql, 412 ms
              a7b2   2026-11-20 06:00  datafusion 54.0.0  ok              1    308 B  pipeline.sql, 412 ms
              3 runs
            exit 0
        "#]],
    );
    let listed = transcript(fixture.dir(), proofmark(fixture.dir(), &["ls", "--format", "json"]));
    assert_eq!(listed.matches("\"replay_of\": \"20261120-060000000-a7b2c9de\"").count(), 1, "{listed}");
    let shown = transcript(fixture.dir(), proofmark(fixture.dir(), &["show", "k3f9z"]));
    assert!(shown.contains("\nreplay of 20261120-060000000-a7b2c9de\n"), "{shown}");
}

#[test]
fn a_limit_says_what_it_hides() {
    check_in(
        Fixture::new().dir(),
        &["ls", "--limit", "1"],
        expect![[r#"
              RUN    STARTED           ENGINE             STATUS  ARTIFACTS     SIZE  NOTE
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed          5  10.6 kB  latest, pipeline.sql, 412 ms
              1 of 3 runs; --limit 0 lists all
            exit 0
        "#]],
    );
}

#[test]
fn programs_get_json() {
    check_in(
        Fixture::new().dir(),
        &["ls", "--limit", "1", "--format", "json"],
        expect![[r#"
            [
              {
                "run": "20261122-134501123-k3f9q2xd",
                "name": "k3f9q",
                "started_at": "2026-11-22T13:45:01Z",
                "engine": "datafusion 55.2.0",
                "status": "failed",
                "elapsed_ns": 412000000,
                "artifacts": 5,
                "bytes": 10612,
                "title": "pipeline.sql",
                "fingerprint": "5317358b4cd4ec85d84d93ee3c00fe3f285cb9eacbf9fa3b6e5d7e994c89c7ee"
              }
            ]
            exit 0
        "#]],
    );
}

#[test]
fn a_damaged_run_is_listed_as_such() {
    let fixture = Fixture::new();
    std::fs::write(fixture.file(IDS[1], "bundle.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["ls"],
        expect![[r#"
              RUN    STARTED           ENGINE             STATUS   ARTIFACTS     SIZE  NOTE
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed           5  10.6 kB  latest, pipeline.sql, 412 ms
              k3f9z  2026-11-21 06:00  -                  damaged          -        -  damaged: Object missing required field `kind`
              a7b2   2026-11-20 06:00  datafusion 54.0.0  ok               1    308 B  pipeline.sql, 412 ms
              3 runs
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["ls", "--runs", "nowhere"],
        expect![[r#"
        no runs in `nowhere`; `proofmark run FILE.sql` makes one
        exit 0
    "#]],
    );
}

#[cfg(not(feature = "object-store"))]
#[test]
fn a_url_needs_a_build_that_reaches_it() {
    let fixture = Fixture::new();
    let check = |args: &[&str], expected| check_in(fixture.dir(), args, expected);
    check(
        &["ls", "--runs", "s3://bucket/runs"],
        expect![[r#"
        error: this build does not reach object stores: `s3://bucket/runs`
          help: build it with `--features object-store`
        exit 2
    "#]],
    );
    check(
        &["cursor", "ls", "--cursors", "file:///cursors"],
        expect![[r#"
        error: this build does not reach object stores: `file:///cursors`
          help: build it with `--features object-store`
        exit 2
    "#]],
    );
    check(
        &["push", "s3://bucket/runs"],
        expect![[r#"
        error: this build does not reach object stores: `s3://bucket/runs`
          help: build it with `--features object-store`
        exit 2
    "#]],
    );
    check(
        &["pull", "team/runs"],
        expect![[r#"
        error: this build does not reach object stores: `file://[DIR]/team/runs`
          help: build it with `--features object-store`
        exit 2
    "#]],
    );
}
