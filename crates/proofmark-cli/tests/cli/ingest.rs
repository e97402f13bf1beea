//! `proofmark ingest`.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use expect_test::{Expect, expect};
use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::intake::{IntakeReport, RejectedRow};

use crate::fixture::{Fixture, sample};
use crate::{check_in, proofmark, transcript};

const TIME: &str = r#""event_time":"2026-11-22T13:45:01Z""#;

/// Three rows, the second of which is none.
fn rows() -> String {
    format!(
        "{{\"type\":\"run_event\",{TIME},\"phase\":\"finished\",\"rows\":\"7\"}}\n\
         {{\"type\":\"run_event\",{TIME},\"phase\":\"finnished\"}}\n\
         {{\"type\":\"memory_event.v1\",{TIME},\"statement\":0,\"bytes_peak\":\"1e3\",\"exhausted\":\"false\"}}\n"
    )
}

fn events() -> Vec<DiagnosticEvent> {
    let rows = rows();
    let mut intake = proofmark_artifacts::diagnostics::intake::Intake::new(jiff::Timestamp::now);
    intake.json_lines(rows.as_bytes()).filter_map(Result::ok).collect()
}

fn fixture() -> Fixture {
    let fixture = Fixture::empty();
    fixture.write("rows.ndjson", rows());
    fixture
}

