//! `proofmark verify`.

use expect_test::expect;
use proofmark_artifacts::RunStatus;

use crate::fixture::{Fixture, IDS, sample};
use crate::{check_in, proofmark, transcript};

/// What is printed without the time it took.
fn check(fixture: &Fixture, args: &[&str], expected: expect_test::Expect) {
    let told = transcript(fixture.dir(), proofmark(fixture.dir(), args));
    let lines: Vec<_> = told.lines().filter(|line| !line.starts_with("verified in ")).collect();
    expected.assert_eq(&format!("{}\n", lines.join("\n")));
}

fn cursor_run() -> Fixture {
    let fixture = Fixture::empty();
    fixture.run(IDS[0], "datafusion 55.2.0", RunStatus::Ok, |run| run.put(&sample::cdf_cursor()).unwrap());
    fixture
}

#[test]
fn a_whole_run_is_told_in_short() {
    check(
        &cursor_run(),
        &["verify"],
        expect![[r#"
        20261122-134501123-k3f9q2xd
          types 1/1    digests 3/3    references 0/0    unknown fields 0
          presence: 4 optional fields, 0 times absent, 0 null, 4 there
        exit 0
    "#]],
    );
    check(
        &cursor_run(),
        &["verify", "--presence"],
        expect![[r#"
        20261122-134501123-k3f9q2xd
          types 1/1    digests 3/3    references 0/0    unknown fields 0
          presence: 4 optional fields, 0 times absent, 0 null, 4 there
            FIELD                         ABSENT  NULL  THERE
            CdfCursor.run_id                   0     0      1
            CdfCursor.schema_fingerprint       0     0      1
            CdfCursor.table_id                 0     0      1
            CdfCursor.updated_at               0     0      1
        exit 0
    "#]],
    );
}

#[test]
fn damage_ends_with_100_and_a_run_that_cannot_be_opened_with_101() {
    let fixture = cursor_run();
    std::fs::write(fixture.file(IDS[0], "cdf_cursor.json"), "{}").unwrap();
    check(
        &fixture,
        &["verify", "k3f9"],
        expect![[r#"
        20261122-134501123-k3f9q2xd
          types 1/1    digests 1/2    references 0/0    unknown fields 0
          presence: 0 optional fields, 0 times absent, 0 null, 0 there
          digest  cdf_cursor  runs/20261122-134501123-k3f9q2xd/cdf_cursor.json: damaged: has 2 bytes, 308 were written
        exit 100
    "#]],
    );
    std::fs::write(fixture.file(IDS[0], "bundle.json"), "{}").unwrap();
    check(
        &fixture,
        &["verify", "k3f9"],
        expect![[r#"
        error: runs/20261122-134501123-k3f9q2xd/bundle.json: damaged: Object missing required field `kind`
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
    check(
        &fixture,
        &["verify", "nothing"],
        expect![[r#"
        error: runs: no run `nothing`; the latest of 1: 20261122-134501123-k3f9q2xd
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
    check(
        &fixture,
        &["verify", "latest:plan"],
        expect![[r#"
        error: `latest:plan` is an artifact; a run is wanted
        exit 2
    "#]],
    );
}

#[test]
fn the_report_is_a_record() {
    check_in(
        cursor_run().dir(),
        &["verify", "--json", &format!("runs/{}", IDS[0])],
        expect![[r#"
        {
          "type": "verify_report.v1",
          "run_id": "20261122-134501123-k3f9q2xd",
          "schema_ids": {
            "checked": 1
          },
          "digests": {
            "checked": 3
          },
          "references": {
            "checked": 0
          },
          "presence": [
            {
              "record": "CdfCursor",
              "field": "run_id",
              "value": 1
            },
            {
              "record": "CdfCursor",
              "field": "schema_fingerprint",
              "value": 1
            },
            {
              "record": "CdfCursor",
              "field": "table_id",
              "value": 1
            },
            {
              "record": "CdfCursor",
              "field": "updated_at",
              "value": 1
            }
          ]
        }
        exit 0
    "#]],
    );
}

#[test]
fn archive_is_verified_and_compared_as_the_run_that_it_holds() {
    let fixture = cursor_run();
    let pack = proofmark(fixture.dir(), &["bundle", "-o", "run.zip"]).output().unwrap();
    assert!(pack.status.success(), "{}", String::from_utf8_lossy(&pack.stderr));
    let verified = |run: &str| transcript(fixture.dir(), proofmark(fixture.dir(), &["verify", run]));
    let told = |text: String| text.lines().filter(|line| !line.starts_with("verified")).collect::<String>();
    assert_eq!(told(verified("run.zip")), told(verified("latest")));
    check(
        &fixture,
        &["diff", "run.zip", "latest"],
        expect![[r#"
        k3f9q2xd -> k3f9q2xd  same content
        artifacts
          cdf_cursor  same content
        exit 0
    "#]],
    );
    std::fs::write(fixture.dir().join("damaged.zip"), b"PK\x03\x04 and no more").unwrap();
    check(
        &fixture,
        &["verify", "damaged.zip"],
        expect![[r#"
        error: archive: cannot read the archive: invalid Zip archive: Could not find EOCD
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
    check(
        &fixture,
        &["diff", "missing.zip", "latest"],
        expect![[r#"
        error: cannot read `missing.zip`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
}
