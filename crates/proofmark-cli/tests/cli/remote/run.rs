//! Runs that are recorded at a URL.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{ids, remotely, url};
use crate::fixture::Fixture;

/// A command whose record waits below the fixture where it cannot be sent.
fn waiting(dir: &Path, args: &[&str]) -> Command {
    let mut command = remotely(dir, args);
    command.env("XDG_STATE_HOME", dir.join("state"));
    command
}

fn waiting_runs(dir: &Path) -> Vec<String> {
    let outbox = fs::read_dir(dir.join("state/proofmark/outbox")).unwrap().next().unwrap().unwrap();
    ids(&outbox.path())
}

#[test]
fn a_run_is_recorded_over_there() {
    let fixture = Fixture::empty();
    for (sql, succeeds) in [("SELECT 1", true), ("SELECT", false)] {
        let output = waiting(fixture.dir(), &["run", "-c", sql]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.success(), succeeds, "{told}");
        assert!(told.contains(&format!("recorded in {}/", url(fixture.dir()))), "{told}");
    }
    let there = fixture.dir().join("team/runs");
    assert_eq!(ids(&there).len(), 2);
    assert!(waiting_runs(fixture.dir()).is_empty(), "what was sent is not kept");
    let verified = waiting(fixture.dir(), &["verify", "latest~1"]).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn a_run_that_cannot_be_sent_ends_as_it_ended_and_is_kept() {
    let fixture = Fixture::empty();
    fs::write(fixture.dir().join("team"), "no directory").unwrap();
    let output = waiting(fixture.dir(), &["run", "-c", "SELECT 1"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(told.contains("warning: the run was not pushed: "), "{told}");
    let kept = waiting_runs(fixture.dir());
    assert_eq!(kept.len(), 1);
    // What it advises is what works, once the place is there.
    fs::remove_file(fixture.dir().join("team")).unwrap();
    let advice = told.split_once("try again: proofmark ").expect("an advice").1.lines().next().unwrap();
    let args: Vec<_> = advice.split(' ').collect();
    assert!(waiting(fixture.dir(), &args).status().unwrap().success());
    assert_eq!(ids(&fixture.dir().join("team/runs")), kept);
}

#[cfg(feature = "delta")]
#[test]
fn cursors_are_moved_over_there() {
    let fixture = Fixture::empty();
    fixture.write("nightly.sql", "SELECT id FROM orders_changes");
    let run = |args: &[&str]| {
        let output = waiting(fixture.dir(), args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for row in ["SELECT 1 AS id", "SELECT 2 AS id"] {
        run(&["run", "-c", row, "-o", "delta:orders"]);
        run(&["run", "nightly.sql", "-t", "orders=orders", "--incremental", "-o", "delta:out"]);
    }
    let rows = run(&["run", "-c", "SELECT id FROM out ORDER BY id", "-t", "out=out", "--format", "csv"]);
    assert_eq!(rows, "id\n1\n2\n");
    let shown = run(&["cursor", "show", "nightly/orders", "--format", "json"]);
    assert!(shown.contains("\"last_version\": 2"), "{shown}");
    assert!(fixture.dir().join("team/cursors").is_dir() && !fixture.dir().join("cursors").exists());
}
