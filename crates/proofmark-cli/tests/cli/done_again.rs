//! `proofmark replay` and `proofmark run` with plans, on the engine.

use std::path::Path;

use crate::{proofmark, transcript};

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("flights.csv", "carrier,delay\nUA,5\nAA,15\nUA,-3\n");
        place.write("tables.sql", "CREATE EXTERNAL TABLE flights STORED AS CSV LOCATION 'flights.csv' OPTIONS ('has_header' 'true')");
        place.write(
            "late.sql",
            "SELECT carrier, max(delay) AS worst FROM flights GROUP BY carrier ORDER BY carrier; SELECT 1",
        );
        place
    }

    fn dir(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.dir().join(name), content).unwrap();
    }

    /// What the command prints; it has to end with `code`.
    #[track_caller]
    fn run(&self, args: &[&str], code: u8) -> String {
        let said = transcript(self.dir(), proofmark(self.dir(), args));
        assert!(said.ends_with(&format!("exit {code}\n")), "{args:?}\n{said}");
        said
    }
}

#[test]
fn a_run_done_again_has_the_same_content_until_its_input_changes() {
    let place = Place::new();
    place.run(&["run", "tables.sql", "late.sql"], 0);
    let same = place.run(&["replay", "latest"], 0);
    assert!(same.contains("same content"), "{same}");
    place.write("flights.csv", "carrier,delay\nUA,5\nAA,15\nUA,-3\nDL,7\n");
    let changed = place.run(&["replay", "latest~1"], 100);
    assert!(changed.contains("flights"), "{changed}");
}

#[test]
fn a_replay_says_which_run_it_repeats() {
    let place = Place::new();
    place.run(&["run", "late.sql", "--table", "flights=flights.csv"], 0);
    let first = place.run(&["show", "latest:manifest", ".run_id", "-r"], 0);
    place.run(&["replay"], 0);
    assert_eq!(place.run(&["show", "latest:manifest", ".replay_of", "-r"], 0), first);
    // A replay of a replay repeats the replay.
    let second = place.run(&["show", "latest:manifest", ".run_id", "-r"], 0);
    place.run(&["replay"], 0);
    assert_eq!(place.run(&["show", "latest:manifest", ".replay_of", "-r"], 0), second);
    place.run(&["verify"], 0);
}

#[test]
fn a_run_out_of_an_archive_is_done_again() {
    let place = Place::new();
    place.run(&["run", "late.sql", "--table", "flights=flights.csv"], 0);
    place.run(&["bundle", "latest", "--output", "run.zip"], 0);
    std::fs::remove_dir_all(place.dir().join("runs")).unwrap();
    let same = place.run(&["replay", "run.zip"], 0);
    assert!(same.contains("same content"), "{same}");
}

#[cfg(not(feature = "substrait"))]
#[test]
fn a_build_without_substrait_says_what_to_build() {
    let place = Place::new();
    place.write("plan.substrait", b"\x1a\x00");
    let said = place.run(&["run", "plan.substrait"], 101);
    assert!(
        said.contains("plan.substrait: this is a Substrait plan, and this build does not read them"),
        "{said}"
    );
    assert!(said.contains("help: build with `--features substrait`, which needs protoc"), "{said}");
}

#[cfg(feature = "substrait")]
mod substrait {
    use std::path::PathBuf;

    use super::*;

    fn example(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/nyc-flights").join(name)
    }

    fn table() -> String {
        format!("flights={}", example("data/flights.parquet").display())
    }

    #[test]
    fn a_plan_runs_and_is_done_again() {
        let place = Place::new();
        std::fs::copy(example("late_carriers.substrait"), place.dir().join("late.substrait")).unwrap();
        place.write("one.sql", "SELECT 1 AS one");
        let said = place.run(&["run", "late.substrait", "one.sql", "--table", &table()], 0);
        assert!(said.contains("| EV      | 16399   | 577   |"), "{said}");
        let recipe = place.run(&["replay", "--dry-run"], 0);
        assert!(recipe.contains("-- Substrait plan by ibis-substrait, "), "{recipe}");
        let same = place.run(&["replay"], 0);
        assert!(same.contains("same content"), "{same}");
        place.run(&["verify"], 0);
    }

    #[test]
    fn what_is_no_plan_is_told_by_its_file() {
        let place = Place::new();
        place.write("broken.substrait", b"\xff\xff");
        let said = place.run(&["run", "broken.substrait"], 101);
        assert!(said.starts_with("error: broken.substrait: this is no Substrait plan: "), "{said}");
        std::fs::copy(example("late_carriers.substrait"), place.dir().join("late.sql")).unwrap();
        let said = place.run(&["run", "late.sql"], 101);
        assert!(said.contains("help: a Substrait plan is known by its name: FILE.substrait"), "{said}");
    }
}
