//! `proofmark tables`.

use std::path::Path;

use expect_test::expect;
use proofmark_arrow::{read_parquet, rows};
use proofmark_artifacts::diagnostics::MemoryEvent;
use proofmark_artifacts::{DiagnosticEvent, RunStatus, ScanTelemetry};

use crate::fixture::{Fixture, IDS, sample};
use crate::{check_in, proofmark, transcript};

/// Two runs with the same events.
fn two_runs() -> Fixture {
    let fixture = Fixture::empty();
    for id in &IDS[..2] {
        fixture.run(id, "datafusion 55.2.0", RunStatus::Ok, |run| {
            run.put(&sample::diagnostics()).unwrap();
            run.put(&sample::telemetry()).unwrap();
        });
    }
    fixture
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn events_come_back_out_of_their_table() {
    let fixture = two_runs();
    check_in(
        fixture.dir(),
        &["tables", "latest", "latest~1", "-o", "out"],
        expect![[r#"
            wrote 28 files, 28 rows, to out
            exit 0
        "#]],
    );
    let table = fixture.dir().join("out/memory_event.v1");
    assert_eq!(names(&table).len(), 2, "a part per run");
    let file = table.join(format!("run_id={}", IDS[0])).join("rows.parquet");
    let batches = read_parquet(std::fs::read(file).unwrap()).unwrap();
    let events = sample::diagnostics().events.into_iter();
    let memory = |event| if let DiagnosticEvent::Memory(event) = event { Some(event) } else { None };
    let expected: Vec<MemoryEvent> = events.filter_map(memory).collect();
    assert_eq!(rows::<MemoryEvent>(&batches[0]).unwrap(), expected);

    let scans =
        fixture.dir().join("out/scan_telemetry").join(format!("run_id={}", IDS[1])).join("rows.parquet");
    let batches = read_parquet(std::fs::read(scans).unwrap()).unwrap();
    assert_eq!(rows::<ScanTelemetry>(&batches[0]).unwrap(), sample::telemetry().scans);
}

#[test]
fn run_without_events_gives_no_tables() {
    let fixture = Fixture::empty();
    fixture.run(IDS[0], "datafusion 55.2.0", RunStatus::Ok, |run| run.put(&sample::cdf_cursor()).unwrap());
    check_in(
        fixture.dir(),
        &["tables", "-o", "out"],
        expect![[r#"
        wrote 0 files, 0 rows, to out
        exit 0
    "#]],
    );
}

#[test]
fn what_cannot_be_read_or_written_is_told() {
    let fixture = two_runs();
    fixture.write("out", "a file");
    check_in(
        fixture.dir(),
        &["tables", "-o", "out"],
        expect![[r#"
        error: cannot write `out/run_event.v1/run_id=20261122-134501123-k3f9q2xd`: Not a directory (os error 20)
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["tables", "zzzz", "-o", "elsewhere"],
        expect![[r#"
        error: runs: no run `zzzz`; the latest of 2: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
    fixture.replace(IDS[1], "diagnostics", b"damaged");
    let told = transcript(fixture.dir(), proofmark(fixture.dir(), &["tables", IDS[1], "-o", "elsewhere"]));
    assert!(told.contains("diagnostics.msgpack") && told.ends_with("exit 101\n"), "{told}");
}

#[cfg(not(feature = "delta"))]
#[test]
fn a_build_without_delta_tables_says_so() {
    let fixture = two_runs();
    check_in(
        fixture.dir(),
        &["tables", "-o", "out", "--format", "delta"],
        expect![[r#"
            error: this build does not write Delta tables
              help: build it with `--features delta`
            exit 2
        "#]],
    );
    assert!(!fixture.dir().join("out").exists());
}

#[cfg(feature = "delta")]
mod delta {
    use super::*;

    /// The answer to a query over one table of `lake`.
    fn query(dir: &Path, table: &str, sql: &str) -> String {
        let named = format!("t=lake/{table}");
        let args = ["run", "-c", sql, "-t", &named, "--format", "csv", "--runs", "queries"];
        let output = proofmark(dir, &args).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn tables_are_delta_tables_and_a_run_is_in_them_once() {
        let fixture = two_runs();
        for _ in 0..2 {
            check_in(
                fixture.dir(),
                &["tables", "latest", "latest~1", "-o", "lake", "--format", "delta"],
                expect![[r#"
                    wrote 28 parts of Delta tables, 28 rows, to lake
                    exit 0
                "#]],
            );
        }
        let sql = "SELECT run_id, count(*) AS rows FROM t GROUP BY run_id ORDER BY run_id";
        let expected = format!("run_id,rows\n{},1\n{},1\n", IDS[1], IDS[0]);
        assert_eq!(query(fixture.dir(), "memory_event.v1", sql), expected);
        let bytes = query(fixture.dir(), "memory_event.v1", "SELECT max(bytes_peak) AS bytes FROM t");
        let peak = sample::diagnostics().events.into_iter().find_map(|event| match event {
            DiagnosticEvent::Memory(event) => Some(event.bytes_peak),
            _ => None,
        });
        assert_eq!(bytes, format!("bytes\n{}\n", peak.unwrap()));
        // Every type of event can be one.
        let names = names(&fixture.dir().join("lake"));
        assert_eq!(names.len(), 14, "{names:?}");
        for name in names {
            assert_eq!(query(fixture.dir(), &name, "SELECT count(*) AS rows FROM t"), "rows\n2\n", "{name}");
        }
    }

    #[test]
    fn files_and_delta_tables_are_not_mixed() {
        let fixture = two_runs();
        let table = |format: &str, output: &str| {
            let args = ["tables", "-o", output, "--format", format];
            transcript(fixture.dir(), proofmark(fixture.dir(), &args))
        };
        table("parquet", "files");
        table("delta", "lake");
        expect![[r#"
            error: `lake/run_event.v1` is a Delta table
              help: --format delta
            exit 2
        "#]]
        .assert_eq(&table("parquet", "lake"));
        expect![[r#"
            error: `files/run_event.v1` has files already and is no Delta table
            exit 101
        "#]]
        .assert_eq(&table("delta", "files"));
        assert_eq!(names(&fixture.dir().join("files/run_event.v1")).len(), 1);
    }
}
