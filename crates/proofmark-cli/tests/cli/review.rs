//! `review`: goldens, locks and findings in one queue.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use expect_test::expect;
use proofmark::msgpack;
use tempfile::TempDir;

use crate::{check_in, proofmark, transcript};

/// A directory in which a golden, a finding and a lock wait.
fn waiting() -> TempDir {
    let dir = tempfile::tempdir().expect("there is room for a directory");
    let path = |name: &str| dir.path().join(name);
    let printed = transcript(dir.path(), proofmark(dir.path(), &["lock"]));
    assert!(printed.ends_with("exit 0\n"), "{printed}");
    let lock = path("contracts/cdf_cursor.lock.json");
    let text = fs::read_to_string(&lock).unwrap();
    fs::write(&lock, text.replacen("u64", "u32", 1)).unwrap();
    fs::create_dir_all(path("goldens/cursor")).unwrap();
    let packed = |rows: u8| msgpack::to_vec(&BTreeMap::from([("rows", rows)])).unwrap();
    fs::write(path("goldens/cursor/record.msgpack"), packed(7)).unwrap();
    fs::write(path("goldens/cursor/record.msgpack.new"), packed(8)).unwrap();
    dir
}

const REVIEW: [&str; 3] = ["review", "--goldens", "goldens"];

fn review(more: &[&'static str]) -> Vec<&'static str> {
    [&REVIEW[..], more].concat()
}

fn bytes(dir: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(dir.join(name)).ok()
}

#[test]
fn what_waits_is_listed_with_what_differs() {
    check_in(
        waiting().path(),
        &REVIEW,
        expect![[r#"
        golden   goldens/cursor/record.msgpack
           .rows   7 -> 8
        finding  5864d8d7
           cdf_cursor against contracts: type widened
           T3 backward-only  $.last_version  u32 -> u64
        lock     cdf_cursor.lock.json
           T3 backward-only  $.last_version  u32 -> u64
        3 wait for a decision
        exit 100
    "#]],
    );
}

#[test]
fn decisions_are_taken_without_a_terminal() {
    let dir = waiting();
    let golden = "goldens/cursor/record.msgpack";
    let result = bytes(dir.path(), "goldens/cursor/record.msgpack.new");
    check_in(
        dir.path(),
        &review(&["--accept", golden]),
        expect![[r#"
        accepted goldens/cursor/record.msgpack
        finding  5864d8d7
           cdf_cursor against contracts: type widened
           T3 backward-only  $.last_version  u32 -> u64
        lock     cdf_cursor.lock.json
           T3 backward-only  $.last_version  u32 -> u64
        2 wait for a decision
        exit 100
    "#]],
    );
    assert_eq!(bytes(dir.path(), golden), result);
    check_in(
        dir.path(),
        &review(&["--accept", "5864d8d7", "--reason", "nobody rolls back", "--until", "2999-12-31"]),
        expect![[r#"
            accepted 5864d8d7
            lock     cdf_cursor.lock.json
               T3 backward-only  $.last_version  u32 -> u64
            1 waits for a decision
            exit 100
        "#]],
    );
    check_in(
        dir.path(),
        &review(&["--accept", "cdf_cursor.lock.json"]),
        expect![[r#"
        accepted cdf_cursor.lock.json
        nothing waits for a decision
        exit 0
    "#]],
    );
    check_in(
        dir.path(),
        &["compat"],
        expect![[r#"
        nothing changed
        exit 0
    "#]],
    );
}

#[test]
fn a_result_is_thrown_away() {
    let dir = waiting();
    let golden = "goldens/cursor/record.msgpack";
    let before = bytes(dir.path(), golden);
    check_in(
        dir.path(),
        &review(&["--reject", golden]),
        expect![[r#"
        rejected goldens/cursor/record.msgpack
        finding  5864d8d7
           cdf_cursor against contracts: type widened
           T3 backward-only  $.last_version  u32 -> u64
        lock     cdf_cursor.lock.json
           T3 backward-only  $.last_version  u32 -> u64
        2 wait for a decision
        exit 100
    "#]],
    );
    assert_eq!(bytes(dir.path(), golden), before);
    assert_eq!(bytes(dir.path(), "goldens/cursor/record.msgpack.new"), None);
}

#[test]
fn what_cannot_be_decided_is_told_and_nothing_changes() {
    let dir = waiting();
    check_in(
        dir.path(),
        &review(&["--accept", "5864d8d7"]),
        expect![[r#"
        error: a finding is let pass for a reason
          help: `--reason "…"` says it
        exit 2
    "#]],
    );
    check_in(
        dir.path(),
        &review(&["--accept", "5864d8d7", "--reason", "x", "--until", "soon"]),
        expect![[r#"
            error: Expected `str` matching regex '^\d{4}-\d\d-\d\d$' - at `$.until`
            exit 2
        "#]],
    );
    check_in(
        dir.path(),
        &review(&["--accept", "nothing"]),
        expect![[r#"
        error: nothing that is called `nothing` waits
          help: there is: goldens/cursor/record.msgpack, 5864d8d7, cdf_cursor.lock.json
        exit 101
    "#]],
    );
    check_in(
        dir.path(),
        &review(&["--reject", "5864d8d7"]),
        expect![[r#"
        error: `5864d8d7` is no result that could be thrown away
          help: change the code, or accept it
        exit 2
    "#]],
    );
    check_in(
        dir.path(),
        &["review", "--goldens", "nowhere"],
        expect![[r#"
        error: cannot list `nowhere`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    assert_eq!(bytes(dir.path(), "contracts/accepted.json"), None);
}
