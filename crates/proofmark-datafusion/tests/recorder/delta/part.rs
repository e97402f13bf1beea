//! Parts of Delta tables: each run's rows are there once, whoever writes beside it.

use std::path::PathBuf;

use proofmark_datafusion::{Collect, DeltaPart, Discard, Recorder, RunOptions, TableSpec};

use super::lake::lines;

/// A directory with a table `events` and files of rows.
struct Parts {
    dir: tempfile::TempDir,
}

impl Parts {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A Parquet file with the rows of a query; its name has no ending, as those of temporary files.
    fn rows(&self, name: &str, sql: &str) -> PathBuf {
        let (written, path) = (self.path("written.parquet"), self.path(name));
        self.query(&format!("COPY ({sql}) TO '{}'", written.display()), &[]);
        std::fs::rename(written, &path).unwrap();
        path
    }

    fn replace(&self, run_id: &str, sql: &str) -> proofmark_datafusion::Result<u64> {
        let rows = self.rows(&format!("rows-{run_id}"), sql);
        DeltaPart { table: &self.path("events"), column: "run_id", value: run_id }.replace(&rows)
    }

    fn query(&self, sql: &str, tables: &[&str]) -> Vec<String> {
        let mut options = RunOptions::new(self.path("runs"));
        options.tables =
            tables.iter().map(|name| TableSpec { name: (*name).to_owned(), path: self.path(name) }).collect();
        let mut rows = Collect::default();
        let outcome = Recorder::new(options).run(sql, &mut rows, &mut Discard);
        assert!(outcome.failure.is_none(), "{sql}: {:?}", outcome.failure);
        rows.results.iter().flat_map(|(_, batches)| batches).flat_map(lines).collect()
    }

    /// The table's rows, sorted.
    fn events(&self, columns: &str) -> Vec<String> {
        self.query(&format!("SELECT concat_ws(' ', {columns}) FROM events ORDER BY 1"), &["events"])
    }
}

#[test]
fn a_part_takes_the_place_of_the_rows_that_the_run_had() {
    let parts = Parts::new();
    assert_eq!(parts.replace("a", "VALUES (1), (2)").unwrap(), 0);
    assert_eq!(parts.replace("b", "VALUES (3)").unwrap(), 1);
    assert_eq!(parts.replace("a", "VALUES (4)").unwrap(), 2);
    assert_eq!(parts.events("run_id, column1"), ["a 4", "b 3"]);
}

#[test]
fn a_value_is_no_sql() {
    let parts = Parts::new();
    let names = ["it's", "a=b/c", "' OR 1=1 --"];
    for name in names {
        let rows = parts.rows("rows", "VALUES (1)");
        let table = parts.path("events");
        DeltaPart { table: &table, column: "run_id", value: name }.replace(&rows).unwrap();
    }
    let mut expected = names.to_vec();
    expected.sort_unstable();
    assert_eq!(parts.events("run_id"), expected);
}

#[test]
fn columns_are_added_and_types_are_not_changed() {
    let parts = Parts::new();
    parts.replace("a", "SELECT 1 AS bytes").unwrap();
    parts.replace("b", "SELECT 2 AS bytes, 'x' AS why").unwrap();
    assert_eq!(parts.events("run_id, bytes, coalesce(why, '-')"), ["a 1 -", "b 2 x"]);
    let refused = parts.replace("b", "SELECT 'many' AS bytes").unwrap_err();
    assert!(refused.message().contains("cannot write to the Delta table"), "{refused}");
    assert_eq!(parts.events("run_id, bytes, coalesce(why, '-')"), ["a 1 -", "b 2 x"]);
}

#[test]
fn a_directory_with_other_files_is_refused_and_left_as_it_is() {
    let parts = Parts::new();
    std::fs::create_dir(parts.path("events")).unwrap();
    std::fs::write(parts.path("events/rows.parquet"), "of others").unwrap();
    let refused = parts.replace("a", "VALUES (1)").unwrap_err();
    assert!(refused.message().ends_with("has files already and is no Delta table"), "{refused}");
    assert_eq!(std::fs::read_dir(parts.path("events")).unwrap().count(), 1);
}

#[test]
fn files_of_a_writer_that_has_not_committed_yet_are_in_nobodys_way() {
    let parts = Parts::new();
    std::fs::create_dir_all(parts.path("events/run_id=z")).unwrap();
    std::fs::write(parts.path("events/run_id=z/part-0.parquet"), "in the making").unwrap();
    assert_eq!(parts.replace("a", "VALUES (1)").unwrap(), 0);
    assert_eq!(parts.events("run_id, column1"), ["a 1"]);
}

#[test]
fn what_is_no_file_of_rows_is_told() {
    let parts = Parts::new();
    std::fs::write(parts.path("rows"), "not Parquet").unwrap();
    let table = parts.path("events");
    let part = DeltaPart { table: &table, column: "run_id", value: "a" };
    for name in ["rows", "missing"] {
        let refused = part.replace(&parts.path(name)).unwrap_err();
        assert!(refused.message().starts_with("cannot re"), "{refused}");
    }
    assert!(!table.join("_delta_log").exists());
}

#[test]
fn runs_beside_each_other_all_land() {
    let parts = Parts::new();
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let rows = parts.rows("rows", "VALUES (1), (2)");
    std::thread::scope(|scope| {
        for name in names {
            let parts = &parts;
            let rows = &rows;
            scope.spawn(move || {
                DeltaPart { table: &parts.path("events"), column: "run_id", value: name }
                    .replace(rows)
                    .unwrap()
            });
        }
    });
    assert_eq!(parts.events("run_id, column1").len(), names.len() * 2);
}
