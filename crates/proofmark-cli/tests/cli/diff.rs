//! `proofmark diff`.

use expect_test::expect;
use proofmark_artifacts::{
    Manifest, Maybe::Set, PlanArtifact, RowEstimate, RunStatus, RuntimeProfileSnapshot, TelemetryArtifact,
};

use crate::fixture::{Fixture, IDS, sample};
use crate::{check_in, proofmark, transcript};

/// The records of one run.
struct Records {
    manifest: Manifest,
    profile: RuntimeProfileSnapshot,
    plan: PlanArtifact,
    telemetry: TelemetryArtifact,
}

/// A store with two runs, the second of which is changed.
fn pair(change: impl FnOnce(&mut Records)) -> Fixture {
    let records = || {
        let mut telemetry = sample::telemetry();
        telemetry.scans[0].dataset = Some("flights".to_owned());
        let (manifest, profile, plan) = (sample::manifest(), sample::profile(), sample::plan());
        Records { manifest, profile, plan, telemetry }
    };
    let fixture = Fixture::empty();
    let mut changed = records();
    changed.manifest.run_id = IDS[0].to_owned();
    change(&mut changed);
    for (id, records) in [(IDS[1], records()), (IDS[0], changed)] {
        fixture.run(id, "datafusion 55.2.0", RunStatus::Ok, |run| {
            run.put(&records.manifest).unwrap();
            run.put(&records.profile).unwrap();
            run.put(&records.plan).unwrap();
            run.put(&records.telemetry).unwrap();
        });
    }
    fixture
}

/// More rows, another machine, one setting.
fn changed() -> Fixture {
    pair(|new| {
        new.manifest.repro.host.cpu_count = 24;
        let key = "datafusion.execution.target_partitions".to_owned();
        new.profile.host_settings.insert(key, Some("24".to_owned()));
        new.profile.settings.insert("datafusion.execution.batch_size".to_owned(), Some("1024".to_owned()));
        new.manifest.datasets[0].rows = Set(999);
        new.manifest.datasets[0].columns[0].nullable = true;
        new.manifest.statements[0].elapsed_ns = Set(1_380_000_000);
        new.manifest.outputs[0].rows = 17;
        let Set(plan) = &mut new.plan.statements[0].physical else { panic!("there is a plan") };
        plan.partitioning.count = 24;
        plan.children[0].rows_estimated = Set(RowEstimate { rows: 999, exact: true });
        new.telemetry.scans[0].count_rows = Some(999);
    })
}

