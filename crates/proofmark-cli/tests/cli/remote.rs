//! Runs and cursors in object stores: in a directory behind a URL.

#[cfg(feature = "datafusion")]
mod run;

use std::fs;
use std::path::Path;
use std::process::Command;

use expect_test::{Expect, expect};
use proofmark_artifacts::{CdfCursor, CursorStore, Maybe, RunStore};

use crate::fixture::{Fixture, IDS};
use crate::{check_in, proofmark, transcript};

/// Three runs in a store behind a URL, and none where the command looks without.
fn fixture() -> Fixture {
    let fixture = Fixture::new();
    fs::create_dir(fixture.dir().join("team")).unwrap();
    fs::rename(fixture.dir().join("runs"), fixture.dir().join("team/runs")).unwrap();
    fixture
}

fn url(dir: &Path) -> String {
    format!("file://{}/team/runs", dir.display())
}

/// A command with the store in the environment.
fn remotely(dir: &Path, args: &[&str]) -> Command {
    let mut command = proofmark(dir, args);
    command.env("PROOFMARK_RUNS", url(dir));
    command
}

#[track_caller]
fn check(fixture: &Fixture, args: &[&str], expected: Expect) {
    expected.assert_eq(&transcript(fixture.dir(), remotely(fixture.dir(), args)));
}

/// The runs in a directory that are whole.
pub(crate) fn ids(dir: &Path) -> Vec<String> {
    let store = RunStore::new(dir);
    let runs = store.runs().unwrap().filter(|run| run.index.is_ok());
    runs.map(|run| run.id.to_string()).collect()
}

