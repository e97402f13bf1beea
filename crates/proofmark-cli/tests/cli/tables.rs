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
