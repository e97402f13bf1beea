//! `proofmark run`.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use proofmark_artifacts::{RunStatus, RunStore};

use crate::{proofmark, transcript};

/// A directory with a table and a pipeline in it.
struct Place(tempfile::TempDir);

const FLIGHTS: &str = "carrier,delay,note\nUA,5,\"a, b\"\nAA,,\nUA,-3,\u{1b}[31mred\n";

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("flights.csv", FLIGHTS);
        place
    }

    fn dir(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.dir().join(name), content).unwrap();
    }

    /// Runs `proofmark run` and checks what it prints, ids and times left out.
    #[track_caller]
    fn check(&self, args: &[&str], expected: Expect) {
        let args = [&["run"], args].concat();
        expected.assert_eq(&anonymous(&transcript(self.dir(), proofmark(self.dir(), &args))));
    }

    /// How the latest run ended, and the names of what it left.
    fn latest(&self) -> (RunStatus, Vec<String>) {
        let store = RunStore::new(self.dir().join("runs"));
        let bundle = store.bundle(&store.resolve("latest").unwrap()).unwrap();
        assert!(bundle.verify().is_empty(), "{:?}", bundle.verify());
        let names = bundle.index().artifacts.iter().map(|entry| entry.name.clone()).collect();
        (bundle.index().summary.status, names)
    }

    fn runs(&self) -> usize {
        RunStore::new(self.dir().join("runs")).ids().unwrap().len()
    }
}