#[test]
fn runs_are_listed_without_being_downloaded() {
    let fixture = fixture();
    let url = url(fixture.dir());
    check_in(
        fixture.dir(),
        &["ls", "--runs", &url, "--limit", "2"],
        expect![[r#"
              RUN    STARTED           ENGINE             STATUS  ARTIFACTS     SIZE  NOTE
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed          5  10.6 kB  latest, pipeline.sql, 412 ms
              k3f9z  2026-11-21 06:00  datafusion 55.2.0  ok              2  1.45 kB  pipeline.sql, 412 ms
              2 of 3 runs; --limit 0 lists all
            exit 0
        "#]],
    );
    check(
        &fixture,
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
    fs::write(fixture.dir().join("team/runs").join(IDS[1]).join("bundle.json"), "{}").unwrap();
    check(
        &fixture,
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
}

#[test]
fn a_run_is_shown_as_if_it_were_here() {
    let fixture = fixture();
    check(
        &fixture,
        &["show"],
        expect![[r#"
            20261122-134501123-k3f9q2xd  failed  pipeline.sql
            datafusion 55.2.0, started 2026-11-22 13:45, took 412 ms
            content 5317358b4cd4ec85d84d93ee3c00fe3f285cb9eacbf9fa3b6e5d7e994c89c7ee

            failed: No field named delay
              help: the table `flights` has the columns: carrier, dep_delay

            file://[DIR]/team/runs/20261122-134501123-k3f9q2xd/  TYPE               SIZE  SHA256         CONTENT
            ├─ bundle.json                                                 the index
            ├─ ast.msgpack                                                 ast.v1            651 B  96fb20a06e3a…  902a7ab18818…
            ├─ diagnostics.msgpack                                         diagnostics.v1  2.08 kB  b226550e4334…  b6ce58bcc149…
            ├─ manifest.json                                               manifest.v1     4.67 kB  94a3ac36d822…  689f369c52ee…
            ├─ plan.json                                                   plan.v1         3.04 kB  d7e92ccaa602…  064b6696b3a9…
            ├─ telemetry.msgpack                                           telemetry.v1      173 B  226d2485aab1…  5ade2f42a6fd…
            └─ profile                                                                           -  -              -              missing: cannot write the artifact: no space left on device
            downloaded run k3f9q2xd, 5 artifacts, 10.6 kB, from file://[DIR]/team/runs
            exit 0
        "#]],
    );
    check(
        &fixture,
        &["show", "a7b2:cdf_cursor", ".dataset_name", "-r"],
        expect![[r#"
        orders
        downloaded run a7b2c9de, 1 artifact, 308 B, from file://[DIR]/team/runs
        exit 0
    "#]],
    );
    check(
        &fixture,
        &["show", "k3f9"],
        expect![[r#"
        error: file://[DIR]/team/runs: `k3f9` fits 2 runs: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz
          help: give more of the id
        exit 101
    "#]],
    );
    check(
        &fixture,
        &["show", "zzzz"],
        expect![[r#"
        error: file://[DIR]/team/runs: no run `zzzz`; the latest of 3: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz, 20261120-060000000-a7b2c9de
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
    check(
        &fixture,
        &["show", ":nothing"],
        expect![[r#"
            downloaded run k3f9q2xd, 5 artifacts, 10.6 kB, from file://[DIR]/team/runs
            error: file://[DIR]/team/runs/20261122-134501123-k3f9q2xd: no artifact `nothing`; there are: ast, diagnostics, manifest, plan, telemetry
              help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
            exit 101
        "#]],
    );
}

#[test]
fn damage_over_there_is_told_by_its_place() {
    let fixture = fixture();
    let run = fixture.dir().join("team/runs").join(IDS[1]);
    fs::write(run.join("profile.json"), "{}").unwrap();
    fs::remove_file(run.join("%2e.%2f..%2fx.json")).unwrap();
    fs::write(run.join("more.json"), "{}").unwrap();
    check(
        &fixture,
        &["show", "latest~1"],
        expect![[r#"
        20261121-060000000-k3f9zzzz  ok  pipeline.sql
        datafusion 55.2.0, started 2026-11-21 06:00, took 412 ms
        content 3ce9598fa12846770cb55cdeb1fb5de540ffe4d696ee18899c6f72df95df44f8

        file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/  TYPE              SIZE  SHA256         CONTENT
        ├─ bundle.json                                                 the index
        ├─ %2e.%2f..%2fx.json                                          cdf_cursor.v1     80 B  f032c9058b39…  bce1b727fa8e…  damaged
        └─ profile.json                                                profile.v1     1.37 kB  6c2f325f9a6f…  468114114a2b…  damaged
        damaged file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/%2e.%2f..%2fx.json: cannot open the file: No such file or directory (os error 2)
        damaged file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/profile.json: damaged: has 2 bytes, 1373 were written
        damaged file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/more.json: the index does not know this file
        downloaded run k3f9zzzz, 2 artifacts, 1.45 kB, from file://[DIR]/team/runs
        exit 100
    "#]],
    );
    check(
        &fixture,
        &["show", "latest~1:profile"],
        expect![[r#"
        downloaded run k3f9zzzz, 2 artifacts, 1.45 kB, from file://[DIR]/team/runs
        error: file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/profile.json: damaged: has 2 bytes, 1373 were written
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
    let verified = transcript(fixture.dir(), remotely(fixture.dir(), &["verify", "latest~1", "latest"]));
    let told: Vec<_> = verified.lines().filter(|line| !line.starts_with("verified in ")).collect();
    expect![[r#"
        20261121-060000000-k3f9zzzz
          types 2/2    digests 1/3    references 0/0    unknown fields 0
          presence: 0 optional fields, 0 times absent, 0 null, 0 there
          digest  ../../x  file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/%2e.%2f..%2fx.json: cannot open the file: No such file or directory (os error 2)
          digest  profile  file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/profile.json: damaged: has 2 bytes, 1373 were written
          digest  bundle  file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/more.json: the index does not know this file
        20261122-134501123-k3f9q2xd
          types 5/5    digests 14/14    references 23/25    unknown fields 0
          presence: 154 optional fields, 47 times absent, 2 null, 151 there
          reference  telemetry.scans[0].dataset  there is no dataset `lineitem`
          reference  diagnostics.events[2].statement  there is no statement 2; the run has 2
        downloaded run k3f9zzzz, 2 artifacts, 1.45 kB, from file://[DIR]/team/runs
        downloaded run k3f9q2xd, 5 artifacts, 10.6 kB, from file://[DIR]/team/runs
        exit 100"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn runs_are_compared_reported_packed_and_made_tables_of() {
    let fixture = fixture();
    check(
        &fixture,
        &["diff", "latest~2", "latest~1", "--only", "plan"],
        expect![[r#"
        a7b2c9de -> k3f9zzzz  CONTENT DIFFERS  datafusion 54.0.0 -> datafusion 55.2.0
        downloaded run a7b2c9de, 1 artifact, 308 B, from file://[DIR]/team/runs
        downloaded run k3f9zzzz, 2 artifacts, 1.45 kB, from file://[DIR]/team/runs
        exit 0
    "#]],
    );
    check(
        &fixture,
        &["diff", "latest~2:cdf_cursor", "latest~2"],
        expect![[r#"
        cdf_cursor.json  cdf_cursor.v1  same content
        downloaded run a7b2c9de, 1 artifact, 308 B, from file://[DIR]/team/runs
        downloaded run a7b2c9de, 1 artifact, 308 B, from file://[DIR]/team/runs
        exit 0
    "#]],
    );
    check(
        &fixture,
        &["report", "-o", "page.html"],
        expect![[r#"
            downloaded run k3f9q2xd, 5 artifacts, 10.6 kB, from file://[DIR]/team/runs
            earlier runs are not set beside it: `proofmark pull` brings them into a directory
            report of run k3f9q2xd in page.html
            exit 0
        "#]],
    );
    check(
        &fixture,
        &["bundle", "a7b2", "-o", "a.zip"],
        expect![[r#"
        wrote a.zip: 1 artifact, 928 B of 308 B
        sha256 cb1e778ebce1271964d8dad0b4a23966e2960d70610c2a650602fcab96b72752
        downloaded run a7b2c9de, 1 artifact, 308 B, from file://[DIR]/team/runs
        exit 0
    "#]],
    );
    check(
        &fixture,
        &["bundle", "--unpack", "a.zip"],
        expect![[r#"
        unpacked run a7b2c9de into file://[DIR]/team/runs/20261120-060000000-a7b2c9de
        exit 0
    "#]],
    );
    fs::remove_dir_all(fixture.dir().join("team/runs").join(IDS[2])).unwrap();
    check(
        &fixture,
        &["bundle", "--unpack", "a.zip"],
        expect![[r#"
        unpacked run a7b2c9de into file://[DIR]/team/runs/20261120-060000000-a7b2c9de
        exit 0
    "#]],
    );
    assert_eq!(ids(&fixture.dir().join("team/runs")), IDS);
    assert!(!fixture.dir().join("runs").exists(), "nothing is left here");
}

#[cfg(feature = "tables")]
#[test]
fn tables_are_made_of_a_run_over_there() {
    let fixture = fixture();
    check(
        &fixture,
        &["tables", "-o", "out"],
        expect![[r#"
            downloaded run k3f9q2xd, 5 artifacts, 10.6 kB, from file://[DIR]/team/runs
            wrote 14 files, 14 rows, to out
            exit 0
        "#]],
    );
}

#[test]
fn a_run_over_there_is_judged_by_the_locks_of_its_release() {
    let fixture = fixture();
    let kept = transcript(fixture.dir(), proofmark(fixture.dir(), &["lock", "--release", "0.1.0"]));
    assert!(kept.ends_with("exit 0\n"), "{kept}");
    check(
        &fixture,
        &["compat", "--against", "latest"],
        expect![[r#"
            nothing changed
            downloaded run k3f9q2xd, 5 artifacts, 10.6 kB, from file://[DIR]/team/runs
            exit 0
        "#]],
    );
    check(
        &fixture,
        &["compat", "--against", "0.1.0"],
        expect![[r#"
        nothing changed
        exit 0
    "#]],
    );
    let url = url(fixture.dir());
    check(
        &fixture,
        &["compat", "--corpus", &url],
        expect![[r#"
        error: a directory is wanted here, not `file://[DIR]/team/runs`
          help: `proofmark pull URL --all` brings them into a directory
        exit 2
    "#]],
    );
}

#[test]
fn old_runs_are_removed_over_there() {
    let fixture = fixture();
    let cursors = CursorStore::new(fixture.dir().join("team/cursors"));
    let cursor = CdfCursor { run_id: Maybe::Set(IDS[2].to_owned()), ..CdfCursor::new("orders", 7) };
    cursors.advance(None, &cursor).unwrap();
    check(
        &fixture,
        &["prune", "--keep", "1", "--dry-run"],
        expect![[r#"
          RUN                                       SIZE  WHY
          20261121-060000000-k3f9zzzz  would go  2.72 kB  beyond the latest 1
          20261120-060000000-a7b2c9de  kept      1.23 kB  beyond the latest 1, but the cursor of `orders` names it
        1 run would go, 2.72 kB
        exit 0
    "#]],
    );
    assert_eq!(ids(&fixture.dir().join("team/runs")).len(), 3);
    check(
        &fixture,
        &["prune", "--keep", "1"],
        expect![[r#"
          RUN                                      SIZE  WHY
          20261121-060000000-k3f9zzzz  removed  2.72 kB  beyond the latest 1
          20261120-060000000-a7b2c9de  kept     1.23 kB  beyond the latest 1, but the cursor of `orders` names it
        1 run removed, 2.72 kB
        exit 0
    "#]],
    );
    assert_eq!(ids(&fixture.dir().join("team/runs")), [IDS[0], IDS[2]]);
}

#[test]
fn cursors_are_shown_and_moved_over_there() {
    let fixture = fixture();
    check(
        &fixture,
        &["cursor", "ls"],
        expect![[r#"
        no cursors in `file://[DIR]/team/cursors`
        exit 0
    "#]],
    );
    check(
        &fixture,
        &["cursor", "set", "orders", "7", "--expect", "none"],
        expect![[r#"
        orders: nowhere -> version 7
        exit 0
    "#]],
    );
    check(
        &fixture,
        &["cursor", "set", "orders", "3"],
        expect![[r#"
        error: file://[DIR]/team/cursors/orders: the cursor is at version 7, 3 is before it
        exit 101
    "#]],
    );
    check(
        &fixture,
        &["cursor", "set", "orders", "3", "--backwards"],
        expect![[r#"
        orders: version 7 -> version 3
        exit 0
    "#]],
    );
    check(
        &fixture,
        &["cursor", "show", "order"],
        expect![[r#"
        error: `order` has no cursor
          help: did you mean `orders`?
        exit 101
    "#]],
    );
    check(
        &fixture,
        &["cursor", "reset", "orders", "--expect", "7"],
        expect![[r#"
        error: the cursor of `orders` is at version 3, not where it was expected
          help: `proofmark cursor show` shows it; somebody may have moved it
        exit 101
    "#]],
    );
    let elsewhere = format!("file://{}/team/cursors", fixture.dir().display());
    check_in(
        fixture.dir(),
        &["cursor", "reset", "orders", "--cursors", &elsewhere],
        expect![[r#"
        orders: version 3 -> nowhere
        exit 0
    "#]],
    );
    check(
        &fixture,
        &["cursor", "show", "orders"],
        expect![[r#"
        error: `orders` has no cursor
          help: there are none in `file://[DIR]/team/cursors`
        exit 101
    "#]],
    );
    assert!(CursorStore::new(fixture.dir().join("team/cursors")).read("orders").unwrap().is_none());
}

#[test]
fn runs_go_there_and_come_back_as_they_were() {
    let fixture = Fixture::new();
    let url = url(fixture.dir());
    check_in(
        fixture.dir(),
        &["push", &url],
        expect![[r#"
            pushed run k3f9q2xd, 5 artifacts, 10.6 kB, to file://[DIR]/team/runs
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["push", &url, "k3f9q", "a7b2"],
        expect![[r#"
            run k3f9q2xd is there already, 5 artifacts, 10.6 kB
            pushed run a7b2c9de, 1 artifact, 308 B, to file://[DIR]/team/runs
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["push", &url, "--all"],
        expect![[r#"
            run a7b2c9de is there already, 1 artifact, 308 B
            pushed run k3f9zzzz, 2 artifacts, 1.45 kB, to file://[DIR]/team/runs
            run k3f9q2xd is there already, 5 artifacts, 10.6 kB
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["push", "team/runs", "--all"],
        expect![[r#"
            run a7b2c9de is there already, 1 artifact, 308 B
            run k3f9zzzz is there already, 2 artifacts, 1.45 kB
            run k3f9q2xd is there already, 5 artifacts, 10.6 kB
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["pull", &url, "--runs", "back"],
        expect![[r#"
            pulled run k3f9q2xd, 5 artifacts, 10.6 kB, from file://[DIR]/team/runs
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["pull", &url, "k3f9z", "latest", "--runs", "back"],
        expect![[r#"
            pulled run k3f9zzzz, 2 artifacts, 1.45 kB, from file://[DIR]/team/runs
            run k3f9q2xd is here already, 5 artifacts, 10.6 kB
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["pull", "team/runs", "--all", "--runs", "back"],
        expect![[r#"
            pulled run a7b2c9de, 1 artifact, 308 B, from file://[DIR]/team/runs
            run k3f9zzzz is here already, 2 artifacts, 1.45 kB
            run k3f9q2xd is here already, 5 artifacts, 10.6 kB
            exit 0
        "#]],
    );
    assert_eq!(ids(&fixture.dir().join("back")), IDS);
    for id in IDS {
        let read = |store: &str| {
            let dir = fixture.dir().join(store).join(id);
            let mut files: Vec<_> = dir.read_dir().unwrap().map(|file| file.unwrap().file_name()).collect();
            files.sort();
            files.into_iter().map(|name| (fs::read(dir.join(&name)).unwrap(), name)).collect::<Vec<_>>()
        };
        assert_eq!(read("back"), read("runs"));
        assert_eq!(read("team/runs"), read("runs"));
    }
    let further = format!("file://{}/further", fixture.dir().display());
    check(
        &fixture,
        &["push", &further, "--all"],
        expect![[r#"
            pushed run a7b2c9de, 1 artifact, 308 B, to file://[DIR]/further
            pushed run k3f9zzzz, 2 artifacts, 1.45 kB, to file://[DIR]/further
            pushed run k3f9q2xd, 5 artifacts, 10.6 kB, to file://[DIR]/further
            downloaded run a7b2c9de, 1 artifact, 308 B, from file://[DIR]/team/runs
            downloaded run k3f9zzzz, 2 artifacts, 1.45 kB, from file://[DIR]/team/runs
            downloaded run k3f9q2xd, 5 artifacts, 10.6 kB, from file://[DIR]/team/runs
            exit 0
        "#]],
    );
}

#[test]
fn a_push_that_was_cut_off_goes_on() {
    let fixture = Fixture::new();
    let url = url(fixture.dir());
    check_in(
        fixture.dir(),
        &["push", &url],
        expect![[r#"
            pushed run k3f9q2xd, 5 artifacts, 10.6 kB, to file://[DIR]/team/runs
            exit 0
        "#]],
    );
    let there = fixture.dir().join("team/runs").join(IDS[0]);
    fs::remove_file(there.join("bundle.json")).unwrap();
    fs::remove_file(there.join("plan.json")).unwrap();
    check(
        &fixture,
        &["ls"],
        expect![[r#"
        no runs in `file://[DIR]/team/runs`; `proofmark run FILE.sql` makes one
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["push", &url],
        expect![[r#"
            pushed run k3f9q2xd, 5 artifacts, 10.6 kB, to file://[DIR]/team/runs
            exit 0
        "#]],
    );
    fs::remove_file(there.join("bundle.json")).unwrap();
    fs::write(there.join("plan.json"), "another").unwrap();
    check_in(
        fixture.dir(),
        &["push", &url],
        expect![[r#"
        error: file://[DIR]/team/runs/20261122-134501123-k3f9q2xd/plan.json: there is another one already
        exit 101
    "#]],
    );
}

#[test]
fn what_is_damaged_is_not_copied() {
    let fixture = Fixture::new();
    let url = url(fixture.dir());
    let whole = fs::read(fixture.file(IDS[1], "profile.json")).unwrap();
    fs::write(fixture.file(IDS[1], "profile.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["push", &url, "--all"],
        expect![[r#"
        pushed run a7b2c9de, 1 artifact, 308 B, to file://[DIR]/team/runs
        error: runs/20261121-060000000-k3f9zzzz/profile.json: damaged: has 2 bytes, 1373 were written
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
    assert_eq!(ids(&fixture.dir().join("team/runs")), [IDS[2]]);
    fs::write(fixture.file(IDS[1], "profile.json"), whole).unwrap();
    check_in(
        fixture.dir(),
        &["push", &url, "--all"],
        expect![[r#"
            run a7b2c9de is there already, 1 artifact, 308 B
            pushed run k3f9zzzz, 2 artifacts, 1.45 kB, to file://[DIR]/team/runs
            pushed run k3f9q2xd, 5 artifacts, 10.6 kB, to file://[DIR]/team/runs
            exit 0
        "#]],
    );
    let there = fixture.dir().join("team/runs").join(IDS[1]).join("profile.json");
    fs::write(&there, "{}").unwrap();
    check_in(
        fixture.dir(),
        &["pull", &url, "--all", "--runs", "back"],
        expect![[r#"
        pulled run a7b2c9de, 1 artifact, 308 B, from file://[DIR]/team/runs
        error: file://[DIR]/team/runs/20261121-060000000-k3f9zzzz/profile.json: damaged: has 2 bytes, 1373 were written
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
    assert_eq!(ids(&fixture.dir().join("back")), [IDS[2]]);
    // A run that is here already has to be the same, and whole.
    fs::write(fixture.file(IDS[1], "profile.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["pull", &url, IDS[1]],
        expect![[r#"
        error: runs/20261121-060000000-k3f9zzzz/profile.json: damaged: has 2 bytes, 1373 were written
          help: remove `runs/20261121-060000000-k3f9zzzz`, and it is brought again
        exit 101
    "#]],
    );
    let index = fs::read(fixture.file(IDS[0], "bundle.json")).unwrap();
    fs::write(fixture.file(IDS[1], "bundle.json"), index).unwrap();
    check_in(
        fixture.dir(),
        &["pull", &url, IDS[1]],
        expect![[r#"
        error: `runs/20261121-060000000-k3f9zzzz` is another run of that id
          help: remove `runs/20261121-060000000-k3f9zzzz`, and it is brought again
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["push", &url, IDS[1]],
        expect![[r#"
        error: runs/20261121-060000000-k3f9zzzz: holds run 20261122-134501123-k3f9q2xd, not the one it is named after
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
}

#[test]
fn a_url_that_is_none_is_refused() {
    let check = |url: &str, expected: Expect| {
        check_in(Fixture::empty().dir(), &["ls", "--runs", url], expected);
    };
    check(
        "gs://bucket/runs",
        expect![[r#"
        error: `gs://bucket/runs` is no object store that this command knows
          help: expected s3://BUCKET/PREFIX or file:///DIRECTORY
        exit 2
    "#]],
    );
    check(
        "memory:///runs",
        expect![[r#"
        error: `memory:///runs` is no object store that this command knows
          help: expected s3://BUCKET/PREFIX or file:///DIRECTORY
        exit 2
    "#]],
    );
    check(
        "s3://",
        expect![[r#"
        error: s3://: expected the name of a bucket: `s3://bucket/prefix`
        exit 2
    "#]],
    );
    check(
        "s3://a b/runs",
        expect![[r#"
        error: s3://a b: expected the name of a bucket: `s3://bucket/prefix`
        exit 2
    "#]],
    );
    check(
        "s3://bucket/../runs",
        expect![[r#"
        error: s3://bucket: `../runs` is no prefix: Error parsing Path "../runs": Encountered illegal character sequence ".." whilst parsing path segment ".."
        exit 2
    "#]],
    );
    check(
        "file://runs",
        expect![[r#"
        error: file://runs: expected a directory from the root on: `file:///directory`
        exit 2
    "#]],
    );
    check(
        "file:///",
        expect![[r#"
        error: file:///: expected a directory from the root on: `file:///directory`
        exit 2
    "#]],
    );
    let fixture = Fixture::new();
    check_in(
        fixture.dir(),
        &["push", "gs://bucket"],
        expect![[r#"
        error: `gs://bucket` is no object store that this command knows
          help: expected s3://BUCKET/PREFIX or file:///DIRECTORY
        exit 2
    "#]],
    );
    check_in(
        fixture.dir(),
        &["pull", "file:///nowhere", "--runs", "file:///here"],
        expect![[r#"
        error: a directory is wanted here, not `file:///here`
        exit 2
    "#]],
    );
    check_in(
        fixture.dir(),
        &["prove", "--runs", "s3://bucket/runs", "--", "true"],
        expect![[r#"
        error: a directory is wanted here, not `s3://bucket/runs`
        exit 2
    "#]],
    );
    check_in(
        fixture.dir(),
        &["cursor", "ls", "--cursors", "s3://"],
        expect![[r#"
        error: s3://: expected the name of a bucket: `s3://bucket/prefix`
        exit 2
    "#]],
    );
}

#[test]
fn a_store_that_cannot_be_written_says_so() {
    let fixture = Fixture::new();
    fixture.write("team", "a file");
    let url = url(fixture.dir());
    check_in(
        fixture.dir(),
        &["ls", "--runs", &url],
        expect![[r#"
        error: file://[DIR]/team/runs: cannot list the objects: Not a directory (os error 20)
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["push", &url],
        expect![[r#"
        error: file://[DIR]/team/runs/20261122-134501123-k3f9q2xd/bundle.json: cannot read the object: Not a directory (os error 20)
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["pull", &url],
        expect![[r#"
        error: file://[DIR]/team/runs: cannot list the objects: Not a directory (os error 20)
        exit 101
    "#]],
    );
}
