//! `proofmark run` with a pipeline of named steps.

use std::path::Path;

use proofmark_artifacts::{Manifest, RunStore};

use crate::{proofmark, transcript};

const PIPELINE: &str = "
[[step]]
name = \"clean\"
file = 'clean.sql'

[[step]]
name = \"worst \\\"late\\\" carriers\"
sql = '''
SELECT carrier, max(delay) AS worst FROM clean GROUP BY carrier ORDER BY carrier;
SELECT count(*) AS all FROM clean
'''
";

struct Place(tempfile::TempDir);

impl Place {
    fn new(pipeline: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("flights.csv", "carrier,delay\nUA,5\nAA,15\nUA,-3\n");
        place.write("work/nightly.toml", pipeline);
        place.write("work/clean.sql", "CREATE VIEW clean AS SELECT * FROM flights WHERE delay > 0");
        place
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    #[track_caller]
    fn run(&self, args: &[&str], code: u8) -> String {
        let said = transcript(self.0.path(), proofmark(self.0.path(), args));
        assert!(said.ends_with(&format!("exit {code}\n")), "{args:?}\n{said}");
        said
    }

    fn steps(&self) -> Vec<Option<String>> {
        let store = RunStore::new(self.0.path().join("runs"));
        let bundle = store.resolve("latest").and_then(|id| store.bundle(&id)).unwrap();
        let manifest: Manifest = bundle.read("manifest").unwrap().decode().unwrap();
        manifest.statements.into_iter().map(|statement| statement.step.into_option()).collect()
    }
}

const RUN: [&str; 6] = ["run", "work/nightly.toml", "--table", "flights=flights.csv", "--format", "csv"];

#[test]
fn the_statements_of_a_pipeline_are_recorded_by_step() {
    let place = Place::new(PIPELINE);
    let said = place.run(&[&RUN[..], &["--command", "SELECT 1"]].concat(), 0);
    assert!(said.starts_with("carrier,worst\nAA,15\nUA,5\n"), "{said}");
    let late = Some("worst \"late\" carriers".to_owned());
    assert_eq!(place.steps(), [Some("clean".to_owned()), late.clone(), late, None]);
}

#[test]
fn a_pipeline_that_is_done_again_has_the_same_steps() {
    let place = Place::new(PIPELINE);
    place.run(&RUN, 0);
    let steps = place.steps();
    let same = place.run(&["replay", "latest"], 0);
    assert!(same.contains("same content"), "{same}");
    assert_eq!(place.steps(), steps);
    let listed = place.run(&["ls"], 0);
    assert!(listed.contains("replay of "), "{listed}");
}

#[test]
fn a_fault_is_told_by_its_step() {
    let place =
        Place::new("[[step]]\nname = 'a'\nsql = 'select 1'\n[[step]]\nname = 'b'\nsql = '''\nselect no'''");
    let said = place.run(&RUN, 101);
    assert!(said.contains("work/nightly.toml, step b:1:8: "), "{said}");
    assert_eq!(place.steps(), [Some("a".to_owned()), Some("b".to_owned())]);
    place.write("work/nightly.toml", "[[step]]\nname = 'a'\nsqll = ''");
    let said = place.run(&RUN, 2);
    assert!(said.contains("did you mean `sql`?"), "{said}");
}

#[test]
fn a_pipeline_is_found_beside_its_files_wherever_the_command_runs() {
    let place = Place::new(PIPELINE);
    let mut command =
        proofmark(place.0.path(), &["run", "nightly.toml", "--table", "flights=../flights.csv"]);
    command.current_dir(place.0.path().join("work"));
    assert!(command.output().unwrap().status.success());
    assert!(place.0.path().join("work/runs").is_dir(), "the store is where the command runs");
    assert!(Path::new(&place.0.path().join("work/runs")).read_dir().unwrap().count() > 0);
}

#[test]
fn a_pipeline_names_its_tables_and_the_command_line_decides() {
    let place = Place::new(&format!("[tables]\nflights = '../flights.csv'\n{PIPELINE}"));
    place.write("others.csv", "carrier,delay\nB6,7\n");
    let run = ["run", "work/nightly.toml", "--format", "csv"];
    let said = place.run(&run, 0);
    assert!(said.starts_with("carrier,worst\nAA,15\nUA,5\n"), "{said}");
    assert!(place.run(&["replay", "latest"], 0).contains("same content"));
    let said = place.run(&[&run[..], &["--table", "flights=others.csv"]].concat(), 0);
    assert!(said.starts_with("carrier,worst\nB6,7\n"), "{said}");
}
