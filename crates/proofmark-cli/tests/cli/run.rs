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
    check("table", expect![[""]]);
    check("csv", expect![[""]]);
    check("json", expect![[""]]);
    check("ndjson", expect![[""]]);
}

#[test]
fn a_result_without_rows_has_a_form_too() {
    let place = Place::new();
    let none = "SELECT carrier FROM flights WHERE delay > 100";
    let check = |format: &str, expected| {
        place.check(&["-c", none, "--table", "flights=flights.csv", "--format", format], expected);
    };
    check("table", expect![[""]]);
    check("csv", expect![[""]]);
    check("json", expect![[""]]);
    check("ndjson", expect![[""]]);
}

#[test]
fn long_tables_are_cut_and_say_so() {
    let place = Place::new();
    let sql = "SELECT value FROM generate_series(1, 5)";
    place.check(&["-c", sql, "--maxrows", "2"], expect![[""]]);
    place.check(&["-c", sql, "--maxrows", "few"], expect![[""]]);
    let shown = transcript(place.dir(), proofmark(place.dir(), &["run", "-c", sql, "--maxrows", "inf"]));
    assert!(shown.contains("| 5     |"), "{shown}");
}

#[test]
fn files_follow_each_other_and_leave_one_bundle() {
    let place = Place::new();
    place.write("tables.sql", "CREATE EXTERNAL TABLE flights STORED AS CSV LOCATION 'flights.csv' OPTIONS ('format.has_header' 'true') -- no end");
    place.write("report.sql", "SELECT count(*) FROM flights;\nSELECT 1;");
    place.check(&["tables.sql", "report.sql", "--format", "csv"], expect![[""]]);
    let (status, names) = place.latest();
    assert_eq!((status, place.runs()), (RunStatus::Ok, 1));
    assert_eq!(names, ["ast", "diagnostics", "manifest", "plan", "profile", "telemetry"]);
}

#[test]
fn the_last_result_can_go_to_a_file() {
    let place = Place::new();
    place.check(&["-c", QUERY, "--table", "flights=flights.csv", "--output", "out.parquet"], expect![[""]]);
    place.check(&["-c", "SELECT * FROM f", "--table", "f=out.parquet", "--format", "csv"], expect![[""]]);
    place.check(&["-c", QUERY, "--output", "out.csv"], expect![[""]]);
}

#[test]
fn nothing_to_run_is_told() {
    let place = Place::new();
    place.check(&[], expect![[""]]);
    place.check(&["-c", "SELECT 1", "--profile", "fast"], expect![[""]]);
    place.check(&["-c", "SELECT 1", "--set", "no.such.setting=1"], expect![[""]]);
    place.check(&["-c", "SELECT 1", "--table", "flights"], expect![[""]]);
}

#[test]
fn malformed_sql_is_told_by_file_and_place_and_recorded() {
    let place = Place::new();
    place.write("a.sql", "SELECT 1;\n");
    place.write("b.sql", "SELECT 2;\n  SELEC 3;\n");
    place.check(&["a.sql", "b.sql"], expect![[""]]);
    assert_eq!(place.latest().0, RunStatus::Failed);
}

#[test]
fn a_name_that_does_not_resolve_is_told_by_place_and_recorded() {
    let place = Place::new();
    place.check(&["-c", "SELECT carier FROM flights", "--table", "flights=flights.csv"], expect![[""]]);
    place.check(&["-c", "SELECT 1 FROM nowhere"], expect![[""]]);
    assert_eq!((place.latest().0, place.runs()), (RunStatus::Failed, 2));
}

#[test]
fn a_statement_that_fails_while_it_runs_keeps_what_was_printed() {
    let place = Place::new();
    place.check(&["-c", "SELECT 1 AS one; SELECT 1 / 0; SELECT 2", "--format", "csv"], expect![[""]]);
    assert_eq!(place.latest().0, RunStatus::Failed);
}

#[test]
fn a_missing_file_is_named() {
    let place = Place::new();
    place.check(&["nowhere.sql"], expect![[""]]);
    assert_eq!(place.runs(), 0, "nothing was run");
    place.check(&["-c", "SELECT 1", "--table", "t=nowhere.parquet"], expect![[""]]);
    place.check(
        &["-c", "CREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION 'nowhere.parquet'"],
        expect![[""]],
    );
    assert_eq!((place.latest().0, place.runs()), (RunStatus::Failed, 2));
}

#[test]
fn a_parquet_file_cut_in_half_is_told_and_recorded() {
    let place = Place::new();
    let sql = "SELECT value, value % 7 AS k FROM generate_series(1, 10000)";
    transcript(place.dir(), proofmark(place.dir(), &["run", "-c", sql, "--output", "whole.parquet"]));
    let whole = fs::read(place.dir().join("whole.parquet")).unwrap();
    place.write("half.parquet", &whole[..whole.len() / 2]);
    place.check(&["-c", "SELECT count(*) FROM t", "--table", "t=half.parquet"], expect![[""]]);
    let (status, names) = place.latest();
    assert_eq!(status, RunStatus::Failed);
    assert!(names.contains(&"manifest".to_owned()), "{names:?}");
    assert_eq!(fs::read(place.dir().join("half.parquet")).unwrap().len(), whole.len() / 2);
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
    expect![[""]].assert_eq(&shown);
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
    place.check(&["-c", "SELECT 1 AS one", "--format", "csv"], expect![[""]]);
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
    std::thread::sleep(std::time::Duration::from_secs(2));
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
    place.check(&["-c", QUERY, "--table", "flights=flights.csv", "--format", "csv"], expect![[""]]);
    for name in ["manifest", "profile", "plan", "ast", "telemetry", "diagnostics"] {
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
        place.check(&["-c", QUERY, "--table", "flights=flights.csv", "--output", "o.parquet"], expect![[""]]);
        let store = RunStore::new(place.dir().join("runs"));
        store.bundle(&store.resolve("latest").unwrap()).unwrap().index().fingerprint.clone()
    };
    assert_eq!(run(), run());
}