#[test]
fn two_runs_are_told_apart_with_the_cause() {
    check_in(
        changed().dir(),
        &["diff"],
        expect![[r#"
            k3f9zzzz -> k3f9q2xd  CONTENT DIFFERS
            artifacts
              manifest                CHANGED  3 places  (2 volatile fields hidden; --volatile shows them)
              plan                    CHANGED  1 place  (1 volatile field hidden; --volatile shows them)
              profile                 CHANGED  1 place  (1 volatile field hidden; --volatile shows them)
              telemetry               CHANGED  1 place
                .scans[0].count_rows           600572 -> 999
            plan
              [0] physical  AggregateExec .   partitions 2 -> 24  ~host     cause: host cpu_count 2 -> 24
              [0] physical  DataSourceExec 0  estimated rows 336776 -> 999  cause: statistics of flights: rows 336776 -> 999
            schema
              flights  column `carrier` nullability relaxed
            settings
              setting       datafusion.execution.batch_size         8192 -> 1024
              host setting  datafusion.execution.target_partitions  2 -> 24  ~host  cause: host cpu_count 2 -> 24
              host          cpu_count                               2 -> 24  ~host
            data
              flights  rows 336776 -> 999
            outputs
              result  rows 16 -> 17  cause: data of flights: rows 336776 -> 999
            measured
              [0]    wall time 1.00 s -> 1.38 s  +38%
            `proofmark diff k3f9zzzz:manifest k3f9q2xd` shows each place
            exit 100
        "#]],
    );
}

#[test]
fn two_runs_of_the_same_work_end_with_zero() {
    let fixture = pair(|new| new.manifest.started_at = sample::time(9));
    check_in(
        fixture.dir(),
        &["diff"],
        expect![[r#"
            k3f9zzzz -> k3f9q2xd  same content
            artifacts
              manifest   same content  (1 volatile field hidden; --volatile shows them)
              plan       same content
              profile    same content
              telemetry  same content
            exit 0
        "#]],
    );
}

#[test]
fn a_part_alone_is_compared_and_decides_the_exit_code() {
    let fixture = changed();
    check_in(
        fixture.dir(),
        &["diff", "--only", "schema,data"],
        expect![[r#"
            k3f9zzzz -> k3f9q2xd  CONTENT DIFFERS
            schema
              flights  column `carrier` nullability relaxed
            data
              flights  rows 336776 -> 999
            exit 100
        "#]],
    );
    check_in(
        fixture.dir(),
        &["diff", "--only", "statements"],
        expect![[r#"
        k3f9zzzz -> k3f9q2xd  CONTENT DIFFERS
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["diff", "--only", "schema", "--exit-zero"],
        expect![[r#"
            k3f9zzzz -> k3f9q2xd  CONTENT DIFFERS
            schema
              flights  column `carrier` nullability relaxed
            exit 0
        "#]],
    );
}

#[test]
fn an_artifact_of_both_runs_is_compared_place_by_place() {
    let fixture = changed();
    check_in(
        fixture.dir(),
        &["diff", ":telemetry", "latest~1"],
        expect![[r#"
        telemetry.msgpack  telemetry.v1  CHANGED
          .scans[0].count_rows  999 -> 600572
        exit 100
    "#]],
    );
    check_in(
        fixture.dir(),
        &["diff", "latest~1:manifest", "latest", "--volatile"],
        expect![[r#"
        manifest.json  manifest.v1  CHANGED
          .statements[0].elapsed_ns                   1000000000 -> 1380000000  ~measured
          .datasets[0].rows (flights)                 336776 -> 999
          .datasets[0].columns[0].nullable (carrier)  false -> true
          .outputs[0].rows (result)                   16 -> 17
          .repro.host.cpu_count                       2 -> 24  ~host
        exit 100
    "#]],
    );
}

#[test]
fn two_files_are_compared_and_a_patch_is_json() {
    let fixture = changed();
    let file = |id: &str| format!("runs/{id}/telemetry.msgpack");
    let (old, new) = (file(IDS[1]), file(IDS[0]));
    check_in(
        fixture.dir(),
        &["diff", &old, &new, "--format", "patch"],
        expect![[r#"
        [
          {
            "op": "replace",
            "path": "/scans/0/2",
            "value": 999
          }
        ]
        exit 100
    "#]],
    );
    check_in(
        fixture.dir(),
        &["diff", &old, &new, "--format", "json"],
        expect![[r#"
        {
          "name": "telemetry.msgpack",
          "kind": "telemetry.v1",
          "state": "changed",
          "changes": [
            {
              "path": ".scans[0].count_rows",
              "edit": {
                "kind": "changed",
                "old": {
                  "form": "whole",
                  "value": 600572
                },
                "new": {
                  "form": "whole",
                  "value": 999
                }
              }
            }
          ]
        }
        exit 100
    "#]],
    );
    fixture.write("a.json", r#"{"b":[1,2]}"#);
    fixture.write("b.json", r#"{"b":[2],"c":null}"#);
    check_in(
        fixture.dir(),
        &["diff", "a.json", "b.json", "--format", "patch"],
        expect![[r#"
        [
          {
            "op": "remove",
            "path": "/b/0"
          },
          {
            "op": "add",
            "path": "/c",
            "value": null
          }
        ]
        exit 100
    "#]],
    );
}

#[test]
fn the_difference_of_two_runs_is_a_record() {
    let fixture = changed();
    let dir = fixture.dir();
    let output = proofmark(dir, &["diff", "--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(100));
    fixture.write("diff.json", &output.stdout);
    let shown = proofmark(dir, &["show", "diff.json", ".type", "-r"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&shown.stdout), "run_diff.v1\n");
}

#[test]
fn bundles_are_compared_wherever_they_lie() {
    let fixture = pair(|_| ());
    let dir = |id: &str| format!("runs/{id}");
    check_in(
        fixture.dir(),
        &["diff", &dir(IDS[1]), &dir(IDS[0]), "--only", "artifacts"],
        expect![[r#"
            k3f9zzzz -> k3f9q2xd  same content
            artifacts
              manifest   same content
              plan       same content
              profile    same content
              telemetry  same content
            exit 0
        "#]],
    );
}

#[test]
fn what_cannot_be_compared_is_told() {
    let fixture = pair(|_| ());
    check_in(
        fixture.dir(),
        &["diff", ":manifest", "latest:plan"],
        expect![[r#"
        error: a `manifest.v1` cannot be compared with a `plan.v1`
          help: compare two records of one type, or two runs
        exit 2
    "#]],
    );
    check_in(
        fixture.dir(),
        &["diff", "latest", "runs/x.json"],
        expect![[r#"
        error: cannot read `runs/x.json`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["diff", "latest~7", "latest"],
        expect![[r#"
        error: runs: no run `latest~7`; the latest of 2: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
    std::fs::write(fixture.file(IDS[0], "plan.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["diff"],
        expect![[r#"
            k3f9zzzz -> k3f9q2xd  NOT ALL CAN BE READ
            artifacts
              manifest   same content
              plan       UNREADABLE    runs/20261122-134501123-k3f9q2xd/plan.json: damaged: has 2 bytes, 3042 were written
              profile    same content
              telemetry  same content
            exit 100
        "#]],
    );
}

#[test]
fn values_from_data_do_not_reach_the_terminal_as_they_are() {
    let fixture = pair(|new| new.manifest.statements[0].sql = "SELECT '\u{1b}[2J'".to_owned());
    let told = transcript(fixture.dir(), proofmark(fixture.dir(), &["diff"]));
    assert!(told.contains(r"\u{1b}[2J") && !told.contains('\u{1b}'), "{told}");
}

#[cfg(unix)]
#[test]
fn another_viewer_is_given_both_sides() {
    let fixture = changed();
    let with = |args: &[&str], tool: &str| {
        let mut command = proofmark(fixture.dir(), args);
        command.env("PROOFMARK_DIFF_TOOL", tool);
        transcript(fixture.dir(), command)
    };
    expect![[r#"
        --- old
        +++ new
        @@ -6,3 +6,3 @@
               32,
        -      999,
        +      600572,
               null,
        exit 100
    "#]]
    .assert_eq(&with(&["diff", ":telemetry", "latest~1"], "diff -U1 --label old --label new"));
    expect![[r#"
        new:
        manifest.json
        plan.json
        profile.json
        telemetry.json

        old:
        manifest.json
        plan.json
        profile.json
        telemetry.json
        exit 100
    "#]]
    .assert_eq(&with(&["diff"], "ls"));
    expect![[r#"
        error: cannot start `no-such-viewer`: No such file or directory (os error 2)
          help: PROOFMARK_DIFF_TOOL and --tool name a program and its arguments
        exit 101
    "#]]
    .assert_eq(&with(&["diff"], "no-such-viewer"));
}