/// The text with `RUN` for ids and `TIME` for spans of time.
fn anonymous(text: &str) -> String {
    let line = |line: &str| match line.split_once(", recorded in runs/") {
        Some((head, _)) if line.starts_with("run ") => {
            let status = head.split_once(": ").map_or(head, |(_, status)| status);
            let status = status.rsplit_once(" in ").map_or(status, |(status, _)| status);
            format!("run RUN: {status} in TIME, recorded in runs/RUN\n")
        }
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

const QUERY: &str =
    "SELECT carrier, count(*) AS flights, avg(delay) AS delay FROM flights GROUP BY carrier ORDER BY 1";

#[test]
fn results_are_printed_as_asked() {
    let place = Place::new();
    let check = |format: &str, expected| {
        place.check(&["-c", QUERY, "--table", "flights=flights.csv", "--format", format], expected);
    };
    check(
        "table",
        expect![[r#"
        +---------+---------+-------+
        | carrier | flights | delay |
        +---------+---------+-------+
        | AA      | 1       |       |
        | UA      | 2       | 1.0   |
        +---------+---------+-------+
        2 row(s) fetched.

        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    check(
        "csv",
        expect![[r#"
        carrier,flights,delay
        AA,1,
        UA,2,1.0
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    check(
        "json",
        expect![[r#"
        [{"carrier":"AA","flights":1},{"carrier":"UA","flights":2,"delay":1.0}]
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    check(
        "ndjson",
        expect![[r#"
        {"carrier":"AA","flights":1}
        {"carrier":"UA","flights":2,"delay":1.0}
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
}

#[test]
fn a_result_without_rows_has_a_form_too() {
    let place = Place::new();
    let none = "SELECT carrier FROM flights WHERE delay > 100";
    let check = |format: &str, expected| {
        place.check(&["-c", none, "--table", "flights=flights.csv", "--format", format], expected);
    };
    check(
        "table",
        expect![[r#"
        +---------+
        | carrier |
        +---------+
        +---------+
        0 row(s) fetched.

        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    check(
        "csv",
        expect![[r#"
        carrier
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    check(
        "json",
        expect![[r#"
        []
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    check(
        "ndjson",
        expect![[r#"
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
}

#[test]
fn long_tables_are_cut_and_say_so() {
    let place = Place::new();
    let sql = "SELECT value FROM generate_series(1, 5)";
    place.check(
        &["-c", sql, "--maxrows", "2"],
        expect![[r#"
        +-------+
        | value |
        +-------+
        | 1     |
        | 2     |
        | .     |
        | .     |
        | .     |
        +-------+
        5 row(s) fetched. (First 2 displayed. Use --maxrows to adjust)

        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    place.check(
        &["-c", sql, "--maxrows", "few"],
        expect![[r#"
        error: invalid value 'few' for '--maxrows <N>': expected a number or `inf`, 40 by default

        For more information, try '--help'.
        exit 2
    "#]],
    );
    let shown = transcript(place.dir(), proofmark(place.dir(), &["run", "-c", sql, "--maxrows", "inf"]));
    assert!(shown.contains("| 5     |"), "{shown}");
}

#[test]
fn files_follow_each_other_and_leave_one_bundle() {
    let place = Place::new();
    place.write("tables.sql", "CREATE EXTERNAL TABLE flights STORED AS CSV LOCATION 'flights.csv' OPTIONS ('format.has_header' 'true') -- no end");
    place.write("report.sql", "SELECT count(*) FROM flights;\nSELECT 1;");
    place.check(
        &["tables.sql", "report.sql", "--format", "csv"],
        expect![[r#"
        count(*)
        3
        Int64(1)
        1
        run RUN: ok, 3 statements in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    let (status, names) = place.latest();
    assert_eq!((status, place.runs()), (RunStatus::Ok, 1));
    assert_eq!(
        names,
        ["ast", "diagnostics", "manifest", "plan", "plan_diff", "profile", "repro", "telemetry"]
    );
}

#[test]
fn the_last_result_can_go_to_a_file() {
    let place = Place::new();
    place.check(
        &["-c", QUERY, "--table", "flights=flights.csv", "--output", "out.parquet"],
        expect![[r#"
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    place.check(
        &["-c", "SELECT * FROM f", "--table", "f=out.parquet", "--format", "csv"],
        expect![[r#"
        carrier,flights,delay
        AA,1,
        UA,2,1.0
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    place.check(&["-c", QUERY, "--output", "out.csv"], expect![[r#"
        error: invalid value 'out.csv' for '--output <FILE.parquet|delta:DIR>': write FILE.parquet for a Parquet file, or delta:DIR for a Delta table

        For more information, try '--help'.
        exit 2
    "#]]);
}

#[test]
fn nothing_to_run_is_told() {
    let place = Place::new();
    place.check(
        &[],
        expect![[r#"
            error: the following required arguments were not provided:
              <FILE>...

            Usage: proofmark run <FILE>...

            For more information, try '--help'.
            exit 2
        "#]],
    );
    place.check(&["-c", "SELECT 1", "--profile", "fast"], expect![[r#"
        error: $.profiles.fast (profile name): expected `dev_debug`, `memory_tight` or `prod_fast`, found no such profile
        exit 2
    "#]]);
    place.check(
        &["-c", "SELECT 1", "--set", "no.such.setting=1"],
        expect![[r#"
        error: cannot set `no.such.setting`: Could not find config namespace "no"
        run RUN: failed, 0 statements in TIME, recorded in runs/RUN
        exit 101
    "#]],
    );
    place.check(&["-c", "SELECT 1", "--table", "flights"], expect![[r#"
        error: invalid value 'flights' for '--table <NAME=PATH>': table `flights` has no path; write `flights=PATH`

        For more information, try '--help'.
        exit 2
    "#]]);
}

#[test]
fn malformed_sql_is_told_by_file_and_place_and_recorded() {
    let place = Place::new();
    place.write("a.sql", "SELECT 1;\n");
    place.write("b.sql", "SELECT 2;\n  SELEC 3;\n");
    place.check(
        &["a.sql", "b.sql"],
        expect![[r#"
        error: b.sql:2:3: this is not SQL: Expected: an SQL statement, found: SELEC
        run RUN: failed, 0 statements in TIME, recorded in runs/RUN
        exit 101
    "#]],
    );
    assert_eq!(place.latest().0, RunStatus::Failed);
}

#[test]
fn a_name_that_does_not_resolve_is_told_by_place_and_recorded() {
    let place = Place::new();
    place.check(&["-c", "SELECT carier FROM flights", "--table", "flights=flights.csv"], expect![[r#"
        error: --command:1:8: this cannot be planned: No field named carier. Did you mean 'flights.carrier'? Valid fields are flights.carrier, flights.delay, flights.note
        run RUN: failed, 1 statement in TIME, recorded in runs/RUN
        exit 101
    "#]]);
    place.check(
        &["-c", "SELECT 1 FROM nowhere"],
        expect![[r#"
        error: --command:1:15: this cannot be planned: table 'datafusion.public.nowhere' not found
          help: name it with `CREATE EXTERNAL TABLE` or `--table NAME=PATH`
        run RUN: failed, 1 statement in TIME, recorded in runs/RUN
        exit 101
    "#]],
    );
    assert_eq!((place.latest().0, place.runs()), (RunStatus::Failed, 2));
}

#[test]
fn a_statement_that_fails_while_it_runs_keeps_what_was_printed() {
    let place = Place::new();
    place.check(
        &["-c", "SELECT 1 AS one; SELECT 1 / 0; SELECT 2", "--format", "csv"],
        expect![[r#"
        one
        1
        error: --command:1:18: the statement failed: Divide by zero error
        run RUN: failed, 2 statements in TIME, recorded in runs/RUN
        exit 101
    "#]],
    );
    assert_eq!(place.latest().0, RunStatus::Failed);
}

#[test]
fn a_missing_file_is_named() {
    let place = Place::new();
    place.check(
        &["nowhere.sql"],
        expect![[r#"
        error: cannot read `nowhere.sql`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    assert_eq!(place.runs(), 0, "nothing was run");
    place.check(
        &["-c", "SELECT 1", "--table", "t=nowhere.parquet"],
        expect![[r#"
        error: table `t`: there is no file or directory `nowhere.parquet`
          help: relative paths start at `[DIR]`
        run RUN: failed, 0 statements in TIME, recorded in runs/RUN
        exit 101
    "#]],
    );
    place.check(
        &["-c", "CREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION 'nowhere.parquet'"],
        expect![[r#"
            error: --command:1:1: table `t`: there is no file or directory `nowhere.parquet`
              help: relative paths start at `[DIR]`
            run RUN: failed, 1 statement in TIME, recorded in runs/RUN
            exit 101
        "#]],
    );
    assert_eq!((place.latest().0, place.runs()), (RunStatus::Failed, 2));
}

#[test]
fn a_parquet_file_cut_in_half_is_told_and_recorded() {
    let place = Place::new();
    let sql = "SELECT value, value % 7 AS k FROM generate_series(1, 10000)";
    transcript(place.dir(), proofmark(place.dir(), &["run", "-c", sql, "--output", "whole.parquet"]));
    let whole = fs::read(place.dir().join("whole.parquet")).unwrap();
    // The writer's bytes in the middle differ from run to run; those that the message shows may not.
    let half = [&whole[..whole.len() / 2], b"half"].concat();
    place.write("half.parquet", &half);
    place.check(
        &["-c", "SELECT count(*) FROM t", "--table", "t=half.parquet"],
        expect![[r#"
            error: table `t`: `half.parquet` is not a whole Parquet file: it must end in `PAR1`, found `half`
              help: the file is damaged or incomplete: write it again, or leave it out
            run RUN: failed, 0 statements in TIME, recorded in runs/RUN
            exit 101
        "#]],
    );
    let (status, names) = place.latest();
    assert_eq!(status, RunStatus::Failed);
    assert!(names.contains(&"manifest".to_owned()), "{names:?}");
    assert_eq!(fs::read(place.dir().join("half.parquet")).unwrap().len(), half.len());
}

#[test]
fn a_table_named_like_a_path_stays_inside_its_bundle() {
    let place = Place::new();
    let inner = place.dir().join("a/b");
    fs::create_dir_all(&inner).unwrap();
    let before = files(place.dir());
    let args = [
        "run",
        "-c",
        "SELECT count(*) FROM \"../../x\"",
        "--table",
        "../../x=../../flights.csv",
        "--format",
        "csv",
    ];
    let shown = anonymous(&transcript(&inner, proofmark(&inner, &args)));
    expect![[r#"
        count(*)
        3
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]]
    .assert_eq(&shown);
    let new: Vec<_> = files(place.dir()).into_iter().filter(|file| !before.contains(file)).collect();
    assert!(!new.is_empty() && new.iter().all(|file| file.starts_with("a/b/runs/")), "{new:?}");
    let shown = transcript(&inner, proofmark(&inner, &["show", ":manifest", ".datasets[].name"]));
    assert_eq!(shown, "../../x\nexit 0\n");
}

/// All files below a directory, with their paths from there.
fn files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut pending = vec![root.to_owned()];
    while let Some(dir) = pending.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found
}

#[test]
fn a_run_that_cannot_be_recorded_is_a_run() {
    let place = Place::new();
    place.write("runs", "a file where the directory should be");
    place.check(
        &["-c", "SELECT 1 AS one", "--format", "csv"],
        expect![[r#"
        one
        1
        warning: this run is not recorded: runs: cannot make the directory: File exists (os error 17)
        run incomplete, 1 statement, not recorded
        exit 0
    "#]],
    );
}

#[test]
fn a_run_goes_on_when_nobody_reads() {
    let place = Place::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let sql = "SELECT value FROM generate_series(1, 100000); COPY (SELECT 1) TO 'after.csv'";
    let output =
        proofmark(place.dir(), &["run", "-c", sql, "--format", "csv"]).stdout(writer).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{error}");
    assert_eq!(anonymous(&error), "run RUN: ok, 2 statements in TIME, recorded in runs/RUN\n");
    assert_eq!(place.latest().0, RunStatus::Ok);
    assert!(place.dir().join("after.csv").exists());
}

#[cfg(unix)]
#[test]
fn an_interrupt_stops_the_run_and_the_record_says_so() {
    let place = Place::new();
    let sql = "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b WHERE a.value < b.value";
    let child =
        proofmark(place.dir(), &["run", "-c", sql]).stderr(std::process::Stdio::piped()).spawn().unwrap();
    // The bundle is begun when the interrupt is already listened for.
    while !place.dir().join("runs").exists() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    std::thread::sleep(std::time::Duration::from_secs(1));
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(101));
    let error = anonymous(&String::from_utf8(output.stderr).unwrap());
    assert!(error.ends_with("run RUN: cancelled, 1 statement in TIME, recorded in runs/RUN\n"), "{error}");
    assert_eq!(place.latest().0, RunStatus::Cancelled);
}

#[test]
fn what_a_record_holds_can_be_shown() {
    let place = Place::new();
    place.check(
        &["-c", QUERY, "--table", "flights=flights.csv", "--format", "csv"],
        expect![[r#"
        carrier,flights,delay
        AA,1,
        UA,2,1.0
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    for name in ["manifest", "profile", "repro", "plan", "ast", "telemetry", "diagnostics"] {
        let target = format!(":{name}");
        for form in [&[][..], &["--json"], &["--gron"], &["--hex"], &["--raw"]] {
            let args = [&["show", target.as_str()], form].concat();
            let shown = transcript(place.dir(), proofmark(place.dir(), &args));
            assert!(shown.ends_with("\nexit 0\n") && shown.len() > 100, "{args:?}: {shown}");
        }
    }
}

#[test]
fn the_same_work_has_the_same_fingerprint() {
    let place = Place::new();
    let run = || {
        place.check(
            &["-c", QUERY, "--table", "flights=flights.csv", "--output", "o.parquet"],
            expect![[r#"
                run RUN: ok, 1 statement in TIME, recorded in runs/RUN
                exit 0
            "#]],
        );
        let store = RunStore::new(place.dir().join("runs"));
        store.bundle(&store.resolve("latest").unwrap()).unwrap().index().fingerprint.clone()
    };
    assert_eq!(run(), run());
}

#[test]
fn dialect_is_chosen_and_recorded() {
    let place = Place::new();
    let sql = "SELECT `a b` FROM (SELECT 1 AS `a b`)";
    place.check(
        &["--command", sql, "--dialect", "mysql", "--format", "csv"],
        expect![[r#"
        a b
        1
        run RUN: ok, 1 statement in TIME, recorded in runs/RUN
        exit 0
    "#]],
    );
    place.check(
        &["--command", sql, "--dialect", "postgresql"],
        expect![[r#"
        error: --command:1:8: this is not SQL: Expected: an expression, found: `
        run RUN: failed, 0 statements in TIME, recorded in runs/RUN
        exit 101
    "#]],
    );
    place.check(&["--command", sql, "--dialect", "cobol"], expect![[r#"
        error: cannot set `datafusion.sql_parser.dialect`: Error setting config datafusion.sql_parser.dialect caused by Invalid Dialect: cobol. Expected one of: Generic, MySQL, PostgreSQL, Hive, SQLite, Snowflake, Redshift, MsSQL, ClickHouse, BigQuery, Ansi, DuckDB, Databricks, Spark
        run RUN: failed, 0 statements in TIME, recorded in runs/RUN
        exit 101
    "#]]);
}
