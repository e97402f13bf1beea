//! `proofmark ls`.

use expect_test::expect;

use crate::check_in;
use crate::fixture::{Fixture, IDS};

#[test]
fn runs_are_listed_latest_first_by_their_shortest_names() {
    check_in(
        Fixture::new().dir(),
        &["ls"],
        expect![[r#"
              RUN    STARTED           ENGINE             STATUS  ARTIFACTS     SIZE  NOTE
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed          5  10.2 kB  latest, pipeline.sql, 412 ms
              k3f9z  2026-11-21 06:00  datafusion 55.2.0  ok              2  1.45 kB  pipeline.sql, 412 ms
              a7b2   2026-11-20 06:00  datafusion 54.0.0  ok              1    308 B  pipeline.sql, 412 ms
              3 runs
            exit 0
        "#]],
    );
}

#[test]
fn a_limit_says_what_it_hides() {
    check_in(
        Fixture::new().dir(),
        &["ls", "--limit", "1"],
        expect![[r#"
              RUN    STARTED           ENGINE             STATUS  ARTIFACTS     SIZE  NOTE
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed          5  10.2 kB  latest, pipeline.sql, 412 ms
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
                "bytes": 10171,
                "title": "pipeline.sql",
                "fingerprint": "78665b6d1ae48d041bddd6011788da4e6ccee62d4f6bc0e2266c7ce2a66c3bba"
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
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed           5  10.2 kB  latest, pipeline.sql, 412 ms
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