/// What the command makes of a file that comes through a pipe.
#[track_caller]
fn check_piped(dir: &Path, args: &[&str], input: &[u8], expected: Expect) {
    let file = tempfile::tempfile().unwrap();
    (&file).write_all(input).unwrap();
    std::io::Seek::rewind(&mut (&file)).unwrap();
    let mut command = proofmark(dir, args);
    command.stdin(file);
    expected.assert_eq(&transcript(dir, command));
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        dir.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn rows_are_checked_and_counted() {
    let fixture = fixture();
    check_in(
        fixture.dir(),
        &["ingest", "rows.ndjson"],
        expect![[r#"
        3 rows: 2 accepted, 1 rejected
          memory_event.v1  1
          run_event.v1     1
        rejected
          rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
        exit 100
    "#]],
    );
    assert_eq!(names(fixture.dir()), ["rows.ndjson"]);
    check_in(
        fixture.dir(),
        &["ingest", "rows.ndjson", "--max-rejected", "1"],
        expect![[r#"
        3 rows: 2 accepted, 1 rejected
          memory_event.v1  1
          run_event.v1     1
        rejected
          rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["ingest", "rows.ndjson", "rows.ndjson", "--max-rejected", "1"],
        expect![[r#"
        error: more than 1 row rejected; nothing was written
          rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
          rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
        exit 101
    "#]],
    );
}

#[test]
fn events_are_written_and_rejected_rows_beside_them() {
    let fixture = fixture();
    check_in(
        fixture.dir(),
        &["ingest", "rows.ndjson", "-o", "events.ndjson"],
        expect![[r#"
        3 rows: 2 accepted, 1 rejected
          memory_event.v1  1
          run_event.v1     1
        rejected
          rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
        wrote events.ndjson, rejected rows to events.rejected.ndjson
        exit 100
    "#]],
    );
    let text = fs::read(fixture.dir().join("events.ndjson")).unwrap();
    let read: Vec<_> = proofmark::json::from_lines::<DiagnosticEvent>(&text).map(Result::unwrap).collect();
    assert_eq!(read, events());
    let text = fs::read(fixture.dir().join("events.rejected.ndjson")).unwrap();
    let row: RejectedRow = proofmark::json::from_slice(&text).unwrap();
    assert_eq!((row.row, row.content()), (2, rows().lines().nth(1).unwrap().as_bytes()));

    check_in(
        fixture.dir(),
        &["ingest", "rows.ndjson", "-o", "events.msgpack"],
        expect![[r#"
        3 rows: 2 accepted, 1 rejected
          memory_event.v1  1
          run_event.v1     1
        rejected
          rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
        wrote events.msgpack, rejected rows to events.rejected.msgpack
        exit 100
    "#]],
    );
    let bytes = fs::read(fixture.dir().join("events.msgpack")).unwrap();
    let read: Vec<_> =
        proofmark::msgpack::from_stream::<DiagnosticEvent>(&bytes).map(Result::unwrap).collect();
    assert_eq!(read, events());
    // What was written is taken in again as it is.
    check_in(
        fixture.dir(),
        &["ingest", "events.msgpack", "-o", "again.ndjson"],
        expect![[r#"
        2 rows: 2 accepted, 0 rejected
          memory_event.v1  1
          run_event.v1     1
        wrote again.ndjson
        exit 0
    "#]],
    );
    let again = fs::read(fixture.dir().join("again.ndjson")).unwrap();
    assert_eq!(again, fs::read(fixture.dir().join("events.ndjson")).unwrap());
    assert!(!fixture.dir().join("again.rejected.ndjson").exists());
}

#[test]
fn files_are_overwritten_when_that_is_wanted() {
    let fixture = fixture();
    let args = ["ingest", "rows.ndjson", "-o", "events.ndjson"];
    fixture.write("events.rejected.ndjson", "mine");
    check_in(
        fixture.dir(),
        &args,
        expect![[r#"
        error: `events.rejected.ndjson` exists already
          help: --force overwrites it
        exit 101
    "#]],
    );
    fs::rename(fixture.dir().join("events.rejected.ndjson"), fixture.dir().join("events.ndjson")).unwrap();
    check_in(
        fixture.dir(),
        &args,
        expect![[r#"
        error: `events.ndjson` exists already
          help: --force overwrites it
        exit 101
    "#]],
    );
    assert_eq!(fs::read(fixture.dir().join("events.ndjson")).unwrap(), b"mine");
    check_in(
        fixture.dir(),
        &[&args[..], &["--force"]].concat(),
        expect![[r#"
        3 rows: 2 accepted, 1 rejected
          memory_event.v1  1
          run_event.v1     1
        rejected
          rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
        wrote events.ndjson, rejected rows to events.rejected.ndjson
        exit 100
    "#]],
    );
    let good = rows().lines().next().unwrap().to_owned();
    fixture.write("rows.ndjson", good);
    check_in(
        fixture.dir(),
        &[&args[..], &["--force"]].concat(),
        expect![[r#"
        1 row: 1 accepted, 0 rejected
          run_event.v1  1
        wrote events.ndjson
        exit 0
    "#]],
    );
    assert_eq!(names(fixture.dir()), ["events.ndjson", "rows.ndjson"], "those of before are no rows of this");
}

#[test]
fn with_more_rejected_rows_than_are_fine_nothing_is_written() {
    let fixture = fixture();
    let args = ["ingest", "rows.ndjson", "-o", "events.ndjson", "--max-rejected", "0"];
    check_in(
        fixture.dir(),
        &args,
        expect![[r#"
        error: more than 0 rows rejected; nothing was written
          rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
        exit 101
    "#]],
    );
    assert_eq!(names(fixture.dir()), ["rows.ndjson"]);
}

#[test]
fn standard_input_and_output_are_files_too() {
    let fixture = Fixture::empty();
    check_piped(
        fixture.dir(),
        &["ingest", "-", "-o", "-"],
        rows().as_bytes(),
        expect![[r#"
        {"type":"run_event.v1","event_time":"2026-11-22T13:45:01Z","phase":"finished","rows":7}
        {"type":"memory_event.v1","event_time":"2026-11-22T13:45:01Z","statement":0,"bytes_peak":1000,"exhausted":false}
        3 rows: 2 accepted, 1 rejected
          memory_event.v1  1
          run_event.v1     1
        rejected
          stdin row 2: Invalid enum value 'finnished' - at `$.phase`
        exit 100
    "#]],
    );
    let row = format!("{{{TIME},\"phase\":\"started\"}}");
    check_piped(
        fixture.dir(),
        &["ingest", "-", "-o", "-", "--type", "run_event"],
        row.as_bytes(),
        expect![[r#"
            {"type":"run_event.v1","event_time":"2026-11-22T13:45:01Z","phase":"started"}
            1 row: 1 accepted, 0 rejected
              run_event.v1  1
            exit 0
        "#]],
    );
    assert_eq!(names(fixture.dir()), [""; 0]);
    let args = ["ingest", "-", "-o", "-", "--rejected", "rejected.msgpack"];
    check_piped(
        fixture.dir(),
        &args,
        b"nothing",
        expect![[r#"
        1 row: 0 accepted, 1 rejected
        rejected
          stdin row 1: JSON is malformed: invalid character (byte 4)
        rejected rows in rejected.msgpack
        exit 100
    "#]],
    );
    assert_eq!(names(fixture.dir()), ["rejected.msgpack"]);
    // What went through a pipe cannot be taken back, and nobody says so.
    let args = ["ingest", "-", "-o", "-", "--max-rejected", "0"];
    check_piped(
        fixture.dir(),
        &args,
        rows().as_bytes(),
        expect![[r#"
        {"type":"run_event.v1","event_time":"2026-11-22T13:45:01Z","phase":"finished","rows":7}
        error: more than 0 rows rejected
          stdin row 2: Invalid enum value 'finnished' - at `$.phase`
        exit 101
    "#]],
    );
}

#[test]
fn programs_get_a_report() {
    let fixture = fixture();
    let output = proofmark(fixture.dir(), &["ingest", "rows.ndjson", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(100));
    let report: IntakeReport = proofmark::json::from_slice(&output.stdout).unwrap();
    assert_eq!((report.counts.rows, report.counts.accepted, report.counts.rejected), (3, 2, 1));
    assert_eq!(report.rejected[0].error, "Invalid enum value 'finnished' - at `$.phase`");
    check_in(
        fixture.dir(),
        &["ingest", "rows.ndjson", "--json", "-o", "-"],
        expect![[r#"
        error: the events and the report cannot both go to standard output
        exit 2
    "#]],
    );
}

#[test]
fn an_array_and_messagepack_are_rows_too() {
    let fixture = Fixture::empty();
    let check = |input: &[u8], expected| check_piped(fixture.dir(), &["ingest", "-"], input, expected);
    let array = format!("[{}]", rows().trim_end().replace('\n', ",\n"));
    check(
        array.as_bytes(),
        expect![[r#"
        3 rows: 2 accepted, 1 rejected
          memory_event.v1  1
          run_event.v1     1
        rejected
          stdin row 2: Invalid enum value 'finnished' - at `$.phase`
        exit 100
    "#]],
    );
    check(
        &array.as_bytes()[..array.len() - 30],
        expect![[r#"
        3 rows: 1 accepted, 2 rejected
          run_event.v1  1
        rejected
          stdin row 2: Invalid enum value 'finnished' - at `$.phase`
          stdin row 3: Input data was truncated
        exit 100
    "#]],
    );
    check(
        b"[]",
        expect![[r#"
        0 rows: 0 accepted, 0 rejected
        exit 0
    "#]],
    );
    let mut messages = Vec::new();
    for event in sample::diagnostics().events {
        messages.extend(proofmark::msgpack::to_vec(&event).unwrap());
    }
    check(
        &messages,
        expect![[r#"
        13 rows: 13 accepted, 0 rejected, 1 time filled in
          cache_state_event.v1         1
          explain_event.v1             1
          feature_state_event.v1       1
          file_pruning_event.v1        1
          incremental_event.v1         1
          memory_event.v1              1
          object_store_event.v1        1
          parse_error_event.v1         1
          plan_event.v1                1
          prepared_statement_event.v1  1
          run_event.v1                 1
          schema_validation_event.v1   1
          udf_validation_event.v1      1
        exit 0
    "#]],
    );
    check(
        &messages[..messages.len() - 1],
        expect![[r#"
        13 rows: 12 accepted, 1 rejected, 1 time filled in
          cache_state_event.v1         1
          explain_event.v1             1
          feature_state_event.v1       1
          file_pruning_event.v1        1
          memory_event.v1              1
          object_store_event.v1        1
          parse_error_event.v1         1
          plan_event.v1                1
          prepared_statement_event.v1  1
          run_event.v1                 1
          schema_validation_event.v1   1
          udf_validation_event.v1      1
        rejected
          stdin row 13: Input data was truncated
        exit 100
    "#]],
    );
}

#[test]
fn what_is_no_row_is_told_and_kept() {
    let fixture = Fixture::empty();
    let check = |input: &[u8], expected| check_piped(fixture.dir(), &["ingest", "-"], input, expected);
    check(
        b"",
        expect![[r#"
        0 rows: 0 accepted, 0 rejected
        exit 0
    "#]],
    );
    check(
        b"\n \n",
        expect![[r#"
        0 rows: 0 accepted, 0 rejected
        exit 0
    "#]],
    );
    check(
        b"\xC1\xFF\x00garbage",
        expect![[r#"
        1 row: 0 accepted, 1 rejected
        rejected
          stdin row 1: MessagePack data is malformed: invalid opcode '\xc1' (byte 0)
        exit 100
    "#]],
    );
    check(
        b"\x7FELF\x02\x01\x01\x00\n\x1B[2J\x9B",
        expect![[r#"
        2 rows: 0 accepted, 2 rejected
        rejected
          stdin row 1: JSON is malformed: invalid character (byte 0)
          stdin row 2: JSON is malformed: invalid character (byte 0)
        exit 100
    "#]],
    );
    let many = "{\"type\":\"rnu_event\"}\n".repeat(12);
    check(
        many.as_bytes(),
        expect![[r#"
        12 rows: 0 accepted, 12 rejected
        rejected
          stdin row 1: Invalid value 'rnu_event' - at `$.type`
          stdin row 2: Invalid value 'rnu_event' - at `$.type`
          stdin row 3: Invalid value 'rnu_event' - at `$.type`
          stdin row 4: Invalid value 'rnu_event' - at `$.type`
          stdin row 5: Invalid value 'rnu_event' - at `$.type`
          stdin row 6: Invalid value 'rnu_event' - at `$.type`
          stdin row 7: Invalid value 'rnu_event' - at `$.type`
          stdin row 8: Invalid value 'rnu_event' - at `$.type`
          stdin row 9: Invalid value 'rnu_event' - at `$.type`
          stdin row 10: Invalid value 'rnu_event' - at `$.type`
          and 2 more
        exit 100
    "#]],
    );
    let told = ["--from", "ndjson"];
    check_piped(
        fixture.dir(),
        &[&["ingest", "-"], &told[..]].concat(),
        b"[1]\n[2]\n",
        expect![[r#"
        2 rows: 0 accepted, 2 rejected
        rejected
          stdin row 1: Expected `object`, got `array`
          stdin row 2: Expected `object`, got `array`
        exit 100
    "#]],
    );
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_read() {
    let fixture = fixture();
    let check = |args: &[&str], expected| check_in(fixture.dir(), &[&["ingest"], args].concat(), expected);
    check(
        &[],
        expect![[r#"
        error: the following required arguments were not provided:
          <FILE>...

        Usage: proofmark ingest <FILE>...

        For more information, try '--help'.
        exit 2
    "#]],
    );
    check(
        &["nowhere.ndjson"],
        expect![[r#"
        error: cannot read `nowhere.ndjson`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    check(
        &["."],
        expect![[r#"
        error: cannot read `.`: Is a directory (os error 21)
        exit 101
    "#]],
    );
    check(
        &["rows.ndjson", "--type", "rnu_event"],
        expect![[r#"
        error: there is no type of events `rnu_event`
          help: did you mean `run_event`?
        exit 2
    "#]],
    );
    check(
        &["rows.ndjson", "-o", "events.json"],
        expect![[r#"
        error: cannot tell the format of `events.json` by its name
          help: end it in .ndjson or .msgpack, or give the format: --format parquet
        exit 2
    "#]],
    );
    check(
        &["rows.ndjson", "-o", "nowhere/events.ndjson"],
        expect![[r#"
        error: cannot write `nowhere/events.ndjson`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    check(
        &["rows.ndjson", "--format", "ndjson"],
        expect![[r#"
        error: the following required arguments were not provided:
          --output <FILE|DIR>

        Usage: proofmark ingest --output <FILE|DIR> --format <FORMAT> <FILE>...

        For more information, try '--help'.
        exit 2
    "#]],
    );
}

/// Much more than there is memory for comes through a pipe, and goes out again.
#[cfg(target_os = "linux")]
#[test]
fn rows_without_end_take_no_more_memory_than_one() {
    let fixture = Fixture::empty();
    // 192 MiB of address space for 256 MiB of rows.
    let script = "ulimit -v 196608 && exec \"$0\" ingest - -o - >/dev/null";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_proofmark")]).current_dir(fixture.dir());
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let row = format!(
        "{{\"type\":\"run_event\",{TIME},\"phase\":\"failed\",\"message\":\"{}\"}}\n",
        "x".repeat(1 << 20)
    );
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..256 {
        stdin.write_all(row.as_bytes()).unwrap();
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "256 rows: 256 accepted, 0 rejected\n  run_event.v1  256\n");
    assert!(output.status.success());
}

#[cfg(not(feature = "tables"))]
#[test]
fn tables_need_their_feature() {
    let fixture = fixture();
    check_in(
        fixture.dir(),
        &["ingest", "rows.ndjson", "-o", "out", "--format", "parquet"],
        expect![[r#"
        error: this build writes no tables
          help: build it with `--features tables`
        exit 2
    "#]],
    );
}

#[cfg(feature = "tables")]
mod tables {
    use proofmark_arrow::{read_parquet, rows};
    use proofmark_artifacts::diagnostics::RunEvent;

    use super::*;

    #[test]
    fn events_and_rejected_rows_become_tables() {
        let fixture = fixture();
        let args = ["ingest", "rows.ndjson", "-o", "out", "--format", "parquet"];
        check_in(
            fixture.dir(),
            &args,
            expect![[r#"
            3 rows: 2 accepted, 1 rejected
              memory_event.v1  1
              run_event.v1     1
            rejected
              rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
            wrote 3 files, 3 rows, to out
            exit 100
        "#]],
        );
        let out = fixture.dir().join("out");
        assert_eq!(names(&out), ["memory_event.v1", "rejected_row.v1", "run_event.v1"]);
        let read = |table: &str| {
            let file = out.join(table).join("run_id=rows/rows.parquet");
            read_parquet(fs::read(file).unwrap()).unwrap()
        };
        let runs: Vec<_> = events()
            .into_iter()
            .filter_map(|event| if let DiagnosticEvent::Run(event) = event { Some(event) } else { None })
            .collect();
        assert_eq!(rows::<RunEvent>(&read("run_event.v1")[0]).unwrap(), runs);
        let rejected = rows::<RejectedRow>(&read("rejected_row.v1")[0]).unwrap();
        assert_eq!(rejected[0].error, "Invalid enum value 'finnished' - at `$.phase`");
        // The same part again: it is replaced. And another one.
        check_in(
            fixture.dir(),
            &args,
            expect![[r#"
            3 rows: 2 accepted, 1 rejected
              memory_event.v1  1
              run_event.v1     1
            rejected
              rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
            wrote 3 files, 3 rows, to out
            exit 100
        "#]],
        );
        check_in(
            fixture.dir(),
            &[&args[..], &["--run-id", "../B"]].concat(),
            expect![[r#"
            3 rows: 2 accepted, 1 rejected
              memory_event.v1  1
              run_event.v1     1
            rejected
              rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
            wrote 3 files, 3 rows, to out
            exit 100
        "#]],
        );
        assert_eq!(names(&out.join("run_event.v1")), ["run_id=%2e.%2f%42", "run_id=rows"]);
    }

    #[test]
    fn more_rows_than_wait_at_once_are_one_table() {
        let fixture = Fixture::empty();
        let row = |idx: usize| {
            format!(
                "{{\"type\":\"run_event\",{TIME},\"phase\":\"failed\",\"statement\":{idx},\"message\":\"{}\"}}\n",
                "x".repeat(100_000)
            )
        };
        let mut file: String = (0..100).map(row).collect();
        // One that is larger than all that waits.
        file.push_str(&row(100).replace('x', &"x".repeat(60)));
        fixture.write("rows.ndjson", file);
        check_in(
            fixture.dir(),
            &["ingest", "rows.ndjson", "-o", "out", "--format", "parquet"],
            expect![[r#"
                101 rows: 101 accepted, 0 rejected
                  run_event.v1  101
                wrote 1 file, 101 rows, to out
                exit 0
            "#]],
        );
        let file = fixture.dir().join("out/run_event.v1/run_id=rows/rows.parquet");
        let batches = read_parquet(fs::read(file).unwrap()).unwrap();
        let read: Vec<RunEvent> = batches.iter().flat_map(|batch| rows::<RunEvent>(batch).unwrap()).collect();
        let statements: Vec<_> = read.iter().map(|event| event.statement.into_option().unwrap()).collect();
        assert_eq!(statements, (0..=100).collect::<Vec<u32>>());
    }

    #[test]
    fn a_table_that_cannot_be_made_is_told() {
        let fixture = fixture();
        fixture.write("out", "a file");
        check_in(
            fixture.dir(),
            &["ingest", "rows.ndjson", "-o", "out", "--format", "parquet"],
            expect![[r#"
                error: cannot write `out/run_event.v1/run_id=rows`: Not a directory (os error 20)
                exit 101
            "#]],
        );
        check_in(
            fixture.dir(),
            &["ingest", "rows.ndjson", "-o", "o", "--format", "parquet", "--rejected", "x"],
            expect![[r#"
                error: rejected rows are a table too, beside those of events
                exit 2
            "#]],
        );
    }
}

#[cfg(feature = "delta")]
#[test]
fn events_and_rejected_rows_become_delta_tables() {
    let fixture = fixture();
    let args = ["ingest", "rows.ndjson", "-o", "lake", "--format", "delta"];
    for _ in 0..2 {
        check_in(
            fixture.dir(),
            &args,
            expect![[r#"
                3 rows: 2 accepted, 1 rejected
                  memory_event.v1  1
                  run_event.v1     1
                rejected
                  rows.ndjson row 2: Invalid enum value 'finnished' - at `$.phase`
                wrote 3 parts of Delta tables, 3 rows, to lake
                exit 100
            "#]],
        );
    }
    let lake = fixture.dir().join("lake");
    assert_eq!(names(&lake), ["memory_event.v1", "rejected_row.v1", "run_event.v1"]);
    let sql = "SELECT run_id, error FROM t";
    let args = ["run", "-c", sql, "-t", "t=lake/rejected_row.v1", "--format", "csv"];
    let output = proofmark(fixture.dir(), &args).output().unwrap();
    let rows = String::from_utf8(output.stdout).unwrap();
    assert_eq!(rows, "run_id,error\nrows,Invalid enum value 'finnished' - at `$.phase`\n");
}
